/* SPDX-License-Identifier: ISC */
/*
 * What is asked of a host: the list of asked.def of everybody, then the makers'
 * own objects (knowledge/objects.yaml) that stand under an enterprise number
 * whose objects the host has.
 */
#ifndef NP_POLL_PLAN_H
#define NP_POLL_PLAN_H
#include "claim/claim.h"
#include "poll/oid.h"

enum np_poll_how { NP_POLL_GETS, NP_POLL_WALKS };

struct np_poll_step {
	struct np_oid oid;
	enum np_poll_how how;
	unsigned rows;	  /* at most, of a walk */
	bool last;	  /* only where nothing below it was told before */
	bool bare;	  /* some agents have it without an index */
	bool told;	  /* for who asks: there were rows */
	const char *what; /* for people */
};

struct np_poll_plan {
	struct np_poll_step *v;
	size_t n, cap;
};

#define NP_POLL_PENS 16 /* enterprises of one host */

struct np_poll_pens {
	uint32_t v[NP_POLL_PENS];
	size_t n;
};
/* Once each; more than there is room for are not asked. */
void np_poll_pens_add(struct np_poll_pens *p, uint32_t pen);

/* What everybody is asked. NP_ENOMEM. */
int np_poll_plan_all(struct np_poll_plan *p);
/* What is asked of those who have such objects: standards', and those under
 * the enterprises. Nothing that the plan has already. NP_ENOMEM. */
int np_poll_plan_own(struct np_poll_plan *p, const struct np_knowledge *k,
		     const struct np_poll_pens *pens);
void np_poll_plan_free(struct np_poll_plan *p);
#endif
