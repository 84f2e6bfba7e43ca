/* SPDX-License-Identifier: ISC */
/*
 * Discs that overlap are pushed apart, the greater one less. Who may touch whom
 * is found by grids, one a power of two of radius, so that a disc of ten
 * thousand nodes beside as many small ones costs no more than they do.
 */
#include "core/err.h"
#include "draw/layout.h"
#include <math.h>
#include <stdbool.h>

#define ROUNDS 80
#define LEVELS 32
#define NOBODY UINT32_MAX

struct square {
	int64_t x, y;
	uint32_t next; /* in its bucket */
	uint8_t level;
};

struct grid {
	struct np_disc *disc;
	struct square *square; /* by disc */
	uint32_t *bucket;
	uint32_t n, mask;
	uint32_t count[LEVELS];
	double least, gap; /* radius */
};

static double side(const struct grid *g, unsigned level)
{
	return 2 * ldexp(g->least, (int)level) + g->gap;
}

static uint8_t level_of(const struct grid *g, double r)
{
	unsigned l = 0;

	while (l < LEVELS - 1 && ldexp(g->least, (int)l) < r)
		l++;
	return (uint8_t)l;
}

static uint32_t bucket_of(const struct grid *g, unsigned level, int64_t x,
			  int64_t y)
{
	uint64_t h = (uint64_t)x * 0x9e3779b97f4a7c15u ^
		     (uint64_t)y * 0xc2b2ae3d27d4eb4fu ^
		     level * 0x165667b19e3779f9u;

	h ^= h >> 29;
	h *= 0xbf58476d1ce4e5b9u;
	return (uint32_t)(h >> 32) & g->mask;
}

static void fill(struct grid *g)
{
	memset(g->bucket, 0xff, ((size_t)g->mask + 1) * sizeof(*g->bucket));
	memset(g->count, 0, sizeof(g->count));
	for (uint32_t i = 0; i < g->n; i++) {
		struct square *s = &g->square[i];
		uint32_t *b;

		s->level = level_of(g, g->disc[i].r);
		s->x = (int64_t)floor(g->disc[i].at.x / side(g, s->level));
		s->y = (int64_t)floor(g->disc[i].at.y / side(g, s->level));
		b = &g->bucket[bucket_of(g, s->level, s->x, s->y)];
		s->next = *b;
		*b = i;
		g->count[s->level]++;
	}
}

/* How far two are into each other; negative: they are not. */
static double into(const struct grid *g, uint32_t i, uint32_t k, double *ret_d)
{
	const struct np_disc *a = &g->disc[i], *b = &g->disc[k];
	double x = b->at.x - a->at.x, y = b->at.y - a->at.y;
	double reach = a->r + b->r + g->gap, d2 = x * x + y * y;

	if (d2 >= reach * reach)
		return -1;
	*ret_d = sqrt(d2);
	return reach - *ret_d;
}

static void push(struct grid *g, uint32_t i, uint32_t k, double by, double d)
{
	struct np_disc *a = &g->disc[i], *b = &g->disc[k];
	double m = a->r * a->r / (a->r * a->r + b->r * b->r), x, y;

	if (d > 1e-9) {
		x = (b->at.x - a->at.x) / d;
		y = (b->at.y - a->at.y) / d;
	} else { /* on one spot: by their numbers */
		x = cos(i + 2.0 * k);
		y = sin(i + 2.0 * k);
	}
	by *= 1.001;
	a->at.x -= x * by * (1 - m);
	a->at.y -= y * by * (1 - m);
	b->at.x += x * by * m;
	b->at.y += y * by * m;
}

/* What one round found. */
struct found {
	uint32_t overlaps;
	double scale; /* that would end the worst without its gap */
};

static void meet(struct grid *g, uint32_t i, uint32_t k, bool move,
		 struct found *f)
{
	double d = 0, by = into(g, i, k, &d), reach;

	if (by <= 0)
		return;
	reach = g->disc[i].r + g->disc[k].r;
	if (d < reach) {
		f->overlaps++;
		f->scale = fmax(f->scale, reach / fmax(d, reach * 1e-3));
	}
	if (move)
		push(g, i, k, by, d);
}

/* Those of one level around disc i; of its own level each pair once. */
static void look(struct grid *g, uint32_t i, unsigned level, bool move,
		 struct found *f)
{
	double s = side(g, level);
	int64_t x = (int64_t)floor(g->disc[i].at.x / s);
	int64_t y = (int64_t)floor(g->disc[i].at.y / s);

	for (int64_t p = x - 1; p <= x + 1; p++)
		for (int64_t q = y - 1; q <= y + 1; q++) {
			uint32_t k = g->bucket[bucket_of(g, level, p, q)];

			for (; k != NOBODY; k = g->square[k].next) {
				const struct square *o = &g->square[k];

				if (o->level == level && o->x == p &&
				    o->y == q &&
				    (level != g->square[i].level || k > i))
					meet(g, i, k, move, f);
			}
		}
}

static struct found look_all(struct grid *g, bool move)
{
	struct found f = {0, 1};

	fill(g);
	for (uint32_t i = 0; i < g->n; i++)
		for (unsigned l = g->square[i].level; l < LEVELS; l++)
			if (g->count[l])
				look(g, i, l, move, &f);
	return f;
}

/* What the last round made, and what all of them left, is ended by more room
 * for all. */
static void widen(struct grid *g)
{
	for (unsigned i = 0; i < 8; i++) {
		struct found f = look_all(g, false);

		if (!f.overlaps)
			return;
		for (uint32_t k = 0; k < g->n; k++) {
			g->disc[k].at.x *= f.scale * 1.0001;
			g->disc[k].at.y *= f.scale * 1.0001;
		}
	}
}

int np_apart(struct np_disc *v, uint32_t n, double gap, struct np_arena *mem)
{
	struct grid g = {.disc = v, .n = n, .gap = gap, .mask = 63};

	while (g.mask < n)
		g.mask = g.mask * 2 + 1;
	g.square = np_alloc(mem, n * sizeof(*g.square) + 1);
	g.bucket = np_alloc(mem, ((size_t)g.mask + 1) * sizeof(*g.bucket));
	if (!g.square || !g.bucket)
		return NP_ENOMEM;
	g.least = INFINITY;
	for (uint32_t i = 0; i < n; i++)
		g.least = fmin(g.least, v[i].r);
	for (unsigned r = 0; r < ROUNDS && n > 1; r++)
		if (!look_all(&g, true).overlaps)
			break;
	if (n > 1)
		widen(&g);
	return NP_OK;
}
