/* SPDX-License-Identifier: ISC */
/*
 * Senders' addresses, counted: one entry for each address in each context
 * (VLAN tags, depth, kind of capture). The only table that every frame
 * touches, so it is small and open, and nothing else is done for a sender
 * heard before.
 */
#ifndef NP_MACS_H
#define NP_MACS_H
#include "core/limits.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct np_mac {
	uint64_t key; /* address << 16 | context + 1; 0: free */
	int64_t first, last;
	uint64_t place; /* number of the first frame */
	uint64_t count;
};

struct np_mac_context {
	uint8_t depth, nvlan, proto; /* proto: index in np_protos */
	uint8_t subscriber;
	uint16_t vlan[NP_MAX_VLANS];
};

struct np_macs {
	struct np_mac *v;
	size_t slots, n; /* slots: a power of two */
	struct np_mac_context *context;
	size_t ncontexts, contexts_cap;
	uint64_t full; /* senders that found no room */
};

bool np_macs_init(struct np_macs *m);
void np_macs_release(struct np_macs *m);
/* Index of a context, added when new; -1 when there is no room. */
int np_macs_context(struct np_macs *m, const struct np_mac_context *c);
/* Doubles the table. */
bool np_macs_grow(struct np_macs *m);
/* Forgets all senders. */
void np_macs_clear(struct np_macs *m);

static inline uint64_t np_mac_key(const uint8_t *mac, unsigned context)
{
	return (uint64_t)mac[0] << 56 | (uint64_t)mac[1] << 48 |
	       (uint64_t)mac[2] << 40 | (uint64_t)mac[3] << 32 |
	       (uint64_t)mac[4] << 24 | (uint64_t)mac[5] << 16 |
	       (uint64_t)(context + 1);
}

static inline void np_macs_count(struct np_macs *m, const uint8_t *mac,
				 unsigned context, int64_t time,
				 uint64_t number)
{
	uint64_t key = np_mac_key(mac, context);
	size_t mask = m->slots - 1;
	size_t at = (size_t)((key * UINT64_C(0x9e3779b97f4a7c15)) >> 32) & mask;

	for (;; at = (at + 1) & mask) {
		struct np_mac *x = &m->v[at];

		if (x->key == key) {
			x->count++;
			x->last = time > x->last ? time : x->last;
			x->first = time < x->first ? time : x->first;
			return;
		}
		if (!x->key)
			break;
	}
	if (m->n * 2 >= m->slots) {
		if (!np_macs_grow(m)) {
			m->full++;
			return;
		}
		mask = m->slots - 1;
		at = (size_t)((key * UINT64_C(0x9e3779b97f4a7c15)) >> 32) &
		     mask;
		while (m->v[at].key)
			at = (at + 1) & mask;
	}
	m->v[at] = (struct np_mac){.key = key,
				   .first = time,
				   .last = time,
				   .place = number,
				   .count = 1};
	m->n++;
}
#endif
