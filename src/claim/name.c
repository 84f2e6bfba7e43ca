/* SPDX-License-Identifier: ISC */
/* Fields that hold a maker's name and nothing else: the whole normalised name
 * must be one that makers.yaml knows, never a part of it. */
#include "claim/ask.h"

void np_claim_name(struct np_ask *a)
{
	(void)np_ask_maker(a, np_name_maker(a->k, a->p, a->n), "name/whole");
}
