/* SPDX-License-Identifier: ISC */
/*
 * All plans of a small model, depth first, without those that cannot be better:
 * in area first, then in cost. What it has gone through is proven.
 */
#include "plan/inside.h"

#define SMALL 32      /* tasks */
#define STEPS 4000000 /* about a second */

struct search {
	struct np_solver *s;
	uint32_t order[SMALL]; /* the heaviest first, whom it needs before it */
	uint32_t place[SMALL]; /* in that order */
	uint64_t steps;
	bool cost; /* among equal areas, by cost */
};

static bool over(const struct np_solver *s)
{
	return (s->how->stopped && *s->how->stopped) ||
	       np_seconds() - s->since > s->how->seconds;
}

static uint32_t first_after(const struct np_solver *s, uint32_t j)
{
	const struct np_model *m = s->m;
	uint32_t t = 0;

	for (uint32_t i = s->first_in[j]; i < s->first_in[j + 1]; i++) {
		const struct np_before *b = &m->before[s->in[i]];

		if (!np_waits(s, b))
			continue;
		if (s->at[b->a] >= m->periods)
			return m->periods;
		if (s->at[b->a] + b->lag > (int)t)
			t = (uint32_t)s->at[b->a] + b->lag;
	}
	return t < m->periods ? t : m->periods;
}

/* What running both costs between j and those before it, all of them placed. */
static int64_t twice(const struct np_solver *s, uint32_t j, uint32_t t)
{
	const struct np_model *m = s->m;
	int64_t sum = 0;

	for (uint32_t i = s->first_in[j]; i < s->first_in[j + 1]; i++) {
		const struct np_before *b = &m->before[s->in[i]];

		if (s->at[b->a] < m->periods &&
		    (!b->only || (t < m->periods && np_waits(s, b))))
			sum += b->twice * ((int64_t)t - s->at[b->a]);
	}
	return sum;
}

/* The first period from t on in which there is room for j, in any way. */
static uint32_t first_room(struct np_solver *s, uint32_t j, uint32_t t)
{
	const struct np_model *m = s->m;
	uint32_t best = m->periods;

	if (m->task[j].frozen != NP_FREE)
		return m->task[j].frozen;
	for (uint32_t k = 0; k < np_ways_of(s, j); k++) {
		if (np_ways_of(s, j) > 1)
			np_take_way(s, j, k);
		for (uint32_t u = t; u < best; u++)
			if ((s->allowed[j] >> u & 1) &&
			    np_room_fits(&s->work, j, u))
				best = u;
	}
	return best;
}

/* Nobody that is not placed yet can be done before there is room for it now. */
static int64_t least_rest(const struct search *q, uint32_t depth)
{
	struct np_solver *s = q->s;
	const struct np_model *m = s->m;
	uint32_t soonest[SMALL];
	int64_t sum = 0;

	for (uint32_t i = depth; i < m->ntasks; i++) {
		uint32_t j = q->order[i], t = 0;

		for (uint32_t k = s->first_in[j]; k < s->first_in[j + 1]; k++) {
			const struct np_before *b = &m->before[s->in[k]];
			uint32_t u = q->place[b->a] < depth ? s->at[b->a]
							    : soonest[b->a];

			if (b->only && np_ways_of(s, j) > 1)
				continue;
			if (u >= m->periods)
				t = m->periods;
			else if (u + b->lag > t)
				t = u + b->lag;
		}
		soonest[j] = first_room(s, j, t);
		sum += np_task_area(m, j, soonest[j]);
	}
	return sum;
}

/* Can what begins so be better than the best? */
static bool promises(const struct search *q, uint32_t depth, int64_t area,
		     int64_t money)
{
	const struct np_schedule *best = &q->s->best;

	area += least_rest(q, depth);
	return area < best->area ||
	       (q->cost && area == best->area && money < best->money);
}

static void go(struct search *q, uint32_t depth, int64_t area, int64_t money);

static void go_on(struct search *q, uint32_t depth, int64_t area, int64_t money,
		  uint32_t t)
{
	struct np_solver *s = q->s;
	const struct np_model *m = s->m;
	uint32_t j = q->order[depth];
	bool put = m->task[j].frozen == NP_FREE;

	s->at[j] = (uint8_t)t;
	if (put)
		np_room_put(&s->work, j, t, 1);
	go(q, depth + 1, area + np_task_area(m, j, t),
	   money + (t < m->periods ? m->task[j].money : 0) + twice(s, j, t));
	if (put)
		np_room_put(&s->work, j, t, -1);
}

/* A task in one of its ways, in each period and (where it may) later. */
static void go_way(struct search *q, uint32_t depth, int64_t area,
		   int64_t money, uint32_t way)
{
	struct np_solver *s = q->s;
	const struct np_model *m = s->m;
	uint32_t j = q->order[depth];

	if (np_ways_of(s, j) > 1)
		np_take_way(s, j, way);
	for (uint32_t t = first_after(s, j); t < m->periods; t++) {
		if (!(s->allowed[j] >> t & 1) || !np_room_fits(&s->work, j, t))
			continue;
		go_on(q, depth, area, money, t);
		if (q->steps > STEPS)
			return;
	}
	if (way == 0 && !(s->must[j] && s->wide[j]))
		go_on(q, depth, area, money, m->periods);
}

static void go(struct search *q, uint32_t depth, int64_t area, int64_t money)
{
	struct np_solver *s = q->s;
	const struct np_model *m = s->m;

	if (++q->steps > STEPS || (q->steps % 1024 == 0 && over(s)))
		return;
	if (!promises(q, depth, area, money))
		return;
	if (depth == m->ntasks) {
		(void)np_keep_better(s);
		return;
	}
	uint32_t j = q->order[depth];

	if (m->task[j].frozen != NP_FREE) {
		go_on(q, depth, area, money, m->task[j].frozen);
		return;
	}
	for (uint32_t k = 0; k < np_ways_of(s, j) && q->steps <= STEPS; k++)
		go_way(q, depth, area, money, k);
}

static void order_with(struct search *q, uint32_t j, uint32_t *n)
{
	const struct np_solver *s = q->s;

	if (q->place[j] < SMALL)
		return;
	for (uint32_t k = s->first_in[j]; k < s->first_in[j + 1]; k++)
		order_with(q, s->m->before[s->in[k]].a, n);
	q->place[j] = *n;
	q->order[(*n)++] = j;
}

static void order(struct search *q)
{
	const struct np_model *m = q->s->m;
	uint32_t n = 0;

	for (uint32_t j = 0; j < m->ntasks; j++)
		q->place[j] = SMALL;
	while (n < m->ntasks) {
		uint32_t best = 0;
		int64_t most = -1;

		for (uint32_t j = 0; j < m->ntasks; j++) {
			int64_t w = np_task_area(m, j, m->periods);

			if (q->place[j] < SMALL || w <= most)
				continue;
			best = j;
			most = w;
		}
		order_with(q, best, &n);
	}
}

/* True: gone through to its end. */
static bool search(struct search *q)
{
	struct np_solver *s = q->s;

	q->steps = 0;
	np_room_copy(&s->work, &s->room);
	go(q, 0, 0, 0);
	return q->steps <= STEPS && !over(s);
}

void np_exact(struct np_solver *s)
{
	struct search q = {.s = s};

	if (s->m->ntasks > SMALL)
		return;
	order(&q);
	if (!search(&q))
		return;
	s->best.bound = s->best.area;
	q.cost = true;
	s->best.least = search(&q);
}
