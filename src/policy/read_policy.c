/* SPDX-License-Identifier: ISC */
/* policies/<id>.yaml: one instrument and its clauses. */
#include "policy/law.h"
#include <string.h>

#define SCHEMA "nameplate.policy/1"

static enum np_duty read_duty(struct np_reader *r, const struct np_yaml *y)
{
	const char *s = np_read_text(r, y, "duty", "expected `duty`");

	for (int d = 0; s && d < NP_NDUTIES; d++) {
		if (strcmp(s, np_duty_name((enum np_duty)d)) == 0)
			return (enum np_duty)d;
	}
	np_read_expect(r, np_yaml_get(y, "duty"),
		       "expected one of: request, advice, approve, notify, "
		       "report, no-new, cap, remove, subsidy, no-use, "
		       "assess");
	return NP_REQUEST;
}

/* {who: "…", any: [facts]} or {who: "…", nobody: yes} */
static void read_bound(struct np_reader *r, const struct np_yaml *y,
		       struct np_rule *rule)
{
	const struct np_yaml *b = np_yaml_get(y, "bound");

	if (!b) {
		np_read_expect(r, y, "expected `bound`");
		return;
	}
	np_read_keys(r, b, "expected one of: who, any, nobody");
	rule->pub.who = np_read_text(r, b, "who", "expected `who`");
	rule->nobody = np_read_flag(r, b, "nobody");
	rule->bound = np_read_conds(r, np_yaml_get(b, "any"));
	if (rule->pub.not_judged && !rule->nobody && !rule->bound.n)
		return;
	if (rule->nobody == (rule->bound.n > 0))
		np_read_expect(r, b,
			       "expected `any` (facts that bind), or "
			       "`nobody: yes`");
}

static void read_exceptions(struct np_reader *r, const struct np_yaml *y,
			    struct np_rule *rule)
{
	const struct np_yaml *list = np_yaml_get(y, "exceptions");

	if (!list)
		return;
	if (list->kind != NP_YAML_LIST) {
		np_read_expect(r, list, "expected a list of exceptions");
		return;
	}
	rule->exceptions =
		np_read_alloc(r, (list->n + 1) * sizeof(*rule->exceptions));
	NP_YAML_EACH(i, list)
	{
		struct np_exception e;

		if (r->rc)
			return;
		np_read_keys(r, i, "expected one of: functions, when, says");
		e.functions = np_read_words(r, np_yaml_get(i, "functions"));
		e.when = np_read_conds(r, np_yaml_get(i, "when"));
		e.says = np_read_text(r, i, "says", "expected `says`");
		if ((e.functions.n > 0) == (e.when.n > 0))
			np_read_expect(r, i, "expected `functions` or `when`");
		rule->exceptions[rule->nexceptions++] = e;
	}
}

/* "03-31": month and day of every year. */
static void read_yearly(struct np_reader *r, const struct np_yaml *y,
			struct np_rule *rule)
{
	const char *s = np_read_text(r, y, "yearly", NULL);
	char day[16] = "2001-";
	int32_t unused;

	if (!s)
		return;
	if (strlen(s) == 5)
		memcpy(day + 5, s, 6);
	if (!np_day_read(day, &unused)) {
		np_read_expect(r, np_yaml_get(y, "yearly"),
			       "expected a day of the year, MM-DD");
		return;
	}
	rule->yearly_month = (uint8_t)((s[0] - '0') * 10 + s[1] - '0');
	rule->yearly_day = (uint8_t)((s[3] - '0') * 10 + s[4] - '0');
}

static void read_dates(struct np_reader *r, const struct np_yaml *y,
		       const struct np_clause *like, struct np_rule *rule)
{
	struct np_clause *c = &rule->pub;
	const struct np_yaml *date_from = np_yaml_get(y, "date_from");
	const struct np_yaml *later = np_yaml_get(y, "later");

	c->known = np_read_day(r, y, "known");
	c->checked = np_read_day(r, y, "checked");
	if (c->checked == NP_NODAY)
		c->checked = like->checked;
	c->from = np_read_day(r, y, "from");
	c->until = np_read_day(r, y, "until");
	c->date = np_read_day(r, y, "date");
	if (c->known == NP_NODAY)
		c->known = like->known;
	if (c->from == NP_NODAY)
		c->from = c->known;
	if (c->from < c->known)
		np_read_expect(r, np_yaml_get(y, "from"),
			       "expected a date that is not before `known`");
	if (c->until != NP_NODAY && c->until < c->from)
		np_read_expect(r, np_yaml_get(y, "until"),
			       "expected a date that is not before `from`");
	read_yearly(r, y, rule);
	if (date_from)
		rule->date_from = np_read_cond(r, date_from);
	if (later)
		rule->later = np_read_cond(r, later);
	if ((c->date != NP_NODAY) + (rule->yearly_day != 0) +
		    (date_from != NULL) >
	    1)
		np_read_expect(r, y,
			       "expected one of: date, yearly, date_from");
}

