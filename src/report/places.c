/* SPDX-License-Identifier: ISC */
/*
 * Where boxes stand and by which key, the unplaced first; what serves protected
 * zones; contracts for services; who manages from outside.
 */
#include "report/member.h"
#include "report/page.h"
#include "report/table.h"

#define MANY_IDS 10000 /* unplaced ones that are named one by one */

static const char *at(const struct np_report *r, uint32_t site)
{
	const char *id = np_site_id(r->party, site);

	return id ? id : "-";
}

/* ---- JSON */

static void put_row_of(const struct np_report *r, uint32_t row,
		       struct np_buf *b)
{
	const struct np_stock_row *s = np_stock_row(r->places, row);
	const char *name;

	np_puts(b, ",\"inventory\":");
	if (!s) {
		np_puts(b, "null");
		return;
	}
	np_putf(b, "{\"line\":%llu", (unsigned long long)s->line);
	np_member(b, "label", s->label);
	np_member(b, "function", s->function);
	np_member(b, "circuit", s->circuit);
	np_puts(b, ",\"facts\":{");
	for (size_t i = 0, n = 0; (name = np_stock_fact(r->places, i)); i++) {
		if (!s->fact[i])
			continue;
		np_puts(b, n++ ? "," : "");
		np_putjsons(b, name);
		np_puts(b, ":");
		np_putjsons(b, s->fact[i]);
	}
	np_puts(b, "}}");
}

void np_put_placing(const struct np_report *r, const struct np_device *d,
		    struct np_buf *b)
{
	struct np_placing one = {0}, *x = &one;

	if (!r->places)
		return;
	one = np_placing(r->places, (size_t)(d - r->devices->v));
	np_member(b, "placed_by", np_placed_name(x->by));
	np_member(b, "placed_why", x->why);
	np_puts(b, ",\"placed_against\":[");
	for (size_t i = 0; i < x->nagainst; i++) {
		np_puts(b, i ? ",{\"by\":" : "{\"by\":");
		np_putjsons(b, np_placed_name(x->against[i].by));
		np_member(b, "site", np_site_id(r->party, x->against[i].site));
		np_member(b, "why", x->against[i].why);
		np_putc(b, '}');
	}
	np_putc(b, ']');
	put_row_of(r, x->row, b);
}

static void put_why(struct np_buf *b, const char *why)
{
	if (!why)
		return;
	np_puts(b, " (");
	np_putterm(b, why, strlen(why));
	np_puts(b, ")");
}

void np_put_placing_lines(const struct np_report *r, const struct np_device *d,
			  struct np_buf *b)
{
	struct np_placing x = {0};
	const struct np_stock_row *s;
	const char *name;

	if (r->places)
		x = np_placing(r->places, (size_t)(d - r->devices->v));
	np_puts(b, "\nwhere it stands\n");
	np_putf(b, "  %s, by %s", at(r, d->site),
		x.by == NP_BY_NOTHING ? "nothing" : np_placed_name(x.by));
	put_why(b, x.why);
	np_putc(b, '\n');
	for (size_t i = 0; i < x.nagainst; i++) {
		np_putf(b, "  against it: %s says %s",
			np_placed_name(x.against[i].by),
			at(r, x.against[i].site));
		put_why(b, x.against[i].why);
		np_putc(b, '\n');
	}
	s = r->places ? np_stock_row(r->places, x.row) : NULL;
	if (!s)
		return;
	np_putf(b, "  inventory, line %llu:", (unsigned long long)s->line);
	for (size_t i = 0; (name = np_stock_fact(r->places, i)); i++) {
		if (!s->fact[i])
			continue;
		np_putf(b, " %s ", name);
		np_putterm(b, s->fact[i], strlen(s->fact[i]));
		np_putc(b, ';');
	}
	np_puts(b, " as the operator states it\n");
}

/* Their ids come before all else that is said of places. */
static void put_unplaced(const struct np_report *r, struct np_buf *b)
{
	size_t n = 0;

	np_puts(b, ",\"unplaced_devices\":[");
	for (size_t i = 0; i < r->devices->n && n < MANY_IDS; i++) {
		if (np_placing(r->places, i).by != NP_BY_NOTHING)
			continue;
		np_puts(b, n++ ? "," : "");
		np_putjsons(b, r->devices->v[i].id);
	}
	np_putc(b, ']');
}

