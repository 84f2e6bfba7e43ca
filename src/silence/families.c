/* SPDX-License-Identifier: ISC */
/*
 * Which boxes a method can hear at all, learnt from those that are known: of
 * the boxes of one maker and function that stood where the method looked, and
 * that another method heard too, how many did it hear? One that is known by
 * this method alone says nothing of what it misses.
 */
#include "silence/inside.h"
#include <stdlib.h>

static int by_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) : !!a - !!b;
}

static int by_family(const void *a, const void *b)
{
	const struct np_heard_box *x = a, *y = b;
	int d = (x->maker > y->maker) - (x->maker < y->maker);

	return d ? d : by_text(x->function, y->function);
}

static void add_box(struct np_heard_family *f, const struct np_heard_box *x)
{
	f->boxes++;
	for (size_t m = 0; m < NP_MAX_METHODS; m++) {
		uint32_t bit = 1u << m;

		f->all[m] += x->by & bit ? 1 : 0;
		if (!(x->where & bit) || !(x->by & ~bit))
			continue;
		f->of[m]++;
		f->k[m] += x->by & bit ? 1 : 0;
	}
}

struct np_heard_family *np_heard_families(const struct np_silence *r,
					  const struct np_heard_box *v,
					  size_t n, struct np_arena *mem,
					  size_t *ret_n)
{
	struct np_heard_box *sorted = np_alloc(mem, (n + 1) * sizeof(*v));
	struct np_heard_family *f = np_zalloc(mem, (n + 1) * sizeof(*f));
	size_t k = 0;

	*ret_n = 0;
	if (!sorted || !f)
		return NULL;
	if (n)
		memcpy(sorted, v, n * sizeof(*v));
	qsort(sorted, n, sizeof(*sorted), by_family);
	for (size_t i = 0; i < n; i++) {
		if (!i || by_family(&sorted[i - 1], &sorted[i]) != 0) {
			f[k].maker = sorted[i].maker;
			f[k].function = sorted[i].function;
			f[k++].kind = np_silence_kind_of(r, sorted[i].function);
		}
		add_box(&f[k - 1], &sorted[i]);
	}
	*ret_n = k;
	return f;
}
