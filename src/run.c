/* SPDX-License-Identifier: ISC */
/*
 * The straight line. Hostile bytes become sightings in confined processes
 * (decode.c, behind listen.c's pipe); from the waist on nobody sees a packet:
 *
 *	np_listen()	sources -> sightings: read, peel, decode, seal
 *	np_infer()	sighting -> claims
 *	np_fold_devices() sightings + claims -> devices
 *	np_places_join() devices -> where they stand
 *	np_judge()	devices x clauses x date -> findings
 */
#include "run.h"
#include "core/hash.h"
#include "keep.h"
#include "policy/statement.h"
#include "said.h"
#include "store/dossier.h"
#include <stdlib.h>
#include <sys/random.h>

#define RUN_ARENA ((size_t)4 << 30)
#define MAX_DEVICES 2000000

static int open_all(struct np_run *r, struct np_err *reterr);
static int open_judgement(struct np_run *r, struct np_err *reterr);

/* Where the numbered sighting is in the fold; NULL: it is not. */
static uint32_t *told(struct np_input *x, uint32_t number)
{
	if (number >= x->told_cap) {
		size_t cap = (size_t)number * 2 + 1024;
		uint32_t *v = reallocarray(x->told, cap, sizeof(*v));

		if (!v)
			return NULL;
		memset(v + x->told_cap, 0, (cap - x->told_cap) * sizeof(*v));
		x->told = v;
		x->told_cap = cap;
	}
	return &x->told[number];
}

/* What is in the fold already was heard elsewhere too. */
static int hear_again(struct np_run *r, struct np_sighting *s, uint32_t row)
{
	int rc = np_fold_again(r->fold, row - 1, &s->seen, s->id);

	if (!rc)
		rc = np_places_again(r->places, s->id, &s->seen);
	if (!rc && r->dossier)
		rc = np_dossier_again(r->dossier, row - 1, s->id, &s->seen);
	return rc;
}

/* One sighting crosses from what was said to what it means. */
static int hear_first(struct np_run *r, struct np_sighting *s,
		      uint32_t *ret_row)
{
	struct np_claims c;
	bool first;

	np_arena_reset(&r->values);
	np_sighting_id(s, r->hasher, s->id);
	np_infer(r->infer, s, &r->values, &c);
	int rc = np_fold_add(r->fold, s, &c);

	if (!rc)
		rc = np_places_hear(r->places, s);
	uint32_t number = np_fold_last(r->fold, &first);

	*ret_row = rc ? 0 : number + 1;
	if (!rc && r->dossier)
		rc = np_dossier_add(r->dossier, r->knowledge, s, &c, number,
				    first);
	return rc;
}

static int hear(void *ctx, struct np_record *rec)
{
	struct np_run *r = ctx;
	struct np_sighting *s = &rec->sighting;
	int rc = NP_OK;

	if (rec->kind != NP_R_SIGHTING && rec->kind != NP_R_AGAIN)
		return NP_OK;
	uint32_t *row = told(&r->inputs.v[rec->source - 1], rec->number);

	if (!row)
		return NP_ENOMEM;
	s->seen.source += r->first_source;
	if (rec->kind == NP_R_SIGHTING)
		rc = hear_first(r, s, row);
	else if (*row)
		rc = hear_again(r, s, *row);
	r->sightings++;
	return rc == NP_ELIMIT ? NP_OK : rc; /* counted by the fold */
}

static int conclude(struct np_run *r, struct np_err *reterr)
{
	struct np_question q = {.as_of = r->conf.as_of,
				.party = r->party,
				.what_if = r->conf.what_if,
				.fact = np_stock(r->places) ? np_places_fact
							    : NULL,
				.ctx = r->places};
	int rc = np_fold_devices(r->fold, &r->devices);

	if (rc < 0)
		return np_fail(reterr, rc, np_strerror(rc), "fold", 0);
	rc = np_places_join(r->places, r->fold, &r->devices, reterr);
	if (!rc)
		rc = np_hear_said(r, &q, reterr);
	if (!rc)
		rc = np_judge(r->law, r->knowledge, &q, &r->devices, &r->mem,
			      &r->findings, reterr);
	return rc ? rc
		  : np_places_judge(r->places, &q, &r->mem, &r->contracts,
				    &r->of_contracts, reterr);
}

static void hash_sources(void *run)
{
	struct np_run *r = run;

	r->hashing = np_hash_inputs(&r->inputs);
}

