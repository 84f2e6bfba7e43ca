/* SPDX-License-Identifier: ISC */
/*
 * One device before one clause. What surely takes it out comes first (maker,
 * time, party, thing, function, a condition that does not hold, an exception);
 * then what is not known makes it undetermined; only what is left is in scope,
 * and only when the maker is confirmed.
 */
#include "policy/law.h"
#include "policy/statement.h"
#include <stdio.h>
#include <string.h>

/* ---- facts */

void np_ruling_add(struct np_ruling *v, const struct np_law_fact *fact,
		   const struct np_cond *cond)
{
	for (size_t i = 0; i < v->nmissing; i++) {
		if (v->missing[i].fact == fact)
			return;
	}
	if (v->nmissing < NP_MAX_MISSING)
		v->missing[v->nmissing++] =
			(struct np_missing){.fact = fact, .cond = cond};
}

static void because(struct np_ruling *v, const char *what, const char *value)
{
	if (v->because.n)
		np_puts(&v->because, "; ");
	np_puts(&v->because, what);
	np_puts(&v->because, ": ");
	np_puts(&v->because, value);
}

const char *np_case_fact(const struct np_case *c, const char *jurisdiction,
			 const struct np_law_fact *f, bool *ret_presumed)
{
	const char *s;

	*ret_presumed = false;
	s = np_said_fact(c->q->said, c->device, c->site ? c->site->id : NULL,
			 f->name);
	if (s)
		return *s ? s : NULL;
	s = c->stated[f->slot];
	if (!s && f->jurisdiction)
		s = c->party[f->index];
	else if (!s)
		s = np_party_fact(c->q->party, c->site, jurisdiction, f->name);
	if (!s && f->presumed) {
		*ret_presumed = true;
		s = f->presumed;
	}
	return s && *s ? s : NULL;
}

static bool read_number(const char *s, uint64_t *ret)
{
	const struct np_yaml y = {
		.kind = NP_YAML_TEXT, .text = s, .n = strlen(s)};

	return np_yaml_uint(&y, UINT32_MAX, ret);
}

static enum np_holds test(const struct np_cond *t, const char *s)
{
	uint64_t number;
	int32_t day;
	bool holds = false;

	switch (t->test) {
	case NP_T_IS:
		if (t->fact->is == NP_F_YES && strcmp(s, "yes") != 0 &&
		    strcmp(s, "no") != 0)
			return NP_HOLDS_UNKNOWN;
		holds = strcmp(s, t->word) == 0;
		break;
	case NP_T_OVER:
		if (!read_number(s, &number))
			return NP_HOLDS_UNKNOWN;
		holds = number > t->number;
		break;
	case NP_T_AFTER:
	case NP_T_BY:
		if (!np_day_read(s, &day))
			return NP_HOLDS_UNKNOWN;
		holds = (day > t->day) == (t->test == NP_T_AFTER);
		break;
	}
	return holds ? NP_HOLDS : NP_HOLDS_NOT;
}

enum np_holds np_cond_holds(const struct np_case *c, const struct np_rule *r,
			    const struct np_cond *cond, struct np_ruling *v)
{
	bool presumed;
	const char *s =
		np_case_fact(c, r->pub.jurisdiction, cond->fact, &presumed);
	enum np_holds h = s ? test(cond, s) : NP_HOLDS_UNKNOWN;

	if (h == NP_HOLDS_UNKNOWN)
		return h;
	because(v, cond->name, s);
	if (presumed)
		np_puts(&v->because, " (not stated, taken so)");
	return h;
}

/* Any of them holds; asks for the ones that are not known when none does. */
static enum np_holds any_holds(const struct np_case *c, const struct np_rule *r,
			       const struct np_conds *l, struct np_ruling *v)
{
	enum np_holds all = l->n ? NP_HOLDS_NOT : NP_HOLDS;

	for (size_t i = 0; i < l->n; i++) {
		enum np_holds h = np_cond_holds(c, r, &l->v[i], v);

		if (h == NP_HOLDS)
			return h;
		if (h == NP_HOLDS_UNKNOWN)
			all = h;
	}
	return all;
}

