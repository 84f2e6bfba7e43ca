/* SPDX-License-Identifier: ISC */
/* Inspections of sites, as people signed them. */
#include "sampled.h"

int np_silence_sampled(struct np_run *r, struct np_arena *mem,
		       const struct np_inspection **ret, size_t *ret_n)
{
	(void)r;
	(void)mem;
	*ret = NULL;
	*ret_n = 0;
	return NP_OK;
}
