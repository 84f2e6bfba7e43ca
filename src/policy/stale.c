/* SPDX-License-Identifier: ISC */
/*
 * Statements that went stale. An earlier statement says of boxes and clauses
 * what held on its day; now the same boxes stand before the law of today. Where
 * the answer differs, the clause's own days tell why: it is new, it came into
 * force, it ended; else its entry was corrected, or more is known of the box.
 */
#include "core/hash.h"
#include "policy/law.h"
#include <stdlib.h>
#include <string.h>

#define MAX_SENTENCE 8192

enum why { NEW, FORCE, ENDED, COUNTED, EDITED, GONE, KNOWN };

static const char *const why_names[] = {
	[NEW] = "new",	       [FORCE] = "in force", [ENDED] = "ended",
	[COUNTED] = "counted", [EDITED] = "edited",  [GONE] = "gone",
	[KNOWN] = "known",
};

static const enum np_aside why_asides[] = {
	[NEW] = NP_A_stale_new,	      [FORCE] = NP_A_stale_force,
	[ENDED] = NP_A_stale_ended,   [COUNTED] = NP_A_stale_counted,
	[EDITED] = NP_A_stale_edited, [GONE] = NP_A_stale_gone,
	[KNOWN] = NP_A_stale_known,
};

/* ---- what is stated now */

struct group {
	const struct np_finding *f; /* the first */
	const char **boxes;
	size_t n, cap;
};

struct groups {
	struct group *v;
	size_t n, cap;
};

static bool matters(const struct np_finding *f)
{
	if (!f->clause || f->elsewhere)
		return false;
	if (f->status == NP_NOT_BOUND)
		return f->date != NP_NODAY; /* adopted, not in force */
	return f->status != NP_NOT_IN_SCOPE;
}

static bool same_group(const struct np_finding *a, const struct np_finding *b)
{
	return a->clause == b->clause && a->component == b->component &&
	       a->date == b->date && a->status == b->status;
}

static struct group *group_of(struct groups *l, const struct np_finding *f)
{
	for (size_t i = 0; i < l->n; i++) {
		if (same_group(l->v[i].f, f))
			return &l->v[i];
	}
	if (l->n == l->cap) {
		size_t cap = l->cap ? l->cap * 2 : 64;
		struct group *v = reallocarray(l->v, cap, sizeof(*v));

		if (!v)
			return NULL;
		l->v = v;
		l->cap = cap;
	}
	l->v[l->n] = (struct group){.f = f};
	return &l->v[l->n++];
}

static bool add_box(struct group *g, const char *id)
{
	if (g->n == g->cap) {
		size_t cap = g->cap ? g->cap * 2 : 64;
		const char **v = reallocarray(g->boxes, cap, sizeof(*v));

		if (!v)
			return false;
		g->boxes = v;
		g->cap = cap;
	}
	g->boxes[g->n++] = id;
	return true;
}

static bool collect(struct groups *l, const struct np_findings *f)
{
	for (size_t i = 0; i < f->n; i++) {
		struct group *g;

		if (!matters(&f->v[i]))
			continue;
		g = group_of(l, &f->v[i]);
		if (!g || !add_box(g, f->v[i].device->id))
			return false;
	}
	return true;
}

static bool all_boxes(struct group *g, const struct np_devices *d)
{
	for (size_t i = 0; i < d->n; i++) {
		if (d->v[i].owner != NP_OWNER_SUBSCRIBER &&
		    !add_box(g, d->v[i].id))
			return false;
	}
	return true;
}

static const char *print_of(const struct np_law *l, const char *clause,
			    struct np_arena *mem)
{
	char print[33];

	np_clause_print(l, np_clause_find(l, clause), print);
	return np_copystr(mem, print, 32);
}

