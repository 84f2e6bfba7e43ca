/* SPDX-License-Identifier: ISC */
/* nameplate verify, section seal: does a dossier hold what was sealed, and are
 * these the sources. */
#include "cli/verify_seal.h"
#include "core/file.h"
#include "report/member.h"
#include "store/seal_proof.h"
#include "store/seal_time.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Who listens to what is found out. */
struct page {
	const struct np_seal_options *o;
	size_t n;
};

static void put_term(struct np_buf *b, const char *s)
{
	np_putterm(b, s, strlen(s));
}

static void put_line(struct np_buf *b, const struct np_sealed *s)
{
	np_puts(b, !s->holds  ? "DOES NOT HOLD   "
		   : s->aside ? "note            "
			      : "holds           ");
	np_putf(b, "%s", s->what);
	if (s->where) {
		np_puts(b, " ");
		put_term(b, s->where);
	}
	if (s->frame)
		np_putf(b, " %s %llu", s->line ? "line" : "frame",
			(unsigned long long)s->frame);
	if (s->note) {
		np_puts(b, ": ");
		put_term(b, s->note);
	}
	if (!s->holds && (s->expected || s->found)) {
		np_puts(b, ": expected ");
		put_term(b, s->expected ? s->expected : "none");
		np_puts(b, ", found ");
		put_term(b, s->found ? s->found : "none");
	}
	np_putc(b, '\n');
}

static void put_json(struct np_buf *b, const struct np_sealed *s)
{
	np_putf(b, "{\"holds\":%s", s->holds ? "true" : "false");
	np_member(b, "what", s->what);
	np_member(b, "where", s->where);
	if (s->frame)
		np_putf(b, ",\"%s\":%llu", s->line ? "line" : "frame",
			(unsigned long long)s->frame);
	np_member(b, "note", s->note);
	np_member(b, "expected", s->expected);
	np_member(b, "found", s->found);
	np_putc(b, '}');
}

/* What holds and is one of many is not shown unless asked for. */
static bool is_detail(const struct np_sealed *s)
{
	static const char *const details[] = {"table", "schema",
					      "hashes of frames",
					      "tree of frames", "lines"};

	for (size_t i = 0; i < NP_COUNT(details); i++)
		if (strcmp(s->what, details[i]) == 0)
			return true;
	return false;
}

static void say(void *ctx, const struct np_sealed *s)
{
	struct page *p = ctx;
	struct np_buf b = np_buf((size_t)1 << 20);

	if (p->o->json) {
		np_puts(&b, p->n++ ? ",\n" : "\n");
		put_json(&b, s);
	} else if (!s->holds || p->o->all || !is_detail(s)) {
		put_line(&b, s);
	}
	if (b.p)
		(void)fwrite(b.p, 1, b.n, stdout);
	np_buf_free(&b);
}

/* ------------------------------------------------------------- seal */

struct checking {
	const struct np_seal_options *o;
	const char *path;
	struct np_dossier *d;
	struct np_manifest *m;
	struct np_minisign_public key; /* the one asked for */
	struct np_seal_ear ear;
};

static void say_note(struct checking *c, bool holds, const char *what,
		     const char *note)
{
	const struct np_sealed s = {
		.holds = holds, .what = what, .where = c->path, .note = note};

	np_seal_say(&c->ear, &s);
}

static void say_aside(struct checking *c, const char *what, const char *note)
{
	const struct np_sealed s = {.holds = true,
				    .aside = true,
				    .what = what,
				    .where = c->path,
				    .note = note};

	np_seal_say(&c->ear, &s);
}

static void check_file(struct checking *c, const struct np_minisign_public *key)
{
	struct np_buf beside = np_buf(8192);

	if (c->o->signature)
		np_puts(&beside, c->o->signature);
	else
		np_seal_beside(&beside, c->path);
	np_seal_check_file(c->path, beside.p, key, &c->ear);
	np_buf_free(&beside);
}

/* The time stamp over the signature, where there is one. */
static void check_stamp(struct checking *c)
{
	struct np_buf signature = np_buf(8192), stamp = np_buf(8192);
	struct np_stamp t;
	struct np_err e = {0};
	char text[128];

	np_seal_beside(&signature, c->path);
	np_putf(&stamp, "%s.tsr", c->path);
	const char *at = c->o->stamp ? c->o->stamp : stamp.p;

	if (!c->o->stamp && !c->o->ca && access(at, F_OK) != 0)
		goto out;
	if (np_stamp_check(c->o->signature ? c->o->signature : signature.p, at,
			   c->o->ca, &t, &e)) {
		say_note(c, false, "time stamp of", e.text);
		goto out;
	}
	(void)snprintf(text, sizeof(text), "%s, %s", t.time,
		       t.checked ? "signed by whom you named"
				 : "by whom --timestamp-ca FILE would tell");
	say_note(c, true, "time stamp of", text);
out:
	np_buf_free(&signature);
	np_buf_free(&stamp);
}

