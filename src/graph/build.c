/* SPDX-License-Identifier: ISC */
/*
 * From what was said to a graph: both ends of each link are found, what joins
 * the same two boxes becomes one link, ports that lead to several boxes are
 * noted, and it is decided which links count.
 */
#include "graph/inside.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- ends */

/* By the first key that one device alone has. */
static void find_other(struct np_graph *g, struct np_said *x)
{
	bool any = false;

	for (unsigned i = 0; i < x->nends && x->other == NP_NOBODY; i++) {
		bool several;

		x->other = np_owners_find(g, x->end[i].kind, x->end[i].v,
					  x->end[i].n, x->site, &several);
		any |= several;
	}
	if (x->other != NP_NOBODY || !x->nends)
		return;
	g->unknown += !any;
	g->ambiguous += any;
}

static struct np_joint joint_of(const struct np_said *x)
{
	bool turn = x->device > x->other;
	struct np_joint j = {
		.a = turn ? x->other : x->device,
		.b = turn ? x->device : x->other,
		.kind = x->kind,
		.layer = x->layer,
		.by_a = turn == x->by_other,
		.port_a = turn ? x->port_other : x->port,
		.port_b = turn ? x->port : x->port_other,
	};

	memcpy(j.sighting, x->sighting, NP_ID);
	return j;
}

static int order_text(const char *a, const char *b)
{
	if (!a || !b)
		return (a != NULL) - (b != NULL);
	return strcmp(a, b);
}

static int joint_order(const void *p, const void *q)
{
	const struct np_joint *x = p, *y = q;
	int d;

	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	if (x->b != y->b)
		return x->b < y->b ? -1 : 1;
	if (x->layer != y->layer)
		return x->layer < y->layer ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	d = order_text(x->port_a, y->port_a);
	if (!d)
		d = order_text(x->port_b, y->port_b);
	if (!d)
		d = (int)x->by_a - (int)y->by_a;
	return d ? d : memcmp(x->sighting, y->sighting, NP_ID);
}

/* Every occurrence of a sighting says the same again. */
static int make_joints(struct np_graph *g)
{
	uint32_t n = 0, k = 0;

	g->joint = np_alloc(&g->mem, g->nsaid * sizeof(*g->joint) + 1);
	if (!g->joint)
		return NP_ENOMEM;
	for (uint32_t i = 0; i < g->nsaid; i++) {
		struct np_said *x = &g->said[i];

		find_other(g, x);
		if (x->other != NP_NOBODY && x->other != x->device)
			g->joint[n++] = joint_of(x);
	}
	if (n)
		qsort(g->joint, n, sizeof(*g->joint), joint_order);
	for (uint32_t i = 0; i < n; i++)
		if (!i || joint_order(&g->joint[i], &g->joint[k - 1]) != 0)
			g->joint[k++] = g->joint[i];
	g->njoint = k;
	return NP_OK;
}

/* ---- ports */

int np_graph_port(struct np_graph *g, uint32_t device, const char *port,
		  uint32_t other)
{
	struct np_port *x;

	if (!port || !*port)
		return NP_OK;
	if (!np_graph_room(g, &g->port, g->nport, &g->port_cap,
			   sizeof(*g->port)))
		return NP_ENOMEM;
	x = &g->port[g->nport++];
	*x = (struct np_port){.device = device, .other = other, .said = port};
	np_port_plain(port, x->plain, sizeof(x->plain));
	return NP_OK;
}

static int port_order(const void *p, const void *q)
{
	const struct np_port *x = p, *y = q;
	int d;

	if (x->device != y->device)
		return x->device < y->device ? -1 : 1;
	d = strcmp(x->plain, y->plain);
	if (d)
		return d;
	if (x->other != y->other)
		return x->other < y->other ? -1 : 1;
	return strcmp(x->said, y->said);
}

/* The ports of one device and name: from i on, to what is given back. */
static uint32_t same_port(const struct np_graph *g, uint32_t i)
{
	uint32_t k = i + 1;

	while (k < g->nport && g->port[k].device == g->port[i].device &&
	       strcmp(g->port[k].plain, g->port[i].plain) == 0)
		k++;
	return k;
}

static void contradict(struct np_graph *g, uint32_t from, uint32_t to)
{
	struct np_contradiction c = {.device = g->port[from].device,
				     .port = g->port[from].said};
	uint32_t last = NP_NOBODY;

	for (uint32_t i = from; i < to; i++) {
		uint32_t other = g->port[i].other;

		if (other == NP_NOBODY || other == last)
			continue;
		if (c.n < sizeof(c.others) / sizeof(c.others[0]))
			c.others[c.n] = other;
		c.n++;
		last = other;
	}
	if (c.n > 1)
		g->contradiction[g->ncontradiction++] = c;
}

