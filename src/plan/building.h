/* SPDX-License-Identifier: ISC */
/* What the files share that make a model of findings and plan.yaml: work.c the
 * boxes and their tasks, offers.c what they may be replaced by, order.c who
 * comes before whom. */
#ifndef NP_PLAN_BUILDING_H
#define NP_PLAN_BUILDING_H
#include "plan/work.h"

/* Within what something holds. */
enum np_within { NP_W_SITE, NP_W_REGION, NP_W_ALL, NP_WITHINS };

/* One of plan.yaml's options. */
struct np_option_said {
	const struct np_yaml *said;
	const char *name;
	enum np_within within;
};

struct np_building {
	const struct np_work_ask *a;
	struct np_arena *mem;
	struct np_work *w;
	struct np_err *err;
	const struct np_yaml **said; /* by m.before: where it is said */
	size_t before_cap, way_cap, pick_cap, apart_cap;
	struct np_option_said *option;
	uint32_t noptions;
	uint32_t *by_place[NP_WITHINS]; /* boxes in the order of it; or NULL */
	bool *hit;			/* by box, for who asks */
};

int np_building_expect(const struct np_building *b, const struct np_yaml *y,
		       const char *expected);
int np_building_no_memory(const struct np_building *b);
const struct np_yaml *np_building_key(const struct np_building *b,
				      const char *name);
/* An array with room for one more behind its n; NULL: no memory. */
void *np_building_grow(const struct np_building *b, void *v, size_t n,
		       size_t *cap, size_t size);
/* Is a word about a box: its label or id (NP_NAMED), its site, region,
 * function, or "*"? The more, the closer; 0: it is not. */
#define NP_NAMED 1000
size_t np_box_about(const struct np_box *x, const char *word);
/* Is one of a list of words, or the one? */
bool np_box_among(const struct np_box *x, const struct np_yaml *list);
/* The whole number that a key has for a box. */
int np_building_number(const struct np_building *b, const char *name,
		       const struct np_box *x, uint64_t otherwise,
		       uint64_t *ret);
/* What a box costs with an option (NULL: without a name), into `o`; what it
 * costs in the chosen figure when it is replaced and when it is removed. */
void np_building_cost(const struct np_building *b, const struct np_box *x,
		      struct np_offer *o, int64_t money[static 2],
		      int64_t *ret_twice);

/* ---- offers.c */

int np_building_options(struct np_building *b);
/* What a box may be replaced by; its replacement's ways. `t`: what holds of
 * it whichever is taken. */
int np_building_offers(struct np_building *b, uint32_t box, struct np_task *t,
		       const char *only);
/* Which offers exclude each other, and which wait. When all boxes are there. */
int np_building_apart(struct np_building *b);

/* ---- order.c */

int np_building_before(struct np_building *b, struct np_before x,
		       const struct np_yaml *said);
int np_building_order(struct np_building *b);
/* Boxes one behind the other that stand in the same place. */
const uint32_t *np_building_places(struct np_building *b, enum np_within w);
bool np_same_place(const struct np_box *x, const struct np_box *y,
		   enum np_within w);
#endif
