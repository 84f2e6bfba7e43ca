/* SPDX-License-Identifier: ISC */
/* What the solver's files share; the checker includes none of it. */
#ifndef NP_PLAN_INSIDE_H
#define NP_PLAN_INSIDE_H
#include "plan/plan.h"

/* What is left of everything scarce beside the tasks that were put. */
struct np_room {
	const struct np_model *m;
	int64_t *crews; /* [region * periods + t] */
	int64_t *calm;	/* [area * periods + t] */
	int64_t *money; /* [t]; with carry: of all until then */
	int64_t total;
};

/* What is the same all along: who comes before whom, and where each may be. */
struct np_solver {
	const struct np_model *m;
	const struct np_solve_how *how;
	struct np_arena *mem;
	struct np_room room; /* with the frozen ones put */
	uint64_t *allowed;   /* narrowed by what comes before and behind */
	bool *must;	     /* a frozen one waits for it */
	uint32_t *order;     /* such that nobody stands before whom it needs */
	uint32_t *first_in, *first_out;	  /* [ntasks + 1], of in and out */
	uint32_t *in, *out;		  /* numbers of m->before, by b; by a */
	uint32_t *members, *first_member; /* tasks by region */
	double *key;			  /* by task: the list's order */
	uint32_t *list;
	uint8_t *at; /* what is tried */
	struct np_room work;
	struct np_schedule best;
	double since; /* seconds of the clock */
};

int np_room_open(struct np_room *r, const struct np_model *m,
		 struct np_arena *mem);
void np_room_copy(struct np_room *to, const struct np_room *from);
bool np_room_fits(const struct np_room *r, uint32_t task, uint32_t t);
/* n 1: puts it there; -1: takes it away. "Later" needs no room. */
void np_room_put(struct np_room *r, uint32_t task, uint32_t t, int n);

/* From s->key a plan, into s->at and s->work: each task in turn as early as
 * there is room. Then exchanges in pairs. Kept where it is the best so far. */
void np_list(struct np_solver *s);
/* The best plan once more, piece by piece, by s->key, as long as there is
 * time. */
void np_mend(struct np_solver *s);
/* Is s->at better than the best? Then it is that. */
bool np_keep_better(struct np_solver *s);
int64_t np_money_of(const struct np_model *m, const uint8_t *at);
int64_t np_area_of(const struct np_model *m, const uint8_t *at);
/* Goes through all plans of a small model, as long as there is time. */
void np_exact(struct np_solver *s);
/* Raises s->best.bound by the linear programme, and tries lists on the way. */
int np_relax(struct np_solver *s);
/* Time over, stopped, or good enough. */
bool np_enough(struct np_solver *s);
void np_show_progress(struct np_solver *s);
double np_seconds(void);
#endif
