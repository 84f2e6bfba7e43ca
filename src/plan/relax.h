/* SPDX-License-Identifier: ISC */
/* The linear programme's rows and columns (relax_rows.c), and what is made of
 * them (relax.c). */
#ifndef NP_PLAN_RELAX_H
#define NP_PLAN_RELAX_H
#include "plan/inside.h"
#include "plan/lp.h"

#define NP_NO_ROW UINT32_MAX

#define NP_EACH_WAY(s, w, j)                                                   \
	for (uint32_t w = (s)->first_way[j]; w < (s)->first_way[(j) + 1]; w++)

/* A row that is there because it did not hold. */
struct np_wait_row {
	uint32_t before; /* number in m->before, */
	uint32_t t;
	uint32_t apart, pick; /* or in m->apart and m->pick; NP_NO_ROW: not */
};

struct np_relax {
	struct np_solver *s;
	struct np_lp *lp;
	double area, money; /* what one counts in the programme */
	struct np_arena mem;
	double until;		  /* which part of the time it may take */
	const bool *only;	  /* tasks that are in it; NULL: all */
	double share;		  /* of the money, that these get */
	const double *crew_share; /* by region, of its crews; NULL: all */
	const double *fixed;	  /* what money costs in each period: no rows */
	const double *fixed_crews; /* and crews, [region * periods + t] */
	uint32_t *row;		   /* by task */
	uint32_t ntaskrows;
	uint32_t *column; /* [way * periods + t], NP_NO_ROW: none */
	uint32_t *crews, *calm,
		*fund; /* rows, by period; NP_NO_ROW: no limit */
	uint32_t total;
	uint32_t ncolumns, nrows;
	uint32_t sides; /* first column of which side of two is taken */
	double *right;
	struct np_wait_row *wait;
	size_t nwaits, wait_cap;
	uint8_t *waits;	  /* [before * periods + t]: the row is there */
	uint8_t *aparts;  /* [pick] */
	double *price;	  /* of rows */
	double *side;	  /* [apart]: what one of its second side counts */
	double *adjust;	  /* [way * periods + t]: what waiting costs there */
	int64_t constant; /* all later */
};

/* Numbers the rows, and gives the programme to Clp. */
int np_relax_load(struct np_relax *r);
/* Is the task in it? */
bool np_relax_is_open(const struct np_relax *r, uint32_t j);
/* May a task be done in period t, in one of its ways? */
bool np_relax_may(const struct np_relax *r, uint32_t j, uint32_t way,
		  uint32_t t);
/* What a way counts less in a period by fixed prices. */
double np_relax_fixed(const struct np_relax *r, uint32_t j, uint32_t way,
		      uint32_t t);
bool np_relax_is_funded(const struct np_relax *r);
/* Adds the rows that do not hold; *ret_n: how many. */
int np_relax_add_waits(struct np_relax *r, size_t *ret_n);
/* Money that is left until the end of a period, or in it. What later periods
 * have left, and the total, bind earlier ones too. */
int64_t np_money_left(const struct np_solver *s, uint32_t t);
/* What the dearest way of a task costs. */
int64_t np_dearest(const struct np_solver *s, uint32_t j);
#endif
