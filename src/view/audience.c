/* SPDX-License-Identifier: ISC */
/* knowledge/audiences.yaml: who sees what, and what stands on the page. */
#include "core/yaml.h"
#include "view/view.h"
#include <stdio.h>
#include <unistd.h>

extern const unsigned char np_text_audiences[];
extern const size_t np_text_audiences_n;

static const char *const audiences[NP_AUDIENCES] = {"engineer", "auditor",
						    "regulator", "public"};
static const char *const shown[NP_SHOWN_N] = {
#define XX(NAME, name) name,
	NP_SHOWN(XX)
#undef XX
};
static const char *const languages[] = {"en", "de", "it", "ja", NULL};
static const char *const words[] = {
	"scripts",	"opening",   "boxes", "law",   "in_scope",
	"undetermined", "next_date", "as_of", "draft", "limits"};

const char *np_audience_name(enum np_audience a)
{
	return audiences[a];
}

bool np_audience_find(const char *name, enum np_audience *ret)
{
	for (int i = 0; i < NP_AUDIENCES; i++) {
		if (strcmp(name, audiences[i]) == 0) {
			*ret = (enum np_audience)i;
			return true;
		}
	}
	return false;
}

const char *np_language(size_t i)
{
	return languages[i];
}

bool np_language_known(const char *lang)
{
	size_t i = 0;

	while (languages[i] && strcmp(languages[i], lang) != 0)
		i++;
	return languages[i] != NULL;
}

/* ---- reading */

struct reading {
	const char *name;
	struct np_audience_table *t;
	struct np_err *err;
};

static int wrong(const struct reading *r, const struct np_yaml *y,
		 const char *expected)
{
	return np_yaml_fail(r->name, y, expected, r->err);
}

/* Every language has a text of this key. */
static int check_languages(const struct reading *r, const struct np_yaml *y,
			   const char *expected)
{
	for (size_t i = 0; languages[i]; i++) {
		const char *s = np_yaml_text(y, languages[i]);

		if (!s || !*s)
			return wrong(r, y, expected);
	}
	return NP_OK;
}

static int check_marks(const struct reading *r)
{
	const struct np_yaml *all = np_yaml_get(r->t->root, "audiences");

	for (int i = 0; i < NP_AUDIENCES; i++) {
		const struct np_yaml *a = np_yaml_get(all, audiences[i]);
		int rc = check_languages(
			r, np_yaml_get(a, "mark"),
			"expected mark: en, de, it and ja, for each of "
			"engineer, auditor, regulator, public");

		if (rc)
			return rc;
	}
	return NP_OK;
}

static int check_words(const struct reading *r)
{
	const struct np_yaml *all = np_yaml_get(r->t->root, "words");

	for (size_t i = 0; languages[i]; i++) {
		const struct np_yaml *y = np_yaml_get(all, languages[i]);

		for (size_t k = 0; k < NP_COUNT(words); k++) {
			if (!np_yaml_text(y, words[k]))
				return wrong(r, y ? y : all,
					     "expected all words of the page, "
					     "in en, de, it and ja");
		}
	}
	return NP_OK;
}

static int read_sees(const struct reading *r, const struct np_yaml *y,
		     enum np_shown what)
{
	const struct np_yaml *list = np_yaml_get(y, "sees");

	if (!list || list->kind != NP_YAML_LIST)
		return wrong(r, y, "expected sees: a list of audiences");
	NP_YAML_EACH(x, list)
	{
		enum np_audience a;

		if (x->kind != NP_YAML_TEXT || !np_audience_find(x->text, &a))
			return wrong(r, x,
				     "expected one of: engineer, auditor, "
				     "regulator, public");
		r->t->sees[a][what] = true;
	}
	return np_yaml_text(y, "why") ? NP_OK
				      : wrong(r, y, "expected why: the reason");
}

/* What is not in the list nobody may see, so each word has to be there; and a
 * word that nobody knows would hide nothing. */
