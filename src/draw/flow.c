/* SPDX-License-Identifier: ISC */
#include "draw/flow.h"
#include "core/err.h"
#include <stdlib.h>

#define SWEEPS 24

/* One end of a link in the order that is asked for. */
struct end {
	uint32_t column, a, b, link;
	double n;
};

static int end_order(const void *p, const void *q)
{
	const struct end *x = p, *y = q;

	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	if (x->b != y->b)
		return x->b < y->b ? -1 : 1;
	return x->link < y->link ? -1 : x->link > y->link;
}

/* Links by their columns, then by the places of their ends, the left one first
 * or, `back`, the right one. */
static struct end *ends(const struct np_flow *f, bool back,
			struct np_arena *mem)
{
	struct end *v = np_alloc(mem, f->nlinks * sizeof(*v) + 1);

	for (uint32_t i = 0; v && i < f->nlinks; i++) {
		const struct np_flow_link *l = &f->link[i];
		uint32_t a = f->node[l->from].place, b = f->node[l->to].place;

		v[i] = (struct end){f->node[l->from].column, back ? b : a,
				    back ? a : b, i, (double)l->n};
	}
	if (v && f->nlinks)
		qsort(v, f->nlinks, sizeof(*v), end_order);
	return v;
}

/* Of what lies at a place or before it (Fenwick 1994). */
static double sum_to(const double *tree, uint32_t place)
{
	double sum = 0;

	for (uint32_t i = place + 1; i; i &= i - 1)
		sum += tree[i];
	return sum;
}

static double crossed(const struct np_flow *f, const struct end *v,
		      double *tree)
{
	double sum = 0, before = 0;
	uint32_t done = 0;

	for (uint32_t i = 0; i < f->nlinks; i++) {
		if (!i || v[i].column != v[i - 1].column) {
			memset(tree, 0, (f->nnodes + 1) * sizeof(*tree));
			before = 0;
			done = i;
		}
		/* Links from one node do not cross: they wait. */
		for (; v[done].a != v[i].a; done++) {
			for (uint32_t k = v[done].b + 1; k <= f->nnodes;
			     k += k & -k)
				tree[k] += v[done].n;
			before += v[done].n;
		}
		sum += v[i].n * (before - sum_to(tree, v[i].b));
	}
	return sum;
}

int np_flow_crossed(const struct np_flow *f, struct np_arena *mem, double *ret)
{
	double *tree = np_alloc(mem, (f->nnodes + 1) * sizeof(*tree));
	struct end *v = ends(f, false, mem);

	if (!tree || !v)
		return NP_ENOMEM;
	*ret = crossed(f, v, tree);
	return NP_OK;
}

/* ---- the order */

struct rank {
	uint32_t column, place, node;
	double by;
};

