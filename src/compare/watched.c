/* SPDX-License-Identifier: ISC */
/* What the newer dossier looked at, where the older one heard a device. */
#include "compare/compare.h"
#include <stdlib.h>
#include <string.h>

#define MOST 32 /* places and methods that one device is shown with */

static bool same(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static int by_first(const void *a, const void *b)
{
	const struct np_watch *const *x = a, *const *y = b;

	return ((*x)->first > (*y)->first) - ((*x)->first < (*y)->first);
}

/* The time that some of them cover; they are sorted by their beginning. */
static int64_t covered(const struct np_watch *const *v, size_t n)
{
	int64_t all = 0, to = NP_NEVER;

	for (size_t i = 0; i < n; i++) {
		int64_t from = v[i]->first;

		if (to != NP_NEVER && from < to)
			from = to;
		if (v[i]->last > from)
			all += v[i]->last - from;
		to = np_time_max(to, v[i]->last);
	}
	return all;
}

static int watch(const struct np_side *s, const char *site, const char *method,
		 struct np_watched *ret)
{
	const struct np_watch **timed = calloc(s->nwatches + 1, sizeof(*timed));
	size_t n = 0;

	*ret = (struct np_watched){
		.first = NP_NEVER, .last = NP_NEVER, .length = -1};
	if (!timed)
		return NP_ENOMEM;
	for (size_t i = 0; i < s->nwatches; i++) {
		const struct np_watch *w = &s->watches[i];

		if (!same(w->site, site) || !same(w->method, method))
			continue;
		ret->sources++;
		ret->frames += w->frames;
		ret->first = np_time_min(ret->first, w->first);
		ret->last = np_time_max(ret->last, w->last);
		if (w->first != NP_NEVER && w->last != NP_NEVER)
			timed[n++] = w;
	}
	if (n) {
		qsort(timed, n, sizeof(*timed), by_first);
		ret->length = covered(timed, n);
	}
	free(timed);
	return 0;
}

struct gathering {
	const struct np_side *side;
	struct np_agains *to;
};

static const struct np_watch *watch_of(const struct np_side *s, uint32_t source)
{
	for (size_t i = 0; i < s->nwatches; i++) {
		if (s->watches[i].source == source)
			return &s->watches[i];
	}
	return NULL;
}

static void gather(void *ctx, uint32_t source)
{
	struct gathering *g = ctx;
	const struct np_watch *w = watch_of(g->side, source);
	struct np_agains *to = g->to;

	for (size_t i = 0; w && i < to->n; i++) {
		if (same(to->v[i].site, w->site) &&
		    same(to->v[i].method, w->method))
			return;
	}
	if (w && to->n < MOST)
		to->v[to->n++] =
			(struct np_again){.site = w->site, .method = w->method};
}

/* By site, then by method. */
static int order(const void *a, const void *b)
{
	const struct np_again *x = a, *y = b;
	int d = strcmp(x->site ? x->site : "", y->site ? y->site : "");

	return d ? d
		 : strcmp(x->method ? x->method : "",
			  y->method ? y->method : "");
}

int np_diff_watched(const struct np_diff *d, const struct np_device *was,
		    struct np_arena *mem, struct np_agains *ret)
{
	struct gathering g = {.side = d->old, .to = ret};
	int rc = 0;

	*ret = (struct np_agains){.v = np_zalloc(mem, MOST * sizeof(*ret->v))};
	if (!ret->v)
		return NP_ENOMEM;
	np_device_sources(d->old->devices, was, gather, &g);
	if (ret->n)
		qsort(ret->v, ret->n, sizeof(*ret->v), order);
	for (size_t i = 0; i < ret->n && !rc; i++) {
		struct np_again *a = &ret->v[i];

		rc = watch(d->old, a->site, a->method, &a->was);
		if (!rc)
			rc = watch(d->new, a->site, a->method, &a->is);
		for (size_t k = 0; k < d->new->nwatches; k++)
			ret->elsewise |=
				same(d->new->watches[k].site, a->site) &&
				!same(d->new->watches[k].method, a->method);
	}
	return rc;
}
