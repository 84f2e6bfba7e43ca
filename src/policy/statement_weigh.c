/* SPDX-License-Identifier: ISC */
/*
 * All statements, weighed on a day. Which count follows from the set alone:
 * nothing here looks at what was said first.
 */
#include "core/hash.h"
#include "policy/law.h"
#include "policy/statement.h"
#include <stdlib.h>

#define SAID_MEMORY ((size_t)256 << 20)

struct np_said {
	struct np_arena mem;
	struct np_said_row *v;
	size_t n, cap;
	/* By the address of the box that they are about; first those that are
	 * about none. */
	const struct np_said_row **of;
	size_t nof;
};

const char *np_weight_text(const struct np_law *l, enum np_weight w)
{
	static const uint8_t aside[NP_G_WEIGHTS] = {
		[NP_G_COUNTS] = NP_A_said_counts,
		[NP_G_RECORDED] = NP_A_said_recorded,
		[NP_G_SUPPORTS] = NP_A_said_supports,
		[NP_G_ALONE] = NP_A_said_alone,
		[NP_G_WEAK] = NP_A_said_weak,
		[NP_G_EARLY] = NP_A_said_early,
		[NP_G_EXPIRED] = NP_A_said_expired,
		[NP_G_NOWHERE] = NP_A_said_nowhere,
		[NP_G_STRANGE] = NP_A_said_strange,
	};

	return l->aside[aside[w]];
}

struct np_said *np_said_new(void)
{
	struct np_said *s = calloc(1, sizeof(*s));

	if (s)
		s->mem = np_arena(SAID_MEMORY);
	return s;
}

void np_said_free(struct np_said *s)
{
	if (!s)
		return;
	np_arena_free(&s->mem);
	free(s->v);
	free(s->of);
	free(s);
}

static const char *hash_of(struct np_said *s, const char *text, size_t n)
{
	struct np_buf b = np_buf(65);
	uint8_t hash[32];
	const char *hex;

	np_sha256(text, n, hash);
	np_puthex(&b, hash, sizeof(hash));
	hex = b.failed ? NULL : np_copystr(&s->mem, b.p, b.n);
	np_buf_free(&b);
	return hex;
}

static struct np_said_row *room(struct np_said *s)
{
	if (s->n == s->cap) {
		size_t cap = s->cap ? s->cap * 2 : 32;
		struct np_said_row *v = reallocarray(s->v, cap, sizeof(*v));

		if (!v)
			return NULL;
		s->v = v;
		s->cap = cap;
	}
	return &s->v[s->n];
}

int np_said_add(struct np_said *s, const char *text, size_t n, const char *key,
		uint64_t entry, bool trusted, struct np_err *reterr)
{
	struct np_said_row *row = room(s),
			   x = {.entry = entry, .trusted = trusted};
	int rc = np_statement_read(text, n, &s->mem, &x.s, reterr);

	if (rc)
		return rc;
	x.id = hash_of(s, text, n);
	x.key = np_copystr(&s->mem, key, strlen(key));
	if (!row || !x.id || !x.key)
		return np_fail(reterr, NP_ENOMEM, "too many statements",
			       "statement", s->n);
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->v[i].id, x.id) == 0 &&
		    strcmp(s->v[i].key, x.key) == 0)
			return NP_OK;
	*row = x;
	s->n++;
	return NP_OK;
}

size_t np_said_n(const struct np_said *s)
{
	return s ? s->n : 0;
}

const struct np_said_row *np_said_row(const struct np_said *s, size_t i)
{
	return s && i < s->n ? &s->v[i] : NULL;
}

void np_said_found(struct np_said *s, size_t i, const struct np_device *d)
{
	s->v[i].device = d;
}

/* ---- does it lower what the evidence says? */

/* Does some rule name it, whatever the day? */
static bool named(const struct np_law *l, const char *slug)
{
	for (size_t i = 0; slug && i < l->nrules; i++)
		for (size_t j = 0; j < l->rules[i].makers.n; j++)
			if (strcmp(l->rules[i].makers.v[j], slug) == 0)
				return true;
	return false;
}

/* Another maker than the one that is known, or than one that some rule names.
 */
static bool other_maker(const struct np_law *l, const struct np_knowledge *k,
			const struct np_device *d, uint16_t maker)
{
	const uint16_t evidence[] = {
		d->maker, d->sure == NP_DISPUTED ? d->rival : NP_NO_MAKER};
	bool known = d->sure == NP_CONFIRMED || d->sure == NP_PROBABLE;

	for (size_t i = 0; i < NP_COUNT(evidence); i++)
		if (d->sure != NP_UNKNOWN && evidence[i] != NP_NO_MAKER &&
		    evidence[i] != maker &&
		    (known || named(l, np_maker_slug(k, evidence[i]))))
			return true;
	return false;
}

static const struct np_site *site_of(const struct np_question *q,
				     const struct np_said_row *r)
{
	if (r->device)
		return r->device->site == NP_NO_SITE
			       ? NULL
			       : np_site(q->party, r->device->site);
	for (size_t i = 0; r->s.site && i < np_sites(q->party); i++)
		if (strcmp(np_site(q->party, i)->id, r->s.site) == 0)
			return np_site(q->party, i);
	return NULL;
}

