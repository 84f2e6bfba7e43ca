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
	int64_t rest[SMALL + 1]; /* what the others count at least */
	uint64_t steps;
};

static bool better(const struct np_solver *s, int64_t area, int64_t money)
{
	return area < s->best.area ||
	       (area == s->best.area && money < s->best.money);
}

static uint32_t first_after(const struct np_solver *s, uint32_t j)
{
	const struct np_model *m = s->m;
	uint32_t t = 0;

	for (uint32_t i = s->first_in[j]; i < s->first_in[j + 1]; i++) {
		const struct np_before *b = &m->before[s->in[i]];

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

		if (s->at[b->a] < m->periods)
			sum += b->twice * ((int64_t)t - s->at[b->a]);
	}
	return sum;
}

static void go(struct search *q, uint32_t depth, int64_t area, int64_t money)
{
	struct np_solver *s = q->s;
	const struct np_model *m = s->m;

	if (++q->steps > STEPS || (q->steps % 1024 == 0 && np_enough(s)))
		return;
	if (!better(s, area + q->rest[depth], money))
		return;
	if (depth == m->ntasks) {
		(void)np_keep_better(s);
		return;
	}
	uint32_t j = s->order[depth];
	uint32_t t = m->task[j].frozen != NP_FREE ? m->task[j].frozen
						  : first_after(s, j);

	for (; t <= m->periods && q->steps <= STEPS; t++) {
		bool frozen = m->task[j].frozen != NP_FREE;

		if (t < m->periods && !frozen &&
		    (!(s->allowed[j] >> t & 1) ||
		     !np_room_fits(&s->work, j, t)))
			continue;
		s->at[j] = (uint8_t)t;
		if (!frozen)
			np_room_put(&s->work, j, t, 1);
		go(q, depth + 1, area + np_task_area(m, j, t),
		   money + (t < m->periods ? m->task[j].money : 0) +
			   twice(s, j, t));
		if (!frozen)
			np_room_put(&s->work, j, t, -1);
		if (frozen)
			break;
	}
}

void np_exact(struct np_solver *s)
{
	struct search q = {.s = s};
	const struct np_model *m = s->m;

	if (m->ntasks > SMALL)
		return;
	for (uint32_t i = m->ntasks; i-- > 0;) {
		uint32_t j = s->order[i];

		q.rest[i] =
			q.rest[i + 1] +
			np_task_area(m, j,
				     s->allowed[j] ? (uint32_t)__builtin_ctzll(
							     s->allowed[j])
						   : m->periods);
	}
	np_room_copy(&s->work, &s->room);
	go(&q, 0, 0, 0);
	if (q.steps > STEPS || (s->how->stopped && *s->how->stopped) ||
	    np_seconds() - s->since > s->how->seconds)
		return;
	s->best.bound = s->best.area;
	s->best.least = true;
}
