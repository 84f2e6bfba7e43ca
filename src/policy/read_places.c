/* SPDX-License-Identifier: ISC */
/*
 * jurisdictions.yaml: whose law holds where and since when, what each country's
 * rules ask about a party, a site or a box, and which functions belong to which
 * radio generation.
 */
#include "policy/law.h"
#include <string.h>

#define SCHEMA "nameplate.jurisdictions/1"

static enum np_fact_is read_is(struct np_reader *r, const struct np_yaml *y)
{
	static const char words[] = "expected one of: yes or no, date, date or "
				    "no, number, word";
	const char *s = np_read_text(r, y, "is", NULL);
	int i = s ? np_yaml_word(words, s) : NP_F_YES;

	if (i < 0)
		np_read_expect(r, np_yaml_get(y, "is"), words);
	return i < 0 ? NP_F_YES : (enum np_fact_is)i;
}

static void read_fact(struct np_reader *r, const struct np_yaml *y,
		      const char *jurisdiction)
{
	struct np_law_fact *f = np_read_alloc(r, sizeof(*f));

	np_read_keys(r, y, "expected one of: is, brief, asks, get, presumed");
	if (!f)
		return;
	f->jurisdiction = jurisdiction;
	f->name = y->key->text;
	f->is = read_is(r, y);
	f->brief = np_read_text(r, y, "brief", "expected `brief`");
	f->asks = np_read_text(r, y, "asks", "expected `asks`");
	f->get = np_read_text(r, y, "get", "expected `get`");
	f->presumed = np_read_text(r, y, "presumed", NULL);
	if (f->presumed &&
	    (f->is != NP_F_YES || (strcmp(f->presumed, "yes") != 0 &&
				   strcmp(f->presumed, "no") != 0)))
		np_read_expect(r, np_yaml_get(y, "presumed"),
			       "expected yes or no, of a fact that is one");
	if (f->asks && f->is == NP_F_YES && strncmp(f->asks, "whether ", 8))
		np_read_expect(r, np_yaml_get(y, "asks"),
			       "expected a text that begins with whether");
	f->next = r->law->facts; /* found before one of the same name */
	r->law->facts = f;
}