static int write_statement(const struct np_law *l, const struct groups *g,
			   const struct group *all, int32_t as_of,
			   struct np_arena *mem, const struct np_stated **ret,
			   size_t *ret_n)
{
	size_t n = 0;
	struct np_stated *v =
		np_zalloc(mem, (l->nrules + g->n + 1) * sizeof(*v));

	if (!v)
		return NP_ENOMEM;
	v[n++] = (struct np_stated){
		.as_of = as_of,
		.date = NP_NODAY,
		.boxes = np_copy(mem, all->boxes, all->n * sizeof(char *)),
		.n = all->n};
	for (size_t i = 0; i < l->nrules; i++) {
		v[n] = (struct np_stated){
			.as_of = as_of,
			.clause = l->rules[i].pub.id,
			.print = print_of(l, l->rules[i].pub.id, mem),
			.date = NP_NODAY};
		if (!v[n++].print)
			return NP_ENOMEM;
	}
	for (size_t i = 0; i < g->n; i++) {
		const struct np_finding *f = g->v[i].f;

		v[n++] = (struct np_stated){
			.as_of = as_of,
			.clause = f->clause->id,
			.part = f->component,
			.status = np_finding_status(f),
			.date = f->date,
			.boxes = np_copy(mem, g->v[i].boxes,
					 g->v[i].n * sizeof(char *)),
			.n = g->v[i].n};
		if (!v[n - 1].boxes)
			return NP_ENOMEM;
	}
	*ret = v;
	*ret_n = n;
	return 0;
}

int np_state(const struct np_law *l, const struct np_devices *d,
	     const struct np_findings *f, int32_t as_of, struct np_arena *mem,
	     const struct np_stated **ret, size_t *ret_n)
{
	struct groups g = {0};
	struct group all = {0};
	int rc = NP_ENOMEM;

	if (collect(&g, f) && all_boxes(&all, d))
		rc = write_statement(l, &g, &all, as_of, mem, ret, ret_n);
	for (size_t i = 0; i < g.n; i++)
		free(g.v[i].boxes);
	free(g.v);
	free(all.boxes);
	return rc;
}

/* ---- then and now */

struct bench {
	const struct np_law *law;
	const struct np_devices *d;
	const struct np_findings *f;
	int32_t as_of;
	uint32_t *slots; /* of devices by id: index + 1 */
	size_t nslots;
	uint32_t *rows; /* by device: its first finding; rows[n]: the end */
	uint64_t *said; /* said of (device, clause, part) then: a hash set */
	size_t nsaid, capsaid;
	const char **prints; /* by rule, of then; NULL: was not on file */
	/* By rule: is it another than then? Found out once. */
	enum { NOT_ASKED, SAME, OTHER } * entry;
	struct np_stale *v;
	enum why *why;
	size_t n, cap;
};

static uint32_t find_box(const struct bench *b, const char *id)
{
	size_t n = strlen(id), s = np_hash64(id, n, 0) & (b->nslots - 1);

	for (; b->slots[s]; s = (s + 1) & (b->nslots - 1)) {
		if (strcmp(b->d->v[b->slots[s] - 1].id, id) == 0)
			return b->slots[s] - 1;
	}
	return UINT32_MAX;
}

static bool index_boxes(struct bench *b)
{
	size_t row = 0;

	for (b->nslots = 64; b->nslots < b->d->n * 2;)
		b->nslots *= 2;
	b->slots = calloc(b->nslots, sizeof(*b->slots));
	b->rows = calloc(b->d->n + 1, sizeof(*b->rows));
	if (!b->slots || !b->rows)
		return false;
	for (size_t i = 0; i < b->d->n; i++) {
		const char *id = b->d->v[i].id;
		size_t s = np_hash64(id, strlen(id), 0) & (b->nslots - 1);

		while (b->slots[s])
			s = (s + 1) & (b->nslots - 1);
		b->slots[s] = (uint32_t)i + 1;
		b->rows[i] = (uint32_t)row;
		while (row < b->f->n && b->f->v[row].device == &b->d->v[i])
			row++;
	}
	b->rows[b->d->n] = (uint32_t)row;
	return true;
}

static const struct np_finding *now_of(const struct bench *b, uint32_t box,
				       const char *clause, bool part)
{
	for (uint32_t i = b->rows[box]; i < b->rows[box + 1]; i++) {
		const struct np_finding *f = &b->f->v[i];

		if (f->clause && !f->elsewhere && f->component == part &&
		    strcmp(f->clause->id, clause) == 0)
			return f;
	}
	return NULL;
}

