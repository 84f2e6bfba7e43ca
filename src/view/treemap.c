/* SPDX-License-Identifier: ISC */
/* How many boxes of which maker, of which family of it, at which site. What is
 * too small to be seen is put together, and said to be so many (`more`). */
#include "draw/treemap.h"
#include "report/member.h"
#include "view/drawn.h"
#include <stdlib.h>

#define WIDTH 1000
#define HEIGHT 600
#define DEPTHS 3
#define MOST 40 /* cells of one parent */

static const char *const kinds[DEPTHS] = {"maker", "family", "site"};
/* Between a cell and what is in it, and above it for its name. */
static const double frames[DEPTHS] = {2, 1, 0}, heads[DEPTHS] = {16, 12, 0};

struct cell {
	uint32_t key[DEPTHS]; /* maker, family's word, site */
	const char *text;     /* that it is sorted by; NULL: not known */
	uint64_t n, in_scope;
	uint32_t first, count; /* its children in the next depth */
	uint32_t more;	       /* others that it stands for */
	struct np_rect at;
};

struct treemap {
	const struct np_view_in *in;
	struct np_labels family;
	struct cell *v[DEPTHS];
	size_t n[DEPTHS];
	unsigned depths; /* who sees no sites gets two */
	struct np_arena mem;
};

static int by_keys(const void *p, const void *q)
{
	const struct cell *x = p, *y = q;

	for (unsigned i = 0; i < DEPTHS; i++)
		if (x->key[i] != y->key[i])
			return x->key[i] < y->key[i] ? -1 : 1;
	return 0;
}

static int add_boxes(struct treemap *t)
{
	const struct np_devices *d = t->in->report->devices;
	unsigned last = t->depths - 1;
	struct cell *v = np_alloc(&t->mem, d->n * sizeof(*v) + 1);
	size_t n = 0;

	if (!v)
		return NP_ENOMEM;
	for (size_t i = 0; i < d->n; i++) {
		uint32_t family;

		if (!np_view_shows(t->in, i))
			continue;
		family = np_label(&t->family, d->v[i].family);
		if (family == NP_NO_LABEL)
			return NP_ENOMEM;
		v[n++] = (struct cell){.key = {d->v[i].maker, family,
					       last == 2 ? d->v[i].site : 0},
				       .n = 1,
				       .in_scope = np_shade_of(t->in, i) ==
						   NP_SHADE_IN_SCOPE};
	}
	if (n)
		qsort(v, n, sizeof(*v), by_keys);
	t->v[last] = v;
	t->n[last] = n;
	return NP_OK;
}

static bool same(const struct cell *a, const struct cell *b, unsigned depth)
{
	for (unsigned i = 0; i <= depth; i++)
		if (a->key[i] != b->key[i])
			return false;
	return true;
}

/* Boxes to cells of the last depth, which are fewer. */
static void merge(struct treemap *t)
{
	unsigned last = t->depths - 1;
	struct cell *v = t->v[last];
	size_t k = 0;

	for (size_t i = 0; i < t->n[last]; i++) {
		if (k && same(&v[i], &v[k - 1], last)) {
			v[k - 1].n += v[i].n;
			v[k - 1].in_scope += v[i].in_scope;
		} else {
			v[k++] = v[i];
		}
	}
	t->n[last] = k;
}

/* The cells above those of a depth. */
static int gather(struct treemap *t, unsigned depth)
{
	const struct cell *v = t->v[depth + 1];
	struct cell *up = np_alloc(&t->mem, t->n[depth + 1] * sizeof(*up) + 1);
	size_t k = 0;

	if (!up)
		return NP_ENOMEM;
	for (size_t i = 0; i < t->n[depth + 1]; i++) {
		if (!k || !same(&v[i], &up[k - 1], depth)) {
			up[k] = v[i];
			up[k].first = (uint32_t)i;
			up[k].count = 0;
			up[k].n = up[k].in_scope = 0;
			k++;
		}
		up[k - 1].count++;
		up[k - 1].n += v[i].n;
		up[k - 1].in_scope += v[i].in_scope;
	}
	t->v[depth] = up;
	t->n[depth] = k;
	return NP_OK;
}

/* ---- names */

static const char *key_of(const struct treemap *t, const struct cell *c,
			  unsigned depth)
{
	if (depth == 0)
		return np_maker_slug(t->in->report->knowledge,
				     (uint16_t)c->key[0]);
	if (depth == 1)
		return t->family.text[c->key[1]];
	return np_view_site(t->in, c->key[2]);
}

static const char *label_of(const struct treemap *t, const struct cell *c,
			    unsigned depth)
{
	const char *name = NULL;

	if (depth == 0)
		name = np_report_maker(t->in->report, (uint16_t)c->key[0]);
	if (depth == 2)
		name = np_view_site_name(t->in, c->key[2]);
	return name ? name : key_of(t, c, depth);
}

/* ---- places */

