/* SPDX-License-Identifier: ISC */
/*
 * Springs and repulsion. Bodies repel as their areas do, and all are drawn to
 * the middle as if the disc they fill evenly was charged against them: so what
 * no link holds spreads evenly. A spring's pull is shared by the links of its
 * end, which keeps a hub of ten thousand links from being thrown about.
 */
#include "core/err.h"
#include "draw/layout.h"
#include <math.h>
#include <stdbool.h>

#define THETA2 1.44 /* a cell this small, squared, seen from here, is one */
#define PUSH 0.3    /* what a body does of the field in a round */
#define GRAVITY 0.5 /* of the even disc's */
#define NEAR2 0.01  /* nearer than this nobody pushes harder */
#define DEEPEST 24  /* below, bodies count as one */
#define NO_CELL 0   /* the root is nobody's child */
#define NO_BODY UINT32_MAX
#define GOLDEN 2.39996322972865332 /* pi (3 - sqrt 5) */

struct cell {
	double x, y, mass; /* sums, then the middle of what is in it */
	uint32_t child[4];
	uint32_t body; /* of a leaf with one */
	bool leaf;
};

struct tree {
	struct cell *v;
	uint32_t n, cap;
	double x, y, size; /* the root's corner and side */
};

static double mass_of(const struct np_body *b)
{
	return 4 * b->r * b->r;
}

static void bounds(struct tree *t, const struct np_body *v, uint32_t n)
{
	double x1 = v[0].at.x, y1 = v[0].at.y;

	t->x = x1;
	t->y = y1;
	for (uint32_t i = 1; i < n; i++) {
		t->x = fmin(t->x, v[i].at.x);
		t->y = fmin(t->y, v[i].at.y);
		x1 = fmax(x1, v[i].at.x);
		y1 = fmax(y1, v[i].at.y);
	}
	t->size = fmax(fmax(x1 - t->x, y1 - t->y), 1e-6) * 1.000001;
}

static uint32_t quarter(const struct np_spot *p, double x, double y)
{
	return (p->x >= x) + 2u * (p->y >= y);
}

static uint32_t add_cell(struct tree *t)
{
	t->v[t->n] = (struct cell){.leaf = true, .body = NO_BODY};
	return t->n++;
}

static void put_in(struct cell *c, const struct np_body *b)
{
	double m = mass_of(b);

	c->x += m * b->at.x;
	c->y += m * b->at.y;
	c->mass += m;
}

/* The body of a leaf that gets company goes one down. */
static bool divide(struct tree *t, uint32_t at, const struct np_body *v,
		   double x, double y)
{
	uint32_t body = t->v[at].body, down;

	if (t->n >= t->cap)
		return false;
	t->v[at].leaf = false;
	t->v[at].body = NO_BODY;
	down = add_cell(t);
	t->v[at].child[quarter(&v[body].at, x, y)] = down;
	t->v[down].body = body;
	put_in(&t->v[down], &v[body]);
	return true;
}

static void insert(struct tree *t, const struct np_body *v, uint32_t i)
{
	double half = t->size / 2, x = t->x + half, y = t->y + half;
	uint32_t at = 0;

	for (unsigned depth = 0;; depth++) {
		uint32_t q = quarter(&v[i].at, x, y);

		put_in(&t->v[at], &v[i]);
		if (depth == DEEPEST)
			return;
		if (t->v[at].leaf && t->v[at].body == NO_BODY) {
			t->v[at].body = i;
			return;
		}
		if (t->v[at].leaf && !divide(t, at, v, x, y))
			return;
		if (t->v[at].child[q] == NO_CELL) {
			if (t->n >= t->cap)
				return;
			t->v[at].child[q] = add_cell(t);
		}
		at = t->v[at].child[q];
		half /= 2;
		x += q & 1 ? half : -half;
		y += q & 2 ? half : -half;
	}
}

static void grow(struct tree *t, const struct np_body *v, uint32_t n)
{
	bounds(t, v, n);
	t->n = 0;
	add_cell(t);
	t->v[0].leaf = n == 1;
	t->v[0].body = n == 1 ? 0 : NO_BODY;
	if (n == 1)
		return;
	for (uint32_t i = 0; i < n; i++)
		insert(t, v, i);
	for (uint32_t i = 0; i < t->n; i++) {
		struct cell *c = &t->v[i];

		c->x = c->mass > 0 ? c->x / c->mass : 0;
		c->y = c->mass > 0 ? c->y / c->mass : 0;
	}
}

