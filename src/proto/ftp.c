/* SPDX-License-Identifier: ISC */
/* What an FTP server says when a connection is opened (RFC 959 5.4). */
#include "proto/proto.h"

enum { BANNER };

static const struct np_field fields[] = {
	[BANNER] = {"banner", NP_TEXT, NP_KEY_NONE, NP_BANNER,
		    "greeting without its code, one value a line"},
};

static enum np_verdict ftp_decode(struct np_cur *c, struct np_out *o)
{
	const size_t all = c->left;
	struct np_reply r;

	if (o->from->sport != 21 || !np_reply(c, &r))
		return NP_NOT_MINE;
	if (!r.whole && !o->from->end)
		return np_more(o, 0);
	if (r.code != 120 && r.code != 220 && r.code != 421)
		return NP_NOT_MINE;
	for (size_t i = 0; i < r.n; i++)
		np_emit(o, BANNER, r.line[i]);
	if (r.code == 120) /* "ready in nnn minutes": 220 follows */
		o->next = all - c->left;
	return r.whole ? NP_DECODED : NP_MALFORMED;
}

static const struct np_match match[] = {NP_TCP(21)};

const struct np_proto np_proto_ftp = {
	.name = "ftp",
	.title = "File Transfer Protocol",
	.spec = "RFC 959",
	.layer = "service",
	.grade = "E4",
	.heard = true,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = ftp_decode,
};
