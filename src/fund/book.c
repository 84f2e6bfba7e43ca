/* SPDX-License-Identifier: ISC */
/* Tables that expressions and the linter read, and how their rows are joined.
 */
#include "core/file.h"
#include "document/csv.h"
#include "fund/fund.h"
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define NONE SIZE_MAX

/* ---- rows */

static size_t width_of(enum np_fund_sheet t)
{
	const struct np_fund_field *f = np_fund_fields(t);
	size_t n = 0;

	while (f[n].name)
		n++;
	return n;
}

int np_sheets_open(struct np_fund_book *b, struct np_arena *mem)
{
	*b = (struct np_fund_book){.mem = mem};
	for (int t = 0; t < NP_BK_N; t++)
		b->t[t].width = width_of((enum np_fund_sheet)t);
	return NP_OK;
}

/* The arena frees nothing: twice the room each time. */
static bool grow(struct np_fund_book *b, struct np_fund_table *t)
{
	size_t cap = t->cap ? t->cap * 2 : 64;
	struct np_fund_value *v = np_alloc(b->mem, cap * t->width * sizeof(*v));
	uint64_t *line = np_alloc(b->mem, cap * sizeof(*line));

	if (!v || !line)
		return false;
	if (t->n) {
		memcpy(v, t->cell, t->n * t->width * sizeof(*v));
		memcpy(line, t->line, t->n * sizeof(*line));
	}
	t->cell = v;
	t->line = line;
	t->cap = cap;
	return true;
}

struct np_fund_value *np_sheets_add(struct np_fund_book *b,
				    enum np_fund_sheet is, uint64_t line)
{
	struct np_fund_table *t = &b->t[is];
	struct np_fund_value *row;

	if (t->n >= NP_FUND_ROWS || (t->n == t->cap && !grow(b, t)))
		return NULL;
	t->line[t->n] = line;
	row = t->cell + t->n++ * t->width;
	memset(row, 0, t->width * sizeof(*row));
	return row;
}

void np_sheets_text(struct np_fund_value *row, enum np_fund_sheet t,
		    const char *field, const char *text)
{
	int i = np_fund_field(t, field, strlen(field));

	if (i >= 0 && text && *text)
		row[i] = (struct np_fund_value){NP_FV_TEXT, text, 0};
}

void np_sheets_number(struct np_fund_value *row, enum np_fund_sheet t,
		      const char *field, double number)
{
	int i = np_fund_field(t, field, strlen(field));
	bool flag = i >= 0 && np_fund_fields(t)[i].form == NP_FF_FLAG;

	if (i >= 0)
		row[i] = (struct np_fund_value){
			flag ? NP_FV_FLAG : NP_FV_NUMBER, NULL, number};
}

const struct np_fund_value *np_sheets_cell(const struct np_fund_book *b,
					   enum np_fund_sheet t, uint32_t row,
					   const char *field)
{
	int i = np_fund_field(t, field, strlen(field));

	return &b->t[t].cell[row * b->t[t].width + (size_t)i];
}

const char *np_sheets_says(const struct np_fund_book *b, enum np_fund_sheet t,
			   uint32_t row, const char *field)
{
	const struct np_fund_value *v = np_sheets_cell(b, t, row, field);

	return v->kind == NP_FV_TEXT ? v->text : NULL;
}

/* ---- cells of a file */

struct reading {
	struct np_fund_book *b;
	enum np_fund_sheet is;
	const char *path;
	struct np_err *err;
	size_t column[NP_FUND_FIELDS];
	struct np_cur cell[NP_CSV_CELLS];
	size_t ncells;
	char separator;
	uint64_t line;
};

/* A number as tables have them: 1200, 1200.50, -3. No thousands separators:
 * 1.234 means two things. At most 15 digits, which a double holds. */
static bool read_number(const char *s, int places, double *ret)
{
	const char *p = s + (*s == '-');
	size_t whole = strspn(p, "0123456789"), part = 0;

	if (p[whole] == '.')
		part = strspn(p + whole + 1, "0123456789") + 1;
	if (!whole || p[whole + part] || part == 1 || whole + part > 16 ||
	    (places >= 0 && part > (size_t)places + 1))
		return false;
	*ret = strtod(s, NULL);
	/* A million of them in cents stay below 2^63. */
	return places < 0 || fabs(*ret) < 9e10;
}

bool np_fund_amount(const char *s, double *ret)
{
	return read_number(s, 2, ret);
}

static bool read_flag(const char *s, double *ret)
{
	static const char *const yes[] = {"yes", "true", "1", NULL};
	static const char *const no[] = {"no", "false", "0", NULL};

	for (size_t i = 0; yes[i]; i++) {
		if (strcasecmp(s, yes[i]) == 0 || strcasecmp(s, no[i]) == 0) {
			*ret = strcasecmp(s, yes[i]) == 0;
			return true;
		}
	}
	return false;
}

