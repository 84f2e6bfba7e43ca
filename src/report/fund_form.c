/* SPDX-License-Identifier: ISC */
/* A filled form as CSV and as a workbook. */
#include "report/export.h"
#include "report/fund.h"
#include "report/xlsx.h"
#include <math.h>

static const char *number_text(double v, enum np_fund_form form,
			       char to[static 64])
{
	(void)snprintf(to, 64, form == NP_FF_MONEY ? "%.2f" : "%.15g", v);
	return to;
}

static void put_number(struct np_buf *b, double v, enum np_fund_form form)
{
	char text[64];

	np_puts(b, number_text(v, form, text));
}

/* ---- CSV */

static void csv_number(struct np_cells *c, double v, enum np_fund_form form)
{
	char text[64];

	np_cells_number(c, "%s", number_text(v, form, text));
}

static void put_cell(struct np_cells *c, const struct np_fund_value *v,
		     enum np_fund_form form)
{
	if (v->kind == NP_FV_NUMBER)
		csv_number(c, v->number, form);
	else if (v->kind == NP_FV_FLAG)
		np_cells_text(c, v->number != 0 ? "yes" : "no");
	else
		np_cells_text(c, v->kind == NP_FV_TEXT ? v->text : NULL);
}

static bool has_total(const struct np_fund_page *p)
{
	for (size_t i = 0; i < p->ncolumns; i++) {
		if (p->column[i].total)
			return true;
	}
	return false;
}

static void put_totals(struct np_cells *c, const struct np_filled_page *x)
{
	const struct np_fund_page *p = x->page;

	for (size_t i = 0; i < p->ncolumns; i++) {
		if (p->column[i].total && !isnan(x->total[i]))
			csv_number(c, x->total[i], p->column[i].form);
		else
			np_cells_text(c, i ? NULL : "Total");
	}
	np_cells_end(c);
}

int np_write_form_csv(const struct np_filled *f, size_t page, FILE *to)
{
	const struct np_filled_page *x = &f->page[page];
	const struct np_fund_page *p = x->page;
	struct np_buf b = np_buf((size_t)1 << 24);
	struct np_cells c = np_cells(&b);
	int rc = NP_OK;

	for (size_t i = 0; i < p->ncolumns; i++)
		np_cells_text(&c, p->column[i].title);
	np_cells_end(&c);
	for (size_t row = 0; !rc && row < x->n; row++) {
		for (size_t i = 0; i < p->ncolumns; i++)
			put_cell(&c, &x->cell[row * p->ncolumns + i],
				 p->column[i].form);
		np_cells_end(&c);
		rc = np_put_out(&b, to);
	}
	if (x->n && has_total(p))
		put_totals(&c, x);
	if (!rc)
		rc = np_put_out(&b, to);
	np_cells_free(&c);
	np_buf_free(&b);
	return rc;
}

/* ---- for a person, and as JSON (nameplate.form/1) */

static void put_line(struct np_buf *b, const char *name, const char *text)
{
	np_putf(b, "%-8s ", name);
	np_putterm(b, text, strlen(text));
	np_putc(b, '\n');
}

static void put_sheet(struct np_buf *b, const struct np_filled_page *x)
{
	const struct np_fund_page *p = x->page;
	size_t hand = 0;

	np_puts(b, "sheet    ");
	np_putterm(b, p->name, strlen(p->name));
	np_putf(b, ": %zu %s of %zu columns", x->n, x->n == 1 ? "row" : "rows",
		p->ncolumns);
	for (size_t i = 0; i < p->ncolumns; i++)
		hand += p->column[i].hand != NULL;
	if (hand)
		np_putf(b, ", %zu to fill in by hand", hand);
	for (size_t i = 0; i < p->ncolumns; i++) {
		if (!p->column[i].total || isnan(x->total[i]))
			continue;
		np_puts(b, "; ");
		np_putterm(b, p->column[i].title, strlen(p->column[i].title));
		np_putc(b, ' ');
		put_number(b, x->total[i], p->column[i].form);
	}
	np_putc(b, '\n');
}

int np_write_form(const struct np_filled *f, const char *written, FILE *to)
{
	const struct np_template *t = f->template;
	struct np_buf b = np_buf((size_t)1 << 24);
	int rc;

	put_line(&b, "form", t->title);
	if (t->title_native)
		put_line(&b, "native", t->title_native);
	for (size_t i = 0; i < t->nsources; i++)
		put_line(&b, "source", t->source[i]);
	put_line(&b, "sure", t->sure);
	for (size_t i = 0; i < t->npages; i++)
		put_sheet(&b, &f->page[i]);
	for (size_t i = 0; i < t->nopen; i++) {
		np_puts(&b, "open     ");
		np_putterm(&b, t->open[i].field, strlen(t->open[i].field));
		np_puts(&b, ": ");
		np_putterm(&b, t->open[i].why, strlen(t->open[i].why));
		np_putc(&b, '\n');
	}
	if (written)
		put_line(&b, "written", written);
	rc = np_put_out(&b, to);
	np_buf_free(&b);
	return rc;
}

