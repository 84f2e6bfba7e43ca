/* SPDX-License-Identifier: ISC */
/*
 * The linear programme over periods: x[j, t] is the part of task j that is done
 * in period t; what is missing to one is later. Rows: each task once; crews of
 * a region, outages of an area and money in each period. That b waits for a is
 * a row a period, sum of x[b, 0..t] <= sum of x[a, 0..t - lag], which is added
 * only where it does not hold. A task that may be done in several ways has a
 * column for each; that two exclude each other is a column more for the two, u,
 * and rows x <= 1 - u of one side and x <= u of the other.
 *
 * Where that is large it is taken apart: money alone joins the regions, so
 * pieces of all regions with their share of it tell what money is worth in each
 * period, and at these prices each region is a programme of its own. One that
 * is still large is taken apart once more, at what its crews are worth; orders
 * and ways across its parts are left out, which only lowers the bound.
 *
 * What is proven does not rest on Clp: any prices <= 0 of the rows give a bound
 * (Lagrange), which is added up here from the prices alone, whether the
 * programme was solved or stopped on the way.
 */
#include "plan/relax.h"
#include <math.h>

#define LARGE 60000 /* columns: above, region by region */
#define SAMPLE 24000
#define PART 12000 /* above, a region is taken apart too */
#define HARD 4	   /* times smaller */
#define PIECE 20   /* tasks that stay together in a sample */

/* ---- what is proven */

static double at_most_zero(double v)
{
	return v < 0 ? v : 0;
}

static double row_price(const struct np_relax *r, uint32_t row)
{
	return row == NP_NO_ROW ? 0 : r->price[row];
}

/* `until`: in all periods up to this one a way counts so much more. */
static void adjust(struct np_relax *r, uint32_t j, uint32_t only, int until,
		   double y)
{
	NP_EACH_WAY(r->s, w, j)
	{
		double *v = r->adjust + (size_t)w * r->s->m->periods;

		if (only && w + 1 != r->s->first_way[j] + only)
			continue;
		for (int t = 0; t <= until; t++)
			v[t] += y;
	}
}

/* What the rows that were added say at their prices; gives their right sides,
 * and the least of what stands on a side. */
static double price_waits(struct np_relax *r)
{
	const struct np_model *m = r->s->m;
	double sum = 0, *u = r->side;

	memset(r->adjust, 0,
	       (size_t)r->s->first_way[m->ntasks] * m->periods *
		       sizeof(*r->adjust));
	memset(u, 0, m->napart * sizeof(*u));
	for (size_t i = 0; i < r->nwaits; i++) {
		const struct np_wait_row *w = &r->wait[i];
		double y = r->price[r->nrows + i];

		if (w->apart == NP_NO_ROW) {
			const struct np_before *b = &m->before[w->before];

			adjust(r, b->b, b->only, (int)w->t, y);
			adjust(r, b->a, 0, (int)w->t - b->lag, -y);
			continue;
		}
		const struct np_pick *p = &m->pick[w->pick];
		bool second = w->pick >= m->apart[w->apart].split;
		bool frozen = m->task[p->task].frozen != NP_FREE;

		if (!frozen)
			adjust(r, p->task, p->way + 1U, (int)m->periods - 1, y);
		u[w->apart] += second ? y : -y;
		sum += y * ((second ? 0 : 1) - (frozen ? 1 : 0));
	}
	/* A side's column counts 0, less what its rows take of it: u is 0 or 1.
	 */
	for (uint32_t i = 0; i < m->napart; i++)
		sum += u[i] < 0 ? u[i] : 0;
	return sum;
}

/* The least that a task counts at these prices; 0: later. */
static double least_of(const struct np_relax *r, uint32_t j)
{
	const struct np_solver *s = r->s;
	const struct np_model *m = s->m;
	const struct np_task *x = &m->task[j];
	int64_t later = np_task_area(m, j, m->periods);
	double least = 0;

	if (!np_relax_is_open(r, j))
		return 0;
	NP_EACH_WAY(s, w, j)
	{
		for (uint32_t t = 0; t < m->periods; t++) {
			size_t at = (size_t)x->region * m->periods + t;
			double c;

			if (!np_relax_may(r, j, w, t))
				continue;
			c = (double)(np_task_area(m, j, t) - later) * r->area;
			c -= row_price(r, r->crews[at]) *
			     (double)s->way[w].crew;
			if (x->area != NP_NO_AREA)
				c -= row_price(
					r,
					r->calm[(size_t)x->area * m->periods +
						t]);
			c -= (row_price(r, r->fund[t]) +
			      row_price(r, r->total)) *
			     (double)s->way[w].money * r->money;
			c -= np_relax_fixed(r, j, w, t);
			c -= r->adjust[(size_t)w * m->periods + t];
			if (c < least)
				least = c;
		}
	}
	return least;
}

