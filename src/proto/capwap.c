/* SPDX-License-Identifier: ISC */
/*
 * CAPWAP control channel (RFC 5415): an access point (WTP) and its controller
 * (AC). Discovery is always in clear (4.1); what follows is in clear only where
 * DTLS is off, and behind a preamble of type 1 it is not read (4.2). A head
 * (4.3) that is no fragment, a control head (4.5.1), and elements of two octets
 * of type and two of length (4.6).
 *
 * Elements are read from the end that they describe: a WTP Name that an AC
 * sends is a setting of somebody else. Names and places are the operator's.
 * The data channel (port 5247) carries subscribers and is not matched at all.
 */
#include "proto/proto.h"

enum {
	ROLE,
	BOARD_VENDOR_PEN,
	MODEL_NUMBER,
	SERIAL_NUMBER,
	BOARD_ID,
	BOARD_REVISION,
	BASE_MAC,
	DESCRIPTOR_PEN,
	HARDWARE_VERSION,
	SOFTWARE_VERSION,
	BOOT_VERSION,
	OTHER_VERSION,
	VENDOR_PEN,
	AC_NAME,
	WTP_NAME,
	LOCATION,
};

static const struct np_field fields[] = {
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0, "AP or AC"},
	[BOARD_VENDOR_PEN] = {"board_vendor_pen", NP_UINT, NP_KEY_NONE, 0,
			      "WTP Board Data: enterprise number (4.6.40)"},
	[MODEL_NUMBER] = {"model_number", NP_TEXT, NP_KEY_NONE, 0,
			  "WTP Board Data: WTP Model Number"},
	[SERIAL_NUMBER] = {"serial_number", NP_TEXT, NP_KEY_SERIAL, 0,
			   "WTP Board Data: WTP Serial Number"},
	[BOARD_ID] = {"board_id", NP_HEX, NP_KEY_NONE, 0,
		      "WTP Board Data: Board ID"},
	[BOARD_REVISION] = {"board_revision", NP_HEX, NP_KEY_NONE, 0,
			    "WTP Board Data: Board Revision"},
	[BASE_MAC] = {"base_mac", NP_MAC, NP_KEY_MAC, 0,
		      "WTP Board Data: Base MAC Address"},
	[DESCRIPTOR_PEN] = {"descriptor_pen", NP_UINT, NP_KEY_NONE, 0,
			    "AC or WTP Descriptor: enterprise number of a "
			    "version (4.6.1, 4.6.41)"},
	[HARDWARE_VERSION] = {"hardware_version", NP_TEXT, NP_KEY_NONE, 0,
			      "AC or WTP Descriptor: Hardware Version"},
	[SOFTWARE_VERSION] = {"software_version", NP_TEXT, NP_KEY_NONE, 0,
			      "AC or WTP Descriptor: (Active) Software "
			      "Version"},
	[BOOT_VERSION] = {"boot_version", NP_TEXT, NP_KEY_NONE, 0,
			  "WTP Descriptor: Boot Version"},
	[OTHER_VERSION] = {"other_version", NP_TEXT, NP_KEY_NONE, 0,
			   "WTP Descriptor: Other Software Version"},
	[VENDOR_PEN] = {"vendor_pen", NP_UINT, NP_KEY_NONE, 0,
			"Vendor Specific Payload: enterprise number (4.6.39)"},
	[AC_NAME] = {"ac_name", NP_TEXT, NP_KEY_NONE, 0, "AC Name (4.6.4)"},
	[WTP_NAME] = {"wtp_name", NP_TEXT, NP_KEY_NONE, 0, "WTP Name (4.6.45)"},
	[LOCATION] = {"location", NP_TEXT, NP_KEY_NONE, 0,
		      "Location Data (4.6.30)"},
};

#define HEAD 8	      /* octets of the head without its options */
#define FRAGMENT 0x80 /* F, in the head's fourth octet */
/* A list of message elements, 4.6, as sub-elements are lists too. */
#define ELEMENTS(rows)                                                         \
	{                                                                      \
		.type_n = 2, .len_n = 2, .end = NP_TLV_NO_END, .row = (rows),  \
		.nrows = NP_COUNT(rows)                                        \
	}

static void emit_pen(struct np_out *o, unsigned field, struct np_cur *v)
{
	const uint8_t *at = v->p;
	uint32_t pen = np_be32(v);

	np_emit_u(o, field, v, at, pen);
}

static void read_vendor(struct np_out *o, unsigned field, struct np_cur v)
{
	emit_pen(o, field, &v);
}

