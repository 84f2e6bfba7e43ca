/* SPDX-License-Identifier: ISC */
/*
 * Operations, administration and maintenance of an Ethernet link (IEEE 802.3
 * clause 57). The OUI in an information element is the vendor of the OAM agent;
 * the remote element repeats what the other end said of itself.
 *
 * In China Telecom's extension for EPON (YD/T 1475; OUI 111111, which is
 * nobody's) an OLT asks its ONUs in private messages what they are:
 *
 *	1 ask, 2 answer, 3 set, 4 answer; descriptors of a branch, a leaf (two
 *	octets), and in answers a width: 0 stands for 128 octets, above 128 it
 *	is a status without a value. A branch of 0 ends them.
 *
 * Vendor ids and versions are programmed freely there as well.
 */
#include "proto/lib/ont.h"

enum {
	LOCAL_OUI,
	LOCAL_VENDOR_INFO,
	REMOTE_OUI,
	REMOTE_VENDOR_INFO,
	ORG_OUI,
	ROLE,
	ONT_VENDOR_ID,
	ONT_MODEL,
	ONT_MAC,
	ONT_HARDWARE_VERSION,
	ONT_SOFTWARE_VERSION,
	ONT_FIRMWARE_VERSION,
	ONT_CHIPSET_ID,
};

static const struct np_field fields[] = {
	[LOCAL_OUI] = {"local_oui", NP_HEX, NP_KEY_NONE, 0,
		       "OUI of the sender's agent"},
	[LOCAL_VENDOR_INFO] = {"local_vendor_info", NP_HEX, NP_KEY_NONE, 0,
			       "product code of the sender's agent"},
	[REMOTE_OUI] = {"remote_oui", NP_HEX, NP_KEY_NONE, 0,
			"OUI of the other end's agent"},
	[REMOTE_VENDOR_INFO] = {"remote_vendor_info", NP_HEX, NP_KEY_NONE, 0,
				"product code of the other end's agent"},
	[ORG_OUI] = {"org_oui", NP_HEX, NP_KEY_NONE, 0,
		     "OUI of a private element or message"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0, "ONU or OLT of an EPON"},
	[ONT_VENDOR_ID] = {"ont_vendor_id", NP_TEXT, NP_KEY_NONE, 0,
			   "ONU SN: vendor id, four letters"},
	[ONT_MODEL] = {"ont_model", NP_TEXT, NP_KEY_NONE, 0,
		       "ONU SN: model, four octets"},
	[ONT_MAC] = {"ont_mac", NP_MAC, NP_KEY_MAC, 0,
		     "ONU SN: address of the ONU"},
	[ONT_HARDWARE_VERSION] = {"ont_hardware_version", NP_TEXT, NP_KEY_NONE,
				  0, "ONU SN: hardware version"},
	[ONT_SOFTWARE_VERSION] = {"ont_software_version", NP_TEXT, NP_KEY_NONE,
				  0, "ONU SN: software version"},
	[ONT_FIRMWARE_VERSION] = {"ont_firmware_version", NP_TEXT, NP_KEY_NONE,
				  0, "FirmwareVer: of the ONU"},
	[ONT_CHIPSET_ID] = {"ont_chipset_id", NP_HEX, NP_KEY_NONE, 0,
			    "Chipset Id: its maker, model, revision, date"},
};

/* 57.5.2.1, 57.5.2.2: OUI and vendor information end both elements. */
static void read_agent(struct np_out *o, unsigned oui, unsigned vendor,
		       struct np_cur v)
{
	/* version, revision, state, configuration, PDU configuration */
	np_skip(&v, 1 + 2 + 1 + 1 + 2);
	np_emit(o, oui, np_sub(&v, 3));
	np_emit(o, vendor, np_sub(&v, 4));
}

static void read_local(struct np_out *o, unsigned field, struct np_cur v)
{
	read_agent(o, field, LOCAL_VENDOR_INFO, v);
}

static void read_remote(struct np_out *o, unsigned field, struct np_cur v)
{
	np_say(o, NP_PEER);
	read_agent(o, field, REMOTE_VENDOR_INFO, v);
}

static void read_org(struct np_out *o, unsigned field, struct np_cur v)
{
	np_say(o, NP_SELF);
	np_emit(o, field, np_sub(&v, 3));
}

