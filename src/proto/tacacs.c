/* SPDX-License-Identifier: ISC */
/*
 * TACACS+ (RFC 8907), with which HWTACACS is compatible on the wire: who asks
 * and who answers, by the number of the packet in its session (4.1). Bodies
 * are hidden, and where they are not they name people: they stay closed.
 */
#include "proto/proto.h"

enum { MINOR_VERSION, UNENCRYPTED, ROLE };

static const struct np_field fields[] = {
	[MINOR_VERSION] = {"minor_version", NP_UINT, NP_KEY_NONE, 0,
			   "1 where passwords are sent by PAP or CHAP"},
	[UNENCRYPTED] = {"unencrypted", NP_UINT, NP_KEY_NONE, 0,
			 "1 where bodies are sent in clear"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0,
		  "TACACS+ client or TACACS+ server"},
};

enum { HEADER = 12, LONGEST = 65535 };

/* 4.1: of the first packet of each side. */
static bool read_head(struct np_cur c, unsigned *ret_minor, unsigned *ret_flags,
		      unsigned *ret_number)
{
	enum { MAJOR = 0xc, KINDS = 3, CLEAR = 1, SINGLE_CONNECT = 4 };
	unsigned version = np_u8(&c), kind = np_u8(&c);

	*ret_minor = version & 0x0f;
	*ret_number = np_u8(&c);
	*ret_flags = np_u8(&c);
	np_skip(&c, 4); /* session */
	uint32_t n = np_be32(&c);

	return !c.cut && version >> 4 == MAJOR && *ret_minor <= 1 && kind &&
	       kind <= KINDS &&
	       (*ret_flags | CLEAR | SINGLE_CONNECT) ==
		       (CLEAR | SINGLE_CONNECT) &&
	       n && n <= LONGEST;
}

static enum np_verdict tacacs_decode(struct np_cur *c, struct np_out *o)
{
	const uint8_t *at = c->p;
	unsigned minor, flags, number;
	const struct np_cur whole = {0};

	if (!c->left || c->p[0] >> 4 != 0xc)
		return NP_NOT_MINE;
	if (c->left < HEADER && !o->from->end)
		return np_more(o, HEADER);
	/* 4.1: a client's numbers are odd; a session begins with 1. */
	if (!read_head(*c, &minor, &flags, &number) || number < 1 || number > 2)
		return NP_NOT_MINE;
	const char *role = number == 1 ? "TACACS+ client" : "TACACS+ server";

	np_emit_u(o, MINOR_VERSION, &whole, at, minor);
	np_emit_u(o, UNENCRYPTED, &whole, at + 3, flags & 1);
	np_emit_word(o, ROLE, role, at + 2);
	return NP_DECODED;
}

static const struct np_match match[] = {NP_TCP(49)};

const struct np_proto np_proto_tacacs = {
	.name = "tacacs",
	.title = "TACACS+",
	.spec = "RFC 8907",
	.layer = "management",
	.grade = "E1",
	.heard = false,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = tacacs_decode,
};
