/* SPDX-License-Identifier: ISC */
/*
 * eCPRI (eCPRI Specification 2.0, 3.1.3): what a radio unit and its baseband
 * exchange. Nothing in it names anybody, and what a message holds is the two
 * makers' agreement, so by it alone nobody is told from the other; that they
 * are here, and what kinds of messages they send, is all there is. Over UDP it
 * has no port of its own.
 *
 * It is most of what there is on a front haul's link: all behind a head is
 * noise.
 */
#include "proto/proto.h"

enum { REVISION, MESSAGE_TYPE };

static const struct np_field fields[] = {
	[REVISION] = {"revision", NP_UINT, NP_KEY_NONE, 0, "protocol revision"},
	[MESSAGE_TYPE] = {"message_type", NP_UINT, NP_KEY_NONE, 0,
			  "0 samples, 2 control, 5 delay, 6 reset, 7 events, "
			  "from 64 on a maker's own"},
};

/* 3.2.4: from 12 to 63 there are none. */
enum { NONE = 12, OWN = 64, MESSAGES = 16 };

struct head {
	unsigned revision, type;
	bool more;
	size_t n;
};

static bool read_head(struct np_cur *c, struct head *ret)
{
	unsigned first = np_u8(c);

	ret->revision = first >> 4;
	ret->more = first & 1;
	ret->type = np_u8(c);
	ret->n = np_be16(c);
	return !c->cut && (ret->revision == 1 || ret->revision == 2) &&
	       !(first & 0x0e) && (ret->type < NONE || ret->type >= OWN);
}

static enum np_verdict ecpri_decode(struct np_cur *c, struct np_out *o)
{
	struct head h = {.more = true};

	for (int i = 0; i < MESSAGES && h.more; i++) {
		const uint8_t *at = c->p;

		if (!read_head(c, &h))
			return i ? NP_MALFORMED : NP_NOT_MINE;
		if (h.n > c->left)
			return NP_MALFORMED;
		if (!i)
			np_emit_u(o, REVISION, c, at, h.revision);
		np_emit_u(o, MESSAGE_TYPE, c, at + 1, h.type);
		/* 3.1.3.1.2: the next one begins at a multiple of four. */
		size_t n = h.more ? (h.n + 3) / 4 * 4 : h.n;

		np_skip(c, n);
	}
	return c->cut ? NP_MALFORMED : NP_DECODED;
}

static void ecpri_noise(struct np_cur c, struct np_noise *ret)
{
	struct np_cur head = c;
	struct head h;

	if (!read_head(&head, &h) || h.more || h.n > head.left)
		return;
	np_skip(&c, 4);
	np_noisy(ret, c);
}

static const struct np_match match[] = {NP_ETHERTYPE(0xaefe)};

const struct np_proto np_proto_ecpri = {
	.name = "ecpri",
	.title = "evolved Common Public Radio Interface",
	.spec = "eCPRI Specification 2.0",
	.layer = "link",
	.grade = "E1",
	.heard = false,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = ecpri_decode,
	.noise = ecpri_noise,
};
