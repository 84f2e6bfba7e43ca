/* SPDX-License-Identifier: ISC */
/* Who pays what for a removal, and who refuses: knowledge/programmes.yaml. */
#include "fund/fund.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

extern const unsigned char np_text_programmes[];
extern const size_t np_text_programmes_n;

const char *const np_pays_names[NP_NPAYS] = {
	"pays",	      "conditional", "claimed",	    "refuses",
	"none-found", "finance",     "none-on-file"};

/* ---- what the room's readers share */

int np_fund_wrong(const struct np_fund_file *f, const struct np_yaml *y,
		  const char *expected)
{
	return np_yaml_fail(f->name, y, expected, f->err);
}

int np_fund_text(const struct np_fund_file *f, const struct np_yaml *y,
		 const char *key, bool needed, const char *expected,
		 const char **ret)
{
	const struct np_yaml *v = np_yaml_get(y, key);

	*ret = np_yaml_text(y, key);
	if (*ret && **ret)
		return NP_OK;
	*ret = NULL;
	return needed || v ? np_fund_wrong(f, v ? v : y, expected) : NP_OK;
}

int np_fund_keys(const struct np_fund_file *f, const struct np_yaml *y,
		 const char *expected)
{
	const struct np_yaml *stranger = np_yaml_stranger(y, expected);

	return !y || stranger ? np_fund_wrong(f, stranger, expected) : NP_OK;
}

int np_fund_texts(const struct np_fund_file *f, const struct np_yaml *y,
		  const char *expected, const char ***ret, size_t *ret_n)
{
	size_t n = 0;

	if (!y || y->kind == NP_YAML_MAP || !y->n)
		return np_fund_wrong(f, y, expected);
	*ret = np_alloc(f->mem,
			(y->kind == NP_YAML_LIST ? y->n : 1) * sizeof(**ret));
	if (!*ret)
		return NP_ENOMEM;
	if (y->kind == NP_YAML_TEXT)
		(*ret)[n++] = y->text;
	NP_YAML_EACH(x, y->kind == NP_YAML_LIST ? y : NULL)
	{
		if (x->kind != NP_YAML_TEXT || !x->n)
			return np_fund_wrong(f, x, expected);
		(*ret)[n++] = x->text;
	}
	*ret_n = n;
	return NP_OK;
}

int np_fund_day(const struct np_fund_file *f, const struct np_yaml *y,
		const char *key, int32_t *ret)
{
	const struct np_yaml *v = np_yaml_get(y, key);
	const char *text = np_yaml_text(y, key);

	return text && np_day_read(text, ret)
		       ? NP_OK
		       : np_fund_wrong(f, v ? v : y,
				       "expected a date: YYYY-MM-DD");
}

int np_fund_load(const char *dir, const char *file, const unsigned char *built,
		 size_t built_n, struct np_arena *mem, const char **ret_name,
		 const struct np_yaml **ret, struct np_err *reterr)
{
	size_t room = dir ? strlen(dir) + strlen(file) + 2 : 0;
	char *path = room ? np_alloc(mem, room) : NULL;

	if (room && !path)
		return NP_ENOMEM;
	if (path)
		(void)snprintf(path, room, "%s/%s", dir, file);
	*ret_name = path && access(path, F_OK) == 0 ? path : file;
	return *ret_name == path ? np_yaml_load(path, mem, ret, reterr)
				 : np_yaml_read(file, (const char *)built,
						built_n, mem, ret, reterr);
}

/* ---- a row */

static int read_says(const struct np_fund_file *f, const struct np_yaml *y,
		     enum np_pays *ret)
{
	const struct np_yaml *v = np_yaml_get(y, "says");

	for (unsigned i = 0; v && i < NP_NPAYS; i++) {
		if (strcmp(np_pays_names[i], v->text) != 0)
			continue;
		*ret = (enum np_pays)i;
		return NP_OK;
	}
	return np_fund_wrong(f, v ? v : y,
			     "expected says: pays, conditional, claimed, "
			     "refuses, none-found, finance or none-on-file");
}

static int read_flags(const struct np_fund_file *f, const struct np_yaml *y,
		      struct np_programme *p)
{
	const struct np_yaml *open = np_yaml_get(y, "open");
	const struct np_yaml *abroad = np_yaml_get(y, "abroad");
	bool yes = false;

