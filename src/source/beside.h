/* SPDX-License-Identifier: ISC */
/*
 * What a person wrote down beside a source: `capture.yaml` in its folder is
 * about every source there, `NAME.yaml` about the source NAME alone and wins
 * key by key. What neither says is not recorded, never zero.
 */
#ifndef NP_BESIDE_H
#define NP_BESIDE_H
#include "core/arena.h"
#include "core/err.h"
#include <stdint.h>

struct np_beside {
	const char *site, *tap, *direction, *taken_by, *legal_basis;
	const char *origin;	  /* "field", "laboratory", "constructed" */
	const char *clock_offset; /* as written */
	/* How it was looked, where the kind of source does not say: "poll". */
	const char *method;
	const char *taken; /* YYYY-MM-DD, of a source without times */
	int64_t drops;	   /* -1: not recorded */
};

/* Reads what is there into memory of `mem`; absent files are no error. */
int np_beside_read(const char *source, struct np_arena *mem,
		   struct np_beside *ret, struct np_err *reterr);
#endif
