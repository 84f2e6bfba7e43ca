/* SPDX-License-Identifier: ISC */
#include "graph/net.h"
#include <string.h>

int np_net_open(struct np_net *g, uint32_t n, const struct np_edge *edge,
		uint32_t nedges, struct np_arena *mem)
{
	size_t arcs = 0;

	*g = (struct np_net){.n = n, .edge = edge, .nedges = nedges};
	if (n >= NP_NOBODY - 1 || nedges >= NP_NOBODY / 2)
		return NP_ELIMIT;
	g->start = np_zalloc(mem, ((size_t)n + 2) * sizeof(*g->start));
	if (!g->start)
		return NP_ENOMEM;
	/* start[i + 2] counts, then start[i + 1] is where i goes on. */
	for (uint32_t i = 0; i < nedges; i++) {
		if (edge[i].a >= n || edge[i].b >= n)
			return NP_EINPUT;
		if (edge[i].a == edge[i].b)
			continue;
		if (edge[i].a + 2 <= n)
			g->start[edge[i].a + 2]++;
		if (edge[i].b + 2 <= n)
			g->start[edge[i].b + 2]++;
		arcs += 2;
	}
	for (uint32_t i = 2; i <= n; i++)
		g->start[i] += g->start[i - 1];
	g->arc = np_alloc(mem, arcs * sizeof(*g->arc) + 1);
	if (!g->arc)
		return NP_ENOMEM;
	for (uint32_t i = 0; i < nedges; i++) {
		uint32_t a = edge[i].a, b = edge[i].b;

		if (a == b)
			continue;
		g->arc[g->start[a + 1]++] = (struct np_arc){b, i};
		g->arc[g->start[b + 1]++] = (struct np_arc){a, i};
	}
	return NP_OK;
}

int np_net_parts(const struct np_net *g, struct np_arena *mem, uint32_t *part,
		 uint32_t *ret_parts)
{
	uint32_t *queue = np_alloc(mem, (size_t)g->n * sizeof(*queue) + 1);
	uint32_t parts = 0;

	if (!queue)
		return NP_ENOMEM;
	memset(part, 0xff, g->n * sizeof(*part));
	for (uint32_t root = 0; root < g->n; root++) {
		size_t from = 0, to = 0;

		if (part[root] != NP_NOBODY)
			continue;
		part[root] = parts;
		queue[to++] = root;
		while (from < to) {
			uint32_t u = queue[from++];

			for (uint32_t i = g->start[u]; i < g->start[u + 1];
			     i++) {
				uint32_t v = g->arc[i].to;

				if (part[v] != NP_NOBODY)
					continue;
				part[v] = parts;
				queue[to++] = v;
			}
		}
		parts++;
	}
	*ret_parts = parts;
	return NP_OK;
}

/* ---- the walk: depth first, with low points */

struct walk {
	const struct np_net *g;
	uint32_t *seen; /* when it was first seen, from 1; 0: not yet */
	uint32_t *low;	/* the earliest that it or what is behind it reaches */
	uint32_t *up;	/* who was left for it */
	uint32_t *by;	/* by which edge */
	uint32_t *next; /* the arc that is looked at next */
	uint32_t now;
	/* What is taken down when all behind `down` is known, and `up` cuts it
	 * off. */
	void (*off)(struct walk *w, uint32_t up, uint32_t down);
	bool *node, *edge; /* of np_net_cuts */
	uint32_t children; /* of the root */
	uint32_t *stack;   /* of np_net_dominators: seen, nothing above yet */
	uint32_t nstack;
	uint32_t *above;
};

static int open_walk(struct walk *w, const struct np_net *g,
		     struct np_arena *mem)
{
	size_t n = (size_t)g->n * sizeof(uint32_t) + 1;

	w->g = g;
	w->seen = np_zalloc(mem, n);
	w->low = np_alloc(mem, n);
	w->up = np_alloc(mem, n);
	w->by = np_alloc(mem, n);
	w->next = np_alloc(mem, n);
	return w->seen && w->low && w->up && w->by && w->next ? NP_OK
							      : NP_ENOMEM;
}

