/* SPDX-License-Identifier: ISC */
/* Versions: which comes first, and which a list means. */
#include "risk/cve.h"
#include <ctype.h>
#include <string.h>

/* Letters or digits that stand together, behind whatever is neither. */
static struct np_cur token(struct np_cur *c)
{
	size_t n = 0;

	while (c->left && !isalnum(*c->p))
		np_skip(c, 1);
	while (n < c->left && isalnum(c->p[n]) &&
	       !isdigit(c->p[n]) == !isdigit(*c->p))
		n++;
	return np_sub(c, n);
}

static int order_number(struct np_cur a, struct np_cur b)
{
	while (a.left > 1 && *a.p == '0')
		np_skip(&a, 1);
	while (b.left > 1 && *b.p == '0')
		np_skip(&b, 1);
	if (a.left != b.left)
		return a.left < b.left ? -1 : 1;
	return memcmp(a.p, b.p, a.left);
}

static int order_word(struct np_cur a, struct np_cur b)
{
	for (size_t i = 0; i < a.left && i < b.left; i++) {
		int d = tolower(a.p[i]) - tolower(b.p[i]);

		if (d)
			return d;
	}
	return a.left < b.left ? -1 : a.left > b.left;
}

int np_version_order(struct np_cur a, struct np_cur b)
{
	for (;;) {
		struct np_cur x = token(&a), y = token(&b);
		int d;

		if (!x.left || !y.left)
			return (x.left > 0) - (y.left > 0);
		if (isdigit(*x.p) && isdigit(*y.p))
			d = order_number(x, y);
		else
			d = order_word(x, y);
		if (d)
			return d < 0 ? -1 : 1;
	}
}

/* Version and update of a CPE name are one version of the box's. */
static bool is_named(const struct np_cve_name *x, struct np_cur version)
{
	char both[256];
	size_t n = x->version.left;

	if (np_version_order(x->version, version) == 0)
		return true;
	if (np_is(x->update, "*") || np_is(x->update, "-") ||
	    n + x->update.left + 1 > sizeof(both))
		return false;
	memcpy(both, x->version.p, n);
	both[n] = ' ';
	memcpy(both + n + 1, x->update.p, x->update.left);
	return np_version_order(np_cur(both, n + 1 + x->update.left),
				version) == 0;
}

enum np_version_fit np_cve_fits(const struct np_cve_name *x,
				const char *version)
{
	bool range = x->from.left || x->until.left;
	bool any = np_is(x->version, "*") || np_is(x->version, "-");
	struct np_cur v;
	int d;

	if (!range && any)
		return NP_V_ALL;
	if (!version || !*version)
		return NP_V_UNKNOWN;
	v = np_cur(version, strlen(version));
	if (!range)
		return is_named(x, v) ? NP_V_IN : NP_V_NOT;
	if (x->from.left) {
		d = np_version_order(v, x->from);
		if (d < 0 || (!d && !x->from_too))
			return NP_V_NOT;
	}
	if (x->until.left) {
		d = np_version_order(v, x->until);
		if (d > 0 || (!d && !x->until_too))
			return NP_V_NOT;
	}
	return NP_V_IN;
}
