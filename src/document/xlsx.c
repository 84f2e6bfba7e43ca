/* SPDX-License-Identifier: ISC */
/*
 * Workbooks (XLSX: ECMA-376, parts 1 and 2): their sheets as tables (table.c).
 * Texts may stand behind the sheets that use them, so the archive is kept and
 * gone through twice: for names and texts, then for rows. A row's place is its
 * number, and 2^20 more for each sheet before its own, which is as many rows as
 * a sheet may have; a cell's is the offset in its sheet's XML. Formulas are
 * what they came to last; macros, pictures and comments are passed over.
 */
#include "document/table.h"
#include "document/xml.h"
#include "document/zip.h"
#include <stdlib.h>

#define SHEETS 256
#define RELATIONS 1024
#define ROWS_SHIFT 20
#define CELLS (UINT64_C(1) << 24) /* of all sheets */
#define STRINGS ((size_t)1 << 22) /* shared ones */
#define TEXT ((size_t)64 << 20)	  /* of them all */
#define TITLES 20 /* rows above the head: a title, a date, a logo's place */

struct relation {
	const char *id, *target;
};

struct strings {
	struct np_buf text;
	uint32_t *end; /* of each, in text */
	size_t n, cap;
};

struct book {
	struct np_doc *d;
	struct np_zip *zip;
	uint8_t *window;      /* for one part after the other */
	struct np_buf octets; /* the archive */
	struct strings strings;
	const char *sheet[SHEETS]; /* their relation's id, in order of tabs */
	size_t nsheets, nrelations, ntables;
	struct relation relation[RELATIONS];
	uint64_t cells;
	bool full;

	struct np_table table; /* the sheet being read, and its row */
	uint64_t number;       /* of the sheet, from 0 */
	uint64_t row;
	size_t column, from;
	char type; /* of the cell: its t's first letter, 'i' for inlineStr */
	bool titled;
	unsigned titles;
};

/* Text of a cell or a string, not what says how it is pronounced. */
static bool is_text(const struct np_element *e)
{
	return np_element_is(e, "t") &&
	       strcmp(np_element_name(e, 1), "rPh") != 0;
}

static uint64_t number(struct np_cur c)
{
	uint64_t n = 0;

	while (c.left && *c.p >= '0' && *c.p <= '9' && n < UINT32_MAX)
		n = n * 10 + (uint64_t)(np_u8(&c) - '0');
	return n;
}

/* ---------------------------------------------------------------- names */

static const char *keep(struct book *b, struct np_cur c)
{
	return np_copystr(&b->d->keep, c.p, c.left);
}

static void begin_workbook(void *ctx, const struct np_element *e)
{
	struct book *b = ctx;
	struct np_cur id = np_element_attribute(e, "r:id");

	if (!np_element_is(e, "sheet") || id.cut)
		return;
	if (b->nsheets == SHEETS)
		np_doc_bad(b->d, "more sheets than the limit");
	else if ((b->sheet[b->nsheets] = keep(b, id)))
		b->nsheets++;
}

static void begin_relations(void *ctx, const struct np_element *e)
{
	struct book *b = ctx;
	struct np_cur id = np_element_attribute(e, "Id");
	struct np_cur target = np_element_attribute(e, "Target");

	if (!np_element_is(e, "Relationship") || id.cut || target.cut ||
	    b->nrelations == RELATIONS)
		return;
	/* From the root, or from where the workbook lies. */
	if (!np_eat(&target, "/xl/", 4))
		target = np_element_attribute(e, "Target");
	struct relation r = {keep(b, id), keep(b, target)};

	if (r.id && r.target)
		b->relation[b->nrelations++] = r;
}

/* Which sheet, in order of tabs, lies there; SIZE_MAX: none. */
static size_t sheet_of(const struct book *b, const char *path)
{
	for (size_t r = 0; r < b->nrelations; r++) {
		if (strcmp(b->relation[r].target, path) != 0)
			continue;
		for (size_t i = 0; i < b->nsheets; i++)
			if (strcmp(b->sheet[i], b->relation[r].id) == 0)
				return i;
	}
	return SIZE_MAX;
}

/* -------------------------------------------------------------- strings */

static void end_string(void *ctx, const struct np_element *e)
{
	struct book *b = ctx;
	struct strings *s = &b->strings;

	if (is_text(e))
		np_put(&s->text, e->raw.p, e->raw.left);
	if (!np_element_is(e, "si") || b->full)
		return;
	if (s->n == s->cap) {
		size_t cap = s->cap ? s->cap * 2 : 1024;
		uint32_t *v = cap <= STRINGS
				      ? reallocarray(s->end, cap, sizeof(*v))
				      : NULL;

		b->full = !v;
		if (!v) {
			np_doc_bad(b->d, "more texts than the limit");
			return;
		}
		s->end = v;
		s->cap = cap;
	}
	s->end[s->n++] = (uint32_t)s->text.n;
	if (!s->text.failed)
		return;
	b->full = true;
	np_doc_bad(b->d, "more text than the limit");
}

