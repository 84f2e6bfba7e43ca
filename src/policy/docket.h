/* SPDX-License-Identifier: ISC */
/*
 * What a day and a place make of the law, once for all boxes that stand there:
 * which clauses are judged on that day, which of them reach the place, which
 * facts they ask for, and what the operator states of those. Made for one
 * np_judge() and thrown away with it.
 */
#ifndef NP_DOCKET_H
#define NP_DOCKET_H
#include "policy/law.h"

enum np_law_reach {
	NP_NOT_REACHED,
	NP_AT_HOME,
	NP_FROM_ELSEWHERE,
	NP_IF_CARRIED /* from elsewhere, if a fact of `abroad` may hold */
};

struct np_reached {
	const struct np_rule *rule;
	enum np_law_reach reach;
	enum np_certainty extent; /* that its law holds there */
	/* That an instrument does not name a maker is said at its first clause
	 * about equipment; these are its clauses, in this array. */
	uint32_t first, end;
	bool speaks;
};

/* A site, or nowhere. */
struct np_docket_place {
	bool made;
	const struct np_site *site; /* NULL: nowhere */
	const struct np_reached *v; /* sorted by clause id */
	size_t n;
	const struct np_law_fact **ask; /* one a slot that some clause needs */
	size_t nask;
	const char **party; /* by index of fact: stated, or NULL */
	/* What is said where the country's own law says nothing. */
	enum {
		NP_HAS_LAW,
		NP_NOWHERE,
		NP_NO_PACK,
		NP_NOT_ONE,
		NP_UNJUDGED
	} say;
	const char *titles; /* of what is on file, not judged */
};

struct np_docket {
	const struct np_law *law;
	const struct np_question *q;
	struct np_arena *mem;
	uint8_t *judged; /* by rule */
	uint8_t *named;	 /* by maker: some clause names it on that day */
	struct np_docket_place *places; /* by site, the last is nowhere */
	size_t nsites;
};

/* NP_ENOMEM, or 0. Everything lives in `mem`. */
int np_docket_open(struct np_docket *d, const struct np_law *l,
		   const struct np_question *q, struct np_arena *mem);
/* Of a site's number or NP_NO_SITE; NULL: out of memory. */
const struct np_docket_place *np_docket_at(struct np_docket *d, uint32_t site);
static inline bool np_docket_names(const struct np_docket *d, uint16_t maker)
{
	return maker < d->law->nmakers && d->named[maker];
}
#endif
