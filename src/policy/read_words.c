/* SPDX-License-Identifier: ISC */
/*
 * sentences.yaml: what may be said, one template a status and duty. Words that
 * accuse are refused in any of them (design, section 7).
 */
#include "policy/law.h"
#include <string.h>
#include <strings.h>

#define SCHEMA "nameplate.sentences/1"

/* The holes of a template, filled in say.c. */
static const char holes[] =
	"expected holes among: maker, title, citation, says, who, reason, "
	"exception, missing, date, days, place, jurisdiction, only_if, names, "
	"what, function, functions, generation, fact, part, group, on_file, "
	"before, boxes, follows, clause, without, authority, grant, until";

static void check_holes(struct np_reader *r, const struct np_yaml *y)
{
	for (const char *s = y->text; (s = strchr(s, '{')); s++) {
		char name[32];
		size_t n = strcspn(s + 1, "}");

		if (s[n + 1] != '}' || n >= sizeof(name)) {
			np_read_expect(r, y, "expected } behind {");
			return;
		}
		memcpy(name, s + 1, n);
		name[n] = '\0';
		if (np_yaml_word(holes, name) < 0)
			np_read_expect(r, y, holes);
	}
}

static const char *read_template(struct np_reader *r, const struct np_yaml *y)
{
	static const char *const accusing[] = {"dirty", "clean", "overdue"};

	if (y->kind != NP_YAML_TEXT || y->n == 0) {
		np_read_expect(r, y, "expected a sentence");
		return NULL;
	}
	for (size_t i = 0; i < sizeof(accusing) / sizeof(*accusing); i++) {
		if (strcasestr(y->text, accusing[i]))
			np_read_expect(r, y,
				       "expected no word that accuses: dirty, "
				       "clean, overdue");
	}
	check_holes(r, y);
	return y->text;
}

static const char when_words[] = "expected one of: none, ahead, today, past";

/* A sentence for all times, or a map of four. Gaps take `none`. */
static void read_whens(struct np_reader *r, const struct np_yaml *y,
		       const char *ret[NP_NWHENS])
{
	if (y->kind == NP_YAML_TEXT) {
		const char *s = read_template(r, y);

		for (int w = 0; w < NP_NWHENS; w++)
			ret[w] = s;
		return;
	}
	for (int w = 0; w < NP_NWHENS; w++)
		ret[w] = NULL;
	np_read_keys(r, y, when_words);
	if (!np_yaml_get(y, "none"))
		np_read_expect(r, y, "expected `none`");
	NP_YAML_EACH(v, y)
	{
		int w = np_yaml_word(when_words, v->key->text);

		if (r->rc == 0)
			ret[w] = read_template(r, v);
	}
	for (int w = 0; w < NP_NWHENS; w++) {
		if (!ret[w])
			ret[w] = ret[NP_W_NONE];
	}
}

static int duty_of(const char *s)
{
	for (int d = 0; d < NP_NDUTIES; d++) {
		if (strcmp(s, np_duty_name((enum np_duty)d)) == 0)
			return d;
	}
	return -1;
}

static void read_status(struct np_reader *r, const struct np_yaml *y,
			enum np_status s)
{
	const struct np_yaml *any = np_yaml_get(y, "any");

	if (y->kind != NP_YAML_MAP)
		np_read_expect(r, y, "expected duties");
	for (int d = 0; any && d < NP_NDUTIES && r->rc == 0; d++)
		read_whens(r, any, r->law->sentence[s][d]);
	NP_YAML_EACH(v, y)
	{
		int d = duty_of(v->key->text);

		if (r->rc)
			return;
		if (d >= 0)
			read_whens(r, v, r->law->sentence[s][d]);
		else if (v != any)
			np_read_expect(r, v->key, "expected a duty, or any");
	}
}

static void read_statuses(struct np_reader *r, const struct np_yaml *y)
{
	if (y && y->kind != NP_YAML_MAP)
		np_read_expect(r, y, "expected a map of statuses");
	NP_YAML_EACH(v, y)
	{
		int s = 0;

		while (s < NP_NO_RULE &&
		       strcmp(np_status_name((enum np_status)s),
			      v->key->text) != 0)
			s++;
		if (s == NP_NO_RULE)
			np_read_expect(r, v->key,
				       "expected one of: in scope, component "
				       "in scope, contested, exempt, not "
				       "bound, undetermined, not in scope");
		if (r->rc)
			return;
		read_status(r, v, (enum np_status)s);
	}
}

static void read_asides(struct np_reader *r, const struct np_yaml *y)
{
	static const char *const names[] = {
#define XX(name) #name,
		NP_ASIDES(XX)
#undef XX
	};

	if (y && y->kind != NP_YAML_MAP)
		np_read_expect(r, y, "expected a map of asides");
	NP_YAML_EACH(v, y)
	{
		size_t i = 0;

		while (i < NP_NASIDES && strcmp(names[i], v->key->text) != 0)
			i++;
		if (i == NP_NASIDES)
			np_read_expect(r, v->key, "expected a known aside");
		if (r->rc)
			return;
		r->law->aside[i] = read_template(r, v);
	}
}

static void read_functions(struct np_reader *r, const struct np_yaml *y)
{
	if (y && y->kind != NP_YAML_MAP)
		np_read_expect(r, y, "expected a map of functions");
	NP_YAML_EACH(v, y)
	{
		struct np_function_name *f = np_read_alloc(r, sizeof(*f));

		if (!f || r->rc)
			return;
		f->prefix = v->key->text;
		f->name = read_template(r, v);
		f->next = r->law->functions;
		r->law->functions = f;
	}
}

void np_read_sentences(struct np_reader *r, const struct np_yaml *y)
{
	const char *schema = np_read_text(r, y, "schema", "expected `schema`");
	const struct np_yaml *opening = np_yaml_get(y, "opening");

	np_read_keys(r, y,
		     "expected one of: schema, source, sure, opening, "
		     "functions, asides, sentences, places, silence, "
		     "over_time");
	if (schema && strcmp(schema, SCHEMA) != 0)
		np_read_expect(r, np_yaml_get(y, "schema"), "expected " SCHEMA);
	if (opening)
		r->law->opening = read_template(r, opening);
	read_functions(r, np_yaml_get(y, "functions"));
	read_asides(r, np_yaml_get(y, "asides"));
	read_statuses(r, np_yaml_get(y, "sentences"));
}
