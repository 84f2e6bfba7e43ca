/* SPDX-License-Identifier: ISC */
#ifndef NP_CLI_PLAN_TRACK_H
#define NP_CLI_PLAN_TRACK_H
#include "report/plan.h"
#include "run.h"

/* What a fresh dossier says of a plan's boxes. Arrays are mem's. */
int np_track(const char *dossier, const struct np_work *w, struct np_arena *mem,
	     struct np_track *ret, struct np_err *reterr);
#endif
