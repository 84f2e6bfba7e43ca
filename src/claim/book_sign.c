/* SPDX-License-Identifier: ISC */
/* Signatures: a pattern over a text, and what a hit lets us say. */
#include "claim/book.h"

#define KEYS                                                                   \
	"id fields pattern unless named rest grade group settable heard "      \
	"subscriber "                                                          \
	"computer registered examples never maker component middlebox agent "  \
	"brand "                                                               \
	"family model version os serial function"

static const struct {
	const char *key;
	enum np_what what;
} yields[] = {
	{"brand", NP_W_BRAND},
	{"family", NP_W_FAMILY},
	{"model", NP_W_MODEL},
	{"version", NP_W_VERSION},
	{"os", NP_W_OS},
	{"serial", NP_W_SERIAL},
	{"function", NP_W_FUNCTION},
};

static const struct {
	const char *key;
	enum np_what what;
} whos[] = {
	{"maker", NP_W_MAKER},
	{"component", NP_W_COMPONENT},
	{"middlebox", NP_W_MIDDLEBOX},
	{"agent", NP_W_AGENT},
};

static int read_who(struct np_book_reader *r, const struct np_yaml *y,
		    struct np_book_sign *s)
{
	for (size_t i = 0; i < NP_COUNT(whos); i++) {
		const char *slug = np_yaml_text(y, whos[i].key);

		if (!slug)
			continue;
		if (s->maker)
			return np_book_expect(r, np_yaml_get(y, whos[i].key),
					      "a signature names one at most");
		s->maker = slug;
		s->who = whos[i].what;
	}
	return 0;
}

static int read_yields(struct np_book_reader *r, const struct np_yaml *y,
		       struct np_book_sign *s)
{
	for (size_t i = 0; i < NP_COUNT(yields); i++) {
		const char *t = np_yaml_text(y, yields[i].key);

		if (t) {
			s->yields[s->nyields].what = yields[i].what;
			s->yields[s->nyields++].template = t;
		}
	}
	if (s->maker && s->named)
		return np_book_expect(r, np_yaml_get(y, "named"),
				      "a signature names one at most");
	if (!s->maker && !s->named && s->nyields == 0 && !s->computer)
		return np_book_expect(r, y, "this signature says nothing");
	return 0;
}

/* Each example is a text, or a map of the text and what it must give. */
static int check_examples(struct np_book_reader *r, const struct np_yaml *y,
			  struct np_book_sign *s)
{
	s->examples = np_yaml_get(y, "examples");
	if (!s->examples || s->examples->kind != NP_YAML_LIST ||
	    s->examples->n == 0)
		return np_book_expect(r, y, "expected `examples`");
	NP_YAML_EACH(e, s->examples)
	{
		if (e->kind == NP_YAML_MAP && !np_yaml_text(e, "text"))
			return np_book_expect(r, e, "expected `text`");
		if (e->kind == NP_YAML_LIST)
			return np_book_expect(r, e, "expected a text");
	}
	if (!np_yaml_get(y, "never"))
		return np_book_expect(
			r, y, "expected `never`: a text that must not match");
	return np_book_texts(r, y, "never", &s->never);
}

static int read_sign(struct np_book_reader *r, const struct np_yaml *y,
		     struct np_book_sign *s)
{
	int rc = np_book_texts(r, y, "fields", &s->fields);

	if (rc)
		return rc;
	s->pattern = np_yaml_text(y, "pattern");
	s->unless = np_yaml_text(y, "unless");
	s->named = np_yaml_text(y, "named");
	s->rest = np_yaml_text(y, "rest");
	if (s->rest && !s->named)
		return np_book_expect(r, np_yaml_get(y, "rest"),
				      "`rest` is what follows `named`");
	s->group = np_yaml_text(y, "group");
	if (!s->pattern || !s->fields)
		return np_book_expect(r, y, "expected `pattern` and `fields`");
	rc = np_book_grade(r, y, &s->grade);
	if (rc == 0)
		rc = np_book_tri(r, y, "settable", &s->settable);
	if (rc == 0)
		rc = np_book_tri(r, y, "heard", &s->heard);
	if (rc == 0)
		rc = np_book_flag(r, y, "subscriber", &s->subscriber);
	if (rc == 0)
		rc = np_book_flag(r, y, "computer", &s->computer);
	if (rc == 0)
		rc = np_book_flag(r, y, "registered", &s->registered);
	if (rc == 0)
		rc = read_who(r, y, s);
	if (rc == 0)
		rc = read_yields(r, y, s);
	return rc ? rc : check_examples(r, y, s);
}

int np_book_read_signs(struct np_book_reader *r, const struct np_yaml *list)
{
	NP_YAML_EACH(y, list)
	{
		struct np_book_sign *s;
		struct np_entry e;
		int rc = np_book_entry(r, y, KEYS, "id", &e);

		if (rc)
			return rc;
		s = np_book_slot(r, &r->book->signs, sizeof(*s), y, e.name);
		if (!s)
			return NP_EINPUT;
		s->e = e;
		rc = read_sign(r, y, s);
		if (rc)
			return rc;
	}
	return 0;
}
