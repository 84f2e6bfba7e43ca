/* SPDX-License-Identifier: ISC */
/*
 * The party's two files: costs.csv and plan.yaml. What is wrong in them is
 * refused with file and row. Money is in hundredths of the plan's currency; two
 * currencies are never added.
 */
#ifndef NP_PLAN_FILE_H
#define NP_PLAN_FILE_H
#include "core/yaml.h"
#include "plan/plan.h"

enum np_cost_item {
	NP_C_EQUIPMENT,
	NP_C_LABOUR,
	NP_C_TOWER,
	NP_C_LICENCE,
	NP_C_DISPOSAL,
	NP_C_DOUBLE, /* running both, for each period */
	NP_C_ITEMS
};
const char *np_cost_item_name(enum np_cost_item i); /* "equipment" … */

/* A row of costs.csv: what it is about, and its three figures. */
struct np_cost {
	const char *about; /* a device, family or function; "*": all */
	enum np_cost_item item;
	int64_t figure[3]; /* low, expected, high */
	char currency[4];
	int32_t date;	    /* of the figures */
	const char *source; /* may be NULL */
	uint64_t line;
};

struct np_costs {
	const char *path;
	struct np_cost *v;
	size_t n, cap;
};

/* NP_EINPUT: file (what), row (at), cell (column), what was expected. */
int np_costs_read(const char *path, struct np_arena *mem, struct np_costs *ret,
		  struct np_err *reterr);

/* The row that is most about this one: what replaces it, its own names, its
 * family, its function, the longer the better ("core/amf", "core"), then "*".
 */
#define NP_COST_NAMES 3 /* any may be NULL */
const struct np_cost *np_cost_of(const struct np_costs *c,
				 enum np_cost_item item,
				 const char *const name[static NP_COST_NAMES],
				 const char *family, const char *function);

/* knowledge/costs.yaml: what a box of a function takes, as bits of items. */
struct np_cost_templates {
	const struct np_yaml *list;
};
/* DIR/costs.yaml, if there is one; else what was compiled in. NP_EINPUT with
 * file, line, column and what was expected. */
int np_cost_templates_open(const char *dir, struct np_arena *mem,
			   struct np_cost_templates *ret,
			   struct np_err *reterr);
unsigned np_cost_template(const struct np_cost_templates *t,
			  const char *function);

struct np_plan_file {
	const char *path;
	const struct np_yaml *root;
	const struct np_yaml *scenario; /* what it says comes first */
	char currency[4];
	int32_t start;			   /* the first period's first day */
	uint32_t periods, months;	   /* months in a period */
	int32_t first_day[NP_PERIODS + 1]; /* of each, and behind the last */
	int64_t fund[NP_PERIODS], total, late;
	bool funded, carry, only_remove;
	unsigned figure; /* of costs: 0 low, 1 expected, 2 high */
	uint32_t overlap, lead;
	double zone; /* factor of what serves a protected zone */
};

/* path NULL: a plan of 12 quarters from `today` on without limits. `scenario`
 * (may be NULL) is one of the file's. */
int np_plan_read(const char *path, const char *scenario, int32_t today,
		 struct np_arena *mem, struct np_plan_file *ret,
		 struct np_err *reterr);
/* A key of the scenario, or else of the file. */
const struct np_yaml *np_plan_key(const struct np_plan_file *f,
				  const char *key);
/* "1200.50": hundredths; false: no such number, or below 0. */
bool np_read_money(const char *s, int64_t *ret);
bool np_is_currency(const char *s);
/* The period that holds a day; -1: before the first, periods: behind. */
int32_t np_period_of(const struct np_plan_file *f, int32_t day);
/* The last period that ends before a date is over. */
int32_t np_period_in_time(const struct np_plan_file *f, int32_t date);
#endif
