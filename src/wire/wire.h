/* SPDX-License-Identifier: ISC */
/*
 * peel(): a frame becomes payloads, each with the protocols that may want it.
 * Carriers only: Ethernet, tags, LLC, IP, tunnels, UDP, TCP, SCTP. State of
 * fragments and streams lives here, bounded; the oldest undecided goes first
 * and is counted.
 */
#ifndef NP_WIRE_H
#define NP_WIRE_H
#include "proto/proto.h"
#include "source/source.h"

struct np_wire_conf {
	bool open_subscriber; /* read --raw: open GTP-U, PPPoE, L2TP … */
	bool batches; /* octets of frames stay until np_tally_catch_up() */
	size_t flows, pending, fragments; /* limits; 0: core/limits.h */
};

struct np_wire_stats {
	uint64_t unread_link;	     /* frames of link types not read */
	uint32_t unread_link_type;   /* one of them */
	uint64_t subscriber_tunnels; /* counted, not opened */
	uint64_t flows_dropped, pending_dropped, fragments_dropped;
};

/* One payload for its candidates. Returns what became of it, as decode() does;
 * *ret_next and *ret_more as np_out has them. */
struct np_payload {
	const struct np_proto *const *candidates; /* NULL behind the last */
	struct np_from from;
	struct np_cur cur;
	const uint8_t *base; /* the octet whose offset is origin */
	size_t base_n;
	size_t origin;
	bool subscriber; /* inside a subscriber's tunnel */
	bool lasting;	 /* nobody waits for the answer: may be put off */
	/* Where and when it was heard: one frame, or, for addresses that the
	 * wire counts itself, many. */
	uint64_t place; /* number of the frame where it began */
	int64_t first, last;
	uint64_t count;
};

struct np_answer {
	enum np_verdict verdict;
	const struct np_proto *proto; /* who said so */
	size_t next, more;
};

typedef struct np_answer np_payload_fn(void *ctx, const struct np_payload *p);

struct np_wire;
struct np_wire *np_wire_new(const struct np_wire_conf *conf, np_payload_fn *fn,
			    void *ctx);
void np_peel(struct np_wire *w, const struct np_frame *f);
/* Frames that are valid together; the far ones' table entries are fetched while
 * the near ones are read. */
#define NP_AHEAD 16
/* A frame that will come soon, among the next NP_AHEAD: fetches the table
 * entries that it will touch. Only speed depends on it. */
void np_peel_ahead(struct np_wire *w, const struct np_frame *f);
/* A segment is over: the senders counted in it are given out. */
void np_wire_segment(struct np_wire *w);
/* The source is over: undecided streams get their last call. */
void np_wire_end(struct np_wire *w);
void np_wire_stats(const struct np_wire *w, struct np_wire_stats *ret);
void np_wire_free(struct np_wire *w);
#endif
