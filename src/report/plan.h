/* SPDX-License-Identifier: ISC */
/* What `plan` shows: for a person, as JSON (nameplate.plan/1), as a table and
 * as a calendar. */
#ifndef NP_REPORT_PLAN_H
#define NP_REPORT_PLAN_H
#include "compare/custody.h"
#include "core/buf.h"
#include "plan/burndown.h"
#include "plan/work.h"
#include "report/writer.h"

/* What became of the plan's boxes, by a fresh dossier. */
struct np_track {
	int32_t as_of;
	enum np_removal *removal; /* by box */
	int32_t *out;		  /* the day, or NP_NODAY */
	int32_t *planned;	  /* by which day; NP_NODAY: none, or later */
	bool was_planned;	  /* a plan was kept before */
	uint32_t late; /* contracts whose day is past, of boxes still there */
};

struct np_plan_page {
	const struct np_report *r;
	const struct np_style *s;
	const struct np_plan_file *file;
	const struct np_costs *costs; /* NULL: none */
	const struct np_work *work;
	const struct np_schedule *plan;
	const struct np_clash *clash;
	size_t nclashes;
	const char *scenario;	      /* NULL: the file's own */
	const struct np_track *track; /* NULL: nobody asked */
	const struct np_burndown *burn;
	size_t breaches; /* that the checker found: 0 */
};

/* The burn-down of the page's plan, with what its track says; its `burn` is not
 * looked at. NP_ENOMEM, NP_ELIMIT. */
int np_plan_burndown(const struct np_plan_page *p, struct np_arena *mem,
		     struct np_burndown *ret, struct np_err *reterr);

/* 0, NP_ENOMEM or NP_EIO. */
int np_write_plan_text(const struct np_plan_page *p, FILE *to);
int np_write_plan_json(const struct np_plan_page *p, FILE *to);
int np_write_plan_csv(const struct np_plan_page *p, FILE *to);
int np_write_plan_ics(const struct np_plan_page *p, FILE *to);

/* ---- what its files share */

/* In a period: what is spent, running both included; what is still in scope at
 * its end, in boxes and in weight; crews of all regions. */
struct np_wave {
	int64_t money, crews, weight;
	uint32_t replaced, removed, left;
};
void np_wave(const struct np_plan_page *p, uint32_t t, struct np_wave *ret);
/* Of an option: boxes that are replaced by it within the plan, those that may
 * be, and what is spent on it when they are replaced. */
struct np_chosen {
	uint32_t boxes, may;
	int64_t money;
};
void np_chosen(const struct np_plan_page *p, const char *option,
	       struct np_chosen *ret);
/* "no plan is better", "the gap that was asked for is proven" … */
const char *np_solved_words(const struct np_schedule *s);
/* "1,234.50" */
void np_put_money(struct np_buf *b, int64_t hundredths);
/* One sentence: what would keep the deadline. */
void np_put_clash(const struct np_plan_page *p, const struct np_clash *c,
		  struct np_buf *b);
/* What became of the boxes, and the forecast; a member "actual". */
void np_put_track(const struct np_plan_page *p, struct np_buf *b);
void np_put_track_json(const struct np_plan_page *p, struct np_buf *b);
/* The burn-down as a chart for a terminal; a member "burndown". */
void np_put_burn(const struct np_plan_page *p, struct np_buf *b);
void np_put_burn_json(const struct np_plan_page *p, struct np_buf *b);
/* ISO 4217 of what is spent; "" where nothing is said. */
const char *np_plan_currency(const struct np_plan_page *p);
#endif
