/* SPDX-License-Identifier: ISC */
/*
 * The certificates that a side of TLS shows in clear, up to version 1.2 (RFC
 * 5246 7.4.2; from 1.3 on they are encrypted). A message, for the host, is a
 * run of records after which no handshake message is left open.
 */
#include "proto/lib/certificate.h"
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

/* certificate_list, RFC 5246 7.4.2: as much of it as is there. */
static void emit_certificates(struct np_out *o, struct np_cur c)
{
	static const struct np_certificate_fields as = {
		SUBJECT, ISSUER, SERIAL_NUMBER, SAN, SHA256};

	np_skip(&c, 3);
	for (bool leaf = true; c.left && !o->full; leaf = false) {
		struct np_cur der = np_sub(&c, np_be24(&c));

		if (der.cut || !der.left)
			return;
		np_emit_certificate(o, &as, der, leaf);
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
