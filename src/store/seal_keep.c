/* SPDX-License-Identifier: ISC */
/* What a seal needs of the dossier: hashes of frames and of tables, and where
 * the seal itself is kept. */
#include "store/hashing.h"
#include "store/inside.h"
#include "store/seal.h"
#include <stdlib.h>
#include <unistd.h>

/* Octets of blocks in one row: 16,384 frames. */
#define PIECE ((size_t)256 * NP_TREE_FULL)

static sqlite3_stmt *prepared(struct np_dossier *d, const char *sql)
{
	sqlite3_stmt *st = NULL;

	if (sqlite3_prepare_v2(d->db, sql, -1, &st, NULL) == SQLITE_OK)
		return st;
	(void)sqlite3_finalize(st);
	return NULL;
}

int np_dossier_frames(struct np_dossier *d, uint32_t source, int fd,
		      uint64_t at, uint64_t n)
{
	sqlite3_stmt *st =
		prepared(d, "INSERT INTO frames(source,blocks) VALUES(?,?)");
	uint8_t *buf = malloc(PIECE);
	int rc = !buf ? NP_ENOMEM : st ? NP_OK : NP_EIO;

	while (!rc && n) {
		size_t want = n < PIECE ? (size_t)n : PIECE;
		ssize_t got = pread(fd, buf, want, (off_t)at);

		if (got != (ssize_t)want) {
			rc = NP_EIO;
			break;
		}
		(void)sqlite3_bind_int64(st, 1, source);
		(void)sqlite3_bind_blob(st, 2, buf, (int)want, SQLITE_STATIC);
		rc = np_dossier_step(st);
		at += want;
		n -= want;
	}
	(void)sqlite3_finalize(st);
	free(buf);
	return rc;
}

int np_dossier_blocks(struct np_dossier *d, uint32_t source, uint8_t **ret,
		      size_t *ret_n)
{
	struct np_buf b = np_buf(SIZE_MAX / 2);
	sqlite3_stmt *st = prepared(
		d, "SELECT blocks FROM frames WHERE source=? ORDER BY n");
	int got = SQLITE_ERROR;

	if (st) {
		(void)sqlite3_bind_int64(st, 1, source);
		while ((got = sqlite3_step(st)) == SQLITE_ROW)
			np_put(&b, sqlite3_column_blob(st, 0),
			       (size_t)sqlite3_column_bytes(st, 0));
	}
	(void)sqlite3_finalize(st);
	*ret = (uint8_t *)b.p;
	*ret_n = b.n;
	if (got == SQLITE_DONE && !b.failed)
		return NP_OK;
	np_buf_free(&b);
	*ret = NULL;
	*ret_n = 0;
	return b.failed ? NP_ENOMEM : NP_EIO;
}

/* ------------------------------------------------------------ tables */

const char *np_dossier_table(struct np_dossier *d, size_t i,
			     struct np_arena *mem)
{
	/* The journal goes on after the seal, and has a chain of its own. */
	sqlite3_stmt *st = prepared(
		d,
		"SELECT name FROM sqlite_schema WHERE type='table' AND "
		"name NOT LIKE 'sqlite_%' AND name NOT IN "
		"('seal','sealed','journal') ORDER BY name LIMIT 1 OFFSET ?");
	const char *name = NULL;

	if (!st)
		return NULL;
	(void)sqlite3_bind_int64(st, 1, (sqlite3_int64)i);
	if (sqlite3_step(st) == SQLITE_ROW)
		name = np_dossier_text_at(st, 0);
	if (name)
		name = np_copystr(mem, name, strlen(name));
	(void)sqlite3_finalize(st);
	return name;
}

