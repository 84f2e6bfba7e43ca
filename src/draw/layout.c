/* SPDX-License-Identifier: ISC */
#include "draw/layout.h"
#include "core/err.h"
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#define PI 3.14159265358979323846
#define GOLDEN 2.39996322972865332 /* pi (3 - sqrt 5) */
#define NOBODY UINT32_MAX
#define FILL 0.62 /* nodes of a disc, squared, to its radius */
#define FEW 64	  /* nodes of a part, that none may cover another */
#define NODE_ROUNDS 100
#define CLUSTER_ROUNDS 400
#define CLUSTER_GAP 1.0 /* between discs, in nodes */

/* The nodes of each cluster, and the links that stay in one. */
struct inside {
	const struct np_layout *l;
	uint32_t *first, *node; /* node[first[c]..first[c + 1]] */
	uint32_t *local;	/* a node's number in its cluster */
	uint32_t *start;	/* arcs of a node */
	uint32_t *to;
	struct np_arena scratch; /* of one cluster */
};

/* About as much work for all sizes: what is small may settle longer. */
static unsigned rounds_for(uint32_t n, unsigned most)
{
	uint32_t r = 800000 / (n + 1);

	return r > most ? most : r < 12 ? 12 : r;
}

/* ---- arcs */

static bool stays(const struct np_layout *l, uint32_t link)
{
	uint32_t a = l->link[link].a, b = l->link[link].b;

	return a != b && l->cluster[a] == l->cluster[b];
}

static void sums(uint32_t *v, uint32_t n)
{
	for (uint32_t i = 0, sum = 0, k; i <= n; i++) {
		k = v[i];
		v[i] = sum;
		sum += k;
	}
}

static void put_arcs(struct inside *in)
{
	const struct np_layout *l = in->l;

	for (uint32_t i = 0; i < l->nlinks; i++)
		if (stays(l, i)) {
			in->start[l->link[i].a]++;
			in->start[l->link[i].b]++;
		}
	sums(in->start, l->n);
	for (uint32_t i = 0; i < l->nlinks; i++)
		if (stays(l, i)) {
			uint32_t a = l->link[i].a, b = l->link[i].b;

			in->to[in->start[a]++] = b;
			in->to[in->start[b]++] = a;
		}
	for (uint32_t i = l->n; i; i--)
		in->start[i] = in->start[i - 1];
	in->start[0] = 0;
}

static int open_inside(struct inside *in, struct np_arena *mem)
{
	const struct np_layout *l = in->l;

	in->first = np_zalloc(mem, ((size_t)l->nclusters + 2) * 4);
	in->node = np_alloc(mem, (size_t)l->n * 4 + 1);
	in->local = np_alloc(mem, (size_t)l->n * 4 + 1);
	in->start = np_zalloc(mem, ((size_t)l->n + 2) * 4);
	in->to = np_alloc(mem, (size_t)l->nlinks * 8 + 1);
	if (!in->first || !in->node || !in->local || !in->start || !in->to)
		return NP_ENOMEM;
	for (uint32_t i = 0; i < l->n; i++)
		in->first[l->cluster[i]]++;
	sums(in->first, l->nclusters);
	for (uint32_t i = 0; i < l->n; i++)
		in->node[in->first[l->cluster[i]]++] = i;
	for (uint32_t c = l->nclusters; c; c--)
		in->first[c] = in->first[c - 1];
	in->first[0] = 0;
	for (uint32_t c = 0; c < l->nclusters; c++)
		for (uint32_t i = in->first[c]; i < in->first[c + 1]; i++)
			in->local[in->node[i]] = i - in->first[c];
	put_arcs(in);
	return NP_OK;
}

/* ---- a part that hangs together */

/* Nodes of a cluster in the order of breadth first searches, part by part. */
struct walk {
	const uint32_t *node; /* of the cluster */
	uint32_t n;
	uint32_t *order, *up; /* local; up: NOBODY at a root */
	uint32_t *part;	      /* part[i]: where part i begins in order */
	uint32_t nparts;
};

