/* SPDX-License-Identifier: ISC */
/*
 * Memory that dies all at once. An arena has a hard limit, given at creation;
 * nothing inside it is freed singly. NULL when the limit or the system is out,
 * so running out of memory is a test axis: loop the limit from 0 up.
 */
#ifndef NP_ARENA_H
#define NP_ARENA_H
#include <stddef.h>

struct np_arena {
	struct np_block *head; /* newest block */
	size_t limit;	       /* octets that np_alloc may hand out in all */
	size_t used;
};

static inline struct np_arena np_arena(size_t limit)
{
	return (struct np_arena){.limit = limit};
}

/* n octets, aligned for any object, not zeroed. */
void *np_alloc(struct np_arena *a, size_t n);
/* n zeroed octets. */
void *np_zalloc(struct np_arena *a, size_t n);
/* A copy of n octets at p. */
void *np_copy(struct np_arena *a, const void *p, size_t n);
/* A copy of n octets at p with a NUL behind. */
char *np_copystr(struct np_arena *a, const void *p, size_t n);
/* Forgets all; keeps one block so that a frame arena costs no malloc. */
void np_arena_reset(struct np_arena *a);
/* Gives everything back. */
void np_arena_free(struct np_arena *a);
#endif
