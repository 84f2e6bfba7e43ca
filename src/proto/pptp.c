/* SPDX-License-Identifier: ISC */
/*
 * PPTP's control connection (RFC 2637 clause 2): a message is its length, 1, a
 * magic number, its type and two octets of zero. The first each way (2.1, 2.2)
 * tells who sends; of calls those that come in tell at which end it is.
 *
 * By the letter who places a call that goes out is the network server. In the
 * world it is a subscriber's computer, which dials into one: it proves nothing,
 * and the computer's name is kept only where the address is the operator's.
 * Numbers of telephones are not read.
 */
#include "proto/proto.h"

enum { PROTOCOL_VERSION, FIRMWARE_REVISION, HOST_NAME, VENDOR_NAME, ROLE };

static const struct np_field fields[] = {
	[PROTOCOL_VERSION] = {"protocol_version", NP_LIST, NP_KEY_NONE, 0,
			      "Protocol Version: version and revision"},
	[FIRMWARE_REVISION] = {"firmware_revision", NP_UINT, NP_KEY_NONE, 0,
			       "Firmware Revision, as the maker counts"},
	[HOST_NAME] = {"host_name", NP_TEXT, NP_KEY_NONE, NP_BANNER,
		       "Host Name: DNS name of the sender"},
	[VENDOR_NAME] = {"vendor_name", NP_TEXT, NP_KEY_NONE, 0,
			 "Vendor String: the maker's own text"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0,
		  "PAC (access concentrator) or PNS (network server), by what "
		  "it sends of a call that comes in"},
};

enum { HEAD = 12, LONGEST = 220 }; /* 2.10: Incoming-Call-Request */

enum { REQUEST = 1, REPLY = 2, MESSAGES = 16 };

/* 2.10 to 2.12, 2.14: who sends what. */
static const char *const roles[MESSAGES] = {
	[9] = "PAC",  /* Incoming-Call-Request */
	[10] = "PNS", /* Incoming-Call-Reply */
	[11] = "PAC", /* Incoming-Call-Connected */
	[14] = "PAC", /* WAN-Error-Notify */
};

/* False when c does not begin with a message's head. */
static bool read_head(struct np_cur *c, size_t *ret_n, unsigned *ret_type)
{
	*ret_n = np_be16(c);
	bool control = np_be16(c) == 1 && np_eat(c, "\x1a\x2b\x3c\x4d", 4);

	*ret_type = np_be16(c);
	return control && np_be16(c) == 0 && *ret_n >= HEAD &&
	       *ret_n <= LONGEST && *ret_type && *ret_type < MESSAGES;
}

/* 2.1; in a reply its result stands where the request has zero. */
static void read_connection(struct np_cur c, struct np_out *o)
{
	np_emit(o, PROTOCOL_VERSION, np_sub(&c, 2));
	np_skip(&c, 2 + 4 + 4 + 2); /* framing, bearers, channels */
	np_emit(o, FIRMWARE_REVISION, np_sub(&c, 2));
	np_emit_string(o, HOST_NAME, np_sub(&c, 64));
	np_emit_string(o, VENDOR_NAME, np_sub(&c, 64));
}

static enum np_verdict pptp_decode(struct np_cur *c, struct np_out *o)
{
	enum { WHOLE = 156 };
	const size_t all = c->left;
	const uint8_t *at = c->p;
	size_t n;
	unsigned type;

	if (all < HEAD && !o->from->end)
		return np_more(o, HEAD);
	if (!read_head(c, &n, &type))
		return NP_NOT_MINE;
	bool opens = type == REQUEST || type == REPLY;

	if (opens && n != WHOLE)
		return NP_MALFORMED;
	if (n > all && !o->from->end)
		return np_more(o, n);
	if (opens)
		read_connection(*c, o);
	np_emit_word(o, ROLE, roles[type], at + 8);
	if (!roles[type])
		o->next = n;
	return n > all ? NP_MALFORMED : NP_DECODED;
}

static bool pptp_sync(struct np_cur c)
{
	size_t n;
	unsigned type;

	return read_head(&c, &n, &type);
}

static const struct np_match match[] = {NP_TCP(1723)};

const struct np_proto np_proto_pptp = {
	.name = "pptp",
	.title = "Point-to-Point Tunneling Protocol",
	.spec = "RFC 2637",
	.layer = "network",
	.grade = "E4",
	.heard = false,
	.limit = 4096,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = pptp_decode,
	.sync = pptp_sync,
};