static void put_counts(const struct np_report *r, struct np_buf *b)
{
	uint64_t by[NP_NPLACED] = {0}, against = 0, matched = 0;

	for (size_t i = 0; i < r->devices->n; i++) {
		struct np_placing x = np_placing(r->places, i);

		by[x.by]++;
		against += x.nagainst > 0;
	}
	for (size_t i = 0; i < np_stock(r->places); i++)
		matched += np_stock_row(r->places, i)->devices > 0;
	np_putf(b, ",\"places\":{\"unplaced\":%llu",
		(unsigned long long)by[NP_BY_NOTHING]);
	put_unplaced(r, b);
	for (int i = NP_BY_CAPTURE; i < NP_NPLACED; i++)
		np_member_n(b, np_placed_name((enum np_placed)i), by[i]);
	np_member_n(b, "contradicted", against);
	np_member_n(b, "inventory_rows", np_stock(r->places));
	np_member_n(b, "inventory_matched", matched);
	np_member_n(b, "notes_left_out", np_place_notes_left_out(r->places));
	np_puts(b, ",\"notes\":[");
	for (size_t i = 0; i < np_place_notes(r->places); i++) {
		const struct np_place_note *n = np_place_note(r->places, i);

		np_puts(b, i ? ",{\"file\":" : "{\"file\":");
		np_putjsons(b, n->file);
		np_member_n(b, "line", n->line);
		np_member(b, "text", n->text);
		np_putc(b, '}');
	}
	np_puts(b, "]}");
}

static void put_zones(const struct np_report *r, struct np_buf *b)
{
	struct np_buf says = np_buf(4096);

	np_puts(b, ",\"zones\":[");
	for (size_t i = 0; i < np_zones(r->places); i++) {
		const struct np_zone *z = np_zone(r->places, i);
		struct np_zone_count c;

		np_zone_count(r->places, i, r->devices, r->findings, &c);
		np_buf_clear(&says);
		np_zone_say(r->places, i, &c, &says);
		np_puts(b, i ? ",{\"id\":" : "{\"id\":");
		np_putjsons(b, z->id);
		np_member(b, "name", z->name);
		np_member(b, "kind", z->kind);
		np_putf(b, ",\"served\":%s", z->served ? "true" : "false");
		np_member_n(b, "in_scope", c.in_scope);
		np_member_n(b, "other", c.other);
		np_member_n(b, "unknown", c.unknown);
		np_putf(b, ",\"within_km\":%.1f", z->within);
		np_member_n(b, "near", c.near);
		if (c.nearest < 0)
			np_puts(b, ",\"nearest_km\":null");
		else
			np_putf(b, ",\"nearest_km\":%.3f", c.nearest);
		np_member(b, "nearest_site",
			  np_site_id(r->party, c.nearest_site));
		np_member(b, "says", says.p);
		np_putc(b, '}');
	}
	np_putc(b, ']');
	np_buf_free(&says);
}

/* The number of a contract's row from the id of what stands for it. */
static bool is_of(const struct np_finding *f, size_t i)
{
	char id[20];

	(void)snprintf(id, sizeof(id), "c-%u", (unsigned)i + 1);
	return strcmp(f->device->id, id) == 0;
}

void np_put_contract(const struct np_report *r, size_t i, struct np_buf *b)
{
	const struct np_contract *c = np_contract(r->places, i);
	size_t n = 0, stated = 0;

	np_putf(b, "{\"id\":\"c-%zu\"", i + 1);
	np_member(b, "supplier", c->supplier);
	np_member(b, "maker", np_maker_slug(r->knowledge, c->maker));
	np_member(b, "service", c->service);
	np_member(b, "site", c->site);
	np_member(b, "function", c->function);
	np_puts(b, ",\"facts\":{");
	for (size_t k = 0; np_contract_fact(r->places, k); k++) {
		if (!c->fact[k])
			continue;
		np_puts(b, stated++ ? "," : "");
		np_putjsons(b, np_contract_fact(r->places, k));
		np_putc(b, ':');
		np_putjsons(b, c->fact[k]);
	}
	np_putc(b, '}');
	np_member_day(b, "from", c->from);
	np_member_day(b, "until", c->until);
	np_member_n(b, "line", c->line);
	np_putf(b, ",\"runs\":%s",
		np_contract_runs(c, r->as_of) ? "true" : "false");
	np_puts(b, ",\"findings\":[");
	for (size_t k = 0; k < r->of_contracts->n; k++) {
		if (!is_of(&r->of_contracts->v[k], i))
			continue;
		np_puts(b, n++ ? "," : "");
		np_put_finding(r, &r->of_contracts->v[k], b);
	}
	np_puts(b, "]}");
}

