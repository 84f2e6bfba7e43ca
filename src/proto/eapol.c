/* SPDX-License-Identifier: ISC */
/*
 * EAP over LAN (IEEE 802.1X-2010 clause 11): a port asks who is there (RFC 3748
 * 4), and two ports that encrypt their wire agree on keys (MKA, 11.11).
 *
 *	version, type, length of the body
 *	EAP: code, identifier, length, and of a question or an answer a type
 *	MKA: parameter sets, the basic one first, whose heads hold four bits of
 *	flags before a length of twelve; a check value of 16 octets at the end
 *	announcement: elements as LLDP writes them
 *
 * An identity is a person's or a subscriber's. The method that follows is not
 * opened: its certificates come in pieces, a frame each. The name of a key is
 * as secret as its operator thought, and is not read.
 */
#include "proto/proto.h"

enum {
	ROLE,
	IDENTITY,
	MKA_VERSION,
	KEY_SERVER_PRIORITY,
	KEY_SERVER,
	MACSEC_CAPABILITY,
	SCI_MAC,
	ALGORITHM_AGILITY,
	ANNOUNCED_OUI,
};

static const struct np_field fields[] = {
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0,
		  "authenticator or supplicant, by what only that sends"},
	[IDENTITY] = {"identity", NP_TEXT, NP_KEY_NONE, NP_PERSON,
		      "of an EAP Response of type Identity (RFC 3748 5.1)"},
	[MKA_VERSION] = {"mka_version", NP_UINT, NP_KEY_NONE, 0,
			 "MKA Version Identifier"},
	[KEY_SERVER_PRIORITY] = {"key_server_priority", NP_UINT, NP_KEY_NONE, 0,
				 "Key Server Priority, lower is preferred"},
	[KEY_SERVER] = {"key_server", NP_UINT, NP_KEY_NONE, 0,
			"1: it takes itself for the key server"},
	[MACSEC_CAPABILITY] = {"macsec_capability", NP_UINT, NP_KEY_NONE, 0,
			       "0 none, 1 integrity, 2 and confidentiality, 3 "
			       "with an offset"},
	[SCI_MAC] = {"sci_mac", NP_MAC, NP_KEY_MAC, 0,
		     "address in the Secure Channel Identifier"},
	[ALGORITHM_AGILITY] = {"algorithm_agility", NP_HEX, NP_KEY_NONE, 0,
			       "by whose rules the check value is made"},
	[ANNOUNCED_OUI] = {"announced_oui", NP_HEX, NP_KEY_NONE, 0,
			   "of an Organizationally Specific TLV of an "
			   "announcement"},
};

/* 11.3.2; ASF alerts are another's. */
enum { EAP, START, LOGOFF, KEY, MKA = 5, GENERIC, SPECIFIC, TYPES = 9 };
enum { VERSIONS = 3 };

static void authenticates(struct np_out *o, const uint8_t *at)
{
	np_emit_word(o, ROLE, "authenticator", at);
}

static void supplicates(struct np_out *o, const uint8_t *at)
{
	np_emit_word(o, ROLE, "supplicant", at);
}

enum { EAP_REQUEST = 1, EAP_RESPONSE, EAP_SUCCESS, EAP_FAILURE, EAP_HEAD = 4 };

static bool read_eap(struct np_out *o, struct np_cur c)
{
	const uint8_t *at = c.p;
	uint8_t code = np_u8(&c);

	np_skip(&c, 1);
	size_t n = np_be16(&c);
	struct np_cur v = np_sub(&c, n < EAP_HEAD ? SIZE_MAX : n - EAP_HEAD);

	if (v.cut)
		return false;
	if (code == EAP_REQUEST || code == EAP_SUCCESS || code == EAP_FAILURE)
		authenticates(o, at);
	if (code != EAP_RESPONSE)
		return true;
	supplicates(o, at);
	if (np_u8(&v) == 1)
		np_emit(o, IDENTITY, v);
	return !v.cut;
}

/* IEEE 802.11 12.7.2: one end alone wants its message acknowledged. */
static bool read_key(struct np_out *o, struct np_cur c)
{
	const uint8_t *at = c.p;
	uint8_t descriptor = np_u8(&c);
	uint16_t info = np_be16(&c);

	if (descriptor != 2 && descriptor != 254)
		return !c.cut;
	if (info & 0x80)
		authenticates(o, at);
	else
		supplicates(o, at);
	return !c.cut;
}

