/* SPDX-License-Identifier: ISC */
#include "serve/gzip.h"
#include <zlib.h>

#define GZIP_WINDOW (15 + 16) /* zlib: with gzip's head and tail */
#define PIECE ((size_t)1 << 20)

static int deflate_all(z_stream *z, const uint8_t *p, size_t n,
		       struct np_buf *to)
{
	uint8_t out[16384];
	int rc = Z_OK;

	while (rc == Z_OK) {
		if (!z->avail_in && n) {
			size_t k = n < PIECE ? n : PIECE;

			memcpy(&z->next_in, &p, sizeof(p));
			z->avail_in = (uInt)k;
			p += k;
			n -= k;
		}
		z->next_out = out;
		z->avail_out = sizeof(out);
		rc = deflate(z, n ? Z_NO_FLUSH : Z_FINISH);
		np_put(to, out, sizeof(out) - z->avail_out);
	}
	return rc == Z_STREAM_END && !to->failed ? NP_OK : NP_ENOMEM;
}

int np_gzip(const void *p, size_t n, struct np_buf *to)
{
	z_stream z = {0};
	int rc;

	if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, 8,
			 Z_DEFAULT_STRATEGY) != Z_OK)
		return NP_ENOMEM;
	rc = deflate_all(&z, p, n, to);
	(void)deflateEnd(&z);
	return rc;
}
