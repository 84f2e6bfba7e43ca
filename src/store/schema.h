/* SPDX-License-Identifier: ISC */
/*
 * The dossier's tables.
 *
 * Rows are put behind one another as they are heard, a sighting has a number
 * for that; the index by id is made when a new dossier is complete. Words that
 * come again and again stand in `word`, and in the tables as its number; the
 * views give them back as text, for whoever reads the file with another
 * program. `line` is what stands in a line of nameplate.sighting/1 between its
 * source and its segment: id and occurrences have columns of their own.
 */
#ifndef NP_SCHEMA_H
#define NP_SCHEMA_H

#define NP_DOSSIER_ID 0x6e706474 /* "npdt": application_id */
#define NP_DOSSIER_VERSION 2

static const char np_schema[] =
	"CREATE TABLE note(key TEXT PRIMARY KEY, value TEXT NOT NULL)"
	" STRICT, WITHOUT ROWID;"
	"CREATE TABLE source(n INTEGER PRIMARY KEY, sha256 TEXT, tree TEXT,"
	" name TEXT NOT NULL, kind TEXT, site TEXT, origin TEXT NOT NULL,"
	" status TEXT NOT NULL, first INTEGER, last INTEGER,"
	" frames INTEGER NOT NULL, bytes INTEGER NOT NULL, drops INTEGER,"
	" malformed INTEGER NOT NULL, unread_link INTEGER NOT NULL,"
	" dropped_by_limit INTEGER NOT NULL,"
	" subscriber_tunnels INTEGER NOT NULL, withheld INTEGER NOT NULL)"
	" STRICT;"
	"CREATE UNIQUE INDEX source_sha256 ON source(sha256);"
	"CREATE TABLE word(n INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;"
	"CREATE TABLE sighting(n INTEGER PRIMARY KEY, id BLOB NOT NULL,"
	" line TEXT NOT NULL) STRICT;"
	"CREATE TABLE occurrence(source INTEGER NOT NULL,"
	" segment INTEGER NOT NULL, sighting INTEGER NOT NULL,"
	" first INTEGER, last INTEGER,"
	" count INTEGER NOT NULL, place INTEGER NOT NULL,"
	" PRIMARY KEY(source, segment, sighting)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE claim(sighting INTEGER NOT NULL, ord INTEGER NOT NULL,"
	" what INTEGER NOT NULL, grade INTEGER NOT NULL, maker INTEGER,"
	" grp INTEGER NOT NULL, fact INTEGER NOT NULL, rule INTEGER NOT NULL,"
	" value INTEGER, flags INTEGER NOT NULL, PRIMARY KEY(sighting, ord))"
	" STRICT, WITHOUT ROWID;"
	"CREATE TABLE device_key(key TEXT PRIMARY KEY, device TEXT NOT NULL)"
	" STRICT, WITHOUT ROWID;"
	"CREATE TABLE alias(device TEXT PRIMARY KEY, now TEXT NOT NULL)"
	" STRICT, WITHOUT ROWID;"
	"CREATE TABLE finding(device TEXT NOT NULL, clause TEXT NOT NULL,"
	" line TEXT NOT NULL, PRIMARY KEY(device, clause))"
	" STRICT, WITHOUT ROWID;"
	"CREATE TABLE knowledge(name TEXT PRIMARY KEY, origin TEXT, date TEXT,"
	" sha256 TEXT) STRICT, WITHOUT ROWID;"
	"CREATE VIEW sighting_line AS SELECT id, "
	"'{\"record\":\"sighting\",\"schema\":\"nameplate.sighting/1\","
	"\"id\":\"'||lower(hex(id))||'\",'||substr(line,2) AS line"
	" FROM sighting;"
	"CREATE VIEW claim_text AS SELECT s.id AS id, c.ord AS ord,"
	" c.what AS what, c.grade AS grade, m.text AS maker, g.text AS grp,"
	" c.fact AS fact, r.text AS rule, v.text AS value, c.flags AS flags"
	" FROM claim c JOIN sighting s ON s.n=c.sighting"
	" JOIN word g ON g.n=c.grp JOIN word r ON r.n=c.rule"
	" LEFT JOIN word m ON m.n=c.maker LEFT JOIN word v ON v.n=c.value;";

