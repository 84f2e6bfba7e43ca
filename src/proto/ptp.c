/* SPDX-License-Identifier: ISC */
/*
 * The Precision Time Protocol, version 2 (IEEE 1588). Every message names the
 * clock that sent it; an announce also the grandmaster and, in its path trace,
 * the clocks between; a management response describes the clock itself.
 */
#include "proto/proto.h"

enum {
	CLOCK_IDENTITY,
	GRANDMASTER_IDENTITY,
	PATH_TRACE,
	PHYSICAL_ADDRESS,
	PROTOCOL_ADDRESS,
	MANUFACTURER_IDENTITY,
	PRODUCT_DESCRIPTION,
	REVISION_DATA,
	USER_DESCRIPTION,
	PROFILE_IDENTITY,
	ROLE,
	STEPS_REMOVED,
	WAY,
};

static const struct np_field fields[] = {
	[CLOCK_IDENTITY] = {"clock_identity", NP_HEX, NP_KEY_CLOCK, 0,
			    "identity of the sending clock"},
	[GRANDMASTER_IDENTITY] = {"grandmaster_identity", NP_HEX, NP_KEY_CLOCK,
				  0, "identity of the clock that time is from"},
	[PATH_TRACE] = {"path_trace", NP_HEX, NP_KEY_CLOCK, 0,
			"identity of a clock on the way"},
	[PHYSICAL_ADDRESS] = {"physical_address", NP_MAC, NP_KEY_MAC, 0,
			      "MAC address of the port"},
	[PROTOCOL_ADDRESS] = {"protocol_address", NP_IP, NP_KEY_IP, 0,
			      "IP address of the port"},
	[MANUFACTURER_IDENTITY] = {"manufacturer_identity", NP_HEX, NP_KEY_NONE,
				   0, "OUI of the manufacturer"},
	[PRODUCT_DESCRIPTION] = {"product_description", NP_TEXT, NP_KEY_NONE, 0,
				 "manufacturer;model;instance"},
	[REVISION_DATA] = {"revision_data", NP_TEXT, NP_KEY_NONE, 0,
			   "hardware;firmware;software"},
	[USER_DESCRIPTION] = {"user_description", NP_TEXT, NP_KEY_NONE, 0,
			      "name;place that the operator gave"},
	[PROFILE_IDENTITY] = {"profile_identity", NP_HEX, NP_KEY_NONE, 0,
			      "profile of the standard that is in use"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0,
		  "grandmaster, boundary clock, ordinary clock or transparent "
		  "clock"},
	[STEPS_REMOVED] = {"steps_removed", NP_UINT, NP_KEY_NONE, 0,
			   "clocks between the grandmaster and the sender"},
	[WAY] = {"way", NP_HEX, NP_KEY_NONE, 0,
		 "identity of a clock that the time comes by, the "
		 "grandmaster's first"},
};

enum { ANNOUNCE = 0xb, MANAGEMENT = 0xd };
enum { TLV_MANAGEMENT = 0x0001, TLV_PATH_TRACE = 0x0008 };

/* 14.1 */
static const struct np_tlv_list list = {
	.type_n = 2,
	.len_n = 2,
	.end = NP_TLV_NO_END,
};

/* 16.2. Telecom profiles allow some twenty clocks in a chain. */
static void read_trace(struct np_out *o, struct np_cur sender, struct np_cur v)
{
	enum { MOST = 24 };

	for (int i = 0; i < MOST && v.left >= 8; i++) {
		struct np_cur clock = np_sub(&v, 8);

		if (np_same(clock, sender))
			continue;
		np_say(o, NP_THIRD);
		np_emit(o, PATH_TRACE, clock);
	}
}

/* The way the time comes by, in a statement of its own: from the grandmaster
 * on, as far as the sender says (16.2), and the steps that are counted. */
static void say_way(struct np_out *o, struct np_cur sender,
		    struct np_cur grandmaster, struct np_cur trace,
		    const struct np_cur *c, const uint8_t *at, unsigned steps)
{
	enum { MOST = 24 };

	np_say(o, NP_SELF);
	np_key(o, NP_KEY_CLOCK, NP_HEX, sender);
	np_emit_u(o, STEPS_REMOVED, c, at, steps);
	if (trace.left < 8)
		np_emit(o, WAY, grandmaster);
	for (int i = 0; i < MOST && trace.left >= 8; i++)
		np_emit(o, WAY, np_sub(&trace, 8));
}

/* 13.5. Who announces itself is a grandmaster, who announces another with
 * steps between has a port towards that one too. */
static void read_announce(struct np_cur *c, struct np_out *o,
			  struct np_cur sender, bool whole)
{
	struct np_tlv t;

	/* time, offset to UTC, reserved, priority 1, quality, priority 2 */
	np_skip(c, 10 + 2 + 1 + 1 + 4 + 1);
	struct np_cur grandmaster = np_sub(c, 8);
	bool own = np_same(grandmaster, sender);
	const uint8_t *at = c->p;
	unsigned steps = np_be16(c);

	np_skip(c, 1); /* time source */
	if (!c->cut && own == !steps)
		np_emit_word(o, ROLE, own ? "grandmaster" : "boundary clock",
			     at);
	if (!own)
		np_say(o, NP_THIRD);
	np_emit(o, GRANDMASTER_IDENTITY, grandmaster);
	struct np_cur trace = {.cut = true}, head = *c;