static int rank_order(const void *p, const void *q)
{
	const struct rank *x = p, *y = q;

	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	if (x->by < y->by || x->by > y->by)
		return x->by < y->by ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

/* A column by the mean places of those whom its nodes have links to on one
 * side; a node without any stays where it is. */
static void sort_column(struct np_flow *f, uint32_t column, bool back,
			struct rank *r, double *mean)
{
	size_t n = 0;

	memset(mean, 0, 2 * (size_t)f->nnodes * sizeof(*mean));
	for (uint32_t i = 0; i < f->nlinks; i++) {
		const struct np_flow_link *l = &f->link[i];
		uint32_t me = back ? l->from : l->to,
			 you = back ? l->to : l->from;

		mean[2 * me] += (double)l->n * f->node[you].place;
		mean[2 * me + 1] += (double)l->n;
	}
	for (uint32_t i = 0; i < f->nnodes; i++) {
		const struct np_flow_node *x = &f->node[i];

		if (x->column == column)
			r[n++] = (struct rank){column, x->place, i,
					       mean[2 * i + 1] > 0
						       ? mean[2 * i] /
								 mean[2 * i + 1]
						       : x->place};
	}
	if (n)
		qsort(r, n, sizeof(*r), rank_order);
	for (size_t i = 0; i < n; i++)
		f->node[r[i].node].place = (uint32_t)i;
}

static void number(struct np_flow *f, uint32_t *next)
{
	memset(next, 0, f->columns * sizeof(*next));
	for (uint32_t i = 0; i < f->nnodes; i++)
		f->node[i].place = next[f->node[i].column]++;
}

static void sweep(struct np_flow *f, bool back, struct rank *r, double *mean)
{
	for (uint32_t c = 1; c < f->columns; c++)
		sort_column(f, back ? f->columns - 1 - c : c, back, r, mean);
}

/* The best of all sweeps; that of the caller's order is the first. */
static int arrange(struct np_flow *f, struct np_arena *mem)
{
	struct rank *r = np_alloc(mem, f->nnodes * sizeof(*r) + 1);
	double *mean = np_alloc(mem, 2 * (size_t)f->nnodes * sizeof(*mean) + 1);
	uint32_t *best = np_alloc(mem, f->nnodes * sizeof(*best) + 1);
	uint32_t *next = np_alloc(mem, f->columns * sizeof(*next) + 1);
	double least = 0, now = 0;
	int rc = r && mean && best && next ? NP_OK : NP_ENOMEM;

	if (rc)
		return rc;
	number(f, next);
	for (unsigned s = 0; s <= SWEEPS && !rc; s++) {
		if (s)
			sweep(f, s % 2 == 0, r, mean);
		rc = np_flow_crossed(f, mem, &now);
		if (s && now >= least)
			continue;
		least = now;
		for (uint32_t i = 0; i < f->nnodes; i++)
			best[i] = f->node[i].place;
		if (!(least > 0))
			break;
	}
	for (uint32_t i = 0; i < f->nnodes && !rc; i++)
		f->node[i].place = best[i];
	return rc;
}

/* ---- where it lies */

/* What a box of the fullest column is high, and the gap there is room for. */
static double scale_of(const struct np_flow *f, const uint64_t *sum,
		       const uint32_t *count, double *ret_gap)
{
	double scale = -1;
	uint32_t most = 0;

	for (uint32_t c = 0; c < f->columns; c++)
		most = count[c] > most ? count[c] : most;
	/* Gaps take at most a third. */
	*ret_gap = f->gap;
	if (most > 1 && f->gap * (most - 1) > f->in.h / 3)
		*ret_gap = f->in.h / 3 / (most - 1);
	for (uint32_t c = 0; c < f->columns; c++) {
		double room =
			f->in.h - (count[c] ? count[c] - 1 : 0) * *ret_gap;

		if (sum[c] && (scale < 0 || room / (double)sum[c] < scale))
			scale = room / (double)sum[c];
	}
	return scale > 0 ? scale : 0;
}

/* Nodes of a column one under another, in the middle. */
static int put_nodes(struct np_flow *f, struct np_arena *mem, double *ret_scale)
{
	struct rank *r = np_alloc(mem, f->nnodes * sizeof(*r) + 1);
	uint64_t *sum = np_zalloc(mem, f->columns * sizeof(*sum) + 1);
	uint32_t *count = np_zalloc(mem, f->columns * sizeof(*count) + 1);
	double gap, y = 0, step;

	if (!r || !sum || !count)
		return NP_ENOMEM;
	for (uint32_t i = 0; i < f->nnodes; i++) {
		struct np_flow_node *x = &f->node[i];

		r[i] = (struct rank){x->column, x->place, i, 0};
		sum[x->column] += x->n;
		count[x->column]++;
	}
	if (f->nnodes)
		qsort(r, f->nnodes, sizeof(*r), rank_order);
	*ret_scale = scale_of(f, sum, count, &gap);
	step = f->columns > 1 ? (f->in.w - f->thick) / (f->columns - 1) : 0;
	for (uint32_t i = 0; i < f->nnodes; i++) {
		struct np_flow_node *x = &f->node[r[i].node];
		uint32_t c = x->column;

		if (!i || f->node[r[i - 1].node].column != c)
			y = f->in.y + (f->in.h - (double)sum[c] * *ret_scale -
				       gap * (count[c] - 1)) /
					      2;
		x->at = (struct np_rect){f->in.x + step * c, y, f->thick,
					 (double)x->n * *ret_scale};
		y += x->at.h + gap;
	}
	return NP_OK;
}

/* Links leave a node in the order of where they go, and come in in that of
 * where they come from. */
static int put_links(struct np_flow *f, double scale, struct np_arena *mem)
{
	double *used =
		np_zalloc(mem, 2 * (size_t)f->nnodes * sizeof(*used) + 1);
	const struct end *out = ends(f, false, mem), *in = ends(f, true, mem);

	if (!used || !out || !in)
		return NP_ENOMEM;
	for (uint32_t i = 0; i < f->nlinks; i++) {
		struct np_flow_link *l = &f->link[out[i].link];
		const struct np_rect *r = &f->node[l->from].at;

		l->thick = (double)l->n * scale;
		l->start = (struct np_spot){
			r->x + r->w, r->y + used[2 * l->from] + l->thick / 2};
		used[2 * l->from] += l->thick;
	}
	for (uint32_t i = 0; i < f->nlinks; i++) {
		struct np_flow_link *l = &f->link[in[i].link];
		const struct np_rect *r = &f->node[l->to].at;

		l->end = (struct np_spot){r->x, r->y + used[2 * l->to + 1] +
							l->thick / 2};
		used[2 * l->to + 1] += l->thick;
	}
	return NP_OK;
}

/* What goes through each node. */
static int add_up(struct np_flow *f, struct np_arena *mem)
{
	uint64_t *in = np_zalloc(mem, f->nnodes * sizeof(*in) + 1);
	uint64_t *out = np_zalloc(mem, f->nnodes * sizeof(*out) + 1);

	if (!in || !out)
		return NP_ENOMEM;
	for (uint32_t i = 0; i < f->nnodes; i++)
		if (f->node[i].column >= f->columns)
			return NP_EINPUT;
	for (uint32_t i = 0; i < f->nlinks; i++) {
		const struct np_flow_link *l = &f->link[i];

		if (l->from >= f->nnodes || l->to >= f->nnodes ||
		    f->node[l->to].column != f->node[l->from].column + 1)
			return NP_EINPUT;
		out[l->from] += l->n;
		in[l->to] += l->n;
	}
	for (uint32_t i = 0; i < f->nnodes; i++)
		f->node[i].n = in[i] > out[i] ? in[i] : out[i];
	return NP_OK;
}

int np_flow_lay(struct np_flow *f, struct np_arena *mem)
{
	double scale = 0;
	int rc = add_up(f, mem);

	if (!rc)
		rc = arrange(f, mem);
	if (!rc)
		rc = put_nodes(f, mem, &scale);
	return rc ? rc : put_links(f, scale, mem);
}
