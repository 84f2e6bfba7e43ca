/* SPDX-License-Identifier: ISC */
/* Clp's C interface, and nothing else of it. */
#include "plan/lp.h"
#include <coin/Clp_C_Interface.h>
#include <float.h>

struct np_lp {
	Clp_Simplex *clp;
};

struct np_lp *np_lp_new(int rows, int columns, const int *start, const int *row,
			const double *value, const double *cost,
			const double *right)
{
	struct np_lp *l = malloc(sizeof(*l));

	if (!l)
		return NULL;
	l->clp = Clp_newModel();
	Clp_setLogLevel(l->clp, 0);
	Clp_loadProblem(l->clp, columns, rows, start, row, value, NULL, NULL,
			cost, NULL, right);
	return l;
}

void np_lp_free(struct np_lp *l)
{
	if (!l)
		return;
	Clp_deleteModel(l->clp);
	free(l);
}

void np_lp_add(struct np_lp *l, int rows, const int *start, const int *column,
	       const double *value, const double *right)
{
	double *low = malloc((size_t)rows * sizeof(*low) + 1);

	for (int i = 0; low && i < rows; i++)
		low[i] = -DBL_MAX;
	if (low)
		Clp_addRows(l->clp, rows, low, right, start, column, value);
	free(low);
}

bool np_lp_run(struct np_lp *l, double seconds, bool large)
{
	Clp_setMaximumSeconds(l->clp, seconds);
	if (large)
		(void)Clp_initialBarrierNoCrossSolve(l->clp);
	else
		(void)Clp_initialSolve(l->clp);
	return Clp_status(l->clp) == 0;
}

const double *np_lp_values(const struct np_lp *l)
{
	return Clp_primalColumnSolution(l->clp);
}

const double *np_lp_prices(const struct np_lp *l)
{
	return Clp_dualRowSolution(l->clp);
}

const char *np_lp_version(void)
{
	return Clp_Version();
}
