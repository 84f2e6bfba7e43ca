/* SPDX-License-Identifier: ISC */
/*
 * EDP: Extreme Networks' discovery protocol. It has no public specification.
 * Every element begins with a marker, 99, which is read here as the high octet
 * of its type.
 */
#include "proto/proto.h"

enum { MACHINE_MAC, DISPLAY, SLOT, PORT, VERSION, VLAN_ID, VLAN_IP, VLAN_NAME };

static const struct np_field fields[] = {
	[MACHINE_MAC] = {"machine_mac", NP_MAC, NP_KEY_MAC, 0,
			 "MAC address of the machine"},
	[DISPLAY] = {"display", NP_TEXT, NP_KEY_NAME, 0,
		     "name that the operator gave"},
	[SLOT] = {"slot", NP_UINT, NP_KEY_NONE, 0,
		  "slot that it was sent from, counted from 0"},
	[PORT] = {"port", NP_UINT, NP_KEY_NONE, 0,
		  "port that it was sent from, counted from 0"},
	[VERSION] = {"version", NP_TEXT, NP_KEY_NONE, 0,
		     "software version: four numbers"},
	[VLAN_ID] = {"vlan_id", NP_UINT, NP_KEY_NONE, 0, "a VLAN"},
	[VLAN_IP] = {"vlan_ip", NP_IP, NP_KEY_IP, 0, "its address there"},
	[VLAN_NAME] = {"vlan_name", NP_TEXT, NP_KEY_NONE, 0,
		       "name of that VLAN"},
};

static void emit_version(struct np_out *o, unsigned field, struct np_cur v)
{
	char text[16]; /* four times three digits, three dots */
	int n;

	if (v.cut)
		return;
	n = snprintf(text, sizeof(text), "%u.%u.%u.%u", v.p[0], v.p[1], v.p[2],
		     v.p[3]);
	np_emit_made(o, field, NP_TEXT, text, (size_t)n, v.p);
}

static void read_info(struct np_out *o, unsigned field, struct np_cur v)
{
	np_emit(o, SLOT, np_sub(&v, 2));
	np_emit(o, PORT, np_sub(&v, 2));
	np_skip(&v, 2 + 6); /* virtual chassis, reserved */
	emit_version(o, field, np_sub(&v, 4));
}

static void read_vlan(struct np_out *o, unsigned field, struct np_cur v)
{
	np_skip(&v, 2); /* flags, reserved */
	np_emit(o, VLAN_ID, np_sub(&v, 2));
	np_skip(&v, 4);
	np_emit(o, VLAN_IP, np_sub(&v, 4));
	np_emit_string(o, field, v);
}

static const struct np_tlv_row rows[] = {
	{0x9901, DISPLAY, np_emit_string},
	{0x9902, VERSION, read_info},
	{0x9905, VLAN_NAME, read_vlan},
};

static const struct np_tlv_list list = {
	.type_n = 2,
	.len_n = 2,
	.counted = 4,
	.end = 0x9900,
	.row = rows,
	.nrows = NP_COUNT(rows),
};

static enum np_verdict edp_decode(struct np_cur *c, struct np_out *o)
{
	if (np_u8(c) != 1)
		return NP_NOT_MINE;
	np_skip(c, 1 + 2 + 2 + 2); /* length, checksum, sequence number */
	if (np_be16(c) == 0)
		np_emit(o, MACHINE_MAC, np_sub(c, 6));
	else
		np_skip(c, 6);
	return np_tlvs(c, &list, o);
}

static const struct np_match match[] = {NP_SNAP(0x00e02b, 0x00bb)};

const struct np_proto np_proto_edp = {
	.name = "edp",
	.title = "Extreme Discovery Protocol",
	.spec = "not public",
	.layer = "link",
	.grade = "E4",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = edp_decode,
};
