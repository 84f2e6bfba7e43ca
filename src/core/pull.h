/* SPDX-License-Identifier: ISC */
/*
 * JSON (RFC 8259) taken value by value from one line that is in memory, for
 * filters that read more lines than a tree could be built of. It is strict, and
 * keeps nothing: a text without escapes is a view into the line.
 *
 * What is broken says why, once and for good: later calls give nothing, so a
 * group of them needs one test of `why`.
 */
#ifndef NP_PULL_H
#define NP_PULL_H
#include "core/arena.h"
#include "core/cur.h"

#define NP_PULL_DEPTH 64 /* arrays and objects inside each other */

struct np_pull {
	struct np_cur c;
	const char *why; /* a constant sentence, NULL while all is well */
};

static inline struct np_pull np_pull(const void *p, size_t n)
{
	return (struct np_pull){.c = np_cur(p, n)};
}

/* Fails it, unless it has failed before. Always false. */
bool np_pull_fail(struct np_pull *p, const char *why);
/* The first octet of the value ahead, behind white space: one of { [ " - 0-9 t
 * f n, or whatever stands there; 0 at the end. */
char np_pull_ahead(struct np_pull *p);
/* Steps into an object. */
bool np_pull_object(struct np_pull *p);
/* The next member's name (as np_pull_text) up to its value, which the caller
 * takes; false when the object is over. *begun is false before the first. */
bool np_pull_member(struct np_pull *p, bool *begun, struct np_arena *mem,
		    struct np_cur *ret_name);
/* Steps into an array. */
bool np_pull_array(struct np_pull *p);
/* Up to the next value of an array, which the caller takes; false when it is
 * over. *begun is false before the first. A comma behind the last value is let
 * pass: some write one. */
bool np_pull_item(struct np_pull *p, bool *begun);
/* A string, decoded; `mem` holds it where it had escapes. Half a surrogate pair
 * becomes U+FFFD; a NUL may be inside. */
bool np_pull_text(struct np_pull *p, struct np_arena *mem, struct np_cur *ret);
/* Any value, as its octets stand in the line. */
bool np_pull_raw(struct np_pull *p, struct np_cur *ret);
/* Nothing but white space follows. */
bool np_pull_end(struct np_pull *p);
#endif
