/* SPDX-License-Identifier: ISC */
/*
 * TCP (RFC 9293), one direction at a time. A direction is undecided until a
 * protocol has read it or nobody wants it; then it costs a look-up. Octets are
 * kept only while a decoder says MORE, in sequence, up to the protocol's limit;
 * those that came first stand. A direction joined in the middle begins at a
 * segment that looks like the beginning of a message.
 *
 * The table is associative in sets of four: a tag word says which entry to
 * touch. Before it stands a cache of decided directions that holds hashes only,
 * small enough for a processor's own cache: there most packets of a capture
 * end. The table alone is the truth; what the cache forgot is looked up.
 */
#include "core/table.h"
#include "wire/decided.h"
#include "wire/inside.h"
#include <endian.h>
#include <stdlib.h>

enum state {
	OPEN,  /* undecided, or in a message */
	SKIP,  /* the next message begins at `next` */
	WATCH, /* lost: waits for a segment that .sync() likes */
	DONE,
};

#define WAYS 4
/* What follows a greeting in the same connection: STARTTLS, a proxy's CONNECT,
 * SOCKS. So many segments are looked at after nobody wanted the first. */
#define SNIFF 12
_Static_assert(SNIFF <= NP_DECIDED_LEFT, "fits beside the hash");
#define LATE 16 /* segments kept that came before their turn */

struct key {
	uint64_t w[5]; /* addresses; ports, depth and length */
};

struct flow {
	struct key key;
	uint32_t next; /* sequence number of the next octet wanted */
	uint32_t base; /* sequence number of octet 0 of the direction */
	uint32_t tick;
	uint8_t state, proto; /* proto: index, for SKIP and WATCH */
	uint8_t sniff;	      /* DONE: segments whose beginning is looked at */
	bool start;	      /* the SYN was seen */
	struct pending *pending;
};

struct late {
	uint32_t seq, n;
	uint8_t *p;
};

/* Octets of an undecided direction. */
struct pending {
	struct pending *older, *newer;
	struct flow *flow;
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

struct np_flows {
	uint16_t *tag; /* 0: free */
	struct flow *v;
	size_t sets; /* a power of two */
	uint32_t tick;
	struct np_decided done;
	struct pending *oldest, *newest;
	size_t held, held_max;
};

struct np_flows *np_flows_new(const struct np_wire_conf *conf)
{
	struct np_flows *f = calloc(1, sizeof(*f));
	size_t sets = 1;

	if (!f)
		return NULL;
	while (sets * WAYS < conf->flows)
		sets *= 2;
	f->sets = sets;
	f->held_max = conf->pending;
	f->tag = np_table_alloc(sets * WAYS * sizeof(*f->tag));
	f->v = np_table_alloc(sets * WAYS * sizeof(*f->v));
	if (!f->tag || !f->v || !np_decided_init(&f->done)) {
		np_flows_free(f);
		return NULL;
	}
	return f;
}

static void pending_free(struct np_flows *f, struct pending *p)
{
	if (p->older)
		p->older->newer = p->newer;
	else
		f->oldest = p->newer;
	if (p->newer)
		p->newer->older = p->older;
	else
		f->newest = p->older;
	for (size_t i = 0; i < p->nlate; i++) {
		f->held -= p->late[i].n;
		free(p->late[i].p);
	}
	f->held -= p->cap + sizeof(*p);
	p->flow->pending = NULL;
	free(p->p);
	free(p);
}

void np_flows_free(struct np_flows *f)
{
	if (!f)
		return;
	while (f->oldest)
		pending_free(f, f->oldest);
	free(f->tag);
	free(f->v);
	np_decided_release(&f->done);
	free(f);
}

/* IPv4: both addresses in w[0]; IPv6: w[0..1] and w[2..3]. */
static struct key make_key(const uint8_t *src, const uint8_t *dst,
			   unsigned ip_len, uint32_t ports, unsigned depth)
{
	struct key k = {{0}};

	memcpy((uint8_t *)k.w, src, ip_len);
	memcpy((uint8_t *)k.w + ip_len, dst, ip_len);
	k.w[4] = (uint64_t)ports << 32 | depth << 8 | ip_len;
	return k;
}

static struct key key_of(const struct np_from *f)
{
	return make_key(f->src_ip, f->dst_ip, f->ip_len,
			(uint32_t)f->sport << 16 | f->dport, f->depth);
}

static struct key key_at(const struct np_segment *s)
{
	uint32_t ports;

