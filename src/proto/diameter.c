/* SPDX-License-Identifier: ISC */
/*
 * Diameter (RFC 6733): a head of 20 octets (clause 3) and attributes of a code,
 * flags, a length that counts the head, and padding to four octets (clause 4).
 *
 * Capabilities, watchdog and farewell pass between neighbours, so in them who
 * speaks is who sends. All else may come from far: a request that an agent
 * handed on carries a Route-Record (6.1.9), an answer shows nothing of its way
 * (6.2). What is not known to be the sender's is said of a third, whose address
 * nobody knows. Subscribers are not read.
 */
#include "proto/proto.h"

enum {
	ORIGIN_HOST,
	ORIGIN_REALM,
	HOST_IP,
	VENDOR_ID,
	PRODUCT_NAME,
	FIRMWARE_REVISION,
	ORIGIN_STATE_ID,
	SUPPORTED_VENDOR_ID,
	APPLICATION_ID,
	ROLE,
};

static const struct np_field fields[] = {
	[ORIGIN_HOST] = {"origin_host", NP_TEXT, NP_KEY_NONE, 0,
			 "Origin-Host: who began the message"},
	[ORIGIN_REALM] = {"origin_realm", NP_TEXT, NP_KEY_NONE, 0,
			  "Origin-Realm: its realm"},
	[HOST_IP] = {"host_ip", NP_IP, NP_KEY_NONE, 0,
		     "Host-IP-Address of a neighbour; its key but for a "
		     "bridge's"},
	[VENDOR_ID] = {"vendor_id", NP_UINT, NP_KEY_NONE, 0,
		       "Vendor-Id: of the neighbour's maker, and, said of a "
		       "third, of an application"},
	[PRODUCT_NAME] = {"product_name", NP_TEXT, NP_KEY_NONE, 0,
			  "Product-Name of a neighbour"},
	[FIRMWARE_REVISION] = {"firmware_revision", NP_UINT, NP_KEY_NONE, 0,
			       "Firmware-Revision of a neighbour"},
	[ORIGIN_STATE_ID] = {"origin_state_id", NP_UINT, NP_KEY_NONE, 0,
			     "Origin-State-Id of a neighbour: another after a "
			     "restart"},
	[SUPPORTED_VENDOR_ID] = {"supported_vendor_id", NP_UINT, NP_KEY_NONE, 0,
				 "Supported-Vendor-Id: whose attributes a "
				 "neighbour knows, not who made it"},
	[APPLICATION_ID] = {"application_id", NP_UINT, NP_KEY_NONE, 0,
			    "application that a neighbour speaks"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0,
		  "MME, SGSN, HSS, PCEF, PCRF and others, by application and "
		  "command; relay agent"},
};

enum { LIMIT = 32 * 1024 };	       /* octets of a message that is read */
enum { REQUEST = 0x80, ERROR = 0x20 }; /* command flags, clause 3 */
enum { VENDOR = 0x80 };		       /* attribute flags, 4.1 */
enum { THREEGPP = 10415 };

/* Command codes, clause 3.1. */
enum { CAPABILITIES = 257, WATCHDOG = 280, DISCONNECT = 282 };

/* Attribute codes, 4.5; of 3GPP's, TS 29.272 7.3.1. */
enum {
	A_HOST_IP = 257,
	A_AUTH_APPLICATION = 258,
	A_ACCT_APPLICATION = 259,
	A_VENDOR_APPLICATION = 260,
	A_ORIGIN_HOST = 264,
	A_SUPPORTED_VENDOR = 265,
	A_VENDOR_ID = 266,
	A_FIRMWARE = 267,
	A_PRODUCT = 269,
	A_STATE = 278,
	A_ROUTE_RECORD = 282,
	A_PROXY_INFO = 284,
	A_ORIGIN_REALM = 296,
	A_ULR_FLAGS = 1405,
	A_EUTRAN_VECTORS = 1408,
	A_UTRAN_VECTORS = 1409,
};

