/* SPDX-License-Identifier: ISC */
/*
 * The certificates that a side of TLS shows in clear, up to version 1.2 (RFC
 * 5246 7.4.2; from 1.3 on they are encrypted). A message, for the host, is a
 * run of records after which no handshake message is left open.
 */
#include "proto/proto.h"

enum { SUBJECT, ISSUER, SERIAL_NUMBER, SAN, SHA256 };

static const struct np_field fields[] = {
	[SUBJECT] = {"subject", NP_TEXT, NP_KEY_NONE, NP_BANNER,
		     "whom the certificate names, RFC 4514"},
	[ISSUER] = {"issuer", NP_TEXT, NP_KEY_NONE, 0,
		    "who signed it, RFC 4514"},
	[SERIAL_NUMBER] = {"serial_number", NP_TEXT, NP_KEY_SERIAL, 0,
			   "the device's, by subject or hardware module name"},
	[SAN] = {"san", NP_TEXT, NP_KEY_NONE, NP_BANNER,
		 "another name of the subject"},
	[SHA256] = {"sha256", NP_HEX, NP_KEY_NONE, 0,
		    "SHA-256 of a certificate, the side's own first"},
};

#define LIMIT (64u * 1024)
#define LONGEST_RECORD ((1u << 14) + 2048) /* RFC 5246 6.2.3 */

enum { HANDSHAKE = 22 };		     /* RFC 5246 6.2.1 */
enum { SERVER_HELLO = 2, CERTIFICATE = 11 }; /* 7.4 */

/* ------------------------------------------------------------ certificate */

/* Attribute types, X.520 and others, as OID contents. */
#define SURNAME "\x55\x04\x04"
#define SERIAL "\x55\x04\x05"
#define BUSINESS_CATEGORY "\x55\x04\x0f"
#define GIVEN_NAME "\x55\x04\x2a"
#define PSEUDONYM "\x55\x04\x41"
#define USER_ID "\x09\x92\x26\x89\x93\xf2\x2c\x64\x01\x01"
#define HARDWARE_MODULE "\x2b\x06\x01\x05\x05\x07\x08\x04"

#define ATTRIBUTE(name, type) np_x500_attribute(name, type, sizeof(type) - 1)

static bool is_person(struct np_cur name)
{
	return !ATTRIBUTE(name, SURNAME).cut ||
	       !ATTRIBUTE(name, GIVEN_NAME).cut ||
	       !ATTRIBUTE(name, PSEUDONYM).cut || !ATTRIBUTE(name, USER_ID).cut;
}

static void emit_name(struct np_out *o, unsigned field, struct np_cur name)
{
	struct np_cur text = np_x500_text(name, o->mem);

	if (text.cut)
		return;
	np_emit_made(o, field, NP_TEXT, text.p, text.left, name.p);
	if (is_person(name))
		np_person(o);
}

/* hardwareModuleName (RFC 4108 5), which IEEE 802.1AR puts into a device's
 * identity: the type's OID and the serial number. */
static void emit_hardware(struct np_out *o, struct np_cur other)
{
	struct np_ber id, outer, name, type, serial;

	if (np_ber(&other, &id) && np_ber(&other, &outer) &&
	    id.v.left == sizeof(HARDWARE_MODULE) - 1 &&
	    np_ahead(id.v, HARDWARE_MODULE, id.v.left) &&
	    np_ber(&outer.v, &name) && np_ber(&name.v, &type) &&
	    np_ber(&name.v, &serial))
		np_emit(o, SERIAL_NUMBER, serial.v);
}

/* GeneralName, RFC 5280 4.2.1.6. */
static void emit_sans(struct np_out *o, struct np_cur names)
{
	enum { OTHER = 0xa0, MAIL = 0x81, DNS = 0x82, URI = 0x86, IP = 0x87 };
	struct np_ber name;

	while (!o->full && np_ber(&names, &name)) {
		switch (name.tag) {
		case OTHER:
			emit_hardware(o, name.v);
			break;
		case MAIL:
			np_emit(o, SAN, name.v);
			np_person(o);
			break;
		case DNS:
		case URI:
			np_emit(o, SAN, name.v);
			break;
		case IP:
			np_emit_as(o, SAN, NP_IP, name.v);
			break;
		}
	}
}

static void emit_leaf(struct np_out *o, struct np_cur der)
{
	struct np_x509 x;

	if (!np_x509(der, &x))
		return;
	emit_name(o, SUBJECT, x.subject);
	emit_name(o, ISSUER, x.issuer);
	/* Beside a business category it numbers a company, not a device (CA/
	 * Browser Forum EV guidelines 9.2.5), and beside a name a person. */
	if (ATTRIBUTE(x.subject, BUSINESS_CATEGORY).cut &&
	    !is_person(x.subject))
		np_emit(o, SERIAL_NUMBER, ATTRIBUTE(x.subject, SERIAL));
	emit_sans(o, x.san);
}

