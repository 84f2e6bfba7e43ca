/* SPDX-License-Identifier: ISC */
#include "place/index.h"
#include "core/hash.h"
#include <stdlib.h>
#include <string.h>

static bool make_room(struct np_index *x)
{
	uint32_t cap = x->cap ? x->cap * 2 : 64;
	struct np_index_entry *v;
	uint32_t *slots;

	if (x->n + 1 < x->cap)
		return true;
	if (cap > UINT32_MAX / 4)
		return false;
	v = reallocarray(x->v, cap, sizeof(*v));
	if (!v)
		return false;
	x->v = v;
	slots = calloc((size_t)cap * 2, sizeof(*slots));
	if (!slots)
		return false;
	free(x->slots);
	x->slots = slots;
	x->nslots = cap * 2;
	x->cap = cap;
	for (uint32_t i = 1; i <= x->n; i++) {
		uint32_t *s = &slots[x->v[i].hash & (x->nslots - 1)];

		x->v[i].next = *s;
		*s = i;
	}
	return true;
}

bool np_index_add(struct np_index *x, const void *key, size_t n, uint32_t value)
{
	uint64_t h = np_hash64(key, n, 0);
	uint32_t *s;

	if (n > UINT32_MAX || !make_room(x))
		return false;
	s = &x->slots[h & (x->nslots - 1)];
	x->v[++x->n] = (struct np_index_entry){
		.hash = h,
		.key = key,
		.n = (uint32_t)n,
		.value = value,
		.next = *s,
	};
	*s = x->n;
	return true;
}

static uint32_t match(const struct np_index *x, uint32_t i, uint64_t h,
		      const void *key, size_t n)
{
	while (i && (x->v[i].hash != h || x->v[i].n != n ||
		     memcmp(x->v[i].key, key, n) != 0))
		i = x->v[i].next;
	return i;
}

uint32_t np_index_find(const struct np_index *x, const void *key, size_t n)
{
	uint64_t h;

	if (!x->nslots)
		return 0;
	h = np_hash64(key, n, 0);
	return match(x, x->slots[h & (x->nslots - 1)], h, key, n);
}

uint32_t np_index_more(const struct np_index *x, uint32_t entry)
{
	const struct np_index_entry *e = &x->v[entry];

	return match(x, e->next, e->hash, e->key, e->n);
}

void np_index_free(struct np_index *x)
{
	free(x->v);
	free(x->slots);
	*x = (struct np_index){0};
}
