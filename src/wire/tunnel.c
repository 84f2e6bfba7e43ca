/* SPDX-License-Identifier: ISC */
/*
 * Tunnels. The transport network's own only raise the depth; those that carry
 * subscribers are counted and stay closed (design, rule 11).
 */
#include "wire/inside.h"

enum {
	PORT_L2TP = 1701,
	PORT_GTPU = 2152,
	PORT_TEREDO = 3544,
	PORT_GRE = 4754, /* RFC 8086 */
	PORT_VXLAN = 4789,
	PORT_AYIYA = 5072,
	PORT_CAPWAP_DATA = 5247,
	PORT_GENEVE = 6081,
	PORT_VXLAN_LINUX = 8472,
};

const uint16_t np_tunnel_ports[] = {
	PORT_L2TP,	  PORT_GTPU,   PORT_TEREDO,	 PORT_VXLAN,
	PORT_CAPWAP_DATA, PORT_GENEVE, PORT_VXLAN_LINUX, PORT_GRE,
	PORT_AYIYA,	  0,
};

/* RFC 7348: flags with the I bit, VNI, then an Ethernet frame. */
static bool vxlan(struct np_wire *w, struct np_way *y, struct np_cur c)
{
	const uint8_t *h = np_take(&c, 8);

	if (!h || !(h[0] & 0x08))
		return false;
	if (np_way_deeper(y))
		np_peel_ethernet(w, y, c);
	return true;
}

/* RFC 8926. */
static bool geneve(struct np_wire *w, struct np_way *y, struct np_cur c)
{
	const uint8_t *h = np_take(&c, 8);

	if (!h || h[0] >> 6)
		return false;
	np_skip(&c, (h[0] & 0x3fu) * 4);
	uint16_t type = (uint16_t)(h[2] << 8 | h[3]);

	/* np_peel_ethertype steps deeper itself for bridging. */
	if (!c.cut && (type == TYPE_TEB || np_way_deeper(y)))
		np_peel_ethertype(w, y, type, c);
	return true;
}

/* RFC 4380 5.1.1: authentication and origin indications, then IPv6. */
static bool teredo(struct np_wire *w, struct np_way *y, struct np_cur c)
{
	if (np_ahead(c, "\0\1", 2)) {
		struct np_cur lens = c;

		np_skip(&lens, 2);
		uint8_t id = np_u8(&lens), auth = np_u8(&lens);

		np_skip(&c, 4u + id + auth + 8 + 1);
	}
	if (np_ahead(c, "\0\0", 2))
		np_skip(&c, 8);
	if (!c.left || c.p[0] >> 4 != 6)
		return false;
	if (np_way_deeper(y))
		np_peel_ip6(w, y, c);
	return true;
}

/* 3GPP TS 29.281 5.1: G-PDU (255) holds a subscriber's packet. */
static bool gtpu(struct np_wire *w, struct np_way *y, struct np_cur c)
{
	const uint8_t *h = np_take(&c, 8);

	if (!h || h[0] >> 5 != 1 || !(h[0] & 0x10) || h[1] != 255)
		return false;
	if (!np_way_subscriber(w, y))
		return true;
	if (h[0] & 7) {
		np_skip(&c, 3);
		uint8_t ext = np_u8(&c);

		while (ext && c.left) {
			uint8_t n = np_u8(&c);

			if (!n)
				return true;
			np_skip(&c, 4u * n - 2);
			ext = np_u8(&c);
		}
	}
	np_peel_ip(w, y, c);
	return true;
}

/* AYIYA (draft-massar-v6ops-ayiya-02, 3): an identity and a signature whose
 * lengths stand in the first octets, then IPv6. */
