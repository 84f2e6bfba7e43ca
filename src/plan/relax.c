/* SPDX-License-Identifier: ISC */
/*
 * The linear programme over periods: x[j, t] is the part of task j that is done
 * in period t; what is missing to one is later. Rows: each task once; crews of
 * a region, outages of an area and money in each period. That b waits for a is
 * a row a period, sum of x[b, 0..t] <= sum of x[a, 0..t - lag], which is added
 * only where it does not hold.
 *
 * Where that is large it is taken apart: money alone joins the regions, so a
 * few regions with their share of it tell what money is worth in each period,
 * and at these prices each region is a programme of its own.
 *
 * What is proven does not rest on Clp: any prices <= 0 of the rows give a bound
 * (Lagrange), which is added up here from the prices alone, whether the
 * programme was solved or stopped on the way.
 */
#include "plan/inside.h"
#include "plan/lp.h"
#include <math.h>

#define LARGE 60000 /* columns: above, region by region */
#define SAMPLE 24000
#define NO_ROW UINT32_MAX

struct wait {
	uint32_t before; /* number in m->before */
	uint32_t t;
};

struct relax {
	struct np_solver *s;
	struct np_lp *lp;
	double area, money; /* what one counts in the programme */
	struct np_arena mem;
	const bool *only;    /* regions that are in it; NULL: all */
	double share;	     /* of the money, that these get */
	const double *fixed; /* what money costs in each period: no rows */
	uint32_t *row;	     /* by task */
	uint32_t ntaskrows;
	uint32_t *column;	       /* [task * periods + t], NO_ROW: none */
	uint32_t *crews, *calm, *fund; /* rows, by period; NO_ROW: no limit */
	uint32_t total;
	uint32_t ncolumns, nrows, carried; /* first column of what is kept */
	double *right;
	struct wait *wait;
	size_t nwaits, wait_cap;
	uint8_t *waits;	  /* [before * periods + t]: the row is there */
	double *price;	  /* of rows */
	double *adjust;	  /* [task * periods + t]: what waiting costs there */
	int64_t constant; /* all later */
};

static double least_bound(struct relax *r);

/* ---- rows */

static bool is_open(const struct relax *r, uint32_t j)
{
	const struct np_task *x = &r->s->m->task[j];

	return x->frozen == NP_FREE && r->s->allowed[j] &&
	       (!r->only || r->only[x->region]);
}

static double above_zero(int64_t v)
{
	return v > 0 ? (double)v : 0;
}

/* A row for a limit that all who want it could go over. */
static void number_row(struct relax *r, uint32_t *row, int64_t right,
		       int64_t wanted, double scale)
{
	*row = NO_ROW;
	if (wanted <= right)
		return;
	*row = r->nrows;
	r->right[r->nrows++] = above_zero(right) * scale;
}

/* Money that is left until the end of a period, or in it. What later periods
 * have left, and the total, bind earlier ones too. */
static int64_t money_left(const struct np_solver *s, uint32_t t)
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

static bool is_funded(const struct relax *r)
{
	const struct np_model *m = r->s->m;

	return m->fund || (m->carry && m->total != NP_NO_LIMIT);
}

static void number_money(struct relax *r, int64_t wanted)
{
	const struct np_solver *s = r->s;

	r->total = NO_ROW;
	if (!s->m->carry)
		number_row(r, &r->total, s->room.total, wanted, r->money);
	for (uint32_t t = 0; t < s->m->periods; t++) {
		r->fund[t] = NO_ROW;
		if (is_funded(r) && !r->fixed)
			number_row(r, &r->fund[t], money_left(s, t), INT64_MAX,
				   r->money * r->share);
	}
}

