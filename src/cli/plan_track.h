/* SPDX-License-Identifier: ISC */
#ifndef NP_CLI_PLAN_TRACK_H
#define NP_CLI_PLAN_TRACK_H
#include "report/plan.h"
#include "run.h"

/* A plan as it was written down (nameplate.plan/1). */
struct np_kept {
	const char *json; /* NULL: none */
	size_t n;
};

/* What a fresh dossier says of a plan's boxes, and by which day the plan that
 * was kept wanted them out. Arrays are mem's. */
int np_track(const char *dossier, const struct np_work *w, struct np_kept kept,
	     struct np_arena *mem, struct np_track *ret, struct np_err *reterr);
#endif
