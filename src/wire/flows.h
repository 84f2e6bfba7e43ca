/* SPDX-License-Identifier: ISC */
/*
 * The table of TCP directions, associative in sets of four: a tag word says
 * which entry to touch. Before it stands a cache of decided directions that
 * holds hashes only, small enough for a processor's own cache: there most
 * packets of a capture end. The table alone is the truth; what the cache forgot
 * is looked up.
 */
#ifndef NP_FLOWS_H
#define NP_FLOWS_H
#include "wire/decided.h"

struct np_from;
struct np_pending;
struct np_segment;

struct np_flow_key {
	uint64_t w[5]; /* addresses; ports, depth and length */
};

enum np_flow_state {
	NP_FLOW_OPEN,  /* undecided, or in a message */
	NP_FLOW_SKIP,  /* the next message begins at `next` */
	NP_FLOW_WATCH, /* lost: waits for a segment that .sync() likes */
	NP_FLOW_DONE,
};

struct np_flow {
	struct np_flow_key key;
	uint32_t next;	      /* sequence number of the next octet wanted */
	uint32_t base;	      /* sequence number of octet 0 of the direction */
	uint32_t tick;	      /* when it was touched last */
	uint8_t state, proto; /* proto: index, for SKIP and WATCH */
	uint8_t sniff;	      /* DONE: segments whose beginning is looked at */
	bool start;	      /* the SYN was seen */
	struct np_pending *pending;
};

struct np_flows {
	uint16_t *tag; /* 0: free */
	struct np_flow *v;
	size_t sets; /* a power of two */
	uint32_t tick;
	struct np_decided done;
};

/* Room for n directions at least; false when memory is out. */
bool np_flows_init(struct np_flows *f, size_t n);
void np_flows_release(struct np_flows *f);
/* Forgets all, of which nothing may be pending. */
void np_flows_clear(struct np_flows *f);

struct np_flow_key np_flow_key(const struct np_from *f);

static inline uint64_t np_flow_hash(const struct np_flow_key *k)
{
	const uint64_t m = UINT64_C(0xc2b2ae3d27d4eb4f);
	const uint64_t n = UINT64_C(0x9e3779b97f4a7c15);
	uint64_t h = k->w[0];

	if ((k->w[4] & 0xff) != 4)
		for (int i = 1; i < 4; i++)
			h = (h ^ (h >> 29)) * m ^ k->w[i];
	h = (h ^ (k->w[4] * n)) * n;
	return (h ^ (h >> 32)) | UINT64_C(1) << 63; /* never 0 */
}

/* The direction's entry; NULL when the table has none. */
struct np_flow *np_flows_find(struct np_flows *f, const struct np_flow_key *k,
			      uint64_t hash);
/* An entry for one that it has not, in place of another's where the set is
 * full: *ret_lost is what was pending of that one, or NULL. */
struct np_flow *np_flows_add(struct np_flows *f, const struct np_flow_key *k,
			     uint64_t hash, struct np_pending **ret_lost);

/*
 * Three steps for a segment with a whole header, each some frames after the one
 * before, so that what it reads is near: finds the direction's hash and fetches
 * tags; finds its word or fetches its entry, or all that it may get;
 */
void np_flows_ahead(const struct np_flows *f, struct np_segment *s);
void np_flows_near(const struct np_flows *f, struct np_segment *s);
/* and, where it has octets or an end and no SYN: is nothing to be done with it,
 * its direction being decided or its octets part of a message that is passed
 * over? The step between may be left out. */
bool np_flows_decided(struct np_flows *f, const uint8_t may_begin[8192],
		      const struct np_segment *s);
#endif
