/* SPDX-License-Identifier: ISC */
/*
 * A group that a stage joined, and that holds two boxes by what each has of its
 * own, is taken apart: which keys tie them?
 *
 * Boxes (as the stages before left them) and keys of this stage are the nodes
 * of a graph. From every box that has the contested thing a wave goes out, all
 * at the same pace; who is reached by one wave first belongs to that box, who
 * is reached by two at the same step belongs to neither, and no wave passes.
 * Ties that lead from one's land to another's are cut. What no wave reached
 * stays joined as it was. The waves are sets, so the result does not depend on
 * the order of anything.
 *
 * An LACP system id that two boxes of a multi-chassis group share lies two
 * steps from either chassis and is cut; each box keeps its ports.
 */
#include "device/inside.h"

#define BOTH (NP_NIL - 1) /* reached by two at once */

struct tie {
	uint32_t key, box; /* indices in graph.label */
	bool cut;
};

struct graph {
	struct np_join *j;
	struct np_pairs pairs; /* (node, box), sorted */
	uint32_t nkeys, nboxes;
	uint32_t *node;	    /* of each key */
	uint32_t *root;	    /* of each box, sorted */
	struct tie *tie;    /* by key, then box */
	uint32_t *by_box;   /* indices of ties, by box */
	uint32_t *from[2];  /* first tie of each key; of each box in by_box */
	uint32_t *label[2]; /* box index, NP_NIL, BOTH */
	uint32_t *seen[2];  /* the same, while a step is made */
	uint32_t *front, nfront;
	uint32_t *next, nnext;
};

enum { KEYS, BOXES };

static int collect(struct graph *g, enum np_stage s)
{
	struct np_join *j = g->j;
	struct np_each e = {0};
	int r = 0;

	while (!r && np_join_next(j, &e, s)) {
		uint32_t root = j->root[e.h - 1];
		uint32_t to = np_join_find(j->trial, root);

		/* The owner tells which uses were heeded. */
		if (j->own[e.node] == NP_NIL ||
		    !(j->trial_mask[to] & NP_HAS_CLASH) ||
		    np_join_find(j->trial, j->own[e.node]) != to)
			continue;
		r = np_pairs_add(&g->pairs, e.node, root);
	}
	np_pairs_sort(&g->pairs);
	return r;
}

