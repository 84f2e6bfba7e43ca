/* SPDX-License-Identifier: ISC */
/* Claims as a tree: facts, and below each what it makes us say. */
#include "report/writer.h"

void np_put_facts(struct np_buf *b, const char *title,
		  const struct np_kept_claim *v, size_t n, np_claim_fn *fact,
		  np_claim_fn *claim, const void *ctx)
{
	np_putf(b, "\n%s\n", title);
	if (!n)
		np_puts(b, "  none\n");
	for (size_t i = 0; i < n; i++) {
		size_t k = 0;

		while (!np_same_fact(&v[k], &v[i]))
			k++;
		if (k < i)
			continue;
		fact(ctx, &v[i], b);
		for (k = i; k < n; k++)
			if (np_same_fact(&v[k], &v[i]))
				claim(ctx, &v[k], b);
	}
}
