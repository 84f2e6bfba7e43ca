/* SPDX-License-Identifier: ISC */
/*
 * The hypergeometric distribution: how many of the marked come out when n of
 * all are drawn and none is put back. By logarithms of factorials; what that
 * loses of a double is below 1e-9 of a probability for a million sites.
 */
#include "silence/silence.h"
#include <math.h>

static double log_factorial(uint64_t n)
{
	int sign;

	return lgamma_r((double)n + 1, &sign);
}

static double log_choose(uint64_t n, uint64_t k)
{
	return log_factorial(n) - log_factorial(k) - log_factorial(n - k);
}

/* The least and most marked ones that n drawn can hold. */
static uint64_t fewest(uint64_t all, uint64_t marked, uint64_t n)
{
	return marked + n > all ? marked + n - all : 0;
}

static uint64_t most(uint64_t marked, uint64_t n)
{
	return marked < n ? marked : n;
}

static double chance(uint64_t all, uint64_t marked, uint64_t n, uint64_t k)
{
	if (marked > all || n > all || k < fewest(all, marked, n) ||
	    k > most(marked, n))
		return 0;
	return exp(log_choose(marked, k) + log_choose(all - marked, n - k) -
		   log_choose(all, n));
}

static double sum(uint64_t all, uint64_t marked, uint64_t n, uint64_t from,
		  uint64_t to)
{
	double s = 0;

	for (uint64_t k = from; k <= to; k++)
		s += chance(all, marked, n, k);
	return s < 1 ? s : 1;
}

double np_hyper_most(uint64_t all, uint64_t marked, uint64_t n, uint64_t k)
{
	uint64_t top = most(marked, n);

	return sum(all, marked, n, fewest(all, marked, n), k < top ? k : top);
}

double np_hyper_least(uint64_t all, uint64_t marked, uint64_t n, uint64_t k)
{
	uint64_t low = fewest(all, marked, n);

	return sum(all, marked, n, k > low ? k : low, most(marked, n));
}

double np_fisher(uint64_t a, uint64_t b, uint64_t c, uint64_t d,
		 double *ret_least)
{
	uint64_t all = a + b + c + d, marked = a + b, n = a + c;
	double here = chance(all, marked, n, a), p = 0, least = 1;

	for (uint64_t k = fewest(all, marked, n); k <= most(marked, n); k++) {
		double x = chance(all, marked, n, k);

		/* as likely as this one, but for what a double loses */
		if (x <= here * (1 + 1e-7))
			p += x;
		least = x < least ? x : least;
	}
	*ret_least = least;
	return p < 1 ? p : 1;
}