static int by_size(const void *p, const void *q)
{
	const struct cell *x = p, *y = q;

	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	if (!x->text || !y->text)
		return (y->text != NULL) - (x->text != NULL);
	return strcmp(x->text, y->text);
}

/* The greatest first; those behind the last that is shown are one. How many
 * there are then. */
static uint32_t cut(struct treemap *t, struct cell *v, uint32_t n,
		    unsigned depth)
{
	for (uint32_t i = 0; i < n; i++)
		v[i].text = key_of(t, &v[i], depth);
	if (n)
		qsort(v, n, sizeof(*v), by_size);
	if (n <= MOST)
		return n;
	v[MOST - 1].more = n - MOST + 1;
	for (uint32_t i = MOST; i < n; i++) {
		v[MOST - 1].n += v[i].n;
		v[MOST - 1].in_scope += v[i].in_scope;
	}
	v[MOST - 1].count = 0;
	return MOST;
}

static void lay(struct cell *v, uint32_t n, struct np_rect in)
{
	double size[MOST] = {0};
	struct np_rect at[MOST];

	for (uint32_t i = 0; i < n; i++)
		size[i] = (double)v[i].n;
	np_squarify(size, n, in, at);
	for (uint32_t i = 0; i < n; i++)
		v[i].at = at[i];
}

/* Room for a name is left where there is room for more. */
static struct np_rect inside(const struct cell *c, unsigned depth)
{
	bool head = c->at.h > 3 * heads[depth] && c->at.w > 40;

	return np_rect_inside(c->at, frames[depth], head ? heads[depth] : 0);
}

/* Cells that are not shown are passed over: their parent's count ends before
 * them. */
static void lay_all(struct treemap *t)
{
	struct np_rect all = {0, 0, WIDTH, HEIGHT};

	t->n[0] = cut(t, t->v[0], (uint32_t)t->n[0], 0);
	lay(t->v[0], (uint32_t)t->n[0], all);
	for (size_t i = 0; i < t->n[0]; i++) {
		struct cell *m = &t->v[0][i];

		m->count = cut(t, t->v[1] + m->first, m->count, 1);
		lay(t->v[1] + m->first, m->count, inside(m, 0));
		for (uint32_t k = 0; k < m->count && t->depths > 2; k++) {
			struct cell *f = &t->v[1][m->first + k];

			f->count = cut(t, t->v[2] + f->first, f->count, 2);
			lay(t->v[2] + f->first, f->count, inside(f, 1));
		}
	}
}

/* ---- text */

static uint32_t put_cell(const struct treemap *t, const struct cell *c,
			 unsigned depth, int64_t parent, uint32_t *n,
			 struct np_buf *b)
{
	np_putf(b, "%s{\"parent\":%lld,\"depth\":%u,\"kind\":\"%s\",\"key\":",
		*n ? ",\n" : "", (long long)parent, depth, kinds[depth]);
	np_put_jtext(b, c->more ? NULL : key_of(t, c, depth));
	np_put_jmember(b, "label", c->more ? NULL : label_of(t, c, depth));
	np_member_n(b, "n", c->n);
	np_member_n(b, "in_scope", c->in_scope);
	np_member_n(b, "more", c->more);
	np_put_rect(&c->at, b);
	np_putc(b, '}');
	return (*n)++;
}

static void put_all(const struct treemap *t, struct np_buf *b)
{
	uint32_t n = 0;

	np_puts(b, ",\"nodes\":[");
	for (size_t i = 0; i < t->n[0]; i++) {
		const struct cell *m = &t->v[0][i];
		uint32_t at = put_cell(t, m, 0, -1, &n, b);

		for (uint32_t k = 0; k < m->count; k++) {
			const struct cell *f = &t->v[1][m->first + k];
			uint32_t below = put_cell(t, f, 1, at, &n, b);

			for (uint32_t s = 0; s < f->count; s++)
				put_cell(t, &t->v[2][f->first + s], 2, below,
					 &n, b);
		}
	}
	np_putc(b, ']');
}

int np_view_treemap(const struct np_view_in *in, struct np_buf *b,
		    struct np_err *reterr)
{
	struct treemap t = {.in = in, .mem = np_arena((size_t)1 << 30)};
	int rc;

	(void)reterr;
	t.family.mem = &t.mem;
	t.depths = np_audience_sees(in, NP_SHOW_SITES) ? 3 : 2;
	rc = add_boxes(&t);
	if (!rc)
		merge(&t);
	for (unsigned depth = t.depths - 1; depth-- && !rc;)
		rc = gather(&t, depth);
	if (!rc) {
		lay_all(&t);
		np_view_head(b, "treemap");
		np_putf(b, ",\"box\":[%d,%d]", WIDTH, HEIGHT);
		put_all(&t, b);
		np_putc(b, '}');
	}
	np_arena_free(&t.mem);
	return rc ? rc : b->failed ? NP_ENOMEM : NP_OK;
}
