/* SPDX-License-Identifier: ISC */
/*
 * The cluster management of older Huawei switches (NDP, NTDP), which 3Com, H3C
 * and others took over: it does not name the maker by itself. The layout is
 * not documented, but device name, product and versions stand in it as text:
 * every run of printable octets is kept, without a first octet that counts
 * the rest: it is the text's length and looks like a letter by chance.
 */
#include "proto/proto.h"

enum { SHORTEST = 4, MOST = 32 };
enum { TEXT };

static const struct np_field fields[] = {
	[TEXT] = {"text", NP_TEXT, NP_KEY_NONE, 0, "a run of printable octets"},
};

static bool printable(uint8_t b)
{
	return (b >= ' ' && b <= '~') || b == '\r' || b == '\n';
}

static enum np_verdict ndp_huawei_decode(struct np_cur *c, struct np_out *o)
{
	for (int n = 0; c->left && n < MOST;) {
		struct np_cur run = *c;
		size_t len = 0;

		while (c->left && printable(c->p[0])) {
			np_skip(c, 1);
			len++;
		}
		if (len > SHORTEST && run.p[0] == len - 1) {
			np_skip(&run, 1);
			len--;
		}
		/* One that the capture's limit may have cut is no value. */
		if (len >= SHORTEST && (c->left || !o->from->snapped)) {
			np_emit(o, TEXT, np_sub(&run, len));
			n++;
		}
		if (c->left)
			np_skip(c, 1);
	}
	return NP_DECODED;
}

static const struct np_match match[] = {NP_ETHERTYPE(0x88a7)};

const struct np_proto np_proto_ndp_huawei = {
	.name = "ndp_huawei",
	.title = "Huawei cluster management",
	.spec = "not public",
	.layer = "link",
	.grade = "E4",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = ndp_huawei_decode,
};