	p->open = -1;
	if (open && !np_yaml_bool(open, &yes))
		return np_fund_wrong(f, open, "expected yes or no");
	if (open)
		p->open = yes;
	if (abroad && !np_yaml_bool(abroad, &p->abroad))
		return np_fund_wrong(f, abroad, "expected yes or no");
	return NP_OK;
}

static int read_programme(const struct np_fund_file *f, const struct np_yaml *y,
			  struct np_programme *p)
{
	struct {
		const char *key, *expected;
		const char **to;
		bool needed;
	} const texts[] = {
		{"id", "expected id: a word", &p->id, true},
		{"country", "expected country: DE", &p->country, true},
		{"title", "expected title", &p->title, true},
		{"title_native", "expected a text", &p->title_native, false},
		{"payer", "expected payer: who pays or does not", &p->payer,
		 true},
		{"what", "expected what: what is paid", &p->what, true},
		{"who", "expected a text", &p->who, false},
		{"amount", "expected a text", &p->amount, false},
		{"template", "expected a text", &p->template, false},
		{"note", "expected a text", &p->note, false},
		{"citation", "expected citation", &p->citation, true},
		{"sure", "expected sure: primary, secondary or unverified",
		 &p->sure, true},
	};
	int rc = np_fund_keys(
		f, y,
		"expected one of: id, country, abroad, says, title, payer, "
		"what, who, amount, open, since, checked, note, title_native, "
		"citation, source, sure, template");

	for (size_t i = 0; !rc && i < sizeof(texts) / sizeof(texts[0]); i++)
		rc = np_fund_text(f, y, texts[i].key, texts[i].needed,
				  texts[i].expected, texts[i].to);
	if (!rc)
		rc = read_says(f, y, &p->says);
	if (!rc)
		rc = read_flags(f, y, p);
	if (!rc)
		rc = np_fund_day(f, y, "since", &p->since);
	if (!rc)
		rc = np_fund_day(f, y, "checked", &p->checked);
	return rc ? rc
		  : np_fund_texts(f, np_yaml_get(y, "source"),
				  "expected source: one or several", &p->source,
				  &p->nsources);
}

/* A source may be a key of the file's `sources`. */
static void spell_sources(const struct np_yaml *sources, struct np_programme *p)
{
	for (size_t i = 0; i < p->nsources; i++) {
		const char *text = np_yaml_text(sources, p->source[i]);

		if (text)
			p->source[i] = text;
	}
}

static int read_all(const struct np_fund_file *f, const struct np_yaml *y,
		    struct np_programmes *ret)
{
	const struct np_yaml *list = np_yaml_get(y, "programmes");
	const struct np_yaml *words = np_yaml_get(y, "words");
	int rc;

	memset(ret, 0, sizeof(*ret));
	if (!list || list->kind != NP_YAML_LIST || !list->n)
		return np_fund_wrong(f, list ? list : y,
				     "expected programmes: a list");
	ret->v = np_zalloc(f->mem, list->n * sizeof(*ret->v));
	if (!ret->v)
		return NP_ENOMEM;
	NP_YAML_EACH(x, list)
	{
		rc = read_programme(f, x, &ret->v[ret->n]);
		if (rc)
			return rc;
		spell_sources(np_yaml_get(y, "sources"), &ret->v[ret->n++]);
	}
	rc = np_fund_text(f, words, "opening", true, "expected words: opening",
			  &ret->opening);
	if (!rc)
		rc = np_fund_text(f, words, "unknown", true,
				  "expected words: unknown", &ret->unknown);
	for (size_t i = 0; !rc && i < NP_NPAYS; i++)
		rc = np_fund_text(f, words, np_pays_names[i], true,
				  "expected words: one for each answer",
				  &ret->word[i]);
	return rc;
}

int np_programmes_read(const char *name, const char *text, size_t n,
		       struct np_arena *mem, struct np_programmes *ret,
		       struct np_err *reterr)
{
	const struct np_fund_file f = {name, mem, reterr};
	const struct np_yaml *y = NULL;
	int rc = np_yaml_read(name, text, n, mem, &y, reterr);

	return rc ? rc : read_all(&f, y, ret);
}

int np_programmes_open(const char *dir, struct np_arena *mem,
		       struct np_programmes *ret, struct np_err *reterr)
{
	struct np_fund_file f = {.mem = mem, .err = reterr};
	const struct np_yaml *y = NULL;
	int rc = np_fund_load(dir, "programmes.yaml", np_text_programmes,
			      np_text_programmes_n, mem, &f.name, &y, reterr);

	return rc ? rc : read_all(&f, y, ret);
}
