/* SPDX-License-Identifier: ISC */
/* What is sent back, and how to mend it: knowledge/claims.yaml. */
#include "fund/fund.h"
#include <string.h>

extern const unsigned char np_text_claims[];
extern const size_t np_text_claims_n;

static const char *const rule_names[NP_CR_N] = {
#define NP_CLAIM_RULE(name) #name,
#include "fund/rules.def"
#undef NP_CLAIM_RULE
};

/* "device-missing" is device_missing. */
static int rule_find(const char *name)
{
	for (int i = 0; i < NP_CR_N; i++) {
		const char *a = rule_names[i], *b = name;

		while (*a && (*a == *b || (*a == '_' && *b == '-'))) {
			a++;
			b++;
		}
		if (!*a && !*b)
			return i;
	}
	return -1;
}

static int read_rule(const struct np_fund_file *f, const struct np_yaml *y,
		     struct np_claim_law *l)
{
	const char *id = NULL;
	int i, rc = np_fund_keys(f, y,
				 "expected one of: id, says, mend, source, "
				 "sure");

	if (!rc)
		rc = np_fund_text(f, y, "id", true, "expected id", &id);
	if (rc)
		return rc;
	i = rule_find(id);
	if (i < 0 || l->rule[i])
		return np_fund_wrong(f, np_yaml_get(y, "id"),
				     "expected the id of a rule, once");
	l->rule[i] = id;
	rc = np_fund_text(f, y, "says", true, "expected says: the defect",
			  &l->says[i]);
	if (!rc)
		rc = np_fund_text(f, y, "mend", true,
				  "expected mend: how to put it right",
				  &l->mend[i]);
	if (!rc)
		rc = np_fund_text(f, y, "source", true, "expected source",
				  &l->source[i]);
	return rc ? rc
		  : np_fund_text(f, y, "sure", true, "expected sure",
				 &l->sure[i]);
}

static int read_words(const struct np_fund_file *f, const struct np_yaml *y,
		      const char *to[static 16])
{
	const char **v = NULL;
	size_t n = 0;
	int rc = np_fund_texts(f, y, "expected a list of words", &v, &n);

	if (!rc && n > 15)
		rc = np_fund_wrong(f, y, "expected at most 15 words");
	for (size_t i = 0; !rc && i < n; i++)
		to[i] = v[i];
	return rc;
}

/* A scheme need not have them. */
static int read_narrower(const struct np_fund_file *f, const struct np_yaml *y,
			 struct np_claim_law *l)
{
	const struct np_yaml *without = np_yaml_get(y, "without");
	int rc = np_fund_text(f, y, "country", false, "expected country: DE",
			      &l->country);

	if (!rc)
		rc = np_fund_text(f, y, "currency", false,
				  "expected currency: EUR", &l->currency);
	if (!rc)
		rc = np_fund_text(f, y, "clause", false,
				  "expected clause: POLICY/CLAUSE", &l->clause);
	l->obtained_by = NP_NODAY;
	if (!rc && np_yaml_get(y, "obtained_by"))
		rc = np_fund_day(f, y, "obtained_by", &l->obtained_by);
	NP_YAML_EACH(x, rc ? NULL : without)
	{
		int i = x->kind == NP_YAML_TEXT ? rule_find(x->text) : -1;

		if (i < 0)
			return np_fund_wrong(f, x, "expected the id of a rule");
		l->without[i] = true;
	}
	return rc;
}

static int read_scheme(const struct np_fund_file *f, const struct np_yaml *y,
		       struct np_claim_law *l)
{
	int rc = np_fund_keys(f, y,
			      "expected one of: id, title, country, currency, "
			      "clause, obtained_by, kinds, unit_kinds, "
			      "without, source, sure");

	if (!rc)
		rc = np_fund_text(f, y, "title", true, "expected title",
				  &l->title);
	if (!rc)
		rc = read_narrower(f, y, l);
	if (!rc)
		rc = read_words(f, np_yaml_get(y, "kinds"), l->kind);
	return rc ? rc
		  : read_words(f, np_yaml_get(y, "unit_kinds"), l->unit_kind);
}

/* All of them are read; `wanted`, or the first, is kept. */
static int read_schemes(const struct np_fund_file *f, const struct np_yaml *y,
			const char *wanted, struct np_claim_law *ret)
{
	const struct np_yaml *list = np_yaml_get(y, "schemes");
	bool found = false;

	if (!list || list->kind != NP_YAML_LIST || !list->n)
		return np_fund_wrong(f, list ? list : y,
				     "expected schemes: a list");
	NP_YAML_EACH(x, list)
	{
		struct np_claim_law l = {0};
		int rc = np_fund_text(f, x, "id", true, "expected id: a word",
				      &l.id);

		if (!rc)
			rc = read_scheme(f, x, &l);
		if (rc)
			return rc;
		if (found || (wanted && strcmp(wanted, l.id) != 0))
			continue;
		*ret = l;
		found = true;
	}
	return found ? NP_OK
		     : np_fail(f->err, NP_ENONE,
			       "no scheme of claims is "
			       "called so",
			       wanted, 0);
}

static int read_all(const struct np_fund_file *f, const struct np_yaml *y,
		    const char *scheme, struct np_claim_law *l)
{
	const struct np_yaml *list = np_yaml_get(y, "rules");
	const struct np_yaml *words = np_yaml_get(y, "words");
	int rc;

	memset(l, 0, sizeof(*l));
	rc = read_schemes(f, y, scheme, l);
	if (!rc && (!list || list->kind != NP_YAML_LIST))
		rc = np_fund_wrong(f, y, "expected rules: a list");
	NP_YAML_EACH(x, rc ? NULL : list)
	{
		rc = read_rule(f, x, l);
		if (rc)
			return rc;
	}
	for (int i = 0; !rc && i < NP_CR_N; i++) {
		if (!l->rule[i])
			rc = np_fund_wrong(f, list,
					   "expected every rule that the "
					   "program has");
	}
	if (!rc)
		rc = np_fund_text(f, words, "opening", true,
				  "expected words: opening", &l->opening);
	return rc ? rc
		  : np_fund_text(f, words, "none", true, "expected words: none",
				 &l->none);
}

int np_claim_law_read(const char *name, const char *text, size_t n,
		      const char *scheme, struct np_arena *mem,
		      struct np_claim_law *ret, struct np_err *reterr)
{
	const struct np_fund_file f = {name, mem, reterr};
	const struct np_yaml *y = NULL;
	int rc = np_yaml_read(name, text, n, mem, &y, reterr);

	return rc ? rc : read_all(&f, y, scheme, ret);
}

int np_claim_law_open(const char *dir, const char *scheme, struct np_arena *mem,
		      struct np_claim_law *ret, struct np_err *reterr)
{
	struct np_fund_file f = {.mem = mem, .err = reterr};
	const struct np_yaml *y = NULL;
	int rc = np_fund_load(dir, "claims.yaml", np_text_claims,
			      np_text_claims_n, mem, &f.name, &y, reterr);

	return rc ? rc : read_all(&f, y, scheme, ret);
}
