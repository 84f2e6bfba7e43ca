/* SPDX-License-Identifier: ISC */
/*
 * What a dossier keeps of subscribers' boxes: how many of which model stand
 * where, and nothing that would find one of them again. What they said goes in
 * like everybody's, for whose box it is turns out at the end; then it is taken
 * out, and SQLite writes zeros over it (secure_delete). Ids go too: they are
 * hashes without a key, and an address is soon found by trying.
 */
#include "store/inside.h"

int np_dossier_private(struct np_dossier *d)
{
	return np_dossier_run(
		d,
		"CREATE UNIQUE INDEX IF NOT EXISTS sighting_id ON sighting(id);"
		"CREATE TEMP TABLE IF NOT EXISTS gone(n INTEGER PRIMARY KEY);"
		"DELETE FROM gone;"
		"DELETE FROM crowd;",
		NULL);
}

static int step(sqlite3_stmt *st)
{
	int rc = sqlite3_step(st);

	(void)sqlite3_reset(st);
	(void)sqlite3_clear_bindings(st);
	return rc == SQLITE_DONE ? NP_OK : NP_EIO;
}

static int prepared(struct np_dossier *d, sqlite3_stmt **st, const char *sql)
{
	return *st || sqlite3_prepare_v2(d->db, sql, -1, st, NULL) == SQLITE_OK
		       ? NP_OK
		       : NP_EIO;
}

/* A device that was listed before, by a key that is a subscriber's now. */
static int forget_key(struct np_dossier *d, const struct np_key *key,
		      struct np_arena *mem)
{
	static const char *const sql[] = {
		"DELETE FROM alias WHERE device IN (SELECT device FROM "
		"device_key WHERE key=?1) OR now IN (SELECT device FROM "
		"device_key WHERE key=?1)",
		"DELETE FROM device_key WHERE key=?1",
	};
	const char *text = np_dossier_key_text(key, mem);
	int rc = text ? NP_OK : NP_ENOMEM;

	for (size_t i = 0; !rc && i < 2; i++) {
		rc = prepared(d, &d->forget[i], sql[i]);
		if (rc)
			break;
		(void)sqlite3_bind_text(d->forget[i], 1, text, -1,
					SQLITE_STATIC);
		rc = step(d->forget[i]);
	}
	return rc;
}

int np_dossier_forget(struct np_dossier *d, const uint8_t id[static NP_ID],
		      const struct np_key *keys, size_t nkeys,
		      struct np_arena *mem)
{
	sqlite3_stmt **st = &d->forget[2];
	d->forgot = true;
	int rc = prepared(d, st,
			  "INSERT OR IGNORE INTO gone SELECT n FROM sighting "
			  "WHERE id=?");

	if (!rc) {
		(void)sqlite3_bind_blob(*st, 1, id, NP_ID, SQLITE_STATIC);
		rc = step(*st);
	}
	/* A new dossier has given nobody an id yet. */
	for (size_t i = 0; !rc && !d->fresh && i < nkeys; i++)
		rc = forget_key(d, &keys[i], mem);
	return rc;
}

/* Words have no holes: one that nobody says any more becomes empty. */
int np_dossier_forgotten(struct np_dossier *d)
{
	return np_dossier_run(
		d,
		"UPDATE word SET text='' WHERE n IN (SELECT value FROM claim "
		"WHERE sighting IN (SELECT n FROM gone)) AND n NOT IN (SELECT "
		"value FROM claim WHERE value IS NOT NULL AND sighting NOT IN "
		"(SELECT n FROM gone));"
		"DELETE FROM claim WHERE sighting IN (SELECT n FROM gone);"
		"DELETE FROM occurrence WHERE sighting IN (SELECT n FROM gone);"
		"DELETE FROM sighting WHERE n IN (SELECT n FROM gone);",
		NULL);
}

static void bind(sqlite3_stmt *st, int i, const char *text)
{
	(void)sqlite3_bind_text(st, i, text, -1, SQLITE_STATIC);
}

int np_dossier_crowd(struct np_dossier *d, const struct np_kept_crowd *c)
{
	sqlite3_stmt *st = NULL;
	int rc =
		prepared(d, &st, "INSERT INTO crowd VALUES(?,?,?,?,?,?,?,?,?)");

	if (rc)
		return rc;
	if (c->link)
		(void)sqlite3_bind_blob(st, 1, c->link, NP_LINK, SQLITE_STATIC);
	bind(st, 2, c->role);
	bind(st, 3, c->field);
	bind(st, 4, c->maker);
	bind(st, 5, c->rival);
	(void)sqlite3_bind_int(st, 6, (int)c->sure);
	bind(st, 7, c->model);
	bind(st, 8, c->site);
	(void)sqlite3_bind_int64(st, 9, (sqlite3_int64)c->n);
	rc = step(st);
	(void)sqlite3_finalize(st);
	return rc;
}

static const char *text_at(sqlite3_stmt *st, int i)
{
	return (const char *)sqlite3_column_text(st, i);
}

static void crowd_at(sqlite3_stmt *st, struct np_kept_crowd *c)
{
	bool linked = sqlite3_column_bytes(st, 0) == NP_LINK;
	int sure = sqlite3_column_int(st, 5);
	int64_t n = sqlite3_column_int64(st, 8);

	*c = (struct np_kept_crowd){
		.link = linked ? sqlite3_column_blob(st, 0) : NULL,
		.role = text_at(st, 1),
		.field = text_at(st, 2),
		.maker = text_at(st, 3),
		.rival = text_at(st, 4),
		.sure = sure >= 0 && sure <= NP_DISPUTED ? (enum np_sure)sure
							 : NP_UNKNOWN,
		.model = text_at(st, 6),
		.site = text_at(st, 7),
		.n = n > 0 ? (uint64_t)n : 0,
	};
}

int np_dossier_crowds(struct np_dossier *d, np_dossier_crowd_fn *fn, void *ctx)
{
	sqlite3_stmt *st = NULL;
	struct np_kept_crowd c;
	int rc = prepared(d, &st, "SELECT * FROM crowd ORDER BY rowid");
	int got = SQLITE_ERROR;

	while (!rc && (got = sqlite3_step(st)) == SQLITE_ROW) {
		crowd_at(st, &c);
		rc = fn(ctx, &c);
	}
	(void)sqlite3_finalize(st);
	return rc ? rc : got == SQLITE_DONE ? NP_OK : NP_EIO;
}

int np_dossier_withheld(struct np_dossier *d, uint32_t source,
			const char *field, uint64_t n)
{
	sqlite3_stmt *st = NULL;
	int rc = prepared(d, &st, "INSERT INTO withheld VALUES(?,?,?)");

	if (rc)
		return rc;
	(void)sqlite3_bind_int64(st, 1, source);
	bind(st, 2, field);
	(void)sqlite3_bind_int64(st, 3, (sqlite3_int64)n);
	rc = step(st);
	(void)sqlite3_finalize(st);
	return rc;
}

int np_dossier_dropped(struct np_dossier *d, np_dossier_withheld_fn *fn,
		       void *ctx)
{
	sqlite3_stmt *st = NULL;
	int rc = prepared(d, &st, "SELECT source,field,n FROM withheld");
	int got = SQLITE_ERROR;

	while (!rc && (got = sqlite3_step(st)) == SQLITE_ROW)
		rc = fn(ctx, (uint32_t)sqlite3_column_int64(st, 0),
			text_at(st, 1), (uint64_t)sqlite3_column_int64(st, 2));
	(void)sqlite3_finalize(st);
	return rc ? rc : got == SQLITE_DONE ? NP_OK : NP_EIO;
}