#define RELAY UINT32_MAX /* 2.4: the application of relay agents */

enum { S6A = 16777251, UPDATE_LOCATION = 316, AUTHENTICATION = 318 };

/* Who asks and who answers; NULL: more than one kind of node may. */
static const struct {
	uint32_t application, command;
	const char *asks, *answers;
} talks[] = {
	/* RFC 8506 */
	{4, 272, "credit-control client", "credit-control server"},
	{4, 258, "credit-control server", "credit-control client"},
	/* Cx, TS 29.229 */
	{16777216, 300, "I-CSCF", "HSS"},
	{16777216, 301, "S-CSCF", "HSS"},
	{16777216, 302, "I-CSCF", "HSS"},
	{16777216, 303, "S-CSCF", "HSS"},
	{16777216, 304, "HSS", "S-CSCF"},
	{16777216, 305, "HSS", "S-CSCF"},
	/* Sh, TS 29.329 */
	{16777217, 306, "AS", "HSS"},
	{16777217, 307, "AS", "HSS"},
	{16777217, 308, "AS", "HSS"},
	{16777217, 309, "HSS", "AS"},
	/* Rx, TS 29.214 */
	{16777236, 265, "AF", "PCRF"},
	{16777236, 275, "AF", "PCRF"},
	{16777236, 258, "PCRF", "AF"},
	{16777236, 274, "PCRF", "AF"},
	/* Gx, TS 29.212 */
	{16777238, 272, "PCEF", "PCRF"},
	{16777238, 258, "PCRF", "PCEF"},
	/* S6a and S6d, TS 29.272: MMEs and SGSNs ask */
	{S6A, 316, NULL, "HSS"},
	{S6A, 317, "HSS", NULL},
	{S6A, 318, NULL, "HSS"},
	{S6A, 319, "HSS", NULL},
	{S6A, 320, "HSS", NULL},
	{S6A, 321, NULL, "HSS"},
	{S6A, 322, "HSS", NULL},
	{S6A, 323, NULL, "HSS"},
	/* S13 */
	{16777252, 324, NULL, "EIR"},
	/* SWm, SWx, S6b, TS 29.273 */
	{16777264, 268, "ePDG", "3GPP AAA server"},
	{16777265, 301, "3GPP AAA server", "HSS"},
	{16777265, 303, "3GPP AAA server", "HSS"},
	{16777265, 304, "HSS", "3GPP AAA server"},
	{16777265, 305, "HSS", "3GPP AAA server"},
	{16777272, 265, "PGW", "3GPP AAA server"},
	/* Gxx, TS 29.212 */
	{16777266, 272, "BBERF", "PCRF"},
	{16777266, 258, "PCRF", "BBERF"},
	/* Sy, TS 29.219 */
	{16777302, 8388635, "PCRF", "OCS"},
	{16777302, 8388636, "OCS", "PCRF"},
};

struct message {
	const uint8_t *at;
	uint8_t flags;
	uint32_t command, application;
	struct np_cur attributes; /* what is there of them */
	bool whole;
	bool neighbour; /* it passes between neighbours */
	bool handed_on; /* an agent says so */
	const char *asks;
};

struct attribute {
	uint32_t code, vendor; /* vendor 0: the standard's */
	const uint8_t *at;
	struct np_cur v;
};

static bool next_attribute(struct np_cur *c, struct attribute *ret)
{
	if (!c->left)
		return false;
	ret->at = c->p;
	ret->code = np_be32(c);
	uint8_t flags = np_u8(c);
	size_t n = np_be24(c), head = flags & VENDOR ? 12 : 8;

	ret->vendor = flags & VENDOR ? np_be32(c) : 0;
	ret->v = np_sub(c, n < head ? SIZE_MAX : n - head);
	n = (4 - n % 4) % 4;
	np_skip(c, n < c->left ? n : c->left);
	return !c->cut;
}

