/* SPDX-License-Identifier: ISC */
/*
 * L2TP: version 2 (RFC 2661 3.1, attributes in 4) and version 3 (RFC 3931 3.2,
 * 5), whose head is as long with one number of 32 bits where two of 16 stand.
 * Over IP itself four octets of zero come before it. Of control messages the
 * two that open a connection tell who sends; those of calls tell in version 2
 * at which end it is. Data messages are a subscriber's and another's matter,
 * and a hidden value stays hidden.
 *
 * Who opens may be either end, and in tunnels of a subscriber's own making is
 * his computer: its name is kept where the address is the operator's.
 */
#include "proto/proto.h"

enum {
	VERSION,
	PROTOCOL_VERSION,
	FIRMWARE_REVISION,
	HOST_NAME,
	VENDOR_NAME,
	ROUTER_ID,
	PSEUDOWIRE_TYPE,
	ATTRIBUTE_VENDOR,
	ROLE,
};

static const struct np_field fields[] = {
	[VERSION] = {"version", NP_UINT, NP_KEY_NONE, 0,
		     "2 or 3, by the head of what opens a connection"},
	[PROTOCOL_VERSION] = {"protocol_version", NP_LIST, NP_KEY_NONE, 0,
			      "Protocol Version: version and revision"},
	[FIRMWARE_REVISION] = {"firmware_revision", NP_UINT, NP_KEY_NONE, 0,
			       "Firmware Revision, as the maker counts"},
	[HOST_NAME] = {"host_name", NP_TEXT, NP_KEY_NONE, NP_BANNER,
		       "Host Name: of the box, or of the tunnel, which many "
		       "boxes may share"},
	[VENDOR_NAME] = {"vendor_name", NP_TEXT, NP_KEY_NONE, 0,
			 "Vendor Name: the maker's own text"},
	[ROUTER_ID] = {"router_id", NP_UINT, NP_KEY_NONE, 0,
		       "Router ID, version 3"},
	[PSEUDOWIRE_TYPE] = {"pseudowire_type", NP_UINT, NP_KEY_NONE, 0,
			     "what it can carry, version 3"},
	[ATTRIBUTE_VENDOR] = {"attribute_vendor", NP_UINT, NP_KEY_NONE, 0,
			      "whose own attributes it sends, which other "
			      "makers' boxes may know too"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0,
		  "LAC or LNS, by what it sends of a call in version 2; LCCE "
		  "(either) in version 3"},
};

enum { HEAD = 12, FLAGS = 0xc800 }; /* type, length and sequence are there */

enum { HIDDEN = 0x4000, LENGTH = 0x03ff };

/* Messages, RFC 2661 3.2; attributes, 4.4, RFC 3931 5.4. */
enum { SCCRQ = 1, SCCRP = 2, MESSAGES = 17 };
enum { A_VERSION = 2, A_VENDOR = 58, A_ROUTER = 60, A_PSEUDOWIRES = 62 };

/* RFC 2661 3.2, clauses 6 and 7: who sends what. */
static const char *const roles[MESSAGES] = {
	[7] = "LNS",  /* Outgoing-Call-Request */
	[8] = "LAC",  /* Outgoing-Call-Reply */
	[9] = "LAC",  /* Outgoing-Call-Connected */
	[10] = "LAC", /* Incoming-Call-Request */
	[11] = "LNS", /* Incoming-Call-Reply */
	[12] = "LAC", /* Incoming-Call-Connected */
	[15] = "LAC", /* WAN-Error-Notify */
	[16] = "LNS", /* Set-Link-Info */
};

struct attribute {
	bool hidden;
	uint16_t vendor, type;
	const uint8_t *at;
	struct np_cur v;
};

static bool next(struct np_cur *c, struct attribute *ret)
{
	if (!c->left)
		return false;
	ret->at = c->p;
	unsigned first = np_be16(c), n = first & LENGTH;

	ret->hidden = first & HIDDEN;
	ret->vendor = np_be16(c);
	ret->type = np_be16(c);
	ret->v = np_sub(c, n < 6 ? SIZE_MAX : n - 6);
	return !c->cut;
}

