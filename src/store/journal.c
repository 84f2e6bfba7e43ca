/* SPDX-License-Identifier: ISC */
#include "store/journal.h"
#include "core/hash.h"
#include "core/pull.h"
#include "store/inside.h"
#include <stdio.h>

#define KEY_TEXT 56 /* characters of base64 */
#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"

struct entry {
	struct np_journal_entry pub;
	char key[KEY_TEXT + 1], id[17], hash[65], prev[65];
	struct np_minisign_public public;
};

int np_journal_key(const char *text, size_t n, struct np_minisign_public *ret)
{
	static const char comment[] = "untrusted comment: \n";
	char file[sizeof(comment) + KEY_TEXT];

	/* as it would stand in a file: a hostile text never names one */
	if (n != KEY_TEXT)
		return NP_EINPUT;
	memcpy(file, comment, sizeof(comment) - 1);
	memcpy(file + sizeof(comment) - 1, text, n);
	return np_minisign_public_read(file, sizeof(comment) - 1 + n, ret,
				       NULL);
}

static int broken(struct np_dossier *d, uint64_t n, const char *why,
		  struct np_err *reterr)
{
	int rc = np_fail(reterr, NP_EINPUT, why, d->path, 0);

	if (reterr)
		(void)snprintf(reterr->what, sizeof(reterr->what),
			       "%.200s: journal, entry %llu", d->path,
			       (unsigned long long)n);
	return rc;
}

/* SHA-256(line || newline || signature) */
static bool hash_entry(const char *line, size_t line_n, const char *signature,
		       size_t signature_n, char ret[static 65])
{
	struct np_buf b = np_buf(NP_JOURNAL_LINE + NP_MINISIGN_TEXT + 1);
	struct np_buf hex = np_buf(65);
	uint8_t hash[32];
	bool done;

	np_put(&b, line, line_n);
	np_putc(&b, '\n');
	np_put(&b, signature, signature_n);
	if (!b.failed) {
		np_sha256(b.p, b.n, hash);
		np_puthex(&hex, hash, sizeof(hash));
	}
	done = !b.failed && !hex.failed;
	if (done)
		memcpy(ret, hex.p, 65);
	np_buf_free(&b);
	np_buf_free(&hex);
	return done;
}

static void put_line(struct np_buf *b, const char *key, uint64_t n,
		     const char *prev, const char *statement,
		     size_t statement_n)
{
	np_puts(b, "{\"key\":");
	np_putjsons(b, key);
	np_puts(b, ",\"n\":");
	np_putu(b, n);
	np_puts(b, ",\"prev\":");
	np_putjsons(b, prev);
	np_puts(b, ",\"statement\":");
	np_put(b, statement, statement_n);
	np_putc(b, '}');
}

/* ---- reading */

/* The line's members; it is written again and compared, so that what is read
 * is what was signed. */
static bool take_line(const char *line, size_t n, struct np_arena *mem,
		      struct np_cur *ret_key, struct np_cur *ret_statement)
{
	struct np_pull p = np_pull(line, n);
	struct np_cur name, other;
	bool begun = false;

	*ret_key = *ret_statement = (struct np_cur){0};
	(void)np_pull_object(&p);
	while (np_pull_member(&p, &begun, mem, &name)) {
		bool taken = np_is(name, "key") ? np_pull_text(&p, mem, ret_key)
						: np_pull_raw(&p, &other);

		if (!taken)
			return false;
		if (np_is(name, "statement"))
			*ret_statement = other;
	}
	return !p.why && np_pull_end(&p) && ret_key->left == KEY_TEXT &&
	       ret_statement->left > 0;
}

static bool same_line(const struct entry *e, const char *line, size_t n)
{
	struct np_buf b = np_buf(NP_JOURNAL_LINE);
	bool same;

	put_line(&b, e->key, e->pub.n, e->prev, e->pub.statement,
		 e->pub.statement_n);
	same = !b.failed && b.n == n && memcmp(b.p, line, n) == 0;
	np_buf_free(&b);
	return same;
}

static const char *check_key(struct entry *e, struct np_cur key)
{
	memcpy(e->key, key.p, KEY_TEXT);
	e->key[KEY_TEXT] = '\0';
	if (np_journal_key(e->key, KEY_TEXT, &e->public))
		return "its public key is none";
	np_minisign_id_text(e->public.id, e->id);
	return NULL;
}

/* One row, checked: NULL, or what is wrong with it. e->prev is the hash of the
 * one before. */