static uint32_t degree(const struct inside *in, uint32_t node)
{
	return in->start[node + 1] - in->start[node];
}

struct rank {
	double by;
	uint32_t i;
};

static int rank_order(const void *p, const void *q)
{
	const struct rank *x = p, *y = q;

	if (x->by < y->by || x->by > y->by)
		return x->by < y->by ? -1 : 1;
	return x->i < y->i ? -1 : x->i > y->i;
}

static void walk_part(const struct inside *in, struct walk *w, uint32_t root,
		      uint32_t *n)
{
	uint32_t i = *n;

	w->part[w->nparts++] = i;
	w->up[root] = root;
	w->order[(*n)++] = root;
	for (; i < *n; i++) {
		uint32_t a = w->node[w->order[i]];

		for (uint32_t k = in->start[a]; k < in->start[a + 1]; k++) {
			uint32_t b = in->local[in->to[k]];

			if (w->up[b] != NOBODY)
				continue;
			w->up[b] = w->order[i];
			w->order[(*n)++] = b;
		}
	}
}

/* From those with most links. */
static int walk(struct inside *in, struct walk *w)
{
	struct np_arena *mem = &in->scratch;
	struct rank *r = np_alloc(mem, w->n * sizeof(*r) + 1);
	uint32_t n = 0;

	w->order = np_alloc(mem, (size_t)w->n * 4 + 1);
	w->up = np_alloc(mem, (size_t)w->n * 4 + 1);
	w->part = np_alloc(mem, ((size_t)w->n + 1) * 4);
	if (!r || !w->order || !w->up || !w->part)
		return NP_ENOMEM;
	for (uint32_t i = 0; i < w->n; i++) {
		r[i] = (struct rank){-(double)degree(in, w->node[i]), i};
		w->up[i] = NOBODY;
	}
	qsort(r, w->n, sizeof(*r), rank_order);
	for (uint32_t i = 0; i < w->n; i++)
		if (w->up[r[i].i] == NOBODY)
			walk_part(in, w, r[i].i, &n);
	w->part[w->nparts] = n;
	return NP_OK;
}

/* What each search tree needs of the circle: as its leaves are. */
static void share_out(const struct walk *w, uint32_t from, uint32_t to,
		      double *share)
{
	for (uint32_t i = from; i < to; i++)
		share[w->order[i]] = 0;
	for (uint32_t i = to; i-- > from;) {
		uint32_t x = w->order[i];

		if (!(share[x] > 0))
			share[x] = 1;
		if (w->up[x] != x)
			share[w->up[x]] += share[x];
	}
}

/* Further out comes who was reached later: the disc is filled evenly, and the
 * tree's links go outwards. v: by place in the part, with .r set. */
static void put_radial(const struct walk *w, uint32_t from, uint32_t to,
		       double *share, double *angle, struct np_body *v)
{
	double area = 0, turn;

	share_out(w, from, to, share);
	angle[w->order[from]] = 0;
	turn = 2 * PI / share[w->order[from]];
	for (uint32_t i = from; i < to; i++) {
		uint32_t x = w->order[i], up = w->up[x];
		double r = sqrt(area / PI), mid;

		if (up != x) {
			angle[x] = angle[up];
			angle[up] += share[x];
		}
		mid = (angle[x] + share[x] / 2) * turn;
		v[i - from].at = (struct np_spot){r * cos(mid), r * sin(mid)};
		area += 4 * v[i - from].r * v[i - from].r;
	}
}

/* Fills the disc evenly: the angle stays, the distance becomes what that many
 * nodes further in take. The middle comes to (0, 0). */
