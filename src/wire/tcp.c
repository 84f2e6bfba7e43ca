/* SPDX-License-Identifier: ISC */
/*
 * TCP (RFC 9293), one direction at a time. A direction is undecided until a
 * protocol has read it or nobody wants it; then it costs a look-up. Octets are
 * kept only while a decoder says MORE, in sequence, up to the protocol's limit;
 * those that came first stand. A direction joined in the middle begins at a
 * segment that looks like the beginning of a message.
 */
#include "wire/inside.h"
#include <stdlib.h>

/* What follows a greeting in the same connection: STARTTLS, a proxy's CONNECT,
 * SOCKS. So many segments are looked at after nobody wanted the first. */
#define SNIFF 12
_Static_assert(SNIFF <= NP_DECIDED_LEFT, "fits beside the hash");
#define LATE 16 /* segments kept that came before their turn */

struct late {
	uint32_t seq, n;
	uint8_t *p;
};

/* Octets of an undecided direction. */
struct np_pending {
	struct np_pending *older, *newer;
	struct np_flow *flow;
	uint8_t *p;
	size_t n, cap, want, limit;
	uint32_t seq; /* of p[0] */
	np_candidates set;
	struct late late[LATE];
	size_t nlate;
	uint64_t place;
	int64_t first;
	struct np_from from; /* of its first octets; addresses not kept */
};

static void pending_free(struct np_wire *w, struct np_pending *p)
{
	struct np_pendings *list = &w->pendings;

	if (p->older)
		p->older->newer = p->newer;
	else
		list->oldest = p->newer;
	if (p->newer)
		p->newer->older = p->older;
	else
		list->newest = p->older;
	for (size_t i = 0; i < p->nlate; i++) {
		list->held -= p->late[i].n;
		free(p->late[i].p);
	}
	list->held -= p->cap + sizeof(*p);
	p->flow->pending = NULL;
	free(p->p);
	free(p);
}

void np_tcp_release(struct np_wire *w)
{
	while (w->pendings.oldest)
		pending_free(w, w->pendings.oldest);
}

/* The direction's entry; NULL when it is new and `make` is not set. */
static struct np_flow *lookup(struct np_wire *w, const struct np_flow_key *k,
			      uint64_t hash, bool make, bool *ret_new)
{
	struct np_flow *x = np_flows_find(&w->flows, k, hash);
	struct np_pending *lost;

	*ret_new = !x && make;
	if (!*ret_new)
		return x;
	x = np_flows_add(&w->flows, k, hash, &lost);
	if (lost) {
		w->stats.flows_dropped++;
		pending_free(w, lost);
	}
	return x;
}

/* ------------------------------------------------------------ decisions */

static void settle(struct np_flow *x, const struct np_proto *p)
{
	x->state = p && p->sync ? NP_FLOW_WATCH : NP_FLOW_DONE;
	x->sniff = SNIFF;
	if (p)
		x->proto = (uint8_t)np_proto_number(p);
}

static const struct np_proto *watcher(const struct np_wire *w,
				      const struct np_way *y)
{
	uint8_t set[2] = {w->routes.tcp[y->from.sport],
			  w->routes.tcp[y->from.dport]};

	for (size_t s = 0; s < 2; s++)
		for (np_candidates c = w->routes.set[set[s]]; *c; c++)
			if ((*c)->sync)
				return *c;
	return NULL;
}

/* Itself alone, as a set that stays: what is held back is asked later. */
static np_candidates alone(const struct np_wire *w, const struct np_proto *p)
{
	return np_route_next(&w->routes, NULL, np_proto_number(p));
}

static np_candidates by_port(const struct np_wire *w, const struct np_way *y)
{
	uint8_t set = w->routes.tcp[y->from.sport];

	if (!set)
		set = w->routes.tcp[y->from.dport];
	return set ? w->routes.set[set] : NULL;
}

static np_candidates by_text(const struct np_wire *w, struct np_cur c)
{
	return np_route_text(&w->routes, w->routes.stream,
			     w->routes.stream_first, c);
}

/* Asks the candidates about the octets of a message that begin at `seq`. */
static struct np_answer ask(struct np_wire *w, const struct np_way *y,
			    const struct np_flow *x, np_candidates set,
			    uint32_t seq, struct np_cur c, bool end)
{
	const struct np_pending *p = x->pending;
	struct np_payload pl = {
		.candidates = set,
		.from = y->from,
		.cur = c,
		.base = c.p,
		.base_n = c.left,
		.origin = (uint32_t)(seq - x->base),
		.subscriber = y->subscriber,
		.place = p ? p->place : y->frame->number,
		.first = p ? p->first : y->frame->time,
		.last = y->frame->time,
		.count = 1,
	};

	pl.from.stream = true;
	pl.from.start = x->start;
	pl.from.end = end;
	return w->fn(w->ctx, &pl);
}

