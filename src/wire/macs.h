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
#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct np_mac {
	uint64_t key; /* address << 16 | context + 1; 0: free */
	int64_t first, last;
	uint64_t count;
};

struct np_mac_context {
	uint8_t depth, nvlan, proto; /* proto: index in np_protos */
	uint8_t subscriber;
	uint16_t vlan[NP_MAX_VLANS];
};

struct np_macs {
	struct np_mac *v;
	uint64_t *place; /* beside v: number of the first frame */
	size_t slots, n; /* slots: a power of two */
	unsigned plain;	 /* context + 1 of an untagged Ethernet frame */
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

/* The eight octets from an address on, of which six count. */
static inline uint64_t np_mac_key(const uint8_t *mac, unsigned context)
{
	uint64_t key;

	memcpy(&key, mac, sizeof(key));
	return (be64toh(key) & ~UINT64_C(0xffff)) | (context + 1);
}

static inline size_t np_macs_slot(const struct np_macs *m, uint64_t key)
{
	return (size_t)((key * UINT64_C(0x9e3779b97f4a7c15)) >> 32) &
	       (m->slots - 1);
}

/* A sender that is not in the table yet. */
void np_macs_add(struct np_macs *m, uint64_t key, int64_t time,
		 uint64_t number);

static inline void np_macs_count(struct np_macs *m, uint64_t key, int64_t time,
				 uint64_t number)
{
	size_t at = np_macs_slot(m, key);

	while (m->v[at].key != key) {
		if (!m->v[at].key) {
			np_macs_add(m, key, time, number);
			return;
		}
		at = (at + 1) & (m->slots - 1);
	}
	struct np_mac *x = &m->v[at];

	x->count++;
	if (time >= x->last)
		x->last = time;
	else if (time < x->first)
		x->first = time;
}
#endif
