/* SPDX-License-Identifier: ISC */
#ifndef NP_CLI_PLAN_COMPARE_H
#define NP_CLI_PLAN_COMPARE_H
#include "report/writer.h"

/* Writes the plans that a dossier keeps side by side on standard output. */
int np_plan_compare(const char *dossier, const struct np_style *style,
		    bool json, struct np_err *reterr);
#endif