static void put_json(struct np_buf *b, const struct np_fund_value *v,
		     enum np_fund_form form)
{
	if (v->kind == NP_FV_TEXT)
		np_putjsons(b, v->text);
	else if (v->kind == NP_FV_NUMBER)
		put_number(b, v->number, form);
	else if (v->kind == NP_FV_FLAG)
		np_puts(b, v->number != 0 ? "true" : "false");
	else
		np_puts(b, "null");
}

static void sheet_json(struct np_buf *b, const struct np_filled_page *x)
{
	const struct np_fund_page *p = x->page;
	const char *open = "";

	np_puts(b, "{\"name\":");
	np_putjsons(b, p->name);
	np_puts(b, ",\"columns\":[");
	for (size_t i = 0; i < p->ncolumns; i++) {
		np_puts(b, i ? ",{\"title\":" : "{\"title\":");
		np_putjsons(b, p->column[i].title);
		np_puts(b, ",\"hand\":");
		np_putjsons(b, p->column[i].hand);
		np_putc(b, '}');
	}
	np_puts(b, "],\"rows\":[");
	for (size_t row = 0; row < x->n; row++) {
		np_puts(b, row ? ",[" : "[");
		for (size_t i = 0; i < p->ncolumns; i++) {
			np_puts(b, i ? "," : "");
			put_json(b, &x->cell[row * p->ncolumns + i],
				 p->column[i].form);
		}
		np_putc(b, ']');
	}
	np_puts(b, "],\"totals\":{");
	for (size_t i = 0; i < p->ncolumns; i++) {
		if (!p->column[i].total)
			continue;
		np_puts(b, open);
		np_putjsons(b, p->column[i].title);
		np_putc(b, ':');
		if (isnan(x->total[i]))
			np_puts(b, "null");
		else
			put_number(b, x->total[i], p->column[i].form);
		open = ",";
	}
	np_puts(b, "}}");
}

int np_write_form_json(const struct np_filled *f, int32_t as_of, FILE *to)
{
	const struct np_template *t = f->template;
	struct np_buf b = np_buf((size_t)1 << 30);
	char day[16];
	int rc;

	np_putf(&b, "{\"schema\":\"nameplate.form/1\",\"as_of\":\"%s\"",
		np_day_text(as_of, day));
	np_puts(&b, ",\"template\":");
	np_putjsons(&b, t->id);
	np_puts(&b, ",\"title\":");
	np_putjsons(&b, t->title);
	np_puts(&b, ",\"sure\":");
	np_putjsons(&b, t->sure);
	np_puts(&b, ",\"sheets\":[");
	for (size_t i = 0; i < t->npages; i++) {
		np_puts(&b, i ? "," : "");
		sheet_json(&b, &f->page[i]);
	}
	np_puts(&b, "],\"open\":[");
	for (size_t i = 0; i < t->nopen; i++) {
		np_puts(&b, i ? ",{\"field\":" : "{\"field\":");
		np_putjsons(&b, t->open[i].field);
		np_puts(&b, ",\"why\":");
		np_putjsons(&b, t->open[i].why);
		np_putc(&b, '}');
	}
	np_puts(&b, "]}\n");
	rc = np_put_out(&b, to);
	np_buf_free(&b);
	return rc;
}

/* ---- the workbook */

static void sheet_cell(struct np_xlsx *to, uint32_t row, uint16_t column,
		       const struct np_fund_value *v, enum np_fund_form form)
{
	int32_t day;

	if (v->kind == NP_FV_TEXT && form == NP_FF_DAY &&
	    np_day_read(v->text, &day))
		np_xlsx_day(to, row, column, day);
	else if (v->kind == NP_FV_TEXT)
		np_xlsx_text(to, row, column, v->text, NP_XS_PLAIN);
	else if (v->kind == NP_FV_NUMBER)
		np_xlsx_number(to, row, column, v->number,
			       form == NP_FF_MONEY ? NP_XS_MONEY : NP_XS_PLAIN);
	else if (v->kind == NP_FV_FLAG)
		np_xlsx_text(to, row, column, v->number != 0 ? "yes" : "no",
			     NP_XS_PLAIN);
}

static void sheet_totals(struct np_xlsx *to, const struct np_filled_page *x)
{
	const struct np_fund_page *p = x->page;
	uint32_t last = (uint32_t)x->n;

	for (uint16_t i = 0; i < p->ncolumns; i++) {
		if (p->column[i].total && !isnan(x->total[i]))
			np_xlsx_sum(to, last + 1, i, 1, last, x->total[i],
				    p->column[i].form == NP_FF_MONEY
					    ? NP_XS_MONEY
					    : NP_XS_PLAIN);
		else if (!i)
			np_xlsx_text(to, last + 1, 0, "Total", NP_XS_HEAD);
	}
}

