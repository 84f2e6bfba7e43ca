/* SPDX-License-Identifier: ISC */
/*
 * Hashes of sources, on threads of their own: SHA-256 of each file, and the
 * root of a hash tree over its frames, so that one frame can be proved alone.
 *
 * The tree (as RFC 9162 2.1): a leaf is SHA-256(00 || octets of the frame), a
 * node SHA-256(01 || left || right), an odd node goes up as it is. The root of
 * no frames is SHA-256 of nothing.
 */
#ifndef NP_HASHING_H
#define NP_HASHING_H
#include "core/err.h"
#include <stddef.h>
#include <stdint.h>

struct np_hashed {
	char sha256[65], tree[65]; /* hex; empty: could not be read */
	uint64_t frames;
};

struct np_hashing;
/* Starts on files by their paths, in order; "-" is left out. */
struct np_hashing *np_hashing_start(const char *const *paths, size_t n);
/* Waits for all; v[i] belongs to paths[i]. Frees the rest. */
void np_hashing_end(struct np_hashing *h, struct np_hashed *v);
#endif
