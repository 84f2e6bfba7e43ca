/* SPDX-License-Identifier: ISC */
/* What an expression comes to, on the rows that its scope stands on. */
#include "fund/inside.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- what it comes to */

struct np_fund_scope np_fund_scope(const struct np_fund_book *b,
				   struct np_arena *mem)
{
	struct np_fund_scope s = {
		.book = b, .steps = NP_FUND_STEPS, .mem = mem};

	/* Without memory for it, rows are gone through one by one. */
	s.picks = np_zalloc(mem, NP_BK_N * sizeof(*s.picks));

	for (int t = 0; t < NP_BK_N; t++)
		s.row[t] = NP_NO_ROW;
	if (b->t[NP_BK_DOSSIER].n)
		s.row[NP_BK_DOSSIER] = 0;
	return s;
}

void np_fund_stand(struct np_fund_scope *s, enum np_fund_sheet t, uint32_t row)
{
	const struct np_fund_table *from = &s->book->t[t];

	s->row[t] = row;
	for (int to = 0; to < NP_BK_N && row != NP_NO_ROW; to++) {
		/* What stands already, further out, stays. */
		if (from->link[to] && s->row[to] == NP_NO_ROW &&
		    from->link[to][row] != NP_NO_ROW)
			np_fund_stand(s, (enum np_fund_sheet)to,
				      from->link[to][row]);
	}
}

bool np_fund_true(const struct np_fund_value *v)
{
	switch (v->kind) {
	case NP_FV_TEXT:
		return *v->text;
	case NP_FV_NUMBER:
	case NP_FV_FLAG:
		return v->number != 0;
	case NP_FV_NONE:
	case NP_FV_BAD:
		break;
	}
	return false;
}

static int wrong(const struct np_expression *x, int code, const char *text,
		 struct np_err *reterr)
{
	int rc = np_fail(reterr, code, text, x->file, x->line);

	if (reterr)
		reterr->column = x->column;
	return rc;
}

static int number_of(const struct np_expression *x,
		     const struct np_fund_value *v, struct np_err *reterr)
{
	return v->kind == NP_FV_TEXT || v->kind == NP_FV_BAD
		       ? wrong(x, NP_EINPUT,
			       "expected a number here, and there is a text",
			       reterr)
		       : NP_OK;
}

static int calculate(const struct np_expression *x,
		     const struct np_fund_value *a,
		     const struct np_fund_value *b, struct np_fund_value *ret,
		     struct np_err *reterr)
{
	double v = 0;
	int rc = number_of(x, a, reterr);

	if (!rc)
		rc = number_of(x, b, reterr);
	*ret = (struct np_fund_value){0};
	if (rc || a->kind == NP_FV_NONE || b->kind == NP_FV_NONE)
		return rc;
	if (x->op == OVER && b->number == 0)
		return NP_OK; /* of nothing there is no share */
	if (x->op == ADD)
		v = a->number + b->number;
	else if (x->op == SUBTRACT)
		v = a->number - b->number;
	else if (x->op == TIMES)
		v = a->number * b->number;
	else
		v = a->number / b->number;
	if (!isfinite(v))
		return wrong(x, NP_EINPUT, "a number over all bounds", reterr);
	*ret = (struct np_fund_value){NP_FV_NUMBER, NULL, v};
	return NP_OK;
}

static void put_value(struct np_buf *b, const struct np_fund_value *v)
{
	if (v->kind == NP_FV_TEXT)
		np_puts(b, v->text);
	else if (v->kind == NP_FV_NUMBER)
		np_putf(b, "%.15g", v->number);
	else if (v->kind == NP_FV_FLAG)
		np_puts(b, v->number != 0 ? "yes" : "no");
}

static int join(const struct np_fund_value *a, const struct np_fund_value *c,
		struct np_fund_scope *s, struct np_fund_value *ret)
{
	struct np_buf b = np_buf(NP_FUND_LINE);
	int rc = NP_ENOMEM;

	put_value(&b, a);
	put_value(&b, c);
	*ret = (struct np_fund_value){0};
	if (!b.failed) {
		ret->text = np_copystr(s->mem, b.p ? b.p : "", b.n);
		ret->kind = b.n ? NP_FV_TEXT : NP_FV_NONE;
		rc = ret->text ? NP_OK : NP_ENOMEM;
	}
	np_buf_free(&b);
	return rc;
}

/* What is not stated is neither like anything nor less nor more: two boxes
 * without a label are not one. Only `x = none` asks for it. */
