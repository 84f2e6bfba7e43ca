/* SPDX-License-Identifier: ISC */
/* What a mailbox server says when a connection is opened (RFC 1939 4). */
#include "proto/proto.h"

enum { BANNER };

static const struct np_field fields[] = {
	[BANNER] = {"banner", NP_TEXT, NP_KEY_NONE, NP_BANNER,
		    "greeting behind its status indicator"},
};

static enum np_verdict pop3_decode(struct np_cur *c, struct np_out *o)
{
	struct np_cur line;

	if (o->from->sport != 110 || (c->left && c->p[0] != '+'))
		return NP_NOT_MINE;
	if (!np_line(c, &line))
		return np_more(o, 0);
	if (!np_eat(&line, "+OK", 3))
		return NP_NOT_MINE;
	np_emit(o, BANNER, np_trim(line));
	return NP_DECODED;
}

static const struct np_match match[] = {NP_TCP(110)};

const struct np_proto np_proto_pop3 = {
	.name = "pop3",
	.title = "Post Office Protocol",
	.spec = "RFC 1939",
	.layer = "service",
	.grade = "E4",
	.heard = false,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = pop3_decode,
};
