/* SPDX-License-Identifier: ISC */
/*
 * SUA (RFC 3868): SCCP's users over IP. As with M3UA the processes' own
 * messages are of the sender; of a message of users the addresses tell what
 * node has a subsystem, where they are routed by its number and a point code or
 * an IP address.
 */
#include "proto/proto.h"

enum { INFO_STRING, ASP_IDENTIFIER, POINT_CODE, ADDRESS, ROLE };

static const struct np_field fields[] = {
	[INFO_STRING] = {"info_string", NP_TEXT, NP_KEY_NONE, 0,
			 "INFO String: free text of the sender"},
	[ASP_IDENTIFIER] = {"asp_identifier", NP_UINT, NP_KEY_NONE, 0,
			    "ASP Identifier that the operator gave"},
	[POINT_CODE] = {"point_code", NP_UINT, NP_KEY_NONE, 0,
			"point code of the node that the role is of"},
	[ADDRESS] = {"address", NP_IP, NP_KEY_IP, 0,
		     "IP address of the node that the role is of"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0,
		  "SGP or ASP of the sender; of an address' owner HLR, VLR, "
		  "MSC, EIR, AuC, GMLC, gsmSCF, SGSN or GGSN"},
};

/* Tags, 3.9.1 and 3.9.2. */
enum {
	SOURCE = 0x0102,
	DESTINATION = 0x0103,
	CODE = 0x8002,
	SUBSYSTEM = 0x8003,
	IP4 = 0x8004,
	IP6 = 0x8006,
};

/* 3.9.1: how it is routed, what it has, and parameters. */
static void read_address(struct np_out *o, struct np_cur c)
{
	enum { BY_CODE = 2, BY_IP = 4 };
	struct np_cur code = {.cut = true}, ip = code, ssn = code, v;
	uint16_t routed = np_be16(&c), tag;

	np_skip(&c, 2);
	while (np_sigtran_next(&c, &tag, &v)) {
		if (tag == CODE)
			code = v;
		else if (tag == IP4 || tag == IP6)
			ip = v;
		else if (tag == SUBSYSTEM && v.left == 4)
			ssn = np_cur(v.p + 3, 1);
	}
	const char *role = ssn.cut ? NULL : np_ss7_role(ssn.p[0]);

	if (c.cut || !role || (routed != BY_CODE && routed != BY_IP))
		return;
	np_say(o, NP_THIRD);
	np_not_sender(o);
	np_emit(o, POINT_CODE, code);
	np_emit(o, ADDRESS, ip);
	np_emit_word(o, ROLE, role, ssn.p);
}

static enum np_verdict sua_decode(struct np_cur *c, struct np_out *o)
{
	struct np_sigtran m;
	struct np_cur v;
	uint16_t tag;

	if (!np_sigtran(*c, &m) || m.class == NP_SIGTRAN_TRANSFER)
		return NP_NOT_MINE;
	np_emit_word(o, ROLE, np_sigtran_role(&m), m.at + 2);
	while (np_sigtran_next(&m.parameters, &tag, &v)) {
		if (tag == NP_SIGTRAN_INFO_STRING)
			np_emit(o, INFO_STRING, v);
		else if (tag == NP_SIGTRAN_ASP_IDENTIFIER)
			np_emit(o, ASP_IDENTIFIER, v);
		else if (m.class == NP_SIGTRAN_CONNECTIONLESS &&
			 (tag == SOURCE || tag == DESTINATION))
			read_address(o, v);
	}
	return m.whole && !m.parameters.cut ? NP_DECODED : NP_MALFORMED;
}

static const struct np_match match[] = {NP_SCTP(4), NP_SCTP_PORT(14001)};

const struct np_proto np_proto_sua = {
	.name = "sua",
	.title = "SCCP User Adaptation Layer",
	.spec = "RFC 3868",
	.layer = "service",
	.grade = "E2",
	.heard = false,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.pairs = true,
	.decode = sua_decode,
};