static const char *read_id(struct np_reader *r, const struct np_yaml *y,
			   const char *instrument)
{
	const char *s = np_read_text(r, y, "id", "expected `id`");
	char *id;

	if (!s)
		return "";
	id = np_read_alloc(r, strlen(instrument) + strlen(s) + 2);
	if (!id)
		return "";
	memcpy(id, instrument, strlen(instrument));
	id[strlen(instrument)] = '/';
	memcpy(id + strlen(instrument) + 1, s, strlen(s));
	return id;
}

static enum np_thing read_thing(struct np_reader *r, const struct np_yaml *y)
{
	static const char words[] =
		"expected one of: equipment, software, service";
	const char *s = np_read_text(r, y, "what", NULL);
	int i = s ? np_yaml_word(words, s) : NP_EQUIPMENT;

	if (i < 0)
		np_read_expect(r, np_yaml_get(y, "what"), words);
	return i < 0 ? NP_EQUIPMENT : (enum np_thing)i;
}

static void read_reach(struct np_reader *r, const struct np_yaml *y,
		       struct np_rule *rule)
{
	const struct np_yaml *makers = np_yaml_get(y, "makers");

	if (!makers || makers->kind != NP_YAML_LIST)
		np_read_expect(r, makers ? makers : y,
			       "expected `makers`, a list; [] names nobody");
	rule->makers = np_read_words(r, makers);
	rule->entities = np_read_words(r, np_yaml_get(y, "entities"));
	rule->pub.what = read_thing(r, y);
	rule->pub.affiliates = np_read_flag(r, y, "affiliates");
	if (rule->pub.affiliates && rule->makers.n == 0)
		np_read_expect(r, np_yaml_get(y, "affiliates"),
			       "expected makers, whose affiliates are meant");
	rule->components = np_read_flag(r, y, "components");
	rule->known_function = np_read_flag(r, y, "known_function");
	rule->functions = np_read_words(r, np_yaml_get(y, "functions"));
	rule->addresses = np_read_words(r, np_yaml_get(y, "addresses"));
	rule->generation = np_read_text(r, y, "generation", NULL);
	rule->when = np_read_conds(r, np_yaml_get(y, "when"));
	rule->abroad = np_read_conds(r, np_yaml_get(y, "abroad"));
	read_exceptions(r, y, rule);
}

/* What it is about, as texts for those who list it. */
static void show_reach(struct np_reader *r, const struct np_yaml *y,
		       struct np_clause *c)
{
	const struct np_yaml *list = np_yaml_get(y, "exceptions");
	struct np_buf b = np_buf(NP_LAW_LIMIT);

	c->names = np_read_joined(r, np_yaml_get(y, "entities"), ", ");
	if (!c->names)
		c->names = np_read_joined(r, np_yaml_get(y, "makers"), ", ");
	c->functions = np_read_joined(r, np_yaml_get(y, "functions"), ", ");
	c->generation = np_read_text(r, y, "generation", NULL);
	NP_YAML_EACH(i, list)
	{
		const char *says = np_yaml_text(i, "says");

		np_putf(&b, "%s%s", b.n ? "; " : "", says ? says : "");
	}
	if (r->rc == 0 && b.n)
		c->exceptions = np_copystr(&r->law->mem, b.p, b.n);
	np_buf_free(&b);
}

static void read_quote(struct np_reader *r, const struct np_yaml *y,
		       struct np_clause *c)
{
	c->quote = np_read_text(r, y, "quote", NULL);
	c->quote_lang = np_read_text(r, y, "quote_lang", NULL);
	c->translation = np_read_text(r, y, "translation", NULL);
	if (!c->quote && (c->quote_lang || c->translation))
		np_read_expect(r, y, "expected `quote`, which is translated");
	if (!c->quote_lang != !c->translation)
		np_read_expect(r, y,
			       "expected `quote_lang` and `translation` where "
			       "the quote is not English");
}

static void read_clause(struct np_reader *r, const struct np_yaml *y,
			const struct np_clause *like, struct np_rule *rule)
{
	const struct np_yaml *source = np_yaml_get(y, "source");
	const char *note, *not_judged;

	np_read_keys(
		r, y,
		"expected one of: id, duty, says, bound, makers, entities, "
		"affiliates, what, components, functions, known_function, "
		"addresses, generation, when, "
		"abroad, exceptions, known, from, until, date, yearly, "
		"date_from, later, followed_by, quote, quote_lang, "
		"translation, sure, checked, not_judged, source, note");
	rule->at = y;
	rule->file = r->file;
	rule->instrument = like->id;
	rule->pub = *like;
	rule->pub.id = read_id(r, y, like->id);
	rule->pub.duty = read_duty(r, y);
	rule->pub.says = np_read_text(r, y, "says", "expected `says`");
	rule->pub.sure = np_read_sure(r, y, like->sure);
	if (source)
		rule->pub.source = np_read_joined(r, source, " ; ");
	if (np_yaml_get(y, "quote"))
		read_quote(r, y, &rule->pub);
	note = np_read_text(r, y, "note", NULL);
	if (note)
		rule->pub.note = note;
	not_judged = np_read_text(r, y, "not_judged", NULL);
	if (not_judged)
		rule->pub.not_judged = not_judged;
	rule->pub.followed_by = np_read_text(r, y, "followed_by", NULL);
	read_bound(r, y, rule);
	read_reach(r, y, rule);
	read_dates(r, y, like, rule);
	show_reach(r, y, &rule->pub);
}

