/* SPDX-License-Identifier: ISC */
/*
 * Topology: which boxes are joined, as far as it was seen. A graph is made from
 * what sightings say of links, after fold() has said which boxes there are:
 * tables of neighbours (LLDP, CDP), LACP's partner, hellos and link state of
 * routing protocols, the way of a PTP clock's time, who spoke 3GPP's protocols
 * with whom.
 *
 * It is what was seen and no more. A box that is a cut point here may have a
 * second link that nobody looked at; so everything that is concluded is a
 * candidate, is said with how many of its ports are known, and no removal plan
 * may rest on it (np_cuts.rests: always false, kept as a member so that whoever
 * reads the outcome has to meet it).
 *
 * The result is a function of the set of sightings: links are sorted, and
 * nothing depends on the order in which they were heard.
 *
 *	np_graph_new(), np_graph_hear() for each sighting, np_graph_close(),
 *then np_graph_cuts() and the rest.
 *
 * A graph is one thread's. Memory is its own and has a limit.
 */
#ifndef NP_GRAPH_H
#define NP_GRAPH_H
#include "core/arena.h"
#include "device/device.h"
#include "graph/net.h"

/* From what is surest of two boxes being next to each other to what is least. A
 * link counts for cut points only where no layer before it joins its ends
 * already: an OSPF adjacency over a switch must not hide the switch. */
enum np_layer {
	NP_WIRE,	/* heard on the link: LLDP, CDP, LACP … */
	NP_ROUTE,	/* adjacent routers */
	NP_CLOCK,	/* neighbours in a clock's way */
	NP_ASSOCIATION, /* who is associated with whom, over whatever lies
			 * between
			 */
	NP_BEHIND,	/* somewhere behind it: never counts */
	NP_NLAYERS
};
const char *np_layer_name(enum np_layer l); /* "wire" … */

/* How a link was seen, kinds.c; bits of np_link.kinds by these numbers. */
struct np_kind {
	const char *name;      /* protocol: "lldp" */
	const char *interface; /* what people call it: "S1"; NULL: the name */
	enum np_layer layer;
};
#define NP_MAX_KINDS 32
extern const struct np_kind np_link_kinds[]; /* ends with a NULL name */
/* NP_MAX_KINDS when there is none of the name. */
unsigned np_kind_find(const char *name, size_t n);

/* One time that a link was said: by which sighting, with which ports. */
struct np_joint {
	uint32_t a, b; /* devices, by index in np_devices; a < b */
	uint8_t kind;
	uint8_t layer;		     /* enum np_layer */
	bool by_a;		     /* who says it: a, else b */
	const char *port_a, *port_b; /* as said; NULL: not said */
	uint8_t sighting[NP_ID];
};

/* All that joins two boxes. */
struct np_link {
	uint32_t a, b;
	uint32_t kinds;	     /* bits */
	uint32_t first, n;   /* its joints */
	enum np_layer layer; /* the best of them */
	bool counts;	     /* for cut points */
	bool many;	     /* several ports side by side */
	bool both;	     /* each end says it of the other */
};

/* One port that is said to lead to several boxes. */
struct np_contradiction {
	uint32_t device;
	const char *port;   /* as said first */
	uint32_t others[4]; /* the first of them, sorted */
	uint32_t n;	    /* how many in all */
};

struct np_node {
	uint32_t links;	    /* other boxes it has a link to, in any layer */
	uint32_t ports;	    /* that are known, by name */
	uint32_t all_ports; /* that it has; 0: not known */
};

struct np_graph;
/* Which site a source stands at; NP_NO_SITE: none. */
typedef uint32_t np_site_fn(void *ctx, uint32_t source);
/* `d` has to outlive it. NULL when memory is out. */
struct np_graph *np_graph_new(const struct np_devices *d, np_site_fn *site,
			      void *ctx);
/* The device that rests on it; NP_NOBODY: none. */
uint32_t np_graph_of(const struct np_graph *g, const struct np_sighting *s);
/* What one sighting says of links; id and seen.source filled. Of one that none
 * of the devices rests on nothing is taken. */
int np_graph_hear(struct np_graph *g, const struct np_sighting *s);
/* Everything was heard. */
int np_graph_close(struct np_graph *g);
void np_graph_free(struct np_graph *g);

/* After np_graph_close. All arrays live as long as the graph. */
struct np_graph_view {
	const struct np_devices *devices;
	const struct np_node *nodes; /* by device */
	const struct np_link *links; /* sorted by ends */
	const struct np_joint *joints;
	const struct np_contradiction *contradictions;
	uint32_t nlinks, njoints, ncontradictions;
	uint32_t unknown;   /* ends that no device is known for */
	uint32_t ambiguous; /* ends that several devices may be */
};
void np_graph_view(const struct np_graph *g, struct np_graph_view *ret);

/* What the links that count say of the boxes; arrays by device. */
struct np_cuts {
	bool rests;	  /* may a removal plan rest on it: never */
	const bool *node; /* losing it takes a part apart */
	const bool *link; /* the same of links, by link */
	const uint32_t *part;
	uint32_t parts;		       /* with more than one box in them */
	uint32_t largest;	       /* boxes in the largest */
	const uint32_t *above, *below; /* as np_net_dominators; NULL without
					  roots */
};
/* `roots` are devices; none: above and below stay NULL. */
int np_graph_cuts(struct np_graph *g, const uint32_t *roots, size_t nroots,
		  struct np_cuts *ret);
/* Boxes on the ways between two sets, as np_net_between; *ret_on lives as long
 * as the graph. */
int np_graph_between(struct np_graph *g, const uint32_t *from, size_t nfrom,
		     const uint32_t *roots, size_t nroots,
		     const uint8_t **ret_on, uint32_t *ret_steps);
/* The device with this id, or with this key in any kind ("R1", "10.0.0.1");
 * NP_NOBODY: none, or several. */
uint32_t np_graph_find(const struct np_graph *g, const char *word);

/* How a port is written by one box and by another: "GE0/0/1" and
 * "GigabitEthernet0/0/1" are one. At most n - 1 octets and a NUL. */
void np_port_plain(const char *port, char *to, size_t n);
#endif
