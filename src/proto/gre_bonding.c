/* SPDX-License-Identifier: ISC */
/*
 * GRE tunnel bonding (RFC 8157): a home gateway joins two lines by tunnels to
 * an aggregation point (HAAP), and both set them up by messages inside GRE
 * (clause 4), which are a type, the kind of tunnel and attributes (5). One
 * maker wrote it down; that a box speaks it is its function, not its maker.
 *
 * Who asks is the gateway, a subscriber's, who grants or denies the aggregation
 * point. The client's name is a subscriber. What the tunnels carry has other
 * types and is not read here.
 */
#include "proto/proto.h"

enum { TUNNEL, ADDRESS, CLIENT_NAME, ROLE };

static const struct np_field fields[] = {
	[TUNNEL] = {"tunnel", NP_UINT, NP_KEY_NONE, 0,
		    "1: the first, mostly over DSL; 2: the second, over a "
		    "mobile network"},
	[ADDRESS] = {"address", NP_IP, NP_KEY_IP, 0,
		     "H IPv4 or IPv6 Address: the aggregation point's own"},
	[CLIENT_NAME] = {"client_name", NP_TEXT, NP_KEY_NONE, NP_PERSON,
			 "Client Identification Name: a subscriber"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0,
		  "HG (home gateway) or HAAP (aggregation point)"},
};

/* 4: the types of messages, and 5: of attributes. */
enum { REQUEST = 1, ACCEPT, DENY, LAST = 6 };
enum { A_IP4 = 1, A_IP6 = 2, A_CLIENT = 3, A_END = 255 };

static const struct np_tlv_row request_rows[] = {
	{A_CLIENT, CLIENT_NAME, np_emit},
};

static const struct np_tlv_row accept_rows[] = {
	{A_IP4, ADDRESS, np_emit},
	{A_IP6, ADDRESS, np_emit},
};

/* What others tell of addresses is not of the sender. */
static const struct np_tlv_list lists[] = {
	[REQUEST] = {.type_n = 1,
		     .len_n = 2,
		     .end = A_END,
		     .row = request_rows,
		     .nrows = NP_COUNT(request_rows)},
	[ACCEPT] = {.type_n = 1,
		    .len_n = 2,
		    .end = A_END,
		    .row = accept_rows,
		    .nrows = NP_COUNT(accept_rows)},
};

static enum np_verdict gre_bonding_decode(struct np_cur *c, struct np_out *o)
{
	const uint8_t *at = c->p;
	unsigned first = np_u8(c), type = first >> 4;

	if (c->cut || !type || type > LAST)
		return NP_NOT_MINE;
	np_emit_u(o, TUNNEL, c, at, first & 15);
	if (type == REQUEST)
		np_emit_word(o, ROLE, "HG", at);
	else if (type == ACCEPT || type == DENY)
		np_emit_word(o, ROLE, "HAAP", at);
	return type <= ACCEPT ? np_tlvs(c, &lists[type], o) : NP_DECODED;
}

static const struct np_match match[] = {NP_ETHERTYPE(0xb7ea)};

const struct np_proto np_proto_gre_bonding = {
	.name = "gre_bonding",
	.title = "GRE tunnel bonding",
	.spec = "RFC 8157",
	.layer = "network",
	.grade = "E2",
	.heard = false,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = gre_bonding_decode,
};
