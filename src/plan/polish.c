/* SPDX-License-Identifier: ISC */
/*
 * Polish: a piece of the best plan, some tasks of one region, is taken out and
 * put in again by a programme in whole numbers (Cbc) while all others stay.
 * What comes of it is taken only where it is better.
 */
#include "plan/mip.h"
#include "plan/relax.h"

#define PIECE 48      /* tasks */
#define SECONDS 2.0   /* of one piece */
#define FAILURES 2000 /* pieces without a gain, one behind the other */

struct entry {
	int row, column;
	double value;
};

struct polish {
	struct np_solver *s;
	uint64_t seed;
	uint32_t task[PIECE], n;
	uint8_t at[PIECE], way[PIECE]; /* before */
	uint8_t *free;		       /* by task: it is in the piece, its place
					  from 1 */
	struct entry *e;
	size_t ne, cap;
	double *cost, *right;
	uint32_t *what; /* by column: piece * 4096 + way * 64 + period */
	int rows, columns, rows_cap, columns_cap;
	bool failed;
};

static uint32_t draw(struct polish *p, uint32_t below)
{
	p->seed ^= p->seed << 13;
	p->seed ^= p->seed >> 7;
	p->seed ^= p->seed << 17;
	return below ? (uint32_t)((p->seed >> 20) % below) : 0;
}

/* Tasks of a region within a few periods, or later. */
static void take(struct polish *p)
{
	struct np_solver *s = p->s;
	const struct np_model *m = s->m;
	uint32_t region = draw(p, m->nregions), end, n, skip;
	uint32_t first = draw(p, m->periods), last = first + 1 + draw(p, 3);

	end = s->first_member[region + 1];
	n = end - s->first_member[region];
	skip = n ? draw(p, n) : 0;
	p->n = 0;
	for (uint32_t i = 0; i < n && p->n < PIECE; i++) {
		uint32_t j =
			s->members[s->first_member[region] + (i + skip) % n];

		if (m->task[j].frozen != NP_FREE ||
		    (n > PIECE && (s->at[j] < first || s->at[j] > last)))
			continue;
		p->task[p->n++] = j;
		p->free[j] = (uint8_t)p->n;
	}
	for (uint32_t i = 0; i < p->n; i++) {
		p->at[i] = s->at[p->task[i]];
		p->way[i] = s->chosen[p->task[i]];
		np_room_put(&s->work, p->task[i], p->at[i], -1);
	}
}

/* ---- the programme */

static int new_row(struct polish *p, double right)
{
	if (p->rows == p->rows_cap) {
		p->rows_cap = p->rows_cap * 2 + 256;
		p->right = reallocarray(p->right, (size_t)p->rows_cap,
					sizeof(*p->right));
	}
	if (!p->right) {
		p->failed = true;
		p->rows_cap = 0;
		return 0;
	}
	p->right[p->rows] = right;
	return p->rows++;
}

static int new_column(struct polish *p, double cost, uint32_t what)
{
	if (p->columns == p->columns_cap) {
		p->columns_cap = p->columns_cap * 2 + 256;
		p->cost = reallocarray(p->cost, (size_t)p->columns_cap,
				       sizeof(*p->cost));
		p->what = reallocarray(p->what, (size_t)p->columns_cap,
				       sizeof(*p->what));
	}
	if (!p->cost || !p->what) {
		p->failed = true;
		p->columns_cap = 0;
		return 0;
	}
	p->cost[p->columns] = cost;
	p->what[p->columns] = what;
	return p->columns++;
}

static void put(struct polish *p, int row, int column, double value)
{
	if (p->ne == p->cap) {
		p->cap = p->cap * 2 + 4096;
		p->e = reallocarray(p->e, p->cap, sizeof(*p->e));
	}
	if (!p->e) {
		p->failed = true;
		p->ne = p->cap = 0;
		return;
	}
	p->e[p->ne++] = (struct entry){row, column, value};
}

#define NO_COLUMN UINT32_MAX
#define WAY(what) ((what) >> 6 & 63)
#define PERIOD(what) ((what)&63)
#define PLACE(what) ((what) >> 12)