static void add_value(struct np_hasher *h, sqlite3_stmt *st, int i)
{
	static const char letters[] = {[SQLITE_INTEGER] = 'i',
				       [SQLITE_FLOAT] = 'f',
				       [SQLITE_TEXT] = 't',
				       [SQLITE_BLOB] = 'b',
				       [SQLITE_NULL] = 'n'};
	int type = sqlite3_column_type(st, i);
	const void *p;
	char head[32];
	int n;

	if (type == SQLITE_NULL) {
		np_hasher_add(h, "n", 1);
		return;
	}
	p = type == SQLITE_BLOB ? sqlite3_column_blob(st, i)
				: sqlite3_column_text(st, i);
	n = sqlite3_column_bytes(st, i);
	int k = snprintf(head, sizeof(head), "%c%d:", letters[type], n);

	np_hasher_add(h, head, (size_t)k);
	np_hasher_add(h, p, (size_t)n);
}

/* SHA-256 over what a statement gives. */
static int hash_rows(struct np_dossier *d, const char *sql, uint64_t *ret_rows,
		     char ret[static 65])
{
	struct np_hasher *h = np_hasher_new(NP_SHA256);
	sqlite3_stmt *st = prepared(d, sql);
	uint8_t out[32];
	int got = SQLITE_ERROR;

	*ret_rows = 0;
	if (h)
		np_hasher_begin(h);
	while (h && st && (got = sqlite3_step(st)) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(st); i++)
			add_value(h, st, i);
		np_hasher_add(h, "\n", 1);
		++*ret_rows;
	}
	if (h) {
		np_hasher_end(h, out);
		np_hash_hex(out, ret);
	}
	np_hasher_free(h);
	(void)sqlite3_finalize(st);
	return got == SQLITE_DONE ? NP_OK : NP_EIO;
}

int np_dossier_table_hash(struct np_dossier *d, const char *table,
			  uint64_t *ret_rows, char ret[static 65])
{
	/* %w: a name in quotes, whatever it is */
	char *columns = sqlite3_mprintf("SELECT * FROM \"%w\" LIMIT 0", table);
	sqlite3_stmt *st = columns ? prepared(d, columns) : NULL;
	struct np_buf b = np_buf(1 << 20);
	char *from = sqlite3_mprintf("SELECT * FROM \"%w\" ORDER BY ", table);
	int rc = st && from ? NP_OK : NP_EIO;

	if (from)
		np_puts(&b, from);
	for (int i = 1; st && i <= sqlite3_column_count(st); i++)
		np_putf(&b, i > 1 ? ",%d" : "%d", i);
	(void)sqlite3_finalize(st);
	sqlite3_free(columns);
	sqlite3_free(from);
	if (!rc)
		rc = b.failed ? NP_ENOMEM : hash_rows(d, b.p, ret_rows, ret);
	np_buf_free(&b);
	return rc;
}

int np_dossier_schema_hash(struct np_dossier *d, char ret[static 65])
{
	uint64_t rows;

	/* The seal's own table and the journal's may come later. */
	return hash_rows(d,
			 "SELECT type,name,tbl_name,sql FROM sqlite_schema "
			 "WHERE tbl_name NOT IN ('seal','sealed','journal') "
			 "ORDER BY 1,2",
			 &rows, ret);
}

int np_dossier_notes(struct np_dossier *d, np_dossier_note_fn *fn, void *ctx)
{
	sqlite3_stmt *st = prepared(d, "SELECT key,value FROM note ORDER BY "
				       "key");
	int rc = st ? NP_OK : NP_EIO, got = SQLITE_DONE;

	while (!rc && (got = sqlite3_step(st)) == SQLITE_ROW) {
		const char *key = np_dossier_text_at(st, 0);
		const char *value = np_dossier_text_at(st, 1);

		rc = key && value ? fn(ctx, key, value) : NP_ENOMEM;
	}
	(void)sqlite3_finalize(st);
	return rc ? rc : got == SQLITE_DONE ? NP_OK : NP_EIO;
}