static bool ayiya(struct np_wire *w, struct np_way *y, struct np_cur c)
{
	uint8_t identity = np_u8(&c), signature = np_u8(&c);

	np_skip(&c, 1);
	uint8_t next = np_u8(&c);

	np_skip(&c, 4 + ((size_t)1 << (identity >> 4)) +
			    4 * (size_t)(signature >> 4));
	if (c.cut || next != 41 || !c.left || c.p[0] >> 4 != 6)
		return false;
	if (np_way_deeper(y))
		np_peel_ip6(w, y, c);
	return true;
}

/* RFC 2661 3.1: data messages have the T bit clear. */
static bool l2tp(struct np_wire *w, struct np_way *y, struct np_cur c)
{
	uint16_t flags = np_be16(&c);

	if (c.cut)
		return true;
	if (flags & 0x8000 || (flags & 15) != 2)
		return false;
	if (!np_way_subscriber(w, y))
		return true;
	if (flags & 0x4000)
		np_skip(&c, 2);
	np_skip(&c, 4);
	if (flags & 0x0800)
		np_skip(&c, 4);
	if (flags & 0x0200)
		np_skip(&c, np_be16(&c));
	if (!c.cut)
		np_peel_ppp(w, y, c);
	return true;
}

bool np_peel_udp_tunnel_at(struct np_wire *w, struct np_way *y, uint16_t port,
			   struct np_cur c)
{
	switch (port) {
	case PORT_VXLAN:
	case PORT_VXLAN_LINUX:
		return vxlan(w, y, c);
	case PORT_GENEVE:
		return geneve(w, y, c);
	case PORT_TEREDO:
		return teredo(w, y, c);
	case PORT_AYIYA:
		return ayiya(w, y, c);
	case PORT_GTPU:
		return gtpu(w, y, c);
	case PORT_L2TP:
		return l2tp(w, y, c);
	case PORT_GRE:
		np_peel_gre(w, y, c);
		return true;
	case PORT_CAPWAP_DATA:
		w->stats.subscriber_tunnels++;
		return true;
	default:
		return false;
	}
}

bool np_peel_udp_tunnel(struct np_wire *w, struct np_way *y, struct np_cur c)
{
	uint16_t sport = y->from.sport, dport = y->from.dport;

	return np_peel_udp_tunnel_at(w, y, dport, c) ||
	       (sport != dport && np_peel_udp_tunnel_at(w, y, sport, c));
}

/* RFC 2784, RFC 2890; version 1 is PPTP's (RFC 2637), a subscriber's. */
void np_peel_gre(struct np_wire *w, struct np_way *y, struct np_cur c)
{
	uint16_t flags = np_be16(&c), type = np_be16(&c);

	if (c.cut)
		return;
	if ((flags & 7) == 1) {
		np_skip(&c, 4);
		if (flags & 0x1000)
			np_skip(&c, 4);
		if (flags & 0x0080)
			np_skip(&c, 4);
		if (type == 0x880b && np_way_subscriber(w, y))
			np_peel_ppp(w, y, c);
		return;
	}
	if (flags & 0xc000)
		np_skip(&c, 4); /* checksum, or routing's offset */
	if (flags & 0x2000)
		np_skip(&c, 4); /* key */
	if (flags & 0x1000)
		np_skip(&c, 4); /* sequence */
	if (c.cut || flags & 0x4000)
		return;
	switch (type) {
	case TYPE_GRE_BONDING: /* the ends' own words: nothing is inside */
		np_peel_ethertype(w, y, type, c);
		return;
	case 0x88be: /* ERSPAN I has no sequence and no header, II has both */
		np_skip(&c, flags & 0x1000 ? 8 : 0);
		break;
	case 0x22eb: { /* ERSPAN III */
		const uint8_t *h = np_take(&c, 12);

		np_skip(&c, h && h[11] & 1 ? 8 : 0);
		break;
	}
	default:
		/* np_peel_ethertype steps deeper itself for bridging. */
		if (type == TYPE_TEB || np_way_deeper(y))
			np_peel_ethertype(w, y, type, c);
		return;
	}
	if (!c.cut && np_way_deeper(y))
		np_peel_ethernet(w, y, c);
}
