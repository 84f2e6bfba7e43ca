/* SPDX-License-Identifier: ISC */
/*
 * What money alone, or crews alone, prove at once, for models that are too
 * large for a programme. What is done until the end of a period has cost at
 * most what came until then; parts of tasks are allowed, and each period is
 * looked at by itself: a knapsack with parts, which is full of what is worth
 * most for what it takes (Dantzig). A task takes what it takes itself, and what
 * that takes which weighs nothing and comes before it alone: its replacement.
 */
#include "plan/relax.h"
#include <math.h>

struct item {
	double worth, takes;
	uint32_t task;
};

struct sack {
	struct np_solver *s;
	bool money;    /* else crews */
	double *takes; /* by task */
	struct item *v;
};

static double least(const struct sack *k, uint32_t j)
{
	const struct np_solver *s = k->s;
	double min = INFINITY;

	NP_EACH_WAY(s, w, j)
	{
		double x =
			(double)(k->money ? s->way[w].money : s->way[w].crew);

		min = x < min ? x : min;
	}
	return min;
}

static void measure(struct sack *k)
{
	const struct np_solver *s = k->s;
	const struct np_model *m = s->m;

	for (uint32_t j = 0; j < m->ntasks; j++) {
		k->takes[j] = least(k, j);
		for (uint32_t i = s->first_in[j]; i < s->first_in[j + 1]; i++) {
			const struct np_before *b = &m->before[s->in[i]];
			const struct np_task *a = &m->task[b->a];

			if (!b->only && !a->weight && a->frozen == NP_FREE &&
			    a->region == m->task[j].region &&
			    s->first_out[b->a + 1] - s->first_out[b->a] == 1)
				k->takes[j] += least(k, b->a);
		}
	}
}

static int by_ratio(const void *a, const void *b)
{
	const struct item *x = a, *y = b;
	double p = x->worth * y->takes, q = y->worth * x->takes;

	return p > q ? -1 : p < q ? 1 : x->task < y->task ? -1 : 1;
}

/* The most that may be done of a region's tasks until the end of period t. */
static double fill(struct sack *k, const uint32_t *task, uint32_t n, uint32_t t,
		   double room)
{
	const struct np_solver *s = k->s;
	const struct np_model *m = s->m;
	double sum = 0;
	uint32_t c = 0;

	for (uint32_t i = 0; i < n; i++) {
		const struct np_task *x = &m->task[task[i]];
		bool late = x->deadline != NP_NO_DEADLINE &&
			    (int32_t)t >= x->deadline;

		if (!x->weight || x->frozen != NP_FREE || !s->wide[task[i]] ||
		    (uint32_t)__builtin_ctzll(s->wide[task[i]]) > t)
			continue;
		k->v[c++] = (struct item){
			.worth = (double)(x->weight * (1 + late * m->late)),
			.takes = k->takes[task[i]],
			.task = task[i]};
	}
	qsort(k->v, c, sizeof(*k->v), by_ratio);
	room = room > 0 ? room : 0;
	for (uint32_t i = 0; i < c; i++) {
		if (k->v[i].takes > room)
			return sum + k->v[i].worth * room / k->v[i].takes;
		room -= k->v[i].takes;
		sum += k->v[i].worth;
	}
	return sum;
}

static double by_money(struct sack *k)
{
	const struct np_solver *s = k->s;
	const struct np_model *m = s->m;
	double sum = 0, all = 0;

	for (uint32_t t = 0; t < m->periods; t++) {
		double now = (double)np_money_left(s, t);

		all = m->carry ? now : all + now;
		sum += fill(k, s->members, m->ntasks, t, all);
	}
	return sum;
}

static double by_crews(struct sack *k)
{
	const struct np_solver *s = k->s;
	const struct np_model *m = s->m;
	double sum = 0;

	for (uint32_t r = 0; r < m->nregions; r++) {
		uint32_t from = s->first_member[r];
		double all = 0;

		for (uint32_t t = 0; t < m->periods; t++) {
			int64_t now = s->room.crews[(size_t)r * m->periods + t];

			all += now > 0 ? (double)now : 0;
			sum += fill(k, s->members + from,
				    s->first_member[r + 1] - from, t, all);
		}
	}
	return sum;
}

int64_t np_knapsack(struct np_solver *s)
{
	const struct np_model *m = s->m;
	struct sack k = {.s = s};
	double all = 0, best = 0;

	k.takes = malloc(((size_t)m->ntasks + 1) * sizeof(*k.takes));
	k.v = malloc(((size_t)m->ntasks + 1) * sizeof(*k.v));
	for (uint32_t j = 0; j < m->ntasks; j++)
		all += (double)np_task_area(m, j,
					    m->task[j].frozen != NP_FREE
						    ? m->task[j].frozen
						    : m->periods);
	for (int i = 0; i < 2 && k.takes && k.v; i++) {
		double least;

		k.money = i;
		measure(&k);
		least = all - (i ? by_money(&k) : by_crews(&k));
		least -= fabs(all) * 1e-9 + 1e-6;
		best = least > best ? least : best;
	}
	free(k.takes);
	free(k.v);
	return (int64_t)ceil(best);
}
