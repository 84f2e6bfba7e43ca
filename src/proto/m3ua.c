/* SPDX-License-Identifier: ISC */
/*
 * M3UA (RFC 4666): signalling over IP. What the processes say among themselves
 * is of the sender. Signalling itself passes through gateways: the SCCP inside
 * (ITU-T Q.713) tells by its subsystem numbers what node has a point code, but
 * only where it is routed by them, not by a number that someone will translate
 * on the way. Numbers are subscribers' too, and are not read.
 */
#include "proto/proto.h"

enum { INFO_STRING, ASP_IDENTIFIER, POINT_CODE, NETWORK_INDICATOR, ROLE };

static const struct np_field fields[] = {
	[INFO_STRING] = {"info_string", NP_TEXT, NP_KEY_NONE, 0,
			 "INFO String: free text of the sender"},
	[ASP_IDENTIFIER] = {"asp_identifier", NP_UINT, NP_KEY_NONE, 0,
			    "ASP Identifier that the operator gave"},
	[POINT_CODE] = {"point_code", NP_UINT, NP_KEY_NONE, 0,
			"point code of the node that the role is of"},
	[NETWORK_INDICATOR] = {"network_indicator", NP_UINT, NP_KEY_NONE, 0,
			       "in what network: 0 and 1 international, 2 and "
			       "3 national"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0,
		  "SGP or ASP of the sender; of a point code's owner HLR, "
		  "VLR, MSC, EIR, AuC, GMLC, gsmSCF, SGSN or GGSN"},
};

enum { PROTOCOL_DATA = 0x0210, SCCP = 3 };

/* ------------------------------------------------------------------- SCCP */

/* Q.713 3.4: indicator, point code, subsystem number, a number; ANSI T1.112.3
 * sets the top bit and has the first two the other way round. */
struct address {
	bool by_subsystem; /* routed by it */
	const uint8_t *at; /* of the number; NULL: none */
	uint8_t ssn;
};

static struct address read_address(struct np_cur c)
{
	enum { ANSI = 0x80, BY_SUBSYSTEM = 0x40 };
	struct address a = {0};
	uint8_t flags = np_u8(&c);
	bool ansi = flags & ANSI;
	bool code = flags & (ansi ? 2 : 1), subsystem = flags & (ansi ? 1 : 2);

	if (code && !ansi)
		np_skip(&c, 2);
	a.at = subsystem && c.left ? c.p : NULL;
	a.ssn = subsystem ? np_u8(&c) : 0;
	a.by_subsystem = flags & BY_SUBSYSTEM && !c.cut;
	return a;
}

/* What the pointer at the cursor leads to: an octet counted from itself, or
 * two, little endian, counted from the second. */
static struct np_cur follow(struct np_cur *c, unsigned n)
{
	struct np_cur from = *c;
	size_t to = n == 1 ? np_u8(c) : np_le16(c);

	np_skip(&from, n - 1 + to);
	return np_sub(&from, np_u8(&from));
}

/* Addresses of the message types that have both, or the first (Q.713 4). */
static bool read_sccp(struct np_cur c, struct address *ret_called,
		      struct address *ret_calling)
{
	enum { CR = 1, UDT = 9, XUDT = 17, LUDT = 19 };
	uint8_t type = np_u8(&c);
	unsigned n = type == LUDT ? 2 : 1;

	switch (type) {
	case CR:
		np_skip(&c, 4); /* reference, class */
		break;
	case UDT:
		np_skip(&c, 1); /* class */
		break;
	case XUDT:
	case LUDT:
		np_skip(&c, 2); /* class, hop counter */
		break;
	default:
		return false;
	}
	struct np_cur called = follow(&c, n);

	*ret_called = read_address(called);
	if (type != CR)
		*ret_calling = read_address(follow(&c, n));
	return !c.cut && !called.cut;
}

static void say_node(struct np_out *o, const struct address *a,
		     struct np_cur code, struct np_cur network)
{
	const char *role = np_ss7_role(a->ssn);

	if (!a->by_subsystem || !a->at || !role)
		return;
	np_say(o, NP_THIRD);
	np_not_sender(o);
	np_emit(o, POINT_CODE, code);
	np_emit(o, NETWORK_INDICATOR, network);
	np_emit_word(o, ROLE, role, a->at);
}

/* RFC 4666 3.3.1: both point codes, service and network indicator, priority,
 * link. */
static void read_data(struct np_out *o, struct np_cur c)
{
	struct address called = {0}, calling = {0};
	struct np_cur opc = np_sub(&c, 4), dpc = np_sub(&c, 4);
	uint8_t service = np_u8(&c);
	struct np_cur network = np_sub(&c, 1);

	np_skip(&c, 2);
	if (c.cut || service != SCCP || !read_sccp(c, &called, &calling))
		return;
	say_node(o, &calling, opc, network);
	say_node(o, &called, dpc, network);
}

/* ------------------------------------------------------------------- M3UA */

static enum np_verdict m3ua_decode(struct np_cur *c, struct np_out *o)
{
	struct np_sigtran m;
	struct np_cur v;
	uint16_t tag;

	if (!np_sigtran(*c, &m) || m.class == NP_SIGTRAN_CONNECTIONLESS)
		return NP_NOT_MINE;
	np_emit_word(o, ROLE, np_sigtran_role(&m), m.at + 2);
	while (np_sigtran_next(&m.parameters, &tag, &v)) {
		if (tag == NP_SIGTRAN_INFO_STRING)
			np_emit(o, INFO_STRING, v);
		else if (tag == NP_SIGTRAN_ASP_IDENTIFIER)
			np_emit(o, ASP_IDENTIFIER, v);
		else if (tag == PROTOCOL_DATA && m.class == NP_SIGTRAN_TRANSFER)
			read_data(o, v);
	}
	return m.whole && !m.parameters.cut ? NP_DECODED : NP_MALFORMED;
}

static const struct np_match match[] = {NP_SCTP(3), NP_SCTP_PORT(2905)};

const struct np_proto np_proto_m3ua = {
	.name = "m3ua",
	.title = "MTP3 User Adaptation Layer",
	.spec = "RFC 4666, ITU-T Q.713",
	.layer = "service",
	.grade = "E2",
	.heard = false,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.pairs = true,
	.decode = m3ua_decode,
};
