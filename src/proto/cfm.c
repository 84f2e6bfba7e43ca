/* SPDX-License-Identifier: ISC */
/*
 * Connectivity fault management (IEEE 802.1Q clause 21, ITU-T G.8013): who
 * sends, in the sender id element; what the domain and association are called,
 * in continuity checks; and whose private messages are spoken.
 */
#include "proto/proto.h"

enum {
	MEP_ID,
	MD_NAME,
	MA_NAME,
	CHASSIS_SUBTYPE,
	CHASSIS_ID,
	MANAGEMENT_DOMAIN,
	MANAGEMENT_ADDRESS,
	ORG_OUI,
};

static const struct np_field fields[] = {
	[MEP_ID] = {"mep_id", NP_UINT, NP_KEY_NONE, 0,
		    "number of the end point in its association"},
	[MD_NAME] = {"md_name", NP_TEXT, NP_KEY_NONE, 0,
		     "name of the maintenance domain"},
	[MA_NAME] = {"ma_name", NP_TEXT, NP_KEY_NONE, 0,
		     "name of the maintenance association"},
	[CHASSIS_SUBTYPE] = {"chassis_subtype", NP_UINT, NP_KEY_NONE, 0,
			     "what the chassis id is: 4 a MAC address"},
	[CHASSIS_ID] = {"chassis_id", NP_TEXT, NP_KEY_CHASSIS_ID, 0,
			"id of the chassis"},
	[MANAGEMENT_DOMAIN] = {"management_domain", NP_OID, NP_KEY_NONE, 0,
			       "transport of the management address"},
	[MANAGEMENT_ADDRESS] = {"management_address", NP_IP, NP_KEY_IP, 0,
				"address it is managed at"},
	[ORG_OUI] = {"org_oui", NP_HEX, NP_KEY_NONE, 0,
		     "OUI of a private element or message"},
};

/* 21.5.3.5: for UDP over IP (RFC 3419) the address ends with the port. */
static void read_management(struct np_out *o, struct np_cur domain,
			    struct np_cur address)
{
	static const uint8_t udp[] = {0x2b, 6, 1, 2, 1, 100, 1};
	enum { UDP_IP4 = 1, UDP_IP6 = 2 };

	np_emit(o, MANAGEMENT_DOMAIN, domain);
	if (!np_ahead(domain, udp, sizeof(udp)))
		return;
	np_skip(&domain, sizeof(udp));
	switch (np_u8(&domain)) {
	case UDP_IP4:
		np_emit(o, MANAGEMENT_ADDRESS, np_sub(&address, 4));
		break;
	case UDP_IP6:
		np_emit(o, MANAGEMENT_ADDRESS, np_sub(&address, 16));
		break;
	}
}

/* 21.5.3 */
static void read_sender(struct np_out *o, unsigned field, struct np_cur v)
{
	size_t len = np_u8(&v);

	if (len) {
		struct np_cur subtype = np_sub(&v, 1);
		struct np_cur chassis = np_sub(&v, len);

		np_emit(o, CHASSIS_SUBTYPE, subtype);
		np_emit_chassis_id(o, field, np_u8(&subtype), chassis);
	}
	if (!v.left)
		return; /* no management address */
	struct np_cur domain = np_sub(&v, np_u8(&v));
	struct np_cur address = np_sub(&v, np_u8(&v));

	read_management(o, domain, address);
}

static void read_org(struct np_out *o, unsigned field, struct np_cur v)
{
	np_emit(o, field, np_sub(&v, 3));
}

static const struct np_tlv_row rows[] = {
	{1, CHASSIS_ID, read_sender},
	{31, ORG_OUI, read_org},
};

static const struct np_tlv_list list = {
	.type_n = 1,
	.len_n = 2,
	.end = 0,
	.row = rows,
	.nrows = NP_COUNT(rows),
};

/* A name by its format; what is no text is kept as it stands. */
static void emit_name(struct np_out *o, unsigned field, bool text,
		      struct np_cur v)
{
	np_emit_as(o, field, text ? NP_TEXT : NP_HEX, v);
}

/* 21.6.5: domain and association, in 48 octets */
static void read_maid(struct np_out *o, struct np_cur v)
{
	enum { MD_NONE = 1, MD_DNS = 2, MD_TEXT = 4, MA_TEXT = 2, MA_ICC = 32 };
	unsigned md = np_u8(&v);

	if (md != MD_NONE) {
		struct np_cur name = np_sub(&v, np_u8(&v));

		emit_name(o, MD_NAME, md == MD_DNS || md == MD_TEXT, name);
	}
	unsigned ma = np_u8(&v);
	struct np_cur name = np_sub(&v, np_u8(&v));

	emit_name(o, MA_NAME, ma == MA_TEXT || ma == MA_ICC, name);
}

enum { CCM = 1 };

static enum np_verdict cfm_decode(struct np_cur *c, struct np_out *o)
{
	enum { EXR = 48, EXM = 49, VSR = 50, VSM = 51 };

	np_skip(c, 1); /* level and version */
	unsigned opcode = np_u8(c);

	np_skip(c, 1); /* flags */
	struct np_cur fixed = np_sub(c, np_u8(c));

	if (opcode == CCM) {
		np_skip(&fixed, 4); /* sequence number */
		np_emit(o, MEP_ID, np_sub(&fixed, 2));
		read_maid(o, np_sub(&fixed, 48));
	} else if (opcode >= EXR && opcode <= VSM) {
		np_emit(o, ORG_OUI, np_sub(&fixed, 3));
	}
	return np_tlvs(c, &list, o);
}

/* Y.1731 9.2: the sequence number of a CCM. */
static void cfm_noise(struct np_cur c, struct np_noise *ret)
{
	np_skip(&c, 1);
	uint8_t opcode = np_u8(&c);

	np_skip(&c, 1);
	struct np_cur fixed = np_sub(&c, np_u8(&c));

	if (opcode == CCM)
		np_noisy(ret, np_sub(&fixed, 4));
}

static const struct np_match match[] = {NP_ETHERTYPE(0x8902)};

const struct np_proto np_proto_cfm = {
	.name = "cfm",
	.title = "Connectivity Fault Management",
	.spec = "IEEE 802.1Q clause 21, ITU-T G.8013",
	.layer = "link",
	.grade = "E4",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = cfm_decode,
	.noise = cfm_noise,
};
