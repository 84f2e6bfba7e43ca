/* SPDX-License-Identifier: ISC */
#include "store/plan.h"
#include "store/inside.h"

/* `n` grows: the greatest is the newest. "" is a plan without a scenario. */
static const char table[] =
	"CREATE TABLE IF NOT EXISTS plan(n INTEGER PRIMARY KEY,"
	" scenario TEXT NOT NULL UNIQUE, json TEXT NOT NULL) STRICT;";

static sqlite3_stmt *prepared(struct np_dossier *d, const char *sql)
{
	sqlite3_stmt *st = NULL;

	(void)sqlite3_prepare_v2(d->db, sql, -1, &st, NULL);
	return st;
}

/* Does a question have an answer? A table that is not there has none. */
static bool is_so(struct np_dossier *d, const char *sql)
{
	sqlite3_stmt *st = prepared(d, sql);
	bool so = st && sqlite3_step(st) == SQLITE_ROW;

	(void)sqlite3_finalize(st);
	return so;
}

static bool has_table(struct np_dossier *d)
{
	return is_so(d, "SELECT 1 FROM sqlite_schema WHERE type='table' AND "
			"name='plan'");
}

static int put(struct np_dossier *d, const char *scenario, const char *json,
	       size_t n)
{
	sqlite3_stmt *st = prepared(d, "INSERT OR REPLACE INTO plan SELECT "
				       "ifnull(max(n),0)+1,?1,?2 FROM plan");
	int rc;

	if (!st)
		return NP_EIO;
	np_dossier_bind(st, 1, scenario ? scenario : "");
	(void)sqlite3_bind_text64(st, 2, json, n, SQLITE_STATIC, SQLITE_UTF8);
	rc = np_dossier_step(st);
	(void)sqlite3_finalize(st);
	return rc;
}

int np_dossier_keep_plan(struct np_dossier *d, const char *scenario,
			 const char *json, size_t n, bool *ret_sealed,
			 struct np_err *reterr)
{
	int rc;

	if (n > NP_PLAN_MAX)
		return np_fail(reterr, NP_ELIMIT,
			       "a plan is longer than a "
			       "dossier keeps",
			       d->path, 0);
	rc = np_dossier_begin(d, reterr);
	if (!rc)
		rc = np_dossier_run(d, table, reterr);
	if (!rc && put(d, scenario, json, n))
		rc = np_dossier_failed(d, reterr);
	if (ret_sealed)
		*ret_sealed = is_so(d, "SELECT 1 FROM seal");
	return rc ? rc : np_dossier_commit(d, reterr);
}

static int take(struct np_dossier *d, const char *sql, const char *scenario,
		struct np_arena *mem, const char **ret, size_t *ret_n)
{
	sqlite3_stmt *st;
	int rc = NP_OK, got;

	*ret = NULL;
	*ret_n = 0;
	if (!has_table(d))
		return NP_OK;
	st = prepared(d, sql);
	if (!st)
		return NP_EIO;
	if (scenario)
		np_dossier_bind(st, 1, scenario);
	got = sqlite3_step(st);
	if (got == SQLITE_ROW) {
		*ret_n = (size_t)sqlite3_column_bytes(st, 0);
		*ret = np_copystr(mem, sqlite3_column_text(st, 0), *ret_n);
		rc = *ret ? NP_OK : NP_ENOMEM;
	}
	(void)sqlite3_finalize(st);
	return got == SQLITE_ROW || got == SQLITE_DONE ? rc : NP_EIO;
}

int np_dossier_plan(struct np_dossier *d, struct np_arena *mem,
		    const char **ret, size_t *ret_n)
{
	return take(d, "SELECT json FROM plan ORDER BY n DESC LIMIT 1", NULL,
		    mem, ret, ret_n);
}

int np_dossier_plan_of(struct np_dossier *d, const char *scenario,
		       struct np_arena *mem, const char **ret, size_t *ret_n)
{
	return take(d, "SELECT json FROM plan WHERE scenario=?1",
		    scenario ? scenario : "", mem, ret, ret_n);
}

int np_dossier_plans(struct np_dossier *d, np_dossier_plan_fn *fn, void *ctx)
{
	sqlite3_stmt *st;
	int rc = NP_OK, got = SQLITE_DONE;

	if (!has_table(d))
		return NP_OK;
	st = prepared(d, "SELECT scenario,json FROM plan ORDER BY scenario");
	if (!st)
		return NP_EIO;
	while (!rc && (got = sqlite3_step(st)) == SQLITE_ROW) {
		const char *scenario = np_dossier_text_at(st, 0);

		rc = fn(ctx, *scenario ? scenario : NULL,
			np_dossier_text_at(st, 1),
			(size_t)sqlite3_column_bytes(st, 1));
	}
	(void)sqlite3_finalize(st);
	return rc || got == SQLITE_DONE ? rc : NP_EIO;
}

int np_dossier_forget_plans(struct np_dossier *d)
{
	return has_table(d) ? np_dossier_run(d, "DELETE FROM plan;", NULL)
			    : NP_OK;
}
