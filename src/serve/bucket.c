/* SPDX-License-Identifier: ISC */
#include "serve/gate.h"
#include <string.h>

#define FREE_TRIES 3
#define FORGIVEN 900 /* seconds since the last one */

/* The entry of a key; a new one where it has none. */
static struct np_bucket *entry(struct np_buckets *b, uint64_t key, double now)
{
	struct np_bucket *oldest = &b->v[0];

	key = key ? key : 1;
	for (size_t i = 0; i < NP_BUCKETS; i++) {
		struct np_bucket *x = &b->v[i];

		if (x->key == key)
			return x;
		if (!x->key || (oldest->key && x->at < oldest->at))
			oldest = x;
	}
	*oldest = (struct np_bucket){.key = key, .tokens = b->burst, .at = now};
	return oldest;
}

bool np_bucket_take(struct np_buckets *b, uint64_t key, double now,
		    double *ret_wait)
{
	struct np_bucket *x;

	*ret_wait = 0;
	if (b->rate <= 0)
		return true;
	x = entry(b, key, now);
	x->tokens += (now - x->at) * b->rate;
	x->tokens = x->tokens > b->burst ? b->burst : x->tokens;
	x->at = now;
	if (x->tokens < 1) {
		*ret_wait = (1 - x->tokens) / b->rate;
		return false;
	}
	x->tokens--;
	return true;
}

bool np_failing(struct np_buckets *b, uint64_t key, double now,
		double *ret_wait)
{
	struct np_bucket *x = entry(b, key, now);

	*ret_wait = x->until > now ? x->until - now : 0;
	return *ret_wait > 0;
}

void np_failed(struct np_buckets *b, uint64_t key, double now, double most)
{
	struct np_bucket *x = entry(b, key, now);
	double wait = 1;

	if (now - x->at > FORGIVEN)
		x->failures = 0;
	x->at = now;
	x->failures += x->failures < 64;
	if (x->failures <= FREE_TRIES)
		return;
	for (unsigned i = FREE_TRIES; i < x->failures && wait < most; i++)
		wait *= 2;
	x->until = now + (wait > most ? most : wait);
}

void np_succeeded(struct np_buckets *b, uint64_t key)
{
	key = key ? key : 1;
	for (size_t i = 0; i < NP_BUCKETS; i++)
		if (b->v[i].key == key)
			b->v[i] = (struct np_bucket){0};
}
