/* SPDX-License-Identifier: ISC */
/*
 * UBDP: Ubiquiti's discovery protocol, versions 1 and 2, broadcast over UDP. It
 * has no public specification. Uptime and counters are left out: they would
 * make each message new.
 */
#include "proto/proto.h"

enum {
	MAC,
	ADDRESS,
	FIRMWARE_FULL,
	USERNAME,
	HOSTNAME,
	PRODUCT,
	SSID,
	SYSTEM_ID,
	MODEL,
	FIRMWARE,
	PLATFORM_VERSION,
};

static const struct np_field fields[] = {
	[MAC] = {"mac", NP_MAC, NP_KEY_MAC, 0, "MAC address of an interface"},
	[ADDRESS] = {"address", NP_IP, NP_KEY_IP, 0,
		     "IP address of that interface"},
	[FIRMWARE_FULL] = {"firmware_full", NP_TEXT, NP_KEY_NONE, 0,
			   "firmware, with platform and build"},
	[USERNAME] = {"username", NP_TEXT, NP_KEY_NONE, NP_PERSON,
		      "who is logged in"},
	[HOSTNAME] = {"hostname", NP_TEXT, NP_KEY_NAME, 0,
		      "name that the operator gave"},
	[PRODUCT] = {"product", NP_TEXT, NP_KEY_NONE, 0, "short model"},
	[SSID] = {"ssid", NP_TEXT, NP_KEY_NONE, 0, "name of its radio network"},
	[SYSTEM_ID] = {"system_id", NP_HEX, NP_KEY_NONE, 0,
		       "code of the board"},
	[MODEL] = {"model", NP_TEXT, NP_KEY_NONE, 0, "model"},
	[FIRMWARE] = {"firmware", NP_TEXT, NP_KEY_NONE, 0, "firmware version"},
	[PLATFORM_VERSION] = {"platform_version", NP_TEXT, NP_KEY_NONE, 0,
			      "platform and its version"},
};

static void read_interface(struct np_out *o, unsigned field, struct np_cur v)
{
	np_emit(o, field, np_sub(&v, 6));
	np_emit(o, ADDRESS, v);
}

static const struct np_tlv_row rows[] = {
	{1, MAC, np_emit},
	{2, MAC, read_interface},
	{3, FIRMWARE_FULL, np_emit},
	{6, USERNAME, np_emit},
	{11, HOSTNAME, np_emit},
	{12, PRODUCT, np_emit},
	{13, SSID, np_emit},
	{16, SYSTEM_ID, np_emit},
	{19, MAC, np_emit},
	{20, MODEL, np_emit},
	{21, MODEL, np_emit},
	{22, FIRMWARE, np_emit},
	{27, PLATFORM_VERSION, np_emit},
};

static const struct np_tlv_list list = {
	.type_n = 1,
	.len_n = 2,
	.end = NP_TLV_NO_END,
	.row = rows,
	.nrows = NP_COUNT(rows),
};

static enum np_verdict ubdp_decode(struct np_cur *c, struct np_out *o)
{
	unsigned version = np_u8(c);

	np_skip(c, 1); /* command */
	size_t len = np_be16(c);

	if (version < 1 || version > 2 || c->cut)
		return NP_NOT_MINE;
	if (c->left > len)
		c->left = len;
	return np_tlvs(c, &list, o);
}

static const struct np_match match[] = {NP_UDP(10001)};

const struct np_proto np_proto_ubdp = {
	.name = "ubdp",
	.title = "Ubiquiti Discovery Protocol",
	.spec = "not public",
	.layer = "link",
	.grade = "E5",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = ubdp_decode,
};
