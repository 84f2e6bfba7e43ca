/* SPDX-License-Identifier: ISC */
/*
 * The waves of the plan that the dossier keeps, as bars: replacing a box,
 * running both, removing the old one. What one box needs stays in one lane.
 * Where that is more than a screen can hold, boxes of a site that go alike are
 * one bar, and then those of a region.
 */
#include "core/time.h"
#include "draw/lanes.h"
#include "draw/path.h"
#include "plan/kept.h"
#include "report/member.h"
#include "view/drawn.h"
#include <stdlib.h>

#define WIDTH 1000
#define BAR 12
#define LANE 15	  /* with what is between */
#define ROW 22	  /* its name, above its lanes */
#define MOST 1500 /* strips; each is up to three bars */

/* What goes alike: a box, or those of a site or region. */
struct strip {
	const char *row;
	const struct np_kept_box *box; /* the first of them */
	uint32_t replaced, removed, n, lane;
	bool late;
};

struct gantt {
	const struct np_view_in *in;
	struct np_kept_plan plan;
	struct strip *v;
	struct np_due *due;
	size_t n, ndue;
	uint64_t later, cost[3];
	int32_t start, end;
	bool sites; /* a row a site */
	struct np_arena mem;
};

/* ---- which boxes */

static bool is_shown(const struct gantt *g, const struct np_kept_box *x)
{
	const char *only = g->in->style->site;
	uint32_t d = np_view_device(g->in, x->device);

	if (d != NP_NO_DEVICE)
		return np_view_shows(g->in, d);
	return !only || (x->site && strcmp(only, x->site) == 0);
}

static int text_order(const char *a, const char *b)
{
	if (!a || !b)
		return (b != NULL) - (a != NULL);
	return strcmp(a, b);
}

static int by_row(const void *p, const void *q)
{
	const struct strip *x = p, *y = q;
	int d = text_order(x->row, y->row);

	if (d)
		return d;
	if (x->replaced != y->replaced)
		return x->replaced < y->replaced ? -1 : 1;
	if (x->removed != y->removed)
		return x->removed < y->removed ? -1 : 1;
	if (x->late != y->late)
		return x->late ? -1 : 1;
	return strcmp(x->box->device, y->box->device);
}

static bool alike(const struct strip *x, const struct strip *y)
{
	return text_order(x->row, y->row) == 0 && x->replaced == y->replaced &&
	       x->removed == y->removed && x->late == y->late;
}

static void merge(struct gantt *g)
{
	size_t k = 0;

	for (size_t i = 0; i < g->n; i++) {
		if (k && alike(&g->v[i], &g->v[k - 1]))
			g->v[k - 1].n += g->v[i].n;
		else
			g->v[k++] = g->v[i];
	}
	g->n = k;
}

static void set_rows(struct gantt *g, bool sites)
{
	g->sites = sites;
	for (size_t i = 0; i < g->n; i++)
		g->v[i].row = sites ? g->v[i].box->site : g->v[i].box->region;
	if (g->n)
		qsort(g->v, g->n, sizeof(*g->v), by_row);
}

static int add_strips(struct gantt *g)
{
	g->v = np_alloc(&g->mem, g->plan.nboxes * sizeof(*g->v) + 1);
	if (!g->v)
		return NP_ENOMEM;
	for (uint32_t i = 0; i < g->plan.nboxes; i++) {
		const struct np_kept_box *x = &g->plan.box[i];

		if (!is_shown(g, x))
			continue;
		for (unsigned k = 0; k < 3; k++)
			g->cost[k] += (uint64_t)x->cost[k];
		g->later += !x->removed;
		if (x->replaced || x->removed)
			g->v[g->n++] = (struct strip){.box = x,
						      .replaced = x->replaced,
						      .removed = x->removed,
						      .n = 1,
						      .late = x->late};
	}
	set_rows(g, np_audience_sees(g->in, NP_SHOW_SITES));
	if (g->n > MOST)
		merge(g);
	if (g->n > MOST && g->sites) {
		set_rows(g, false);
		merge(g);
	}
	return NP_OK;
}

