/* SPDX-License-Identifier: ISC */
/* The algorithms of graph/net.h against brute force, over thousands of random
 * nets, and on those shapes that cost recursion its stack. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "graph/net.h"

#define MOST 14
#define MANY_EDGES 40
#define NETS 6000

struct made {
	struct np_edge e[MANY_EDGES];
	uint32_t n, edges;
};

static uint32_t next(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33);
}

/* Loops, edges twice and nodes without any are among them. */
static void make(struct made *m, uint64_t *seed)
{
	m->n = 1 + next(seed) % MOST;
	m->edges = next(seed) % (m->n * 2 < MANY_EDGES ? m->n * 2 : MANY_EDGES);
	for (uint32_t i = 0; i < m->edges; i++)
		m->e[i] = (struct np_edge){next(seed) % m->n, next(seed) % m->n,
					   next(seed) % 8 == 0};
}

/* Marks what is reached from the nodes that are marked, without one node and
 * without one edge (or its fellow). */
static void flood(const struct made *m, bool *in, uint32_t node, uint32_t edge)
{
	bool more = true;

	while (more) {
		more = false;
		for (uint32_t i = 0; i < m->edges; i++) {
			uint32_t a = m->e[i].a, b = m->e[i].b;

			if (a == node || b == node ||
			    (i == edge && !m->e[i].many) || in[a] == in[b])
				continue;
			in[a] = in[b] = more = true;
		}
	}
}

static uint32_t parts_without(const struct made *m, uint32_t node,
			      uint32_t edge)
{
	bool in[MOST] = {false};
	uint32_t parts = 0;

	for (uint32_t i = 0; i < m->n; i++) {
		if (in[i] || i == node)
			continue;
		in[i] = true;
		flood(m, in, node, edge);
		parts++;
	}
	return parts;
}

static void check_cuts(const struct made *m, const struct np_net *g,
		       struct np_arena *mem)
{
	uint32_t parts, part[MOST],
		all = parts_without(m, NP_NOBODY, NP_NOBODY);
	bool node[MOST], edge[MANY_EDGES];

	assert_int_equal(np_net_parts(g, mem, part, &parts), 0);
	assert_int_equal(parts, all);
	for (uint32_t i = 0; i < m->edges; i++)
		assert_int_equal(part[m->e[i].a], part[m->e[i].b]);
	assert_int_equal(np_net_cuts(g, mem, node, edge), 0);
	for (uint32_t i = 0; i < m->n; i++)
		assert_int_equal(node[i], parts_without(m, i, NP_NOBODY) > all);
	for (uint32_t i = 0; i < m->edges; i++)
		assert_int_equal(edge[i], parts_without(m, NP_NOBODY, i) > all);
}

/* Whom the roots reach without one node. */
static void reached(const struct made *m, const uint32_t *roots, size_t nroots,
		    uint32_t without, bool *in)
{
	memset(in, 0, MOST * sizeof(*in));
	for (size_t i = 0; i < nroots; i++)
		in[roots[i]] = roots[i] != without;
	flood(m, in, without, NP_NOBODY);
}

static void check_dominators(const struct made *m, const struct np_net *g,
			     const uint32_t *roots, size_t nroots,
			     struct np_arena *mem)
{
	uint32_t above[MOST], below[MOST], count[MOST] = {0};
	bool with[MOST], dom[MOST][MOST];

	assert_int_equal(np_net_dominators(g, roots, nroots, mem, above, below),
			 0);
	reached(m, roots, nroots, NP_NOBODY, with);
	for (uint32_t u = 0; u < m->n; u++) {
		bool in[MOST];

		reached(m, roots, nroots, u, in);
		for (uint32_t v = 0; v < m->n; v++) {
			dom[u][v] = with[u] && with[v] && u != v && !in[v];
			count[u] += dom[u][v];
		}
	}
	for (uint32_t v = 0; v < m->n; v++) {
		uint32_t of = 0;

		assert_int_equal(below[v], count[v]);
		assert_int_equal(above[v] == NP_NOBODY, !with[v]);
		for (uint32_t u = 0; u < m->n; u++)
			of += dom[u][v];
		if (!with[v])
			continue;
		/* The nearest is the one that all others are above of too. */
		assert_int_equal(above[v] == m->n, of == 0);
		for (uint32_t u = 0; of && u < m->n; u++)
			assert_true(!dom[u][v] || u == above[v] ||
				    dom[u][above[v]]);
		if (of)
			assert_true(dom[above[v]][v]);
	}
}

/* Shortest ways by relaxing edges until nothing changes. */
static void distances(const struct made *m, const uint32_t *set, size_t n,
		      uint32_t *far)
{
	memset(far, 0xff, MOST * sizeof(*far));
	for (size_t i = 0; i < n; i++)
		far[set[i]] = 0;
	for (uint32_t k = 0; k < m->n; k++)
		for (uint32_t i = 0; i < m->edges; i++) {
			uint32_t *a = &far[m->e[i].a], *b = &far[m->e[i].b];

			if (*a != NP_NOBODY && *b > *a + 1)
				*b = *a + 1;
			if (*b != NP_NOBODY && *a > *b + 1)
				*a = *b + 1;
		}
}