/* Of wires only: a router's port has many neighbours. */
static int make_ports(struct np_graph *g)
{
	uint32_t runs = 0;
	int rc = NP_OK;

	for (uint32_t i = 0; i < g->njoint && !rc; i++) {
		const struct np_joint *j = &g->joint[i];

		if (j->layer != NP_WIRE)
			continue;
		rc = np_graph_port(g, j->a, j->port_a, j->b);
		if (!rc)
			rc = np_graph_port(g, j->b, j->port_b, j->a);
	}
	if (rc)
		return rc;
	if (g->nport)
		qsort(g->port, g->nport, sizeof(*g->port), port_order);
	for (uint32_t i = 0; i < g->nport; i = same_port(g, i))
		runs++;
	g->contradiction =
		np_alloc(&g->mem, runs * sizeof(*g->contradiction) + 1);
	if (!g->contradiction)
		return NP_ENOMEM;
	for (uint32_t i = 0, to; i < g->nport; i = to) {
		to = same_port(g, i);
		/* LACP counts its ports apart from the others' names. */
		if (strncmp(g->port[i].plain, "lacp", 4) != 0)
			g->node[g->port[i].device].ports++;
		contradict(g, i, to);
	}
	return rc;
}

/* ---- links */

/* Does one end name two ports of its own that lead to the other? Of one kind,
 * and one teller: others may spell the same port otherwise. */
static bool are_many(const struct np_joint *v, uint32_t n)
{
	char first[32] = "", now[32];

	for (uint32_t i = 0; i < n; i++) {
		const char *port = v[i].by_a ? v[i].port_a : v[i].port_b;

		if (v[i].kind != v[0].kind || v[i].by_a != v[0].by_a || !port)
			continue;
		np_port_plain(port, now, sizeof(now));
		if (*first && strcmp(first, now) != 0)
			return true;
		memcpy(first, now, sizeof(first));
	}
	return false;
}

static struct np_link link_of(const struct np_joint *v, uint32_t first,
			      uint32_t n)
{
	struct np_link l = {.a = v->a,
			    .b = v->b,
			    .first = first,
			    .n = n,
			    .layer = (enum np_layer)v->layer,
			    .many = v->layer <= NP_WIRE && are_many(v, n)};
	bool by_a = false, by_b = false;

	for (uint32_t i = 0; i < n; i++) {
		l.kinds |= UINT32_C(1) << v[i].kind;
		by_a |= v[i].by_a;
		by_b |= !v[i].by_a;
	}
	l.both = by_a && by_b;
	return l;
}

static int make_links(struct np_graph *g)
{
	g->link = np_alloc(&g->mem, g->njoint * sizeof(*g->link) + 1);
	if (!g->link)
		return NP_ENOMEM;
	for (uint32_t i = 0, k; i < g->njoint; i = k) {
		for (k = i + 1; k < g->njoint &&
				g->joint[k].a == g->joint[i].a &&
				g->joint[k].b == g->joint[i].b;)
			k++;
		g->link[g->nlink++] = link_of(&g->joint[i], i, k - i);
		g->node[g->joint[i].a].links++;
		g->node[g->joint[i].b].links++;
	}
	return NP_OK;
}

/* ---- which links count */

static uint32_t find(uint32_t *up, uint32_t u)
{
	while (up[u] != u) {
		up[u] = up[up[u]];
		u = up[u];
	}
	return u;
}

/* Layer by layer: what the layers before join, this one does not join anew. */
static int choose(struct np_graph *g)
{
	size_t n = g->devices->n;
	uint32_t *up = np_alloc(&g->mem, n * sizeof(*up) + 1);

	if (!up)
		return NP_ENOMEM;
	for (uint32_t i = 0; i < n; i++)
		up[i] = i;
	for (unsigned layer = NP_WIRE; layer < NP_BEHIND; layer++) {
		for (uint32_t i = 0; i < g->nlink; i++) {
			struct np_link *l = &g->link[i];

			if (l->layer == layer)
				l->counts = find(up, l->a) != find(up, l->b);
		}
		for (uint32_t i = 0; i < g->nlink; i++) {
			const struct np_link *l = &g->link[i];
			uint32_t a = find(up, l->a), b = find(up, l->b);

			if (l->layer != layer || !l->counts || a == b)
				continue;
			up[a > b ? a : b] = a > b ? b : a;
		}
	}
	return NP_OK;
}

static int make_net(struct np_graph *g)
{
	g->edge = np_alloc(&g->mem, g->nlink * sizeof(*g->edge) + 1);
	g->edge_link = np_alloc(&g->mem, g->nlink * sizeof(uint32_t) + 1);
	if (!g->edge || !g->edge_link)
		return NP_ENOMEM;
	for (uint32_t i = 0; i < g->nlink; i++) {
		const struct np_link *l = &g->link[i];

		if (!l->counts)
			continue;
		g->edge_link[g->nedge] = i;
		g->edge[g->nedge++] = (struct np_edge){l->a, l->b, l->many};
	}
	return np_net_open(&g->net, (uint32_t)g->devices->n, g->edge, g->nedge,
			   &g->mem);
}