/* ---- days */

/* Until the last wave is over, or the last date, if that is not far. */
static int add_days(struct gantt *g)
{
	const struct np_kept_plan *p = &g->plan;
	int32_t last;
	int rc = np_dues(g->in, &g->mem, &g->due, &g->ndue);

	g->start = p->wave[0].from;
	g->end = p->wave[p->nwaves - 1].until + 1;
	last = g->end + (g->end - g->start);
	for (size_t i = 0; i < g->ndue; i++)
		if (g->due[i].day >= g->end && g->due[i].day < last)
			g->end = g->due[i].day + 1;
	return rc;
}

static double x_of(const struct gantt *g, int32_t day)
{
	return WIDTH * (double)(day - g->start) / (g->end - g->start);
}

static void put_x(const struct gantt *g, int32_t day, struct np_buf *b)
{
	np_puts(b, ",\"x\":");
	if (day < g->start || day > g->end)
		np_puts(b, "null");
	else
		np_put_tenths(b, x_of(g, day));
}

/* ---- bars */

static struct np_span span_of(const struct gantt *g, const struct strip *s)
{
	uint32_t first = s->replaced ? s->replaced : s->removed,
		 last = s->removed ? s->removed : s->replaced;

	/* What was put in and is not taken out runs on. */
	return (struct np_span){g->plan.wave[first - 1].from,
				s->removed ? g->plan.wave[last - 1].until + 1
					   : g->end};
}

struct pen {
	struct np_buf *b;
	uint32_t row, bars;
	double y; /* of the row's first lane */
};

static void put_box(const struct gantt *g, const struct strip *s,
		    struct np_buf *b)
{
	uint32_t d =
		s->n > 1 ? NP_NO_DEVICE : np_view_device(g->in, s->box->device);
	const char *label = s->n > 1 ? NULL : s->box->label;
	char id[NP_VIEW_ID];

	if (d == NP_NO_DEVICE)
		np_puts(b, ",\"device\":-1");
	else
		np_member_n(b, "device", g->in->box[d].row);
	/* The inventory's word for it is a name. */
	if (!np_audience_sees(g->in, NP_SHOW_NAMES))
		label = d == NP_NO_DEVICE
				? NULL
				: np_view_id(g->in,
					     &g->in->report->devices->v[d], id);
	np_put_jmember(b, "label", label);
	np_member_n(b, "n", s->n);
	np_put_jmember(b, "site",
		       np_audience_sees(g->in, NP_SHOW_SITES) && g->sites
			       ? s->box->site
			       : NULL);
	np_put_jmember(b, "region", s->box->region);
}

/* From a day up to, and without, another. */
static void put_bar(const struct gantt *g, const struct strip *s,
		    const char *kind, int32_t from, int32_t until,
		    struct pen *p)
{
	struct np_rect r = {x_of(g, from), p->y + LANE * s->lane,
			    x_of(g, until) - x_of(g, from), BAR};

	if (until <= from)
		return;
	np_putf(p->b, "%s{\"row\":%u,\"lane\":%u,\"kind\":\"%s\"",
		p->bars++ ? ",\n" : "", p->row, s->lane, kind);
	put_box(g, s, p->b);
	np_member_day(p->b, "from", from);
	np_member_day(p->b, "to", until - 1);
	np_put_rect(&r, p->b);
	np_putf(p->b, ",\"late\":%s", s->late ? "true" : "false");
	np_member_day(p->b, "due", s->box->date);
	np_putc(p->b, '}');
}

static void put_strip(const struct gantt *g, const struct strip *s,
		      struct pen *p)
{
	const struct np_kept_wave *in =
		s->replaced ? &g->plan.wave[s->replaced - 1] : NULL;
	const struct np_kept_wave *out =
		s->removed ? &g->plan.wave[s->removed - 1] : NULL;

