/* SPDX-License-Identifier: ISC */
/* Zstandard (RFC 8878): frames one behind the other, skippable ones too. */
#include "source/unpack.h"
#include <stdlib.h>
#include <zstd.h>
#include <zstd_errors.h>

/* 2^25 octets is the window of level 20; a larger one is asked for by name
 * (zstd --long, --ultra) and would cost as much memory as all else here. */
#define WINDOW_LOG_MAX 25

struct zstd {
	ZSTD_DStream *z;
	bool ended; /* between frames */
};

static void close_zstd(void *state)
{
	struct zstd *d = state;

	(void)ZSTD_freeDStream(d->z);
	free(d);
}

static void *open_zstd(void)
{
	struct zstd *d = calloc(1, sizeof(*d));

	if (!d)
		return NULL;
	d->z = ZSTD_createDStream();
	if (!d->z || ZSTD_isError(ZSTD_DCtx_setParameter(
			     d->z, ZSTD_d_windowLogMax, WINDOW_LOG_MAX))) {
		close_zstd(d);
		return NULL;
	}
	return d;
}

static const char *reason(size_t rc)
{
	switch (ZSTD_getErrorCode(rc)) {
	case ZSTD_error_frameParameter_windowTooLarge:
		return "packed with a window above 32 MiB: unpack it first "
		       "(zstd -dc --long=31 FILE | nameplate -)";
	case ZSTD_error_prefix_unknown:
		return "other octets behind the packed ones";
	case ZSTD_error_memory_allocation:
		return "out of memory";
	case ZSTD_error_dictionary_wrong:
		return "packed with a dictionary that is not here";
	default:
		return "the packed octets are damaged";
	}
}

static ssize_t step(void *state, struct np_cur *in, uint8_t *out, size_t n,
		    const char **why)
{
	struct zstd *d = state;
	ZSTD_inBuffer from = {in->p, in->left, 0};
	ZSTD_outBuffer to = {out, n, 0};

	if (d->ended && !in->left)
		return 0;
	size_t rc = ZSTD_decompressStream(d->z, &to, &from);

	np_skip(in, from.pos);
	if (ZSTD_isError(rc)) {
		*why = reason(rc);
		return -1;
	}
	d->ended = rc == 0;
	return (ssize_t)to.pos;
}

static bool whole(const void *state)
{
	const struct zstd *d = state;

	return d->ended;
}

const struct np_pack np_pack_zstd = {
	.kind = "zstd",
	/* RFC 8878, 3.1.1 and, as pzstd begins, 3.1.2. */
	.sign = {{0xfd2fb528, 0xffffffff}, {0x184d2a50, 0xfffffff0}},
	.open = open_zstd,
	.close = close_zstd,
	.step = step,
	.whole = whole,
};