/* 0 is a free slot. */
static uint64_t said_key(uint32_t box, size_t rule, bool part)
{
	uint64_t k = ((uint64_t)box << 24 | (uint64_t)rule << 1 | part) + 1;

	return k * UINT64_C(0x9e3779b97f4a7c15) | 1;
}

static bool was_said(const struct bench *b, uint64_t key)
{
	size_t s = (key >> 20) & (b->capsaid - 1);

	for (; b->said[s]; s = (s + 1) & (b->capsaid - 1)) {
		if (b->said[s] == key)
			return true;
	}
	return false;
}

static bool grow_said(struct bench *b)
{
	size_t cap = b->capsaid ? b->capsaid * 2 : 1024;
	uint64_t *v = calloc(cap, sizeof(*v));

	if (!v)
		return false;
	for (size_t i = 0; i < b->capsaid; i++) {
		size_t s = (b->said[i] >> 20) & (cap - 1);

		while (b->said[i] && v[s])
			s = (s + 1) & (cap - 1);
		if (b->said[i])
			v[s] = b->said[i];
	}
	free(b->said);
	b->said = v;
	b->capsaid = cap;
	return true;
}

static bool say_it(struct bench *b, uint64_t key)
{
	size_t s;

	if (b->nsaid * 2 >= b->capsaid && !grow_said(b))
		return false;
	for (s = (key >> 20) & (b->capsaid - 1); b->said[s];
	     s = (s + 1) & (b->capsaid - 1)) {
		if (b->said[s] == key)
			return true;
	}
	b->said[s] = key;
	b->nsaid++;
	return true;
}

static bool count(struct bench *b, int32_t before, const char *clause,
		  enum why why, int32_t since)
{
	for (size_t i = 0; i < b->n; i++) {
		struct np_stale *x = &b->v[i];

		if (x->before == before && x->since == since &&
		    b->why[i] == why && strcmp(x->clause, clause) == 0) {
			x->boxes++;
			return true;
		}
	}
	if (b->n == b->cap) {
		size_t cap = b->cap ? b->cap * 2 : 32;
		struct np_stale *v = reallocarray(b->v, cap, sizeof(*v));

		if (v)
			b->v = v;
		enum why *w = v ? reallocarray(b->why, cap, sizeof(*w)) : NULL;

		if (!w)
			return false;
		b->why = w;
		b->cap = cap;
	}
	b->why[b->n] = why;
	b->v[b->n++] = (struct np_stale){.before = before,
					 .since = since,
					 .clause = clause,
					 .why = why_names[why],
					 .boxes = 1};
	return true;
}

static bool edited(const struct bench *b, size_t rule)
{
	char print[33];

	if (b->entry[rule] == NOT_ASKED) {
		np_clause_print(b->law, rule, print);
		b->entry[rule] =
			b->prints[rule] && !strcmp(print, b->prints[rule])
				? SAME
				: OTHER;
	}
	return b->entry[rule] == OTHER;
}

/* Was the maker counted with one that the clause names, and is not now, or the
 * other way round? Then since when. */
static bool counted(const struct bench *b, size_t rule, uint32_t box,
		    int32_t then, int32_t *ret_since)
{
	const struct np_law *l = b->law;
	const struct np_rule *r = &l->rules[rule];
	uint16_t maker = b->d->v[box].maker;
	const struct np_affiliate *was, *is;
	bool before = np_rule_names(l, r, maker, then, &was);

	if (before == np_rule_names(l, r, maker, b->as_of, &is))
		return false;
	*ret_since = before ? was->until + 1 : is->from;
	return true;
}

/* Why a clause is not what it was on the day of the statement. */
static enum why reason(const struct bench *b, size_t rule, uint32_t box,
		       int32_t then, int32_t *ret_since)
{
	const struct np_clause *c =
		rule == SIZE_MAX ? NULL : &b->law->rules[rule].pub;

	*ret_since = NP_NODAY;
	if (!c)
		return GONE;
	if (c->until != NP_NODAY && c->until >= then && c->until < b->as_of) {
		*ret_since = c->until + 1;
		return ENDED;
	}
	if (c->known > then) {
		*ret_since = c->known;
		return NEW;
	}
	if (edited(b, rule))
		return EDITED;
	if (c->from > then && c->from <= b->as_of) {
		*ret_since = c->from;
		return FORCE;
	}
	if (counted(b, rule, box, then, ret_since))
		return COUNTED;
	return KNOWN;
}

