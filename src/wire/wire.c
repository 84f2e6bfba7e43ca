/* SPDX-License-Identifier: ISC */
/* From a frame inwards: link types, and what every payload passes. */
#include "wire/inside.h"
#include <stdlib.h>

/* LINKTYPE_ values of the registry at tcpdump.org. */
enum {
	LINK_NULL = 0,
	LINK_PPP = 9,
	LINK_RAW_BSD = 12,
	LINK_RAW_OPENBSD = 14,
	LINK_PPP_HDLC = 50,
	LINK_PPP_ETHER = 51,
	LINK_RAW = 101,
	LINK_C_HDLC = 104,
	LINK_IEEE802_11 = 105,
	LINK_LOOP = 108,
	LINK_SLL = 113,
	LINK_PRISM = 119,
	LINK_ARCNET = 129,
	LINK_RADIOTAP = 127,
	LINK_AVS = 163,
	LINK_PPP_DIR = 204,
	LINK_C_HDLC_DIR = 205,
	LINK_IPV4 = 228,
	LINK_IPV6 = 229,
	LINK_IPOIB = 242,
	LINK_SLL2 = 276,
};

struct np_wire *np_wire_new(const struct np_wire_conf *conf, np_payload_fn *fn,
			    void *ctx)
{
	struct np_wire *w = calloc(1, sizeof(*w));

	if (!w)
		return NULL;
	w->conf = *conf;
	w->fn = fn;
	w->ctx = ctx;
	if (!w->conf.flows)
		w->conf.flows = NP_MAX_FLOWS;
	if (!w->conf.pending)
		w->conf.pending = NP_MAX_PENDING;
	if (!w->conf.fragments)
		w->conf.fragments = NP_MAX_FRAGMENTS;
	w->fragments = np_fragments_new(&w->conf);
	w->sctps = np_sctps_new();
	if (!np_routes_build(&w->routes) || !np_macs_init(&w->macs) ||
	    !np_flows_init(&w->flows, w->conf.flows) || !w->fragments ||
	    !w->sctps) {
		np_wire_free(w);
		return NULL;
	}
	return w;
}

void np_wire_free(struct np_wire *w)
{
	if (!w)
		return;
	np_macs_release(&w->macs);
	np_tcp_release(w);
	np_flows_release(&w->flows);
	np_fragments_free(w->fragments);
	np_sctps_free(w->sctps);
	free(w);
}

void np_wire_stats(const struct np_wire *w, struct np_wire_stats *ret)
{
	*ret = w->stats;
}

void np_wire_give(struct np_wire *w, const struct np_way *y, np_candidates set,
		  struct np_cur c)
{
	if (!set || !set[0])
		return;
	struct np_payload p = {
		.candidates = set,
		.from = y->from,
		.cur = c,
		.base = y->base,
		.base_n = y->base_n,
		.subscriber = y->subscriber,
		.lasting = w->conf.batches && !y->reassembled,
		.place = y->frame->number,
		.first = y->frame->time,
		.last = y->frame->time,
		.count = 1,
	};

	p.from.snapped = y->frame->n < y->frame->wire_n;
	(void)w->fn(w->ctx, &p);
}

bool np_way_deeper(struct np_way *y)
{
	if (y->from.depth >= NP_MAX_DEPTH)
		return false;
	y->from.depth++;
	y->from.src_mac = y->from.dst_mac = NULL;
	y->from.src_ip = y->from.dst_ip = NULL;
	y->from.ip_len = 0;
	y->from.sport = y->from.dport = 0;
	return true;
}

bool np_way_subscriber(struct np_wire *w, struct np_way *y)
{
	w->stats.subscriber_tunnels++;
	if (!w->conf.open_subscriber || !np_way_deeper(y))
		return false;
	y->subscriber = true;
	return true;
}

