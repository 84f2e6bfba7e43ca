/* SPDX-License-Identifier: ISC */
/* Planned against what a fresh dossier and custody say: the burn-down of a
 * plan, as a chart and as JSON. */
#include "core/time.h"
#include "report/burndown.h"
#include "report/member.h"
#include "report/plan.h"
#include <math.h>

#define BAR 24 /* columns */

int np_plan_burndown(const struct np_plan_page *p, struct np_arena *mem,
		     struct np_burndown *ret, struct np_err *reterr)
{
	uint32_t n = p->work->nboxes, periods = p->file->periods;
	struct np_burn_ask ask = {
		.box = np_alloc(mem, (n + 1) * sizeof(*ask.box)),
		.n = n,
		.from = p->file->start,
		.until = p->file->first_day[periods] - 1,
		.as_of = p->track ? p->track->as_of : NP_NODAY,
	};

	if (!ask.box)
		return NP_ENOMEM;
	for (uint32_t i = 0; i < n; i++) {
		const struct np_box *x = &p->work->box[i];
		uint32_t at = p->plan->at[x->remove];

		ask.box[i] = (struct np_burn_box){
			.device = x->device->id,
			.weight = x->weight,
			.planned = p->track && p->track->was_planned
					   ? p->track->planned[i]
				   : at < periods
					   ? p->file->first_day[at + 1] - 1
					   : NP_NODAY,
			.date = x->clause ? x->date : NP_NODAY,
			.out = p->track ? p->track->out[i] : NP_NODAY,
		};
	}
	return np_burndown(&ask, mem, ret, reterr);
}

/* ---- the chart */

static uint32_t columns(const struct np_burndown *x, uint32_t boxes)
{
	return (boxes * BAR + x->boxes - 1) / x->boxes;
}

static int share(const struct np_burndown *x, struct np_burn_point p)
{
	return x->weight > 0 ? (int)lround(100.0 * (double)p.weight /
					   (double)x->weight)
			     : 0;
}

/* "+" is left beyond what was planned, "-" is out before it was; "|" is what
 * may be left by the dates. */
static void put_bar(const struct np_burndown *x,
		    const struct np_burn_point v[static NP_BURN_NSERIES],
		    bool known, struct np_buf *b)
{
	uint32_t planned = columns(x, v[NP_BURN_PLANNED].boxes);
	uint32_t actual = known ? columns(x, v[NP_BURN_ACTUAL].boxes) : planned;
	uint32_t dates = columns(x, v[NP_BURN_DEADLINE].boxes);

	for (uint32_t i = 0; i <= BAR; i++)
		np_putc(b, i == dates		       ? '|'
			   : i < planned && i < actual ? '#'
			   : i < planned	       ? '-'
			   : i < actual		       ? '+'
						       : ' ');
}

static void put_row(const struct np_burndown *x, int32_t day, bool known,
		    struct np_buf *b)
{
	struct np_burn_point v[NP_BURN_NSERIES];
	char text[16];

	for (unsigned s = 0; s < NP_BURN_NSERIES; s++)
		v[s] = np_burn_at(x, (enum np_burn_series)s, day);
	np_putf(b, "  %s  ", np_day_text(day, text));
	put_bar(x, v, known, b);
	np_putf(b, "%7u", v[NP_BURN_PLANNED].boxes);
	if (known)
		np_putf(b, "%8u", v[NP_BURN_ACTUAL].boxes);
	else
		np_puts(b, "       -");
	np_putf(b, "%7u%6d%%", v[NP_BURN_DEADLINE].boxes,
		share(x, v[NP_BURN_PLANNED]));
	if (known)
		np_putf(b, "%5d%%", share(x, v[NP_BURN_ACTUAL]));
	else
		np_puts(b, "     -");
	np_putf(b, "%5d%%\n", share(x, v[NP_BURN_DEADLINE]));
}

