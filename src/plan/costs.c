/* SPDX-License-Identifier: ISC */
/* costs.csv: what equipment, work and the rest of it cost the party. */
#include "core/time.h"
#include "place/rows.h"
#include "plan/file.h"

enum { ABOUT, ITEM, LOW, EXPECTED, HIGH, CURRENCY, DATE, SOURCE, N };

#define MOST_ROWS 20000

static const char *const columns[N] = {"for",  "item",	   "low",  "expected",
				       "high", "currency", "date", "source"};
static const char *const items[NP_C_ITEMS] = {
	"equipment", "labour", "tower", "licence", "disposal", "double running",
};

struct table {
	struct np_costs *to;
	struct np_arena *mem;
	struct np_err *err;
	size_t column[N];
	bool headed;
};

const char *np_cost_item_name(enum np_cost_item i)
{
	return items[i];
}

bool np_is_currency(const char *s)
{
	static const char all[] =
		"AED AUD BDT BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP "
		"GEL HKD HUF IDR ILS INR ISK JPY KES KRW KZT MAD MDL MXN MYR "
		"NGN NOK NZD PEN PHP PKR PLN RON RSD SAR SEK SGD THB TRY TWD "
		"UAH USD VND XAF XOF ZAR";
	const char *p = strlen(s) == 3 ? strstr(all, s) : NULL;

	return p && (p - all) % 4 == 0;
}

bool np_read_money(const char *s, int64_t *ret)
{
	int64_t v = 0;
	size_t n = 0, behind = 0;
	bool point = false;

	for (; *s; s++) {
		if (*s == '.' && !point && n) {
			point = true;
			continue;
		}
		if (*s < '0' || *s > '9' || ++n > 13 || (point && ++behind > 2))
			return false;
		v = v * 10 + (*s - '0');
	}
	for (; behind < 2; behind++)
		v *= 10;
	*ret = v;
	return n > 0;
}

static int take_head(struct table *t, const struct np_cur *cell, size_t n,
		     uint64_t line)
{
	char name[64];

	for (size_t i = 0; i < n; i++) {
		(void)np_plain((const char *)cell[i].p, cell[i].left, name);
		for (size_t k = 0; k < N; k++)
			if (strcmp(columns[k], name) == 0 && !t->column[k])
				t->column[k] = i + 1;
	}
	t->headed = true;
	for (size_t k = 0; k < N; k++)
		if (!t->column[k] && k != LOW && k != HIGH && k != SOURCE)
			return np_row_fail(
				t->to->path, line, 0,
				"expected a first row with the columns for, "
				"item, expected, currency and date (and low, "
				"high, source)",
				t->err);
	return NP_OK;
}

static int expect(const struct table *t, uint64_t line, unsigned column,
		  const char *expected)
{
	return np_row_fail(t->to->path, line, t->column[column], expected,
			   t->err);
}

static int take_figures(struct table *t, const char *const text[N],
			uint64_t line, struct np_cost *c)
{
	if (!text[EXPECTED])
		return expect(t, line, EXPECTED,
			      "expected a cost, such as 1200.50: a cost that "
			      "nobody knows has no row");
	for (unsigned k = 0; k < 3; k++) {
		const char *s = text[LOW + k] ? text[LOW + k] : text[EXPECTED];

		if (*s == '-')
			return expect(t, line, LOW + k,
				      "expected a cost of 0 or more");
		if (!np_read_money(s, &c->figure[k]))
			return expect(t, line, LOW + k,
				      "expected a cost with at most two "
				      "decimals, such as 1200.50");
	}
	if (c->figure[0] > c->figure[1] || c->figure[1] > c->figure[2])
		return expect(t, line, EXPECTED,
			      "expected low <= expected <= high");
	return NP_OK;
}

static int take_words(struct table *t, const char *const text[N], uint64_t line,
		      struct np_cost *c)
{
	size_t i = 0;

