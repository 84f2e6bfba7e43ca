/* SPDX-License-Identifier: ISC */
/*
 * List scheduling, and exchanges of what it gave. Any order of the list gives a
 * plan that holds; a good order comes from the linear programme.
 */
#include "plan/inside.h"

#define MENDS 20000000
#define SWAPS 4000000 /* that are tried in a round, about */

static uint8_t allowed_at(const struct np_solver *s, uint32_t j, uint32_t t)
{
	return t >= s->m->periods || (s->allowed[j] >> t & 1);
}

/* The first period after all that come before it; `periods`: one of them is
 * later. */
uint32_t np_ready(const struct np_solver *s, uint32_t j)
{
	const struct np_model *m = s->m;
	uint32_t t = 0;

	for (uint32_t i = s->first_in[j]; i < s->first_in[j + 1]; i++) {
		const struct np_before *b = &m->before[s->in[i]];
		uint32_t at = s->at[b->a];

		if (!np_waits(s, b))
			continue;
		if (at >= m->periods)
			return m->periods;
		if (at + b->lag > t)
			t = at + b->lag;
	}
	return t < m->periods ? t : m->periods;
}

/* The last period that all behind it leave to it; `periods` only where all of
 * them are later. */
static uint32_t latest(const struct np_solver *s, uint32_t j)
{
	const struct np_model *m = s->m;
	uint32_t t = m->periods;

	for (uint32_t i = s->first_out[j]; i < s->first_out[j + 1]; i++) {
		const struct np_before *b = &m->before[s->out[i]];
		uint32_t at = s->at[b->b];

		if (np_waits(s, b) && at < m->periods && at < t + b->lag)
			t = at < b->lag ? 0 : at - b->lag;
	}
	return t;
}

uint32_t np_earliest_room(const struct np_solver *s, uint32_t j, uint32_t from,
			  uint32_t until)
{
	for (uint32_t t = from; t < until; t++)
		if (allowed_at(s, j, t) && np_room_fits(&s->work, j, t))
			return t;
	return until;
}

static int by_key(const void *a, const void *b, void *ctx)
{
	const struct np_solver *s = ctx;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return s->key[x] < s->key[y]   ? -1
	       : s->key[x] > s->key[y] ? 1
	       : x < y		       ? -1
				       : x > y;
}

/* Whoever waits for others stands behind them in the list; and whoever others
 * wait for is as urgent as these are. */
static void straighten(struct np_solver *s)
{
	const struct np_model *m = s->m;

	for (uint32_t i = m->ntasks; i-- > 0;) {
		uint32_t j = s->order[i];

		for (uint32_t k = s->first_in[j]; k < s->first_in[j + 1]; k++) {
			const struct np_before *b = &m->before[s->in[k]];
			double most = s->key[j] - 1e-6 - b->lag;

			if (m->task[b->a].weight == 0 && s->key[b->a] > most)
				s->key[b->a] = most;
		}
	}
	for (uint32_t i = 0; i < m->ntasks; i++) {
		uint32_t j = s->order[i];

		for (uint32_t k = s->first_in[j]; k < s->first_in[j + 1]; k++) {
			double least = s->key[m->before[s->in[k]].a] + 1e-6;

			if (s->key[j] < least)
				s->key[j] = least;
		}
	}
}

/* Moves a task; its place before the move is free then. */
static void move(struct np_solver *s, uint32_t j, uint32_t t)
{
	np_room_put(&s->work, j, s->at[j], -1);
	s->at[j] = (uint8_t)t;
	np_room_put(&s->work, j, t, 1);
}

static bool pull(struct np_solver *s, uint32_t j)
{
	uint32_t now = s->at[j], t;

	if (s->m->task[j].frozen != NP_FREE || !s->m->task[j].weight)
		return false;
	for (t = np_ready(s, j); t < now; t++) {
		if (!allowed_at(s, j, t))
			continue;
		np_room_put(&s->work, j, now, -1);
		bool fits = np_room_fits(&s->work, j, t);

		np_room_put(&s->work, j, now, 1);
		if (fits) {
			move(s, j, t);
			return true;
		}
	}
	return false;
}

