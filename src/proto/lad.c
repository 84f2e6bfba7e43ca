/* SPDX-License-Identifier: ISC */
/*
 * LAD: Huawei's link automatic discovery, as the NetEngine 8000 manuals lay it
 * out: a flag of twenty octets behind ethertype 0000, or, on a subinterface,
 * behind an ARP header of nothing (hardware and protocol ffff, both lengths
 * 0). What follows the flag is not documented and not read.
 */
#include "proto/proto.h"

enum { FLAG };

static const struct np_field fields[] = {
	[FLAG] = {"flag", NP_TEXT, NP_KEY_NONE, 0, "the protocol's own name"},
};

static enum np_verdict lad_decode(struct np_cur *c, struct np_out *o)
{
	static const uint8_t arp[] = {0xff, 0xff, 0xff, 0xff, 0, 0};
	static const char name[] = "Huawei Link Search";

	if (o->from->ethertype == 0x0806 && !np_eat(c, arp, sizeof(arp)))
		return NP_NOT_MINE;
	if (!np_ahead(*c, name, strlen(name)))
		return NP_NOT_MINE;
	np_emit(o, FLAG, np_sub(c, 20));
	return c->cut ? NP_MALFORMED : NP_DECODED;
}

static const struct np_match match[] = {
	NP_ETHERTYPE(0x0000),
	NP_ETHERTYPE(0x0806),
};

const struct np_proto np_proto_lad = {
	.name = "lad",
	.title = "Link Automatic Discovery",
	.spec = "NetEngine 8000 configuration guide",
	.layer = "link",
	.grade = "E5",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = lad_decode,
};