static const char *check_row(sqlite3_stmt *st, struct entry *e,
			     struct np_arena *mem)
{
	const char *line = np_dossier_text_at(st, 1);
	size_t line_n = (size_t)sqlite3_column_bytes(st, 1);
	const char *signature = np_dossier_text_at(st, 2);
	size_t signature_n = (size_t)sqlite3_column_bytes(st, 2);
	const char *hash = np_dossier_text_at(st, 3), *why;
	struct np_cur key, statement;

	if (!line || !signature || !hash || line_n > NP_JOURNAL_LINE ||
	    signature_n > NP_MINISIGN_TEXT)
		return "a part of it is missing";
	if ((uint64_t)sqlite3_column_int64(st, 0) != e->pub.n)
		return "an entry is missing before it";
	if (!take_line(line, line_n, mem, &key, &statement))
		return "its line is not one of the journal";
	why = check_key(e, key);
	if (why)
		return why;
	e->pub.statement = (const char *)statement.p;
	e->pub.statement_n = statement.left;
	if (!same_line(e, line, line_n))
		return "it does not follow the entry before it";
	if (np_minisign_verify(&e->public, line, line_n, signature, signature_n,
			       NULL, NULL))
		return "its signature does not hold";
	if (!hash_entry(line, line_n, signature, signature_n, e->hash) ||
	    strcmp(e->hash, hash) != 0)
		return "its hash is another";
	e->pub.signature = signature;
	e->pub.key = e->key;
	e->pub.key_id = e->id;
	e->pub.hash = e->hash;
	return NULL;
}

static int read_rows(struct np_dossier *d, sqlite3_stmt *st, struct entry *e,
		     np_journal_fn *fn, void *ctx, struct np_err *reterr)
{
	struct np_arena mem = np_arena((size_t)1 << 20);
	int rc = NP_OK, got = SQLITE_DONE;

	memcpy(e->hash, ZEROS, sizeof(e->hash));
	while (!rc && (got = sqlite3_step(st)) == SQLITE_ROW) {
		const char *why;

		memcpy(e->prev, e->hash, sizeof(e->prev));
		e->pub.n++;
		np_arena_reset(&mem);
		why = check_row(st, e, &mem);
		rc = why  ? broken(d, e->pub.n, why, reterr)
		     : fn ? fn(ctx, &e->pub)
			  : NP_OK;
	}
	np_arena_free(&mem);
	if (!rc && got != SQLITE_DONE)
		rc = np_dossier_failed(d, reterr);
	return rc;
}

static int read_all(struct np_dossier *d, struct entry *e, np_journal_fn *fn,
		    void *ctx, struct np_err *reterr)
{
	sqlite3_stmt *st = NULL;
	int rc;

	*e = (struct entry){.pub = {.n = 0}};
	if (sqlite3_prepare_v2(d->db,
			       "SELECT n,line,signature,hash FROM journal "
			       "ORDER BY n",
			       -1, &st, NULL) != SQLITE_OK)
		return np_dossier_failed(d, reterr);
	rc = read_rows(d, st, e, fn, ctx, reterr);
	(void)sqlite3_finalize(st);
	return rc;
}

int np_journal_read(struct np_dossier *d, np_journal_fn *fn, void *ctx,
		    struct np_err *reterr)
{
	struct entry e;

	return read_all(d, &e, fn, ctx, reterr);
}

int np_journal_head(struct np_dossier *d, uint64_t *ret_n,
		    char ret_hash[static 65])
{
	sqlite3_stmt *st = NULL;
	int got, rc = NP_OK;

	*ret_n = 0;
	memcpy(ret_hash, ZEROS, 65);
	if (sqlite3_prepare_v2(d->db,
			       "SELECT n,hash FROM journal ORDER BY n DESC "
			       "LIMIT 1",
			       -1, &st, NULL) != SQLITE_OK)
		return NP_EIO;
	got = sqlite3_step(st);
	if (got == SQLITE_ROW && sqlite3_column_bytes(st, 1) == 64) {
		*ret_n = (uint64_t)sqlite3_column_int64(st, 0);
		memcpy(ret_hash, np_dossier_text_at(st, 1), 65);
	} else if (got != SQLITE_DONE) {
		rc = NP_EIO;
	}
	(void)sqlite3_finalize(st);
	return rc;
}

/* ---- adding */

static int insert(struct np_dossier *d, uint64_t n, const struct np_buf *line,
		  const struct np_buf *signature, const char *hash,
		  struct np_err *reterr)
{
	sqlite3_stmt *st = NULL;
	int rc = NP_OK;

