/* SPDX-License-Identifier: ISC */
/*
 * The claims on one box, gathered from its sightings and put in an order that
 * depends on nothing but what they say.
 */
#include "device/inside.h"

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

static int by_value(const struct np_voice *a, const struct np_voice *b)
{
	if (!a->value || !b->value)
		return !!b->value - !!a->value;
	return strcmp(a->value, b->value);
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
int np_voice_order(const struct np_voice *a, const struct np_voice *b)
{
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
		d = by_value(a, b);
	if (!d)
		d = by_number(ra->field, rb->field);
	return d;
}

static int order(const void *x, const void *y, void *fold)
{
	const struct np_fold *f = fold;
	const struct np_voice *a = x, *b = y;
	int d = np_voice_order(a, b);

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

static bool is_address(const struct np_fold *f, const struct np_claim_record *c)
{
	return c->text != NP_NIL && c->text & NP_CLAIM_KEY &&
	       np_key_at(f, c->text & ~NP_CLAIM_KEY)->form == NP_KF_MAC;
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
		if (v.claim->value != NP_NIL)
			v.value = np_text(&f->texts, v.claim->value, NULL);
		v.address = v.rule->computer && is_address(f, v.claim);
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

enum np_signs np_voices_signs(const struct np_voices *s)
{
	bool local = false;

	for (size_t i = 0; i < s->n; i++) {
		const struct np_voice *v = &s->v[i];

		if (!v->rule->computer || v->said != NP_SELF)
			continue;
		if (!v->address)
			return NP_COMPUTER;
		local = true;
	}
	return local ? NP_LOCAL_ADDRESS : NP_NO_SIGNS;
}

/* Design, section 7: what anybody may have typed, on a box with the signs of a
 * PC, counts one grade lower. */
void np_voices_lower(struct np_voices *v)
{
	for (size_t i = 0; i < v->n; i++)
		if (v->v[i].rule->settable && !v->v[i].rule->computer &&
		    v->v[i].grade) {
			v->v[i].grade--;
			v->v[i].lowered = true;
		}
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
	enum np_signs signs = np_voices_signs(v);

	if (signs == NP_COMPUTER ||
	    (signs == NP_LOCAL_ADDRESS && !has_given_address(f, box)))
		np_voices_lower(v);
	if (v->n > 1)
		qsort_r(v->v, v->n, sizeof(*v->v), order, (void *)(uintptr_t)f);
	return 0;
}
