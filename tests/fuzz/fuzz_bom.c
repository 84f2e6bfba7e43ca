/* SPDX-License-Identifier: ISC */
/*
 * Any octets as a bill of materials or an order list, behind the beginning of
 * one format (-DNP_FUZZ_BOM=n; 0: none): read, answered and written. Items
 * stand where they say, parents before what is in them.
 */
#include "bom/check.h"
#include "fuzz.h"
#include "report/check.h"
#include <stdlib.h>

#ifndef NP_FUZZ_BOM
#define NP_FUZZ_BOM 0
#endif

#define MUST(x)                                                                \
	do {                                                                   \
		if (!(x))                                                      \
			abort();                                               \
	} while (0)

static const char *const beginnings[] = {
	"",
	"{\"bomFormat\":\"CycloneDX\",\"components\":[",
	"<bom xmlns=\"http://cyclonedx.org/schema/bom/1.5\"><components>",
	"{\"spdxVersion\":\"SPDX-2.3\",\"packages\":[",
	"SPDXVersion: SPDX-2.3\nPackageName: x\n",
	"{\"@graph\":[",
	"manufacturer,product,quantity\n",
};

/* Opening takes longer than a thousand inputs, so it stays open. */
static struct np_bom_asker *asker(void)
{
	static struct np_knowledge *k;
	static struct np_bom_asker *w;

	if (w)
		return w;
	MUST(np_knowledge_open(NULL, &k, NULL) == 0);
	w = np_bom_asker_new(k);
	MUST(w);
	return w;
}

static void check(const struct np_bom *b, struct np_arena *mem)
{
	for (size_t i = 0; i < b->n; i++) {
		const struct np_bom_item *x = &b->v[i];
		struct np_bom_answer a;

		MUST(x->line && (x->parent == NP_BOM_ROOT || x->parent < i));
		MUST(x->nfacts <= NP_BOM_FACTS);
		MUST(np_bom_ask(asker(), x, mem, &a) == 0);
		MUST((a.sure == NP_UNKNOWN) == (a.maker == NP_NO_MAKER));
		MUST(a.maker == NP_NO_MAKER || a.because);
		MUST(a.sure != NP_DISPUTED || a.rival != NP_NO_MAKER);
	}
	for (size_t i = 0; i < b->nproblems; i++)
		MUST(b->problems[i].text && b->problems[i].line);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct np_arena mem = np_arena((size_t)256 << 20);
	struct np_buf text = np_buf((size_t)16 << 20);
	struct np_bom b = {.mem = &mem};
	struct np_err e = {0};
	int rc;

	np_puts(&text, beginnings[NP_FUZZ_BOM]);
	np_put(&text, p, n);
	rc = np_bom_parse(&b, "fuzz", text.p ? text.p : "", text.n,
			  "quantity=x,product=y", &e);
	MUST(rc == 0 || (e.code == rc && e.text));
	if (!rc)
		check(&b, &mem);
	np_buf_free(&text);
	np_arena_free(&mem);
	return 0;
}