	/* Both in one wave: the day of either is the crew's to say. */
	if (in && in != out)
		put_bar(g, s, "replace", in->from, in->until + 1, p);
	if (in && in != out)
		put_bar(g, s, "double", in->until + 1, out ? out->from : g->end,
			p);
	if (out)
		put_bar(g, s, in == out ? "both" : "remove", out->from,
			out->until + 1, p);
}

/* The lanes of strips v[0..n], which are one row's; how many. */
static int lanes_of(const struct gantt *g, struct strip *v, size_t n,
		    struct np_arena *mem, uint32_t *ret)
{
	struct np_span *s = np_alloc(mem, n * sizeof(*s));
	uint32_t *lane = np_alloc(mem, n * sizeof(*lane));
	int rc;

	if (!s || !lane)
		return NP_ENOMEM;
	for (size_t i = 0; i < n; i++)
		s[i] = span_of(g, &v[i]);
	rc = np_lanes(s, n, mem, lane, ret);
	for (size_t i = 0; i < n && !rc; i++)
		v[i].lane = lane[i];
	return rc;
}

static void put_row(const struct pen *p, const struct strip *s, uint32_t lanes,
		    struct np_buf *b)
{
	np_puts(b, p->row ? ",\n{\"label\":" : "{\"label\":");
	np_put_jtext(b, s->row);
	np_member_n(b, "lanes", lanes);
	np_puts(b, ",\"y\":");
	np_put_tenths(b, p->y - ROW + 4);
	np_puts(b, ",\"h\":");
	np_put_tenths(b, ROW + LANE * lanes);
	np_putc(b, '}');
}

/* Bars into b, rows into `rows`; *ret_h is how high all of it is. */
static int put_bars(struct gantt *g, struct np_buf *rows, struct np_buf *b,
		    double *ret_h)
{
	struct np_arena scratch = np_arena((size_t)256 << 20);
	struct pen p = {.b = b, .y = ROW};
	int rc = NP_OK;

	for (size_t i = 0, k; i < g->n && !rc; i = k) {
		uint32_t lanes = 0;

		for (k = i;
		     k < g->n && text_order(g->v[i].row, g->v[k].row) == 0; k++)
			;
		np_arena_reset(&scratch);
		rc = lanes_of(g, g->v + i, k - i, &scratch, &lanes);
		for (size_t m = i; m < k && !rc; m++)
			put_strip(g, &g->v[m], &p);
		put_row(&p, &g->v[i], lanes, rows);
		p.row++;
		p.y += LANE * lanes + ROW;
	}
	np_arena_free(&scratch);
	*ret_h = p.y;
	return rc;
}

/* ---- the rest */

static void put_periods(const struct gantt *g, struct np_buf *b)
{
	np_puts(b, ",\"periods\":[");
	for (uint32_t i = 0; i < g->plan.nwaves; i++) {
		const struct np_kept_wave *w = &g->plan.wave[i];

		np_putf(b, "%s{\"wave\":%u", i ? "," : "", i + 1);
		np_member_day(b, "from", w->from);
		np_member_day(b, "to", w->until);
		put_x(g, w->from, b);
		np_puts(b, ",\"w\":");
		np_put_between(b, x_of(g, w->from), x_of(g, w->until + 1));
		np_putc(b, '}');
	}
	np_putc(b, ']');
}

static void put_dues(const struct gantt *g, struct np_buf *b)
{
	np_puts(b, ",\"deadlines\":[");
	for (size_t i = 0; i < g->ndue; i++) {
		np_puts(b, i ? "," : "");
		np_put_due(&g->due[i], b);
		/* Work may go on until the day is over. */
		put_x(g, g->due[i].day + 1, b);
		np_putc(b, '}');
	}
	np_putc(b, ']');
}

static void put_money(struct np_buf *b, const char *name, uint64_t hundredths)
{
	np_putf(b, ",\"%s\":%llu.%02llu", name,
		(unsigned long long)hundredths / 100,
		(unsigned long long)hundredths % 100);
}

