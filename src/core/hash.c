/* SPDX-License-Identifier: ISC */
#include "core/hash.h"
#include <openssl/evp.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

struct np_hasher {
	EVP_MD_CTX *ctx;
	EVP_MD *md;
	/* What is not handed on yet: an id is made of many small pieces, and
	 * each hand-over costs more than hashing one. */
	uint8_t held[1024];
	size_t n;
};

void np_sha256(const void *p, size_t n, uint8_t out[static 32])
{
	(void)EVP_Digest(p, n, out, NULL, EVP_sha256(), NULL);
}

void np_keyed_hash(const uint8_t key[static 32], const void *p, size_t n,
		   uint8_t *out, size_t out_n)
{
	(void)crypto_generichash(out, out_n, p, n, key, 32);
}

struct np_hasher *np_hasher_new(enum np_hash kind)
{
	struct np_hasher *h = calloc(1, sizeof(*h));

	if (!h)
		return NULL;
	h->ctx = EVP_MD_CTX_new();
	/* Fetched once: EVP_blake2s256() looks the provider up at each use. */
	h->md = EVP_MD_fetch(NULL, kind == NP_SHA256 ? "SHA256" : "BLAKE2S-256",
			     NULL);
	if (!h->ctx || !h->md || EVP_DigestInit_ex2(h->ctx, h->md, NULL) != 1) {
		np_hasher_free(h);
		return NULL;
	}
	return h;
}

void np_hasher_begin(struct np_hasher *h)
{
	(void)EVP_DigestInit_ex2(h->ctx, NULL, NULL);
	h->n = 0;
}

static void hand_on(struct np_hasher *h)
{
	(void)EVP_DigestUpdate(h->ctx, h->held, h->n);
	h->n = 0;
}

void np_hasher_add(struct np_hasher *h, const void *p, size_t n)
{
	if (n > sizeof(h->held) - h->n)
		hand_on(h);
	if (n > sizeof(h->held)) {
		(void)EVP_DigestUpdate(h->ctx, p, n);
		return;
	}
	if (n)
		memcpy(h->held + h->n, p, n);
	h->n += n;
}

void np_hasher_end(struct np_hasher *h, uint8_t out[static 32])
{
	hand_on(h);
	(void)EVP_DigestFinal_ex(h->ctx, out, NULL);
}

void np_hasher_free(struct np_hasher *h)
{
	if (!h)
		return;
	EVP_MD_CTX_free(h->ctx);
	EVP_MD_free(h->md);
	free(h);
}

uint64_t np_hash64(const void *p, size_t n, uint64_t seed)
{
	return XXH3_64bits_withSeed(p, n, seed);
}

struct np_hash128 np_hash128(const void *p, size_t n, uint64_t seed)
{
	XXH128_hash_t h = XXH3_128bits_withSeed(p, n, seed);

	return (struct np_hash128){.lo = h.low64, .hi = h.high64};
}