static enum np_holds all_hold(const struct np_case *c, const struct np_rule *r,
			      const struct np_conds *l, struct np_ruling *v)
{
	enum np_holds all = NP_HOLDS;

	for (size_t i = 0; i < l->n; i++) {
		enum np_holds h = np_cond_holds(c, r, &l->v[i], v);

		if (h == NP_HOLDS_NOT) {
			v->reason_of = &l->v[i];
			return h;
		}
		if (h == NP_HOLDS_UNKNOWN)
			all = h;
	}
	return all;
}

/* Asks for those of the facts that are not stated. */
static void ask(const struct np_case *c, const struct np_rule *r,
		const struct np_conds *l, struct np_ruling *v)
{
	for (size_t i = 0; i < l->n; i++) {
		bool presumed;
		const struct np_cond *t = &l->v[i];
		const char *s = np_case_fact(c, r->pub.jurisdiction, t->fact,
					     &presumed);

		if (!s || test(t, s) == NP_HOLDS_UNKNOWN)
			np_ruling_add(v, t->fact, t);
	}
}

/* ---- what a clause is about */

static bool names_itself(const struct np_rule *r, uint16_t maker)
{
	for (size_t i = 0; i < r->makers.n; i++) {
		if (r->maker[i] == maker)
			return true;
	}
	return false;
}

bool np_rule_names(const struct np_law *l, const struct np_rule *r,
		   uint16_t maker, int32_t day,
		   const struct np_affiliate **ret_by)
{
	if (ret_by)
		*ret_by = NULL;
	if (maker == NP_NO_MAKER)
		return false;
	if (names_itself(r, maker))
		return true;
	for (const struct np_affiliate *a = l->affiliates;
	     r->pub.affiliates && a; a = a->next) {
		if (a->maker_id != maker || a->sure == NP_UNVERIFIED ||
		    (a->from != NP_NODAY && day < a->from) ||
		    (a->until != NP_NODAY && day > a->until) ||
		    !names_itself(r, a->of_id))
			continue;
		if (ret_by)
			*ret_by = a;
		return true;
	}
	return false;
}

bool np_rule_on_file(const struct np_rule *r, int32_t day)
{
	return r->pub.known <= day &&
	       (r->pub.until == NP_NODAY || day <= r->pub.until);
}

bool np_rule_judged(const struct np_rule *r, int32_t day)
{
	return !r->pub.bill && !r->pub.not_judged &&
	       r->pub.sure != NP_UNVERIFIED && np_rule_on_file(r, day);
}

static enum np_holds function_among(const char *function,
				    const struct np_words *w)
{
	if (w->n == 0)
		return NP_HOLDS;
	if (!function)
		return NP_HOLDS_UNKNOWN;
	for (size_t i = 0; i < w->n; i++) {
		if (np_function_is(function, w->v[i]))
			return NP_HOLDS;
	}
	return NP_HOLDS_NOT;
}

/* A function may belong to one generation only (a gNB is 5G); else it has to
 * be stated. */
static enum np_holds generation_is(const struct np_case *c,
				   const struct np_rule *r, struct np_ruling *v)
{
	const char *f = c->function, *s;
	bool presumed;

	if (!r->generation)
		return NP_HOLDS;
	for (const struct np_generation *g = c->law->generations; f && g;
	     g = g->next) {
		if (function_among(f, &g->functions) != NP_HOLDS)
			continue;
		because(v, "generation by function", g->name);
		return strcmp(g->name, r->generation) == 0 ? NP_HOLDS
							   : NP_HOLDS_NOT;
	}
	s = np_case_fact(c, r->pub.jurisdiction, c->law->generation, &presumed);
	if (!s)
		return NP_HOLDS_UNKNOWN;
	because(v, "generation", s);
	return strcmp(s, r->generation) == 0 ? NP_HOLDS : NP_HOLDS_NOT;
}

static bool out(struct np_ruling *v, enum np_status status, enum np_aside aside)
{
	v->status = status;
	v->aside = aside;
	v->nmissing = 0;
	return true;
}