/* Linux cooked captures: where the address and the protocol stand. */
static void peel_cooked(struct np_wire *w, struct np_way *y, struct np_cur c,
			bool two)
{
	static const struct np_proto *const sll[] = {&np_proto_sll, NULL};
	uint16_t type, hatype, len;
	struct np_cur addr;

	if (two) {
		type = np_be16(&c);
		np_skip(&c, 2 + 4); /* reserved, interface */
		hatype = np_be16(&c);
		np_skip(&c, 1); /* packet type */
		len = np_u8(&c);
		addr = np_sub(&c, 8);
	} else {
		np_skip(&c, 2); /* packet type */
		hatype = np_be16(&c);
		len = np_be16(&c);
		addr = np_sub(&c, 8);
		type = np_be16(&c);
	}
	if (c.cut)
		return;
	/* ARPHRD_ETHER and the like; a group address sends nothing. */
	if (len == 6 && hatype != 772 && !(addr.p[0] & 1)) {
		y->from.src_mac = addr.p;
		np_wire_give(w, y, sll, np_cur(addr.p, 6));
	}
	if (type == 0x0001)
		return; /* raw 802.3: Novell's */
	if (type == 0x0004)
		np_peel_llc(w, y, c);
	else
		np_peel_ethertype(w, y, type, c);
}

/* BSD loopback: an address family in the byte order of the capturing host. */
static void peel_null(struct np_wire *w, struct np_way *y, struct np_cur c)
{
	uint32_t family = np_be32(&c);

	if (family > 0xffff)
		family = __builtin_bswap32(family);
	if (family == 2)
		np_peel_ip4(w, y, c);
	else if (family == 10 || family == 24 || family == 28 || family == 30)
		np_peel_ip6(w, y, c);
}

static void peel_hdlc(struct np_wire *w, struct np_way *y, struct np_cur c)
{
	uint8_t address = np_u8(&c);

	np_skip(&c, 1);
	uint16_t type = np_be16(&c);

	if (address != 0x0f && address != 0x8f)
		return;
	if (type == 0x2000) /* CDP over Cisco HDLC */
		np_wire_give(
			w, y,
			np_route_odd(&w->routes, NP_ON_SNAP, 0x00000c, 0x2000),
			c);
	else
		np_peel_ethertype(w, y, type, c);
}

/* IP over InfiniBand (RFC 4391): the far end's address, then the type. */
static void peel_ipoib(struct np_wire *w, struct np_way *y, struct np_cur c)
{
	np_skip(&c, 40);
	uint16_t type = np_be16(&c);

	np_skip(&c, 2);
	np_peel_ethertype(w, y, type, c);
}

/* ARCNET as Linux gives it (RFC 1201): one octet of address each, a protocol,
 * and datagrams in pieces, of which only those in one piece are read. */
static void peel_arcnet(struct np_wire *w, struct np_way *y, struct np_cur c)
{
	np_skip(&c, 1 + 1 + 2); /* source, destination, offset */
	uint8_t type = np_u8(&c), split = np_u8(&c);

	np_skip(&c, 2); /* sequence */
	if (split)
		return;
	if (type == 212)
		np_peel_ip4(w, y, c);
	else if (type == 213)
		np_peel_ethertype(w, y, 0x0806, c);
}

/* Radiotap (radiotap.org): version, pad, length (little endian), and, in the
 * flags field, whether the frame check sequence is there. */
static void peel_radiotap(struct np_wire *w, struct np_way *y, struct np_cur c)
{
	struct np_cur all = c, head;

	np_skip(&c, 2);
	uint16_t len = np_le16(&c);
	uint32_t present = np_le32(&c), more = present;

	head = np_sub(&all, len);
	if (head.cut || len < 8)
		return;
	np_skip(&head, 8);
	while (more & 0x80000000u && head.left)
		more = np_le32(&head);
	if (present & 1) { /* TSFT, aligned to 8 from the beginning */
		size_t at = (size_t)len - head.left;

		np_skip(&head, (8 - at % 8) % 8 + 8);
	}
	if (present & 2 && np_u8(&head) & 0x10 && all.left >= 4)
		all.left -= 4;
	np_peel_wlan(w, y, all);
}

