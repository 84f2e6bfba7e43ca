/* SPDX-License-Identifier: ISC */
/*
 * SCTP (RFC 9260): DATA chunks by their payload protocol identifier, and
 * messages in several chunks, bounded. Some stacks send the identifier in the
 * wrong byte order or zero; both orders are tried, and for zero the port. A
 * packet that sets an association up goes, as it is, to those who ask for the
 * IP protocol.
 */
#include "wire/inside.h"
#include <stdlib.h>

enum { SCTP = 132 }; /* IANA, protocol numbers */

#define MESSAGES 256
#define MESSAGE_MAX ((size_t)64 * 1024)

struct message {
	uint8_t ip[32];
	uint32_t ports, stream, next_tsn, ppid;
	uint8_t *p; /* NULL: free */
	size_t n;
	uint64_t place;
	int64_t first;
	uint64_t born;
};

struct np_sctps {
	struct message v[MESSAGES];
	uint64_t clock;
};

struct np_sctps *np_sctps_new(void)
{
	return calloc(1, sizeof(struct np_sctps));
}

void np_sctps_free(struct np_sctps *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < MESSAGES; i++)
		free(s->v[i].p);
	free(s);
}

static np_candidates by(const struct np_wire *w, enum np_on on, uint32_t a)
{
	return np_route_odd(&w->routes, on, a, 0);
}

static np_candidates route(const struct np_wire *w, const struct np_way *y,
			   uint32_t ppid)
{
	np_candidates set;

	if (ppid) {
		set = by(w, NP_ON_SCTP, ppid);
		return set ? set : by(w, NP_ON_SCTP, __builtin_bswap32(ppid));
	}
	set = by(w, NP_ON_SCTP_PORT, y->from.dport);
	return set ? set : by(w, NP_ON_SCTP_PORT, y->from.sport);
}

static void identify(struct message *m, const struct np_way *y, uint32_t stream)
{
	memset(m->ip, 0, sizeof(m->ip));
	memcpy(m->ip, y->from.src_ip, y->from.ip_len);
	memcpy(m->ip + 16, y->from.dst_ip, y->from.ip_len);
	m->ports = (uint32_t)y->from.sport << 16 | y->from.dport;
	m->stream = stream;
}

static struct message *find(struct np_sctps *s, const struct message *want)
{
	for (size_t i = 0; i < MESSAGES; i++) {
		struct message *m = &s->v[i];

		if (m->p && m->ports == want->ports &&
		    m->stream == want->stream &&
		    m->next_tsn == want->next_tsn &&
		    memcmp(m->ip, want->ip, sizeof(m->ip)) == 0)
			return m;
	}
	return NULL;
}

static struct message *begin(struct np_wire *w, const struct message *want)
{
	struct np_sctps *s = w->sctps;
	struct message *m = &s->v[0];

	for (size_t i = 0; i < MESSAGES; i++) {
		if (!s->v[i].p) {
			m = &s->v[i];
			break;
		}
		if (s->v[i].born < m->born)
			m = &s->v[i];
	}
	if (m->p) {
		w->stats.pending_dropped++;
		free(m->p);
	}
	*m = *want;
	m->n = 0;
	m->born = s->clock++;
	m->p = malloc(MESSAGE_MAX);
	return m->p ? m : NULL;
}

static bool append(struct message *m, struct np_cur c)
{
	if (c.left > MESSAGE_MAX - m->n)
		return false;
	memcpy(m->p + m->n, c.p, c.left);
	m->n += c.left;
	m->next_tsn++;
	return true;
}

static void done(struct np_wire *w, const struct np_way *y, struct message *m)
{
	struct np_way in = *y;
	struct np_frame begun = *y->frame;

	begun.number = m->place;
	begun.time = m->first;
	in.frame = &begun;
	in.base = m->p;
	in.base_n = m->n;
	in.reassembled = true;
	np_wire_give(w, &in, route(w, y, m->ppid), np_cur(m->p, m->n));
	free(m->p);
	m->p = NULL;
}

/* One DATA chunk: flags U 4, B 2, E 1. */
static void chunk(struct np_wire *w, struct np_way *y, uint8_t flags,
		  struct np_cur c)
{
	struct message want = {.place = y->frame->number,
			       .first = y->frame->time};
	uint32_t tsn = np_be32(&c);
	uint32_t stream = np_be32(&c); /* stream and sequence in it */

	want.ppid = np_be32(&c);
	if (c.cut || !c.left || !route(w, y, want.ppid))
		return;
	if ((flags & 3) == 3) {
		np_wire_give(w, y, route(w, y, want.ppid), c);
		return;
	}
	identify(&want, y, stream);
	want.next_tsn = tsn;
	struct message *m = flags & 2 ? begin(w, &want) : find(w->sctps, &want);

	if (!m)
		return;
	if (!append(m, c)) {
		w->stats.pending_dropped++;
		free(m->p);
		m->p = NULL;
	} else if (flags & 1) {
		done(w, y, m);
	}
}

/* 3.3.2, 3.3.3: INIT and INIT ACK stand alone in their packet. */
static bool sets_up(struct np_cur c)
{
	return c.left && (c.p[0] == 1 || c.p[0] == 2);
}

void np_peel_sctp(struct np_wire *w, struct np_way *y, struct np_cur c)
{
	struct np_cur packet = c;

	y->from.sport = np_be16(&c);
	y->from.dport = np_be16(&c);
	np_skip(&c, 8);
	if (sets_up(c)) {
		np_wire_give(w, y, w->routes.set[w->routes.ip[SCTP]], packet);
		return;
	}
	while (c.left >= 4) {
		uint8_t type = np_u8(&c), flags = np_u8(&c);
		uint16_t len = np_be16(&c);

		if (len < 4)
			return;
		struct np_cur v = np_sub(&c, len - 4u);

		if (v.cut)
			return;
		if (type == 0)
			chunk(w, y, flags, v);
		if (len % 4 && c.left >= 4u - len % 4)
			np_skip(&c, 4u - len % 4);
	}
}
