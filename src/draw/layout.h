/* SPDX-License-Identifier: ISC */
/*
 * Where the nodes of a graph stand. Each node belongs to a cluster, which is a
 * disc: discs do not overlap, and the area of one is as the number of its
 * nodes. Discs, and nodes inside of them, settle by springs and repulsion (T.
 * Fruchterman, E. Reingold, Software: Practice and Experience 21 (1991) 1129;
 * far ones as one, J. Barnes, P. Hut, Nature 324 (1986) 446).
 *
 * The same graph gives the same places: rounds are counted, not timed, nothing
 * is drawn by lot, one thread. Loops and links that are there twice do no harm.
 */
#ifndef NP_DRAW_LAYOUT_H
#define NP_DRAW_LAYOUT_H
#include "core/arena.h"
#include "draw/path.h"

struct np_layout_link {
	uint32_t a, b;
};
struct np_disc {
	struct np_spot at;
	double r;
};

struct np_layout {
	uint32_t n, nclusters, nlinks;
	const uint32_t *cluster; /* by node */
	const struct np_layout_link *link;
	/* By cluster: where it would stand if there was room, in any unit; NaN:
	 * anywhere. NULL: all anywhere. */
	const struct np_spot *want;
	double room; /* a node's, in the drawing's unit */
	/* np_layout's: by node, by cluster; the drawing begins at (0, 0). */
	struct np_spot *at;
	struct np_disc *disc;
	double w, h;
	/* Clusters that links join, each two once, sorted; and by how many. */
	struct np_layout_link *between;
	uint32_t *many, nbetween;
};

/* 0, NP_ENOMEM, or NP_EINPUT: a cluster or node that is not there. */
int np_layout(struct np_layout *l, struct np_arena *mem);

/* ---- its parts */

/* A body that settles: where it is, how great. */
struct np_body {
	struct np_spot at;
	double r;
};
/* So many rounds over n bodies; links by their numbers. Nobody gets further
 * from its neighbours than pulls and pushes let it. */
int np_settle(struct np_body *v, uint32_t n, const struct np_layout_link *link,
	      uint32_t nlinks, unsigned rounds, struct np_arena *mem);
/* Pushes discs apart until none overlaps and `gap` is between them. */
int np_apart(struct np_disc *v, uint32_t n, double gap, struct np_arena *mem);
#endif
