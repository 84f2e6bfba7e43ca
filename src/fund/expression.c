/* SPDX-License-Identifier: ISC */
/*
 * Expressions of templates. They only look: no loops but those over a table's
 * rows, no names but those of fields, no way to the system; and what one
 * filling may cost is counted in steps.
 */
#include "fund/fund.h"
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT 4096
#define PARTS 256
#define DEPTH 32

enum op {
	LITERAL,
	FIELD,
	TABLE, /* of count() alone */
	NOT,
	NEGATE,
	ADD,
	SUBTRACT,
	TIMES,
	OVER,
	JOIN,
	IS,
	IS_NOT,
	LESS,
	AT_MOST,
	MORE,
	AT_LEAST,
	AND,
	OR,
	IF,
	SUM,
	COUNT,
	LEAST,
	MOST,
	FIRST
};

struct np_expression {
	enum op op;
	enum np_fund_sheet table; /* FIELD, TABLE, and those over a table */
	int field;
	struct np_fund_value value;
	const struct np_expression *a, *b, *c;
	/* where it stands, for errors */
	const char *file;
	uint32_t line, column;
};

/* ---- reading */

struct parser {
	const char *name;
	const struct np_yaml *y;
	const char *s; /* from here on */
	struct np_arena *mem;
	struct np_err *err;
	size_t parts, depth;
	int rc;
};

static uint32_t column_of(const struct parser *p, const char *at)
{
	return p->y->column + (uint32_t)(at - p->y->text) +
	       (p->y->plain ? 0 : 1);
}

static struct np_expression *fail(struct parser *p, const char *expected)
{
	if (!p->rc) {
		p->rc = np_fail(p->err, NP_EINPUT, expected, p->name,
				p->y->line);
		if (p->err)
			p->err->column = column_of(p, p->s);
	}
	return NULL;
}

static struct np_expression *part(struct parser *p, enum op op,
				  const struct np_expression *a,
				  const struct np_expression *b)
{
	struct np_expression *x;

	if (p->rc)
		return NULL;
	if (++p->parts > PARTS)
		return fail(p, "an expression of more than 256 parts");
	x = np_zalloc(p->mem, sizeof(*x));
	if (!x) {
		p->rc = NP_ENOMEM;
		return NULL;
	}
	*x = (struct np_expression){.op = op,
				    .a = a,
				    .b = b,
				    .field = -1,
				    .file = p->name,
				    .line = p->y->line,
				    .column = column_of(p, p->s)};
	return x;
}

static void blanks(struct parser *p)
{
	while (*p->s == ' ' || *p->s == '\t' || *p->s == '\n')
		p->s++;
}

static bool take(struct parser *p, const char *sign)
{
	size_t n = strlen(sign);

	blanks(p);
	if (strncmp(p->s, sign, n) != 0)
		return false;
	/* A word is not the beginning of a longer one. */
	if (isalpha((unsigned char)*sign) && (isalnum((unsigned char)p->s[n]) ||
					      p->s[n] == '_' || p->s[n] == '.'))
		return false;
	p->s += n;
	return true;
}

static struct np_expression *any(struct parser *p);

static struct np_expression *literal_text(struct parser *p)
{
	char quote = *p->s++;
	const char *from = p->s;
	struct np_expression *x;

	while (*p->s && *p->s != quote)
		p->s++;
	if (!*p->s)
		return fail(p, "expected a quote that ends the text");
	x = part(p, LITERAL, NULL, NULL);
	if (x) {
		x->value.kind = NP_FV_TEXT;
		x->value.text = np_copystr(p->mem, from, (size_t)(p->s - from));
		if (!x->value.text)
			p->rc = NP_ENOMEM;
	}
	p->s++;
	return x;
}

static struct np_expression *literal_number(struct parser *p)
{
	size_t whole = strspn(p->s, "0123456789"), n = whole;
	struct np_expression *x;
	char text[24];

	if (p->s[n] == '.')
		n += 1 + strspn(p->s + n + 1, "0123456789");
	if (n > 16 || n == whole + 1)
		return fail(p, "expected a number of at most 15 digits");
	memcpy(text, p->s, n);
	text[n] = '\0';
	x = part(p, LITERAL, NULL, NULL);
	if (x)
		x->value = (struct np_fund_value){NP_FV_NUMBER, NULL,
						  strtod(text, NULL)};
	p->s += n;
	return x;
}