static bool exempt(const struct np_case *c, const struct np_rule *r,
		   struct np_ruling *v)
{
	for (size_t i = 0; i < r->nexceptions; i++) {
		const struct np_exception *e = &r->exceptions[i];
		enum np_holds h = e->functions.n ? function_among(c->function,
								  &e->functions)
						 : all_hold(c, r, &e->when, v);

		v->reason_of = NULL;
		if (h == NP_HOLDS) {
			v->reason = e->says;
			return out(v, NP_EXEMPT, NP_A_by_fact);
		}
	}
	return false;
}

/* An exception that is not known to hold is asked for. */
static void ask_exceptions(const struct np_case *c, const struct np_rule *r,
			   struct np_ruling *v)
{
	for (size_t i = 0; i < r->nexceptions; i++) {
		struct np_ruling unused = {.because = np_buf(0)};
		const struct np_exception *e = &r->exceptions[i];

		if (e->when.n &&
		    all_hold(c, r, &e->when, &unused) == NP_HOLDS_UNKNOWN)
			ask(c, r, &e->when, v);
		np_buf_free(&unused.because);
	}
}

/* ---- dates */

/* The next such day of a year, that day included. */
static int32_t next_yearly(int32_t from, unsigned month, unsigned day)
{
	char s[16];
	unsigned year = 0;

	np_day_text(from, s);
	for (int i = 0; i < 4; i++)
		year = year * 10 + (unsigned)(s[i] - '0');
	/* at most 8 years between two 29ths of February */
	for (unsigned y = year; y <= year + 9; y++) {
		char text[32];
		int32_t d;

		(void)snprintf(text, sizeof(text), "%04u-%02u-%02u", y, month,
			       day);
		if (np_day_read(text, &d) && d >= from)
			return d;
	}
	return NP_NODAY;
}

static void set_date(const struct np_case *c, const struct np_rule *r,
		     struct np_ruling *v)
{
	const struct np_said_row *said;
	int32_t as_of = c->q->as_of;
	bool presumed;
	const char *s;

	v->date = r->pub.date;
	if (r->yearly_day)
		v->date = next_yearly(as_of, r->yearly_month, r->yearly_day);
	if (r->date_from.fact) {
		s = np_case_fact(c, r->pub.jurisdiction, r->date_from.fact,
				 &presumed);
		if (!s || !np_day_read(s, &v->date))
			np_ruling_add(v, r->date_from.fact, NULL);
	}
	said = np_said_kind(c->q->said, NP_S_VARIATION, c->device,
			    c->site ? c->site->id : NULL, r->pub.id);
	if (said && v->date != NP_NODAY && said->later > v->date) {
		v->date = said->later;
		because(v, "later date granted", said->s.value);
		return;
	}
	if (!r->later.fact)
		return;
	s = np_case_fact(c, r->pub.jurisdiction, r->later.fact, &presumed);
	if (s && np_day_read(s, &v->date))
		because(v, r->later.name, s);
	else if (!s)
		v->ask_later = v->date != NP_NODAY && v->date < as_of;
}

/* ---- the verdict */

static bool takes_out(const struct np_case *c, const struct np_rule *r,
		      struct np_ruling *v)
{
	const struct np_affiliate *by;
	int32_t day = c->q->as_of;

	if (!np_rule_names_nobody(r) &&
	    !np_rule_names(c->law, r, c->maker, day, &by) &&
	    !np_rule_names(c->law, r, c->rival, day, &by))
		return out(v, NP_NOT_IN_SCOPE, NP_A_by_maker);
	if (!np_rule_names_nobody(r) && by) {
		v->by = by;
		because(v, "counted with", np_maker_name(c->k, by->of_id));
	}
	if (r->nobody)
		return out(v, NP_NOT_BOUND, NP_A_by_fact);
	if (c->q->as_of < r->pub.from) {
		v->not_yet = true;
		v->date = r->pub.from;
		return out(v, NP_NOT_BOUND, NP_A_not_yet);
	}
	if (any_holds(c, r, &r->bound, v) == NP_HOLDS_NOT)
		return out(v, NP_NOT_BOUND, NP_A_by_fact);
	if (r->pub.what != c->q->about)
		return out(v, NP_NOT_IN_SCOPE, NP_A_by_thing);
	if (exempt(c, r, v))
		return true;
	if (function_among(c->function, &r->functions) == NP_HOLDS_NOT)
		return out(v, NP_NOT_IN_SCOPE, NP_A_by_function);
	if (generation_is(c, r, v) == NP_HOLDS_NOT)
		return out(v, NP_NOT_IN_SCOPE, NP_A_by_generation);
	if (all_hold(c, r, &r->when, v) == NP_HOLDS_NOT)
		return out(v, NP_NOT_IN_SCOPE, NP_A_by_fact);
	return false;
}

