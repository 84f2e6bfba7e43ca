/* SPDX-License-Identifier: ISC */
/*
 * Where was looked. Listening proves no absence (design, section 7): a site
 * with no source was not looked at, and where nothing was heard it is said for
 * how long and what could not have been heard.
 */
#ifndef NP_REPORT_COVERAGE_H
#define NP_REPORT_COVERAGE_H
#include "report/writer.h"

struct np_looked {
	const char *site; /* NULL: sources without a place */
	uint64_t sources, frames;
	int64_t first, last;
	int64_t drops;			 /* -1: not recorded of one of them */
	uint64_t named[NP_DISPUTED + 1]; /* boxes with a finding, by verdict */
};

/* One a site of the party, and one more for sources without a place; ret_n of
 * them, to be freed. NULL without memory. */
struct np_looked *np_looked(const struct np_report *r, size_t *ret_n);
/* "not looked", "not heard in 10 minutes; …" or what was heard. */
void np_put_heard(struct np_buf *b, const struct np_looked *l);
#endif