static uint32_t number(struct np_cur v)
{
	return v.left == 4 ? np_be32(&v) : 0;
}

/* What of a message tells how to read it. */
static void survey(struct message *m)
{
	struct np_cur c = m->attributes;
	struct attribute a;

	while (next_attribute(&c, &a)) {
		if (!a.vendor &&
		    (a.code == A_ROUTE_RECORD || a.code == A_PROXY_INFO))
			m->handed_on = true;
		if (a.vendor != THREEGPP || m->application != S6A)
			continue;
		/* TS 29.272 7.3.7: bit 1 says S6a; 5.2.3.1: whose vectors */
		if (m->command == UPDATE_LOCATION && a.code == A_ULR_FLAGS)
			m->asks = number(a.v) & 2 ? "MME" : "SGSN";
		if (m->command != AUTHENTICATION)
			continue;
		if (a.code == A_EUTRAN_VECTORS)
			m->asks = "MME";
		else if (a.code == A_UTRAN_VECTORS && !m->asks)
			m->asks = "SGSN";
	}
	m->whole &= !c.cut;
}

static void emit_role(struct np_out *o, const struct message *m)
{
	const char *role = m->asks;

	for (size_t i = 0; i < NP_COUNT(talks); i++) {
		if (talks[i].application != m->application ||
		    talks[i].command != m->command)
			continue;
		if (!(m->flags & REQUEST))
			role = talks[i].answers;
		else if (talks[i].asks)
			role = talks[i].asks;
	}
	/* An agent may answer in the server's stead that there is an error. */
	if (m->whole && !(m->flags & ERROR))
		np_emit_word(o, ROLE, role, m->at + 5);
}

/* 4.3.1: a family and an address. */
static void emit_host_ip(struct np_out *o, struct np_cur v)
{
	uint16_t family = np_be16(&v);

	if (family != 1 && family != 2)
		return;
	np_emit_address(o, HOST_IP, family, v);
	np_key_own_address(o, v);
}

static void emit_application(struct np_out *o, const struct message *m,
			     const struct attribute *a)
{
	np_emit(o, APPLICATION_ID, a->v);
	if (m->whole && number(a->v) == RELAY)
		np_emit_word(o, ROLE, "relay agent", a->v.p);
}

/* 5.3: what CER and CEA say of their sender. */
static void read_capability(struct np_out *o, const struct message *m,
			    const struct attribute *a)
{
	struct np_cur inside = a->v;
	struct attribute b;

	switch (a->code) {
	case A_HOST_IP:
		emit_host_ip(o, a->v);
		break;
	case A_VENDOR_ID:
		np_emit(o, VENDOR_ID, a->v);
		break;
	case A_PRODUCT:
		np_emit_string(o, PRODUCT_NAME, a->v);
		break;
	case A_FIRMWARE:
		np_emit(o, FIRMWARE_REVISION, a->v);
		break;
	case A_SUPPORTED_VENDOR:
		np_emit(o, SUPPORTED_VENDOR_ID, a->v);
		break;
	case A_AUTH_APPLICATION:
	case A_ACCT_APPLICATION:
		emit_application(o, m, a);
		break;
	case A_VENDOR_APPLICATION:
		while (next_attribute(&inside, &b))
			if (!b.vendor && (b.code == A_AUTH_APPLICATION ||
					  b.code == A_ACCT_APPLICATION))
				emit_application(o, m, &b);
		break;
	}
}

static void read_origin(struct np_out *o, const struct message *m)
{
	struct np_cur c = m->attributes;
	struct attribute a;

	while (next_attribute(&c, &a)) {
		if (a.vendor)
			continue;
		if (a.code == A_ORIGIN_HOST)
			np_emit_string(o, ORIGIN_HOST, a.v);
		else if (a.code == A_ORIGIN_REALM)
			np_emit_string(o, ORIGIN_REALM, a.v);
		else if (m->neighbour && a.code == A_STATE)
			np_emit(o, ORIGIN_STATE_ID, a.v);
		else if (m->command == CAPABILITIES && m->neighbour)
			read_capability(o, m, &a);
	}
}

