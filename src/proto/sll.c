/* SPDX-License-Identifier: ISC */
/*
 * The sender's address in a Linux cooked capture. The wire hands over the six
 * octets of the link-layer address (LINKTYPE_LINUX_SLL at 6, SLL2 at 12).
 */
#include "proto/proto.h"

enum { SOURCE };

static const struct np_field fields[] = {
	[SOURCE] = {"source", NP_MAC, NP_KEY_MAC, 0, "address of the sender"},
};

static enum np_verdict sll_decode(struct np_cur *c, struct np_out *o)
{
	np_emit(o, SOURCE, np_sub(c, 6));
	return c->cut ? NP_MALFORMED : NP_DECODED;
}

const struct np_proto np_proto_sll = {
	.name = "sll",
	.title = "Linux cooked capture sender address",
	.spec = "tcpdump.org LINKTYPE_LINUX_SLL, LINKTYPE_LINUX_SLL2",
	.layer = "link",
	.grade = "E3",
	.heard = true,
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = sll_decode,
};