static void peel_link(struct np_wire *w, struct np_way *y, struct np_cur c)
{
	switch (y->frame->linktype) {
	case LINK_NULL:
	case LINK_LOOP:
		peel_null(w, y, c);
		return;
	case LINK_RAW:
	case LINK_RAW_BSD:
	case LINK_RAW_OPENBSD:
	case LINK_IPV4:
	case LINK_IPV6:
		np_peel_ip(w, y, c);
		return;
	case LINK_PPP_DIR:
		np_skip(&c, 1);
		np_peel_ppp(w, y, c);
		return;
	case LINK_PPP:
	case LINK_PPP_HDLC:
		np_peel_ppp(w, y, c);
		return;
	case LINK_PPP_ETHER:
		np_peel_pppoe(w, y, c);
		return;
	case LINK_C_HDLC_DIR:
		np_skip(&c, 1);
		peel_hdlc(w, y, c);
		return;
	case LINK_C_HDLC:
		peel_hdlc(w, y, c);
		return;
	case LINK_IPOIB:
		peel_ipoib(w, y, c);
		return;
	case LINK_ARCNET:
		peel_arcnet(w, y, c);
		return;
	case LINK_SLL:
	case LINK_SLL2:
		peel_cooked(w, y, c, y->frame->linktype == LINK_SLL2);
		return;
	case LINK_IEEE802_11:
		np_peel_wlan(w, y, c);
		return;
	case LINK_RADIOTAP:
		peel_radiotap(w, y, c);
		return;
	case LINK_PRISM:
		np_skip(&c, 144);
		np_peel_wlan(w, y, c);
		return;
	case LINK_AVS: {
		struct np_cur head = c;

		np_skip(&head, 4);
		np_skip(&c, np_be32(&head));
		np_peel_wlan(w, y, c);
		return;
	}
	default:
		w->stats.unread_link++;
		w->stats.unread_link_type = y->frame->linktype;
	}
}

/* Apart, so that the many frames that need no more than a glance do not make
 * room for this. */
__attribute__((noinline)) static void peel_frame(struct np_wire *w,
						 const struct np_frame *f)
{
	struct np_way y;

	y.frame = f;
	y.base = f->p;
	y.base_n = f->n;
	y.subscriber = y.reassembled = false;
	memset(&y.from, 0, sizeof(y.from));
	y.from.reach = NP_BRIDGED;
	if (f->linktype == LINK_ETHERNET)
		np_peel_ethernet(w, &y, np_cur(f->p, f->n));
	else
		peel_link(w, &y, np_cur(f->p, f->n));
}

void np_peel(struct np_wire *w, const struct np_frame *f)
{
	if (f->linktype != LINK_ETHERNET || !np_peel_quick(w, f))
		peel_frame(w, f);
}

void np_wire_segment(struct np_wire *w)
{
	for (size_t i = 0; i < w->macs.slots; i++) {
		const struct np_mac *m = &w->macs.v[i];

		if (!m->key)
			continue;
		const struct np_mac_context *x =
			&w->macs.context[(m->key & 0xffff) - 1];
		const struct np_proto *set[] = {np_protos[x->proto], NULL};
		/* Both addresses as they stand at the head of a frame; who it
		 * was sent to is nobody's statement. */
		uint8_t head[12] = {0};

		for (size_t k = 0; k < 6; k++)
			head[6 + k] = (uint8_t)(m->key >> (56 - 8 * k));
		struct np_payload p = {
			.candidates = set,
			.from = {.reach = NP_BRIDGED,
				 .depth = x->depth,
				 .nvlan = x->nvlan},
			.cur = np_cur(head, sizeof(head)),
			.base = head,
			.base_n = sizeof(head),
			.subscriber = x->subscriber,
			.place = w->macs.place[i],
			.first = m->first,
			.last = m->last,
			.count = m->count,
		};

		memcpy(p.from.vlan, x->vlan, sizeof(x->vlan));
		(void)w->fn(w->ctx, &p);
	}
	np_macs_clear(&w->macs);
	np_forget_glances(w);
}

void np_wire_end(struct np_wire *w)
{
	np_tcp_end(w);
	np_wire_segment(w);
}
