/* SPDX-License-Identifier: ISC */
#include "cli/state.h"
#include "cli/judgement.h"
#include "cli/key.h"
#include "core/hash.h"
#include "store/journal.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct stating {
	const char *verb;
	const struct np_state_options *o;
	struct np_statement *s;
	struct np_run r;
	struct np_arena mem;
	struct np_proof proofs[NP_STATEMENT_PROOFS];
	struct np_err err;
};

size_t np_state_options(struct np_state_options *o,
			struct np_option to[NP_STATE_OPTIONS])
{
	const struct np_option list[NP_STATE_OPTIONS] = {
		{"by", 0, NP_OPT_TEXT, &o->by, "NAME",
		 "who states it: a person, or a role"},
		{"key", 0, NP_OPT_TEXT, &o->key, "FILE",
		 "secret key that signs it (nameplate keygen)"},
		{"password", 0, NP_OPT_TEXT, &o->password, "FILE",
		 "file with the key's password; else it is asked for"},
		{"because", 0, NP_OPT_TEXT, &o->because, "TEXT",
		 "why, in your own words"},
		{"grade", 0, NP_OPT_TEXT, &o->grade, "B2",
		 "source A to F, information 1 to 6 (F6)"},
		{"evidence", 0, NP_OPT_TEXT, &o->evidence, "FILE,...",
		 "files that prove it: their names and hashes are kept"},
		{"on", 0, NP_OPT_TEXT, &o->on, "DATE",
		 "counts from this day (today)"},
		{"until", 0, NP_OPT_TEXT, &o->until, "DATE",
		 "counts until this day"},
		{"at", 0, NP_OPT_TEXT, &o->at, "SITE",
		 "a clause at this site alone"},
		{"authority", 0, NP_OPT_TEXT, &o->authority, "NAME",
		 "who granted it"},
		{"citation", 0, NP_OPT_TEXT, &o->citation, "TEXT",
		 "where that can be read"},
		{"second-key", 0, NP_OPT_TEXT, &o->second_key, "FILE",
		 "a second person's secret key, who supports it"},
		{"second-by", 0, NP_OPT_TEXT, &o->second_by, "NAME",
		 "that person"},
		{"second-password", 0, NP_OPT_TEXT, &o->second_password, "FILE",
		 "file with that key's password"},
		{"party", 0, NP_OPT_TEXT, &o->party, "FILE",
		 "operator.yaml, if not the dossier's own"},
		{"knowledge", 0, NP_OPT_TEXT, &o->knowledge, "DIR",
		 "use this knowledge, not what is built in"},
		{"as-of", 0, NP_OPT_TEXT, &o->as_of, "DATE",
		 "say what becomes of it on YYYY-MM-DD (today)"},
		{"keys", 0, NP_OPT_TEXT, &o->keys, "FILE",
		 "public keys whose statements count (all)"},
	};

	memcpy(to, list, sizeof(list));
	return NP_STATE_OPTIONS;
}

static int wrong(const struct stating *x, const char *text, const char *word)
{
	struct np_buf b = np_buf(8192);

	np_putf(&b, "nameplate %s: %s", x->verb, text);
	if (word) {
		np_puts(&b, ": ");
		np_putterm(&b, word, strlen(word));
	}
	np_putc(&b, '\n');
	if (b.p)
		(void)fwrite(b.p, 1, b.n, stderr);
	np_buf_free(&b);
	return NP_EXIT_USAGE;
}

/* ---- evidence */

static const char *hash_file(struct stating *x, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	struct np_hasher *h = fd < 0 ? NULL : np_hasher_new(NP_SHA256);
	struct np_buf hex = np_buf(65);
	uint8_t block[16384], hash[32];
	const char *text = NULL;
	ssize_t n = -1;

	if (h)
		np_hasher_begin(h);
	while (h && (n = read(fd, block, sizeof(block))) > 0)
		np_hasher_add(h, block, (size_t)n);
	if (h && n == 0) {
		np_hasher_end(h, hash);
		np_puthex(&hex, hash, sizeof(hash));
		text = np_copystr(&x->mem, hex.p, hex.n);
	}
	np_hasher_free(h);
	np_buf_free(&hex);
	if (fd >= 0)
		(void)close(fd);
	return text;
}

