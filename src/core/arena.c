/* SPDX-License-Identifier: ISC */
#include "core/arena.h"
#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct np_block {
	struct np_block *next;
	size_t used, cap;
	alignas(max_align_t) unsigned char mem[];
};

#define BLOCK ((size_t)16 * 1024)

void *np_alloc(struct np_arena *a, size_t n)
{
	struct np_block *b = a->head;
	size_t al = alignof(max_align_t);

	if (n > SIZE_MAX - al)
		return NULL;
	n = (n + al - 1) & ~(al - 1);
	if (n > a->limit - a->used)
		return NULL;
	if (!b || n > b->cap - b->used) {
		size_t cap = n > BLOCK ? n : BLOCK;

		b = malloc(sizeof(*b) + cap);
		if (!b)
			return NULL;
		b->next = a->head;
		b->used = 0;
		b->cap = cap;
		a->head = b;
	}
	a->used += n;
	b->used += n;
	return b->mem + b->used - n;
}

void *np_zalloc(struct np_arena *a, size_t n)
{
	void *p = np_alloc(a, n);

	if (p)
		memset(p, 0, n);
	return p;
}

void *np_copy(struct np_arena *a, const void *p, size_t n)
{
	void *q = np_alloc(a, n);

	if (q && n)
		memcpy(q, p, n);
	return q;
}

char *np_copystr(struct np_arena *a, const void *p, size_t n)
{
	char *q = n < SIZE_MAX ? np_alloc(a, n + 1) : NULL;

	if (!q)
		return NULL;
	if (n)
		memcpy(q, p, n);
	q[n] = '\0';
	return q;
}

void np_arena_reset(struct np_arena *a)
{
	struct np_block *keep = a->head;

	a->used = 0;
	if (!keep)
		return;
	while (keep->next) {
		struct np_block *b = keep->next;

		keep->next = b->next;
		free(b);
	}
	keep->used = 0;
	if (keep->cap > BLOCK) {
		free(keep);
		a->head = NULL;
	}
}

void np_arena_free(struct np_arena *a)
{
	while (a->head) {
		struct np_block *b = a->head;

		a->head = b->next;
		free(b);
	}
	a->used = 0;
}
