/* SPDX-License-Identifier: ISC */
/* How much k right of n cases lets one say. */
#ifndef NP_BOUND_H
#define NP_BOUND_H
#include <stdint.h>

#define NP_BOUND_MAX 1000000 /* cases; more are no more certain */

/* The lower end of the one-sided 95 % interval for the share of which k of n
 * came out: Clopper and Pearson, Biometrika 26 (1934) 404. With less than this
 * share, as many as k would come out in less than one of twenty such counts.
 * 0 without cases. */
double np_bound(uint32_t k, uint32_t n);
#endif
