/* SPDX-License-Identifier: ISC */
/*
 * Bars side by side: as few lanes as there are bars at one time, and no lane
 * has two bars at one time. First fit in the order of their beginnings needs no
 * more lanes than that.
 */
#ifndef NP_DRAW_LANES_H
#define NP_DRAW_LANES_H
#include "core/arena.h"
#include <stdint.h>

/* From a day up to, and without, another; one that ends before it has begun
 * takes its first day. */
struct np_span {
	int32_t from, until;
};

/* lane: n. 0 or NP_ENOMEM. O(n log n). */
int np_lanes(const struct np_span *v, size_t n, struct np_arena *mem,
	     uint32_t *lane, uint32_t *ret_lanes);
#endif
