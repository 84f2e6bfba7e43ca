/* SPDX-License-Identifier: ISC */
/*
 * The three short algorithms of the textbook on a net of numbered nodes: parts
 * that hang together, nodes and edges whose loss takes a part apart (Hopcroft
 * and Tarjan 1973), and what each node alone keeps connected to a set of roots.
 *
 * Links have no direction. In such a net a node dominates another exactly when
 * it is a cut point between that one and the roots, so dominators fall out of
 * the same walk; the usual iteration (Cooper, Harvey and Kennedy) needs as many
 * rounds as a ring has nodes, and networks are made of rings.
 *
 * No recursion: a chain of a million boxes costs no stack. Time and memory are
 * linear in nodes and edges. All memory is the arena's; NP_ENOMEM when it is
 * out, else 0.
 */
#ifndef NP_NET_H
#define NP_NET_H
#include "core/arena.h"
#include "core/err.h"
#include <stdbool.h>
#include <stdint.h>

#define NP_NOBODY UINT32_MAX

struct np_edge {
	uint32_t a, b; /* the same: is passed over */
	bool many;     /* several links side by side: losing one cuts nothing */
};

/* `n` nodes from 0; the edges stay the caller's. */
struct np_net {
	uint32_t n;
	const struct np_edge *edge;
	uint32_t nedges;
	/* np_net_open's: the arcs of node i are arc[start[i]..start[i + 1]]. */
	uint32_t *start;
	struct np_arc {
		uint32_t to, edge;
	} * arc;
};

/* An edge that names a node from n on gives NP_EINPUT. */
int np_net_open(struct np_net *g, uint32_t n, const struct np_edge *edge,
		uint32_t nedges, struct np_arena *mem);
/* Numbers the parts from 0, in the order of their least nodes. part: n. */
int np_net_parts(const struct np_net *g, struct np_arena *mem, uint32_t *part,
		 uint32_t *ret_parts);
/* Whose loss leaves more parts than there were. node: n, edge: nedges. */
int np_net_cuts(const struct np_net *g, struct np_arena *mem, bool *node,
		bool *edge);
/* The nearest node that every way from the roots passes: n where there is none,
 * NP_NOBODY where no root is reached. below (may be NULL): how many nodes lie
 * behind each, itself not counted. above, below: n. */
int np_net_dominators(const struct np_net *g, const uint32_t *roots,
		      size_t nroots, struct np_arena *mem, uint32_t *above,
		      uint32_t *below);

enum np_on_way { NP_OFF_WAY, NP_ON_SHORTEST, NP_ON_EVERY };
/* Which nodes lie on the shortest ways between two sets of nodes, and which on
 * every way from each of `from` to the roots, ends included. on: n. *ret_steps
 * is the length of the shortest, NP_NOBODY where there is none. */
int np_net_between(const struct np_net *g, const uint32_t *from, size_t nfrom,
		   const uint32_t *roots, size_t nroots, struct np_arena *mem,
		   uint8_t *on, uint32_t *ret_steps);
#endif
