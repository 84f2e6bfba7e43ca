/* SPDX-License-Identifier: ISC */
/* The first page: what was read, which published rule names it, where nobody
 * looked, and what to do next. */
#include "report/coverage.h"
#include "report/member.h"
#include "view/counts.h"
#include <stdlib.h>

/* ---- what was read */

struct read {
	uint64_t frames, octets, withheld, malformed, broken;
	uint64_t origins[NP_CONSTRUCTED + 1];
	int64_t first, last;
};

static void add_source(struct read *x, const struct np_report_source *s)
{
	x->frames += s->coverage.frames;
	x->octets += s->coverage.bytes;
	x->malformed += s->coverage.malformed;
	x->withheld += s->withheld;
	x->broken += strcmp(s->status, "read") != 0;
	x->first = np_time_min(x->first, s->coverage.first);
	x->last = np_time_max(x->last, s->coverage.last);
	x->origins[s->origin]++;
}

static void put_read(const struct np_view_in *in, struct np_buf *b)
{
	const struct np_report *r = in->report;
	struct read x = {.first = NP_NEVER, .last = NP_NEVER};

	for (size_t i = 0; i < r->nsources; i++)
		add_source(&x, &r->sources[i]);
	np_putf(b, ",\"read\":{\"sources\":%zu", r->nsources);
	np_member_n(b, "frames", x.frames);
	np_member_n(b, "octets", x.octets);
	np_member_time(b, "first", x.first);
	np_member_time(b, "last", x.last);
	np_puts(b, ",\"origins\":{");
	for (int o = NP_FIELD; o <= NP_CONSTRUCTED; o++)
		np_putf(b, "%s\"%s\":%llu", o > NP_FIELD ? "," : "",
			np_origin_name((enum np_origin)o),
			(unsigned long long)x.origins[o]);
	np_putc(b, '}');
	np_member_n(b, "withheld", x.withheld);
	np_member_n(b, "malformed", x.malformed);
	np_member_n(b, "unreadable", x.broken + r->unreadable);
	np_putf(b, ",\"evidence\":%s}", r->dossier ? "true" : "false");
}

/* ---- devices */

static void put_devices(const struct np_view_in *in, struct np_buf *b)
{
	const struct np_devices *d = in->report->devices;
	uint64_t by[NP_DISPUTED + 1] = {0}, theirs = 0;

	for (size_t i = 0; i < d->n; i++)
		by[d->v[i].sure] += in->box[i].row != NP_NO_ROW_OF;
	for (size_t i = 0; i < d->ncrowds; i++) {
		if (np_export_site(in->report, in->style, d->crowds[i].site))
			theirs += d->crowds[i].n;
	}
	np_putf(b, ",\"devices\":{\"n\":%u", in->rows);
	for (int i = 0; i <= NP_DISPUTED; i++)
		np_member_n(b, np_sure_name((enum np_sure)i), by[i]);
	np_member_n(b, "subscribers", theirs);
	np_putc(b, '}');
}

/* ---- where was looked */

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

/* A country's part of the bar is its share of the places that are declared. */
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

static int put_coverage(const struct np_view_in *in, struct np_counts *c,
			struct np_buf *b)
{
	const struct np_report *r = in->report;
	struct np_universe *u;
	struct np_ledger *l = np_party_ledger(r, &u);
	size_t n = np_sites(r->party), shown = 0;
	const char *open = "";

	for (uint32_t i = 0; i < n; i++)
		shown += np_export_site(r, in->style, i);
	np_puts(b, ",\"coverage\":[");
	for (uint32_t i = 0; i < n && l; i++) {
		size_t at = np_declared_site(u, np_site(r->party, i)->id);

		if (at == SIZE_MAX || !np_export_site(r, in->style, i))
			continue;
		np_puts(b, open);
		put_place(in, i, np_ledger_place(l, at), 1.0 / (double)shown,
			  b);
		if (!np_ledger_place(l, at)->sources && c->unseen == NP_NO_SITE)
			c->unseen = i;
		open = ",";
	}
	np_putc(b, ']');
	np_ledger_free(l);
	np_universe_free(u);
	return l ? NP_OK : NP_ENOMEM;
}

/* ---- the law */

static void put_counts(const uint64_t *n, bool none, struct np_buf *b)
{
	for (int s = 0; s < NP_NSTATUSES; s++) {
		const struct np_finding f = {.status = (enum np_status)s};

		np_putf(b, "%s\"%s\":%llu", s ? "," : "", np_view_status_of(&f),
			(unsigned long long)n[s]);
	}
	if (none)
		np_member_n(b, "none", n[NP_NSTATUSES]);
}

static void put_law(const struct np_counts_law *x, struct np_buf *b)
{
	const struct np_clause *c = x->clause;
	char policy[256];

	np_puts(b, "{\"policy\":");
	np_put_jtext(b, np_policy_of(c, policy));
	np_put_jmember(b, "jurisdiction", c->jurisdiction);
	np_put_jmember(b, "title", c->title);
	np_put_jmember(b, "title_native", c->title_native);
	np_put_jmember(b, "certainty", np_certainty_name(c->sure));
	np_putf(b, ",\"elsewhere\":%s,\"counts\":{",
		x->elsewhere ? "true" : "false");
	put_counts(x->n, false, b);
	np_putc(b, '}');
	np_member_day(b, "next_date", x->date);
	if (x->date == NP_NODAY)
		np_puts(b, ",\"days\":null}");
	else
		np_putf(b, ",\"days\":%d}", x->days);
}

static void put_laws(const struct np_counts *c, struct np_buf *b)
{
	np_puts(b, ",\"laws\":[");
	for (size_t i = 0; i < c->nlaws; i++) {
		np_puts(b, i ? "," : "");
		put_law(&c->law[i], b);
	}
	np_puts(b, "],\"places\":[");
	for (size_t i = 0; i < c->nplaces; i++) {
		np_puts(b, i ? ",{\"country\":" : "{\"country\":");
		np_put_jtext(b, c->place[i].country);
		np_putc(b, ',');
		put_counts(c->place[i].n, true, b);
		np_putc(b, '}');
	}
	np_putc(b, ']');
}

/* ---- the whole */

static void put_limits(const struct np_view_in *in, struct np_buf *b)
{
	const char *s;

	np_puts(b, ",\"limits\":[");
	for (size_t i = 0; (s = np_audience_limit(in->table, i)); i++) {
		np_puts(b, i ? "," : "");
		np_put_jtext(b, s);
	}
	np_putc(b, ']');
}

int np_view_verdict(const struct np_view_in *in, struct np_buf *b,
		    struct np_err *reterr)
{
	struct np_counts c;
	char day[16];
	int rc = np_counts(in, &c);

	np_view_head(b, "verdict");
	np_put_jmember(b, "operator", np_party_name(in->report->party));
	np_put_jmember(b, "as_of", np_day_text(in->report->as_of, day));
	np_puts(b, ",\"opening\":[");
	np_put_jtext(b, np_law_opening(in->report->law));
	np_putc(b, ']');
	put_read(in, b);
	if (!rc)
		rc = np_put_seal(in, b, reterr);
	put_devices(in, b);
	if (!rc)
		rc = put_coverage(in, &c, b);
	put_laws(&c, b);
	if (!rc)
		rc = np_put_actions(in, &c, b);
	put_limits(in, b);
	np_putc(b, '}');
	np_counts_free(&c);
	return rc ? rc : b->failed ? NP_ENOMEM : NP_OK;
}