/* The field at body i. */
static struct np_spot field(const struct tree *t, const struct np_body *v,
			    uint32_t i)
{
	struct {
		uint32_t cell;
		double size2;
	} todo[3 * DEEPEST + 4];
	struct np_spot f = {0, 0}, at = v[i].at;
	unsigned n = 1;

	todo[0].cell = 0;
	todo[0].size2 = t->size * t->size;
	while (n) {
		const struct cell *c = &t->v[todo[--n].cell];
		double size2 = todo[n].size2;
		double x = at.x - c->x, y = at.y - c->y, d2 = x * x + y * y;

		if (!c->leaf && size2 > THETA2 * d2) {
			for (unsigned q = 0; q < 4; q++) {
				if (c->child[q] == NO_CELL)
					continue;
				todo[n].cell = c->child[q];
				todo[n++].size2 = size2 / 4;
			}
			continue;
		}
		if (c->body == i)
			continue;
		if (d2 < 1e-12) { /* on one spot: each goes its own way */
			x = 0.1 * cos(i * GOLDEN);
			y = 0.1 * sin(i * GOLDEN);
		}
		d2 = fmax(d2, NEAR2);
		f.x += c->mass * x / d2;
		f.y += c->mass * y / d2;
	}
	return f;
}

/* ---- springs */

static void pull(const struct np_body *v, const struct np_layout_link *link,
		 uint32_t nlinks, const uint32_t *degree, struct np_spot *move)
{
	for (uint32_t i = 0; i < nlinks; i++) {
		uint32_t a = link[i].a, b = link[i].b;
		double x = v[b].at.x - v[a].at.x, y = v[b].at.y - v[a].at.y;
		double d = sqrt(x * x + y * y), far = d - v[a].r - v[b].r;

		if (a == b || far <= 0)
			continue;
		x *= far / d;
		y *= far / d;
		move[a].x += x / (1 + degree[a]);
		move[a].y += y / (1 + degree[a]);
		move[b].x -= x / (1 + degree[b]);
		move[b].y -= y / (1 + degree[b]);
	}
}

static void step(struct np_body *v, uint32_t n, const struct np_spot *move,
		 double most)
{
	for (uint32_t i = 0; i < n; i++) {
		double d = sqrt(move[i].x * move[i].x + move[i].y * move[i].y);
		double by = d > most ? most / d : 1;

		v[i].at.x += move[i].x * by;
		v[i].at.y += move[i].y * by;
	}
}

static struct np_spot middle(const struct np_body *v, uint32_t n,
			     double *ret_mass)
{
	struct np_spot c = {0, 0};
	double mass = 0;

	for (uint32_t i = 0; i < n; i++) {
		double m = mass_of(&v[i]);

		c.x += m * v[i].at.x;
		c.y += m * v[i].at.y;
		mass += m;
	}
	*ret_mass = mass;
	return mass > 0 ? (struct np_spot){c.x / mass, c.y / mass} : c;
}

int np_settle(struct np_body *v, uint32_t n, const struct np_layout_link *link,
	      uint32_t nlinks, unsigned rounds, struct np_arena *mem)
{
	struct tree t = {.cap = 4 * n + 64};
	struct np_spot *move = np_alloc(mem, n * sizeof(*move) + 1);
	uint32_t *degree = np_zalloc(mem, n * sizeof(*degree) + 1);
	double mass, hot;

	t.v = np_alloc(mem, t.cap * sizeof(*t.v));
	if (!t.v || !move || !degree)
		return NP_ENOMEM;
	for (uint32_t i = 0; i < nlinks; i++) {
		degree[link[i].a] += link[i].a != link[i].b;
		degree[link[i].b] += link[i].a != link[i].b;
	}
	for (unsigned r = 0; r < rounds && n > 1; r++) {
		struct np_spot c = middle(v, n, &mass);

		hot = sqrt(mass) / 8 + 0.5;
		grow(&t, v, n);
		for (uint32_t i = 0; i < n; i++) {
			struct np_spot f = field(&t, v, i);

			move[i].x = PUSH * (f.x - GRAVITY * (v[i].at.x - c.x));
			move[i].y = PUSH * (f.y - GRAVITY * (v[i].at.y - c.y));
		}
		pull(v, link, nlinks, degree, move);
		step(v, n, move, hot * (rounds - r) / rounds * 0.98 + 0.02);
	}
	return NP_OK;
}