	while (np_tlv_next(c, &list, &t))
		if (t.type == TLV_PATH_TRACE) {
			read_trace(o, sender, t.v);
			trace = t.v;
		}
	if (!own && whole && !c->cut)
		say_way(o, sender, grandmaster, trace, &head, at, steps);
}

/* 5.3.8: length, text */
static void read_text(struct np_out *o, unsigned field, struct np_cur *v)
{
	np_emit(o, field, np_sub(v, np_u8(v)));
}

/* 15.5.3.1.2.1: a bit each from the first on; what has several is one by the
 * first, and a management node, the fifth, is no clock. */
static void read_type(struct np_out *o, struct np_cur *v)
{
	static const char *const roles[] = {
		"ordinary clock",
		"boundary clock",
		"transparent clock",
		"transparent clock",
	};
	const uint8_t *at = v->p;
	unsigned type = np_be16(v);

	for (unsigned i = 0; i < NP_COUNT(roles) && !v->cut; i++)
		if (type & 0x8000u >> i) {
			np_emit_word(o, ROLE, roles[i], at);
			return;
		}
}

/* 15.5.3.1.2 */
static void read_clock_description(struct np_out *o, struct np_cur v)
{
	read_type(o, &v);
	np_skip(&v, np_u8(&v)); /* physical layer protocol */
	np_emit(o, PHYSICAL_ADDRESS, np_sub(&v, np_be16(&v)));
	np_skip(&v, 2); /* network protocol: the length tells it */
	np_emit(o, PROTOCOL_ADDRESS, np_sub(&v, np_be16(&v)));
	np_emit(o, MANUFACTURER_IDENTITY, np_sub(&v, 3));
	np_skip(&v, 1);
	read_text(o, PRODUCT_DESCRIPTION, &v);
	read_text(o, REVISION_DATA, &v);
	read_text(o, USER_DESCRIPTION, &v);
	np_emit(o, PROFILE_IDENTITY, np_sub(&v, 6));
}

/* 15.4. Only a response describes its sender. Boundary clocks pass them on
 * (15.3.3): then the frame's address is the last of these. */
static void read_management(struct np_cur *c, struct np_out *o)
{
	enum { RESPONSE = 2, CLOCK_DESCRIPTION = 1, USER = 2 };
	struct np_tlv t;

	np_skip(c, 8 + 2); /* target */
	unsigned starting_hops = np_u8(c), hops = np_u8(c);
	unsigned action = np_u8(c) & 0x0f;

	np_skip(c, 1);
	if (hops != starting_hops) {
		np_reach(o, NP_RELAYED);
		np_not_sender(o);
	}
	while (np_tlv_next(c, &list, &t)) {
		if (t.type != TLV_MANAGEMENT || action != RESPONSE)
			continue;
		switch (np_be16(&t.v)) {
		case CLOCK_DESCRIPTION:
			read_clock_description(o, t.v);
			break;
		case USER:
			read_text(o, USER_DESCRIPTION, &t.v);
			break;
		}
	}
}

static enum np_verdict ptp_decode(struct np_cur *c, struct np_out *o)
{
	enum { VERSION = 2, HEADER = 34 };
	unsigned type = np_u8(c) & 0x0f, version = np_u8(c) & 0x0f;
	size_t len = np_be16(c);

	if (version != VERSION || len < HEADER)
		return NP_NOT_MINE;
	bool whole = c->left >= len - 4;

	if (whole)
		c->left = len - 4;
	/* domain, sdoId, flags, correction, specific to the type */
	np_skip(c, 1 + 1 + 2 + 8 + 4);
	struct np_cur sender = np_sub(c, 8);

	np_emit(o, CLOCK_IDENTITY, sender);
	np_skip(c, 2 + 2 + 1 + 1); /* port, sequence, control, interval */
	if (type == ANNOUNCE)
		read_announce(c, o, sender, whole);
	else if (type == MANAGEMENT)
		read_management(c, o);
	return c->cut ? NP_MALFORMED : NP_DECODED;
}

/* Correction, sequence number and time; what a Sync or a delay message holds
 * behind the header. */
static void ptp_noise(struct np_cur c, struct np_noise *ret)
{
	unsigned type = np_u8(&c) & 0x0f;

	np_skip(&c, 1 + 2 + 1 + 1 + 2);
	np_noisy(ret, np_sub(&c, 8 + 4));
	np_skip(&c, 8 + 2);
	np_noisy(ret, np_sub(&c, 2));
	np_skip(&c, 1 + 1);
	if (type == ANNOUNCE)
		np_noisy(ret, np_sub(&c, 10));
	else if (type != MANAGEMENT)
		np_noisy(ret, c);
}

static const struct np_match match[] = {
	NP_ETHERTYPE(0x88f7),
	NP_UDP(319),
	NP_UDP(320),
};

const struct np_proto np_proto_ptp = {
	.name = "ptp",
	.title = "Precision Time Protocol",
	.spec = "IEEE 1588",
	.layer = "link",
	.grade = "E5",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = ptp_decode,
	.noise = ptp_noise,
};