/* A sheet of one row stands upright: field, value, who fills it in. */
static void upright(struct np_xlsx *to, const struct np_filled_page *x)
{
	const struct np_fund_page *p = x->page;

	np_xlsx_text(to, 0, 0, "Field", NP_XS_HEAD);
	np_xlsx_text(to, 0, 1, "Value", NP_XS_HEAD);
	np_xlsx_text(to, 0, 2, "To fill in by hand", NP_XS_HEAD);
	for (uint16_t i = 0; i < p->ncolumns && x->n; i++) {
		np_xlsx_text(to, i + 1U, 0, p->column[i].title, NP_XS_PLAIN);
		sheet_cell(to, i + 1U, 1, &x->cell[i], p->column[i].form);
		if (p->column[i].hand)
			np_xlsx_text(to, i + 1U, 2, p->column[i].hand,
				     NP_XS_PLAIN);
	}
	np_xlsx_width(to, 0, 44);
	np_xlsx_width(to, 1, 32);
	np_xlsx_width(to, 2, 40);
}

static int sheet(struct np_xlsx *to, const struct np_filled_page *x,
		 struct np_err *reterr)
{
	const struct np_fund_page *p = x->page;
	int rc = np_xlsx_sheet(to, p->name, reterr);

	if (rc)
		return rc;
	if (p->over < 0) {
		upright(to, x);
		return NP_OK;
	}
	for (uint16_t i = 0; i < p->ncolumns; i++) {
		np_xlsx_text(to, 0, i, p->column[i].title, NP_XS_HEAD);
		np_xlsx_width(to, i, 16);
	}
	for (uint32_t row = 0; row < x->n; row++) {
		for (uint16_t i = 0; i < p->ncolumns; i++)
			sheet_cell(to, row + 1, i,
				   &x->cell[row * p->ncolumns + i],
				   p->column[i].form);
	}
	np_xlsx_filter(to, (uint32_t)x->n, (uint16_t)(p->ncolumns - 1));
	if (x->n && has_total(p))
		sheet_totals(to, x);
	return NP_OK;
}

/* What the form is, where from, and what of it nobody here could see. */
static int about(struct np_xlsx *to, const struct np_template *t,
		 struct np_err *reterr)
{
	uint32_t row = 0;
	int rc = np_xlsx_sheet(to, "About and open", reterr);

	if (rc)
		return rc;
	np_xlsx_text(to, row, 0, "Form", NP_XS_HEAD);
	np_xlsx_text(to, row++, 1, t->title, NP_XS_HEAD);
	if (t->title_native) {
		np_xlsx_text(to, row, 0, "Native title", NP_XS_PLAIN);
		np_xlsx_text(to, row++, 1, t->title_native, NP_XS_PLAIN);
	}
	for (size_t i = 0; i < t->nsources; i++) {
		np_xlsx_text(to, row, 0, "Source", NP_XS_PLAIN);
		np_xlsx_text(to, row++, 1, t->source[i], NP_XS_PLAIN);
	}
	np_xlsx_text(to, row, 0, "How sure", NP_XS_PLAIN);
	np_xlsx_text(to, row++, 1, t->sure, NP_XS_PLAIN);
	if (t->note) {
		np_xlsx_text(to, row, 0, "Note", NP_XS_PLAIN);
		np_xlsx_text(to, row++, 1, t->note, NP_XS_PLAIN);
	}
	for (size_t i = 0; i < t->nopen; i++) {
		np_xlsx_text(to, row, 0, "Open", NP_XS_PLAIN);
		np_xlsx_text(to, row, 1, t->open[i].field, NP_XS_PLAIN);
		np_xlsx_text(to, row++, 2, t->open[i].why, NP_XS_PLAIN);
	}
	np_xlsx_width(to, 1, 60);
	np_xlsx_width(to, 2, 60);
	return NP_OK;
}

int np_write_form_xlsx(const struct np_filled *f, int32_t as_of,
		       const char *path, struct np_err *reterr)
{
	struct np_err e = {0};
	struct np_xlsx *to = NULL;
	int rc = np_xlsx_open(path, f->template->title, as_of, &to, reterr);
	int closed;

	for (size_t i = 0; !rc && i < f->template->npages; i++)
		rc = sheet(to, &f->page[i], reterr);
	if (!rc)
		rc = about(to, f->template, reterr);
	closed = np_xlsx_close(to, &e);
	if (!rc && closed) {
		rc = closed;
		if (reterr)
			*reterr = e;
	}
	return rc;
}
