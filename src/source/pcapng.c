/* SPDX-License-Identifier: ISC */
/*
 * pcapng (draft-ietf-opsawg-pcapng): blocks of a type, a length, a body and
 * the length again, so that a damaged file is noticed at once. Blocks that
 * carry no frame and say nothing of frames are stepped over: names (they are
 * people's too), secrets, journals, custom and unknown ones.
 */
#include "source/pcapng.h"
#include <stdio.h>
#include <stdlib.h>

enum {
	SECTION = 0x0a0d0d0a, /* reads the same in both byte orders */
	INTERFACE = 1,
	OLD_PACKET = 2,
	SIMPLE_PACKET = 3,
	STATISTICS = 5,
	ENHANCED_PACKET = 6,
};

#define BYTE_ORDER_MAGIC 0x1a2b3c4d
#define EPB_DROPCOUNT 4
#define BLOCK_MIN 12u

struct block {
	uint32_t type;
	uint32_t length; /* of all of it */
	uint64_t at;
	struct np_cur body; /* its front, when it exceeds the window */
	uint32_t body_n;    /* octets of body in the file */
};

static int broken(uint64_t at, const char *text, const char *what,
		  uint64_t value, struct np_err *reterr)
{
	char detail[64];

	(void)snprintf(detail, sizeof(detail), "%s %llu", what,
		       (unsigned long long)value);
	return np_fail(reterr, NP_EINPUT, text, detail, at);
}

static bool mine(struct np_cur head)
{
	return np_le32(&head) == SECTION && !head.cut;
}

static int open_pcapng(struct np_reader *r, struct np_err *reterr)
{
	struct np_pcapng *f = calloc(1, sizeof(*f));

	if (!f)
		return np_fail(reterr, NP_ENOMEM, "out of memory", NULL, 0);
	f->names = np_arena(NP_MAX_INTERFACES * (size_t)16);
	r->state = f;
	return NP_OK;
}

static void close_pcapng(struct np_reader *r)
{
	struct np_pcapng *f = r->state;

	if (!f)
		return;
	np_arena_free(&f->names);
	free(f->v);
	free(f);
}

/* A section's byte order stands behind its type and length (4.1). */
static int byte_order(struct np_reader *r, struct np_err *reterr)
{
	struct np_pcapng *f = r->state;
	struct np_cur c = np_feed_cur(r);

	np_skip(&c, 8);
	struct np_cur other = c;

	if (np_le32(&c) == BYTE_ORDER_MAGIC)
		f->big = false;
	else if (np_be32(&other) == BYTE_ORDER_MAGIC)
		f->big = true;
	else
		return np_fail(reterr, NP_EINPUT,
			       "a section without a byte order", NULL,
			       np_feed_at(r));
	return NP_OK;
}

/* What was left of a block that is larger than the window, and its second
 * length. 1, or as next(). */
static int pay(struct np_reader *r, struct np_err *reterr)
{
	struct np_pcapng *f = r->state;

	if (!f->owed)
		return 1;
	if (!np_feed_skip(r, f->owed - 4) || np_feed_want(r, 4) < 4)
		return np_feed_over(r, true, f->owed_at, reterr);
	struct np_cur c = np_feed_cur(r);
	uint32_t second = np_pcapng_u32(f, &c);

	if (second != f->owed_length)
		return broken(f->owed_at, "a block whose two lengths differ",
			      "the second is", second, reterr);
	r->s.at += 4;
	f->owed = 0;
	return 1;
}

static int check_length(const struct block *b, struct np_err *reterr)
{
	if (b->length < BLOCK_MIN)
		return broken(b->at, "a block shorter than its own header",
			      "length", b->length, reterr);
	if (b->length % 4)
		return broken(b->at, "a block whose length is no multiple of 4",
			      "length", b->length, reterr);
	if (b->length > NP_MAX_BLOCK)
		return broken(b->at, "a block longer than any that is read",
			      "length", b->length, reterr);
	return 1;
}

