/* SPDX-License-Identifier: ISC */
/*
 * Enterprise numbers (IANA) in fields that carry nothing else. A number of a
 * software agent, a chip maker or a standards body never names the maker of a
 * box.
 */
#include "claim/ask.h"

uint16_t np_ask_holder(struct np_ask *a, uint32_t pen, const char *rule,
		       const char *registered)
{
	bool listed = !np_pen_registered(a->k, pen);
	uint16_t maker;
	struct np_raw *r;

	(void)np_pen_owner(a->k, pen, &maker);
	r = np_ask_maker(a, maker, listed ? rule : registered);
	/* No better than an address block: it was given, too. */
	if (r && !listed && r->grade > NP_E3)
		r->grade = NP_E3;
	return maker;
}

void np_ask_pen(struct np_ask *a, uint32_t pen, const char *rule)
{
	(void)np_ask_holder(a, pen, rule, "pen/registry");
}

void np_claim_pen(struct np_ask *a)
{
	uint64_t v = 0;

	for (size_t i = 0; i < a->n; i++) {
		unsigned d = (unsigned)(unsigned char)a->p[i] - '0';

		if (d > 9 || v > UINT32_MAX)
			return;
		v = v * 10 + d;
	}
	if (a->n && v <= UINT32_MAX)
		np_ask_pen(a, (uint32_t)v, "pen/number");
}