static const struct {
	const char *word;
	enum np_fund_kind kind;
	double number;
} constants[] = {
	{"yes", NP_FV_FLAG, 1},
	{"no", NP_FV_FLAG, 0},
	{"none", NP_FV_NONE, 0},
};

static const struct {
	const char *word;
	enum op op;
} functions[] = {
	{"if", IF},	{"sum", SUM},  {"count", COUNT},
	{"min", LEAST}, {"max", MOST}, {"first", FIRST},
};

static struct np_expression *field(struct parser *p)
{
	size_t n = strspn(p->s, "abcdefghijklmnopqrstuvwxyz_"), m;
	struct np_expression *x = part(p, TABLE, NULL, NULL);
	int t = 0;

	while (t < NP_BK_N &&
	       (strlen(np_fund_table_name((enum np_fund_sheet)t)) != n ||
		strncmp(np_fund_table_name((enum np_fund_sheet)t), p->s, n) !=
			0))
		t++;
	if (t == NP_BK_N)
		return fail(p, "expected a table: dossier, device, site, cost, "
			       "claim, invoice or wave");
	if (!x)
		return NULL;
	x->table = (enum np_fund_sheet)t;
	p->s += n;
	if (*p->s != '.')
		return x;
	p->s++;
	m = strspn(p->s, "abcdefghijklmnopqrstuvwxyz_");
	x->op = FIELD;
	x->field = np_fund_field(x->table, p->s, m);
	if (x->field < 0)
		return fail(p, "expected a field of that table");
	p->s += m;
	return x;
}

/* sum(claim.amount, condition): over the rows of the table that the first is
 * of. */
static struct np_expression *over_table(struct parser *p,
					struct np_expression *x)
{
	bool whole = x->op == COUNT;

	blanks(p);
	x->a = field(p);
	if (!x->a)
		return NULL;
	if ((x->a->op == TABLE) != whole)
		return fail(p, whole ? "expected a table alone in count()"
				     : "expected TABLE.FIELD");
	x->table = x->a->table;
	if (take(p, ","))
		x->b = any(p);
	return x;
}

static struct np_expression *call(struct parser *p, enum op op)
{
	struct np_expression *x = part(p, op, NULL, NULL);

	if (!x)
		return NULL;
	if (op != IF) {
		if (!over_table(p, x))
			return NULL;
	} else {
		x->a = any(p);
		if (!p->rc && !take(p, ","))
			return fail(p, "expected a comma: if(c, a, b)");
		x->b = any(p);
		if (!p->rc && !take(p, ","))
			return fail(p, "expected a comma: if(c, a, b)");
		x->c = any(p);
	}
	if (!p->rc && !take(p, ")"))
		return fail(p, "expected )");
	return x;
}

static struct np_expression *word(struct parser *p)
{
	struct np_expression *x;

	for (size_t i = 0; i < sizeof(constants) / sizeof(constants[0]); i++) {
		if (!take(p, constants[i].word))
			continue;
		x = part(p, LITERAL, NULL, NULL);
		if (x)
			x->value = (struct np_fund_value){
				constants[i].kind, NULL, constants[i].number};
		return x;
	}
	for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
		size_t n = strlen(functions[i].word);

		if (strncmp(p->s, functions[i].word, n) == 0 &&
		    p->s[n] == '(') {
			p->s += n + 1;
			return call(p, functions[i].op);
		}
	}
	x = field(p);
	return x && x->op == TABLE ? fail(p, "expected TABLE.FIELD") : x;
}

static struct np_expression *primary(struct parser *p)
{
	struct np_expression *x;

	blanks(p);
	if (*p->s == '\'' || *p->s == '"')
		return literal_text(p);
	if (isdigit((unsigned char)*p->s))
		return literal_number(p);
	if (take(p, "(")) {
		x = any(p);
		return p->rc || take(p, ")") ? x : fail(p, "expected )");
	}
	if (!islower((unsigned char)*p->s))
		return fail(p, "expected a text, a number, a name or (");
	return word(p);
}

static struct np_expression *unary(struct parser *p)
{
	struct np_expression *x;

	if (++p->depth > DEPTH)
		return fail(p, "an expression of more than 32 levels");
	x = take(p, "-") ? part(p, NEGATE, unary(p), NULL) : primary(p);
	p->depth--;
	return x;
}