/* What came later; a dossier of before gets it when it is opened. `crowd` is
 * all that is kept of subscribers' boxes: `link` is a keyed hash, where the
 * operator gave a key, or NULL. `withheld` counts what seal() dropped.
 * `frames` has the hashes of a source's frames (seal_tree.h), in pieces, in the
 * order of n; `kept` the files of knowledge and law that were used, packed by
 * zstd, in the order of n; `registry` the rows of registries that were looked
 * at (bits 0: an enterprise number); `seal` what was signed, `sealed` the lines
 * that it has hash trees over (seal.h). `stated` is what each run said: a
 * statement has a number, its boxes stand a line each. */
static const char np_schema_more[] =
	"CREATE TABLE IF NOT EXISTS crowd(link BLOB, role TEXT, field TEXT,"
	" maker TEXT, rival TEXT, verdict INTEGER NOT NULL, model TEXT,"
	" site TEXT, n INTEGER NOT NULL) STRICT;"
	"CREATE TABLE IF NOT EXISTS withheld(source INTEGER NOT NULL,"
	" field TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY(source, field))"
	" STRICT, WITHOUT ROWID;"
	/* store/journal.h; what stands in it stays as it is */
	"CREATE TABLE IF NOT EXISTS journal(n INTEGER PRIMARY KEY,"
	" line TEXT NOT NULL, signature TEXT NOT NULL, hash TEXT NOT NULL)"
	" STRICT;"
	"CREATE TRIGGER IF NOT EXISTS journal_kept BEFORE UPDATE ON journal"
	" BEGIN SELECT RAISE(ABORT,'a journal is only added to'); END;"
	"CREATE TRIGGER IF NOT EXISTS journal_stays BEFORE DELETE ON journal"
	" BEGIN SELECT RAISE(ABORT,'a journal is only added to'); END;"
	"CREATE TABLE IF NOT EXISTS frames(n INTEGER PRIMARY KEY,"
	" source INTEGER NOT NULL, blocks BLOB NOT NULL) STRICT;"
	"CREATE TABLE IF NOT EXISTS kept(n INTEGER PRIMARY KEY,"
	" kind TEXT NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL,"
	" packed BLOB NOT NULL) STRICT;"
	"CREATE TABLE IF NOT EXISTS registry(bits INTEGER NOT NULL,"
	" key INTEGER NOT NULL, owner TEXT NOT NULL, PRIMARY KEY(bits, key))"
	" STRICT, WITHOUT ROWID;"
	"CREATE TABLE IF NOT EXISTS seal(n INTEGER PRIMARY KEY,"
	" manifest TEXT NOT NULL, signature TEXT NOT NULL) STRICT;"
	"CREATE TABLE IF NOT EXISTS sealed(n INTEGER PRIMARY KEY,"
	" kind TEXT NOT NULL, line TEXT NOT NULL) STRICT;"
	/* what was asked, and what a person wrote down beside a source */
	"CREATE TABLE IF NOT EXISTS beside(source INTEGER PRIMARY KEY,"
	" asked INTEGER NOT NULL, absent INTEGER NOT NULL, method TEXT,"
	" taken TEXT, tap TEXT, direction TEXT, taken_by TEXT,"
	" legal_basis TEXT, clock_offset TEXT) STRICT;"
	"CREATE TABLE IF NOT EXISTS stated(n INTEGER NOT NULL,"
	" ord INTEGER NOT NULL, as_of TEXT NOT NULL, clause TEXT,"
	" part INTEGER NOT NULL, status TEXT, print TEXT, date TEXT,"
	" boxes TEXT NOT NULL, PRIMARY KEY(n, ord)) STRICT, WITHOUT ROWID;";

/* While a dossier is new: keys of devices as they come. Sorted into
 * device_key at its end, where the first device that has a key keeps it. */
static const char np_schema_new[] =
	"CREATE TEMP TABLE new_key(key TEXT NOT NULL, device TEXT NOT NULL);";

/* Finds the sightings of a dossier that stands already. */
static const char np_schema_end[] =
	"INSERT OR IGNORE INTO device_key SELECT key,device FROM new_key"
	" ORDER BY key,rowid;"
	"DROP TABLE new_key;"
	"CREATE UNIQUE INDEX IF NOT EXISTS sighting_id ON sighting(id);";
#endif