static void enter(struct walk *w, uint32_t u, uint32_t up, uint32_t by)
{
	w->seen[u] = w->low[u] = ++w->now;
	w->up[u] = up;
	w->by[u] = by;
	w->next[u] = w->g->start[u];
	if (w->stack)
		w->stack[w->nstack++] = u;
}

static void leave(struct walk *w, uint32_t p, uint32_t u)
{
	if (w->low[u] < w->low[p])
		w->low[p] = w->low[u];
	if (w->low[u] >= w->seen[p])
		w->off(w, p, u);
}

static void walk_from(struct walk *w, uint32_t root)
{
	uint32_t u = root;

	enter(w, root, NP_NOBODY, NP_NOBODY);
	for (;;) {
		if (w->next[u] == w->g->start[u + 1]) {
			uint32_t p = w->up[u];

			if (p == NP_NOBODY)
				return;
			leave(w, p, u);
			u = p;
			continue;
		}
		const struct np_arc *x = &w->g->arc[w->next[u]++];

		/* The way it came, unless there are two of it. */
		if (x->edge == w->by[u] && !w->g->edge[x->edge].many)
			continue;
		if (!w->seen[x->to]) {
			enter(w, x->to, u, x->edge);
			u = x->to;
		} else if (w->seen[x->to] < w->low[u]) {
			w->low[u] = w->seen[x->to];
		}
	}
}

static void cut_off(struct walk *w, uint32_t up, uint32_t down)
{
	if (w->up[up] == NP_NOBODY)
		w->children++;
	else
		w->node[up] = true;
	if (w->low[down] > w->seen[up])
		w->edge[w->by[down]] = true;
}

int np_net_cuts(const struct np_net *g, struct np_arena *mem, bool *node,
		bool *edge)
{
	struct walk w = {.off = cut_off, .node = node, .edge = edge};
	int rc = open_walk(&w, g, mem);

	if (rc)
		return rc;
	memset(node, 0, g->n * sizeof(*node));
	memset(edge, 0, g->nedges * sizeof(*edge));
	for (uint32_t root = 0; root < g->n; root++) {
		if (w.seen[root])
			continue;
		w.children = 0;
		walk_from(&w, root);
		node[root] = w.children > 1;
	}
	return NP_OK;
}

/* ---- dominators */

/* All that was seen since `down`, and is not behind a nearer one. */
static void put_below(struct walk *w, uint32_t up, uint32_t down)
{
	uint32_t u;

	do {
		u = w->stack[--w->nstack];
		w->above[u] = up;
	} while (u != down);
}

/* The net and one node more, which has an edge to every root. */
static int with_root(const struct np_net *g, const uint32_t *roots,
		     size_t nroots, struct np_arena *mem, struct np_net *ret)
{
	size_t n = g->nedges + nroots;
	struct np_edge *e = np_alloc(mem, n * sizeof(*e) + 1);

	if (!e)
		return NP_ENOMEM;
	if (g->nedges)
		memcpy(e, g->edge, g->nedges * sizeof(*e));
	for (size_t i = 0; i < nroots; i++) {
		if (roots[i] >= g->n)
			return NP_EINPUT;
		e[g->nedges + i] = (struct np_edge){g->n, roots[i], false};
	}
	return np_net_open(ret, g->n + 1, e, (uint32_t)n, mem);
}

/* Who was seen later is not above who was seen earlier. */
static void count_below(const struct walk *w, uint32_t n, uint32_t *by_time,
			uint32_t *below)
{
	memset(below, 0, n * sizeof(*below));
	memset(by_time, 0xff, ((size_t)n + 2) * sizeof(*by_time));
	for (uint32_t u = 0; u < n; u++)
		if (w->seen[u])
			by_time[w->seen[u]] = u;
	for (uint32_t t = w->now; t > 1; t--) {
		uint32_t u = by_time[t];

		if (w->above[u] < n)
			below[w->above[u]] += below[u] + 1;
	}
}