static int number_rows(struct relax *r)
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
		const struct np_task *x = &m->task[j];

		if (!is_open(r, j))
			continue;
		r->row[j] = r->nrows;
		r->right[r->nrows++] = 1;
		money += x->money;
		for (uint32_t t = 0; t < m->periods; t++) {
			if (!(s->allowed[j] >> t & 1))
				continue;
			want[(size_t)x->region * m->periods + t] += x->crew;
			if (x->area != NP_NO_AREA)
				want[nc + (size_t)x->area * m->periods + t]++;
		}
	}
	r->ntaskrows = r->nrows;
	for (size_t i = 0; i < nc; i++)
		number_row(r, &r->crews[i], s->room.crews[i], want[i], 1);
	for (size_t i = 0; i < na; i++)
		number_row(r, &r->calm[i], s->room.calm[i], want[nc + i], 1);
	number_money(r, money);
	return NP_OK;
}

/* Of what is kept, the row of period t says: spent in it + kept at its end -
 * kept before <= what came. */
static void to_arrivals(struct relax *r)
{
	const struct np_model *m = r->s->m;

	for (uint32_t t = m->periods;
	     r->fund[0] != NO_ROW && m->carry && t-- > 1;)
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
	if (row == NO_ROW || value == 0)
		return;
	e->row[e->n] = (int)row;
	e->value[e->n++] = value;
}

static void put_task(struct relax *r, struct entries *e, uint32_t j)
{
	struct np_solver *s = r->s;
	const struct np_model *m = s->m;
	const struct np_task *x = &m->task[j];
	int64_t later = np_task_area(m, j, m->periods);

	for (uint32_t t = 0; t < m->periods; t++) {
		size_t at = (size_t)j * m->periods + t;

		r->column[at] = NO_ROW;
		if (!is_open(r, j) || !(s->allowed[j] >> t & 1))
			continue;
		r->column[at] = r->ncolumns;
		e->start[r->ncolumns] = (int)e->n;
		e->cost[r->ncolumns++] =
			(double)(np_task_area(m, j, t) - later) * r->area -
			(r->fixed ? r->fixed[t] * (double)x->money * r->money
				  : 0);
		put(e, r->row[j], 1);
		put(e, r->crews[(size_t)x->region * m->periods + t],
		    (double)x->crew);
		if (x->area != NP_NO_AREA)
			put(e, r->calm[(size_t)x->area * m->periods + t], 1);
		put(e, r->fund[t], (double)x->money * r->money);
		put(e, r->total, (double)x->money * r->money);
	}
}

static void put_kept(struct relax *r, struct entries *e)
{
	const struct np_model *m = r->s->m;

	r->carried = r->ncolumns;
	for (uint32_t t = 0;
	     r->fund[0] != NO_ROW && m->carry && t + 1 < m->periods; t++) {
		e->start[r->ncolumns] = (int)e->n;
		e->cost[r->ncolumns++] = 0;
		put(e, r->fund[t], 1);
		put(e, r->fund[t + 1], -1);
	}
}

