/* SPDX-License-Identifier: ISC */
/* What the first page counts, once for all that shows it. */
#ifndef NP_VIEW_COUNTS_H
#define NP_VIEW_COUNTS_H
#include "view/view.h"

/* Boxes, each by the strongest that one instrument has of it. */
struct np_counts_law {
	const struct np_clause *clause; /* one of the instrument's */
	bool elsewhere;			/* another state's */
	uint64_t n[NP_NSTATUSES + 1];
	/* Of what is in scope: the next date, or the last one where all have
	 * passed; NP_NODAY: none. */
	int32_t date, days;
	uint64_t dated; /* boxes with that date */
};

struct np_counts_place {
	const char *country;	      /* NULL: no place */
	uint64_t n[NP_NSTATUSES + 1]; /* the last: no finding */
};

/* A fact that findings wait for. */
struct np_counts_fact {
	const struct np_asked *asked;
	const struct np_device *last;
	uint64_t findings, boxes;
};

struct np_counts {
	uint64_t sure[NP_DISPUTED + 1]; /* boxes, by verdict */
	struct np_counts_law *law;	/* place's own first, then by id */
	size_t nlaws, claws;
	struct np_counts_place *place; /* by country, without one last */
	size_t nplaces, cplaces;
	struct np_counts_fact *fact; /* that most findings wait for first */
	size_t nfacts, cfacts;
	uint64_t unplaced;
	uint32_t unseen; /* a site where nobody looked, or NP_NO_SITE */
};
/* 0 or NP_ENOMEM; to be freed in any case. */
int np_counts(const struct np_view_in *in, struct np_counts *ret);
void np_counts_free(struct np_counts *c);
/* "de-5g-contracts-2024" of a clause. */
const char *np_policy_of(const struct np_clause *c, char buf[static 256]);

/* ,"seal":{…}: who signed the dossier. */
int np_put_seal(const struct np_view_in *in, struct np_buf *b,
		struct np_err *reterr);
/* ,"coverage":[…]: each place, or each country for who sees no site; finds
 * c->unseen. */
int np_put_looked(const struct np_view_in *in, struct np_counts *c,
		  struct np_buf *b);
/* Is it sealed with a signature? */
bool np_view_sealed(const struct np_view_in *in);
/* ,"actions":[…]: three of them. */
int np_put_actions(const struct np_view_in *in, const struct np_counts *c,
		   struct np_buf *b);
#endif