void np_put_burn(const struct np_plan_page *p, struct np_buf *b)
{
	const struct np_burndown *x = p->burn;
	int32_t as_of = p->track ? p->track->as_of : NP_NODAY, shown = as_of;

	np_putf(b,
		"\nBurn-down: in scope at the end of each wave, of %u box%s; "
		"risk is their weight\n"
		"  %-38sboxes left             risk left\n"
		"  %-37splan  actual  dates   plan actual dates\n",
		x->boxes, x->boxes == 1 ? "" : "es", "",
		"# planned  + behind  - ahead | dates");
	for (uint32_t t = 0; t < p->file->periods; t++) {
		int32_t end = p->file->first_day[t + 1] - 1;

		if (shown != NP_NODAY && shown <= end) {
			if (shown < end)
				put_row(x, shown, true, b);
			shown = NP_NODAY;
		}
		put_row(x, end, as_of != NP_NODAY && end <= as_of, b);
		if (shown == NP_NODAY &&
		    !np_burn_at(x, NP_BURN_PLANNED, end).boxes)
			break;
	}
	if (shown != NP_NODAY)
		put_row(x, shown, true, b);
}

/* ---- what became of the boxes */

static const char *const states[] = {
	[NP_REMOVAL_HEARD] = "heard",
	[NP_REMOVAL_UNHEARD] = "not heard",
	[NP_REMOVAL_OUT] = "out",
};

static void count(const struct np_plan_page *p, uint32_t ret[static 3])
{
	memset(ret, 0, 3 * sizeof(*ret));
	for (uint32_t i = 0; i < p->work->nboxes; i++)
		ret[p->track->removal[i]]++;
}

static uint32_t planned_out(const struct np_plan_page *p)
{
	return p->burn->boxes -
	       np_burn_at(p->burn, NP_BURN_PLANNED, p->track->as_of).boxes;
}

void np_put_track(const struct np_plan_page *p, struct np_buf *b)
{
	uint32_t n[3];
	char day[16];

	count(p, n);
	np_putf(b,
		"\nActual as of %s, and what is left planned from that day on\n"
		"  out by custody: %u of %u, ",
		np_day_text(p->track->as_of, day), n[NP_REMOVAL_OUT],
		p->work->nboxes);
	if (p->track->was_planned)
		np_putf(b, "planned by then: %u\n", planned_out(p));
	else
		np_puts(b, "no plan was kept before\n");
	np_putf(b,
		"  still heard: %u\n  not heard there any more: %u, which is "
		"no removal (`nameplate custody`)\n",
		n[NP_REMOVAL_HEARD], n[NP_REMOVAL_UNHEARD]);
	if (p->track->late)
		np_putf(b,
			"  under contract for a day that is past, and not out: "
			"%u; planned anew\n",
			p->track->late);
	np_puts(b, "  forecast: ");
	np_put_forecast(b, &p->burn->forecast);
	np_puts(b, ".\n");
}

void np_put_burn_json(const struct np_plan_page *p, struct np_buf *b)
{
	np_puts(b, ",\"burndown\":");
	np_put_burndown(b, p->burn);
}

void np_put_track_json(const struct np_plan_page *p, struct np_buf *b)
{
	uint32_t n[3];

	count(p, n);
	np_putf(b,
		",\"actual\":{\"out\":%u,\"heard\":%u,\"not_heard\":%u,"
		"\"planned_out\":%u,\"contracts_past\":%u",
		n[NP_REMOVAL_OUT], n[NP_REMOVAL_HEARD], n[NP_REMOVAL_UNHEARD],
		planned_out(p), p->track->late);
	np_member_day(b, "as_of", p->track->as_of);
	np_puts(b, ",\"boxes\":[");
	for (uint32_t i = 0; i < p->work->nboxes; i++) {
		np_puts(b, i ? ",{\"device\":" : "{\"device\":");
		np_putjsons(b, p->work->box[i].device->id);
		np_putf(b, ",\"state\":\"%s\"", states[p->track->removal[i]]);
		np_member_day(b, "out", p->track->out[i]);
		np_putc(b, '}');
	}
	np_puts(b, "]}");
}
