/* SPDX-License-Identifier: ISC */
/* Plans that a dossier keeps, side by side: what if. */
#ifndef NP_REPORT_PLAN_COMPARE_H
#define NP_REPORT_PLAN_COMPARE_H
#include "plan/kept.h"
#include "report/writer.h"

/* One of them. */
struct np_compared {
	const char *scenario, *currency; /* scenario NULL: the file's own */
	int32_t scope_day; /* as of which its boxes are in scope */
	int32_t finish;	   /* the last removal's wave ends; NP_NODAY: not all */
	int64_t money, area, bound; /* hundredths */
	uint32_t boxes, late; /* late: removed behind their date, or not */
	uint32_t clashes;
};
/* Fills all but `scenario`. Texts are the plan's. */
void np_compare_plan(const struct np_kept_plan *p, struct np_compared *ret);

/* 0, NP_ENOMEM or NP_EIO. */
int np_write_compared(const struct np_compared *v, size_t n,
		      const struct np_style *s, FILE *to);
/* nameplate.plans/1 */
int np_write_compared_json(const struct np_compared *v, size_t n, FILE *to);
#endif
