/* SPDX-License-Identifier: ISC */
/*
 * What the law says, for a person: rows of like findings, so that a thousand
 * boxes with the same answer are one row and a fact that is missing is asked
 * for once. With -l every finding in its own words, box by box.
 */
#include "core/hash.h"
#include "report/page.h"
#include "report/table.h"
#include <stdlib.h>

#define HEADS 65536	/* a power of two */
#define FEW_SITES 24	/* more of them are one in the rows, without -l */
#define MANY_ROWS 20000 /* which are not joined */
#define PARAGRAPH 100	/* columns where there is no terminal */
#define MAX_CLAUSES 600 /* octets of clauses' names in one row */

struct group {
	const struct np_finding *f; /* the first */
	const char *site;
	uint64_t n;	   /* boxes */
	uint64_t same;	   /* of which boxes: a sum of hashes */
	size_t instrument; /* length of its name in the clause's id */
	size_t nclauses;
	bool several;  /* dates */
	uint32_t next; /* 1 + index, of the same head */
	struct np_buf clauses;
};

struct groups {
	struct group *v;
	size_t n, cap;
	uint32_t head[HEADS]; /* 1 + index, by what alike() compares */
	bool failed;
};

/* ---- the strongest status of a box */

unsigned np_status_rank(enum np_status s)
{
	static const uint8_t of[NP_NSTATUSES] = {
		[NP_IN_SCOPE] = 8,  [NP_COMPONENT_IN_SCOPE] = 7,
		[NP_CONTESTED] = 6, [NP_UNDETERMINED] = 5,
		[NP_NO_RULE] = 4,   [NP_NOT_JUDGED] = 4,
		[NP_EXEMPT] = 3,    [NP_NOT_IN_SCOPE] = 2,
		[NP_NOT_BOUND] = 1,
	};

	return of[s];
}

#define OF_A_PART 0x80

int np_page_law(struct np_page *p)
{
	const struct np_findings *f = p->r->findings;

	p->law = calloc(p->r->devices->n + 1, 1);
	if (!p->law)
		return NP_ENOMEM;
	for (size_t i = 0; i < f->n; i++) {
		uint8_t *l = &p->law[f->v[i].device - p->r->devices->v];
		enum np_status s = f->v[i].status;

		if (f->v[i].elsewhere)
			continue;
		if (!*l || np_status_rank(s) > np_status_rank((enum np_status)(
						       (*l & ~OF_A_PART) - 1)))
			*l = (uint8_t)((s + 1) |
				       (f->v[i].component ? OF_A_PART : 0));
	}
	return NP_OK;
}

const char *np_page_law_of(const struct np_page *p, const struct np_device *d)
{
	uint8_t l = p->law[d - p->r->devices->v];

	if (!l)
		return "-";
	if (l == (OF_A_PART | (NP_UNDETERMINED + 1)))
		return "part undetermined";
	return np_status_name((enum np_status)((l & ~OF_A_PART) - 1));
}

/* ---- rows */

/* What binds nobody is history: shown while it is all there is, or a date is
 * ahead of it. */