static void put_contracts(const struct np_report *r, struct np_buf *b)
{
	np_puts(b, ",\"contracts\":[");
	for (size_t i = 0; i < np_contracts(r->places); i++) {
		np_puts(b, i ? ",\n" : "\n");
		np_put_contract(r, i, b);
	}
	np_putc(b, ']');
}

static void put_sessions(const struct np_report *r, struct np_buf *b)
{
	const struct np_session *v;
	size_t n = np_sessions(r->places, &v);
	struct np_buf says = np_buf(4096);

	np_puts(b, ",\"sessions\":[");
	for (size_t i = 0; i < n; i++) {
		np_buf_clear(&says);
		np_session_put(r->places, &v[i], &says);
		np_puts(b, i ? ",{\"service\":" : "{\"service\":");
		np_putjsons(b, v[i].service);
		np_member(b, "near", v[i].near);
		np_member(b, "far", v[i].far);
		np_member_n(b, "count", v[i].n);
		np_member_time(b, "first", v[i].first);
		np_member_time(b, "last", v[i].last);
		np_member(b, "says", says.p);
		np_putc(b, '}');
	}
	np_putc(b, ']');
	np_buf_free(&says);
}

void np_put_places(const struct np_report *r, struct np_buf *b)
{
	if (!r->places)
		return;
	put_counts(r, b);
	put_zones(r, b);
	put_contracts(r, b);
	put_sessions(r, b);
}

/* ---- the page */

static void cell(struct np_table *t, const char *s)
{
	struct np_buf b = np_buf(8192);

	np_puts(&b, s ? "" : "-");
	if (s)
		np_putterm(&b, s, strlen(s));
	np_table_cell(t, b.p ? b.p : "", b.n);
	t->failed |= b.failed;
	np_buf_free(&b);
}

static void put_against(struct np_table *t, const struct np_page *p,
			const struct np_placing *x)
{
	struct np_buf b = np_buf(8192);

	for (size_t i = 0; i < x->nagainst; i++)
		np_putf(&b, "%s%s says %s (%s)", i ? "; " : "",
			np_placed_name(x->against[i].by),
			at(p->r, x->against[i].site),
			x->against[i].why ? x->against[i].why : "");
	cell(t, b.n ? b.p : NULL);
	np_buf_free(&b);
}

static void put_place_row(struct np_page *p, struct np_table *t,
			  const struct np_device *d, struct np_arena *mem)
{
	const struct np_placing one =
		np_placing(p->r->places, (size_t)(d - p->r->devices->v));
	const struct np_placing *x = &one;
	const char *maker = np_report_maker(p->r, d->maker);
	struct np_evidence e = {0};
	struct np_buf b = np_buf(8192);

	np_arena_reset(mem);
	cell(t, d->id);
	cell(t, np_site_id(p->r->party, d->site));
	cell(t, np_placed_name(x->by));
	cell(t, x->why);
	put_against(t, p, x);
	cell(t, maker ? maker : "unknown");
	if (np_device_keys(p->r->devices, d, mem, &e) == NP_OK) {
		for (size_t i = 0; i < e.nkeys && b.n < 60; i++) {
			np_puts(&b, i ? " " : "");
			np_put(&b, e.keys[i].v, e.keys[i].n);
		}
	}
	cell(t, b.n ? b.p : NULL);
	np_buf_free(&b);
}

/* The unplaced, then those that keys disagree on, then the rest. */
static unsigned turn_of(const struct np_page *p, size_t i)
{
	struct np_placing x = np_placing(p->r->places, i);

	return x.by == NP_BY_NOTHING ? 0 : x.nagainst ? 1 : 2;
}