	memcpy(&ports, s->l4, 4);
	return make_key(s->addresses, s->addresses + s->ip_len, s->ip_len,
			be32toh(ports), 0);
}

static uint64_t hash_of(const struct key *k)
{
	const uint64_t m = UINT64_C(0xc2b2ae3d27d4eb4f);
	const uint64_t n = UINT64_C(0x9e3779b97f4a7c15);
	uint64_t h = k->w[0];

	if ((k->w[4] & 0xff) != 4)
		for (int i = 1; i < 4; i++)
			h = (h ^ (h >> 29)) * m ^ k->w[i];
	h = (h ^ (k->w[4] * n)) * n;
	return (h ^ (h >> 32)) | UINT64_C(1) << 63; /* never 0 */
}

static bool same(const struct key *a, const struct key *b)
{
	return ((a->w[0] ^ b->w[0]) | (a->w[1] ^ b->w[1]) |
		(a->w[2] ^ b->w[2]) | (a->w[3] ^ b->w[3]) |
		(a->w[4] ^ b->w[4])) == 0;
}

static uint16_t tag_of(uint64_t h)
{
	return (uint16_t)(h >> 48) | 1;
}

static size_t set_of(const struct np_flows *f, uint64_t h)
{
	return h & (f->sets - 1);
}

/* The entries of a set whose tag it may be: the top bit of each 16. The lowest
 * is right, others may be wrong; all are compared. */
static uint64_t tag_matches(const struct np_flows *f, size_t set, uint16_t tag)
{
	const uint64_t ones = UINT64_C(0x0001000100010001);
	uint64_t x;

	_Static_assert(WAYS == 4, "one word of tags a set");
	memcpy(&x, &f->tag[set * WAYS], sizeof(x));
	x ^= ones * tag;
	return (x - ones) & ~x & (ones << 15);
}

void np_flows_ahead(const struct np_flows *f, struct np_segment *s)
{
	struct key k = key_at(s);

	s->hash = hash_of(&k);
	np_decided_ahead(&f->done, s->hash);
}

/* The direction's entry; NULL when the table has none. */
static struct flow *entry(struct np_flows *f, const struct key *k, uint64_t h)
{
	size_t set = set_of(f, h);

