/* SPDX-License-Identifier: ISC */
/* Where was looked, and what may be said of where nothing was heard. */
#include "report/coverage.h"
#include "report/member.h"
#include "view/counts.h"
#include <stdlib.h>

/* What the bar of a place looks like. */
static const char *state_of(const struct np_looked_at *l,
			    const struct np_silence_state *s)
{
	if (s->verdict == NP_V_NOT_LOOKED)
		return "not_looked";
	if (s->expired || l->limited)
		return "part";
	return s->verdict == NP_V_NOT_HEARD ? "not_heard" : "looked";
}

static void put_methods(const struct np_silence *r, uint32_t set,
			struct np_buf *b)
{
	bool any = false;

	np_puts(b, ",\"methods\":[");
	for (size_t i = 0; i < np_methods(r); i++) {
		if (!(set >> i & 1))
			continue;
		np_puts(b, any ? "," : "");
		np_put_jtext(b, np_method(r, i)->name);
		any = true;
	}
	np_putc(b, ']');
}

/* A place's part of the bar is its share of the places that are declared. */
static void put_place(const struct np_view_in *in, uint32_t site,
		      const struct np_looked_at *l, double share,
		      struct np_buf *b)
{
	const struct np_silence *r = in->report->silence;
	struct np_buf says = np_buf(65536);
	struct np_silence_state s;

	np_place_state(r, l, NULL, 0, in->report->as_of, &s);
	np_put_state(r, l, &s, &says);
	np_puts(b, "{\"site\":");
	np_put_jtext(b, np_view_site(in, site));
	np_put_jmember(b, "name", np_view_site_name(in, site));
	np_put_jmember(b, "country", np_export_country(in->report, site));
	np_putf(b, ",\"state\":\"%s\",\"share\":%.6f", state_of(l, &s), share);
	np_put_jmember(b, "verdict", np_silence_verdict_name(s.verdict));
	np_member_day(b, "until", s.until);
	np_putf(b, ",\"sources\":%llu,\"boxes\":%llu",
		(unsigned long long)l->sources, (unsigned long long)l->boxes);
	np_member_time(b, "first", l->first);
	np_member_time(b, "last", l->last);
	put_methods(r, l->methods, b);
	np_put_jmember(b, "text", says.p);
	np_putc(b, '}');
	b->failed |= says.failed;
	np_buf_free(&says);
}

/* For who sees no site: places of a country that look alike, added up. */
struct alike {
	const char *country, *state;
	uint64_t sources, boxes;
	double share;
	uint32_t methods;
};

static int by_country(const void *a, const void *b)
{
	const struct alike *x = a, *y = b;
	int c = !x->country || !y->country
			? (y->country != NULL) - (x->country != NULL)
			: strcmp(x->country, y->country);

	return c ? c : strcmp(x->state, y->state);
}

static void put_alike(const struct np_view_in *in, const struct alike *x,
		      struct np_buf *b)
{
	np_puts(b, "{\"site\":null,\"name\":null");
	np_put_jmember(b, "country", x->country);
	np_putf(b, ",\"state\":\"%s\",\"share\":%.6f", x->state, x->share);
	np_member_n(b, "sources", x->sources);
	np_member_n(b, "boxes", x->boxes);
	np_puts(b, ",\"verdict\":null,\"until\":null,\"first\":null,"
		   "\"last\":null");
	put_methods(in->report->silence, x->methods, b);
	np_puts(b, ",\"text\":null}");
}

static void put_all_alike(const struct np_view_in *in, struct alike *v,
			  size_t n, struct np_buf *b)
{
	const char *open = "";

	if (n)
		qsort(v, n, sizeof(*v), by_country);
	for (size_t i = 0; i < n; i++) {
		if (i + 1 < n && by_country(&v[i], &v[i + 1]) == 0) {
			v[i + 1].sources += v[i].sources;
			v[i + 1].boxes += v[i].boxes;
			v[i + 1].share += v[i].share;
			v[i + 1].methods |= v[i].methods;
			continue;
		}
		np_puts(b, open);
		put_alike(in, &v[i], b);
		open = ",";
	}
}

struct places {
	const struct np_view_in *in;
	struct np_counts *c;
	const struct np_universe *u;
	const struct np_ledger *l;
	struct alike *alike; /* NULL: sites are shown */
	size_t n, shown;
	struct np_buf *b;
};

static void add_place(struct places *p, uint32_t site)
{
	const struct np_report *r = p->in->report;
	size_t at = np_declared_site(p->u, np_site(r->party, site)->id);
	const struct np_looked_at *l;
	struct np_silence_state s;

	if (at == SIZE_MAX || !np_export_site(r, p->in->style, site))
		return;
	l = np_ledger_place(p->l, at);
	if (!l->sources && p->c->unseen == NP_NO_SITE)
		p->c->unseen = site;
	if (!p->alike) {
		np_puts(p->b, p->n++ ? "," : "");
		put_place(p->in, site, l, 1.0 / (double)p->shown, p->b);
		return;
	}
	np_place_state(r->silence, l, NULL, 0, r->as_of, &s);
	p->alike[p->n++] = (struct alike){np_export_country(r, site),
					  state_of(l, &s),
					  l->sources,
					  l->boxes,
					  1.0 / (double)p->shown,
					  l->methods};
}

int np_put_looked(const struct np_view_in *in, struct np_counts *c,
		  struct np_buf *b)
{
	const struct np_report *r = in->report;
	struct np_universe *u;
	struct np_ledger *l = np_party_ledger(r, &u);
	size_t n = np_sites(r->party);
	struct places p = {.in = in, .c = c, .u = u, .l = l, .b = b};
	bool sites = np_audience_sees(in, NP_SHOW_SITES), ok;

	if (!sites)
		p.alike = calloc(n + 1, sizeof(*p.alike));
	ok = l && (sites || p.alike);
	for (uint32_t i = 0; i < n; i++)
		p.shown += np_export_site(r, in->style, i);
	np_puts(b, ",\"coverage\":[");
	for (uint32_t i = 0; i < n && ok; i++)
		add_place(&p, i);
	if (ok && p.alike)
		put_all_alike(in, p.alike, p.n, b);
	np_putc(b, ']');
	free(p.alike);
	np_ledger_free(l);
	np_universe_free(u);
	return ok ? NP_OK : NP_ENOMEM;
}