static void put_place_table(struct np_page *p)
{
	static const char *const titles[] = {"device",	"site",	   "placed by",
					     "why",	"against", "maker",
					     "known as"};
	struct np_arena mem = np_arena((size_t)64 << 20);
	struct np_table t;

	np_table_open(&t, titles, NP_COUNT(titles));
	t.whole = 1 << 0 | 1 << 1 | 1 << 2;
	for (unsigned turn = 0; turn < 3; turn++) {
		for (size_t i = 0; i < p->r->devices->n; i++) {
			const struct np_device *d = &p->r->devices->v[i];

			if (np_page_here(p, d) && turn_of(p, i) == turn)
				put_place_row(p, &t, d, &mem);
		}
	}
	np_puts(&p->b, "where boxes stand, and by which key: the unplaced "
		       "first\n");
	np_table_write(&t, p->s->width, p->s->colour, &p->b);
	np_table_close(&t);
	np_arena_free(&mem);
}

static void put_notes(struct np_page *p)
{
	size_t n = np_place_notes(p->r->places);
	uint64_t more = np_place_notes_left_out(p->r->places);

	if (!n)
		return;
	if (!p->s->places) {
		np_puts(&p->b, "the party's files: ");
		np_put_many(&p->b, n + more, "note", "notes");
		np_puts(&p->b, " on rows and places: --places\n");
		return;
	}
	np_puts(&p->b, "the party's files\n");
	for (size_t i = 0; i < n; i++) {
		const struct np_place_note *x = np_place_note(p->r->places, i);
		const char *slash = x->file ? strrchr(x->file, '/') : NULL;
		const char *file = slash ? slash + 1 : x->file;

		np_puts(&p->b, "  ");
		if (file)
			np_putterm(&p->b, file, strlen(file));
		if (x->line)
			np_putf(&p->b, ":%llu", (unsigned long long)x->line);
		np_puts(&p->b, ": ");
		np_putterm(&p->b, x->text, strlen(x->text));
		np_putc(&p->b, '\n');
	}
	if (more) {
		np_puts(&p->b, "  and ");
		np_put_many(&p->b, more, "more\n", "more\n");
	}
}

static void page_zones(struct np_page *p)
{
	struct np_buf says = np_buf(4096);

	/* A zone is served from several sites: of one alone nothing is said. */
	for (size_t i = 0; !p->s->site && i < np_zones(p->r->places); i++) {
		struct np_zone_count c;

		if (!i)
			np_puts(&p->b, "protected zones; paths between boxes: "
				       "nameplate risk\n");
		np_zone_count(p->r->places, i, p->r->devices, p->r->findings,
			      &c);
		np_buf_clear(&says);
		np_zone_say(p->r->places, i, &c, &says);
		np_page_paragraph(p, says.p ? says.p : "", 2);
	}
	np_buf_free(&says);
}

/* Findings of one contract that say the same: their clauses in one row. With
 * `f` NULL the contract has none. */
static void put_deal(struct np_page *p, struct np_table *t, size_t i,
		     const struct np_finding *f, const char *rules)
{
	const struct np_contract *c = np_contract(p->r->places, i);
	char id[20], day[16];

	(void)snprintf(id, sizeof(id), "c-%u", (unsigned)i + 1);
	cell(t, f				   ? np_finding_status(f)
		: np_contract_runs(c, p->r->as_of) ? "no rule asks anything"
						   : "does not run");
	cell(t, c->site);
	cell(t, id);
	cell(t, c->supplier);
	cell(t, c->service);
	cell(t, c->until == NP_NODAY ? NULL : np_day_text(c->until, day));
	cell(t, rules);
	cell(t, f && p->s->all ? f->text : f ? f->missing : NULL);
}

static bool is_here(const struct np_page *p, const struct np_contract *c)
{
	return !p->s->site || (c->site && strcmp(c->site, p->s->site) == 0);
}

/* Is it shown: in scope or open, or all with -l? */
static bool deal_shown(const struct np_page *p, const struct np_finding *f,
		       size_t i)
{
	return is_of(f, i) && !f->elsewhere &&
	       (p->s->all || f->status == NP_IN_SCOPE ||
		f->status == NP_UNDETERMINED);
}