/* The next day of a yearly duty is no other answer. */
static bool still_holds(const struct bench *b, const struct np_stated *s,
			size_t rule, const struct np_finding *f)
{
	if ((!f || !matters(f)) &&
	    strcmp(s->status, np_status_name(NP_NOT_BOUND)) == 0)
		return true; /* it bound nobody then, and binds nobody now */
	if (!f || strcmp(np_finding_status(f), s->status) != 0)
		return false;
	return f->date == s->date ||
	       (b->law->rules[rule].yearly_day && f->date != NP_NODAY &&
		s->date != NP_NODAY);
}

static bool compare_group(struct bench *b, const struct np_stated *s)
{
	size_t rule = np_clause_find(b->law, s->clause);

	for (size_t i = 0; i < s->n; i++) {
		uint32_t box = find_box(b, s->boxes[i]);
		int32_t since;
		enum why why;

		if (box == UINT32_MAX)
			continue; /* is no box of its own any more */
		if (rule != SIZE_MAX) {
			if (!say_it(b, said_key(box, rule, s->part)))
				return false;
			if (still_holds(b, s, rule,
					now_of(b, box, s->clause, s->part)))
				continue;
		}
		why = reason(b, rule, box, s->as_of, &since);
		if (!count(b, s->as_of, s->clause, why, since))
			return false;
	}
	return true;
}

/* What is said of a box now, and was not said of it then. */
static bool compare_box(struct bench *b, uint32_t box, int32_t then)
{
	for (uint32_t i = b->rows[box]; i < b->rows[box + 1]; i++) {
		const struct np_finding *f = &b->f->v[i];
		int32_t since;
		enum why why;
		size_t rule;

		if (!matters(f))
			continue;
		rule = np_clause_find(b->law, f->clause->id);
		if (was_said(b, said_key(box, rule, f->component)))
			continue;
		why = reason(b, rule, box, then, &since);
		if (!count(b, then, f->clause->id, why, since))
			return false;
	}
	return true;
}

static bool compare_new(struct bench *b, const struct np_stated *s)
{
	for (size_t i = 0; i < s->n; i++) {
		uint32_t box = find_box(b, s->boxes[i]);

		if (box != UINT32_MAX && !compare_box(b, box, s->as_of))
			return false;
	}
	return true;
}

static void read_prints(struct bench *b, const struct np_stated *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t rule = v[i].clause && !v[i].status
				      ? np_clause_find(b->law, v[i].clause)
				      : SIZE_MAX;

		if (rule != SIZE_MAX)
			b->prints[rule] = v[i].print;
	}
}

/* One statement: groups v[0..n). */
static bool compare(struct bench *b, const struct np_stated *v, size_t n)
{
	bool ok = b->capsaid || grow_said(b);

	if (!ok)
		return false;
	memset(b->said, 0, b->capsaid * sizeof(*b->said));
	b->nsaid = 0;
	memset(b->prints, 0, b->law->nrules * sizeof(*b->prints));
	memset(b->entry, 0, b->law->nrules * sizeof(*b->entry));
	read_prints(b, v, n);
	for (size_t i = 0; i < n && ok; i++)
		ok = !v[i].status || compare_group(b, &v[i]);
	for (size_t i = 0; i < n && ok; i++)
		ok = v[i].clause || compare_new(b, &v[i]);
	return ok;
}

/* ---- words */

struct filling {
	const struct bench *b;
	const struct np_stale *s;
	struct np_buf *out;
};

static void put_day(struct np_buf *b, int32_t day)
{
	char text[16];

	if (day != NP_NODAY)
		np_puts(b, np_day_text(day, text));
}