static const struct np_tlv_row rows[] = {
	{1, LOCAL_OUI, read_local},
	{2, REMOTE_OUI, read_remote},
	{0xfe, ORG_OUI, read_org},
};

static const struct np_tlv_list list = {
	.type_n = 1,
	.len_n = 1,
	.counted = 2,
	.end = 0,
	.row = rows,
	.nrows = NP_COUNT(rows),
};

/* ------------------------------------------------------ EPON, YD/T 1475 */

/* Branch C7, leaf 1. */
static void read_ont(struct np_out *o, struct np_cur v)
{
	static const struct {
		uint8_t size;
		unsigned field;
	} parts[] = {
		{4, ONT_VENDOR_ID},
		{4, ONT_MODEL},
		{6, ONT_MAC},
		{8, ONT_HARDWARE_VERSION},
		{16, ONT_SOFTWARE_VERSION},
	};

	for (size_t i = 0; i < NP_COUNT(parts) && v.left; i++) {
		struct np_cur part = np_sub(&v, parts[i].size);

		if (parts[i].field == ONT_MAC)
			np_emit(o, ONT_MAC, part);
		else
			np_emit_ont_text(o, parts[i].field, part);
	}
}

static void read_attribute(struct np_out *o, uint32_t attribute,
			   struct np_cur v)
{
	enum { SN = 0xc70001, FIRMWARE = 0xc70002, CHIPSET = 0xc70003 };

	if (attribute == SN)
		read_ont(o, v);
	else if (attribute == FIRMWARE)
		np_emit_ont_text(o, ONT_FIRMWARE_VERSION, v);
	else if (attribute == CHIPSET && v.left == 8)
		np_emit(o, ONT_CHIPSET_ID, v);
}

/* False where a value is longer than the frame. */
static bool read_answer(struct np_out *o, struct np_cur c)
{
	enum { STATUS = 0x80, LONGEST = 128 };

	while (c.left && *c.p) {
		uint32_t attribute = np_be24(&c);
		uint8_t width = np_u8(&c);

		if (width & STATUS)
			continue;
		struct np_cur v = np_sub(&c, width ? width : LONGEST);

		if (!c.cut)
			read_attribute(o, attribute, v);
	}
	return !c.cut;
}

static bool read_epon(struct np_out *o, struct np_cur c)
{
	enum { ASK = 1, ANSWER = 2, SET = 3, SET_ANSWER = 4 };
	const uint8_t *at = c.p;
	uint8_t code = np_u8(&c);

	if (c.cut || !c.left || !*c.p)
		return !c.cut;
	if (code == ASK || code == SET)
		np_emit_word(o, ROLE, "OLT", at);
	else if (code == ANSWER || code == SET_ANSWER)
		np_emit_word(o, ROLE, "ONU", at);
	return code != ANSWER || read_answer(o, c);
}

static enum np_verdict read_private(struct np_out *o, struct np_cur c)
{
	struct np_cur oui = np_sub(&c, 3);

	if (oui.cut)
		return NP_MALFORMED;
	np_emit(o, ORG_OUI, oui);
	return !np_ahead(oui, "\x11\x11\x11", 3) || read_epon(o, c)
		       ? NP_DECODED
		       : NP_MALFORMED;
}

static enum np_verdict oam_decode(struct np_cur *c, struct np_out *o)
{
	enum { SUBTYPE = 3, INFORMATION = 0x00, ORGANIZATION = 0xfe };

	if (np_u8(c) != SUBTYPE)
		return NP_NOT_MINE;
	np_skip(c, 2); /* flags */
	unsigned code = np_u8(c);

	if (!c->cut && code == INFORMATION)
		return np_tlvs(c, &list, o);
	if (!c->cut && code == ORGANIZATION)
		return read_private(o, *c);
	return c->cut ? NP_MALFORMED : NP_DECODED;
}

static const struct np_match match[] = {NP_ETHERTYPE(0x8809)};

const struct np_proto np_proto_oam = {
	.name = "oam",
	.title = "Ethernet link OAM",
	.spec = "IEEE 802.3 clause 57, YD/T 1475",
	.layer = "link",
	.grade = "E5",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = oam_decode,
};
