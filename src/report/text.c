/* SPDX-License-Identifier: ISC */
/*
 * What a person sees first: at most eight lines, then the table, then what
 * the law says of it. Whatever came from a device is escaped.
 */
#include "report/table.h"
#include "report/writer.h"
#include <stdlib.h>

#define TEXT_BUF ((size_t)64 << 20)

struct page {
	const struct np_report *r;
	const struct np_style *s;
	struct np_buf b;
};

static bool here(const struct page *p, const struct np_device *d)
{
	const struct np_site *site;

	if (!p->s->site)
		return true;
	site = d->site == NP_NO_SITE ? NULL : np_site(p->r->party, d->site);
	return site && strcmp(site->id, p->s->site) == 0;
}

static const char *site_of(const struct page *p, const struct np_device *d)
{
	const struct np_site *site =
		d->site == NP_NO_SITE ? NULL : np_site(p->r->party, d->site);

	return site ? site->id : "-";
}

/* ---- the eight lines */

static void head(struct page *p, const char *word)
{
	np_putf(&p->b, "%-12s", word);
}

static void put_span(struct page *p, int64_t first, int64_t last)
{
	char a[40], b[40];

	if (first == NP_NEVER)
		return;
	(void)np_time_text(first, a);
	(void)np_time_text(last, b);
	np_putf(&p->b, ", %.16s to %.16s UTC", a, b);
}

static void put_read(struct page *p)
{
	const struct np_report *r = p->r;
	uint64_t frames = 0, bytes = 0, withheld = 0;
	int64_t first = NP_NEVER, last = NP_NEVER;
	enum np_origin origin = NP_FIELD;

	for (size_t i = 0; i < r->nsources; i++) {
		const struct np_report_source *s = &r->sources[i];

		frames += s->coverage.frames;
		bytes += s->coverage.bytes;
		withheld += s->withheld;
		first = np_time_min(first, s->coverage.first);
		last = np_time_max(last, s->coverage.last);
		origin = s->origin > origin ? s->origin : origin;
	}
	head(p, "read");
	np_putf(&p->b, "%zu source%s, %llu frames, %llu octets", r->nsources,
		r->nsources == 1 ? "" : "s", (unsigned long long)frames,
		(unsigned long long)bytes);
	put_span(p, first, last);
	if (origin != NP_FIELD)
		np_putf(&p->b, "; origin: %s, proves nothing about a network",
			np_origin_name(origin));
	if (withheld)
		np_putf(&p->b, "; %llu personal values left out",
			(unsigned long long)withheld);
	np_puts(&p->b, r->dossier ? "\n" : "; not evidence (no -o)\n");
}

static void put_unreadable(struct page *p)
{
	const struct np_report *r = p->r;
	size_t broken = 0, again = 0;
	uint64_t link = 0, limit = r->devices->dropped_by_limit, bad = 0;

	for (size_t i = 0; i < r->nsources; i++) {
		const struct np_report_source *s = &r->sources[i];

		broken += strcmp(s->status, "read") != 0;
		again += s->again;
		link += s->coverage.unread_link;
		limit += s->coverage.dropped_by_limit;
		bad += s->coverage.malformed;
	}
	head(p, "not readable");
	np_putf(&p->b,
		" %zu source%s not wholly, %llu frames of other link types, "
		"%llu malformed",
		broken + r->unreadable, broken + r->unreadable == 1 ? "" : "s",
		(unsigned long long)link, (unsigned long long)bad);
	if (limit)
		np_putf(&p->b, "; a limit dropped %llu",
			(unsigned long long)limit);
	if (again)
		np_putf(&p->b, "; %zu read before: nothing changed", again);
	np_putc(&p->b, '\n');
}

