/* SPDX-License-Identifier: ISC */
/* A form as data: sheets, columns, what could not be seen; and filling it. */
#include "fund/fund.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct np_fund_packed {
	const char *name;
	const unsigned char *text;
	size_t n;
};
/* Ends with a NULL name; made of templates/ by the build. */
extern const struct np_fund_packed np_fund_templates[];

const char *np_form_name(size_t i)
{
	return np_fund_templates[i].name;
}

/* ---- reading */

static int read_form(const struct np_fund_file *f, const struct np_yaml *y,
		     enum np_fund_form *ret)
{
	static const char *const words[] = {
		[NP_FF_TEXT] = "text",	   [NP_FF_DAY] = "date",
		[NP_FF_NUMBER] = "number", [NP_FF_MONEY] = "money",
		[NP_FF_FLAG] = "flag",
	};

	*ret = NP_FF_TEXT;
	if (!y)
		return NP_OK;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(words[i], y->text) != 0)
			continue;
		*ret = (enum np_fund_form)i;
		return NP_OK;
	}
	return np_fund_wrong(f, y,
			     "expected form: text, date, number, money or "
			     "flag");
}

static int read_column(const struct np_fund_file *f, const struct np_yaml *y,
		       struct np_fund_column *c)
{
	const struct np_yaml *value = np_yaml_get(y, "value");
	const struct np_yaml *total = np_yaml_get(y, "total");
	int rc = np_fund_keys(f, y,
			      "expected one of: title, value, hand, form, "
			      "total, source, sure, note");

	if (!rc)
		rc = np_fund_text(f, y, "title", true, "expected title",
				  &c->title);
	if (!rc)
		rc = np_fund_text(f, y, "hand", false,
				  "expected hand: who fills it in, with what",
				  &c->hand);
	if (!rc && !value == !c->hand)
		rc = np_fund_wrong(f, y, "expected either value or hand");
	if (!rc && value)
		rc = np_expression_read(f->name, value, f->mem, &c->value,
					f->err);
	if (!rc)
		rc = read_form(f, np_yaml_get(y, "form"), &c->form);
	if (!rc && total && !np_yaml_bool(total, &c->total))
		rc = np_fund_wrong(f, total, "expected yes or no");
	if (!rc && c->total && c->form != NP_FF_MONEY &&
	    c->form != NP_FF_NUMBER)
		rc = np_fund_wrong(f, total,
				   "expected a total of money or numbers");
	return rc;
}

static int read_columns(const struct np_fund_file *f, const struct np_yaml *y,
			struct np_fund_page *p)
{
	if (!y || y->kind != NP_YAML_LIST || !y->n || y->n > NP_FUND_COLUMNS)
		return np_fund_wrong(f, y, "expected columns: 1 to 64");
	p->column = np_zalloc(f->mem, y->n * sizeof(*p->column));
	if (!p->column)
		return NP_ENOMEM;
	NP_YAML_EACH(x, y)
	{
		int rc = read_column(f, x, &p->column[p->ncolumns++]);

		if (rc)
			return rc;
	}
	return NP_OK;
}

/* A sheet's name in a workbook: at most 31 characters, and none of these. */
static bool sheet_name(const char *s)
{
	return strlen(s) <= 31 && !strpbrk(s, "[]:*?/\\'");
}

static int read_page(const struct np_fund_file *f, const struct np_yaml *y,
		     struct np_template *t)
{
	struct np_fund_page *p = &t->page[t->npages];
	const struct np_yaml *where = np_yaml_get(y, "where");
	const char *over = NULL;
	int rc = np_fund_keys(f, y,
			      "expected one of: name, part, over, where, "
			      "columns");

