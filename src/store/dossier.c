/* SPDX-License-Identifier: ISC */
#include "core/hash.h"
#include "store/inside.h"
#include "store/schema.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Milliseconds that one who writes waits for those who read, and they for him:
 * a million boxes are read in less. */
#define PATIENCE 60000

static const char *const sql[NP_STATEMENTS] = {
#define XX(name, sql) sql,
	STATEMENTS(XX)
#undef XX
};

int np_dossier_failed(struct np_dossier *d, struct np_err *reterr)
{
	int rc = np_fail(reterr, NP_EIO, "the dossier cannot be used", d->path,
			 0);

	if (reterr && d->db)
		(void)snprintf(reterr->what, sizeof(reterr->what), "%s: %s",
			       d->path, sqlite3_errmsg(d->db));
	return rc;
}

int np_dossier_run(struct np_dossier *d, const char *text,
		   struct np_err *reterr)
{
	return sqlite3_exec(d->db, text, NULL, NULL, NULL) == SQLITE_OK
		       ? NP_OK
		       : np_dossier_failed(d, reterr);
}

static int64_t pragma(struct np_dossier *d, const char *text)
{
	sqlite3_stmt *st = NULL;
	int64_t v = -1;

	if (sqlite3_prepare_v2(d->db, text, -1, &st, NULL) == SQLITE_OK &&
	    sqlite3_step(st) == SQLITE_ROW)
		v = sqlite3_column_int64(st, 0);
	(void)sqlite3_finalize(st);
	return v;
}

static int check_schema(struct np_dossier *d, struct np_err *reterr)
{
	if (pragma(d, "PRAGMA application_id") == NP_DOSSIER_ID &&
	    pragma(d, "PRAGMA user_version") == NP_DOSSIER_VERSION)
		return NP_OK;
	return np_fail(reterr, NP_EINPUT, "not a dossier of this version",
		       d->path, 0);
}

/* A file that nobody else sees until it is complete needs no journal, and goes
 * to the disk once. */
static int make_schema(struct np_dossier *d, struct np_err *reterr)
{
	char text[128];
	int rc = np_dossier_run(d,
				"PRAGMA journal_mode=OFF;"
				"PRAGMA synchronous=OFF;",
				reterr);

	(void)snprintf(text, sizeof(text),
		       "PRAGMA application_id=%d;PRAGMA user_version=%d;",
		       NP_DOSSIER_ID, NP_DOSSIER_VERSION);
	if (!rc)
		rc = np_dossier_run(d, text, reterr);
	if (!rc)
		rc = np_dossier_run(d, np_schema, reterr);
	if (!rc)
		rc = np_dossier_run(d, np_schema_new, reterr);
	if (!rc && sqlite3_prepare_v2(d->db, "INSERT INTO new_key VALUES(?,?)",
				      -1, &d->new_key, NULL) != SQLITE_OK)
		rc = np_dossier_failed(d, reterr);
	return rc;
}

/* Tables that came later, for who only reads: beside the file, not in it. Each
 * begins with CREATE TABLE IF NOT EXISTS. */
static int more_beside(struct np_dossier *d, struct np_err *reterr)
{
	static const char create[] = "CREATE TABLE IF NOT EXISTS ";
	const char *p = np_schema_more;
	struct np_buf b = np_buf(1 << 16);
	int rc = NP_OK;

	for (; !rc && *p; p += strcspn(p, ";") + 1) {
		const char *name = p + sizeof(create) - 1;
		char have[160];

		if (strncmp(p, create, sizeof(create) - 1) != 0)
			continue;
		(void)snprintf(have, sizeof(have),
			       "SELECT count(*) FROM sqlite_schema WHERE "
			       "name='%.*s'",
			       (int)strcspn(name, "("), name);
		if (pragma(d, have) > 0)
			continue;
		np_buf_clear(&b);
		np_puts(&b, "CREATE TEMP TABLE ");
		np_put(&b, name, strcspn(name, ";"));
		rc = b.failed ? NP_ENOMEM : np_dossier_run(d, b.p, reterr);
	}
	np_buf_free(&b);
	return rc;
}

