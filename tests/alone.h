/* SPDX-License-Identifier: ISC */
/*
 * A sighting by itself and a fold that holds nothing else say the same: what
 * `identify` answers is the verdict's own table.
 */
#ifndef NP_TESTS_ALONE_H
#define NP_TESTS_ALONE_H
#include "core/hash.h"
#include "device/device.h"
#include <stdio.h>
#include <stdlib.h>

static inline void put_alone(const struct np_device *d,
			     const struct np_kept_claim *c, size_t n,
			     struct np_buf *b)
{
	const char *const words[] = {d->brand,	 d->model,  d->family,
				     d->version, d->serial, d->os,
				     d->function};

	np_putf(b, "%s %u %u %u %d", np_sure_name(d->sure), d->maker, d->rival,
		d->middlebox, d->neighbour);
	for (size_t i = 0; i < NP_COUNT(words); i++) {
		np_putc(b, ' ');
		np_putjsons(b, words[i]);
	}
	for (size_t i = 0; i < n; i++) {
		np_putf(b, "\n  %d E%d %u %u %u %d %d%d%d %s ", c[i].what,
			c[i].grade, c[i].maker, c[i].group, c[i].field,
			c[i].scope, c[i].settable, c[i].computer, c[i].lowered,
			c[i].rule);
		np_putjsons(b, c[i].value);
		np_putjson(b, c[i].text, c[i].text_n);
	}
	np_putc(b, '\n');
}

/* The sighting, with the fold's answer and ours in *one and *two; 0 or 1: are
 * they the same? -1: the fold did not take it, or knows it as a subscriber's.
 */
static inline int alone_as_fold(const struct np_knowledge *k,
				struct np_sighting *s,
				const struct np_claims *c,
				struct np_hasher *hasher, struct np_buf *one,
				struct np_buf *two)
{
	struct np_fold *f = np_fold_new(k, 10);
	struct np_arena mem = np_arena((size_t)16 << 20);
	struct np_occurrence seen = {.source = 1, .count = 1, .place = 1};
	struct np_kept_claim *claims;
	struct np_devices all;
	struct np_evidence e;
	struct np_device d;
	size_t n;
	int same = -1;

	s->seen = seen;
	/* Subscribers' boxes are counted only. */
	s->owner = NP_OWNER_OPERATOR;
	np_sighting_id(s, hasher, s->id);
	if (!f || np_alone(k, s, c, &mem, &d, &claims, &n))
		abort();
	if (np_fold_add(f, s, c) == 0 && np_fold_devices(f, &all) == 0 &&
	    all.n == 1 && np_device_evidence(&all, all.v, &mem, &e) == 0) {
		np_buf_clear(one);
		np_buf_clear(two);
		put_alone(all.v, e.claims, e.nclaims, one);
		put_alone(&d, claims, n, two);
		same = one->n == two->n && memcmp(one->p, two->p, one->n) == 0;
	}
	np_arena_free(&mem);
	np_fold_free(f);
	return same;
}
#endif
