/* SPDX-License-Identifier: ISC */
/*
 * nameplate verify, section silence: gathers from a dossier what was looked at
 * and which method heard which box, and trips when a declared place was not
 * looked at or a sentence holds no longer.
 */
#include "cli/silence.h"
#include "outcome.h"
#include "report/coverage.h"
#include "report/silence.h"
#include "sampled.h"
#include "silence/silence.h"
#include "store/dossier.h"
#include <stdlib.h>

#define GATHER_ARENA ((size_t)4 << 30)

struct said_by {
	uint64_t id; /* first octets of a sighting's id, which is a hash */
	uint32_t box;
};

struct gather {
	struct np_run *r;
	struct np_report report;
	struct np_universe *u;
	struct np_ledger *l;
	struct np_arena mem;
	struct said_by *said; /* sorted */
	size_t nsaid, cap;
	struct np_heard_box *box; /* one a device */
	bool *named;		  /* the law has a finding of it */
	uint32_t *where;	  /* by site: methods that looked */
	size_t nsites;
	uint32_t *stratum; /* by site, where two looked; else UINT32_MAX */
	size_t nstrata;
	uint32_t source; /* whose sightings these are */
	int method;	 /* of it */
};

static uint64_t id_of(const uint8_t id[static NP_ID])
{
	uint64_t v;

	memcpy(&v, id, sizeof(v));
	return v;
}

static int by_id(const void *a, const void *b)
{
	const struct said_by *x = a, *y = b;

	return x->id != y->id ? (x->id > y->id) - (x->id < y->id)
			      : (x->box > y->box) - (x->box < y->box);
}

static int index_box(struct gather *g, struct np_arena *mem, uint32_t i)
{
	struct np_evidence e;
	int rc = np_device_evidence(&g->r->devices, &g->r->devices.v[i], mem,
				    &e);

	if (rc)
		return rc;
	if (g->cap - g->nsaid < e.nsightings) {
		size_t cap = 2 * (g->cap + e.nsightings) + 1024;
		struct said_by *v = reallocarray(g->said, cap, sizeof(*v));

		if (!v)
			return NP_ENOMEM;
		g->said = v;
		g->cap = cap;
	}
	for (size_t k = 0; k < e.nsightings; k++)
		g->said[g->nsaid++] =
			(struct said_by){id_of(e.sightings[k]), i};
	return NP_OK;
}

/* Which box each sighting is of. */
static int index_boxes(struct gather *g)
{
	struct np_arena mem = np_arena((size_t)64 << 20);
	int rc = NP_OK;

	for (uint32_t i = 0; i < g->r->devices.n && !rc; i++) {
		np_arena_reset(&mem);
		rc = index_box(g, &mem, i);
	}
	np_arena_free(&mem);
	if (g->nsaid)
		qsort(g->said, g->nsaid, sizeof(*g->said), by_id);
	return rc;
}

static uint32_t box_of(const struct gather *g, const uint8_t id[static NP_ID])
{
	uint64_t v = id_of(id);
	size_t low = 0, high = g->nsaid;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (g->said[mid].id < v)
			low = mid + 1;
		else
			high = mid;
	}
	return low < g->nsaid && g->said[low].id == v ? g->said[low].box
						      : UINT32_MAX;
}

/* Does it say who made the box, as the verdict has it? */
static bool says_maker(const struct np_claims *c, uint16_t maker)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->v[i].what == NP_W_MAKER && c->v[i].maker == maker)
			return true;
	return false;
}

/* Sightings come source by source. */
static int method_of(struct gather *g, uint32_t source)
{
	const struct np_report *r = &g->report;

	if (g->source == source)
		return g->method;
	g->source = source;
	g->method = -1;
	for (size_t i = 0; i < r->nsources; i++)
		if (r->sources[i].number == source)
			g->method = np_observation_of(r, &r->sources[i]).method;
	return g->method;
}

static int hear(void *ctx, const struct np_sighting *s,
		const struct np_claims *c)
{
	struct gather *g = ctx;
	uint32_t i = box_of(g, s->id);
	const struct np_device *d =
		i == UINT32_MAX ? NULL : &g->r->devices.v[i];

	if (d && says_maker(c, d->maker)) {
		int m = method_of(g, s->seen.source);

		g->box[i].by |= m < 0 ? 0 : 1u << m;
	}
	return np_ledger_hear(g->l, s, i, d && g->named[i] ? (int)d->sure : -1);
}