static int even(struct np_body *v, uint32_t n, struct np_arena *mem)
{
	struct rank *r = np_alloc(mem, n * sizeof(*r) + 1);
	struct np_spot c = {0, 0};

	if (!r)
		return NP_ENOMEM;
	for (uint32_t i = 0; i < n; i++) {
		c.x += v[i].at.x / n;
		c.y += v[i].at.y / n;
	}
	for (uint32_t i = 0; i < n; i++)
		r[i] = (struct rank){hypot(v[i].at.x - c.x, v[i].at.y - c.y),
				     i};
	qsort(r, n, sizeof(*r), rank_order);
	for (uint32_t k = 0; k < n; k++) {
		struct np_spot *p = &v[r[k].i].at;
		double a = r[k].by > 1e-9 ? atan2(p->y - c.y, p->x - c.x)
					  : k * GOLDEN;
		double d = n > 1 ? FILL * sqrt(k + 0.3) : 0;

		*p = (struct np_spot){d * cos(a), d * sin(a)};
	}
	return NP_OK;
}

/* In a part of few nodes, where there is room, none covers another; how far the
 * part goes. */
static int uncover(struct np_body *v, uint32_t n, struct np_arena *mem,
		   double *ret_r)
{
	struct np_disc *disc = np_alloc(mem, n * sizeof(*disc) + 1);
	int rc;

	if (!disc)
		return NP_ENOMEM;
	for (uint32_t i = 0; i < n; i++)
		disc[i] = (struct np_disc){v[i].at, v[i].r};
	rc = np_apart(disc, n, 0.05, mem);
	for (uint32_t i = 0; i < n && !rc; i++) {
		v[i].at = disc[i].at;
		*ret_r = fmax(*ret_r, hypot(v[i].at.x, v[i].at.y) + v[i].r);
	}
	return rc;
}

/* Springs of a part, by place in the walk. */
static uint32_t springs(const struct inside *in, const struct walk *w,
			uint32_t from, uint32_t to, uint32_t *place,
			struct np_layout_link *link)
{
	uint32_t n = 0;

	for (uint32_t i = from; i < to; i++)
		place[w->order[i]] = i - from;
	for (uint32_t i = from; i < to; i++) {
		uint32_t a = w->node[w->order[i]];

		for (uint32_t k = in->start[a]; k < in->start[a + 1]; k++) {
			uint32_t b = place[in->local[in->to[k]]];

			if (b > i - from)
				link[n++] =
					(struct np_layout_link){i - from, b};
		}
	}
	return n;
}

/* What laying a part takes, for all parts of a walk. */
struct desk {
	struct np_body *v; /* of the part, by place */
	double *share, *angle;
	uint32_t *place;
	struct np_layout_link *link;
};

static int open_desk(struct inside *in, const struct walk *w, struct desk *d)
{
	struct np_arena *mem = &in->scratch;
	uint32_t arcs = 0;

	for (uint32_t i = 0; i < w->n; i++)
		arcs += degree(in, w->node[i]);
	d->v = np_alloc(mem, w->n * sizeof(*d->v) + 1);
	d->share = np_alloc(mem, w->n * sizeof(*d->share) + 1);
	d->angle = np_alloc(mem, w->n * sizeof(*d->angle) + 1);
	d->place = np_alloc(mem, w->n * sizeof(*d->place) + 1);
	d->link = np_alloc(mem, arcs / 2 * sizeof(*d->link) + 1);
	return d->v && d->share && d->angle && d->place && d->link ? NP_OK
								   : NP_ENOMEM;
}

/* One part around some place; d->v has the radius of each body. */
static int lay_part(struct inside *in, const struct walk *w, uint32_t part,
		    unsigned most, struct desk *d)
{
	uint32_t from = w->part[part], to = w->part[part + 1];

	put_radial(w, from, to, d->share, d->angle, d->v);
	if (to - from < 3)
		return NP_OK;
	return np_settle(d->v, to - from, d->link,
			 springs(in, w, from, to, d->place, d->link),
			 rounds_for(to - from, most), &in->scratch);
}

/* ---- discs around each other */

