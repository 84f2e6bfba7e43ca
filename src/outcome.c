/* SPDX-License-Identifier: ISC */
/* From a run to what is printed of it. */
#include "outcome.h"
#include "keep.h"
#include "store/dossier.h"
#include <string.h>

struct list {
	struct np_run *r;
	struct np_report_source *v;
	size_t n, cap, at;
};

static int add(struct list *l, const struct np_report_source *s)
{
	if (l->n == l->cap) {
		size_t cap = l->cap ? l->cap * 2 : 32;
		struct np_report_source *v =
			np_alloc(&l->r->mem, cap * sizeof(*v));

		if (!v)
			return NP_ENOMEM;
		if (l->n)
			memcpy(v, l->v, l->n * sizeof(*v));
		l->v = v;
		l->cap = cap;
	}
	l->v[l->n++] = *s;
	return NP_OK;
}

static const char *keep(struct np_run *r, const char *s)
{
	return s ? np_copystr(&r->mem, s, strlen(s)) : NULL;
}

static struct np_beside keep_beside(struct np_run *r, const struct np_beside *b)
{
	struct np_beside x = {
		.tap = keep(r, b->tap),
		.direction = keep(r, b->direction),
		.taken_by = keep(r, b->taken_by),
		.legal_basis = keep(r, b->legal_basis),
		.clock_offset = keep(r, b->clock_offset),
		.method = keep(r, b->method),
		.taken = keep(r, b->taken),
		.drops = -1,
	};

	return x;
}

static int add_kept(void *ctx, const struct np_kept_source *s)
{
	struct list *l = ctx;
	struct np_report_source x = {
		.name = keep(l->r, s->name),
		.kind = keep(l->r, s->kind),
		.sha256 = keep(l->r, s->sha256),
		.site = keep(l->r, s->site),
		.status = keep(l->r, s->status),
		.coverage = s->coverage,
		.beside = keep_beside(l->r, &s->beside),
		.origin = s->origin,
		.withheld = s->withheld,
		.number = s->number,
	};

	for (size_t i = 0; i < l->r->inputs.n; i++)
		x.again |= l->r->inputs.v[i].again && x.sha256 &&
			   strcmp(l->r->inputs.v[i].sha256, x.sha256) == 0;
	return x.name && x.status ? add(l, &x) : NP_ENOMEM;
}

/* Rows come source by source. */
static int add_dropped(void *ctx, uint32_t source, const char *field,
		       uint64_t n)
{
	struct list *l = ctx;
	struct np_dropped *d;
	struct np_report_source *s;
	int id = field ? np_field_find(field, strlen(field)) : -1;

	while (l->at < l->n && l->v[l->at].number < source)
		l->at++;
	if (id < 0 || l->at == l->n || l->v[l->at].number != source)
		return NP_OK;
	s = &l->v[l->at];
	d = np_alloc(&l->r->mem, (s->ndropped + 1) * sizeof(*d));
	if (!d)
		return NP_ENOMEM;
	if (s->ndropped)
		memcpy(d, s->dropped, s->ndropped * sizeof(*d));
	d[s->ndropped++] = (struct np_dropped){.field = (uint16_t)id, .n = n};
	s->dropped = d;
	return NP_OK;
}

const char *np_input_status(const struct np_input *x)
{
	return x->broken ? "broken" : x->truncated ? "truncated" : "read";
}

static int add_input(struct list *l, const struct np_input *i)
{
	struct np_report_source x = {
		.name = i->name,
		.kind = i->kind,
		.site = i->site,
		.status = np_input_status(i),
		.coverage = i->coverage,
		.beside = i->beside,
		.origin = i->origin,
		.withheld = i->tally.withheld.person + i->tally.withheld.banner,
		.dropped = i->dropped,
		.ndropped = i->ndropped,
	};

	return add(l, &x);
}

int np_outcome(struct np_run *r, struct np_report *ret)
{
	struct list l = {.r = r};
	int rc = NP_OK;

	if (r->dossier)
		rc = np_dossier_sources(r->dossier, add_kept, &l);
	if (r->dossier && !rc)
		rc = np_dossier_dropped(r->dossier, add_dropped, &l);
	for (size_t i = 0; !r->dossier && i < r->inputs.n && !rc; i++)
		rc = add_input(&l, &r->inputs.v[i]);
	*ret = (struct np_report){
		.knowledge = r->knowledge,
		.law = r->law,
		.party = r->party,
		.silence = r->silence,
		.devices = &r->devices,
		.findings = &r->findings,
		.said = r->said,
		.places = r->places,
		.of_contracts = &r->of_contracts,
		.sources = l.v,
		.nsources = l.n,
		.sightings = r->sightings,
		.unreadable = r->inputs.unreadable,
		.as_of = r->conf.as_of,
		.dossier = r->conf.dossier,
	};
	return r->dossier && !rc ? np_recall_stale(r, &ret->stale) : rc;
}