static struct np_fund_value value_of(enum np_fund_form form, const char *s)
{
	struct np_fund_value v = {NP_FV_BAD, s, 0};
	int32_t day;

	switch (form) {
	case NP_FF_TEXT:
		v.kind = NP_FV_TEXT;
		break;
	case NP_FF_DAY:
		if (np_day_read(s, &day))
			v.kind = NP_FV_TEXT;
		break;
	case NP_FF_NUMBER:
	case NP_FF_MONEY:
		if (read_number(s, form == NP_FF_MONEY ? 2 : -1, &v.number))
			v.kind = NP_FV_NUMBER;
		break;
	case NP_FF_FLAG:
		if (read_flag(s, &v.number))
			v.kind = NP_FV_FLAG;
		break;
	}
	return v;
}

static int fail(const struct reading *r, const char *expected, size_t column)
{
	int rc = np_fail(r->err, NP_EINPUT, expected, r->path, r->line);

	if (r->err)
		r->err->column = (uint32_t)column;
	return rc;
}

static int take_row(struct reading *r)
{
	const struct np_fund_field *f = np_fund_fields(r->is);
	struct np_fund_value *row = np_sheets_add(r->b, r->is, r->line);

	if (!row)
		return r->b->t[r->is].n >= NP_FUND_ROWS
			       ? np_fail(r->err, NP_ELIMIT,
					 "over a million rows", r->path,
					 r->line)
			       : NP_ENOMEM;
	for (size_t i = 0; f[i].name; i++) {
		struct np_cur c;
		char *s;

		if (r->column[i] >= r->ncells)
			continue;
		c = np_trim_space(r->cell[r->column[i]]);
		if (!c.left)
			continue;
		s = np_copystr(r->b->mem, c.p, c.left);
		if (!s)
			return NP_ENOMEM;
		/* A NUL inside would hide what stands behind it. */
		row[i] = strlen(s) == c.left
				 ? value_of(f[i].form, s)
				 : (struct np_fund_value){NP_FV_BAD, s, 0};
	}
	return NP_OK;
}

/* ---- the head */

/* "Date removed", "date_removed": one name. */
static void plain(struct np_cur c, char to[static 64])
{
	size_t n = 0;

	for (; c.left && n < 63; np_skip(&c, 1)) {
		if (*c.p && !strchr(" _-./\t#", *c.p))
			to[n++] = (char)tolower(*c.p);
	}
	to[n] = '\0';
}

static const char *const spelt[][2] = {
	{"claim", "line"},
	{"item", "line"},
	{"removal", "removed"},
	{"dateremoved", "removed"},
	{"removedon", "removed"},
	{"location", "site"},
	{"dateobtained", "obtained"},
	{"invoicenumber", "invoice"},
	{"total", "amount"},
	{"qty", "quantity"},
	{"category", "kind"},
	{"type", "kind"},
	{"start", "from"},
	{"end", "until"},
	{"best", "expected"},
	{"description", "what"},
};

static int take_head(struct reading *r)
{
	const struct np_fund_field *f = np_fund_fields(r->is);

	for (size_t i = 0; f[i].name; i++)
		r->column[i] = NONE;
	for (size_t c = 0; c < r->ncells; c++) {
		char name[64];
		int i;

		plain(np_trim_space(r->cell[c]), name);
		i = np_fund_field(r->is, name, strlen(name));
		for (size_t k = 0; i < 0 && k < NP_COUNT(spelt); k++) {
			if (strcmp(spelt[k][0], name) == 0)
				i = np_fund_field(r->is, spelt[k][1],
						  strlen(spelt[k][1]));
		}
		if (i < 0 && r->is == NP_BK_INVOICE &&
		    strncmp(name, "invoice", 7) == 0)
			i = np_fund_field(r->is, "number", 6);
		if (i >= 0 && r->column[i] == NONE)
			r->column[i] = c;
	}
	for (size_t i = 0; f[i].name; i++) {
		if (f[i].needed && r->column[i] == NONE)
			return fail(r,
				    r->is == NP_BK_CLAIM
					    ? "expected columns device, "
					      "invoice and amount"
				    : r->is == NP_BK_INVOICE
					    ? "expected columns number and "
					      "amount"
				    : r->is == NP_BK_COST
					    ? "expected columns kind, "
					      "expected and currency"
					    : "expected a column wave",
				    0);
	}
	return NP_OK;
}

/* ---- the file */