/* What prices prove of the area, once money's are mended. */
static double price_bound(struct np_relax *r)
{
	const struct np_solver *s = r->s;
	const struct np_model *m = s->m;
	double sum = 0;

	/* Money that is kept is worth no more later than earlier. */
	for (uint32_t t = m->periods;
	     r->fund[0] != NP_NO_ROW && m->carry && t-- > 1;) {
		double *earlier = &r->price[r->fund[t - 1]];

		if (*earlier > r->price[r->fund[t]])
			*earlier = r->price[r->fund[t]];
	}
	sum = price_waits(r);
	for (size_t i = r->ntaskrows; i < r->nrows; i++)
		sum += r->price[i] * r->right[i];
	for (uint32_t j = 0; j < m->ntasks; j++)
		sum += least_of(r, j);
	return sum;
}

/* The same of the prices that Clp gave. */
static double least_bound(struct np_relax *r)
{
	const double *y = np_lp_prices(r->lp);

	for (size_t i = 0; i < r->nrows + r->nwaits; i++)
		r->price[i] = isfinite(y[i]) ? at_most_zero(y[i]) : 0;
	return price_bound(r);
}

/* `least`: in the programme's own measure. */
static void raise_bound(struct np_relax *r, double least)
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
static void keys_of(struct np_relax *r, double part)
{
	struct np_solver *s = r->s;
	const struct np_model *m = s->m;
	const double *x = np_lp_values(r->lp);

	for (uint32_t j = 0; j < m->ntasks; j++) {
		double sum = 0, mean = 0, when = m->periods;

		if (r->only && !r->only[j])
			continue;
		for (uint32_t t = 0; t < m->periods; t++) {
			double v = 0;

			NP_EACH_WAY(s, w, j)
			{
				uint32_t c =
					r->column[(size_t)w * m->periods + t];
				double of = c == NP_NO_ROW ? 0 : x[c];

				v += of;
				s->wish[w] = (t ? s->wish[w] : 0) + (float)of;
			}
			if (sum < part - 1e-9 && sum + v >= part - 1e-9)
				when = t;
			sum += v;
			mean += v * t;
		}
		mean += (1 - sum) * m->periods;
		s->key[j] = part > 0 ? when + mean * 1e-3 : mean;
	}
}

static void lists(struct np_relax *r)
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
static int climb(struct np_relax *r, bool alone, double *ret_least)
{
	struct np_solver *s = r->s;
	double until = s->how->seconds * r->until;
	size_t added = 0;
	int rc = NP_OK;

	*ret_least = -INFINITY;
	do {
		double left = until - (np_seconds() - s->since), y;
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
		if (!solved || np_enough(s) || np_seconds() - s->since > until)
			break;
		rc = np_relax_add_waits(r, &added);
	} while (!rc && added);
	return rc;
}

static int open_relax(struct np_relax *r)
{
	r->mem = np_arena((size_t)2 << 30);
	return np_relax_load(r);
}

static void close_relax(struct np_relax *r)
{
	np_lp_free(r->lp);
	np_arena_free(&r->mem);
	free(r->wait);
	free(r->price);
}

/* The measures, and what is counted when all are later. */
static void measure(struct np_relax *r)
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
		if ((double)np_dearest(r->s, j) > dear)
			dear = (double)np_dearest(r->s, j);
	}
	r->area = 1000 / most;
	r->money = 10 / dear;
	r->share = r->until = 1;
}

/* ---- part by part */

/* Prices that join the parts, and which tasks a part has. */
struct parts {
	struct np_relax *all;
	bool *only;		    /* by task */
	double *crew_share, *crews; /* by region; [region * periods + t] */
	double money[NP_PERIODS + 1];
	double bound;
};

