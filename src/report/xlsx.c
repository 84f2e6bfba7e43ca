/* SPDX-License-Identifier: ISC */
#include "report/xlsx.h"
#include "core/utf8.h"
#include "report/export.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#define MOST 32767

struct np_xlsx {
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *style[NP_XS_N];
	lxw_error error;	   /* the first, sticks */
	struct np_buf plain, text; /* of the cell that is being written */
	char *path;
};

const char *np_xlsx_absent(void)
{
	return NULL;
}

static void note(struct np_xlsx *x, lxw_error e)
{
	if (e != LXW_NO_ERROR && x->error == LXW_NO_ERROR)
		x->error = e;
}

static void styles(struct np_xlsx *x)
{
	for (int i = 0; i < NP_XS_N; i++)
		x->style[i] = workbook_add_format(x->book);
	format_set_bold(x->style[NP_XS_HEAD]);
	format_set_text_wrap(x->style[NP_XS_HEAD]);
	format_set_num_format(x->style[NP_XS_MONEY], "#,##0.00");
	format_set_num_format(x->style[NP_XS_DAY], "yyyy-mm-dd");
	format_set_num_format(x->style[NP_XS_TIME], "yyyy-mm-dd hh:mm:ss");
	format_set_num_format(x->style[NP_XS_SHARE], "0.000");
}

int np_xlsx_open(const char *path, const char *title, int32_t day,
		 struct np_xlsx **ret, struct np_err *reterr)
{
	struct np_xlsx *x = calloc(1, sizeof(*x));
	lxw_workbook_options options = {.constant_memory = LXW_TRUE};
	lxw_doc_properties p = {0};
	int fd;

	*ret = NULL;
	if (!x)
		return NP_ENOMEM;
	x->plain = np_buf((size_t)1 << 22);
	x->text = np_buf((size_t)1 << 23);
	x->path = strdup(path);
	/* Refused here: the library would say it on stderr, after the work. */
	fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
	if (fd < 0) {
		int rc = np_fail(reterr, NP_EIO, strerror(errno), path, 0);

		free(x->path);
		free(x);
		return rc;
	}
	(void)close(fd);
	/* Rows come one behind the other and are not kept. */
	x->book = x->path ? workbook_new_opt(path, &options) : NULL;
	if (!x->book) {
		free(x->path);
		free(x);
		return NP_ENOMEM;
	}
	np_puts(&x->text, title);
	p.title = x->text.p;
	p.created = (time_t)day * 86400;
	note(x, workbook_set_properties(x->book, &p));
	styles(x);
	*ret = x;
	return NP_OK;
}

int np_xlsx_sheet(struct np_xlsx *x, const char *name, struct np_err *reterr)
{
	x->sheet = workbook_add_worksheet(x->book, name);
	if (!x->sheet)
		return np_fail(reterr, NP_EINPUT,
			       "a name that no sheet may have, or another has",
			       name, 0);
	worksheet_freeze_panes(x->sheet, 1, 0);
	return NP_OK;
}

void np_xlsx_turn(struct np_xlsx *x, uint16_t sheet)
{
	lxw_worksheet *s;

	STAILQ_FOREACH(s, x->book->worksheets, list_pointers)
	{
		if (s->index == sheet)
			x->sheet = s;
	}
}

/* Octets of s that a cell may hold: MOST units of UTF-16. */
static size_t fits(const char *s, size_t n)
{
	size_t at = 0, units = 0;

	while (at < n) {
		uint32_t u = 0;
		size_t k = np_utf8((const uint8_t *)s + at, n - at, &u);

		units += u > 0xffff ? 2 : 1;
		if (units > MOST)
			break;
		at += k ? k : 1;
	}
	return at;
}

/* Spreadsheets read _x003D_ as the character of that number (ECMA-376-1,
 * 22.4.2.4): the first _ of such is spelled so itself. */
static bool spells(const char *s, size_t n)
{
	return n >= 7 && s[0] == '_' && s[1] == 'x' &&
	       strspn(s + 2, "0123456789abcdefABCDEF") >= 4 && s[6] == '_';
}

/* What a cell may hold, made plain, and no formula to whoever copies it. */
static const char *sound(struct np_xlsx *x, const char *s)
{
	struct np_buf *plain = &x->plain, *b = &x->text;

	np_buf_clear(plain);
	np_buf_clear(b);
	np_put_plain(plain, s, strlen(s), 0);
	if (np_formula(plain->p ? plain->p : "", plain->n))
		np_putc(b, '\'');
	for (size_t i = 0; i < plain->n; i++) {
		if (spells(plain->p + i, plain->n - i))
			np_puts(b, "_x005F");
		np_putc(b, plain->p[i]);
	}
	if (plain->failed || b->failed)
		note(x, LXW_ERROR_MEMORY_MALLOC_FAILED);
	if (b->failed || !b->n)
		return "";
	b->p[fits(b->p, b->n)] = '\0';
	return b->p;
}

void np_xlsx_text(struct np_xlsx *x, uint32_t row, uint16_t column,
		  const char *text, enum np_xlsx_style style)
{
	note(x, worksheet_write_string(x->sheet, row, column, sound(x, text),
				       x->style[style]));
}

void np_xlsx_number(struct np_xlsx *x, uint32_t row, uint16_t column,
		    double value, enum np_xlsx_style style)
{
	note(x, worksheet_write_number(x->sheet, row, column, value,
				       x->style[style]));
}

void np_xlsx_day(struct np_xlsx *x, uint32_t row, uint16_t column, int32_t day)
{
	/* Day 25569 is 1970-01-01, from 1900-03-01 on. */
	np_xlsx_number(x, row, column, (double)day + 25569, NP_XS_DAY);
}

void np_xlsx_time(struct np_xlsx *x, uint32_t row, uint16_t column, int64_t t)
{
	np_xlsx_number(x, row, column, (double)t / 86400e9 + 25569, NP_XS_TIME);
}

void np_xlsx_sum(struct np_xlsx *x, uint32_t row, uint16_t column,
		 uint32_t from, uint32_t to, double value,
		 enum np_xlsx_style style)
{
	char range[64], formula[80];

	lxw_rowcol_to_range(range, from, column, to, column);
	(void)snprintf(formula, sizeof(formula), "=SUM(%s)", range);
	note(x, worksheet_write_formula_num(x->sheet, row, column, formula,
					    x->style[style], value));
}

void np_xlsx_width(struct np_xlsx *x, uint16_t column, double characters)
{
	note(x,
	     worksheet_set_column(x->sheet, column, column, characters, NULL));
}

void np_xlsx_filter(struct np_xlsx *x, uint32_t last, uint16_t column)
{
	note(x, worksheet_autofilter(x->sheet, 0, 0, last, column));
}

int np_xlsx_close(struct np_xlsx *x, struct np_err *reterr)
{
	lxw_error e;
	int rc = NP_OK;

	if (!x)
		return NP_OK;
	e = workbook_close(x->book);
	note(x, e);
	if (x->error != LXW_NO_ERROR) {
		rc = np_fail(reterr, NP_EIO, lxw_strerror(x->error), x->path,
			     0);
		(void)unlink(x->path);
	}
	np_buf_free(&x->plain);
	np_buf_free(&x->text);
	free(x->path);
	free(x);
	return rc;
}
