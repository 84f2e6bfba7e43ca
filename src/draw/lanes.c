/* SPDX-License-Identifier: ISC */
#include "draw/lanes.h"
#include "core/err.h"
#include <stdbool.h>
#include <stdlib.h>

struct begin {
	struct np_span s;
	uint32_t i;
};

/* Lanes by key: free ones by their numbers, taken ones by when they end. */
struct heap {
	struct entry {
		int64_t key;
		uint32_t lane;
	} * v;
	size_t n;
};

static bool before(const struct entry *a, const struct entry *b)
{
	return a->key != b->key ? a->key < b->key : a->lane < b->lane;
}

static void push(struct heap *h, int64_t key, uint32_t lane)
{
	struct entry e = {key, lane};
	size_t i = h->n++;

	for (; i && before(&e, &h->v[(i - 1) / 2]); i = (i - 1) / 2)
		h->v[i] = h->v[(i - 1) / 2];
	h->v[i] = e;
}

static uint32_t pop(struct heap *h)
{
	uint32_t lane = h->v[0].lane;
	struct entry e = h->v[--h->n];
	size_t i = 0, k;

	while ((k = 2 * i + 1) < h->n) {
		k += k + 1 < h->n && before(&h->v[k + 1], &h->v[k]);
		if (!before(&h->v[k], &e))
			break;
		h->v[i] = h->v[k];
		i = k;
	}
	h->v[i] = e;
	return lane;
}

static int order(const void *p, const void *q)
{
	const struct begin *x = p, *y = q;

	if (x->s.from != y->s.from)
		return x->s.from < y->s.from ? -1 : 1;
	return x->i < y->i ? -1 : x->i > y->i;
}

int np_lanes(const struct np_span *v, size_t n, struct np_arena *mem,
	     uint32_t *lane, uint32_t *ret_lanes)
{
	struct begin *b = np_alloc(mem, n * sizeof(*b) + 1);
	struct heap taken = {np_alloc(mem, n * sizeof(*taken.v) + 1), 0};
	struct heap empty = {np_alloc(mem, n * sizeof(*empty.v) + 1), 0};
	uint32_t lanes = 0;

	*ret_lanes = 0;
	if (!b || !taken.v || !empty.v)
		return NP_ENOMEM;
	for (size_t i = 0; i < n; i++)
		b[i] = (struct begin){v[i], (uint32_t)i};
	if (n)
		qsort(b, n, sizeof(*b), order);
	for (size_t i = 0; i < n; i++) {
		int64_t from = b[i].s.from, until = b[i].s.until;
		uint32_t at;

		while (taken.n && taken.v[0].key <= from) {
			at = pop(&taken);
			push(&empty, at, at);
		}
		at = empty.n ? pop(&empty) : lanes++;
		push(&taken, until > from ? until : from + 1, at);
		lane[b[i].i] = at;
	}
	*ret_lanes = lanes;
	return NP_OK;
}