static bool compare(enum op op, const struct np_fund_value *a,
		    const struct np_fund_value *b)
{
	bool text = a->kind == NP_FV_TEXT && b->kind == NP_FV_TEXT;
	bool none = a->kind == NP_FV_NONE || b->kind == NP_FV_NONE;
	bool like = text || (a->kind != NP_FV_TEXT && b->kind != NP_FV_TEXT);
	int c;

	if (none || !like)
		return op == IS_NOT;
	c = text ? strcmp(a->text, b->text)
		 : (a->number > b->number) - (a->number < b->number);
	switch (op) {
	case IS:
		return c == 0;
	case IS_NOT:
		return c != 0;
	case LESS:
		return c < 0;
	case AT_MOST:
		return c <= 0;
	case MORE:
		return c > 0;
	default:
		return c >= 0;
	}
}

struct gathering {
	double sum, lost; /* Kahan's: cents do not drift */
	uint64_t n;
	struct np_fund_value best;
};

static int gather(const struct np_expression *x, const struct np_fund_value *v,
		  struct gathering *g, struct np_err *reterr)
{
	int rc = NP_OK;

	if (v->kind == NP_FV_NONE)
		return NP_OK;
	if (x->op == SUM) {
		double y, t;

		rc = number_of(x->a, v, reterr);
		y = v->number - g->lost;
		t = g->sum + y;
		g->lost = (t - g->sum) - y;
		g->sum = t;
	} else if (!g->n || (x->op == LEAST && compare(LESS, v, &g->best)) ||
		   (x->op == MOST && compare(MORE, v, &g->best))) {
		g->best = *v;
	}
	g->n++;
	return rc;
}

/* One row more of those that are gone over. */
static int take_row(const struct np_expression *x, struct np_fund_scope *s,
		    const uint32_t *outer, uint32_t row, struct gathering *g,
		    struct np_err *reterr)
{
	struct np_fund_value v = {NP_FV_FLAG, NULL, 1};
	int rc = NP_OK;

	memcpy(s->row, outer, sizeof(s->row));
	np_fund_stand(s, x->table, row);
	if (x->b)
		rc = np_expression_value(x->b, s, &v, reterr);
	else if (s->steps-- == 0)
		rc = wrong(x, NP_ELIMIT, "too many steps", reterr);
	if (rc || !np_fund_true(&v))
		return rc;
	if (x->op == COUNT) {
		g->n++;
		return NP_OK;
	}
	rc = np_expression_value(x->a, s, &v, reterr);
	return rc ? rc : gather(x, &v, g, reterr);
}

/* ---- which rows may fulfil a condition
 *
 * `cost.device = device.id` holds for few of many rows. Where a condition comes
 * down to such equalities, the rows are looked up and not gone through; the
 * condition itself is asked of each all the same. */

#define KEYS 4

/* The equalities one of which has to hold; false: there are none to go by. */
static bool keys_of(const struct np_expression *x, enum np_fund_sheet t,
		    const struct np_expression *keys[static KEYS], size_t *n)
{
	const struct np_expression *other;
	size_t before = *n;

	if (x->op == AND) {
		if (keys_of(x->a, t, keys, n))
			return true;
		*n = before;
		return keys_of(x->b, t, keys, n);
	}
	if (x->op == OR)
		return keys_of(x->a, t, keys, n) && keys_of(x->b, t, keys, n);
	if (x->op != IS || x->a->op != FIELD || x->a->table != t || *n == KEYS)
		return false;
	other = x->b;
	if (other->op != LITERAL && (other->op != FIELD || other->table == t))
		return false;
	keys[(*n)++] = x;
	return true;
}

static int row_order(const void *p, const void *q)
{
	const uint32_t *x = p, *y = q;

	return (*x > *y) - (*x < *y);
}

/* Goes over those alone; *ret_done is false where all have to be gone over. */
static int over_few(const struct np_expression *x, struct np_fund_scope *s,
		    const uint32_t *outer, struct gathering *g, bool *ret_done,
		    struct np_err *reterr)
{
	const struct np_expression *keys[KEYS];
	uint32_t found[64];
	size_t nkeys = 0, n = 0;
	int rc = NP_OK;

	*ret_done = false;
	if (!x->b || !keys_of(x->b, x->table, keys, &nkeys))
		return NP_OK;
	for (size_t i = 0; i < nkeys; i++) {
		const struct np_expression *other = keys[i]->b;
		struct np_fund_value v;

		/* It may yet be joined to by the row itself. */
		if (other->op == FIELD && outer[other->table] == NP_NO_ROW)
			return NP_OK;
		rc = np_expression_value(other, s, &v, reterr);
		if (rc)
			return rc;
		/* Numbers are not looked up, and `= none` asks for others. */
		if (v.kind != NP_FV_TEXT &&
		    (v.kind != NP_FV_NONE || other->op == LITERAL))
			return NP_OK;
		if (v.kind == NP_FV_TEXT &&
		    !np_fund_pick(s, x->table, keys[i]->a->field, v.text, found,
				  sizeof(found) / sizeof(found[0]), &n))
			return NP_OK;
	}
	*ret_done = true;
	if (n)
		qsort(found, n, sizeof(found[0]), row_order);
	for (size_t i = 0; !rc && i < n; i++) {
		if (!i || found[i] != found[i - 1])
			rc = take_row(x, s, outer, found[i], g, reterr);
	}
	return rc;
}

