/* SPDX-License-Identifier: ISC */
/* Where the build has no libxlsxwriter. */
#include "report/xlsx.h"

const char *np_xlsx_absent(void)
{
	return "libxlsxwriter-dev";
}

int np_xlsx_open(const char *path, const char *title, int32_t day,
		 struct np_xlsx **ret, struct np_err *reterr)
{
	(void)title;
	(void)day;
	*ret = NULL;
	return np_fail(reterr, NP_EABSENT,
		       "workbooks are not in this build (libxlsxwriter-dev); "
		       "CSV is",
		       path, 0);
}

int np_xlsx_sheet(struct np_xlsx *x, const char *name, struct np_err *reterr)
{
	(void)x;
	return np_fail(reterr, NP_EABSENT, "not in this build", name, 0);
}

void np_xlsx_turn(struct np_xlsx *x, uint16_t sheet)
{
	(void)x;
	(void)sheet;
}

void np_xlsx_text(struct np_xlsx *x, uint32_t row, uint16_t column,
		  const char *text, enum np_xlsx_style style)
{
	(void)x;
	(void)row;
	(void)column;
	(void)text;
	(void)style;
}

void np_xlsx_number(struct np_xlsx *x, uint32_t row, uint16_t column,
		    double value, enum np_xlsx_style style)
{
	(void)x;
	(void)row;
	(void)column;
	(void)value;
	(void)style;
}

void np_xlsx_day(struct np_xlsx *x, uint32_t row, uint16_t column, int32_t day)
{
	(void)x;
	(void)row;
	(void)column;
	(void)day;
}

void np_xlsx_time(struct np_xlsx *x, uint32_t row, uint16_t column, int64_t t)
{
	np_xlsx_number(x, row, column, (double)t, NP_XS_TIME);
}

void np_xlsx_sum(struct np_xlsx *x, uint32_t row, uint16_t column,
		 uint32_t from, uint32_t to, double value,
		 enum np_xlsx_style style)
{
	(void)from;
	(void)to;
	np_xlsx_number(x, row, column, value, style);
}

void np_xlsx_width(struct np_xlsx *x, uint16_t column, double characters)
{
	(void)x;
	(void)column;
	(void)characters;
}

void np_xlsx_filter(struct np_xlsx *x, uint32_t last, uint16_t column)
{
	(void)x;
	(void)last;
	(void)column;
}

int np_xlsx_close(struct np_xlsx *x, struct np_err *reterr)
{
	(void)x;
	(void)reterr;
	return NP_OK;
}
