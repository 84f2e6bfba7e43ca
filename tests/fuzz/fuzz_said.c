/* SPDX-License-Identifier: ISC */
/* Any octets as said.yaml: refused with a place, or whole and in order. */
#include "fuzz.h"
#include "report/quotes.h"
#include <stdlib.h>

#define MUST(x)                                                                \
	do {                                                                   \
		if (!(x))                                                      \
			abort();                                               \
	} while (0)

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct np_buf b = np_buf((size_t)1 << 22);
	struct np_quotes *q;
	struct np_err why = {0};
	int rc = np_quotes_read("said.yaml", (const char *)p, n, &q, &why);

	MUST(rc == 0 || why.text);
	if (rc)
		return 0;
	for (size_t i = 0; i < np_quotes_n(q); i++) {
		const struct np_quote *x = np_quote(q, i);

		MUST(x->who && x->quote && x->source && x->date);
		MUST(!i || strcmp(np_quote(q, i - 1)->date, x->date) <= 0);
		MUST((x->by == NP_Q_CRITERIA) == !x->makers);
	}
	np_quotes_put(q, "huawei", &b);
	for (size_t i = 0; i < b.n; i++)
		MUST((unsigned char)b.p[i] >= ' ' || b.p[i] == '\n');
	np_buf_free(&b);
	np_quotes_close(q);
	return 0;
}