static size_t limit_of(np_candidates set)
{
	size_t n = 0;

	for (; *set; set++) {
		size_t one = (*set)->limit ? (*set)->limit : NP_STREAM_LIMIT;

		n = one > n ? one : n;
	}
	return n;
}

static struct np_pending *pend(struct np_wire *w, const struct np_way *y,
			       struct np_flow *x, np_candidates set,
			       uint32_t seq)
{
	struct np_pendings *list = &w->pendings;
	struct np_pending *p = calloc(1, sizeof(*p));

	if (!p)
		return NULL;
	p->flow = x;
	p->seq = seq;
	p->set = set;
	p->limit = set ? limit_of(set) : NP_STREAM_LIMIT;
	p->place = y->frame->number;
	p->first = y->frame->time;
	p->from = y->from;
	p->older = list->newest;
	if (list->newest)
		list->newest->newer = p;
	else
		list->oldest = p;
	list->newest = p;
	list->held += sizeof(*p);
	x->pending = p;
	return p;
}

/* Makes room for n octets more, at the cost of the oldest undecided. */
static bool afford(struct np_wire *w, const struct np_pending *keep, size_t n)
{
	struct np_pendings *list = &w->pendings;

	while (list->held + n > w->conf.pending) {
		struct np_pending *old = list->oldest;

		if (old == keep)
			old = old->newer;
		if (!old)
			return false;
		w->stats.pending_dropped++;
		old->flow->state = NP_FLOW_DONE;
		pending_free(w, old);
	}
	return true;
}

static bool hold(struct np_wire *w, struct np_pending *p, struct np_cur c)
{
	struct np_pendings *list = &w->pendings;
	size_t n = c.left < p->limit - p->n ? c.left : p->limit - p->n;

	if (p->n + n > p->cap) {
		size_t cap = p->cap ? p->cap : 512;

		while (cap < p->n + n)
			cap *= 2;
		if (!afford(w, p, cap - p->cap))
			return false;
		uint8_t *q = realloc(p->p, cap);

		if (!q)
			return false;
		list->held += cap - p->cap;
		p->p = q;
		p->cap = cap;
	}
	memcpy(p->p + p->n, c.p, n);
	p->n += n;
	return true;
}

/* What an answer means for the direction. `seq` is where the message began.
 * True when octets of the next message may already be here. */
static bool decide(struct np_wire *w, struct np_flow *x, struct np_answer a,
		   uint32_t seq)
{
	if (x->pending)
		pending_free(w, x->pending);
	switch (a.verdict) {
	case NP_DECODED:
		if (!a.next || a.next > INT32_MAX) {
			settle(x, NULL);
			return false;
		}
		settle(x, a.proto);
		x->state = NP_FLOW_SKIP;
		x->next = seq + (uint32_t)a.next;
		return true;
	case NP_MALFORMED:
		settle(x, a.proto);
		return false;
	case NP_NOT_MINE:
	case NP_MORE:
		break;
	}
	settle(x, NULL);
	return false;
}

static void feed(struct np_wire *w, const struct np_way *y, struct np_flow *x,
		 uint32_t seq, struct np_cur c);

/* A message begins in c: who wants it? */
static void begin(struct np_wire *w, const struct np_way *y, struct np_flow *x,
		  np_candidates set, uint32_t seq, struct np_cur c)
{
	struct np_answer a = ask(w, y, x, set, seq, c, false);

	if (a.verdict == NP_NOT_MINE) {
		np_candidates other = by_port(w, y);

		if (other && other != set && x->start) {
			set = other;
			a = ask(w, y, x, set, seq, c, false);
		}
	}
	if (a.verdict != NP_MORE) {
		if (!decide(w, x, a, seq))
			return;
		if (a.next < c.left) {
			np_skip(&c, a.next);
			feed(w, y, x, seq + (uint32_t)a.next, c);
		}
		return;
	}
	struct np_pending *p = pend(w, y, x, np_route_from(set, a.proto), seq);

	if (!p || !afford(w, p, 0) || !hold(w, p, c)) {
		if (x->pending)
			pending_free(w, x->pending);
		x->state = NP_FLOW_DONE;
		return;
	}
	p->want = a.more;
	x->state = NP_FLOW_OPEN;
	x->next = seq + (uint32_t)c.left;
}

/* More octets of a message that is being collected. */
static void grow(struct np_wire *w, const struct np_way *y, struct np_flow *x,
		 struct np_cur c)
{
	struct np_pending *p = x->pending;

