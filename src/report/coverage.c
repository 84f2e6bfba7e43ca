/* SPDX-License-Identifier: ISC */
#include "report/coverage.h"
#include "document/document.h"
#include "report/member.h"
#include "report/page.h"
#include "report/table.h"
#include <stdlib.h>

#define FEW_SITES 24 /* more of them only with -l */
#define DAY ((int64_t)86400 * 1000000000)

struct np_observation np_observation_of(const struct np_report *r,
					const struct np_report_source *s)
{
	const struct np_beside *b = &s->beside;
	struct np_observation o = {
		.source = s->name,
		.site = s->site,
		.status = s->status,
		.tap = b->tap,
		.direction = b->direction,
		.clock_offset = b->clock_offset,
		.legal_basis = b->legal_basis,
		.method_name =
			b->method ? b->method : np_document_method(s->kind),
		.number = s->number,
		.first = s->coverage.first,
		.last = s->coverage.last,
		.drops = s->coverage.drops,
		.frames = s->coverage.frames,
		.asked = s->coverage.asked,
		.absent = s->coverage.absent,
		.malformed = s->coverage.malformed,
		.dropped_by_limit = s->coverage.dropped_by_limit,
		.origin = np_origin_name(s->origin),
	};
	int32_t day;

	o.method = np_method_find(r->silence, o.method_name);
	/* Walks and lists seldom say when; a person may have written it down.
	 */
	if (o.last == NP_NEVER && b->taken && np_day_read(b->taken, &day))
		o.first = o.last = day * DAY;
	return o;
}

/* Devices and findings are in the same order. */
static void add_boxes(const struct np_report *r, struct np_ledger *l)
{
	size_t f = 0;

	for (size_t i = 0; i < r->devices->n; i++) {
		const struct np_device *d = &r->devices->v[i];
		bool named =
			f < r->findings->n && r->findings->v[f].device == d;

		np_ledger_box(l, np_site_id(r->party, d->site), d->serial,
			      named ? (int)d->sure : -1);
		while (f < r->findings->n && r->findings->v[f].device == d)
			f++;
	}
}

int np_report_ledger(const struct np_report *r, const struct np_universe *u,
		     struct np_ledger **ret)
{
	struct np_ledger *l = np_ledger_new(r->silence, u);
	int rc = l ? NP_OK : NP_ENOMEM;

	for (size_t i = 0; i < r->nsources && !rc; i++) {
		struct np_observation o = np_observation_of(r, &r->sources[i]);

		/* Without a dossier they have no number yet. */
		if (!o.number)
			o.number = (uint32_t)i + 1;
		rc = np_ledger_add(l, &o);
	}
	if (!rc)
		add_boxes(r, l);
	if (rc) {
		np_ledger_free(l);
		l = NULL;
	}
	*ret = l;
	return rc;
}

struct np_ledger *np_party_ledger(const struct np_report *r,
				  struct np_universe **ret_u)
{
	struct np_universe *u = np_universe_new();
	struct np_ledger *l = NULL;

	if (u && !np_universe_party(u, r->party) && !np_report_ledger(r, u, &l))
		if (np_ledger_sum(l)) {
			np_ledger_free(l);
			l = NULL;
		}
	*ret_u = u;
	return l;
}

/* ---- JSON */

static void member_drops(struct np_buf *b, bool known, int64_t drops)
{
	if (!known || drops < 0)
		np_puts(b, ",\"drops\":null");
	else
		np_putf(b, ",\"drops\":%lld", (long long)drops);
}

void np_put_observation(const struct np_observation *o, struct np_buf *b)
{
	np_puts(b, "{\"site\":");
	np_putjsons(b, o->site);
	np_puts(b, ",\"segment\":null");
	np_member(b, "method", o->method_name);
	np_member_time(b, "first", o->first);
	np_member_time(b, "last", o->last);
	np_putf(b, ",\"frames\":%llu", (unsigned long long)o->frames);
	member_drops(b, true, o->drops);
	np_member(b, "status", o->status);
	np_member(b, "origin", o->origin);
	np_member(b, "source", o->source);
	np_member(b, "tap", o->tap);
	np_member(b, "direction", o->direction);
	np_member(b, "clock_offset", o->clock_offset);
	np_member(b, "legal_basis", o->legal_basis);
	np_putf(b,
		",\"asked\":%llu,\"absent\":%llu,\"malformed\":%llu,"
		"\"dropped_by_limit\":%llu}",
		(unsigned long long)o->asked, (unsigned long long)o->absent,
		(unsigned long long)o->malformed,
		(unsigned long long)o->dropped_by_limit);
}

static void put_set(const struct np_silence *r, const char *name, uint32_t set,
		    struct np_buf *b)
{
	bool any = false;