static void read_facts(struct np_reader *r, const struct np_yaml *y,
		       const char *jurisdiction)
{
	if (y && y->kind != NP_YAML_MAP)
		np_read_expect(r, y, "expected a map of facts");
	NP_YAML_EACH(f, y)
	{
		if (r->rc)
			return;
		read_fact(r, f, jurisdiction);
	}
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

bool np_is_place(const char *s, bool region)
{
	size_t n = 3;

	if (!is_upper(s[0]) || !is_upper(s[1]))
		return false;
	if (!s[2] || !region)
		return !s[2];
	if (s[2] != '-')
		return false;
	while (is_upper(s[n]))
		n++;
	return !s[n] && n > 4 && n <= 6;
}

static struct np_territory read_territory(struct np_reader *r,
					  const struct np_yaml *y)
{
	struct np_territory t = {
		.from = NP_NODAY, .until = NP_NODAY, .sure = NP_PRIMARY};

	if (y->kind == NP_YAML_TEXT) {
		t.place = y->text;
	} else {
		np_read_keys(r, y,
			     "expected one of: place, from, until, source, "
			     "sure, note");
		t.place = np_read_text(r, y, "place", "expected `place`");
		t.from = np_read_day(r, y, "from");
		t.until = np_read_day(r, y, "until");
		t.sure = np_read_sure(r, y, NP_PRIMARY);
		if (t.from != NP_NODAY && t.until != NP_NODAY &&
		    t.until < t.from)
			np_read_expect(r, np_yaml_get(y, "until"),
				       "expected a date that is not before "
				       "`from`");
	}
	if (t.place && !np_is_place(t.place, true))
		np_read_expect(r, y, "expected an ISO 3166 code: GB, US-TX");
	return t;
}

static void read_jurisdiction(struct np_reader *r, const struct np_yaml *y)
{
	struct np_jurisdiction *j = np_read_alloc(r, sizeof(*j));
	const struct np_yaml *list = np_yaml_get(y, "territory");

	np_read_keys(r, y,
		     "expected one of: name, union, territory, note, source, "
		     "sure, facts");
	if (!j || r->rc)
		return;
	if (!np_is_place(y->key->text, true))
		np_read_expect(r, y->key, "expected an ISO 3166 code: GB");
	j->code = y->key->text;
	j->name = np_read_text(r, y, "name", "expected `name`");
	j->is_union = np_read_flag(r, y, "union");
	np_read_sure(r, y, NP_PRIMARY);
	if (!list || list->kind != NP_YAML_LIST) {
		np_read_expect(r, list ? list : y, "expected `territory`");
		return;
	}
	j->territory = np_read_alloc(r, (list->n + 1) * sizeof(*j->territory));
	NP_YAML_EACH(t, list)
	{
		if (r->rc)
			return;
		j->territory[j->nterritory++] = read_territory(r, t);
	}
	read_facts(r, np_yaml_get(y, "facts"), j->code);
	j->next = r->law->jurisdictions;
	r->law->jurisdictions = j;
}

static void read_place(struct np_reader *r, const struct np_yaml *y)
{
	struct np_place *p = np_read_alloc(r, sizeof(*p));

	np_read_keys(r, y, "expected one of: name, note");
	if (!p)
		return;
	if (!np_is_place(y->key->text, true))
		np_read_expect(r, y->key, "expected an ISO 3166 code: GI");
	p->code = y->key->text;
	p->name = np_read_text(r, y, "name", "expected `name`");
	p->next = r->law->places;
	r->law->places = p;
}

static void read_generation(struct np_reader *r, const struct np_yaml *y)
{
	struct np_generation *g = np_read_alloc(r, sizeof(*g));

	np_read_keys(r, y, "expected one of: functions, source, sure");
	if (!g)
		return;
	g->name = y->key->text;
	g->functions = np_read_words(r, np_yaml_get(y, "functions"));
	np_read_text(r, y, "source", "expected `source`");
	np_read_sure(r, y, NP_UNVERIFIED);
	g->next = r->law->generations;
	r->law->generations = g;
}

static void read_each(struct np_reader *r, const struct np_yaml *y,
		      void (*read)(struct np_reader *, const struct np_yaml *))
{
	if (y && y->kind != NP_YAML_MAP)
		np_read_expect(r, y, "expected a map");
	NP_YAML_EACH(i, y)
	{
		if (r->rc)
			return;
		read(r, i);
	}
}

void np_read_jurisdictions(struct np_reader *r, const struct np_yaml *y)
{
	const char *schema = np_read_text(r, y, "schema", "expected `schema`");

	np_read_keys(r, y,
		     "expected one of: schema, source, sure, facts, "
		     "generations, jurisdictions, places");
	if (schema && strcmp(schema, SCHEMA) != 0)
		np_read_expect(r, np_yaml_get(y, "schema"), "expected " SCHEMA);
	np_read_sure(r, y, NP_UNVERIFIED);
	read_facts(r, np_yaml_get(y, "facts"), NULL);
	read_each(r, np_yaml_get(y, "generations"), read_generation);
	read_each(r, np_yaml_get(y, "jurisdictions"), read_jurisdiction);
	read_each(r, np_yaml_get(y, "places"), read_place);
}

/* ---- affiliates.yaml: who is counted with whom, and when */

static void read_affiliate(struct np_reader *r, const struct np_yaml *y)
{
	struct np_affiliate *a = np_read_alloc(r, sizeof(*a));

	np_read_keys(r, y,
		     "expected one of: maker, of, from, until, source, sure, "
		     "note");
	if (!a)
		return;
	a->at = y;
	a->file = r->file;
	a->maker = np_read_text(r, y, "maker", "expected `maker`");
	a->of = np_read_text(r, y, "of", "expected `of`");
	a->from = np_read_day(r, y, "from");
	a->until = np_read_day(r, y, "until");
	if (a->from != NP_NODAY && a->until != NP_NODAY && a->until < a->from)
		np_read_expect(r, np_yaml_get(y, "until"),
			       "expected a date that is not before `from`");
	if (!np_read_joined(r, np_yaml_get(y, "source"), " ; "))
		np_read_expect(r, y, "expected `source`");
	if (!np_yaml_get(y, "sure"))
		np_read_expect(r, y, "expected `sure`");
	a->sure = np_read_sure(r, y, NP_UNVERIFIED);
	a->next = r->law->affiliates;
	r->law->affiliates = a;
}

void np_read_affiliates(struct np_reader *r, const struct np_yaml *y)
{
	const char *schema = np_read_text(r, y, "schema", "expected `schema`");
	const struct np_yaml *list = np_yaml_get(y, "affiliates");

	np_read_keys(r, y, "expected one of: schema, affiliates");
	if (schema && strcmp(schema, "nameplate.affiliates/1") != 0)
		np_read_expect(r, np_yaml_get(y, "schema"),
			       "expected nameplate.affiliates/1");
	if (!list || list->kind != NP_YAML_LIST)
		np_read_expect(r, list ? list : y, "expected `affiliates`");
	NP_YAML_EACH(i, list)
	{
		if (r->rc)
			return;
		read_affiliate(r, i);
	}
}
