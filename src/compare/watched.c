/* SPDX-License-Identifier: ISC */
/* What the newer dossier looked at, where the older one heard a device. */
#include "compare/inside.h"
#include <stdlib.h>
#include <string.h>

#define MOST 32 /* places and methods that one device is shown with */

/* What one method looked at in one place. */
struct sum {
	const char *site, *method;
	struct np_watched w;
};

struct sums {
	struct sum *v; /* sorted by site, then method */
	size_t n;
};

struct np_watching {
	struct sums old, new;
	const struct np_watch **by_source; /* of OLD, sorted */
};

static const char *text(const char *s)
{
	return s ? s : "";
}

static int by_place(const char *site, const char *method, const char *site2,
		    const char *method2)
{
	int d = strcmp(text(site), text(site2));

	return d ? d : strcmp(text(method), text(method2));
}

/* By place, method and beginning. */
static int order(const void *a, const void *b)
{
	const struct np_watch *const *x = a, *const *y = b;
	int d = by_place((*x)->site, (*x)->method, (*y)->site, (*y)->method);

	return d ? d
		 : ((*x)->first > (*y)->first) - ((*x)->first < (*y)->first);
}

static int by_number(const void *a, const void *b)
{
	const struct np_watch *const *x = a, *const *y = b;

	return ((*x)->source > (*y)->source) - ((*x)->source < (*y)->source);
}

static bool timed(const struct np_watch *w)
{
	return w->first != NP_NEVER && w->last != NP_NEVER;
}

/* Adds what begins behind all that was added before; `to` is how far the time
 * is covered. */
static void add(struct np_watched *s, const struct np_watch *w, int64_t *to)
{
	int64_t from = w->first;

	s->sources++;
	s->frames += w->frames;
	s->first = np_time_min(s->first, w->first);
	s->last = np_time_max(s->last, w->last);
	if (!timed(w))
		return;
	if (s->length < 0)
		s->length = 0;
	if (*to != NP_NEVER && from < *to)
		from = *to;
	if (w->last > from)
		s->length += w->last - from;
	*to = np_time_max(*to, w->last);
}

static const struct np_watch **sorted(const struct np_side *s,
				      struct np_arena *mem,
				      int (*cmp)(const void *, const void *))
{
	const struct np_watch **v =
		np_alloc(mem, (s->nwatches + 1) * sizeof(*v));

	for (size_t i = 0; v && i < s->nwatches; i++)
		v[i] = &s->watches[i];
	if (v && s->nwatches)
		qsort(v, s->nwatches, sizeof(*v), cmp);
	return v;
}

static int sum_up(const struct np_side *s, struct np_arena *mem,
		  struct sums *ret)
{
	const struct np_watch **v = sorted(s, mem, order);
	int64_t to = NP_NEVER;

	ret->n = 0;
	ret->v = np_alloc(mem, (s->nwatches + 1) * sizeof(*ret->v));
	if (!v || !ret->v)
		return NP_ENOMEM;
	for (size_t i = 0; i < s->nwatches; i++) {
		const struct np_watch *w = v[i];

		if (!i || by_place(w->site, w->method, v[i - 1]->site,
				   v[i - 1]->method) != 0) {
			to = NP_NEVER;
			ret->v[ret->n++] = (struct sum){.site = w->site,
							.method = w->method,
							.w = {.first = NP_NEVER,
							      .last = NP_NEVER,
							      .length = -1}};
		}
		add(&ret->v[ret->n - 1].w, w, &to);
	}
	return 0;
}

int np_watching_open(struct np_diff *d, struct np_arena *mem)
{
	struct np_watching *w = np_zalloc(mem, sizeof(*w));
	int rc = w ? 0 : NP_ENOMEM;

	d->watching = w;
	if (!rc)
		rc = sum_up(d->old, mem, &w->old);
	if (!rc)
		rc = sum_up(d->new, mem, &w->new);
	if (!rc)
		w->by_source = sorted(d->old, mem, by_number);
	return rc || w->by_source ? rc : NP_ENOMEM;
}

/* The first that is not before this place and method. */
static size_t place_of(const struct sums *s, const char *site,
		       const char *method)
{
	size_t from = 0, to = s->n;

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (by_place(s->v[mid].site, s->v[mid].method, site, method) <
		    0)
			from = mid + 1;
		else
			to = mid;
	}
	return from;
}

static struct np_watched watched(const struct sums *s, const char *site,
				 const char *method)
{
	size_t i = place_of(s, site, method);

	if (i < s->n &&
	    by_place(s->v[i].site, s->v[i].method, site, method) == 0)
		return s->v[i].w;
	return (struct np_watched){
		.first = NP_NEVER, .last = NP_NEVER, .length = -1};
}

/* Was the place looked at by a method besides? */
static bool elsewise(const struct sums *s, const char *site, const char *method)
{
	for (size_t i = place_of(s, site, ""); i < s->n; i++) {
		if (strcmp(text(s->v[i].site), text(site)) != 0)
			break;
		if (strcmp(text(s->v[i].method), text(method)) != 0)
			return true;
	}
	return false;
}

/* ---- of one device */

struct gathering {
	const struct np_diff *d;
	struct np_agains *to;
};

static void gather(void *ctx, uint32_t source)
{
	struct gathering *g = ctx;
	const struct np_watch want = {.source = source};
	const struct np_watch *key = &want;
	struct np_agains *to = g->to;
	const struct np_watch *const *at =
		g->d->old->nwatches
			? bsearch(&key, g->d->watching->by_source,
				  g->d->old->nwatches, sizeof(key), by_number)
			: NULL;

	if (!at)
		return;
	for (size_t i = 0; i < to->n; i++) {
		if (by_place(to->v[i].site, to->v[i].method, (*at)->site,
			     (*at)->method) == 0)
			return;
	}
	if (to->n < MOST)
		to->v[to->n++] = (struct np_again){.site = (*at)->site,
						   .method = (*at)->method};
}

static int again_order(const void *a, const void *b)
{
	const struct np_again *x = a, *y = b;

	return by_place(x->site, x->method, y->site, y->method);
}

int np_diff_watched(const struct np_diff *d, const struct np_device *was,
		    struct np_arena *mem, struct np_agains *ret)
{
	struct gathering g = {.d = d, .to = ret};

	*ret = (struct np_agains){.v = np_zalloc(mem, MOST * sizeof(*ret->v))};
	if (!ret->v)
		return NP_ENOMEM;
	np_device_sources(d->old->devices, was, gather, &g);
	if (ret->n)
		qsort(ret->v, ret->n, sizeof(*ret->v), again_order);
	for (size_t i = 0; i < ret->n; i++) {
		struct np_again *a = &ret->v[i];

		a->was = watched(&d->watching->old, a->site, a->method);
		a->is = watched(&d->watching->new, a->site, a->method);
		ret->elsewise |=
			elsewise(&d->watching->new, a->site, a->method);
	}
	return 0;
}