int np_graph_close(struct np_graph *g)
{
	int rc = NP_OK;

	if (!g->node)
		g->node = np_zalloc(&g->mem,
				    g->devices->n * sizeof(*g->node) + 1);
	if (!g->node)
		rc = NP_ENOMEM;
	if (!rc)
		rc = np_tap_say(g);
	if (!rc)
		rc = make_joints(g);
	if (!rc)
		rc = make_ports(g);
	if (!rc)
		rc = make_links(g);
	if (!rc)
		rc = choose(g);
	if (!rc)
		rc = make_net(g);
	g->closed = !rc;
	return rc;
}

/* ---- what is asked of it */

void np_graph_view(const struct np_graph *g, struct np_graph_view *ret)
{
	*ret = (struct np_graph_view){
		.devices = g->devices,
		.nodes = g->node,
		.links = g->link,
		.joints = g->joint,
		.contradictions = g->contradiction,
		.nlinks = g->nlink,
		.njoints = g->njoint,
		.ncontradictions = g->ncontradiction,
		.unknown = g->unknown,
		.ambiguous = g->ambiguous,
	};
}

/* Parts of one box are no parts of a network. */
static int count_parts(struct np_graph *g, uint32_t *part, uint32_t all,
		       struct np_cuts *ret)
{
	uint32_t *n = np_zalloc(&g->mem, (size_t)all * sizeof(*n) + 1);

	if (!n)
		return NP_ENOMEM;
	for (uint32_t i = 0; i < g->net.n; i++)
		n[part[i]]++;
	for (uint32_t i = 0; i < all; i++) {
		ret->parts += n[i] > 1;
		if (n[i] > ret->largest)
			ret->largest = n[i];
	}
	return NP_OK;
}

/* Of edges, as links. */
static int cut_links(struct np_graph *g, const bool *edge, const bool **ret)
{
	bool *link = np_zalloc(&g->mem, g->nlink + 1);

	if (!link)
		return NP_ENOMEM;
	for (uint32_t i = 0; i < g->nedge; i++)
		link[g->edge_link[i]] = edge[i];
	*ret = link;
	return NP_OK;
}

int np_graph_cuts(struct np_graph *g, const uint32_t *roots, size_t nroots,
		  struct np_cuts *ret)
{
	size_t n = (size_t)g->net.n * sizeof(uint32_t) + 1;
	bool *node = np_alloc(&g->mem, (size_t)g->net.n + 1);
	bool *edge = np_alloc(&g->mem, (size_t)g->nedge + 1);
	uint32_t *part = np_alloc(&g->mem, n), all = 0;
	uint32_t *above = np_alloc(&g->mem, n), *below = np_alloc(&g->mem, n);
	int rc = node && edge && part && above && below ? NP_OK : NP_ENOMEM;

	*ret = (struct np_cuts){.rests = false, .node = node, .part = part};
	if (!rc)
		rc = np_net_parts(&g->net, &g->mem, part, &all);
	if (!rc)
		rc = count_parts(g, part, all, ret);
	if (!rc)
		rc = np_net_cuts(&g->net, &g->mem, node, edge);
	if (!rc)
		rc = cut_links(g, edge, &ret->link);
	if (rc || !nroots)
		return rc;
	ret->above = above;
	ret->below = below;
	return np_net_dominators(&g->net, roots, nroots, &g->mem, above, below);
}

int np_graph_between(struct np_graph *g, const uint32_t *from, size_t nfrom,
		     const uint32_t *roots, size_t nroots,
		     const uint8_t **ret_on, uint32_t *ret_steps)
{
	uint8_t *on = np_alloc(&g->mem, (size_t)g->net.n + 1);

	*ret_on = on;
	return on ? np_net_between(&g->net, from, nfrom, roots, nroots, &g->mem,
				   on, ret_steps)
		  : NP_ENOMEM;
}

uint32_t np_graph_find(const struct np_graph *g, const char *word)
{
	uint32_t found = NP_NOBODY;

	for (uint32_t i = 0; i < g->devices->n; i++)
		if (strcmp(g->devices->v[i].id, word) == 0)
			return i;
	for (unsigned k = NP_KEY_NONE + 1; k < NP_KEY__MAX; k++) {
		bool several;
		uint32_t d = np_owners_find(g, k, word, strlen(word),
					    NP_NO_SITE, &several);

		if (several ||
		    (d != NP_NOBODY && found != NP_NOBODY && d != found))
			return NP_NOBODY;
		if (d != NP_NOBODY)
			found = d;
	}
	return found;
}
