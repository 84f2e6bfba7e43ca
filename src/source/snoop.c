/* SPDX-License-Identifier: ISC */
/*
 * snoop (RFC 1761): a file header of 16 octets, then records of 24 octets, a
 * frame and padding, all big endian. Each record says how many frames were lost
 * before it.
 */
#include "source/reader.h"
#include <stdio.h>

#define FILE_HEADER 16
#define RECORD_HEADER 24

static bool mine(struct np_cur head)
{
	return np_eat(&head, "snoop\0\0\0", 8) && np_be32(&head) == 2;
}

/* RFC 1761 table 1 to LINKTYPE_*; others are left to be counted as not read,
 * far from any number that tcpdump.org gives. */
static uint32_t link_type(uint32_t datalink)
{
	switch (datalink) {
	case 0: /* IEEE 802.3 */
	case 4: /* Ethernet */
		return 1;
	case 2: /* token ring */
		return 6;
	case 8: /* FDDI */
		return 10;
	default:
		return 0x10000 + datalink;
	}
}

static int open_snoop(struct np_reader *r, struct np_err *reterr)
{
	if (np_feed_want(r, FILE_HEADER) < FILE_HEADER)
		return np_fail(reterr, NP_EINPUT,
			       "snoop, but cut inside its file header", NULL,
			       np_feed_at(r));
	struct np_cur c = np_feed_cur(r);

	np_skip(&c, 12);
	r->s.linktype = link_type(np_be32(&c));
	r->s.at += FILE_HEADER;
	return NP_OK;
}

static int next_snoop(struct np_reader *r, struct np_frame *ret,
		      struct np_err *reterr)
{
	size_t ready = np_feed_want(r, RECORD_HEADER);
	uint64_t at = np_feed_at(r);

	if (ready < RECORD_HEADER)
		return np_feed_over(r, ready > 0, at, reterr);
	struct np_cur c = np_feed_cur(r);
	uint32_t wire_n = np_be32(&c), n = np_be32(&c), all = np_be32(&c);

	r->drops = np_be32(&c);
	uint32_t seconds = np_be32(&c), micro = np_be32(&c);

	if (all < RECORD_HEADER || n > all - RECORD_HEADER ||
	    n > NP_MAX_FRAME || all > NP_FEED_MAX)
		return np_fail(reterr, NP_EINPUT,
			       "a record whose lengths do not fit", "snoop",
			       at);
	/* The last record may lack its padding. */
	ready = np_feed_want(r, all);
	if (ready < RECORD_HEADER + n)
		return np_feed_over(r, true, at, reterr);
	*ret = (struct np_frame){
		.p = r->s.at + RECORD_HEADER,
		.n = n,
		.wire_n = wire_n < n ? n : wire_n,
		.time = (int64_t)seconds * 1000000000 + (int64_t)micro * 1000,
		.linktype = r->s.linktype,
	};
	np_reader_frame(r, ret);
	r->s.at += ready < all ? ready : all;
	return 1;
}

/* Nothing of its own is held. */
static void close_snoop(struct np_reader *r)
{
	(void)r;
}

const struct np_format np_format_snoop = {
	.kind = "snoop",
	.mine = mine,
	.open = open_snoop,
	.next = next_snoop,
	.close = close_snoop,
};
