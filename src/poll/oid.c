/* SPDX-License-Identifier: ISC */
#include "poll/oid.h"

bool np_oid_read(struct np_oid *ret, const char *text, size_t n)
{
	uint64_t arc = 0;
	bool digit = false;

	ret->n = 0;
	if (n && *text == '.') {
		text++;
		n--;
	}
	for (size_t i = 0; i <= n; i++) {
		if (i < n && text[i] >= '0' && text[i] <= '9') {
			arc = arc * 10 + (uint64_t)(text[i] - '0');
			digit = true;
			if (arc > UINT32_MAX)
				return false;
			continue;
		}
		if (!digit || (i < n && text[i] != '.') ||
		    ret->n == NP_OID_ARCS)
			return false;
		ret->v[ret->n++] = (uint32_t)arc;
		arc = 0;
		digit = false;
	}
	return ret->n >= 2;
}

void np_oid_put(struct np_buf *b, const struct np_oid *o)
{
	for (size_t i = 0; i < o->n; i++) {
		if (i)
			np_putc(b, '.');
		np_putu(b, o->v[i]);
	}
}

bool np_oid_under(const struct np_oid *o, const struct np_oid *top)
{
	return o->n >= top->n &&
	       memcmp(o->v, top->v, top->n * sizeof(*top->v)) == 0;
}

const struct np_oid np_oid_enterprises = {{1, 3, 6, 1, 4, 1}, 6};

bool np_oid_enterprise(const struct np_oid *o, uint32_t *ret_pen)
{
	size_t n = np_oid_enterprises.n;

	if (o->n == n || !np_oid_under(o, &np_oid_enterprises))
		return false;
	*ret_pen = o->v[n];
	return true;
}

int np_oid_order(const struct np_oid *a, const struct np_oid *b)
{
	for (size_t i = 0; i < a->n && i < b->n; i++)
		if (a->v[i] != b->v[i])
			return a->v[i] < b->v[i] ? -1 : 1;
	return a->n < b->n ? -1 : a->n > b->n;
}
