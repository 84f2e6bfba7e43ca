/* SPDX-License-Identifier: ISC */
/* Who comes before whom: plan.yaml's `before`, and that it has no circles. */
#include "plan/building.h"

#define MOST_BEFORE 1000000

int np_building_before(struct np_building *b, struct np_before x,
		       const struct np_yaml *said)
{
	struct np_work *w = b->w;
	size_t cap = b->before_cap;

	if (w->m.nbefore >= MOST_BEFORE + w->m.ntasks && said)
		return np_building_expect(
			b, said,
			"expected at most 1,000,000 pairs of boxes of which "
			"one waits for the other: name fewer");
	w->before =
		np_building_grow(b, w->before, w->m.nbefore, &cap, sizeof(x));
	b->said = np_building_grow(b, b->said, w->m.nbefore, &b->before_cap,
				   sizeof(*b->said));
	if (!w->before || !b->said)
		return np_building_no_memory(b);
	b->said[w->m.nbefore] = said;
	w->before[w->m.nbefore++] = x;
	return NP_OK;
}

/* ---- places */

static const char *place_of(const struct np_box *x, enum np_within w)
{
	const char *s = w == NP_W_SITE	   ? x->site
			: w == NP_W_REGION ? x->region
					   : NULL;

	return s ? s : "";
}

bool np_same_place(const struct np_box *x, const struct np_box *y,
		   enum np_within w)
{
	return strcmp(place_of(x, w), place_of(y, w)) == 0;
}

struct sorting {
	const struct np_box *box;
	enum np_within within;
};

static int by_place(const void *a, const void *b, void *ctx)
{
	const struct sorting *s = ctx;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	int d = strcmp(place_of(&s->box[x], s->within),
		       place_of(&s->box[y], s->within));

	return d ? d : x < y ? -1 : x > y;
}

const uint32_t *np_building_places(struct np_building *b, enum np_within w)
{
	struct sorting s = {.box = b->w->box, .within = w};
	uint32_t n = b->w->nboxes, *v = b->by_place[w];

	if (v)
		return v;
	v = np_alloc(b->mem, ((size_t)n + 1) * sizeof(*v));
	for (uint32_t i = 0; v && i < n; i++)
		v[i] = i;
	if (v)
		qsort_r(v, n, sizeof(*v), by_place, &s);
	b->by_place[w] = v;
	return v;
}

/* ---- before: - {first: core, then: ran, lag: 1} */

struct said {
	const struct np_yaml *y;
	const char *first, *then;
	uint8_t lag;
};

static int add(struct np_building *b, const struct said *s, uint32_t i,
	       uint32_t k)
{
	if (i == k)
		return NP_OK;
	return np_building_before(b,
				  (struct np_before){.a = b->w->box[i].remove,
						     .b = b->w->box[k].remove,
						     .lag = s->lag},
				  s->y);
}

/* Whom one box comes before, within v[from .. until - 1]. */
static int add_of(struct np_building *b, const struct said *s, uint32_t i,
		  const uint32_t *v, uint32_t from, uint32_t until)
{
	int rc = NP_OK;

	for (uint32_t k = from; k < until && !rc; k++)
		if (b->hit[v[k]])
			rc = add(b, s, i, v[k]);
	return rc;
}

/* Boxes by name anywhere; else within one region. */
static int add_said(struct np_building *b, const struct np_yaml *y)
{
	const uint32_t *v = np_building_places(b, NP_W_REGION);
	const struct np_box *box = b->w->box;
	struct said s = {.y = y,
			 .first = np_yaml_text(y, "first"),
			 .then = np_yaml_text(y, "then")};
	const struct np_yaml *l = np_yaml_get(y, "lag");
	uint32_t n = b->w->nboxes, end = 0;
	uint64_t lag = 0;
	bool named = false;
	int rc = NP_OK;

	if (!s.first || !s.then || (l && !np_yaml_uint(l, 24, &lag)))
		return np_building_expect(
			b, y, "expected first, then, and lag: 0 to 24");
	if (!v)
		return np_building_no_memory(b);
	s.lag = (uint8_t)lag;
	for (uint32_t i = 0; i < n; i++) {
		size_t near = np_box_about(&box[i], s.then);

		b->hit[i] = near > 0;
		named |= near == NP_NAMED;
	}
	for (uint32_t i = 0, from = 0; i < n && !rc; i++) {
		size_t near = np_box_about(&box[v[i]], s.first);

		if (i == end) {
			from = i;
			while (end < n &&
			       np_same_place(&box[v[i]], &box[v[end]],
					     NP_W_REGION))
				end++;
		}
		if (!near)
			continue;
		rc = named || near == NP_NAMED
			     ? add_of(b, &s, v[i], v, 0, n)
			     : add_of(b, &s, v[i], v, from, end);
	}
	return rc;
}

/* ---- circles */

/* Numbers of befores by their first end. */
static uint32_t *by_first(const struct np_building *b, uint32_t *first)
{
	const struct np_work *w = b->w;
	uint32_t *v = np_alloc(b->mem, ((size_t)w->m.nbefore + 1) * sizeof(*v));

	for (uint32_t i = 0; i < w->m.nbefore; i++)
		first[w->before[i].a + 2]++;
	for (uint32_t j = 2; j < w->m.ntasks + 2; j++)
		first[j] += first[j - 1];
	for (uint32_t i = 0; v && i < w->m.nbefore; i++)
		v[first[w->before[i].a + 1]++] = i;
	return v;
}

/* Takes away whoever waits for nobody, until nobody does; an entry between two
 * that stay is part of a circle. */
static int check_circles(const struct np_building *b)
{
	const struct np_work *w = b->w;
	size_t n = w->m.ntasks;
	uint32_t *open = np_zalloc(b->mem, (n + 1) * sizeof(*open));
	uint32_t *first = np_zalloc(b->mem, (n + 2) * sizeof(*first));
	uint32_t *list = np_alloc(b->mem, (n + 1) * sizeof(*list)), gone = 0;
	uint32_t *v = first ? by_first(b, first) : NULL;

	if (!open || !first || !list || !v)
		return np_building_no_memory(b);
	for (uint32_t i = 0; i < w->m.nbefore; i++)
		open[w->before[i].b]++;
	for (uint32_t j = 0; j < n; j++)
		if (!open[j])
			list[gone++] = j;
	for (uint32_t i = 0; i < gone; i++)
		for (uint32_t k = first[list[i]]; k < first[list[i] + 1]; k++)
			if (--open[w->before[v[k]].b] == 0)
				list[gone++] = w->before[v[k]].b;
	for (uint32_t i = 0; gone < n && i < w->m.nbefore; i++)
		if (b->said[i] && open[w->before[i].a] && open[w->before[i].b])
			return np_building_expect(
				b, b->said[i],
				"expected an order without circles: this entry "
				"is part of one");
	return NP_OK;
}

int np_building_order(struct np_building *b)
{
	int rc = NP_OK;

	NP_YAML_EACH(y, np_building_key(b, "before"))
	{
		if (!rc)
			rc = add_said(b, y);
	}
	return rc ? rc : check_circles(b);
}