bool np_dossier_link(struct np_dossier *d, uint64_t n, char ret[static 129])
{
	sqlite3_stmt *st = prepared(d, "SELECT hash FROM journal ORDER BY n "
				       "LIMIT 1 OFFSET ?");
	bool have = false;

	if (st)
		(void)sqlite3_bind_int64(st, 1, (sqlite3_int64)n - 1);
	if (st && sqlite3_step(st) == SQLITE_ROW) {
		const char *text = np_dossier_text_at(st, 0);

		have = text != NULL;
		(void)snprintf(ret, 129, "%s", text ? text : "");
	}
	(void)sqlite3_finalize(st);
	return have;
}

bool np_dossier_journal(struct np_dossier *d, char ret[static 129],
			uint64_t *ret_n)
{
	sqlite3_stmt *st = prepared(d, "SELECT count(*) FROM journal");

	*ret_n = 0;
	if (st && sqlite3_step(st) == SQLITE_ROW)
		*ret_n = (uint64_t)sqlite3_column_int64(st, 0);
	(void)sqlite3_finalize(st);
	return *ret_n && np_dossier_link(d, *ret_n, ret);
}

/* ---------------------------------------------------------- the seal */

int np_dossier_seal(struct np_dossier *d, struct np_buf *manifest,
		    struct np_buf *signature)
{
	sqlite3_stmt *st =
		prepared(d, "SELECT manifest,signature FROM seal WHERE n=1");
	int rc = NP_ENONE;

	if (st && sqlite3_step(st) == SQLITE_ROW) {
		np_buf_clear(manifest);
		np_buf_clear(signature);
		for (int i = 0; i < 2; i++)
			np_put(i ? signature : manifest,
			       sqlite3_column_text(st, i),
			       (size_t)sqlite3_column_bytes(st, i));
		rc = manifest->failed || signature->failed ? NP_ENOMEM : NP_OK;
	}
	(void)sqlite3_finalize(st);
	return rc;
}

int np_dossier_add_sealed(struct np_dossier *d, const char *kind,
			  const char *line, size_t n)
{
	sqlite3_stmt *st = d->st[SEALED];

	np_dossier_bind(st, 1, kind);
	(void)sqlite3_bind_text(st, 2, line, (int)n, SQLITE_STATIC);
	return np_dossier_step(st);
}

int np_dossier_clear_sealed(struct np_dossier *d, struct np_err *reterr)
{
	return np_dossier_run(d, "DELETE FROM sealed", reterr);
}

int np_dossier_sealed(struct np_dossier *d, const char *kind,
		      np_dossier_sealed_fn *fn, void *ctx)
{
	sqlite3_stmt *st =
		prepared(d, "SELECT line FROM sealed WHERE kind=? ORDER BY n");
	int rc = st ? NP_OK : NP_EIO, got = SQLITE_DONE;

	if (st)
		np_dossier_bind(st, 1, kind);
	while (!rc && (got = sqlite3_step(st)) == SQLITE_ROW)
		rc = fn(ctx, np_dossier_text_at(st, 0),
			(size_t)sqlite3_column_bytes(st, 0));
	(void)sqlite3_finalize(st);
	return rc ? rc : got == SQLITE_DONE ? NP_OK : NP_EIO;
}

int np_dossier_set_seal(struct np_dossier *d, const struct np_buf *manifest,
			const struct np_buf *signature, struct np_err *reterr)
{
	sqlite3_stmt *st =
		prepared(d, "INSERT OR REPLACE INTO seal VALUES(1,?,?)");
	int rc = st ? NP_OK : NP_EIO;

	if (!rc) {
		(void)sqlite3_bind_text64(st, 1, manifest->p, manifest->n,
					  SQLITE_STATIC, SQLITE_UTF8);
		(void)sqlite3_bind_text64(st, 2, signature->p, signature->n,
					  SQLITE_STATIC, SQLITE_UTF8);
		rc = np_dossier_step(st);
	}
	(void)sqlite3_finalize(st);
	return rc ? np_dossier_failed(d, reterr) : NP_OK;
}
