/* SPDX-License-Identifier: ISC */
#include "core/pack.h"
#include "core/err.h"
#include <sodium.h>
#include <stdlib.h>
#include <zlib.h>

#define PIECE ((size_t)48 << 10) /* a multiple of 3: no padding inside */
#define VARIANT sodium_base64_VARIANT_ORIGINAL

void np_put_base64(struct np_buf *b, const void *p, size_t n)
{
	char text[PIECE / 3 * 4 + 1];
	const unsigned char *at = p;

	while (n) {
		size_t k = n < PIECE ? n : PIECE;

		(void)sodium_bin2base64(text, sizeof(text), at, k, VARIANT);
		np_puts(b, text);
		at += k;
		n -= k;
	}
}

int np_pack(const void *p, size_t n, struct np_buf *to)
{
	uLongf packed = compressBound((uLong)n);
	Bytef *v = malloc(packed);
	int rc = v ? NP_OK : NP_ENOMEM;

	if (!rc && compress2(v, &packed, p, (uLong)n, 9) != Z_OK)
		rc = NP_ENOMEM;
	if (!rc)
		np_put_base64(to, v, packed);
	free(v);
	return rc ? rc : to->failed ? NP_ENOMEM : NP_OK;
}

static int inflate_all(z_stream *z, struct np_buf *to)
{
	unsigned char out[65536];
	int rc = Z_OK;

	while (rc == Z_OK) {
		z->next_out = out;
		z->avail_out = sizeof(out);
		rc = inflate(z, Z_NO_FLUSH);
		if (rc != Z_OK && rc != Z_STREAM_END)
			return NP_EINPUT;
		np_put(to, out, sizeof(out) - z->avail_out);
		if (to->failed)
			return NP_ELIMIT;
		if (rc == Z_OK && !z->avail_in && z->avail_out)
			return NP_EINPUT; /* cut */
	}
	return z->avail_in ? NP_EINPUT : NP_OK;
}

int np_unpack(const char *text, size_t n, struct np_buf *to)
{
	unsigned char *v = malloc(n / 4 * 3 + 4);
	z_stream z = {0};
	size_t octets;
	int rc = v ? NP_OK : NP_ENOMEM;

	if (!rc && sodium_base642bin(v, n / 4 * 3 + 4, text, n, NULL, &octets,
				     NULL, VARIANT) != 0)
		rc = NP_EINPUT;
	if (!rc && inflateInit(&z) != Z_OK)
		rc = NP_ENOMEM;
	if (!rc) {
		z.next_in = v;
		z.avail_in = (uInt)octets;
		rc = inflate_all(&z, to);
		(void)inflateEnd(&z);
	}
	free(v);
	return rc;
}