static const char *title_of(const struct np_law *l, const char *clause)
{
	size_t rule = np_clause_find(l, clause);

	if (rule != SIZE_MAX)
		return l->rules[rule].pub.title;
	for (size_t i = 0; i < l->nrules; i++) {
		if (strcmp(l->rules[i].instrument, clause) == 0)
			return l->rules[i].pub.title;
	}
	return clause;
}

/* What came in its place; NULL: nothing that is on file. */
static const char *follows(const struct np_law *l, const char *clause)
{
	size_t rule = np_clause_find(l, clause);
	const char *id =
		rule == SIZE_MAX ? NULL : l->rules[rule].pub.followed_by;

	return id ? title_of(l, id) : NULL;
}

static void fill(void *ctx, const char *name)
{
	const struct filling *x = ctx;
	const struct np_law *l = x->b->law;

	if (strcmp(name, "before") == 0)
		put_day(x->out, x->s->before);
	else if (strcmp(name, "date") == 0)
		put_day(x->out, x->s->since);
	else if (strcmp(name, "title") == 0)
		np_puts(x->out, title_of(l, x->s->clause));
	else if (strcmp(name, "clause") == 0)
		np_puts(x->out, x->s->clause);
	else if (strcmp(name, "follows") == 0)
		np_puts(x->out, follows(l, x->s->clause));
	else if (strcmp(name, "boxes") == 0)
		np_putf(x->out, "%llu device%s",
			(unsigned long long)x->s->boxes,
			x->s->boxes == 1 ? "" : "s");
	else if (strcmp(name, "says") == 0 &&
		 np_clause_find(l, x->s->clause) != SIZE_MAX)
		np_puts(x->out,
			l->rules[np_clause_find(l, x->s->clause)].pub.says);
}

static int by_day(const void *a, const void *b)
{
	const struct np_stale *x = a, *y = b;

	if (x->before != y->before)
		return x->before < y->before ? -1 : 1;
	if (x->since != y->since)
		return x->since < y->since ? -1 : 1;
	return strcmp(x->clause, y->clause);
}

static const char *template_of(const struct bench *b, size_t i)
{
	enum np_aside a = why_asides[b->why[i]];

	if (b->why[i] == ENDED && follows(b->law, b->v[i].clause))
		a = NP_A_stale_followed;
	return b->law->aside[a];
}

static int write_stale(struct bench *b, struct np_arena *mem,
		       struct np_stales *ret)
{
	for (size_t i = 0; i < b->n; i++) {
		struct np_buf text = np_buf(MAX_SENTENCE);
		struct filling x = {.b = b, .s = &b->v[i], .out = &text};

		np_template_fill(&text, template_of(b, i), fill, &x);
		b->v[i].text = np_copystr(mem, text.p ? text.p : "", text.n);
		np_buf_free(&text);
		if (!b->v[i].text)
			return NP_ENOMEM;
	}
	if (b->n)
		qsort(b->v, b->n, sizeof(*b->v), by_day);
	ret->n = b->n;
	ret->v = np_copy(mem, b->v, b->n * sizeof(*b->v));
	return ret->v || !b->n ? 0 : NP_ENOMEM;
}

int np_stale(const struct np_law *l, const struct np_devices *d,
	     const struct np_findings *f, int32_t as_of,
	     const struct np_stated *earlier, size_t n, struct np_arena *mem,
	     struct np_stales *ret)
{
	struct bench b = {.law = l, .d = d, .f = f, .as_of = as_of};
	bool ok = index_boxes(&b);
	int rc;

	*ret = (struct np_stales){0};
	b.prints = calloc(l->nrules + 1, sizeof(*b.prints));
	b.entry = calloc(l->nrules + 1, sizeof(*b.entry));
	ok = ok && b.prints && b.entry;
	/* a statement begins with the boxes that were judged */
	for (size_t i = 0, end; i < n && ok; i = end) {
		for (end = i + 1; end < n && earlier[end].clause;)
			end++;
		if (earlier[i].as_of <= as_of)
			ok = compare(&b, &earlier[i], end - i);
	}
	rc = ok ? write_stale(&b, mem, ret) : NP_ENOMEM;
	free(b.slots);
	free(b.rows);
	free(b.said);
	free(b.prints);
	free(b.entry);
	free(b.v);
	free(b.why);
	return rc;
}
