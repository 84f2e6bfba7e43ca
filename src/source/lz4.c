/* SPDX-License-Identifier: ISC */
/* LZ4 frames (lz4's doc/lz4_Frame_format.md), one behind the other. */
#include "source/unpack.h"
#include <lz4frame.h>
#include <stdlib.h>

struct lz4 {
	LZ4F_dctx *z;
	bool ended; /* between frames */
};

static void *open_lz4(void)
{
	struct lz4 *d = calloc(1, sizeof(*d));

	if (d && LZ4F_isError(LZ4F_createDecompressionContext(&d->z,
							      LZ4F_VERSION))) {
		free(d);
		return NULL;
	}
	return d;
}

static void close_lz4(void *state)
{
	struct lz4 *d = state;

	(void)LZ4F_freeDecompressionContext(d->z);
	free(d);
}

static ssize_t step(void *state, struct np_cur *in, uint8_t *out, size_t n,
		    const char **why)
{
	struct lz4 *d = state;
	size_t used = in->left;

	if (d->ended && !in->left)
		return 0;
	size_t rc = LZ4F_decompress(d->z, out, &n, in->p, &used, NULL);

	if (LZ4F_isError(rc)) {
		*why = d->ended ? "other octets behind the packed ones"
				: "the packed octets are damaged";
		return -1;
	}
	np_skip(in, used);
	d->ended = rc == 0;
	return (ssize_t)n;
}

static bool whole(const void *state)
{
	const struct lz4 *d = state;

	return d->ended;
}

const struct np_pack np_pack_lz4 = {
	.kind = "lz4",
	.sign = {{0x184d2204, 0xffffffff}},
	.open = open_lz4,
	.close = close_lz4,
	.step = step,
	.whole = whole,
};
