/* SPDX-License-Identifier: ISC */
/* Places of a graph's nodes: the same twice, finite, discs apart, for graphs
 * that nobody would draw. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/err.h"
#include "draw/layout.h"

struct graph {
	struct np_layout l;
	uint32_t *cluster;
	struct np_layout_link *link;
	struct np_spot *want;
	struct np_arena mem;
};

static uint32_t next(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33);
}

static struct graph open_graph(uint32_t n, uint32_t clusters, uint32_t links)
{
	struct graph g = {.l = {.n = n,
				.nclusters = clusters,
				.nlinks = links,
				.room = 10},
			  .mem = np_arena((size_t)512 << 20)};

	g.cluster = calloc(n + 1, sizeof(*g.cluster));
	g.link = calloc(links + 1, sizeof(*g.link));
	g.want = calloc(clusters + 1, sizeof(*g.want));
	assert_true(g.cluster && g.link && g.want);
	g.l.cluster = g.cluster;
	g.l.link = g.link;
	for (uint32_t i = 0; i < n; i++)
		g.cluster[i] = i % (clusters ? clusters : 1);
	return g;
}

static void close_graph(struct graph *g)
{
	free(g->cluster);
	free(g->link);
	free(g->want);
	np_arena_free(&g->mem);
}

static void in_box(const struct np_layout *l, struct np_spot p, double r)
{
	assert_true(isfinite(p.x) && isfinite(p.y));
	assert_true(p.x - r >= -1e-6 && p.y - r >= -1e-6);
	assert_true(p.x + r <= l->w + 1e-6 && p.y + r <= l->h + 1e-6);
}

static int by_x(const void *p, const void *q)
{
	const struct np_disc *a = p, *b = q;
	double x = a->at.x - a->r, y = b->at.x - b->r;

	return x < y ? -1 : x > y;
}

static void no_overlap(const struct np_layout *l)
{
	struct np_disc *d = malloc(l->nclusters * sizeof(*d) + 1);

	assert_non_null(d);
	memcpy(d, l->disc, l->nclusters * sizeof(*d));
	qsort(d, l->nclusters, sizeof(*d), by_x);
	for (uint32_t i = 0; i < l->nclusters; i++)
		for (uint32_t k = i + 1; k < l->nclusters; k++) {
			double far = hypot(d[i].at.x - d[k].at.x,
					   d[i].at.y - d[k].at.y);

			if (d[k].at.x - d[k].r > d[i].at.x + d[i].r)
				break;
			if (far < d[i].r + d[k].r - 1e-6)
				fail_msg("discs overlap: %f of %f", far,
					 d[i].r + d[k].r);
		}
	free(d);
}

/* Each pair of clusters once, in order, by as many links as there are. */
static void joined(const struct np_layout *l)
{
	uint64_t sum = 0, want = 0;

	for (uint32_t i = 0; i < l->nlinks; i++)
		want += l->cluster[l->link[i].a] != l->cluster[l->link[i].b];
	for (uint32_t i = 0; i < l->nbetween; i++) {
		const struct np_layout_link *x = &l->between[i];

		assert_true(x->a < x->b && l->many[i] > 0);
		if (i)
			assert_true(x[-1].a < x->a ||
				    (x[-1].a == x->a && x[-1].b < x->b));
		sum += l->many[i];
	}
	assert_int_equal(sum, want);
}

static void check(const struct np_layout *l)
{
	for (uint32_t c = 0; c < l->nclusters; c++)
		in_box(l, l->disc[c].at, l->disc[c].r);
	for (uint32_t i = 0; i < l->n; i++) {
		const struct np_disc *d = &l->disc[l->cluster[i]];

		in_box(l, l->at[i], 0);
		assert_true(hypot(l->at[i].x - d->at.x, l->at[i].y - d->at.y) <=
			    d->r + 1e-6);
	}
	no_overlap(l);
	joined(l);
}

/* Twice, and the same octets. */
static void lay(struct graph *g)
{
	struct np_arena again = np_arena((size_t)512 << 20);
	struct np_layout l = g->l;

	assert_int_equal(np_layout(&g->l, &g->mem), 0);
	assert_int_equal(np_layout(&l, &again), 0);
	assert_memory_equal(l.at, g->l.at, l.n * sizeof(*l.at));
	assert_memory_equal(l.disc, g->l.disc, l.nclusters * sizeof(*l.disc));
	np_arena_free(&again);
	check(&g->l);
}

static void none_and_one(void **state)
{
	struct graph g = open_graph(0, 0, 0);

	(void)state;
	assert_int_equal(np_layout(&g.l, &g.mem), 0);
	close_graph(&g);
	g = open_graph(1, 1, 3); /* loops alone */
	lay(&g);
	assert_true(g.l.disc[0].r > 0 && g.l.w > 0);
	close_graph(&g);
	g = open_graph(3, 5, 0); /* clusters without nodes */
	lay(&g);
	close_graph(&g);
}

