/* SPDX-License-Identifier: ISC */
/* Like cases: how often answers that rest on the same were right. */
#include "claim/ask.h"
#include "core/hash.h"

static const struct np_im_like *find(const struct np_image *im, const char *key,
				     size_t n)
{
	uint64_t hash = np_hash64(key, n, 0);

	for (size_t i = 0; i < im->n_like; i++)
		if (im->like[i].hash == hash)
			return &im->like[i];
	return NULL;
}

bool np_like_cases(const struct np_knowledge *k, const char *key,
		   struct np_like *ret)
{
	size_t n = key ? strlen(key) : 0;

	while (n) {
		const struct np_im_like *x = find(&k->im, key, n);

		if (x) {
			*ret = (struct np_like){
				.key = np_im_text(&k->im, x->key),
				.k = x->k,
				.n = x->n,
				.least = x->least,
			};
			return true;
		}
		while (n && key[--n] != '/')
			continue;
	}
	return false;
}
