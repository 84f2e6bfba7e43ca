/* SPDX-License-Identifier: ISC */
/* How many boxes of which maker, of which family of it, at which site; of more
 * sites than one can tell apart, in which country first. What is too small to
 * be seen is put together, and said to be so many (`more`). */
#include "draw/treemap.h"
#include "report/member.h"
#include "view/drawn.h"
#include <stdlib.h>

#define WIDTH 1000
#define HEIGHT 600
#define DEPTHS 4
#define MOST 40 /* cells of one parent */

enum level { MAKER, FAMILY, COUNTRY, SITE };
static const char *const kinds[] = {"maker", "family", "country", "site"};
/* Between a cell and what is in it, and above it for its name. */
static const double frames[] = {2, 1, 1, 0}, heads[] = {16, 12, 12, 0};

struct cell {
	uint32_t key[DEPTHS]; /* by depth: a maker, a word, a site */
	const char *text;     /* that it is sorted by; NULL: not known */
	uint64_t n, in_scope;
	uint32_t first, count; /* its children in the next depth */
	uint32_t more;	       /* others that it stands for */
	struct np_rect at;
};

struct treemap {
	const struct np_view_in *in;
	struct np_labels family, country;
	enum level level[DEPTHS]; /* by depth */
	unsigned depths;
	struct cell *v[DEPTHS];
	size_t n[DEPTHS];
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

static uint32_t key_in(struct treemap *t, enum level l,
		       const struct np_device *d)
{
	switch (l) {
	case MAKER:
		return d->maker;
	case FAMILY:
		return np_label(&t->family, d->family);
	case COUNTRY:
		return np_label(&t->country,
				np_export_country(t->in->report, d->site));
	case SITE:
		break;
	}
	return d->site;
}

static int add_boxes(struct treemap *t)
{
	const struct np_devices *d = t->in->report->devices;
	struct cell *v = np_alloc(&t->mem, d->n * sizeof(*v) + 1);
	size_t n = 0;

	if (!v)
		return NP_ENOMEM;
	for (size_t i = 0; i < d->n; i++) {
		if (!np_view_shows(t->in, i))
			continue;
		v[n] = (struct cell){.n = 1,
				     .in_scope = np_shade_of(t->in, i) ==
						 NP_SHADE_IN_SCOPE};
		for (unsigned k = 0; k < t->depths; k++) {
			v[n].key[k] = key_in(t, t->level[k], &d->v[i]);
			if (v[n].key[k] == NP_NO_LABEL && t->level[k] != SITE)
				return NP_ENOMEM;
		}
		n++;
	}
	if (n)
		qsort(v, n, sizeof(*v), by_keys);
	t->v[t->depths - 1] = v;
	t->n[t->depths - 1] = n;
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

/* All depths, from boxes up. */
static int count(struct treemap *t, const enum level *level, unsigned depths)
{
	int rc;

	memcpy(t->level, level, depths * sizeof(*level));
	t->depths = depths;
	rc = add_boxes(t);
	if (!rc)
		merge(t);
	for (unsigned depth = depths - 1; depth-- && !rc;)
		rc = gather(t, depth);
	return rc;
}

static int count_all(struct treemap *t)
{
	static const enum level few[] = {MAKER, FAMILY, SITE},
				many[] = {MAKER, FAMILY, COUNTRY, SITE};
	bool sites = np_audience_sees(t->in, NP_SHOW_SITES);
	int rc = count(t, few, sites ? 3 : 2);

	for (size_t i = 0; i < t->n[1] && !rc && sites; i++)
		if (t->v[1][i].count > MOST)
			return count(t, many, 4);
	return rc;
}

/* ---- names */

static const char *key_of(const struct treemap *t, const struct cell *c,
			  unsigned depth)
{
	uint32_t key = c->key[depth];

	switch (t->level[depth]) {
	case MAKER:
		return np_maker_slug(t->in->report->knowledge, (uint16_t)key);
	case FAMILY:
		return t->family.text[key];
	case COUNTRY:
		return t->country.text[key];
	case SITE:
		break;
	}
	return np_view_site(t->in, key);
}

static const char *label_of(const struct treemap *t, const struct cell *c,
			    unsigned depth)
{
	const struct np_report *r = t->in->report;
	const char *key = key_of(t, c, depth), *name = NULL;

	if (t->level[depth] == MAKER)
		name = np_report_maker(r, (uint16_t)c->key[depth]);
	if (t->level[depth] == COUNTRY && key)
		name = np_place_name(r->law, key);
	if (t->level[depth] == SITE)
		name = np_view_site_name(t->in, c->key[depth]);
	return name ? name : key;
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
static struct np_rect inside(const struct treemap *t, const struct cell *c,
			     unsigned depth)
{
	enum level l = t->level[depth];
	bool head = c->at.h > 3 * heads[l] && c->at.w > 40;

	return np_rect_inside(c->at, frames[l], head ? heads[l] : 0);
}

/* Cells v[0..n] of a depth, and all in them; how many of them are shown. Those
 * that are not are passed over: their parent's count ends before them. */
static uint32_t lay_all(struct treemap *t, struct cell *v, uint32_t n,
			unsigned depth, struct np_rect in)
{
	n = cut(t, v, n, depth);
	lay(v, n, in);
	for (uint32_t i = 0; i < n && depth + 1 < t->depths; i++)
		v[i].count =
			lay_all(t, t->v[depth + 1] + v[i].first, v[i].count,
				depth + 1, inside(t, &v[i], depth));
	return n;
}

/* ---- text */

static void put_cell(const struct treemap *t, const struct cell *c,
		     unsigned depth, int64_t parent, struct np_buf *b)
{
	np_putf(b, "{\"parent\":%lld,\"depth\":%u,\"kind\":\"%s\",\"key\":",
		(long long)parent, depth, kinds[t->level[depth]]);
	np_put_jtext(b, c->more ? NULL : key_of(t, c, depth));
	np_put_jmember(b, "label", c->more ? NULL : label_of(t, c, depth));
	np_member_n(b, "n", c->n);
	np_member_n(b, "in_scope", c->in_scope);
	np_member_n(b, "more", c->more);
	np_put_rect(&c->at, b);
	np_putc(b, '}');
}

/* Parents before their children; *put counts what is put. */
static void put_all(const struct treemap *t, const struct cell *v, uint32_t n,
		    unsigned depth, int64_t parent, int64_t *put,
		    struct np_buf *b)
{
	for (uint32_t i = 0; i < n; i++) {
		int64_t at = (*put)++;

		np_puts(b, at ? ",\n" : "");
		put_cell(t, &v[i], depth, parent, b);
		if (depth + 1 < t->depths)
			put_all(t, t->v[depth + 1] + v[i].first, v[i].count,
				depth + 1, at, put, b);
	}
}

int np_view_treemap(const struct np_view_in *in, struct np_buf *b,
		    struct np_err *reterr)
{
	struct np_rect all = {0, 0, WIDTH, HEIGHT};
	struct treemap t = {.in = in, .mem = np_arena((size_t)1 << 30)};
	int64_t put = 0;
	uint32_t n;
	int rc;

	(void)reterr;
	t.family.mem = t.country.mem = &t.mem;
	rc = count_all(&t);
	if (!rc) {
		n = lay_all(&t, t.v[0], (uint32_t)t.n[0], 0, all);
		np_view_head(b, "treemap");
		np_putf(b, ",\"box\":[%d,%d],\"nodes\":[", WIDTH, HEIGHT);
		put_all(&t, t.v[0], n, 0, -1, &put, b);
		np_puts(b, "]}");
	}
	np_arena_free(&t.mem);
	return rc ? rc : b->failed ? NP_ENOMEM : NP_OK;
}
