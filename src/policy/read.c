/* SPDX-License-Identifier: ISC */
/* Reading values out of a YAML tree. The first thing that is wrong sticks. */
#include "policy/law.h"
#include <string.h>

void np_read_expect(struct np_reader *r, const struct np_yaml *y,
		    const char *expected)
{
	if (r->rc == 0)
		r->rc = np_yaml_fail(r->file, y, expected, r->err);
}

void *np_read_alloc(struct np_reader *r, size_t n)
{
	void *p = np_zalloc(&r->law->mem, n);

	if (!p && r->rc == 0)
		r->rc = np_fail(r->err, NP_ENOMEM, "the law is too big",
				r->file, 0);
	return p;
}

void np_read_keys(struct np_reader *r, const struct np_yaml *y,
		  const char *expected)
{
	const struct np_yaml *stranger;

	if (!y || y->kind != NP_YAML_MAP) {
		np_read_expect(r, y, "expected a map");
		return;
	}
	stranger = np_yaml_stranger(y, expected);
	if (stranger)
		np_read_expect(r, stranger, expected);
}

const char *np_read_text(struct np_reader *r, const struct np_yaml *y,
			 const char *key, const char *expected)
{
	const struct np_yaml *v = np_yaml_get(y, key);
	const char *s = np_yaml_text(y, key);

	if (s && *s)
		return s;
	if (v && v->kind != NP_YAML_TEXT)
		np_read_expect(r, v, "expected a text");
	else if (expected)
		np_read_expect(r, v ? v : y, expected);
	return NULL;
}

int32_t np_read_day(struct np_reader *r, const struct np_yaml *y,
		    const char *key)
{
	const struct np_yaml *v = np_yaml_get(y, key);
	const char *s = np_read_text(r, y, key, NULL);
	int32_t day = NP_NODAY;

	if (s && !np_day_read(s, &day))
		np_read_expect(r, v, "expected a date, YYYY-MM-DD");
	return day;
}

bool np_read_flag(struct np_reader *r, const struct np_yaml *y, const char *key)
{
	const struct np_yaml *v = np_yaml_get(y, key);
	bool yes = false;

	if (v && !np_yaml_bool(v, &yes))
		np_read_expect(r, v, "expected yes or no");
	return yes;
}

enum np_certainty np_read_sure(struct np_reader *r, const struct np_yaml *y,
			       enum np_certainty otherwise)
{
	static const char words[] =
		"expected one of: primary, secondary, unverified";
	const char *s = np_read_text(r, y, "sure", NULL);
	int i;

	if (!s)
		return otherwise;
	i = np_yaml_word(words, s);
	if (i < 0)
		np_read_expect(r, np_yaml_get(y, "sure"), words);
	return i < 0 ? NP_UNVERIFIED : (enum np_certainty)i;
}

struct np_words np_read_words(struct np_reader *r, const struct np_yaml *y)
{
	struct np_words w = {0};
	const struct np_yaml *first = y;
	size_t n = 1;

	if (!y)
		return w;
	if (y->kind == NP_YAML_LIST) {
		first = y->first;
		n = y->n;
	}
	w.v = np_read_alloc(r, (n + 1) * sizeof(*w.v));
	w.at = np_read_alloc(r, (n + 1) * sizeof(*w.at));
	if (!w.v || !w.at)
		return (struct np_words){0};
	for (const struct np_yaml *i = first; w.n < n; i = i->next) {
		if (i->kind != NP_YAML_TEXT || i->n == 0) {
			np_read_expect(r, i, "expected a text");
			return w;
		}
		w.at[w.n] = i;
		w.v[w.n++] = i->text;
	}
	return w;
}

const char *np_read_joined(struct np_reader *r, const struct np_yaml *y,
			   const char *separator)
{
	struct np_words w = np_read_words(r, y);
	struct np_buf b = np_buf(NP_LAW_LIMIT);
	char *s;

	if (w.n <= 1)
		return w.n ? w.v[0] : NULL;
	for (size_t i = 0; i < w.n; i++) {
		np_puts(&b, i ? separator : "");
		np_puts(&b, w.v[i]);
	}
	s = b.failed ? NULL : np_read_alloc(r, b.n + 1);
	if (s)
		memcpy(s, b.p, b.n);
	else if (r->rc == 0)
		r->rc = np_fail(r->err, NP_ENOMEM, "out of memory", r->file, 0);
	np_buf_free(&b);
	return s;
}

static void read_test(struct np_reader *r, const struct np_yaml *y,
		      struct np_cond *c)
{
	const struct np_yaml *over = np_yaml_get(y, "over");
	int tests = 0;

	c->word = np_read_text(r, y, "is", NULL);
	tests += c->word != NULL;
	if (over) {
		tests++;
		c->test = NP_T_OVER;
		if (!np_yaml_uint(over, UINT32_MAX, &c->number))
			np_read_expect(r, over, "expected a whole number");
	}
	if (np_yaml_get(y, "after")) {
		tests++;
		c->test = NP_T_AFTER;
		c->day = np_read_day(r, y, "after");
	}
	if (np_yaml_get(y, "by")) {
		tests++;
		c->test = NP_T_BY;
		c->day = np_read_day(r, y, "by");
	}
	if (tests > 1)
		np_read_expect(r, y, "expected one of: is, over, after, by");
	if (!c->word)
		c->word = "yes";
}

struct np_cond np_read_cond(struct np_reader *r, const struct np_yaml *y)
{
	struct np_cond c = {.at = y, .word = "yes"};

	if (y->kind == NP_YAML_TEXT) {
		c.name = y->text;
		return c;
	}
	np_read_keys(r, y,
		     "expected one of: fact, is, over, after, by, "
		     "otherwise");
	c.name = np_read_text(r, y, "fact", "expected `fact`");
	c.otherwise = np_read_text(r, y, "otherwise", NULL);
	read_test(r, y, &c);
	return c;
}

struct np_conds np_read_conds(struct np_reader *r, const struct np_yaml *y)
{
	struct np_conds l = {0};

	if (!y)
		return l;
	if (y->kind != NP_YAML_LIST) {
		np_read_expect(r, y, "expected a list of facts");
		return l;
	}
	l.v = np_read_alloc(r, (y->n + 1) * sizeof(*l.v));
	NP_YAML_EACH(i, y)
	{
		if (r->rc == 0 && l.v)
			l.v[l.n++] = np_read_cond(r, i);
	}
	return l;
}
