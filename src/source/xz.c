/* SPDX-License-Identifier: ISC */
/* xz (xz's doc/xz-file-format.txt), one stream behind the other. */
#include "source/unpack.h"
#include <lzma.h>
#include <stdlib.h>

/* What the strongest preset, -9, wants; more is nobody's capture. */
#define MEMORY ((uint64_t)80 << 20)

struct xz {
	lzma_stream z;
	bool ended; /* between streams */
};

static bool begin(struct xz *x)
{
	x->ended = false;
	return lzma_stream_decoder(&x->z, MEMORY, 0) == LZMA_OK;
}

static void *open_xz(void)
{
	struct xz *x = calloc(1, sizeof(*x));

	if (x && !begin(x)) {
		lzma_end(&x->z);
		free(x);
		return NULL;
	}
	return x;
}

static void close_xz(void *state)
{
	struct xz *x = state;

	lzma_end(&x->z);
	free(x);
}

/* Behind a stream: another one, or the padding that section 2.2 allows. */
static bool stream_follows(struct xz *x, struct np_cur *in)
{
	while (in->left && *in->p == 0)
		np_skip(in, 1);
	return in->left && begin(x);
}

static const char *reason(lzma_ret rc)
{
	switch (rc) {
	case LZMA_MEM_ERROR:
		return "out of memory";
	case LZMA_MEMLIMIT_ERROR:
		return "unpacking it takes more memory than the limit";
	case LZMA_OPTIONS_ERROR:
		return "packed with options that are not known";
	default:
		return "the packed octets are damaged";
	}
}

static ssize_t step(void *state, struct np_cur *in, uint8_t *out, size_t n,
		    const char **why)
{
	struct xz *x = state;

	if (x->ended && !stream_follows(x, in))
		return 0;
	x->z.next_in = in->p;
	x->z.avail_in = in->left;
	x->z.next_out = out;
	x->z.avail_out = n;
	lzma_ret rc = lzma_code(&x->z, LZMA_RUN);

	np_skip(in, in->left - x->z.avail_in);
	x->ended = rc == LZMA_STREAM_END;
	if (rc == LZMA_OK || rc == LZMA_BUF_ERROR || x->ended)
		return (ssize_t)(n - x->z.avail_out);
	*why = reason(rc);
	return -1;
}

static bool whole(const void *state)
{
	const struct xz *x = state;

	return x->ended;
}

const struct np_pack np_pack_xz = {
	.kind = "xz",
	.sign = {{0x587a37fd, 0xffffffff}},
	.open = open_xz,
	.close = close_xz,
	.step = step,
	.whole = whole,
};