/* certificate_list, RFC 5246 7.4.2: as much of it as is there. */
static void emit_certificates(struct np_out *o, struct np_cur c)
{
	np_skip(&c, 3);
	for (bool leaf = true; c.left && !o->full; leaf = false) {
		struct np_cur der = np_sub(&c, np_be24(&c));
		uint8_t hash[32];

		if (der.cut || !der.left)
			return;
		np_sha256(der.p, der.left, hash);
		np_emit_made(o, SHA256, NP_HEX, hash, sizeof(hash), der.p);
		if (leaf)
			emit_leaf(o, der);
	}
}

/* ---------------------------------------------------------------- records */

/* Handshake octets of a run of records, put together. */
struct run {
	const uint8_t *p;
	size_t n;
	uint8_t *joined; /* p, once it took more than one record */
	size_t at;	 /* where the message begins that is not whole */
	struct np_cur certificates; /* Certificate, or the part that is here */
	bool whole;		    /* nothing open, or nothing more wanted */
};

static bool run_add(struct run *r, struct np_cur fragment, struct np_out *o,
		    size_t room)
{
	if (!r->n) {
		r->p = fragment.p;
		r->n = fragment.left;
		return true;
	}
	if (!r->joined) {
		r->joined = np_alloc(o->mem, room);
		if (!r->joined)
			return false;
		memcpy(r->joined, r->p, r->n);
		r->p = r->joined;
	}
	memcpy(r->joined + r->n, fragment.p, fragment.left);
	r->n += fragment.left;
	return true;
}

/* Goes over the messages that have come; false when one cannot be kept. */
static bool run_walk(struct run *r)
{
	while (!r->whole) {
		struct np_cur c = np_cur(r->p + r->at, r->n - r->at);
		uint8_t type = np_u8(&c);
		size_t n = np_be24(&c);

		if (c.cut)
			return true;
		if (type == CERTIFICATE)
			r->certificates = np_cur(c.p, n < c.left ? n : c.left);
		else if (n > LIMIT)
			return false;
		if (n > c.left)
			return true;
		r->at += 4 + n;
		r->whole = r->at == r->n || type == CERTIFICATE;
	}
	return true;
}

/* Adds records to the run until it is whole: DECODED. */
static enum np_verdict run_read(struct run *r, struct np_cur *c,
				struct np_out *o)
{
	const size_t all = c->left;

	while (!r->whole) {
		size_t used = all - c->left;
		uint8_t type = np_u8(c), major = np_u8(c), minor = np_u8(c);
		size_t n = np_be16(c);

		if (c->cut)
			return np_more(o, used + 5);
		if (major != 3 || minor > 4 || !n || n > LONGEST_RECORD)
			return r->n ? NP_MALFORMED : NP_NOT_MINE;
		if (type != HANDSHAKE) /* alert, or encrypted from here on */
			return r->n ? NP_MALFORMED : NP_NOT_MINE;
		if (n > c->left && !o->from->end)
			return np_more(o, used + 5 + n);
		if (n > c->left)
			n = c->left;
		if (!run_add(r, np_sub(c, n), o, all) || !run_walk(r))
			return NP_MALFORMED;
	}
	o->next = r->certificates.left ? 0 : all - c->left;
	return NP_DECODED;
}

static enum np_verdict tls_decode(struct np_cur *c, struct np_out *o)
{
	struct run r = {0};
	enum np_verdict verdict = run_read(&r, c, o);

	if (verdict == NP_MORE && o->from->end)
		verdict = NP_MALFORMED;
	if (verdict != NP_MORE && r.certificates.left)
		emit_certificates(o, r.certificates);
	return verdict;
}

/* A ServerHello or a Certificate at the beginning of a record. */
static bool tls_sync(struct np_cur c)
{
	return c.left > 8 && np_ahead(c, "\x16\x03", 2) && c.p[2] <= 4 &&
	       (c.p[5] == SERVER_HELLO || c.p[5] == CERTIFICATE) && !c.p[6];
}

static const struct np_match match[] = {NP_STREAM("\x16\x03"), NP_TCP(443)};

const struct np_proto np_proto_tls = {
	.name = "tls",
	.title = "Transport Layer Security",
	.spec = "RFC 5246",
	.layer = "service",
	.grade = "E5",
	.heard = true,
	.limit = LIMIT,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = tls_decode,
	.sync = tls_sync,
};