	np_putf(b, ",\"%s\":[", name);
	for (size_t i = 0; i < np_methods(r); i++) {
		if (!(set >> i & 1))
			continue;
		np_puts(b, any ? "," : "");
		np_putjsons(b, np_method(r, i)->name);
		any = true;
	}
	np_putc(b, ']');
}

static void put_state(const struct np_silence *r, const struct np_looked_at *l,
		      const struct np_silence_state *s, struct np_buf *b)
{
	struct np_buf says = np_buf(65536);
	char day[16];

	np_put_state(r, l, s, &says);
	np_member(b, "status", l->sources ? "looked" : "not looked");
	np_member(b, "says", says.p ? says.p : "");
	np_member(b, "verdict", np_silence_verdict_name(s->verdict));
	np_member(b, "until",
		  s->until == NP_NODAY ? NULL : np_day_text(s->until, day));
	np_putf(b, ",\"expired\":%s", s->expired ? "true" : "false");
	put_set(r, "methods", s->methods, b);
	put_set(r, "ended", s->ended, b);
	np_puts(b, ",\"cannot_hear\":[");
	for (size_t i = 0; i < s->deaf.n; i++) {
		np_puts(b, i ? "," : "");
		np_putjsons(b, s->deaf.v[i]);
	}
	np_puts(b, "]}");
	np_buf_free(&says);
}

/* Only who goes through the sightings knows. */
static void put_protos(const struct np_looked_at *l, struct np_buf *b)
{
	bool any = false;

	for (size_t i = 0; i < NP_NSPEAKERS; i++) {
		if (!(l->protos[i / 64] >> i % 64 & 1))
			continue;
		np_puts(b, any ? "," : ",\"protocols\":[");
		np_putjsons(b, np_protos[i]->name);
		any = true;
	}
	if (any)
		np_putc(b, ']');
}

void np_put_place_row(const struct np_silence *r, const struct np_looked_at *l,
		      const struct np_silence_state *s, struct np_buf *b)
{
	const struct np_declared *d = l->place;
	bool is_site = d && d->kind == NP_D_SITE;

	np_puts(b, "{\"site\":");
	np_putjsons(b, is_site ? d->text : d ? d->site : NULL);
	np_puts(b, ",\"segment\":null,\"method\":null");
	if (d && !is_site) {
		np_member(b, "kind", np_declared_name(d->kind));
		np_member(b, "declared", d->text);
	}
	np_member_time(b, "first", l->first);
	np_member_time(b, "last", l->last);
	np_putf(b, ",\"frames\":%llu", (unsigned long long)l->frames);
	member_drops(b, l->sources, l->drops);
	np_putf(b,
		",\"sources\":%llu,\"seconds\":%lld,\"asked\":%llu,"
		"\"absent\":%llu,\"limited\":%llu,\"boxes\":%llu",
		(unsigned long long)l->sources,
		(long long)(l->listened / 1000000000),
		(unsigned long long)l->asked, (unsigned long long)l->absent,
		(unsigned long long)l->limited, (unsigned long long)l->boxes);
	put_protos(l, b);
	np_member(b, "direction",
		  l->direction & NP_WAY_UNSAID || !l->direction
			  ? NULL
			  : np_direction_name(l->direction));
	put_state(r, l, s, b);
}

/* A row a source, then one for each place: where nobody looked too. */
int np_put_coverages(const struct np_report *r, struct np_buf *b)
{
	struct np_universe *u;
	struct np_ledger *l = np_party_ledger(r, &u);
	size_t n = l ? np_declared_n(u) : 0, rows = l ? np_ledger_rows(l) : 0;
	struct np_silence_state s;
	int rc = l ? NP_OK : NP_ENOMEM;

	for (size_t i = 0; i < rows; i++) {
		np_puts(b, i ? "," : "");
		np_put_observation(np_ledger_row(l, i), b);
	}
	for (size_t i = 0; i < n; i++) {
		const struct np_looked_at *x = np_ledger_place(l, i);

		np_place_state(r->silence, x, NULL, 0, r->as_of, &s);
		np_puts(b, i || rows ? "," : "");
		np_put_place_row(r->silence, x, &s, b);
	}
	np_ledger_free(l);
	np_universe_free(u);
	return rc;
}

/* ---- the page */

static void put_term(struct np_buf *c, const char *s)
{
	if (s)
		np_putterm(c, s, strlen(s));
	else
		np_puts(c, "not recorded");
}

static void put_drops(struct np_buf *c, bool known, int64_t drops)
{
	if (!known)
		np_putc(c, '-');
	else if (drops < 0)
		np_puts(c, "not recorded");
	else
		np_put_count(c, (uint64_t)drops);
}

static void put_time(struct np_buf *c, int64_t t)
{
	char text[40];

	if (t == NP_NEVER)
		np_puts(c, "-");
	else
		np_put(c, np_time_text(t, text), 16);
}

