/* SPDX-License-Identifier: ISC */
/*
 * The hash tree over a source's frames (RFC 9162, 2.1), and what a dossier
 * keeps of it.
 *
 * A leaf is SHA-256(00 || octets of the frame), a node SHA-256(01 || left ||
 * right), an odd node goes up as it is. The root of no frames is SHA-256 of
 * nothing.
 *
 * All leaves would take 32 octets a frame. Kept are, of each 64 frames, the
 * root over them (a node of the tree: whoever forges a frame must forge it,
 * too), and of each frame a mark of 4 octets, which says which of the 64 it
 * was: 4.5 octets a frame in all. A mark also covers what stands around the
 * frame in its file, such as its time:
 *
 *	mark = BLAKE2b-256(octets of the record but the frame || leaf)[0..4]
 *
 * where the record is all from the end of the one before it to its own end, in
 * the file as it is unpacked. One more mark stands for what follows the last
 * frame. As octets ("blocks"):
 *
 *	(root of 64 frames, 64 marks)..., root of the rest, its marks, last mark
 */
#ifndef NP_SEAL_TREE_H
#define NP_SEAL_TREE_H
#include "core/hash.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NP_TREE_HASH 32
#define NP_TREE_BLOCK 64 /* frames; a power of two */
#define NP_TREE_MARK 4
/* Octets of a block that is full. */
#define NP_TREE_FULL (NP_TREE_HASH + NP_TREE_BLOCK * NP_TREE_MARK)
#define NP_TREE_PATH 64 /* nodes from a leaf to the root, at most */

/* The tree as it grows: one pending node a level, as in a binary counter. */
struct np_tree {
	struct np_hasher *h;
	uint64_t n;
	uint8_t level[64][NP_TREE_HASH];
};

void np_tree_leaf(struct np_hasher *h, const void *p, size_t n,
		  uint8_t out[static NP_TREE_HASH]);
void np_tree_node(struct np_hasher *h, const uint8_t *left,
		  const uint8_t *right, uint8_t out[static NP_TREE_HASH]);
/* Adds a leaf; or the root of a block, where all are such. */
void np_tree_add(struct np_tree *t, const uint8_t leaf[static NP_TREE_HASH]);
void np_tree_root(const struct np_tree *t, uint8_t out[static NP_TREE_HASH]);

/* The way from leaf `at` of the n at `v` to their root: neighbours, lowest
 * first. Gives how many; room for NP_TREE_PATH. */
size_t np_tree_path(struct np_hasher *h, const uint8_t (*v)[NP_TREE_HASH],
		    size_t n, size_t at, uint8_t (*ret)[NP_TREE_HASH]);
/* The root that a leaf (hashed) and its way lead to; false: there is no such
 * way to leaf `at` of n (RFC 9162, 2.1.3.2). */
bool np_tree_climb(struct np_hasher *h, const uint8_t *leaf, uint64_t at,
		   uint64_t n, const uint8_t (*path)[NP_TREE_HASH],
		   size_t npath, uint8_t ret[static NP_TREE_HASH]);

/* Frames that so many octets of blocks are of; false: no blocks are so long. */
bool np_blocks_frames(uint64_t octets, uint64_t *ret_frames);
/* Blocks' root; NP_TREE_HASH octets to `ret`. */
void np_blocks_root(struct np_hasher *h, const uint8_t *blocks, uint64_t frames,
		    uint8_t ret[static NP_TREE_HASH]);
#endif
