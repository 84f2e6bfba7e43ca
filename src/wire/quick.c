/* SPDX-License-Identifier: ISC */
/*
 * What nearly every frame is: at most two tags, IP as plain as it comes, TCP of
 * a decided direction or UDP that nobody asks about. Such a frame costs a
 * glance, which is taken some frames ahead so that what it touches is near when
 * its turn comes. Only speed depends on this file.
 */
#include "wire/inside.h"

enum {
	LEAST = 54,	     /* frame worth a glance */
	NEAR = NP_AHEAD / 2, /* frames between two glances at one */
};

/* The IP header behind a type, when it has neither options nor extensions and
 * is no fragment: what it carries, as far as it is there. */
static bool plain_ip(const uint8_t *ip, size_t room, unsigned type,
		     struct np_segment *ret)
{
	size_t n;

	if (type == TYPE_IP4 && room >= 28 && ip[0] == 0x45 &&
	    !((ip[6] & 0x3f) | ip[7])) {
		n = (size_t)ip[2] << 8 | ip[3];
		ret->addresses = ip + 12;
		ret->l4 = ip + 20;
		ret->room = room - 20;
		ret->n = n < 20 ? 0 : n - 20;
		ret->ip_len = 4;
		ret->proto = ip[9];
		return true;
	}
	if (type == TYPE_IP6 && room >= 48 && ip[0] >> 4 == 6) {
		ret->addresses = ip + 8;
		ret->l4 = ip + 40;
		ret->room = room - 40;
		ret->n = (size_t)ip[4] << 8 | ip[5];
		ret->ip_len = 16;
		ret->proto = ip[6];
		return true;
	}
	return false;
}

static void glance_tcp(const struct np_wire *w, struct np_glance *g)
{
	enum { FIN = 1, SYN = 2, RST = 4 };
	struct np_segment *s = &g->s;

	if (s->room < 20)
		return;
	size_t head = np_segment_head(s);
	uint8_t flags = s->l4[13];

	if (head < 20 || s->n < head || s->room < head)
		return;
	/* Pure acknowledgements, two in five frames, end here. */
	if (s->n == head && !(flags & (FIN | SYN | RST))) {
		g->what = NP_NOTHING;
		return;
	}
	g->what = flags & SYN ? NP_LOOK_SYN : NP_LOOK_TCP;
	np_flows_ahead(&w->flows, s);
}

static void glance(struct np_wire *w, const struct np_frame *f,
		   struct np_glance *g)
{
	const uint8_t *type = f->p + 12, *end = f->p + f->n;
	uint32_t tags = 0;

	g->number = f->number;
	g->what = NP_LOOK;
	while (np_is_tag((unsigned)(type[0] << 8 | type[1])) && !(tags >> 16)) {
		tags = np_tags_push(tags, (unsigned)(type[2] << 8 | type[3]));
		type += 4;
	}
	unsigned context = np_macs_tagged(&w->macs, tags);

	if (!context)
		return;
	g->sender = np_mac_key(f->p + 6, context - 1);
	np_macs_ahead(&w->macs, g->sender);
	if (!plain_ip(type + 2, (size_t)(end - type) - 2,
		      (unsigned)(type[0] << 8 | type[1]), &g->s))
		return;
	if (g->s.proto == 6)
		glance_tcp(w, g);
	else if (g->s.proto == 17 && g->s.room > 9)
		g->what = NP_LOOK_UDP;
}

/* The second glance, when what the first one fetched is near. */
static void glance_again(struct np_wire *w, uint64_t number)
{
	struct np_glance *g = &w->glance[number % NP_AHEAD];

	if (g->number == number &&
	    (g->what == NP_LOOK_TCP || g->what == NP_LOOK_SYN))
		np_flows_near(&w->flows, &g->s);
}

void np_peel_ahead(struct np_wire *w, const struct np_frame *f)
{
	if (f->linktype == LINK_ETHERNET && f->n >= LEAST)
		glance(w, f, &w->glance[f->number % NP_AHEAD]);
	glance_again(w, f->number - NEAR);
}

void np_forget_glances(struct np_wire *w)
{
	for (size_t i = 0; i < NP_AHEAD; i++)
		w->glance[i].number = 0;
}

/* A port or first octets that somebody asks about. */
static bool wanted(const struct np_routes *r, const uint8_t *udp)
{
	return r->busy[udp[0] << 8 | udp[1]] || r->busy[udp[2] << 8 | udp[3]] ||
	       np_pair_of(r->datagram_pair, udp + 8);
}

bool np_peel_quick(struct np_wire *w, const struct np_frame *f)
{
	struct np_glance *g = &w->glance[f->number % NP_AHEAD];
	bool nothing = false;

	glance_again(w, f->number + NEAR);
	if (f->n < LEAST)
		return false;
	if (g->number != f->number)
		glance(w, f, g);
	g->number = 0;
	switch (g->what) {
	case NP_LOOK:
	case NP_LOOK_SYN:
		return false;
	case NP_LOOK_UDP:
		nothing = !wanted(&w->routes, g->s.l4);
		break;
	case NP_LOOK_TCP:
		nothing = np_flows_decided(&w->flows, w->routes.stream_pair,
					   &g->s);
		break;
	case NP_NOTHING:
		nothing = true;
		break;
	}
	if (nothing)
		np_macs_count(&w->macs, g->sender, f->time, f->number);
	return nothing;
}
