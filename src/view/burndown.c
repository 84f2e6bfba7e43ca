/* SPDX-License-Identifier: ISC */
/* What is still in scope from day to day, in boxes and in risk: as the kept
 * plan has it, as custody says it became, as the law's dates want it. */
#include "report/burndown.h"
#include "core/time.h"
#include "draw/path.h"
#include "report/member.h"
#include "view/drawn.h"

#define WIDTH 1000
#define HEIGHT 400

static const char whole[] = "the plan of all sites: a plan is not divided by "
			    "site";

struct chart {
	const struct np_burndown *b;
	int32_t from, until;
	bool risk; /* weight, else boxes */
};

static struct chart chart(const struct np_burndown *b, bool risk)
{
	struct chart c = {b, INT32_MAX, INT32_MIN, risk};

	for (unsigned s = 0; s < NP_BURN_NSERIES; s++) {
		const struct np_burn_line *l = &b->line[s];

		if (!l->n)
			continue;
		c.from = l->v[0].day < c.from ? l->v[0].day : c.from;
		if (l->v[l->n - 1].day > c.until)
			c.until = l->v[l->n - 1].day;
	}
	return c;
}

static double value(const struct chart *c, const struct np_burn_point *p)
{
	return c->risk ? (double)p->weight / 100 : p->boxes;
}

static double x_of(const struct chart *c, int32_t day)
{
	return c->until > c->from
		       ? WIDTH * (double)(day - c->from) / (c->until - c->from)
		       : 0;
}

static double y_of(const struct chart *c, const struct np_burn_point *p)
{
	double all = c->risk ? (double)c->b->weight / 100 : c->b->boxes;

	return all > 0 ? HEIGHT * (1 - value(c, p) / all) : HEIGHT;
}

/* Level to the next point, and down there. */
static void put_path(const struct chart *c, const struct np_burn_line *l,
		     struct np_buf *b)
{
	for (size_t i = 0; i < l->n; i++) {
		double x = x_of(c, l->v[i].day), y = y_of(c, &l->v[i]);

		if (!i) {
			np_path_move(b, x, y);
			continue;
		}
		np_path_line(b, x, y_of(c, &l->v[i - 1]));
		if (l->v[i].boxes != l->v[i - 1].boxes)
			np_path_line(b, x, y);
	}
}

static void put_line(const struct chart *c, enum np_burn_series s,
		     struct np_buf *b)
{
	const struct np_burn_line *l = &c->b->line[s];
	char day[16];

	np_putf(b, "%s{\"name\":\"%s\",\"points\":[", s ? ",\n" : "",
		np_burn_name(s));
	for (size_t i = 0; i < l->n; i++) {
		np_putf(b, "%s[\"%s\",", i ? "," : "",
			np_day_text(l->v[i].day, day));
		np_put_thousandths(b, value(c, &l->v[i]));
		np_putc(b, ']');
	}
	np_puts(b, "],\"d\":\"");
	put_path(c, l, b);
	np_puts(b, "\"}");
}

static void put_lines(const struct chart *c, const char *name, struct np_buf *b)
{
	np_putf(b, ",\"%s\":[", name);
	for (unsigned s = 0; s < NP_BURN_NSERIES; s++)
		put_line(c, (enum np_burn_series)s, b);
	np_putc(b, ']');
}

static void put_dues(const struct chart *c, const struct np_due *v, size_t n,
		     struct np_buf *b)
{
	np_puts(b, ",\"deadlines\":[");
	for (size_t i = 0; i < n; i++) {
		np_puts(b, i ? "," : "");
		np_put_due(&v[i], b);
		if (v[i].day >= c->from && v[i].day <= c->until) {
			np_puts(b, ",\"x\":");
			np_put_tenths(b, x_of(c, v[i].day));
			np_putc(b, '}');
		} else {
			np_puts(b, ",\"x\":null}");
		}
	}
	np_putc(b, ']');
}

/* Days are null where none can be said; the text says why. */
static void put_forecast(const struct np_forecast *f, struct np_buf *b)
{
	struct np_buf text = np_buf(4096);

	np_putf(b, ",\"forecast\":{\"state\":\"%s\"",
		np_forecast_name(f->state));
	np_member_day(b, "finish_low", f->soonest);
	np_member_day(b, "finish", f->day);
	np_member_day(b, "finish_high", f->latest);
	np_put_forecast(&text, f);
	np_put_jmember(b, "text", text.p);
	np_putc(b, '}');
	np_buf_free(&text);
}

static int burn(const struct np_view_in *in, struct np_arena *mem,
		struct np_burndown *ret, const char **ret_note)
{
	struct np_err e = {0};
	int rc;

	*ret = (struct np_burndown){0};
	*ret_note = np_no_plan;
	if (!in->plan || !in->dossier || !np_audience_sees(in, NP_SHOW_PLAN))
		return NP_OK;
	rc = np_burn_dossier(in->plan, in->plan_n, in->dossier,
			     in->report->devices, in->report->as_of, mem, ret,
			     &e);
	*ret_note = in->style->site ? whole : NULL;
	if (rc != NP_EINPUT && rc != NP_ELIMIT)
		return rc;
	/* Somebody else's dossier: the page stands without it. */
	*ret_note = np_bad_plan;
	*ret = (struct np_burndown){0};
	return NP_OK;
}

int np_view_burndown(const struct np_view_in *in, struct np_buf *b,
		     struct np_err *reterr)
{
	struct np_arena mem = np_arena((size_t)1 << 30);
	struct np_burndown burndown;
	struct np_due *due = NULL;
	const char *note;
	size_t ndue = 0;
	int rc = burn(in, &mem, &burndown, &note);

	(void)reterr;
	if (!rc)
		rc = np_dues(in, &mem, &due, &ndue);
	if (!rc) {
		struct chart boxes = chart(&burndown, false),
			     risk = chart(&burndown, true);

		np_view_head(b, "burndown");
		np_putf(b, ",\"box\":[%d,%d],\"unit\":\"boxes in scope\"",
			WIDTH, HEIGHT);
		np_member_n(b, "boxes", burndown.boxes);
		put_lines(&boxes, "series", b);
		put_lines(&risk, "risk", b);
		put_dues(&boxes, due, ndue, b);
		if (burndown.boxes)
			put_forecast(&burndown.forecast, b);
		else
			np_puts(b, ",\"forecast\":null");
		np_put_jmember(b, "note", note);
		np_putc(b, '}');
	}
	np_arena_free(&mem);
	return rc ? rc : b->failed ? NP_ENOMEM : NP_OK;
}