static int one_line(struct reading *r, struct np_cur line, bool *headed,
		    struct np_buf *unquoted)
{
	if (!np_trim_space(line).left)
		return NP_OK;
	if (line.left > NP_FUND_LINE)
		return fail(r, "a row over 64 KiB", 0);
	if (!r->separator)
		r->separator = np_csv_separator(line);
	np_buf_clear(unquoted);
	/* Room before it begins, so that cells do not move. */
	np_put(unquoted, line.p, line.left);
	unquoted->n = 0;
	if (unquoted->failed)
		return NP_ENOMEM;
	if (!np_csv_split(line, r->separator ? r->separator : ',', unquoted,
			  r->cell, &r->ncells, NP_CSV_CELLS))
		return fail(r, "a quote where none may stand", 0);
	if (*headed)
		return take_row(r);
	*headed = true;
	return take_head(r);
}

int np_sheets_parse(struct np_fund_book *b, enum np_fund_sheet is,
		    const char *path, const char *text, size_t n,
		    struct np_err *reterr)
{
	struct np_cur all = np_cur(text, n), line;
	struct np_buf unquoted = np_buf(2 * NP_FUND_LINE + 2);
	struct reading *r = np_zalloc(b->mem, sizeof(*r));
	bool headed = false;
	int rc = r ? NP_OK : NP_ENOMEM;

	if (r)
		*r = (struct reading){
			.b = b,
			.is = is,
			.path = np_copystr(b->mem, path, strlen(path)),
			.err = reterr,
		};
	if (r && !r->path)
		rc = NP_ENOMEM;
	if (!rc)
		b->t[is].file = r->path;
	if (np_ahead(all, "\xef\xbb\xbf", 3))
		np_skip(&all, 3);
	while (!rc && np_line(&all, &line)) {
		r->line++;
		rc = one_line(r, line, &headed, &unquoted);
	}
	np_buf_free(&unquoted);
	if (!rc && !headed)
		rc = np_fail(reterr, NP_EINPUT,
			     "expected a table: a first row that names columns",
			     path, 1);
	if (rc && reterr && !reterr->text)
		(void)np_fail(reterr, rc, np_strerror(rc), path, 0);
	return rc;
}

int np_sheets_read(struct np_fund_book *b, enum np_fund_sheet t,
		   const char *path, struct np_err *reterr)
{
	struct np_buf all = np_buf(NP_FUND_FILE);
	int rc = np_file_read(path, "over 256 MiB", &all, reterr);

	if (!rc)
		rc = np_sheets_parse(b, t, path, all.p, all.n, reterr);
	np_buf_free(&all);
	return rc;
}

static const char *const wanted[] = {
	[NP_FF_TEXT] = "expected a text",
	[NP_FF_DAY] = "expected a date: YYYY-MM-DD",
	[NP_FF_NUMBER] = "expected a number: 12 or 12.5",
	[NP_FF_MONEY] = "expected an amount: 1200 or 1200.50",
	[NP_FF_FLAG] = "expected yes or no",
};

static int sound_row(const struct np_fund_book *b, enum np_fund_sheet is,
		     size_t row, struct np_err *reterr)
{
	const struct np_fund_field *f = np_fund_fields(is);
	const struct np_fund_table *t = &b->t[is];

	for (size_t i = 0; f[i].name; i++) {
		const struct np_fund_value *v = &t->cell[row * t->width + i];
		bool cost = is == NP_BK_COST && f[i].form == NP_FF_MONEY;

		if (v->kind == NP_FV_BAD)
			return np_fail(reterr, NP_EINPUT, wanted[f[i].form],
				       t->file, t->line[row]);
		if (cost && f[i].needed && v->kind == NP_FV_NONE)
			return np_fail(reterr, NP_EINPUT,
				       "expected a cost: none is stated",
				       t->file, t->line[row]);
		if (cost && v->number < 0)
			return np_fail(reterr, NP_EINPUT,
				       "expected a cost of 0 or more", t->file,
				       t->line[row]);
	}
	return NP_OK;
}

/* A sum over two currencies would be of nothing. */
static int one_currency(const struct np_fund_book *b, enum np_fund_sheet is,
			struct np_err *reterr)
{
	const struct np_fund_table *t = &b->t[is];
	const char *first = NULL;

	for (uint32_t row = 0; row < t->n; row++) {
		const char *s = np_sheets_says(b, is, row, "currency");

		if (!s)
			continue;
		if (strlen(s) != 3 ||
		    strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3)
			return np_fail(reterr, NP_EINPUT,
				       "expected a currency: three letters of "
				       "ISO 4217, as EUR",
				       t->file, t->line[row]);
		if (first && strcmp(first, s) != 0)
			return np_fail(reterr, NP_EINPUT,
				       "a second currency in one table: state "
				       "all in one, with the rate and its day",
				       t->file, t->line[row]);
		first = s;
	}
	return NP_OK;
}

