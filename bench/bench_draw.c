/* SPDX-License-Identifier: ISC */
/*
 * What drawings cost: bench_draw [NODES [LINKS]]. A graph as an operator's is:
 * sites of 1 to 40 boxes, a tree inside, rings between; the same boxes all at
 * one site; each at a site of its own; then a treemap and a flow of many cells.
 * Exits 1 where a layout takes more than the seconds that a page may wait.
 */
#include "draw/flow.h"
#include "draw/layout.h"
#include "draw/treemap.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define SECONDS 2.0

static uint32_t next(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33);
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

struct net {
	struct np_layout l;
	uint32_t *cluster;
	struct np_layout_link *link;
	struct np_spot *want;
};

static void make(struct net *g, uint32_t n, uint32_t links)
{
	uint64_t seed = 1;
	uint32_t site = 0, left = 0, first = 0, k = 0;

	g->cluster = calloc(n + 1, sizeof(*g->cluster));
	g->link = calloc(links + 1, sizeof(*g->link));
	g->want = calloc(n + 1, sizeof(*g->want));
	if (!g->cluster || !g->link || !g->want)
		exit(2);
	for (uint32_t i = 0; i < n; i++) {
		if (!left) {
			left = 1 + next(&seed) % 40;
			first = i;
			site += i > 0;
			g->want[site] = (struct np_spot){next(&seed) % 1000,
							 next(&seed) % 487};
			if (i && k < links)
				g->link[k++] = (struct np_layout_link){
					i, next(&seed) % i};
		} else if (k < links) {
			g->link[k++] = (struct np_layout_link){
				i, first + next(&seed) % (i - first)};
		}
		left--;
		g->cluster[i] = site;
	}
	for (uint32_t a; k < links; k++) {
		a = next(&seed) % n;
		g->link[k] = (struct np_layout_link){
			a, k % 3 ? (a + 1) % n : next(&seed) % n};
	}
	g->l = (struct np_layout){.n = n,
				  .nclusters = site + 1,
				  .nlinks = links,
				  .cluster = g->cluster,
				  .link = g->link,
				  .want = g->want,
				  .room = 10};
}

static int time_layout(struct net *g, const char *what)
{
	struct np_arena mem = np_arena((size_t)1 << 30);
	double begin = now(), t, sum = 0;

	if (np_layout(&g->l, &mem))
		return 2;
	t = now() - begin;
	for (uint32_t i = 0; i < g->l.nlinks; i++) {
		struct np_spot a = g->l.at[g->link[i].a],
			       b = g->l.at[g->link[i].b];

		sum += hypot(a.x - b.x, a.y - b.y);
	}
	printf("layout %-22s %6u nodes %6u links %6u clusters: %.2f s, "
	       "%.0f x %.0f, mean link %.0f\n",
	       what, g->l.n, g->l.nlinks, g->l.nclusters, t, g->l.w, g->l.h,
	       sum / (g->l.nlinks ? g->l.nlinks : 1));
	np_arena_free(&mem);
	return t > SECONDS;
}

static int time_treemap(uint32_t n)
{
	double *size = malloc(n * sizeof(*size)), begin;
	struct np_rect *r = malloc(n * sizeof(*r));

	if (!size || !r)
		return 2;
	for (uint32_t i = 0; i < n; i++)
		size[i] = 1e6 / (i + 1);
	begin = now();
	np_squarify(size, n, (struct np_rect){0, 0, 1000, 600}, r);
	printf("treemap %u cells: %.3f s\n", n, now() - begin);
	free(size);
	free(r);
	return 0;
}

static int time_flow(uint32_t each, uint32_t links)
{
	struct np_arena mem = np_arena((size_t)1 << 30);
	struct np_flow f = {calloc(4 * (size_t)each, sizeof(*f.node)),
			    calloc(links, sizeof(*f.link)),
			    4 * each,
			    links,
			    4,
			    {0, 0, 1000, 520},
			    14,
			    6};
	uint64_t seed = 2;
	double begin;
	int rc;

	if (!f.node || !f.link)
		return 2;
	for (uint32_t i = 0; i < f.nnodes; i++)
		f.node[i].column = i / each;
	for (uint32_t i = 0; i < links; i++) {
		uint32_t c = i % 3;

		f.link[i] = (struct np_flow_link){
			.from = c * each + next(&seed) % each,
			.to = (c + 1) * each + next(&seed) % each,
			.n = 1 + next(&seed) % 9};
	}
	begin = now();
	rc = np_flow_lay(&f, &mem);
	printf("flow 4 x %u nodes, %u links: %.3f s\n", each, links,
	       now() - begin);
	free(f.node);
	free(f.link);
	np_arena_free(&mem);
	return rc ? 2 : 0;
}

int main(int argc, char **argv)
{
	uint32_t n = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 20000;
	uint32_t links =
		argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 32000;
	struct net g;
	int rc;

	if (!n)
		return 2;
	make(&g, n, links);
	rc = time_layout(&g, "as sites are:");
	for (uint32_t i = 0; i < n; i++)
		g.cluster[i] = 0;
	g.l.nclusters = 1;
	rc |= time_layout(&g, "all at one site:");
	for (uint32_t i = 0; i < n; i++)
		g.cluster[i] = i;
	g.l.nclusters = n;
	g.l.want = NULL;
	rc |= time_layout(&g, "each at its own site:");
	rc |= time_treemap(100000);
	rc |= time_flow(60, 10000);
	free(g.cluster);
	free(g.link);
	free(g.want);
	return rc;
}