/* 6.11: an application is a vendor's, whoever speaks it. */
static void read_application_vendors(struct np_out *o, const struct message *m)
{
	struct np_cur c = m->attributes, seen = {.cut = true};
	struct attribute a, b;

	while (next_attribute(&c, &a)) {
		if (a.vendor || a.code != A_VENDOR_APPLICATION)
			continue;
		while (next_attribute(&a.v, &b)) {
			if (b.vendor || b.code != A_VENDOR_ID ||
			    np_same(b.v, seen))
				continue;
			if (seen.cut) {
				np_say(o, NP_THIRD);
				np_not_sender(o);
			}
			np_emit(o, VENDOR_ID, b.v);
			seen = b.v;
		}
	}
}

/* Clause 3: version, length; flags, command; application; two identifiers. */
static bool read_head(struct np_cur *c, struct message *m, size_t *ret_n)
{
	m->at = c->p;
	uint8_t version = np_u8(c);

	*ret_n = np_be24(c);
	m->flags = np_u8(c);
	m->command = np_be24(c);
	m->application = np_be32(c);
	np_skip(c, 8);
	m->neighbour = !m->application &&
		       (m->command == CAPABILITIES || m->command == WATCHDOG ||
			m->command == DISCONNECT);
	return !c->cut && version == 1 && *ret_n >= 20 && *ret_n % 4 == 0 &&
	       !(m->flags & 15) && m->command;
}

static enum np_verdict diameter_decode(struct np_cur *c, struct np_out *o)
{
	const struct np_from *f = o->from;
	const size_t all = c->left;
	struct message m = {0};
	size_t n;

	if (f->stream && all < 20 && !f->end && np_ahead(*c, "\1", 1))
		return np_more(o, 20);
	if (!read_head(c, &m, &n))
		return NP_NOT_MINE;
	if (f->stream) {
		if (n <= LIMIT && n > all && !f->end)
			return np_more(o, n);
		o->next = n;
	}
	m.whole = n <= all;
	m.attributes = np_sub(c, m.whole ? n - 20 : c->left);
	if (n > LIMIT) /* stepped over */
		return f->stream ? NP_DECODED : NP_MALFORMED;
	survey(&m);
	/* What is not all there may have been handed on. */
	if (!m.neighbour && (!(m.flags & REQUEST) || m.handed_on || !m.whole))
		np_say_relayed(o);
	read_origin(o, &m);
	emit_role(o, &m);
	read_application_vendors(o, &m);
	return m.whole ? NP_DECODED : NP_MALFORMED;
}

static bool diameter_sync(struct np_cur c)
{
	struct message m = {0};
	size_t n;

	return read_head(&c, &m, &n) && n <= LIMIT;
}

/* Both identifiers. */
static void diameter_noise(struct np_cur c, struct np_noise *ret)
{
	struct np_cur head = c;
	struct message m;
	size_t n;

	if (!read_head(&head, &m, &n))
		return;
	np_skip(&c, 12);
	np_noisy(ret, np_sub(&c, 8));
}

static const struct np_match match[] = {NP_TCP(3868), NP_SCTP(46), NP_SCTP(47),
					NP_SCTP_PORT(3868)};

const struct np_proto np_proto_diameter = {
	.name = "diameter",
	.title = "Diameter",
	.spec = "RFC 6733, 3GPP TS 29.272",
	.layer = "service",
	.grade = "E5",
	.heard = false,
	.limit = LIMIT,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.pairs = true,
	.decode = diameter_decode,
	.sync = diameter_sync,
	.noise = diameter_noise,
};
