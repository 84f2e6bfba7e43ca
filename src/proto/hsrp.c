/* SPDX-License-Identifier: ISC */
/*
 * HSRP: which of several routers answers for one address (version 1: RFC 2281
 * clause 5.2; version 2 has no public specification, its layout is as
 * Wireshark reads it: elements of one octet type and one length). The router
 * that answers sends from the virtual MAC address, which names no box, so the
 * sender is its IP address; the addresses in it are shared and nobody's key.
 * The text of 8 octets is a password in the clear and not read.
 */
#include "proto/proto.h"

enum { VERSION, STATE, GROUP, PRIORITY, IDENTIFIER, ADDRESS };

static const struct np_field fields[] = {
	[VERSION] = {"version", NP_UINT, NP_KEY_NONE, 0,
		     "0, which is called version 1, or 2"},
	[STATE] = {"state", NP_UINT, NP_KEY_NONE, 0,
		   "code of its state; which one answers depends on version"},
	[GROUP] = {"group", NP_UINT, NP_KEY_NONE, 0,
		   "the virtual router, by number on its link"},
	[PRIORITY] = {"priority", NP_UINT, NP_KEY_NONE, 0,
		      "the highest of a group answers"},
	[IDENTIFIER] = {"identifier", NP_MAC, NP_KEY_NONE, 0,
			"who sends, by an address of its own"},
	[ADDRESS] = {"address", NP_IP, NP_KEY_NONE, 0,
		     "address of the virtual router"},
};

/* Behind version, opcode and state. */
static void read_group(struct np_out *o, unsigned field, struct np_cur v)
{
	const uint8_t *at = v.p;
	unsigned version = np_u8(&v), ip;

	np_emit_u(o, field, &v, at, version);
	np_skip(&v, 1);
	np_emit(o, STATE, np_sub(&v, 1));
	ip = np_u8(&v);
	np_emit(o, GROUP, np_sub(&v, 2));
	np_emit(o, IDENTIFIER, np_sub(&v, 6));
	np_emit(o, PRIORITY, np_sub(&v, 4));
	np_skip(&v, 4 + 4); /* milliseconds: hello, hold */
	np_emit(o, ADDRESS, np_sub(&v, ip == 6 ? 16 : 4));
}

static const struct np_tlv_row rows[] = {{1, VERSION, read_group}};

static const struct np_tlv_list list = {
	.type_n = 1,
	.len_n = 1,
	.row = rows,
	.nrows = NP_COUNT(rows),
};

static enum np_verdict read_first(struct np_cur *c, struct np_out *o)
{
	np_emit(o, VERSION, np_sub(c, 1));
	np_skip(c, 1); /* opcode */
	np_emit(o, STATE, np_sub(c, 1));
	np_skip(c, 2); /* seconds: hello, hold */
	np_emit(o, PRIORITY, np_sub(c, 1));
	np_emit(o, GROUP, np_sub(c, 1));
	np_skip(c, 1 + 8); /* reserved, password */
	np_emit(o, ADDRESS, np_sub(c, 4));
	return c->cut ? NP_MALFORMED : NP_DECODED;
}

static enum np_verdict hsrp_decode(struct np_cur *c, struct np_out *o)
{
	struct np_cur head = *c;
	unsigned first = np_u8(&head), second = np_u8(&head);

	/* Version 1 has a zero first and hello, coup or resign behind it; its
	 * advertisements of interfaces (3) hold nothing of a box. */
	if (head.cut || first > 4 || (first == 0 && second > 2))
		return NP_NOT_MINE;
	np_not_sender(o);
	np_key(o, NP_KEY_IP, NP_IP, np_cur(o->from->src_ip, o->from->ip_len));
	return first == 0 ? read_first(c, o) : np_tlvs(c, &list, o);
}

static const struct np_match match[] = {
	NP_UDP(1985), NP_UDP(2029), /* over IPv6 */
};

const struct np_proto np_proto_hsrp = {
	.name = "hsrp",
	.title = "Hot Standby Router Protocol",
	.spec = "RFC 2281; version 2 not public",
	.layer = "network",
	.grade = "E1",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = hsrp_decode,
};