static int add_proof(struct stating *x, const char *path)
{
	const char *slash = strrchr(path, '/');
	struct np_proof *p = &x->proofs[x->s->nproofs];

	if (x->s->nproofs == NP_STATEMENT_PROOFS)
		return wrong(x, "at most 16 files of evidence", NULL);
	p->name = slash ? slash + 1 : path;
	p->sha256 = hash_file(x, path);
	if (!p->sha256)
		return wrong(x, "cannot read the evidence", path);
	x->s->nproofs++;
	return NP_EXIT_OK;
}

/* "a.jpg,b.pdf", or one file that has a comma in its name. */
static int take_evidence(struct stating *x)
{
	const char *s = x->o->evidence;
	int rc = NP_EXIT_OK;

	x->s->proofs = x->proofs;
	if (s && access(s, F_OK) == 0)
		return add_proof(x, s);
	while (s && *s && !rc) {
		size_t n = strcspn(s, ",");
		const char *path = np_copystr(&x->mem, s, n);

		rc = path && n ? add_proof(x, path)
			       : wrong(x, "wants files", x->o->evidence);
		s += n + (s[n] == ',');
	}
	return rc;
}

/* ---- the statement's own words */

static int take_day(struct stating *x, const char *option, const char *text,
		    int32_t *to)
{
	char why[64];

	if (!text || np_day_read(text, to))
		return NP_EXIT_OK;
	(void)snprintf(why, sizeof(why), "%s wants a date (YYYY-MM-DD)",
		       option);
	return wrong(x, why, text);
}

static const char *moment(struct stating *x, int64_t ns)
{
	char text[40];

	(void)np_time_text(ns, text);
	text[19] = 'Z';
	return np_copystr(&x->mem, text, 20);
}

static int take_words(struct stating *x)
{
	const struct np_state_options *o = x->o;
	struct np_statement *s = x->s;
	int64_t now = (int64_t)time(NULL) * 1000000000;
	int rc;

	s->by = o->by;
	s->because = o->because;
	s->authority = o->authority;
	s->citation = o->citation;
	s->made = moment(x, now);
	s->on = np_day_of(now);
	s->until = NP_NODAY;
	s->source = 'F';
	s->information = '6';
	x->r.conf.as_of = s->on;
	if (o->grade && strlen(o->grade) != 2)
		return wrong(x, "--grade wants a letter and a digit, A1 to F6",
			     o->grade);
	if (o->grade) {
		s->source = o->grade[0];
		s->information = o->grade[1];
	}
	rc = take_day(x, "--on", o->on, &s->on);
	if (!rc)
		rc = take_day(x, "--until", o->until, &s->until);
	if (!rc)
		rc = take_day(x, "--as-of", o->as_of, &x->r.conf.as_of);
	return rc ? rc : take_evidence(x);
}

/* ---- what it is about */

static const char *keep(struct stating *x, const char *s)
{
	return np_copystr(&x->mem, s, strlen(s));
}

/* The one box that the word names: by its id, or by a key of its own. */
static const struct np_device *device_of(struct stating *x, const char *word,
					 size_t n, bool *ret_several)
{
	const struct np_device *found = NULL;
	struct np_arena mem = np_arena((size_t)64 << 20);
	struct np_evidence e;

	*ret_several = false;
	for (size_t i = 0; i < x->r.devices.n; i++) {
		const struct np_device *d = &x->r.devices.v[i];
		bool is = strlen(d->id) == n && strncmp(d->id, word, n) == 0;

		np_arena_reset(&mem);
		if (!is && word[n] == '\0' &&
		    np_device_keys(&x->r.devices, d, &mem, &e) == 0)
			is = np_evidence_has(&e, word);
		*ret_several |= is && found;
		found = is ? d : found;
	}
	np_arena_free(&mem);
	return found;
}

