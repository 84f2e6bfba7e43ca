/* SPDX-License-Identifier: ISC */
/*
 * Spanning tree: STP and RSTP (IEEE 802.1D 9.3), MSTP (IEEE 802.1Q 14.4) and
 * Cisco's PVST+, which sends the same in SNAP. The root may be any number of
 * bridges away: where it is not the sender it is a third.
 */
#include "proto/proto.h"

enum { BRIDGE_ID, ROOT_ID, REGIONAL_ROOT, REGION };

static const struct np_field fields[] = {
	[BRIDGE_ID] = {"bridge_id", NP_MAC, NP_KEY_MAC, 0,
		       "address of the sending bridge"},
	[ROOT_ID] = {"root_id", NP_MAC, NP_KEY_MAC, 0,
		     "address of the tree's root"},
	[REGIONAL_ROOT] = {"regional_root", NP_MAC, NP_KEY_MAC, 0,
			   "address of the root inside the MST region"},
	[REGION] = {"region", NP_TEXT, NP_KEY_NONE, 0,
		    "name of the MST region"},
};

/* A bridge identifier: priority, address. */
static struct np_cur read_bridge(struct np_cur *c)
{
	np_skip(c, 2);
	return np_sub(c, 6);
}

/* What MSTP adds behind the times: the region, and the sender, whose place
 * before is the regional root's. */
static struct np_cur read_mst(struct np_cur *c, struct np_out *o)
{
	np_skip(c, 1); /* format selector */
	np_emit_string(o, REGION, np_sub(c, 32));
	np_skip(c, 2 + 16 + 4); /* revision, digest, internal path cost */
	return read_bridge(c);
}

static void emit_root(struct np_out *o, unsigned field, struct np_cur root)
{
	np_say(o, NP_THIRD);
	np_emit(o, field, root);
}

static enum np_verdict stp_decode(struct np_cur *c, struct np_out *o)
{
	enum { CONFIGURATION = 0x00, RAPID = 0x02, CHANGE = 0x80, MST = 3 };

	if (np_be16(c) != 0)
		return NP_NOT_MINE;
	unsigned version = np_u8(c), type = np_u8(c);

	if (type == CHANGE && !c->cut)
		return NP_DECODED; /* names nobody */
	if (type != CONFIGURATION && type != RAPID)
		return NP_NOT_MINE;
	np_skip(c, 1); /* flags */
	struct np_cur root = read_bridge(c);

	np_skip(c, 4); /* path cost */
	struct np_cur bridge = read_bridge(c), regional = bridge;

	if (type == RAPID && version >= MST) {
		np_skip(c, 2 + 4 * 2 + 1); /* port, times, version 1 length */
		if (np_be16(c) >= 64 || c->cut)
			bridge = read_mst(c, o);
	}
	np_emit(o, BRIDGE_ID, bridge);
	if (np_same(root, bridge))
		np_emit(o, ROOT_ID, root);
	else if (!bridge.cut)
		emit_root(o, ROOT_ID, root);
	if (!bridge.cut && !np_same(regional, bridge))
		emit_root(o, REGIONAL_ROOT, regional);
	return c->cut ? NP_MALFORMED : NP_DECODED;
}

static const struct np_match match[] = {
	NP_LLC(0x42, 0x42),
	NP_SNAP(0x00000c, 0x010b),
};

const struct np_proto np_proto_stp = {
	.name = "stp",
	.title = "Spanning Tree Protocol",
	.spec = "IEEE 802.1D 9.3, IEEE 802.1Q 14.4",
	.layer = "link",
	.grade = "E3",
	.heard = true,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = stp_decode,
};