static void put_devices_line(struct page *p)
{
	static const enum np_sure order[] = {NP_CONFIRMED, NP_PROBABLE,
					     NP_POSSIBLE, NP_DISPUTED,
					     NP_UNKNOWN};
	const struct np_devices *d = p->r->devices;
	uint64_t by[NP_DISPUTED + 1] = {0}, n = 0;

	for (size_t i = 0; i < d->n; i++) {
		by[d->v[i].sure] += here(p, &d->v[i]);
		n += here(p, &d->v[i]);
	}
	head(p, "devices");
	np_putf(&p->b, "%llu: ", (unsigned long long)n);
	for (size_t i = 0; i < NP_COUNT(order); i++)
		np_putf(&p->b, "%s%llu %s", i ? ", " : "",
			(unsigned long long)by[order[i]],
			np_sure_name(order[i]));
	np_putf(&p->b, "; subscribers' boxes, counted only: %llu\n",
		(unsigned long long)d->subscribers);
}

static bool shown(const struct page *p, const struct np_finding *f)
{
	return here(p, f->device);
}

/* Devices, not clauses, by site and status; `status` in scope or open. */
static uint64_t count_at(const struct page *p, uint32_t site,
			 enum np_status status)
{
	const struct np_findings *f = p->r->findings;
	const struct np_device *last = NULL;
	uint64_t n = 0;

	for (size_t i = 0; i < f->n; i++) {
		const struct np_finding *x = &f->v[i];

		if (x->status != status || x->elsewhere ||
		    x->device->site != site || x->device == last ||
		    !shown(p, x))
			continue;
		last = x->device;
		n++;
	}
	return n;
}

static void put_scope(struct page *p)
{
	bool any = false;

	head(p, "in scope");
	for (uint32_t i = 0; i < np_sites(p->r->party); i++) {
		uint64_t in = count_at(p, i, NP_IN_SCOPE);
		uint64_t open = count_at(p, i, NP_UNDETERMINED);

		if (!in && !open)
			continue;
		np_putf(&p->b, "%s%s %llu", any ? ", " : "",
			np_site(p->r->party, i)->id, (unsigned long long)in);
		if (open)
			np_putf(&p->b, " (+%llu undetermined)",
				(unsigned long long)open);
		any = true;
	}
	np_puts(&p->b, any ? "\n" : "none by what is known\n");
}

static void put_unplaced(struct page *p)
{
	const struct np_devices *d = p->r->devices;
	uint64_t n = 0, named = 0;

	for (size_t i = 0; i < d->n; i++) {
		if (d->v[i].site != NP_NO_SITE || !here(p, &d->v[i]))
			continue;
		n++;
		named += d->v[i].sure != NP_UNKNOWN;
	}
	head(p, "unplaced");
	np_putf(&p->b, "%llu devices, %llu of them with a maker%s\n",
		(unsigned long long)n, (unsigned long long)named,
		n ? ": no law is applied without a place" : "");
}

/* The device that most needs a look: contradictions and disputes first. */
static const struct np_device *to_explain(const struct page *p)
{
	const struct np_device *best = NULL;

	for (size_t i = 0; i < p->r->devices->n; i++) {
		const struct np_device *d = &p->r->devices->v[i];

		if (!here(p, d) || d->sure == NP_UNKNOWN)
			continue;
		if (!best ||
		    (d->sure == NP_DISPUTED && best->sure != NP_DISPUTED))
			best = d;
	}
	return best;
}

static void put_next(struct page *p)
{
	const struct np_device *d = to_explain(p);
	uint64_t unplaced = 0;

	for (size_t i = 0; i < p->r->devices->n; i++)
		unplaced += p->r->devices->v[i].site == NP_NO_SITE;
	head(p, "next");
	if (!p->r->dossier)
		np_puts(&p->b, "keep it as evidence: -o NAME.dossier");
	else if (d)
		np_putf(&p->b, "nameplate explain %s %s", p->r->dossier, d->id);
	else
		np_puts(&p->b, "listen longer: see man nameplate");
	if (unplaced)
		np_puts(&p->b, "; say where: --site DE, or capture.yaml");
	np_puts(&p->b,
		p->s->all ? "; all as data: --json\n" : "; every device: -l\n");
}

/* ---- the table */

