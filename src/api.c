/* SPDX-License-Identifier: ISC */
/* include/nameplate.h over a run. */
#include "../include/nameplate.h"
#include "core/hash.h"
#include "outcome.h"
#include "run.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifndef NP_VERSION
#define NP_VERSION "unknown"
#endif

struct np_audit {
	struct np_run run;
	struct np_err error;
	char sentence[512];
	char **paths;
	size_t npaths;
	char *party, *site, *what_if, *dossier;
	int32_t as_of;
	volatile int stop;
	bool ran;
	struct np_audit_source source;
	struct np_audit_device device;
	struct np_audit_finding finding;
};

const char *np_version(void)
{
	return NP_VERSION;
}

struct np_audit *np_audit_new(void)
{
	struct np_audit *a = calloc(1, sizeof(*a));

	if (a)
		a->as_of = NP_NODAY;
	return a;
}

void np_audit_free(struct np_audit *a)
{
	if (!a)
		return;
	np_run_free(&a->run);
	for (size_t i = 0; i < a->npaths; i++)
		free(a->paths[i]);
	free(a->paths);
	free(a->party);
	free(a->site);
	free(a->what_if);
	free(a->dossier);
	free(a);
}

const char *np_audit_error(const struct np_audit *a)
{
	return a ? a->sentence : "";
}

/* Makes the sentence for a person. */
static int failed(struct np_audit *a, int code)
{
	const struct np_err *e = &a->error;

	(void)snprintf(a->sentence, sizeof(a->sentence), "%s%s%s", e->what,
		       e->what[0] ? ": " : "",
		       e->text ? e->text : np_strerror(code));
	return code;
}

static int set(char **to, const char *text)
{
	char *copy = text ? strdup(text) : NULL;

	if (text && !copy)
		return NP_STATUS_MEMORY;
	free(*to);
	*to = copy;
	return NP_STATUS_OK;
}

int np_audit_add(struct np_audit *a, const char *path)
{
	char **v, *copy;

	if (!a || !path)
		return NP_STATUS_USAGE;
	v = reallocarray(a->paths, a->npaths + 1, sizeof(*v));
	copy = strdup(path);
	if (v)
		a->paths = v;
	if (!v || !copy) {
		free(copy);
		return NP_STATUS_MEMORY;
	}
	v[a->npaths++] = copy;
	return NP_STATUS_OK;
}

int np_audit_party(struct np_audit *a, const char *path)
{
	return a ? set(&a->party, path) : NP_STATUS_USAGE;
}

int np_audit_site(struct np_audit *a, const char *site)
{
	return a ? set(&a->site, site) : NP_STATUS_USAGE;
}

int np_audit_what_if(struct np_audit *a, const char *states)
{
	return a ? set(&a->what_if, states) : NP_STATUS_USAGE;
}

int np_audit_keep(struct np_audit *a, const char *path)
{
	return a ? set(&a->dossier, path) : NP_STATUS_USAGE;
}

int np_audit_as_of(struct np_audit *a, const char *day)
{
	if (!a || !day || !np_day_read(day, &a->as_of))
		return NP_STATUS_USAGE;
	return NP_STATUS_OK;
}

void np_audit_stop(struct np_audit *a)
{
	if (a)
		a->stop = 1;
}

/* A fresh run with the sources opened. */
static int begin(struct np_audit *a)
{
	int rc = NP_OK;

	np_run_free(&a->run);
	memset(&a->run, 0, sizeof(a->run));
	memset(&a->error, 0, sizeof(a->error));
	a->sentence[0] = '\0';
	a->stop = 0;
	a->ran = false;
	a->run.conf = (struct np_run_conf){
		.party = a->party,
		.site = a->site,
		.what_if = a->what_if,
		.dossier = a->dossier,
		.as_of = a->as_of,
		.listen = {.jobs = 1, .stop = &a->stop},
	};
	if (a->run.conf.as_of == NP_NODAY)
		a->run.conf.as_of = np_day_of((int64_t)time(NULL) * 1000000000);
	for (size_t i = 0; i < a->npaths && !rc; i++)
		rc = np_inputs_add(&a->run.inputs, a->paths[i], &a->error);
	return rc;
}

int np_audit_run(struct np_audit *a)
{
	int rc;

	if (!a)
		return NP_STATUS_USAGE;
	rc = begin(a);
	if (!rc)
		rc = np_run(&a->run, &a->error);
	a->ran = rc == NP_OK || rc == NP_EINTR;
	return rc ? failed(a, rc) : NP_STATUS_OK;
}

struct lines {
	struct np_hasher *hash;
	struct np_buf line;
	np_line_fn *fn;
	void *ctx;
};

