/* SPDX-License-Identifier: ISC */
/* What a mail server says when a connection is opened (RFC 5321 3.1). */
#include "proto/proto.h"

enum { BANNER };

static const struct np_field fields[] = {
	[BANNER] = {"banner", NP_TEXT, NP_KEY_NONE, NP_BANNER,
		    "greeting without its code, one value a line"},
};

static enum np_verdict smtp_decode(struct np_cur *c, struct np_out *o)
{
	uint16_t port = o->from->sport;
	struct np_reply r;

	if ((port != 25 && port != 587) || !np_reply(c, &r))
		return NP_NOT_MINE;
	if (!r.whole && !o->from->end)
		return np_more(o, 0);
	if (r.code != 220 && r.code != 421 && r.code != 554)
		return NP_NOT_MINE;
	for (size_t i = 0; i < r.n; i++)
		np_emit(o, BANNER, r.line[i]);
	return r.whole ? NP_DECODED : NP_MALFORMED;
}

static const struct np_match match[] = {NP_TCP(25), NP_TCP(587)};

const struct np_proto np_proto_smtp = {
	.name = "smtp",
	.title = "Simple Mail Transfer Protocol",
	.spec = "RFC 5321",
	.layer = "service",
	.grade = "E4",
	.heard = false,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = smtp_decode,
};
