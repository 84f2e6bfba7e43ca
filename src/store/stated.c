/* SPDX-License-Identifier: ISC */
/*
 * What each run stated. A statement is written once: a run that says the same
 * as the last one adds nothing.
 */
#include "core/hash.h"
#include "core/time.h"
#include "store/inside.h"
#include <stdlib.h>

#define MAX_BOXES ((size_t)1 << 30) /* octets of the ids in one row */

static void put_row(struct np_buf *b, const struct np_stated *s)
{
	for (size_t i = 0; i < s->n; i++) {
		np_puts(b, s->boxes[i]);
		np_putc(b, '\n');
	}
}

static const char *day_or_null(int32_t day, char text[static 16])
{
	return day == NP_NODAY ? NULL : np_day_text(day, text);
}

static void print_of(const struct np_stated *v, size_t n, char ret[static 33])
{
	struct np_buf b = np_buf(4096);
	uint64_t lo = 1, hi = 2;

	for (size_t i = 0; i < n; i++) {
		np_buf_clear(&b);
		np_putf(&b, "%d|%d|%d|%zu|%s|%s|%s", (int)v[i].as_of,
			(int)v[i].date, v[i].part, v[i].n,
			v[i].clause ? v[i].clause : "",
			v[i].status ? v[i].status : "",
			v[i].print ? v[i].print : "");
		lo = np_hash64(b.p, b.n, lo);
		hi = np_hash64(b.p, b.n, hi);
		for (size_t k = 0; k < v[i].n; k++) {
			const char *id = v[i].boxes[k];

			lo = np_hash64(id, strlen(id), lo);
			hi = np_hash64(id, strlen(id), hi);
		}
	}
	np_buf_clear(&b);
	np_putf(&b, "%016llx%016llx", (unsigned long long)lo,
		(unsigned long long)hi);
	memcpy(ret, b.p, 33);
	np_buf_free(&b);
}

/* Is it what the last run said? */
static bool said_before(struct np_dossier *d, const char *print)
{
	struct np_arena mem = np_arena(4096);
	const char *last = np_dossier_noted(d, "stated", &mem);
	bool same = last && strcmp(last, print) == 0;

	np_arena_free(&mem);
	return same;
}

static int add_row(sqlite3_stmt *st, int64_t number, size_t ord,
		   const struct np_stated *s, struct np_buf *b)
{
	char as_of[16], date[16];

	np_buf_clear(b);
	put_row(b, s);
	if (b->failed)
		return NP_ENOMEM;
	(void)sqlite3_bind_int64(st, 1, number);
	(void)sqlite3_bind_int64(st, 2, (int64_t)ord);
	np_dossier_bind(st, 3, np_day_text(s->as_of, as_of));
	np_dossier_bind(st, 4, s->clause);
	(void)sqlite3_bind_int64(st, 5, s->part);
	np_dossier_bind(st, 6, s->status);
	np_dossier_bind(st, 7, s->print);
	np_dossier_bind(st, 8, day_or_null(s->date, date));
	(void)sqlite3_bind_text(st, 9, b->p ? b->p : "", (int)b->n,
				SQLITE_STATIC);
	return np_dossier_step(st);
}

static int64_t next_number(struct np_dossier *d)
{
	sqlite3_stmt *st = NULL;
	int64_t n = 1;

	if (sqlite3_prepare_v2(d->db, "SELECT ifnull(max(n),0)+1 FROM stated",
			       -1, &st, NULL) == SQLITE_OK &&
	    sqlite3_step(st) == SQLITE_ROW)
		n = sqlite3_column_int64(st, 0);
	(void)sqlite3_finalize(st);
	return n;
}

/* ---- boxes that are to be forgotten */

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Those lines of a row that name a box of today. */
static void keep_lines(const char *text, const char **boxes, size_t n,
		       struct np_buf *b)
{
	for (const char *end; (end = strchr(text, '\n')); text = end + 1) {
		char id[64];
		const char *key = id;
		size_t len = (size_t)(end - text);

		if (len >= sizeof(id))
			continue;
		memcpy(id, text, len);
		id[len] = '\0';
		if (n && bsearch(&key, boxes, n, sizeof(*boxes), by_text))
			np_put(b, text, len + 1);
	}
}

static int rewrite(struct np_dossier *d, const char **boxes, size_t n)
{
	static const char read[] = "SELECT n,ord,boxes FROM stated";
	static const char write[] =
		"UPDATE stated SET boxes=? WHERE n=? AND ord=?";
	struct np_buf b = np_buf(MAX_BOXES);
	sqlite3_stmt *in = NULL, *out = NULL;
	int rc = NP_EIO;

	if (sqlite3_prepare_v2(d->db, read, -1, &in, NULL) == SQLITE_OK &&
	    sqlite3_prepare_v2(d->db, write, -1, &out, NULL) == SQLITE_OK)
		rc = NP_OK;
	while (!rc && sqlite3_step(in) == SQLITE_ROW) {
		np_buf_clear(&b);
		keep_lines((const char *)sqlite3_column_text(in, 2), boxes, n,
			   &b);
		if (b.failed)
			rc = NP_ENOMEM;
		(void)sqlite3_bind_text(out, 1, b.p ? b.p : "", (int)b.n,
					SQLITE_STATIC);
		(void)sqlite3_bind_int64(out, 2, sqlite3_column_int64(in, 0));
		(void)sqlite3_bind_int64(out, 3, sqlite3_column_int64(in, 1));
		if (!rc)
			rc = np_dossier_step(out);
	}
	(void)sqlite3_finalize(in);
	(void)sqlite3_finalize(out);
	np_buf_free(&b);
	return rc;
}

