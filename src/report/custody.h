/* SPDX-License-Identifier: ISC */
/* Where each serial number is, and what was heard of it. */
#ifndef NP_REPORT_CUSTODY_H
#define NP_REPORT_CUSTODY_H
#include "compare/custody.h"
#include "compare/phrases.h"
#include "report/writer.h"

struct np_custody_report {
	const struct np_report *r;
	const struct np_custody *custody;
	const struct np_phrases *phrases;
	const struct np_heard *heard; /* by custody->serials */
	const char *serial;	      /* only this one; NULL: all */
};

/* Of custody->serials[i], which was heard again: one sentence. */
void np_put_again(struct np_buf *b, const struct np_custody_report *c,
		  size_t i);
int np_write_custody_text(const struct np_custody_report *c,
			  const struct np_style *s, FILE *to);
/* nameplate.custody/1 */
int np_write_custody_json(const struct np_custody_report *c, FILE *to);
#endif
