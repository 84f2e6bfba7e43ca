/* SPDX-License-Identifier: ISC */
/* A burn-down as JSON and as a sentence, and that of a kept plan. */
#include "report/burndown.h"
#include "plan/kept.h"
#include "report/member.h"
#include "store/custody.h"

static void put_line(struct np_buf *b, enum np_burn_series s,
		     const struct np_burn_line *l)
{
	char day[16];

	np_putf(b, "%s\n{\"name\":\"%s\",\"points\":[", s ? "," : "",
		np_burn_name(s));
	for (size_t i = 0; i < l->n; i++)
		np_putf(b, "%s[\"%s\",%u,%lld]", i ? "," : "",
			np_day_text(l->v[i].day, day), l->v[i].boxes,
			(long long)l->v[i].weight);
	np_puts(b, "]}");
}

void np_put_burndown(struct np_buf *b, const struct np_burndown *x)
{
	struct np_buf text = np_buf(1024);

	np_putf(b, "{\"boxes\":%u,\"weight\":%lld,\"series\":[", x->boxes,
		(long long)x->weight);
	for (unsigned s = 0; s < NP_BURN_NSERIES; s++)
		put_line(b, (enum np_burn_series)s, &x->line[s]);
	np_puts(b, "],\n\"forecast\":{\"state\":");
	np_putjsons(b, np_forecast_name(x->forecast.state));
	np_member_day(b, "soonest", x->forecast.soonest);
	np_member_day(b, "day", x->forecast.day);
	np_member_day(b, "latest", x->forecast.latest);
	np_put_forecast(&text, &x->forecast);
	np_member(b, "text", text.p);
	np_puts(b, "}}");
	np_buf_free(&text);
}

void np_put_forecast(struct np_buf *b, const struct np_forecast *f)
{
	char day[16], from[16], to[16];

	switch (f->state) {
	case NP_FC_UNKNOWN:
		np_puts(b, "none yet: no removal is recorded");
		return;
	case NP_FC_EARLY:
		np_putf(b,
			"none before boxes went out on %d days, and in %d "
			"weeks of the plan",
			NP_FC_VISITS, NP_FC_WEEKS);
		return;
	case NP_FC_DONE:
		np_puts(b, "all are out");
		return;
	case NP_FC_SAID:
		break;
	}
	np_putf(b,
		"if it goes on as it did, all out by %s; nine of ten such "
		"intervals hold the day: %s to %s",
		f->day == NP_NODAY ? "no day that can be said"
				   : np_day_text(f->day, day),
		f->soonest == NP_NODAY ? "no day that can be said"
				       : np_day_text(f->soonest, from),
		f->latest == NP_NODAY ? "no day that can be said"
				      : np_day_text(f->latest, to));
}

/* What the plan was told already stays, where custody here says nothing. */
static int follow(const struct np_custody *c, const struct np_devices *devices,
		  struct np_burn_ask *ask)
{
	struct np_heard *heard;
	int rc = np_custody_heard(c, devices, &heard);

	for (size_t i = 0; i < ask->n && !rc; i++) {
		struct np_burn_box *x = &ask->box[i];
		const struct np_device *d = np_device_of(devices, x->device);
		int32_t out;

		if (np_custody_removal(c, heard, devices, x->device,
				       d ? d->serial : NULL,
				       &out) == NP_REMOVAL_OUT)
			x->out = out;
	}
	return rc;
}

/* The plan as it was kept, and what it was told then. */
static int ask_of(const struct np_kept_plan *p, struct np_arena *mem,
		  struct np_burn_ask *ret)
{
	*ret = (struct np_burn_ask){
		.box = np_alloc(mem, (p->nboxes + 1) * sizeof(*ret->box)),
		.n = p->nboxes,
		.from = p->wave[0].from,
		.until = p->wave[p->nwaves - 1].until,
		.as_of = p->as_of,
	};
	for (uint32_t i = 0; ret->box && i < p->nboxes; i++) {
		const struct np_kept_box *x = &p->box[i];

		ret->box[i] = (struct np_burn_box){
			.device = x->device,
			.weight = x->weight,
			.planned = x->planned.day,
			.date = x->date,
			.out = x->out,
		};
	}
	return ret->box ? NP_OK : NP_ENOMEM;
}

int np_burn_dossier(const char *plan, size_t n, struct np_dossier *d,
		    const struct np_devices *devices, int32_t as_of,
		    struct np_arena *mem, struct np_burndown *ret,
		    struct np_err *reterr)
{
	struct np_custody c = {.mem = mem};
	struct np_kept_plan kept;
	struct np_burn_ask ask;
	int rc = np_kept_plan(plan, n, mem, &kept, reterr);

	if (!rc)
		rc = ask_of(&kept, mem, &ask);
	if (!rc)
		rc = np_dossier_custody(d, &c);
	if (!rc && c.n) {
		rc = np_custody_settle(&c, as_of);
		ask.as_of = as_of > ask.as_of ? as_of : ask.as_of;
	}
	if (!rc && c.n)
		rc = follow(&c, devices, &ask);
	return rc ? rc : np_burndown(&ask, mem, ret, reterr);
}
