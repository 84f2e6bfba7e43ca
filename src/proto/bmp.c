/* SPDX-License-Identifier: ISC */
/*
 * The BGP Monitoring Protocol, RFC 7854: a router tells a station who it is,
 * which peers it has, and what these say. Read are how it introduces itself
 * (4.3) and, of each peer that comes up (4.10), the OPEN messages that both
 * sent. Routes and counts are stepped over. The port is the operator's choice.
 *
 *	version 3, length of all, type; information as type, length, value; or
 *	of a peer: its kind, flags, distinguisher, address, autonomous system,
 *	identifier, time; then where it came up the local address, both ports,
 *	the OPEN sent, the OPEN received
 */
#include "proto/proto.h"

enum {
	STRING,
	SYS_DESCR,
	SYS_NAME,
	IDENTIFIER,
	AS,
	FQDN,
	PEER_ADDRESS,
	PEER_IDENTIFIER,
	PEER_AS,
	PEER_FQDN,
	ROLE,
};

static const struct np_field fields[] = {
	[STRING] = {"string", NP_TEXT, NP_KEY_NONE, 0,
		    "free text of the Initiation message"},
	[SYS_DESCR] = {"sys_descr", NP_TEXT, NP_KEY_NONE, 0,
		       "sysDescr of the router"},
	[SYS_NAME] = {"sys_name", NP_TEXT, NP_KEY_NAME, 0,
		      "sysName of the router"},
	[IDENTIFIER] = {"identifier", NP_IP, NP_KEY_NONE, 0,
			"BGP Identifier of the router"},
	[AS] = {"as", NP_UINT, NP_KEY_NONE, 0,
		"autonomous system of the router"},
	[FQDN] = {"fqdn", NP_TEXT, NP_KEY_NAME, 0,
		  "host and domain name of the router, as its OPEN has them"},
	[PEER_ADDRESS] = {"peer_address", NP_IP, NP_KEY_IP, 0,
			  "address of a peer outside any VPN"},
	[PEER_IDENTIFIER] = {"peer_identifier", NP_IP, NP_KEY_NONE, 0,
			     "BGP Identifier of a peer"},
	[PEER_AS] = {"peer_as", NP_UINT, NP_KEY_NONE, 0,
		     "autonomous system of a peer"},
	[PEER_FQDN] = {"peer_fqdn", NP_TEXT, NP_KEY_NAME, 0,
		       "host and domain name of a peer"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0, "BGP speaker"},
};

enum type { PEER_UP = 3, INITIATION = 4, TERMINATION = 5, TYPES = 7 };
enum { HEAD = 6, PEER = 42, PEER_KINDS = 4, LONGEST = 1 << 17 };

/* 4.4 */
static const struct np_tlv_row rows[] = {
	{0, STRING, np_emit},
	{1, SYS_DESCR, np_emit},
	{2, SYS_NAME, np_emit},
};

static const struct np_tlv_list list = {
	.type_n = 2,
	.len_n = 2,
	.end = NP_TLV_NO_END,
	.row = rows,
	.nrows = NP_COUNT(rows),
};

/* 4.1, and as much of what follows as tells it from others that begin with 3,
 * foremost RFC 1006. */
static bool read_head(struct np_cur *c, size_t *ret_n, unsigned *ret_type)
{
	enum { VERSION = 3, KINDS_OF_TEXT = 5 };
	unsigned version = np_u8(c);

	*ret_n = np_be32(c);
	*ret_type = np_u8(c);
	struct np_cur ahead = *c;

	if (c->cut || version != VERSION || *ret_n > LONGEST ||
	    *ret_type >= TYPES)
		return false;
	if (*ret_type != INITIATION && *ret_type != TERMINATION)
		return *ret_n >= HEAD + PEER && np_u8(&ahead) < PEER_KINDS;
	if (*ret_n == HEAD)
		return true;
	return np_be16(&ahead) < KINDS_OF_TEXT &&
	       np_be16(&ahead) + HEAD + 4u <= *ret_n;
}

static void read_open(struct np_out *o, struct np_bgp_open *open,
		      unsigned identifier, unsigned as, unsigned fqdn)
{
	struct np_cur v, number = open->as, name = {.cut = true};
	const uint8_t *code;

	np_emit(o, identifier, open->identifier);
	while (np_bgp_capability(open, &code, &v))
		if (*code == NP_BGP_FOUR_OCTET_AS && v.left == 4)
			number = v;
		else if (*code == NP_BGP_FQDN)
			name = v;
	np_emit(o, as, number);
	np_bgp_fqdn(o, fqdn, name);
	np_emit_word(o, ROLE, "BGP speaker", open->identifier.p);
}

static bool next_open(struct np_cur *c, struct np_bgp_open *ret)
{
	size_t n;
	unsigned type;

	return np_bgp_head(c, &n, &type) && type == NP_BGP_OPEN &&
	       np_bgp_open(np_sub(c, n - NP_BGP_HEAD), ret);
}

/* 4.2, 4.10. Peers inside a VPN are customers' (RFC 4364), and what stands for
 * the router's own table (RFC 9069) is no peer. */
static enum np_verdict read_peer_up(struct np_out *o, struct np_cur c)
{
	enum { GLOBAL = 0, V6 = 0x80, DISTINGUISHER = 8 };
	unsigned kind = np_u8(&c), flags = np_u8(&c);
	struct np_bgp_open sent, received;

	np_skip(&c, DISTINGUISHER + (flags & V6 ? 0 : 12));
	struct np_cur address = np_sub(&c, flags & V6 ? 16 : 4);

	np_skip(&c, 4 + 4 + 8); /* as, identifier, time */
	np_skip(&c, 16 + 2 + 2);
	if (!next_open(&c, &sent) || !next_open(&c, &received))
		return NP_MALFORMED;
	read_open(o, &sent, IDENTIFIER, AS, FQDN);
	if (kind != GLOBAL)
		return NP_DECODED;
	np_say(o, NP_THIRD);
	np_emit(o, PEER_ADDRESS, address);
	read_open(o, &received, PEER_IDENTIFIER, PEER_AS, PEER_FQDN);
	return NP_DECODED;
}

static enum np_verdict bmp_decode(struct np_cur *c, struct np_out *o)
{
	struct np_cur head = *c;
	size_t n;
	unsigned type;

	if (c->left && c->p[0] != 3)
		return NP_NOT_MINE;
	if (c->left < HEAD + 4 && !o->from->end)
		return np_more(o, HEAD + 4);
	if (!read_head(&head, &n, &type))
		return NP_NOT_MINE;
	o->next = n;
	if (type != INITIATION && type != PEER_UP)
		return NP_DECODED;
	if (c->left < n)
		return o->from->end ? NP_MALFORMED : np_more(o, n);
	struct np_cur body = np_sub(&head, n - HEAD);

	return type == PEER_UP ? read_peer_up(o, body)
			       : np_tlvs(&body, &list, o);
}

static bool bmp_sync(struct np_cur c)
{
	size_t n;
	unsigned type;

	return read_head(&c, &n, &type);
}

static const struct np_match match[] = {
	NP_TCP(11019),
	NP_STREAM("\3\0\0"),
};

const struct np_proto np_proto_bmp = {
	.name = "bmp",
	.title = "BGP Monitoring Protocol",
	.spec = "RFC 7854",
	.layer = "management",
	.grade = "E4",
	.heard = false,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = bmp_decode,
	.sync = bmp_sync,
};
