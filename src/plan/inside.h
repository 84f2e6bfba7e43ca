/* SPDX-License-Identifier: ISC */
/* What the solver's files share; the checker includes none of it. */
#ifndef NP_PLAN_INSIDE_H
#define NP_PLAN_INSIDE_H
#include "plan/plan.h"

/* What is left of everything scarce beside the tasks that were put, and which
 * ways they took. */
struct np_room {
	const struct np_solver *s;
	int64_t *crews; /* [region * periods + t] */
	int64_t *calm;	/* [area * periods + t] */
	int64_t *money; /* [t]; with carry: of all until then */
	int64_t total;
	uint32_t *taken; /* [apart * 2 + side]: ways of it */
};

/* By what a way is chosen where several are free. */
enum np_choosing { NP_BY_WISH, NP_BY_TIME, NP_BY_MONEY };

/* What is the same all along: who comes before whom, and where each may be. */
struct np_solver {
	const struct np_model *given;
	struct np_model now;	  /* it, each task as its chosen way has it */
	const struct np_model *m; /* that */
	const struct np_solve_how *how;
	struct np_arena *mem;
	struct np_room room;	     /* with the frozen ones put */
	struct np_task *task;	     /* now's */
	struct np_way *way;	     /* of all tasks; each has at least one */
	uint32_t *first_way;	     /* [ntasks + 1] */
	uint32_t *side, *first_side; /* by way: apart * 2 + side; [ways + 1] */
	uint8_t *chosen;	     /* by task: which of its ways */
	float *wish;		     /* by way */
	enum np_choosing choosing;
	uint64_t *wide;	   /* narrowed by what comes before and behind */
	uint64_t *allowed; /* of it, what the chosen way leaves */
	bool *must;	   /* a frozen one waits for it */
	uint32_t *order;   /* such that nobody stands before whom it needs */
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

static inline uint32_t np_ways_of(const struct np_solver *s, uint32_t task)
{
	return s->first_way[task + 1] - s->first_way[task];
}

/* Does it hold, as b's way is chosen? */
static inline bool np_waits(const struct np_solver *s,
			    const struct np_before *b)
{
	return !b->only || s->chosen[b->b] + 1 == b->only;
}

/* Chooses a way of a task that is not put. */
void np_take_way(struct np_solver *s, uint32_t task, uint32_t way);
/* Is there no way put that excludes this one? Its number is among all. */
bool np_way_is_free(const struct np_room *r, uint32_t way);
int np_room_open(struct np_room *r, const struct np_solver *s,
		 struct np_arena *mem);
void np_room_copy(struct np_room *to, const struct np_room *from);
bool np_room_fits(const struct np_room *r, uint32_t task, uint32_t t);
/* n 1: puts it there; -1: takes it away. "Later" needs no room. */
void np_room_put(struct np_room *r, uint32_t task, uint32_t t, int n);

/* From s->key a plan, into s->at and s->work: each task in turn as early as
 * there is room. Then exchanges in pairs. Kept where it is the best so far. */
void np_list(struct np_solver *s);
/* The first period after all that come before a task. */
uint32_t np_ready(const struct np_solver *s, uint32_t task);
uint32_t np_earliest_room(const struct np_solver *s, uint32_t task,
			  uint32_t from, uint32_t until);
/* Would a task that is put there keep its order and its periods? */
bool np_may_be(const struct np_solver *s, uint32_t task, uint32_t t);
/* Puts the best plan: s->at, s->work and ways are its. */
void np_take_best(struct np_solver *s);
/* The best plan once more, piece by piece, by s->key, until so many seconds are
 * over since the solver began. */
void np_mend(struct np_solver *s, double seconds);
/* The same by Cbc; nothing where the build has none. */
void np_polish(struct np_solver *s);
/* Is s->at better than the best? Then it is that. */
bool np_keep_better(struct np_solver *s);
/* Of s->at in the ways that are chosen. */
int64_t np_money_of(const struct np_solver *s);
int64_t np_area_of(const struct np_solver *s);
/* Goes through all plans of a small model, as long as there is time. */
void np_exact(struct np_solver *s);
/* ways.c: what the model says of ways, in tables; */
int np_ways_open(struct np_solver *s);
/* the way of a task that is best as things stand, and when it may be done so,
 * not before all that come before it; m->periods: later. */
uint32_t np_choose(struct np_solver *s, uint32_t task);
/* lists in which other ways are wished for, as long as there is time. */
void np_wish(struct np_solver *s);
/* What money or crews alone prove of the area. */
int64_t np_knapsack(struct np_solver *s);
/* Raises s->best.bound by the linear programme, and tries lists on the way. */
int np_relax(struct np_solver *s);
/* Time over, stopped, or good enough. */
bool np_enough(struct np_solver *s);
void np_show_progress(struct np_solver *s);
double np_seconds(void);
#endif