/* The greatest in the middle, as a sunflower has its seeds. */
static int put_seeds(struct np_disc *v, uint32_t n, struct np_arena *mem)
{
	struct rank *r = np_alloc(mem, n * sizeof(*r) + 1);
	double area = 0;

	if (!r)
		return NP_ENOMEM;
	for (uint32_t i = 0; i < n; i++)
		r[i] = (struct rank){-v[i].r, i};
	qsort(r, n, sizeof(*r), rank_order);
	for (uint32_t k = 0; k < n; k++) {
		struct np_disc *d = &v[r[k].i];
		double own = d->r * d->r * 1.6,
		       far = n > 1 && k ? sqrt(area + own / 2) : 0;

		d->at = (struct np_spot){far * cos(k * GOLDEN),
					 far * sin(k * GOLDEN)};
		area += own;
	}
	return NP_OK;
}

/* Moves the parts of a cluster to their places; how far it goes. */
static double put_parts(const struct walk *w, const struct np_disc *part,
			struct np_spot *at)
{
	double far = 0.5;

	for (uint32_t p = 0; p < w->nparts; p++) {
		far = fmax(far, hypot(part[p].at.x, part[p].at.y) + part[p].r);
		for (uint32_t i = w->part[p]; i < w->part[p + 1]; i++) {
			struct np_spot *s = &at[w->node[w->order[i]]];

			s->x += part[p].at.x;
			s->y += part[p].at.y;
		}
	}
	return far;
}

/* One cluster around (0, 0). */
static int lay_cluster(struct inside *in, uint32_t c, struct np_spot *at,
		       double *ret_r)
{
	struct np_arena *mem = &in->scratch;
	struct walk w = {.node = in->node + in->first[c],
			 .n = in->first[c + 1] - in->first[c]};
	struct np_disc *part = np_alloc(mem, w.n * sizeof(*part) + 1);
	struct desk d;
	int rc = part ? walk(in, &w) : NP_ENOMEM;

	if (!rc)
		rc = open_desk(in, &w, &d);
	for (uint32_t p = 0; p < w.nparts && !rc; p++) {
		uint32_t n = w.part[p + 1] - w.part[p];

		for (uint32_t i = 0; i < n; i++)
			d.v[i].r = 0.5;
		rc = lay_part(in, &w, p, NODE_ROUNDS, &d);
		if (!rc)
			rc = even(d.v, n, mem);
		part[p].r = n > 1 ? FILL * sqrt(n) + 0.3 : 0.5;
		if (!rc && n > 1 && n <= FEW)
			rc = uncover(d.v, n, mem, &part[p].r);
		for (uint32_t i = 0; i < n && !rc; i++)
			at[w.node[w.order[w.part[p] + i]]] = d.v[i].at;
	}
	if (!rc)
		rc = put_seeds(part, w.nparts, mem);
	if (!rc)
		rc = np_apart(part, w.nparts, 0.1, mem);
	*ret_r = rc ? 0 : put_parts(&w, part, at);
	return rc;
}

/* ---- clusters */

static int link_order(const void *p, const void *q)
{
	const struct np_layout_link *x = p, *y = q;

	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	return x->b < y->b ? -1 : x->b > y->b;
}

static int count_between(struct np_layout *l, struct np_arena *mem)
{
	struct np_layout_link *v = np_alloc(mem, l->nlinks * sizeof(*v) + 1);
	uint32_t n = 0, k = 0;

	l->between = v;
	l->many = np_alloc(mem, l->nlinks * sizeof(*l->many) + 1);
	if (!v || !l->many)
		return NP_ENOMEM;
	for (uint32_t i = 0; i < l->nlinks; i++) {
		uint32_t a = l->cluster[l->link[i].a],
			 b = l->cluster[l->link[i].b];

		if (a != b)
			v[n++] = (struct np_layout_link){a < b ? a : b,
							 a < b ? b : a};
	}
	if (n)
		qsort(v, n, sizeof(*v), link_order);
	for (uint32_t i = 0; i < n; i++) {
		if (!k || link_order(&v[i], &v[k - 1])) {
			l->many[k] = 0;
			v[k++] = v[i];
		}
		l->many[k - 1]++;
	}
	l->nbetween = k;
	return NP_OK;
}

/* Where discs would like to be, stretched to the room that they need; who wants
 * nothing stays. */