/* Calls for each column of one of the piece's: `only` as in np_before. */
#define EACH_COLUMN(p, c, place)                                               \
	for (int c = 0; c < (p)->columns; c++)                                 \
		if ((p)->what[c] != NO_COLUMN && PLACE((p)->what[c]) == (place))

/* What those that stay leave to a task in one of its ways. */
static uint64_t left_to(const struct polish *p, uint32_t j, uint32_t way)
{
	const struct np_solver *s = p->s;
	const struct np_model *m = s->m;
	uint64_t all = s->wide[j] & s->way[s->first_way[j] + way].allowed;

	if (!np_way_is_free(&s->work, s->first_way[j] + way))
		return 0;
	for (uint32_t i = s->first_in[j]; i < s->first_in[j + 1]; i++) {
		const struct np_before *b = &m->before[s->in[i]];
		uint32_t t = s->at[b->a] + (uint32_t)b->lag;

		if (p->free[b->a] || (b->only && b->only != way + 1))
			continue;
		all &= s->at[b->a] < m->periods && t < 64 ? ~UINT64_C(0) << t
							  : 0;
	}
	for (uint32_t i = s->first_out[j]; i < s->first_out[j + 1]; i++) {
		const struct np_before *b = &m->before[s->out[i]];
		uint32_t t = s->at[b->b];

		if (p->free[b->b] || t >= m->periods || !np_waits(s, b))
			continue;
		all &= t < b->lag ? 0 : ~(~UINT64_C(1) << (t - b->lag));
	}
	return all;
}

/* Those that stay need it done. */
static bool is_needed(const struct polish *p, uint32_t j)
{
	const struct np_solver *s = p->s;
	bool needed = s->must[j] && s->wide[j];

	for (uint32_t i = s->first_out[j]; i < s->first_out[j + 1]; i++) {
		const struct np_before *b = &s->m->before[s->out[i]];

		needed |= !p->free[b->b] && s->at[b->b] < s->m->periods &&
			  np_waits(s, b);
	}
	return needed;
}

static void put_tasks(struct polish *p, double scale)
{
	const struct np_solver *s = p->s;
	const struct np_model *m = s->m;

	for (uint32_t i = 0; i < p->n; i++) {
		uint32_t j = p->task[i];
		int64_t later = np_task_area(m, j, m->periods);
		int once = new_row(p, 1);

		for (uint32_t k = 0; k < np_ways_of(s, j); k++) {
			uint64_t may = left_to(p, j, k);

			for (uint32_t t = 0; t < m->periods; t++)
				if (may >> t & 1)
					put(p, once,
					    new_column(
						    p,
						    (double)(np_task_area(m, j,
									  t) -
							     later) *
							    scale,
						    i << 12 | k << 6 | t),
					    1);
		}
		if (!is_needed(p, j))
			continue;
		once = new_row(p, -1);
		EACH_COLUMN(p, c, i)
		{
			put(p, once, c, -1);
		}
	}
}

static const struct np_way *way_of(const struct polish *p, int c)
{
	const struct np_solver *s = p->s;
	uint32_t j = p->task[PLACE(p->what[c])];

	return &s->way[s->first_way[j] + WAY(p->what[c])];
}

/* A limit that nobody stated, or one that all together keep, needs no row. */
static void limit(struct polish *p, int n, int64_t right, double scale,
		  double (*of)(const struct polish *p, int c, uint32_t t),
		  uint32_t t)
{
	double sum = 0;
	int row;

	for (int c = 0; c < n; c++)
		sum += of(p, c, t);
	if (sum <= (double)right)
		return;
	row = new_row(p, (double)right * scale);
	for (int c = 0; c < n; c++) {
		double v = of(p, c, t);

		if (v > 0)
			put(p, row, c, v * scale);
	}
}

static double crew_in(const struct polish *p, int c, uint32_t t)
{
	return PERIOD(p->what[c]) == t ? (double)way_of(p, c)->crew : 0;
}

static double money_in(const struct polish *p, int c, uint32_t t)
{
	uint32_t u = PERIOD(p->what[c]);

	return u == t || (p->s->m->carry && u < t) ? (double)way_of(p, c)->money
						   : 0;
}