static bool worth_saying(const struct np_page *p, const struct np_finding *f)
{
	if (!np_page_here(p, f->device))
		return false;
	if (f->status == NP_NOT_BOUND)
		return f->date != NP_NODAY || f->clause->duty == NP_REQUEST ||
		       f->clause->duty == NP_ADVICE;
	return f->status != NP_NOT_IN_SCOPE && f->status != NP_EXEMPT;
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static bool alike(const struct group *g, const struct np_finding *f,
		  const char *site)
{
	return g->f->clause == f->clause && g->f->status == f->status &&
	       g->f->date == f->date && g->f->elsewhere == f->elsewhere &&
	       g->f->component == f->component && g->site == site &&
	       same_text(g->f->missing, f->missing) &&
	       (f->clause || same_text(g->f->text, f->text));
}

static struct group *add_group(struct groups *l, const struct np_finding *f,
			       const char *site)
{
	const char *slash = f->clause ? strchr(f->clause->id, '/') : NULL;

	if (l->n == l->cap) {
		size_t cap = l->cap ? l->cap * 2 : 64;
		struct group *v = reallocarray(l->v, cap, sizeof(*v));

		if (!v) {
			l->failed = true;
			return NULL;
		}
		l->v = v;
		l->cap = cap;
	}
	struct group *g = &l->v[l->n++];

	*g = (struct group){
		.f = f,
		.site = site,
		.instrument = slash ? (size_t)(slash - f->clause->id) : 0,
		.clauses = np_buf(MAX_CLAUSES),
	};
	if (slash)
		np_puts(&g->clauses, slash + 1);
	g->nclauses = 1;
	return g;
}

static uint32_t *head_of(struct groups *l, const struct np_finding *f,
			 const char *site)
{
	const uint64_t key[] = {(uintptr_t)f->clause, (uintptr_t)site,
				(uint64_t)f->status,  (uint32_t)f->date,
				f->elsewhere,	      f->component};

	return &l->head[np_hash64(key, sizeof(key), 0) & (HEADS - 1)];
}

static struct group *group_of(struct groups *l, const struct np_finding *f,
			      const char *site)
{
	uint32_t *head = head_of(l, f, site);
	struct group *g;

	for (uint32_t i = *head; i; i = l->v[i - 1].next) {
		if (alike(&l->v[i - 1], f, site))
			return &l->v[i - 1];
	}
	g = add_group(l, f, site);
	if (g) {
		g->next = *head;
		*head = (uint32_t)l->n;
	}
	return g;
}

/* Clauses of one instrument that say the same of the same boxes. */
static bool joins(const struct group *a, const struct group *b)
{
	return a->instrument && a->instrument == b->instrument &&
	       strncmp(a->f->clause->id, b->f->clause->id, a->instrument) ==
		       0 &&
	       a->site == b->site && a->f->status == b->f->status &&
	       a->f->elsewhere == b->f->elsewhere &&
	       a->f->component == b->f->component && a->n == b->n &&
	       a->same == b->same && same_text(a->f->missing, b->f->missing);
}

static void join(struct groups *l)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++) {
		struct group *g = &l->v[i];
		size_t k = 0;

		while (k < n && !joins(&l->v[k], g))
			k++;
		if (k < n) {
			if (l->v[k].nclauses++ < 3)
				np_putf(&l->v[k].clauses, ", %s",
					g->clauses.p ? g->clauses.p : "");
			l->v[k].several |= l->v[k].f->date != g->f->date;
			np_buf_free(&g->clauses);
		} else {
			l->v[n++] = *g;
		}
	}
	l->n = n;
}

static int by_weight(const void *a, const void *b)
{
	const struct group *x = a, *y = b;
	unsigned rx = np_status_rank(x->f->status),
		 ry = np_status_rank(y->f->status);

	if (rx != ry)
		return rx > ry ? -1 : 1;
	int c = strcmp(x->site, y->site);

	if (!c && x->f->clause && y->f->clause)
		c = strcmp(x->f->clause->id, y->f->clause->id);
	if (!c)
		c = strcmp(x->f->device->id, y->f->device->id);
	return c;
}

static uint64_t collect(const struct np_page *p, struct groups *l)
{
	const struct np_findings *f = p->r->findings;
	bool together =
		!p->s->all && !p->s->site && np_sites(p->r->party) > FEW_SITES;
	uint64_t rest = 0;

	for (size_t i = 0; i < f->n && !l->failed; i++) {
		const struct np_device *d = f->v[i].device;
		struct group *g;

		if (!worth_saying(p, &f->v[i])) {
			rest += np_page_here(p, d);
			continue;
		}
		g = group_of(l, &f->v[i],
			     together ? "several" : np_page_site(p, d));
		if (!g)
			break;
		g->n++;
		g->same += ((uint64_t)(d - p->r->devices->v) + 1) *
			   UINT64_C(0x9e3779b97f4a7c15);
	}
	if (l->n < MANY_ROWS)
		join(l);
	if (l->n)
		qsort(l->v, l->n, sizeof(*l->v), by_weight);
	return rest;
}

static void put_days(struct np_buf *b, const struct np_finding *f)
{
	uint64_t n = (uint64_t)(f->days < 0 ? -(int64_t)f->days : f->days);

	if (f->date == NP_NODAY)
		np_puts(b, "-");
	else if (!n)
		np_puts(b, "due today");
	else
		np_put_many(b, n, "day", "days");
	if (n && f->date != NP_NODAY)
		np_puts(b, f->days < 0		      ? " ago"
			   : f->status == NP_IN_SCOPE ? " left"
						      : " ahead");
}

static void put_rule(struct np_buf *b, const struct group *g)
{
	if (!g->f->clause) {
		np_puts(b, "-");
		return;
	}
	np_put(b, g->f->clause->id, g->instrument);
	np_putf(b, "/%s", g->clauses.p ? g->clauses.p : "");
	if (g->nclauses > 3)
		np_putf(b, " and %zu more", g->nclauses - 3);
}

