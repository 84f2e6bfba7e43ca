/* SPDX-License-Identifier: ISC */
/* A plan for a person: waves, burn-down, dates, what stands against them. */
#include "core/time.h"
#include "report/page.h"
#include "report/plan.h"
#include "report/table.h"

static void put_text(struct np_buf *b, const char *s)
{
	np_putterm(b, s, strlen(s));
}

static void put_gap(const struct np_plan_page *p, struct np_buf *b)
{
	const struct np_schedule *s = p->plan;

	np_puts(b, "In scope over time, weighted: ");
	np_put_money(b, s->area);
	np_puts(b,
		" box-periods, dates' part included; no plan has less than ");
	np_put_money(b, s->bound);
	np_putf(b, ".\nGap: %.2f %% (%s).", 100 * np_gap(s),
		np_solved_words(s));
	np_putf(b, " Checked by code that is not the solver's: %s.\n",
		p->breaches ? "IT DOES NOT HOLD" : "every constraint holds");
}

static void put_cost(const struct np_plan_page *p, struct np_buf *b)
{
	static const char *const figure[] = {"low", "expected", "high"};
	const struct np_work *w = p->work;
	int64_t low = 0, high = 0;
	uint32_t without[NP_C_ITEMS] = {0};

	for (uint32_t i = 0; i < w->nboxes; i++) {
		const struct np_offer *o = np_offer_of(&w->box[i], p->plan);

		low += o->cost[0];
		high += o->cost[2];
		for (unsigned k = 0; k < NP_C_ITEMS; k++)
			without[k] += o->without >> k & 1;
	}
	if (!p->costs) {
		np_puts(b, "Cost: not stated (--costs FILE).\n");
		return;
	}
	np_puts(b, "Cost of what is planned: ");
	np_put_money(b, p->plan->money);
	np_putf(b, " %s (%s figures); of all boxes without running both: ",
		np_plan_currency(p), figure[p->file->figure]);
	np_put_money(b, low);
	np_puts(b, " to ");
	np_put_money(b, high);
	np_puts(b, ".\n");
	for (unsigned k = 0; k < NP_C_ITEMS; k++)
		if (without[k])
			np_putf(b, "Not stated, and counted as 0: %s, of %u.\n",
				np_cost_item_name((enum np_cost_item)k),
				without[k]);
}

static void put_names(const struct np_plan_page *p, uint32_t t, bool remove,
		      struct np_buf *b)
{
	const struct np_work *w = p->work;
	uint32_t n = 0;

	for (uint32_t i = 0; i < w->nboxes; i++) {
		uint32_t j = remove ? w->box[i].remove : w->box[i].replace;

		if (p->plan->at[j] != t)
			continue;
		if (n++ < 8 || p->s->all) {
			const char *by = np_offer_of(&w->box[i], p->plan)->name;

			np_puts(b, n > 1 ? " " : "");
			put_text(b, w->box[i].label);
			if (!by || remove)
				continue;
			np_puts(b, " (");
			put_text(b, by);
			np_putc(b, ')');
		}
	}
	if (n > 8 && !p->s->all)
		np_putf(b, " and %u more", n - 8);
	if (!n)
		np_putc(b, '-');
}

static void cell(struct np_table *t, struct np_buf *b)
{
	np_table_cell(t, b->p ? b->p : "", b->n);
	np_buf_clear(b);
}

static void put_waves(const struct np_plan_page *p, struct np_buf *b)
{
	static const char *const titles[] = {
		"wave",	 "from",  "replaced",		"removed",
		"crews", "spent", "in scope at its end"};
	struct np_buf c = np_buf((size_t)1 << 20);
	struct np_table t;
	char day[16];

	np_table_open(&t, titles, 7);
	for (uint32_t i = 0; i <= p->file->periods; i++) {
		struct np_wave x;

		np_wave(p, i, &x);
		if (i == p->file->periods) {
			if (!x.removed)
				break;
			np_puts(&c, "later");
			cell(&t, &c);
			np_putc(&c, '-');
		} else {
			np_putf(&c, "%u", i + 1);
			cell(&t, &c);
			np_puts(&c, np_day_text(p->file->first_day[i], day));
		}
		cell(&t, &c);
		put_names(p, i, false, &c);
		cell(&t, &c);
		put_names(p, i, true, &c);
		cell(&t, &c);
		if (i < p->file->periods)
			np_putf(&c, "%lld", (long long)x.crews);
		cell(&t, &c);
		if (i < p->file->periods)
			np_put_money(&c, x.money);
		cell(&t, &c);
		if (i < p->file->periods)
			np_putf(&c, "%u", x.left);
		cell(&t, &c);
	}
	np_table_write(&t, p->s->width, p->s->colour, b);
	np_table_close(&t);
	np_buf_free(&c);
}

