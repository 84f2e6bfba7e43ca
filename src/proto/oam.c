/* SPDX-License-Identifier: ISC */
/*
 * Operations, administration and maintenance of an Ethernet link (IEEE 802.3
 * clause 57). The OUI in an information element is the vendor of the OAM agent;
 * the remote element repeats what the other end said of itself.
 */
#include "proto/proto.h"

enum {
	LOCAL_OUI,
	LOCAL_VENDOR_INFO,
	REMOTE_OUI,
	REMOTE_VENDOR_INFO,
	ORG_OUI,
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

static enum np_verdict oam_decode(struct np_cur *c, struct np_out *o)
{
	enum { SUBTYPE = 3, INFORMATION = 0x00, ORGANIZATION = 0xfe };

	if (np_u8(c) != SUBTYPE)
		return NP_NOT_MINE;
	np_skip(c, 2); /* flags */
	unsigned code = np_u8(c);

	if (!c->cut && code == INFORMATION)
		return np_tlvs(c, &list, o);
	if (code == ORGANIZATION)
		np_emit(o, ORG_OUI, np_sub(c, 3));
	return c->cut ? NP_MALFORMED : NP_DECODED;
}

static const struct np_match match[] = {NP_ETHERTYPE(0x8809)};

const struct np_proto np_proto_oam = {
	.name = "oam",
	.title = "Ethernet link OAM",
	.spec = "IEEE 802.3 clause 57",
	.layer = "link",
	.grade = "E5",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = oam_decode,
};