/* Left by a writer that died, or by one that is at it. */
static bool has_journal(const struct np_dossier *d)
{
	struct np_buf b = np_buf(8192);
	bool is;

	np_putf(&b, "%s-journal", d->path);
	is = b.p && access(b.p, F_OK) == 0;
	np_buf_free(&b);
	return is;
}

static int open_as_it_is(struct np_dossier *d, bool alone,
			 struct np_err *reterr)
{
	struct np_buf b = np_buf(1 << 16);
	int rc;

	/* alone: no lock, no journal of a writer that died is played */
	np_puts(&b, "file:");
	for (const char *p = d->path; *p; p++)
		np_putf(&b, strchr("%?#", *p) ? "%%%02x" : "%c", *p);
	np_puts(&b, alone ? "?immutable=1" : "?mode=ro");
	rc = b.failed || sqlite3_open_v2(b.p, &d->db,
					 SQLITE_OPEN_READONLY |
						 SQLITE_OPEN_URI |
						 SQLITE_OPEN_NOMUTEX,
					 NULL) != SQLITE_OK
		     ? np_dossier_failed(d, reterr)
		     : NP_OK;
	np_buf_free(&b);
	if (!rc)
		(void)sqlite3_busy_timeout(d->db, PATIENCE);
	if (!rc)
		rc = np_dossier_run(d,
				    "PRAGMA trusted_schema=OFF;"
				    "PRAGMA cell_size_check=ON;",
				    reterr);
	if (!rc)
		rc = check_schema(d, reterr);
	return rc ? rc : more_beside(d, reterr);
}

static int open_file(struct np_dossier *d, bool make, struct np_err *reterr)
{
	bool empty;
	int rc = NP_OK;

	d->fresh = make && np_fresh_may(d->path, &empty);
	if (d->fresh)
		rc = np_fresh_open(&d->file, d->path, empty, reterr);
	if (!rc && sqlite3_open_v2(d->fresh ? d->file.temp : d->path, &d->db,
				   SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
				   NULL) != SQLITE_OK)
		rc = np_dossier_failed(d, reterr);
	if (!rc)
		(void)sqlite3_busy_timeout(d->db, PATIENCE);
	/* One writer, one transaction a run: a rollback journal suffices, and
	 * leaves one file. Sorting goes to disk, not to memory. */
	if (!rc)
		rc = np_dossier_run(
			d,
			"PRAGMA synchronous=NORMAL;"
			"PRAGMA cache_size=-8192;"
			"PRAGMA temp_store=FILE;"
			/* what is taken out is not left in the file */
			"PRAGMA secure_delete=ON;",
			reterr);
	if (!rc)
		rc = d->fresh ? make_schema(d, reterr)
			      : check_schema(d, reterr);
	if (!rc)
		rc = np_dossier_run(d, np_schema_more, reterr);
	return rc;
}

enum how { TO_READ, TO_LOOK, TO_WRITE, TO_MAKE };

static int open_as(const char *path, enum how how, struct np_dossier **ret,
		   struct np_err *reterr)
{
	struct np_dossier *d = calloc(1, sizeof(*d));
	int rc;

	if (d) {
		d->file.fd = -1;
		d->path = strdup(path);
		d->words = calloc(NP_WORDS, sizeof(*d->words));
	}
	if (!d || !d->path || !d->words) {
		np_dossier_close(d);
		return np_fail(reterr, NP_ENOMEM, "out of memory", path, 0);
	}
	d->line = np_buf((size_t)1 << 22);
	sqlite3_randomness(sizeof(d->seed), &d->seed);
	if (how == TO_LOOK && has_journal(d))
		how = TO_WRITE;
	rc = how <= TO_LOOK ? open_as_it_is(d, how == TO_READ, reterr)
			    : open_file(d, how == TO_MAKE, reterr);
	for (int i = 0; !rc && i < NP_STATEMENTS; i++)
		if (sqlite3_prepare_v2(d->db, sql[i], -1, &d->st[i], NULL) !=
		    SQLITE_OK)
			rc = np_dossier_failed(d, reterr);
	if (rc) {
		np_dossier_close(d);
		return rc;
	}
	*ret = d;
	return NP_OK;
}

