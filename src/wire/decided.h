/* SPDX-License-Identifier: ISC */
/*
 * A cache of decided directions: hashes only, in sets of one line each, 256 KiB
 * together, so that it stays near the processor. A word is a hash whose low
 * bits are replaced by the segments that are still looked at; 0: free. What it
 * forgets is looked up in the table of flows, which alone is the truth.
 */
#ifndef NP_DECIDED_H
#define NP_DECIDED_H
#include "core/table.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define NP_DECIDED_SETS 4096u
#define NP_DECIDED_WAYS 8u
#define NP_DECIDED_LEFT 15u /* the most segments to look at */

struct np_decided {
	uint64_t *v;
};

static inline bool np_decided_init(struct np_decided *d)
{
	d->v = np_table_alloc(sizeof(*d->v) * NP_DECIDED_SETS *
			      NP_DECIDED_WAYS);
	return d->v;
}

static inline void np_decided_release(struct np_decided *d)
{
	free(d->v);
}

static inline void np_decided_clear(struct np_decided *d)
{
	memset(d->v, 0, sizeof(*d->v) * NP_DECIDED_SETS * NP_DECIDED_WAYS);
}

static inline uint64_t *np_decided_line(const struct np_decided *d,
					uint64_t hash)
{
	return &d->v[(hash >> 20) % NP_DECIDED_SETS * NP_DECIDED_WAYS];
}

static inline void np_decided_ahead(const struct np_decided *d, uint64_t hash)
{
	__builtin_prefetch(np_decided_line(d, hash), 1);
}

/* A hash has its top bit set, so that it is like no free word. */
static inline bool np_decided_is(uint64_t word, uint64_t hash)
{
	return (word ^ hash) <= NP_DECIDED_LEFT;
}

/* The words of a line in a direction's own order: the first mostly is it. */
static inline uint64_t *np_decided_way(uint64_t *line, uint64_t hash, size_t i)
{
	return &line[((hash >> 4) + i) % NP_DECIDED_WAYS];
}

/* The word of a direction; NULL when it is not known. */
static inline uint64_t *np_decided_find(const struct np_decided *d,
					uint64_t hash)
{
	uint64_t *line = np_decided_line(d, hash);

	for (size_t i = 0; i < NP_DECIDED_WAYS; i++) {
		uint64_t *at = np_decided_way(line, hash, i);

		if (np_decided_is(*at, hash))
			return at;
	}
	return NULL;
}

static inline uint64_t *np_decided_put(const struct np_decided *d,
				       uint64_t hash, unsigned left)
{
	uint64_t *line = np_decided_line(d, hash);
	uint64_t *at = np_decided_way(line, hash, 0);

	for (size_t i = 1; i < NP_DECIDED_WAYS && *at; i++)
		if (!*np_decided_way(line, hash, i))
			at = np_decided_way(line, hash, i);
	*at = (hash & ~(uint64_t)NP_DECIDED_LEFT) | left;
	return at;
}

/* The direction is open again. */
static inline void np_decided_drop(const struct np_decided *d, uint64_t hash)
{
	uint64_t *at = np_decided_find(d, hash);

	if (at)
		*at = 0;
}

static inline unsigned np_decided_left(uint64_t word)
{
	return (unsigned)word & NP_DECIDED_LEFT;
}
#endif