static void put_boxes(struct np_buf *b, const struct group *g)
{
	if (g->n > 1) {
		np_put_many(b, g->n, "box", "boxes");
		np_puts(b, ", ");
	}
	np_puts(b, g->f->device->id);
	np_puts(b, g->n > 1 ? " …" : g->f->component ? ", a part of it" : "");
}

static void put_row(struct np_table *t, const struct group *g)
{
	const struct np_finding *f = g->f;
	struct np_buf b = np_buf(4096);
	char day[16];

	np_puts(&b, np_finding_status(f));
	np_table_take(t, &b);
	np_puts(&b, g->site);
	np_table_take(t, &b);
	put_rule(&b, g);
	np_table_take(t, &b);
	np_puts(&b, f->clause ? np_certainty_name(f->clause->sure) : "-");
	np_table_take(t, &b);
	put_boxes(&b, g);
	np_table_take(t, &b);
	np_puts(&b, g->several		  ? "several"
		    : f->date == NP_NODAY ? "-"
					  : np_day_text(f->date, day));
	np_table_take(t, &b);
	if (g->several)
		np_puts(&b, "-");
	else
		put_days(&b, f);
	np_table_take(t, &b);
	np_puts(&b, f->missing ? f->missing : f->clause ? "-" : f->text);
	np_table_take(t, &b);
	np_buf_free(&b);
}

static void put_groups(struct np_page *p, const struct groups *l,
		       bool elsewhere, const char *title)
{
	static const char *const titles[] = {
		"finding", "site", "rule", "text",
		"box",	   "date", "days", "open: what is missing"};
	struct np_table t;
	size_t n = 0;

	np_table_open(&t, titles, NP_COUNT(titles));
	t.whole = 1 << 0 | 1 << 1 | 1 << 3 | 1 << 5 | 1 << 6;
	for (size_t i = 0; i < l->n; i++) {
		if (l->v[i].f->elsewhere != elsewhere)
			continue;
		put_row(&t, &l->v[i]);
		n++;
	}
	if (n) {
		np_puts(&p->b, title);
		np_table_write(&t, p->s->width, p->s->colour, &p->b);
	}
	np_table_close(&t);
}

/* ---- what is missing, each fact once */

struct question {
	const struct np_asked *a;
	const struct np_device *last;
	uint64_t findings, alone, boxes;
};

#define QUESTIONS 64

static void ask(struct question *q, size_t *n, const struct np_finding *f,
		const struct np_asked *a)
{
	size_t i = 0;

	while (i < *n && strcmp(q[i].a->get, a->get) != 0)
		i++;
	if (i == QUESTIONS)
		return;
	if (i == *n)
		q[(*n)++] = (struct question){.a = a};
	q[i].findings++;
	q[i].alone += f->nasked == 1;
	q[i].boxes += q[i].last != f->device;
	q[i].last = f->device;
}

static int by_use(const void *a, const void *b)
{
	const struct question *x = a, *y = b;

	if (x->findings != y->findings)
		return x->findings > y->findings ? -1 : 1;
	return strcmp(x->a->get, y->a->get);
}

static size_t questions(const struct np_page *p,
			struct question q[static QUESTIONS])
{
	const struct np_findings *f = p->r->findings;
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++) {
		if (f->v[i].elsewhere || !np_page_here(p, f->v[i].device))
			continue;
		for (size_t k = 0; k < f->v[i].nasked; k++)
			ask(q, &n, &f->v[i], &f->v[i].asked[k]);
	}
	if (n)
		qsort(q, n, sizeof(*q), by_use);
	return n;
}

/* "obtained" of "obtained after 2018-08-13?": the fact, whatever the day. */
static void put_fact(struct np_buf *b, const struct np_asked *a)
{
	const char *end = a->brief + strlen(a->brief);
	static const char *const tests[] = {" after ", " by ", " over "};

	for (size_t i = 0; end[-1] == '?' && i < NP_COUNT(tests); i++) {
		const char *s = strstr(a->brief, tests[i]);

		if (s) {
			np_put(b, a->brief, (size_t)(s - a->brief));
			return;
		}
	}
	np_puts(b, a->brief);
}