	if (sqlite3_prepare_v2(d->db, "INSERT INTO journal VALUES(?,?,?,?)", -1,
			       &st, NULL) != SQLITE_OK)
		return np_dossier_failed(d, reterr);
	(void)sqlite3_bind_int64(st, 1, (sqlite3_int64)n);
	(void)sqlite3_bind_text(st, 2, line->p, (int)line->n, SQLITE_STATIC);
	(void)sqlite3_bind_text(st, 3, signature->p, (int)signature->n,
				SQLITE_STATIC);
	np_dossier_bind(st, 4, hash);
	if (np_dossier_step(st) != NP_OK)
		rc = np_dossier_failed(d, reterr);
	(void)sqlite3_finalize(st);
	return rc;
}

static int append(struct np_dossier *d, const struct np_minisign_secret *key,
		  const char *statement, size_t n, const struct entry *last,
		  struct np_err *reterr)
{
	struct np_buf line = np_buf(NP_JOURNAL_LINE);
	struct np_buf signature = np_buf(NP_MINISIGN_TEXT);
	struct np_minisign_public public;
	char text[KEY_TEXT + 1], hash[65], trusted[80];
	int rc;

	np_minisign_public_of(key, &public);
	np_minisign_public_text(&public, text);
	put_line(&line, text, last->pub.n + 1, last->hash, statement, n);
	(void)snprintf(trusted, sizeof(trusted),
		       "nameplate journal, entry "
		       "%llu",
		       (unsigned long long)last->pub.n + 1);
	rc = line.failed ? np_fail(reterr, NP_ELIMIT, "a statement is too long",
				   d->path, 0)
			 : np_minisign_sign(key, line.p, line.n, trusted, NULL,
					    &signature, reterr);
	if (!rc && !hash_entry(line.p, line.n, signature.p, signature.n, hash))
		rc = np_fail(reterr, NP_ENOMEM, "out of memory", d->path, 0);
	if (!rc)
		rc = insert(d, last->pub.n + 1, &line, &signature, hash,
			    reterr);
	np_buf_free(&line);
	np_buf_free(&signature);
	return rc;
}

int np_journal_add(struct np_dossier *d, const struct np_minisign_secret *key,
		   const char *statement, size_t n, struct np_err *reterr)
{
	bool open = !sqlite3_get_autocommit(d->db);
	struct entry last;
	int rc = open ? NP_OK : np_dossier_run(d, "BEGIN IMMEDIATE", reterr);

	if (!rc)
		rc = read_all(d, &last, NULL, NULL, reterr);
	if (!rc)
		rc = append(d, key, statement, n, &last, reterr);
	if (open)
		return rc;
	if (!rc)
		rc = np_dossier_run(d, "COMMIT", reterr);
	if (rc)
		(void)np_dossier_run(d, "ROLLBACK", NULL);
	return rc;
}

/* ---- boxes that got another id */

bool np_dossier_lasting(const struct np_key *key)
{
	switch (key->kind) {
	case NP_KEY_MAC:
	case NP_KEY_SERIAL:
	case NP_KEY_ENGINE_ID:
	case NP_KEY_HOSTKEY:
	case NP_KEY_CLOCK:
		return true;
	default:
		return false;
	}
}

const char *np_dossier_known_as(struct np_dossier *d, const struct np_key *keys,
				size_t nkeys, struct np_arena *mem)
{
	sqlite3_stmt *st = d->st[KEY];
	const char *id = NULL;

	for (size_t i = 0; i < nkeys && !id; i++) {
		const char *key = np_dossier_lasting(&keys[i])
					  ? np_dossier_key_text(&keys[i], mem)
					  : NULL;

		if (!key)
			continue;
		np_dossier_bind(st, 1, key);
		if (sqlite3_step(st) == SQLITE_ROW)
			id = np_dossier_text_at(st, 0);
		if (id)
			id = np_copystr(mem, id, strlen(id));
		(void)sqlite3_reset(st);
		(void)sqlite3_clear_bindings(st);
	}
	return id;
}

int np_dossier_keys_of(struct np_dossier *d, const char *id,
		       np_dossier_key_fn *fn, void *ctx)
{
	sqlite3_stmt *st = NULL;
	int rc = NP_OK, got = SQLITE_ERROR;

	if (sqlite3_prepare_v2(d->db,
			       "SELECT key FROM device_key WHERE device=?", -1,
			       &st, NULL) != SQLITE_OK)
		return NP_EIO;
	np_dossier_bind(st, 1, id);
	while (!rc && (got = sqlite3_step(st)) == SQLITE_ROW)
		rc = fn(ctx, np_dossier_text_at(st, 0));
	(void)sqlite3_finalize(st);
	return rc ? rc : got == SQLITE_DONE ? NP_OK : NP_EIO;
}