bool np_may_be(const struct np_solver *s, uint32_t j, uint32_t t)
{
	return allowed_at(s, j, t) && np_ready(s, j) <= t && t <= latest(s, j);
}

/* Would j and k rather stand in each other's place? */
static bool swap(struct np_solver *s, uint32_t j, uint32_t k)
{
	const struct np_model *m = s->m;
	uint32_t tj = s->at[j], tk = s->at[k];
	bool fits;

	if (tj == tk || m->task[j].frozen != NP_FREE ||
	    m->task[k].frozen != NP_FREE)
		return false;
	if (np_task_area(m, j, tj) + np_task_area(m, k, tk) <=
	    np_task_area(m, j, tk) + np_task_area(m, k, tj))
		return false;
	if (!np_may_be(s, j, tk) || !np_may_be(s, k, tj))
		return false;
	np_room_put(&s->work, j, tj, -1);
	np_room_put(&s->work, k, tk, -1);
	fits = np_room_fits(&s->work, j, tk);
	if (fits) {
		np_room_put(&s->work, j, tk, 1);
		fits = np_room_fits(&s->work, k, tj);
		np_room_put(&s->work, j, tk, -1);
	}
	if (fits) {
		s->at[j] = (uint8_t)tk;
		s->at[k] = (uint8_t)tj;
		/* One may wait for the other. */
		fits = np_may_be(s, j, tk) && np_may_be(s, k, tj);
		if (!fits) {
			s->at[j] = (uint8_t)tj;
			s->at[k] = (uint8_t)tk;
		}
	}
	np_room_put(&s->work, j, s->at[j], 1);
	np_room_put(&s->work, k, s->at[k], 1);
	return fits;
}

static bool time_is_over(const struct np_solver *s)
{
	return (s->how->stopped && *s->how->stopped) ||
	       np_seconds() - s->since > s->how->seconds;
}

static bool improve_region(struct np_solver *s, uint32_t region)
{
	const uint32_t *v = s->members + s->first_member[region];
	uint32_t n = s->first_member[region + 1] - s->first_member[region];
	uint32_t near = 50 + SWAPS / (s->m->ntasks + 1);
	bool any = false;

	for (uint32_t i = 0; i < n; i++) {
		any |= pull(s, v[i]);
		if (i % 64 == 0 && time_is_over(s))
			return any;
		for (uint32_t k = i > near ? i - near : 0; k < i; k++)
			any |= swap(s, v[i], v[k]);
	}
	return any;
}

/* What weighs nothing is done as late as it may: it costs twice meanwhile. */
static void put_off(struct np_solver *s)
{
	const struct np_model *m = s->m;

	for (uint32_t i = m->ntasks; i-- > 0;) {
		uint32_t j = s->order[i], now = s->at[j];
		uint32_t until = latest(s, j);

		if (m->task[j].weight || m->task[j].frozen != NP_FREE)
			continue;
		if (s->first_out[j] == s->first_out[j + 1])
			continue;
		for (uint32_t t = until; t > now; t--) {
			if (!allowed_at(s, j, t))
				continue;
			np_room_put(&s->work, j, now, -1);
			bool fits = np_room_fits(&s->work, j, t);

			np_room_put(&s->work, j, now, 1);
			if (!fits)
				continue;
			move(s, j, t);
			break;
		}
	}
}

