/* SPDX-License-Identifier: ISC */
/*
 * What a person sees first: at most eight lines, then the table, then what
 * the law says of it. Whatever came from a device is escaped.
 */
#include "report/page.h"
#include "report/table.h"
#include <stdlib.h>

#define FEW_SCOPES 16 /* sites in the line of what is in scope */
#define FEW_BOXES 12  /* at possible, where there are no better ones */
#define TEXT_BUF ((size_t)64 << 20)
#define PIECE ((size_t)64 << 10)

void np_page_flush(struct np_page *p)
{
	if (p->b.n < PIECE || p->error)
		return;
	p->error = np_put_out(&p->b, p->to);
}

void np_put_count(struct np_buf *b, uint64_t n)
{
	if (n >= 1000) {
		np_put_count(b, n / 1000);
		np_putf(b, ",%03u", (unsigned)(n % 1000));
	} else {
		np_putu(b, n);
	}
}

void np_put_many(struct np_buf *b, uint64_t n, const char *one,
		 const char *many)
{
	np_put_count(b, n);
	np_putf(b, " %s", n == 1 ? one : many);
}

bool np_page_at(const struct np_page *p, uint32_t site)
{
	const char *id = p->s->site ? np_site_id(p->r->party, site) : NULL;

	return !p->s->site || (id && strcmp(id, p->s->site) == 0);
}

bool np_page_here(const struct np_page *p, const struct np_device *d)
{
	return np_page_at(p, d->site);
}

const char *np_page_site(const struct np_page *p, const struct np_device *d)
{
	const char *id = np_site_id(p->r->party, d->site);

	return id ? id : "-";
}

/* ---- the eight lines */

static void head(struct np_page *p, const char *word)
{
	np_putf(&p->b, "%-12s", word);
}

static void put_span(struct np_page *p, int64_t first, int64_t last)
{
	char a[40], b[40];

	if (first == NP_NEVER)
		return;
	(void)np_time_text(first, a);
	(void)np_time_text(last, b);
	np_putf(&p->b, ", %.10s %.5s to ", a, a + 11);
	if (strncmp(a, b, 10) != 0)
		np_putf(&p->b, "%.10s ", b);
	np_putf(&p->b, "%.5s UTC", b + 11);
}

/* Evidence of a laboratory is said to be so on every page (design 7). */
static void put_origin(struct np_page *p, const uint64_t n[])
{
	bool any = false;

	if (!n[NP_LABORATORY] && !n[NP_CONSTRUCTED])
		return;
	np_puts(&p->b, "; origin ");
	for (int o = NP_FIELD; o <= NP_CONSTRUCTED; o++) {
		if (!n[o])
			continue;
		np_putf(&p->b, "%s%s ", any ? ", " : "",
			np_origin_name((enum np_origin)o));
		np_put_count(&p->b, n[o]);
		any = true;
	}
	np_puts(&p->b, " (proves nothing about a maker)");
}

static void put_read(struct np_page *p)
{
	const struct np_report *r = p->r;
	uint64_t frames = 0, bytes = 0, withheld = 0;
	uint64_t origins[NP_CONSTRUCTED + 1] = {0};
	int64_t first = NP_NEVER, last = NP_NEVER;

	for (size_t i = 0; i < r->nsources; i++) {
		const struct np_report_source *s = &r->sources[i];

		frames += s->coverage.frames;
		bytes += s->coverage.bytes;
		withheld += s->withheld;
		first = np_time_min(first, s->coverage.first);
		last = np_time_max(last, s->coverage.last);
		origins[s->origin]++;
	}
	head(p, "read");
	np_put_many(&p->b, r->nsources, "source", "sources");
	np_puts(&p->b, ", ");
	np_put_many(&p->b, frames, "frame", "frames");
	np_puts(&p->b, ", ");
	np_put_many(&p->b, bytes, "octet", "octets");
	put_span(p, first, last);
	put_origin(p, origins);
	if (withheld) {
		np_puts(&p->b, "; ");
		np_put_many(&p->b, withheld, "personal value left out",
			    "personal values left out");
	}
	np_puts(&p->b, r->dossier ? "\n" : "; not evidence (no -o)\n");
}

