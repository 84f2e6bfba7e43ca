/* SPDX-License-Identifier: ISC */
/*
 * LACP (IEEE 802.1AX 6.4.2). One frame names two systems: the sender and the
 * partner it believes to have. A system id is a fact and no key: two boxes of
 * a multi-chassis group share theirs on purpose.
 */
#include "proto/proto.h"

enum { ACTOR_SYSTEM, PARTNER_SYSTEM };

static const struct np_field fields[] = {
	[ACTOR_SYSTEM] = {"actor_system", NP_MAC, NP_KEY_NONE, 0,
			  "system id of the sender"},
	[PARTNER_SYSTEM] = {"partner_system", NP_MAC, NP_KEY_NONE, 0,
			    "system id of the other end"},
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

static enum np_verdict lacp_decode(struct np_cur *c, struct np_out *o)
{
	enum { SUBTYPE = 1 };

	if (np_u8(c) != SUBTYPE)
		return NP_NOT_MINE;
	np_skip(c, 1); /* version */
	return np_tlvs(c, &list, o);
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
