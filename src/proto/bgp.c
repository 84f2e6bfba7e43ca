/* SPDX-License-Identifier: ISC */
/*
 * BGP-4: the OPEN message of a speaker, RFC 4271 4.2, with its capabilities,
 * RFC 5492; which of them it has and in what order is the habit of an
 * implementation. Of updates only one thing is read, 4.3: whoever passes on the
 * originator's identifier or a list of clusters reflects routes (RFC 4456
 * clause 8). Routes themselves are not evidence.
 *
 *	16 octets of ones, length of all, type; OPEN: version, autonomous
 *	system, hold time, identifier, parameters; UPDATE: withdrawn routes,
 *	attributes (flags, type, length of one or two octets, value), routes
 */
#include "proto/proto.h"

enum {
	IDENTIFIER,
	AS,
	HOLD_TIME,
	CAPABILITIES,
	FQDN,
	SOFTWARE_VERSION,
	ROLE,
};

static const struct np_field fields[] = {
	[IDENTIFIER] = {"identifier", NP_IP, NP_KEY_NONE, 0,
			"BGP Identifier: mostly, not always, an address of the "
			"speaker"},
	[AS] = {"as", NP_UINT, NP_KEY_NONE, 0,
		"autonomous system, RFC 6793's where there is one"},
	[HOLD_TIME] = {"hold_time", NP_UINT, NP_KEY_NONE, 0,
		       "seconds of silence after which the session ends"},
	[CAPABILITIES] = {"capabilities", NP_LIST, NP_KEY_NONE, 0,
			  "capability codes in the order sent"},
	[FQDN] = {"fqdn", NP_TEXT, NP_KEY_NAME, 0,
		  "host and domain name that the operator gave, "
		  "draft-walton-bgp-hostname-capability"},
	[SOFTWARE_VERSION] = {"software_version", NP_TEXT, NP_KEY_NONE, 0,
			      "software of the speaker, "
			      "draft-abraitis-bgp-version-capability"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0,
		  "BGP speaker; route reflector, by what only that passes on"},
};

/* Capability codes. */
enum { C_SOFTWARE = 75 };

enum { MAX_CAPABILITIES = 64, MAX_NAME = 64 };

static void emit_software(struct np_out *o, struct np_cur v)
{
	np_emit(o, SOFTWARE_VERSION, np_sub(&v, np_u8(&v)));
}

static enum np_verdict read_open(struct np_out *o, struct np_cur c)
{
	struct np_bgp_open open;
	uint8_t *codes = np_alloc(o->mem, MAX_CAPABILITIES);
	const uint8_t *code, *first = NULL;
	struct np_cur v, as, fqdn = {.cut = true}, software = fqdn;
	size_t n = 0;

	if (!np_bgp_open(c, &open) || !codes)
		return NP_MALFORMED;
	as = open.as;
	while (np_bgp_capability(&open, &code, &v)) {
		first = first ? first : code;
		if (n < MAX_CAPABILITIES)
			codes[n++] = *code;
		if (*code == NP_BGP_FOUR_OCTET_AS && v.left == 4)
			as = v;
		else if (*code == NP_BGP_FQDN)
			fqdn = v;
		else if (*code == C_SOFTWARE)
			software = v;
	}
	np_emit_word(o, ROLE, "BGP speaker", open.identifier.p);
	np_emit(o, IDENTIFIER, open.identifier);
	np_emit(o, AS, as);
	np_emit(o, HOLD_TIME, open.hold_time);
	if (n)
		np_emit_made(o, CAPABILITIES, NP_LIST, codes, n, first);
	np_bgp_fqdn(o, FQDN, fqdn);
	emit_software(o, software);
	return open.parameters.cut || open.capabilities.cut ? NP_MALFORMED
							    : NP_DECODED;
}

/* 4.3. True when the update was reflected by its sender. */
static bool read_update(struct np_out *o, struct np_cur c)
{
	enum { ORIGINATOR_ID = 9, CLUSTER_LIST = 10, EXTENDED = 0x10 };
	struct np_cur attributes;

	np_skip(&c, np_be16(&c));
	attributes = np_sub(&c, np_be16(&c));
	while (attributes.left) {
		unsigned flags = np_u8(&attributes);
		const uint8_t *at = attributes.p;
		unsigned type = np_u8(&attributes);

		np_skip(&attributes, flags & EXTENDED ? np_be16(&attributes)
						      : np_u8(&attributes));
		if (attributes.cut ||
		    (type != ORIGINATOR_ID && type != CLUSTER_LIST))
			continue;
		np_emit_word(o, ROLE, "route reflector", at);
		return true;
	}
	return false;
}

static enum np_verdict bgp_decode(struct np_cur *c, struct np_out *o)
{
	struct np_cur head = *c;
	enum np_verdict verdict = NP_DECODED;
	size_t n;
	unsigned type;
	bool last = false;

	if (c->left < NP_BGP_HEAD && !o->from->end)
		return np_more(o, NP_BGP_HEAD);
	if (!np_bgp_head(&head, &n, &type))
		return NP_NOT_MINE;
	/* Only what is read is waited for. */
	if (type <= NP_BGP_UPDATE && c->left < n && !o->from->end)
		return np_more(o, n);
	if (c->left < n && type <= NP_BGP_UPDATE)
		return NP_MALFORMED;
	struct np_cur body = np_sub(&head, n - NP_BGP_HEAD);

	if (type == NP_BGP_OPEN)
		verdict = read_open(o, body);
	else if (type == NP_BGP_UPDATE)
		last = read_update(o, body);
	o->next = last ? 0 : n;
	return verdict;
}

static bool bgp_sync(struct np_cur c)
{
	size_t n;
	unsigned type;

	return np_bgp_head(&c, &n, &type);
}

static const struct np_match match[] = {NP_TCP(179)};

const struct np_proto np_proto_bgp = {
	.name = "bgp",
	.title = "Border Gateway Protocol",
	.spec = "RFC 4271; RFC 5492; RFC 4456",
	.layer = "service",
	.grade = "E2",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.pairs = true,
	.decode = bgp_decode,
	.sync = bgp_sync,
};