static void put_wanted(const struct np_spot *want, struct np_disc *v,
		       uint32_t n)
{
	struct np_spot low = {INFINITY, INFINITY},
		       high = {-INFINITY, -INFINITY};
	double area = 0, scale, span;

	for (uint32_t i = 0; i < n; i++) {
		area += v[i].r * v[i].r * 4;
		if (!isfinite(want[i].x) || !isfinite(want[i].y))
			continue;
		low.x = fmin(low.x, want[i].x);
		low.y = fmin(low.y, want[i].y);
		high.x = fmax(high.x, want[i].x);
		high.y = fmax(high.y, want[i].y);
	}
	span = fmax(high.x - low.x, high.y - low.y);
	scale = span > 0 ? 1.5 * sqrt(area) / span : 0;
	if (!isfinite(scale))
		return;
	for (uint32_t i = 0; i < n; i++)
		if (isfinite(want[i].x) && isfinite(want[i].y))
			v[i].at = (struct np_spot){
				(want[i].x - (low.x + high.x) / 2) * scale,
				(want[i].y - (low.y + high.y) / 2) * scale};
}

/* The middle of what the clusters of a part want. */
static struct np_spot want_of(const struct np_layout *l, const struct walk *w,
			      uint32_t part)
{
	struct np_spot sum = {0, 0};
	double n = 0;

	for (uint32_t i = w->part[part]; i < w->part[part + 1]; i++) {
		const struct np_spot *want = &l->want[w->order[i]];

		if (!isfinite(want->x) || !isfinite(want->y))
			continue;
		sum.x += want->x;
		sum.y += want->y;
		n++;
	}
	return (struct np_spot){sum.x / n, sum.y / n};
}

/* A part of clusters, its middle at (0, 0); how far it goes. */
static int lay_sites(const struct np_layout *l, struct inside *in,
		     const struct walk *w, uint32_t part, struct desk *d,
		     double *ret_r)
{
	uint32_t from = w->part[part], n = w->part[part + 1] - from;
	struct np_disc *v = np_alloc(&in->scratch, n * sizeof(*v));
	struct np_spot low = {INFINITY, INFINITY},
		       high = {-INFINITY, -INFINITY};
	int rc = v ? NP_OK : NP_ENOMEM;

	for (uint32_t i = 0; i < n; i++)
		d->v[i].r = l->disc[w->order[from + i]].r;
	if (!rc)
		rc = lay_part(in, w, part, CLUSTER_ROUNDS, d);
	for (uint32_t i = 0; i < n && !rc; i++)
		v[i] = (struct np_disc){d->v[i].at, d->v[i].r};
	if (!rc)
		rc = np_apart(v, n, CLUSTER_GAP, &in->scratch);
	for (uint32_t i = 0; i < n && !rc; i++) {
		low.x = fmin(low.x, v[i].at.x - v[i].r);
		low.y = fmin(low.y, v[i].at.y - v[i].r);
		high.x = fmax(high.x, v[i].at.x + v[i].r);
		high.y = fmax(high.y, v[i].at.y + v[i].r);
	}
	*ret_r = 0;
	for (uint32_t i = 0; i < n && !rc; i++) {
		v[i].at.x -= (low.x + high.x) / 2;
		v[i].at.y -= (low.y + high.y) / 2;
		*ret_r = fmax(*ret_r, hypot(v[i].at.x, v[i].at.y) + v[i].r);
		l->disc[w->order[from + i]].at = v[i].at;
	}
	return rc;
}

/* Parts of clusters go where their sites want to be, or around the greatest. */
static int put_sites(const struct np_layout *l, const struct walk *w,
		     struct np_disc *part, struct np_spot *want,
		     struct np_arena *mem)
{
	int rc = put_seeds(part, w->nparts, mem);

