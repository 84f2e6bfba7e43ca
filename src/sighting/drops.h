/* SPDX-License-Identifier: ISC */
/*
 * How often which fields were kept back at seal(). Few payloads differ in what
 * they lose, so a set of fields has a number, by which a payload that comes
 * again counts them once more. Where too many differ, they are counted by no
 * field.
 */
#ifndef NP_DROPS_H
#define NP_DROPS_H
#include "sighting/sighting.h"

#define NP_DROP_SETS 512
#define NP_DROP_FIELDS 256 /* of a source */

struct np_drop_set {
	uint16_t field[NP_MAX_DROPPED];
	uint16_t n;
};

struct np_drops {
	struct np_drop_set set[NP_DROP_SETS]; /* the first: of nothing */
	size_t nsets;			      /* 0: only that */
	struct np_dropped dropped[NP_DROP_FIELDS];
	size_t ndropped;
};

/* Counts what was kept back since w->ndropped was 0. */
void np_drops_count(struct np_drops *d, const struct np_withheld *w);
/* The number of these fields; 0 where there is no room. */
uint16_t np_drops_set(struct np_drops *d, const struct np_withheld *w);
/* Counts those of a number once more. */
void np_drops_again(struct np_drops *d, uint16_t set);
#endif
