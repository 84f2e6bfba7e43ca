/* SPDX-License-Identifier: ISC */
/*
 * A universe as a table: our own columns, or what NetBox 4 calls them in its
 * exports of sites, prefixes and VLANs. Columns that nobody asked for are not
 * kept.
 */
#include "document/csv.h"
#include "silence/inside.h"
#include <ctype.h>

#define CELL_MAX 255
#define ROW_MAX ((size_t)64 * 1024)

enum column {
	SITE,
	NAME,
	SLUG,
	PREFIX,
	VLAN,
	VID,
	SERIAL,
	SERIAL_FROM,
	SERIAL_TO,
	SCOPE,
	SCOPE_TYPE,
	EXPORTED, /* only NetBox has these */
	NCOLUMNS,
};

static const struct {
	const char *name;
	enum column column;
} names[] = {
	{"site", SITE},
	{"sitename", SITE},
	{"name", NAME},
	{"slug", SLUG},
	{"prefix", PREFIX},
	{"vlan", VLAN},
	{"vid", VID},
	{"serial", SERIAL},
	{"serialfrom", SERIAL_FROM},
	{"serialto", SERIAL_TO},
	{"scope", SCOPE},
	{"scopetype", SCOPE_TYPE},
	{"vrf", EXPORTED},
	{"ispool", EXPORTED},
	{"markutilized", EXPORTED},
};

struct table {
	struct np_universe *u;
	const char *name;
	struct np_err *err;
	char separator;
	uint32_t line;
	struct np_cur now; /* the line */
	struct np_buf text;
	struct np_cur cell[NP_CSV_CELLS];
	size_t n;
	size_t at[NCOLUMNS]; /* which cell; SIZE_MAX: none */
	char word[NP_NCELLS][CELL_MAX + 1];
	const char *said[NP_NCELLS];
	size_t from[NP_NCELLS]; /* which cell it came from */
};

/* Where a cell begins in its line, from 1. */
static uint32_t column_of(const struct table *t, size_t cell)
{
	bool quoted = false;
	size_t i = 0;

	for (; cell && i < t->now.left; i++) {
		quoted ^= t->now.p[i] == '"';
		cell -= !quoted && t->now.p[i] == (uint8_t)t->separator;
	}
	return (uint32_t)i + 1;
}

static int fail(const struct table *t, size_t cell, int code, const char *text)
{
	(void)np_fail(t->err, code, text, t->name, t->line);
	if (t->err)
		t->err->column = column_of(t, cell);
	return code;
}

static enum column column_named(struct np_cur c)
{
	char plain[32];
	size_t n = 0;

	for (; c.left && n < sizeof(plain) - 1; np_skip(&c, 1))
		if (!strchr(" _-.\t", *c.p) || !*c.p)
			plain[n++] = (char)tolower(*c.p);
	plain[n] = '\0';
	for (size_t i = 0; i < NP_COUNT(names); i++)
		if (strcmp(names[i].name, plain) == 0)
			return names[i].column;
	return NCOLUMNS;
}

static bool split(struct table *t)
{
	np_buf_clear(&t->text);
	return np_csv_split(t->now, t->separator, &t->text, t->cell, &t->n,
			    NP_CSV_CELLS);
}

static int read_head(struct table *t)
{
	bool any = false;

	t->separator = np_csv_separator(t->now);
	if (!t->separator)
		t->separator = ','; /* one column */
	if (!split(t))
		return fail(t, 0, NP_EINPUT, "expected a quote's end");
	for (size_t i = 0; i < NCOLUMNS; i++)
		t->at[i] = SIZE_MAX;
	for (size_t i = 0; i < t->n; i++) {
		enum column c = column_named(np_trim(t->cell[i]));

		if (c != NCOLUMNS && t->at[c] == SIZE_MAX)
			t->at[c] = i;
		any |= c < SCOPE && c != NAME;
	}
	return any ? NP_OK
		   : fail(t, 0, NP_EINPUT,
			  "expected columns among: site, name, prefix, vlan, "
			  "serial, serial_from, serial_to; or NetBox's");
}

