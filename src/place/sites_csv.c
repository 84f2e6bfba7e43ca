/* SPDX-License-Identifier: ISC */
/* A list of sites: which columns a table has, or that it is GeoJSON. */
#include "core/file.h"
#include "place/inside.h"
#include "place/rows.h"
#include <ctype.h>
#include <errno.h>

#define LIST_MAX ((size_t)256 << 20) /* octets of a GeoJSON text */

enum {
	ID,
	NAME,
	COUNTRY,
	LATITUDE,
	LONGITUDE,
	NAMES,
	PREFIXES,
	CELLS,
	REGION,
	N
};

/* Written plain (np_plain). */
static const struct {
	const char *name;
	unsigned field;
} columns[] = {
	{"site", ID},
	{"id", ID},
	{"code", ID},
	{"siteid", ID},
	{"sitecode", ID},
	{"name", NAME},
	{"sitename", NAME},
	{"country", COUNTRY},
	{"countrycode", COUNTRY},
	{"latitude", LATITUDE},
	{"lat", LATITUDE},
	{"longitude", LONGITUDE},
	{"lon", LONGITUDE},
	{"long", LONGITUDE},
	{"lng", LONGITUDE},
	{"names", NAMES},
	{"pattern", NAMES},
	{"patterns", NAMES},
	{"namepattern", NAMES},
	{"namepatterns", NAMES},
	{"prefix", PREFIXES},
	{"prefixes", PREFIXES},
	{"subnet", PREFIXES},
	{"subnets", PREFIXES},
	{"cell", CELLS},
	{"cells", CELLS},
	{"cellid", CELLS},
	{"cellids", CELLS},
	{"region", REGION},
	{"state", REGION},
};

struct table {
	struct np_places *p;
	const char *path;
	struct np_err *err;
	size_t column[N]; /* from 1; 0: there is none */
	bool headed;
};

static int take_head(struct table *t, const struct np_cur *cell, size_t n,
		     uint64_t line)
{
	char name[64];

	for (size_t i = 0; i < n; i++) {
		(void)np_plain((const char *)cell[i].p, cell[i].left, name);
		for (size_t k = 0; k < NP_COUNT(columns); k++) {
			if (strcmp(columns[k].name, name) == 0 &&
			    !t->column[columns[k].field])
				t->column[columns[k].field] = i + 1;
		}
	}
	t->headed = true;
	if (t->column[ID])
		return NP_OK;
	return np_row_fail(t->path, line, 0,
			   "expected a first row with a column site, and of "
			   "name, country, region, latitude, longitude, names, "
			   "prefixes, cells",
			   t->err);
}

static int take_row(void *ctx, const struct np_cur *cell, size_t n,
		    uint64_t line)
{
	struct table *t = ctx;
	struct np_arena *mem = &t->p->mem;
	struct np_site_from from = {.file = t->path, .line = line};
	const char *v[N];
	bool ok = true;

	if (!t->headed)
		return take_head(t, cell, n, line);
	for (size_t i = 0; i < N; i++) {
		v[i] = np_cell(mem, cell, n, t->column[i] - 1, &ok);
		from.column[i] = t->column[i];
	}
	if (!ok)
		return np_no_memory(t->path, t->err);
	return np_site_take(t->p,
			    &(struct np_site_row){v[ID], v[NAME], v[COUNTRY],
						  v[LATITUDE], v[LONGITUDE],
						  v[NAMES], v[PREFIXES],
						  v[CELLS], v[REGION]},
			    &from, t->err);
}

static int read_table(struct np_places *p, const char *path,
		      struct np_err *reterr)
{
	struct table t = {.p = p, .path = path, .err = reterr};
	int rc = np_rows_read(path, take_row, &t, NULL, reterr);

	if (rc || t.headed)
		return rc;
	return np_row_fail(path, 1, 0, "expected rows", reterr);
}

/* All of a file that begins as JSON does; NULL (*ret_rc 0): it does not. */
static char *read_json(const char *path, size_t *ret_n, int *ret_rc,
		       struct np_err *reterr)
{
	struct np_buf b = np_buf(LIST_MAX);
	FILE *f = fopen(path, "re");
	int c;

	*ret_rc = NP_OK;
	if (!f) {
		*ret_rc = np_fail(reterr, NP_EIO, strerror(errno), path, 0);
		return NULL;
	}
	do
		c = getc(f);
	while (c != EOF && (isspace(c) || c == 0xef || c == 0xbb || c == 0xbf));
	if (c != '{') {
		(void)fclose(f);
		return NULL;
	}
	rewind(f);
	*ret_rc = np_file_take(f, path, "a list of sites over the limit", &b,
			       reterr);
	(void)fclose(f);
	if (*ret_rc) {
		np_buf_free(&b);
		return NULL;
	}
	*ret_n = b.n;
	return b.p;
}

int np_sites_read(struct np_places *p, const char *path, struct np_err *reterr)
{
	size_t n = 0;
	int rc;
	char *text = read_json(path, &n, &rc, reterr);

	if (rc)
		return rc;
	rc = text ? np_geojson_read(p, path, text, n, reterr)
		  : read_table(p, path, reterr);
	free(text);
	return rc;
}