int np_net_dominators(const struct np_net *g, const uint32_t *roots,
		      size_t nroots, struct np_arena *mem, uint32_t *above,
		      uint32_t *below)
{
	struct walk w = {.off = put_below};
	struct np_net x;
	int rc = with_root(g, roots, nroots, mem, &x);

	if (!rc)
		rc = open_walk(&w, &x, mem);
	if (rc)
		return rc;
	w.stack = np_alloc(mem, (size_t)x.n * sizeof(*w.stack));
	w.above = np_alloc(mem, (size_t)x.n * sizeof(*w.above));
	if (!w.stack || !w.above)
		return NP_ENOMEM;
	memset(w.above, 0xff, x.n * sizeof(*w.above));
	walk_from(&w, g->n);
	if (g->n)
		memcpy(above, w.above, g->n * sizeof(*above));
	if (!below)
		return NP_OK;
	uint32_t *by_time =
		np_alloc(mem, ((size_t)g->n + 2) * sizeof(*by_time));

	if (!by_time)
		return NP_ENOMEM;
	count_below(&w, g->n, by_time, below);
	return NP_OK;
}

/* ---- ways */

/* Steps from the nearest of a set; NP_NOBODY: out of reach. */
static int steps_from(const struct np_net *g, const uint32_t *set, size_t n,
		      struct np_arena *mem, uint32_t **ret)
{
	uint32_t *queue = np_alloc(mem, (size_t)g->n * sizeof(*queue) + 1);
	uint32_t *far = np_alloc(mem, (size_t)g->n * sizeof(*far) + 1);
	size_t from = 0, to = 0;

	if (!queue || !far)
		return NP_ENOMEM;
	memset(far, 0xff, g->n * sizeof(*far));
	for (size_t i = 0; i < n; i++) {
		if (set[i] >= g->n)
			return NP_EINPUT;
		if (far[set[i]] == NP_NOBODY)
			queue[to++] = set[i];
		far[set[i]] = 0;
	}
	while (from < to) {
		uint32_t u = queue[from++];

		for (uint32_t i = g->start[u]; i < g->start[u + 1]; i++) {
			uint32_t v = g->arc[i].to;

			if (far[v] != NP_NOBODY)
				continue;
			far[v] = far[u] + 1;
			queue[to++] = v;
		}
	}
	*ret = far;
	return NP_OK;
}

/* Marks what lies above all of `from`. */
static int mark_every(const struct np_net *g, const uint32_t *from,
		      size_t nfrom, const uint32_t *roots, size_t nroots,
		      struct np_arena *mem, uint8_t *on)
{
	uint32_t *above = np_alloc(mem, (size_t)g->n * sizeof(*above) + 1);
	uint32_t *hits = np_zalloc(mem, (size_t)g->n * sizeof(*hits) + 1);
	uint32_t reached = 0;
	int rc = above && hits
			 ? np_net_dominators(g, roots, nroots, mem, above, NULL)
			 : NP_ENOMEM;

	for (size_t i = 0; !rc && i < nfrom; i++) {
		if (above[from[i]] == NP_NOBODY)
			continue;
		reached++;
		for (uint32_t u = from[i]; u < g->n; u = above[u])
			hits[u]++;
	}
	for (uint32_t u = 0; !rc && reached && u < g->n; u++)
		if (hits[u] == reached)
			on[u] = NP_ON_EVERY;
	return rc;
}

int np_net_between(const struct np_net *g, const uint32_t *from, size_t nfrom,
		   const uint32_t *roots, size_t nroots, struct np_arena *mem,
		   uint8_t *on, uint32_t *ret_steps)
{
	uint32_t *a = NULL, *b = NULL, least = NP_NOBODY;
	int rc = steps_from(g, from, nfrom, mem, &a);

	*ret_steps = NP_NOBODY;
	memset(on, NP_OFF_WAY, g->n);
	if (!rc)
		rc = steps_from(g, roots, nroots, mem, &b);
	if (rc)
		return rc;
	for (uint32_t u = 0; u < g->n; u++)
		if (a[u] != NP_NOBODY && b[u] != NP_NOBODY &&
		    a[u] + b[u] < least)
			least = a[u] + b[u];
	if (least == NP_NOBODY)
		return NP_OK;
	*ret_steps = least;
	for (uint32_t u = 0; u < g->n; u++)
		if (a[u] != NP_NOBODY && b[u] != NP_NOBODY &&
		    a[u] + b[u] == least)
			on[u] = NP_ON_SHORTEST;
	return mark_every(g, from, nfrom, roots, nroots, mem, on);
}
