/* SPDX-License-Identifier: ISC */
#ifndef NP_COMPARE_INSIDE_H
#define NP_COMPARE_INSIDE_H
#include "compare/compare.h"

/* Devices of one side whose findings changed, judged once more. */
struct np_judged {
	uint32_t *of; /* by device of the side: its place below, or NP_NOBODY */
	struct np_devices devices;
	struct np_findings findings;
};

/*
 * The step from OLD's findings to NEW's, cause by cause: OLD as it was; on
 * NEW's day; with NEW's statements about the party as well; NEW. All four are
 * judged alike, without what people state of single boxes, so that what differs
 * between two of them is the one cause.
 */
struct np_after {
	struct np_judged was, day, stated, is;
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
