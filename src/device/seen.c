/* SPDX-License-Identifier: ISC */
/*
 * Where and when a sighting was heard: a map keyed by source and segment whose
 * equal keys merge by min, max, max, min (contract, section 2). Times and
 * places of one source are merged at once, as min and max need no map; only
 * counts are kept by segment. Sources and segments mostly come in their order,
 * so the chains have the newest first.
 */
#include "device/inside.h"

/* Places are counted up to 2^40; a minimum of cut places is a minimum. */
#define PLACE_MAX (((uint64_t)1 << 40) - 1)

static uint64_t place_of(const struct np_row *w)
{
	return (uint64_t)w->place_high << 32 | w->place;
}

static void set_place(struct np_row *w, uint64_t place)
{
	if (place > PLACE_MAX)
		place = PLACE_MAX;
	w->place = (uint32_t)place;
	w->place_high = place >> 32 & 255;
}

static void merge_times(struct np_times *into, const struct np_occurrence *o)
{
	into->first = np_time_min(into->first, o->first);
	into->last = np_time_max(into->last, o->last);
}

/* A segment is 2^20 frames and a frame gives 2^5 sightings at most: counts of
 * true occurrences fit, and a maximum of cut counts is still a maximum. */
static uint32_t count_of(const struct np_occurrence *o)
{
	return o->count > UINT32_MAX ? UINT32_MAX : (uint32_t)o->count;
}

/* Adds to the segments of one source, given its first and the chain. */
static int add_segment(struct np_fold *f, uint32_t own, uint32_t *own_count,
		       uint32_t *chain, const struct np_occurrence *o)
{
	uint32_t count = count_of(o), i;

	if (own == o->segment) {
		if (count > *own_count)
			*own_count = count;
		return 0;
	}
	while (*chain != NP_NIL) {
		struct np_tally_record *t = np_pool_at(&f->tallies, *chain);

		if (t->segment == o->segment && count > t->count)
			t->count = count;
		if (t->segment == o->segment)
			return 0;
		if (t->segment < o->segment)
			break;
		chain = &t->next;
	}
	int r = np_pool_take(&f->tallies, 1, &i);

	if (r)
		return r;
	struct np_tally_record *t = np_pool_at(&f->tallies, i);

	t->segment = o->segment;
	t->count = count;
	t->next = *chain;
	*chain = i;
	return 0;
}

static int add_source(struct np_fold *f, uint32_t *chain,
		      const struct np_occurrence *o)
{
	struct np_elsewhere *e;
	uint32_t i;
	int r;

	while (*chain != NP_NIL) {
		e = np_pool_at(&f->elsewhere, *chain);
		if (e->source < o->source)
			break;
		chain = &e->next;
		if (e->source != o->source)
			continue;
		r = add_segment(f, e->segment, &e->count, &e->segments, o);
		if (r)
			return r;
		merge_times(&e->times, o);
		if (o->place < e->place)
			e->place = o->place;
		return 0;
	}
	r = np_pool_take(&f->elsewhere, 1, &i);
	if (r)
		return r;
	e = np_pool_at(&f->elsewhere, i);
	*e = (struct np_elsewhere){
		.times = {o->first, o->last},
		.place = o->place,
		.source = o->source,
		.segment = o->segment,
		.count = count_of(o),
		.segments = NP_NIL,
		.next = *chain,
	};
	*chain = i;
	return 0;
}

void np_seen_set(struct np_row *w, struct np_times *t,
		 const struct np_occurrence *o)
{
	w->source = o->source;
	w->segment = o->segment;
	w->count = count_of(o);
	w->more = NP_NIL;
	set_place(w, o->place);
	*t = (struct np_times){o->first, o->last};
}

