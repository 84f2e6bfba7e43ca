/* SPDX-License-Identifier: ISC */
#include "store/dossier.h"
#include "store/schema.h"
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

/* Every statement that is used more than once, prepared once. */
#define STATEMENTS(XX)                                                         \
	XX(ADD, "INSERT OR IGNORE INTO sighting VALUES(?,?)")                  \
	XX(OCCUR, "INSERT INTO occurrence VALUES(?1,?2,?3,?4,?5,?6,?7) "       \
		  "ON CONFLICT DO UPDATE SET "                                 \
		  "first=CASE WHEN first IS NULL THEN excluded.first "         \
		  "ELSE min(first,ifnull(excluded.first,first)) END,"          \
		  "last=CASE WHEN last IS NULL THEN excluded.last "            \
		  "ELSE max(last,ifnull(excluded.last,last)) END,"             \
		  "count=max(count,excluded.count),"                           \
		  "place=min(place,excluded.place)")                           \
	XX(CLAIM, "INSERT OR IGNORE INTO claim VALUES(?,?,?,?,?,?,?,?,?,?)")   \
	XX(NOTE, "INSERT OR REPLACE INTO note VALUES(?,?)")                    \
	XX(NOTED, "SELECT value FROM note WHERE key=?")                        \
	XX(KEY, "SELECT device FROM device_key WHERE key=?")                   \
	XX(SETKEY, "INSERT OR REPLACE INTO device_key VALUES(?,?)")            \
	XX(ALIAS, "INSERT OR REPLACE INTO alias VALUES(?,?)")                  \
	XX(FINDING, "INSERT OR REPLACE INTO finding VALUES(?,?,?)")            \
	XX(PART, "INSERT OR REPLACE INTO knowledge VALUES(?,?,?,?)")           \
	XX(LINE, "SELECT line FROM sighting WHERE id=?")

enum statement {
#define XX(name, sql) name,
	STATEMENTS(XX)
#undef XX
		NSTATEMENTS
};

static const char *const sql[NSTATEMENTS] = {
#define XX(name, sql) sql,
	STATEMENTS(XX)
#undef XX
};

struct np_dossier {
	sqlite3 *db;
	char *path;
	struct np_buf line;
	sqlite3_stmt *st[NSTATEMENTS];
};

static int failed(struct np_dossier *d, struct np_err *reterr)
{
	int rc = np_fail(reterr, NP_EIO, "the dossier cannot be used", d->path,
			 0);

	if (reterr && d->db)
		(void)snprintf(reterr->what, sizeof(reterr->what), "%s: %s",
			       d->path, sqlite3_errmsg(d->db));
	return rc;
}

