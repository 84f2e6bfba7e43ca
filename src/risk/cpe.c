/* SPDX-License-Identifier: ISC */
/*
 * What a box's product may be called in lists of CVEs. Makers have their own
 * habits; lists write a model without its port count, and a firmware beside
 * each hardware. Several names are tried, and which one fitted is told.
 */
#include "risk/risk.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>

struct names {
	struct np_cpe_name *v;
	size_t n;
	struct np_arena *mem;
};

static void add(struct names *x, const struct np_cpe_rule *rule,
		const char *product, const char *by)
{
	for (size_t i = 0; product && i < rule->nvendors; i++) {
		bool had = false;

		for (size_t k = 0; k < x->n; k++)
			had |= strcmp(x->v[k].vendor, rule->vendors[i]) == 0 &&
			       strcmp(x->v[k].product, product) == 0;
		if (!had && x->n < NP_MAX_CPE)
			x->v[x->n++] = (struct np_cpe_name){rule->vendors[i],
							    product, by};
	}
}

/* The first n octets of a word as NVD writes a product, with what is put
 * behind. */
static const char *spell(struct names *x, const char *word, size_t n,
			 const char *suffix)
{
	size_t k = suffix ? strlen(suffix) : 0;
	char *to = np_alloc(x->mem, n + k + 1);

	if (!to)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)word[i];

		to[i] = isalnum(c) || c == '.' || c == '-' || c == '_'
				? (char)tolower(c)
				: '_';
	}
	if (k)
		memcpy(to + n, suffix, k);
	to[n + k] = '\0';
	return to;
}

static void add_word(struct names *x, const struct np_cpe_rule *rule,
		     const char *word, const char *by)
{
	size_t n = word ? strlen(word) : 0;

	if (!n || n > 128)
		return;
	add(x, rule, spell(x, word, n, rule->suffix), by);
	if (!rule->cut || !*rule->cut)
		return;
	while (n > 2) {
		while (n && word[n - 1] != *rule->cut)
			n--;
		if (n < 2)
			return;
		n--;
		add(x, rule, spell(x, word, n, rule->suffix), "series");
	}
}

size_t np_cpe_names(const struct np_risk_know *k, const char *maker,
		    const struct np_device *d, struct np_arena *mem,
		    struct np_cpe_name ret[static NP_MAX_CPE])
{
	struct names x = {.v = ret, .mem = mem};

	for (size_t i = 0; maker && i < k->ncpe; i++) {
		const struct np_cpe_rule *rule = &k->cpe[i];

		if (strcmp(rule->maker, maker) != 0)
			continue;
		switch (rule->from) {
		case NP_CPE_OS:
			if (d->os && strcasecmp(d->os, rule->os) == 0)
				add(&x, rule, rule->product, "os");
			break;
		case NP_CPE_MODEL:
			add_word(&x, rule, d->model, "model");
			break;
		case NP_CPE_FAMILY:
			add_word(&x, rule, d->family, "family");
			break;
		}
	}
	return x.n;
}