static struct np_cur string(const struct strings *s, uint64_t i)
{
	if (i >= s->n)
		return np_cur("", 0);
	size_t from = i ? s->end[i - 1] : 0;

	return np_cur(s->text.p + from, s->end[i] - from);
}

/* ----------------------------------------------------------------- rows */

/* "BC17" is column 54. */
static size_t column_of(struct np_cur reference)
{
	size_t n = 0;

	while (reference.left && *reference.p >= 'A' && *reference.p <= 'Z' &&
	       n < NP_CSV_CELLS)
		n = n * 26 + (size_t)(np_u8(&reference) - 'A') + 1;
	return n - 1;
}

static void begin_row(struct book *b, const struct np_element *e)
{
	struct np_cur r = np_element_attribute(e, "r");

	b->row = r.cut ? b->row + 1 : number(r);
	b->column = SIZE_MAX;
	b->table.csv.n = 0;
	np_buf_clear(&b->table.csv.row);
}

static void begin_cell(struct book *b, const struct np_element *e)
{
	struct np_cur r = np_element_attribute(e, "r");
	struct np_cur t = np_element_attribute(e, "t");

	b->column = r.cut ? b->column + 1 : column_of(r);
	b->type = t.left ? (char)*t.p : 'n';
	if (np_ahead(t, "str", 3))
		b->type = 'f';
	b->from = b->table.csv.row.n;
	b->cells++;
}

static void begin_sheet(void *ctx, const struct np_element *e)
{
	struct book *b = ctx;

	if (np_element_is(e, "row"))
		begin_row(b, e);
	else if (np_element_is(e, "c"))
		begin_cell(b, e);
}

static void take_value(struct book *b, struct np_cur v)
{
	struct np_buf *row = &b->table.csv.row;

	if (b->type == 's')
		v = string(&b->strings, number(v));
	/* A number of more digits than were kept is not what was typed; truth
	 * values and errors are nobody's. */
	else if ((b->type == 'n' && np_find(v, "E", 1) != SIZE_MAX) ||
		 b->type == 'b' || b->type == 'e')
		return;
	np_put(row, v.p, v.left);
}

static void end_cell(struct book *b, const struct np_element *e)
{
	struct np_csv *c = &b->table.csv;

	if (b->column >= NP_CSV_CELLS || c->row.failed)
		return;
	for (; c->n <= b->column; c->n++)
		c->cell[c->n] = np_cur("", 0);
	/* The text may move while it grows: end_row() points at it. */
	c->cell[b->column] = np_cur(NULL, c->row.n - b->from);
	c->at[b->column] = b->from;
	(void)e;
}

static bool is_head(const struct book *b)
{
	const struct np_csv *c = &b->table.csv;
	size_t filled = 0;

	for (size_t i = 0; i < c->n; i++)
		filled += np_trim_space(c->cell[i]).left > 0;
	return np_table_is_head(c->cell, c->n) ||
	       (b->d->host->map && filled > 1);
}

static void end_row(struct book *b, const struct np_element *e)
{
	struct np_csv *c = &b->table.csv;
	bool empty = true;

	b->d->line = c->line = (b->number << ROWS_SHIFT) + b->row;
	for (size_t i = 0; i < c->n; i++) {
		if (!c->cell[i].p)
			c->cell[i].p = (const uint8_t *)c->row.p + c->at[i];
		c->at[i] = e->at;
		empty = empty && !np_trim_space(c->cell[i]).left;
	}
	if (empty || b->full)
		return;
	b->full = b->cells > CELLS;
	if (b->full || c->row.failed)
		np_doc_bad(b->d, b->full ? "more cells than the limit"
					 : "a row over the limit");
	else if (!b->row || b->row > UINT64_C(1) << ROWS_SHIFT)
		np_doc_bad(b->d, "a row's number that none may have");
	else if (b->d->host->row)
		b->d->host->row(b->d->host->ctx, c->cell, c->n, c->line);
	else if (b->titled)
		np_table_row(&b->table, b->d);
	else if (b->titles++ < TITLES && is_head(b)) {
		b->titled = true;
		b->ntables++;
		np_table_head(&b->table, b->d->host->map);
	}
}

static void end_sheet(void *ctx, const struct np_element *e)
{
	struct book *b = ctx;

	if (np_element_is(e, "v"))
		take_value(b, e->raw);
	else if (is_text(e) && b->type == 'i')
		np_put(&b->table.csv.row, e->raw.p, e->raw.left);
	else if (np_element_is(e, "c"))
		end_cell(b, e);
	else if (np_element_is(e, "row"))
		end_row(b, e);
}