static int add_further(struct np_fold *f, struct np_row *w,
		       const struct np_occurrence *o)
{
	struct np_further *x;
	int r;

	if (w->more == NP_NIL) {
		uint32_t i;

		r = np_pool_take(&f->further, 1, &i);
		if (r)
			return r;
		x = np_pool_at(&f->further, i);
		*x = (struct np_further){NP_NIL, NP_NIL};
		w->more = i;
	}
	x = np_pool_at(&f->further, w->more);
	if (w->source != o->source)
		return add_source(f, &x->sources, o);
	return add_segment(f, w->segment, &w->count, &x->segments, o);
}

int np_seen_add(struct np_fold *f, uint32_t row, const struct np_occurrence *o)
{
	struct np_row *w = np_row(f, row);
	int r = 0;

	if (w->source == o->source && w->segment == o->segment) {
		if (count_of(o) > w->count)
			w->count = count_of(o);
	} else {
		r = add_further(f, w, o);
	}
	if (r || w->source != o->source)
		return r;
	merge_times(np_pool_at(&f->times, row), o);
	if (o->place < place_of(w))
		set_place(w, o->place);
	return 0;
}

uint32_t np_seen_sources(const struct np_fold *f, const struct np_row *w)
{
	if (w->more == NP_NIL)
		return NP_NIL;
	return ((const struct np_further *)np_pool_at(&f->further, w->more))
		->sources;
}

void np_seen_first(const struct np_fold *f, uint32_t row, uint32_t *ret_source,
		   uint64_t *ret_place)
{
	const struct np_row *w = np_row(f, row);

	*ret_source = w->source;
	*ret_place = place_of(w);
	for (uint32_t i = np_seen_sources(f, w); i != NP_NIL;) {
		const struct np_elsewhere *e = np_pool_at(&f->elsewhere, i);

		if (e->source < *ret_source) {
			*ret_source = e->source;
			*ret_place = e->place;
		}
		i = e->next;
	}
}

/* One source of a sighting, wherever it is kept. */
struct source {
	const struct np_times *times;
	uint64_t place;
	uint32_t number, segment, count, segments;
};

static void merge_source(const struct np_fold *f, const struct source *s,
			 struct np_occurrence *into)
{
	uint32_t segment = s->segment;

	into->count += s->count;
	for (uint32_t i = s->segments; i != NP_NIL;) {
		const struct np_tally_record *t = np_pool_at(&f->tallies, i);

		into->count += t->count;
		if (t->segment < segment)
			segment = t->segment;
		i = t->next;
	}
	into->first = np_time_min(into->first, s->times->first);
	into->last = np_time_max(into->last, s->times->last);
	if (s->number > into->source)
		return;
	into->source = s->number;
	into->segment = segment;
	into->place = s->place;
}

static void merge_if(const struct np_fold *f, const struct source *s,
		     uint32_t scope, struct np_occurrence *into,
		     enum np_origin *origin)
{
	if (np_scope_of(f, s->number) != scope)
		return;
	merge_source(f, s, into);
	if (!origin || s->number >= f->places.n)
		return;
	const struct np_place_record *p = np_pool_at(&f->places, s->number);

	if (p->known && p->origin > *origin)
		*origin = (enum np_origin)p->origin;
}

void np_seen_merge(const struct np_fold *f, uint32_t row, uint32_t scope,
		   struct np_occurrence *into, enum np_origin *origin)
{
	const struct np_row *w = np_row(f, row);
	const struct np_further *x = NULL;
	struct source s = {np_pool_at(&f->times, row),
			   place_of(w),
			   w->source,
			   w->segment,
			   w->count,
			   NP_NIL};

	if (w->more != NP_NIL)
		x = np_pool_at(&f->further, w->more);
	if (x)
		s.segments = x->segments;
	merge_if(f, &s, scope, into, origin);
	for (uint32_t i = x ? x->sources : NP_NIL; i != NP_NIL;) {
		const struct np_elsewhere *e = np_pool_at(&f->elsewhere, i);

		s = (struct source){&e->times,	e->place, e->source,
				    e->segment, e->count, e->segments};
		merge_if(f, &s, scope, into, origin);
		i = e->next;
	}
}