int np_dossier_open(const char *path, bool make, struct np_dossier **ret,
		    struct np_err *reterr)
{
	return open_as(path, make ? TO_MAKE : TO_WRITE, ret, reterr);
}

int np_dossier_look(const char *path, struct np_dossier **ret,
		    struct np_err *reterr)
{
	return open_as(path, TO_LOOK, ret, reterr);
}

int np_dossier_open_read(const char *path, struct np_dossier **ret,
			 struct np_err *reterr)
{
	return open_as(path, TO_READ, ret, reterr);
}

bool np_is_dossier(const char *path)
{
	static const char magic[] = "SQLite format 3";
	char head[sizeof(magic)] = "";
	FILE *f = fopen(path, "re");
	bool is = f && fread(head, sizeof(head), 1, f) == 1 &&
		  memcmp(head, magic, sizeof(magic)) == 0;

	if (f)
		(void)fclose(f);
	return is;
}

const char *np_dossier_path(const struct np_dossier *d)
{
	return d->path;
}

int np_dossier_begin(struct np_dossier *d, struct np_err *reterr)
{
	return np_dossier_run(d, "BEGIN IMMEDIATE", reterr);
}

int np_dossier_commit(struct np_dossier *d, struct np_err *reterr)
{
	int rc = NP_OK;

	if (d->fresh) {
		(void)sqlite3_finalize(d->new_key);
		d->new_key = NULL;
		rc = np_dossier_run(d, np_schema_end, reterr);
	}
	if (!rc)
		rc = np_dossier_run(d, "COMMIT", reterr);
	/* What was taken out is zeros by now, which take room. */
	if (!rc && d->forgot)
		(void)np_dossier_run(d, "VACUUM", NULL);
	if (!rc && d->fresh)
		rc = np_fresh_keep(&d->file, reterr);
	d->fresh &= rc != NP_OK;
	return rc;
}

void np_dossier_close(struct np_dossier *d)
{
	if (!d)
		return;
	for (int i = 0; i < NP_STATEMENTS; i++)
		(void)sqlite3_finalize(d->st[i]);
	(void)sqlite3_finalize(d->new_key);
	(void)sqlite3_finalize(d->gone);
	(void)sqlite3_close(d->db);
	np_fresh_close(&d->file);
	np_buf_free(&d->line);
	free(d->words);
	free(d->path);
	free(d);
}

/* ------------------------------------------------------------- binding */

static void bind_time(sqlite3_stmt *st, int i, int64_t t)
{
	if (t == NP_NEVER)
		(void)sqlite3_bind_null(st, i);
	else
		(void)sqlite3_bind_int64(st, i, t);
}

static void bind_u(sqlite3_stmt *st, int i, uint64_t v)
{
	(void)sqlite3_bind_int64(st, i, v > INT64_MAX ? INT64_MAX : (int64_t)v);
}

void np_dossier_bind(sqlite3_stmt *st, int i, const char *s)
{
	(void)sqlite3_bind_text(st, i, s, -1, SQLITE_STATIC);
}

int np_dossier_step(sqlite3_stmt *st)
{
	int rc = sqlite3_step(st);

	(void)sqlite3_reset(st);
	(void)sqlite3_clear_bindings(st);
	return rc == SQLITE_DONE || rc == SQLITE_ROW ? NP_OK : NP_EIO;
}

/* The one text a query gives, copied. */
static const char *one_text(sqlite3_stmt *st, struct np_arena *mem)
{
	const char *s = NULL;

	if (sqlite3_step(st) == SQLITE_ROW && sqlite3_column_text(st, 0))
		s = np_copystr(mem, sqlite3_column_text(st, 0),
			       (size_t)sqlite3_column_bytes(st, 0));
	(void)sqlite3_reset(st);
	(void)sqlite3_clear_bindings(st);
	return s;
}

/* -------------------------------------------------------------- adding */

/* The number of a word; 0 when it could not be written. */
static int64_t word(struct np_dossier *d, const char *text)
{
	struct np_hash128 h = np_hash128(text, strlen(text), d->seed);
	struct np_word *w = &d->words[h.lo % NP_WORDS];

	if (w->n && w->lo == h.lo && w->hi == h.hi)
		return w->n;
	np_dossier_bind(d->st[WORD], 1, text);
	if (np_dossier_step(d->st[WORD]) != NP_OK)
		return 0;
	*w = (struct np_word){h.lo, h.hi, sqlite3_last_insert_rowid(d->db)};
	return w->n;
}

