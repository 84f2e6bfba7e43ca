/* SPDX-License-Identifier: ISC */
/* From a run to what is printed of it. */
#include "cli/outcome.h"
#include "cli/cli.h"
#include "store/dossier.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct list {
	struct np_run *r;
	struct np_report_source *v;
	size_t n, cap;
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
		.origin = s->origin,
		.withheld = s->withheld,
	};

	for (size_t i = 0; i < l->r->inputs.n; i++)
		x.again |= l->r->inputs.v[i].again && x.sha256 &&
			   strcmp(l->r->inputs.v[i].sha256, x.sha256) == 0;
	return x.name && x.status ? add(l, &x) : NP_ENOMEM;
}

static int add_input(struct list *l, const struct np_input *i)
{
	struct np_report_source x = {
		.name = i->name,
		.kind = i->kind,
		.site = i->site,
		.status = i->broken	 ? "broken"
			  : i->truncated ? "truncated"
					 : "read",
		.coverage = i->coverage,
		.origin = i->origin,
		.withheld =
			i->tally.withheld.person + i->tally.withheld.banner,
	};

	return add(l, &x);
}

int np_outcome(struct np_run *r, struct np_report *ret)
{
	struct list l = {.r = r};
	int rc = NP_OK;

	if (r->dossier)
		rc = np_dossier_sources(r->dossier, add_kept, &l);
	for (size_t i = 0; !r->dossier && i < r->inputs.n && !rc; i++)
		rc = add_input(&l, &r->inputs.v[i]);
	*ret = (struct np_report){
		.knowledge = r->knowledge,
		.law = r->law,
		.party = r->party,
		.devices = &r->devices,
		.findings = &r->findings,
		.sources = l.v,
		.nsources = l.n,
		.sightings = r->sightings,
		.unreadable = r->inputs.unreadable,
		.as_of = r->conf.as_of,
		.dossier = r->conf.dossier,
	};
	return rc;
}

int np_judge_conf(const char *verb, const struct np_judge_options *o,
		  bool today, struct np_run_conf *conf)
{
	conf->knowledge = o->knowledge;
	conf->party = o->party;
	conf->site = o->site;
	conf->what_if = o->what_if;
	conf->as_of = NP_NODAY;
	if (o->as_of && !np_day_read(o->as_of, &conf->as_of)) {
		(void)fprintf(stderr,
			      "nameplate %s: --as-of wants a date "
			      "(YYYY-MM-DD): %s\n",
			      verb, o->as_of);
		return NP_EXIT_USAGE;
	}
	if (today && conf->as_of == NP_NODAY)
		conf->as_of = np_day_of((int64_t)time(NULL) * 1000000000);
	return NP_EXIT_OK;
}

int np_show(struct np_run *r, const struct np_judge_options *o)
{
	struct np_look look = np_look(o->colour, STDOUT_FILENO);
	struct np_style style = {
		.colour = look.colour,
		.width = look.width,
		.all = o->all,
	};
	struct np_report report;
	int rc = np_outcome(r, &report);

	/* --site names the place of the sources, or picks one of many. */
	if (o->site && np_site_find(r->party, o->site) != UINT32_MAX)
		style.site = o->site;
	if (rc)
		return rc;
	rc = o->json	? np_write_json(&report, &style, stdout)
	     : o->jsonl ? np_write_jsonl(&report, &style, stdout)
			: np_write_text(&report, &style, stdout);
	if (fflush(stdout) != 0)
		rc = NP_EIO;
	return rc;
}
