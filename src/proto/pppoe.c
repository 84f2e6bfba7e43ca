/* SPDX-License-Identifier: ISC */
/*
 * PPPoE discovery (RFC 2516). Offers and confirmations come from the access
 * concentrator and name it. What stands in a subscriber's message was put there
 * by the access node on the way (TR-101 3.9.2) and speaks of the line: a third.
 * A concentrator's name is no key: a pool of them shares one.
 */
#include "proto/lib/ont.h"

enum {
	SERVICE_NAME,
	AC_NAME,
	VENDOR_ID,
	VENDOR_SPECIFIC,
	CIRCUIT_ID,
	REMOTE_ID,
	ONT_VENDOR_ID,
	ROLE,
};

static const struct np_field fields[] = {
	[SERVICE_NAME] = {"service_name", NP_TEXT, NP_KEY_NONE, 0,
			  "service that is offered or asked for"},
	[AC_NAME] = {"ac_name", NP_TEXT, NP_KEY_NONE, 0,
		     "name of the access concentrator"},
	[VENDOR_ID] = {"vendor_id", NP_UINT, NP_KEY_NONE, 0,
		       "enterprise number of the vendor's tag"},
	[VENDOR_SPECIFIC] = {"vendor_specific", NP_HEX, NP_KEY_NONE, 0,
			     "the vendor's tag behind that number"},
	[CIRCUIT_ID] = {"circuit_id", NP_TEXT, NP_KEY_NONE, NP_PERSON,
			"access node and port, as the node writes it"},
	[REMOTE_ID] = {"remote_id", NP_TEXT, NP_KEY_NONE, NP_PERSON,
		       "id of the subscriber at that port"},
	[ONT_VENDOR_ID] = {"ont_vendor_id", NP_TEXT, NP_KEY_NONE, 0,
			   "letters of the serial number of the ONU there"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0, "access concentrator"},
};

static void read_id(struct np_out *o, unsigned field, struct np_cur v)
{
	np_emit(o, field, v);
	np_emit_ont_vendor(o, ONT_VENDOR_ID, np_find_ont(v));
}

static const struct np_tlv_row line_rows[] = {
	{1, CIRCUIT_ID, read_id},
	{2, REMOTE_ID, read_id},
};

static const struct np_tlv_list line_list = {
	.type_n = 1,
	.len_n = 1,
	.end = NP_TLV_NO_END,
	.row = line_rows,
	.nrows = NP_COUNT(line_rows),
};

/* RFC 2516 appendix A: the first octet is 0, an enterprise number follows. */
static void read_vendor(struct np_out *o, unsigned field, struct np_cur v)
{
	enum { BROADBAND_FORUM = 3561 };
	struct np_cur id = np_sub(&v, 4);

	np_emit(o, VENDOR_ID, id);
	np_emit(o, field, v);
	if (np_be32(&id) != BROADBAND_FORUM)
		return;
	if (v.left)
		np_person(o); /* it holds the remote id */
	(void)np_tlvs(&v, &line_list, o);
}

static const struct np_tlv_row rows[] = {
	{0x0101, SERVICE_NAME, np_emit},
	{0x0102, AC_NAME, np_emit},
	{0x0105, VENDOR_SPECIFIC, read_vendor},
};

static const struct np_tlv_list list = {
	.type_n = 2,
	.len_n = 2,
	.end = 0,
	.row = rows,
	.nrows = NP_COUNT(rows),
};

static enum np_verdict pppoe_decode(struct np_cur *c, struct np_out *o)
{
	enum { VERSION_TYPE = 0x11, PADO = 0x07, PADS = 0x65 };

	if (np_u8(c) != VERSION_TYPE)
		return NP_NOT_MINE;
	const uint8_t *at = c->p;
	unsigned code = np_u8(c);

	np_skip(c, 2); /* session */
	size_t len = np_be16(c);

	if (c->cut)
		return NP_MALFORMED;
	if (c->left > len)
		c->left = len;
	if (code != PADO && code != PADS)
		np_say(o, NP_THIRD);
	else
		np_emit_word(o, ROLE, "access concentrator", at);
	return np_tlvs(c, &list, o);
}

static const struct np_match match[] = {NP_ETHERTYPE(0x8863)};

const struct np_proto np_proto_pppoe = {
	.name = "pppoe",
	.title = "PPPoE discovery",
	.spec = "RFC 2516",
	.layer = "link",
	.grade = "E4",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = pppoe_decode,
};