/* Without a key of one's own, the seal is held against the key that it names:
 * that finds damage, and not a forger. */
static const struct np_minisign_public *key_of(struct checking *c)
{
	if (c->o->key)
		return &c->key;
	return c->m ? np_manifest_signer(c->m) : NULL;
}

static void say_signer(struct checking *c)
{
	char id[17], text[128];

	np_minisign_id_text(key_of(c)->id, id);
	(void)snprintf(text, sizeof(text),
		       c->o->key ? "key %s, which you named"
				 : "key %s, which it names itself; whose it is "
				   "--key PUBLIC would tell",
		       id);
	say_aside(c, "signer of", text);
}

/* The manifest, its signature and all that it says of the dossier. */
static int check_seal(struct checking *c, struct np_err *e)
{
	struct np_buf manifest = np_buf(NP_MANIFEST_MAX);
	struct np_buf signature = np_buf(NP_MINISIGN_TEXT);
	int rc = np_dossier_seal(c->d, &manifest, &signature);

	if (rc == NP_ENONE) {
		if (c->o->key)
			say_note(c, false, "dossier", "it is not sealed");
		else
			say_aside(c, "dossier",
				  "it is not sealed: nobody vouches for it");
		rc = NP_OK;
	} else if (rc) {
		say_note(c, false, "seal", "it cannot be read");
		rc = NP_OK;
	} else if (np_manifest_read(manifest.p, manifest.n, &c->m, e)) {
		say_note(c, false, "manifest", e->text);
		if (c->o->key)
			check_file(c, &c->key);
	} else {
		say_signer(c);
		check_file(c, key_of(c));
		check_stamp(c);
		np_seal_check_text(key_of(c), &manifest, &signature, c->path,
				   &c->ear);
		rc = np_seal_check_tables(c->d, c->m, &c->ear, e);
	}
	np_buf_free(&manifest);
	np_buf_free(&signature);
	return rc;
}

static int check_sources(struct checking *c, int n, char **paths,
			 struct np_err *e)
{
	int rc = NP_OK;

	for (int i = 0; i < n && !rc; i++)
		rc = np_seal_check_source(c->d, paths[i], &c->ear, e);
	return rc;
}

/* A dossier that grew under several releases has claims of earlier rules, so
 * this is told, and nothing more. */
static void say_followed(struct checking *c, const struct np_run *r)
{
	char text[128];

	(void)snprintf(text, sizeof(text),
		       "they follow again of %llu of %llu sightings, by the "
		       "rules and rows that it holds",
		       (unsigned long long)r->followed,
		       (unsigned long long)r->recalled);
	say_aside(c, "claims of", text);
}

/* The whole line again, by the knowledge, law and facts that the dossier holds
 * itself. */
static int rerun(struct checking *c, struct np_err *e)
{
	struct np_run r = {.conf = {.dossier = c->path, .as_of = NP_NODAY}};
	struct np_sealed s = {.what = "canonical export of", .where = c->path};
	uint64_t lines;
	char hex[65];
	int rc;

	r.conf.kept = r.conf.as_it_is = r.conf.infer_anew = true;
	rc = np_run_dossier(&r, e);
	if (!rc)
		say_followed(c, &r);
	if (!rc)
		rc = np_seal_export(&r, hex, &lines, e);
	np_run_free(&r);
	if (rc == NP_ENOMEM)
		return rc;
	s.expected = c->m ? np_manifest_export(c->m) : NULL;
	s.found = rc ? NULL : hex;
	s.aside = !rc && !c->m;
	s.holds = !rc && (!c->m || strcmp(s.expected, hex) == 0);
	s.note = rc ? e->text : c->m ? NULL : "reached; nothing sealed tells";
	np_seal_say(&c->ear, &s);
	return NP_OK;
}

/* A proof of one frame instead of a dossier: JSON. */
static bool is_proof(const char *path)
{
	FILE *f = fopen(path, "re");
	bool is = f && fgetc(f) == '{';

	if (f)
		(void)fclose(f);
	return is;
}

