/* SPDX-License-Identifier: ISC */
/* Pairs of numbers: how many different ones belong to each. */
#include "device/inside.h"

int np_pairs_add(struct np_pairs *p, uint32_t left, uint32_t right)
{
	if (p->n == p->cap) {
		size_t cap = p->cap ? p->cap * 2 : 256;
		int r;
		uint64_t *v = np_budget_take(p->budget, cap * sizeof(*v), &r);

		if (!v)
			return r;
		if (p->n)
			memcpy(v, p->v, p->n * sizeof(*v));
		np_budget_give(p->budget, p->v, p->cap * sizeof(*v));
		p->v = v;
		p->cap = cap;
	}
	p->v[p->n++] = (uint64_t)left << 32 | right;
	return 0;
}

static int order(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

void np_pairs_sort(struct np_pairs *p)
{
	size_t k = 0;

	if (!p->n)
		return;
	qsort(p->v, p->n, sizeof(*p->v), order);
	for (size_t i = 1; i < p->n; i++)
		if (p->v[i] != p->v[k])
			p->v[++k] = p->v[i];
	p->n = k + 1;
}

void np_pairs_free(struct np_pairs *p)
{
	np_budget_give(p->budget, p->v, p->cap * sizeof(*p->v));
	p->v = NULL;
	p->n = p->cap = 0;
}
