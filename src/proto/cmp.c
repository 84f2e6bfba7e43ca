/* SPDX-License-Identifier: ISC */
/*
 * CMP (RFC 4210) in HTTP (RFC 6712): how base stations get the certificate of
 * their operator (3GPP TS 33.310), mostly in clear. A first request is signed
 * with the key that the maker put into the box, and the certificate for it, by
 * the maker's own authority, stands among extraCerts. Later requests show the
 * operator's. A head that does not come in one segment is left to http.
 *
 * What a registration authority nests in its own message is another's, and is
 * not opened. To whom a request is addressed need not be who receives it.
 */
#include "proto/lib/body.h"
#include "proto/lib/certificate.h"
#include "proto/proto.h"

enum {
	MESSAGE,
	SENDER,
	RECIPIENT,
	SUBJECT,
	ISSUER,
	SERIAL_NUMBER,
	SAN,
	SHA256,
	ROLE,
};

static const struct np_field fields[] = {
	[MESSAGE] = {"message", NP_TEXT, NP_KEY_NONE, 0,
		     "kind of message, by its short name"},
	[SENDER] = {"sender", NP_TEXT, NP_KEY_NONE, 0,
		    "how the sender calls itself, RFC 4514"},
	[RECIPIENT] = {"recipient", NP_TEXT, NP_KEY_NONE, 0,
		       "the authority addressed, RFC 4514"},
	[SUBJECT] = {"subject", NP_TEXT, NP_KEY_NONE, 0,
		     "whom the sender's certificate names, RFC 4514"},
	[ISSUER] = {"issuer", NP_TEXT, NP_KEY_NONE, 0,
		    "who signed the sender's certificate, RFC 4514"},
	[SERIAL_NUMBER] = {"serial_number", NP_TEXT, NP_KEY_SERIAL, 0,
			   "the device's, by subject or hardware module name"},
	[SAN] = {"san", NP_TEXT, NP_KEY_NONE, 0, "another name of the subject"},
	[SHA256] = {"sha256", NP_HEX, NP_KEY_NONE, 0,
		    "SHA-256 of a certificate among extraCerts"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0,
		  "end entity, registration authority (RA), RA or CA"},
};

#define LIMIT (32u * 1024)
#define MAX_CERTIFICATES 8

/* Tags, RFC 4210 appendix F. */
enum {
	INTEGER = 0x02,
	SEQUENCE = 0x30,
	DIRECTORY_NAME = 0xa4,
	EXTRA_CERTS = 0xa1,
	BODY = 0xa0, /* ... and which, in the low bits */
};

enum { NESTED = 20 };

/* PKIBody, 5.1.2: what an end entity sends. */
static const char *const requests[] = {
	[0] = "ir",	   [2] = "cr",	     [4] = "p10cr",   [7] = "kur",
	[9] = "krr",	   [11] = "rr",	     [20] = "nested", [21] = "genm",
	[24] = "certConf", [25] = "pollReq",
};

struct message {
	struct np_cur sender, recipient; /* Names, DER */
	struct np_cur extra;		 /* certificates, one after the other */
	const char *kind;
	const uint8_t *kind_at;
	bool nested;
};

/* GeneralName: a directory's name, as it stands. */
static struct np_cur read_name(struct np_cur *header)
{
	struct np_ber name;

	if (np_ber(header, &name) && name.tag == DIRECTORY_NAME)
		return name.v;
	return (struct np_cur){.cut = true};
}