/* The header of the block ahead. 1, or as next(). */
static int head(struct np_reader *r, struct block *b, struct np_err *reterr)
{
	struct np_pcapng *f = r->state;
	size_t ready = np_feed_want(r, BLOCK_MIN);
	struct np_cur c = np_feed_cur(r);

	b->at = np_feed_at(r);
	if (ready < BLOCK_MIN)
		return np_feed_over(r, ready > 0, b->at, reterr);
	b->type = np_pcapng_u32(f, &c);
	if (b->type == SECTION) {
		int rc = byte_order(r, reterr);

		if (rc < 0)
			return rc;
	}
	b->length = np_pcapng_u32(f, &c);
	b->body_n = b->length - BLOCK_MIN;
	return check_length(b, reterr);
}

/* The body of a block that is to be read, and its second length. */
static int body(struct np_reader *r, struct block *b, struct np_err *reterr)
{
	struct np_pcapng *f = r->state;
	size_t n = b->length < NP_FEED_MAX ? b->length : NP_FEED_MAX;

	if (np_feed_want(r, n) < n)
		return np_feed_over(r, true, b->at, reterr);
	struct np_cur c = np_cur(r->s.at, n);

	np_skip(&c, 8);
	if (n < b->length) {
		b->body = c;
		f->owed = b->length - n;
		f->owed_length = b->length;
		f->owed_at = b->at;
		return 1;
	}
	b->body = np_sub(&c, b->body_n);
	uint32_t second = np_pcapng_u32(f, &c);

	if (second != b->length)
		return broken(b->at, "a block whose two lengths differ",
			      "the second is", second, reterr);
	return 1;
}

static struct np_pcapng_interface *interface_of(struct np_pcapng *f,
						const struct block *b,
						uint32_t id,
						struct np_err *reterr)
{
	if (id < f->n)
		return &f->v[id];
	(void)broken(b->at, "a packet of an interface that was not described",
		     "interface", id, reterr);
	return NULL;
}

/* The frame itself, cut to what is read of any frame. */
static int frame(struct np_reader *r, struct block *b,
		 const struct np_pcapng_interface *i, uint32_t n,
		 struct np_frame *ret, struct np_err *reterr)
{
	uint32_t header = (uint32_t)(b->body.p - r->s.at) - 8;

	if (n > b->body_n - header)
		return broken(b->at, "a packet longer than its block",
			      "captured length", n, reterr);
	if (ret->wire_n < n)
		ret->wire_n = n;
	ret->p = b->body.p;
	ret->n = n;
	ret->linktype = i->is.linktype;
	if (n > NP_MAX_FRAME) {
		ret->n = NP_MAX_FRAME;
		r->clipped++;
	}
	np_skip(&b->body, n); /* cuts a body beyond the window, read enough */
	np_frame_trim(ret, i->fcs);
	return 1;
}

static void packet_options(struct np_reader *r, struct np_cur c,
			   struct np_pcapng_interface *i)
{
	const struct np_pcapng *f = r->state;
	struct np_cur v;
	uint16_t code;

	while (c.left && np_pcapng_option(f, &c, &code, &v))
		if (code == EPB_DROPCOUNT && v.left == 8)
			np_pcapng_lost(r, i, np_pcapng_u64(f, &v));
}

/* 4.3, and its obsolete forerunner (appendix A). */
static int packet(struct np_reader *r, struct block *b, struct np_frame *ret,
		  struct np_err *reterr)
{
	struct np_pcapng *f = r->state;
	bool old = b->type == OLD_PACKET;
	uint32_t id =
		old ? np_pcapng_u16(f, &b->body) : np_pcapng_u32(f, &b->body);
	uint16_t lost = old ? np_pcapng_u16(f, &b->body) : UINT16_MAX;
	uint64_t ticks = np_pcapng_pair(f, &b->body);
	uint32_t n = np_pcapng_u32(f, &b->body);
	struct np_frame x = {.interface = id};

