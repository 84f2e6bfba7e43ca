/* SPDX-License-Identifier: ISC */
/*
 * A flow in columns (a Sankey diagram): nodes as high as what goes through
 * them, links between neighbouring columns as thick as what they carry. The
 * order in a column is by barycentres, swept to and fro as in K. Sugiyama, S.
 * Tagawa, M. Toda, IEEE Transactions on Systems, Man, and Cybernetics 11 (1981)
 * 109; of all sweeps the one with the least crossing counts, each crossing by
 * what crosses.
 */
#ifndef NP_DRAW_FLOW_H
#define NP_DRAW_FLOW_H
#include "core/arena.h"
#include "draw/path.h"

struct np_flow_node {
	uint32_t column;
	/* np_flow_lay's: */
	uint64_t n;	/* the greater of what comes in and what goes out */
	uint32_t place; /* in its column, from the top */
	struct np_rect at;
};

struct np_flow_link {
	uint32_t from, to; /* a column and the next */
	uint64_t n;
	/* np_flow_lay's: the middle of each end, and the thickness */
	struct np_spot start, end;
	double thick;
};

struct np_flow {
	struct np_flow_node *node;
	struct np_flow_link *link;
	uint32_t nnodes, nlinks, columns;
	struct np_rect in;
	double thick; /* of a node */
	double gap;   /* between nodes, where there is room for it */
};

/* 0, NP_ENOMEM, or NP_EINPUT: a link does not go from a column to the next. */
int np_flow_lay(struct np_flow *f, struct np_arena *mem);
/* What crosses: for each two links that cross, the product of what they carry
 * (for two links between the same columns). By node.place. */
int np_flow_crossed(const struct np_flow *f, struct np_arena *mem, double *ret);
#endif
