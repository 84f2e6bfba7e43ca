/* SPDX-License-Identifier: ISC */
/* What a message store says when a connection is opened (RFC 9051 7.1). */
#include "proto/proto.h"

enum { BANNER };

static const struct np_field fields[] = {
	[BANNER] = {"banner", NP_TEXT, NP_KEY_NONE, NP_BANNER,
		    "greeting behind its condition"},
};

static enum np_verdict imap_decode(struct np_cur *c, struct np_out *o)
{
	static const char *const conditions[] = {"OK ", "PREAUTH ", "BYE "};
	struct np_cur line;

	if (o->from->sport != 143 || (c->left && c->p[0] != '*'))
		return NP_NOT_MINE;
	if (!np_line(c, &line))
		return np_more(o, 0);
	if (!np_eat(&line, "* ", 2))
		return NP_NOT_MINE;
	for (size_t i = 0; i < NP_COUNT(conditions); i++) {
		if (!np_ahead_nocase(line, conditions[i]))
			continue;
		np_skip(&line, strlen(conditions[i]));
		np_emit(o, BANNER, np_trim(line));
		return NP_DECODED;
	}
	return NP_NOT_MINE;
}

static const struct np_match match[] = {NP_TCP(143)};

const struct np_proto np_proto_imap = {
	.name = "imap",
	.title = "Internet Message Access Protocol",
	.spec = "RFC 9051",
	.layer = "service",
	.grade = "E4",
	.heard = false,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = imap_decode,
};
