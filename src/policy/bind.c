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

		if (m == NP_NO_MAKER || m >= r->law->nnamed)
			np_read_expect(r, rule->makers.at[i],
				       "expected the slug of a maker in "
				       "makers.yaml");
		else if (!rule->pub.bill && rule->pub.sure != NP_UNVERIFIED)
			r->law->named[m] = 1;
		rule->maker[i] = m;
	}
}

int np_law_bind(struct np_law *l, const struct np_knowledge *k,
		struct np_err *reterr)
{
	struct np_reader r = {.law = l, .err = reterr};

	l->nnamed = np_makers(k);
	l->named = np_read_alloc(&r, l->nnamed + 1);
	for (size_t i = 0; i < l->nrules && r.rc == 0; i++) {
		r.file = l->rules[i].file;
		bind_rule(&r, &l->rules[i], k);
	}
	return r.rc;
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
