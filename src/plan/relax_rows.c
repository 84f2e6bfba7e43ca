/* SPDX-License-Identifier: ISC */
/* Rows and columns of the linear programme; those for who waits for whom, and
 * for ways that exclude each other, come where they do not hold. */
#include "plan/relax.h"

/* ---- rows */

bool np_relax_is_open(const struct np_relax *r, uint32_t j)
{
	return r->s->m->task[j].frozen == NP_FREE && r->s->wide[j] &&
	       (!r->only || r->only[j]);
}

bool np_relax_may(const struct np_relax *r, uint32_t j, uint32_t way,
		  uint32_t t)
{
	return r->s->wide[j] & r->s->way[way].allowed & UINT64_C(1) << t;
}

double np_relax_fixed(const struct np_relax *r, uint32_t j, uint32_t way,
		      uint32_t t)
{
	const struct np_way *w = &r->s->way[way];
	const struct np_model *m = r->s->m;
	double sum = r->fixed ? r->fixed[t] * (double)w->money * r->money : 0;

	if (r->fixed_crews)
		sum += r->fixed_crews[(size_t)m->task[j].region * m->periods +
				      t] *
		       (double)w->crew;
	return sum;
}

/* What one period may want at most of its crews, in all. */
static void want_most(struct np_relax *r, uint32_t j, int64_t *crews,
		      int64_t *calm)
{
	const struct np_solver *s = r->s;
	const struct np_model *m = s->m;
	const struct np_task *x = &m->task[j];

	for (uint32_t t = 0; t < m->periods; t++) {
		int64_t most = -1;

		NP_EACH_WAY(s, w, j)
		{
			if (np_relax_may(r, j, w, t) && s->way[w].crew > most)
				most = s->way[w].crew;
		}
		if (most < 0)
			continue;
		crews[(size_t)x->region * m->periods + t] += most;
		if (x->area != NP_NO_AREA)
			calm[(size_t)x->area * m->periods + t]++;
	}
}

int64_t np_dearest(const struct np_solver *s, uint32_t j)
{
	int64_t most = 0;

	NP_EACH_WAY(s, w, j)
	{
		most = s->way[w].money > most ? s->way[w].money : most;
	}
	return most;
}

static double above_zero(int64_t v)
{
	return v > 0 ? (double)v : 0;
}

/* A row for a limit that all who want it could go over. */
static void number_row(struct np_relax *r, uint32_t *row, int64_t right,
		       int64_t wanted, double scale)
{
	*row = NP_NO_ROW;
	if (wanted <= right)
		return;
	*row = r->nrows;
	r->right[r->nrows++] = above_zero(right) * scale;
}

int64_t np_money_left(const struct np_solver *s, uint32_t t)
{
	const struct np_model *m = s->m;
	int64_t left = s->room.money[t];

	for (uint32_t u = t; m->carry && u < m->periods; u++)
		if (s->room.money[u] < left)
			left = s->room.money[u];
	if (m->carry && s->room.total < left)
		left = s->room.total;
	return left > 0 ? left : 0;
}

bool np_relax_is_funded(const struct np_relax *r)
{
	const struct np_model *m = r->s->m;

	return m->fund || (m->carry && m->total != NP_NO_LIMIT);
}

static void number_money(struct np_relax *r, int64_t wanted)
{
	const struct np_solver *s = r->s;

	r->total = NP_NO_ROW;
	if (!s->m->carry)
		number_row(r, &r->total, s->room.total, wanted, r->money);
	for (uint32_t t = 0; t < s->m->periods; t++) {
		r->fund[t] = NP_NO_ROW;
		if (np_relax_is_funded(r) && !r->fixed)
			number_row(r, &r->fund[t], np_money_left(s, t),
				   INT64_MAX, r->money * r->share);
	}
}

static void number_crews(struct np_relax *r, const int64_t *want)
{
	const struct np_solver *s = r->s;
	const struct np_model *m = s->m;

	for (size_t i = 0; i < (size_t)m->nregions * m->periods; i++) {
		double share =
			r->crew_share ? r->crew_share[i / m->periods] : 1;

		r->crews[i] = NP_NO_ROW;
		if (r->fixed_crews ||
		    (double)want[i] <= (double)s->room.crews[i] * share)
			continue;
		r->crews[i] = r->nrows;
		r->right[r->nrows++] = above_zero(s->room.crews[i]) * share;
	}
}

