/* SPDX-License-Identifier: ISC */
/* The first page: what was read, which published rule names it, where nobody
 * looked, and what to do next. */
#include "report/member.h"
#include "view/counts.h"

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

static void put_devices(const struct np_view_in *in, const struct np_counts *c,
			struct np_buf *b)
{
	const struct np_devices *d = in->report->devices;
	uint64_t theirs = 0;

	for (size_t i = 0; i < d->ncrowds; i++) {
		if (np_export_site(in->report, in->style, d->crowds[i].site))
			theirs += d->crowds[i].n;
	}
	np_putf(b, ",\"devices\":{\"n\":%u", in->rows);
	for (int i = 0; i <= NP_DISPUTED; i++)
		np_member_n(b, np_sure_name((enum np_sure)i), c->sure[i]);
	np_member_n(b, "subscribers", theirs);
	np_putc(b, '}');
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
	put_devices(in, &c, b);
	if (!rc)
		rc = np_put_looked(in, &c, b);
	put_laws(&c, b);
	if (!rc)
		rc = np_put_actions(in, &c, b);
	put_limits(in, b);
	np_putc(b, '}');
	np_counts_free(&c);
	return rc ? rc : b->failed ? NP_ENOMEM : NP_OK;
}