/* The same at the same time, in a way that costs less. */
static void cheapen(struct np_solver *s)
{
	const struct np_model *m = s->m;

	for (uint32_t j = 0; j < m->ntasks; j++) {
		uint32_t first = s->first_way[j], n = np_ways_of(s, j);
		uint32_t t = s->at[j], now = s->chosen[j];

		if (n == 1 || t >= m->periods || m->task[j].frozen != NP_FREE)
			continue;
		np_room_put(&s->work, j, t, -1);
		for (uint32_t k = 0; k < n; k++) {
			if (s->way[first + k].money >=
			    s->way[first + now].money)
				continue;
			np_take_way(s, j, k);
			if (allowed_at(s, j, t) && np_ready(s, j) <= t &&
			    np_room_fits(&s->work, j, t))
				now = k;
		}
		np_take_way(s, j, now);
		np_room_put(&s->work, j, t, 1);
	}
}

int64_t np_area_of(const struct np_solver *s)
{
	const struct np_model *m = s->m;
	int64_t sum = 0;

	for (uint32_t j = 0; j < m->ntasks; j++)
		sum += np_task_area(m, j, s->at[j]);
	return sum;
}

int64_t np_money_of(const struct np_solver *s)
{
	const struct np_model *m = s->m;
	const uint8_t *at = s->at;
	int64_t sum = 0;

	for (uint32_t j = 0; j < m->ntasks; j++)
		sum += at[j] < m->periods ? m->task[j].money : 0;
	for (uint32_t i = 0; i < m->nbefore; i++) {
		const struct np_before *b = &m->before[i];

		if (at[b->a] < m->periods &&
		    (!b->only || (at[b->b] < m->periods && np_waits(s, b))))
			sum += b->twice * (at[b->b] - at[b->a]);
	}
	return sum;
}

bool np_keep_better(struct np_solver *s)
{
	int64_t area = np_area_of(s);
	int64_t money = np_money_of(s);

	if (area > s->best.area ||
	    (area == s->best.area && money >= s->best.money))
		return false;
	memcpy(s->best.at, s->at, s->m->ntasks);
	memcpy(s->best.way, s->chosen, s->m->ntasks);
	s->best.area = area;
	s->best.money = money;
	np_show_progress(s);
	return true;
}

void np_list(struct np_solver *s)
{
	const struct np_model *m = s->m;

	for (uint32_t j = 0; j < m->ntasks; j++)
		if (s->must[j])
			s->key[j] = -1e12;
	straighten(s);
	np_room_copy(&s->work, &s->room);
	for (uint32_t i = 0; i < m->ntasks; i++)
		s->list[i] = i;
	qsort_r(s->list, m->ntasks, sizeof(*s->list), by_key, s);
	for (uint32_t j = 0; j < m->ntasks; j++)
		s->at[j] = (uint8_t)(m->task[j].frozen != NP_FREE
					     ? m->task[j].frozen
					     : m->periods);
	for (uint32_t i = 0; i < m->ntasks; i++) {
		uint32_t j = s->list[i];

		if (m->task[j].frozen != NP_FREE)
			continue;
		s->at[j] = (uint8_t)np_choose(s, j);
		np_room_put(&s->work, j, s->at[j], 1);
	}
	for (int round = 0; round < 8; round++) {
		bool any = false;

		for (uint32_t r = 0; r < m->nregions; r++)
			any |= improve_region(s, r);
		if (!any || time_is_over(s))
			break;
	}
	put_off(s);
	cheapen(s);
	(void)np_keep_better(s);
}

/* ---- once more, piece by piece */

#define PIECE 64 /* tasks */

struct piece {
	uint32_t task[PIECE], n;
	uint8_t at[PIECE], way[PIECE];
	double key[PIECE];
};

/* Small numbers that are the same each time. */
static uint32_t draw(uint64_t *seed, uint32_t below)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return below ? (uint32_t)((*seed >> 20) % below) : 0;
}