static int number_rows(struct np_relax *r)
{
	struct np_solver *s = r->s;
	const struct np_model *m = s->m;
	size_t nc = (size_t)m->nregions * m->periods;
	size_t na = (size_t)m->nareas * m->periods;
	int64_t *want =
		np_zalloc(&r->mem, (nc + na + m->periods + 1) * sizeof(*want));
	size_t most = (size_t)m->ntasks + nc + na + m->periods + 2;
	int64_t money = 0;

	r->row = np_alloc(&r->mem, ((size_t)m->ntasks + 1) * sizeof(*r->row));
	r->crews = np_alloc(&r->mem, (nc + 1) * sizeof(*r->crews));
	r->calm = np_alloc(&r->mem, (na + 1) * sizeof(*r->calm));
	r->fund = np_alloc(&r->mem, (m->periods + 1) * sizeof(*r->fund));
	r->right = np_alloc(&r->mem, most * sizeof(*r->right));
	if (!want || !r->row || !r->crews || !r->calm || !r->fund || !r->right)
		return NP_ENOMEM;
	for (uint32_t j = 0; j < m->ntasks; j++) {
		if (!np_relax_is_open(r, j))
			continue;
		r->row[j] = r->nrows;
		r->right[r->nrows++] = 1;
		money += np_dearest(s, j);
		want_most(r, j, want, want + nc);
	}
	r->ntaskrows = r->nrows;
	number_crews(r, want);
	for (size_t i = 0; i < na; i++)
		number_row(r, &r->calm[i], s->room.calm[i], want[nc + i], 1);
	number_money(r, money);
	return NP_OK;
}

/* Of what is kept, the row of period t says: spent in it + kept at its end -
 * kept before <= what came. */
static void to_arrivals(struct np_relax *r)
{
	const struct np_model *m = r->s->m;

	for (uint32_t t = m->periods;
	     r->fund[0] != NP_NO_ROW && m->carry && t-- > 1;)
		r->right[r->fund[t]] -= r->right[r->fund[t - 1]];
}

/* ---- columns */

struct entries {
	int *start, *row;
	double *value, *cost;
	size_t n;
};

static void put(struct entries *e, uint32_t row, double value)
{
	if (row == NP_NO_ROW || value == 0)
		return;
	e->row[e->n] = (int)row;
	e->value[e->n++] = value;
}

static void put_way(struct np_relax *r, struct entries *e, uint32_t j,
		    uint32_t w)
{
	struct np_solver *s = r->s;
	const struct np_model *m = s->m;
	const struct np_task *x = &m->task[j];
	int64_t later = np_task_area(m, j, m->periods);
	double money = (double)s->way[w].money * r->money;

	for (uint32_t t = 0; t < m->periods; t++) {
		size_t at = (size_t)w * m->periods + t;

		r->column[at] = NP_NO_ROW;
		if (!np_relax_is_open(r, j) || !np_relax_may(r, j, w, t))
			continue;
		r->column[at] = r->ncolumns;
		e->start[r->ncolumns] = (int)e->n;
		e->cost[r->ncolumns++] =
			(double)(np_task_area(m, j, t) - later) * r->area -
			np_relax_fixed(r, j, w, t);
		put(e, r->row[j], 1);
		put(e, r->crews[(size_t)x->region * m->periods + t],
		    (double)s->way[w].crew);
		if (x->area != NP_NO_AREA)
			put(e, r->calm[(size_t)x->area * m->periods + t], 1);
		put(e, r->fund[t], money);
		put(e, r->total, money);
	}
}

static void put_kept(struct np_relax *r, struct entries *e)
{
	const struct np_model *m = r->s->m;

	for (uint32_t t = 0;
	     r->fund[0] != NP_NO_ROW && m->carry && t + 1 < m->periods; t++) {
		e->start[r->ncolumns] = (int)e->n;
		e->cost[r->ncolumns++] = 0;
		put(e, r->fund[t], 1);
		put(e, r->fund[t + 1], -1);
	}
}