static int compare(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static uint32_t *take(struct graph *g, size_t n, int *r)
{
	if (*r)
		return NULL;
	return np_budget_take(&g->j->f->budget, n * sizeof(uint32_t), r);
}

static void give(struct graph *g, uint32_t *p, size_t n)
{
	np_budget_give(&g->j->f->budget, p, n * sizeof(uint32_t));
}

static int take_graph(struct graph *g)
{
	size_t n = g->pairs.n;
	int r = 0;

	g->node = take(g, n, &r);
	g->root = take(g, n, &r);
	g->by_box = take(g, n, &r);
	g->front = take(g, n, &r);
	g->next = take(g, n, &r);
	for (size_t side = 0; side < 2; side++) {
		g->from[side] = take(g, n + 1, &r);
		g->label[side] = take(g, n, &r);
		g->seen[side] = take(g, n, &r);
	}
	if (!r)
		g->tie = np_budget_take(&g->j->f->budget, n * sizeof(*g->tie),
					&r);
	return r;
}

static void give_graph(struct graph *g)
{
	size_t n = g->pairs.n;

	give(g, g->node, n);
	give(g, g->root, n);
	give(g, g->by_box, n);
	give(g, g->front, n);
	give(g, g->next, n);
	for (size_t side = 0; side < 2; side++) {
		give(g, g->from[side], n + 1);
		give(g, g->label[side], n);
		give(g, g->seen[side], n);
	}
	np_budget_give(&g->j->f->budget, g->tie, n * sizeof(*g->tie));
	np_pairs_free(&g->pairs);
}

static uint32_t box_of(const struct graph *g, uint32_t root)
{
	uint32_t lo = 0, hi = g->nboxes;

	while (lo + 1 < hi) {
		uint32_t mid = lo + (hi - lo) / 2;

		if (g->root[mid] <= root)
			lo = mid;
		else
			hi = mid;
	}
	return lo;
}

/* Numbers keys and boxes, and lists the ties of each. */
static void build(struct graph *g)
{
	uint32_t n = (uint32_t)g->pairs.n, k = 0;

	for (uint32_t i = 0; i < n; i++)
		g->root[i] = (uint32_t)g->pairs.v[i];
	qsort(g->root, n, sizeof(*g->root), compare);
	for (uint32_t i = 1; i < n; i++)
		if (g->root[i] != g->root[k])
			g->root[++k] = g->root[i];
	g->nboxes = k + 1;
	for (uint32_t i = 0; i < n; i++) {
		uint32_t node = (uint32_t)(g->pairs.v[i] >> 32);

		if (!i || node != g->node[g->nkeys - 1]) {
			g->from[KEYS][g->nkeys] = i;
			g->node[g->nkeys++] = node;
		}
		g->tie[i] = (struct tie){
			.key = g->nkeys - 1,
			.box = box_of(g, (uint32_t)g->pairs.v[i]),
		};
		g->from[BOXES][g->tie[i].box + 1]++;
	}
	g->from[KEYS][g->nkeys] = n;
	for (uint32_t i = 0; i < g->nboxes; i++)
		g->from[BOXES][i + 1] += g->from[BOXES][i];
	memcpy(g->seen[BOXES], g->from[BOXES], g->nboxes * sizeof(uint32_t));
	for (uint32_t i = 0; i < n; i++)
		g->by_box[g->seen[BOXES][g->tie[i].box]++] = i;
}

/* One step of all waves, from the fronts on one side to the other. */
static void step(struct graph *g, unsigned side)
{
	unsigned other = !side;

	g->nnext = 0;
	for (uint32_t i = 0; i < g->nfront; i++) {
		uint32_t v = g->front[i], wave = g->label[side][v];

		for (uint32_t k = g->from[side][v]; k < g->from[side][v + 1];
		     k++) {
			const struct tie *t =
				&g->tie[side == BOXES ? g->by_box[k] : k];
			uint32_t to = side == BOXES ? t->key : t->box;

			if (t->cut || g->label[other][to] != NP_NIL)
				continue;
			if (g->seen[other][to] == NP_NIL) {
				g->seen[other][to] = wave;
				g->next[g->nnext++] = to;
			} else if (g->seen[other][to] != wave) {
				g->seen[other][to] = BOTH;
			}
		}
	}
	g->nfront = 0;
	for (uint32_t i = 0; i < g->nnext; i++) {
		uint32_t to = g->next[i];

		g->label[other][to] = g->seen[other][to];
		if (g->label[other][to] != BOTH)
			g->front[g->nfront++] = to;
	}
}

static void wave(struct graph *g, unsigned has)
{
	for (unsigned side = 0; side < 2; side++) {
		uint32_t n = side == KEYS ? g->nkeys : g->nboxes;

		memset(g->label[side], 0xff, n * sizeof(uint32_t));
		memset(g->seen[side], 0xff, n * sizeof(uint32_t));
	}
	g->nfront = 0;
	for (uint32_t i = 0; i < g->nboxes; i++)
		if (g->j->mask[g->root[i]] & has) {
			g->label[BOXES][i] = i;
			g->front[g->nfront++] = i;
		}
	for (unsigned side = BOXES; g->nfront; side = !side)
		step(g, side);
	for (size_t i = 0; i < g->pairs.n; i++) {
		uint32_t key = g->label[KEYS][g->tie[i].key];

		if (key == BOTH ||
		    (key != NP_NIL && key != g->label[BOXES][g->tie[i].box]))
			g->tie[i].cut = true;
	}
}

/* The trial again, with the ties that are left. */
static void rejoin(struct graph *g)
{
	struct np_join *j = g->j;

	for (uint32_t h = 0; h < j->n; h++)
		j->trial[h] = np_join_find(j->trial, h);
	for (uint32_t h = 0; h < j->n; h++)
		if (j->trial_mask[j->trial[h]] & NP_HAS_CLASH)
			j->trial[h] = j->root[h];
	for (uint32_t i = 0; i < g->nkeys; i++)
		j->own[g->node[i]] = NP_NIL;
	for (size_t i = 0; i < g->pairs.n; i++) {
		uint32_t *own = &j->own[g->node[g->tie[i].key]];
		uint32_t root = g->root[g->tie[i].box];

		if (g->tie[i].cut)
			continue;
		if (*own == NP_NIL)
			*own = root;
		else
			np_join_union(j, *own, root, 0);
	}
}

int np_join_repair(struct np_join *j, enum np_stage s, unsigned clash)
{
	struct graph g = {.j = j, .pairs = {.budget = &j->f->budget}};
	int r = collect(&g, s);

	if (!r)
		r = take_graph(&g);
	if (!r) {
		build(&g);
		for (unsigned has = 1; has < NP_HAS_GOSSIP; has <<= 1)
			if (clash & has)
				wave(&g, has);
		rejoin(&g);
	}
	give_graph(&g);
	return r;
}
