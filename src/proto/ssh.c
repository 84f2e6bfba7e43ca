/* SPDX-License-Identifier: ISC */
/*
 * Secure Shell until it is encrypted: the identification line, the algorithms
 * a side offers, and the host key that the server proves itself with. Each
 * line or packet is a message of its own, so that the identification is out
 * even when nothing follows.
 */
#include "proto/proto.h"

enum {
	IDENT,
	KEX,
	HOST_KEYS,
	ENCRYPTION_C2S,
	ENCRYPTION_S2C,
	MAC_C2S,
	MAC_S2C,
	COMPRESSION_C2S,
	COMPRESSION_S2C,
	HOST_KEY_ALGORITHM,
	HOST_KEY_SHA256,
};

#define S2C "the same from server to client, where it differs"

static const struct np_field fields[] = {
	[IDENT] = {"ident", NP_TEXT, NP_KEY_NONE, 0, "identification string"},
	[KEX] = {"kex_algorithms", NP_TEXT, NP_KEY_NONE, 0,
		 "key exchange methods, in order of preference"},
	[HOST_KEYS] = {"server_host_key_algorithms", NP_TEXT, NP_KEY_NONE, 0,
		       "kinds of host key, in order of preference"},
	[ENCRYPTION_C2S] = {"encryption_algorithms_client_to_server", NP_TEXT,
			    NP_KEY_NONE, 0, "ciphers"},
	[ENCRYPTION_S2C] = {"encryption_algorithms_server_to_client", NP_TEXT,
			    NP_KEY_NONE, 0, S2C},
	[MAC_C2S] = {"mac_algorithms_client_to_server", NP_TEXT, NP_KEY_NONE, 0,
		     "message authentication codes"},
	[MAC_S2C] = {"mac_algorithms_server_to_client", NP_TEXT, NP_KEY_NONE, 0,
		     S2C},
	[COMPRESSION_C2S] = {"compression_algorithms_client_to_server", NP_TEXT,
			     NP_KEY_NONE, 0, "compression methods"},
	[COMPRESSION_S2C] = {"compression_algorithms_server_to_client", NP_TEXT,
			     NP_KEY_NONE, 0, S2C},
	[HOST_KEY_ALGORITHM] = {"host_key_algorithm", NP_TEXT, NP_KEY_NONE, 0,
				"kind of the host key that was sent"},
	[HOST_KEY_SHA256] = {"host_key_sha256", NP_HEX, NP_KEY_HOSTKEY, 0,
			     "SHA-256 of the host key as sent"},
};

/* RFC 4250 4.1.2. 31 is also KEX_DH_GEX_GROUP (RFC 4419), without a key. */
enum {
	DISCONNECT = 1,
	KEXINIT = 20,
	NEWKEYS = 21,
	KEXDH_REPLY = 31,
	GEX_REPLY = 33,
};

#define LONGEST_PACKET 35000u /* RFC 4253 6.1 */
#define LONGEST_CHATTER 4096u /* of what a server says before its ident */

static bool ssh_sync(struct np_cur c)
{
	return np_ahead(c, "SSH-", 4);
}

/* RFC 4253 4.2: a server may say other lines first. */
static enum np_verdict ident(struct np_cur *c, struct np_out *o)
{
	const size_t all = c->left;
	struct np_cur line;

	while (np_line(c, &line)) {
		if (!ssh_sync(line))
			continue;
		np_emit(o, IDENT, line);
		/* 1.99 speaks 2.0 too (5.1); SSH 1 has other packets. */
		if (np_ahead(line, "SSH-2.", 6) ||
		    np_ahead(line, "SSH-1.99", 8))
			o->next = all - c->left;
		return NP_DECODED;
	}
	if (all > LONGEST_CHATTER || o->from->end)
		return NP_NOT_MINE;
	return np_more(o, 0);
}

/* RFC 4253 7.1. */
static bool kexinit(struct np_cur c, struct np_out *o)
{
	struct np_cur before = {0};

	np_skip(&c, 16);
	for (unsigned f = KEX; f <= COMPRESSION_S2C; f++) {
		struct np_cur list = np_sub(&c, np_be32(&c));
		bool s2c = f == ENCRYPTION_S2C || f == MAC_S2C ||
			   f == COMPRESSION_S2C;

		if (list.cut)
			return false;
		if (!s2c || !np_same(list, before))
			np_emit(o, f, list);
		before = list;
	}
	return true;
}

/* The blob begins with the name of its algorithm (RFC 4253 6.6). */
static bool host_key(struct np_cur c, struct np_out *o)
{
	struct np_cur blob = np_sub(&c, np_be32(&c));
	struct np_cur rest = blob;
	struct np_cur name = np_sub(&rest, np_be32(&rest));
	uint8_t hash[32];

	if (blob.cut || name.cut || !name.left || name.left > 64)
		return false;
	for (size_t i = 0; i < name.left; i++)
		if (name.p[i] <= ' ' || name.p[i] > '~')
			return false;
	np_emit(o, HOST_KEY_ALGORITHM, name);
	np_sha256(blob.p, blob.left, hash);
	np_emit_made(o, HOST_KEY_SHA256, NP_HEX, hash, sizeof(hash), blob.p);
	return true;
}

/* RFC 4253 6, before any cipher and MAC. */
static enum np_verdict packet(struct np_cur *c, struct np_out *o)
{
	uint32_t n = np_be32(c);
	uint8_t padding = np_u8(c), kind = np_u8(c);

	if (c->cut)
		return np_more(o, 6);
	if (n < padding + 2u || n > LONGEST_PACKET)
		return NP_MALFORMED;
	o->next = n + 4;
	if (kind == NEWKEYS || kind == DISCONNECT)
		o->next = 0;
	if (kind != KEXINIT && kind != KEXDH_REPLY && kind != GEX_REPLY)
		return NP_DECODED;
	if (c->left < n - 2 && !o->from->end)
		return np_more(o, n + 4);
	if (kind == KEXINIT)
		return kexinit(*c, o) ? NP_DECODED : NP_MALFORMED;
	if (host_key(*c, o))
		o->next = 0;
	return c->left < n - 2 ? NP_MALFORMED : NP_DECODED;
}

static enum np_verdict ssh_decode(struct np_cur *c, struct np_out *o)
{
	/* No line begins with NUL, every packet does: its length is short. */
	if (o->origin && np_ahead(*c, "", 1))
		return packet(c, o);
	return ident(c, o);
}

static const struct np_match match[] = {NP_STREAM("SSH-"), NP_TCP(22)};

const struct np_proto np_proto_ssh = {
	.name = "ssh",
	.title = "Secure Shell",
	.spec = "RFC 4253",
	.layer = "service",
	.grade = "E4",
	.heard = true,
	.limit = LONGEST_PACKET + 4,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = ssh_decode,
	.sync = ssh_sync,
};