	x->next += (uint32_t)c.left;
	if (!hold(w, p, c)) {
		w->stats.pending_dropped++;
		pending_free(w, p);
		x->state = NP_FLOW_DONE;
		return;
	}
	bool full = p->n == p->limit;

	if (p->n < p->want && p->want <= p->limit && !full)
		return;
	uint32_t seq = p->seq, end = x->next;
	struct np_answer a =
		ask(w, y, x, p->set, seq, np_cur(p->p, p->n), full);

	if (a.verdict == NP_MORE) {
		p->want = a.more;
		p->set = np_route_from(p->set, a.proto);
		size_t limit = limit_of(p->set);
		p->limit = limit > p->n ? limit : p->n;
		return;
	}
	size_t n = p->n;

	if (a.verdict == NP_DECODED && a.next && a.next < n) {
		/* The next message has begun in what is held. */
		struct np_cur rest = np_cur(p->p + a.next, n - a.next);
		uint8_t *keep = p->p;

		w->pendings.held -= p->cap;
		p->p = NULL;
		p->cap = 0;
		(void)decide(w, x, a, seq);
		feed(w, y, x, seq + (uint32_t)a.next, rest);
		free(keep);
		return;
	}
	(void)decide(w, x, a, seq);
	if (x->state == NP_FLOW_SKIP && (int32_t)(end - x->next) > 0)
		settle(x, a.proto); /* the next one's head went by, unheld */
}

/* Segments that came before their turn. */
static void stash(struct np_wire *w, const struct np_way *y, struct np_flow *x,
		  uint32_t seq, struct np_cur c)
{
	struct np_pending *p = x->pending;

	if (!p)
		p = pend(w, y, x, NULL, x->next);
	if (!p || p->nlate == LATE || !afford(w, p, c.left)) {
		/* A hole that does not fill: what is behind it is lost. */
		if (p)
			w->stats.pending_dropped++;
		if (x->pending)
			pending_free(w, x->pending);
		settle(x, watcher(w, y));
		return;
	}
	uint8_t *copy = malloc(c.left);

	if (!copy)
		return;
	memcpy(copy, c.p, c.left);
	w->pendings.held += c.left;
	p->late[p->nlate++] = (struct late){seq, (uint32_t)c.left, copy};
}

/* Takes out a late segment whose turn has come. */
static bool unstash(struct np_wire *w, struct np_flow *x, struct late *ret)
{
	struct np_pending *p = x->pending;

	for (size_t i = 0; p && i < p->nlate; i++) {
		if ((int32_t)(p->late[i].seq - x->next) > 0)
			continue;
		*ret = p->late[i];
		p->late[i] = p->late[--p->nlate];
		w->pendings.held -= ret->n;
		return true;
	}
	return false;
}

static void first_octets(struct np_wire *w, const struct np_way *y,
			 struct np_flow *x, uint32_t seq, struct np_cur c)
{
	np_candidates set = by_text(w, c);
	const struct np_proto *one = x->start ? NULL : watcher(w, y);

	if (!set && x->start)
		set = by_port(w, y);
	/* Joined in the middle, maybe where a message begins. */
	if (!set && one && one->sync(c))
		set = alone(w, one);
	if (set)
		begin(w, y, x, set, seq, c);
	else
		settle(x, one);
}

/* In-sequence octets, by the direction's state. */
static void feed(struct np_wire *w, const struct np_way *y, struct np_flow *x,
		 uint32_t seq, struct np_cur c)
{
	switch ((enum np_flow_state)x->state) {
	case NP_FLOW_OPEN:
		if (x->pending && x->pending->set)
			grow(w, y, x, c);
		else
			first_octets(w, y, x, seq, c);
		return;
	case NP_FLOW_SKIP:
	case NP_FLOW_WATCH:
		if (x->state == NP_FLOW_WATCH && !np_protos[x->proto]->sync(c))
			return;
		x->state = NP_FLOW_OPEN;
		begin(w, y, x,
		      np_route_next(&w->routes, by_text(w, c), x->proto), seq,
		      c);
		return;
	case NP_FLOW_DONE:
		if (!by_text(w, c)) {
			x->sniff--;
			return;
		}
		x->state = NP_FLOW_OPEN;
		x->sniff = 0;
		np_decided_drop(&w->flows.done, np_flow_hash(&x->key));
		first_octets(w, y, x, seq, c);
		return;
	}
}

