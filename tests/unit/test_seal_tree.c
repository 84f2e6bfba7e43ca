/* SPDX-License-Identifier: ISC */
/* The hash tree against its definition (RFC 9162, 2.1), and what a dossier
 * keeps of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "store/seal_tree.h"

#define MOST 200

static struct np_hasher *h;
static uint8_t leaves[MOST][NP_TREE_HASH];

/* MTH as the standard writes it. */
static void defined(size_t first, size_t n, uint8_t out[static NP_TREE_HASH])
{
	uint8_t left[NP_TREE_HASH], right[NP_TREE_HASH];
	size_t k = 1;

	if (n == 0) {
		np_sha256("", 0, out);
		return;
	}
	if (n == 1) {
		memcpy(out, leaves[first], NP_TREE_HASH);
		return;
	}
	while (k * 2 < n)
		k *= 2;
	defined(first, k, left);
	defined(first + k, n - k, right);
	np_tree_node(h, left, right, out);
}

static void test_root(void **state)
{
	(void)state;
	for (size_t n = 0; n <= MOST; n++) {
		struct np_tree t = {.h = h};
		uint8_t want[NP_TREE_HASH], got[NP_TREE_HASH];

		for (size_t i = 0; i < n; i++)
			np_tree_add(&t, leaves[i]);
		np_tree_root(&t, got);
		defined(0, n, want);
		assert_memory_equal(got, want, NP_TREE_HASH);
	}
}

static void climbs(size_t at, size_t n, const uint8_t *root)
{
	uint8_t path[NP_TREE_PATH][NP_TREE_HASH], got[NP_TREE_HASH];
	const uint8_t(*v)[NP_TREE_HASH] =
		(const uint8_t(*)[NP_TREE_HASH])leaves;
	const uint8_t(*p)[NP_TREE_HASH] = (const uint8_t(*)[NP_TREE_HASH])path;
	size_t k = np_tree_path(h, v, n, at, path);

	assert_true(np_tree_climb(h, leaves[at], at, n, p, k, got));
	assert_memory_equal(got, root, NP_TREE_HASH);
	/* nowhere else, and not by a longer or a shorter way */
	if (np_tree_climb(h, leaves[at], at ^ 1, n, p, k, got))
		assert_true(n == 1 || memcmp(got, root, NP_TREE_HASH) != 0);
	assert_false(np_tree_climb(h, leaves[at], n, n, p, k, got));
	if (k)
		assert_false(
			np_tree_climb(h, leaves[at], at, n, p, k - 1, got));
	assert_false(np_tree_climb(h, leaves[at], at, n, p, k + 1, got));
}

static void test_paths(void **state)
{
	uint8_t root[NP_TREE_HASH];

	(void)state;
	for (size_t n = 1; n <= MOST; n += n < 20 ? 1 : 13) {
		defined(0, n, root);
		for (size_t at = 0; at < n; at++)
			climbs(at, n, root);
	}
}

/* The tree over roots of 64 leaves each is the tree over the leaves. */
static void test_blocks(void **state)
{
	uint8_t blocks[MOST / NP_TREE_BLOCK + 1][NP_TREE_FULL] = {{0}};
	uint8_t want[NP_TREE_HASH], got[NP_TREE_HASH];
	uint64_t frames;

	(void)state;
	for (size_t n = 0; n <= MOST; n++) {
		size_t octets = NP_TREE_MARK;

		for (size_t i = 0; i * NP_TREE_BLOCK < n; i++) {
			size_t first = i * NP_TREE_BLOCK, left = n - first;

			left = left < NP_TREE_BLOCK ? left : NP_TREE_BLOCK;
			defined(first, left, blocks[i]);
			octets += NP_TREE_HASH + left * NP_TREE_MARK;
		}
		np_blocks_root(h, blocks[0], n, got);
		defined(0, n, want);
		assert_memory_equal(got, want, NP_TREE_HASH);
		assert_true(np_blocks_frames(octets, &frames));
		assert_int_equal(frames, n);
	}
	assert_false(np_blocks_frames(0, &frames));
	assert_false(np_blocks_frames(NP_TREE_MARK + NP_TREE_HASH, &frames));
	assert_false(
		np_blocks_frames(NP_TREE_MARK + NP_TREE_FULL + 33, &frames));
}

static int make(void **state)
{
	(void)state;
	h = np_hasher_new(NP_SHA256);
	for (unsigned i = 0; h && i < MOST; i++)
		np_tree_leaf(h, &i, sizeof(i), leaves[i]);
	return h ? 0 : -1;
}

static int unmake(void **state)
{
	(void)state;
	np_hasher_free(h);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_root),
		cmocka_unit_test(test_paths),
		cmocka_unit_test(test_blocks),
	};

	return cmocka_run_group_tests(tests, make, unmake);
}