static const struct np_tlv_list elements = {
	.type_n = 1,
	.len_n = 1,
	.shared = 1,
	.end = NP_TLV_NO_END,
};

/* 11.12 */
static bool read_announcement(struct np_out *o, struct np_cur c)
{
	struct np_tlv t;

	while (np_tlv_next(&c, &elements, &t))
		if (t.type == 127)
			np_emit(o, ANNOUNCED_OUI, np_sub(&t.v, 3));
	return !c.cut;
}

enum { LIVE_PEERS = 1, POTENTIAL_PEERS, SAK_USE, ANNOUNCEMENT = 7, ICV = 16 };

/* A parameter set: its second octet, the flags of its third, its body. */
struct set {
	uint8_t type, second, flags;
	struct np_cur v;
};

static bool next_set(struct np_cur *c, struct set *ret)
{
	if (c->left <= ICV)
		return false;
	ret->type = np_u8(c);
	ret->second = np_u8(c);
	uint16_t n = np_be16(c);

	ret->flags = (uint8_t)(n >> 12);
	ret->v = np_sub(c, n & 0xfff);
	np_skip(c, -(size_t)n & 3);
	return !c->cut;
}

static bool read_mka(struct np_out *o, struct np_cur c)
{
	const uint8_t *at = c.p;
	struct set s;

	if (!next_set(&c, &s))
		return false;
	np_emit_made(o, MKA_VERSION, NP_UINT, at, 1, at);
	np_emit_made(o, KEY_SERVER_PRIORITY, NP_UINT, at + 1, 1, at + 1);
	np_emit_u(o, KEY_SERVER, &s.v, at + 2, s.flags >> 3);
	np_emit_u(o, MACSEC_CAPABILITY, &s.v, at + 2, s.flags & 3);
	np_emit(o, SCI_MAC, np_sub(&s.v, 6));
	np_skip(&s.v, 2 + 12 + 4); /* port, member and message of the actor */
	np_emit(o, ALGORITHM_AGILITY, np_sub(&s.v, 4));
	bool whole = !s.v.cut;

	while (next_set(&c, &s))
		if (s.type == ANNOUNCEMENT)
			whole &= read_announcement(o, s.v);
	return whole && !c.cut;
}

static bool read_head(struct np_cur *c, uint8_t *ret_type,
		      struct np_cur *ret_body)
{
	uint8_t version = np_u8(c);

	*ret_type = np_u8(c);
	*ret_body = np_sub(c, np_be16(c));
	return version && version <= VERSIONS && *ret_type < TYPES;
}

static enum np_verdict eapol_decode(struct np_cur *c, struct np_out *o)
{
	const uint8_t *at = c->p;
	struct np_cur body;
	uint8_t type;
	bool whole = true;

	if (!read_head(c, &type, &body))
		return NP_NOT_MINE;
	if (body.cut)
		return NP_MALFORMED;
	if (type == EAP)
		whole = read_eap(o, body);
	else if (type == START || type == LOGOFF)
		supplicates(o, at + 1);
	else if (type == KEY)
		whole = read_key(o, body);
	else if (type == MKA)
		whole = read_mka(o, body);
	else if (type == GENERIC || type == SPECIFIC)
		whole = read_announcement(o, body);
	return whole ? NP_DECODED : NP_MALFORMED;
}

/* What counts on in MKA: the actor's message number, its peers', the keys in
 * use and their packets, and the check value over all of it. */
static void eapol_noise(struct np_cur c, struct np_noise *ret)
{
	struct np_cur body;
	struct set s;
	uint8_t type;

	if (!read_head(&c, &type, &body) || type != MKA || body.cut ||
	    !next_set(&body, &s))
		return;
	np_skip(&s.v, 8 + 12);
	np_noisy(ret, np_sub(&s.v, 4));
	while (next_set(&body, &s))
		if (s.type >= LIVE_PEERS && s.type <= SAK_USE)
			np_noisy(ret, s.v);
	np_noisy(ret, np_sub(&body, ICV));
}

static const struct np_match match[] = {NP_ETHERTYPE(0x888e)};

const struct np_proto np_proto_eapol = {
	.name = "eapol",
	.title = "EAP over LAN, MACsec Key Agreement",
	.spec = "IEEE 802.1X-2010; RFC 3748",
	.layer = "link",
	.grade = "E2",
	.heard = false,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = eapol_decode,
	.noise = eapol_noise,
};
