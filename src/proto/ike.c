/* SPDX-License-Identifier: ISC */
/*
 * IKE: ISAKMP (RFC 2408 3.1) and IKEv2 (RFC 7296 3.1), on UDP 500, and on 4500
 * behind four zero octets that tell it from ESP (RFC 3948 2.2). The head is the
 * same in both, and so is the head of each payload: the next one's type, an
 * octet, a length that counts the head.
 *
 * Read are vendor ids, of which a message has many and which name what a peer
 * is compatible with as often as what it is, and notifications. All behind an
 * encrypted payload stays closed. Identities and certificates, in clear in an
 * aggressive exchange, may be a person's and are not read. Who initiates and
 * who responds proves no function, so no role is said.
 */
#include "proto/proto.h"

enum { VENDOR_ID, EXCHANGE, NOTIFY };

static const struct np_field fields[] = {
	[VENDOR_ID] = {"vendor_id", NP_HEX, NP_KEY_NONE, 0,
		       "Vendor ID payload (RFC 2408 3.16, RFC 7296 3.12)"},
	[EXCHANGE] = {"exchange", NP_UINT, NP_KEY_NONE, 0,
		      "Exchange Type (RFC 2408 3.1, RFC 7296 3.1)"},
	[NOTIFY] = {"notify", NP_UINT, NP_KEY_NONE, 0,
		    "Notify Message Type (RFC 2408 3.14, RFC 7296 3.10)"},
};

enum { HEAD = 28, ENCRYPTED = 1 }; /* a flag of version 1 */

/* What differs between the versions: types of payloads, and the octets of a
 * notification before its type. */
struct dialect {
	uint8_t vendor, notify, before_type;
	uint8_t closed[2]; /* what is behind is encrypted, or a fragment */
};

static const struct dialect dialects[] = {
	{13, 11, 6, {132, 132}},
	{43, 41, 2, {46, 53}},
};

/* Exchanges that are assigned (IANA). */
static bool is_exchange(unsigned major, uint8_t type)
{
	if (major == 1)
		return (type >= 1 && type <= 6) || type == 32 || type == 33;
	return type >= 34 && type <= 44;
}

static void read_notify(const struct dialect *d, struct np_out *o,
			struct np_cur v)
{
	np_skip(&v, d->before_type);
	np_emit(o, NOTIFY, np_sub(&v, 2));
}

static enum np_verdict read_payloads(const struct dialect *d, uint8_t type,
				     struct np_cur c, struct np_out *o)
{
	while (type && type != d->closed[0] && type != d->closed[1]) {
		uint8_t next = np_u8(&c);

		np_skip(&c, 1);
		uint16_t n = np_be16(&c);
		struct np_cur v = np_sub(&c, n < 4 ? SIZE_MAX : n - 4u);

		if (v.cut)
			return NP_MALFORMED;
		if (type == d->vendor)
			np_emit(o, VENDOR_ID, v);
		else if (type == d->notify)
			read_notify(d, o, v);
		type = next;
	}
	return NP_DECODED;
}

static enum np_verdict ike_decode(struct np_cur *c, struct np_out *o)
{
	static const uint8_t none[8];

	if (np_ahead(*c, none, 4))
		np_skip(c, 4);
	size_t whole = c->left;
	bool initiated = !np_ahead(*c, none, 8);

	np_skip(c, 16);
	uint8_t type = np_u8(c);
	unsigned major = np_u8(c) >> 4;
	const uint8_t *at = c->p;
	uint8_t exchange = np_u8(c);
	uint8_t flags = np_u8(c);

	np_skip(c, 4);
	uint32_t n = np_be32(c);

	if (c->cut || !initiated || (major != 1 && major != 2) || n < HEAD ||
	    !is_exchange(major, exchange) || n < whole)
		return NP_NOT_MINE;
	np_emit_u(o, EXCHANGE, &(struct np_cur){.p = at}, at, exchange);
	if (n > whole)
		return NP_MALFORMED;
	if (major == 1 && flags & ENCRYPTED)
		return NP_DECODED;
	return read_payloads(&dialects[major - 1], type, *c, o);
}

static const struct np_match match[] = {NP_UDP(500), NP_UDP(4500)};

const struct np_proto np_proto_ike = {
	.name = "ike",
	.title = "Internet Key Exchange",
	.spec = "RFC 2408, RFC 7296",
	.layer = "service",
	.grade = "E1",
	.heard = false,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = ike_decode,
};
