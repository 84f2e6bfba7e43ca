/* SPDX-License-Identifier: ISC */
/* Hashes, borrowed from libcrypto, libsodium and xxHash. */
#ifndef NP_HASH_H
#define NP_HASH_H
#include <stddef.h>
#include <stdint.h>

/* One-shot SHA-256 (FIPS 180-4) and BLAKE2s-256 (RFC 7693). */
void np_sha256(const void *p, size_t n, uint8_t out[static 32]);

/* A reusable hasher: begin, add any number of times, end. Not for two threads.
 * np_hasher_new gives NULL when memory is out. */
enum np_hash { NP_SHA256, NP_BLAKE2S };
struct np_hasher *np_hasher_new(enum np_hash kind);
void np_hasher_begin(struct np_hasher *h);
void np_hasher_add(struct np_hasher *h, const void *p, size_t n);
void np_hasher_end(struct np_hasher *h, uint8_t out[static 32]);
void np_hasher_free(struct np_hasher *h);

/* BLAKE2b with a key (RFC 7693 2.9): n octets, 16 to 64. */
void np_keyed_hash(const uint8_t key[static 32], const void *p, size_t n,
		   uint8_t *out, size_t out_n);

/* Fast, not for adversaries to be kept out by: table keys only. */
struct np_hash128 {
	uint64_t lo, hi;
};
uint64_t np_hash64(const void *p, size_t n, uint64_t seed);
struct np_hash128 np_hash128(const void *p, size_t n, uint64_t seed);
#endif
