/* SPDX-License-Identifier: ISC */
/* The dossier's tables. */
#ifndef NP_SCHEMA_H
#define NP_SCHEMA_H

#define NP_DOSSIER_ID 0x6e706474 /* "npdt": application_id */
#define NP_DOSSIER_VERSION 1

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
	"CREATE TABLE sighting(id BLOB PRIMARY KEY, line TEXT NOT NULL)"
	" STRICT, WITHOUT ROWID;"
	"CREATE TABLE occurrence(id BLOB NOT NULL, source INTEGER NOT NULL,"
	" segment INTEGER NOT NULL, first INTEGER, last INTEGER,"
	" count INTEGER NOT NULL, place INTEGER NOT NULL,"
	" PRIMARY KEY(id, source, segment)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE claim(id BLOB NOT NULL, ord INTEGER NOT NULL,"
	" what INTEGER NOT NULL, grade INTEGER NOT NULL, maker TEXT,"
	" grp TEXT NOT NULL, fact INTEGER NOT NULL, rule TEXT NOT NULL,"
	" value TEXT, flags INTEGER NOT NULL, PRIMARY KEY(id, ord))"
	" STRICT, WITHOUT ROWID;"
	"CREATE TABLE device_key(key TEXT PRIMARY KEY, device TEXT NOT NULL)"
	" STRICT, WITHOUT ROWID;"
	"CREATE TABLE alias(device TEXT PRIMARY KEY, now TEXT NOT NULL)"
	" STRICT, WITHOUT ROWID;"
	"CREATE TABLE finding(device TEXT NOT NULL, clause TEXT NOT NULL,"
	" line TEXT NOT NULL, PRIMARY KEY(device, clause))"
	" STRICT, WITHOUT ROWID;"
	"CREATE TABLE knowledge(name TEXT PRIMARY KEY, origin TEXT, date TEXT,"
	" sha256 TEXT) STRICT, WITHOUT ROWID;";
#endif