/* Another value than the box, the inventory or the operator's file has. */
static bool other_fact(const struct np_law *l, const struct np_question *q,
		       const struct np_said_row *r)
{
	const struct np_site *site = site_of(q, r);
	const char *v = NULL;

	if (r->device && strcmp(r->s.fact, "function") == 0)
		v = r->device->function;
	if (!v && q->fact && r->device)
		v = q->fact(q->ctx, r->device, r->s.fact);
	for (const struct np_law_fact *f = l->facts; f && !v; f = f->next)
		if (strcmp(f->name, r->s.fact) == 0)
			v = np_party_fact(q->party, site, f->jurisdiction,
					  f->name);
	return v && strcmp(v, r->s.value) != 0;
}

/* Another later date than the operator's file has. */
static bool other_date(const struct np_law *l, const struct np_question *q,
		       const struct np_said_row *r)
{
	const char *v = NULL;

	for (size_t i = 0; i < l->nrules; i++) {
		const struct np_rule *x = &l->rules[i];

		if (strcmp(x->pub.id, r->s.clause) == 0 && x->later.fact)
			v = np_party_fact(q->party, site_of(q, r),
					  x->pub.jurisdiction,
					  x->later.fact->name);
	}
	return v && strcmp(v, r->s.value) != 0;
}

static bool lowers(const struct np_law *l, const struct np_knowledge *k,
		   const struct np_question *q, const struct np_said_row *r)
{
	switch (r->s.kind) {
	case NP_S_WAIVE:
		return true;
	case NP_S_VARIATION:
		return other_date(l, q, r);
	case NP_S_ATTEST:
		if (strcmp(r->s.fact, "part") == 0)
			return false; /* it adds to what is known */
		return strcmp(r->s.fact, "maker") == 0
			       ? other_maker(l, k, r->device, r->maker)
			       : other_fact(l, q, r);
	case NP_S_DISPUTE:
	case NP_S_INCIDENT:
	case NP_S_NO_INCIDENT:
	case NP_S_SECOND:
	case NP_S_KINDS:
		break;
	}
	return false;
}

/* ---- weighing */

static const struct np_said_row *find(const struct np_said *s, const char *id)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->v[i].id, id) == 0)
			return &s->v[i];
	return NULL;
}

/* By itself, without a look at the others. */
static enum np_weight weigh_one(const struct np_said *s, struct np_said_row *r,
				const struct np_law *l,
				const struct np_knowledge *k,
				const struct np_question *q)
{
	const struct np_statement *x = &r->s;

	if (!r->trusted)
		return NP_G_STRANGE;
	if (q->as_of < x->on)
		return NP_G_EARLY;
	if (x->until != NP_NODAY && q->as_of > x->until)
		return NP_G_EXPIRED;
	if ((x->device && !r->device) || (x->site && !site_of(q, r)) ||
	    np_statement_unknown(x, l, k) || (x->of && !find(s, x->of)))
		return NP_G_NOWHERE;
	if (x->kind == NP_S_ATTEST && np_states_maker(x->fact))
		r->maker = np_maker_find(k, x->value);
	if (x->kind == NP_S_VARIATION)
		(void)np_day_read(x->value, &r->later);
	if (x->kind == NP_S_INCIDENT || x->kind == NP_S_NO_INCIDENT)
		return NP_G_RECORDED;
	if (x->kind == NP_S_SECOND)
		return NP_G_SUPPORTS;
	if (x->kind == NP_S_ATTEST && (x->source > 'C' || x->information > '3'))
		return NP_G_WEAK;
	return NP_G_COUNTS;
}

/* The second statement by another person and another key; where there are
 * several, the one of the least id. */
static void find_second(const struct np_said *s, struct np_said_row *r)
{
	r->second = NULL;
	for (size_t i = 0; i < s->n; i++) {
		const struct np_said_row *o = &s->v[i];

		if (o->weight != NP_G_SUPPORTS || strcmp(o->s.of, r->id) != 0 ||
		    strcmp(o->key, r->key) == 0 ||
		    strcmp(o->s.by, r->s.by) == 0)
			continue;
		if (!r->second || strcmp(o->id, r->second) < 0)
			r->second = o->id;
	}
}

static int by_device(const void *a, const void *b)
{
	const struct np_said_row *const *x = a, *const *y = b;
	uintptr_t p = (uintptr_t)(*x)->device, q = (uintptr_t)(*y)->device;

	return p < q ? -1 : p > q;
}

static int index_devices(struct np_said *s)
{
	free(s->of);
	s->nof = 0;
	s->of = calloc(s->n + 1, sizeof(*s->of));
	if (!s->of)
		return NP_ENOMEM;
	for (size_t i = 0; i < s->n; i++)
		s->of[s->nof++] = &s->v[i];
	qsort(s->of, s->nof, sizeof(*s->of), by_device);
	return NP_OK;
}

