/* SPDX-License-Identifier: ISC */
/* A plan that was written down as nameplate.plan/1 and is read again: by whom
 * it is drawn, which may be years later and from somebody else's dossier. */
#ifndef NP_PLAN_KEPT_H
#define NP_PLAN_KEPT_H
#include "plan/plan.h"

#define NP_KEPT_OCTETS ((size_t)256 << 20)
#define NP_KEPT_BOXES 1000000u
#define NP_KEPT_CLASHES 10000u
#define NP_KEPT_MOST INT64_C(1000000000000) /* a weight, a sum of money */

struct np_kept_wave {
	int32_t from, until; /* its first and its last day */
};

struct np_kept_box {
	const char *device, *label, *site, *region, *clause; /* or NULL */
	int64_t weight;
	int64_t cost[3];	    /* low, expected, high; hundredths */
	uint32_t replaced, removed; /* waves from 1; 0: later */
	int32_t date;		    /* NP_NODAY: none */
	int32_t out; /* the day it was out by `--actual`, or NP_NODAY */
	/* By which day the plan wanted it out, or NP_NODAY; one that was made
	 * anew carries on what was planned at first. */
	struct np_kept_day {
		int32_t day;
		bool said;
	} planned;
	bool late;
};

/* What became of a box, as it was written down. */
struct np_kept_out {
	const char *device;
	int32_t out;
};

struct np_kept_plan {
	const char *scenario, *currency; /* or NULL */
	int64_t money;			 /* that is spent, in hundredths */
	int64_t area, bound; /* in scope over time, weighted; hundredths */
	int32_t scope_day;   /* as of which its boxes are in scope */
	int32_t as_of;	     /* of `--actual`; NP_NODAY: nobody asked */
	struct np_kept_wave wave[NP_PERIODS];
	uint32_t nwaves;
	struct np_kept_box *box;
	uint32_t nboxes, cap;
	const char **clash; /* sentences */
	uint32_t nclashes, clash_cap;
	struct np_kept_out *out; /* of the boxes, in their order */
	uint32_t nouts, out_cap;
};

/* Texts live in `mem`. NP_EINPUT: it is no such plan, and why (text); NP_ENOMEM
 * or NP_ELIMIT. */
int np_kept_plan(const char *json, size_t n, struct np_arena *mem,
		 struct np_kept_plan *ret, struct np_err *reterr);
#endif
