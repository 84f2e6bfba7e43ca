/* SPDX-License-Identifier: ISC */
/*
 * Aligned PER (X.691), what the protocols of a radio access network are written
 * in. A value has no tag: what the next bits mean is known from the
 * specification alone, so every reader is told the constraint, and a reader
 * that is told a wrong one reads nonsense, never beyond its cursor.
 *
 * As with np_cur, a read past the end gives zero and cuts `c` for good, and so
 * does what is over a limit; `refused` tells the second apart.
 */
#ifndef NP_APER_H
#define NP_APER_H
#include "core/cur.h"

/* Open types inside one another; the protocols here need five. */
#define NP_APER_DEPTH 8
/* Elements of one SEQUENCE OF. */
#define NP_APER_ITEMS 1024
/* A length from here on comes in fragments (X.691 11.9.3.8), which are not put
 * together: octets there. */
#define NP_APER_FRAGMENT 16384
/* Additions to one SEQUENCE. */
#define NP_APER_ADDITIONS 64

/* No upper bound. */
#define NP_APER_ANY UINT32_MAX

struct np_aper {
	struct np_cur c; /* whole octets that are left */
	uint8_t octet;	 /* the one before them ... */
	uint8_t bits;	 /* ... and how many of its low bits are left */
	uint8_t depth;
	bool refused;
};

static inline struct np_aper np_aper(struct np_cur c)
{
	return (struct np_aper){.c = c};
}

/* What is left of an octet that was begun is padding. */
static inline void np_aper_align(struct np_aper *a)
{
	a->bits = 0;
}

/* A bit-field of at most 32 bits. */
uint32_t np_aper_bits(struct np_aper *a, unsigned n);
static inline bool np_aper_bit(struct np_aper *a)
{
	return np_aper_bits(a, 1);
}

/* INTEGER (lb..ub) (11.5); ub - lb below 2^56. */
uint64_t np_aper_whole(struct np_aper *a, uint64_t lb, uint64_t ub);
/* A normally small non-negative whole number (11.6). */
uint32_t np_aper_small(struct np_aper *a);
/* A length determinant (11.9): fixed, constrained, or with NP_APER_ANY or an
 * ub of 64K or more unconstrained, where fragments are refused. */
size_t np_aper_length(struct np_aper *a, size_t lb, size_t ub);
/* How many elements a SEQUENCE (SIZE (lb..ub)) OF has; more than NP_APER_ITEMS
 * are refused. */
size_t np_aper_count(struct np_aper *a, size_t lb, size_t ub);

/* OCTET STRING and the strings whose characters are octets in this variant:
 * PrintableString, VisibleString (SIZE (lb..ub)), UTF8String (0, NP_APER_ANY,
 * whatever its size constraint, 30.6). ub is at least 3: shorter ones are not
 * aligned, and are np_aper_bits(). `extensible`: SIZE (lb..ub, ...). */
struct np_cur np_aper_octets(struct np_aper *a, size_t lb, size_t ub,
			     bool extensible);
/* BIT STRING (SIZE (lb..ub)) of at most 64 bits; how many there are in ret_n.
 */
uint64_t np_aper_bit_string(struct np_aper *a, size_t lb, size_t ub,
			    size_t *ret_n);
/* OBJECT IDENTIFIER: its contents as in BER. */
struct np_cur np_aper_oid(struct np_aper *a);

/* Which of n alternatives a CHOICE is (23), which of n values an ENUMERATED is
 * (14): from n on those added later, whose value a CHOICE has in an open type.
 */
uint32_t np_aper_choice(struct np_aper *a, uint32_t n, bool extensible);
static inline uint32_t np_aper_enumerated(struct np_aper *a, uint32_t n,
					  bool extensible)
{
	return np_aper_choice(a, n, extensible);
}

/* The head of an extensible SEQUENCE (19) with n components, at most 32, that
 * may be missing, the first in the highest of n bits. */
struct np_aper_sequence {
	bool extended;
	uint32_t present;
};
struct np_aper_sequence np_aper_sequence(struct np_aper *a, unsigned n);
/* Passes what was added to a SEQUENCE later. */
void np_aper_additions(struct np_aper *a, struct np_aper_sequence s);

/* An open type (11.2): its contents, one deeper; the reader moves behind. */
struct np_aper np_aper_open(struct np_aper *a);
#endif
