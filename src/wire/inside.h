/* SPDX-License-Identifier: ISC */
/* What the files of wire/ share among themselves. */
#ifndef NP_WIRE_INSIDE_H
#define NP_WIRE_INSIDE_H
#include "core/limits.h"
#include "wire/flows.h"
#include "wire/macs.h"
#include "wire/wire.h"

typedef const struct np_proto *const *np_candidates;

/* Who may want what: built once from the match rows of all protocols. */
struct np_routes {
	uint8_t ethertype[65536], udp[65536], tcp[65536]; /* index in sets */
	uint8_t ip[256], icmp6[256];
	const struct np_proto *set[256][8]; /* NULL behind the last */
	size_t nsets;
	uint8_t alone[NP_NPROTOS]; /* the set that a protocol is by itself */
	struct np_route {
		enum np_on on;
		uint32_t a, b;
		uint8_t set;
	} odd[128]; /* LLC, SNAP, PPP, beacons, SCTP */
	size_t nodd;
	/* Prefixes by first octet: rows first[b] .. first[b + 1]. */
	struct np_prefix {
		const struct np_match *match;
		uint8_t set;
	} datagram[64], stream[64];
	uint8_t datagram_first[257], stream_first[257];
	bool busy[65536]; /* UDP: a port that somebody asks about */
	/* Bit a << 8 | b: a prefix begins with octets a, b. */
	uint8_t datagram_pair[8192], stream_pair[8192];
};

/* A prefix may begin with the two octets at p. */
static inline bool np_pair_of(const uint8_t pair[8192], const uint8_t *p)
{
	return pair[p[0] << 5 | p[1] >> 3] >> (p[1] & 7) & 1;
}

bool np_routes_build(struct np_routes *r);
np_candidates np_route_odd(const struct np_routes *r, enum np_on on, uint32_t a,
			   uint32_t b);
/* Candidates by first octets; NULL when none. */
np_candidates np_route_text(const struct np_routes *r,
			    const struct np_prefix *list, const uint8_t *first,
			    struct np_cur c);

/* What is left of a set when those before `p` do not want the octets. */
np_candidates np_route_from(np_candidates set, const struct np_proto *p);
/* Who is asked about what follows a message of protocol number `i`: all that
 * want such a beginning, if it is among them. */
np_candidates np_route_next(const struct np_routes *r, np_candidates by_text,
			    size_t i);

/* One frame on its way inwards. */
struct np_way {
	const struct np_frame *frame;
	const uint8_t *base; /* octet 0 of offsets: frame or reassembled */
	size_t base_n;
	struct np_from from;
	bool subscriber;  /* inside a subscriber's tunnel */
	bool reassembled; /* base is no frame */
};

/* LINKTYPE_ of Ethernet, and the ethertypes that more than one file knows. */
enum {
	LINK_ETHERNET = 1,
	TYPE_IP4 = 0x0800,
	TYPE_TEB = 0x6558, /* a frame inside: RFC 1701's list */
	TYPE_CTAG = 0x8100,
	TYPE_IP6 = 0x86dd,
	TYPE_STAG = 0x88a8,
	TYPE_GRE_BONDING = 0xb7ea, /* RFC 8157 4 */
};

struct np_fragments;
struct np_sctps;

/* Octets of undecided TCP directions, by their age. */
struct np_pendings {
	struct np_pending *oldest, *newest;
	size_t held;
};

/* What a plain IP header carries, in no tunnel and no fragment. */
struct np_segment {
	const uint8_t *addresses; /* source and destination, ip_len each */
	const uint8_t *l4;	  /* room octets of it are there */
	size_t room, n;		  /* n: its length, by the IP header */
	uint64_t hash;		  /* of the direction, TCP only */
	uint64_t *done;		  /* its word, if it still has its hash */
	uint8_t ip_len, proto;
};

/* A glance at a frame, taken before its turn comes (quick.c). */
struct np_glance {
	uint64_t number; /* of the frame; 0: none */
	uint64_t sender; /* as np_mac_key() has it */
	enum {
		NP_LOOK,
		NP_LOOK_SYN,
		NP_LOOK_UDP,
		NP_LOOK_TCP,
		NP_NOTHING
	} what;
	struct np_segment s;
};

