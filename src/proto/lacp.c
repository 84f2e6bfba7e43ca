/* SPDX-License-Identifier: ISC */
/*
 * LACP (IEEE 802.1AX 6.4.2). One frame names two systems: the sender and the
 * partner it believes to have. A system id is a fact and no key: two boxes of
 * a multi-chassis group share theirs on purpose.
 */
#include "proto/proto.h"

enum {
	ACTOR_SYSTEM,
	PARTNER_SYSTEM,
	ADJACENT_SYSTEM,
	ACTOR_PORT,
	PARTNER_PORT,
};

static const struct np_field fields[] = {
	[ACTOR_SYSTEM] = {"actor_system", NP_MAC, NP_KEY_NONE, 0,
			  "system id of the sender"},
	[PARTNER_SYSTEM] = {"partner_system", NP_MAC, NP_KEY_NONE, 0,
			    "system id of the other end"},
	/* A statement of their own: whom the sender is joined to. */
	[ADJACENT_SYSTEM] = {"adjacent_system", NP_MAC, NP_KEY_NONE, 0,
			     "system id that the sender's port leads to"},
	[ACTOR_PORT] = {"actor_port", NP_UINT, NP_KEY_NONE, 0,
			"number of that port"},
	[PARTNER_PORT] = {"partner_port", NP_UINT, NP_KEY_NONE, 0,
			  "number of the port at the other end"},
};

static void read_actor(struct np_out *o, unsigned field, struct np_cur v)
{
	np_skip(&v, 2); /* priority */
	np_emit(o, field, np_sub(&v, 6));
}

static void read_partner(struct np_out *o, unsigned field, struct np_cur v)
{
	static const uint8_t nobody[6];

	np_skip(&v, 2);
	if (np_ahead(v, nobody, sizeof(nobody)))
		return;
	np_say(o, NP_PEER);
	np_emit(o, field, np_sub(&v, 6));
}

static const struct np_tlv_row rows[] = {
	{1, ACTOR_SYSTEM, read_actor},
	{2, PARTNER_SYSTEM, read_partner},
};

static const struct np_tlv_list list = {
	.type_n = 1,
	.len_n = 1,
	.counted = 2,
	.end = 0,
	.row = rows,
	.nrows = NP_COUNT(rows),
};

/* The actor's and the partner's element, which stand first: type, length,
 * priority, system, key, priority of the port, port. */
static void say_adjacent(struct np_out *o, struct np_cur c)
{
	static const uint8_t nobody[6];
	struct np_cur port[2], system = {.cut = true};

	for (unsigned i = 0; i < 2; i++) {
		if (np_u8(&c) != i + 1 || np_u8(&c) != 20)
			return;
		np_skip(&c, 2);
		system = np_sub(&c, 6);
		np_skip(&c, 2 + 2);
		port[i] = np_sub(&c, 2);
		np_skip(&c, 1 + 3);
	}
	if (c.cut || np_ahead(system, nobody, sizeof(nobody)))
		return;
	np_say(o, NP_SELF);
	np_emit(o, ADJACENT_SYSTEM, system);
	np_emit(o, ACTOR_PORT, port[0]);
	np_emit(o, PARTNER_PORT, port[1]);
}

static enum np_verdict lacp_decode(struct np_cur *c, struct np_out *o)
{
	enum { SUBTYPE = 1 };

	if (np_u8(c) != SUBTYPE)
		return NP_NOT_MINE;
	np_skip(c, 1); /* version */
	struct np_cur elements = *c;
	enum np_verdict v = np_tlvs(c, &list, o);

	say_adjacent(o, elements);
	return v;
}

static const struct np_match match[] = {NP_ETHERTYPE(0x8809)};

const struct np_proto np_proto_lacp = {
	.name = "lacp",
	.title = "Link Aggregation Control Protocol",
	.spec = "IEEE 802.1AX 6.4.2",
	.layer = "link",
	.grade = "E3",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = lacp_decode,
};