	if (!rc)
		rc = np_fund_text(f, y, "name", true, "expected name",
				  &p->name);
	if (!rc && !sheet_name(p->name))
		rc = np_fund_wrong(f, np_yaml_get(y, "name"),
				   "expected at most 31 octets without "
				   "[]:*?/\\'");
	for (size_t i = 0; !rc && i < t->npages; i++) {
		if (strcmp(t->page[i].name, p->name) == 0)
			rc = np_fund_wrong(f, np_yaml_get(y, "name"),
					   "a name that another sheet has");
	}
	if (!rc)
		rc = np_fund_text(f, y, "part", false, "expected a text",
				  &p->part);
	if (!rc)
		rc = np_fund_text(f, y, "over", true,
				  "expected over: a table, or one", &over);
	if (rc)
		return rc;
	p->over = strcmp(over, "one") == 0 ? -1 : 0;
	while (p->over >= 0 && p->over < NP_BK_N &&
	       strcmp(np_fund_table_name((enum np_fund_sheet)p->over), over) !=
		       0)
		p->over++;
	if (p->over == NP_BK_N)
		return np_fund_wrong(f, np_yaml_get(y, "over"),
				     "expected one, device, site, cost, claim, "
				     "invoice or wave");
	if (where)
		rc = np_expression_read(f->name, where, f->mem, &p->where,
					f->err);
	t->npages++;
	return rc ? rc : read_columns(f, np_yaml_get(y, "columns"), p);
}

static int read_pages(const struct np_fund_file *f, const struct np_yaml *y,
		      struct np_template *t)
{
	if (!y || y->kind != NP_YAML_LIST || !y->n || y->n > NP_FUND_SHEETS)
		return np_fund_wrong(f, y, "expected sheets: 1 to 16");
	NP_YAML_EACH(x, y)
	{
		int rc = read_page(f, x, t);

		if (rc)
			return rc;
	}
	return NP_OK;
}

static int read_open(const struct np_fund_file *f, const struct np_yaml *y,
		     struct np_template *t)
{

	if (!y)
		return NP_OK;
	if (y->kind != NP_YAML_LIST)
		return np_fund_wrong(f, y, "expected open: a list");
	t->open = np_zalloc(f->mem, y->n * sizeof(*t->open) + 1);
	if (!t->open)
		return NP_ENOMEM;
	NP_YAML_EACH(x, y)
	{
		struct np_fund_open *o = &t->open[t->nopen++];
		int rc = np_fund_keys(f, x,
				      "expected one of: field, why, source");

		if (!rc)
			rc = np_fund_text(f, x, "field", true, "expected field",
					  &o->field);
		if (!rc)
			rc = np_fund_text(f, x, "why", true,
					  "expected why: what was not seen",
					  &o->why);
		if (!rc)
			rc = np_fund_text(f, x, "source", false,
					  "expected a text", &o->source);
		if (rc)
			return rc;
	}
	return NP_OK;
}

static int read_all(const struct np_fund_file *f, const struct np_yaml *y,
		    struct np_template *t)
{
	const char *schema = NULL;
	int rc = np_fund_keys(f, y,
			      "expected one of: schema, id, title, "
			      "title_native, programme, kind, source, sure, "
			      "note, sheets, open");

	memset(t, 0, sizeof(*t));
	if (!rc)
		rc = np_fund_text(f, y, "schema", true,
				  "expected schema: nameplate.template/1",
				  &schema);
	if (!rc && strcmp(schema, "nameplate.template/1") != 0)
		rc = np_fund_wrong(f, np_yaml_get(y, "schema"),
				   "expected nameplate.template/1");
	if (!rc)
		rc = np_fund_text(f, y, "id", true, "expected id", &t->id);
	if (!rc)
		rc = np_fund_text(f, y, "title", true, "expected title",
				  &t->title);
	if (!rc)
		rc = np_fund_text(f, y, "title_native", false,
				  "expected a text", &t->title_native);
	if (!rc)
		rc = np_fund_text(f, y, "programme", false, "expected a text",
				  &t->programme);
	if (!rc)
		rc = np_fund_text(f, y, "kind", false, "expected a text",
				  &t->kind);
	if (!rc)
		rc = np_fund_text(f, y, "sure", true,
				  "expected sure: primary, secondary or "
				  "unverified",
				  &t->sure);
	if (!rc)
		rc = np_fund_text(f, y, "note", false, "expected a text",
				  &t->note);
	if (!rc)
		rc = np_fund_texts(f, np_yaml_get(y, "source"),
				   "expected source: one or several",
				   &t->source, &t->nsources);
	if (!rc)
		rc = read_pages(f, np_yaml_get(y, "sheets"), t);
	return rc ? rc : read_open(f, np_yaml_get(y, "open"), t);
}

int np_form_read(const char *name, const char *text, size_t n,
		 struct np_arena *mem, struct np_template *ret,
		 struct np_err *reterr)
{
	const struct np_fund_file f = {name, mem, reterr};
	const struct np_yaml *y = NULL;
	int rc = np_yaml_read(name, text, n, mem, &y, reterr);