static int add_claim(struct np_dossier *d, const struct np_knowledge *k,
		     int64_t n, const struct np_claim *c, size_t ord)
{
	int64_t group = word(d, np_group_name(k, c->group));
	int64_t rule = word(d, c->rule), maker = 0, value = 0;
	sqlite3_stmt *st = d->st[CLAIM];

	if (c->maker != NP_NO_MAKER)
		maker = word(d, np_maker_slug(k, c->maker));
	if (c->value)
		value = word(d, c->value);
	if (!group || !rule || (c->maker != NP_NO_MAKER && !maker) ||
	    (c->value && !value))
		return NP_EIO;
	(void)sqlite3_bind_int64(st, 1, n);
	bind_u(st, 2, ord);
	bind_u(st, 3, c->what);
	bind_u(st, 4, c->grade);
	if (maker)
		(void)sqlite3_bind_int64(st, 5, maker);
	(void)sqlite3_bind_int64(st, 6, group);
	bind_u(st, 7, c->fact);
	(void)sqlite3_bind_int64(st, 8, rule);
	if (value)
		(void)sqlite3_bind_int64(st, 9, value);
	bind_u(st, 10,
	       (c->settable ? SETTABLE : 0u) |
		       (c->subscriber ? SUBSCRIBER : 0u) |
		       (c->virtual_key ? VIRTUAL : 0u) |
		       (c->computer ? COMPUTER : 0u));
	return np_dossier_step(st);
}

/* What was said; when and where stands in the occurrences. */
static int add_sighting(struct np_dossier *d, const struct np_knowledge *k,
			const struct np_sighting *s, const struct np_claims *c,
			int64_t *n)
{
	sqlite3_stmt *st = d->st[ADD];
	int rc;

	np_buf_clear(&d->line);
	np_putc(&d->line, '{');
	np_sighting_says(s, &d->line);
	np_putc(&d->line, '}');
	if (d->line.failed)
		return NP_ENOMEM;
	if (*n)
		(void)sqlite3_bind_int64(st, 1, *n);
	(void)sqlite3_bind_blob(st, 2, s->id, NP_ID, SQLITE_STATIC);
	(void)sqlite3_bind_text(st, 3, d->line.p, (int)d->line.n,
				SQLITE_STATIC);
	rc = np_dossier_step(st);
	if (!rc && !*n)
		*n = sqlite3_last_insert_rowid(d->db);
	for (size_t i = 0; !rc && i < c->n; i++)
		rc = add_claim(d, k, *n, &c->v[i], i);
	return rc;
}

/* The number of a sighting that is there; 0: it is not. */
static int64_t find(struct np_dossier *d, const uint8_t id[static NP_ID])
{
	int64_t n = 0;

	(void)sqlite3_bind_blob(d->st[FIND], 1, id, NP_ID, SQLITE_STATIC);
	if (sqlite3_step(d->st[FIND]) == SQLITE_ROW)
		n = sqlite3_column_int64(d->st[FIND], 0);
	(void)sqlite3_reset(d->st[FIND]);
	return n;
}

static int add_occurrence(struct np_dossier *d, int64_t n, bool first,
			  const struct np_occurrence *o)
{
	sqlite3_stmt *st = d->st[first ? FIRST : OCCUR];

	bind_u(st, 1, o->source);
	bind_u(st, 2, o->segment);
	(void)sqlite3_bind_int64(st, 3, n);
	bind_time(st, 4, o->first);
	bind_time(st, 5, o->last);
	bind_u(st, 6, o->count);
	bind_u(st, 7, o->place);
	return np_dossier_step(st);
}

int np_dossier_add(struct np_dossier *d, const struct np_knowledge *k,
		   const struct np_sighting *s, const struct np_claims *c,
		   uint32_t number, bool first)
{
	int64_t n = d->fresh ? (int64_t)number + 1 : find(d, s->id);
	int rc = NP_OK;

	if (!d->fresh)
		first = !n;
	if (first)
		rc = add_sighting(d, k, s, c, &n);
	return rc ? rc : add_occurrence(d, n, first, &s->seen);
}

