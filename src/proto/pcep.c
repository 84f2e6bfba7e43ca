/* SPDX-License-Identifier: ISC */
/*
 * PCEP (RFC 5440 clause 6): a router asks for paths, a server computes them. An
 * OPEN tells of its sender; a maker's own information (RFC 7470) may stand in
 *it or in any other message. Who is which, the other messages tell.
 *
 *	version and flags, type, length; objects of class, type and flags,
 *	length; elements of type, length, value in whole words
 */
#include "proto/proto.h"

enum { KEEPALIVE, VENDOR_PEN, SPEAKER, ROLE };

static const struct np_field fields[] = {
	[KEEPALIVE] = {"keepalive", NP_UINT, NP_KEY_NONE, 0,
		       "seconds between keepalives"},
	[VENDOR_PEN] = {"vendor_pen", NP_UINT, NP_KEY_NONE, 0,
			"enterprise number of whose own information is sent"},
	[SPEAKER] = {"speaker_entity_id", NP_HEX, NP_KEY_NONE, 0,
		     "SPEAKER-ENTITY-ID, RFC 8232: what the operator made "
		     "unique"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0,
		  "PCC or PCE, by what only that sends"},
};

enum { HEAD = 4, OPEN = 1, TYPES = 14 };

/* RFC 5440 6.4, 6.5; RFC 8231 6.1, 6.2; RFC 8281 5.1. */
static const char *const roles[TYPES] = {
	[3] = "PCC",  /* Path Computation Request */
	[4] = "PCE",  /* Path Computation Reply */
	[10] = "PCC", /* Report */
	[11] = "PCE", /* Update Request */
	[12] = "PCE", /* Initiate */
};

enum { C_OPEN = 1, C_VENDOR = 34, T_VENDOR = 7, T_SPEAKER = 24 };

static bool read_head(struct np_cur *c, unsigned *ret_type, size_t *ret_n)
{
	unsigned version = np_u8(c) >> 5;

	*ret_type = np_u8(c);
	*ret_n = np_be16(c);
	return !c->cut && version == 1 && *ret_type && *ret_type < TYPES &&
	       *ret_n >= HEAD && *ret_n % 4 == 0;
}

/* 7.3 */
static void read_open(struct np_out *o, struct np_cur c)
{
	np_skip(&c, 1);
	np_emit(o, KEEPALIVE, np_sub(&c, 1));
	np_skip(&c, 2);
	while (c.left) {
		unsigned type = np_be16(&c);
		size_t n = np_be16(&c);
		struct np_cur v = np_sub(&c, n);

		np_skip(&c, -n & 3);
		if (type == T_VENDOR)
			np_emit(o, VENDOR_PEN, np_sub(&v, 4));
		else if (type == T_SPEAKER)
			np_emit(o, SPEAKER, v);
	}
}

/* 7.2: objects, whose length counts their head. */
static bool read_objects(struct np_out *o, struct np_cur c)
{
	while (c.left) {
		unsigned class = np_u8(&c);

		np_skip(&c, 1);
		size_t n = np_be16(&c);
		struct np_cur v = np_sub(&c, n < 4 ? SIZE_MAX : n - 4);

		if (class == C_OPEN)
			read_open(o, v);
		else if (class == C_VENDOR)
			np_emit(o, VENDOR_PEN, np_sub(&v, 4));
	}
	return !c.cut;
}

static enum np_verdict pcep_decode(struct np_cur *c, struct np_out *o)
{
	struct np_cur head = *c;
	unsigned type;
	size_t n;

	if (c->left < HEAD && !o->from->end)
		return np_more(o, HEAD);
	if (!read_head(&head, &type, &n))
		return NP_NOT_MINE;
	if (o->from->start && np_offset(o, c->p) == 0 && type != OPEN)
		return NP_NOT_MINE;
	if (c->left < n && !o->from->end)
		return np_more(o, n);
	np_emit_word(o, ROLE, roles[type], c->p + 1);
	struct np_cur objects = np_sub(&head, n - HEAD);

	/* Once it has told what it is, the rest is paths. */
	o->next = roles[type] ? 0 : n;
	return read_objects(o, objects) && !objects.cut ? NP_DECODED
							: NP_MALFORMED;
}

static bool pcep_sync(struct np_cur c)
{
	unsigned type;
	size_t n;

	return read_head(&c, &type, &n);
}

static const struct np_match match[] = {NP_TCP(4189)};

const struct np_proto np_proto_pcep = {
	.name = "pcep",
	.title = "Path Computation Element Communication Protocol",
	.spec = "RFC 5440; RFC 7470; RFC 8231",
	.layer = "service",
	.grade = "E5",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.pairs = true,
	.decode = pcep_decode,
	.sync = pcep_sync,
};
