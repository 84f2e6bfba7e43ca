/* SPDX-License-Identifier: ISC */
/* Ethernet and its tags, LLC, PPP, MPLS, 802.11. */
#include "wire/inside.h"

enum {
	TYPE_MPLS = 0x8847,
	TYPE_MPLS_UP = 0x8848,
	TYPE_PPPOE_SESSION = 0x8864,
	TYPE_PBB = 0x88e7,
	TYPE_CMD = 0x8909,
	TYPE_FABRICPATH = 0x8903,
};

/* 01-80-C2-00-00-00 to -0F: never forwarded by a compliant bridge
 * (IEEE 802.1Q 8.6.3). */
static bool link_local(const uint8_t *mac)
{
	static const uint8_t block[] = {0x01, 0x80, 0xc2, 0x00, 0x00};

	return memcmp(mac, block, sizeof(block)) == 0 && mac[5] < 0x10;
}

/* Index + 1 of the context that a sender is heard in; 0: no room. */
static unsigned context_of(struct np_wire *w, const struct np_way *y,
			   unsigned proto)
{
	bool plain = proto == NP_P_ethernet && !y->from.depth &&
		     !y->subscriber && y->from.nvlan <= 2;
	struct np_mac_context x;
	uint32_t tags = 0;
	unsigned known = 0;

	for (unsigned i = 0; plain && i < y->from.nvlan; i++)
		tags = np_tags_push(tags, y->from.vlan[i]);
	if (plain)
		known = np_macs_tagged(&w->macs, tags);
	if (known)
		return known;
	memset(&x, 0, sizeof(x));
	x.depth = y->from.depth;
	x.nvlan = y->from.nvlan;
	x.proto = (uint8_t)proto;
	x.subscriber = y->subscriber;
	memcpy(x.vlan, y->from.vlan, 2u * x.nvlan);
	known = np_macs_context(&w->macs, &x);
	if (plain)
		np_macs_know(&w->macs, tags, known);
	return known;
}

/* Counts the sender once its tags are known. */
static void count_sender(struct np_wire *w, const struct np_way *y,
			 unsigned proto)
{
	unsigned context = context_of(w, y, proto);
	uint8_t mac[8] = {0};

	if (!context)
		return;
	memcpy(mac, y->from.src_mac, 6);
	np_macs_count(&w->macs, np_mac_key(mac, context - 1), y->frame->time,
		      y->frame->number);
}

void np_peel_ethernet(struct np_wire *w, struct np_way *y, struct np_cur c)
{
	const uint8_t *head = np_take(&c, 12);
	uint16_t type = np_be16(&c);

	if (c.cut)
		return;
	y->from.dst_mac = head;
	y->from.src_mac = head + 6;
	y->from.reach = head[0] & 1 && link_local(head) ? NP_LINK : NP_BRIDGED;
	/* Cisco FabricPath: both addresses are numbers of switches. */
	if (type == TYPE_FABRICPATH) {
		np_skip(&c, 2);
		if (np_way_deeper(y))
			np_peel_ethernet(w, y, c);
		return;
	}
	while (np_is_tag(type) && y->from.nvlan < NP_MAX_VLANS) {
		y->from.vlan[y->from.nvlan++] = np_be16(&c) & 0x0fff;
		type = np_be16(&c);
		if (c.cut)
			break;
	}
	count_sender(w, y, NP_P_ethernet);
	if (c.cut)
		return;
	if (type >= 0x0600 || type == 0) {
		np_peel_ethertype(w, y, type, c);
		return;
	}
	/* IEEE 802.3 3.2.6: a length; padding behind it is not the message. */
	if (c.left > type)
		c.left = type;
	np_peel_llc(w, y, c);
}

void np_peel_ethertype(struct np_wire *w, struct np_way *y, uint16_t type,
		       struct np_cur c)
{
	y->from.ethertype = type;
	switch (type) {
	case TYPE_IP4:
		np_peel_ip4(w, y, c);
		return;
	case TYPE_IP6:
		np_peel_ip6(w, y, c);
		return;
	case TYPE_MPLS:
	case TYPE_MPLS_UP:
		np_peel_mpls(w, y, c);
		return;
	case TYPE_PPPOE_SESSION:
		np_peel_pppoe(w, y, c);
		return;
	case TYPE_CTAG:
	case TYPE_STAG: /* inside a cooked capture or a tunnel */
		if (c.left < 4 || y->from.nvlan == NP_MAX_VLANS)
			return;
		y->from.vlan[y->from.nvlan++] = np_be16(&c) & 0x0fff;
		type = np_be16(&c);
		if (type >= 0x0600)
			np_peel_ethertype(w, y, type, c);
		else
			np_peel_llc(w, y, c);
		return;
	case TYPE_CMD: /* Cisco's metadata: version, words, then the type */
		np_skip(&c, 1);
		np_skip(&c, 4u * np_u8(&c));
		type = np_be16(&c);
		if (!c.cut && type != TYPE_CMD)
			np_peel_ethertype(w, y, type, c);
		return;
	case TYPE_TEB:
		if (np_way_deeper(y))
			np_peel_ethernet(w, y, c);
		return;
	case TYPE_PBB: /* IEEE 802.1ah: I-tag, then the customer's frame */
		np_skip(&c, 4);
		if (np_way_subscriber(w, y))
			np_peel_ethernet(w, y, c);
		return;
	default:
		if (w->routes.ethertype[type])
			np_wire_give(w, y,
				     w->routes.set[w->routes.ethertype[type]],
				     c);
	}
}