int np_dossier_again(struct np_dossier *d, uint32_t number, const uint8_t *id,
		     const struct np_occurrence *o)
{
	int64_t n = d->fresh ? (int64_t)number + 1 : find(d, id);

	return n ? add_occurrence(d, n, false, o) : NP_OK;
}

uint32_t np_dossier_next_source(struct np_dossier *d)
{
	int64_t n = pragma(d, "SELECT ifnull(max(n),0)+1 FROM source");

	return n > 0 ? (uint32_t)n : 1;
}

/* Takes out what was added under a number, and what nobody else said. */
static int take_out(struct np_dossier *d, uint32_t n)
{
	char text[512];

	(void)snprintf(text, sizeof(text),
		       "DELETE FROM occurrence WHERE source=%u;"
		       "DELETE FROM sighting WHERE n NOT IN(SELECT sighting "
		       "FROM occurrence);"
		       "DELETE FROM claim WHERE sighting NOT IN(SELECT n FROM "
		       "sighting);",
		       n);
	return np_dossier_run(d, text, NULL);
}

static bool have_hash(struct np_dossier *d, const char *sha256)
{
	sqlite3_stmt *st = NULL;
	bool have = false;

	if (sha256 &&
	    sqlite3_prepare_v2(d->db, "SELECT 1 FROM source WHERE sha256=?", -1,
			       &st, NULL) == SQLITE_OK) {
		np_dossier_bind(st, 1, sha256);
		have = sqlite3_step(st) == SQLITE_ROW;
	}
	(void)sqlite3_finalize(st);
	return have;
}

/* What was asked, and what a person wrote down. */
static int add_beside(struct np_dossier *d, const struct np_kept_source *s)
{
	const struct np_beside *b = &s->beside;
	sqlite3_stmt *st = NULL;

	if (sqlite3_prepare_v2(d->db,
			       "INSERT INTO beside VALUES(?,?,?,?,?,?,?,?,?,?)",
			       -1, &st, NULL) != SQLITE_OK)
		return NP_EIO;
	bind_u(st, 1, s->number);
	bind_u(st, 2, s->coverage.asked);
	bind_u(st, 3, s->coverage.absent);
	np_dossier_bind(st, 4, b->method);
	np_dossier_bind(st, 5, b->taken);
	np_dossier_bind(st, 6, b->tap);
	np_dossier_bind(st, 7, b->direction);
	np_dossier_bind(st, 8, b->taken_by);
	np_dossier_bind(st, 9, b->legal_basis);
	np_dossier_bind(st, 10, b->clock_offset);
	int rc = np_dossier_step(st);

	(void)sqlite3_finalize(st);
	return rc;
}

int np_dossier_source(struct np_dossier *d, const struct np_kept_source *s,
		      bool *ret_again)
{
	const struct np_coverage *c = &s->coverage;
	sqlite3_stmt *st = NULL;

	*ret_again = have_hash(d, s->sha256);
	if (*ret_again)
		return take_out(d, s->number);
	if (sqlite3_prepare_v2(d->db,
			       "INSERT INTO source VALUES(?,?,?,?,?,?,?,?,?,?,"
			       "?,?,?,?,?,?,?,?)",
			       -1, &st, NULL) != SQLITE_OK)
		return NP_EIO;
	bind_u(st, 1, s->number);
	np_dossier_bind(st, 2, s->sha256);
	np_dossier_bind(st, 3, s->tree);
	np_dossier_bind(st, 4, s->name);
	np_dossier_bind(st, 5, s->kind);
	np_dossier_bind(st, 6, s->site);
	np_dossier_bind(st, 7, np_origin_name(s->origin));
	np_dossier_bind(st, 8, s->status);
	bind_time(st, 9, c->first);
	bind_time(st, 10, c->last);
	bind_u(st, 11, c->frames);
	bind_u(st, 12, c->bytes);
	if (c->drops >= 0)
		(void)sqlite3_bind_int64(st, 13, c->drops);
	bind_u(st, 14, c->malformed);
	bind_u(st, 15, c->unread_link);
	bind_u(st, 16, c->dropped_by_limit);
	bind_u(st, 17, c->subscriber_tunnels);
	bind_u(st, 18, s->withheld);
	int rc = np_dossier_step(st);

	(void)sqlite3_finalize(st);
	return rc ? rc : add_beside(d, s);
}

