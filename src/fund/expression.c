/* SPDX-License-Identifier: ISC */
/*
 * Expressions of templates. They only look: no loops but those over a table's
 * rows, no names but those of fields, no way to the system; and what one
 * filling may cost is counted in steps.
 */
#include "fund/inside.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT 4096
#define PARTS 256
#define DEPTH 32

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
