/* SPDX-License-Identifier: ISC */
/* Cbc's C interface, and nothing else of it. */
#include "plan/mip.h"
#include <coin/Cbc_C_Interface.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

const char *np_mip_absent(void)
{
	return NULL;
}

const char *np_mip_version(void)
{
	return Cbc_getVersion();
}

static Cbc_Model *load(int rows, int columns, const int *start, const int *row,
		       const double *value, const double *cost,
		       const double *right)
{
	double *one = malloc(((size_t)columns + 1) * sizeof(*one));
	Cbc_Model *m = one ? Cbc_newModel() : NULL;

	for (int i = 0; one && i < columns; i++)
		one[i] = 1;
	if (m) {
		Cbc_loadProblem(m, columns, rows, start, row, value, NULL, one,
				cost, NULL, right);
		for (int i = 0; i < columns; i++)
			Cbc_setInteger(m, i);
	}
	free(one);
	return m;
}

bool np_mip_solve(int rows, int columns, const int *start, const int *row,
		  const double *value, const double *cost, const double *right,
		  double seconds, double *ret_x)
{
	Cbc_Model *m = load(rows, columns, start, row, value, cost, right);
	struct sigaction old;
	sigset_t mine, before;
	const double *x = NULL;

	if (!m)
		return false;
	(void)sigemptyset(&mine);
	(void)sigaddset(&mine, SIGINT);
	(void)pthread_sigmask(SIG_BLOCK, &mine, &before);
	(void)sigaction(SIGINT, NULL, &old);
	Cbc_setLogLevel(m, 0);
	Cbc_setMaximumSeconds(m, seconds);
	(void)Cbc_solve(m);
	(void)sigaction(SIGINT, &old, NULL);
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (!Cbc_isProvenInfeasible(m))
		x = Cbc_bestSolution(m);
	if (x)
		memcpy(ret_x, x, (size_t)columns * sizeof(*x));
	Cbc_deleteModel(m);
	return x != NULL;
}