static void put_unreadable(struct np_page *p)
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
	if (broken + r->unreadable + link + bad)
		np_putf(&p->b,
			" of %zu source%s all or a part, %llu frames of other "
			"link types, %llu malformed",
			broken + r->unreadable,
			broken + r->unreadable == 1 ? "" : "s",
			(unsigned long long)link, (unsigned long long)bad);
	else
		np_puts(&p->b, " nothing");
	if (limit)
		np_putf(&p->b, "; a limit dropped %llu",
			(unsigned long long)limit);
	if (again)
		np_putf(&p->b, "; %zu read before: nothing changed", again);
	np_putc(&p->b, '\n');
}

static void put_devices_line(struct np_page *p)
{
	static const enum np_sure order[] = {NP_CONFIRMED, NP_PROBABLE,
					     NP_POSSIBLE, NP_DISPUTED,
					     NP_UNKNOWN};
	const struct np_devices *d = p->r->devices;
	uint64_t by[NP_DISPUTED + 1] = {0}, n = 0;

	for (size_t i = 0; i < d->n; i++) {
		by[d->v[i].sure] += np_page_here(p, &d->v[i]);
		n += np_page_here(p, &d->v[i]);
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

static bool shown(const struct np_page *p, const struct np_finding *f)
{
	return np_page_here(p, f->device);
}

/* Devices, not clauses, of a status. */
struct scoped {
	uint64_t in, open, objected;
};

/* By site, to be freed; one pass, for there may be many of both. */
static struct scoped *count_scope(const struct np_page *p)
{
	const struct np_findings *f = p->r->findings;
	const struct np_device *in = NULL, *open = NULL, *objected = NULL;
	size_t n = np_sites(p->r->party);
	struct scoped *v = calloc(n + 1, sizeof(*v));

	for (size_t i = 0; v && i < f->n; i++) {
		const struct np_finding *x = &f->v[i];

		if (x->elsewhere || x->device->site >= n || !shown(p, x))
			continue;
		if (x->status == NP_IN_SCOPE && x->device != in) {
			in = x->device;
			v[in->site].in++;
		} else if (x->status == NP_UNDETERMINED && x->device != open) {
			open = x->device;
			v[open->site].open++;
		} else if (x->status == NP_CONTESTED && x->device != objected) {
			objected = x->device;
			v[objected->site].objected++;
		}
	}
	return v;
}

static uint64_t unplaced(const struct np_page *p, uint64_t *ret_named)
{
	const struct np_devices *d = p->r->devices;
	uint64_t n = 0;

	*ret_named = 0;
	for (size_t i = 0; i < d->n; i++) {
		if (d->v[i].site != NP_NO_SITE || !np_page_here(p, &d->v[i]))
			continue;
		n++;
		*ret_named += d->v[i].sure != NP_UNKNOWN;
	}
	return n;
}

/* By place, and what has none: one line, so that all is eight. */
static void put_scope(struct np_page *p)
{
	uint64_t named, n = unplaced(p, &named);
	struct scoped *at = count_scope(p);
	size_t sites = at ? np_sites(p->r->party) : 0, more = 0;
	size_t shown_sites = 0;
	bool any = false;

	p->b.failed |= !at;
	head(p, "in scope");
	for (uint32_t i = 0; i < sites; i++) {
		uint64_t in = at[i].in, open = at[i].open;
		uint64_t objected = at[i].objected;

		if (!in && !open && !objected)
			continue;
		if (!p->s->all && shown_sites++ >= FEW_SCOPES) {
			more++;
			continue;
		}
		np_putf(&p->b, "%s%s ", any ? ", " : "",
			np_site(p->r->party, i)->id);
		np_put_count(&p->b, in);
		if (open) {
			np_puts(&p->b, " (+");
			np_put_count(&p->b, open);
			np_puts(&p->b, " undetermined)");
		}
		if (objected) {
			np_puts(&p->b, " (+");
			np_put_count(&p->b, objected);
			np_puts(&p->b, " contested)");
		}
		any = true;
	}
	free(at);
	if (more)
		np_putf(&p->b, " and %zu more sites: -l", more);
	np_puts(&p->b,
		any ? "; unplaced " : "none by what is known; unplaced ");
	np_put_count(&p->b, n);
	if (n) {
		np_puts(&p->b, " (");
		np_put_count(&p->b, named);
		np_puts(&p->b, " with a maker): no law without a place");
	}
	np_putc(&p->b, '\n');
}

/* How much a box needs a look: who made it is disputed, a rule asks something
 * of it, or may. */
static unsigned need(const struct np_page *p, const struct np_device *d)
{
	const char *law = np_page_law_of(p, d);

	if (d->sure == NP_DISPUTED)
		return 3;
	if (strncmp(law, "in scope", 8) == 0 || strcmp(law, "contested") == 0)
		return 2;
	return strcmp(law, "undetermined") == 0;
}

static const struct np_device *to_explain(const struct np_page *p)
{
	const struct np_device *best = NULL;

	for (size_t i = 0; i < p->r->devices->n; i++) {
		const struct np_device *d = &p->r->devices->v[i];

		if (!np_page_here(p, d) || d->sure == NP_UNKNOWN)
			continue;
		if (!best || need(p, d) > need(p, best))
			best = d;
	}
	return best;
}

/* Three of them: keep or explain, find out or place, look closer. */
static void put_next(struct np_page *p)
{
	const struct np_device *d = to_explain(p);
	uint64_t named, n = unplaced(p, &named);

	head(p, "next");
	if (!p->r->dossier)
		np_puts(&p->b, "keep it as evidence: -o NAME.dossier\n");
	else if (d)
		np_putf(&p->b, "see why: nameplate explain %s %s\n",
			p->r->dossier, d->id);
	else
		np_puts(&p->b, "listen longer, or at another place\n");
	head(p, "");
	if (named)
		np_puts(&p->b, "say where: --site DE, or site in capture.yaml");
	else if (!np_page_asks(p))
		np_puts(&p->b,
			n ? "say where: --site DE, or site in capture.yaml"
			  : "nothing is missing to judge what was heard");
	np_putc(&p->b, '\n');
	head(p, "");
	np_puts(&p->b, p->s->all ? "all as data: --json\n"
				 : "every box and every sentence: -l; as data: "
				   "--json\n");
}

/* ---- the table */

static bool listed(const struct np_page *p, const struct np_device *d)
{
	if (!np_page_here(p, d))
		return false;
	return p->s->all || d->sure >= NP_PROBABLE ||
	       (d->sure <= NP_POSSIBLE && d->function) || d->middlebox ||
	       d->ncomponents || p->law[d - p->r->devices->v];
}

/* Boxes at possible that the table leaves out. */
static bool left_out(const struct np_page *p, const struct np_device *d)
{
	return d->sure == NP_POSSIBLE && np_page_here(p, d) && !listed(p, d);
}

/* The key a person would look for: an address on the link, else any. */
static void put_key(struct np_page *p, const struct np_device *d,
		    struct np_arena *mem, struct np_buf *cell)
{
	static const enum np_keykind order[] = {NP_KEY_NAME, NP_KEY_IP,
						NP_KEY_MAC, NP_KEY_SERIAL,
						NP_KEY_ENGINE_ID};
	struct np_evidence e;

	if (np_device_keys(p->r->devices, d, mem, &e) < 0)
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

void np_put_sure(struct np_buf *b, const struct np_report *r, enum np_sure sure,
		 uint16_t rival)
{
	np_puts(b, np_sure_name(sure));
	if (sure == NP_DISPUTED && rival != NP_NO_MAKER)
		np_putf(b, " with %s", np_maker_slug(r->knowledge, rival));
}

/* Before a word that a person looks for, on a terminal: a shape, so that the
 * colour alone says nothing. */
static void put_shape(const struct np_page *p, struct np_buf *cell,
		      const char *shape, unsigned colour)
{
	if (p->s->colour)
		np_putf(cell, "\x1b[%um%s\x1b[0m ", colour, shape);
	else if (p->s->width)
		np_putf(cell, "%s ", shape);
}

static void put_sure_shape(const struct np_page *p, struct np_buf *cell,
			   enum np_sure sure)
{
	static const struct {
		const char *shape;
		unsigned colour;
	} v[] = {
		[NP_UNKNOWN] = {"·", 90},  [NP_POSSIBLE] = {"○", 36},
		[NP_PROBABLE] = {"◐", 36}, [NP_CONFIRMED] = {"●", 36},
		[NP_DISPUTED] = {"◆", 35},
	};

	put_shape(p, cell, v[sure].shape, v[sure].colour);
}

static void put_law_shape(const struct np_page *p, struct np_buf *cell,
			  const char *law)
{
	if (strncmp(law, "in scope", 8) == 0)
		put_shape(p, cell, "■", 33);
	else if (strcmp(law, "undetermined") == 0)
		put_shape(p, cell, "□", 33);
	else if (strcmp(law, "contested") == 0)
		put_shape(p, cell, "◆", 35);
}

static void put_row(struct np_page *p, struct np_table *t,
		    const struct np_device *d, struct np_arena *mem)
{
	const char *maker = np_report_maker(p->r, d->maker);
	const char *plain[] = {np_page_law_of(p, d), d->function, d->model,
			       d->version};
	struct np_buf cell = np_buf(4096);
	uint16_t attested, rival;
	enum np_sure sure;

	np_table_cell(t, d->id, strlen(d->id));
	np_table_cell(t, np_page_site(p, d), strlen(np_page_site(p, d)));
	np_puts(&cell, maker ? maker : "unknown");
	np_table_cell(t, cell.p, cell.n);
	np_buf_clear(&cell);
	put_sure_shape(p, &cell, d->sure);
	np_put_sure(&cell, p->r, d->sure, d->rival);
	if (np_said_maker(p->r->said, d, &attested, &rival, &sure))
		np_putf(&cell, ", attested %s",
			np_maker_slug(p->r->knowledge, attested));
	if (d->neighbour)
		np_puts(&cell, ", heard of");
	np_table_cell(t, cell.p, cell.n);
	for (size_t i = 0; i < NP_COUNT(plain); i++) {
		np_buf_clear(&cell);
		np_puts(&cell, plain[i] ? "" : "-");
		if (!i)
			put_law_shape(p, &cell, plain[0]);
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

/* What is in it, and who else answers in its name. */
static void put_components(struct np_page *p, const struct np_device *d)
{
	if (d->middlebox != NP_NO_MAKER)
		np_putf(&p->b, "  %s on its path: possible %s\n", d->id,
			np_report_maker(p->r, d->middlebox));
	for (size_t i = 0; i < d->ncomponents; i++) {
		const struct np_component *c = &d->components[i];

		if (c->maker == d->maker)
			continue; /* its own parts tell nothing */
		np_putf(&p->b, "  %s component: %s %s", d->id,
			np_sure_name(c->sure), np_report_maker(p->r, c->maker));
		if (c->model) {
			np_putc(&p->b, ' ');
			np_putterm(&p->b, c->model, strlen(c->model));
		}
		np_putc(&p->b, '\n');
	}
}

/* What a word means stands once on the page (design, section 7). */
static void put_meaning(struct np_page *p)
{
	for (size_t i = 0; i < p->r->devices->n; i++) {
		const struct np_device *d = &p->r->devices->v[i];

		if (d->sure != NP_CONFIRMED || !np_page_here(p, d))
			continue;
		np_puts(&p->b, "  confirmed: the box's own structured "
			       "statements agree and nothing contradicts;\n"
			       "  nobody looked at hardware\n");
		return;
	}
}

static void put_crowds(struct np_page *p)
{
	const struct np_devices *all = p->r->devices;

	for (size_t i = 0; i < all->ncrowds; i++) {
		const struct np_crowd *c = &all->crowds[i];
		const char *maker = np_report_maker(p->r, c->maker);

		if (!np_page_at(p, c->site))
			continue;
		np_puts(&p->b, "  subscribers', counted: ");
		np_put_many(&p->b, c->n, "box, ", "boxes, ");
		np_puts(&p->b, maker ? maker : "maker unknown");
		if (c->model) {
			np_putc(&p->b, ' ');
			np_putterm(&p->b, c->model, strlen(c->model));
		}
		if (maker) {
			np_puts(&p->b, " (");
			np_put_sure(&p->b, p->r, c->sure, c->rival);
			np_putc(&p->b, ')');
		}
		np_putc(&p->b, '\n');
	}
}

static void write_row(struct np_page *p, struct np_table *t,
		      const struct np_device *d, struct np_arena *mem)
{
	np_arena_reset(mem);
	put_row(p, t, d, mem);
	np_page_flush(p);
}

/* Every device that is listed, or, where none is, some of what there is; gives
 * how many. The table writes them, or measures their cells only. */
static size_t put_rows(struct np_page *p, struct np_table *t, size_t *ret_out)
{
	struct np_arena mem = np_arena((size_t)64 << 20);
	const struct np_devices *all = p->r->devices;
	size_t n = 0, out = 0;

	for (size_t i = 0; i < all->n && !p->error; i++) {
		out += left_out(p, &all->v[i]);
		if (!listed(p, &all->v[i]))
			continue;
		write_row(p, t, &all->v[i], &mem);
		n++;
	}
	for (size_t i = 0, few = n ? 0 : FEW_BOXES;
	     i < all->n && few && !p->error; i++) {
		if (!left_out(p, &all->v[i]))
			continue;
		write_row(p, t, &all->v[i], &mem);
		few--;
		out--;
		n++;
	}
	np_arena_free(&mem);
	*ret_out = out;
	return n;
}

static int put_table(struct np_page *p)
{
	static const char *const titles[] = {"device",	"site",	   "maker",
					     "verdict", "law",	   "function",
					     "model",	"version", "known as"};
	const struct np_devices *all = p->r->devices;
	struct np_table t;
	size_t out;

	np_table_open(&t, titles, NP_COUNT(titles));
	t.whole = 1 << 0 | 1 << 1 | 1 << 3 | 1 << 4; /* device … law */
	np_table_measure(&t);
	if (put_rows(p, &t, &out)) {
		np_putc(&p->b, '\n');
		np_table_begin(&t, p->s->width, p->s->colour, &p->b);
		(void)put_rows(p, &t, &out);
	}
	if (out) {
		np_puts(&p->b, "  ");
		np_put_many(&p->b, out, "more box", "more boxes");
		np_puts(&p->b, " at possible: -l lists them\n");
	}
	np_table_close(&t);
	for (size_t i = 0; i < all->n; i++) {
		if (np_page_here(p, &all->v[i]))
			put_components(p, &all->v[i]);
		np_page_flush(p);
	}
	put_crowds(p);
	put_meaning(p);
	np_page_like(p);
	return p->b.failed ? NP_ENOMEM : NP_OK;
}

/* ---- all of it */

static void put_sources(struct np_page *p)
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
	struct np_page p = {.r = r, .s = s, .b = np_buf(TEXT_BUF), .to = to};
	int rc = np_page_law(&p);

	if (rc)
		return rc;
	np_putf(&p.b, "%s\n", np_law_opening(r->law));
	put_read(&p);
	put_unreadable(&p);
	put_devices_line(&p);
	put_scope(&p);
	put_next(&p);
	rc = put_table(&p);
	np_page_roles(&p);
	np_page_findings(&p);
	np_page_statements(&p);
	np_page_stale(&p);
	np_page_places(&p);
	np_page_coverage(&p);
	put_sources(&p);
	rc = rc ? rc : p.error;
	if (!rc)
		rc = np_put_out(&p.b, to);
	np_buf_free(&p.b);
	free(p.law);
	return rc;
}