/* Of the boxes that are shown; what is spent is the whole plan's, running both
 * included. */
static void put_cost(const struct gantt *g, struct np_buf *b)
{
	if (!g->plan.currency || !np_audience_sees(g->in, NP_SHOW_MONEY)) {
		np_puts(b, ",\"cost\":null");
		return;
	}
	np_puts(b, ",\"cost\":{\"currency\":");
	np_put_jtext(b, g->plan.currency);
	put_money(b, "low", g->cost[0]);
	put_money(b, "expected", g->cost[1]);
	put_money(b, "high", g->cost[2]);
	put_money(b, "spent", (uint64_t)g->plan.money);
	np_putc(b, '}');
}

static int put_all(struct gantt *g, struct np_buf *b)
{
	struct np_buf bars = np_buf((size_t)256 << 20),
		      rows = np_buf((size_t)64 << 20);
	double h = 0;
	int rc = put_bars(g, &rows, &bars, &h);

	np_view_head(b, "gantt");
	np_putf(b, ",\"box\":[%d,", WIDTH);
	np_put_tenths(b, h);
	np_putc(b, ']');
	np_put_jmember(b, "scenario", g->plan.scenario);
	np_member_day(b, "start", g->start);
	np_member_day(b, "end", g->end - 1);
	np_putf(b, ",\"by\":\"%s\"", g->sites ? "site" : "region");
	put_periods(g, b);
	np_puts(b, ",\"bars\":[");
	np_put(b, bars.p, bars.n);
	np_puts(b, "],\"rows\":[");
	np_put(b, rows.p, rows.n);
	np_putc(b, ']');
	np_member_n(b, "later", g->later);
	put_dues(g, b);
	np_puts(b, ",\"clashes\":[");
	for (uint32_t i = 0; i < g->plan.nclashes; i++) {
		np_puts(b, i ? "," : "");
		np_put_jtext(b, g->plan.clash[i]);
	}
	np_putc(b, ']');
	put_cost(g, b);
	np_puts(b, ",\"note\":null}");
	b->failed |= bars.failed || rows.failed;
	np_buf_free(&bars);
	np_buf_free(&rows);
	return rc;
}

static void put_nothing(const char *why, struct np_buf *b)
{
	np_view_head(b, "gantt");
	np_putf(b,
		",\"box\":[%d,0],\"scenario\":null,\"start\":null,"
		"\"end\":null,\"by\":\"site\",\"periods\":[],\"bars\":[],"
		"\"rows\":[],\"later\":0,\"deadlines\":[],\"clashes\":[],"
		"\"cost\":null",
		WIDTH);
	np_put_jmember(b, "note", why);
	np_putc(b, '}');
}

int np_view_gantt(const struct np_view_in *in, struct np_buf *b,
		  struct np_err *reterr)
{
	struct gantt g = {.in = in, .mem = np_arena((size_t)1 << 30)};
	const char *why = np_no_plan;
	struct np_err e = {0};
	int rc = NP_OK;

	if (in->plan && np_audience_sees(in, NP_SHOW_PLAN))
		rc = np_kept_plan(in->plan, in->plan_n, &g.mem, &g.plan, &e);
	if (rc == NP_EINPUT || rc == NP_ELIMIT) {
		/* Somebody else's dossier: the page stands without it. */
		why = np_bad_plan;
		g.plan.nwaves = 0;
		rc = NP_OK;
	}
	if (!rc && g.plan.nwaves)
		rc = add_strips(&g);
	if (!rc && g.plan.nwaves)
		rc = add_days(&g);
	if (!rc && g.plan.nwaves)
		rc = put_all(&g, b);
	else if (!rc)
		put_nothing(why, b);
	np_arena_free(&g.mem);
	(void)reterr;
	return rc ? rc : b->failed ? NP_ENOMEM : NP_OK;
}
