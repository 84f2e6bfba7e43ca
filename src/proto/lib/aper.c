/* SPDX-License-Identifier: ISC */
#include "proto/lib/aper.h"

static void cut(struct np_aper *a)
{
	np_skip(&a->c, SIZE_MAX);
	a->bits = 0;
}

static void refuse(struct np_aper *a)
{
	a->refused = true;
	cut(a);
}

uint32_t np_aper_bits(struct np_aper *a, unsigned n)
{
	uint64_t v = 0;

	while (n) {
		if (!a->bits) {
			a->octet = np_u8(&a->c);
			if (a->c.cut)
				return 0;
			a->bits = 8;
		}
		unsigned take = n < a->bits ? n : a->bits;

		a->bits = (uint8_t)(a->bits - take);
		n -= take;
		v = v << take |
		    ((unsigned)a->octet >> a->bits & ((1u << take) - 1));
	}
	return (uint32_t)v;
}

static uint64_t octets(struct np_aper *a, size_t n)
{
	uint64_t v = 0;

	np_aper_align(a);
	while (n--)
		v = v << 8 | np_u8(&a->c);
	return a->c.cut ? 0 : v;
}

static unsigned bits_for(uint64_t most)
{
	unsigned n = 0;

	while (n < 64 && most >> n)
		n++;
	return n;
}

uint64_t np_aper_whole(struct np_aper *a, uint64_t lb, uint64_t ub)
{
	uint64_t most = ub - lb, v;

	if (most < 255)
		v = np_aper_bits(a, bits_for(most));
	else if (most < 65536)
		v = octets(a, most == 255 ? 1 : 2);
	else
		v = octets(a, (size_t)np_aper_whole(a, 1,
						    (bits_for(most) + 7u) / 8));
	/* Bits allow more than the constraint does. */
	if (v > most) {
		cut(a);
		return lb;
	}
	return lb + v;
}

uint32_t np_aper_small(struct np_aper *a)
{
	if (!np_aper_bit(a))
		return np_aper_bits(a, 6);
	size_t n = np_aper_length(a, 0, NP_APER_ANY);

	if (n > 4) {
		refuse(a);
		return 0;
	}
	return (uint32_t)octets(a, n);
}

size_t np_aper_length(struct np_aper *a, size_t lb, size_t ub)
{
	size_t n;

	if (ub < 65536)
		return (size_t)np_aper_whole(a, lb, ub);
	np_aper_align(a);
	n = np_u8(&a->c);
	if (n < 0x80)
		return n;
	n = (n & 0x7f) << 8 | np_u8(&a->c);
	if (n < NP_APER_FRAGMENT)
		return n;
	refuse(a);
	return 0;
}

size_t np_aper_count(struct np_aper *a, size_t lb, size_t ub)
{
	size_t n = np_aper_length(a, lb, ub);

	if (n > NP_APER_ITEMS) {
		refuse(a);
		return 0;
	}
	return a->c.cut ? 0 : n;
}

struct np_cur np_aper_octets(struct np_aper *a, size_t lb, size_t ub,
			     bool extensible)
{
	size_t n = extensible && np_aper_bit(a)
			   ? np_aper_length(a, 0, NP_APER_ANY)
			   : np_aper_length(a, lb, ub);

	np_aper_align(a);
	return np_sub(&a->c, n);
}

uint64_t np_aper_bit_string(struct np_aper *a, size_t lb, size_t ub,
			    size_t *ret_n)
{
	size_t n = np_aper_length(a, lb, ub);
	uint64_t v;

	*ret_n = n;
	if (n > 64) {
		refuse(a);
		return 0;
	}
	/* 16.9, 16.10: only what is fixed and short is not aligned. */
	if (lb != ub || ub > 16)
		np_aper_align(a);
	v = n > 32 ? np_aper_bits(a, (unsigned)n - 32) : 0;
	return v << 32 | np_aper_bits(a, n > 32 ? 32 : (unsigned)n);
}

struct np_cur np_aper_oid(struct np_aper *a)
{
	return np_aper_octets(a, 0, NP_APER_ANY, false);
}

uint32_t np_aper_choice(struct np_aper *a, uint32_t n, bool extensible)
{
	if (extensible && np_aper_bit(a))
		return n + np_aper_small(a);
	return (uint32_t)np_aper_whole(a, 0, n - 1);
}

struct np_aper_sequence np_aper_sequence(struct np_aper *a, unsigned n)
{
	struct np_aper_sequence s = {.extended = np_aper_bit(a)};

	s.present = np_aper_bits(a, n);
	return s;
}

void np_aper_additions(struct np_aper *a, struct np_aper_sequence s)
{
	uint64_t there = 0;
	size_t n, k;

	if (!s.extended || a->c.cut)
		return;
	/* 11.9.3.4: a normally small length, of at least one. */
	n = np_aper_bit(a) ? np_aper_length(a, 0, NP_APER_ANY)
			   : np_aper_bits(a, 6) + 1u;
	if (n > NP_APER_ADDITIONS) {
		refuse(a);
		return;
	}
	for (k = 0; k < n; k++)
		there = there << 1 | np_aper_bit(a);
	for (k = n; k-- && !a->c.cut;)
		if (there >> k & 1)
			(void)np_aper_open(a);
}

struct np_aper np_aper_open(struct np_aper *a)
{
	struct np_aper in = {.depth = (uint8_t)(a->depth + 1)};

	in.c = np_aper_octets(a, 0, NP_APER_ANY, false);
	if (a->depth >= NP_APER_DEPTH)
		refuse(&in);
	in.refused |= a->refused;
	return in;
}
