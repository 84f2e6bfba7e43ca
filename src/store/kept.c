/* SPDX-License-Identifier: ISC */
/*
 * What a run used of knowledge and law goes with the dossier, so that the same
 * answer is reached on a machine that has another program or other registries.
 * Files are kept whole, packed; of registries the rows that were looked at, and
 * the makers that only a registry knows, as one more file of makers.
 */
#include "core/hash.h"
#include "store/hashing.h"
#include "store/inside.h"
#include <stdlib.h>
#include <zstd.h>

#define LEVEL 3
#define MAX_FILE ((size_t)16 << 20)
#define MAX_ALL ((size_t)256 << 20)
#define MAX_FILES 4096

struct keeping {
	struct np_dossier *d;
	sqlite3_stmt *put;
	struct np_buf packed;
};

static int put_file(struct keeping *x, const char *kind, const char *name,
		    const char *text, size_t n)
{
	size_t room = ZSTD_compressBound(n), k;
	uint8_t hash[32], *to = malloc(room);
	char hex[65];
	int rc;

	if (!to)
		return NP_ENOMEM;
	k = ZSTD_compress(to, room, text, n, LEVEL);
	np_sha256(text, n, hash);
	np_hash_hex(hash, hex);
	np_dossier_bind(x->put, 1, kind);
	np_dossier_bind(x->put, 2, name);
	np_dossier_bind(x->put, 3, hex);
	(void)sqlite3_bind_blob64(x->put, 4, to, ZSTD_isError(k) ? 0 : k,
				  SQLITE_STATIC);
	rc = ZSTD_isError(k) ? NP_ENOMEM : np_dossier_step(x->put);
	free(to);
	return rc;
}

/* Makers that claims name and no file has. */
static int put_makers(struct keeping *x, const struct np_knowledge *k)
{
	struct np_buf b = np_buf(MAX_FILE);
	sqlite3_stmt *st = NULL;
	int rc = NP_OK, got = SQLITE_ERROR;
	bool any = false;

	np_puts(&b, "sources: {registry: \"IANA, IEEE\"}\nsource: registry\n"
		    "sure: primary\nmakers:\n");
	if (sqlite3_prepare_v2(x->d->db,
			       "SELECT text FROM word WHERE n IN (SELECT maker "
			       "FROM claim) ORDER BY text",
			       -1, &st, NULL) != SQLITE_OK)
		rc = NP_EIO;
	while (!rc && (got = sqlite3_step(st)) == SQLITE_ROW) {
		const char *slug = np_dossier_text_at(st, 0);
		uint16_t m = slug ? np_maker_find(k, slug) : NP_NO_MAKER;

		if (m == NP_NO_MAKER || m < np_makers(k))
			continue;
		any = true;
		np_puts(&b, "- {slug: ");
		np_putjsons(&b, slug);
		np_puts(&b, ", name: ");
		np_putjsons(&b, np_maker_name(k, m));
		np_puts(&b, "}\n");
	}
	(void)sqlite3_finalize(st);
	if (!rc && got != SQLITE_DONE)
		rc = NP_EIO;
	if (!rc && b.failed)
		rc = NP_ENOMEM;
	if (!rc && any)
		rc = put_file(x, "knowledge", "makers.yaml", b.p, b.n);
	np_buf_free(&b);
	return rc;
}

static int put_rows(struct np_dossier *d, const struct np_knowledge *k)
{
	struct np_registry_row row;
	sqlite3_stmt *st = NULL;
	size_t at = 0;
	int rc = NP_OK;

	if (sqlite3_prepare_v2(d->db,
			       "INSERT OR REPLACE INTO registry VALUES(?,?,?)",
			       -1, &st, NULL) != SQLITE_OK)
		return NP_EIO;
	while (!rc && np_knowledge_used(k, &at, &row)) {
		(void)sqlite3_bind_int64(st, 1, row.bits);
		(void)sqlite3_bind_int64(st, 2, (sqlite3_int64)row.key);
		np_dossier_bind(st, 3, row.owner);
		rc = np_dossier_step(st);
	}
	(void)sqlite3_finalize(st);
	return rc;
}

int np_dossier_keep(struct np_dossier *d, const struct np_knowledge *k,
		    const struct np_law *l)
{
	struct keeping x = {.d = d};
	struct np_knowledge_text t;
	struct np_law_part p;
	int rc = np_dossier_run(d, "DELETE FROM kept", NULL);

	if (!rc &&
	    sqlite3_prepare_v2(d->db,
			       "INSERT INTO kept(kind,name,sha256,packed) "
			       "VALUES(?,?,?,?)",
			       -1, &x.put, NULL) != SQLITE_OK)
		rc = NP_EIO;
	for (size_t i = 0; !rc && np_knowledge_text(k, i, &t); i++)
		rc = put_file(&x, "knowledge", t.name, t.text, t.n);
	if (!rc)
		rc = put_makers(&x, k);
	for (size_t i = 0; !rc && np_law_part(l, i, &p); i++)
		rc = put_file(&x, "law", p.name, p.text, p.n);
	(void)sqlite3_finalize(x.put);
	return rc ? rc : put_rows(d, k);
}

