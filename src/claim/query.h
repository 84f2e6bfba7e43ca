/* SPDX-License-Identifier: ISC */
/*
 * What `identify` is asked (contract, section 3): a line of JSON that holds one
 * or several facts of one box. It becomes a sighting that nobody heard; from
 * there on all goes the way of sightings.
 */
#ifndef NP_QUERY_H
#define NP_QUERY_H
#include "claim/claim.h"

#define NP_QUERY_SIZE ((size_t)1 << 20) /* octets in a line */
/* What a line may make of itself: its decoded strings. */
#define NP_QUERY_MEMORY (2 * NP_QUERY_SIZE)

struct np_query {
	struct np_cur id; /* as it stands in the line; empty: there was none */
	struct np_sighting sighting; /* its id and occurrence are not set */
};

/* The line and `mem` have to outlive it. Not 0: `reterr` says why, and the id
 * is given if it stood before what is broken. `whole` is false of a line that
 * goes on. */
int np_query_read(const struct np_knowledge *k, const void *line, size_t n,
		  bool whole, struct np_arena *mem, struct np_query *ret,
		  struct np_err *reterr);
#endif