int np_sheets_sound(const struct np_fund_book *b, struct np_err *reterr)
{
	int currency = one_currency(b, NP_BK_COST, reterr);

	if (!currency)
		currency = one_currency(b, NP_BK_CLAIM, reterr);
	if (currency)
		return currency;
	for (int is = NP_BK_COST; is < NP_BK_N; is++) {
		for (size_t row = 0; row < b->t[is].n; row++) {
			int rc = sound_row(b, (enum np_fund_sheet)is, row,
					   reterr);

			if (rc)
				return rc;
		}
	}
	return NP_OK;
}

/* ---- links */

struct entry {
	const char *key;
	uint32_t rank, row; /* rank: which field it is from */
};

static int by_key(const void *p, const void *q)
{
	const struct entry *x = p, *y = q;
	int c = strcasecmp(x->key, y->key);

	if (c)
		return c;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return x->row < y->row ? -1 : x->row > y->row;
}

struct index {
	struct entry *v;
	size_t n;
};

static int index_make(const struct np_fund_book *b, enum np_fund_sheet t,
		      const char *const *fields, struct index *ret)
{
	size_t nfields = 0;

	while (fields[nfields])
		nfields++;
	ret->n = 0;
	ret->v = np_alloc(b->mem, b->t[t].n * nfields * sizeof(*ret->v) + 1);
	if (!ret->v)
		return NP_ENOMEM;
	for (uint32_t row = 0; row < b->t[t].n; row++) {
		for (uint32_t k = 0; k < nfields; k++) {
			const char *s = np_sheets_says(b, t, row, fields[k]);

			if (s)
				ret->v[ret->n++] = (struct entry){s, k, row};
		}
	}
	if (ret->n)
		qsort(ret->v, ret->n, sizeof(*ret->v), by_key);
	return NP_OK;
}

/* The row of the strongest field that says this; the first of several. A name
 * that two boxes bear names none. */
static uint32_t index_find(const struct index *x, const char *key)
{
	size_t from = 0, to = x->n;

	while (key && from < to) {
		size_t mid = from + (to - from) / 2;

		if (strcasecmp(x->v[mid].key, key) < 0)
			from = mid + 1;
		else
			to = mid;
	}
	if (!key || from >= x->n || strcasecmp(x->v[from].key, key) != 0)
		return NP_NO_ROW;
	if (from + 1 < x->n && x->v[from + 1].rank == x->v[from].rank &&
	    x->v[from + 1].row != x->v[from].row &&
	    strcasecmp(x->v[from + 1].key, key) == 0 && x->v[from].rank > 1)
		return NP_NO_ROW;
	return x->v[from].row;
}

static int link_rows(struct np_fund_book *b, enum np_fund_sheet from,
		     const char *field, const char *other,
		     enum np_fund_sheet to, const struct index *x)
{
	struct np_fund_table *t = &b->t[from];
	uint32_t *v = np_alloc(b->mem, t->n * sizeof(*v) + 1);

	if (!v)
		return NP_ENOMEM;
	for (uint32_t row = 0; row < t->n; row++) {
		v[row] = index_find(x, np_sheets_says(b, from, row, field));
		if (v[row] == NP_NO_ROW && other)
			v[row] = index_find(
				x, np_sheets_says(b, from, row, other));
	}
	t->link[to] = v;
	return NP_OK;
}

int np_sheets_link(struct np_fund_book *b)
{
	static const char *const device[] = {"id", "label", "serial", "name",
					     NULL};
	static const char *const site[] = {"id", NULL};
	static const char *const invoice[] = {"number", NULL};
	struct index devices, sites, invoices;
	int rc = index_make(b, NP_BK_DEVICE, device, &devices);

	if (!rc)
		rc = index_make(b, NP_BK_SITE, site, &sites);
	if (!rc)
		rc = index_make(b, NP_BK_INVOICE, invoice, &invoices);
	if (!rc)
		rc = link_rows(b, NP_BK_CLAIM, "device", "serial", NP_BK_DEVICE,
			       &devices);
	if (!rc)
		rc = link_rows(b, NP_BK_COST, "device", NULL, NP_BK_DEVICE,
			       &devices);
	if (!rc)
		rc = link_rows(b, NP_BK_WAVE, "device", NULL, NP_BK_DEVICE,
			       &devices);
	for (int t = NP_BK_DEVICE; !rc && t < NP_BK_N; t++) {
		if (t != NP_BK_SITE && t != NP_BK_INVOICE)
			rc = link_rows(b, (enum np_fund_sheet)t, "site", NULL,
				       NP_BK_SITE, &sites);
	}
	return rc ? rc
		  : link_rows(b, NP_BK_CLAIM, "invoice", NULL, NP_BK_INVOICE,
			      &invoices);
}