	for (uint64_t m = tag_matches(f, set, tag_of(h)); m; m &= m - 1) {
		struct flow *x =
			&f->v[set * WAYS + (size_t)__builtin_ctzll(m) / 16];

		if (!same(&x->key, k))
			continue;
		x->tick = f->tick++;
		return x;
	}
	return NULL;
}

/* The word of a direction that the table knows to be decided, put where it
 * will be found the next time; NULL when it is not. */
static uint64_t *learn(struct np_flows *f, const struct np_segment *s)
{
	struct key k = key_at(s);
	const struct flow *x = entry(f, &k, s->hash);

	return x && x->state == DONE
		       ? np_decided_put(&f->done, s->hash, x->sniff)
		       : NULL;
}

bool np_flows_decided(struct np_flows *f, const uint8_t may_begin[8192],
		      const struct np_segment *s)
{
	size_t head = np_segment_head(s);
	uint64_t *done = np_decided_find(&f->done, s->hash);

	if (!done)
		done = learn(f, s);
	if (!done)
		return false;
	if (s->n == head || s->room == head || !np_decided_left(*done))
		return true;
	--*done;
	return s->n < head + 2 || s->room < head + 2 ||
	       !np_pair_of(may_begin, s->l4 + head);
}

/* The entry to give up: free, else the longest unused, decided ones first. */
static size_t victim(const struct np_flows *f, size_t set)
{
	size_t best = set * WAYS;
	uint32_t best_age = 0;

	for (size_t i = set * WAYS; i < (set + 1) * WAYS; i++) {
		uint32_t age;

		if (!f->tag[i])
			return i;
		age = (f->tick - f->v[i].tick) >> 1;
		if (!f->v[i].pending)
			age |= 0x80000000u;
		if (age >= best_age) {
			best = i;
			best_age = age;
		}
	}
	return best;
}

/* The direction's entry; NULL when it is new and `make` is not set. */
static struct flow *lookup(struct np_wire *w, const struct key *k, bool make,
			   bool *ret_new)
{
	struct np_flows *f = w->flows;
	uint64_t h = hash_of(k);
	struct flow *x = entry(f, k, h);

	*ret_new = false;
	if (x || !make)
		return x;
	size_t i = victim(f, set_of(f, h));

	if (f->tag[i] && f->v[i].pending) {
		w->stats.flows_dropped++;
		pending_free(f, f->v[i].pending);
	}
	f->tag[i] = tag_of(h);
	f->v[i] = (struct flow){.key = *k, .tick = f->tick++};
	*ret_new = true;
	return &f->v[i];
}

/* ------------------------------------------------------------ decisions */

static void settle(struct flow *x, const struct np_proto *p)
{
	x->state = p && p->sync ? WATCH : DONE;
	x->sniff = SNIFF;
	for (uint8_t i = 0; p && i < NP_NPROTOS; i++)
		if (np_protos[i] == p)
			x->proto = i;
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
			    const struct flow *x, np_candidates set,
			    uint32_t seq, struct np_cur c, bool end)
{
	const struct pending *p = x->pending;
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

static struct pending *pend(struct np_wire *w, const struct np_way *y,
			    struct flow *x, np_candidates set, uint32_t seq)
{
	struct np_flows *f = w->flows;
	struct pending *p = calloc(1, sizeof(*p));

	if (!p)
		return NULL;
	p->flow = x;
	p->seq = seq;
	p->set = set;
	p->limit = set ? limit_of(set) : NP_STREAM_LIMIT;
	p->place = y->frame->number;
	p->first = y->frame->time;
	p->from = y->from;
	p->older = f->newest;
	if (f->newest)
		f->newest->newer = p;
	else
		f->oldest = p;
	f->newest = p;
	f->held += sizeof(*p);
	x->pending = p;
	return p;
}

/* Makes room for n octets more, at the cost of the oldest undecided. */
static bool afford(struct np_wire *w, const struct pending *keep, size_t n)
{
	struct np_flows *f = w->flows;

	while (f->held + n > f->held_max) {
		struct pending *old = f->oldest;

		if (old == keep)
			old = old->newer;
		if (!old)
			return false;
		w->stats.pending_dropped++;
		old->flow->state = DONE;
		pending_free(f, old);
	}
	return true;
}

static bool hold(struct np_wire *w, struct pending *p, struct np_cur c)
{
	struct np_flows *f = w->flows;
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
		f->held += cap - p->cap;
		p->p = q;
		p->cap = cap;
	}
	memcpy(p->p + p->n, c.p, n);
	p->n += n;
	return true;
}

/* What an answer means for the direction. `seq` is where the message began.
 * True when octets of the next message may already be here. */
static bool decide(struct np_wire *w, struct flow *x, struct np_answer a,
		   uint32_t seq)
{
	if (x->pending)
		pending_free(w->flows, x->pending);
	switch (a.verdict) {
	case NP_DECODED:
		if (!a.next || a.next > INT32_MAX) {
			settle(x, NULL);
			return false;
		}
		settle(x, a.proto);
		x->state = SKIP;
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

static void feed(struct np_wire *w, const struct np_way *y, struct flow *x,
		 uint32_t seq, struct np_cur c);

/* A message begins in c: who wants it? */
static void begin(struct np_wire *w, const struct np_way *y, struct flow *x,
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
	struct pending *p = pend(w, y, x, np_route_from(set, a.proto), seq);

	if (!p || !afford(w, p, 0) || !hold(w, p, c)) {
		if (x->pending)
			pending_free(w->flows, x->pending);
		x->state = DONE;
		return;
	}
	p->want = a.more;
	x->state = OPEN;
	x->next = seq + (uint32_t)c.left;
}

/* More octets of a message that is being collected. */
static void grow(struct np_wire *w, const struct np_way *y, struct flow *x,
		 struct np_cur c)
{
	struct pending *p = x->pending;

	x->next += (uint32_t)c.left;
	if (!hold(w, p, c)) {
		w->stats.pending_dropped++;
		pending_free(w->flows, p);
		x->state = DONE;
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

		w->flows->held -= p->cap;
		p->p = NULL;
		p->cap = 0;
		(void)decide(w, x, a, seq);
		feed(w, y, x, seq + (uint32_t)a.next, rest);
		free(keep);
		return;
	}
	(void)decide(w, x, a, seq);
	if (x->state == SKIP && (int32_t)(end - x->next) > 0)
		settle(x, a.proto); /* the next one's head went by, unheld */
}

/* Segments that came before their turn. */
static void stash(struct np_wire *w, const struct np_way *y, struct flow *x,
		  uint32_t seq, struct np_cur c)
{
	struct pending *p = x->pending;

	if (!p)
		p = pend(w, y, x, NULL, x->next);
	if (!p || p->nlate == LATE || !afford(w, p, c.left)) {
		/* A hole that does not fill: what is behind it is lost. */
		if (p)
			w->stats.pending_dropped++;
		if (x->pending)
			pending_free(w->flows, x->pending);
		settle(x, watcher(w, y));
		return;
	}
	uint8_t *copy = malloc(c.left);

	if (!copy)
		return;
	memcpy(copy, c.p, c.left);
	w->flows->held += c.left;
	p->late[p->nlate++] = (struct late){seq, (uint32_t)c.left, copy};
}

/* Takes out a late segment whose turn has come. */
static bool unstash(struct np_flows *f, struct flow *x, struct late *ret)
{
	struct pending *p = x->pending;

	for (size_t i = 0; p && i < p->nlate; i++) {
		if ((int32_t)(p->late[i].seq - x->next) > 0)
			continue;
		*ret = p->late[i];
		p->late[i] = p->late[--p->nlate];
		f->held -= ret->n;
		return true;
	}
	return false;
}

static void first_octets(struct np_wire *w, const struct np_way *y,
			 struct flow *x, uint32_t seq, struct np_cur c)
{
	np_candidates set = by_text(w, c);
	const struct np_proto *one[2] = {x->start ? NULL : watcher(w, y), NULL};

	if (!set && x->start)
		set = by_port(w, y);
	/* Joined in the middle, maybe where a message begins. */
	if (!set && one[0] && one[0]->sync(c))
		set = one;
	if (set)
		begin(w, y, x, set, seq, c);
	else
		settle(x, one[0]);
}

/* In-sequence octets, by the direction's state. */
static void feed(struct np_wire *w, const struct np_way *y, struct flow *x,
		 uint32_t seq, struct np_cur c)
{
	switch ((enum state)x->state) {
	case OPEN:
		if (x->pending && x->pending->set)
			grow(w, y, x, c);
		else
			first_octets(w, y, x, seq, c);
		return;
	case SKIP:
	case WATCH:
		if (x->state == WATCH && !np_protos[x->proto]->sync(c))
			return;
		x->state = OPEN;
		begin(w, y, x,
		      np_route_next(&w->routes, by_text(w, c), x->proto), seq,
		      c);
		return;
	case DONE:
		if (!by_text(w, c)) {
			x->sniff--;
			return;
		}
		x->state = OPEN;
		x->sniff = 0;
		np_decided_drop(&w->flows->done, hash_of(&x->key));
		first_octets(w, y, x, seq, c);
		return;
	}
}

/* Puts octets where they belong in the sequence. */
static void place(struct np_wire *w, const struct np_way *y, struct flow *x,
		  uint32_t seq, struct np_cur c)
{
	int32_t ahead = (int32_t)(seq - x->next);

	if (x->state == WATCH || x->state == DONE) {
		feed(w, y, x, seq, c);
		return;
	}
	if (ahead < 0) { /* sent again, or overlapping */
		if ((uint32_t)-ahead >= c.left)
			return;
		np_skip(&c, (uint32_t)-ahead);
		seq = x->next;
	} else if (ahead > 0) {
		if (x->state == OPEN) {
			stash(w, y, x, seq, c);
			return;
		}
		settle(x, np_protos[x->proto]);
		feed(w, y, x, seq, c);
		return;
	}
	/* A pending without candidates only waited for the hole to fill. */
	struct pending *p = x->pending;
	struct late kept[LATE];
	size_t nkept = 0;

	if (p && !p->set) {
		nkept = p->nlate;
		memcpy(kept, p->late, sizeof(kept));
		p->nlate = 0;
		for (size_t i = 0; i < nkept; i++)
			w->flows->held -= kept[i].n;
		pending_free(w->flows, p);
	}
	uint32_t after = seq + (uint32_t)c.left;

	feed(w, y, x, seq, c);
	if (x->state == OPEN && !x->pending)
		x->next = after;
	for (size_t i = 0; i < nkept; i++) {
		if (x->state != DONE)
			place(w, y, x, kept[i].seq,
			      np_cur(kept[i].p, kept[i].n));
		free(kept[i].p);
	}
}

static void deliver(struct np_wire *w, const struct np_way *y, struct flow *x,
		    uint32_t seq, struct np_cur c)
{
	struct late l;

	place(w, y, x, seq, c);
	while (x->state != DONE && unstash(w->flows, x, &l)) {
		place(w, y, x, l.seq, np_cur(l.p, l.n));
		free(l.p);
	}
}

/* Nothing follows: a last call for what is held. */
static void finish(struct np_wire *w, const struct np_way *y, struct flow *x)
{
	struct pending *p = x->pending;

	if (p && p->set && p->n) {
		struct np_answer a =
			ask(w, y, x, p->set, p->seq, np_cur(p->p, p->n), true);

		(void)decide(w, x, a, p->seq);
	}
	if (x->pending)
		pending_free(w->flows, x->pending);
	x->state = DONE;
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
	struct key k = key_of(&y->from);
	bool fresh;
	struct flow *x = lookup(w, &k, c.left || flags & SYN, &fresh);

	if (!x)
		return;
	if (flags & SYN) {
		np_decided_drop(&w->flows->done, hash_of(&k));
		/* The same SYN again changes nothing. */
		if (fresh || !x->start || x->base != seq + 1) {
			if (x->pending)
				pending_free(w->flows, x->pending);
			x->state = OPEN;
			x->start = true;
			x->base = x->next = seq + 1;
		}
		seq++; /* what a SYN carries (RFC 7413) follows it */
	} else if (fresh) {
		x->base = x->next = seq;
	}
	if (x->state == DONE && !x->sniff)
		return;
	if (c.left)
		deliver(w, y, x, seq, c);
	if (flags & (FIN | RST) && x->pending)
		finish(w, y, x);
}

void np_flows_end(struct np_wire *w)
{
	struct np_flows *f = w->flows;

	while (f->oldest) {
		struct pending *p = f->oldest;
		struct flow *x = p->flow;
		struct np_frame frame = {.number = p->place, .time = p->first};
		uint8_t ip[32];
		struct np_way y = {.frame = &frame, .from = p->from};

		memcpy(ip, x->key.w, sizeof(ip));
		y.from.src_ip = ip;
		y.from.dst_ip = ip + y.from.ip_len;
		y.from.src_mac = y.from.dst_mac = NULL;
		finish(w, &y, x);
	}
	memset(f->tag, 0, f->sets * WAYS * sizeof(*f->tag));
	np_decided_clear(&f->done);
}
