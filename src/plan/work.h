/* SPDX-License-Identifier: ISC */
/*
 * From findings to the model: each box in scope is replaced and then removed.
 * The replacement weighs nothing, needs what is delivered and costs equipment,
 * licence and labour; the removal ends its part of the curve and costs tower
 * work and disposal.
 */
#ifndef NP_PLAN_WORK_H
#define NP_PLAN_WORK_H
#include "place/place.h"
#include "plan/file.h"

#define NP_NO_BOX UINT32_MAX

/* What a box may be replaced by. */
struct np_offer {
	const char *name; /* an option's; NULL: nobody gave it one */
	int64_t cost[3];  /* low, expected, high, without running both */
	unsigned without; /* items of its template without a row, as bits */
	uint32_t lead;
};

struct np_box {
	const struct np_device *device;
	const char *label; /* the inventory's, else its id */
	const char *site, *region;
	const char *clause;	/* whose date it is; NULL: no date */
	int32_t date;		/* the earliest date of a duty to remove */
	int64_t weight;		/* for each period, in hundredths */
	struct np_offer *offer; /* by way of its replacement, at least one */
	uint32_t noffers;
	uint32_t replace, remove; /* its tasks */
	bool zone;		  /* serves a protected zone */
};

struct np_work {
	struct np_model m;
	struct np_box *box;
	uint32_t nboxes;
	uint32_t *box_of;    /* by task */
	const char **option; /* names, as plan.yaml has them */
	uint32_t noptions;
	const char **region; /* by number */
	const char **area;
	struct np_task *task; /* the model's, to be varied */
	struct np_before *before;
	struct np_way *way;
	struct np_pick *pick;
	struct np_apart *apart;
	uint32_t nways, npicks;
	int64_t *crews, *calm;
	int64_t fund[NP_PERIODS];
};

struct np_work_ask {
	const struct np_plan_file *file;
	const struct np_costs *costs; /* NULL: nobody said what it costs */
	const struct np_cost_templates *templates;
	const struct np_devices *devices;
	const struct np_findings *findings;
	const struct np_places *places; /* may be NULL */
	const struct np_party *party;
};

/* NP_EINPUT: a key of plan.yaml names what is not there, or what comes before
 * what goes round in circles; with file and line. */
int np_work(const struct np_work_ask *a, struct np_arena *mem,
	    struct np_work *ret, struct np_err *reterr);

/* What a plan replaces a box by; of one that it leaves, the first. */
static inline const struct np_offer *np_offer_of(const struct np_box *x,
						 const struct np_schedule *s)
{
	return &x->offer[s->way ? s->way[x->replace] : 0];
}
/* Money and crews of a task as a plan (NULL: its first way) has it. */
struct np_way np_way_of(const struct np_work *w, const struct np_schedule *s,
			uint32_t task);

/* What became of the boxes until a day. */
struct np_happened {
	int32_t as_of;
	const int32_t *out; /* by box: the day it was out, or NP_NODAY */
	uint32_t late; /* filled: contracts whose day is past, of boxes that
			  are still there */
};
/* Makes a model of what is left to be planned. */
int np_work_happened(struct np_work *w, const struct np_plan_file *f,
		     struct np_happened *h, struct np_arena *mem);

/* Why a deadline is not kept, and the least that would keep it. */
struct np_clash {
	const char *region;
	int32_t date;
	uint32_t boxes;	  /* that miss it */
	uint32_t periods; /* later it would be kept as it is; 0: not within
			     the horizon */
	int64_t crews;	  /* more crews of the region; -1: no number does */
	int64_t money;	  /* more money at the beginning; -1: no sum does */
	bool unsought;	  /* the time was over: nobody looked */
	bool both;	  /* only both together do */
	bool by_itself;	  /* lead times, permits, windows or the date alone
			     make it impossible */
};
/* One for each region and date that the schedule misses, by date; looks for
 * what would keep them for about so many seconds. */
int np_clashes(const struct np_work *w, const struct np_schedule *s,
	       double seconds, struct np_arena *mem, struct np_clash **ret,
	       size_t *ret_n);
#endif
