/* SPDX-License-Identifier: ISC */
/*
 * SONMP, later Nortel's discovery protocol: address and model, both as codes.
 * It has no public specification.
 */
#include "proto/proto.h"

enum { ADDRESS, SEGMENT, CHASSIS, BACKPLANE };

static const struct np_field fields[] = {
	[ADDRESS] = {"address", NP_IP, NP_KEY_IP, 0,
		     "address it is managed at"},
	[SEGMENT] = {"segment", NP_HEX, NP_KEY_NONE, 0,
		     "slot and port, packed as the model does it"},
	[CHASSIS] = {"chassis", NP_UINT, NP_KEY_NONE, 0, "code of the model"},
	[BACKPLANE] = {"backplane", NP_UINT, NP_KEY_NONE, 0,
		       "code of the backplane"},
};

static enum np_verdict sonmp_decode(struct np_cur *c, struct np_out *o)
{
	np_emit(o, ADDRESS, np_sub(c, 4));
	np_emit(o, SEGMENT, np_sub(c, 3));
	np_emit(o, CHASSIS, np_sub(c, 1));
	np_emit(o, BACKPLANE, np_sub(c, 1));
	return c->cut ? NP_MALFORMED : NP_DECODED;
}

static const struct np_match match[] = {
	NP_SNAP(0x000081, 0x01a1), /* to the flat net */
	NP_SNAP(0x000081, 0x01a2), /* to the segment */
};

const struct np_proto np_proto_sonmp = {
	.name = "sonmp",
	.title = "SynOptics Network Management Protocol",
	.spec = "not public",
	.layer = "link",
	.grade = "E4",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = sonmp_decode,
};
