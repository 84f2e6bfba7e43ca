/* SPDX-License-Identifier: ISC */
/*
 * Hashes of sources, on threads of their own: SHA-256 of each file, and a hash
 * tree over its frames (seal_tree.h), so that one frame can be proved alone and
 * a changed one be named.
 */
#ifndef NP_HASHING_H
#define NP_HASHING_H
#include "core/err.h"
#include "core/hash.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct np_hashed {
	char sha256[65], tree[65]; /* hex; empty: could not be read */
	uint64_t frames;	   /* or lines, of what is no capture */
	/* Where its blocks lie in the file that np_hashing_end() gives. */
	uint64_t blocks_at, blocks_n;
};

struct np_hashing;
/* Starts on files by their paths, in order; "-" is left out. */
struct np_hashing *np_hashing_start(const char *const *paths, size_t n);
/* Waits for all; v[i] belongs to paths[i]. Frees the rest. *ret_blocks is a
 * file without a name, the caller's to close, or -1: no blocks were kept; may
 * be NULL. */
void np_hashing_end(struct np_hashing *h, struct np_hashed *v, int *ret_blocks);
/* Hexadecimal digits and a NUL. */
void np_hash_hex(const uint8_t hash[static 32], char ret[static 65]);
/* SHA-256 of a file; false: it cannot be read. */
bool np_hash_file(struct np_hasher *h, const char *path,
		  uint8_t ret[static 32]);
#endif