static void read_pseudowires(struct np_out *o, struct np_cur v)
{
	while (v.left >= 2)
		np_emit(o, PSEUDOWIRE_TYPE, np_sub(&v, 2));
}

/* RFC 3931 5.1 gives makers whose number is longer an attribute around theirs.
 */
static void read_attribute(struct np_out *o, const struct attribute *a)
{
	static const uint8_t field[] = {
		[A_VERSION] = PROTOCOL_VERSION,
		[6] = FIRMWARE_REVISION,
		[7] = HOST_NAME,
		[8] = VENDOR_NAME,
		[A_ROUTER] = ROUTER_ID,
	};
	struct np_cur v = a->v;

	if (a->vendor)
		np_emit(o, ATTRIBUTE_VENDOR, np_cur(a->at + 2, 2));
	else if (a->hidden)
		return;
	else if (a->type == A_VENDOR)
		np_emit(o, ATTRIBUTE_VENDOR, np_sub(&v, 4));
	else if (a->type == A_PSEUDOWIRES)
		read_pseudowires(o, v);
	else if (a->type < NP_COUNT(field) && field[a->type])
		np_emit(o, field[a->type], v);
}

struct message {
	const uint8_t *at;
	unsigned version;
	struct np_cur attributes; /* what is there of them */
	bool whole;
};

/* False when it is no control message. */
static bool read_head(struct np_cur c, const struct np_from *f,
		      struct message *ret)
{
	if (f->ip_proto == 115 && np_be32(&c))
		return false;
	ret->at = c.p;
	unsigned flags = np_be16(&c), n = np_be16(&c);

	np_skip(&c, HEAD - 4);
	if (c.cut || (flags != (FLAGS | 2) && flags != (FLAGS | 3)) || n < HEAD)
		return false;
	ret->version = flags & 15;
	ret->whole = n - HEAD <= c.left;
	ret->attributes = np_sub(&c, ret->whole ? n - HEAD : c.left);
	return true;
}

static void say_role(struct np_out *o, unsigned version, unsigned message,
		     const uint8_t *at)
{
	const char *role = message < MESSAGES ? roles[message] : NULL;

	if (version == 3)
		role = "LCCE";
	np_emit_word(o, ROLE, role, at);
}

static enum np_verdict l2tp_decode(struct np_cur *c, struct np_out *o)
{
	struct message m;
	struct attribute a;

	if (!read_head(*c, o->from, &m))
		return NP_NOT_MINE;
	if (!m.attributes.left) /* it only says that something arrived */
		return m.whole ? NP_DECODED : NP_MALFORMED;
	/* 4.4.1: the message's type comes first. */
	if (!next(&m.attributes, &a) || a.vendor || a.type || a.v.left != 2)
		return NP_MALFORMED;
	struct np_cur v = a.v;
	unsigned kind = np_be16(&v);

	say_role(o, m.version, kind, a.v.p);
	if (kind == SCCRQ || kind == SCCRP) {
		np_emit_u(o, VERSION, &v, m.at + 1, m.version);
		while (next(&m.attributes, &a))
			read_attribute(o, &a);
	}
	return m.whole && !m.attributes.cut ? NP_DECODED : NP_MALFORMED;
}

/* Of a repetition the numbers of connection, session and message. */
static void l2tp_noise(struct np_cur c, struct np_noise *ret)
{
	if (np_ahead(c, "\0\0\0\0", 4))
		np_skip(&c, 4);
	unsigned first = np_be16(&c);

	np_skip(&c, 2);
	if (first == (FLAGS | 2) || first == (FLAGS | 3))
		np_noisy(ret, np_sub(&c, 8));
}

static const struct np_match match[] = {
	NP_UDP(1701),
	{.on = NP_ON_IP, .a = 115},
};

const struct np_proto np_proto_l2tp = {
	.name = "l2tp",
	.title = "Layer Two Tunneling Protocol",
	.spec = "RFC 2661; RFC 3931",
	.layer = "network",
	.grade = "E4",
	.heard = false,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = l2tp_decode,
	.noise = l2tp_noise,
};