static size_t picks_of(const struct np_model *m)
{
	return m->napart ? m->apart[m->napart - 1].end : 0;
}

/* Of two that stay apart, how much the second side is taken: 0 to 1. Rows come
 * where they do not hold. */
static void put_sides(struct np_relax *r, struct entries *e)
{
	r->sides = r->ncolumns;
	for (uint32_t i = 0; i < r->s->m->napart; i++) {
		e->start[r->ncolumns] = (int)e->n;
		e->cost[r->ncolumns++] = 0;
	}
}

static int load(struct np_relax *r)
{
	struct np_solver *s = r->s;
	const struct np_model *m = s->m;
	size_t cells = (size_t)s->first_way[m->ntasks] * m->periods,
	       most = cells + m->periods + m->napart;
	struct entries e = {
		.start = malloc((most + 2) * sizeof(int)),
		.row = malloc((most * 5 + 1) * sizeof(int)),
		.value = malloc((most * 5 + 1) * sizeof(double)),
		.cost = malloc((most + 1) * sizeof(double)),
	};
	int rc = NP_ENOMEM;

	r->column = np_alloc(&r->mem, (cells + 1) * sizeof(*r->column));
	r->adjust = np_alloc(&r->mem, (cells + 1) * sizeof(*r->adjust));
	r->waits = np_zalloc(&r->mem, (size_t)m->nbefore * m->periods + 1);
	r->side = np_alloc(&r->mem, (m->napart + 1) * sizeof(*r->side));
	r->aparts = np_zalloc(&r->mem, picks_of(m) + 1);
	if (e.start && e.row && e.value && e.cost && r->column && r->adjust &&
	    r->waits && r->aparts && r->side && cells < INT32_MAX / 8) {
		for (uint32_t j = 0; j < m->ntasks; j++)
			NP_EACH_WAY(s, w, j)
			{
				put_way(r, &e, j, w);
			}
		put_sides(r, &e);
		put_kept(r, &e);
		e.start[r->ncolumns] = (int)e.n;
		r->lp = np_lp_new((int)r->nrows, (int)r->ncolumns, e.start,
				  e.row, e.value, e.cost, r->right);
		rc = r->lp ? NP_OK : NP_ENOMEM;
	}
	free(e.start);
	free(e.row);
	free(e.value);
	free(e.cost);
	return rc;
}

int np_relax_load(struct np_relax *r)
{
	int rc = number_rows(r);

	if (rc)
		return rc;
	to_arrivals(r);
	return load(r);
}

/* ---- who waits for whom */

/* The part of a task that is done until the end of period t. */
static double done(const struct np_relax *r, const double *x, uint32_t j,
		   uint32_t only, int t)
{
	const struct np_model *m = r->s->m;
	double sum = 0;

	if (m->task[j].frozen != NP_FREE)
		return m->task[j].frozen <= t ? 1 : 0;
	NP_EACH_WAY(r->s, w, j)
	{
		const uint32_t *c = r->column + (size_t)w * m->periods;

		if (only && w + 1 != r->s->first_way[j] + only)
			continue;
		for (int u = 0; u <= t; u++)
			sum += c[u] == NP_NO_ROW ? 0 : x[c[u]];
	}
	return sum;
}

struct rows {
	int *start, *column;
	double *value, *right;
	size_t n, entries, cap, entry_cap;
};

static void put_done(const struct np_relax *r, struct rows *w, uint32_t j,
		     uint32_t only, int t, double value)
{
	const struct np_model *m = r->s->m;

	NP_EACH_WAY(r->s, v, j)
	{
		const uint32_t *c = r->column + (size_t)v * m->periods;

		if (only && v + 1 != r->s->first_way[j] + only)
			continue;
		for (int u = 0; u <= t; u++) {
			if (c[u] == NP_NO_ROW)
				continue;
			w->column[w->entries] = (int)c[u];
			w->value[w->entries++] = value;
		}
	}
}

