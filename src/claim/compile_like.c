/* SPDX-License-Identifier: ISC */
/* Like cases: the counts with what they let one say, which is slow to reckon.
 */
#include "claim/image.h"
#include "core/bound.h"
#include "core/hash.h"
#include <math.h>

#define SHOWN 1000 /* as many parts as are printed: never more than it is */

int np_compile_like(struct np_compile *c)
{
	NP_BOOK_EACH(np_book_like, b, c->book->likes)
	{
		struct np_im_like v = {
			.hash = np_hash64(b->e.name, strlen(b->e.name), 0),
			.least = floor(np_bound(b->k, b->n) * SHOWN) / SHOWN,
			.key = np_compile_text(c, b->e.name),
			.k = b->k,
			.n = b->n,
		};

		if (b->e.sure != NP_UNVERIFIED && b->n)
			np_put(&c->section[NP_S_like], &v, sizeof(v));
	}
	return 0;
}
