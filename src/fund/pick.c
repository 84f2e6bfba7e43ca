/* SPDX-License-Identifier: ISC */
/* Rows by what one of their fields says. */
#include "fund/fund.h"
#include <stdlib.h>
#include <string.h>

struct np_fund_pick {
	const char *text;
	uint32_t row;
};

static int pick_order(const void *p, const void *q)
{
	const struct np_fund_pick *x = p, *y = q;
	int c = strcmp(x->text, y->text);

	return c ? c : (x->row > y->row) - (x->row < y->row);
}

static bool make(const struct np_fund_scope *s, enum np_fund_sheet t, int field)
{
	const struct np_fund_table *from = &s->book->t[t];
	struct np_fund_pick *v = np_alloc(s->mem, from->n * sizeof(*v) + 1);
	size_t n = 0;

	if (!v)
		return false;
	for (uint32_t row = 0; row < from->n; row++) {
		const struct np_fund_value *c =
			&from->cell[row * from->width + (size_t)field];

		/* Who gets no further than looking would pass this by. */
		if (c->kind == NP_FV_BAD)
			return false;
		if (c->kind == NP_FV_TEXT)
			v[n++] = (struct np_fund_pick){c->text, row};
	}
	if (n)
		qsort(v, n, sizeof(*v), pick_order);
	s->picks[t].v[field] = v;
	s->picks[t].n[field] = n;
	return true;
}

bool np_fund_pick(const struct np_fund_scope *s, enum np_fund_sheet t,
		  int field, const char *text, uint32_t *found, size_t cap,
		  size_t *n)
{
	const struct np_fund_pick *v;
	size_t from = 0, to;

	if (!s->picks || field < 0 || field >= NP_FUND_FIELDS ||
	    (!s->picks[t].v[field] && !make(s, t, field)))
		return false;
	v = s->picks[t].v[field];
	to = s->picks[t].n[field];
	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (strcmp(v[mid].text, text) < 0)
			from = mid + 1;
		else
			to = mid;
	}
	for (; from < s->picks[t].n[field] && strcmp(v[from].text, text) == 0;
	     from++) {
		if (*n == cap)
			return false;
		found[(*n)++] = v[from].row;
	}
	return true;
}