static bool is_over(const struct np_solver *s)
{
	return (s->how->stopped && *s->how->stopped) ||
	       np_seconds() - s->since > s->how->seconds;
}

static uint32_t members(const struct np_solver *s, uint32_t region)
{
	return s->first_member[region + 1] - s->first_member[region];
}

/* Tasks number from .. until - 1 of a region's. */
static void mark(const struct parts *p, uint32_t region, uint32_t from,
		 uint32_t until, bool in)
{
	const struct np_solver *s = p->all->s;

	for (uint32_t i = from; i < until; i++)
		p->only[s->members[s->first_member[region] + i]] = in;
}

/* Whom something without weight comes before is early in every programme until
 * a row says otherwise: one with many of these is solved in smaller parts. */
static uint32_t hardness(const struct np_solver *s)
{
	const struct np_model *m = s->m;
	uint32_t n = 0;

	for (uint32_t i = 0; i < m->nbefore; i++)
		n += !m->task[m->before[i].a].weight;
	return n > m->ntasks / 4 ? HARD : 1;
}

/* How many parts a region is taken apart into, if it is. */
static uint32_t parts_of(const struct np_solver *s, uint32_t region)
{
	uint64_t ways = 0, n = members(s, region);

	for (uint32_t i = 0; i < n; i++)
		ways += np_ways_of(s, s->members[s->first_member[region] + i]);
	if (s->how->parts)
		return n > 1 ? 2 : 1;
	return (uint32_t)(ways * s->m->periods * hardness(s) / PART + 1);
}

/* Whole regions where some of them are enough; else pieces of three. Gives how
 * many tasks that is. */
static uint32_t take_sample(struct parts *p)
{
	const struct np_solver *s = p->all->s;
	const struct np_model *m = s->m;
	uint64_t all =
		(uint64_t)s->first_way[m->ntasks] * m->periods * hardness(s);
	uint32_t every = 1 + (uint32_t)(all / SAMPLE), pieces, taken = 0;

	if (every > m->nregions / 3)
		every = m->nregions / 3 + (m->nregions < 3);
	pieces = 1 + (uint32_t)(all / every / SAMPLE);
	for (uint32_t i = 0; i < m->nregions; i++) {
		uint32_t n = i % every ? 0 : members(s, i), in = 0;

		for (uint32_t k = 0; k < n; k += PIECE * pieces) {
			uint32_t end = k + PIECE < n ? k + PIECE : n;

			mark(p, i, k, end, true);
			in += end - k;
		}
		p->crew_share[i] = n ? (double)in / n : 1;
		taken += in;
	}
	return taken;
}

/* What money is worth, from a sample with its share of it. */
static int price_money(struct parts *p)
{
	const struct np_solver *s = p->all->s;
	const struct np_model *m = s->m;
	struct np_relax r = *p->all;
	double sum = 0, part = 0, least;
	uint32_t taken = take_sample(p);
	int rc;

	for (uint32_t j = 0; j < m->ntasks; j++) {
		sum += (double)np_dearest(s, j);
		part += p->only[j] ? (double)np_dearest(s, j) : 0;
	}
	r.until = 0.3;
	r.only = p->only;
	r.crew_share = p->crew_share;
	r.share = sum > 0 ? part / sum : 1;
	rc = taken ? open_relax(&r) : NP_OK;
	if (!rc && taken)
		rc = climb(&r, false, &least);
	for (uint32_t t = 0; t < m->periods && taken && !rc; t++)
		p->money[t] = row_price(&r, r.fund[t]);
	close_relax(&r);
	memset(p->only, 0, m->ntasks);
	return rc;
}

/* The programme of one part; `keys`: its order is the list's. *ret: what is
 * proven of it. Where the time is over, by the fixed prices alone. */
static int solve_part(struct parts *p, struct np_relax *r, bool keys,
		      double *ret)
{
	int rc = open_relax(r);

	r->only = p->only;
	if (!rc && is_over(p->all->s)) {
		r->price = calloc(r->nrows + 1, sizeof(*r->price));
		if (!r->price)
			return NP_ENOMEM;
		*ret = price_bound(r);
		return NP_OK;
	}
	if (!rc)
		rc = climb(r, false, ret);
	if (!rc && keys)
		keys_of(r, 0);
	return rc;
}

/* What a region's crews are worth: each part with its share of them, and the
 * mean of what they say. */