	for (uint32_t p = 0; p < w->nparts && l->want; p++)
		want[p] = want_of(l, w, p);
	if (l->want)
		put_wanted(want, part, w->nparts);
	if (!rc)
		rc = np_apart(part, w->nparts, CLUSTER_GAP, mem);
	for (uint32_t p = 0; p < w->nparts && !rc; p++)
		for (uint32_t i = w->part[p]; i < w->part[p + 1]; i++) {
			l->disc[w->order[i]].at.x += part[p].at.x;
			l->disc[w->order[i]].at.y += part[p].at.y;
		}
	return rc;
}

/* The graph of clusters is one cluster of a graph. */
static int lay_clusters(const struct np_layout *l, struct np_arena *mem)
{
	uint32_t n = l->nclusters;
	struct np_layout all = {.n = n,
				.nclusters = 1,
				.nlinks = l->nbetween,
				.link = l->between};
	struct inside in = {.l = &all, .scratch = np_arena(mem->limit)};
	struct np_disc *part = np_alloc(mem, n * sizeof(*part) + 1);
	struct np_spot *want = np_alloc(mem, n * sizeof(*want) + 1);
	struct walk w = {.n = n};
	struct desk d;
	int rc = NP_ENOMEM;

	all.cluster = np_zalloc(mem, (size_t)n * 4 + 1);
	if (part && want && all.cluster)
		rc = open_inside(&in, mem);
	w.node = in.node;
	if (!rc)
		rc = walk(&in, &w);
	if (!rc)
		rc = open_desk(&in, &w, &d);
	for (uint32_t p = 0; p < w.nparts && !rc; p++)
		rc = lay_sites(l, &in, &w, p, &d, &part[p].r);
	if (!rc)
		rc = put_sites(l, &w, part, want, mem);
	np_arena_free(&in.scratch);
	return rc;
}

/* Nodes go to their discs, all to the drawing's corner and unit. */
static void place(struct np_layout *l)
{
	struct np_spot low = {INFINITY, INFINITY}, high = {0, 0};

	for (uint32_t c = 0; c < l->nclusters; c++) {
		low.x = fmin(low.x, l->disc[c].at.x - l->disc[c].r);
		low.y = fmin(low.y, l->disc[c].at.y - l->disc[c].r);
	}
	for (uint32_t c = 0; c < l->nclusters; c++) {
		struct np_disc *d = &l->disc[c];

		d->at.x = (d->at.x - low.x) * l->room;
		d->at.y = (d->at.y - low.y) * l->room;
		d->r *= l->room;
		high.x = fmax(high.x, d->at.x + d->r);
		high.y = fmax(high.y, d->at.y + d->r);
	}
	for (uint32_t i = 0; i < l->n; i++) {
		const struct np_disc *d = &l->disc[l->cluster[i]];

		l->at[i].x = l->at[i].x * l->room + d->at.x;
		l->at[i].y = l->at[i].y * l->room + d->at.y;
	}
	l->w = high.x;
	l->h = high.y;
}

static bool known(const struct np_layout *l)
{
	for (uint32_t i = 0; i < l->n; i++)
		if (l->cluster[i] >= l->nclusters)
			return false;
	for (uint32_t i = 0; i < l->nlinks; i++)
		if (l->link[i].a >= l->n || l->link[i].b >= l->n)
			return false;
	return true;
}

int np_layout(struct np_layout *l, struct np_arena *mem)
{
	struct inside in = {.l = l, .scratch = np_arena(mem->limit)};
	int rc = known(l) ? NP_OK : NP_EINPUT;

	if (rc)
		return rc;
	l->at = np_zalloc(mem, l->n * sizeof(*l->at) + 1);
	l->disc = np_zalloc(mem, l->nclusters * sizeof(*l->disc) + 1);
	rc = l->at && l->disc ? open_inside(&in, mem) : NP_ENOMEM;
	for (uint32_t c = 0; c < l->nclusters && !rc; c++) {
		np_arena_reset(&in.scratch);
		rc = lay_cluster(&in, c, l->at, &l->disc[c].r);
	}
	np_arena_free(&in.scratch);
	if (!rc)
		rc = count_between(l, mem);
	if (!rc)
		rc = lay_clusters(l, mem);
	if (!rc)
		place(l);
	return rc;
}
