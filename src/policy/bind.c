/* SPDX-License-Identifier: ISC */
/* Where the law meets the knowledge of makers, and the files' hashes. */
#include "core/hash.h"
#include "policy/law.h"
#include <string.h>

static void bind_rule(struct np_reader *r, struct np_rule *rule,
		      const struct np_knowledge *k)
{
	rule->maker =
		np_read_alloc(r, (rule->makers.n + 1) * sizeof(*rule->maker));
	for (size_t i = 0; rule->maker && i < rule->makers.n; i++) {
		uint16_t m = np_maker_find(k, rule->makers.v[i]);

		if (m == NP_NO_MAKER || m >= r->law->nmakers)
			np_read_expect(r, rule->makers.at[i],
				       "expected the slug of a maker in "
				       "makers.yaml");
		rule->maker[i] = m;
	}
}

static void bind_affiliates(struct np_reader *r, const struct np_knowledge *k)
{
	for (struct np_affiliate *a = r->law->affiliates; a && r->rc == 0;
	     a = a->next) {
		r->file = a->file;
		a->maker_id = np_maker_find(k, a->maker);
		a->of_id = np_maker_find(k, a->of);
		if (a->maker_id == NP_NO_MAKER)
			np_read_expect(r, np_yaml_get(a->at, "maker"),
				       "expected the slug of a maker in "
				       "makers.yaml");
		if (a->of_id == NP_NO_MAKER)
			np_read_expect(r, np_yaml_get(a->at, "of"),
				       "expected the slug of a maker in "
				       "makers.yaml");
	}
}

int np_law_bind(struct np_law *l, const struct np_knowledge *k,
		struct np_err *reterr)
{
	struct np_reader r = {.law = l, .err = reterr};

	l->nmakers = np_makers(k);
	for (size_t i = 0; i < l->nrules && r.rc == 0; i++) {
		r.file = l->rules[i].file;
		bind_rule(&r, &l->rules[i], k);
	}
	bind_affiliates(&r, k);
	return r.rc;
}

/* ---- what was used, as a hash */

/* Says what a quote says in another language, and nothing else. */
static bool translates(const struct np_yaml *y)
{
	return y->key && (strcmp(y->key->text, "quote_lang") == 0 ||
			  strcmp(y->key->text, "translation") == 0);
}

/* Every text of a tree, with where it begins and ends; but no translations: one
 * that comes later corrects nothing. */
static void put_tree(struct np_buf *b, const struct np_yaml *y)
{
	size_t n = y->n;

	NP_YAML_EACH(i, y)
	{
		n -= translates(i);
	}
	if (y->key)
		np_putf(b, "k%zu:%s", y->key->n, y->key->text);
	np_putf(b, "%d.%zu:", (int)y->kind, n);
	if (y->kind == NP_YAML_TEXT)
		np_put(b, y->text, y->n);
	NP_YAML_EACH(i, y)
	{
		if (!translates(i))
			put_tree(b, i);
	}
}

void np_clause_print(const struct np_law *l, size_t i, char ret[static 33])
{
	static const char hex[] = "0123456789abcdef";
	const struct np_rule *r = &l->rules[i];
	struct np_buf b = np_buf(NP_LAW_LIMIT);
	uint8_t sum[32] = {0};

	put_tree(&b, r->at);
	np_putf(&b, "|%s|%s|%d|%d|%d|%s", r->pub.id, r->pub.jurisdiction,
		(int)r->pub.sure, r->pub.bill, (int)r->pub.known,
		r->pub.not_judged ? r->pub.not_judged : "");
	if (!b.failed)
		np_sha256(b.p, b.n, sum);
	for (size_t j = 0; j < 16; j++) {
		ret[2 * j] = hex[sum[j] >> 4];
		ret[2 * j + 1] = hex[sum[j] & 15];
	}
	ret[32] = '\0';
	np_buf_free(&b);
}

bool np_law_part(const struct np_law *l, size_t i, struct np_law_part *ret)
{
	static const char hex[] = "0123456789abcdef";
	uint8_t sum[32];

	if (i >= l->nfiles)
		return false;
	ret->name = l->files[i].name;
	ret->text = (const char *)l->files[i].text;
	ret->n = l->files[i].n;
	np_sha256(ret->text, ret->n, sum);
	for (size_t j = 0; j < sizeof(sum); j++) {
		ret->sha256[2 * j] = hex[sum[j] >> 4];
		ret->sha256[2 * j + 1] = hex[sum[j] & 15];
	}
	ret->sha256[64] = '\0';
	return true;
}
