/* SPDX-License-Identifier: ISC */
/* Planned against what a fresh dossier and custody say. */
#include "core/time.h"
#include "report/plan.h"
#include <math.h>

static const char *const states[] = {
	[NP_T_HEARD] = "heard",
	[NP_T_UNHEARD] = "not heard",
	[NP_T_OUT] = "out",
};

struct progress {
	uint32_t n[3], planned;
	int32_t likely, soonest, latest; /* all out; NP_NODAY: not to be said */
};

static int32_t after(const struct np_plan_page *p, double left, double a_day)
{
	double days = a_day > 0 ? ceil(left / a_day) : INFINITY;

	return days < 36500 ? p->track->as_of + (int32_t)days : NP_NODAY;
}

/* The rate since the plan began, as if removals came by chance (Poisson):
 * k - and + 1.96 sqrt(k). */
static void measure(const struct np_plan_page *p, struct progress *ret)
{
	const struct np_track *t = p->track;
	double days = t->as_of - p->file->start, k, left;

	memset(ret, 0, sizeof(*ret));
	for (uint32_t i = 0; i < p->work->nboxes; i++) {
		uint32_t at = p->plan->at[p->work->box[i].remove];

		ret->n[t->state[i]]++;
		ret->planned += at < p->file->periods &&
				p->file->first_day[at + 1] <= t->as_of + 1;
	}
	k = ret->n[NP_T_OUT];
	left = p->work->nboxes - k;
	days = days > 1 ? days : 1;
	ret->likely = after(p, left, k / days);
	ret->soonest = after(p, left, (k + 1.96 * sqrt(k)) / days);
	ret->latest = after(p, left, (k - 1.96 * sqrt(k)) / days);
}

void np_put_track(const struct np_plan_page *p, struct np_buf *b)
{
	struct progress x;
	char day[16], from[16], to[16];

	measure(p, &x);
	np_putf(b,
		"\nActual as of %s\n  out by custody: %u of %u, planned by "
		"then: %u\n  still heard: %u\n  not heard there any more: %u, "
		"which is no removal (`nameplate custody`)\n",
		np_day_text(p->track->as_of, day), x.n[NP_T_OUT],
		p->work->nboxes, x.planned, x.n[NP_T_HEARD], x.n[NP_T_UNHEARD]);
	if (x.likely == NP_NODAY) {
		np_puts(b, "  forecast: none, since none is out yet\n");
		return;
	}
	np_putf(b,
		"  forecast at this rate: all out by %s, with 95 %% between "
		"%s and %s\n",
		np_day_text(x.likely, day), np_day_text(x.soonest, from),
		x.latest == NP_NODAY ? "no day that can be said"
				     : np_day_text(x.latest, to));
}

static void put_day(struct np_buf *b, const char *name, int32_t day)
{
	char text[16];

	np_putf(b, ",\"%s\":", name);
	np_putjsons(b, day == NP_NODAY ? NULL : np_day_text(day, text));
}

void np_put_track_json(const struct np_plan_page *p, struct np_buf *b)
{
	struct progress x;

	measure(p, &x);
	np_putf(b,
		",\"actual\":{\"out\":%u,\"heard\":%u,\"not_heard\":%u,"
		"\"planned_out\":%u",
		x.n[NP_T_OUT], x.n[NP_T_HEARD], x.n[NP_T_UNHEARD], x.planned);
	put_day(b, "as_of", p->track->as_of);
	put_day(b, "forecast", x.likely);
	put_day(b, "forecast_from", x.soonest);
	put_day(b, "forecast_until", x.latest);
	np_puts(b, ",\"boxes\":[");
	for (uint32_t i = 0; i < p->work->nboxes; i++) {
		np_puts(b, i ? ",{\"device\":" : "{\"device\":");
		np_putjsons(b, p->work->box[i].device->id);
		np_putf(b, ",\"state\":\"%s\"", states[p->track->state[i]]);
		put_day(b, "out", p->track->out[i]);
		np_putc(b, '}');
	}
	np_puts(b, "]}");
}
