/* SPDX-License-Identifier: ISC */
/*
 * The MAC address inside an IPv6 interface identifier (RFC 4291 appendix A):
 * ff:fe in its middle and the universal bit inverted. It survives any number
 * of routed hops. The wire hands the sixteen octets of a source address here
 * once for each new one with ff:fe in octets 11 and 12. RFC 4944 section 6
 * puts a short address of 16 bits behind 0000:00ff:fe00: no MAC, and the same
 * in many networks.
 */
#include "proto/proto.h"

enum { MAC };

static const struct np_field fields[] = {
	[MAC] = {"mac", NP_MAC, NP_KEY_MAC, 0,
		 "MAC address in the interface identifier"},
};

static enum np_verdict eui64_decode(struct np_cur *c, struct np_out *o)
{
	enum { GROUP = 0x01, UNIVERSAL = 0x02 };
	static const uint8_t of_short[] = {0, 0, 0, 0xff, 0xfe, 0};
	struct np_cur all = *c, id;

	np_skip(&all, 8);
	id = np_sub(&all, 8);
	*c = all;
	if (c->cut)
		return NP_MALFORMED;
	if (id.p[3] != 0xff || id.p[4] != 0xfe || id.p[0] & GROUP ||
	    np_ahead(id, of_short, sizeof(of_short)))
		return NP_NOT_MINE;
	const uint8_t mac[] = {id.p[0] ^ UNIVERSAL,
			       id.p[1],
			       id.p[2],
			       id.p[5],
			       id.p[6],
			       id.p[7]};

	np_emit_made(o, MAC, NP_MAC, mac, sizeof(mac), id.p);
	return NP_DECODED;
}

const struct np_proto np_proto_eui64 = {
	.name = "eui64",
	.title = "EUI-64 interface identifier",
	.spec = "RFC 4291 appendix A",
	.layer = "network",
	.grade = "E3",
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = eui64_decode,
};
