/* SPDX-License-Identifier: ISC */
/* What the files of this room share. */
#ifndef NP_GRAPH_INSIDE_H
#define NP_GRAPH_INSIDE_H
#include "graph/graph.h"

/* Ids that join no devices but name the ends of links. */
enum np_end_kind {
	NP_END_OSPF = NP_KEY__MAX, /* router id */
	NP_END_ISIS,		   /* system id */
	NP_END_LACP,		   /* system id */
};

/* Whose key it is. Several entries of one key are several devices. */
struct np_owner_of {
	const char *v;
	uint32_t n, device;
	uint32_t next; /* of the same hash; index + 1 */
	uint8_t kind;  /* enum np_keykind, enum np_end_kind */
};

struct np_ids { /* sightings, and the devices that rest on them */
	struct np_id_of {
		uint64_t id; /* its first octets: it is a hash */
		uint32_t device, next;
	} * v;
	uint32_t *slot;
	uint32_t n, cap, slots;
};

struct np_owners {
	struct np_owner_of *v;
	uint32_t *slot; /* index + 1; a power of two of them */
	uint32_t n, cap, slots;
};

/* What was said, before it is known whose the other end is. */
struct np_said {
	uint32_t device; /* the end that is known */
	uint32_t other;	 /* the other, or NP_NOBODY */
	uint32_t site;	 /* of the source */
	uint8_t kind, layer;
	bool by_other; /* the other end says it */
	uint8_t nends;
	struct np_end {
		uint8_t kind;
		const char *v;
		uint32_t n;
	} end[4]; /* keys of the other, any of which will do */
	const char *port, *port_other;
	uint8_t sighting[NP_ID];
};

struct np_fields {
	uint16_t ospf_router, ospf_neighbor, isis_system, isis_neighbor;
	uint16_t lacp_actor, lacp_adjacent, lacp_actor_port, lacp_partner_port;
	uint16_t ptp_way, ptp_steps, stp_bridge, stp_root;
	uint16_t port[6]; /* that say a sender's own port */
};

struct np_graph {
	const struct np_devices *devices;
	np_site_fn *site;
	void *ctx;
	struct np_fields f;
	struct np_arena mem;
	struct np_ids ids;
	struct np_owners owners;
	struct np_said *said;
	uint32_t nsaid, said_cap;
	/* ports that a device was heard to have: device, name */
	struct np_port {
		uint32_t device;
		uint32_t other; /* NP_NOBODY: not known */
		const char *said;
		char plain[32];
	} * port;
	uint32_t nport, port_cap;
	/* who sent LLDP on a wire that was tapped */
	struct np_tapped {
		uint32_t source, device, site;
		const char *port;
		uint8_t sighting[NP_ID];
	} * tapped;
	uint32_t ntapped, tapped_cap;
	/* np_graph_close */
	struct np_node *node;
	struct np_link *link;
	struct np_joint *joint;
	struct np_contradiction *contradiction;
	uint32_t nlink, njoint, ncontradiction, unknown, ambiguous;
	struct np_net net; /* of the links that count */
	struct np_edge *edge;
	uint32_t *edge_link; /* which link each edge is */
	uint32_t nedge;
	bool closed;
};

/* Grows an array in the arena, doubling; false: out of memory. */
bool np_graph_room(struct np_graph *g, void *array, uint32_t n, uint32_t *cap,
		   size_t size);

/* ---- index.c */
int np_graph_index(struct np_graph *g);
int np_owners_add(struct np_graph *g, unsigned kind, const void *v, size_t n,
		  uint32_t device);
/* The device with a key, at a site; NP_NOBODY, and *ret_several where it may be
 * one of several. */
uint32_t np_owners_find(const struct np_graph *g, unsigned kind, const void *v,
			size_t n, uint32_t site, bool *ret_several);
/* The device that rests on a sighting. */
uint32_t np_ids_find(const struct np_graph *g, const uint8_t *id,
		     uint32_t site);

/* ---- tap.c */
/* LLDP that was heard on the link, from this port. */
int np_tap_hear(struct np_graph *g, const struct np_sighting *s,
		uint32_t device, uint32_t site, const char *port);
/* Two boxes alone on a wire are joined. */
int np_tap_say(struct np_graph *g);

/* ---- hear.c: what sightings say; build.c: what comes of it */
/* One thing said of a device; NULL: out of memory. */
struct np_said *np_graph_say(struct np_graph *g, const uint8_t *sighting,
			     uint32_t device, uint32_t site, unsigned kind);
int np_graph_port(struct np_graph *g, uint32_t device, const char *port,
		  uint32_t other);
#endif
