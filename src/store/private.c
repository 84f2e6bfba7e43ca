/* SPDX-License-Identifier: ISC */
/*
 * What a dossier keeps of subscribers' boxes: how many of which model stand
 * where, and nothing that would find one of them again. What they said goes in
 * like everybody's, for whose box it is turns out at the end; then it is taken
 * out, and SQLite writes zeros over it (secure_delete). Ids go too: they are
 * hashes without a key, and an address is soon found by trying.
 */
#include "store/inside.h"
#include "store/plan.h"

int np_dossier_private(struct np_dossier *d)
{
	int rc = np_dossier_run(
		d,
		"CREATE UNIQUE INDEX IF NOT EXISTS sighting_id ON sighting(id);"
		"CREATE TEMP TABLE IF NOT EXISTS gone(n INTEGER PRIMARY KEY);"
		"DELETE FROM gone;"
		"DELETE FROM crowd;",
		NULL);

	if (!rc && !d->gone &&
	    sqlite3_prepare_v2(d->db,
			       "INSERT OR IGNORE INTO gone SELECT n FROM "
			       "sighting WHERE id=?",
			       -1, &d->gone, NULL) != SQLITE_OK)
		rc = NP_EIO;
	return rc;
}

/* A device that was listed before, by a key that is a subscriber's now. */
static int forget_key(struct np_dossier *d, const struct np_key *key,
		      struct np_arena *mem)
{
	static const enum statement sql[] = {UNALIAS, UNKEY};
	const char *text = np_dossier_key_text(key, mem);
	int rc = text ? NP_OK : NP_ENOMEM;

	for (size_t i = 0; !rc && i < NP_COUNT(sql); i++) {
		np_dossier_bind(d->st[sql[i]], 1, text);
		rc = np_dossier_step(d->st[sql[i]]);
	}
	return rc;
}

int np_dossier_forget(struct np_dossier *d, const uint8_t id[static NP_ID],
		      const struct np_key *keys, size_t nkeys,
		      struct np_arena *mem)
{
	d->forgot = true;
	(void)sqlite3_bind_blob(d->gone, 1, id, NP_ID, SQLITE_STATIC);
	int rc = np_dossier_step(d->gone);

	/* A new dossier has given nobody an id yet. */
	for (size_t i = 0; !rc && !d->fresh && i < nkeys; i++)
		rc = forget_key(d, &keys[i], mem);
	return rc;
}

/* Words have no holes: one that nobody says any more becomes empty. */
int np_dossier_forgotten(struct np_dossier *d)
{
	int rc = d->forgot ? np_dossier_forget_plans(d) : NP_OK;

	return rc ? rc
		  : np_dossier_run(d,
				   "UPDATE word SET text='' WHERE n IN (SELECT "
				   "value FROM claim "
				   "WHERE sighting IN (SELECT n FROM gone)) "
				   "AND n NOT IN (SELECT "
				   "value FROM claim WHERE value IS NOT NULL "
				   "AND sighting NOT IN "
				   "(SELECT n FROM gone));"
				   "DELETE FROM claim WHERE sighting IN "
				   "(SELECT n FROM gone);"
				   "DELETE FROM occurrence WHERE sighting IN "
				   "(SELECT n FROM gone);"
				   "DELETE FROM sighting WHERE n IN (SELECT n "
				   "FROM gone);",
				   NULL);
}

int np_dossier_crowd(struct np_dossier *d, const struct np_kept_crowd *c)
{
	sqlite3_stmt *st = d->st[CROWD];

	if (c->link)
		(void)sqlite3_bind_blob(st, 1, c->link, NP_LINK_SIZE,
					SQLITE_STATIC);
	np_dossier_bind(st, 2, c->role);
	np_dossier_bind(st, 3, c->field);
	np_dossier_bind(st, 4, c->maker);
	np_dossier_bind(st, 5, c->rival);
	(void)sqlite3_bind_int(st, 6, (int)c->sure);
	np_dossier_bind(st, 7, c->model);
	np_dossier_bind(st, 8, c->site);
	(void)sqlite3_bind_int64(st, 9, (sqlite3_int64)c->n);
	return np_dossier_step(st);
}

static void crowd_at(sqlite3_stmt *st, struct np_kept_crowd *c)
{
	bool linked = sqlite3_column_bytes(st, 0) == NP_LINK_SIZE;
	int sure = sqlite3_column_int(st, 5);
	int64_t n = sqlite3_column_int64(st, 8);

	*c = (struct np_kept_crowd){
		.link = linked ? sqlite3_column_blob(st, 0) : NULL,
		.role = np_dossier_text_at(st, 1),
		.field = np_dossier_text_at(st, 2),
		.maker = np_dossier_text_at(st, 3),
		.rival = np_dossier_text_at(st, 4),
		.sure = sure >= 0 && sure <= NP_DISPUTED ? (enum np_sure)sure
							 : NP_UNKNOWN,
		.model = np_dossier_text_at(st, 6),
		.site = np_dossier_text_at(st, 7),
		.n = n > 0 ? (uint64_t)n : 0,
	};
}

int np_dossier_crowds(struct np_dossier *d, np_dossier_crowd_fn *fn, void *ctx)
{
	sqlite3_stmt *st = NULL;
	struct np_kept_crowd c;
	int rc = NP_OK, got;

	if (sqlite3_prepare_v2(d->db, "SELECT * FROM crowd ORDER BY rowid", -1,
			       &st, NULL) != SQLITE_OK)
		return NP_EIO;
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
	sqlite3_stmt *st = d->st[WITHHELD];

	(void)sqlite3_bind_int64(st, 1, source);
	np_dossier_bind(st, 2, field);
	(void)sqlite3_bind_int64(st, 3, (sqlite3_int64)n);
	return np_dossier_step(st);
}

int np_dossier_dropped(struct np_dossier *d, np_dossier_withheld_fn *fn,
		       void *ctx)
{
	sqlite3_stmt *st = NULL;
	int rc = NP_OK, got;

	if (sqlite3_prepare_v2(d->db, "SELECT source,field,n FROM withheld", -1,
			       &st, NULL) != SQLITE_OK)
		return NP_EIO;
	while (!rc && (got = sqlite3_step(st)) == SQLITE_ROW)
		rc = fn(ctx, (uint32_t)sqlite3_column_int64(st, 0),
			np_dossier_text_at(st, 1),
			(uint64_t)sqlite3_column_int64(st, 2));
	(void)sqlite3_finalize(st);
	return rc ? rc : got == SQLITE_DONE ? NP_OK : NP_EIO;
}