/* IEEE 802.2: DSAP, SSAP, control; AA AA 03 is SNAP. */
void np_peel_llc(struct np_wire *w, struct np_way *y, struct np_cur c)
{
	uint16_t saps = np_be16(&c);
	uint8_t control = np_u8(&c);

	if (c.cut || control != 0x03)
		return;
	y->from.ethertype = 0;
	if (saps != 0xaaaa) {
		np_wire_give(w, y, np_route_odd(&w->routes, NP_ON_LLC, saps, 0),
			     c);
		return;
	}
	uint32_t oui = np_be24(&c);
	uint16_t pid = np_be16(&c);
	np_candidates set = np_route_odd(&w->routes, NP_ON_SNAP, oui, pid);

	if (c.cut)
		return;
	if (set)
		np_wire_give(w, y, set, c);
	else if (oui == 0x000000 || oui == 0x0000f8) /* RFC 1042, 802.1H */
		np_peel_ethertype(w, y, pid, c);
}

/* RFC 1661, RFC 1662: address and control may be left out, and the first
 * octet of the protocol when it is zero. */
void np_peel_ppp(struct np_wire *w, struct np_way *y, struct np_cur c)
{
	if (np_ahead(c, "\xff\x03", 2))
		np_skip(&c, 2);
	uint16_t type = np_u8(&c);

	if (!(type & 1))
		type = (uint16_t)(type << 8 | np_u8(&c));
	if (c.cut)
		return;
	if (type == 0x0021)
		np_peel_ip4(w, y, c);
	else if (type == 0x0057)
		np_peel_ip6(w, y, c);
	else if (type == 0x0281 || type == 0x0283)
		np_peel_mpls(w, y, c);
	else if (type == 0x0207)
		np_wire_give(
			w, y,
			np_route_odd(&w->routes, NP_ON_SNAP, 0x00000c, 0x2000),
			c);
	else
		np_wire_give(w, y, np_route_odd(&w->routes, NP_ON_PPP, type, 0),
			     c);
}

/* A PPPoE session (RFC 2516) is a subscriber's. */
void np_peel_pppoe(struct np_wire *w, struct np_way *y, struct np_cur c)
{
	np_skip(&c, 1 + 1 + 2); /* version and type, code, session */
	uint16_t len = np_be16(&c);

	if (c.left > len)
		c.left = len;
	if (!c.cut && np_way_subscriber(w, y))
		np_peel_ppp(w, y, c);
}

/* RFC 3032 labels down to the bottom; what follows shows by its first nibble
 * (RFC 4928), or is a pseudowire with a control word (RFC 4385). */
void np_peel_mpls(struct np_wire *w, struct np_way *y, struct np_cur c)
{
	uint32_t label;

	if (!np_way_deeper(y))
		return;
	do {
		label = np_be32(&c);
	} while (!c.cut && !(label & 0x100));
	if (c.cut || !c.left)
		return;
	if (c.p[0] >> 4 == 4 || c.p[0] >> 4 == 6) {
		np_peel_ip(w, y, c);
		return;
	}
	if (c.p[0] >> 4 == 0 && c.left > 18) {
		np_skip(&c, 4);
		np_peel_ethernet(w, y, c);
	}
}

/* IEEE 802.11-2020 9.3.3: of management frames, beacons and probe responses,
 * behind HT control where the order bit says that it is there. */
static void give_beacon(struct np_wire *w, const struct np_way *y,
			uint16_t control, struct np_cur c)
{
	enum { PROBE_RESPONSE = 5, BEACON = 8 };
	unsigned subtype = control >> 4 & 15;

	if (control & 0x8000)
		np_skip(&c, 4);
	if ((subtype == PROBE_RESPONSE || subtype == BEACON) &&
	    !(control & 0x4000) && !c.cut)
		np_wire_give(w, y, np_route_odd(&w->routes, NP_ON_BEACON, 0, 0),
			     c);
}

/* IEEE 802.11-2020 9.2: frame control, duration, three or four addresses,
 * sequence; quality of service and HT control where the subtype has them. */
void np_peel_wlan(struct np_wire *w, struct np_way *y, struct np_cur c)
{
	const uint8_t *base = c.p;
	uint16_t control = np_le16(&c);
	unsigned type = control >> 2 & 3, subtype = control >> 4 & 15;
	bool to_ds = control & 0x0100, from_ds = control & 0x0200;

	if (c.cut || type == 1 || type == 3 || c.left < 22)
		return;
	np_skip(&c, 2 + 6 + 6 + 6 + 2);
	const uint8_t *sa = from_ds ? base + 16 : base + 10;

	y->from.dst_mac = to_ds ? base + 16 : base + 4;
	if (to_ds && from_ds) {
		sa = np_take(&c, 6);
		if (!sa)
			return;
	}
	y->from.src_mac = sa;
	count_sender(w, y, NP_P_wlan);
	if (type == 0) {
		give_beacon(w, y, control, c);
		return;
	}
	if (subtype & 8) {
		np_skip(&c, 2);
		if (control & 0x8000)
			np_skip(&c, 4);
	}
	/* Null frames carry nothing, protected ones nothing to read. */
	if (subtype & 4 || control & 0x4000 || c.cut)
		return;
	np_peel_llc(w, y, c);
}
