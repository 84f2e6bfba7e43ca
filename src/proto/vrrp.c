/* SPDX-License-Identifier: ISC */
/*
 * VRRP: which of several routers answers for one address (RFC 9568 clause 5.2
 * for version 3, RFC 3768 clause 5.1 for version 2). The message comes from the
 * virtual router's MAC address, which names no box; its IP address is the
 * router's own. The addresses in it are shared, so they are nobody's key.
 *
 *	version and type, group, priority, count, (v3) 4 bits and 12 of
 *	centiseconds or (v2) authentication and seconds, checksum, addresses,
 *	(v2) 8 octets of authentication, which are a password in the clear
 *
 * CARP has the same protocol number, the same first octet as version 2, and
 * seven where the count stands; its length is another.
 */
#include "proto/proto.h"

enum { VERSION, GROUP, PRIORITY, INTERVAL, ADDRESS };

static const struct np_field fields[] = {
	[VERSION] = {"version", NP_UINT, NP_KEY_NONE, 0, "2 or 3"},
	[GROUP] = {"group", NP_UINT, NP_KEY_NONE, 0,
		   "the virtual router, by number on its link"},
	[PRIORITY] = {"priority", NP_UINT, NP_KEY_NONE, 0,
		      "255: owns the addresses; 0: gives up"},
	[INTERVAL] = {"interval", NP_UINT, NP_KEY_NONE, 0,
		      "milliseconds between messages"},
	[ADDRESS] = {"address", NP_IP, NP_KEY_NONE, 0,
		     "address of the virtual router"},
};

static enum np_verdict vrrp_decode(struct np_cur *c, struct np_out *o)
{
	const struct np_from *f = o->from;
	struct np_cur head = *c, at = *c;
	unsigned first = np_u8(&head), version = first >> 4, interval;
	size_t count, tail = version == 2 ? 8 : 0;

	np_skip(&head, 2);
	count = np_u8(&head);
	/* Only advertisements are defined. */
	if ((first != 0x21 && first != 0x31) || (f->ip_len != 4 && tail) ||
	    (tail && c->left != 8 + 4 * count + tail))
		return NP_NOT_MINE;
	np_not_sender(o);
	np_key(o, NP_KEY_IP, NP_IP, np_cur(f->src_ip, f->ip_len));
	np_emit_u(o, VERSION, c, np_take(c, 1), version);
	np_emit(o, GROUP, np_sub(c, 1));
	np_emit(o, PRIORITY, np_sub(c, 1));
	np_skip(c, 1);
	at = *c;
	interval = np_be16(c);
	interval = version == 2 ? (interval & 0xff) * 1000
				: (interval & 0xfff) * 10;
	np_emit_u(o, INTERVAL, c, at.p, interval);
	np_skip(c, 2);
	while (count-- && !c->cut)
		np_emit(o, ADDRESS, np_sub(c, f->ip_len));
	return c->cut ? NP_MALFORMED : NP_DECODED;
}

static const struct np_match match[] = {{.on = NP_ON_IP, .a = 112}};

const struct np_proto np_proto_vrrp = {
	.name = "vrrp",
	.title = "Virtual Router Redundancy Protocol",
	.spec = "RFC 9568; RFC 3768",
	.layer = "network",
	.grade = "E1",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = vrrp_decode,
};