struct level {
	const char *sign;
	enum op op;
};

/* One level of signs that bind from the left; ends with a NULL sign. */
static struct np_expression *
chain(struct parser *p, const struct level *l,
      struct np_expression *(*next)(struct parser *p))
{
	struct np_expression *x = next(p);

	for (size_t i = 0; !p->rc && l[i].sign;) {
		if (!take(p, l[i].sign)) {
			i++;
			continue;
		}
		x = part(p, l[i].op, x, next(p));
		i = 0;
	}
	return p->rc ? NULL : x;
}

static struct np_expression *times(struct parser *p)
{
	static const struct level l[] = {{"*", TIMES}, {"/", OVER}, {NULL, IF}};

	return chain(p, l, unary);
}

static struct np_expression *plus(struct parser *p)
{
	static const struct level l[] = {
		{"+", ADD}, {"-", SUBTRACT}, {"&", JOIN}, {NULL, IF}};

	return chain(p, l, times);
}

static struct np_expression *compared(struct parser *p)
{
	static const struct level l[] = {
		{"!=", IS_NOT}, {"<=", AT_MOST}, {">=", AT_LEAST}, {"=", IS},
		{"<", LESS},	{">", MORE},	 {NULL, IF}};
	struct np_expression *x = plus(p);

	for (size_t i = 0; !p->rc && l[i].sign; i++) {
		if (take(p, l[i].sign))
			return part(p, l[i].op, x, plus(p));
	}
	return x;
}

static struct np_expression *negated(struct parser *p)
{
	struct np_expression *x;

	if (++p->depth > DEPTH)
		return fail(p, "an expression of more than 32 levels");
	x = take(p, "not") ? part(p, NOT, negated(p), NULL) : compared(p);
	p->depth--;
	return x;
}

static struct np_expression *both(struct parser *p)
{
	static const struct level l[] = {{"and", AND}, {NULL, IF}};

	return chain(p, l, negated);
}

static struct np_expression *any(struct parser *p)
{
	static const struct level l[] = {{"or", OR}, {NULL, IF}};
	struct np_expression *x;

	if (++p->depth > DEPTH)
		return fail(p, "an expression of more than 32 levels");
	x = chain(p, l, both);
	p->depth--;
	return x;
}

int np_expression_read(const char *name, const struct np_yaml *y,
		       struct np_arena *mem, struct np_expression **ret,
		       struct np_err *reterr)
{
	struct parser p = {.name = name, .y = y, .mem = mem, .err = reterr};

	if (!y || y->kind != NP_YAML_TEXT || !y->n || y->n > TEXT ||
	    strlen(y->text) != y->n)
		return np_yaml_fail(name, y,
				    "expected an expression of at most 4096 "
				    "octets",
				    reterr);
	p.s = y->text;
	*ret = any(&p);
	blanks(&p);
	if (!p.rc && *p.s)
		(void)fail(&p, "expected the end of the expression");
	return p.rc;
}

/* ---- what it comes to */

struct np_fund_scope np_fund_scope(const struct np_fund_book *b,
				   struct np_arena *mem)
{
	struct np_fund_scope s = {
		.book = b, .steps = NP_FUND_STEPS, .mem = mem};

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

static int over_rows(const struct np_expression *x, struct np_fund_scope *s,
		     struct np_fund_value *ret, struct np_err *reterr)
{
	const struct np_fund_table *t = &s->book->t[x->table];
	struct gathering g = {0};
	uint32_t outer[NP_BK_N];

	memcpy(outer, s->row, sizeof(outer));
	for (uint32_t row = 0; row < t->n; row++) {
		struct np_fund_value v = {NP_FV_FLAG, NULL, 1};
		int rc = NP_OK;

		memcpy(s->row, outer, sizeof(outer));
		np_fund_stand(s, x->table, row);
		if (x->b)
			rc = np_expression_value(x->b, s, &v, reterr);
		else if (s->steps-- == 0)
			rc = wrong(x, NP_ELIMIT, "too many steps", reterr);
		if (!rc && np_fund_true(&v)) {
			if (x->op == COUNT)
				g.n++;
			else
				rc = np_expression_value(x->a, s, &v, reterr);
			if (!rc && x->op != COUNT)
				rc = gather(x, &v, &g, reterr);
		}
		if (rc)
			return rc;
	}
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