static int check_proof(struct checking *c, struct np_err *e)
{
	struct np_buf b = np_buf(NP_PROOF_MAX);
	int rc = np_file_read(c->path, NP_SEAL_LONG, &b, e);

	if (!rc)
		rc = np_proof_check(c->path, b.p, b.n,
				    c->o->key ? &c->key : NULL, &c->ear, e);
	np_buf_free(&b);
	return rc;
}

/* Was it meant to be one? */
static bool was_dossier(const struct checking *c)
{
	struct np_buf beside = np_buf(8192);

	np_seal_beside(&beside, c->path);
	bool was = np_is_dossier(c->path) ||
		   (access(c->path, R_OK) == 0 &&
		    (c->o->key || c->o->signature ||
		     (!beside.failed && access(beside.p, R_OK) == 0)));

	np_buf_free(&beside);
	return was;
}

static int check_dossier(struct checking *c, int n, char **sources,
			 struct np_err *e)
{
	int rc = np_dossier_open_read(c->path, &c->d, e);

	/* What is no dossier any more is no seal that holds. */
	if (rc && rc != NP_ENOMEM && was_dossier(c)) {
		say_note(c, false, "dossier", e->text);
		if (c->o->key)
			check_file(c, &c->key);
		return NP_OK;
	}
	if (!rc)
		rc = check_seal(c, e);
	if (!rc && np_seal_check_chain(c->d, &c->ear))
		say_note(c, false, "journal", "it cannot be read");
	if (!rc)
		rc = check_sources(c, n, sources, e);
	return rc || !c->o->rerun ? rc : rerun(c, e);
}

static int check(struct checking *c, int n, char **sources)
{
	struct np_err e = {0};
	int rc = NP_OK;

	if (c->o->key)
		rc = np_minisign_public_open(c->o->key, &c->key, &e);
	if (!rc)
		rc = is_proof(c->path) ? check_proof(c, &e)
				       : check_dossier(c, n, sources, &e);
	np_manifest_free(c->m);
	np_dossier_close(c->d);
	if (!rc)
		return c->ear.wrong ? NP_EXIT_GATE : NP_EXIT_OK;
	np_say_error(&e);
	if (c->ear.wrong) /* which is answer enough */
		return NP_EXIT_GATE;
	return rc == NP_EUSAGE || rc == NP_EINPUT || rc == NP_ENONE
		       ? NP_EXIT_USAGE
		       : NP_EXIT_FAILED;
}

static void say_end(const struct checking *c, int rc)
{
	if (c->o->json)
		(void)printf("\n],\"wrong\":%llu",
			     (unsigned long long)c->ear.wrong);
	else if (rc == NP_EXIT_OK && !c->ear.looked)
		(void)puts("nothing was sealed, and nothing checked: "
			   "nameplate seal DOSSIER --key FILE signs it");
	else if (rc == NP_EXIT_OK)
		(void)printf("%llu things were looked at, and all hold\n",
			     (unsigned long long)c->ear.looked);
	else if (rc == NP_EXIT_GATE)
		(void)printf("%llu of %llu do not hold\n",
			     (unsigned long long)c->ear.wrong,
			     (unsigned long long)c->ear.looked);
}

size_t np_seal_options(struct np_seal_options *o,
		       struct np_option to[NP_SEAL_OPTIONS])
{
	const struct np_option list[NP_SEAL_OPTIONS] = {
		{"key", 'k', NP_OPT_TEXT, &o->key, "PUBLIC",
		 "the key that must have sealed it: a file, or its text"},
		{"signature", 0, NP_OPT_TEXT, &o->signature, "FILE",
		 "the file's signature (DOSSIER.minisig)"},
		{"timestamp", 0, NP_OPT_TEXT, &o->stamp, "FILE",
		 "the signature's time stamp (DOSSIER.tsr)"},
		{"timestamp-ca", 0, NP_OPT_TEXT, &o->ca, "FILE",
		 "certificates that vouch for who gave the time"},
		{"long", 'l', NP_OPT_FLAG, &o->all, NULL,
		 "each table, hash, place and family"},
		{"rerun", 0, NP_OPT_FLAG, &o->rerun, NULL,
		 "reach the canonical export again from the dossier alone"},
	};

	memcpy(to, list, sizeof(list));
	return NP_SEAL_OPTIONS;
}

int np_verify_seal(const struct np_seal_options *o, const char *path, int n,
		   char **sources)
{
	struct page page = {.o = o};
	struct checking c = {
		.o = o, .path = path, .ear = {.fn = say, .ctx = &page}};
	int rc;

	if (o->json)
		(void)fputs("{\"schema\":\"nameplate.verify/1\",\"looked\":[",
			    stdout);
	rc = check(&c, n, sources);
	say_end(&c, rc);
	return rc;
}
