/* SPDX-License-Identifier: ISC */
/* Where the build has no Cbc: plans are as good as without polish. */
#include "plan/mip.h"

const char *np_mip_absent(void)
{
	return "coinor-libcbc-dev";
}

const char *np_mip_version(void)
{
	return "";
}

bool np_mip_solve(int rows, int columns, const int *start, const int *row,
		  const double *value, const double *cost, const double *right,
		  double seconds, double *ret_x)
{
	(void)rows;
	(void)columns;
	(void)start;
	(void)row;
	(void)value;
	(void)cost;
	(void)right;
	(void)seconds;
	(void)ret_x;
	return false;
}
