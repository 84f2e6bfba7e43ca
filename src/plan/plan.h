/* SPDX-License-Identifier: ISC */
/*
 * plan(): what is removed in which period at which site.
 *
 * The model knows no boxes and no law: tasks, periods and what is scarce. A
 * task takes one period, of those its permits, windows and lead times leave it.
 * It needs crews of its region and money; while it runs, an area bears an
 * outage; it may have to wait for others. One that does not fit into the
 * horizon is "later", which is no failure: it is counted and shown.
 *
 * A task may be done in one of several ways, which differ in when, in money and
 * in crews: what a box is replaced by. Ways of different tasks may exclude each
 * other, and one way may have to wait where another has not.
 *
 * What is made small is the area under the curve of what is in scope: a task's
 * weight for each period until it is done, that period included, and `late`
 * times the weight for each period behind its deadline; "later" counts as the
 * period behind the last. All of it is whole numbers. Where plans are equal in
 * that, the cheaper one is better.
 *
 * Who solves it does not check it: np_plan_check() shares no code with it.
 */
#ifndef NP_PLAN_H
#define NP_PLAN_H
#include "core/arena.h"
#include "core/err.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NP_PERIODS 60 /* at most */
#define NP_NO_LIMIT INT64_C(-1)
#define NP_NO_DEADLINE INT32_MAX
#define NP_NO_AREA UINT32_MAX
#define NP_FREE UINT8_MAX

#define NP_WAYS 32 /* of one task, at most */

struct np_way {
	int64_t money;	  /* spent in its period, in cents */
	int64_t crew;	  /* crews of its region, in its period */
	uint64_t allowed; /* bit t: it may be done in period t */
};

struct np_task {
	int64_t weight;	  /* for each period it is not done; 0: none */
	int64_t money;	  /* these three are the only way there is, */
	int64_t crew;	  /* ... */
	uint64_t allowed; /* ... unless it has others: */
	uint32_t way;	  /* the first of them in the model's list */
	uint8_t nways;	  /* 0: none; a frozen one has at most one */
	uint32_t region;  /* whose crews */
	uint32_t area;	  /* that bears its outage, or NP_NO_AREA */
	int32_t deadline; /* the last period in time, -1: none is, or
			     NP_NO_DEADLINE */
	uint8_t frozen;	  /* under contract: its period; else NP_FREE */
};

/* b is done lag periods after a, or more; never without it. */
struct np_before {
	uint32_t a, b;
	uint8_t lag;
	uint8_t only;  /* 0: always; k: where b is done in its k-th way */
	int64_t twice; /* what running both costs, for each period between,
			  where b waits: always, or done in that way */
};

struct np_pick {
	uint32_t task;
	uint8_t way; /* of the task's, from 0 */
};

/* None of the picks first .. split - 1 beside any of split .. end - 1, where
 * both are done within the horizon. */
struct np_apart {
	uint32_t first, split, end;
};

struct np_model {
	const struct np_task *task;
	const struct np_way *way;     /* of all tasks that have several */
	const struct np_pick *pick;   /* of all that stay apart */
	const struct np_apart *apart; /* may be NULL with napart 0 */
	uint32_t napart;
	const struct np_before *before; /* without circles */
	uint32_t ntasks, nbefore, nregions, nareas;
	uint32_t periods;
	const int64_t *crews; /* [region * periods + t], NP_NO_LIMIT */
	const int64_t *calm;  /* [area]: tasks in one period, NP_NO_LIMIT */
	const int64_t *fund;  /* [t]: what arrives then; NULL: no limit */
	bool carry;	      /* what is not spent stays for later periods */
	int64_t total;	      /* of all periods, or NP_NO_LIMIT */
	int64_t late;
};

/* What a task counts in period t (periods: later). Asked in every swap. */
static inline int64_t np_task_area(const struct np_model *m, uint32_t task,
				   uint32_t t)
{
	const struct np_task *j = &m->task[task];
	int64_t past = (int64_t)t - j->deadline;

	return j->weight * ((int64_t)t + 1) +
	       (past > 0 && j->deadline != NP_NO_DEADLINE
			? j->weight * m->late * past
			: 0);
}

enum np_solved {
	NP_PROVEN,  /* no plan is better: in area; small ones, in cost too */
	NP_WITHIN,  /* the gap that was asked for is proven */
	NP_TIME,    /* the time is over */
	NP_STOPPED, /* somebody stopped it */
};

struct np_schedule {
	uint8_t *at;   /* by task: its period, or `periods` for later */
	uint8_t *way;  /* by task: which of its ways; NULL: the first */
	int64_t area;  /* what was made small, deadlines' part included */
	int64_t bound; /* no plan has less */
	int64_t money; /* spent, running both included */
	enum np_solved how;
	bool least; /* and none as good costs less */
};

/* (area - bound) / area; 0 where there is nothing to do. */
double np_gap(const struct np_schedule *s);

struct np_solve_how {
	double seconds; /* at most, about */
	double gap;	/* good enough: 0.003 */
	bool polish;	/* with Cbc, in the second half of the time */
	bool programme; /* small ones too by the linear programme alone: tests
			 */
	bool parts;	/* and part by part */
	const volatile int *stopped; /* may be NULL */
	void (*progress)(void *ctx, const struct np_schedule *s); /* or NULL */
	void *ctx;
};

/* The best plan in that time; there always is one. Memory is mem's. NP_ENOMEM,
 * or NP_EUSAGE: the model goes round in circles, or is too large. */
int np_plan_solve(const struct np_model *m, const struct np_solve_how *how,
		  struct np_arena *mem, struct np_schedule *ret,
		  struct np_err *reterr);

/* ---- the checker (check.c) */

enum np_breach_kind {
	NP_B_PERIOD,  /* not in a period it is allowed in */
	NP_B_FROZEN,  /* not where it is frozen */
	NP_B_BEFORE,  /* too early after the other */
	NP_B_CREWS,   /* of a region, in a period */
	NP_B_OUTAGES, /* of an area, in a period */
	NP_B_MONEY,   /* until the end of a period, or in it */
	NP_B_TOTAL,
	NP_B_WAY,   /* there is no such way */
	NP_B_APART, /* two ways that exclude each other */
	NP_B_SUM,   /* what the plan says of itself is not so */
};

struct np_breach {
	enum np_breach_kind kind;
	uint32_t task, other; /* of PERIOD, FROZEN, BEFORE, WAY, APART */
	uint32_t where;	      /* region or area */
	uint32_t period;
	int64_t needs, has;
};

/* Every constraint again; how many do not hold, of which the first `cap` are
 * written to v. The schedule's area and money are added up again. */
size_t np_plan_check(const struct np_model *m, const struct np_schedule *s,
		     struct np_breach *v, size_t cap);
#endif