/* ---------------------------------------------------- devices and notes */

int np_dossier_note(struct np_dossier *d, const char *key, const char *value)
{
	np_dossier_bind(d->st[NOTE], 1, key);
	np_dossier_bind(d->st[NOTE], 2, value ? value : "");
	return np_dossier_step(d->st[NOTE]);
}

const char *np_dossier_noted(struct np_dossier *d, const char *key,
			     struct np_arena *mem)
{
	np_dossier_bind(d->st[NOTED], 1, key);
	const char *s = one_text(d->st[NOTED], mem);

	return s && *s ? s : NULL;
}

const char *np_dossier_key_text(const struct np_key *k, struct np_arena *mem)
{
	struct np_buf b = np_buf(NP_MAX_SIGHTING);

	np_puts(&b, np_keykind_name(k->kind));
	np_putc(&b, '=');
	np_put(&b, k->v, k->n);
	const char *s = b.failed ? NULL : np_copystr(mem, b.p, b.n);

	np_buf_free(&b);
	return s;
}

/* Nobody had an id before. */
static int new_keys(struct np_dossier *d, const char *id,
		    const struct np_key *keys, size_t nkeys,
		    struct np_arena *mem)
{
	int rc = NP_OK;

	for (size_t i = 0; i < nkeys && !rc; i++) {
		const char *k = np_dossier_key_text(&keys[i], mem);

		if (!k)
			return NP_ENOMEM;
		np_dossier_bind(d->new_key, 1, k);
		np_dossier_bind(d->new_key, 2, id);
		rc = np_dossier_step(d->new_key);
	}
	return rc;
}

int np_dossier_device_id(struct np_dossier *d, const char *canonical,
			 const struct np_key *keys, size_t nkeys,
			 struct np_arena *mem, const char **ret_id)
{
	*ret_id = canonical;
	if (d->fresh)
		return new_keys(d, canonical, keys, nkeys, mem);

	const char *id = NULL;
	int rc = NP_OK;

	for (size_t i = 0; i < nkeys && !rc; i++) {
		const char *k = np_dossier_key_text(&keys[i], mem), *had;

		if (!k)
			return NP_ENOMEM;
		np_dossier_bind(d->st[KEY], 1, k);
		had = one_text(d->st[KEY], mem);
		if (had && !id)
			id = had;
		else if (had && strcmp(had, id) != 0) {
			np_dossier_bind(d->st[ALIAS], 1, had);
			np_dossier_bind(d->st[ALIAS], 2, id);
			rc = np_dossier_step(d->st[ALIAS]);
		}
	}
	if (!id)
		id = np_copystr(mem, canonical, strlen(canonical));
	for (size_t i = 0; id && i < nkeys && !rc; i++) {
		np_dossier_bind(d->st[SETKEY], 1,
				np_dossier_key_text(&keys[i], mem));
		np_dossier_bind(d->st[SETKEY], 2, id);
		rc = np_dossier_step(d->st[SETKEY]);
	}
	*ret_id = id;
	return id ? rc : NP_ENOMEM;
}

int np_dossier_part(struct np_dossier *d, const struct np_knowledge_part *p)
{
	np_dossier_bind(d->st[PART], 1, p->name);
	np_dossier_bind(d->st[PART], 2, p->from);
	np_dossier_bind(d->st[PART], 3, p->date);
	np_dossier_bind(d->st[PART], 4, p->sha256);
	return np_dossier_step(d->st[PART]);
}

int np_dossier_knowledge(struct np_dossier *d, const struct np_knowledge *k)
{
	struct np_knowledge_part p;
	int rc = NP_OK;

	for (size_t i = 0; !rc && np_knowledge_part(k, i, &p); i++)
		rc = np_dossier_part(d, &p);
	return rc;
}

int np_dossier_clear_findings(struct np_dossier *d)
{
	return np_dossier_run(d, "DELETE FROM finding", NULL);
}