static bool listed(const struct page *p, const struct np_device *d)
{
	if (!here(p, d))
		return false;
	return p->s->all || d->sure >= NP_PROBABLE ||
	       (d->sure == NP_POSSIBLE && d->function) || d->middlebox ||
	       d->ncomponents;
}

/* The key a person would look for: an address on the link, else any. */
static void put_key(struct page *p, const struct np_device *d,
		    struct np_arena *mem, struct np_buf *cell)
{
	static const enum np_keykind order[] = {NP_KEY_NAME, NP_KEY_IP,
						NP_KEY_MAC, NP_KEY_SERIAL,
						NP_KEY_ENGINE_ID};
	struct np_evidence e;

	if (np_device_evidence(p->r->devices, d, mem, &e) < 0)
		return;
	for (size_t o = 0; o < NP_COUNT(order); o++) {
		for (size_t i = 0; i < e.nkeys; i++) {
			if (e.keys[i].kind != order[o])
				continue;
			np_putterm(cell, e.keys[i].v, e.keys[i].n);
			return;
		}
	}
	if (e.nkeys)
		np_putterm(cell, e.keys[0].v, e.keys[0].n);
}

static void put_sure(struct np_buf *cell, const struct np_report *r,
		     const struct np_device *d)
{
	np_puts(cell, np_sure_name(d->sure));
	if (d->neighbour)
		np_puts(cell, ", heard of");
	if (d->sure == NP_DISPUTED && d->rival != NP_NO_MAKER)
		np_putf(cell, " with %s",
			np_maker_slug(r->knowledge, d->rival));
}

static void put_row(struct page *p, struct np_table *t,
		    const struct np_device *d, struct np_arena *mem)
{
	const char *maker = np_report_maker(p->r, d->maker);
	const char *plain[] = {d->function, d->model, d->version};
	struct np_buf cell = np_buf(4096);

	np_table_cell(t, d->id, strlen(d->id));
	np_table_cell(t, site_of(p, d), strlen(site_of(p, d)));
	if (!maker && d->middlebox != NP_NO_MAKER)
		np_putf(&cell, "unknown; on its path %s",
			np_report_maker(p->r, d->middlebox));
	else
		np_puts(&cell, maker ? maker : "unknown");
	np_table_cell(t, cell.p, cell.n);
	np_buf_clear(&cell);
	put_sure(&cell, p->r, d);
	np_table_cell(t, cell.p, cell.n);
	for (size_t i = 0; i < NP_COUNT(plain); i++) {
		np_buf_clear(&cell);
		np_puts(&cell, plain[i] ? "" : "-");
		if (plain[i])
			np_putterm(&cell, plain[i], strlen(plain[i]));
		np_table_cell(t, cell.p, cell.n);
	}
	np_buf_clear(&cell);
	np_puts(&cell, "");
	put_key(p, d, mem, &cell);
	np_table_cell(t, cell.p, cell.n);
	np_buf_free(&cell);
}

static void put_components(struct page *p, const struct np_device *d)
{
	for (size_t i = 0; i < d->ncomponents; i++) {
		const struct np_component *c = &d->components[i];

		np_putf(&p->b, "  %s component: %s %s", d->id,
			np_sure_name(c->sure), np_report_maker(p->r, c->maker));
		if (c->model) {
			np_putc(&p->b, ' ');
			np_putterm(&p->b, c->model, strlen(c->model));
		}
		np_putc(&p->b, '\n');
	}
}

