/* SPDX-License-Identifier: ISC */
/*
 * Crowds: boxes that are counted and not listed (design, rule 11), and boxes by
 * what they were heard to do. What a store remembers of subscribers' boxes that
 * it keeps no more is counted with those that are there.
 */
#include "core/hash.h"
#include "device/inside.h"
#include <stdlib.h>

bool np_crowd_linked(const struct np_crowd *c)
{
	static const uint8_t none[NP_LINK_SIZE];

	return memcmp(c->link, none, NP_LINK_SIZE) != 0;
}

static int by_number(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

/* None is before any. */
static int by_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) : !!a - !!b;
}

static int by_link(const void *a, const void *b)
{
	const struct np_crowd *x = a, *y = b;

	return memcmp(x->link, y->link, NP_LINK_SIZE);
}

static int order(const void *a, const void *b)
{
	const struct np_crowd *x = a, *y = b;
	int d = by_link(a, b);

	if (!d)
		d = by_text(x->role, y->role);
	if (!d)
		d = by_number(y->field, x->field);
	if (!d)
		d = by_number(x->maker, y->maker);
	if (!d)
		d = by_number(x->sure, y->sure);
	if (!d)
		d = by_number(x->rival, y->rival);
	if (!d)
		d = by_number(x->site, y->site);
	return d ? d : by_text(x->model, y->model);
}

void np_crowds_merge(struct np_crowds *c)
{
	size_t k = 0;

	if (!c->n)
		return;
	qsort(c->v, c->n, sizeof(*c->v), order);
	for (size_t i = 1; i < c->n; i++) {
		if (order(&c->v[k], &c->v[i]) == 0)
			c->v[k].n += c->v[i].n;
		else
			c->v[++k] = c->v[i];
	}
	c->n = k + 1;
}

int np_crowds_count(struct np_budget *b, struct np_crowds *c,
		    const struct np_crowd *one)
{
	if (c->n == c->cap)
		np_crowds_merge(c);
	if (c->n >= c->cap / 2 + c->cap / 4) {
		size_t cap = c->cap ? c->cap * 2 : 32;
		int r;
		struct np_crowd *v = np_budget_take(b, cap * sizeof(*v), &r);

		if (!v)
			return r;
		if (c->n)
			memcpy(v, c->v, c->n * sizeof(*v));
		np_budget_give(b, c->v, c->cap * sizeof(*v));
		c->v = v;
		c->cap = cap;
	}
	c->v[c->n++] = *one;
	return 0;
}

void np_crowds_free(struct np_budget *b, struct np_crowds *c)
{
	np_budget_give(b, c->v, c->cap * sizeof(*c->v));
	*c = (struct np_crowds){.v = NULL};
}

/* ---- what is remembered */

void np_fold_linkable(struct np_fold *f, const uint8_t key[static 32])
{
	memcpy(f->link_key, key, 32);
	f->linkable = true;
}

void np_fold_link(const struct np_fold *f, const char *id,
		  uint8_t ret[static NP_LINK_SIZE])
{
	memset(ret, 0, NP_LINK_SIZE);
	if (f->linkable)
		np_keyed_hash(f->link_key, id, strlen(id), ret, NP_LINK_SIZE);
}

static int keep_text(struct np_fold *f, const char **text)
{
	uint32_t i;
	int r = *text ? np_text_keep(&f->texts, *text, strlen(*text), &i) : 0;

	if (*text && !r)
		*text = np_text(&f->texts, i, NULL);
	return r;
}

int np_fold_crowd(struct np_fold *f, const struct np_crowd *c)
{
	struct np_crowd one = *c;
	int r = keep_text(f, &one.role);

	if (!r)
		r = keep_text(f, &one.model);
	return r ? r : np_crowds_count(&f->budget, &f->remembered, &one);
}

/* Those that were heard again are counted as they are now. */
static bool heard_again(const struct np_crowds *now, const struct np_crowd *c)
{
	return now->n && np_crowd_linked(c) &&
	       bsearch(c, now->v, now->n, sizeof(*c), by_link);
}

int np_crowds_remember(struct np_fold *f, uint64_t *subscribers)
{
	size_t n = f->remembered.n;
	int r = 0;
	bool *again = np_budget_take(&f->budget, n, &r);

	np_crowds_merge(&f->theirs);
	for (size_t i = 0; !r && i < n; i++)
		again[i] = heard_again(&f->theirs, &f->remembered.v[i]);
	for (size_t i = 0; !r && i < n; i++) {
		struct np_crowd one = f->remembered.v[i];

		if (again[i])
			continue;
		*subscribers += one.role ? 0 : one.n;
		r = np_crowds_count(&f->budget, &f->theirs, &one);
		memset(one.link, 0, NP_LINK_SIZE);
		if (!r)
			r = np_crowds_count(&f->budget, &f->shown, &one);
	}
	np_budget_give(&f->budget, again, n);
	np_crowds_merge(&f->theirs);
	np_crowds_merge(&f->shown);
	return r;
}

/* ---- what is only theirs */

/* Marks what boxes of one kind rest on. */
static void mark(const struct np_fold *f, bool private, bool *rows)
{
	for (uint32_t box = 0; box < f->nprivate; box++)
		for (uint32_t i = np_box_from(f, box);
		     f->private[box] == private && i < np_box_to(f, box); i++)
			rows[np_hearing_at(f, f->order[i]).row] = true;
}

static int tell(const struct np_fold *f, uint32_t row, np_private_fn *fn,
		void *ctx)
{
	const struct np_row *w = np_row(f, row);
	const uint32_t *refs = w->nkeys ? np_row_refs(f, w) : NULL;
	struct np_key keys[NP_MAX_KEYS];
	char text[NP_MAX_KEYS][40];
	size_t n = 0;

	for (; n < w->nkeys && n < NP_MAX_KEYS; n++) {
		const struct np_key_record *k = np_key_at(f, refs[n]);

		keys[n].kind = (enum np_keykind)k->kind;
		keys[n].v = np_key_text(f, k, text[n], &keys[n].n);
	}
	return fn(ctx, np_pool_at(&f->ids, row), keys, n);
}

int np_fold_private(const struct np_devices *all, np_private_fn *fn, void *ctx)
{
	const struct np_fold *f = all->fold;
	bool *theirs = calloc(f->nrows + 1, sizeof(*theirs));
	bool *others = calloc(f->nrows + 1, sizeof(*others));
	int r = theirs && others ? 0 : NP_ENOMEM;

	if (!r) {
		mark(f, true, theirs);
		mark(f, false, others);
	}
	for (uint32_t row = 0; !r && row < f->nrows; row++)
		if (theirs[row] && !others[row])
			r = tell(f, row, fn, ctx);
	free(theirs);
	free(others);
	return r;
}
