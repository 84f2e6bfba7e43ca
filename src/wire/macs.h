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

#define NP_TAGGED 256

/* Tags of a frame in one word: the last one lowest, each with bit 15 set. */
static inline uint32_t np_tags_push(uint32_t tags, unsigned vlan)
{
	return tags << 16 | (vlan & 0x0fff) | 0x8000;
}

struct np_macs {
	struct np_mac *v;
	uint64_t *place; /* beside v: number of the first frame */
	size_t slots, n; /* slots: a power of two */
	struct np_mac_context *context;
	size_t ncontexts, contexts_cap;
	uint32_t *context_slot; /* index + 1; twice contexts_cap, open */
	/* Contexts of Ethernet frames with at most two tags, as a cache. */
	struct np_tagged {
		uint32_t tags, context; /* context: index + 1; 0: free */
	} tagged[NP_TAGGED];
	uint64_t full; /* senders that found no room */
};

bool np_macs_init(struct np_macs *m);
void np_macs_release(struct np_macs *m);
/* Index + 1 of a context, added when new; 0 when there is no room. */
unsigned np_macs_context(struct np_macs *m, const struct np_mac_context *c);
/* Forgets all senders. */
void np_macs_clear(struct np_macs *m);

static inline struct np_tagged *np_tagged_at(struct np_macs *m, uint32_t tags)
{
	return &m->tagged[(tags * UINT32_C(0x9e3779b1)) >> 24];
}

/* Index + 1 of the context of an Ethernet frame with these tags; 0: not
 * known yet. */
static inline unsigned np_macs_tagged(struct np_macs *m, uint32_t tags)
{
	const struct np_tagged *x = np_tagged_at(m, tags);

	return x->tags == tags ? x->context : 0;
}

/* Notes it. */
static inline void np_macs_know(struct np_macs *m, uint32_t tags,
				unsigned context)
{
	*np_tagged_at(m, tags) = (struct np_tagged){tags, context};
}

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

static inline void np_macs_ahead(const struct np_macs *m, uint64_t key)
{
	__builtin_prefetch(&m->v[np_macs_slot(m, key)], 1);
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
