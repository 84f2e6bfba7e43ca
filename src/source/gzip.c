/* SPDX-License-Identifier: ISC */
/* gzip (RFC 1952): one or more members, as pigz, bgzip and cat make them. */
#include "source/unpack.h"
#include <stdlib.h>
#include <zlib.h>

struct gzip {
	z_stream z;
	bool ended; /* between members */
};

static void *open_gzip(void)
{
	struct gzip *g = calloc(1, sizeof(*g));

	if (g && inflateInit2(&g->z, 16 + MAX_WBITS) != Z_OK) {
		free(g);
		return NULL;
	}
	return g;
}

static void close_gzip(void *state)
{
	struct gzip *g = state;

	(void)inflateEnd(&g->z);
	free(g);
}

/* Behind a member: another one, or the zeros that tapes are padded with. */
static bool member_follows(struct gzip *g, struct np_cur *in)
{
	while (in->left && *in->p == 0)
		np_skip(in, 1);
	if (!in->left)
		return false;
	g->ended = false;
	(void)inflateReset(&g->z);
	return true;
}

static ssize_t step(void *state, struct np_cur *in, uint8_t *out, size_t n,
		    const char **why)
{
	struct gzip *g = state;

	if (g->ended && !member_follows(g, in))
		return 0;
	/* zlib's interface is older than const, and does not write here. */
	union {
		const uint8_t *in;
		Bytef *z;
	} from = {.in = in->p};

	g->z.next_in = from.z;
	g->z.avail_in = (uInt)in->left;
	g->z.next_out = out;
	g->z.avail_out = (uInt)n;
	int rc = inflate(&g->z, Z_NO_FLUSH);

	np_skip(in, in->left - g->z.avail_in);
	if (rc == Z_STREAM_END)
		g->ended = true;
	else if (rc != Z_OK && rc != Z_BUF_ERROR) {
		*why = rc == Z_MEM_ERROR ? "out of memory"
					 : "the packed octets are damaged";
		return -1;
	}
	return (ssize_t)(n - g->z.avail_out);
}

static bool whole(const void *state)
{
	const struct gzip *g = state;

	return g->ended;
}

const struct np_pack np_pack_gzip = {
	.kind = "gzip",
	.sign = {{0x00088b1f, 0x00ffffff}}, /* RFC 1952, 2.3.1: CM 8 */
	.open = open_gzip,
	.close = close_gzip,
	.step = step,
	.whole = whole,
};
