/* SPDX-License-Identifier: ISC */
#ifndef NP_COMPARE_INSIDE_H
#define NP_COMPARE_INSIDE_H
#include "compare/compare.h"

/*
 * Devices of OLD whose findings changed, judged anew: on NEW's day, and then
 * with NEW's statements about the party as well. What the first alone turns
 * into NEW's finding was the law's doing, what the second does was the
 * operator's, the rest is evidence.
 */
struct np_after {
	uint32_t *of; /* by device of OLD: its place below, or NP_NOBODY */
	struct np_devices day, stated;
	struct np_findings by_day, by_statement;
};

/* Sums up what both looked at. */
int np_watching_open(struct np_diff *d, struct np_arena *mem);
/* Judges the devices of the pairs that have .law. */
int np_after_judge(struct np_diff *d, struct np_arena *mem,
		   struct np_err *reterr);
/* Are the findings of the two others than each other's? */
bool np_findings_differ(const struct np_diff *d, const struct np_pair *p);
/* The first of a run that is about the same as x: clause, part and how many
 * such stood before it; NULL. */
const struct np_finding *np_finding_like(const struct np_finding *v, size_t n,
					 const struct np_finding *of, size_t x);
bool np_finding_same(const struct np_finding *a, const struct np_finding *b);
#endif
