/* SPDX-License-Identifier: ISC */
/*
 * A linear programme: least c.x, every row at most its right side, 0 <= x <= 1
 * (or without end). COIN-OR's Clp behind one header (EPL 2.0); its C interface
 * alone is used.
 */
#ifndef NP_LP_H
#define NP_LP_H
#include <stdbool.h>

struct np_lp;

/* By columns: column i has the entries start[i] .. start[i + 1]. x = 0 has to
 * be possible. Arrays are copied; NULL without memory. */
struct np_lp *np_lp_new(int rows, int columns, const int *start, const int *row,
			const double *value, const double *cost,
			const double *right);
void np_lp_free(struct np_lp *l);
/* More rows, by rows. */
void np_lp_add(struct np_lp *l, int rows, const int *start, const int *column,
	       const double *value, const double *right);
/* Solves it, for so many seconds at most; true: it is solved. `large`: through
 * the inside, which ends at no corner but is several times faster where there
 * are 100,000 columns. */
bool np_lp_run(struct np_lp *l, double seconds, bool large);
/* Values of columns and prices of rows (at most 0 at the end, up to rounding;
 * somewhere in between they may be anything). */
const double *np_lp_values(const struct np_lp *l);
const double *np_lp_prices(const struct np_lp *l);
/* Clp's: "1.17.6". */
const char *np_lp_version(void);
#endif
