/* SPDX-License-Identifier: ISC */
/* IPv4 (RFC 791) and IPv6 (RFC 8200) with extension headers, UDP. */
#include "wire/inside.h"

enum {
	P_ICMP6 = 58,
	P_IPIP = 4,
	P_TCP = 6,
	P_UDP = 17,
	P_IP6 = 41,
	P_GRE = 47,
	P_AH = 51,
	P_SCTP = 132,
	P_TEREDO_PORT = 3544
};

/* A datagram to these cannot have come from beyond the link. */
static bool stays_on_link(const struct np_from *f)
{
	const uint8_t *d = f->dst_ip, *s = f->src_ip;

	if (f->ip_len == 4)
		return (d[0] == 224 && d[1] == 0 && d[2] == 0) ||
		       (d[0] & d[1] & d[2] & d[3]) == 255 ||
		       (s[0] == 169 && s[1] == 254);
	return (d[0] == 0xff && (d[1] & 15) == 2) ||
	       (s[0] == 0xfe && (s[1] & 0xc0) == 0x80);
}

static void arrive(struct np_wire *w, struct np_way *y, uint8_t proto,
		   struct np_cur c)
{
	y->from.ip_proto = proto;
	y->from.reach = stays_on_link(&y->from) ? NP_BRIDGED : NP_ROUTED;
	np_peel_transport(w, y, proto, c);
}

void np_peel_ip(struct np_wire *w, struct np_way *y, struct np_cur c)
{
	if (!c.left)
		return;
	if (c.p[0] >> 4 == 4)
		np_peel_ip4(w, y, c);
	else if (c.p[0] >> 4 == 6)
		np_peel_ip6(w, y, c);
}

void np_peel_ip4(struct np_wire *w, struct np_way *y, struct np_cur c)
{
	const uint8_t *h = c.p;

	if (c.left < 20 || h[0] >> 4 != 4)
		return;
	size_t head = (h[0] & 15u) * 4, total = (size_t)h[2] << 8 | h[3];
	unsigned frag = (unsigned)h[6] << 8 | h[7];

	if (head < 20 || head > c.left)
		return;
	/* Zero is what segmentation offload leaves (total unknown). */
	if (total && total < head)
		return;
	if (total && c.left > total)
		c.left = total;
	np_skip(&c, head);
	y->from.src_ip = h + 12;
	y->from.dst_ip = h + 16;
	y->from.ip_len = 4;
	y->from.ttl = h[8];
	if (!(frag & 0x3fff)) {
		arrive(w, y, h[9], c);
		return;
	}
	struct np_cur whole;
	struct np_way in = *y;

	if (!np_fragment(w, y, (uint32_t)h[4] << 8 | h[5], h[9],
			 (frag & 0x1fff) * 8u, frag & 0x2000, c, &whole))
		return;
	in.base = whole.p;
	in.base_n = whole.left;
	in.reassembled = true;
	arrive(w, &in, h[9], whole);
}

static void eui64(struct np_wire *w, const struct np_way *y)
{
	static const struct np_proto *const set[] = {&np_proto_eui64, NULL};

	np_wire_give(w, y, set, np_cur(y->from.src_ip, 16));
}

