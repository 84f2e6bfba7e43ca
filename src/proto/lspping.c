/* SPDX-License-Identifier: ISC */
/*
 * LSP ping (RFC 8029 clause 3): a router asks along a label switched path, and
 * another answers. Either may name the maker whose own elements it sends, and
 * an answer may tell where the question came in.
 *
 *	1, flags, type, reply mode, return code, return subcode, handle,
 *	sequence, two times; elements of type, length, value in whole words
 */
#include "proto/proto.h"

enum { VENDOR_PEN, ADDRESS, ROLE };

static const struct np_field fields[] = {
	[VENDOR_PEN] = {"vendor_pen", NP_UINT, NP_KEY_NONE, 0,
			"Vendor Enterprise Number"},
	[ADDRESS] = {"address", NP_IP, NP_KEY_IP, 0,
		     "address of the answering router where the question came "
		     "in"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0, "LSR of who sends"},
};

enum { REQUEST = 1, REPLY = 2, MODES = 4, HEAD = 32 };

/* 3, and the kind of address of 3.6 */
enum { T_VENDOR = 5, T_INTERFACE = 7 };

static void read_interface(struct np_out *o, struct np_cur v)
{
	enum { V4_NUMBERED = 1, V4_UNNUMBERED, V6_NUMBERED, V6_UNNUMBERED };
	unsigned kind = np_u8(&v);

	np_skip(&v, 3);
	if (kind == V4_NUMBERED || kind == V4_UNNUMBERED)
		np_emit(o, ADDRESS, np_sub(&v, 4));
	else if (kind == V6_NUMBERED || kind == V6_UNNUMBERED)
		np_emit(o, ADDRESS, np_sub(&v, 16));
}

static enum np_verdict lspping_decode(struct np_cur *c, struct np_out *o)
{
	struct np_cur head = np_sub(c, HEAD);
	unsigned version = np_be16(&head);

	np_skip(&head, 2);
	const uint8_t *at = head.p;
	unsigned type = np_u8(&head), mode = np_u8(&head);

	if (head.cut || version != 1 || (type != REQUEST && type != REPLY) ||
	    !mode || mode > MODES)
		return NP_NOT_MINE;
	np_emit_word(o, ROLE, "LSR", at);
	while (c->left) {
		unsigned kind = np_be16(c);
		size_t n = np_be16(c);
		struct np_cur v = np_sub(c, n);

		/* The last may come without its filling. */
		np_skip(c, c->left < (-n & 3) ? c->left : -n & 3);
		if (kind == T_VENDOR && v.left == 4)
			np_emit(o, VENDOR_PEN, v);
		else if (kind == T_INTERFACE && type == REPLY)
			read_interface(o, v);
	}
	return c->cut ? NP_MALFORMED : NP_DECODED;
}

/* Handle, sequence and times. */
static void lspping_noise(struct np_cur c, struct np_noise *z)
{
	np_skip(&c, 8);
	np_noisy(z, np_sub(&c, HEAD - 8));
}

static const struct np_match match[] = {NP_UDP(3503)};

const struct np_proto np_proto_lspping = {
	.name = "lspping",
	.title = "LSP ping",
	.spec = "RFC 8029",
	.layer = "service",
	.grade = "E5",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = lspping_decode,
	.noise = lspping_noise,
};
