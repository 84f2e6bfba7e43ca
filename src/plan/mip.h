/* SPDX-License-Identifier: ISC */
/*
 * A small programme in whole numbers: least c.x, every row at most its right
 * side, each x 0 or 1. COIN-OR's Cbc behind one header (EPL 2.0), where the
 * build has it; its C interface alone is used.
 */
#ifndef NP_MIP_H
#define NP_MIP_H
#include <stdbool.h>

/* NULL: it is there; else the package that is missing. */
const char *np_mip_absent(void);
/* Cbc's: "2.10.8"; "" where it is absent. */
const char *np_mip_version(void);
/* By columns, as np_lp_new(). Looks for so many seconds; false: it found
 * nothing. Signals wait meanwhile, since Cbc takes them for itself. */
bool np_mip_solve(int rows, int columns, const int *start, const int *row,
		  const double *value, const double *cost, const double *right,
		  double seconds, double *ret_x);
#endif