/* Puts octets where they belong in the sequence. */
static void place(struct np_wire *w, const struct np_way *y, struct np_flow *x,
		  uint32_t seq, struct np_cur c)
{
	int32_t ahead = (int32_t)(seq - x->next);

	if (x->state == NP_FLOW_WATCH || x->state == NP_FLOW_DONE) {
		feed(w, y, x, seq, c);
		return;
	}
	if (ahead < 0) { /* sent again, or overlapping */
		if ((uint32_t)-ahead >= c.left)
			return;
		np_skip(&c, (uint32_t)-ahead);
		seq = x->next;
	} else if (ahead > 0) {
		if (x->state == NP_FLOW_OPEN) {
			stash(w, y, x, seq, c);
			return;
		}
		settle(x, np_protos[x->proto]);
		feed(w, y, x, seq, c);
		return;
	}
	/* A pending without candidates only waited for the hole to fill. */
	struct np_pending *p = x->pending;
	struct late kept[LATE];
	size_t nkept = 0;

	if (p && !p->set) {
		nkept = p->nlate;
		memcpy(kept, p->late, sizeof(kept));
		p->nlate = 0;
		for (size_t i = 0; i < nkept; i++)
			w->pendings.held -= kept[i].n;
		pending_free(w, p);
	}
	uint32_t after = seq + (uint32_t)c.left;

	feed(w, y, x, seq, c);
	if (x->state == NP_FLOW_OPEN && !x->pending)
		x->next = after;
	for (size_t i = 0; i < nkept; i++) {
		if (x->state != NP_FLOW_DONE)
			place(w, y, x, kept[i].seq,
			      np_cur(kept[i].p, kept[i].n));
		free(kept[i].p);
	}
}

static void deliver(struct np_wire *w, const struct np_way *y,
		    struct np_flow *x, uint32_t seq, struct np_cur c)
{
	struct late l;

	place(w, y, x, seq, c);
	while (x->state != NP_FLOW_DONE && unstash(w, x, &l)) {
		place(w, y, x, l.seq, np_cur(l.p, l.n));
		free(l.p);
	}
}

/* Nothing follows: a last call for what is held. */
static void finish(struct np_wire *w, const struct np_way *y, struct np_flow *x)
{
	struct np_pending *p = x->pending;

	if (p && p->set && p->n) {
		struct np_answer a =
			ask(w, y, x, p->set, p->seq, np_cur(p->p, p->n), true);

		(void)decide(w, x, a, p->seq);
	}
	if (x->pending)
		pending_free(w, x->pending);
	x->state = NP_FLOW_DONE;
}

void np_peel_tcp(struct np_wire *w, struct np_way *y, struct np_cur c)
{
	enum { FIN = 1, SYN = 2, RST = 4 };
	const uint8_t *h = c.p;

	if (c.left < 20)
		return;
	size_t head = (h[12] >> 4) * 4u;
	uint8_t flags = h[13];

	if (head < 20 || head > c.left)
		return;
	np_skip(&c, head);
	/* Pure acknowledgements, two in five frames, end here. */
	if (!c.left && !(flags & (FIN | SYN | RST)))
		return;
	y->from.sport = (uint16_t)(h[0] << 8 | h[1]);
	y->from.dport = (uint16_t)(h[2] << 8 | h[3]);
	uint32_t seq = (uint32_t)h[4] << 24 | (uint32_t)h[5] << 16 |
		       (uint32_t)h[6] << 8 | h[7];
	struct np_flow_key k = np_flow_key(&y->from);
	uint64_t hash = np_flow_hash(&k);
	bool fresh;
	struct np_flow *x = lookup(w, &k, hash, c.left || flags & SYN, &fresh);

	if (!x)
		return;
	if (flags & SYN) {
		np_decided_drop(&w->flows.done, hash);
		/* The same SYN again changes nothing. */
		if (fresh || !x->start || x->base != seq + 1) {
			if (x->pending)
				pending_free(w, x->pending);
			x->state = NP_FLOW_OPEN;
			x->start = true;
			x->base = x->next = seq + 1;
		}
		seq++; /* what a SYN carries (RFC 7413) follows it */
	} else if (fresh) {
		x->base = x->next = seq;
	}
	if (x->state == NP_FLOW_DONE && !x->sniff)
		return;
	if (c.left)
		deliver(w, y, x, seq, c);
	if (flags & (FIN | RST) && x->pending)
		finish(w, y, x);
}

void np_tcp_end(struct np_wire *w)
{
	struct np_pendings *list = &w->pendings;

	while (list->oldest) {
		struct np_pending *p = list->oldest;
		struct np_flow *x = p->flow;
		struct np_frame frame = {.number = p->place, .time = p->first};
		uint8_t ip[32];
		struct np_way y = {.frame = &frame, .from = p->from};

		memcpy(ip, x->key.w, sizeof(ip));
		y.from.src_ip = ip;
		y.from.dst_ip = ip + y.from.ip_len;
		y.from.src_mac = y.from.dst_mac = NULL;
		finish(w, &y, x);
	}
	np_flows_clear(&w->flows);
}
