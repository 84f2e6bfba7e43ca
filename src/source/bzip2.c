/* SPDX-License-Identifier: ISC */
/* bzip2: one or more streams, as pbzip2 and cat make them. */
#include "source/unpack.h"
#include <bzlib.h>
#include <stdlib.h>

struct bzip2 {
	bz_stream z;
	bool open;  /* z is to be ended */
	bool ended; /* between streams */
};

static bool begin(struct bzip2 *b)
{
	b->z = (bz_stream){0};
	b->open = BZ2_bzDecompressInit(&b->z, 0, 0) == BZ_OK;
	b->ended = false;
	return b->open;
}

static void end(struct bzip2 *b)
{
	if (b->open)
		(void)BZ2_bzDecompressEnd(&b->z);
	b->open = false;
}

static void *open_bzip2(void)
{
	struct bzip2 *b = calloc(1, sizeof(*b));

	if (b && !begin(b)) {
		free(b);
		return NULL;
	}
	return b;
}

static void close_bzip2(void *state)
{
	end(state);
	free(state);
}

static ssize_t step(void *state, struct np_cur *in, uint8_t *out, size_t n,
		    const char **why)
{
	struct bzip2 *b = state;

	if (b->ended && !in->left)
		return 0;
	*why = "out of memory";
	if (b->ended) {
		end(b);
		if (!begin(b))
			return -1;
	}
	/* bzlib's interface is older than const, and does not write here. */
	union {
		const uint8_t *in;
		char *z;
	} from = {.in = in->p};

	b->z.next_in = from.z;
	b->z.avail_in = (unsigned)in->left;
	b->z.next_out = (char *)out;
	b->z.avail_out = (unsigned)n;
	int rc = BZ2_bzDecompress(&b->z);

	np_skip(in, in->left - b->z.avail_in);
	b->ended = rc == BZ_STREAM_END;
	if (rc == BZ_OK || b->ended)
		return (ssize_t)(n - b->z.avail_out);
	if (rc != BZ_MEM_ERROR)
		*why = "the packed octets are damaged";
	return -1;
}

static bool whole(const void *state)
{
	const struct bzip2 *b = state;

	return b->ended;
}

const struct np_pack np_pack_bzip2 = {
	.kind = "bzip2",
	.sign = {{0x00685a42, 0x00ffffff}}, /* "BZh" */
	.open = open_bzip2,
	.close = close_bzip2,
	.step = step,
	.whole = whole,
};
