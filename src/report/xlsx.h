/* SPDX-License-Identifier: ISC */
/*
 * Workbooks, through libxlsxwriter where the build has it. Texts are always
 * texts, never formulas, and one that would be a formula where somebody copies
 * it gets an apostrophe before it. The same calls give the same octets: nothing
 * of the clock, the machine or the user is in the file.
 */
#ifndef NP_XLSX_H
#define NP_XLSX_H
#include "core/buf.h"
#include "core/err.h"

enum np_xlsx_style {
	NP_XS_PLAIN,
	NP_XS_HEAD,
	NP_XS_MONEY,
	NP_XS_DAY,
	NP_XS_TIME,
	NP_XS_SHARE,
	NP_XS_N
};
#define NP_XLSX_ROWS 1048576u /* of a sheet */

struct np_xlsx;
/* NULL: this build can; else what it lacks. */
const char *np_xlsx_absent(void);
/* Begins a workbook that says it was made on `day` (days since 1970). */
int np_xlsx_open(const char *path, const char *title, int32_t day,
		 struct np_xlsx **ret, struct np_err *reterr);
/* The next sheet, with a frozen first row; at most 31 characters of a name that
 * is no other's, without []:*?/\. */
int np_xlsx_sheet(struct np_xlsx *x, const char *name, struct np_err *reterr);
/* Goes on with a sheet, from 0 in the order in which they were begun. */
void np_xlsx_turn(struct np_xlsx *x, uint16_t sheet);
/* Cells of the sheet that was begun or turned to last; row and column from 0,
 * row behind row: those before are written out and gone. Control and bidi
 * characters and octets that are no UTF-8 come out as np_put_plain() has them;
 * beyond 32,767 characters it is cut. */
void np_xlsx_text(struct np_xlsx *x, uint32_t row, uint16_t column,
		  const char *text, enum np_xlsx_style style);
void np_xlsx_number(struct np_xlsx *x, uint32_t row, uint16_t column,
		    double value, enum np_xlsx_style style);
/* A day as spreadsheets count: a number that is shown as YYYY-MM-DD. */
void np_xlsx_day(struct np_xlsx *x, uint32_t row, uint16_t column, int32_t day);
/* The same of nanoseconds since 1970, shown to the second. */
void np_xlsx_time(struct np_xlsx *x, uint32_t row, uint16_t column, int64_t t);
/* SUM of rows from..to of the column, with its value for who does not count. */
void np_xlsx_sum(struct np_xlsx *x, uint32_t row, uint16_t column,
		 uint32_t from, uint32_t to, double value,
		 enum np_xlsx_style style);
void np_xlsx_width(struct np_xlsx *x, uint16_t column, double characters);
/* Filters over rows 0..last, columns 0..column. */
void np_xlsx_filter(struct np_xlsx *x, uint32_t last, uint16_t column);
/* Writes and frees, whatever came before. NP_EIO: some call or the writing
 * failed; nothing of use is at `path` then. */
int np_xlsx_close(struct np_xlsx *x, struct np_err *reterr);
#endif