static int load(struct relax *r)
{
	struct np_solver *s = r->s;
	const struct np_model *m = s->m;
	size_t cells = (size_t)m->ntasks * m->periods,
	       most = cells + m->periods;
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
	if (e.start && e.row && e.value && e.cost && r->column && r->adjust &&
	    r->waits && cells < INT32_MAX / 8) {
		for (uint32_t j = 0; j < m->ntasks; j++)
			put_task(r, &e, j);
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

/* ---- who waits for whom */

/* The part of a task that is done until the end of period t. */
static double done(const struct relax *r, const double *x, uint32_t j, int t)
{
	const struct np_model *m = r->s->m;
	double sum = 0;

	if (m->task[j].frozen != NP_FREE)
		return m->task[j].frozen <= t ? 1 : 0;
	for (int u = 0; u <= t; u++) {
		uint32_t c = r->column[(size_t)j * m->periods + (uint32_t)u];

		sum += c == NO_ROW ? 0 : x[c];
	}
	return sum;
}

struct rows {
	int *start, *column;
	double *value, *right;
	size_t n, entries, cap, entry_cap;
};

static void put_done(const struct relax *r, struct rows *w, uint32_t j, int t,
		     double value)
{
	const struct np_model *m = r->s->m;

	for (int u = 0; u <= t; u++) {
		uint32_t c = r->column[(size_t)j * m->periods + (uint32_t)u];

		if (c == NO_ROW)
			continue;
		w->column[w->entries] = (int)c;
		w->value[w->entries++] = value;
	}
}

static bool grow(struct relax *r, struct rows *w)
{
	size_t periods = r->s->m->periods;

	if (w->n + 1 >= w->cap) {
		size_t cap = w->cap * 2 + 256;

		w->start = reallocarray(w->start, cap, sizeof(int));
		w->right = reallocarray(w->right, cap, sizeof(double));
		w->column =
			reallocarray(w->column, cap * 2 * periods, sizeof(int));
		w->value = reallocarray(w->value, cap * 2 * periods,
					sizeof(double));
		w->cap = cap;
	}
	if (r->nwaits == r->wait_cap) {
		r->wait_cap = r->wait_cap * 2 + 256;
		r->wait = reallocarray(r->wait, r->wait_cap, sizeof(*r->wait));
	}
	return w->start && w->right && w->column && w->value && r->wait;
}

/* Adds the rows that do not hold; *ret_n: how many. */
static int add_waits(struct relax *r, size_t *ret_n)
{
	const struct np_model *m = r->s->m;
	const double *x = np_lp_values(r->lp);
	struct rows w = {0};
	int rc = NP_OK;

	for (uint32_t i = 0; i < m->nbefore && !rc; i++) {
		const struct np_before *b = &m->before[i];

		if (m->task[b->a].frozen != NP_FREE || !is_open(r, b->b))
			continue;
		for (uint32_t t = 0; t < m->periods; t++) {
			size_t at = (size_t)i * m->periods + t;
			int until = (int)t - b->lag;

			if (r->waits[at] ||
			    done(r, x, b->b, (int)t) <=
				    done(r, x, b->a, until) + 1e-5)
				continue;
			if (!grow(r, &w)) {
				rc = NP_ENOMEM;
				break;
			}
			r->waits[at] = 1;
			r->wait[r->nwaits++] =
				(struct wait){.before = i, .t = t};
			w.start[w.n] = (int)w.entries;
			w.right[w.n++] = 0;
			put_done(r, &w, b->b, (int)t, 1);
			put_done(r, &w, b->a, until, -1);
		}
	}
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

/* ---- what is proven */

static double at_most_zero(double v)
{
	return v < 0 ? v : 0;
}

static double row_price(const struct relax *r, uint32_t row)
{
	return row == NO_ROW ? 0 : r->price[row];
}

static void price_waits(struct relax *r)
{
	const struct np_model *m = r->s->m;

	memset(r->adjust, 0,
	       (size_t)m->ntasks * m->periods * sizeof(*r->adjust));
	for (size_t i = 0; i < r->nwaits; i++) {
		const struct wait *w = &r->wait[i];
		const struct np_before *b = &m->before[w->before];
		double y = r->price[r->nrows + i];

		for (uint32_t t = 0; y < 0 && t <= w->t; t++) {
			r->adjust[(size_t)b->b * m->periods + t] += y;
			if (t + b->lag <= w->t)
				r->adjust[(size_t)b->a * m->periods + t] -= y;
		}
	}
}

/* The least that a task counts at these prices; 0: later. */
static double least_of(const struct relax *r, uint32_t j)
{
	const struct np_solver *s = r->s;
	const struct np_model *m = s->m;
	const struct np_task *x = &m->task[j];
	int64_t later = np_task_area(m, j, m->periods);
	double least = 0;

	for (uint32_t t = 0; is_open(r, j) && t < m->periods; t++) {
		size_t at = (size_t)x->region * m->periods + t;
		double c;

		if (!(s->allowed[j] >> t & 1))
			continue;
		c = (double)(np_task_area(m, j, t) - later) * r->area;
		c -= row_price(r, r->crews[at]) * (double)x->crew;
		if (x->area != NP_NO_AREA)
			c -= row_price(
				r, r->calm[(size_t)x->area * m->periods + t]);
		c -= ((r->fixed ? r->fixed[t] : row_price(r, r->fund[t])) +
		      row_price(r, r->total)) *
		     (double)x->money * r->money;
		c -= r->adjust[(size_t)j * m->periods + t];
		if (c < least)
			least = c;
	}
	return least;
}

/* Takes the programme's prices, mends what is above zero, and gives what they
 * prove of the area. */
static double least_bound(struct relax *r)
{
	const struct np_solver *s = r->s;
	const struct np_model *m = s->m;
	const double *y = np_lp_prices(r->lp);
	double sum = 0;

	for (size_t i = 0; i < r->nrows + r->nwaits; i++)
		r->price[i] = isfinite(y[i]) ? at_most_zero(y[i]) : 0;
	/* Money that is kept is worth no more later than earlier. */
	for (uint32_t t = m->periods;
	     r->fund[0] != NO_ROW && m->carry && t-- > 1;) {
		double *earlier = &r->price[r->fund[t - 1]];

		if (*earlier > r->price[r->fund[t]])
			*earlier = r->price[r->fund[t]];
	}
	price_waits(r);
	for (size_t i = r->ntaskrows; i < r->nrows; i++)
		sum += r->price[i] * r->right[i];
	for (uint32_t j = 0; j < m->ntasks; j++)
		sum += least_of(r, j);
	return sum;
}

/* `least`: in the programme's own measure. */
static void raise_bound(struct relax *r, double least)
{
	int64_t bound;

	least = least / r->area + (double)r->constant;
	least -= fabs(least) * 1e-9 + 1e-6;
	bound = (int64_t)ceil(least);
	if (bound <= r->s->best.bound)
		return;
	r->s->best.bound = bound;
	np_show_progress(r->s);
}

/* ---- lists from what the programme says */

/* When a part of each task is done; part 0: when it is done on average. */
static void keys_of(struct relax *r, double part)
{
	struct np_solver *s = r->s;
	const struct np_model *m = s->m;
	const double *x = np_lp_values(r->lp);

	for (uint32_t j = 0; j < m->ntasks; j++) {
		double sum = 0, mean = 0, when = m->periods;

		if (r->only && !r->only[m->task[j].region])
			continue;
		for (uint32_t t = 0; t < m->periods; t++) {
			uint32_t c = r->column[(size_t)j * m->periods + t];
			double v = c == NO_ROW ? 0 : x[c];

			if (sum < part - 1e-9 && sum + v >= part - 1e-9)
				when = t;
			sum += v;
			mean += v * t;
		}
		mean += (1 - sum) * m->periods;
		s->key[j] = part > 0 ? when + mean * 1e-3 : mean;
	}
}

static void lists(struct relax *r)
{
	static const double part[] = {0, 0.5, 0.3, 0.7, 0.9, 0.1};

	for (size_t i = 0; i < sizeof(part) / sizeof(*part); i++) {
		if (i && np_enough(r->s))
			return;
		keys_of(r, part[i]);
		np_list(r->s);
	}
}

/* Solves it, with more and more of who waits for whom; *ret_least: what is
 * proven, in the programme's measure. Alone, it tries lists on the way. */
static int climb(struct relax *r, bool alone, double *ret_least)
{
	struct np_solver *s = r->s;
	size_t added = 0;
	int rc = NP_OK;

	*ret_least = -INFINITY;
	do {
		double left = s->how->seconds - (np_seconds() - s->since), y;
		bool solved = np_lp_run(r->lp, left > 0.05 ? left : 0.05,
					r->ncolumns > LARGE);

		r->price = reallocarray(r->price, r->nrows + r->nwaits + 1,
					sizeof(*r->price));
		if (!r->price)
			return NP_ENOMEM;
		y = least_bound(r);
		*ret_least = y > *ret_least ? y : *ret_least;
		if (alone) {
			raise_bound(r, *ret_least);
			lists(r);
		}
		if (!solved || np_enough(s))
			break;
		rc = add_waits(r, &added);
	} while (!rc && added);
	return rc;
}

static int open_relax(struct relax *r)
{
	int rc;

	r->mem = np_arena((size_t)2 << 30);
	rc = number_rows(r);
	if (rc)
		return rc;
	to_arrivals(r);
	return load(r);
}

static void close_relax(struct relax *r)
{
	np_lp_free(r->lp);
	np_arena_free(&r->mem);
	free(r->wait);
	free(r->price);
}

/* The measures, and what is counted when all are later. */
static void measure(struct relax *r)
{
	const struct np_model *m = r->s->m;
	double most = 1, dear = 1;

	for (uint32_t j = 0; j < m->ntasks; j++) {
		double w = (double)np_task_area(m, j, m->periods);

		r->constant += np_task_area(m, j,
					    m->task[j].frozen != NP_FREE
						    ? m->task[j].frozen
						    : m->periods);
		most = w > most ? w : most;
		if ((double)m->task[j].money > dear)
			dear = (double)m->task[j].money;
	}
	r->area = 1000 / most;
	r->money = 10 / dear;
	r->share = 1;
}

/* ---- region by region */

/* What money is worth, from every k-th region with its share. */
static int price_money(const struct relax *all, bool *only, double *ret)
{
	const struct np_model *m = all->s->m;
	struct relax r = *all;
	double sum = 0, part = 0, least;
	uint32_t n = 0, every = 1 + m->ntasks * m->periods / SAMPLE;
	int rc;

	for (uint32_t i = 0; i < m->nregions; i++)
		only[i] = i % every == 0;
	for (uint32_t j = 0; j < m->ntasks; j++) {
		bool in = only[m->task[j].region];

		sum += (double)m->task[j].money;
		part += in ? (double)m->task[j].money : 0;
		n += in;
	}
	r.only = only;
	r.share = sum > 0 ? part / sum : 1;
	rc = n ? open_relax(&r) : NP_OK;
	if (!rc && n)
		rc = climb(&r, false, &least);
	for (uint32_t t = 0; t < m->periods; t++)
		ret[t] = !rc && n ? row_price(&r, r.fund[t]) : 0;
	close_relax(&r);
	return rc;
}

static int by_regions(struct relax *all)
{
	struct np_solver *s = all->s;
	const struct np_model *m = s->m;
	bool *only = np_zalloc(s->mem, m->nregions + 1);
	double price[NP_PERIODS + 1] = {0}, sum = 0;
	int rc = only ? NP_OK : NP_ENOMEM;

	if (!rc && is_funded(all))
		rc = price_money(all, only, price);
	for (uint32_t t = 0; is_funded(all) && t < m->periods; t++) {
		int64_t now = money_left(s, t);
		int64_t before = m->carry && t ? money_left(s, t - 1) : 0;

		sum += price[t] * (double)(now - before) * all->money;
	}
	if (!rc)
		memset(only, 0, m->nregions);
	for (uint32_t i = 0; i < m->nregions && !rc; i++) {
		struct relax r = *all;
		double least = 0;

		only[i] = true;
		r.only = only;
		r.fixed = price;
		rc = open_relax(&r);
		if (!rc)
			rc = climb(&r, false, &least);
		if (!rc)
			keys_of(&r, 0);
		sum += least;
		close_relax(&r);
		only[i] = false;
	}
	if (rc)
		return rc;
	raise_bound(all, sum);
	np_list(s);
	return NP_OK;
}

int np_relax(struct np_solver *s)
{
	struct relax r = {.s = s};
	double *key =
		np_alloc(s->mem, ((size_t)s->m->ntasks + 1) * sizeof(*key));
	double least;
	int rc;

	measure(&r);
	if (s->m->nregions > 1 &&
	    (uint64_t)s->m->ntasks * s->m->periods > LARGE) {
		rc = by_regions(&r);
	} else {
		rc = open_relax(&r);
		if (!rc)
			rc = climb(&r, true, &least);
		if (!rc)
			keys_of(&r, 0);
		close_relax(&r);
	}
	if (!rc)
		np_mend(s);
	if (!rc)
		(void)np_enough(s);
	return rc;
}
