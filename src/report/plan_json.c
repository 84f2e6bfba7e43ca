/* SPDX-License-Identifier: ISC */
/* A plan as one JSON document, nameplate.plan/1. Money and weights are in
 * hundredths, as whole numbers. */
#include "core/time.h"
#include "report/member.h"
#include "report/plan.h"

static const char *const how[] = {
	[NP_PROVEN] = "proven",
	[NP_WITHIN] = "within_gap",
	[NP_TIME] = "time",
	[NP_STOPPED] = "stopped",
};

/* Waves count from 1; null: later. */
static void put_wave_of(const struct np_plan_page *p, struct np_buf *b,
			const char *name, uint32_t task)
{
	uint32_t at = p->plan->at[task];

	if (at < p->file->periods)
		np_putf(b, ",\"%s\":%u", name, at + 1);
	else
		np_putf(b, ",\"%s\":null", name);
}

static void put_box(const struct np_plan_page *p, const struct np_box *x,
		    struct np_buf *b)
{
	const struct np_task *t = &p->work->task[x->remove];
	const struct np_offer *o = np_offer_of(x, p->plan);
	bool first = true;

	np_puts(b, "{\"device\":");
	np_putjsons(b, x->device->id);
	np_member(b, "label", x->label);
	np_member(b, "site", x->site);
	np_member(b, "region", x->region);
	np_member(b, "function", x->device->function);
	np_putf(b, ",\"weight\":%lld,\"zone\":%s", (long long)x->weight,
		x->zone ? "true" : "false");
	np_putf(b, ",\"cost\":{\"low\":%lld,\"expected\":%lld,\"high\":%lld}",
		(long long)o->cost[0], (long long)o->cost[1],
		(long long)o->cost[2]);
	np_puts(b, ",\"not_costed\":[");
	for (unsigned i = 0; p->costs && i < NP_C_ITEMS; i++) {
		if (!(o->without >> i & 1))
			continue;
		np_puts(b, first ? "" : ",");
		np_putjsons(b, np_cost_item_name((enum np_cost_item)i));
		first = false;
	}
	np_putc(b, ']');
	np_member(b, "clause", x->clause);
	np_member_day(b, "date", x->clause ? x->date : NP_NODAY);
	put_wave_of(p, b, "replaced", x->replace);
	put_wave_of(p, b, "removed", x->remove);
	np_member(b, "option",
		  p->plan->at[x->replace] < p->file->periods ? o->name : NULL);
	np_puts(b, ",\"options\":[");
	for (uint32_t k = 0; x->offer[0].name && k < x->noffers; k++) {
		np_puts(b, k ? "," : "");
		np_putjsons(b, x->offer[k].name);
	}
	np_putc(b, ']');
	if (p->track)
		np_member_day(b, "planned",
			      p->track->planned[(size_t)(x - p->work->box)]);
	np_putf(b, ",\"in_time\":%s}",
		t->deadline == NP_NO_DEADLINE			 ? "null"
		: (int32_t)p->plan->at[x->remove] <= t->deadline ? "true"
								 : "false");
}

static void put_waves(const struct np_plan_page *p, struct np_buf *b)
{
	np_puts(b, ",\"waves\":[");
	for (uint32_t t = 0; t < p->file->periods; t++) {
		struct np_wave x;

		np_wave(p, t, &x);
		np_putf(b, "%s\n{\"wave\":%u", t ? "," : "", t + 1);
		np_member_day(b, "from", p->file->first_day[t]);
		np_member_day(b, "until", p->file->first_day[t + 1] - 1);
		np_putf(b,
			",\"replaced\":%u,\"removed\":%u,\"crews\":%lld,"
			"\"spent\":%lld,\"left\":%u,\"left_weight\":%lld}",
			x.replaced, x.removed, (long long)x.crews,
			(long long)x.money, x.left, (long long)x.weight);
	}
	np_putc(b, ']');
}

static void put_clashes(const struct np_plan_page *p, struct np_buf *b)
{
	struct np_buf words = np_buf((size_t)1 << 16);

	np_puts(b, ",\"clashes\":[");
	for (size_t i = 0; i < p->nclashes; i++) {
		const struct np_clash *c = &p->clash[i];

		np_buf_clear(&words);
		np_put_clash(p, c, &words);
		np_puts(b, i ? ",\n{\"region\":" : "\n{\"region\":");
		np_putjsons(b, c->region);
		np_member_day(b, "date", c->date);
		np_putf(b,
			",\"boxes\":%u,\"months\":%u,\"crews\":%lld,"
			"\"money\":%lld,\"both\":%s,\"by_itself\":%s,"
			"\"unsought\":%s",
			c->boxes, c->periods * p->file->months,
			(long long)c->crews, (long long)c->money,
			c->both ? "true" : "false",
			c->by_itself ? "true" : "false",
			c->unsought ? "true" : "false");
		np_member(b, "text", words.p);
		np_putc(b, '}');
	}
	np_putc(b, ']');
	np_buf_free(&words);
}

static void put_options(const struct np_plan_page *p, struct np_buf *b)
{
	const struct np_work *w = p->work;

	np_puts(b, ",\"options\":[");
	for (uint32_t k = 0; k < w->noptions; k++) {
		struct np_chosen x;

		np_chosen(p, w->option[k], &x);
		np_puts(b, k ? ",\n{\"name\":" : "\n{\"name\":");
		np_putjsons(b, w->option[k]);
		np_putf(b, ",\"boxes\":%u,\"may\":%u,\"spent\":%lld}", x.boxes,
			x.may, (long long)x.money);
	}
	np_putc(b, ']');
}

int np_write_plan_json(const struct np_plan_page *p, FILE *to)
{
	const struct np_schedule *s = p->plan;
	struct np_buf b = np_buf((size_t)256 << 20);
	int rc = NP_OK;

	np_puts(&b, "{\"schema\":\"nameplate.plan/1\"");
	np_member_day(&b, "as_of", p->r->as_of);
	np_member(&b, "scenario", p->scenario);
	np_member_day(&b, "start", p->file->start);
	np_putf(&b, ",\"periods\":%u,\"months\":%u", p->file->periods,
		p->file->months);
	np_member(&b, "currency",
		  *np_plan_currency(p) ? np_plan_currency(p) : NULL);
	np_putf(&b,
		",\"area\":%lld,\"bound\":%lld,\"gap\":%.6f,\"how\":\"%s\","
		"\"least_cost\":%s,\"cost\":%lld,\"checked\":%s",
		(long long)s->area, (long long)s->bound, np_gap(s), how[s->how],
		s->least ? "true" : "false", (long long)s->money,
		p->breaches ? "false" : "true");
	put_waves(p, &b);
	put_clashes(p, &b);
	np_put_burn_json(p, &b);
	put_options(p, &b);
	if (p->track)
		np_put_track_json(p, &b);
	np_puts(&b, ",\"boxes\":[");
	for (uint32_t i = 0; i < p->work->nboxes && !rc; i++) {
		np_puts(&b, i ? ",\n" : "\n");
		put_box(p, &p->work->box[i], &b);
		rc = np_put_out(&b, to);
	}
	np_puts(&b, "]}\n");
	if (!rc)
		rc = np_put_out(&b, to);
	np_buf_free(&b);
	return rc;
}