static double money_ever(const struct polish *p, int c, uint32_t t)
{
	(void)t;
	return (double)way_of(p, c)->money;
}

/* One region's crews, and the money, as those that stay leave them. */
static void put_room(struct polish *p)
{
	const struct np_solver *s = p->s;
	const struct np_model *m = s->m;
	size_t region = m->task[p->task[0]].region;
	double dear = 1;
	int n = p->columns;

	for (int c = 0; c < n; c++)
		if ((double)way_of(p, c)->money > dear)
			dear = (double)way_of(p, c)->money;
	for (uint32_t t = 0; t < m->periods; t++) {
		limit(p, n, s->work.crews[region * m->periods + t], 1, crew_in,
		      t);
		limit(p, n, s->work.money[t], 100 / dear, money_in, t);
	}
	limit(p, n, s->work.total, 100 / dear, money_ever, 0);
}

static void put_calm(struct polish *p)
{
	const struct np_solver *s = p->s;
	const struct np_model *m = s->m;
	int n = p->columns;

	for (uint32_t i = 0; i < p->n; i++) {
		uint32_t area = m->task[p->task[i]].area;
		bool first = area != NP_NO_AREA;

		for (uint32_t k = 0; k < i; k++)
			first &= m->task[p->task[k]].area != area;
		for (uint32_t t = 0; first && t < m->periods; t++) {
			int row = new_row(
				p,
				(double)s->work
					.calm[(size_t)area * m->periods + t]);

			for (int c = 0; c < n; c++)
				if (PERIOD(p->what[c]) == t &&
				    m->task[p->task[PLACE(p->what[c])]].area ==
					    area)
					put(p, row, c, 1);
		}
	}
}

/* Both in the piece: sum of b until t <= sum of a until t - lag. */
static void put_befores(struct polish *p)
{
	const struct np_solver *s = p->s;
	const struct np_model *m = s->m;

	for (uint32_t i = 0; i < p->n; i++) {
		uint32_t j = p->task[i];

		for (uint32_t k = s->first_in[j]; k < s->first_in[j + 1]; k++) {
			const struct np_before *b = &m->before[s->in[k]];

			for (uint32_t t = 0; p->free[b->a] && t < m->periods;
			     t++) {
				int row = new_row(p, 0);

				EACH_COLUMN(p, c, i)
				{
					if (PERIOD(p->what[c]) <= t &&
					    (!b->only ||
					     WAY(p->what[c]) + 1 == b->only))
						put(p, row, c, 1);
				}
				EACH_COLUMN(p, c, p->free[b->a] - 1U)
				{
					if (PERIOD(p->what[c]) + b->lag <= t)
						put(p, row, c, -1);
				}
			}
		}
	}
}

/* Ways of the piece that exclude each other, by a column for each two sides. */
static void put_apart(struct polish *p)
{
	const struct np_model *m = p->s->m;

	for (uint32_t i = 0; i < m->napart; i++) {
		const struct np_apart *a = &m->apart[i];
		int u = -1;

		for (uint32_t k = a->first; k < a->end; k++) {
			const struct np_pick *x = &m->pick[k];
			bool second = k >= a->split;

			if (!p->free[x->task])
				continue;
			if (u < 0)
				u = new_column(p, 0, NO_COLUMN);
			EACH_COLUMN(p, c, p->free[x->task] - 1U)
			{
				if (WAY(p->what[c]) != x->way)
					continue;
				int row = new_row(p, second ? 0 : 1);

				put(p, row, c, 1);
				put(p, row, u, second ? -1 : 1);
			}
		}
	}
}

static int by_column(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return x->column != y->column ? x->column - y->column : x->row - y->row;
}

static bool solve(struct polish *p, double seconds, double *x)
{
	int *start = malloc(((size_t)p->columns + 2) * sizeof(*start));
	int *row = malloc((p->ne + 1) * sizeof(*row));
	double *value = malloc((p->ne + 1) * sizeof(*value));
	bool found = false;
	size_t at = 0;

	qsort(p->e, p->ne, sizeof(*p->e), by_column);
	for (int c = 0; start && row && value && c <= p->columns; c++) {
		start[c] = (int)at;
		for (; at < p->ne && p->e[at].column == c; at++) {
			row[at] = p->e[at].row;
			value[at] = p->e[at].value;
		}
	}
	if (start && row && value)
		found = np_mip_solve(p->rows, p->columns, start, row, value,
				     p->cost, p->right, seconds, x);
	free(start);
	free(row);
	free(value);
	return found;
}

