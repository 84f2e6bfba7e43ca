/* SPDX-License-Identifier: ISC */
/* What is prepared once, and in which order things are tried. */
#include "plan/inside.h"
#include <time.h>

#define MOST_TASKS 2000000

double np_seconds(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

double np_gap(const struct np_schedule *s)
{
	return s->area > s->bound
		       ? (double)(s->area - s->bound) / (double)s->area
		       : 0;
}

void np_show_progress(struct np_solver *s)
{
	if (s->how->progress)
		s->how->progress(s->how->ctx, &s->best);
}

bool np_enough(struct np_solver *s)
{
	if (s->how->stopped && *s->how->stopped)
		s->best.how = NP_STOPPED;
	else if (s->best.area <= s->best.bound)
		s->best.how = NP_PROVEN;
	else if (np_gap(&s->best) <= s->how->gap)
		s->best.how = NP_WITHIN;
	else if (np_seconds() - s->since > s->how->seconds)
		s->best.how = NP_TIME;
	else
		return false;
	return true;
}

/* Numbers of m->before by one of its ends. */
static int index_ends(struct np_solver *s, bool out, uint32_t **ret_first,
		      uint32_t **ret)
{
	const struct np_model *m = s->m;
	uint32_t *first =
		np_zalloc(s->mem, ((size_t)m->ntasks + 2) * sizeof(*first));
	uint32_t *v = np_alloc(s->mem, ((size_t)m->nbefore + 1) * sizeof(*v));

	if (!first || !v)
		return NP_ENOMEM;
	for (uint32_t i = 0; i < m->nbefore; i++)
		first[(out ? m->before[i].a : m->before[i].b) + 2]++;
	for (uint32_t j = 2; j < m->ntasks + 2; j++)
		first[j] += first[j - 1];
	for (uint32_t i = 0; i < m->nbefore; i++)
		v[first[(out ? m->before[i].a : m->before[i].b) + 1]++] = i;
	*ret_first = first;
	*ret = v;
	return NP_OK;
}

/* Kahn's; false: it goes round in circles. */
static bool sort_tasks(struct np_solver *s, uint32_t *open)
{
	const struct np_model *m = s->m;
	uint32_t n = 0;

	for (uint32_t j = 0; j < m->ntasks; j++) {
		open[j] = s->first_in[j + 1] - s->first_in[j];
		if (!open[j])
			s->order[n++] = j;
	}
	for (uint32_t i = 0; i < n; i++) {
		uint32_t j = s->order[i];

		for (uint32_t k = s->first_out[j]; k < s->first_out[j + 1];
		     k++) {
			uint32_t b = m->before[s->out[k]].b;

			if (--open[b] == 0)
				s->order[n++] = b;
		}
	}
	return n == m->ntasks;
}

static uint64_t from_bit(uint32_t t)
{
	return t < 64 ? ~UINT64_C(0) << t : 0;
}

/* Whoever a frozen one waits for must be done, and in time for it. */
static void narrow_behind(struct np_solver *s, uint32_t j)
{
	const struct np_model *m = s->m;

	for (uint32_t k = s->first_out[j];
	     m->task[j].frozen == NP_FREE && k < s->first_out[j + 1]; k++) {
		const struct np_before *b = &m->before[s->out[k]];
		uint64_t then = s->wide[b->b];
		uint32_t last;

		if (m->task[b->b].frozen == NP_FREE && !s->must[b->b])
			continue;
		if (b->only && np_ways_of(s, b->b) > 1)
			continue;
		s->must[j] = true;
		last = then ? 63 - (uint32_t)__builtin_clzll(then) : 0;
		s->wide[j] &= !then || last < b->lag
				      ? 0
				      : ~from_bit(last - b->lag + 1);
	}
}

/* Nobody is done before those it waits for can be. Where that leaves a frozen
 * one no way, the checker says so. */
static void narrow(struct np_solver *s)
{
	const struct np_model *m = s->m;

	for (uint32_t j = 0; j < m->ntasks; j++) {
		s->wide[j] = 0;
		for (uint32_t w = s->first_way[j]; w < s->first_way[j + 1]; w++)
			s->wide[j] |= s->way[w].allowed;
		if (m->task[j].frozen != NP_FREE)
			s->wide[j] = UINT64_C(1) << m->task[j].frozen;
		s->wide[j] &= ~from_bit(m->periods);
	}
	for (uint32_t i = 0; i < m->ntasks; i++) {
		uint32_t j = s->order[i];

		for (uint32_t k = s->first_in[j];
		     m->task[j].frozen == NP_FREE && k < s->first_in[j + 1];
		     k++) {
			const struct np_before *b = &m->before[s->in[k]];
			uint64_t a = s->wide[b->a];

			if (b->only && np_ways_of(s, j) > 1)
				continue;
			s->wide[j] &=
				a ? from_bit((uint32_t)__builtin_ctzll(a) +
					     b->lag)
				  : 0;
		}
	}
	for (uint32_t i = m->ntasks; i-- > 0;)
		narrow_behind(s, s->order[i]);
	for (uint32_t j = 0; j < m->ntasks; j++)
		np_take_way(s, j, 0);
}

static int sort_regions(struct np_solver *s)
{
	const struct np_model *m = s->m;
	uint32_t *first =
		np_zalloc(s->mem, ((size_t)m->nregions + 2) * sizeof(*first));
	uint32_t *v = np_alloc(s->mem, ((size_t)m->ntasks + 1) * sizeof(*v));

	if (!first || !v)
		return NP_ENOMEM;
	for (uint32_t j = 0; j < m->ntasks; j++)
		first[m->task[j].region + 2]++;
	for (uint32_t r = 2; r < m->nregions + 2; r++)
		first[r] += first[r - 1];
	for (uint32_t j = 0; j < m->ntasks; j++)
		v[first[m->task[j].region + 1]++] = j;
	s->first_member = first;
	s->members = v;
	return NP_OK;
}

/* Nobody can have less than with each task as early as it may be. */
static int64_t plain_bound(const struct np_solver *s)
{
	int64_t sum = 0;

	for (uint32_t j = 0; j < s->m->ntasks; j++)
		sum += np_task_area(
			s->m, j,
			s->wide[j] ? (uint32_t)__builtin_ctzll(s->wide[j])
				   : s->m->periods);
	return sum;
}

static int no_memory(struct np_err *reterr)
{
	return np_fail(reterr, NP_ENOMEM, np_strerror(NP_ENOMEM), "plan", 0);
}

static int open_solver(struct np_solver *s, struct np_err *reterr)
{
	const struct np_model *m = s->given;
	size_t n = (size_t)m->ntasks + 1;
	int rc;

	s->task = np_alloc(s->mem, n * sizeof(*s->task));
	s->now = *m;
	s->now.task = s->task;
	s->m = &s->now;
	if (!s->task)
		return no_memory(reterr);
	memcpy(s->task, m->task, m->ntasks * sizeof(*s->task));
	rc = np_ways_open(s);
	if (!rc)
		rc = index_ends(s, false, &s->first_in, &s->in);
	if (!rc)
		rc = index_ends(s, true, &s->first_out, &s->out);
	if (!rc)
		rc = sort_regions(s);
	if (!rc)
		rc = np_room_open(&s->room, s, s->mem);
	if (!rc)
		rc = np_room_open(&s->work, s, s->mem);
	s->allowed = np_alloc(s->mem, n * sizeof(*s->allowed));
	s->wide = np_alloc(s->mem, n * sizeof(*s->wide));
	s->chosen = np_zalloc(s->mem, n);
	s->order = np_alloc(s->mem, n * sizeof(*s->order));
	s->must = np_zalloc(s->mem, n);
	s->list = np_alloc(s->mem, n * sizeof(*s->list));
	s->key = np_zalloc(s->mem, n * sizeof(*s->key));
	s->at = np_alloc(s->mem, n);
	s->best.at = np_alloc(s->mem, n);
	s->best.way = np_zalloc(s->mem, n);
	if (rc || !s->allowed || !s->wide || !s->chosen || !s->order ||
	    !s->must || !s->list || !s->key || !s->at || !s->best.at ||
	    !s->best.way)
		return no_memory(reterr);
	if (!sort_tasks(s, s->list))
		return np_fail(reterr, NP_EUSAGE,
			       "what comes before what goes round in circles",
			       "plan", 0);
	narrow(s);
	for (uint32_t j = 0; j < m->ntasks; j++)
		if (m->task[j].frozen != NP_FREE)
			np_room_put(&s->room, j, m->task[j].frozen, 1);
	return NP_OK;
}

/* A first plan by weight for what it needs (Smith's rule). */
static void first_plan(struct np_solver *s)
{
	const struct np_model *m = s->m;

	for (uint32_t j = 0; j < m->ntasks; j++) {
		const struct np_task *x = &m->task[j];
		double w = (double)x->weight;

		if (x->deadline != NP_NO_DEADLINE)
			w *= 1 + (double)m->late;
		s->key[j] = w > 0 ? -w / (1e-3 + (double)x->crew) : 1;
	}
	s->choosing = NP_BY_TIME;
	np_list(s);
	s->choosing = NP_BY_MONEY;
	if (s->first_way[m->ntasks] > m->ntasks)
		np_list(s);
}

int np_plan_solve(const struct np_model *m, const struct np_solve_how *how,
		  struct np_arena *mem, struct np_schedule *ret,
		  struct np_err *reterr)
{
	struct np_solver s = {
		.given = m, .how = how, .mem = mem, .since = np_seconds()};
	int rc = NP_OK;

	if (!m->periods || m->periods > NP_PERIODS || m->ntasks > MOST_TASKS)
		return np_fail(reterr, NP_EUSAGE,
			       "expected 1 to 60 periods and at most 2,000,000 "
			       "tasks",
			       "plan", 0);
	rc = open_solver(&s, reterr);
	if (rc)
		return rc;
	s.best.bound = plain_bound(&s);
	s.best.area = s.best.money = INT64_MAX;
	s.best.how = NP_TIME;
	first_plan(&s);
	if (!how->programme)
		np_exact(&s);
	if (!np_enough(&s)) {
		int64_t bound = np_knapsack(&s);

		if (bound > s.best.bound)
			s.best.bound = bound;
		np_show_progress(&s);
	}
	if (!np_enough(&s))
		rc = np_relax(&s);
	if (s.best.bound > s.best.area)
		s.best.bound = s.best.area;
	if (s.best.bound == s.best.area)
		s.best.how = NP_PROVEN;
	*ret = s.best;
	return rc ? np_fail(reterr, rc, np_strerror(rc), "plan", 0) : NP_OK;
}
