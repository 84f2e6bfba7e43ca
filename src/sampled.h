/* SPDX-License-Identifier: ISC */
#ifndef NP_SAMPLED_H
#define NP_SAMPLED_H
#include "run.h"

/* The signed inspections of sites that the dossier's journal holds; in `mem`,
 * *ret_n of them. 0 or NP_ENOMEM. */
int np_silence_sampled(struct np_run *r, struct np_arena *mem,
		       const struct np_inspection **ret, size_t *ret_n);
#endif
