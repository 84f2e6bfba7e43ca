/* SPDX-License-Identifier: ISC */
/* The journal: what was signed comes back in its order; a changed octet, a
 * lost, moved or copied entry is refused with its number; the file itself
 * refuses to change one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "store/journal.h"
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ENTRIES 4

static char folder[] = "/tmp/np-journal-XXXXXX";
static char path[64], key_path[64], public_path[64];
static struct np_minisign_secret key;
static struct np_dossier *d;
static struct np_err err;

static int make_key(void **state)
{
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	(void)snprintf(path, sizeof(path), "%s/a.dossier", folder);
	(void)snprintf(key_path, sizeof(key_path), "%s/k.key", folder);
	(void)snprintf(public_path, sizeof(public_path), "%s/k.pub", folder);
	return np_minisign_keygen(key_path, public_path, NULL, &err) ||
	       np_minisign_secret_open(key_path, NULL, &key, &err);
}

static int remove_key(void **state)
{
	(void)state;
	(void)unlink(key_path);
	(void)unlink(public_path);
	return rmdir(folder);
}

static void opened(bool make)
{
	assert_int_equal(np_dossier_open(path, make, &d, &err), 0);
}

static void closed(void)
{
	np_dossier_close(d);
	d = NULL;
}

/* A dossier with some entries. */
static int set_up(void **state)
{
	char text[64];

	(void)state;
	opened(true);
	if (np_dossier_begin(d, &err) || np_dossier_commit(d, &err))
		return -1;
	for (int i = 0; i < ENTRIES; i++) {
		int n = snprintf(text, sizeof(text), "{\"what\":\"no. %d\"}",
				 i + 1);

		if (np_journal_add(d, &key, text, (size_t)n, &err))
			return -1;
	}
	closed();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	closed();
	return unlink(path);
}

