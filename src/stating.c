/* SPDX-License-Identifier: ISC */
#include "stating.h"
#include "core/hash.h"
#include "store/journal.h"

static int wrong(struct np_err *reterr, const char *text, const char *word)
{
	return np_fail(reterr, NP_EUSAGE, text, word, 0);
}

/* ---- the statement's own words */

static bool take_day(const char *text, int32_t *to)
{
	return !text || np_day_read(text, to);
}

/* "2026-11-27T09:00:00Z" */
static const char *moment(struct np_arena *mem, int64_t ns)
{
	char text[40];

	(void)np_time_text(ns, text);
	text[19] = 'Z';
	return np_copystr(mem, text, 20);
}

int np_state_words(const struct np_state_words *w, int64_t now,
		   struct np_arena *mem, struct np_statement *s,
		   int32_t *ret_as_of, struct np_err *reterr)
{
	s->by = w->by;
	s->because = w->because;
	s->authority = w->authority;
	s->citation = w->citation;
	s->made = moment(mem, now);
	s->on = np_day_of(now);
	s->until = NP_NODAY;
	s->source = 'F';
	s->information = '6';
	*ret_as_of = s->on;
	if (!s->made)
		return np_fail(reterr, NP_ENOMEM, "out of memory", NULL, 0);
	if (w->grade && strlen(w->grade) != 2)
		return wrong(reterr,
			     "grade wants a letter and a digit, A1 to F6",
			     w->grade);
	if (w->grade) {
		s->source = w->grade[0];
		s->information = w->grade[1];
	}
	if (!take_day(w->on, &s->on))
		return wrong(reterr, "on wants a date (YYYY-MM-DD)", w->on);
	if (!take_day(w->until, &s->until))
		return wrong(reterr, "until wants a date (YYYY-MM-DD)",
			     w->until);
	if (!take_day(w->as_of, ret_as_of))
		return wrong(reterr, "as-of wants a date (YYYY-MM-DD)",
			     w->as_of);
	return NP_OK;
}

/* ---- what it is about */

struct about {
	struct np_run *r;
	struct np_arena *mem;
	struct np_statement *s;
	struct np_err *err;
};

static const char *keep(struct about *x, const char *s)
{
	return np_copystr(x->mem, s, strlen(s));
}

/* The one box that the word names: by its id, or by a key of its own. */
static const struct np_device *device_of(struct about *x, const char *word,
					 size_t n, bool *ret_several)
{
	const struct np_device *found = NULL;
	struct np_arena mem = np_arena((size_t)64 << 20);
	struct np_evidence e;

	*ret_several = false;
	for (size_t i = 0; i < x->r->devices.n; i++) {
		const struct np_device *d = &x->r->devices.v[i];
		bool is = strlen(d->id) == n && strncmp(d->id, word, n) == 0;

		np_arena_reset(&mem);
		if (!is && word[n] == '\0' &&
		    np_device_keys(&x->r->devices, d, &mem, &e) == 0)
			is = np_evidence_has(&e, word);
		*ret_several |= is && found;
		found = is ? d : found;
	}
	np_arena_free(&mem);
	return found;
}

static void about_device(struct about *x, const struct np_device *d)
{
	struct np_evidence e;
	const char *was;

	x->s->device = keep(x, d->id);
	if (np_device_keys(&x->r->devices, d, x->mem, &e))
		return;
	was = np_dossier_known_as(x->r->dossier, e.keys, e.nkeys, x->mem);
	if (was && strcmp(was, d->id) != 0)
		x->s->known_as = was;
}

static bool has_finding(struct about *x, const struct np_device *d,
			const char *clause)
{
	for (size_t i = 0; i < x->r->findings.n; i++) {
		const struct np_finding *f = &x->r->findings.v[i];

		if ((!d || f->device == d) && f->clause &&
		    strcmp(f->clause->id, clause) == 0)
			return true;
	}
	return false;
}

static const char *site_named(struct about *x, const char *word)
{
	for (size_t i = 0; i < np_sites(x->r->party); i++)
		if (strcmp(np_site(x->r->party, i)->id, word) == 0)
			return word;
	return NULL;
}

