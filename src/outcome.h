/* SPDX-License-Identifier: ISC */
#ifndef NP_OUTCOME_H
#define NP_OUTCOME_H
#include "report/writer.h"
#include "run.h"

/* A run as writers see it; texts live in r->mem. NP_ENOMEM or 0. */
int np_outcome(struct np_run *r, struct np_report *ret);
/* "read", "truncated" or "broken". */
const char *np_input_status(const struct np_input *x);
#endif
