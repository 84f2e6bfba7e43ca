/* SPDX-License-Identifier: ISC */
#include "store/seal_tree.h"
#include <string.h>

void np_tree_leaf(struct np_hasher *h, const void *p, size_t n,
		  uint8_t out[static NP_TREE_HASH])
{
	np_hasher_begin(h);
	np_hasher_add(h, "\0", 1);
	np_hasher_add(h, p, n);
	np_hasher_end(h, out);
}

void np_tree_node(struct np_hasher *h, const uint8_t *left,
		  const uint8_t *right, uint8_t out[static NP_TREE_HASH])
{
	np_hasher_begin(h);
	np_hasher_add(h, "\1", 1);
	np_hasher_add(h, left, NP_TREE_HASH);
	np_hasher_add(h, right, NP_TREE_HASH);
	np_hasher_end(h, out);
}

void np_tree_add(struct np_tree *t, const uint8_t leaf[static NP_TREE_HASH])
{
	uint8_t x[NP_TREE_HASH];
	unsigned level = 0;

	memcpy(x, leaf, sizeof(x));
	for (uint64_t k = t->n++; k & 1; k >>= 1, level++)
		np_tree_node(t->h, t->level[level], x, x);
	memcpy(t->level[level], x, sizeof(x));
}

void np_tree_root(const struct np_tree *t, uint8_t out[static NP_TREE_HASH])
{
	bool have = false;

	np_sha256("", 0, out);
	for (unsigned level = 0; level < 64; level++) {
		if (!(t->n >> level & 1))
			continue;
		if (have)
			np_tree_node(t->h, t->level[level], out, out);
		else
			memcpy(out, t->level[level], NP_TREE_HASH);
		have = true;
	}
}

/* Root of v[0..n). */
static void root_of(struct np_hasher *h, const uint8_t (*v)[NP_TREE_HASH],
		    size_t n, uint8_t out[static NP_TREE_HASH])
{
	struct np_tree t = {.h = h};

	for (size_t i = 0; i < n; i++)
		np_tree_add(&t, v[i]);
	np_tree_root(&t, out);
}

/* Leaves of the left subtree: the greatest power of two below n. */
static size_t left_of(size_t n)
{
	size_t k = 1;

	while (k * 2 < n)
		k *= 2;
	return k;
}

size_t np_tree_path(struct np_hasher *h, const uint8_t (*v)[NP_TREE_HASH],
		    size_t n, size_t at, uint8_t (*ret)[NP_TREE_HASH])
{
	uint8_t down[NP_TREE_PATH][NP_TREE_HASH];
	size_t k = 0;

	/* from the root down; then turned round */
	while (n > 1 && k < NP_TREE_PATH) {
		size_t left = left_of(n);

		if (at < left) {
			root_of(h, v + left, n - left, down[k++]);
			n = left;
		} else {
			root_of(h, v, left, down[k++]);
			v += left;
			n -= left;
			at -= left;
		}
	}
	for (size_t i = 0; i < k; i++)
		memcpy(ret[i], down[k - 1 - i], NP_TREE_HASH);
	return k;
}

bool np_tree_climb(struct np_hasher *h, const uint8_t *leaf, uint64_t at,
		   uint64_t n, const uint8_t (*path)[NP_TREE_HASH],
		   size_t npath, uint8_t ret[static NP_TREE_HASH])
{
	uint64_t last = n - 1;

	if (at >= n)
		return false;
	memcpy(ret, leaf, NP_TREE_HASH);
	for (size_t i = 0; i < npath; i++) {
		if (!last)
			return false;
		if (at & 1 || at == last) {
			np_tree_node(h, path[i], ret, ret);
			while (!(at & 1) && at) {
				at >>= 1;
				last >>= 1;
			}
		} else {
			np_tree_node(h, ret, path[i], ret);
		}
		at >>= 1;
		last >>= 1;
	}
	return !last;
}

bool np_blocks_frames(uint64_t octets, uint64_t *ret_frames)
{
	uint64_t full, rest;

	if (octets < NP_TREE_MARK)
		return false;
	full = (octets - NP_TREE_MARK) / NP_TREE_FULL;
	rest = (octets - NP_TREE_MARK) % NP_TREE_FULL;
	if (rest &&
	    (rest <= NP_TREE_HASH || (rest - NP_TREE_HASH) % NP_TREE_MARK))
		return false;
	*ret_frames = full * NP_TREE_BLOCK +
		      (rest ? (rest - NP_TREE_HASH) / NP_TREE_MARK : 0);
	return true;
}

void np_blocks_root(struct np_hasher *h, const uint8_t *blocks, uint64_t frames,
		    uint8_t ret[static NP_TREE_HASH])
{
	struct np_tree t = {.h = h};

	/* 64 frames are a whole subtree, so the tree over the blocks' roots
	 * has the same root as the tree over the frames */
	for (uint64_t i = 0; i * NP_TREE_BLOCK < frames; i++)
		np_tree_add(&t, blocks + i * NP_TREE_FULL);
	np_tree_root(&t, ret);
}