static void put_until(struct np_buf *c, const struct np_silence_state *s)
{
	char day[16];

	if (s->expired)
		np_puts(c, s->undated ? "no day" : "ended ");
	if (s->until != NP_NODAY)
		np_puts(c, np_day_text(s->until, day));
	else if (!s->expired)
		np_putc(c, '-');
}

static void put_row(const struct np_page *p, struct np_table *t,
		    const struct np_looked_at *l)
{
	struct np_buf c = np_buf(65536);
	struct np_silence_state s;

	np_place_state(p->r->silence, l, NULL, 0, p->r->as_of, &s);
	put_term(&c, l->place ? l->place->text : "no place");
	np_table_take(t, &c);
	np_put_count(&c, l->sources);
	np_table_take(t, &c);
	put_time(&c, l->first);
	np_table_take(t, &c);
	np_put_count(&c, l->frames);
	np_table_take(t, &c);
	put_drops(&c, l->sources, l->drops);
	np_table_take(t, &c);
	put_until(&c, &s);
	np_table_take(t, &c);
	np_put_state(p->r->silence, l, &s, &c);
	np_table_take(t, &c);
	np_buf_free(&c);
}

/* Is the place on this page? */
static bool here(const struct np_page *p, const char *site, uint64_t sources)
{
	return p->s->site ? site && strcmp(site, p->s->site) == 0
			  : site || sources;
}

static void put_places(struct np_page *p, const struct np_ledger *l, size_t n)
{
	static const char *const titles[] = {"site",   "sources", "from (UTC)",
					     "frames", "drops",	  "until",
					     "heard"};
	size_t shown = 0;
	struct np_table t;

	np_table_open(&t, titles, NP_COUNT(titles));
	for (size_t i = 0; i <= n; i++) {
		const struct np_looked_at *x = np_ledger_place(l, i);

		if (!here(p, x->place ? x->place->text : NULL, x->sources) ||
		    (!p->s->all && shown == FEW_SITES))
			continue;
		put_row(p, &t, x);
		shown++;
	}
	if (shown) {
		np_puts(&p->b, "\nwhere was looked\n");
		np_table_write(&t, p->s->width, p->s->colour, &p->b);
	}
	if (!p->s->all && n > FEW_SITES)
		np_puts(&p->b, "  and more sites: -l\n");
	np_table_close(&t);
}

static void put_asked(struct np_buf *c, const struct np_observation *o)
{
	if (!o->asked && !o->absent) {
		np_putc(c, '-');
		return;
	}
	np_put_count(c, o->asked);
	np_putc(c, '/');
	np_put_count(c, o->absent);
}

static void put_observed(struct np_table *t, const struct np_observation *o)
{
	const char *texts[] = {o->site, o->method_name, o->tap, o->direction,
			       o->clock_offset};
	struct np_buf c = np_buf(65536);

	for (size_t i = 0; i < NP_COUNT(texts); i++) {
		put_term(&c, texts[i]);
		np_table_take(t, &c);
	}
	put_time(&c, o->first);
	np_table_take(t, &c);
	put_time(&c, o->last);
	np_table_take(t, &c);
	put_drops(&c, true, o->drops);
	np_table_take(t, &c);
	put_asked(&c, o);
	np_table_take(t, &c);
	put_term(&c, o->source);
	np_table_take(t, &c);
	np_buf_free(&c);
}

void np_put_ledger(const struct np_ledger *l, const struct np_style *s,
		   size_t most, struct np_buf *b)
{
	static const char *const titles[] = {
		"site",		"method",     "tap",	  "direction",
		"clock off by", "from (UTC)", "to (UTC)", "drops",
		"asked/absent", "source"};
	size_t shown = 0, left = 0;
	struct np_table t;

	np_table_open(&t, titles, NP_COUNT(titles));
	for (size_t i = 0; i < np_ledger_rows(l); i++) {
		const struct np_observation *o = np_ledger_row(l, i);

		if (s->site && (!o->site || strcmp(o->site, s->site) != 0))
			continue;
		if (shown == most) {
			left++;
			continue;
		}
		put_observed(&t, o);
		shown++;
	}
	if (shown) {
		np_puts(b, "\nwhat was observed\n");
		np_table_write(&t, s->width, s->colour, b);
	}
	if (left) {
		np_puts(b, "  and ");
		np_put_many(b, left, "source", "sources");
		np_puts(b, ": -l\n");
	}
	np_table_close(&t);
}

void np_page_coverage(struct np_page *p)
{
	struct np_universe *u;
	struct np_ledger *l = np_party_ledger(p->r, &u);

	if (!l) {
		p->b.failed = true;
	} else {
		put_places(p, l, np_declared_n(u));
		if (p->s->all)
			np_put_ledger(l, p->s, SIZE_MAX, &p->b);
	}
	np_ledger_free(l);
	np_universe_free(u);
}