/*
 * Asks for what is to be found out next. What a box does and when it was
 * obtained only matters once its maker is settled, and the details of a
 * function only once the function is: nobody is sent for facts that the answer
 * to an earlier question may make useless.
 */
static void ask_all(const struct np_case *c, const struct np_rule *r,
		    struct np_ruling *v)
{
	struct np_ruling unused = {.because = np_buf(0)};

	if (c->sure != NP_CONFIRMED) {
		np_ruling_add(v, c->part ? c->law->part : c->law->maker, NULL);
		return;
	}
	if (any_holds(c, r, &r->bound, &unused) == NP_HOLDS_UNKNOWN)
		ask(c, r, &r->bound, v);
	if (function_among(c->function, &r->functions) == NP_HOLDS_UNKNOWN) {
		np_ruling_add(v, c->law->function, NULL);
	} else {
		ask(c, r, &r->when, v);
		if (generation_is(c, r, &unused) == NP_HOLDS_UNKNOWN)
			np_ruling_add(v, c->law->generation, NULL);
		ask_exceptions(c, r, v);
	}
	np_buf_free(&unused.because);
}

/* The date, and the fact that holds it when nothing else is asked before. */
static void date_and_ask(const struct np_case *c, const struct np_rule *r,
			 struct np_ruling *v)
{
	struct np_ruling dated = {.because = np_buf(0), .date = NP_NODAY};
	bool first = v->nmissing == 0;

	set_date(c, r, first ? v : &dated);
	if (!first)
		v->date = dated.date;
	np_buf_free(&dated.because);
}

void np_case_judge(const struct np_case *c, const struct np_rule *r,
		   struct np_ruling *ret)
{
	because(ret, c->part ? "maker of a part" : "maker",
		c->part ? c->part : np_maker_name(c->k, c->maker));
	np_puts(&ret->because, " (");
	np_puts(&ret->because, !c->attested ? np_sure_name(c->sure)
			       : c->sure == NP_CONFIRMED
				       ? "attested"
				       : "those who attest differ");
	np_puts(&ret->because, ")");
	if (c->function)
		because(ret, "function", c->function);
	ret->date = NP_NODAY;
	if (takes_out(c, r, ret))
		return;
	ask_all(c, r, ret);
	date_and_ask(c, r, ret);
	ret->ask_later = ret->ask_later && !ret->nmissing;
	ret->status = ret->nmissing ? NP_UNDETERMINED
		      : c->part	    ? NP_COMPONENT_IN_SCOPE
				    : NP_IN_SCOPE;
}

/* ---- what people state of the finding itself */

static bool reaches(enum np_status s)
{
	return s == NP_IN_SCOPE || s == NP_COMPONENT_IN_SCOPE ||
	       s == NP_UNDETERMINED;
}

void np_case_weigh(const struct np_case *c, const struct np_rule *r,
		   struct np_ruling *v)
{
	const char *site = c->site ? c->site->id : NULL;
	const struct np_said_row *s;
	char day[16];

	v->without = v->status;
	if (!reaches(v->status))
		return;
	s = np_said_kind(c->q->said, NP_S_DISPUTE, c->device, site, r->pub.id);
	if (s) {
		v->status = NP_CONTESTED;
		np_putf(&v->because, "; objected to on %s (%c%c)",
			np_day_text(s->s.on, day), s->s.source,
			s->s.information);
	}
	s = np_said_kind(c->q->said, NP_S_WAIVE, c->device, site, r->pub.id);
	if (s) {
		v->waiver = s;
		(void)out(v, NP_EXEMPT, NP_A_by_fact);
		np_putf(&v->because, "; waived until %s",
			np_day_text(s->s.until, day));
	}
}
