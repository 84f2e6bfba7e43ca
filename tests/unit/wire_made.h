/* SPDX-License-Identifier: ISC */
/*
 * Frames made from the inside out, a header of the standard's layout at a
 * time, and what np_peel hands to its decoders. Behind the tests of src/wire.
 */
#ifndef WIRE_MADE_H
#define WIRE_MADE_H
#include "wire/inside.h"
#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* ------------------------------------------------------------ frames */

enum { FIN = 1, SYN = 2, RST = 4, ACK = 16 };
enum { ETHERNET = 1, SNMP = 161 };

struct made {
	uint8_t room[1 << 17];
	size_t at; /* the frame is room[at..] */
};

static inline uint8_t *front(struct made *m)
{
	return m->room + m->at;
}

static inline size_t length(const struct made *m)
{
	return sizeof(m->room) - m->at;
}

static inline void before(struct made *m, const void *p, size_t n)
{
	assert_true(n <= m->at);
	m->at -= n;
	memcpy(front(m), p, n);
}

static inline void payload(struct made *m, const void *p, size_t n)
{
	m->at = sizeof(m->room);
	before(m, p, n);
}

static inline void text(struct made *m, const char *s)
{
	payload(m, s, strlen(s));
}

/* Octets in hexadecimal, blanks as one likes. */
static inline size_t octets(const char *hex, uint8_t *to, size_t room)
{
	size_t n = 0;

	for (; *hex; hex++) {
		char pair[3] = {hex[0], hex[1], 0};

		if (*hex == ' ')
			continue;
		assert_true(n < room && pair[1]);
		to[n++] = (uint8_t)strtoul(pair, NULL, 16);
		hex++;
	}
	return n;
}

static inline void head(struct made *m, const char *hex)
{
	uint8_t p[512];
	size_t n = octets(hex, p, sizeof(p));

	before(m, p, n);
}

static inline void be16(uint8_t *p, size_t v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
}

static inline void be32(uint8_t *p, uint32_t v)
{
	be16(p, v >> 16);
	be16(p + 2, v & 0xffff);
}

static inline void before16(struct made *m, unsigned v)
{
	uint8_t p[2];

	be16(p, v);
	before(m, p, 2);
}

/* From 00:00:5e:00:53:NN (RFC 7042 2.1.2) to a neighbour. */
static inline void ethernet(struct made *m, unsigned type, uint8_t nn)
{
	uint8_t h[14] = {0, 0, 0x5e, 0, 0x53, 0xfe, 0, 0, 0x5e, 0, 0x53, nn};

	be16(h + 12, type);
	before(m, h, sizeof(h));
}

/* IEEE 802.3: a length where the type stands. */
static inline void ethernet3(struct made *m, uint8_t nn)
{
	ethernet(m, (unsigned)length(m), nn);
}

/* What stands behind a tag's own type: the tag, and the next type. */
static inline void tag(struct made *m, unsigned id, unsigned type)
{
	before16(m, type);
	before16(m, id);
}

/* A piece of a datagram of RFC 791, from 192.0.2.NN to 198.51.100.NN. */
static inline void ip4_piece(struct made *m, uint8_t proto, uint8_t nn,
			     unsigned id, size_t offset, bool more)
{
	uint8_t h[20] = {0x45, [8] = 64, proto, 0,  0,	 192, 0,
			 2,    nn,	 198,	51, 100, nn};

	be16(h + 2, length(m) + 20);
	be16(h + 4, id);
	be16(h + 6, offset / 8 | (more ? 0x2000u : 0));
	before(m, h, sizeof(h));
}

static inline void ip4(struct made *m, uint8_t proto, uint8_t nn)
{
	ip4_piece(m, proto, nn, 0, 0, false);
}

/* RFC 8200, from 2001:db8::NN to 2001:db8:1::NN. */
static inline void ip6(struct made *m, uint8_t next, uint8_t nn)
{
	uint8_t h[40] = {0x60, [6] = next, 64,	      0x20, 1,
			 0x0d, 0xb8,	   [23] = nn, 0x20, 1,
			 0x0d, 0xb8,	   0,	      1,    [39] = nn};

	be16(h + 4, length(m));
	before(m, h, sizeof(h));
}

/* RFC 8200 4.5. */
static inline void ip6_piece(struct made *m, uint8_t next, uint32_t id,
			     size_t offset, bool more)
{
	uint8_t h[8] = {next};

	be16(h + 2, offset | more);
	be32(h + 4, id);
	before(m, h, sizeof(h));
}

static inline void udp(struct made *m, unsigned sport, unsigned dport)
{
	uint8_t h[8];

	be16(h, sport);
	be16(h + 2, dport);
	be16(h + 4, length(m) + 8);
	be16(h + 6, 0);
	before(m, h, sizeof(h));
}

static inline void tcp(struct made *m, unsigned sport, unsigned dport,
		       uint32_t seq, uint8_t flags)
{
	uint8_t h[20] = {[12] = 0x50, flags, 0xff, 0xff};

	be16(h, sport);
	be16(h + 2, dport);
	be32(h + 4, seq);
	before(m, h, sizeof(h));
}

/* What SNMP would get, in a datagram from NN. */
static inline void datagram4(struct made *m, const char *s, uint8_t nn)
{
	text(m, s);
	udp(m, 40000, SNMP);
	ip4(m, 17, nn);
}

static inline void datagram6(struct made *m, const char *s, uint8_t nn)
{
	text(m, s);
	udp(m, 40000, SNMP);
	ip6(m, 17, nn);
}

/* ------------------------------------------------- what is handed out */

