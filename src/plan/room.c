/* SPDX-License-Identifier: ISC */
/* What is left of crews, quiet and money. */
#include "plan/inside.h"

#define PLENTY (INT64_MAX / 4)

static int64_t or_plenty(int64_t v)
{
	return v == NP_NO_LIMIT ? PLENTY : v;
}

static size_t crews_of(const struct np_model *m)
{
	return (size_t)m->nregions * m->periods;
}

int np_room_open(struct np_room *r, const struct np_solver *s,
		 struct np_arena *mem)
{
	const struct np_model *m = s->m;
	int64_t sum = 0;

	*r = (struct np_room){.s = s, .total = or_plenty(m->total)};
	r->crews = np_alloc(mem, (crews_of(m) + 1) * sizeof(int64_t));
	r->calm = np_alloc(mem, ((size_t)m->nareas * m->periods + 1) *
					sizeof(int64_t));
	r->money = np_alloc(mem, (m->periods + 1) * sizeof(int64_t));
	r->taken =
		np_zalloc(mem, ((size_t)m->napart * 2 + 1) * sizeof(*r->taken));
	if (!r->crews || !r->calm || !r->money || !r->taken)
		return NP_ENOMEM;
	for (size_t i = 0; i < crews_of(m); i++)
		r->crews[i] = or_plenty(m->crews[i]);
	for (size_t i = 0; i < (size_t)m->nareas * m->periods; i++)
		r->calm[i] = or_plenty(m->calm[i / m->periods]);
	for (uint32_t t = 0; t < m->periods; t++) {
		int64_t f = m->fund ? m->fund[t] : PLENTY / NP_PERIODS;

		sum = m->carry ? sum + f : f;
		r->money[t] = sum;
	}
	return NP_OK;
}

void np_room_copy(struct np_room *to, const struct np_room *from)
{
	const struct np_model *m = from->s->m;

	memcpy(to->crews, from->crews, crews_of(m) * sizeof(int64_t));
	memcpy(to->calm, from->calm,
	       (size_t)m->nareas * m->periods * sizeof(int64_t));
	memcpy(to->money, from->money, m->periods * sizeof(int64_t));
	memcpy(to->taken, from->taken,
	       (size_t)m->napart * 2 * sizeof(*to->taken));
	to->total = from->total;
}

bool np_way_is_free(const struct np_room *r, uint32_t way)
{
	const struct np_solver *s = r->s;

	for (uint32_t i = s->first_side[way]; i < s->first_side[way + 1]; i++)
		if (r->taken[s->side[i] ^ 1])
			return false;
	return true;
}

bool np_room_fits(const struct np_room *r, uint32_t task, uint32_t t)
{
	const struct np_model *m = r->s->m;
	const struct np_task *j = &m->task[task];
	uint32_t last = m->carry ? m->periods : t + 1;

	if (t >= m->periods)
		return true;
	if (!np_way_is_free(r, r->s->first_way[task] + r->s->chosen[task]))
		return false;
	if (j->crew && r->crews[(size_t)j->region * m->periods + t] < j->crew)
		return false;
	if (j->area != NP_NO_AREA &&
	    r->calm[(size_t)j->area * m->periods + t] < 1)
		return false;
	if (!j->money)
		return true;
	if (r->total < j->money)
		return false;
	for (uint32_t i = t; i < last; i++)
		if (r->money[i] < j->money)
			return false;
	return true;
}

void np_room_put(struct np_room *r, uint32_t task, uint32_t t, int n)
{
	const struct np_model *m = r->s->m;
	const struct np_task *j = &m->task[task];
	uint32_t last = m->carry ? m->periods : t + 1;
	uint32_t way = r->s->first_way[task] + r->s->chosen[task];

	if (t >= m->periods)
		return;
	for (uint32_t i = r->s->first_side[way]; i < r->s->first_side[way + 1];
	     i++)
		r->taken[r->s->side[i]] += (uint32_t)n;
	r->crews[(size_t)j->region * m->periods + t] -= n * j->crew;
	if (j->area != NP_NO_AREA)
		r->calm[(size_t)j->area * m->periods + t] -= n;
	if (!j->money)
		return;
	r->total -= n * j->money;
	for (uint32_t i = t; i < last; i++)
		r->money[i] -= n * j->money;
}
