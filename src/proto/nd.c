/* SPDX-License-Identifier: ISC */
/*
 * IPv6 neighbour discovery (RFC 4861): the link-layer address options. With a
 * hop limit other than 255 the message came from elsewhere (clause 7.1) and
 * stays what the carrier says it is, routed.
 */
#include "proto/proto.h"

enum { SOURCE_LINK_ADDRESS, TARGET_ADDRESS, TARGET_LINK_ADDRESS };

static const struct np_field fields[] = {
	[SOURCE_LINK_ADDRESS] = {"source_link_address", NP_MAC, NP_KEY_MAC, 0,
				 "link-layer address of the sender"},
	[TARGET_ADDRESS] = {"target_address", NP_IP, NP_KEY_NONE, 0,
			    "address that is advertised"},
	[TARGET_LINK_ADDRESS] = {"target_link_address", NP_MAC, NP_KEY_MAC, 0,
				 "link-layer address that is advertised"},
};

enum { SOLICIT_ROUTER = 133, ADVERTISE_ROUTER, SOLICIT, ADVERTISE };
enum { OPTION_SOURCE = 1, OPTION_TARGET = 2 };

/* RFC 4861 4.6 */
static const struct np_tlv_list options = {
	.type_n = 1,
	.len_n = 1,
	.counted = 2,
	.unit = 8,
	.end = NP_TLV_NO_END,
};

/* Whose address it is: the sender's own when the frame came from it. */
static void speak_of(struct np_out *o, struct np_cur mac)
{
	np_say(o, np_sent_by(o, mac) ? NP_SELF : NP_THIRD);
	if (o->from->ttl == 255)
		np_reach(o, NP_BRIDGED);
}

static void read_source(struct np_out *o, struct np_cur mac)
{
	speak_of(o, mac);
	np_emit(o, SOURCE_LINK_ADDRESS, mac);
}

/* Bound to its address only where the owner speaks, as for ARP. */
static void read_target(struct np_out *o, struct np_cur address,
			struct np_cur mac)
{
	speak_of(o, mac);
	np_emit(o, TARGET_ADDRESS, address);
	np_emit(o, TARGET_LINK_ADDRESS, mac);
	if (np_sent_by(o, mac))
		np_key(o, NP_KEY_IP, NP_IP, address);
}

static enum np_verdict nd_decode(struct np_cur *c, struct np_out *o)
{
	struct np_cur target = {.cut = true};
	unsigned type = np_u8(c);
	struct np_tlv t;

	np_skip(c, 1 + 2 + 4); /* code, checksum, flags */
	if (type == ADVERTISE_ROUTER)
		np_skip(c, 4 + 4); /* reachable time, retransmission timer */
	else if (type == SOLICIT || type == ADVERTISE)
		target = np_sub(c, 16);
	while (np_tlv_next(c, &options, &t)) {
		if (t.type == OPTION_SOURCE)
			read_source(o, t.v);
		else if (t.type == OPTION_TARGET && type == ADVERTISE)
			read_target(o, target, t.v);
	}
	return c->cut ? NP_MALFORMED : NP_DECODED;
}

static const struct np_match match[] = {
	NP_ICMP6(SOLICIT_ROUTER),
	NP_ICMP6(ADVERTISE_ROUTER),
	NP_ICMP6(SOLICIT),
	NP_ICMP6(ADVERTISE),
};

const struct np_proto np_proto_nd = {
	.name = "nd",
	.title = "IPv6 neighbour discovery",
	.spec = "RFC 4861",
	.layer = "link",
	.grade = "E3",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = nd_decode,
};