struct given {
	const struct np_proto *proto; /* the first candidate */
	struct np_from from;
	uint8_t src_mac[6], src_ip[16], dst_ip[16];
	size_t origin, at, n; /* at: of the cursor in base */
	uint64_t place, count;
	int64_t first, last;
	bool subscriber;
	uint8_t p[1 << 16];
};

struct ears {
	struct np_wire *w;
	struct given *v; /* payloads, senders' addresses apart */
	size_t n, room;
	struct given *senders;
	size_t nsenders;
	uint64_t number;
	uint32_t link;
	/* What a decoder would answer; NULL: decoded. */
	struct np_answer (*answer)(const struct np_payload *p);
};

enum { EARS = 64 };

static inline struct np_answer hear(void *ctx, const struct np_payload *p)
{
	struct ears *e = ctx;
	const struct np_proto *o = p->candidates[0];
	bool sender = o == &np_proto_ethernet || o == &np_proto_wlan;
	size_t *n = sender ? &e->nsenders : &e->n;

	assert_true(*n < EARS);
	struct given *g = &(sender ? e->senders : e->v)[(*n)++];

	*g = (struct given){.proto = o,
			    .from = p->from,
			    .origin = p->origin,
			    .at = (size_t)(p->cur.p - p->base),
			    .n = p->cur.left,
			    .place = p->place,
			    .count = p->count,
			    .first = p->first,
			    .last = p->last,
			    .subscriber = p->subscriber};
	assert_true(g->at + g->n <= p->base_n && g->n <= sizeof(g->p));
	if (g->n)
		memcpy(g->p, p->cur.p, g->n);
	if (p->from.src_mac)
		memcpy(g->src_mac, p->from.src_mac, 6);
	if (p->from.src_ip)
		memcpy(g->src_ip, p->from.src_ip, p->from.ip_len);
	if (p->from.dst_ip)
		memcpy(g->dst_ip, p->from.dst_ip, p->from.ip_len);
	if (e->answer && !sender)
		return e->answer(p);
	return (struct np_answer){.verdict = NP_DECODED, .proto = o};
}

static inline void listen_with(struct ears *e, const struct np_wire_conf *conf)
{
	*e = (struct ears){.link = ETHERNET};
	e->v = calloc(EARS, sizeof(*e->v));
	e->senders = calloc(EARS, sizeof(*e->senders));
	e->w = np_wire_new(conf, hear, e);
	assert_true(e->v && e->senders && e->w);
}

static inline void listen_to(struct ears *e)
{
	static const struct np_wire_conf plain = {
		.flows = 64, .fragments = 8, .pending = 1 << 20};

	listen_with(e, &plain);
}

static inline void deaf(struct ears *e)
{
	np_wire_free(e->w);
	free(e->v);
	free(e->senders);
}

static inline struct np_wire_stats stats(const struct ears *e)
{
	struct np_wire_stats s;

	np_wire_stats(e->w, &s);
	return s;
}

/* Exactly as large as the frame, so that a read past it is seen. */
static inline void send_cut(struct ears *e, const struct made *m, size_t n)
{
	uint8_t *p = malloc(n ? n : 1);
	struct np_frame f = {.p = p,
			     .n = (uint32_t)n,
			     .wire_n = (uint32_t)length(m),
			     .number = ++e->number,
			     .time = (int64_t)e->number * 1000,
			     .linktype = e->link};

	assert_non_null(p);
	memcpy(p, m->room + m->at, n);
	np_peel_ahead(e->w, &f);
	np_peel(e->w, &f);
	free(p);
}

static inline void transmit(struct ears *e, const struct made *m)
{
	send_cut(e, m, length(m));
}

/* Payload number i is `s`, and `p` is asked first. */
static inline void is_given(const struct ears *e, size_t i,
			    const struct np_proto *p, const char *s)
{
	assert_true(i < e->n);
	assert_ptr_equal(e->v[i].proto, p);
	assert_int_equal(e->v[i].n, strlen(s));
	assert_memory_equal(e->v[i].p, s, strlen(s));
}

/* The only payload there was so far, from NN and so deep. */
static inline void only(const struct ears *e, const char *s, uint8_t nn,
			unsigned depth)
{
	assert_int_equal(e->n, 1);
	is_given(e, 0, &np_proto_snmp, s);
	const struct given *g = &e->v[0];

	assert_int_equal(g->from.depth, depth);
	assert_int_equal(g->from.sport, 40000);
	assert_int_equal(g->from.dport, SNMP);
	assert_int_equal(g->from.ip_proto, 17);
	if (g->from.ip_len == 4) {
		const uint8_t src[] = {192, 0, 2, nn},
			      dst[] = {198, 51, 100, nn};

		assert_memory_equal(g->src_ip, src, 4);
		assert_memory_equal(g->dst_ip, dst, 4);
		return;
	}
	const uint8_t src[16] = {0x20, 1, 0x0d, 0xb8, [15] = nn};
	const uint8_t dst[16] = {0x20, 1, 0x0d, 0xb8, 0, 1, [15] = nn};

	assert_int_equal(g->from.ip_len, 16);
	assert_memory_equal(g->src_ip, src, 16);
	assert_memory_equal(g->dst_ip, dst, 16);
}

static inline void has_mac(const struct given *g, uint8_t nn)
{
	const uint8_t mac[] = {0, 0, 0x5e, 0, 0x53, nn};

	assert_memory_equal(g->src_mac, mac, 6);
}
/* ------------------------------------------------------------ a test */

/* What each test makes, and who hears it. */
static struct made m;
static struct ears e;

static inline int set_up(void **state)
{
	(void)state;
	listen_to(&e);
	return 0;
}

static inline int tear_down(void **state)
{
	(void)state;
	deaf(&e);
	return 0;
}
#endif
