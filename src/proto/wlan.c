/* SPDX-License-Identifier: ISC */
/*
 * The sender of an 802.11 frame (IEEE 802.11 9.3.2, table 9-30). The wire hands
 * the twelve octets of both addresses here once for each new sender; frames of
 * a sender already heard are only counted.
 */
#include "proto/proto.h"

enum { SOURCE };

static const struct np_field fields[] = {
	[SOURCE] = {"source", NP_MAC, NP_KEY_MAC, 0, "address of the sender"},
};

static enum np_verdict wlan_decode(struct np_cur *c, struct np_out *o)
{
	np_skip(c, 6);
	np_emit(o, SOURCE, np_sub(c, 6));
	return c->cut ? NP_MALFORMED : NP_DECODED;
}

const struct np_proto np_proto_wlan = {
	.name = "wlan",
	.title = "802.11 sender address",
	.spec = "IEEE 802.11 9.3.2",
	.layer = "link",
	.grade = "E3",
	.heard = true,
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = wlan_decode,
};
