/* SPDX-License-Identifier: ISC */
/* Octets to numbers; several numbers may have the same octets. */
#ifndef NP_PLACE_INDEX_H
#define NP_PLACE_INDEX_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct np_index_entry {
	uint64_t hash;
	const void *key;	 /* not copied: outlives the index */
	uint32_t n, value, next; /* next: entry of the same slot, 0: none */
};

struct np_index {
	struct np_index_entry *v; /* from 1 */
	uint32_t *slots;
	uint32_t n, cap, nslots;
};

bool np_index_add(struct np_index *x, const void *key, size_t n,
		  uint32_t value);
/* The first entry with this key, newest first; 0: none. */
uint32_t np_index_find(const struct np_index *x, const void *key, size_t n);
uint32_t np_index_more(const struct np_index *x, uint32_t entry);
static inline uint32_t np_index_value(const struct np_index *x, uint32_t entry)
{
	return x->v[entry].value;
}
void np_index_free(struct np_index *x);
#endif