	return rc ? rc : read_all(&f, y, ret);
}

int np_form_open(const char *name, const char *dir, struct np_arena *mem,
		 struct np_template *ret, struct np_err *reterr)
{
	struct np_fund_file f = {name, mem, reterr};
	const struct np_yaml *y = NULL;
	const struct np_fund_packed *p = np_fund_templates;
	size_t n = strlen(name);
	char file[128];
	int rc;

	if (n > 5 && strcmp(name + n - 5, ".yaml") == 0) {
		rc = np_yaml_load(name, mem, &y, reterr);
		return rc ? rc : read_all(&f, y, ret);
	}
	while (p->name && strcmp(p->name, name) != 0)
		p++;
	(void)snprintf(file, sizeof(file), "templates/%s.yaml", name);
	if (!p->name && (!dir || strpbrk(name, "/.") || n > 64))
		return np_fail(reterr, NP_ENONE,
			       "no template of this name is built in; a file "
			       "ends in .yaml",
			       name, 0);
	rc = np_fund_load(dir, file,
			  p->name ? p->text : (const unsigned char *)"",
			  p->name ? p->n : 0, mem, &f.name, &y, reterr);
	return rc ? rc : read_all(&f, y, ret);
}

/* ---- filling */

/* NAN until a number stands in the column: no sum is not 0. Money is added in
 * whole cents. */
static void add(double *to, const struct np_fund_value *v,
		enum np_fund_form form)
{
	double sum = isnan(*to) ? 0 : *to;

	if (v->kind != NP_FV_NUMBER)
		return;
	sum += v->number;
	*to = form == NP_FF_MONEY ? round(sum * 100) / 100 : sum;
}

static int fill_row(const struct np_fund_page *p, struct np_fund_scope *s,
		    struct np_filled_page *to, struct np_err *reterr)
{
	struct np_fund_value *row = to->cell + to->n * p->ncolumns;

	for (size_t i = 0; i < p->ncolumns; i++) {
		const struct np_fund_column *c = &p->column[i];
		int rc = NP_OK;

		row[i] = (struct np_fund_value){0};
		if (c->value)
			rc = np_expression_value(c->value, s, &row[i], reterr);
		if (rc)
			return rc;
		if (row[i].kind == NP_FV_NUMBER && c->form == NP_FF_MONEY)
			row[i].number = round(row[i].number * 100) / 100;
		if (c->total)
			add(&to->total[i], &row[i], c->form);
	}
	to->n++;
	return NP_OK;
}

static int fill_page(const struct np_fund_page *p, struct np_fund_scope *outer,
		     struct np_filled_page *to, struct np_err *reterr)
{
	size_t most = p->over < 0 ? 1 : outer->book->t[p->over].n;
	struct np_arena *mem = outer->mem;

	*to = (struct np_filled_page){.page = p};
	to->cell = np_alloc(mem, most * p->ncolumns * sizeof(*to->cell) + 1);
	to->total = np_zalloc(mem, p->ncolumns * sizeof(*to->total));
	if (!to->cell || !to->total)
		return NP_ENOMEM;
	for (size_t i = 0; i < p->ncolumns; i++)
		to->total[i] = NAN;
	for (uint32_t i = 0; i < most; i++) {
		struct np_fund_scope s = *outer;
		struct np_fund_value v = {NP_FV_FLAG, NULL, 1};
		int rc = NP_OK;

		if (p->over >= 0)
			np_fund_stand(&s, (enum np_fund_sheet)p->over, i);
		if (p->where)
			rc = np_expression_value(p->where, &s, &v, reterr);
		if (!rc && np_fund_true(&v))
			rc = fill_row(p, &s, to, reterr);
		if (rc)
			return rc;
		outer->steps = s.steps;
	}
	return NP_OK;
}

int np_form_fill(const struct np_template *t, const struct np_fund_book *b,
		 struct np_arena *mem, struct np_filled *ret,
		 struct np_err *reterr)
{
	struct np_fund_scope s = np_fund_scope(b, mem);
	int rc = NP_OK;

	*ret = (struct np_filled){.template = t};
	for (size_t i = 0; !rc && i < t->npages; i++)
		rc = fill_page(&t->page[i], &s, &ret->page[i], reterr);
	return rc;
}
