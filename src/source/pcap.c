/* SPDX-License-Identifier: ISC */
/*
 * Classic pcap (draft-ietf-opsawg-pcap): a file header of 24 octets, then
 * records of 16 octets and a frame. Little-endian files of version 2.4 without
 * a frame check sequence are read by the inline part of np_source_next; the
 * rest comes here: the other byte order, older versions, the buffer's end.
 */
#include "source/reader.h"
#include <stdlib.h>

#define FILE_HEADER 24
#define RECORD_HEADER 16

struct pcap {
	bool big;
	uint32_t minor;
	uint32_t fcs; /* octets behind each frame that are no payload */
};

static uint32_t u32(const struct pcap *f, struct np_cur *c)
{
	return f->big ? np_be32(c) : np_le32(c);
}

static uint16_t u16(const struct pcap *f, struct np_cur *c)
{
	return f->big ? np_be16(c) : np_le16(c);
}

/* ns in a unit of the fraction, by the magic in its own byte order; 0: not
 * this format. */
static int64_t unit(uint32_t magic)
{
	switch (magic) {
	case 0xa1b2c3d4:
		return 1000;
	case 0xa1b23c4d:
		return 1;
	default:
		return 0;
	}
}

static bool mine(struct np_cur head)
{
	struct np_cur other = head;

	return unit(np_le32(&head)) || unit(np_be32(&other));
}

static int refused(struct np_reader *r, const char *text, const char *what,
		   uint32_t value, struct np_err *reterr)
{
	char detail[64];

	(void)snprintf(detail, sizeof(detail), "%s %u", what, value);
	return np_fail(reterr, NP_EINPUT, text, detail, np_feed_at(r));
}

/*
 * The link type's word also holds, in its upper bits, whether and how many
 * octets of frame check sequence follow a frame, counted in 16-bit units
 * (draft-ietf-opsawg-pcap, section 4).
 */
static void link_type(struct np_reader *r, struct pcap *f, uint32_t word)
{
	r->s.linktype = word & 0xffff;
	if (word & 0x04000000)
		f->fcs = (word >> 28) * 2;
}

static int open_pcap(struct np_reader *r, struct np_err *reterr)
{
	if (np_feed_want(r, FILE_HEADER) < FILE_HEADER)
		return np_fail(reterr, NP_EINPUT,
			       "pcap, but cut inside its file header", NULL,
			       np_feed_at(r));
	struct pcap *f = calloc(1, sizeof(*f));

	if (!f)
		return np_fail(reterr, NP_ENOMEM, "out of memory", NULL, 0);
	r->state = f;
	struct np_cur c = np_feed_cur(r);
	struct np_cur magic = c;

	r->s.ns = unit(np_le32(&magic));
	f->big = !r->s.ns;
	if (f->big)
		magic = c, r->s.ns = unit(np_be32(&magic));
	np_skip(&c, 4);
	uint16_t major = u16(f, &c);

	f->minor = u16(f, &c);
	if (major != 2)
		return refused(r, "pcap of a version that is not read",
			       "major version", major, reterr);
	if (f->minor > 4)
		return refused(r, "pcap of a version that is not read",
			       "minor version", f->minor, reterr);
	np_skip(&c, 12); /* time zone, accuracy, snapshot length: unused */
	link_type(r, f, u32(f, &c));
	r->s.at += FILE_HEADER;
	if (!f->big && f->minor == 4 && !f->fcs)
		r->s.quick_below = NP_MAX_FRAME + 1;
	return NP_OK;
}

/* Before version 2.3 the two lengths stood the other way round, and 2.3 was
 * written both ways. */
static void old_order(const struct pcap *f, uint32_t *n, uint32_t *wire_n)
{
	uint32_t swap = *n;

	if (f->minor == 4 || (f->minor == 3 && *n <= *wire_n))
		return;
	*n = *wire_n;
	*wire_n = swap;
}

static int next_pcap(struct np_reader *r, struct np_frame *ret,
		     struct np_err *reterr)
{
	const struct pcap *f = r->state;
	size_t ready = np_feed_want(r, RECORD_HEADER);
	uint64_t at = np_feed_at(r);

	if (ready < RECORD_HEADER)
		return np_feed_over(r, ready > 0, at, reterr);
	struct np_cur c = np_feed_cur(r);
	uint32_t seconds = u32(f, &c);
	uint32_t fraction = u32(f, &c);
	uint32_t n = u32(f, &c);
	uint32_t wire_n = u32(f, &c);

	old_order(f, &n, &wire_n);
	if (n > NP_MAX_FRAME)
		return refused(r, "a record longer than any frame",
			       "captured length", n, reterr);
	if (np_feed_want(r, RECORD_HEADER + n) < RECORD_HEADER + n)
		return np_feed_over(r, true, at, reterr);
	*ret = (struct np_frame){
		.p = r->s.at + RECORD_HEADER,
		.n = n,
		.wire_n = wire_n < n ? n : wire_n,
		.time = (int64_t)seconds * 1000000000 +
			(int64_t)fraction * r->s.ns,
		.linktype = r->s.linktype,
	};
	np_frame_trim(ret, f->fcs);
	np_reader_frame(r, ret);
	r->s.at += RECORD_HEADER + n;
	return 1;
}

static void close_pcap(struct np_reader *r)
{
	free(r->state);
}

const struct np_format np_format_pcap = {
	.kind = "pcap",
	.mine = mine,
	.open = open_pcap,
	.next = next_pcap,
	.close = close_pcap,
};