/* As another program would, that knows how to drop a trigger. */
static void tamper(const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	if (sqlite3_exec(db,
			 "DROP TRIGGER journal_kept; DROP TRIGGER "
			 "journal_stays;",
			 NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	assert_int_equal(sqlite3_changes(db) > 0, 1);
	(void)sqlite3_close(db);
}

static int count(void *ctx, const struct np_journal_entry *e)
{
	char text[64];
	size_t *n = ctx;
	int want = snprintf(text, sizeof(text), "{\"what\":\"no. %zu\"}", ++*n);

	assert_int_equal(e->n, *n);
	assert_int_equal(e->statement_n, want);
	assert_memory_equal(e->statement, text, e->statement_n);
	assert_int_equal(strlen(e->key_id), 16);
	assert_int_equal(strlen(e->hash), 64);
	return 0;
}

static void test_comes_back(void **state)
{
	uint64_t last;
	char hash[65];
	size_t n = 0;

	(void)state;
	opened(false);
	assert_int_equal(np_journal_read(d, count, &n, &err), 0);
	assert_int_equal(n, ENTRIES);
	assert_int_equal(np_journal_head(d, &last, hash), 0);
	assert_int_equal(last, ENTRIES);
	assert_true(hash[0] && strcmp(hash, "0") != 0);
}

static void test_empty(void **state)
{
	uint64_t last = 7;
	char hash[65];
	size_t n = 0;

	(void)state;
	tamper("DELETE FROM journal");
	opened(false);
	assert_int_equal(np_journal_read(d, count, &n, &err), 0);
	assert_int_equal(n, 0);
	assert_int_equal(np_journal_head(d, &last, hash), 0);
	assert_int_equal(last, 0);
	assert_int_equal(hash[63], '0');
}

/* The file does not let its entries be changed by accident. */
static void test_only_added_to(void **state)
{
	sqlite3 *db;

	(void)state;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_not_equal(sqlite3_exec(db, "DELETE FROM journal WHERE n=2",
					  NULL, NULL, NULL),
			     SQLITE_OK);
	assert_int_not_equal(
		sqlite3_exec(db, "UPDATE journal SET line='{}' WHERE n=2", NULL,
			     NULL, NULL),
		SQLITE_OK);
	(void)sqlite3_close(db);
}

static void test_tampered(void **state)
{
	static const struct {
		const char *sql;
		int entry;
	} ways[] = {
		{"UPDATE journal SET line=replace(line,'no. 2','no. 9') "
		 "WHERE n=2",
		 2},
		{"UPDATE journal SET hash=replace(hash,'a','b')||'' WHERE n=4",
		 4},
		{"UPDATE journal SET signature=(SELECT signature FROM journal "
		 "WHERE n=1) WHERE n=3",
		 3},
		{"DELETE FROM journal WHERE n=1", 1},
		{"DELETE FROM journal WHERE n=3", 3},
		{"UPDATE journal SET n=5 WHERE n=1", 1},
		{"UPDATE journal SET n=n+10 WHERE n=2", 2},
		{"INSERT INTO journal SELECT 5,line,signature,hash FROM "
		 "journal WHERE n=4",
		 5},
		{"UPDATE journal SET line=line||' ' WHERE n=2", 2},
		{"UPDATE journal SET line=replace(line,'\"n\":2','\"n\": 2') "
		 "WHERE n=2",
		 2},
		{"UPDATE journal SET line='' WHERE n=4", 4},
		{"UPDATE journal SET line=replace(line,'\"key\":\"RW',"
		 "'\"key\":\"QW') WHERE n=4",
		 4},
	};

	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		char want[32];
		size_t n = 0;

		tamper(ways[i].sql);
		opened(false);
		if (np_journal_read(d, count, &n, &err) != NP_EINPUT)
			fail_msg("taken: %s", ways[i].sql);
		(void)snprintf(want, sizeof(want), "entry %d", ways[i].entry);
		if (!strstr(err.what, want))
			fail_msg("%s: %s: %s", ways[i].sql, err.what, err.text);
		assert_int_equal(n, ways[i].entry - 1);
		/* nothing is added to it any more */
		assert_int_equal(np_journal_add(d, &key, "{}", 2, &err),
				 NP_EINPUT);
		closed();
		assert_int_equal(unlink(path), 0);
		assert_int_equal(set_up(state), 0);
	}
}

/* Every single octet of an entry counts. */
static void test_every_octet(void **state)
{
	char sql[200];
	sqlite3_stmt *st;
	sqlite3 *db;
	int length;

	(void)state;
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db,
					    "SELECT length(line) FROM journal "
					    "WHERE n=2",
					    -1, &st, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	length = sqlite3_column_int(st, 0);
	(void)sqlite3_finalize(st);
	(void)sqlite3_exec(db, "DROP TRIGGER journal_kept", NULL, NULL, NULL);
	for (int i = 1; i <= length; i += 3) {
		size_t n = 0;

		assert_int_equal(sqlite3_exec(db, "BEGIN", NULL, NULL, NULL),
				 SQLITE_OK);
		(void)snprintf(sql, sizeof(sql),
			       "UPDATE journal SET line=substr(line,1,%d)||"
			       "CASE substr(line,%d,1) WHEN 'x' THEN 'y' ELSE "
			       "'x' END||substr(line,%d) WHERE n=2; COMMIT",
			       i - 1, i, i + 1);
		assert_int_equal(sqlite3_exec(db,
					      "CREATE TEMP TABLE IF NOT EXISTS "
					      "was AS SELECT line FROM journal "
					      "WHERE n=2",
					      NULL, NULL, NULL),
				 SQLITE_OK);
		assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL),
				 SQLITE_OK);
		opened(false);
		assert_int_equal(np_journal_read(d, count, &n, &err),
				 NP_EINPUT);
		closed();
		(void)sqlite3_exec(db, "DROP TRIGGER journal_kept", NULL, NULL,
				   NULL);
		assert_int_equal(sqlite3_exec(db,
					      "UPDATE journal SET line=(SELECT "
					      "line FROM was) WHERE n=2",
					      NULL, NULL, NULL),
				 SQLITE_OK);
	}
	(void)sqlite3_close(db);
}

/* In a transaction of the caller's, all or nothing. */
static void test_with_others(void **state)
{
	size_t n = 0;

	(void)state;
	opened(false);
	assert_int_equal(np_dossier_begin(d, &err), 0);
	assert_int_equal(
		np_journal_add(d, &key, "{\"what\":\"no. 5\"}", 16, &err), 0);
	assert_int_equal(
		np_journal_add(d, &key, "{\"what\":\"no. 6\"}", 16, &err), 0);
	closed();
	opened(false);
	assert_int_equal(np_journal_read(d, count, &n, &err), 0);
	assert_int_equal(n, ENTRIES);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(test_comes_back), T(test_empty),	 T(test_only_added_to),
		T(test_tampered),   T(test_every_octet), T(test_with_others),
	};
#undef T
	return cmocka_run_group_tests(tests, make_key, remove_key);
}
