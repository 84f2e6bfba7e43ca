/* SPDX-License-Identifier: ISC */
/* What became of each device between two dossiers, for people and programs. */
#ifndef NP_REPORT_DIFF_H
#define NP_REPORT_DIFF_H
#include "compare/compare.h"
#include "compare/phrases.h"
#include "report/custody.h"
#include "report/writer.h"

struct np_diff_report {
	const struct np_report *old, *new;
	const struct np_diff *diff;
	const struct np_phrases *phrases;
	const struct np_custody_report *custody; /* as NEW heard it */
};

/* s->site: devices that stand there, or stood. 0, NP_ENOMEM or NP_EIO. */
int np_write_diff_text(const struct np_diff_report *r, const struct np_style *s,
		       FILE *to);
/* nameplate.diff/1 */
int np_write_diff_json(const struct np_diff_report *r, const struct np_style *s,
		       FILE *to);

/* ---- shared by both */

/* Is the pair shown, by the site that was asked for? */
bool np_diff_shown(const struct np_diff_report *r, const struct np_style *s,
		   const struct np_pair *p);
/* When its sources heard the first and the last; NP_NEVER: no times. */
void np_diff_span(const struct np_report *r, int64_t *ret_first,
		  int64_t *ret_last);
/* "so": by all methods that heard it; "otherwise": by others, or by some of
 * them; "not". */
const char *np_diff_looked(const struct np_agains *a);
#endif