/* A box that turned out to be a subscriber's is in no earlier statement either
 * (design, rule 11); one that is no box of its own any more tells nothing. */
static int forget_others(struct np_dossier *d, const struct np_stated *all)
{
	const char **boxes = calloc(all->n + 1, sizeof(*boxes));
	int rc;

	if (!boxes)
		return NP_ENOMEM;
	for (size_t i = 0; i < all->n; i++)
		boxes[i] = all->boxes[i];
	if (all->n)
		qsort(boxes, all->n, sizeof(*boxes), by_text);
	rc = rewrite(d, boxes, all->n);
	free(boxes);
	return rc;
}

int np_dossier_state(struct np_dossier *d, const struct np_stated *v, size_t n)
{
	struct np_buf b = np_buf(MAX_BOXES);
	sqlite3_stmt *st = NULL;
	char print[33];
	int64_t number;
	int rc = NP_OK;

	if (d->forgot && n)
		rc = forget_others(d, &v[0]);
	if (rc)
		return rc;
	print_of(v, n, print);
	if (said_before(d, print))
		return NP_OK;
	number = next_number(d);
	if (sqlite3_prepare_v2(d->db,
			       "INSERT INTO stated VALUES(?,?,?,?,?,?,?,?,?)",
			       -1, &st, NULL) != SQLITE_OK)
		return NP_EIO;
	for (size_t i = 0; i < n && !rc; i++)
		rc = add_row(st, number, i, &v[i], &b);
	(void)sqlite3_finalize(st);
	np_buf_free(&b);
	return rc ? rc : np_dossier_note(d, "stated", print);
}

/* ------------------------------------------------------------- reading */

static const char *keep(sqlite3_stmt *st, int i, struct np_arena *mem)
{
	const unsigned char *s = sqlite3_column_text(st, i);

	return s ? np_copystr(mem, s, (size_t)sqlite3_column_bytes(st, i))
		 : NULL;
}

/* Lines into a list of texts; `text` is cut up. */
static bool split(char *text, struct np_stated *s, struct np_arena *mem)
{
	const char **v;
	size_t n = 0;

	for (const char *p = text; *p; p++)
		n += *p == '\n';
	v = np_alloc(mem, (n + 1) * sizeof(*v));
	if (!v)
		return false;
	s->boxes = v;
	for (char *end; *text && (end = strchr(text, '\n')); text = end + 1) {
		*end = '\0';
		v[s->n++] = text;
	}
	return true;
}

static int read_row(sqlite3_stmt *st, struct np_arena *mem, struct np_stated *s)
{
	const char *as_of = keep(st, 0, mem), *date = keep(st, 5, mem);
	char *boxes = (char *)(uintptr_t)keep(st, 6, mem);

	*s = (struct np_stated){.as_of = NP_NODAY,
				.clause = keep(st, 1, mem),
				.part = sqlite3_column_int(st, 2) != 0,
				.status = keep(st, 3, mem),
				.print = keep(st, 4, mem),
				.date = NP_NODAY};
	if (!as_of || !boxes || !split(boxes, s, mem))
		return NP_ENOMEM;
	if (!np_day_read(as_of, &s->as_of) ||
	    (date && !np_day_read(date, &s->date)) || (s->print && s->status))
		return NP_EINPUT;
	return NP_OK;
}

static int count(struct np_dossier *d, size_t *ret)
{
	sqlite3_stmt *st = NULL;
	int rc = NP_EIO;

	if (sqlite3_prepare_v2(d->db, "SELECT count(*) FROM stated", -1, &st,
			       NULL) == SQLITE_OK &&
	    sqlite3_step(st) == SQLITE_ROW) {
		*ret = (size_t)sqlite3_column_int64(st, 0);
		rc = NP_OK;
	}
	(void)sqlite3_finalize(st);
	return rc;
}

int np_dossier_stated(struct np_dossier *d, struct np_arena *mem,
		      const struct np_stated **ret, size_t *ret_n)
{
	sqlite3_stmt *st = NULL;
	struct np_stated *v;
	size_t n = 0, all;
	int rc = count(d, &all);

	*ret = NULL;
	*ret_n = 0;
	if (rc || !all)
		return rc;
	v = np_zalloc(mem, all * sizeof(*v));
	if (!v)
		return NP_ENOMEM;
	if (sqlite3_prepare_v2(d->db,
			       "SELECT as_of,clause,part,status,print,date,"
			       "boxes FROM stated ORDER BY n,ord",
			       -1, &st, NULL) != SQLITE_OK)
		return NP_EIO;
	while (!rc && n < all && sqlite3_step(st) == SQLITE_ROW)
		rc = read_row(st, mem, &v[n++]);
	(void)sqlite3_finalize(st);
	*ret = v;
	*ret_n = n;
	return rc;
}