int np_run(struct np_run *r, struct np_err *reterr)
{
	int rc = open_all(r, reterr), stopped = NP_OK;

	if (!rc)
		rc = np_place_sources(r, reterr);
	r->conf.listen.numbered = true;
	if (r->dossier)
		r->conf.listen.forked = hash_sources;
	if (!rc)
		rc = np_listen(&r->inputs, &r->conf.listen, hear, r, reterr);
	if (rc == NP_EINTR) { /* what was heard until now is concluded */
		stopped = rc;
		rc = NP_OK;
	}
	if (r->dossier) {
		int kept = np_keep_sources(r, r->hashing, reterr);

		rc = rc ? rc : kept;
	}
	if (!rc)
		rc = conclude(r, reterr);
	if (!rc && r->dossier)
		rc = np_keep_answers(r, reterr);
	return rc ? rc : stopped;
}

int np_run_dossier(struct np_run *r, struct np_err *reterr)
{
	const char *path = r->conf.dossier;
	int rc = r->conf.as_it_is
			 ? np_dossier_open_read(path, &r->dossier, reterr)
		 : r->conf.writes
			 ? np_dossier_open(path, false, &r->dossier, reterr)
			 : np_dossier_look(path, &r->dossier, reterr);

	if (!rc)
		rc = open_judgement(r, reterr);
	if (!rc && r->conf.infer_anew)
		r->infer = np_infer_new(r->knowledge);
	if (!rc)
		rc = np_recall(r, reterr);
	return rc ? rc : conclude(r, reterr);
}

/* ------------------------------------------------------------- opening */

/* What judging needs, and the fold. */
static int open_judgement(struct np_run *r, struct np_err *reterr)
{
	struct np_run_conf *c = &r->conf;
	int rc;

	r->mem = np_arena(RUN_ARENA);
	r->values = np_arena(NP_FRAME_ARENA);
	if (!c->max_devices)
		c->max_devices = MAX_DEVICES;
	if (c->kept)
		rc = np_dossier_kept(r->dossier, &r->knowledge, &r->law,
				     reterr);
	else
		rc = np_knowledge_open(c->knowledge, &r->knowledge, reterr);
	if (!rc && !c->kept)
		rc = np_law_open(c->knowledge, r->knowledge, &r->law, reterr);
	if (!rc)
		rc = np_silence_open(c->knowledge, r->law, &r->mem, &r->silence,
				     reterr);
	if (rc)
		return rc;
	if (getrandom(r->link_key, sizeof(r->link_key), 0) !=
	    sizeof(r->link_key))
		return np_fail(reterr, NP_EIO, "no random octets", NULL, 0);
	c->listen.pseudonyms = r->link_key;
	if (c->subscriber_key)
		rc = np_link_key(c->subscriber_key, r->link_key, reterr);
	return rc ? rc : np_open_fold(r, reterr);
}

/* Who is judged, and the dossier. */
static int open_party(struct np_run *r, struct np_err *reterr)
{
	const struct np_run_conf *c = &r->conf;
	int rc;

	if (c->by_dossier) {
		rc = np_dossier_open(c->dossier, false, &r->dossier, reterr);
		return rc ? rc : np_recall_party(r, reterr);
	}
	rc = np_party_open(c->party, &r->party, reterr);
	if (!rc)
		rc = np_party_check(r->party, r->law, reterr);
	if (!rc)
		rc = np_open_places(r, reterr);
	if (!rc && c->dossier)
		rc = np_dossier_open(c->dossier, true, &r->dossier, reterr);
	return rc;
}

static int open_all(struct np_run *r, struct np_err *reterr)
{
	struct np_run_conf *c = &r->conf;
	int rc = open_judgement(r, reterr);

	if (!rc)
		rc = open_party(r, reterr);
	if (!rc && r->dossier)
		rc = np_dossier_begin(r->dossier, reterr);
	if (rc)
		return rc;
	r->first_source =
		r->dossier ? np_dossier_next_source(r->dossier) - 1 : 0;
	c->listen.rules.object = np_knowledge_object;
	c->listen.rules.known_ctx = r->knowledge;
	c->listen.rules.infrastructure = np_party_infrastructure(r->party);
	r->infer = np_infer_new(r->knowledge);
	r->hasher = np_hasher_new(NP_BLAKE2S);
	if (!r->infer || !r->hasher)
		return np_fail(reterr, NP_ENOMEM, "out of memory", NULL, 0);
	return NP_OK;
}

void np_run_free(struct np_run *r)
{
	np_said_free(r->said);
	np_fold_free(r->fold);
	np_infer_free(r->infer);
	np_hasher_free(r->hasher);
	np_dossier_close(r->dossier);
	np_places_close(r->places);
	np_party_close(r->party);
	np_law_close(r->law);
	np_knowledge_close(r->knowledge);
	np_arena_free(&r->mem);
	np_arena_free(&r->values);
	np_inputs_free(&r->inputs);
}
