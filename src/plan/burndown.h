/* SPDX-License-Identifier: ISC */
/*
 * Burn-down: what is still in scope from day to day, in boxes and in risk, as
 * it was planned, as it became and as the law's dates want it; and when all of
 * it will be out, by what has happened so far.
 *
 * A pure function of the boxes' days: no clock, no law, no file. Risk is the
 * boxes' weight as the plan has it: by function, by the user's own weights, and
 * more for what serves a protected zone.
 */
#ifndef NP_PLAN_BURNDOWN_H
#define NP_PLAN_BURNDOWN_H
#include "core/arena.h"
#include "core/err.h"
#include "core/time.h"
#include <stddef.h>

#define NP_BURN_BOXES ((size_t)1000000)

enum np_burn_series {
	NP_BURN_PLANNED,
	NP_BURN_ACTUAL,	  /* empty where nobody said what happened */
	NP_BURN_DEADLINE, /* what may be left if every date is kept */
	NP_BURN_NSERIES
};
const char *np_burn_name(enum np_burn_series s); /* "planned" … */

struct np_burn_box {
	const char *device; /* its id */
	int64_t weight;	    /* in hundredths, 0 or more */
	int32_t planned;    /* the last day of its wave; NP_NODAY: later */
	int32_t date;	    /* by which it has to be out; NP_NODAY: none */
	int32_t out;	    /* the day it was out; NP_NODAY: it is not */
};

struct np_burn_ask {
	struct np_burn_box *box; /* only read by np_burndown() */
	size_t n;
	int32_t from;  /* the first day of the plan */
	int32_t until; /* the last one */
	int32_t as_of; /* the day up to which `out` is known; NP_NODAY: it is
			  not, and there is neither a series nor a forecast */
};

/* What is left at the end of a day. Between two points nothing changes: the
 * line goes on level and falls at the next one. */
struct np_burn_point {
	int32_t day;
	uint32_t boxes;
	int64_t weight;
};

struct np_burn_line {
	const struct np_burn_point *v; /* by day, from `from` on; what is only
					  known earlier: of that day */
	size_t n;
};

/* Why there is no forecast, or that there is one. */
enum np_forecast_state {
	NP_FC_UNKNOWN, /* nobody said what happened */
	NP_FC_EARLY,   /* too few days with removals, or weeks: see below */
	NP_FC_SAID,
	NP_FC_DONE, /* all are out */
};
#define NP_FC_VISITS 3 /* days on which boxes went out, at least */
#define NP_FC_WEEKS 4  /* since the plan's first day, at least */

/* The day on which all of them are out, if it goes on as it did since the
 * plan's first day. Nine of ten such intervals hold that day (forecast.c says
 * by what reckoning); each end is missed by one of twenty. */
struct np_forecast {
	enum np_forecast_state state;
	int32_t day, soonest, latest; /* NP_NODAY: none that can be said */
};
const char *np_forecast_name(enum np_forecast_state s); /* "early" … */

struct np_burndown {
	struct np_burn_line line[NP_BURN_NSERIES];
	uint32_t boxes; /* of the plan */
	int64_t weight;
	struct np_forecast forecast;
};

/* NP_ENOMEM, or NP_ELIMIT: more than NP_BURN_BOXES. */
int np_burndown(const struct np_burn_ask *a, struct np_arena *mem,
		struct np_burndown *ret, struct np_err *reterr);
/* What is left at the end of a day; before the first point all is. */
struct np_burn_point np_burn_at(const struct np_burndown *b,
				enum np_burn_series s, int32_t day);
#endif
