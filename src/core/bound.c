/* SPDX-License-Identifier: ISC */
#include "core/bound.h"
#include <math.h>

#define ALPHA 0.05
#define HALVINGS 60 /* of [0, 1]: beyond what a double tells apart */

/* P(X >= k) for X binomial (n, p), 0 < p < 1. From X = n downwards, since most
 * are right; by logarithms, since p^n may be less than a double holds. */
static double tail(uint32_t k, uint32_t n, double p)
{
	double term = n * log(p), odds = log1p(-p) - log(p);
	double sum = 0;

	for (uint32_t wrong = 0; wrong <= n - k; wrong++) {
		sum += exp(term);
		term += log((double)(n - wrong) / (wrong + 1)) + odds;
	}
	return sum;
}

double np_bound(uint32_t k, uint32_t n)
{
	double low = 0, high = 1;

	if (!k || k > n || n > NP_BOUND_MAX)
		return 0;
	for (int i = 0; i < HALVINGS; i++) {
		double p = (low + high) / 2;

		if (tail(k, n, p) < ALPHA)
			low = p;
		else
			high = p;
	}
	return low;
}