static int read_shown(const struct reading *r)
{
	const struct np_yaml *all = np_yaml_get(r->t->root, "shown");

	for (int i = 0; i < NP_SHOWN_N; i++) {
		const struct np_yaml *y = np_yaml_get(all, shown[i]);
		int rc = y ? read_sees(r, y, (enum np_shown)i)
			   : wrong(r, all, "expected every word of shown");

		if (rc)
			return rc;
	}
	NP_YAML_EACH(y, all)
	{
		int i = 0;

		while (i < NP_SHOWN_N && strcmp(shown[i], y->key->text) != 0)
			i++;
		if (i == NP_SHOWN_N)
			return wrong(r, y->key,
				     "expected a word of shown that the "
				     "program knows");
	}
	return NP_OK;
}

static int read_limits(const struct reading *r)
{
	const struct np_yaml *y = np_yaml_get(r->t->root, "limits");

	if (!y || y->kind != NP_YAML_LIST || !y->n)
		return wrong(r, y ? y : r->t->root,
			     "expected limits: a list of sentences");
	NP_YAML_EACH(x, y)
	{
		if (x->kind != NP_YAML_TEXT || !x->n)
			return wrong(r, x, "expected a sentence");
	}
	return NP_OK;
}

static int read_all(const struct reading *r)
{
	static const char keys[] = "expected one of: default, audiences, "
				   "shown, limits, words";
	const struct np_yaml *stranger = np_yaml_stranger(r->t->root, keys);
	const char *standard = np_yaml_text(r->t->root, "default");
	int rc;

	if (stranger)
		return wrong(r, stranger, keys);
	if (!standard || !np_audience_find(standard, &r->t->standard))
		return wrong(r, r->t->root, "expected default: an audience");
	rc = check_marks(r);
	if (!rc)
		rc = check_words(r);
	if (!rc)
		rc = read_shown(r);
	return rc ? rc : read_limits(r);
}

int np_audience_read(const char *name, const char *text, size_t n,
		     struct np_arena *mem, struct np_audience_table *ret,
		     struct np_err *reterr)
{
	const struct reading r = {name, ret, reterr};
	int rc;

	*ret = (struct np_audience_table){0};
	rc = np_yaml_read(name, text, n, mem, &ret->root, reterr);
	return rc ? rc : read_all(&r);
}

int np_audience_open(const char *dir, struct np_arena *mem,
		     struct np_audience_table *ret, struct np_err *reterr)
{
	char path[4096];
	struct reading r = {path, ret, reterr};
	int rc;

	if (dir)
		(void)snprintf(path, sizeof(path), "%s/audiences.yaml", dir);
	if (!dir || access(path, F_OK) != 0)
		return np_audience_read("audiences.yaml",
					(const char *)np_text_audiences,
					np_text_audiences_n, mem, ret, reterr);
	*ret = (struct np_audience_table){0};
	rc = np_yaml_load(path, mem, &ret->root, reterr);
	return rc ? rc : read_all(&r);
}

/* ---- asking */

const char *np_audience_mark(const struct np_audience_table *t,
			     enum np_audience a, const char *lang)
{
	const struct np_yaml *y =
		np_yaml_get(np_yaml_get(t->root, "audiences"), audiences[a]);

	return np_yaml_text(np_yaml_get(y, "mark"), lang);
}

const char *np_audience_word(const struct np_audience_table *t,
			     const char *lang, const char *word)
{
	return np_yaml_text(np_yaml_get(np_yaml_get(t->root, "words"), lang),
			    word);
}

const char *np_shown_name(enum np_shown what)
{
	return shown[what];
}

const char *np_shown_text(const struct np_audience_table *t, enum np_shown what,
			  const char *key)
{
	const struct np_yaml *all = np_yaml_get(t->root, "shown");

	return np_yaml_text(np_yaml_get(all, shown[what]), key);
}

const char *np_audience_limit(const struct np_audience_table *t, size_t i)
{
	NP_YAML_EACH(x, np_yaml_get(t->root, "limits"))
	{
		if (!i--)
			return x->text;
	}
	return NULL;
}

bool np_audience_sees(const struct np_view_in *in, enum np_shown what)
{
	return in->table->sees[in->audience][what];
}
