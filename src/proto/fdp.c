/* SPDX-License-Identifier: ISC */
/*
 * FDP: Foundry's discovery protocol (then Brocade's, now Ruckus'), built after
 * CDP. It has no public specification.
 */
#include "proto/proto.h"

enum {
	DEVICE_ID,
	ADDRESS,
	PORT_ID,
	CAPABILITIES,
	SOFTWARE_VERSION,
	PLATFORM,
};

static const struct np_field fields[] = {
	[DEVICE_ID] = {"device_id", NP_TEXT, NP_KEY_NAME, 0,
		       "name, with a MAC address on some"},
	[ADDRESS] = {"address", NP_IP, NP_KEY_IP, 0, "address of the port"},
	[PORT_ID] = {"port_id", NP_TEXT, NP_KEY_NONE, 0,
		     "port that it was sent from"},
	[CAPABILITIES] = {"capabilities", NP_TEXT, NP_KEY_NONE, 0,
			  "what it is, as text"},
	[SOFTWARE_VERSION] = {"software_version", NP_TEXT, NP_KEY_NONE, 0,
			      "maker, model and software version"},
	[PLATFORM] = {"platform", NP_TEXT, NP_KEY_NONE, 0, "model"},
};

static const struct np_tlv_row rows[] = {
	{1, DEVICE_ID, np_emit},	{2, ADDRESS, np_emit_cdp_addresses},
	{3, PORT_ID, np_emit},		{4, CAPABILITIES, np_emit},
	{5, SOFTWARE_VERSION, np_emit}, {6, PLATFORM, np_emit},
};

static const struct np_tlv_list list = {
	.type_n = 2,
	.len_n = 2,
	.counted = 4,
	.end = NP_TLV_NO_END,
	.row = rows,
	.nrows = NP_COUNT(rows),
};

static enum np_verdict fdp_decode(struct np_cur *c, struct np_out *o)
{
	if (np_u8(c) != 1)
		return NP_NOT_MINE;
	np_skip(c, 1 + 2); /* time to live, checksum */
	return np_tlvs(c, &list, o);
}

static const struct np_match match[] = {NP_SNAP(0x00e052, 0x2000)};

const struct np_proto np_proto_fdp = {
	.name = "fdp",
	.title = "Foundry Discovery Protocol",
	.spec = "not public",
	.layer = "link",
	.grade = "E4",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = fdp_decode,
};