bool np_page_asks(struct np_page *p)
{
	struct question q[QUESTIONS];
	size_t n = questions(p, q);

	for (size_t i = 0; i < n && i < 3; i++) {
		np_puts(&p->b, i ? "; " : "find out ");
		put_fact(&p->b, q[i].a);
		np_puts(&p->b, ": ");
		np_put_many(&p->b, q[i].findings, "finding", "findings");
		np_puts(&p->b, " of ");
		np_put_many(&p->b, q[i].boxes, "box", "boxes");
	}
	return n > 0;
}

static void put_questions(struct np_page *p)
{
	static const char *const titles[] = {"to find out", "findings", "alone",
					     "boxes", "how"};
	struct question q[QUESTIONS];
	size_t n = questions(p, q);
	struct np_buf b = np_buf(4096);
	struct np_table t;

	np_table_open(&t, titles, NP_COUNT(titles));
	for (size_t i = 0; i < n; i++) {
		const uint64_t counts[] = {q[i].findings, q[i].alone,
					   q[i].boxes};

		put_fact(&b, q[i].a);
		np_table_take(&t, &b);
		for (size_t k = 0; k < NP_COUNT(counts); k++) {
			np_put_count(&b, counts[k]);
			np_table_take(&t, &b);
		}
		np_puts(&b, q[i].a->get);
		np_table_take(&t, &b);
	}
	if (n) {
		np_puts(&p->b, "\nwhat is missing: findings that wait for it, "
			       "and for nothing else (alone)\n");
		np_table_write(&t, p->s->width, p->s->colour, &p->b);
	}
	np_table_close(&t);
	np_buf_free(&b);
}

/* ---- every finding in its own words */

void np_page_paragraph(struct np_page *p, const char *text, size_t indent)
{
	size_t width = p->s->width ? p->s->width : PARAGRAPH, at = 0;

	while (*text) {
		size_t n = strcspn(text, " ");

		if (at && at + 1 + n > width) {
			np_putc(&p->b, '\n');
			at = 0;
		} else if (at) {
			np_putc(&p->b, ' ');
			at++;
		}
		if (!at) {
			np_putf(&p->b, "%*s", (int)indent, "");
			at = indent;
		}
		np_putterm(&p->b, text, n);
		at += n;
		text += n + (text[n] == ' ');
	}
	np_putc(&p->b, '\n');
}

static void put_finding(struct np_page *p, const struct np_finding *f)
{
	char day[16];

	np_putf(&p->b, "  %s  %s%s", np_finding_status(f),
		f->clause ? f->clause->id : "-",
		f->elsewhere ? "  (another state's rule)" : "");
	if (f->date != NP_NODAY) {
		np_putf(&p->b, "  %s, ", np_day_text(f->date, day));
		put_days(&p->b, f);
	}
	if (f->clause)
		np_putf(&p->b, "  text: %s",
			np_certainty_name(f->clause->sure));
	np_putc(&p->b, '\n');
	np_page_paragraph(p, f->text ? f->text : "", 6);
}

static void put_sentences(struct np_page *p)
{
	const struct np_findings *f = p->r->findings;
	const struct np_device *last = NULL;

	for (size_t i = 0; i < f->n; i++) {
		const struct np_device *d = f->v[i].device;
		const char *maker = np_report_maker(p->r, d->maker);

		if (!np_page_here(p, d))
			continue;
		if (d != last)
			np_putf(&p->b, "\n%s  %s  %s, %s\n", d->id,
				np_page_site(p, d), maker ? maker : "unknown",
				np_sure_name(d->sure));
		last = d;
		put_finding(p, &f->v[i]);
		np_page_flush(p);
	}
}

void np_page_findings(struct np_page *p)
{
	struct groups *l = calloc(1, sizeof(*l));
	char day[16], title[64];
	uint64_t rest;

	if (!l) {
		p->b.failed = true;
		return;
	}
	(void)snprintf(title, sizeof(title), "\nfindings as of %s\n",
		       np_day_text(p->r->as_of, day));
	rest = collect(p, l);
	put_groups(p, l, false, title);
	put_groups(p, l, true, "\nrules of other states\n");
	if (rest && !p->s->all)
		np_putf(&p->b,
			"  and %llu that bind nobody here or do not apply: "
			"-l\n",
			(unsigned long long)rest);
	put_questions(p);
	if (p->s->all)
		put_sentences(p);
	p->b.failed |= l->failed;
	for (size_t i = 0; i < l->n; i++)
		np_buf_free(&l->v[i].clauses);
	free(l->v);
	free(l);
}
