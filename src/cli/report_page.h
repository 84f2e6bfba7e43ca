/* SPDX-License-Identifier: ISC */
/* The page of `report -o X.html`, and the check of one by `verify --report`. */
#ifndef NP_CLI_REPORT_PAGE_H
#define NP_CLI_REPORT_PAGE_H
#include "cli/judgement.h"

struct np_page_options {
	const char *output, *audience, *lang;
	bool kept;
};
#define NP_PAGE_OPTIONS 4
/* Writes the options' table; gives NP_PAGE_OPTIONS. */
size_t np_page_options(struct np_page_options *o,
		       struct np_option to[NP_PAGE_OPTIONS]);
/* Writes the page of a run that np_run_dossier() filled. */
int np_report_page(struct np_run *r, const struct np_judge_options *j,
		   const struct np_page_options *o, struct np_err *reterr);
#endif
