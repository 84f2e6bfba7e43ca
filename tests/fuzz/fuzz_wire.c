/* SPDX-License-Identifier: ISC */
/*
 * Any octets as frames of any link type, through np_peel, decoders, seal and
 * tally. The input is a list of frames: octet 0 chooses the link type (those
 * that are read, and one that is not), octets 1 and 2 are the length.
 */
#include "core/limits.h"
#include "fuzz.h"
#include "sighting/sighting.h"
#include "wire/wire.h"
#include <stdlib.h>
#include <string.h>

/* LINKTYPE_*: null, Ethernet, PPP, 802.11, raw IP, Cisco HDLC, PPP in HDLC
 * framing, Linux cooked, radiotap, IPv4, IPv6, cooked v2, unknown. */
static const uint32_t links[] = {0,   1,   9,	105, 101, 104, 50,
				 113, 127, 228, 229, 276, 147};

static void give(void *ctx, uint32_t number, const uint8_t *body, size_t n,
		 const struct np_occurrence *o)
{
	static _Thread_local struct np_sighting s;
	uint64_t *given = ctx;

	if ((body && np_body_read(body, n, &s) < 0) || number >= 64 ||
	    !o->count || o->first > o->last)
		abort(); /* what was sealed can be read */
	*given += 1;
}

static void peel(struct np_wire *w, struct np_cur *c, uint64_t number)
{
	uint8_t link = np_u8(c);
	size_t n = np_be16(c);
	struct np_cur f = np_sub(c, n < c->left ? n : c->left);
	/* Exactly as large as the frame, so that a read past it is seen. */
	uint8_t *p = malloc(f.left ? f.left : 1);

	if (!p)
		return;
	if (f.left)
		memcpy(p, f.p, f.left);
	struct np_frame frame = {
		.p = p,
		.n = (uint32_t)f.left,
		.wire_n = (uint32_t)n,
		.number = number,
		.time = (int64_t)number * 1000,
		.linktype = links[link % (sizeof(links) / sizeof(*links))],
	};
	np_peel_ahead(w, &frame);
	np_peel(w, &frame);
	free(p);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct np_seal_rules rules = {.raw = n && p[0] & 1};
	/* Small limits, so that what happens at them is reached. */
	struct np_wire_conf conf = {.open_subscriber = n && p[0] & 2,
				    .flows = 16,
				    .pending = 64 * 1024,
				    .fragments = 8};
	uint64_t given = 0;
	struct np_tally *t = np_tally_new(&rules, 64, give, &given);
	struct np_wire *w = t ? np_wire_new(&conf, np_tally_payload, t) : NULL;
	struct np_cur c = np_cur(p, n);
	uint64_t number = 0;

	if (t && n && p[0] & 4)
		np_tally_number(t);
	np_skip(&c, 1);
	while (w && c.left) {
		peel(w, &c, ++number);
		if (number % 32)
			continue;
		np_wire_segment(w);
		np_tally_flush(t);
	}
	if (w)
		np_wire_end(w);
	if (t)
		np_tally_flush(t);
	np_wire_free(w);
	np_tally_free(t);
	return 0;
}