void np_peel_ip6(struct np_wire *w, struct np_way *y, struct np_cur c)
{
	const uint8_t *h = np_take(&c, 40);

	if (!h || h[0] >> 4 != 6)
		return;
	size_t len = (size_t)h[4] << 8 | h[5];
	uint8_t next = h[6];
	struct np_way in = *y;

	if (len && c.left > len)
		c.left = len;
	in.from.src_ip = h + 8;
	in.from.dst_ip = h + 24;
	in.from.ip_len = 16;
	in.from.ttl = h[7];
	if (h[19] == 0xff && h[20] == 0xfe && h[8] != 0xff) {
		in.from.reach = NP_ROUTED;
		eui64(w, &in);
	}
	/* RFC 8200 4.1; a chain longer than this is nobody's we look for. */
	for (int i = 0; i < 8; i++) {
		struct np_cur whole;
		const uint8_t *x;

		switch (next) {
		case 0:	  /* hop by hop */
		case 43:  /* routing */
		case 60:  /* destination options */
		case 135: /* mobility */
			x = np_take(&c, 8);
			if (!x)
				return;
			next = x[0];
			np_skip(&c, 8u * x[1]);
			break;
		case 51: /* authentication, RFC 4302 */
			x = np_take(&c, 8);
			if (!x)
				return;
			next = x[0];
			np_skip(&c, x[1] ? 4u * x[1] : 0);
			break;
		case 44:
			x = np_take(&c, 8);
			if (!x)
				return;
			next = x[0];
			if (!(x[2] << 8 | (x[3] & 0xf9)))
				break; /* atomic, RFC 6946 */
			if (!np_fragment(w, &in,
					 (uint32_t)x[4] << 24 |
						 (uint32_t)x[5] << 16 |
						 (uint32_t)x[6] << 8 | x[7],
					 next,
					 (size_t)(x[2] << 8 | (x[3] & 0xf8)),
					 x[3] & 1, c, &whole))
				return;
			in.base = whole.p;
			in.base_n = whole.left;
			in.reassembled = true;
			c = whole;
			break;
		default:
			arrive(w, &in, next, c);
			return;
		}
	}
}

void np_peel_transport(struct np_wire *w, struct np_way *y, uint8_t proto,
		       struct np_cur c)
{
	switch (proto) {
	case P_TCP:
		np_peel_tcp(w, y, c);
		return;
	case P_UDP:
		np_peel_udp(w, y, c);
		return;
	case P_SCTP:
		np_peel_sctp(w, y, c);
		return;
	case P_GRE:
		np_peel_gre(w, y, c);
		return;
	case P_AH: { /* RFC 4302 */
		uint8_t next = np_u8(&c), n = np_u8(&c);

		np_skip(&c, 4u * n + 6);
		if (!c.cut && next != P_AH)
			np_peel_transport(w, y, next, c);
		return;
	}
	case P_IPIP:
		if (np_way_deeper(y))
			np_peel_ip4(w, y, c);
		return;
	case P_IP6:
		if (np_way_deeper(y))
			np_peel_ip6(w, y, c);
		return;
	case P_ICMP6:
		if (c.left && w->routes.icmp6[c.p[0]])
			np_wire_give(w, y,
				     w->routes.set[w->routes.icmp6[c.p[0]]], c);
		return;
	default:
		if (w->routes.ip[proto])
			np_wire_give(w, y, w->routes.set[w->routes.ip[proto]],
				     c);
	}
}

void np_peel_udp(struct np_wire *w, struct np_way *y, struct np_cur c)
{
	const uint8_t *h = np_take(&c, 8);

	if (!h)
		return;
	uint16_t sport = (uint16_t)(h[0] << 8 | h[1]);
	uint16_t dport = (uint16_t)(h[2] << 8 | h[3]);
	size_t len = (size_t)h[4] << 8 | h[5];
	uint16_t at = w->routes.udp[dport] ? dport : sport;
	uint8_t set = w->routes.udp[at];

	if (len >= 8 && c.left > len - 8)
		c.left = len - 8;
	y->from.sport = sport;
	y->from.dport = dport;
	if (set) {
		/* Where a tunnel's own messages have a decoder, what it carries
		 * has the same port. */
		if (!np_peel_udp_tunnel_at(w, y, at, c))
			np_wire_give(w, y, w->routes.set[set], c);
		return;
	}
	if (np_peel_udp_tunnel(w, y, c) || !c.left)
		return;
	np_candidates text = np_route_text(&w->routes, w->routes.datagram,
					   w->routes.datagram_first, c);

	if (text)
		np_wire_give(w, y, text, c);
}
