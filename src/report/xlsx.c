/* SPDX-License-Identifier: ISC */
#include "report/xlsx.h"
#include "core/time.h"
#include "core/utf8.h"
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
	lxw_error error; /* the first, sticks */
	struct np_buf text;
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
}

int np_xlsx_open(const char *path, const char *title, int32_t day,
		 struct np_xlsx **ret, struct np_err *reterr)
{
	struct np_xlsx *x = calloc(1, sizeof(*x));
	lxw_doc_properties p = {0};
	int fd;

	*ret = NULL;
	if (!x)
		return NP_ENOMEM;
	x->text = np_buf((size_t)1 << 20);
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
	x->book = x->path ? workbook_new(path) : NULL;
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

/* What XML may hold, as a string of at most MOST characters. */
static const char *sound(struct np_xlsx *x, const char *s)
{
	size_t n = strlen(s), chars = 0;

	np_buf_clear(&x->text);
	if (np_formula(s))
		np_putc(&x->text, '\'');
	for (size_t i = 0; i < n && chars < MOST - 1; chars++) {
		uint32_t u = 0;
		size_t k = np_utf8((const uint8_t *)s + i, n - i, &u);

		if (!k)
			np_puts(&x->text, "\xef\xbf\xbd");
		else if (np_utf8_unsafe(u))
			np_putc(&x->text, ' ');
		else
			np_put(&x->text, s + i, k);
		i += k ? k : 1;
	}
	return x->text.failed || !x->text.p ? "" : x->text.p;
}

void np_xlsx_text(struct np_xlsx *x, uint32_t row, uint16_t column,
		  const char *text, enum np_xlsx_style style)
{
	note(x, worksheet_write_string(x->sheet, row, column, sound(x, text),
				       x->style[style]));
	if (x->text.failed)
		note(x, LXW_ERROR_MEMORY_MALLOC_FAILED);
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
	np_buf_free(&x->text);
	free(x->path);
	free(x);
	return rc;
}
