/* SPDX-License-Identifier: ISC */
/* What became of each device, for a person. */
#include "report/diff.h"
#include "report/page.h"
#include "report/table.h"

#define FEW 40 /* rows of one kind, without -l */
#define OUT ((size_t)64 << 20)

struct page {
	const struct np_diff_report *r;
	const struct np_style *s;
	struct np_arena mem;
	struct np_buf b, cell;
	FILE *to;
	int rc;
};

static bool at(const struct np_report *r, uint32_t device, const char *site)
{
	const char *id =
		device == NP_NOBODY
			? NULL
			: np_site_id(r->party, r->devices->v[device].site);

	return id && strcmp(id, site) == 0;
}

bool np_diff_shown(const struct np_diff_report *r, const struct np_style *s,
		   const struct np_pair *p)
{
	return !s->site || at(r->old, p->was, s->site) ||
	       at(r->new, p->is, s->site);
}

const char *np_diff_looked(const struct np_agains *a)
{
	size_t so = 0;

	for (size_t i = 0; i < a->n; i++)
		so += a->v[i].is.sources > 0;
	if (a->n && so == a->n)
		return "so";
	return so || a->elsewise ? "otherwise" : "not";
}

/* ---- the lines on top */

static void put_day(struct np_buf *b, int64_t t)
{
	char text[40];

	if (t == NP_NEVER)
		np_puts(b, "-");
	else
		np_put(b, np_time_text(t, text), 10);
}

void np_diff_span(const struct np_report *r, int64_t *ret_first,
		  int64_t *ret_last)
{
	*ret_first = *ret_last = NP_NEVER;
	for (size_t i = 0; i < r->nsources; i++) {
		const struct np_coverage *c = &r->sources[i].coverage;

		*ret_first = np_time_min(*ret_first, c->first);
		*ret_last = np_time_max(*ret_last, c->last);
	}
}

static void put_side(struct page *p, const char *word,
		     const struct np_report *r)
{
	int64_t first, last;
	char day[16];

	np_diff_span(r, &first, &last);
	np_putf(&p->b, "%-12s", word);
	np_putterm(&p->b, r->dossier, strlen(r->dossier));
	np_puts(&p->b, ": ");
	np_put_many(&p->b, r->nsources, "source", "sources");
	if (first != NP_NEVER) {
		np_puts(&p->b, ", ");
		put_day(&p->b, first);
		np_puts(&p->b, " to ");
		put_day(&p->b, last);
	}
	np_puts(&p->b, ", ");
	np_put_many(&p->b, r->devices->n, "device", "devices");
	if (r->devices->subscribers) {
		np_puts(&p->b, ", ");
		np_put_many(&p->b, r->devices->subscribers, "subscriber's box",
			    "subscribers' boxes");
	}
	np_putf(&p->b, "; law as of %s\n", np_day_text(r->as_of, day));
}

static void put_counts(struct page *p)
{
	static const enum np_fate order[] = {NP_SAME, NP_CHANGED, NP_NEW,
					     NP_REMOVED, NP_GONE};
	const struct np_diff *d = p->r->diff;

	np_putf(&p->b, "%-12s", "devices");
	for (size_t i = 0; i < NP_COUNT(order); i++) {
		np_puts(&p->b, i ? ", " : "");
		np_put_count(&p->b, d->count[order[i]]);
		np_putf(&p->b, " %s", np_fate_name(order[i]));
	}
	np_putf(&p->b, "\n%-12s", "findings");
	np_put_count(&p->b, d->appeared);
	np_puts(&p->b, " appeared, ");
	np_put_count(&p->b, d->went);
	np_puts(&p->b, " went, ");
	np_put_count(&p->b, d->other);
	np_puts(&p->b, " changed; ");
	np_put_many(&p->b, d->in_scope, "device", "devices");
	np_puts(&p->b, " newly in scope\n");
}

/* ---- tables */

static void cell(struct page *p, struct np_table *t)
{
	p->rc = p->rc ? p->rc : p->cell.failed ? NP_ENOMEM : 0;
	np_table_cell(t, p->cell.p ? p->cell.p : "", p->cell.n);
	np_buf_clear(&p->cell);
}

static void text(struct page *p, struct np_table *t, const char *s)
{
	np_putterm(&p->cell, s ? s : "-", s ? strlen(s) : 1);
	cell(p, t);
}

static void put_box(struct page *p, struct np_table *t,
		    const struct np_report *r, const struct np_device *d)
{
	text(p, t, d->id);
	np_put_sure(&p->cell, r, d->sure, d->rival);
	cell(p, t);
	text(p, t, np_report_maker(r, d->maker));
	text(p, t, d->model ? d->model : d->family);
	text(p, t, np_site_id(r->party, d->site));
}