int np_said_weigh(struct np_said *s, const struct np_law *l,
		  const struct np_knowledge *k, const struct np_question *q)
{
	for (size_t i = 0; i < s->n; i++)
		s->v[i].weight = weigh_one(s, &s->v[i], l, k, q);
	for (size_t i = 0; i < s->n; i++) {
		struct np_said_row *r = &s->v[i];

		find_second(s, r);
		if (r->weight == NP_G_COUNTS && !r->second &&
		    lowers(l, k, q, r))
			r->weight = NP_G_ALONE;
	}
	return index_devices(s);
}

/* ---- what judge() asks */

/* The first of those about a box (NULL: about none), *ret_n of them. */
static const struct np_said_row *const *
about(const struct np_said *s, const struct np_device *d, size_t *ret_n)
{
	size_t lo = 0, hi = s ? s->nof : 0, n = 0;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if ((uintptr_t)s->of[mid]->device < (uintptr_t)d)
			lo = mid + 1;
		else
			hi = mid;
	}
	while (s && lo + n < s->nof && s->of[lo + n]->device == d)
		n++;
	*ret_n = n;
	return n ? &s->of[lo] : NULL;
}

bool np_said_of(const struct np_said *s, const struct np_device *d)
{
	size_t n;
	const struct np_said_row *const *v = about(s, d, &n);

	for (size_t i = 0; i < n; i++)
		if (v[i]->weight == NP_G_COUNTS)
			return true;
	return false;
}

static bool states(const struct np_said_row *r, const char *fact)
{
	return r->weight == NP_G_COUNTS && r->s.kind == NP_S_ATTEST &&
	       strcmp(r->s.fact, fact) == 0;
}

bool np_said_maker(const struct np_said *s, const struct np_device *d,
		   uint16_t *ret_maker, uint16_t *ret_rival,
		   enum np_sure *ret_sure)
{
	uint16_t least = UINT16_MAX, most = 0;
	size_t n;
	const struct np_said_row *const *v = about(s, d, &n);

	for (size_t i = 0; i < n; i++) {
		if (!states(v[i], "maker"))
			continue;
		least = v[i]->maker < least ? v[i]->maker : least;
		most = v[i]->maker > most ? v[i]->maker : most;
	}
	/* What the box itself proves needs nobody to attest it. */
	if (!most ||
	    (least == most && d->sure == NP_CONFIRMED && d->maker == most))
		return false;
	*ret_maker = least;
	*ret_rival = least == most ? NP_NO_MAKER : most;
	*ret_sure = least == most ? NP_CONFIRMED : NP_DISPUTED;
	return true;
}

bool np_said_part(const struct np_said *s, const struct np_device *d,
		  uint16_t maker)
{
	size_t n;
	const struct np_said_row *const *v = about(s, d, &n);

	for (size_t i = 0; i < n; i++)
		if (states(v[i], "part") && v[i]->maker == maker)
			return true;
	return false;
}

static void agree(const char **all, const char *value)
{
	*all = !*all || strcmp(*all, value) == 0 ? value : "";
}

const char *np_said_fact(const struct np_said *s, const struct np_device *d,
			 const char *site, const char *name)
{
	const char *value = NULL;
	size_t n;
	const struct np_said_row *const *v = about(s, d, &n);

	for (size_t i = 0; i < n; i++)
		if (states(v[i], name))
			agree(&value, v[i]->s.value);
	v = value || !site ? NULL : about(s, NULL, &n);
	for (size_t i = 0; v && i < n; i++)
		if (v[i]->s.site && strcmp(v[i]->s.site, site) == 0 &&
		    states(v[i], name))
			agree(&value, v[i]->s.value);
	return value;
}

/* Does a counts more than b? */
static bool before(const struct np_said_row *a, const struct np_said_row *b)
{
	int32_t x = a->s.until == NP_NODAY ? INT32_MAX : a->s.until;
	int32_t y = b->s.until == NP_NODAY ? INT32_MAX : b->s.until;

	if (a->s.on != b->s.on)
		return a->s.on > b->s.on;
	if (x != y)
		return x < y;
	if (a->later != b->later)
		return a->later < b->later;
	return strcmp(a->id, b->id) < 0;
}

static bool same(const char *said, const char *is)
{
	return !said || (is && strcmp(said, is) == 0);
}

static void pick(const struct np_said *s, const struct np_device *d,
		 enum np_stating kind, const char *site, const char *clause,
		 const struct np_said_row **best)
{
	size_t n;
	const struct np_said_row *const *v = about(s, d, &n);

	for (size_t i = 0; i < n; i++) {
		const struct np_said_row *r = v[i];

		if (r->weight == NP_G_COUNTS && r->s.kind == kind &&
		    same(r->s.site, site) && same(r->s.clause, clause) &&
		    (!*best || before(r, *best)))
			*best = r;
	}
}

const struct np_said_row *np_said_kind(const struct np_said *s,
				       enum np_stating kind,
				       const struct np_device *d,
				       const char *site, const char *clause)
{
	const struct np_said_row *best = NULL;

	pick(s, NULL, kind, site, clause, &best);
	pick(s, d, kind, site, clause, &best);
	return best;
}