/* PKIMessage, 5.1: header, body, protection, extraCerts. */
static bool read_message(struct np_cur c, struct message *m)
{
	struct np_ber all, header, version, e;

	if (!np_ber(&c, &all) || all.tag != SEQUENCE ||
	    !np_ber(&all.v, &header) || header.tag != SEQUENCE ||
	    !np_ber(&header.v, &version) || version.tag != INTEGER ||
	    version.v.left != 1 || !np_ber(&all.v, &e))
		return false;
	unsigned kind = e.tag - BODY;

	m->kind = kind < NP_COUNT(requests) ? requests[kind] : NULL;
	m->kind_at = e.at;
	m->nested = kind == NESTED;
	m->sender = read_name(&header.v);
	m->recipient = read_name(&header.v);
	while (all.v.left && np_ber(&all.v, &e)) {
		struct np_ber list;

		if (e.tag == EXTRA_CERTS && np_ber(&e.v, &list) &&
		    list.tag == SEQUENCE)
			m->extra = list.v;
	}
	return m->kind && !all.v.cut;
}

/* The next certificate with its head. */
static struct np_cur next_certificate(struct np_cur *list)
{
	struct np_cur whole = *list;
	struct np_ber e;

	if (!np_ber(list, &e) || e.tag != SEQUENCE)
		return (struct np_cur){.cut = true};
	return np_sub(&whole, whole.left - list->left);
}

/* Which of them is the sender's: the one of that name, or the first. */
static size_t own(const struct message *m)
{
	struct np_cur list = m->extra;
	struct np_x509 x;

	for (size_t i = 0; list.left && i < MAX_CERTIFICATES; i++) {
		struct np_cur der = next_certificate(&list);

		if (!der.cut && np_x509(der, &x) && !m->sender.cut &&
		    x.subject.left == m->sender.left &&
		    np_ahead(x.subject, m->sender.p, m->sender.left))
			return i;
	}
	return 0;
}

static void emit_certificates(struct np_out *o, const struct message *m)
{
	static const struct np_certificate_fields as = {
		SUBJECT, ISSUER, SERIAL_NUMBER, SAN, SHA256};
	struct np_cur list = m->extra;
	size_t mine = own(m);
	struct np_x509 x;

	for (size_t i = 0; list.left && i < MAX_CERTIFICATES; i++) {
		struct np_cur der = next_certificate(&list);

		if (der.cut)
			return;
		if (np_x509(der, &x))
			np_emit_certificate(o, &as, der, i == mine);
	}
}

static void emit_message(struct np_out *o, const struct message *m,
			 bool relayed)
{
	if (relayed)
		np_say_relayed(o);
	np_emit_word(o, MESSAGE, m->kind, m->kind_at);
	np_emit_name(o, SENDER, m->sender);
	np_emit_word(o, ROLE, m->nested ? "RA" : "end entity", m->kind_at);
	emit_certificates(o, m);
	np_say_receiver(o);
	np_emit_word(o, ROLE, "RA or CA", m->kind_at);
	np_say(o, NP_THIRD);
	np_not_sender(o);
	np_emit_name(o, RECIPIENT, m->recipient);
}

/* RFC 6712 3.4. */
static bool is_cmp(struct np_cur type)
{
	return np_ahead_nocase(type, "application/pkixcmp");
}

static enum np_verdict cmp_decode(struct np_cur *c, struct np_out *o)
{
	struct message m = {0};
	struct np_message http;
	struct np_cur body;
	size_t size;

	if (!o->from->stream)
		return NP_NOT_MINE;
	enum np_part part =
		np_body_post(*c, LIMIT, o->mem, &http, &body, &size);

	if (part == NP_PART_NONE || !is_cmp(http.type))
		return NP_NOT_MINE;
	if (part == NP_PART_MORE && !o->from->end)
		return np_more(o, size);
	o->next = size;
	if (part == NP_PART_MORE || !read_message(body, &m))
		return NP_MALFORMED;
	emit_message(o, &m, http.relayed);
	return NP_DECODED;
}

/* As http has it: both are asked, this one first. */
static const struct np_match match[] = {NP_STREAM("POST ")};

const struct np_proto np_proto_cmp = {
	.name = "cmp",
	.title = "Certificate Management Protocol",
	.spec = "RFC 4210, RFC 6712, 3GPP TS 33.310",
	.layer = "management",
	.grade = "E5",
	.heard = false,
	.limit = LIMIT,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = cmp_decode,
};