void np_read_clauses(struct np_reader *r, const struct np_yaml *y,
		     const struct np_clause *like, struct np_instrument *in)
{
	if (!y || y->kind != NP_YAML_LIST || y->n == 0) {
		np_read_expect(r, y, "expected a list of clauses");
		return;
	}
	in->rules = np_read_alloc(r, y->n * sizeof(*in->rules));
	NP_YAML_EACH(i, y)
	{
		if (r->rc || !in->rules)
			return;
		for (size_t j = 0; j < in->nrules; j++) {
			const char *id = np_yaml_text(i, "id");

			if (id && strcmp(id, np_yaml_text(in->rules[j].at,
							  "id")) == 0)
				np_read_expect(r, np_yaml_get(i, "id"),
					       "this clause stands here twice");
		}
		read_clause(r, i, like, &in->rules[in->nrules++]);
	}
}

/* {adopted: 2018-08-13, …} as a text; each must be a date. */
static const char *read_history(struct np_reader *r, const struct np_yaml *y)
{
	struct np_buf b = np_buf(NP_LAW_LIMIT);
	const char *s = NULL;

	if (!y)
		return NULL;
	if (y->kind != NP_YAML_MAP)
		np_read_expect(r, y, "expected a map of dates");
	NP_YAML_EACH(v, y)
	{
		if (np_read_day(r, y, v->key->text) == NP_NODAY)
			np_read_expect(r, v, "expected a date, YYYY-MM-DD");
		np_putf(&b, "%s%s %s", b.n ? ", " : "", v->key->text, v->text);
	}
	if (r->rc == 0 && b.n)
		s = np_copystr(&r->law->mem, b.p, b.n);
	np_buf_free(&b);
	return s;
}

static void read_head(struct np_reader *r, const struct np_yaml *y,
		      struct np_clause *c)
{
	const char *schema = np_read_text(r, y, "schema", "expected `schema`");

	if (schema && strcmp(schema, SCHEMA) != 0)
		np_read_expect(r, np_yaml_get(y, "schema"), "expected " SCHEMA);
	c->id = np_read_text(r, y, "id", "expected `id`");
	c->jurisdiction =
		np_read_text(r, y, "jurisdiction", "expected `jurisdiction`");
	c->title = np_read_text(r, y, "title", "expected `title`");
	c->title_native = np_read_text(r, y, "title_native", NULL);
	read_quote(r, y, c);
	c->citation = np_read_text(r, y, "citation", "expected `citation`");
	c->note = np_read_text(r, y, "note", NULL);
	c->bill = np_read_flag(r, y, "bill");
	c->not_judged = np_read_text(r, y, "not_judged", NULL);
	c->known = np_read_day(r, y, "known");
	c->checked = np_read_day(r, y, "checked");
	c->dates = read_history(r, np_yaml_get(y, "dates"));
	c->source = np_read_joined(r, np_yaml_get(y, "source"), " ; ");
	if (!c->source)
		np_read_expect(r, y, "expected `source`");
	if (!np_yaml_get(y, "sure"))
		np_read_expect(r, y, "expected `sure`");
	c->sure = np_read_sure(r, y, NP_UNVERIFIED);
	if (c->known == NP_NODAY)
		np_read_expect(r, y,
			       "expected `known`, the first day on which it "
			       "is on file");
}

void np_read_policy(struct np_reader *r, const struct np_yaml *y)
{
	struct np_instrument *in = np_read_alloc(r, sizeof(*in));
	struct np_clause like = {.id = ""};

	np_read_keys(r, y,
		     "expected one of: schema, id, jurisdiction, title, "
		     "title_native, quote, quote_lang, translation, "
		     "citation, source, sure, bill, known, checked, "
		     "not_judged, dates, note, clauses");
	read_head(r, y, &like);
	if (r->rc || !in)
		return;
	in->id = like.id;
	in->file = r->file;
	in->at = y;
	np_read_clauses(r, np_yaml_get(y, "clauses"), &like, in);
	if (r->rc)
		return;
	for (struct np_instrument **p = &r->law->instruments; *p;
	     p = &(*p)->next) {
		if (strcmp((*p)->id, in->id) == 0) {
			*p = (*p)->next; /* a later file replaces it */
			break;
		}
	}
	in->next = r->law->instruments;
	r->law->instruments = in;
}
