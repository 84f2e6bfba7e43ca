/* SPDX-License-Identifier: ISC */
#include "cli/state.h"
#include "cli/judgement.h"
#include "cli/key.h"
#include "core/hash.h"
#include "stating.h"
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

/* What a step of stating.h came to; says what is wrong. */
static int said(const struct stating *x, int rc)
{
	struct np_err e = x->err;

	if (rc == NP_EUSAGE)
		return wrong(x, e.text, e.what[0] ? e.what : NULL);
	return rc ? np_judge_exit(rc, &e) : NP_EXIT_OK;
}

static int sign(struct stating *x, const struct np_minisign_secret *key,
		const struct np_minisign_secret *second, char id[static 65])
{
	const struct np_state_keys keys = {
		.key = key, .second = second, .second_by = x->o->second_by};
	int rc = np_state_sign(&x->r, x->s, &keys, id, &x->err);

	return rc ? np_judge_exit(rc, &x->err) : NP_EXIT_OK;
}

static int state(struct stating *x, const char *word)
{
	const struct np_state_options *o = x->o;
	struct np_minisign_secret key = {0}, second = {0};
	char id[65] = "";
	int rc = said(
		x, np_state_about(&x->r, word, o->at, &x->mem, x->s, &x->err));

	if (!rc)
		rc = said(x, np_state_check(&x->r, x->s, &x->err));
	if (!rc && o->second_key && !o->second_by)
		rc = wrong(x, "expected the second person (second-by)", NULL);
	if (!rc)
		rc = np_key_open(o->key, o->password, &key);
	if (!rc && o->second_key)
		rc = np_key_open(o->second_key, o->second_password, &second);
	if (!rc)
		rc = sign(x, &key, o->second_key ? &second : NULL, id);
	np_minisign_secret_wipe(&key);
	if (o->second_key)
		np_minisign_secret_wipe(&second);
	if (rc)
		return rc;
	return np_judge_exit(say(x, id), &x->err);
}

static int take_words(struct stating *x)
{
	const struct np_state_options *o = x->o;
	const struct np_state_words w = {
		.by = o->by,
		.because = o->because,
		.grade = o->grade,
		.on = o->on,
		.until = o->until,
		.authority = o->authority,
		.citation = o->citation,
		.as_of = o->as_of,
	};
	int rc = said(x,
		      np_state_words(&w, (int64_t)time(NULL) * 1000000000,
				     &x->mem, x->s, &x->r.conf.as_of, &x->err));

	return rc ? rc : take_evidence(x);
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