/* The whole id of the statement that begins so. */
static const char *statement_named(struct about *x, const char *word)
{
	const char *id = NULL;

	for (size_t i = 0; strlen(word) >= 8 && i < np_said_n(x->r->said);
	     i++) {
		const struct np_said_row *row = np_said_row(x->r->said, i);

		if (strncmp(row->id, word, strlen(word)) != 0)
			continue;
		if (id && strcmp(id, row->id) != 0)
			return NULL;
		id = row->id;
	}
	return id ? keep(x, id) : NULL;
}

/* DEVICE, DEVICE/CLAUSE, CLAUSE or SITE. */
static int take_about(struct about *x, const char *word, const char *at)
{
	bool id = strncmp(word, "d-", 2) == 0, several;
	const char *slash = strchr(word, '/');
	const struct np_device *d = NULL;

	if (x->s->kind == NP_S_SECOND) {
		x->s->of = statement_named(x, word);
		return x->s->of ? NP_OK
				: wrong(x->err, "no such statement", word);
	}
	x->s->site = at ? at : site_named(x, word);
	if (at && !site_named(x, at))
		return wrong(x->err, "no such site", at);
	if (slash)
		x->s->clause = id ? slash + 1 : word;
	if (!x->s->clause && x->s->site && !at)
		return NP_OK;
	if (id || !slash)
		d = device_of(x, word,
			      id && slash ? (size_t)(slash - word)
					  : strlen(word),
			      &several);
	if ((id || !slash) && (!d || several))
		return wrong(x->err,
			     d ? "several boxes have this key: use the id"
			       : "no such box, finding or site in the dossier",
			     word);
	if (d)
		about_device(x, d);
	if (x->s->clause && !has_finding(x, d, x->s->clause))
		return wrong(x->err, "no such finding in the dossier", word);
	return NP_OK;
}

int np_state_about(struct np_run *r, const char *word, const char *at,
		   struct np_arena *mem, struct np_statement *s,
		   struct np_err *reterr)
{
	struct about x = {.r = r, .mem = mem, .s = s, .err = reterr};

	return take_about(&x, word, at);
}

int np_state_check(const struct np_run *r, const struct np_statement *s,
		   struct np_err *reterr)
{
	const char *why = np_statement_lacks(s);

	if (!why)
		why = np_statement_unknown(s, r->law, r->knowledge);
	return why ? wrong(reterr, why, NULL) : NP_OK;
}

/* ---- signing */

static int sign(struct np_run *r, const struct np_statement *s,
		const struct np_minisign_secret *key, char ret_id[static 65],
		struct np_err *reterr)
{
	struct np_buf b = np_buf(NP_STATEMENT_MAX), hex = np_buf(65);
	uint8_t hash[32];
	int rc;

	np_statement_put(s, &b);
	rc = b.failed ? np_fail(reterr, NP_ELIMIT, "a statement is too long",
				NULL, 0)
		      : np_journal_add(r->dossier, key, b.p, b.n, reterr);
	if (!rc) {
		np_sha256(b.p, b.n, hash);
		np_puthex(&hex, hash, sizeof(hash));
		rc = hex.failed ? NP_ENOMEM : NP_OK;
	}
	if (!rc)
		memcpy(ret_id, hex.p, 65);
	np_buf_free(&b);
	np_buf_free(&hex);
	return rc;
}

/* The other person's, in the same transaction. */
static int sign_second(struct np_run *r, const struct np_statement *s,
		       const struct np_state_keys *keys, const char *of,
		       struct np_err *reterr)
{
	const struct np_statement second = {
		.kind = NP_S_SECOND,
		.of = of,
		.by = keys->second_by,
		.made = s->made,
		.source = s->source,
		.information = s->information,
		.on = s->on,
		.until = NP_NODAY,
	};
	char id[65];

	return sign(r, &second, keys->second, id, reterr);
}

int np_state_sign(struct np_run *r, const struct np_statement *s,
		  const struct np_state_keys *keys, char ret_id[static 65],
		  struct np_err *reterr)
{
	int rc = np_dossier_begin(r->dossier, reterr);

	if (!rc)
		rc = sign(r, s, keys->key, ret_id, reterr);
	if (!rc && keys->second)
		rc = sign_second(r, s, keys, ret_id, reterr);
	return rc ? rc : np_dossier_commit(r->dossier, reterr);
}