static int open_boxes(struct gather *g)
{
	const struct np_devices *d = &g->r->devices;
	size_t f = 0;

	g->box = np_zalloc(&g->mem, (d->n + 1) * sizeof(*g->box));
	g->named = np_zalloc(&g->mem, d->n + 1);
	if (!g->box || !g->named)
		return NP_ENOMEM;
	for (size_t i = 0; i < d->n; i++) {
		g->box[i].maker = d->v[i].maker;
		g->box[i].function = d->v[i].function;
		for (; f < g->r->findings.n &&
		       g->r->findings.v[f].device == &d->v[i];
		     f++)
			g->named[i] = true;
	}
	return NP_OK;
}

/* Which methods looked where a box stands. */
static int look_where(struct gather *g)
{
	const struct np_silence *s = g->r->silence;
	const struct np_report *r = &g->report;

	g->nsites = np_sites(g->r->party);
	g->where = np_zalloc(&g->mem, (g->nsites + 1) * sizeof(*g->where));
	if (!g->where)
		return NP_ENOMEM;
	for (size_t i = 0; i < r->nsources; i++) {
		struct np_observation o = np_observation_of(r, &r->sources[i]);
		uint32_t at =
			o.site ? np_site_find(g->r->party, o.site) : NP_NO_SITE;

		if (o.method < 0 || !np_method(s, (size_t)o.method)->looks)
			continue;
		g->where[at < g->nsites ? at : g->nsites] |= 1u << o.method;
	}
	for (size_t i = 0; i < g->r->devices.n; i++) {
		uint32_t at = g->r->devices.v[i].site;

		g->box[i].where = g->where[at < g->nsites ? at : g->nsites];
		g->box[i].by &= g->box[i].where;
	}
	return NP_OK;
}

static int gather(struct gather *g, const char *universe, struct np_err *reterr)
{
	struct np_arena keep = np_arena(GATHER_ARENA);
	int rc = np_outcome(g->r, &g->report);

	g->mem = np_arena(GATHER_ARENA);
	g->u = np_universe_new();
	if (!rc)
		rc = g->u ? np_universe_party(g->u, g->r->party) : NP_ENOMEM;
	if (!rc && universe)
		rc = np_universe_load(g->u, universe, reterr);
	if (!rc)
		rc = np_report_ledger(&g->report, g->u, &g->l);
	if (!rc)
		rc = open_boxes(g);
	if (!rc)
		rc = index_boxes(g);
	if (!rc)
		rc = np_dossier_sightings(g->r->dossier, g->r->knowledge, &keep,
					  hear, g, reterr);
	if (!rc)
		rc = np_ledger_sum(g->l);
	if (!rc)
		rc = look_where(g);
	np_arena_free(&keep);
	return rc;
}

/* ---- what is made of it */

/* Boxes whose maker is more than a guess: the kind that can be heard. */
static bool counts(const struct np_device *d, uint16_t maker)
{
	return (d->sure == NP_PROBABLE || d->sure == NP_CONFIRMED) &&
	       (maker == NP_NO_MAKER || d->maker == maker);
}

static int families(struct gather *g, struct np_hush *h)
{
	const struct np_devices *d = &g->r->devices;
	struct np_heard_box *v = np_alloc(&g->mem, (d->n + 1) * sizeof(*v));
	size_t n = 0;

	if (!v)
		return NP_ENOMEM;
	for (size_t i = 0; i < d->n; i++)
		if (counts(&d->v[i], NP_NO_MAKER))
			v[n++] = g->box[i];
	h->families =
		np_heard_families(g->r->silence, v, n, &g->mem, &h->nfamilies);
	return h->families ? NP_OK : NP_ENOMEM;
}

/* Kinds that a method was heard to hear, whatever the rules know of it. */
static int learn_kinds(struct gather *g, struct np_hush *h)
{
	size_t n = np_silence_kinds(g->r->silence);
	uint32_t *v = np_zalloc(&g->mem, (n + 1) * sizeof(*v));

	for (size_t i = 0; v && i < h->nfamilies; i++) {
		const struct np_heard_family *f = &h->families[i];

		for (size_t m = 0; f->kind >= 0 && m < NP_MAX_METHODS; m++)
			v[f->kind] |= f->all[m] ? 1u << m : 0;
	}
	h->learnt = v;
	return v ? NP_OK : NP_ENOMEM;
}

/* The lists of a bound: methods that looked anywhere. */
static void lists_of(const struct np_hush *h, struct np_bound_of *b)
{
	for (size_t m = 0; m < NP_MAX_METHODS && b->m < NP_MAX_LISTS; m++)
		if (h->methods >> m & 1)
			b->method[b->m++] = (uint8_t)m;
}