static int run(struct np_dossier *d, const char *text, struct np_err *reterr)
{
	return sqlite3_exec(d->db, text, NULL, NULL, NULL) == SQLITE_OK
		       ? NP_OK
		       : failed(d, reterr);
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

static int check_schema(struct np_dossier *d, bool make, struct np_err *reterr)
{
	char text[128];
	int64_t id = pragma(d, "PRAGMA application_id");
	int64_t version = pragma(d, "PRAGMA user_version");
	int64_t pages = pragma(d, "PRAGMA page_count");

	if (id == NP_DOSSIER_ID && version == NP_DOSSIER_VERSION)
		return NP_OK;
	if (id < 0 || pages > 0 || !make)
		return np_fail(reterr, NP_EINPUT,
			       "not a dossier of this version", d->path, 0);
	/* At once: a file that says what it is but holds no table, since the
	 * disk was full, could never be used again. */
	(void)snprintf(text, sizeof(text),
		       "BEGIN;PRAGMA application_id=%d;PRAGMA user_version=%d;",
		       NP_DOSSIER_ID, NP_DOSSIER_VERSION);
	int rc = run(d, text, reterr);

	if (!rc)
		rc = run(d, np_schema, reterr);
	return rc < 0 ? rc : run(d, "COMMIT", reterr);
}

int np_dossier_open(const char *path, bool make, struct np_dossier **ret,
		    struct np_err *reterr)
{
	struct np_dossier *d = calloc(1, sizeof(*d));
	int flags = SQLITE_OPEN_READWRITE | (make ? SQLITE_OPEN_CREATE : 0);

	if (!d || asprintf(&d->path, "%s", path) < 0) {
		free(d);
		return np_fail(reterr, NP_ENOMEM, "out of memory", path, 0);
	}
	d->line = np_buf((size_t)1 << 22);
	int rc = sqlite3_open_v2(path, &d->db, flags, NULL) == SQLITE_OK
			 ? NP_OK
			 : failed(d, reterr);

	if (!rc)
		rc = check_schema(d, make, reterr);
	/* One writer, one transaction a run: a rollback journal suffices, and
	 * leaves one file. */
	if (!rc)
		rc = run(d,
			 "PRAGMA synchronous=NORMAL;"
			 "PRAGMA cache_size=-16384;"
			 "PRAGMA temp_store=MEMORY;",
			 reterr);
	for (int i = 0; !rc && i < NSTATEMENTS; i++)
		if (sqlite3_prepare_v2(d->db, sql[i], -1, &d->st[i], NULL) !=
		    SQLITE_OK)
			rc = failed(d, reterr);
	if (rc) {
		np_dossier_close(d);
		return rc;
	}
	*ret = d;
	return NP_OK;
}

const char *np_dossier_path(const struct np_dossier *d)
{
	return d->path;
}

int np_dossier_begin(struct np_dossier *d, struct np_err *reterr)
{
	return run(d, "BEGIN IMMEDIATE", reterr);
}

int np_dossier_commit(struct np_dossier *d, struct np_err *reterr)
{
	return run(d, "COMMIT", reterr);
}

void np_dossier_close(struct np_dossier *d)
{
	if (!d)
		return;
	for (int i = 0; i < NSTATEMENTS; i++)
		(void)sqlite3_finalize(d->st[i]);
	(void)sqlite3_close(d->db);
	np_buf_free(&d->line);
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

static void bind_text(sqlite3_stmt *st, int i, const char *s)
{
	(void)sqlite3_bind_text(st, i, s, -1, SQLITE_STATIC);
}

static int step(struct np_dossier *d, sqlite3_stmt *st)
{
	int rc = sqlite3_step(st);

	(void)sqlite3_reset(st);
	(void)sqlite3_clear_bindings(st);
	(void)d;
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

enum { SETTABLE = 1, SUBSCRIBER = 2, VIRTUAL = 4, COMPUTER = 8 };

static int add_claim(struct np_dossier *d, const struct np_knowledge *k,
		     const struct np_sighting *s, const struct np_claim *c,
		     size_t ord)
{
	sqlite3_stmt *st = d->st[CLAIM];

	(void)sqlite3_bind_blob(st, 1, s->id, NP_ID, SQLITE_STATIC);
	bind_u(st, 2, ord);
	bind_u(st, 3, c->what);
	bind_u(st, 4, c->grade);
	if (c->maker != NP_NO_MAKER)
		bind_text(st, 5, np_maker_slug(k, c->maker));
	bind_text(st, 6, np_group_name(k, c->group));
	bind_u(st, 7, c->fact);
	bind_text(st, 8, c->rule);
	if (c->value)
		bind_text(st, 9, c->value);
	bind_u(st, 10,
	       (c->settable ? SETTABLE : 0u) |
		       (c->subscriber ? SUBSCRIBER : 0u) |
		       (c->virtual_key ? VIRTUAL : 0u) |
		       (c->computer ? COMPUTER : 0u));
	return step(d, st);
}

int np_dossier_add(struct np_dossier *d, const struct np_knowledge *k,
		   const struct np_sighting *s, const struct np_claims *c)
{
	sqlite3_stmt *st = d->st[ADD];
	struct np_sighting bare = *s;
	int rc;

	/* The line says what was said; when and where stands in the
	 * occurrences. */
	bare.seen = (struct np_occurrence){.first = NP_NEVER, .last = NP_NEVER};
	np_buf_clear(&d->line);
	np_sighting_json(&bare, &d->line);
	if (d->line.failed)
		return NP_ENOMEM;
	(void)sqlite3_bind_blob(st, 1, s->id, NP_ID, SQLITE_STATIC);
	(void)sqlite3_bind_text(st, 2, d->line.p, (int)d->line.n,
				SQLITE_STATIC);
	rc = step(d, st);
	bool fresh = sqlite3_changes(d->db) > 0;

	st = d->st[OCCUR];
	(void)sqlite3_bind_blob(st, 1, s->id, NP_ID, SQLITE_STATIC);
	bind_u(st, 2, s->seen.source);
	bind_u(st, 3, s->seen.segment);
	bind_time(st, 4, s->seen.first);
	bind_time(st, 5, s->seen.last);
	bind_u(st, 6, s->seen.count);
	bind_u(st, 7, s->seen.place);
	if (!rc)
		rc = step(d, st);
	for (size_t i = 0; fresh && !rc && i < c->n; i++)
		rc = add_claim(d, k, s, &c->v[i], i);
	return rc;
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
		       "DELETE FROM sighting WHERE NOT EXISTS(SELECT 1 FROM "
		       "occurrence o WHERE o.id=sighting.id);"
		       "DELETE FROM claim WHERE NOT EXISTS(SELECT 1 FROM "
		       "sighting s WHERE s.id=claim.id);",
		       n);
	return run(d, text, NULL);
}

static bool have_hash(struct np_dossier *d, const char *sha256)
{
	sqlite3_stmt *st = NULL;
	bool have = false;

	if (sha256 &&
	    sqlite3_prepare_v2(d->db, "SELECT 1 FROM source WHERE sha256=?", -1,
			       &st, NULL) == SQLITE_OK) {
		bind_text(st, 1, sha256);
		have = sqlite3_step(st) == SQLITE_ROW;
	}
	(void)sqlite3_finalize(st);
	return have;
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
	bind_text(st, 2, s->sha256);
	bind_text(st, 3, s->tree);
	bind_text(st, 4, s->name);
	bind_text(st, 5, s->kind);
	bind_text(st, 6, s->site);
	bind_text(st, 7, np_origin_name(s->origin));
	bind_text(st, 8, s->status);
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
	int rc = step(d, st);

	(void)sqlite3_finalize(st);
	return rc;
}

/* ---------------------------------------------------- devices and notes */

int np_dossier_note(struct np_dossier *d, const char *key, const char *value)
{
	bind_text(d->st[NOTE], 1, key);
	bind_text(d->st[NOTE], 2, value ? value : "");
	return step(d, d->st[NOTE]);
}

const char *np_dossier_noted(struct np_dossier *d, const char *key,
			     struct np_arena *mem)
{
	bind_text(d->st[NOTED], 1, key);
	const char *s = one_text(d->st[NOTED], mem);

	return s && *s ? s : NULL;
}

static const char *key_text(const struct np_key *k, struct np_arena *mem)
{
	struct np_buf b = np_buf(NP_MAX_SIGHTING);

	np_puts(&b, np_keykind_name(k->kind));
	np_putc(&b, '=');
	np_put(&b, k->v, k->n);
	const char *s = b.failed ? NULL : np_copystr(mem, b.p, b.n);

	np_buf_free(&b);
	return s;
}

int np_dossier_device_id(struct np_dossier *d, const char *canonical,
			 const struct np_key *keys, size_t nkeys,
			 struct np_arena *mem, const char **ret_id)
{
	const char *id = NULL;
	int rc = NP_OK;

	for (size_t i = 0; i < nkeys && !rc; i++) {
		const char *k = key_text(&keys[i], mem), *had;

		if (!k)
			return NP_ENOMEM;
		bind_text(d->st[KEY], 1, k);
		had = one_text(d->st[KEY], mem);
		if (had && !id)
			id = had;
		else if (had && strcmp(had, id) != 0) {
			bind_text(d->st[ALIAS], 1, had);
			bind_text(d->st[ALIAS], 2, id);
			rc = step(d, d->st[ALIAS]);
		}
	}
	if (!id)
		id = np_copystr(mem, canonical, strlen(canonical));
	for (size_t i = 0; id && i < nkeys && !rc; i++) {
		bind_text(d->st[SETKEY], 1, key_text(&keys[i], mem));
		bind_text(d->st[SETKEY], 2, id);
		rc = step(d, d->st[SETKEY]);
	}
	*ret_id = id;
	return id ? rc : NP_ENOMEM;
}

int np_dossier_knowledge(struct np_dossier *d, const struct np_knowledge *k)
{
	struct np_knowledge_part p;
	int rc = NP_OK;

	for (size_t i = 0; !rc && np_knowledge_part(k, i, &p); i++) {
		bind_text(d->st[PART], 1, p.name);
		bind_text(d->st[PART], 2, p.from);
		bind_text(d->st[PART], 3, p.date);
		bind_text(d->st[PART], 4, p.sha256);
		rc = step(d, d->st[PART]);
	}
	return rc;
}

int np_dossier_clear_findings(struct np_dossier *d)
{
	return run(d, "DELETE FROM finding", NULL);
}

int np_dossier_finding(struct np_dossier *d, const char *device,
		       const char *clause, const char *json)
{
	bind_text(d->st[FINDING], 1, device);
	bind_text(d->st[FINDING], 2, clause);
	bind_text(d->st[FINDING], 3, json);
	return step(d, d->st[FINDING]);
}

/* ------------------------------------------------------------- reading */

static const char *text_at(sqlite3_stmt *st, int i)
{
	return (const char *)sqlite3_column_text(st, i);
}

static int64_t time_at(sqlite3_stmt *st, int i)
{
	return sqlite3_column_type(st, i) == SQLITE_NULL
		       ? NP_NEVER
		       : sqlite3_column_int64(st, i);
}

static uint64_t u_at(sqlite3_stmt *st, int i)
{
	int64_t v = sqlite3_column_int64(st, i);

	return v < 0 ? 0 : (uint64_t)v;
}

static void source_at(sqlite3_stmt *st, struct np_kept_source *s)
{
	const char *origin = text_at(st, 6);
	int o = origin ? np_origin_find(origin, strlen(origin)) : -1;

	*s = (struct np_kept_source){
		.number = (uint32_t)u_at(st, 0),
		.sha256 = text_at(st, 1),
		.tree = text_at(st, 2),
		.name = text_at(st, 3),
		.kind = text_at(st, 4),
		.site = text_at(st, 5),
		.origin = o < 0 ? NP_CONSTRUCTED : (enum np_origin)o,
		.status = text_at(st, 7),
		.coverage = {.source = (uint32_t)u_at(st, 0),
			     .method = "capture",
			     .first = time_at(st, 8),
			     .last = time_at(st, 9),
			     .frames = u_at(st, 10),
			     .bytes = u_at(st, 11),
			     .drops = -1,
			     .malformed = u_at(st, 13),
			     .unread_link = u_at(st, 14),
			     .dropped_by_limit = u_at(st, 15),
			     .subscriber_tunnels = u_at(st, 16)},
		.withheld = u_at(st, 17),
	};
	if (sqlite3_column_type(st, 12) != SQLITE_NULL)
		s->coverage.drops = sqlite3_column_int64(st, 12);
}

int np_dossier_sources(struct np_dossier *d, np_dossier_source_fn *fn,
		       void *ctx)
{
	sqlite3_stmt *st = NULL;
	struct np_kept_source s;
	int rc = NP_OK, got = 0;

	if (sqlite3_prepare_v2(d->db, "SELECT * FROM source ORDER BY n", -1,
			       &st, NULL) != SQLITE_OK)
		return NP_EIO;
	while (!rc && (got = sqlite3_step(st)) == SQLITE_ROW) {
		source_at(st, &s);
		rc = fn(ctx, &s);
	}
	(void)sqlite3_finalize(st);
	return rc ? rc : got == SQLITE_DONE ? NP_OK : NP_EIO;
}

static uint16_t group_find(const struct np_knowledge *k, const char *name)
{
	for (uint16_t i = 0; i < UINT16_MAX; i++) {
		const char *g = np_group_name(k, i);

		if (!g)
			break;
		if (strcmp(g, name) == 0)
			return i;
	}
	return 0;
}

static int claims_of(sqlite3_stmt *st, const struct np_knowledge *k,
		     struct np_arena *keep, const struct np_sighting *s,
		     struct np_claims *c)
{
	c->n = 0;
	(void)sqlite3_bind_blob(st, 1, s->id, NP_ID, SQLITE_STATIC);
	while (sqlite3_step(st) == SQLITE_ROW && c->n < NP_MAX_CLAIMS) {
		const char *maker = text_at(st, 2), *rule = text_at(st, 5);
		const char *value = text_at(st, 6);
		uint64_t flags = u_at(st, 7), fact = u_at(st, 4);
		struct np_claim *x = &c->v[c->n];

		if (fact >= s->nfacts || !rule)
			return NP_EINPUT;
		*x = (struct np_claim){
			.what = (enum np_what)u_at(st, 0),
			.grade = (enum np_grade)u_at(st, 1),
			.maker = maker ? np_maker_find(k, maker)
				       : (uint16_t)NP_NO_MAKER,
			.group = group_find(k, text_at(st, 3)),
			.fact = (uint16_t)fact,
			.rule = np_copystr(keep, rule, strlen(rule)),
			.settable = flags & SETTABLE,
			.subscriber = flags & SUBSCRIBER,
			.virtual_key = flags & VIRTUAL,
			.computer = flags & COMPUTER,
		};
		if (value)
			x->value = np_copystr(keep, value, strlen(value));
		if (!x->rule || (value && !x->value))
			return NP_ENOMEM;
		c->n++;
	}
	(void)sqlite3_reset(st);
	return NP_OK;
}

static int sighting_at(sqlite3_stmt *st, struct np_arena *mem,
		       struct np_sighting *s, struct np_err *reterr)
{
	int rc = np_sighting_parse(text_at(st, 0),
				   (size_t)sqlite3_column_bytes(st, 0), mem, s,
				   reterr);

	s->seen = (struct np_occurrence){
		.source = (uint32_t)u_at(st, 1),
		.segment = (uint32_t)u_at(st, 2),
		.first = time_at(st, 3),
		.last = time_at(st, 4),
		.count = u_at(st, 5),
		.place = u_at(st, 6),
	};
	return rc;
}

int np_dossier_sightings(struct np_dossier *d, const struct np_knowledge *k,
			 struct np_arena *keep, np_dossier_sighting_fn *fn,
			 void *ctx, struct np_err *reterr)
{
	sqlite3_stmt *st = NULL, *cl = NULL;
	struct np_arena mem = np_arena(NP_FRAME_ARENA);
	struct np_claims *c = calloc(1, sizeof(*c));
	struct np_sighting s;
	int rc = NP_OK, got = SQLITE_ERROR;

	if (!c ||
	    sqlite3_prepare_v2(d->db,
			       "SELECT line,source,segment,first,last,count,"
			       "place FROM occurrence JOIN sighting USING(id) "
			       "ORDER BY id,source,segment",
			       -1, &st, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(d->db,
			       "SELECT what,grade,maker,grp,fact,rule,value,"
			       "flags FROM claim WHERE id=? ORDER BY ord",
			       -1, &cl, NULL) != SQLITE_OK)
		rc = NP_EIO;
	while (!rc && (got = sqlite3_step(st)) == SQLITE_ROW) {
		np_arena_reset(&mem);
		rc = sighting_at(st, &mem, &s, reterr);
		if (!rc)
			rc = claims_of(cl, k, keep, &s, c);
		if (!rc)
			rc = fn(ctx, &s, c);
	}
	if (!rc && got != SQLITE_DONE)
		rc = failed(d, reterr);
	(void)sqlite3_finalize(st);
	(void)sqlite3_finalize(cl);
	np_arena_free(&mem);
	free(c);
	return rc;
}

const char *np_dossier_sighting_text(struct np_dossier *d,
				     const uint8_t id[static NP_ID],
				     struct np_arena *mem)
{
	(void)sqlite3_bind_blob(d->st[LINE], 1, id, NP_ID, SQLITE_STATIC);
	return one_text(d->st[LINE], mem);
}
