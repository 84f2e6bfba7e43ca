/* SPDX-License-Identifier: ISC */
/* Exports that are several files, and what would collide in them. */
#include "core/hash.h"
#include "report/export.h"
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

int np_folder_file(const char *dir, const char *name, struct np_buf *b,
		   struct np_err *reterr)
{
	struct np_buf path = np_buf(8192);
	int rc = NP_OK;
	FILE *to;

	np_putf(&path, "%s/%s", dir, name);
	if (path.failed)
		return np_fail(reterr, NP_ENOMEM, "out of memory", dir, 0);
	if (mkdir(dir, 0777) < 0 && errno != EEXIST)
		rc = np_fail(reterr, NP_EIO, strerror(errno), dir, 0);
	to = rc ? NULL : fopen(path.p, "we");
	if (!rc && !to)
		rc = np_fail(reterr, NP_EIO, strerror(errno), path.p, 0);
	if (!rc) {
		rc = np_put_out(b, to);
		if (fclose(to) != 0 && !rc)
			rc = NP_EIO;
		if (rc)
			(void)np_fail(reterr, rc, np_strerror(rc), path.p, 0);
	}
	np_buf_free(&path);
	return rc;
}

/* ---- twins */

static uint64_t name_hash(const struct np_report *r, uint32_t site,
			  const char *name)
{
	const char *id = np_site_id(r->party, site);
	struct np_buf b = np_buf(1 << 20);
	uint64_t h;

	np_puts(&b, id ? id : "");
	np_putc(&b, '\n');
	for (; *name; name++)
		np_putc(&b, (char)tolower((unsigned char)*name));
	h = np_hash64(b.p, b.n, 1);
	np_buf_free(&b);
	return h;
}

static uint64_t serial_hash(const char *serial)
{
	return np_hash64(serial, strlen(serial), 2);
}

static int ascending(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

/* Sorts, and leaves one of each that is there twice. */
static size_t doubles(uint64_t *v, size_t n)
{
	size_t kept = 0;

	qsort(v, n, sizeof(*v), ascending);
	for (size_t i = 1; i < n; i++) {
		if (v[i] == v[i - 1] && (!kept || v[kept - 1] != v[i]))
			v[kept++] = v[i];
	}
	return kept;
}

static bool among(const uint64_t *v, size_t n, uint64_t h)
{
	return n && bsearch(&h, v, n, sizeof(*v), ascending) != NULL;
}

int np_twins_open(const struct np_report *r, const struct np_style *s,
		  struct np_twins *ret)
{
	struct np_export x = np_export(r, s);
	struct np_export_box b;
	int rc = NP_OK;

	*ret = (struct np_twins){
		.name = calloc(r->devices->n + 1, sizeof(*ret->name)),
		.serial = calloc(r->devices->n + 1, sizeof(*ret->serial)),
	};
	if (!ret->name || !ret->serial)
		rc = NP_ENOMEM;
	while (!rc && (rc = np_export_next(&x, &b)) > 0) {
		rc = 0;
		if (b.name)
			ret->name[ret->nnames++] =
				name_hash(r, b.d->site, b.name);
		if (b.d->serial)
			ret->serial[ret->nserials++] = serial_hash(b.d->serial);
	}
	np_export_free(&x);
	if (rc) {
		np_twins_free(ret);
		return rc;
	}
	ret->nnames = doubles(ret->name, ret->nnames);
	ret->nserials = doubles(ret->serial, ret->nserials);
	return NP_OK;
}

void np_twins_free(struct np_twins *t)
{
	free(t->name);
	free(t->serial);
	*t = (struct np_twins){0};
}

/* Names that are alike up to where they are cut are told apart by their id. */
const char *np_twins_name(const struct np_twins *t, struct np_export *x,
			  const struct np_export_box *b, size_t most)
{
	struct np_buf text = np_buf(1 << 20);
	const char *name = NULL;

	if (!b->name ||
	    among(t->name, t->nnames, name_hash(x->r, b->d->site, b->name)))
		return b->d->id;
	np_put_plain(&text, b->name, strlen(b->name), 0);
	if (text.n && text.n <= most)
		name = np_copystr(&x->mem, text.p, text.n);
	np_buf_free(&text);
	return name ? name : b->d->id;
}

const char *np_twins_serial(const struct np_twins *t,
			    const struct np_export_box *b)
{
	const char *s = b->d->serial;

	return s && !among(t->serial, t->nserials, serial_hash(s)) ? s : NULL;
}

static void put_conflict(const struct np_report *r,
			 const struct np_export_box *b, const char *why,
			 struct np_cells *c)
{
	np_cells_text(c, b->d->id);
	np_cells_text(c, np_site_id(r->party, b->d->site));
	np_cells_text(c, b->names);
	np_cells_text(c, b->d->serial);
	np_cells_text(c, b->ips);
	np_cells_text(c, b->macs);
	np_cells_text(c, why);
	np_cells_end(c);
}

int np_twins_file(const struct np_twins *t, const struct np_report *r,
		  const struct np_style *s, const char *dir,
		  struct np_err *reterr)
{
	static const char *const names[] = {"device", "site", "name", "serial",
					    "ip",     "mac",  "why",  NULL};
	struct np_buf out = np_buf((size_t)1 << 30);
	struct np_cells c = np_cells(&out);
	struct np_export x = np_export(r, s);
	struct np_export_box b;
	int rc;

	np_cells_head(&c, names);
	while ((rc = np_export_next(&x, &b)) > 0) {
		if (b.name && np_twins_name(t, &x, &b, SIZE_MAX) == b.d->id)
			put_conflict(r, &b,
				     "another box at the site has this name: "
				     "written by its id",
				     &c);
		if (b.d->serial && !np_twins_serial(t, &b))
			put_conflict(r, &b,
				     "another box has this serial number: left "
				     "empty",
				     &c);
		if (!b.d->serial)
			put_conflict(r, &b, "no serial number is known", &c);
	}
	if (!rc)
		rc = np_folder_file(dir, "conflicts.csv", &out, reterr);
	np_export_free(&x);
	np_cells_free(&c);
	np_buf_free(&out);
	return rc;
}
