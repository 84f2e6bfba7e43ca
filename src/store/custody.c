/* SPDX-License-Identifier: ISC */
#include "store/custody.h"
#include "store/inside.h"

static const char table[] =
	"CREATE TABLE IF NOT EXISTS custody(n INTEGER PRIMARY KEY,"
	" serial TEXT NOT NULL COLLATE NOCASE, event TEXT NOT NULL,"
	" day TEXT NOT NULL, place TEXT, certificate TEXT, sha256 TEXT,"
	" UNIQUE(serial, event, day)) STRICT;";

static bool has_table(struct np_dossier *d)
{
	sqlite3_stmt *st = NULL;
	bool has = sqlite3_prepare_v2(d->db,
				      "SELECT 1 FROM sqlite_schema WHERE "
				      "type='table' AND name='custody'",
				      -1, &st, NULL) == SQLITE_OK &&
		   sqlite3_step(st) == SQLITE_ROW;

	(void)sqlite3_finalize(st);
	return has;
}

static int row_at(sqlite3_stmt *st, struct np_custody *c)
{
	const char *event = np_dossier_text_at(st, 1);
	const char *day = np_dossier_text_at(st, 2);
	const char *hash = np_dossier_text_at(st, 5);
	int e = event ? np_custody_find(event, strlen(event)) : -1;
	struct np_custody_row row = {
		.serial = np_dossier_text_at(st, 0),
		.place = np_dossier_text_at(st, 3),
		.certificate = np_dossier_text_at(st, 4),
	};

	if (e < 0 || !row.serial || !day || !np_day_read(day, &row.day))
		return NP_EINPUT;
	row.event = (enum np_custody_event)e;
	if (hash && strlen(hash) == 64)
		(void)memcpy(row.sha256, hash, 65);
	row.checked = row.sha256[0]	? NP_CERT_HASH
		      : row.certificate ? NP_CERT_ABSENT
					: NP_CERT_NONE;
	return np_custody_add(c, &row);
}

int np_dossier_custody(struct np_dossier *d, struct np_custody *c)
{
	sqlite3_stmt *st = NULL;
	int rc = NP_OK, got = SQLITE_DONE;

	if (!has_table(d))
		return NP_OK;
	if (sqlite3_prepare_v2(d->db,
			       "SELECT serial,event,day,place,certificate,"
			       "sha256 FROM custody ORDER BY n",
			       -1, &st, NULL) != SQLITE_OK)
		return NP_EIO;
	while (!rc && (got = sqlite3_step(st)) == SQLITE_ROW)
		rc = row_at(st, c);
	(void)sqlite3_finalize(st);
	return rc ? rc : got == SQLITE_DONE ? NP_OK : NP_EIO;
}

static int keep(sqlite3_stmt *st, const struct np_custody_row *r)
{
	char day[16];

	np_dossier_bind(st, 1, r->serial);
	np_dossier_bind(st, 2, np_custody_name(r->event));
	np_dossier_bind(st, 3, np_day_text(r->day, day));
	np_dossier_bind(st, 4, r->place);
	np_dossier_bind(st, 5, r->certificate);
	np_dossier_bind(st, 6, r->sha256[0] ? r->sha256 : NULL);
	return np_dossier_step(st);
}

static int keep_all(struct np_dossier *d, const struct np_custody *c,
		    const struct np_heard *heard, uint64_t *ret_kept,
		    uint64_t *ret_left)
{
	sqlite3_stmt *st = NULL;
	int rc = NP_OK;

	if (sqlite3_prepare_v2(d->db,
			       "INSERT OR IGNORE INTO custody(serial,event,day,"
			       "place,certificate,sha256) VALUES(?,?,?,?,?,?)",
			       -1, &st, NULL) != SQLITE_OK)
		return NP_EIO;
	for (size_t i = 0; i < c->nserials && !rc; i++) {
		const struct np_serial *s = &c->serials[i];

		if (!heard[i].device) {
			++*ret_left;
			continue;
		}
		for (size_t k = 0; k < s->n && !rc; k++) {
			rc = keep(st, &s->rows[k]);
			*ret_kept += (uint64_t)sqlite3_changes(d->db);
		}
	}
	(void)sqlite3_finalize(st);
	return rc;
}

int np_dossier_keep_custody(struct np_dossier *d, const struct np_custody *c,
			    const struct np_heard *heard, uint64_t *ret_kept,
			    uint64_t *ret_left, struct np_err *reterr)
{
	int rc = np_dossier_begin(d, reterr);

	*ret_kept = *ret_left = 0;
	if (!rc)
		rc = np_dossier_run(d, table, reterr);
	if (!rc) {
		rc = keep_all(d, c, heard, ret_kept, ret_left);
		if (rc)
			rc = np_dossier_failed(d, reterr);
	}
	return rc ? rc : np_dossier_commit(d, reterr);
}