/* ---- one piece */

static void put_as(struct polish *p, const double *x)
{
	struct np_solver *s = p->s;

	for (uint32_t i = 0; i < p->n; i++) {
		uint32_t j = p->task[i];

		s->at[j] = (uint8_t)s->m->periods;
		np_take_way(s, j, 0);
		EACH_COLUMN(p, c, i)
		{
			if (x[c] < 0.5)
				continue;
			np_take_way(s, j, WAY(p->what[c]));
			s->at[j] = (uint8_t)PERIOD(p->what[c]);
		}
	}
}

/* What Cbc gives is within its own tolerance: each is put only where it fits to
 * the last cent, and in its order. */
static bool put_all(struct polish *p)
{
	struct np_solver *s = p->s;
	bool fits = true;
	uint32_t put = 0;

	for (; put < p->n && fits; put++) {
		uint32_t j = p->task[put];

		fits = s->at[j] >= s->m->periods ||
		       np_room_fits(&s->work, j, s->at[j]);
		np_room_put(&s->work, j, s->at[j], 1);
	}
	for (uint32_t i = 0; i < p->n && fits; i++)
		fits = np_may_be(s, p->task[i], s->at[p->task[i]]);
	if (fits)
		return true;
	for (uint32_t i = 0; i < put; i++)
		np_room_put(&s->work, p->task[i], s->at[p->task[i]], -1);
	return false;
}

static void put_back(struct polish *p)
{
	struct np_solver *s = p->s;

	for (uint32_t i = 0; i < p->n; i++) {
		np_take_way(s, p->task[i], p->way[i]);
		s->at[p->task[i]] = p->at[i];
		np_room_put(&s->work, p->task[i], p->at[i], 1);
	}
}

static int64_t area_of(const struct polish *p)
{
	int64_t sum = 0;

	for (uint32_t i = 0; i < p->n; i++)
		sum += np_task_area(p->s->m, p->task[i], p->s->at[p->task[i]]);
	return sum;
}

/* true: the plan is better. */
static bool try_piece(struct polish *p, double scale, double seconds)
{
	int64_t before = area_of(p);
	bool done = false;
	double *x;

	p->rows = p->columns = 0;
	p->ne = 0;
	put_tasks(p, scale);
	put_befores(p);
	if (p->columns) {
		put_room(p);
		put_calm(p);
	}
	put_apart(p);
	x = malloc(((size_t)p->columns + 1) * sizeof(*x));
	if (x && p->columns && !p->failed && solve(p, seconds, x)) {
		put_as(p, x);
		done = area_of(p) < before && put_all(p);
	}
	free(x);
	if (!done)
		put_back(p);
	return done && np_keep_better(p->s);
}

void np_polish(struct np_solver *s)
{
	const struct np_model *m = s->m;
	struct polish p = {.s = s, .seed = 0x2545f4914f6cdd1d};
	double most = 1, left;

	p.free = calloc((size_t)m->ntasks + 1, 1);
	if (!p.free || np_mip_absent())
		goto out;
	for (uint32_t j = 0; j < m->ntasks; j++) {
		double w = (double)np_task_area(m, j, m->periods);

		most = w > most ? w : most;
	}
	np_take_best(s);
	for (unsigned fail = 0;
	     fail < FAILURES && !p.failed && !np_enough(s);) {
		take(&p);
		left = s->how->seconds - (np_seconds() - s->since);
		if (p.n &&
		    try_piece(&p, 1000 / most, left < SECONDS ? left : SECONDS))
			fail = 0;
		else
			fail += m->ntasks <= PIECE ? FAILURES / 8 : 1;
		for (uint32_t i = 0; i < p.n; i++)
			p.free[p.task[i]] = 0;
	}
out:
	free(p.free);
	free(p.e);
	free(p.cost);
	free(p.right);
	free(p.what);
}