/* Room for one more row, of all the ways of two tasks at most. */
static bool grow(struct np_relax *r, struct rows *w)
{
	if (w->n + 1 >= w->cap) {
		w->cap = w->cap * 2 + 256;
		w->start = reallocarray(w->start, w->cap, sizeof(int));
		w->right = reallocarray(w->right, w->cap, sizeof(double));
	}
	if (w->entries + (size_t)NP_PERIODS * NP_WAYS * 2 > w->entry_cap) {
		w->entry_cap =
			w->entry_cap * 2 + (size_t)NP_PERIODS * NP_WAYS * 4;
		w->column = reallocarray(w->column, w->entry_cap, sizeof(int));
		w->value = reallocarray(w->value, w->entry_cap, sizeof(double));
	}
	if (r->nwaits == r->wait_cap) {
		r->wait_cap = r->wait_cap * 2 + 256;
		r->wait = reallocarray(r->wait, r->wait_cap, sizeof(*r->wait));
	}
	return w->start && w->right && w->column && w->value && r->wait;
}

static void begin_row(struct np_relax *r, struct rows *w,
		      struct np_wait_row what, double right)
{
	r->wait[r->nwaits++] = what;
	w->start[w->n] = (int)w->entries;
	w->right[w->n++] = right;
}

static int wait_rows(struct np_relax *r, const double *x, struct rows *w)
{
	const struct np_model *m = r->s->m;

	for (uint32_t i = 0; i < m->nbefore; i++) {
		const struct np_before *b = &m->before[i];

		/* whom another part has, waits for nobody here */
		if (!np_relax_is_open(r, b->a) || !np_relax_is_open(r, b->b))
			continue;
		for (uint32_t t = 0; t < m->periods; t++) {
			size_t at = (size_t)i * m->periods + t;
			int until = (int)t - b->lag;

			if (r->waits[at] ||
			    done(r, x, b->b, b->only, (int)t) <=
				    done(r, x, b->a, 0, until) + 1e-5)
				continue;
			if (!grow(r, w))
				return NP_ENOMEM;
			r->waits[at] = 1;
			begin_row(r, w,
				  (struct np_wait_row){.before = i,
						       .t = t,
						       .apart = NP_NO_ROW},
				  0);
			put_done(r, w, b->b, b->only, (int)t, 1);
			put_done(r, w, b->a, 0, until, -1);
		}
	}
	return NP_OK;
}

/* Of one side: x <= 1 - u; of the other: x <= u. One that is frozen has x = 1.
 */
static int apart_rows(struct np_relax *r, const double *x, struct rows *w)
{
	const struct np_model *m = r->s->m;
	int last = (int)m->periods - 1;

	for (uint32_t i = 0; i < m->napart; i++) {
		const struct np_apart *a = &m->apart[i];
		double u = x[r->sides + i];

		for (uint32_t k = a->first; k < a->end; k++) {
			const struct np_pick *p = &m->pick[k];
			bool second = k >= a->split;
			bool frozen = m->task[p->task].frozen != NP_FREE;
			double v = done(r, x, p->task, p->way + 1U, last);

			if (r->aparts[k] || v <= (second ? u : 1 - u) + 1e-5 ||
			    (!frozen && !np_relax_is_open(r, p->task)))
				continue;
			if (!grow(r, w))
				return NP_ENOMEM;
			r->aparts[k] = 1;
			begin_row(r, w,
				  (struct np_wait_row){.apart = i, .pick = k},
				  (second ? 0 : 1) - (frozen ? 1 : 0));
			if (!frozen)
				put_done(r, w, p->task, p->way + 1U, last, 1);
			w->column[w->entries] = (int)(r->sides + i);
			w->value[w->entries++] = second ? -1 : 1;
		}
	}
	return NP_OK;
}

int np_relax_add_waits(struct np_relax *r, size_t *ret_n)
{
	const double *x = np_lp_values(r->lp);
	struct rows w = {0};
	int rc = wait_rows(r, x, &w);

	if (!rc)
		rc = apart_rows(r, x, &w);
	if (!rc && w.n) {
		w.start[w.n] = (int)w.entries;
		np_lp_add(r->lp, (int)w.n, w.start, w.column, w.value, w.right);
	}
	free(w.start);
	free(w.column);
	free(w.value);
	free(w.right);
	*ret_n = w.n;
	return rc;
}