static int over_rows(const struct np_expression *x, struct np_fund_scope *s,
		     struct np_fund_value *ret, struct np_err *reterr)
{
	const struct np_fund_table *t = &s->book->t[x->table];
	struct gathering g = {0};
	uint32_t outer[NP_BK_N];
	bool done;
	int rc;

	memcpy(outer, s->row, sizeof(outer));
	rc = over_few(x, s, outer, &g, &done, reterr);
	for (uint32_t row = 0; !rc && !done && row < t->n; row++)
		rc = take_row(x, s, outer, row, &g, reterr);
	if (rc)
		return rc;
	memcpy(s->row, outer, sizeof(outer));
	/* A sum of nothing is not 0: nobody stated anything. */
	*ret = g.best;
	if (x->op == COUNT || (x->op == SUM && g.n))
		*ret = (struct np_fund_value){NP_FV_NUMBER, NULL,
					      x->op == COUNT ? (double)g.n
							     : g.sum};
	return NP_OK;
}

static int look_up(const struct np_expression *x, const struct np_fund_scope *s,
		   struct np_fund_value *ret, struct np_err *reterr)
{
	const struct np_fund_table *t = &s->book->t[x->table];
	uint32_t row = s->row[x->table];

	*ret = (struct np_fund_value){0};
	if (row != NP_NO_ROW)
		*ret = t->cell[row * t->width + (size_t)x->field];
	return ret->kind == NP_FV_BAD
		       ? wrong(x, NP_EINPUT,
			       "a cell of a table that cannot be read", reterr)
		       : NP_OK;
}

static bool is_none(const struct np_expression *x)
{
	return x->op == LITERAL && x->value.kind == NP_FV_NONE;
}

static int of_two(const struct np_expression *x, struct np_fund_scope *s,
		  struct np_fund_value *ret, struct np_err *reterr)
{
	struct np_fund_value a, b;
	int rc = np_expression_value(x->a, s, &a, reterr);
	bool known = false, yes = false;

	if (rc)
		return rc;
	if (x->op == AND || x->op == OR) {
		yes = np_fund_true(&a);
		known = yes == (x->op == OR);
	}
	if (!known)
		rc = np_expression_value(x->b, s, &b, reterr);
	if (rc)
		return rc;
	if (x->op == JOIN)
		return join(&a, &b, s, ret);
	if (x->op >= ADD && x->op <= OVER)
		return calculate(x, &a, &b, ret, reterr);
	if (x->op == AND || x->op == OR)
		yes = known ? yes : np_fund_true(&b);
	else if ((x->op == IS || x->op == IS_NOT) &&
		 (is_none(x->a) || is_none(x->b)))
		yes = (a.kind == b.kind) == (x->op == IS);
	else
		yes = compare(x->op, &a, &b);
	*ret = (struct np_fund_value){NP_FV_FLAG, NULL, yes};
	return NP_OK;
}

int np_expression_value(const struct np_expression *x, struct np_fund_scope *s,
			struct np_fund_value *ret, struct np_err *reterr)
{
	struct np_fund_value v;
	int rc;

	if (s->steps-- == 0)
		return wrong(x, NP_ELIMIT, "too many steps", reterr);
	switch (x->op) {
	case LITERAL:
		*ret = x->value;
		return NP_OK;
	case FIELD:
		return look_up(x, s, ret, reterr);
	case NOT:
	case IF:
		rc = np_expression_value(x->a, s, &v, reterr);
		if (rc)
			return rc;
		*ret = (struct np_fund_value){NP_FV_FLAG, NULL,
					      !np_fund_true(&v)};
		return x->op == NOT ? NP_OK
				    : np_expression_value(
					      np_fund_true(&v) ? x->b : x->c, s,
					      ret, reterr);
	case NEGATE:
		rc = np_expression_value(x->a, s, ret, reterr);
		if (!rc)
			rc = number_of(x, ret, reterr);
		ret->number = -ret->number;
		return rc;
	case SUM:
	case COUNT:
	case LEAST:
	case MOST:
	case FIRST:
		return over_rows(x, s, ret, reterr);
	default:
		return of_two(x, s, ret, reterr);
	}
}
