/* SPDX-License-Identifier: ISC */
/* SSH's identification line (RFC 4253 4.2). */
#include "proto/proto.h"

enum { IDENT };

static const struct np_field fields[] = {
	[IDENT] = {"ident", NP_TEXT, NP_KEY_NONE, 0, "identification string"},
};

static bool ssh_sync(struct np_cur c)
{
	return np_ahead(c, "SSH-", 4);
}

static enum np_verdict ssh_decode(struct np_cur *c, struct np_out *o)
{
	struct np_cur line;

	/* A server may say other lines first; at most as many as fit here. */
	for (int i = 0; i < 32; i++) {
		if (!np_line(c, &line))
			return np_more(o, 0);
		if (!ssh_sync(line))
			continue;
		np_emit(o, IDENT, line);
		return NP_DECODED;
	}
	return NP_NOT_MINE;
}

static const struct np_match match[] = {NP_STREAM("SSH-"), NP_TCP(22)};

const struct np_proto np_proto_ssh = {
	.name = "ssh",
	.title = "Secure Shell",
	.spec = "RFC 4253",
	.layer = "service",
	.grade = "E4",
	.heard = true,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = ssh_decode,
	.sync = ssh_sync,
};