static int put_table(struct page *p)
{
	static const char *const titles[] = {"device",	"site",	    "maker",
					     "verdict", "function", "model",
					     "version", "known as"};
	struct np_table t;
	struct np_arena mem = np_arena((size_t)64 << 20);
	const struct np_devices *all = p->r->devices;
	size_t n = 0;

	np_table_open(&t, titles, NP_COUNT(titles));
	for (size_t i = 0; i < all->n; i++) {
		if (!listed(p, &all->v[i]))
			continue;
		np_arena_reset(&mem);
		put_row(p, &t, &all->v[i], &mem);
		n++;
	}
	if (n) {
		np_putc(&p->b, '\n');
		np_table_write(&t, p->s->width, p->s->colour, &p->b);
	}
	np_table_close(&t);
	np_arena_free(&mem);
	for (size_t i = 0; i < all->n; i++)
		if (here(p, &all->v[i]))
			put_components(p, &all->v[i]);
	for (size_t i = 0; i < all->ncrowds; i++) {
		const struct np_crowd *c = &all->crowds[i];
		const char *maker = np_report_maker(p->r, c->maker);

		np_putf(&p->b, "  %llu subscribers' box%s: %s",
			(unsigned long long)c->n, c->n == 1 ? "" : "es",
			maker ? maker : "maker unknown");
		if (c->model) {
			np_putc(&p->b, ' ');
			np_putterm(&p->b, c->model, strlen(c->model));
		}
		np_putc(&p->b, '\n');
	}
	return p->b.failed ? NP_ENOMEM : NP_OK;
}

/* ---- what the law says */

static bool worth_saying(const struct page *p, const struct np_finding *f)
{
	return shown(p, f) && (p->s->all || f->status == NP_IN_SCOPE ||
			       f->status == NP_COMPONENT_IN_SCOPE ||
			       f->status == NP_CONTESTED ||
			       f->status == NP_UNDETERMINED || !f->clause);
}

static void put_finding(struct page *p, const struct np_finding *f)
{
	np_putf(&p->b, "  %s  %s%s", f->device->id, site_of(p, f->device),
		f->elsewhere ? "  (other state's rule)" : "");
	np_putf(&p->b, "  %s  %s: ", f->clause ? f->clause->id : "-",
		np_status_name(f->status));
	np_putterm(&p->b, f->text, f->text ? strlen(f->text) : 0);
	np_putc(&p->b, '\n');
	if (f->missing)
		np_putf(&p->b, "      missing: %s; %s\n", f->missing,
			f->get ? f->get : "");
}

static void put_findings(struct page *p)
{
	const struct np_findings *f = p->r->findings;
	size_t said = 0, rest = 0;
	char day[16];

	for (size_t i = 0; i < f->n; i++) {
		if (!worth_saying(p, &f->v[i])) {
			rest += shown(p, &f->v[i]);
			continue;
		}
		if (!said++)
			np_putf(&p->b, "\nfindings as of %s\n",
				np_day_text(p->r->as_of, day));
		put_finding(p, &f->v[i]);
	}
	if (rest)
		np_putf(&p->b,
			"  and %zu that bind nobody here or do not apply: "
			"-l\n",
			rest);
}

static void put_sources(struct page *p)
{
	for (size_t i = 0; p->s->all && i < p->r->nsources; i++) {
		const struct np_report_source *s = &p->r->sources[i];

		np_putf(&p->b, "%ssource %zu: ", i ? "" : "\n", i + 1);
		np_putterm(&p->b, s->name, strlen(s->name));
		np_putf(&p->b, ", %s, %s, drops ", s->kind ? s->kind : "?",
			s->status);
		if (s->coverage.drops < 0)
			np_puts(&p->b, "not recorded");
		else
			np_putu(&p->b, (uint64_t)s->coverage.drops);
		np_putc(&p->b, '\n');
	}
}

int np_write_text(const struct np_report *r, const struct np_style *s, FILE *to)
{
	struct page p = {.r = r, .s = s, .b = np_buf(TEXT_BUF)};
	int rc;

	np_puts(&p.b, "What was read, and which published rule names it. No "
		      "legal advice; no statement\nabout any company's "
		      "conduct.\n");
	put_read(&p);
	put_unreadable(&p);
	put_devices_line(&p);
	put_scope(&p);
	put_unplaced(&p);
	put_next(&p);
	rc = put_table(&p);
	put_findings(&p);
	put_sources(&p);
	if (!rc)
		rc = np_put_out(&p.b, to);
	np_buf_free(&p.b);
	return rc;
}