static unsigned as_lists(const struct np_bound_of *b, uint32_t methods)
{
	unsigned set = 0;

	for (size_t i = 0; i < b->m; i++)
		set |= methods >> b->method[i] & 1 ? 1u << i : 0;
	return set;
}

/* Sites where two methods looked. Without a place nobody knows who could have
 * heard a box. */
static int strata(struct gather *g)
{
	g->stratum = np_alloc(&g->mem, (g->nsites + 1) * sizeof(*g->stratum));
	if (!g->stratum)
		return NP_ENOMEM;
	for (size_t i = 0; i <= g->nsites; i++)
		g->stratum[i] = i < g->nsites && g->where[i] & (g->where[i] - 1)
					? (uint32_t)g->nstrata++
					: UINT32_MAX;
	return NP_OK;
}

static uint32_t stratum_of(const struct gather *g, size_t device)
{
	uint32_t at = g->r->devices.v[device].site;

	return g->stratum[at < g->nsites ? at : g->nsites];
}

/* A stratum a site; boxes at sites where one method looked are told apart. */
static int bound(struct gather *g, struct np_bound_of *b)
{
	struct np_lists *v = calloc(g->nstrata + 1, sizeof(*v));
	const struct np_devices *d = &g->r->devices;

	if (!v)
		return NP_ENOMEM;
	for (size_t i = 0; i < g->nsites; i++) {
		if (g->stratum[i] == UINT32_MAX)
			continue;
		v[g->stratum[i]].m = b->m;
		v[g->stratum[i]].away = ~as_lists(b, g->where[i]);
	}
	for (size_t i = 0; i < d->n; i++) {
		unsigned set = as_lists(b, g->box[i].by);
		uint32_t at = stratum_of(g, i);

		if (!counts(&d->v[i], b->maker) || !set)
			continue;
		if (at == UINT32_MAX)
			b->elsewhere++;
		else
			v[at].cell[set]++;
	}
	np_least(v, g->nstrata, &b->least);
	free(v);
	return NP_OK;
}

static int bounds(struct gather *g, struct np_hush *h)
{
	size_t n = np_makers(g->r->knowledge), k = 0;
	struct np_bound_of *v = np_zalloc(&g->mem, (n + 1) * sizeof(*v));
	int rc = v ? strata(g) : NP_ENOMEM;

	for (uint16_t m = 0; m < n && !rc; m++) {
		struct np_bound_of *b = &v[k];

		*b = (struct np_bound_of){.maker = m};
		if (m != NP_NO_MAKER &&
		    !np_maker_restricted(g->r->knowledge, m))
			continue;
		lists_of(h, b);
		rc = bound(g, b);
		if (m == NP_NO_MAKER || b->least.seen || b->elsewhere)
			k++;
	}
	h->bounds = v;
	h->nbounds = k;
	return rc;
}

static int conclude(struct gather *g, const struct np_silence_options *o)
{
	struct np_hush h = {.r = &g->report,
			    .u = g->u,
			    .l = g->l,
			    .file = o->universe,
			    .as_of = o->as_of};
	int rc;

	for (size_t i = 0; i <= g->nsites; i++)
		h.methods |= g->where[i];
	rc = np_silence_sampled(g->r, &g->mem, &h.inspections, &h.ninspections);
	if (!rc)
		rc = families(g, &h);
	if (!rc)
		rc = bounds(g, &h);
	np_hush_gate(&h, &h.gate);
	if (!rc)
		rc = learn_kinds(g, &h);
	if (!rc)
		rc = o->json ? np_write_hush_json(&h, stdout)
			     : np_write_hush(&h, o->all, stdout);
	return rc ? rc : h.gate.not_looked || h.gate.expired;
}

int np_verify_silence(struct np_run *r, const struct np_silence_options *o,
		      struct np_err *reterr)
{
	struct gather g = {.r = r};
	int rc = gather(&g, o->universe, reterr);

	if (!rc)
		rc = conclude(&g, o);
	if (rc < 0 && reterr && !reterr->text)
		(void)np_fail(reterr, rc, np_strerror(rc), NULL, 0);
	np_ledger_free(g.l);
	np_universe_free(g.u);
	np_arena_free(&g.mem);
	free(g.said);
	return rc;
}

int np_verify_silence_of(const char *dossier,
			 const struct np_silence_options *o,
			 struct np_err *reterr)
{
	struct np_run r = {.conf = {.dossier = dossier,
				    .party = o->party,
				    .knowledge = o->knowledge,
				    .keys = o->keys,
				    .as_of = o->as_of}};
	int rc = np_run_dossier(&r, reterr);

	if (!rc)
		rc = np_verify_silence(&r, o, reterr);
	np_run_free(&r);
	return rc;
}
