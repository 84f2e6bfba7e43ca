/* SPDX-License-Identifier: ISC */
#include "report/coverage.h"
#include "report/page.h"
#include "report/table.h"
#include <stdlib.h>

#define FEW_SITES 24 /* more of them only with -l */

static struct np_looked *of_site(const struct np_report *r, struct np_looked *v,
				 const char *site)
{
	size_t n = np_sites(r->party);

	for (size_t i = 0; site && i < n; i++) {
		if (strcmp(v[i].site, site) == 0)
			return &v[i];
	}
	return &v[n];
}

static void add_source(struct np_looked *l, const struct np_report_source *s)
{
	l->sources++;
	l->frames += s->coverage.frames;
	l->first = np_time_min(l->first, s->coverage.first);
	l->last = np_time_max(l->last, s->coverage.last);
	l->drops = l->drops < 0 || s->coverage.drops < 0
			   ? -1
			   : l->drops + s->coverage.drops;
}

struct np_looked *np_looked(const struct np_report *r, size_t *ret_n)
{
	size_t n = np_sites(r->party);
	struct np_looked *v = calloc(n + 1, sizeof(*v));
	const struct np_device *last = NULL;

	*ret_n = n + 1;
	if (!v)
		return NULL;
	for (size_t i = 0; i <= n; i++) {
		v[i].first = v[i].last = NP_NEVER;
		v[i].site = i < n ? np_site(r->party, i)->id : NULL;
	}
	for (size_t i = 0; i < r->nsources; i++)
		add_source(of_site(r, v, r->sources[i].site), &r->sources[i]);
	for (size_t i = 0; i < r->findings->n; i++) {
		const struct np_device *d = r->findings->v[i].device;

		if (d != last)
			v[d->site < n ? d->site : n].named[d->sure]++;
		last = d;
	}
	return v;
}

/* "10 minutes": rounded down, in the largest unit of which there are two. */
static void put_length(struct np_buf *b, int64_t first, int64_t last)
{
	static const struct {
		uint64_t seconds;
		const char *one, *many;
	} units[] = {
		{86400, "day", "days"},
		{3600, "hour", "hours"},
		{60, "minute", "minutes"},
		{1, "second", "seconds"},
	};
	uint64_t s = (uint64_t)(last - first + 500000000) / 1000000000;
	size_t u = 0;

	/* A capture of ten minutes seldom ends on the last second of them. */
	if (s % 60 >= 50)
		s += 60 - s % 60;
	while (u + 1 < NP_COUNT(units) && s < 2 * units[u].seconds)
		u++;
	np_put_many(b, s / units[u].seconds, units[u].one, units[u].many);
}

void np_put_heard(struct np_buf *b, const struct np_looked *l)
{
	static const enum np_sure order[] = {NP_CONFIRMED, NP_PROBABLE,
					     NP_POSSIBLE, NP_DISPUTED,
					     NP_UNKNOWN};
	bool any = false;

	if (!l->sources) {
		np_puts(b, "not looked");
		return;
	}
	for (size_t i = 0; i < NP_COUNT(order); i++) {
		if (!l->named[order[i]])
			continue;
		np_puts(b, any ? ", " : "boxes with findings: ");
		np_put_count(b, l->named[order[i]]);
		np_putf(b, " %s", np_sure_name(order[i]));
		any = true;
	}
	if (any)
		return;
	np_puts(b, "not heard");
	if (l->first != NP_NEVER) {
		np_puts(b, " in ");
		put_length(b, l->first, l->last);
	}
	np_puts(b, "; cannot hear: silent, encrypted");
}

static void put_row(struct np_table *t, const struct np_looked *l)
{
	struct np_buf c = np_buf(4096);
	char text[40];

	np_table_cell(t, l->site ? l->site : "no place",
		      strlen(l->site ? l->site : "no place"));
	np_put_count(&c, l->sources);
	np_table_cell(t, c.p, c.n);
	np_buf_clear(&c);
	if (l->first == NP_NEVER)
		np_puts(&c, "-");
	else
		np_put(&c, np_time_text(l->first, text), 16);
	np_table_cell(t, c.p, c.n);
	np_buf_clear(&c);
	np_put_count(&c, l->frames);
	np_table_cell(t, c.p, c.n);
	np_buf_clear(&c);
	if (!l->sources)
		np_puts(&c, "-");
	else if (l->drops < 0)
		np_puts(&c, "not recorded");
	else
		np_put_count(&c, (uint64_t)l->drops);
	np_table_cell(t, c.p, c.n);
	np_buf_clear(&c);
	np_put_heard(&c, l);
	np_table_cell(t, c.p, c.n);
	np_buf_free(&c);
}

void np_page_coverage(struct np_page *p)
{
	static const char *const titles[] = {"site",   "sources", "from (UTC)",
					     "frames", "drops",	  "heard"};
	struct np_table t;
	size_t n, shown = 0;
	struct np_looked *v = np_looked(p->r, &n);

	if (!v) {
		p->b.failed = true;
		return;
	}
	np_table_open(&t, titles, NP_COUNT(titles));
	for (size_t i = 0; i < n; i++) {
		bool here = p->s->site ? v[i].site && strcmp(v[i].site,
							     p->s->site) == 0
				       : v[i].site || v[i].sources;

		if (!here || (!p->s->all && shown == FEW_SITES))
			continue;
		put_row(&t, &v[i]);
		shown++;
	}
	if (shown) {
		np_puts(&p->b, "\nwhere was looked\n");
		np_table_write(&t, p->s->width, p->s->colour, &p->b);
	}
	if (!p->s->all && n - 1 > FEW_SITES)
		np_puts(&p->b, "  and more sites: -l\n");
	np_table_close(&t);
	free(v);
}