/* ---------------------------------------------------------------- parts */

/* One entry, as XML. */
static int read_part(struct book *b, struct np_element_reader how)
{
	struct np_doc *d = b->d;
	struct np_reader *archive = d->r;
	struct np_source *s = NULL;
	int rc = np_source_open_pull(np_zip_read, b->zip, b->window, &s, NULL);

	how.ctx = b;
	d->r = rc < 0 ? NULL : np_source_plain(s);
	if (!d->r || d->r->packed)
		np_doc_bad(d, "a part of the workbook is no XML");
	else
		rc = np_document_xml(d, &how);
	d->r = archive;
	np_source_close(s);
	return rc == NP_ENOMEM ? rc : NP_OK;
}

static int read_names(struct book *b, const char *entry)
{
	if (strcmp(entry, "xl/workbook.xml") == 0)
		return read_part(
			b, (struct np_element_reader){.begin = begin_workbook});
	if (strcmp(entry, "xl/_rels/workbook.xml.rels") == 0)
		return read_part(b, (struct np_element_reader){
					    .begin = begin_relations});
	if (strcmp(entry, "xl/sharedStrings.xml") == 0)
		return read_part(b,
				 (struct np_element_reader){.end = end_string});
	return NP_OK;
}

static int read_rows(struct book *b, const char *entry)
{
	size_t i = strncmp(entry, "xl/", 3) == 0 ? sheet_of(b, entry + 3)
						 : SIZE_MAX;

	if (i == SIZE_MAX)
		return NP_OK;
	b->number = i;
	b->row = 0;
	b->titled = false;
	b->titles = 0;
	return read_part(b, (struct np_element_reader){.begin = begin_sheet,
						       .end = end_sheet});
}

/* All entries, from the first to the last. */
static int read_entries(struct book *b,
			int (*read)(struct book *, const char *))
{
	uint64_t bad = b->d->stats.bad;
	const char *entry;
	int rc = NP_OK;

	b->zip = np_zip_open(np_cur(b->octets.p, b->octets.n));
	if (!b->zip)
		return NP_ENOMEM;
	while (!rc && (entry = np_zip_next(b->zip)))
		rc = read(b, entry);
	const char *why = np_zip_why(b->zip);

	if (why) {
		/* The XML that it broke says less. */
		b->d->stats.bad = bad;
		np_doc_bad(b->d, why);
	}
	np_zip_close(b->zip);
	return rc ? rc : why != NULL;
}

static int read_book(struct book *b)
{
	struct np_doc *d = b->d;
	struct np_cur c;

	while (!b->octets.failed && np_doc_chunk(d, &c))
		np_put(&b->octets, c.p, c.left);
	d->line = 1;
	if (b->octets.failed) {
		np_doc_bad(d, "a workbook over the limit");
		return NP_OK;
	}
	int rc = read_entries(b, read_names);

	b->full = false;
	if (!rc && b->nsheets)
		rc = read_entries(b, read_rows);
	if (!rc && !b->ntables && !d->stats.bad && !d->host->row)
		np_doc_bad(d, "no sheet has a row of columns that are known: "
			      "tell them with --map");
	return rc;
}

static int read_xlsx(struct np_doc *d)
{
	struct book *b = np_zalloc(&d->keep, sizeof(*b));

	if (!b)
		return NP_ENOMEM;
	if (np_zip_absent()) {
		np_doc_bad(d, "this build reads no workbooks: it lacks "
			      "libarchive");
		return NP_OK;
	}
	b->d = d;
	b->window = aligned_alloc(4096, NP_FEED_SIZE);
	b->octets = np_buf(NP_ZIP_SIZE);
	b->strings.text = np_buf(TEXT);
	b->table.csv = np_csv(d);
	int rc = b->window ? read_book(b) : NP_ENOMEM;

	np_csv_free(&b->table.csv);
	np_buf_free(&b->strings.text);
	np_buf_free(&b->octets);
	free(b->strings.end);
	free(b->window);
	return rc < 0 ? rc : NP_OK;
}

static bool mine(struct np_cur head)
{
	return np_ahead(head, "PK\3\4", 4) &&
	       np_find(head, "xl/", 3) != SIZE_MAX &&
	       (np_find(head, "[Content_Types].xml", 19) != SIZE_MAX ||
		np_find(head, "_rels/", 6) != SIZE_MAX);
}

const struct np_document np_document_xlsx = {
	.name = "xlsx",
	.title = "Inventories as workbooks",
	.spec = "ECMA-376 (Office Open XML)",
	.method = "inventory",
	.fields = np_table_fields,
	.absent = np_zip_absent,
	.mine = mine,
	.read = read_xlsx,
};