	x.wire_n = np_pcapng_u32(f, &b->body);
	if (b->body.cut)
		return broken(b->at, "a packet block that is cut", "length",
			      b->length, reterr);
	struct np_pcapng_interface *i = interface_of(f, b, id, reterr);

	if (!i)
		return NP_EINPUT;
	x.time = np_pcapng_time(&i->clock, ticks);
	int rc = frame(r, b, i, n, &x, reterr);

	if (rc < 0)
		return rc;
	if (lost != UINT16_MAX) /* unknown */
		np_pcapng_lost(r, i, lost);
	np_skip(&b->body, -n & 3);
	if (b->body.left)
		packet_options(r, b->body, i);
	*ret = x;
	np_reader_frame(r, ret);
	return 1;
}

/* 4.4: of the first interface, without a time; what was captured is what the
 * packet's length, the interface and the block have room for. */
static int simple_packet(struct np_reader *r, struct block *b,
			 struct np_frame *ret, struct np_err *reterr)
{
	struct np_pcapng *f = r->state;
	struct np_frame x = {.time = NP_NEVER};

	x.wire_n = np_pcapng_u32(f, &b->body);
	if (b->body.cut)
		return broken(b->at, "a packet block that is cut", "length",
			      b->length, reterr);
	const struct np_pcapng_interface *i = interface_of(f, b, 0, reterr);

	if (!i)
		return NP_EINPUT;
	uint32_t n = x.wire_n < b->body_n - 4 ? x.wire_n : b->body_n - 4;

	if (i->is.snaplen && n > i->is.snaplen)
		n = i->is.snaplen;
	int rc = frame(r, b, i, n, &x, reterr);

	if (rc < 0)
		return rc;
	*ret = x;
	np_reader_frame(r, ret);
	return 1;
}

/* 1: a frame; 0: none in this block; or a negative code. */
static int content(struct np_reader *r, struct block *b, struct np_frame *ret,
		   struct np_err *reterr)
{
	switch (b->type) {
	case ENHANCED_PACKET:
	case OLD_PACKET:
		return packet(r, b, ret, reterr);
	case SIMPLE_PACKET:
		return simple_packet(r, b, ret, reterr);
	case SECTION:
		return np_pcapng_section(r, b->body, reterr);
	case INTERFACE:
		return np_pcapng_interface(r, b->body, reterr);
	case STATISTICS:
		return np_pcapng_statistics(r, b->body, reterr);
	default:
		return 0;
	}
}

static bool is_read(uint32_t type)
{
	return type == SECTION ||
	       (type >= INTERFACE && type <= SIMPLE_PACKET) ||
	       type == STATISTICS || type == ENHANCED_PACKET;
}

static int next_pcapng(struct np_reader *r, struct np_frame *ret,
		       struct np_err *reterr)
{
	struct np_pcapng *f = r->state;
	struct block b;
	int rc;

	for (;;) {
		rc = pay(r, reterr);
		if (rc > 0)
			rc = head(r, &b, reterr);
		if (rc <= 0)
			return rc;
		if (!is_read(b.type)) {
			f->owed = b.length;
			f->owed_length = b.length;
			f->owed_at = b.at;
			continue;
		}
		rc = body(r, &b, reterr);
		if (rc <= 0)
			return rc;
		rc = content(r, &b, ret, reterr);
		if (rc < 0)
			return rc;
		r->s.at += b.length - f->owed;
		if (rc > 0)
			return 1;
	}
}

static const struct np_interface *interface(const struct np_reader *r,
					    uint32_t i)
{
	const struct np_pcapng *f = r->state;

	return i < f->n ? &f->v[i].is : NULL;
}

const struct np_format np_format_pcapng = {
	.kind = "pcapng",
	.mine = mine,
	.open = open_pcapng,
	.next = next_pcapng,
	.interface = interface,
	.close = close_pcapng,
};