/* What stands in a column of the row; NULL: nothing. */
static int take(struct table *t, unsigned to, enum column c)
{
	size_t i = t->at[c];
	struct np_cur v;

	if (i >= t->n || t->said[to])
		return NP_OK;
	v = np_trim_space(t->cell[i]);
	if (!v.left)
		return NP_OK;
	if (v.left > CELL_MAX || memchr(v.p, 0, v.left))
		return fail(t, i, NP_EINPUT,
			    "expected a text of at most 255 octets");
	memcpy(t->word[to], v.p, v.left);
	t->word[to][v.left] = '\0';
	t->said[to] = t->word[to];
	t->from[to] = i;
	return NP_OK;
}

static bool has(const struct table *t, enum column c)
{
	return t->at[c] != SIZE_MAX;
}

/* A prefix of NetBox may belong to a region, or to a group of sites. */
static bool scope_is_site(const struct table *t)
{
	size_t i = t->at[SCOPE_TYPE];

	return i >= t->n || np_find_nocase(t->cell[i], "site") != SIZE_MAX;
}

static int take_site(struct table *t)
{
	/* NetBox's sites have a name and no site; our own have a site, and a
	 * name beside it. */
	bool own = !has(t, SITE) && !has(t, VID) && !has(t, PREFIX);
	int rc = take(t, NP_C_SITE, SITE);

	if (!rc && scope_is_site(t))
		rc = take(t, NP_C_SITE, SCOPE);
	if (!rc && own && !has(t, SERIAL) && !has(t, SERIAL_FROM))
		rc = take(t, NP_C_SITE, NAME);
	if (!rc && own)
		rc = take(t, NP_C_ALIAS, SLUG);
	if (!rc && has(t, SITE) && !has(t, VID) && !has(t, SERIAL))
		rc = take(t, NP_C_ALIAS, NAME);
	return rc;
}

static int take_rest(struct table *t)
{
	int rc = take(t, NP_C_PREFIX, PREFIX);

	if (!rc)
		rc = take(t, NP_C_VLAN, VID);
	/* There a prefix's "vlan" is the name of one. */
	if (!rc && !(has(t, PREFIX) && has(t, EXPORTED)))
		rc = take(t, NP_C_VLAN, VLAN);
	if (!rc)
		rc = take(t, NP_C_SERIAL, SERIAL_FROM);
	if (!rc)
		rc = take(t, NP_C_SERIAL, SERIAL);
	if (!rc)
		rc = take(t, NP_C_SERIAL_TO, SERIAL_TO);
	return rc;
}

static int read_row(struct table *t)
{
	const char *wrong;
	unsigned cell = 0;
	int rc;

	if (!split(t))
		return fail(t, 0, NP_EINPUT, "expected a quote's end");
	memset(t->said, 0, sizeof(t->said));
	rc = take_site(t);
	if (!rc)
		rc = take_rest(t);
	if (rc)
		return rc;
	wrong = np_universe_row(t->u, t->said, t->line, &cell, &rc);
	return wrong ? fail(t, t->from[cell], rc, wrong) : NP_OK;
}

int np_universe_csv(struct np_universe *u, const char *name, const char *text,
		    size_t n, struct np_err *reterr)
{
	struct table t = {.u = u,
			  .name = name,
			  .err = reterr,
			  .text = np_buf(2 * ROW_MAX)};
	struct np_cur all = np_cur(text, n);
	bool head = false;
	int rc = NP_OK;

	while (all.left && !rc) {
		t.now = np_doc_until(&all, "\n");
		t.line++;
		if (t.now.left && t.now.p[t.now.left - 1] == '\r')
			t.now.left--;
		if (!np_trim_space(t.now).left)
			continue;
		if (t.now.left > ROW_MAX)
			rc = fail(&t, 0, NP_EINPUT, "expected a shorter row");
		else
			rc = head ? read_row(&t) : read_head(&t);
		head = true;
	}
	t.line += !t.line;
	if (!rc && !head)
		rc = fail(&t, 0, NP_EINPUT,
			  "expected a table or JSON, not an empty file");
	np_buf_free(&t.text);
	return rc;
}