/* In the largest unit of which there are two. */
static void put_length(struct np_buf *b, int64_t ns)
{
	uint64_t s = (uint64_t)(ns + 500000000) / 1000000000;

	if (s >= 2 * 86400)
		np_put_many(b, s / 86400, "day", "days");
	else if (s >= 2 * 3600)
		np_put_many(b, s / 3600, "hour", "hours");
	else if (s >= 2 * 60)
		np_put_many(b, s / 60, "minute", "minutes");
	else
		np_put_many(b, s, "second", "seconds");
}

static void put_watched(struct np_buf *b, const struct np_watched *w)
{
	np_put_many(b, w->sources, "source", "sources");
	if (w->length >= 0) {
		np_puts(b, " ");
		put_length(b, w->length);
	}
}

static void put_looked_by(struct page *p, const struct np_again *x)
{
	struct np_buf now = np_buf(256), before = np_buf(256);
	enum np_phrase which = x->is.sources ? NP_P_looked : NP_P_not_looked;

	put_watched(&now, &x->is);
	put_watched(&before, &x->was);
	const struct np_phrase_hole holes[] = {
		{"method", x->method}, {"now", now.p}, {"before", before.p}};

	np_put_phrase(&p->cell, p->r->phrases, which, holes, NP_COUNT(holes));
	np_buf_free(&now);
	np_buf_free(&before);
}

static void put_looked(struct page *p, const struct np_agains *a)
{
	for (size_t i = 0; i < a->n; i++) {
		np_puts(&p->cell, i ? "; " : "");
		put_looked_by(p, &a->v[i]);
	}
	if (!a->n)
		np_put_phrase(&p->cell, p->r->phrases, NP_P_not_recorded, NULL,
			      0);
}

static void row_gone(struct page *p, struct np_table *t,
		     const struct np_pair *x)
{
	const struct np_device *d = &p->r->old->devices->v[x->was];
	struct np_agains a;

	p->rc = p->rc ? p->rc : np_diff_watched(p->r->diff, d, &p->mem, &a);
	if (p->rc)
		return;
	put_box(p, t, p->r->old, d);
	put_day(&p->cell, d->last);
	cell(p, t);
	put_looked(p, &a);
	if (x->instead != NP_NOBODY) {
		const struct np_phrase_hole hole = {
			"device", p->r->new->devices->v[x->instead].id};

		np_put_phrase(&p->cell, p->r->phrases, NP_P_instead, &hole, 1);
	}
	cell(p, t);
}

static void put_reason(struct page *p, const struct np_reason *r)
{
	struct np_buf text = np_buf(16384);
	char day[16];
	const struct np_phrase_hole holes[] = {
		{"what", r->what},
		{"date", r->day == NP_NODAY ? NULL : np_day_text(r->day, day)},
		{"then", r->then},
		{"where", r->where}};

	np_put_phrase(&text, p->r->phrases,
		      r->then ? NP_P_said_then : NP_P_said, holes,
		      NP_COUNT(holes));
	np_putterm(&p->cell, text.p ? text.p : "", text.n);
	np_buf_free(&text);
}

static void row_removed(struct page *p, struct np_table *t,
			const struct np_pair *x)
{
	const struct np_device *d = &p->r->old->devices->v[x->was];

	put_box(p, t, p->r->old, d);
	put_day(&p->cell, d->last);
	cell(p, t);
	put_reason(p, x->reason);
	cell(p, t);
}

/* In the order in which a person wants to see them. */
static unsigned rank(const struct np_finding *f)
{
	static const uint8_t of[NP_NSTATUSES] = {
		[NP_IN_SCOPE] = 8,  [NP_COMPONENT_IN_SCOPE] = 7,
		[NP_CONTESTED] = 6, [NP_UNDETERMINED] = 5,
		[NP_NO_RULE] = 4,   [NP_NOT_JUDGED] = 4,
		[NP_EXEMPT] = 3,    [NP_NOT_IN_SCOPE] = 2,
		[NP_NOT_BOUND] = 1,
	};

	return f->elsewhere ? 0 : of[f->status];
}

/* The strongest of its findings, in one word. */
static void row_new(struct page *p, struct np_table *t, const struct np_pair *x)
{
	const struct np_report *r = p->r->new;
	const struct np_device *d = &r->devices->v[x->is];
	const struct np_finding *best = NULL, *v;
	char text_of[40];
	size_t n;

	put_box(p, t, r, d);
	if (d->first == NP_NEVER)
		np_putc(&p->cell, '-');
	else
		np_put(&p->cell, np_time_text(d->first, text_of), 10);
	cell(p, t);
	v = np_findings_of(r->findings, d, &n);
	for (size_t i = 0; i < n; i++) {
		if (rank(&v[i]) && (!best || rank(&v[i]) > rank(best)))
			best = &v[i];
	}
	text(p, t, best ? np_finding_status(best) : NULL);
}

static void put_status(struct page *p, struct np_table *t,
		       const struct np_finding *f, const char *cause)
{
	char day[16];

	np_puts(&p->cell, f ? np_finding_status(f) : "-");
	if (f && f->date != NP_NODAY)
		np_putf(&p->cell, ", %s", np_day_text(f->date, day));
	if (cause)
		np_putf(&p->cell, " (by %s)", cause);
	cell(p, t);
}

