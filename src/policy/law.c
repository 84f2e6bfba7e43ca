/* SPDX-License-Identifier: ISC */
/* What the files say, joined: everything that a clause names must be there. */
#include "policy/law.h"
#include <stdlib.h>
#include <string.h>

/* A file of a user's own may have any name: then its schema tells. */
static bool is_kind(const char *schema, const char *base, const char *kind)
{
	static const char prefix[] = "nameplate.";
	size_t n = strlen(kind);

	if (strncmp(base, kind, n) == 0 && strcmp(base + n, ".yaml") == 0)
		return true;
	return schema && strncmp(schema, prefix, sizeof(prefix) - 1) == 0 &&
	       strncmp(schema + sizeof(prefix) - 1, kind, n) == 0 &&
	       schema[sizeof(prefix) - 1 + n] == '/';
}

int np_law_read(struct np_law *l, const char *name, const struct np_yaml *root,
		struct np_err *reterr)
{
	struct np_reader r = {.law = l, .file = name, .err = reterr};
	const char *slash = strrchr(name, '/');
	const char *base = slash ? slash + 1 : name;
	const char *schema = np_yaml_text(root, "schema");

	if (is_kind(schema, base, "jurisdictions"))
		np_read_jurisdictions(&r, root);
	else if (is_kind(schema, base, "affiliates"))
		np_read_affiliates(&r, root);
	else if (is_kind(schema, base, "sentences"))
		np_read_sentences(&r, root);
	else
		np_read_policy(&r, root);
	return r.rc;
}

/* ---- looking up */

const struct np_law_fact *
np_law_fact(const struct np_law *l, const char *jurisdiction, const char *name)
{
	const struct np_law_fact *common = NULL;

	for (const struct np_law_fact *f = l->facts; f; f = f->next) {
		if (strcmp(f->name, name) != 0)
			continue;
		if (!f->jurisdiction) {
			if (!common)
				common = f;
		} else if (jurisdiction &&
			   strcmp(f->jurisdiction, jurisdiction) == 0) {
			return f;
		} else if (jurisdiction && jurisdiction[2] == '-' &&
			   strncmp(f->jurisdiction, jurisdiction, 2) == 0) {
			common = f; /* US-TX asks what US asks */
		}
	}
	return common;
}

bool np_law_holds(const struct np_jurisdiction *j, const struct np_site *at,
		  int32_t day, enum np_certainty *ret_sure)
{
	for (size_t i = 0; at && at->country && i < j->nterritory; i++) {
		const struct np_territory *t = &j->territory[i];

		if (t->sure != NP_UNVERIFIED &&
		    (t->from == NP_NODAY || t->from <= day) &&
		    (t->until == NP_NODAY || day <= t->until) &&
		    (strcmp(t->place, at->country) == 0 ||
		     (at->region && strcmp(t->place, at->region) == 0))) {
			if (ret_sure)
				*ret_sure = t->sure;
			return true;
		}
	}
	return false;
}

size_t np_clause_find(const struct np_law *l, const char *id)
{
	size_t lo = 0, hi = l->nrules;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int c = strcmp(l->rules[mid].pub.id, id);

		if (c == 0)
			return mid;
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return SIZE_MAX;
}

const struct np_jurisdiction *np_law_jurisdiction(const struct np_law *l,
						  const char *code)
{
	for (const struct np_jurisdiction *j = l->jurisdictions; j;
	     j = j->next) {
		if (strcmp(j->code, code) == 0)
			return j;
	}
	return NULL;
}

const char *np_place_name(const struct np_law *l, const char *country)
{
	const struct np_jurisdiction *j = np_law_jurisdiction(l, country);

	if (j)
		return j->name;
	for (const struct np_place *p = l->places; p; p = p->next) {
		if (strcmp(p->code, country) == 0)
			return p->name;
	}
	return country;
}

static const struct np_function_name *name_of(const struct np_law *l,
					      const char *function)
{
	const struct np_function_name *best = NULL;

	for (const struct np_function_name *f = l->functions; f; f = f->next) {
		if (np_function_is(function, f->prefix) &&
		    (!best || strlen(f->prefix) > strlen(best->prefix)))
			best = f;
	}
	return best;
}

const char *np_function_name(const struct np_law *l, const char *function)
{
	const struct np_function_name *f = name_of(l, function);

	return f ? f->name : function;
}

static void join_functions(struct np_reader *r, const struct np_words *w)
{
	for (size_t i = 0; i < w->n; i++) {
		if (!name_of(r->law, w->v[i]))
			np_read_expect(r, w->at[i],
				       "expected a function that "
				       "sentences.yaml has a name for");
	}
}

static void join_cond(struct np_reader *r, const struct np_rule *rule,
		      struct np_cond *c)
{
	if (!c->name)
		return;
	c->fact = np_law_fact(r->law, rule->pub.jurisdiction, c->name);
	if (!c->fact) {
		np_read_expect(r, c->at,
			       "expected a fact that jurisdictions.yaml asks "
			       "for");
		return;
	}
	if ((c->test == NP_T_OVER && c->fact->is != NP_F_NUMBER) ||
	    ((c->test == NP_T_AFTER || c->test == NP_T_BY) &&
	     c->fact->is != NP_F_DAY))
		np_read_expect(r, c->at,
			       "expected a test that fits the kind of fact");
}

static void join_conds(struct np_reader *r, const struct np_rule *rule,
		       struct np_conds *l)
{
	for (size_t i = 0; i < l->n; i++)
		join_cond(r, rule, &l->v[i]);
}