static void about_device(struct stating *x, const struct np_device *d)
{
	struct np_evidence e;
	const char *was;

	x->s->device = keep(x, d->id);
	if (np_device_keys(&x->r.devices, d, &x->mem, &e))
		return;
	was = np_dossier_known_as(x->r.dossier, e.keys, e.nkeys, &x->mem);
	if (was && strcmp(was, d->id) != 0)
		x->s->known_as = was;
}

static bool has_finding(struct stating *x, const struct np_device *d,
			const char *clause)
{
	for (size_t i = 0; i < x->r.findings.n; i++) {
		const struct np_finding *f = &x->r.findings.v[i];

		if ((!d || f->device == d) && f->clause &&
		    strcmp(f->clause->id, clause) == 0)
			return true;
	}
	return false;
}

static const char *site_named(struct stating *x, const char *word)
{
	for (size_t i = 0; i < np_sites(x->r.party); i++)
		if (strcmp(np_site(x->r.party, i)->id, word) == 0)
			return word;
	return NULL;
}

/* The whole id of the statement that begins so. */
static const char *statement_named(struct stating *x, const char *word)
{
	const char *id = NULL;

	for (size_t i = 0; strlen(word) >= 8 && i < np_said_n(x->r.said); i++) {
		const struct np_said_row *row = np_said_row(x->r.said, i);

		if (strncmp(row->id, word, strlen(word)) != 0)
			continue;
		if (id && strcmp(id, row->id) != 0)
			return NULL;
		id = row->id;
	}
	return id ? keep(x, id) : NULL;
}

/* DEVICE, DEVICE/CLAUSE, CLAUSE or SITE. */
static int take_about(struct stating *x, const char *word)
{
	bool id = strncmp(word, "d-", 2) == 0, several;
	const char *slash = strchr(word, '/');
	const struct np_device *d = NULL;

	if (x->s->kind == NP_S_SECOND) {
		x->s->of = statement_named(x, word);
		return x->s->of ? NP_EXIT_OK
				: wrong(x, "no such statement", word);
	}
	x->s->site = x->o->at ? x->o->at : site_named(x, word);
	if (x->o->at && !site_named(x, x->o->at))
		return wrong(x, "no such site", x->o->at);
	if (slash)
		x->s->clause = id ? slash + 1 : word;
	if (!x->s->clause && x->s->site && !x->o->at)
		return NP_EXIT_OK;
	if (id || !slash)
		d = device_of(x, word,
			      id && slash ? (size_t)(slash - word)
					  : strlen(word),
			      &several);
	if ((id || !slash) && (!d || several))
		return wrong(x,
			     d ? "several boxes have this key: use the id"
			       : "no such box, finding or site in the dossier",
			     word);
	if (d)
		about_device(x, d);
	if (x->s->clause && !has_finding(x, d, x->s->clause))
		return wrong(x, "no such finding in the dossier", word);
	return NP_EXIT_OK;
}

/* ---- signing */

