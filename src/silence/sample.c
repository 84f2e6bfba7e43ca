/* SPDX-License-Identifier: ISC */
/*
 * Which sites to inspect. Hypergeometric and exact: sites are finite, and none
 * is inspected twice. A tie with the confidence that is asked for counts as not
 * reached, so that rounding never errs towards too few.
 */
#include "core/hash.h"
#include "silence/silence.h"
#include <stdio.h>
#include <stdlib.h>

#define TIE 1e-9 /* of a probability: more than doubles lose here */

/* P(none of the marked among n): the product over the shorter of the two. */
static double missed(uint64_t sites, uint64_t marked, uint64_t n)
{
	uint64_t few = marked < n ? marked : n, many = marked < n ? n : marked;
	double p = 1;

	if (marked + n > sites)
		return 0;
	for (uint64_t i = 0; i < few && p > 0; i++)
		p *= (double)(sites - many - i) / (double)(sites - i);
	return p;
}

uint64_t np_sample_size(uint64_t sites, uint64_t present, double confidence)
{
	double may = (1 - confidence) * (1 - TIE);
	uint64_t low = 0, high = sites;

	if (!present)
		return sites; /* nothing less than all of them excludes one */
	while (low < high) {
		uint64_t mid = low + (high - low) / 2;

		if (missed(sites, present, mid) < may)
			high = mid;
		else
			low = mid + 1;
	}
	return high;
}

uint64_t np_sample_most(uint64_t sites, uint64_t inspected, uint64_t found,
			double confidence)
{
	double may = (1 - confidence) * (1 + TIE);
	uint64_t low = found, high = sites - (inspected - found);

	/* The more sites have it, the less likely so few were found. */
	while (low < high) {
		uint64_t mid = low + (high - low + 1) / 2;

		if (np_hyper_most(sites, mid, inspected, found) >= may)
			low = mid;
		else
			high = mid - 1;
	}
	return low;
}

struct draw {
	uint8_t key[32];
	uint64_t site;
};

static int by_key(const void *a, const void *b)
{
	const struct draw *x = a, *y = b;
	int d = memcmp(x->key, y->key, sizeof(x->key));

	return d ? d : (x->site > y->site) - (x->site < y->site);
}

int np_sample_draw(const char *seed, uint64_t sites, uint64_t n, uint64_t *ret)
{
	struct draw *v = calloc(sites ? sites : 1, sizeof(*v));
	struct np_buf b = np_buf(1 << 16);
	int rc = v ? NP_OK : NP_ENOMEM;

	for (uint64_t i = 0; i < sites && !rc; i++) {
		np_buf_clear(&b);
		np_puts(&b, seed);
		np_putc(&b, ':');
		np_putu(&b, i + 1);
		v[i].site = i + 1;
		rc = b.failed ? NP_ENOMEM : NP_OK;
		if (!rc)
			np_sha256(b.p, b.n, v[i].key);
	}
	if (!rc)
		qsort(v, sites, sizeof(*v), by_key);
	for (uint64_t i = 0; i < n && i < sites && !rc; i++)
		ret[i] = v[i].site;
	np_buf_free(&b);
	free(v);
	return rc;
}
