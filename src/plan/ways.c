/* SPDX-License-Identifier: ISC */
/*
 * Which way a task is done. A list chooses as it goes: of the ways that nothing
 * which is put excludes, the one that is wished for most (by the linear
 * programme), or the soonest, or the cheapest; but none that leaves a task
 * which is not put without any, as long as there is another.
 */
#include "plan/inside.h"

void np_take_way(struct np_solver *s, uint32_t task, uint32_t way)
{
	const struct np_way *w = &s->way[s->first_way[task] + way];

	s->chosen[task] = (uint8_t)way;
	s->task[task].money = w->money;
	s->task[task].crew = w->crew;
	s->allowed[task] = s->wide[task] & w->allowed;
}

/* A task without a list of ways has itself as one. */
static int list_ways(struct np_solver *s)
{
	const struct np_model *m = s->given;
	size_t all = 0;

	s->first_way =
		np_alloc(s->mem, ((size_t)m->ntasks + 1) * sizeof(uint32_t));
	for (uint32_t j = 0; j < m->ntasks; j++)
		all += m->task[j].nways ? m->task[j].nways : 1;
	s->way = np_alloc(s->mem, (all + 1) * sizeof(*s->way));
	s->wish = np_zalloc(s->mem, (all + 1) * sizeof(*s->wish));
	if (!s->first_way || !s->way || !s->wish)
		return NP_ENOMEM;
	all = 0;
	for (uint32_t j = 0; j < m->ntasks; j++) {
		const struct np_task *x = &m->task[j];

		s->first_way[j] = (uint32_t)all;
		if (!x->nways)
			s->way[all++] = (struct np_way){.money = x->money,
							.crew = x->crew,
							.allowed = x->allowed};
		for (uint32_t k = 0; k < x->nways; k++)
			s->way[all++] = m->way[x->way + k];
	}
	s->first_way[m->ntasks] = (uint32_t)all;
	return NP_OK;
}

/* By way: the sides it stands on. */
static int list_sides(struct np_solver *s)
{
	const struct np_model *m = s->given;
	uint32_t ways = s->first_way[m->ntasks];
	size_t n = 0;

	for (uint32_t i = 0; i < m->napart; i++)
		n += m->apart[i].end - m->apart[i].first;
	s->first_side =
		np_zalloc(s->mem, ((size_t)ways + 2) * sizeof(uint32_t));
	s->side = np_alloc(s->mem, (n + 1) * sizeof(uint32_t));
	if (!s->first_side || !s->side)
		return NP_ENOMEM;
	for (int fill = 0; fill < 2; fill++) {
		for (uint32_t i = 0; i < m->napart; i++) {
			const struct np_apart *a = &m->apart[i];

			for (uint32_t k = a->first; k < a->end; k++) {
				const struct np_pick *p = &m->pick[k];
				uint32_t *at =
					&s->first_side[s->first_way[p->task] +
						       p->way + 1];

				if (fill)
					s->side[(*at)++] =
						i * 2 + (k >= a->split);
				else
					++at[1];
			}
		}
		for (uint32_t w = 2; !fill && w < ways + 2; w++)
			s->first_side[w] += s->first_side[w - 1];
	}
	return NP_OK;
}

int np_ways_open(struct np_solver *s)
{
	int rc = list_ways(s);

	return rc ? rc : list_sides(s);
}

/* Would a task that is not put have no way left beside this one? Only sides
 * that nothing stands on yet are looked at: others were, before. */
static bool starves(const struct np_solver *s, uint32_t task, uint32_t way)
{
	const struct np_model *m = s->given;
	uint32_t w = s->first_way[task] + way;

	for (uint32_t i = s->first_side[w]; i < s->first_side[w + 1]; i++) {
		const struct np_apart *a = &m->apart[s->side[i] / 2];
		bool second = s->side[i] & 1;
		uint32_t k = second ? a->first : a->split;
		uint32_t end = second ? a->split : a->end;

		for (; !s->work.taken[s->side[i]] && k < end; k++) {
			uint32_t j = m->pick[k].task, v = s->first_way[j];
			bool any = false;

			if (s->at[j] < m->periods || j == task)
				continue;
			for (; v < s->first_way[j + 1] && !any; v++)
				any = v != s->first_way[j] + m->pick[k].way &&
				      np_way_is_free(&s->work, v);
			if (!any)
				return true;
		}
	}
	return false;
}

/* One way against another: smaller is better. */
struct choice {
	bool starves;
	float wish; /* above 0: the less, the more it is wished for */
	uint32_t t;
	int64_t money;
};

static bool better(const struct np_solver *s, const struct choice *a,
		   const struct choice *b)
{
	if (a->starves != b->starves)
		return b->starves;
	if (s->choosing == NP_BY_WISH && a->wish != b->wish)
		return a->wish < b->wish;
	if (s->choosing == NP_BY_MONEY && a->money != b->money)
		return a->money < b->money;
	return a->t != b->t ? a->t < b->t : a->money < b->money;
}

uint32_t np_choose(struct np_solver *s, uint32_t task)
{
	struct choice best = {.t = s->m->periods};
	uint32_t first = s->first_way[task], taken = s->chosen[task];

	if (np_ways_of(s, task) == 1)
		return np_earliest_room(s, task, np_ready(s, task),
					s->m->periods);
	for (uint32_t k = 0; k < np_ways_of(s, task); k++) {
		struct choice x = {.wish = -s->wish[first + k],
				   .money = s->way[first + k].money};

		np_take_way(s, task, k);
		x.t = np_earliest_room(s, task, np_ready(s, task),
				       s->m->periods);
		if (x.t == s->m->periods)
			continue;
		x.starves = starves(s, task, k);
		if (best.t < s->m->periods && !better(s, &x, &best))
			continue;
		best = x;
		taken = k;
	}
	np_take_way(s, task, taken);
	return best.t;
}

/* What one side of two that stay apart is wished for less, than it was. */
static void wish_less(struct np_solver *s, uint32_t side, float by)
{
	const struct np_apart *a = &s->given->apart[side / 2];
	uint32_t k = side & 1 ? a->split : a->first;
	uint32_t end = side & 1 ? a->end : a->split;

	for (; k < end; k++)
		s->wish[s->first_way[s->given->pick[k].task] +
			s->given->pick[k].way] -= by;
}

void np_wish(struct np_solver *s)
{
	static const enum np_choosing by[] = {NP_BY_WISH, NP_BY_TIME,
					      NP_BY_MONEY};
	uint32_t sides = s->given->napart * 2;

	if (s->first_way[s->m->ntasks] == s->m->ntasks)
		return;
	for (size_t i = 0; i < 3 && !np_enough(s); i++) {
		s->choosing = by[i];
		np_list(s);
	}
	s->choosing = NP_BY_WISH;
	for (uint32_t i = 0; i < sides && !np_enough(s); i++) {
		int64_t area = s->best.area;

		wish_less(s, i, 2);
		np_list(s);
		if (s->best.area == area)
			wish_less(s, i, -2);
	}
}