/* ------------------------------------------------------------- opening */

struct opening {
	struct np_dossier *d;
	struct np_arena mem;
	struct np_knowledge_text *files;
	struct np_law_part *law;
	struct np_registry_row *rows;
	size_t nfiles, nlaw, nrows;
};

/* A file as it was; NULL: it is damaged, or too big. */
static char *unpacked(struct opening *x, const void *p, size_t n, size_t *ret_n)
{
	unsigned long long size = ZSTD_getFrameContentSize(p, n);
	char *to;

	if (size > MAX_FILE) /* unknown and error are greater */
		return NULL;
	to = np_alloc(&x->mem, (size_t)size + 1);
	if (!to || ZSTD_decompress(to, (size_t)size, p, n) != (size_t)size)
		return NULL;
	to[size] = '\0';
	*ret_n = (size_t)size;
	return to;
}

static bool take_file(struct opening *x, sqlite3_stmt *st)
{
	const char *kind = np_dossier_text_at(st, 0);
	const char *name = np_dossier_text_at(st, 1);
	size_t n = 0;
	char *text = unpacked(x, sqlite3_column_blob(st, 2),
			      (size_t)sqlite3_column_bytes(st, 2), &n);
	const char *copy =
		name ? np_copystr(&x->mem, name, strlen(name)) : NULL;

	if (!kind || !copy || !text || x->nfiles == MAX_FILES ||
	    x->nlaw == MAX_FILES)
		return false;
	if (strcmp(kind, "law") == 0)
		x->law[x->nlaw++] = (struct np_law_part){
			.name = copy, .text = text, .n = n};
	else
		x->files[x->nfiles++] = (struct np_knowledge_text){
			.name = copy, .text = text, .n = n};
	return true;
}

static int take_files(struct opening *x)
{
	sqlite3_stmt *st = NULL;
	int rc = NP_OK, got = SQLITE_ERROR;

	x->files = np_alloc(&x->mem, MAX_FILES * sizeof(*x->files));
	x->law = np_alloc(&x->mem, MAX_FILES * sizeof(*x->law));
	if (!x->files || !x->law)
		return NP_ENOMEM;
	if (sqlite3_prepare_v2(x->d->db,
			       "SELECT kind,name,packed FROM kept ORDER BY n",
			       -1, &st, NULL) != SQLITE_OK)
		return NP_EIO;
	while (!rc && (got = sqlite3_step(st)) == SQLITE_ROW)
		rc = take_file(x, st) ? NP_OK : NP_EINPUT;
	(void)sqlite3_finalize(st);
	return rc ? rc : got == SQLITE_DONE ? NP_OK : NP_EIO;
}

static int take_rows(struct opening *x)
{
	sqlite3_stmt *st = NULL;
	size_t cap = 0;
	int rc = NP_OK, got = SQLITE_ERROR;

	if (sqlite3_prepare_v2(x->d->db, "SELECT bits,key,owner FROM registry",
			       -1, &st, NULL) != SQLITE_OK)
		return NP_EIO;
	while (!rc && (got = sqlite3_step(st)) == SQLITE_ROW) {
		const char *owner = np_dossier_text_at(st, 2);

		if (x->nrows == cap) {
			struct np_registry_row *v = reallocarray(
				x->rows, cap * 2 + 256, sizeof(*v));

			if (!v) {
				rc = NP_ENOMEM;
				break;
			}
			x->rows = v;
			cap = cap * 2 + 256;
		}
		x->rows[x->nrows++] = (struct np_registry_row){
			.bits = (unsigned)sqlite3_column_int(st, 0),
			.key = (uint64_t)sqlite3_column_int64(st, 1),
			.owner = owner ? np_copystr(&x->mem, owner,
						    strlen(owner))
				       : NULL};
		if (!x->rows[x->nrows - 1].owner)
			rc = NP_ENOMEM;
	}
	(void)sqlite3_finalize(st);
	return rc ? rc : got == SQLITE_DONE ? NP_OK : NP_EIO;
}

int np_dossier_kept(struct np_dossier *d, struct np_knowledge **ret_knowledge,
		    struct np_law **ret_law, struct np_err *reterr)
{
	struct opening x = {.d = d, .mem = np_arena(MAX_ALL)};
	int rc = take_files(&x);

	if (!rc)
		rc = take_rows(&x);
	if (!rc && (!x.nfiles || !x.nlaw))
		rc = NP_ENONE;
	if (rc)
		rc = np_fail(reterr, rc,
			     rc == NP_ENONE
				     ? "it does not hold the knowledge and law "
				       "that were used"
				     : "the knowledge that it holds is damaged",
			     d->path, 0);
	if (!rc)
		rc = np_knowledge_open_texts(x.files, x.nfiles, x.rows, x.nrows,
					     ret_knowledge, reterr);
	if (!rc)
		rc = np_law_open_texts(x.law, x.nlaw, *ret_knowledge, ret_law,
				       reterr);
	free(x.rows);
	np_arena_free(&x.mem);
	return rc;
}
