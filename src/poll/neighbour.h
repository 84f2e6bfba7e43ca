/* SPDX-License-Identifier: ISC */
/* Who is next to a host: addresses in the rows of its walk. */
#ifndef NP_POLL_NEIGHBOUR_H
#define NP_POLL_NEIGHBOUR_H
#include "core/cur.h"
#include "poll/plan.h"

/* A walk's rows as they came, one after another. */
struct np_poll_past {
	struct np_oid after;	  /* the last object */
	struct np_poll_pens pens; /* whose objects it has, as far as asked */
	bool surveyed;		  /* ... and that is all */
	unsigned rows;		  /* that are values */
};

/* Notes what a line says of where the asking is. False: no line of a walk that
 * we write. */
bool np_poll_past_line(struct np_poll_past *p, struct np_cur line);
/* The address of a neighbour that a line tells: its octets, 4 or 16; 0: it
 * tells none. */
size_t np_poll_neighbour(struct np_cur line, uint8_t ip[static 16]);
#endif