/* Tasks of a region in a few periods, in a shaken order. */
static void take_piece(struct np_solver *s, uint64_t *seed, struct piece *p)
{
	const struct np_model *m = s->m;
	uint32_t region = draw(seed, m->nregions), first, last;

	first = draw(seed, m->periods);
	last = first + 1 + draw(seed, 3);
	p->n = 0;
	for (uint32_t i = s->first_member[region];
	     i < s->first_member[region + 1] && p->n < PIECE; i++) {
		uint32_t j = s->members[i], n = p->n;
		double key = s->key[j] + 4e-6 * draw(seed, 1000000);

		if (s->at[j] < first || s->at[j] > last ||
		    m->task[j].frozen != NP_FREE || !draw(seed, 4))
			continue;
		for (; n && p->key[n - 1] > key; n--) {
			p->key[n] = p->key[n - 1];
			p->task[n] = p->task[n - 1];
		}
		p->key[n] = key;
		p->task[n] = j;
		p->n++;
	}
	for (uint32_t i = 0; i < p->n; i++) {
		p->at[i] = s->at[p->task[i]];
		p->way[i] = s->chosen[p->task[i]];
	}
}

static int64_t area_of_piece(const struct np_solver *s, const struct piece *p)
{
	int64_t sum = 0;

	for (uint32_t i = 0; i < p->n; i++)
		sum += np_task_area(s->m, p->task[i], s->at[p->task[i]]);
	return sum;
}

static void put_back(struct np_solver *s, const struct piece *p, uint32_t put)
{
	for (uint32_t i = 0; i < put; i++)
		np_room_put(&s->work, p->task[i], s->at[p->task[i]], -1);
	for (uint32_t i = 0; i < p->n; i++) {
		if (np_ways_of(s, p->task[i]) > 1)
			np_take_way(s, p->task[i], p->way[i]);
		s->at[p->task[i]] = p->at[i];
		np_room_put(&s->work, p->task[i], p->at[i], 1);
	}
}

/* Takes the piece out and puts it in again; false: no better so. */
static bool put_anew(struct np_solver *s, const struct piece *p)
{
	const struct np_model *m = s->m;
	int64_t before = area_of_piece(s, p);

	for (uint32_t i = 0; i < p->n; i++)
		np_room_put(&s->work, p->task[i], p->at[i], -1);
	for (uint32_t i = 0; i < p->n; i++) {
		uint32_t j = p->task[i], until = latest(s, j);

		s->at[j] = (uint8_t)(np_ways_of(s, j) > 1
					     ? np_choose(s, j)
					     : np_earliest_room(
						       s, j, np_ready(s, j),
						       until < m->periods
							       ? until + 1
							       : m->periods));
		if (s->at[j] > until) {
			put_back(s, p, i);
			return false;
		}
		np_room_put(&s->work, j, s->at[j], 1);
	}
	for (uint32_t i = 0; i < p->n; i++) {
		if (!np_may_be(s, p->task[i], s->at[p->task[i]])) {
			put_back(s, p, p->n);
			return false;
		}
	}
	if (area_of_piece(s, p) <= before)
		return area_of_piece(s, p) < before;
	put_back(s, p, p->n);
	return false;
}

void np_take_best(struct np_solver *s)
{
	memcpy(s->at, s->best.at, s->m->ntasks);
	np_room_copy(&s->work, &s->room);
	for (uint32_t j = 0; j < s->m->ntasks; j++) {
		if (s->m->task[j].frozen != NP_FREE)
			continue;
		np_take_way(s, j, s->best.way[j]);
		np_room_put(&s->work, j, s->at[j], 1);
	}
}

void np_mend(struct np_solver *s, double seconds)
{
	uint64_t seed = 0x9e3779b97f4a7c15;
	struct piece p;
	bool any = false;

	np_take_best(s);
	s->choosing = NP_BY_TIME;
	for (unsigned i = 1; i < MENDS; i++) {
		take_piece(s, &seed, &p);
		any |= p.n && put_anew(s, &p);
		if (i % 4096)
			continue;
		if (any)
			(void)np_keep_better(s);
		any = false;
		if (np_enough(s))
			return;
		if (np_seconds() - s->since > seconds)
			break;
	}
	put_off(s);
	cheapen(s);
	(void)np_keep_better(s);
}