static void check_between(const struct made *m, const struct np_net *g,
			  const uint32_t *roots, size_t nroots, uint32_t from,
			  struct np_arena *mem)
{
	uint32_t a[MOST], b[MOST], steps;
	uint8_t on[MOST];

	distances(m, &from, 1, a);
	distances(m, roots, nroots, b);
	assert_int_equal(
		np_net_between(g, &from, 1, roots, nroots, mem, on, &steps), 0);
	assert_int_equal(steps, b[from]);
	for (uint32_t u = 0; u < m->n; u++) {
		bool way = steps != NP_NOBODY && a[u] != NP_NOBODY &&
			   b[u] != NP_NOBODY && a[u] + b[u] == steps;
		bool in[MOST];

		reached(m, roots, nroots, u, in);
		assert_int_equal(on[u] != NP_OFF_WAY, way);
		assert_int_equal(on[u] == NP_ON_EVERY,
				 steps != NP_NOBODY &&
					 (u == from || !in[from]));
	}
}

static void test_random(void **state)
{
	struct np_arena mem = np_arena((size_t)1 << 20);
	uint64_t seed = 20261127;

	(void)state;
	for (int k = 0; k < NETS; k++) {
		struct made m;
		struct np_net g;
		uint32_t roots[3];

		np_arena_reset(&mem);
		make(&m, &seed);
		assert_int_equal(np_net_open(&g, m.n, m.e, m.edges, &mem), 0);
		check_cuts(&m, &g, &mem);
		for (int i = 0; i < 3; i++)
			roots[i] = next(&seed) % m.n;
		check_dominators(&m, &g, roots, (size_t)(k % 4), &mem);
		check_between(&m, &g, roots, 1 + (size_t)(k % 3),
			      next(&seed) % m.n, &mem);
	}
	np_arena_free(&mem);
}

enum { LONG = 1000000 };

/* A chain, and the ring that closes it. */
static void test_long(void **state)
{
	struct np_arena mem = np_arena((size_t)1 << 30);
	struct np_edge *e = np_alloc(&mem, LONG * sizeof(*e));
	bool *node = np_alloc(&mem, LONG), *edge = np_alloc(&mem, LONG);
	uint32_t *above = np_alloc(&mem, LONG * sizeof(*above)), root = 0;
	uint32_t *below = np_alloc(&mem, LONG * sizeof(*below));
	struct np_net g;

	(void)state;
	for (uint32_t i = 0; i < LONG; i++)
		e[i] = (struct np_edge){i, (i + 1) % LONG, false};
	assert_int_equal(np_net_open(&g, LONG, e, LONG - 1, &mem), 0);
	assert_int_equal(np_net_cuts(&g, &mem, node, edge), 0);
	assert_true(!node[0] && node[1] && edge[0] && edge[LONG - 2]);
	assert_int_equal(np_net_dominators(&g, &root, 1, &mem, above, below),
			 0);
	assert_int_equal(above[LONG - 1], LONG - 2);
	assert_int_equal(below[1], LONG - 2);
	assert_int_equal(np_net_open(&g, LONG, e, LONG, &mem), 0);
	assert_int_equal(np_net_cuts(&g, &mem, node, edge), 0);
	assert_true(!node[1] && !node[LONG / 2] && !edge[0]);
	assert_int_equal(np_net_dominators(&g, &root, 1, &mem, above, below),
			 0);
	assert_int_equal(above[LONG / 2], 0);
	assert_int_equal(below[0], LONG - 1);
	assert_int_equal(below[1], 0);
	np_arena_free(&mem);
}

static void test_wrong(void **state)
{
	struct np_edge e = {0, 2, false};
	uint32_t root = 2, above[2];
	struct np_net g;

	(void)state;
	for (size_t limit = 0; limit < 4096; limit += 16) {
		struct np_arena mem = np_arena(limit);
		int rc = np_net_open(&g, 2, &e, 0, &mem);

		if (!rc)
			rc = np_net_dominators(&g, &root, 0, &mem, above, NULL);
		assert_true(rc == 0 || rc == NP_ENOMEM);
		np_arena_free(&mem);
	}
	struct np_arena mem = np_arena(1 << 16);

	assert_int_equal(np_net_open(&g, 2, &e, 1, &mem), NP_EINPUT);
	assert_int_equal(np_net_open(&g, 2, &e, 0, &mem), 0);
	assert_int_equal(np_net_dominators(&g, &root, 1, &mem, above, NULL),
			 NP_EINPUT);
	np_arena_free(&mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
