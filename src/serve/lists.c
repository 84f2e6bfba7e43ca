/* SPDX-License-Identifier: ISC */
/* Findings, sources, coverage, statements. */
#include "report/coverage.h"
#include "report/export.h"
#include "report/member.h"
#include "serve/inside.h"

/* ---- findings */

static bool is(const struct np_talk *t, const char *name, const char *have)
{
	const char *want = np_ask_get(&t->ask, name);

	return !want || strcmp(want, have ? have : "") == 0;
}

static bool is_wanted(const struct np_talk *t, const struct np_view_in *in,
		      const struct np_finding *f)
{
	const struct np_clause *c = f->clause;
	char id[NP_VIEW_ID];

	return in->box[f->device - in->report->devices->v].row !=
		       NP_NO_ROW_OF &&
	       is(t, "clause", c ? c->id : NULL) &&
	       is(t, "jurisdiction", c ? c->jurisdiction : NULL) &&
	       is(t, "status", np_view_status_of(f)) &&
	       is(t, "device", np_view_id(in, f->device, id));
}

static void put_finding(const struct np_view_in *in, const struct np_finding *f,
			struct np_buf *b)
{
	const struct np_clause *c = f->clause;
	char id[NP_VIEW_ID];

	np_puts(b, "{\"device\":");
	np_put_jtext(b, np_view_id(in, f->device, id));
	np_put_jmember(b, "clause", c ? c->id : NULL);
	np_put_jmember(b, "jurisdiction", c ? c->jurisdiction : NULL);
	np_put_jmember(b, "duty", c ? np_duty_name(c->duty) : NULL);
	np_put_jmember(b, "status", np_view_status_of(f));
	np_put_jmember(b, "sure", c ? np_certainty_name(c->sure) : NULL);
	np_putf(b, ",\"component\":%s,\"elsewhere\":%s",
		f->component ? "true" : "false",
		f->elsewhere ? "true" : "false");
	np_put_jmember(b, "text", f->text);
	np_put_jmember(b, "missing", f->missing);
	np_put_jmember(b, "get", f->get);
	np_member_day(b, "date", f->date);
	if (f->date == NP_NODAY)
		np_puts(b, ",\"days\":null");
	else
		np_putf(b, ",\"days\":%d", f->days);
	np_put_jmember(b, "citation", c ? c->citation : NULL);
	np_put_jmember(b, "because",
		       np_audience_sees(in, NP_SHOW_VALUES) ? f->because
							    : NULL);
	np_putc(b, '}');
}

static int put_findings(const struct np_talk *t, const struct np_view_in *in,
			const struct np_window *w, struct np_buf *b)
{
	const struct np_findings *all = in->report->findings;
	size_t n = 0, matching = 0, next = 0;

	np_puts(b, "{\"schema\":\"nameplate.findings/1\",\"findings\":[");
	for (size_t i = 0; i < all->n; i++) {
		if (!is_wanted(t, in, &all->v[i]))
			continue;
		matching++;
		if (i < w->from)
			continue;
		if (n == w->most) {
			next = next ? next : i;
			continue;
		}
		np_puts(b, n++ ? ",\n" : "\n");
		put_finding(in, &all->v[i], b);
	}
	np_putf(b, "],\"matching\":%zu", matching);
	np_window_put(t, next, next, b);
	np_putc(b, '}');
	return NP_OK;
}

enum np_http_step np_route_findings(struct np_talk *t, struct np_http_answer *a)
{
	return np_make(t, put_findings, "", a);
}

/* ---- sources */

static int put_sources(const struct np_talk *t, const struct np_view_in *in,
		       const struct np_window *w, struct np_buf *b)
{
	const struct np_report *r = in->report;
	size_t end = w->from < r->nsources ? r->nsources - w->from : 0;

	end = w->from + (end < w->most ? end : w->most);
	np_puts(b, "{\"schema\":\"nameplate.sources/1\",\"sources\":[");
	for (size_t i = w->from; i < end; i++) {
		np_puts(b, i > w->from ? ",\n" : "\n");
		np_put_source(&r->sources[i], b);
	}
	np_putf(b, "],\"matching\":%zu", r->nsources);
	np_window_put(t, end, end < r->nsources, b);
	np_putc(b, '}');
	return NP_OK;
}

enum np_http_step np_route_sources(struct np_talk *t, struct np_http_answer *a)
{
	return np_make(t, put_sources, "", a);
}

/* ---- coverage, statements: whole, as the audit has them */

static int put_coverage(const struct np_talk *t, const struct np_view_in *in,
			const struct np_window *w, struct np_buf *b)
{
	int rc;

	(void)t;
	(void)w;
	np_puts(b, "{\"schema\":\"nameplate.coverage/1\",\"coverage\":[");
	rc = np_put_coverages(in->report, b);
	np_puts(b, "]}");
	return rc;
}

enum np_http_step np_route_coverage(struct np_talk *t, struct np_http_answer *a)
{
	return np_make(t, put_coverage, "", a);
}

static int put_statements(const struct np_talk *t, const struct np_view_in *in,
			  const struct np_window *w, struct np_buf *b)
{
	(void)t;
	(void)w;
	np_puts(b, "{\"schema\":\"nameplate.statements/1\"");
	np_put_statements(in->report, b);
	np_putc(b, '}');
	return NP_OK;
}

enum np_http_step np_route_statements(struct np_talk *t,
				      struct np_http_answer *a)
{
	return np_make(t, put_statements, "", a);
}
