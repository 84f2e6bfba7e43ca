/* SPDX-License-Identifier: ISC */
/*
 * MNDP: MikroTik's neighbour discovery, broadcast over UDP. It has no public
 * specification. The uptime is left out: it would make each message new.
 */
#include "proto/proto.h"

enum {
	MAC,
	IDENTITY,
	VERSION,
	PLATFORM,
	SOFTWARE_ID,
	BOARD,
	IPV6_ADDRESS,
	INTERFACE_NAME,
	IPV4_ADDRESS,
};

static const struct np_field fields[] = {
	[MAC] = {"mac", NP_MAC, NP_KEY_MAC, 0, "MAC address of the interface"},
	[IDENTITY] = {"identity", NP_TEXT, NP_KEY_NAME, 0,
		      "name that the operator gave"},
	[VERSION] = {"version", NP_TEXT, NP_KEY_NONE, 0, "software version"},
	[PLATFORM] = {"platform", NP_TEXT, NP_KEY_NONE, 0, "maker"},
	[SOFTWARE_ID] = {"software_id", NP_TEXT, NP_KEY_NONE, 0,
			 "id that the licence is bound to"},
	[BOARD] = {"board", NP_TEXT, NP_KEY_NONE, 0, "model"},
	[IPV6_ADDRESS] = {"ipv6_address", NP_IP, NP_KEY_IP, 0,
			  "address of the interface"},
	[INTERFACE_NAME] = {"interface_name", NP_TEXT, NP_KEY_NONE, 0,
			    "interface that it was sent from"},
	[IPV4_ADDRESS] = {"ipv4_address", NP_IP, NP_KEY_IP, 0,
			  "address of the interface"},
};

static const struct np_tlv_row rows[] = {
	{1, MAC, np_emit},	     {5, IDENTITY, np_emit},
	{7, VERSION, np_emit},	     {8, PLATFORM, np_emit},
	{11, SOFTWARE_ID, np_emit},  {12, BOARD, np_emit},
	{15, IPV6_ADDRESS, np_emit}, {16, INTERFACE_NAME, np_emit},
	{17, IPV4_ADDRESS, np_emit},
};

static const struct np_tlv_list list = {
	.type_n = 2,
	.len_n = 2,
	.end = NP_TLV_NO_END,
	.row = rows,
	.nrows = NP_COUNT(rows),
};

static enum np_verdict mndp_decode(struct np_cur *c, struct np_out *o)
{
	static const uint8_t first[] = {0, 1, 0, 6}; /* the MAC address */

	np_skip(c, 2 + 2); /* header, sequence number */
	if (!np_ahead(*c, first, sizeof(first)))
		return NP_NOT_MINE; /* or a request, which says nothing */
	return np_tlvs(c, &list, o);
}

static const struct np_match match[] = {NP_UDP(5678)};

const struct np_proto np_proto_mndp = {
	.name = "mndp",
	.title = "MikroTik Neighbor Discovery Protocol",
	.spec = "not public",
	.layer = "link",
	.grade = "E5",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = mndp_decode,
};