static void unknown(void **state)
{
	struct graph g = open_graph(4, 2, 1);

	(void)state;
	g.link[0].b = 4;
	assert_int_equal(np_layout(&g.l, &g.mem), NP_EINPUT);
	g.link[0].b = 3;
	g.cluster[1] = 2;
	assert_int_equal(np_layout(&g.l, &g.mem), NP_EINPUT);
	close_graph(&g);
}

static void alone(void **state)
{
	struct graph g = open_graph(20000, 1, 0);

	(void)state;
	lay(&g);
	close_graph(&g);
	g = open_graph(20000, 20000, 0);
	lay(&g);
	close_graph(&g);
}

static void hub_and_chain(void **state)
{
	struct graph g = open_graph(5000, 1, 4999);

	(void)state;
	for (uint32_t i = 0; i < 4999; i++)
		g.link[i] = (struct np_layout_link){0, i + 1};
	lay(&g);
	for (uint32_t i = 0; i < 4999; i++)
		g.link[i] = (struct np_layout_link){i, i + 1};
	lay(&g);
	close_graph(&g);
}

/* All clusters want one spot, or none that exists. */
static void wishes(void **state)
{
	struct graph g = open_graph(3000, 1000, 2000);
	uint64_t seed = 5;

	(void)state;
	for (uint32_t i = 0; i < 2000; i++)
		g.link[i] = (struct np_layout_link){next(&seed) % 3000,
						    next(&seed) % 3000};
	g.l.want = g.want;
	lay(&g);
	for (uint32_t c = 0; c < 1000; c++)
		g.want[c] = (struct np_spot){NAN, c % 2 ? INFINITY : 1};
	lay(&g);
	for (uint32_t c = 0; c < 1000; c++)
		g.want[c] = (struct np_spot){c % 2 ? 1e300 : -1e300, 1e-300};
	lay(&g);
	close_graph(&g);
}

/* Loops, links twice, clusters of all sizes. */
static void random_graphs(void **state)
{
	uint64_t seed = 6;

	(void)state;
	for (int round = 0; round < 300; round++) {
		uint32_t n = 1 + next(&seed) % 200, k = 1 + next(&seed) % 30,
			 links = next(&seed) % 400;
		struct graph g = open_graph(n, k, links);

		for (uint32_t i = 0; i < n; i++)
			g.cluster[i] = next(&seed) % (1 + next(&seed) % k);
		for (uint32_t i = 0; i < links; i++) {
			g.link[i] = (struct np_layout_link){next(&seed) % n,
							    next(&seed) % n};
			if (i && next(&seed) % 5 == 0)
				g.link[i] = g.link[i - 1];
		}
		for (uint32_t c = 0; c < k; c++)
			g.want[c] = (struct np_spot){next(&seed) % 4,
						     next(&seed) % 4};
		if (round % 2)
			g.l.want = g.want;
		lay(&g);
		close_graph(&g);
	}
}

/* Who is joined stands nearer than who is not. */
static void neighbours_are_near(void **state)
{
	struct graph g = open_graph(900, 1, 0);
	double joined = 0, any = 0;
	uint32_t n = 0;

	(void)state;
	free(g.link);
	g.link = calloc(1800, sizeof(*g.link));
	assert_non_null(g.link);
	for (uint32_t y = 0; y < 30; y++)
		for (uint32_t x = 0; x < 30; x++) {
			if (x < 29)
				g.link[n++] = (struct np_layout_link){
					30 * y + x, 30 * y + x + 1};
			if (y < 29)
				g.link[n++] = (struct np_layout_link){
					30 * y + x, 30 * y + x + 30};
		}
	g.l.link = g.link;
	g.l.nlinks = n;
	lay(&g);
	for (uint32_t i = 0; i < n; i++)
		joined += hypot(g.l.at[g.link[i].a].x - g.l.at[g.link[i].b].x,
				g.l.at[g.link[i].a].y - g.l.at[g.link[i].b].y);
	for (uint32_t i = 0; i < n; i++)
		any += hypot(g.l.at[i % 900].x - g.l.at[i * 7919 % 900].x,
			     g.l.at[i % 900].y - g.l.at[i * 7919 % 900].y);
	print_message("grid: joined %.2f of any\n", joined / any);
	assert_true(joined < 0.25 * any);
	close_graph(&g);
}

static void without_memory(void **state)
{
	struct graph g = open_graph(40, 4, 60);
	uint64_t seed = 7;
	int rc = NP_ENOMEM;

	(void)state;
	for (uint32_t i = 0; i < 60; i++)
		g.link[i] = (struct np_layout_link){next(&seed) % 40,
						    next(&seed) % 40};
	for (size_t limit = 0; rc; limit += 512) {
		struct np_arena mem = np_arena(limit);

		rc = np_layout(&g.l, &mem);
		assert_true(rc == NP_OK || rc == NP_ENOMEM);
		np_arena_free(&mem);
	}
	close_graph(&g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(none_and_one),
		cmocka_unit_test(unknown),
		cmocka_unit_test(alone),
		cmocka_unit_test(hub_and_chain),
		cmocka_unit_test(wishes),
		cmocka_unit_test(random_graphs),
		cmocka_unit_test(neighbours_are_near),
		cmocka_unit_test(without_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
