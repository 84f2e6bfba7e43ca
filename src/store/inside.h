/* SPDX-License-Identifier: ISC */
/* What the writing and the reading of a dossier share. */
#ifndef NP_STORE_INSIDE_H
#define NP_STORE_INSIDE_H
#include "store/dossier.h"
#include "store/fresh.h"
#include <sqlite3.h>

/* Every statement that is used more than once, prepared once. */
#define STATEMENTS(XX)                                                         \
	XX(FIND, "SELECT n FROM sighting WHERE id=?")                          \
	XX(ADD, "INSERT INTO sighting VALUES(?,?,?)")                          \
	XX(FIRST, "INSERT INTO occurrence VALUES(?,?,?,?,?,?,?)")              \
	XX(OCCUR, "INSERT INTO occurrence VALUES(?,?,?,?,?,?,?) "              \
		  "ON CONFLICT DO UPDATE SET "                                 \
		  "first=CASE WHEN first IS NULL THEN excluded.first "         \
		  "ELSE min(first,ifnull(excluded.first,first)) END,"          \
		  "last=CASE WHEN last IS NULL THEN excluded.last "            \
		  "ELSE max(last,ifnull(excluded.last,last)) END,"             \
		  "count=max(count,excluded.count),"                           \
		  "place=min(place,excluded.place)")                           \
	XX(CLAIM, "INSERT INTO claim VALUES(?,?,?,?,?,?,?,?,?,?)")             \
	XX(WORD, "INSERT INTO word VALUES(NULL,?)")                            \
	XX(CROWD, "INSERT INTO crowd VALUES(?,?,?,?,?,?,?,?,?)")               \
	XX(WITHHELD, "INSERT INTO withheld VALUES(?,?,?)")                     \
	XX(UNALIAS, "DELETE FROM alias WHERE device IN (SELECT device FROM "   \
		    "device_key WHERE key=?1) OR now IN (SELECT device FROM "  \
		    "device_key WHERE key=?1)")                                \
	XX(UNKEY, "DELETE FROM device_key WHERE key=?")                        \
	XX(NOTE, "INSERT OR REPLACE INTO note VALUES(?,?)")                    \
	XX(NOTED, "SELECT value FROM note WHERE key=?")                        \
	XX(KEY, "SELECT device FROM device_key WHERE key=?")                   \
	XX(SETKEY, "INSERT OR REPLACE INTO device_key VALUES(?,?)")            \
	XX(ALIAS, "INSERT OR REPLACE INTO alias VALUES(?,?)")                  \
	XX(SEALED, "INSERT INTO sealed(kind,line) VALUES(?,?)")                \
	XX(PART, "INSERT OR REPLACE INTO knowledge VALUES(?,?,?,?)")

enum statement {
#define XX(name, sql) name,
	STATEMENTS(XX)
#undef XX
		NP_STATEMENTS
};

/* claim.flags */
enum { SETTABLE = 1, SUBSCRIBER = 2, VIRTUAL = 4, COMPUTER = 8 };

/* Words that were written lately, by hash: memory does not grow with what is
 * said. A word that fell out is written again, under another number. */
#define NP_WORDS 8192u

struct np_word {
	uint64_t lo, hi;
	int64_t n; /* 0: none */
};

struct np_dossier {
	sqlite3 *db;
	char *path;
	bool fresh; /* new: not complete, no index by id yet */
	struct np_fresh file;
	struct np_buf line;
	struct np_word *words; /* NP_WORDS of them */
	uint64_t seed;
	sqlite3_stmt *new_key; /* while it is fresh */
	sqlite3_stmt *gone;    /* while sightings are named that go */
	bool forgot;	       /* something was taken out */
	sqlite3_stmt *st[NP_STATEMENTS];
};

/* "mac=00:e0:fc:…", as device_key has it; NULL: out of memory. */
const char *np_dossier_key_text(const struct np_key *k, struct np_arena *mem);

/* One of them, bound: done, and free for the next time. */
int np_dossier_step(sqlite3_stmt *st);
void np_dossier_bind(sqlite3_stmt *st, int i, const char *text);
/* A column's text; NULL: it has none. */
const char *np_dossier_text_at(sqlite3_stmt *st, int i);
/* Statements that give nothing back. */
int np_dossier_run(struct np_dossier *d, const char *text,
		   struct np_err *reterr);
int np_dossier_failed(struct np_dossier *d, struct np_err *reterr);

#endif