struct np_wire {
	struct np_wire_conf conf;
	np_payload_fn *fn;
	void *ctx;
	struct np_routes routes;
	struct np_macs macs;
	struct np_flows flows;
	struct np_pendings pendings;
	struct np_fragments *fragments;
	struct np_sctps *sctps;
	struct np_wire_stats stats;
	struct np_glance glance[NP_AHEAD]; /* by number of the frame */
};

/* Gives a payload to its candidates as one datagram. */
void np_wire_give(struct np_wire *w, const struct np_way *y, np_candidates set,
		  struct np_cur c);

void np_peel_ethernet(struct np_wire *w, struct np_way *y, struct np_cur c);
void np_peel_ethertype(struct np_wire *w, struct np_way *y, uint16_t type,
		       struct np_cur c);
void np_peel_llc(struct np_wire *w, struct np_way *y, struct np_cur c);
void np_peel_ppp(struct np_wire *w, struct np_way *y, struct np_cur c);
void np_peel_wlan(struct np_wire *w, struct np_way *y, struct np_cur c);
void np_peel_ip4(struct np_wire *w, struct np_way *y, struct np_cur c);
void np_peel_ip6(struct np_wire *w, struct np_way *y, struct np_cur c);
/* By the version nibble. */
void np_peel_ip(struct np_wire *w, struct np_way *y, struct np_cur c);
void np_peel_transport(struct np_wire *w, struct np_way *y, uint8_t proto,
		       struct np_cur c);
void np_peel_udp(struct np_wire *w, struct np_way *y, struct np_cur c);
void np_peel_tcp(struct np_wire *w, struct np_way *y, struct np_cur c);
void np_peel_sctp(struct np_wire *w, struct np_way *y, struct np_cur c);
/* A tunnel by UDP port; true when it was one (opened, counted or broken). */
bool np_peel_udp_tunnel(struct np_wire *w, struct np_way *y, struct np_cur c);
bool np_peel_udp_tunnel_at(struct np_wire *w, struct np_way *y, uint16_t port,
			   struct np_cur c);
void np_peel_gre(struct np_wire *w, struct np_way *y, struct np_cur c);
void np_peel_mpls(struct np_wire *w, struct np_way *y, struct np_cur c);
void np_peel_pppoe(struct np_wire *w, struct np_way *y, struct np_cur c);
/* Steps into a tunnel: false when it is too deep. */
bool np_way_deeper(struct np_way *y);
/* Steps into a subscriber's tunnel: counts it, and says whether to go on. */
bool np_way_subscriber(struct np_wire *w, struct np_way *y);

/* The type of a VLAN tag: IEEE 802.1Q, 802.1ad, and what was used before. */
static inline bool np_is_tag(unsigned type)
{
	return type == TYPE_CTAG || type == TYPE_STAG || type == 0x9100 ||
	       type == 0x9200;
}

/* Nothing follows: a last call for all directions, and the table is empty. */
void np_tcp_end(struct np_wire *w);
void np_tcp_release(struct np_wire *w);

/* Octets of a TCP header. */
static inline size_t np_segment_head(const struct np_segment *s)
{
	return (s->l4[12] >> 4) * 4u;
}
/* Glances name senders' contexts, which a segment takes with it. */
void np_forget_glances(struct np_wire *w);
/* True: the frame was counted, and nothing more is to be done with it. */
bool np_peel_quick(struct np_wire *w, const struct np_frame *f);
/* UDP ports of tunnels, 0 behind the last. */
extern const uint16_t np_tunnel_ports[];

struct np_fragments *np_fragments_new(const struct np_wire_conf *conf);
/* A piece of a datagram. When it is whole: true and *ret the octets, valid
 * until the next frame. */
bool np_fragment(struct np_wire *w, const struct np_way *y, uint32_t id,
		 uint8_t proto, size_t offset, bool more, struct np_cur c,
		 struct np_cur *ret);
void np_fragments_free(struct np_fragments *f);

struct np_sctps *np_sctps_new(void);
void np_sctps_free(struct np_sctps *s);
#endif