static bool say_alike(const struct np_page *p, const struct np_finding *a,
		      const struct np_finding *b)
{
	if (p->s->all || a == b)
		return a == b;
	return strcmp(np_finding_status(a), np_finding_status(b)) == 0 &&
	       strcmp(a->missing ? a->missing : "",
		      b->missing ? b->missing : "") == 0;
}

/* The clauses of all that say what finding k says; false: one before did. */
static bool put_rules(const struct np_page *p, size_t i, size_t k,
		      struct np_buf *b)
{
	const struct np_findings *all = p->r->of_contracts;

	np_buf_clear(b);
	for (size_t j = 0; j < all->n; j++) {
		const struct np_finding *f = &all->v[j];

		if (!deal_shown(p, f, i) || !say_alike(p, f, &all->v[k]))
			continue;
		if (j < k)
			return false;
		np_putf(b, "%s%s", b->n ? ", " : "",
			f->clause ? f->clause->id : "-");
	}
	return b->n > 0;
}

/* Gives how many rows it has. */
static size_t put_deals(struct np_page *p, struct np_table *t, size_t i)
{
	struct np_buf rules = np_buf(8192);
	size_t rows = 0;

	for (size_t k = 0; k < p->r->of_contracts->n; k++) {
		const struct np_finding *f = &p->r->of_contracts->v[k];

		if (!deal_shown(p, f, i) || !put_rules(p, i, k, &rules))
			continue;
		put_deal(p, t, i, f, rules.p);
		rows++;
	}
	if (!rows && p->s->all) {
		put_deal(p, t, i, NULL, NULL);
		rows++;
	}
	np_buf_free(&rules);
	return rows;
}

static void page_contracts(struct np_page *p)
{
	const char *const titles[] = {
		"finding",
		"site",
		"contract",
		"supplier",
		"service",
		"until",
		"rule",
		p->s->all ? "what is said" : "open: what is missing"};
	struct np_table t;
	size_t n = 0, rows = 0, silent = 0, ended = 0;

	np_table_open(&t, titles, NP_COUNT(titles));
	t.whole = 1 << 0 | 1 << 1 | 1 << 2 | 1 << 5;
	for (size_t i = 0; i < np_contracts(p->r->places); i++) {
		const struct np_contract *c = np_contract(p->r->places, i);
		size_t more;

		if (!is_here(p, c))
			continue;
		n++;
		more = put_deals(p, &t, i);
		rows += more;
		silent += !more;
		ended += !more && !np_contract_runs(c, p->r->as_of);
	}
	if (n) {
		np_putf(&p->b, "contracts for services: %zu", n);
		if (silent)
			np_putf(&p->b,
				"; of %zu no rule asks anything (%zu over): -l",
				silent, ended);
		np_putc(&p->b, '\n');
	}
	if (rows)
		np_table_write(&t, p->s->width, p->s->colour, &p->b);
	np_table_close(&t);
}

static void page_sessions(struct np_page *p)
{
	const struct np_session *v;
	size_t n = np_sessions(p->r->places, &v);
	size_t most = p->s->all ? n : 8;
	struct np_buf says = np_buf(4096);

	for (size_t i = 0; i < n && i < most; i++) {
		if (!i)
			np_puts(&p->b, "managed from outside\n");
		np_buf_clear(&says);
		np_session_put(p->r->places, &v[i], &says);
		np_page_paragraph(p, says.p ? says.p : "", 2);
	}
	if (n > most)
		np_puts(&p->b, "  and more of them: -l\n");
	np_buf_free(&says);
}

/* No section without a line. */
static bool nothing(const struct np_page *p)
{
	const struct np_session *v;

	return (p->s->site || !np_zones(p->r->places)) &&
	       !np_contracts(p->r->places) && !np_place_notes(p->r->places) &&
	       !np_sessions(p->r->places, &v);
}

void np_page_places(struct np_page *p)
{
	if (!p->r->places || (!p->s->places && nothing(p)))
		return;
	np_putc(&p->b, '\n');
	if (p->s->places)
		put_place_table(p);
	page_zones(p);
	page_contracts(p);
	page_sessions(p);
	put_notes(p);
}