static int price_crews(struct parts *p, uint32_t region, uint32_t n)
{
	const struct np_model *m = p->all->s->m;
	uint32_t all = members(p->all->s, region);
	double *price = p->crews + (size_t)region * m->periods, least;
	int rc = NP_OK;

	for (uint32_t i = 0; i < n && !rc; i++) {
		uint32_t from = (uint32_t)((uint64_t)all * i / n);
		uint32_t end = (uint32_t)((uint64_t)all * (i + 1) / n);
		struct np_relax r = *p->all;

		mark(p, region, from, end, true);
		p->crew_share[region] = (double)(end - from) / all;
		r.only = p->only;
		r.crew_share = p->crew_share;
		r.fixed = p->money;
		rc = solve_part(p, &r, true, &least);
		for (uint32_t t = 0; t < m->periods && !rc; t++)
			price[t] +=
				row_price(&r,
					  r.crews[(size_t)region * m->periods +
						  t]) /
				n;
		close_relax(&r);
		mark(p, region, from, end, false);
	}
	return rc;
}

/* What is proven of a region, at fixed prices of what joins its parts. */
static int bound_region(struct parts *p, uint32_t region)
{
	const struct np_solver *s = p->all->s;
	const struct np_model *m = s->m;
	uint32_t all = members(s, region), n = parts_of(s, region);
	int rc = n > 1 ? price_crews(p, region, n) : NP_OK;

	for (uint32_t i = 0; i < n && !rc; i++) {
		uint32_t from = (uint32_t)((uint64_t)all * i / n);
		uint32_t end = (uint32_t)((uint64_t)all * (i + 1) / n);
		struct np_relax r = *p->all;
		double least = 0;

		mark(p, region, from, end, true);
		r.only = p->only;
		r.fixed = p->money;
		r.fixed_crews = n > 1 ? p->crews : NULL;
		rc = solve_part(p, &r, n == 1, &least);
		p->bound += least;
		close_relax(&r);
		mark(p, region, from, end, false);
	}
	for (uint32_t t = 0; t < m->periods && n > 1; t++) {
		size_t at = (size_t)region * m->periods + t;

		p->bound += p->crews[at] * (double)s->room.crews[at];
	}
	return rc;
}

static int by_parts(struct np_relax *all)
{
	struct np_solver *s = all->s;
	const struct np_model *m = s->m;
	struct parts p = {.all = all};
	int rc = NP_OK;

	p.only = np_zalloc(s->mem, (size_t)m->ntasks + 1);
	p.crew_share = np_alloc(s->mem, (m->nregions + 1) * sizeof(double));
	p.crews = np_zalloc(s->mem, ((size_t)m->nregions * m->periods + 1) *
					    sizeof(double));
	if (!p.only || !p.crew_share || !p.crews)
		return NP_ENOMEM;
	if (np_relax_is_funded(all))
		rc = price_money(&p);
	for (uint32_t t = 0; np_relax_is_funded(all) && t < m->periods; t++) {
		int64_t now = np_money_left(s, t);
		int64_t before = m->carry && t ? np_money_left(s, t - 1) : 0;

		p.bound += p.money[t] * (double)(now - before) * all->money;
	}
	for (uint32_t i = 0; i < m->nregions && !rc; i++)
		rc = bound_region(&p, i);
	if (rc)
		return rc;
	raise_bound(all, p.bound);
	np_list(s);
	return NP_OK;
}

int np_relax(struct np_solver *s)
{
	struct np_relax r = {.s = s};
	double *key =
		np_alloc(s->mem, ((size_t)s->m->ntasks + 1) * sizeof(*key));
	double least;
	int rc;

	measure(&r);
	if (s->how->parts ||
	    (uint64_t)s->first_way[s->m->ntasks] * s->m->periods > LARGE) {
		rc = by_parts(&r);
	} else {
		rc = open_relax(&r);
		if (!rc)
			rc = climb(&r, true, &least);
		if (!rc)
			keys_of(&r, 0);
		close_relax(&r);
	}
	if (!rc)
		np_wish(s);
	if (!rc)
		np_mend(s, s->how->seconds * (s->how->polish ? 0.5 : 1));
	if (!rc && s->how->polish && !np_enough(s))
		np_polish(s);
	if (!rc)
		(void)np_enough(s);
	return rc;
}