static void put_dates(const struct np_plan_page *p, struct np_buf *b)
{
	const struct np_work *w = p->work;
	char day[16];
	bool any = false;

	for (uint32_t i = 0; i < w->nboxes; i++) {
		const struct np_box *x = &w->box[i];
		uint32_t at = p->plan->at[x->remove];

		if (!x->clause)
			continue;
		np_puts(b, any ? "" : "\nDates\n");
		any = true;
		np_putf(b, "  %s  ", np_day_text(x->date, day));
		put_text(b, x->label);
		np_putf(b, "  %s: ", x->clause);
		if (x->date < p->r->as_of)
			np_putf(b,
				"the date was %d days ago; was a later "
				"date granted? ",
				p->r->as_of - x->date);
		if (at >= p->file->periods)
			np_puts(b, "not within the plan's periods\n");
		else if ((int32_t)at <= w->task[x->remove].deadline)
			np_putf(b, "removed in wave %u, in time\n", at + 1);
		else
			np_putf(b, "removed in wave %u, which ends behind it\n",
				at + 1);
	}
}

static void put_clashes(const struct np_plan_page *p, struct np_buf *b)
{
	if (p->nclashes)
		np_puts(b, "\nWhat stands against the dates\n");
	for (size_t i = 0; i < p->nclashes; i++) {
		np_puts(b, "  ");
		np_put_clash(p, &p->clash[i], b);
		np_puts(b, ".\n");
	}
}

/* Options in the order of plan.yaml, and how often each was chosen. */
static void put_options(const struct np_plan_page *p, struct np_buf *b)
{
	const struct np_work *w = p->work;

	if (w->noptions)
		np_puts(b, "\nReplaced by\n");
	for (uint32_t k = 0; k < w->noptions; k++) {
		struct np_chosen x;

		np_chosen(p, w->option[k], &x);
		np_puts(b, "  ");
		put_text(b, w->option[k]);
		np_putf(b, ": %u of %u box%s that it may replace", x.boxes,
			x.may, x.may == 1 ? "" : "es");
		if (p->costs) {
			np_puts(b, ", ");
			np_put_money(b, x.money);
			np_putf(b, " %s", np_plan_currency(p));
		}
		np_putc(b, '\n');
	}
}

int np_write_plan_text(const struct np_plan_page *p, FILE *to)
{
	struct np_buf b = np_buf((size_t)256 << 20);
	char day[16], from[16];
	int rc;

	np_putf(&b, "Plan%s", p->scenario ? ", scenario " : "");
	if (p->scenario)
		put_text(&b, p->scenario);
	np_putf(&b,
		": %u boxes in scope as of %s, %u waves of %u month%s from "
		"%s.\n",
		p->work->nboxes, np_day_text(p->r->as_of, day),
		p->file->periods, p->file->months,
		p->file->months == 1 ? "" : "s",
		np_day_text(p->file->start, from));
	if (p->work->nboxes) {
		put_gap(p, &b);
		put_cost(p, &b);
		np_putc(&b, '\n');
		put_waves(p, &b);
		np_put_burn(p, &b);
		put_options(p, &b);
		put_dates(p, &b);
		put_clashes(p, &b);
		if (p->track)
			np_put_track(p, &b);
	}
	rc = b.failed ? NP_ENOMEM : np_put_out(&b, to);
	np_buf_free(&b);
	return rc;
}