/* 4.6.40 */
static void read_board(struct np_out *o, unsigned field, struct np_cur v)
{
	static const struct np_tlv_row rows[] = {
		{0, MODEL_NUMBER, np_emit}, {1, SERIAL_NUMBER, np_emit},
		{2, BOARD_ID, np_emit},	    {3, BOARD_REVISION, np_emit},
		{4, BASE_MAC, np_emit},
	};
	static const struct np_tlv_list list = ELEMENTS(rows);

	emit_pen(o, field, &v);
	np_tlvs(&v, &list, o);
}

/* Versions, each behind the number of whose it is. */
static void read_versions(struct np_out *o, const struct np_tlv_list *list,
			  struct np_cur v)
{
	while (v.left && !v.cut) {
		struct np_cur pen = np_sub(&v, 4);
		struct np_tlv version;

		if (!np_tlv_next(&v, list, &version))
			return;
		emit_pen(o, DESCRIPTOR_PEN, &pen);
		np_tlv_read(list, version.type, o, version.v);
	}
}

/* 4.6.41: radios, and three octets for each way to encrypt. */
static void read_wtp(struct np_out *o, unsigned field, struct np_cur v)
{
	static const struct np_tlv_row rows[] = {
		{0, HARDWARE_VERSION, np_emit},
		{1, SOFTWARE_VERSION, np_emit},
		{2, BOOT_VERSION, np_emit},
		{3, OTHER_VERSION, np_emit},
	};
	static const struct np_tlv_list list = ELEMENTS(rows);

	(void)field;
	np_skip(&v, 2);
	np_skip(&v, np_u8(&v) * 3u);
	read_versions(o, &list, v);
}

/* 4.6.1: counts and policies, twelve octets. */
static void read_ac(struct np_out *o, unsigned field, struct np_cur v)
{
	static const struct np_tlv_row rows[] = {
		{4, HARDWARE_VERSION, np_emit},
		{5, SOFTWARE_VERSION, np_emit},
	};
	static const struct np_tlv_list list = ELEMENTS(rows);

	(void)field;
	np_skip(&v, 12);
	read_versions(o, &list, v);
}

static const struct np_tlv_row wtp_rows[] = {
	{28, LOCATION, np_emit},
	{37, VENDOR_PEN, read_vendor},
	{38, BOARD_VENDOR_PEN, read_board},
	{39, DESCRIPTOR_PEN, read_wtp},
	{45, WTP_NAME, np_emit},
};
static const struct np_tlv_list of_wtp = ELEMENTS(wtp_rows);

static const struct np_tlv_row ac_rows[] = {
	{1, DESCRIPTOR_PEN, read_ac},
	{4, AC_NAME, np_emit},
	{37, VENDOR_PEN, read_vendor},
};
static const struct np_tlv_list of_ac = ELEMENTS(ac_rows);

/* Who sends a message of a type (4.5.1.1): A the AC, W the WTP. Either end may
 * ask for an image (15, 16) or for data (21, 22). */
static char sender(uint32_t type)
{
	static const char who[] = "-WAWAWAAWWAWAWA--AWWA--AWAW";

	return type < sizeof(who) - 1 ? who[type] : '-';
}

static enum np_verdict capwap_decode(struct np_cur *c, struct np_out *o)
{
	struct np_cur head = np_sub(c, HEAD);
	const uint8_t *p = head.p;

	/* Version 0 and preamble 0; a length of the head, in words. */
	if (head.cut || p[0] || p[1] >> 3 < HEAD / 4 || p[3] & FRAGMENT)
		return NP_NOT_MINE;
	np_skip(c, (p[1] >> 3) * 4u - HEAD);

	const uint8_t *at = c->p;
	char who = sender(np_be32(c));

	np_skip(c, 1); /* sequence number */
	size_t len = np_be16(c);

	np_skip(c, 1); /* flags */
	if (c->cut || who == '-' || len < 3)
		return NP_NOT_MINE;

	struct np_cur elements = np_sub(c, len - 3); /* counts from itself */

	if (elements.cut)
		return NP_MALFORMED;
	np_emit_word(o, ROLE, who == 'A' ? "AC" : "AP", at);
	return np_tlvs(&elements, who == 'A' ? &of_ac : &of_wtp, o);
}

static const struct np_match match[] = {NP_UDP(5246)};

const struct np_proto np_proto_capwap = {
	.name = "capwap",
	.title = "CAPWAP control channel",
	.spec = "RFC 5415",
	.layer = "management",
	.grade = "E4",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = capwap_decode,
};