static void join_generation(struct np_reader *r, const struct np_rule *rule)
{
	const struct np_generation *g = r->law->generations;

	while (g && strcmp(g->name, rule->generation) != 0)
		g = g->next;
	if (!g)
		np_read_expect(r, np_yaml_get(rule->at, "generation"),
			       "expected a generation that "
			       "jurisdictions.yaml knows");
}

static void join_rule(struct np_reader *r, struct np_rule *rule)
{
	join_functions(r, &rule->functions);
	join_conds(r, rule, &rule->bound);
	join_conds(r, rule, &rule->when);
	join_conds(r, rule, &rule->abroad);
	for (size_t i = 0; i < rule->nexceptions; i++) {
		join_functions(r, &rule->exceptions[i].functions);
		join_conds(r, rule, &rule->exceptions[i].when);
	}
	join_cond(r, rule, &rule->date_from);
	join_cond(r, rule, &rule->later);
	if (rule->date_from.fact && rule->date_from.fact->is != NP_F_DAY)
		np_read_expect(r, rule->date_from.at,
			       "expected a fact that is a date");
	if (rule->later.fact && rule->later.fact->is != NP_F_LATER)
		np_read_expect(r, rule->later.at,
			       "expected a fact that is a date or no");
	if (rule->generation)
		join_generation(r, rule);
}

static int by_id(const void *a, const void *b)
{
	const struct np_rule *x = a, *y = b;

	return strcmp(x->pub.id, y->pub.id);
}

static void join_rules(struct np_reader *r)
{
	struct np_law *l = r->law;
	size_t n = 0;

	for (struct np_instrument *i = l->instruments; i; i = i->next)
		n += i->nrules;
	l->rules = np_read_alloc(r, (n + 1) * sizeof(*l->rules));
	for (struct np_instrument *i = l->instruments; i && !r->rc;
	     i = i->next) {
		r->file = i->file;
		if (!np_law_jurisdiction(l, i->rules[0].pub.jurisdiction))
			np_read_expect(r, np_yaml_get(i->at, "jurisdiction"),
				       "expected a jurisdiction that "
				       "jurisdictions.yaml knows");
		for (size_t j = 0; j < i->nrules && !r->rc; j++) {
			join_rule(r, &i->rules[j]);
			i->rules[j].home = np_law_jurisdiction(
				l, i->rules[j].pub.jurisdiction);
			l->rules[l->nrules++] = i->rules[j];
		}
	}
	if (r->rc == 0)
		qsort(l->rules, l->nrules, sizeof(*l->rules), by_id);
}

static void need_fact(struct np_reader *r, const char *name,
		      const struct np_law_fact **ret)
{
	*ret = np_law_fact(r->law, NULL, name);
	if (!*ret && r->rc == 0)
		r->rc = np_fail(r->err, NP_EINPUT,
				"expected the facts place, maker, part, "
				"function and generation",
				"jurisdictions.yaml", 1);
}

static void need_words(struct np_reader *r)
{
	const struct np_law *l = r->law;
	bool whole = l->opening != NULL;

	for (int i = 0; i < NP_NASIDES; i++)
		whole = whole && l->aside[i];
	for (int s = 0; s < NP_NO_RULE; s++) {
		for (int d = 0; d < NP_NDUTIES; d++)
			whole = whole && l->sentence[s][d][NP_W_NONE];
	}
	if (!whole && r->rc == 0)
		r->rc = np_fail(r->err, NP_EINPUT,
				"expected `opening`, every aside, and a "
				"sentence for every status and duty",
				"sentences.yaml", 1);
}

/* Numbers the facts: those of one name share what an inventory states. */
static void number_facts(struct np_law *l)
{
	for (struct np_law_fact *f = l->facts; f; f = f->next) {
		const struct np_law_fact *g = l->facts;

		while (g != f && strcmp(g->name, f->name) != 0)
			g = g->next;
		f->slot = g == f ? l->nslots++ : g->slot;
		f->index = l->nfacts++;
	}
}

/* What follows has to be on file: a clause, or an instrument. */
static void join_followers(struct np_reader *r)
{
	const struct np_law *l = r->law;

	for (size_t i = 0; i < l->nrules && r->rc == 0; i++) {
		const char *id = l->rules[i].pub.followed_by;
		size_t k = 0;

		if (!id || np_clause_find(l, id) != SIZE_MAX)
			continue;
		while (k < l->nrules && strcmp(l->rules[k].instrument, id) != 0)
			k++;
		r->file = l->rules[i].file;
		if (k == l->nrules)
			np_read_expect(
				r, np_yaml_get(l->rules[i].at, "followed_by"),
				"expected an instrument or a clause that is on "
				"file");
	}
}

int np_law_finish(struct np_law *l, struct np_err *reterr)
{
	struct np_reader r = {.law = l, .err = reterr};

	number_facts(l);
	need_fact(&r, "place", &l->place);
	need_fact(&r, "maker", &l->maker);
	need_fact(&r, "part", &l->part);
	need_fact(&r, "function", &l->function);
	need_fact(&r, "generation", &l->generation);
	need_words(&r);
	join_rules(&r);
	join_followers(&r);
	return r.rc;
}

size_t np_clauses(const struct np_law *l)
{
	return l->nrules;
}

const struct np_clause *np_clause(const struct np_law *l, size_t i)
{
	return &l->rules[i].pub;
}

const char *np_law_opening(const struct np_law *l)
{
	return l->opening;
}