static void rows_changed(struct page *p, struct np_table *t,
			 const struct np_pair *x)
{
	const char *id = p->r->new->devices->v[x->is].id;
	struct np_changes c = {0};
	struct np_ruling_changes f = {0};

	p->rc = p->rc ? p->rc : np_diff_changes(p->r->diff, x, &p->mem, &c);
	if (!p->rc && x->law)
		p->rc = np_diff_rulings(p->r->diff, x, &p->mem, &f);
	if (x->several && !p->rc) {
		text(p, t, id);
		text(p, t, "box");
		text(p, t, p->r->old->devices->v[x->was].id);
		text(p, t, p->r->phrases->text[NP_P_several]);
	}
	for (size_t i = 0; !p->rc && i < c.n; i++) {
		text(p, t, id);
		text(p, t, c.v[i].field);
		text(p, t, c.v[i].was);
		text(p, t, c.v[i].is);
	}
	for (size_t i = 0; !p->rc && i < f.n; i++) {
		const struct np_finding *any =
			f.v[i].is ? f.v[i].is : f.v[i].was;

		text(p, t, id);
		text(p, t, any->clause ? any->clause->id : "place");
		put_status(p, t, f.v[i].was, NULL);
		put_status(p, t, f.v[i].is, np_cause_name(f.v[i].cause));
	}
}

struct kind {
	enum np_fate fate;
	enum np_phrase head;
	void (*row)(struct page *p, struct np_table *t,
		    const struct np_pair *x);
	unsigned whole; /* columns that are never cut */
	size_t columns;
	const char *titles[8];
};

static void put_kind(struct page *p, const struct kind *k)
{
	const struct np_diff *d = p->r->diff;
	struct np_table t;
	uint64_t shown = 0, more = 0;

	np_table_open(&t, k->titles, k->columns);
	t.whole = k->whole;
	for (size_t i = 0; i < d->n && !p->rc; i++) {
		if (d->v[i].fate != k->fate ||
		    !np_diff_shown(p->r, p->s, &d->v[i]))
			continue;
		if (!p->s->all && shown == FEW) {
			more++;
			continue;
		}
		np_arena_reset(&p->mem);
		k->row(p, &t, &d->v[i]);
		shown++;
	}
	if (shown && !p->rc) {
		np_putf(&p->b, "\n%s\n", p->r->phrases->text[k->head]);
		np_table_write(&t, p->s->width, p->s->colour, &p->b);
	}
	if (more) {
		np_puts(&p->b, "  and ");
		np_put_count(&p->b, more);
		np_puts(&p->b, " more: -l\n");
	}
	np_table_close(&t);
	if (!p->rc)
		p->rc = np_put_out(&p->b, p->to);
}

static const struct kind kinds[] = {
	{NP_REMOVED,
	 NP_P_removed,
	 row_removed,
	 1u | 1u << 6,
	 7,
	 {"device", "verdict", "maker", "model", "site", "last heard",
	  "who says so"}},
	{NP_GONE,
	 NP_P_gone,
	 row_gone,
	 1u | 1u << 6,
	 7,
	 {"device", "verdict", "maker", "model", "site", "last heard",
	  "looked at by the methods that heard it"}},
	{NP_NEW,
	 NP_P_new_devices,
	 row_new,
	 1u | 1u << 6,
	 7,
	 {"device", "verdict", "maker", "model", "site", "first heard", "law"}},
	{NP_CHANGED,
	 NP_P_changed,
	 rows_changed,
	 3u,
	 4,
	 {"device", "what", "before", "now"}},
};

static void put_again(struct page *p)
{
	const struct np_custody_report *c = p->r->custody;

	for (size_t i = 0; i < c->custody->nserials; i++) {
		if (!c->heard[i].again)
			continue;
		np_buf_clear(&p->cell);
		np_put_again(&p->cell, c, i);
		np_putc(&p->b, '\n');
		np_putterm(&p->b, p->cell.p ? p->cell.p : "", p->cell.n);
		np_putc(&p->b, '\n');
	}
	if (!p->rc)
		p->rc = np_put_out(&p->b, p->to);
}

int np_write_diff_text(const struct np_diff_report *r, const struct np_style *s,
		       FILE *to)
{
	struct page p = {.r = r,
			 .s = s,
			 .mem = np_arena((size_t)64 << 20),
			 .b = np_buf(OUT),
			 .cell = np_buf((size_t)1 << 20),
			 .to = to};

	np_puts(&p.b, np_law_opening(r->new->law));
	np_putc(&p.b, '\n');
	put_side(&p, "old", r->old);
	put_side(&p, "new", r->new);
	put_counts(&p);
	for (size_t i = 0; i < NP_COUNT(kinds) && !p.rc; i++)
		put_kind(&p, &kinds[i]);
	put_again(&p);
	np_arena_free(&p.mem);
	np_buf_free(&p.b);
	np_buf_free(&p.cell);
	return p.rc;
}
