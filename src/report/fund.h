/* SPDX-License-Identifier: ISC */
/*
 * What `fund` shows: programmes by country, what an administrator would send
 * back, and filled forms as CSV and as workbooks.
 */
#ifndef NP_REPORT_FUND_H
#define NP_REPORT_FUND_H
#include "fund/fund.h"
#include "report/writer.h"
#include <stdio.h>

struct np_fund_look {
	unsigned width; /* columns; 0: do not cut */
	bool colour, all;
};

/* Those that stood on `as_of`, of one country where `country` is not NULL.
 * 0, NP_ENOMEM or NP_EIO. */
int np_write_programmes(const struct np_programmes *p, int32_t as_of,
			const char *country, const struct np_fund_look *look,
			FILE *to);
int np_write_programmes_json(const struct np_programmes *p, int32_t as_of,
			     const char *country, FILE *to);

/* A report's devices and the party's sites as rows; `allocation` below 0: not
 * stated. NP_ENOMEM or NP_ELIMIT. */
int np_fund_gather(const struct np_report *r, double allocation,
		   struct np_fund_book *b);

/* Of a device's row: the day it was taken out (NULL: it was not), and where it
 * is by custody. Texts are copied; NP_ENOMEM or 0. */
int np_fund_custody(struct np_fund_book *b, uint32_t row, const char *out,
		    const char *state);
/* Adds the waves of a plan that was kept (nameplate.plan/1), a row for each
 * box. NP_EINPUT: it is no such plan. */
int np_fund_plan(const char *plan, size_t n, struct np_fund_book *b,
		 struct np_err *reterr);
/* When rows are linked: a wave whose day of removal nobody states has that of
 * its device's custody. */
void np_fund_done(struct np_fund_book *b);

struct np_lint_page {
	const struct np_fund_book *book;
	const struct np_claim_law *law;
	const struct np_defects *defects;
	int32_t as_of;
	double allocation; /* below 0: not stated */
};
int np_write_lint(const struct np_lint_page *p, const struct np_fund_look *look,
		  FILE *to);
int np_write_lint_json(const struct np_lint_page *p, FILE *to);

/* What a filled form holds, sheet by sheet, and what of it is open; `written`
 * says what went where, or NULL. */
int np_write_form(const struct np_filled *f, const char *written, FILE *to);
int np_write_form_json(const struct np_filled *f, int32_t as_of, FILE *to);

/* One sheet of a filled form as CSV (RFC 4180). A text that a spreadsheet would
 * take for a formula gets an apostrophe before it. */
int np_write_form_csv(const struct np_filled *f, size_t page, FILE *to);
/* All sheets, what is open, and where the form is from, as a workbook at
 * `path`. The same form gives the same octets. NP_EABSENT: not in this build.
 */
int np_write_form_xlsx(const struct np_filled *f, int32_t as_of,
		       const char *path, struct np_err *reterr);
#endif