static int give(void *ctx, struct np_record *r)
{
	struct lines *l = ctx;

	if (r->kind != NP_R_SIGHTING)
		return NP_OK;
	np_buf_clear(&l->line);
	np_sighting_id(&r->sighting, l->hash, r->sighting.id);
	np_sighting_json(&r->sighting, &l->line);
	if (l->line.failed)
		return NP_ENOMEM;
	return l->fn(l->ctx, l->line.p, l->line.n) ? NP_EINTR : NP_OK;
}

int np_audit_read(struct np_audit *a, np_line_fn *fn, void *ctx)
{
	struct lines l = {
		.line = np_buf((size_t)1 << 22), .fn = fn, .ctx = ctx};
	int rc;

	if (!a || !fn)
		return NP_STATUS_USAGE;
	rc = begin(a);
	l.hash = np_hasher_new(NP_BLAKE2S);
	if (!rc)
		rc = l.hash ? np_listen(&a->run.inputs, &a->run.conf.listen,
					give, &l, &a->error)
			    : NP_ENOMEM;
	np_hasher_free(l.hash);
	np_buf_free(&l.line);
	return rc ? failed(a, rc) : NP_STATUS_OK;
}

size_t np_audit_sources(const struct np_audit *a)
{
	return a ? a->run.inputs.n : 0;
}

const struct np_audit_source *np_audit_source(struct np_audit *a, size_t i)
{
	if (!a || i >= a->run.inputs.n)
		return NULL;
	const struct np_input *x = &a->run.inputs.v[i];

	a->source = (struct np_audit_source){
		.name = x->name,
		.kind = x->kind,
		.status = np_input_status(x),
		.error = x->broken ? x->error.text : NULL,
		.error_at = x->error.at,
		.frames = x->coverage.frames,
		.octets = x->coverage.bytes,
		.first = x->coverage.first,
		.last = x->coverage.last,
		.drops = x->coverage.drops,
		.malformed = x->coverage.malformed,
		.withheld = x->tally.withheld.person + x->tally.withheld.banner,
	};
	return &a->source;
}

size_t np_audit_devices(const struct np_audit *a)
{
	return a && a->ran ? a->run.devices.n : 0;
}

const struct np_audit_device *np_audit_device(struct np_audit *a, size_t i)
{
	if (i >= np_audit_devices(a))
		return NULL;
	const struct np_device *d = &a->run.devices.v[i];
	const struct np_knowledge *k = a->run.knowledge;
	bool known = d->maker != NP_NO_MAKER;

	a->device = (struct np_audit_device){
		.id = d->id,
		.maker = np_maker_slug(k, d->maker),
		.maker_name = known ? np_maker_name(k, d->maker) : NULL,
		.verdict = np_sure_name(d->sure),
		.model = d->model,
		.version = d->version,
		.serial = d->serial,
		.function = d->function,
		.site = np_site_id(a->run.party, d->site),
		.first = d->first,
		.last = d->last,
	};
	return &a->device;
}

uint64_t np_audit_subscribers(const struct np_audit *a)
{
	return a && a->ran ? a->run.devices.subscribers : 0;
}

size_t np_audit_findings(const struct np_audit *a)
{
	return a && a->ran ? a->run.findings.n : 0;
}

const struct np_audit_finding *np_audit_finding(struct np_audit *a, size_t i)
{
	if (i >= np_audit_findings(a))
		return NULL;
	const struct np_finding *f = &a->run.findings.v[i];

	a->finding = (struct np_audit_finding){
		.device = f->device->id,
		.clause = f->clause ? f->clause->id : NULL,
		.jurisdiction = f->clause ? f->clause->jurisdiction : NULL,
		.status = np_finding_status(f),
		.text = f->text,
		.missing = f->missing,
		.get = f->get,
		.citation = f->clause ? f->clause->citation : NULL,
		.dated = f->date != NP_NODAY,
		.days = f->date != NP_NODAY ? f->days : 0,
	};
	return &a->finding;
}

char *np_audit_json(struct np_audit *a, size_t *ret_n)
{
	struct np_style style = {.all = true};
	struct np_report report;
	char *text = NULL;
	size_t n = 0;
	FILE *to;

	if (!a || !a->ran || np_outcome(&a->run, &report) < 0)
		return NULL;
	to = open_memstream(&text, &n);
	if (!to)
		return NULL;
	int rc = np_write_json(&report, &style, to);

	if (fclose(to) != 0 || rc < 0) {
		free(text);
		return NULL;
	}
	if (ret_n)
		*ret_n = n;
	return text;
}
