/* SPDX-License-Identifier: ISC */
/*
 * A run and its dossier: where sources stand, what earlier runs left, and what
 * this one leaves.
 */
#include "keep.h"
#include "core/hash.h"
#include "core/secret.h"
#include "store/dossier.h"
#include "store/hashing.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define PARTY_MAX (1 << 20)

/* Tells the fold where a source stands. */
static int place(struct np_run *r, uint32_t number, const char *site,
		 const char *name, enum np_origin origin)
{
	struct np_source_place p = {
		.site = site ? np_site_find(r->party, site) : NP_NO_SITE,
		.origin = origin,
		.name = site ? site : name,
	};

	return np_fold_place(r->fold, number, &p);
}

static int place_old(void *ctx, const struct np_kept_source *s)
{
	return place(ctx, s->number, s->site, s->name, s->origin);
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_claim(const struct np_claim *a, const struct np_claim *b)
{
	return a->what == b->what && a->grade == b->grade &&
	       a->maker == b->maker && a->group == b->group &&
	       a->fact == b->fact && same_text(a->rule, b->rule) &&
	       same_text(a->value, b->value) && a->settable == b->settable &&
	       a->subscriber == b->subscriber &&
	       a->virtual_key == b->virtual_key && a->computer == b->computer;
}

/* Do the claims follow again from what was said? */
static void infer_anew(struct np_run *r, const struct np_sighting *s,
		       const struct np_claims *c)
{
	struct np_claims again;
	size_t i = 0;

	np_arena_reset(&r->values);
	np_infer(r->infer, s, &r->values, &again);
	while (i < c->n && i < again.n && same_claim(&c->v[i], &again.v[i]))
		i++;
	r->recalled++;
	r->followed += i == c->n && i == again.n;
}

static int add_old(void *ctx, const struct np_sighting *s,
		   const struct np_claims *c)
{
	struct np_run *r = ctx;
	int rc = np_fold_add(r->fold, s, c);

	if (!rc)
		rc = np_places_hear(r->places, s);
	if (r->conf.infer_anew && r->infer)
		infer_anew(r, s, c);
	r->sightings++;
	return rc == NP_ELIMIT ? NP_OK : rc;
}

static uint16_t maker_of(const struct np_run *r, const char *slug)
{
	return slug ? np_maker_find(r->knowledge, slug) : NP_NO_MAKER;
}

/* Subscribers' boxes, of which nothing else was kept. */
static int add_crowd(void *ctx, const struct np_kept_crowd *c)
{
	struct np_run *r = ctx;
	int field = c->field ? np_field_find(c->field, strlen(c->field)) : -1;
	struct np_crowd one = {
		.role = c->role,
		.field = field < 0 ? NP_NO_FIELD : (uint16_t)field,
		.maker = maker_of(r, c->maker),
		.rival = maker_of(r, c->rival),
		.sure = c->sure,
		.model = c->model,
		.site = c->site ? np_site_find(r->party, c->site) : NP_NO_SITE,
		.n = c->n,
	};

	if (c->link)
		memcpy(one.link, c->link, NP_LINK_SIZE);
	return np_fold_crowd(r->fold, &one);
}

/* What earlier runs put into the dossier. */
static int recall(struct np_run *r, struct np_err *reterr)
{
	int rc = np_dossier_sources(r->dossier, place_old, r);

	if (!rc)
		rc = np_dossier_crowds(r->dossier, add_crowd, r);
	if (rc < 0)
		return np_fail(reterr, rc, np_strerror(rc),
			       np_dossier_path(r->dossier), 0);
	return np_dossier_sightings(r->dossier, r->knowledge, &r->mem, add_old,
				    r, reterr);
}

static const char *path_of(const struct np_input *x)
{
	return x->path ? x->path : x->name;
}

int np_place_sources(struct np_run *r, struct np_err *reterr)
{
	int rc = r->dossier ? recall(r, reterr) : NP_OK;

	for (size_t i = 0; i < r->inputs.n && !rc; i++) {
		struct np_input *x = &r->inputs.v[i];

		rc = np_beside_read(path_of(x), &r->mem, &x->beside, reterr);
		if (rc < 0)
			return rc;
		const char *o = x->beside.origin;
		int origin = o ? np_origin_find(o, strlen(o)) : NP_FIELD;

		if (origin < 0)
			return np_fail(reterr, NP_EINPUT,
				       "origin: expected field, laboratory or "
				       "constructed",
				       x->name, 0);
		if (x->beside.method &&
		    np_method_find(r->silence, x->beside.method) < 0)
			return np_fail(reterr, NP_EINPUT,
				       "method: expected one of silence.yaml",
				       x->name, 0);
		x->origin = (enum np_origin)origin;
		x->site = x->beside.site ? x->beside.site : r->conf.site;
		rc = place(r, r->first_source + (uint32_t)i + 1, x->site,
			   x->name, x->origin);
	}
	return rc;
}

int np_open_fold(struct np_run *r, struct np_err *reterr)
{
	r->fold = np_fold_new(r->knowledge, r->conf.max_devices);
	if (!r->fold)
		return np_fail(reterr, NP_ENOMEM, "out of memory", NULL, 0);
	if (r->conf.subscriber_key)
		np_fold_linkable(r->fold, r->link_key);
	return NP_OK;
}

static const char *status_of(const struct np_input *x)
{
	return x->broken ? "broken" : x->truncated ? "truncated" : "read";
}

static int keep_dropped(struct np_run *r, const struct np_input *x,
			uint32_t number)
{
	char field[64];
	int rc = NP_OK;

	for (size_t i = 0; i < x->ndropped && !rc; i++)
		rc = np_dossier_withheld(
			r->dossier, number,
			np_field_text(x->dropped[i].field, field),
			x->dropped[i].n);
	return rc;
}

static int keep_source(struct np_run *r, struct np_input *x, uint32_t number,
		       const struct np_hashed *h, int blocks)
{
	struct np_kept_source s = {
		.number = number,
		.name = x->name,
		.kind = x->kind,
		.site = x->site,
		.status = status_of(x),
		.origin = x->origin,
		.coverage = x->coverage,
		.beside = x->beside,
		.withheld = x->tally.withheld.person + x->tally.withheld.banner,
	};

	(void)memcpy(x->sha256, h->sha256, sizeof(x->sha256));
	s.sha256 = h->sha256[0] ? h->sha256 : NULL;
	s.tree = h->tree[0] ? h->tree : NULL;
	int rc = np_dossier_source(r->dossier, &s, &x->again);

	if (!rc && !x->again && blocks >= 0)
		rc = np_dossier_frames(r->dossier, number, blocks, h->blocks_at,
				       h->blocks_n);
	return rc || x->again ? rc : keep_dropped(r, x, number);
}

/* The fold again, from what the dossier holds now. */
static int refold(struct np_run *r, struct np_err *reterr)
{
	np_fold_free(r->fold);
	np_places_unhear(r->places);
	r->sightings = 0;
	int rc = np_open_fold(r, reterr);

	return rc ? rc : recall(r, reterr);
}

struct np_hashing *np_hash_inputs(struct np_inputs *in)
{
	const char **paths = np_alloc(&in->mem, in->n * sizeof(*paths) + 1);

	for (size_t i = 0; paths && i < in->n; i++)
		paths[i] = path_of(&in->v[i]);
	return paths ? np_hashing_start(paths, in->n) : NULL;
}

/* Which rules of silence there were. */
static int keep_silence(struct np_run *r)
{
	struct np_knowledge_part p = {.name = "silence",
				      .from = "silence.yaml"};

	(void)snprintf(p.sha256, sizeof(p.sha256), "%s",
		       np_silence_sha256(r->silence));
	return np_dossier_part(r->dossier, &p);
}

int np_keep_sources(struct np_run *r, struct np_hashing *hashing,
		    struct np_err *reterr)
{
	size_t n = r->inputs.n;
	struct np_hashed *h = calloc(n ? n : 1, sizeof(*h));
	bool again = false;
	int rc = h ? NP_OK : NP_ENOMEM, blocks = -1;

	if (h)
		np_hashing_end(hashing, h, &blocks);
	for (size_t i = 0; i < n && !rc; i++) {
		rc = keep_source(r, &r->inputs.v[i],
				 r->first_source + (uint32_t)i + 1, &h[i],
				 blocks);
		again |= r->inputs.v[i].again;
	}
	if (blocks >= 0)
		(void)close(blocks);
	if (!rc)
		rc = np_dossier_knowledge(r->dossier, r->knowledge);
	if (!rc)
		rc = np_dossier_keep(r->dossier, r->knowledge, r->law);
	if (!rc)
		rc = keep_silence(r);
	free(h);
	if (rc)
		return np_fail(reterr, rc, np_strerror(rc),
			       np_dossier_path(r->dossier), 0);
	return again ? refold(r, reterr) : NP_OK;
}

/* The operator's file as it was, so that the same can be judged later. */
static int keep_party(struct np_run *r)
{
	FILE *f = r->conf.party ? fopen(r->conf.party, "re") : NULL;
	char *text = f ? np_zalloc(&r->mem, PARTY_MAX + 1) : NULL;

	if (text)
		(void)fread(text, 1, PARTY_MAX, f);
	if (f)
		(void)fclose(f);
	return text ? np_dossier_note(r->dossier, "party", text) : NP_OK;
}

/* Devices keep the ids they were first given; findings are noted with them. */
static int keep_devices(struct np_run *r)
{
	struct np_arena mem = np_arena(NP_FRAME_ARENA);
	struct np_evidence e;
	int rc = np_dossier_clear_findings(r->dossier);

	for (size_t i = 0; i < r->devices.n && !rc; i++) {
		const struct np_device *d = &r->devices.v[i];
		const char *id;

		np_arena_reset(&mem);
		rc = np_device_keys(&r->devices, d, &mem, &e);
		if (!rc)
			rc = np_dossier_device_id(r->dossier, d->id, e.keys,
						  e.nkeys, &mem, &id);
	}
	np_arena_free(&mem);
	return rc;
}

struct forgetting {
	struct np_run *r;
	struct np_arena mem;
};

static int forget(void *ctx, const uint8_t id[static NP_ID],
		  const struct np_key *keys, size_t nkeys)
{
	struct forgetting *x = ctx;

	np_arena_reset(&x->mem);
	return np_dossier_forget(x->r->dossier, id, keys, nkeys, &x->mem);
}

static int keep_crowd(struct np_run *r, const struct np_crowd *c)
{
	char field[64];
	const struct np_kept_crowd k = {
		.link = np_crowd_linked(c) ? c->link : NULL,
		.role = c->role,
		.field = c->field == NP_NO_FIELD
				 ? NULL
				 : np_field_text(c->field, field),
		.maker = np_maker_slug(r->knowledge, c->maker),
		.rival = np_maker_slug(r->knowledge, c->rival),
		.model = c->model,
		.site = np_site_id(r->party, c->site),
		.sure = c->sure,
		.n = c->n,
	};

	return np_dossier_crowd(r->dossier, &k);
}

/* Of subscribers' boxes: how many of what stand where, and nothing they said
 * (design, rule 11). */
static int keep_subscribers(struct np_run *r)
{
	struct forgetting x = {.r = r, .mem = np_arena(NP_FRAME_ARENA)};
	int rc;

	if (!r->devices.ntheirs)
		return NP_OK;
	rc = np_dossier_private(r->dossier);
	if (!rc)
		rc = np_fold_private(&r->devices, forget, &x);
	if (!rc)
		rc = np_dossier_forgotten(r->dossier);
	for (size_t i = 0; i < r->devices.ntheirs && !rc; i++)
		rc = keep_crowd(r, &r->devices.theirs[i]);
	np_arena_free(&x.mem);
	return rc;
}

int np_keep_answers(struct np_run *r, struct np_err *reterr)
{
	char day[16];
	int rc = np_dossier_note(r->dossier, "as_of",
				 np_day_text(r->conf.as_of, day));

	if (!rc && r->conf.what_if)
		rc = np_dossier_note(r->dossier, "what_if", r->conf.what_if);
	if (!rc)
		rc = keep_party(r);
	if (!rc)
		rc = np_keep_places(r);
	if (!rc)
		rc = keep_subscribers(r);
	if (!rc)
		rc = keep_devices(r);
	if (!rc)
		rc = np_keep_statement(r);
	if (rc)
		return np_fail(reterr, rc, np_strerror(rc),
			       np_dossier_path(r->dossier), 0);
	return np_dossier_commit(r->dossier, reterr);
}

int np_link_key(const char *path, uint8_t ret[static 32], struct np_err *reterr)
{
	uint8_t text[4096];
	size_t n;
	int rc = np_secret_read(path, text, sizeof(text), &n, reterr);

	if (rc)
		return rc;
	if (n < 16)
		rc = np_fail(reterr, NP_EUSAGE, "a key has 16 octets or more",
			     path, 0);
	else
		np_sha256(text, n, ret);
	explicit_bzero(text, sizeof(text));
	return rc;
}

/* The operator's file that the dossier kept. */
static int recall_party(struct np_run *r, struct np_err *reterr)
{
	const char *text = np_dossier_noted(r->dossier, "party", &r->mem);
	char path[32];
	int fd, rc;

	if (r->conf.party || !text)
		return np_party_open(r->conf.party, &r->party, reterr);
	fd = memfd_create("party", MFD_CLOEXEC);
	if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text))
		return np_fail(reterr, NP_EIO, "cannot keep the party", NULL,
			       0);
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	rc = np_party_open(path, &r->party, reterr);
	(void)close(fd);
	return rc;
}

int np_recall_party(struct np_run *r, struct np_err *reterr)
{
	bool own = !r->conf.party;
	int rc = recall_party(r, reterr);

	if (!rc)
		rc = np_recall_places(r, own, reterr);
	if (!r->conf.what_if)
		r->conf.what_if =
			np_dossier_noted(r->dossier, "what_if", &r->mem);
	return rc;
}

int np_recall(struct np_run *r, struct np_err *reterr)
{
	const char *day = np_dossier_noted(r->dossier, "as_of", &r->mem);
	int rc = np_recall_party(r, reterr);

	if (rc)
		return rc;
	if (r->conf.as_of == NP_NODAY &&
	    (!day || !np_day_read(day, &r->conf.as_of)))
		r->conf.as_of = np_day_of((int64_t)time(NULL) * 1000000000);
	return recall(r, reterr);
}
