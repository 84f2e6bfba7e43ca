/* SPDX-License-Identifier: ISC */
/*
 * The claims on one box, gathered from its sightings and put in an order that
 * depends on nothing but what they say.
 */
#include "device/inside.h"

const char *np_voice_value(const struct np_fold *f, const struct np_voice *v)
{
	if (v->claim->value == NP_NIL)
		return NULL;
	return np_text(&f->texts, v->claim->value, NULL);
}

const char *np_voice_text(const struct np_fold *f, const struct np_voice *v,
			  char buf[static 40], size_t *ret_n)
{
	uint32_t text = v->claim->text;

	*ret_n = 0;
	if (text == NP_NIL)
		return "";
	if (text & NP_CLAIM_KEY)
		return np_key_text(f, np_key_at(f, text & ~NP_CLAIM_KEY), buf,
				   ret_n);
	return np_text(&f->texts, text, ret_n);
}

static int by_number(unsigned a, unsigned b)
{
	return (a > b) - (a < b);
}

static int by_text(const struct np_fold *f, const struct np_voice *a,
		   const struct np_voice *b)
{
	char bufa[40], bufb[40];
	size_t na, nb;
	const char *ta = np_voice_text(f, a, bufa, &na);
	const char *tb = np_voice_text(f, b, bufb, &nb);
	int d = memcmp(ta, tb, na < nb ? na : nb);

	return d ? d : (na > nb) - (na < nb);
}

static int by_value(const struct np_fold *f, const struct np_voice *a,
		    const struct np_voice *b)
{
	const char *va = np_voice_value(f, a), *vb = np_voice_value(f, b);

	if (!va || !vb)
		return !!vb - !!va;
	return strcmp(va, vb);
}

static int by_source(const struct np_fold *f, const struct np_voice *a,
		     const struct np_voice *b)
{
	int d = memcmp(np_pool_at(&f->ids, a->row), np_pool_at(&f->ids, b->row),
		       NP_ID);

	/* Of one sighting: in the order in which they were inferred. */
	return d ? d : (a->claim > b->claim) - (a->claim < b->claim);
}

/* Strongest first. */
static int order(const void *x, const void *y, void *fold)
{
	const struct np_fold *f = fold;
	const struct np_voice *a = x, *b = y;
	const struct np_rule *ra = a->rule, *rb = b->rule;
	int d = by_number(b->grade, a->grade);

	if (!d)
		d = by_number(a->said, b->said);
	if (!d)
		d = by_number(a->reach, b->reach);
	if (!d)
		d = by_number(ra->what, rb->what);
	if (!d)
		d = by_number(ra->maker, rb->maker);
	if (!d)
		d = by_number(ra->group, rb->group);
	if (!d)
		d = strcmp(ra->name, rb->name);
	if (!d)
		d = by_value(f, a, b);
	if (!d)
		d = by_number(ra->field, rb->field);
	if (!d)
		d = by_text(f, a, b);
	return d ? d : by_source(f, a, b);
}

static int add(struct np_voices *s, const struct np_voice *v)
{
	if (s->n == s->cap) {
		size_t cap = s->cap ? s->cap * 2 : 64;
		int r;
		struct np_voice *p =
			np_budget_take(s->budget, cap * sizeof(*p), &r);

		if (!p)
			return r;
		if (s->n)
			memcpy(p, s->v, s->n * sizeof(*p));
		np_budget_give(s->budget, s->v, s->cap * sizeof(*p));
		s->v = p;
		s->cap = cap;
	}
	s->v[s->n++] = *v;
	return 0;
}

void np_voices_free(struct np_voices *v)
{
	np_budget_give(v->budget, v->v, v->cap * sizeof(*v->v));
	v->v = NULL;
	v->n = v->cap = 0;
}

static int add_row(const struct np_fold *f, uint32_t row, uint32_t at,
		   struct np_voices *s)
{
	const struct np_row *w = np_row(f, row);
	int r = 0;

	for (uint32_t i = 0; !r && i < w->nclaims; i++) {
		struct np_voice v = {.row = row, .at = at};

		v.claim = np_pool_at(&f->claims, w->claims + i);
		v.rule = np_pool_at(&f->rules, v.claim->rule);
		v.grade = v.rule->grade;
		v.said = w->scope;
		v.reach = w->reach;
		v.on_link = w->scope == NP_SELF && w->reach <= NP_BRIDGED &&
			    !w->deep;
		r = add(s, &v);
	}
	return r;
}

/* An address that a registry gave to somebody, used by the box itself. */
static bool has_given_address(const struct np_fold *f, uint32_t box)
{
	for (uint32_t i = np_box_from(f, box); i < np_box_to(f, box); i++) {
		const struct np_row *w =
			np_row(f, np_hearing_at(f, f->order[i]).row);
		const uint32_t *refs = w->nkeys ? np_row_refs(f, w) : NULL;

		for (unsigned k = 0; w->scope == NP_SELF && k < w->nkeys; k++) {
			const struct np_key_record *x = np_key_at(f, refs[k]);

			if (x->form == NP_KF_MAC &&
			    !(x->flags & (NP_KEY_SHARED | NP_KEY_SCOPED)))
				return true;
		}
	}
	return false;
}

static bool is_address(const struct np_fold *f, const struct np_voice *v)
{
	return v->claim->text != NP_NIL && v->claim->text & NP_CLAIM_KEY &&
	       np_key_at(f, v->claim->text & ~NP_CLAIM_KEY)->form == NP_KF_MAC;
}

/* Has it the signs of a general-purpose computer? A local-bit address is one
 * only where there is no other. */
static bool is_computer(const struct np_fold *f, uint32_t box,
			const struct np_voices *s)
{
	bool local = false;

	for (size_t i = 0; i < s->n; i++) {
		const struct np_voice *v = &s->v[i];

		if (!v->rule->computer || v->said != NP_SELF)
			continue;
		if (!is_address(f, v))
			return true;
		local = true;
	}
	return local && !has_given_address(f, box);
}

int np_voices_gather(const struct np_fold *f, uint32_t box, struct np_voices *v)
{
	uint32_t last = NP_NIL;
	int r = 0;

	v->n = 0;
	for (uint32_t i = np_box_from(f, box); !r && i < np_box_to(f, box);
	     i++) {
		uint32_t row = np_hearing_at(f, f->order[i]).row;

		if (row != last)
			r = add_row(f, row, i, v);
		last = row;
	}
	if (r || !v->n)
		return r;
	/* Design, section 7: what anybody may have typed, on a box with the
	 * signs of a PC, counts one grade lower. */
	if (is_computer(f, box, v))
		for (size_t i = 0; i < v->n; i++)
			if (v->v[i].rule->settable && !v->v[i].rule->computer &&
			    v->v[i].grade) {
				v->v[i].grade--;
				v->v[i].lowered = true;
			}
	if (v->n > 1)
		qsort_r(v->v, v->n, sizeof(*v->v), order, (void *)(uintptr_t)f);
	return 0;
}