static int sign(struct stating *x, const struct np_statement *s,
		const struct np_minisign_secret *key, char ret_id[static 65])
{
	struct np_buf b = np_buf(NP_STATEMENT_MAX), hex = np_buf(65);
	uint8_t hash[32];
	int rc;

	np_statement_put(s, &b);
	rc = b.failed ? np_fail(&x->err, NP_ELIMIT, "a statement is too long",
				NULL, 0)
		      : np_journal_add(x->r.dossier, key, b.p, b.n, &x->err);
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
static int sign_second(struct stating *x, const struct np_minisign_secret *key,
		       const char *of)
{
	const struct np_statement second = {
		.kind = NP_S_SECOND,
		.of = of,
		.by = x->o->second_by,
		.made = x->s->made,
		.source = x->s->source,
		.information = x->s->information,
		.on = x->s->on,
		.until = NP_NODAY,
	};
	char id[65];

	return sign(x, &second, key, id);
}

static int keep_signed(struct stating *x, const struct np_minisign_secret *key,
		       const struct np_minisign_secret *second,
		       char ret_id[static 65])
{
	int rc = np_dossier_begin(x->r.dossier, &x->err);

	if (!rc)
		rc = sign(x, x->s, key, ret_id);
	if (!rc && second)
		rc = sign_second(x, second, ret_id);
	return rc ? rc : np_dossier_commit(x->r.dossier, &x->err);
}

static int check(struct stating *x)
{
	const char *why = np_statement_lacks(x->s);

	if (!why)
		why = np_statement_unknown(x->s, x->r.law, x->r.knowledge);
	if (!why && x->o->second_key && !x->o->second_by)
		why = "expected the second person (second-by)";
	return why ? wrong(x, why, NULL) : NP_EXIT_OK;
}

/* Reads the dossier as anybody would who comes later. */
static int say(struct stating *x, const char *id)
{
	struct np_run r = {.conf = x->r.conf};
	struct np_report report;
	struct np_buf b = np_buf((size_t)1 << 20);
	int rc = np_run_dossier(&r, &x->err);

	if (!rc)
		rc = np_outcome(&r, &report);
	for (size_t i = 0; !rc && i < np_said_n(r.said); i++) {
		const struct np_said_row *row = np_said_row(r.said, i);
		char day[16];

		if (strcmp(row->id, id) != 0)
			continue;
		np_putf(&b, "signed into the journal; as of %s:\n",
			np_day_text(report.as_of, day));
		np_put_statement(&report, row, "  ", &b);
		if (row->weight == NP_G_ALONE)
			np_putf(&b,
				"  for another person: nameplate attest "
				"DOSSIER %.16s --second --by NAME --key FILE\n",
				row->id);
		break;
	}
	if (!rc)
		rc = np_put_out(&b, stdout);
	np_buf_free(&b);
	np_run_free(&r);
	return rc;
}

static int state(struct stating *x, const char *word)
{
	const struct np_state_options *o = x->o;
	struct np_minisign_secret key = {0}, second = {0};
	char id[65] = "";
	int rc = take_about(x, word);

	if (!rc)
		rc = check(x);
	if (!rc)
		rc = np_key_open(o->key, o->password, &key);
	if (!rc && o->second_key)
		rc = np_key_open(o->second_key, o->second_password, &second);
	if (!rc) {
		rc = keep_signed(x, &key, o->second_key ? &second : NULL, id);
		rc = rc ? np_judge_exit(rc, &x->err) : NP_EXIT_OK;
	}
	np_minisign_secret_wipe(&key);
	if (o->second_key)
		np_minisign_secret_wipe(&second);
	if (rc)
		return rc;
	return np_judge_exit(say(x, id), &x->err);
}

int np_sign_statement(const char *verb, const struct np_state_options *o,
		      struct np_statement *s, const char *dossier,
		      const char *word)
{
	struct stating x = {.verb = verb,
			    .o = o,
			    .s = s,
			    .mem = np_arena((size_t)64 << 20)};
	int rc = NP_EXIT_OK;

	if (!o->by || !o->key)
		rc = wrong(&x, "wants --by NAME and --key FILE", NULL);
	if (!rc)
		rc = take_words(&x);
	if (!rc) {
		x.r.conf.dossier = dossier;
		x.r.conf.writes = true;
		x.r.conf.party = o->party;
		x.r.conf.knowledge = o->knowledge;
		x.r.conf.keys = o->keys;
		rc = np_run_dossier(&x.r, &x.err);
		rc = rc ? np_judge_exit(rc, &x.err) : state(&x, word);
		np_run_free(&x.r);
	}
	np_arena_free(&x.mem);
	return rc;
}