	if (!text[ABOUT])
		return expect(
			t, line, ABOUT,
			"expected a device, option, family or function, or *");
	for (; i < NP_C_ITEMS; i++)
		if (text[ITEM] && strcmp(items[i], text[ITEM]) == 0)
			break;
	if (i == NP_C_ITEMS)
		return expect(t, line, ITEM,
			      "expected one of: equipment, labour, tower, "
			      "licence, disposal, double running");
	c->item = (enum np_cost_item)i;
	if (!text[CURRENCY] || !np_is_currency(text[CURRENCY]))
		return expect(t, line, CURRENCY,
			      "expected a currency of ISO 4217, such as EUR");
	if (!text[DATE] || !np_day_read(text[DATE], &c->date))
		return expect(t, line, DATE,
			      "expected the figures' date, YYYY-MM-DD");
	memcpy(c->currency, text[CURRENCY], 4);
	c->about = text[ABOUT];
	c->source = text[SOURCE];
	return NP_OK;
}

static struct np_cost *next_cost(struct table *t)
{
	struct np_costs *c = t->to;

	if (c->n == c->cap) {
		size_t cap = c->cap * 2 + 64;
		struct np_cost *v = np_alloc(t->mem, cap * sizeof(*v));

		if (!v)
			return NULL;
		if (c->n)
			memcpy(v, c->v, c->n * sizeof(*v));
		c->v = v;
		c->cap = cap;
	}
	return &c->v[c->n];
}

static int take_row(void *ctx, const struct np_cur *cell, size_t n,
		    uint64_t line)
{
	struct table *t = ctx;
	const char *text[N] = {NULL};
	struct np_cost *c;
	bool ok = true;
	int rc;

	if (!t->headed)
		return take_head(t, cell, n, line);
	if (t->to->n == MOST_ROWS)
		return np_row_fail(t->to->path, line, 0,
				   "expected at most 20,000 rows", t->err);
	c = next_cost(t);
	for (size_t k = 0; k < N; k++)
		if (t->column[k])
			text[k] =
				np_cell(t->mem, cell, n, t->column[k] - 1, &ok);
	if (!c || !ok)
		return np_fail(t->err, NP_ENOMEM, np_strerror(NP_ENOMEM),
			       t->to->path, line);
	*c = (struct np_cost){.line = line};
	rc = take_words(t, text, line, c);
	if (!rc)
		rc = take_figures(t, text, line, c);
	for (size_t i = 0; !rc && i < t->to->n; i++)
		if (t->to->v[i].item == c->item &&
		    strcmp(t->to->v[i].about, c->about) == 0)
			return expect(t, line, ITEM,
				      "expected one row for each thing and "
				      "item: there is one above");
	t->to->n += !rc;
	return rc;
}

int np_costs_read(const char *path, struct np_arena *mem, struct np_costs *ret,
		  struct np_err *reterr)
{
	struct table t = {.to = ret, .mem = mem, .err = reterr};

	*ret = (struct np_costs){.path = path};
	return np_rows_read(path, take_row, &t, NULL, reterr);
}

/* How much a row is about it: 0, not at all. */
static size_t nearness(const char *about,
		       const char *const name[static NP_COST_NAMES],
		       const char *family, const char *function)
{
	size_t n = strlen(about);

	for (size_t i = 0; i < NP_COST_NAMES; i++)
		if (name[i] && strcmp(name[i], about) == 0)
			return 1000 - i;
	if (family && strcmp(family, about) == 0)
		return 900;
	if (function && strncmp(function, about, n) == 0 &&
	    (function[n] == '\0' || function[n] == '/'))
		return 2 + (n < 800 ? n : 800);
	return strcmp(about, "*") == 0;
}

const struct np_cost *np_cost_of(const struct np_costs *c,
				 enum np_cost_item item,
				 const char *const name[static NP_COST_NAMES],
				 const char *family, const char *function)
{
	const struct np_cost *best = NULL;
	size_t most = 0;

	for (size_t i = 0; i < c->n; i++) {
		size_t near = c->v[i].item == item
				      ? nearness(c->v[i].about, name, family,
						 function)
				      : 0;

		if (near <= most)
			continue;
		most = near;
		best = &c->v[i];
	}
	return best;
}
