/* SPDX-License-Identifier: ISC */
/*
 * ESMC: the quality of the clock that synchronous Ethernet carries (ITU-T
 * G.8264 clause 11). The extended element names the clock that the chain
 * begins with, which is seldom the sender.
 */
#include "proto/proto.h"

enum { SSM, ENHANCED_SSM, CLOCK_IDENTITY, CHAIN_FLAGS, EEECS, EECS };

static const struct np_field fields[] = {
	[SSM] = {"ssm", NP_UINT, NP_KEY_NONE, 0,
		 "code of the clock's quality level"},
	[ENHANCED_SSM] = {"enhanced_ssm", NP_UINT, NP_KEY_NONE, 0,
			  "code that parts enhanced clocks' levels"},
	[CLOCK_IDENTITY] = {"clock_identity", NP_HEX, NP_KEY_CLOCK, 0,
			    "clock that the chain begins with"},
	[CHAIN_FLAGS] = {"chain_flags", NP_UINT, NP_KEY_NONE, 0,
			 "1: other clocks stand between, too; 2: not all were "
			 "counted"},
	[EEECS] = {"cascaded_eeecs", NP_UINT, NP_KEY_NONE, 0,
		   "enhanced clocks between that one and the sender"},
	[EECS] = {"cascaded_eecs", NP_UINT, NP_KEY_NONE, 0,
		  "other clocks between that one and the sender"},
};

static void read_quality(struct np_out *o, unsigned field, struct np_cur v)
{
	const uint8_t *at = v.p;
	unsigned code = np_u8(&v) & 0x0f;

	np_emit_u(o, field, &v, at, code);
}

static void read_extended(struct np_out *o, unsigned field, struct np_cur v)
{
	np_emit(o, ENHANCED_SSM, np_sub(&v, 1));
	struct np_cur clock = np_sub(&v, 8);

	np_emit(o, CHAIN_FLAGS, np_sub(&v, 1));
	np_emit(o, EEECS, np_sub(&v, 1));
	np_emit(o, EECS, np_sub(&v, 1));
	np_say(o, NP_THIRD);
	np_emit(o, field, clock);
}

static const struct np_tlv_row rows[] = {
	{1, SSM, read_quality},
	{2, CLOCK_IDENTITY, read_extended},
};

/* What pads the frame reads as an end. */
static const struct np_tlv_list list = {
	.type_n = 1,
	.len_n = 2,
	.counted = 3,
	.end = 0,
	.row = rows,
	.nrows = NP_COUNT(rows),
};

static enum np_verdict esmc_decode(struct np_cur *c, struct np_out *o)
{
	/* organization-specific slow protocol, ITU-T, ESMC */
	static const uint8_t head[] = {0x0a, 0x00, 0x19, 0xa7, 0x00, 0x01};

	if (!np_eat(c, head, sizeof(head)))
		return NP_NOT_MINE;
	np_skip(c, 1 + 3); /* version and event, reserved */
	return np_tlvs(c, &list, o);
}

static const struct np_match match[] = {NP_ETHERTYPE(0x8809)};

const struct np_proto np_proto_esmc = {
	.name = "esmc",
	.title = "Ethernet Synchronization Messaging Channel",
	.spec = "ITU-T G.8264 clause 11",
	.layer = "link",
	.grade = "E3",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = esmc_decode,
};
