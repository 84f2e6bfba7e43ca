/* SPDX-License-Identifier: ISC */
/*
 * What was heard in one segment, merged in memory. Two tables: `said` holds
 * each distinct body once, with its occurrence; `heard` remembers payloads by
 * a seeded 128-bit hash together with the bodies they gave. A payload that
 * comes again costs one hash and one line of the cache: what it adds is kept
 * beside the hash and carried over to the bodies when the segment is over.
 *
 * Where bodies are numbered, they go out when they are first heard, and of each
 * a seeded 128-bit hash is left, for the segments to come as well.
 */
#include "core/hash.h"
#include "core/table.h"
#include "sighting/drops.h"
#include "sighting/session.h"
#include "wire/wire.h"
#include <stdlib.h>
#include <sys/random.h>

/* One line of the cache. Its number is its index. */
struct said {
	struct np_hash128 hash;
	const uint8_t *body; /* NULL: it went out when it was first heard */
	uint32_t n;
	uint32_t segment, count;
	uint32_t told; /* the count that was given out already */
	int64_t first, last;
	uint64_t place;
};
_Static_assert(sizeof(struct said) == 64, "one line of the cache");

/* Numbered bodies that are remembered from one segment to the next. */
#define CARRIED ((size_t)1 << 18)

/* One line of the cache. */
struct heard {
	struct np_hash128 hash;
	uint32_t link, nlinks; /* in links[]: indices of said[]; 0: free */
	uint64_t count;	       /* heard again, and not carried over yet */
	int64_t first, last;
	uint64_t place;
	uint16_t malformed, person, banner; /* what it adds to the stats */
	uint16_t drop; /* np_drops_set(): of which fields */
};
_Static_assert(sizeof(struct heard) == 64, "one line of the cache");

/* Enough for what a segment of a busy network repeats; and it stays in a
 * processor's own cache for long. */
#define HEARD_LEAST (1u << 12)
#define HEARD_MOST (1u << 18)

/* Payloads whose entry is being fetched while the next ones are peeled. */
#define QUEUE 16

struct waiting {
	struct np_hash128 hash;
	struct np_payload payload;
};

struct np_tally {
	struct np_seal_rules rules;
	np_tally_fn *fn;
	void *ctx;
	bool numbered;
	size_t max;
	uint64_t seed;
	struct np_arena bodies; /* of this segment */
	struct np_arena frame;	/* of this payload */
	struct np_buf body;
	struct said *said;
	size_t nsaid, said_cap, ntold;
	uint32_t *said_slot;	    /* index + 1 of said[]; open addressing */
	size_t slots;		    /* of said_slot: a power of two */
	struct heard *heard;	    /* open addressing */
	size_t nheard, heard_slots; /* a power of two */
	uint32_t *links;
	size_t nlinks, links_cap;
	struct waiting queue[QUEUE];
	size_t nqueue;
	struct np_out_fact facts[NP_MAX_FACTS];
	struct np_out_statement statements[NP_MAX_STATEMENTS];
	struct np_tally_stats stats;
	struct np_drops drops;
};

static bool make_slots(struct np_tally *t, size_t slots)
{
	uint32_t *v = calloc(slots, sizeof(*v));

	if (!v)
		return false;
	free(t->said_slot);
	t->said_slot = v;
	t->slots = slots;
	for (size_t i = 0; i < t->nsaid; i++) {
		size_t at = t->said[i].hash.lo & (slots - 1);

		while (v[at])
			at = (at + 1) & (slots - 1);
		v[at] = (uint32_t)i + 1;
	}
	return true;
}

/* Where an entry stands in a table, or the free place where it would. */
static struct heard *place_in(struct heard *v, size_t slots,
			      struct np_hash128 h)
{
	size_t at = h.hi & (slots - 1);

	while (v[at].nlinks && (v[at].hash.lo != h.lo || v[at].hash.hi != h.hi))
		at = (at + 1) & (slots - 1);
	return &v[at];
}

static bool make_heard(struct np_tally *t, size_t slots)
{
	struct heard *v = np_table_alloc(slots * sizeof(*v));

	if (!v)
		return false;
	for (size_t i = 0; i < t->heard_slots; i++)
		if (t->heard[i].nlinks)
			*place_in(v, slots, t->heard[i].hash) = t->heard[i];
	free(t->heard);
	t->heard = v;
	t->heard_slots = slots;
	return true;
}

struct np_tally *np_tally_new(const struct np_seal_rules *rules,
			      size_t max_sightings, np_tally_fn *fn, void *ctx)
{
	struct np_tally *t = calloc(1, sizeof(*t));

	if (!t)
		return NULL;
	t->rules = *rules;
	t->fn = fn;
	t->ctx = ctx;
	t->max = max_sightings;
	t->bodies = np_arena(max_sightings * 256);
	t->frame = np_arena(NP_FRAME_ARENA);
	t->body = np_buf(NP_MAX_SIGHTING);
	if (getrandom(&t->seed, sizeof(t->seed), 0) < 0)
		t->seed = (uintptr_t)t;
	if (!make_slots(t, 1024) || !make_heard(t, HEARD_LEAST)) {
		np_tally_free(t);
		return NULL;
	}
	return t;
}

void np_tally_free(struct np_tally *t)
{
	if (!t)
		return;
	np_arena_free(&t->bodies);
	np_arena_free(&t->frame);
	np_buf_free(&t->body);
	free(t->said);
	free(t->said_slot);
	free(t->heard);
	free(t->links);
	free(t);
}

void np_tally_number(struct np_tally *t)
{
	t->numbered = true;
}

/* Gives out where it was heard, with what it says or as its number. */
static void give(struct np_tally *t, uint32_t i, const uint8_t *body, size_t n)
{
	struct said *s = &t->said[i];
	struct np_occurrence o = {
		.segment = s->segment,
		.first = s->first,
		.last = s->last,
		.count = s->count,
		.place = s->place,
	};

	t->fn(t->ctx, i, body, n, &o);
	s->told = s->count;
}

/* Where and when; a payload's or what is kept beside its hash. */
struct when {
	uint64_t count, place;
	int64_t first, last;
};

static struct when when_of(const struct np_payload *p)
{
	return (struct when){p->count, p->place, p->first, p->last};
}

static uint32_t segment_of(uint64_t place)
{
	return (uint32_t)((place - 1) >> NP_SEGMENT_SHIFT);
}

static void occur(struct np_tally *t, uint32_t i, const struct when *w)
{
	struct said *s = &t->said[i];

	if (s->segment != segment_of(w->place)) {
		if (s->count != s->told) /* what came late of an older one */
			give(t, i, NULL, 0);
		s->segment = segment_of(w->place);
		s->count = s->told = 0;
		s->first = s->last = NP_NEVER;
		s->place = w->place;
	}
	s->first = np_time_min(s->first, w->first);
	s->last = np_time_max(s->last, w->last);
	s->count += (uint32_t)w->count;
	if (w->place < s->place)
		s->place = w->place;
}

static bool grow_said(struct np_tally *t)
{
	if (t->nsaid < t->said_cap)
		return true;
	size_t cap = t->said_cap ? t->said_cap * 2 : 256;
	struct said *v = reallocarray(t->said, cap, sizeof(*v));

	if (!v)
		return false;
	t->said = v;
	t->said_cap = cap;
	return true;
}

static bool same_body(const struct np_tally *t, const struct said *s,
		      struct np_hash128 h, uint32_t segment)
{
	if (s->hash.lo != h.lo || s->hash.hi != h.hi)
		return false;
	return t->numbered || (s->segment == segment && s->n == t->body.n &&
			       memcmp(s->body, t->body.p, t->body.n) == 0);
}

/* A numbered body that was said before. Offsets are those of the first place,
 * so that what turns out to have been said earlier is given out in full. */
static void say_again(struct np_tally *t, uint32_t i, const struct when *w)
{
	struct said *s = &t->said[i], now = *s;
	bool before = t->numbered && w->place < s->place;

	occur(t, i, w);
	if (!before)
		return;
	give(t, i, (const uint8_t *)t->body.p, t->body.n);
	if (s->segment != now.segment) { /* the segment that is not over yet */
		*s = now;
		s->told = s->count;
	}
}

static bool add_said(struct np_tally *t, struct np_hash128 h,
		     const struct when *w)
{
	const uint8_t *body = NULL;

	if (t->nsaid == t->max || !grow_said(t))
		return false;
	if (!t->numbered) {
		body = np_copy(&t->bodies, t->body.p, t->body.n);
		if (!body)
			return false;
	}
	t->said[t->nsaid] = (struct said){
		.hash = h,
		.body = body,
		.n = (uint32_t)t->body.n,
		.segment = segment_of(w->place),
		.first = w->first,
		.last = w->last,
		.count = (uint32_t)w->count,
		.place = w->place,
	};
	return true;
}

/* Index of the body in t->body among what was said, added when new;
 * UINT32_MAX at a limit. */
static uint32_t say(struct np_tally *t, const struct np_payload *p)
{
	struct when w = when_of(p);
	struct np_hash128 h = np_hash128(t->body.p, t->body.n, t->seed);
	size_t at = h.lo & (t->slots - 1);

	for (; t->said_slot[at]; at = (at + 1) & (t->slots - 1)) {
		uint32_t i = t->said_slot[at] - 1;

		if (same_body(t, &t->said[i], h, segment_of(w.place))) {
			say_again(t, i, &w);
			return i;
		}
	}
	if (!add_said(t, h, &w)) {
		t->stats.dropped_by_limit++;
		return UINT32_MAX;
	}
	uint32_t i = (uint32_t)t->nsaid++;

	t->said_slot[at] = i + 1;
	if (t->nsaid * 2 > t->slots)
		(void)make_slots(t, t->slots * 2);
	if (t->numbered)
		give(t, i, (const uint8_t *)t->body.p, t->body.n);
	return i;
}

static void find_noise(const struct np_payload *p, struct np_noise *ret)
{
	ret->n = 0;
	for (const struct np_proto *const *c = p->candidates; *c && !ret->n;
	     c++)
		if ((*c)->noise)
			(*c)->noise(p->cur, ret);
}

/* Of the payload without its noise; of where the noise stood. */
static struct np_hash128 hash_octets(const struct np_payload *p, uint64_t seed)
{
	struct np_noise z;
	const uint8_t *at = p->cur.p, *end = at + p->cur.left;

	find_noise(p, &z);
	for (size_t i = 0; i < z.n; i++) {
		size_t n = (size_t)(z.v[i].p - at);

		seed = np_hash64(at, n, seed + z.v[i].left);
		at = z.v[i].p + z.v[i].left;
	}
	return np_hash128(at, (size_t)(end - at), seed);
}

/* What of the carriers a decoder or seal() may look at, and the octets. */
static struct np_hash128 hash_of(const struct np_tally *t,
				 const struct np_payload *p)
{
	struct {
		const void *candidates;
		uint8_t mac[6], ip[32];
		uint16_t vlan[4], sport;
		uint8_t depth, reach, ip_len, nvlan, ttl255, snapped,
			subscriber;
		uint32_t segment;
	} k;
	const struct np_from *f = &p->from;

	memset(&k, 0, sizeof(k));
	k.candidates = p->candidates;
	if (f->src_mac && (!f->src_ip || f->reach <= NP_BRIDGED))
		memcpy(k.mac, f->src_mac, 6);
	if (f->src_ip)
		memcpy(k.ip, f->src_ip, f->ip_len);
	if (f->dst_ip)
		memcpy(k.ip + 16, f->dst_ip, f->ip_len);
	memcpy(k.vlan, f->vlan, 2u * f->nvlan);
	k.sport = f->sport;
	k.depth = f->depth;
	k.reach = (uint8_t)f->reach;
	k.ip_len = f->ip_len;
	k.nvlan = f->nvlan;
	k.ttl255 = f->ttl == 255;
	k.snapped = f->snapped;
	k.subscriber = p->subscriber;
	k.segment = t->numbered ? 0 : segment_of(p->place);
	return hash_octets(p, np_hash64(&k, sizeof(k), t->seed));
}

static struct heard *look(const struct np_tally *t, struct np_hash128 h)
{
	return place_in(t->heard, t->heard_slots, h);
}

const struct np_dropped *np_tally_dropped(const struct np_tally *t,
					  size_t *ret_n)
{
	*ret_n = t->drops.ndropped;
	return t->drops.dropped;
}

static void heard_again(struct np_tally *t, struct heard *x,
			const struct np_payload *p)
{
	np_drops_again(&t->drops, x->drop);
	t->stats.malformed += x->malformed;
	t->stats.withheld.person += x->person;
	t->stats.withheld.banner += x->banner;
	x->first = x->count ? np_time_min(x->first, p->first) : p->first;
	x->last = x->count ? np_time_max(x->last, p->last) : p->last;
	if (!x->count || p->place < x->place)
		x->place = p->place;
	x->count += p->count;
}

/* Carries over to the bodies what came again. */
static void carry_over(struct np_tally *t)
{
	for (size_t i = 0; i < t->heard_slots; i++) {
		struct heard *x = &t->heard[i];
		struct when w = {x->count, x->place, x->first, x->last};

		for (uint32_t k = 0; x->count && k < x->nlinks; k++)
			occur(t, t->links[x->link + k], &w);
		x->count = 0;
	}
}

static void forget(struct np_tally *t)
{
	memset(t->heard, 0, t->heard_slots * sizeof(*t->heard));
	t->nheard = 0;
	t->nlinks = 0;
}

/* Remembers that this payload gave the bodies links[from..], and what it added
 * to the stats since. */
static void remember(struct np_tally *t, struct np_hash128 h, size_t from,
		     const struct np_tally_stats *since)
{
	const struct np_tally_stats *now = &t->stats;
	struct heard *x;

	if (from == t->nlinks)
		return;
	if (t->nheard * 2 > t->heard_slots &&
	    (t->heard_slots >= HEARD_MOST ||
	     !make_heard(t, t->heard_slots * 2))) {
		/* A memory only: it fills again. */
		carry_over(t);
		forget(t);
		return;
	}
	x = look(t, h);
	*x = (struct heard){
		.hash = h,
		.link = (uint32_t)from,
		.nlinks = (uint32_t)(t->nlinks - from),
		.malformed = (uint16_t)(now->malformed - since->malformed),
		.person = (uint16_t)(now->withheld.person -
				     since->withheld.person),
		.banner = (uint16_t)(now->withheld.banner -
				     since->withheld.banner),
		.drop = np_drops_set(&t->drops, &now->withheld),
	};
	t->nheard++;
}

static void link_to(struct np_tally *t, uint32_t i)
{
	if (i == UINT32_MAX)
		return;
	if (t->nlinks == t->links_cap) {
		size_t cap = t->links_cap ? t->links_cap * 2 : 256;
		uint32_t *v = reallocarray(t->links, cap, sizeof(*v));

		if (!v)
			return;
		t->links = v;
		t->links_cap = cap;
	}
	t->links[t->nlinks++] = i;
}

static void open_out(struct np_tally *t, const struct np_payload *p,
		     const struct np_proto *proto, struct np_out *o)
{
	np_arena_reset(&t->frame);
	*o = (struct np_out){
		.mem = &t->frame,
		.from = &p->from,
		.proto = proto,
		.base = p->base,
		.base_n = p->base_n,
		.origin = p->origin,
		.facts = t->facts,
		.cap = NP_MAX_FACTS,
		.said = t->statements,
		.nsaid = 1,
		.said_cap = NP_MAX_STATEMENTS,
	};
	t->statements[0] = (struct np_out_statement){
		.scope = NP_SELF,
		.reach = p->from.reach,
	};
}

static void seal_all(struct np_tally *t, const struct np_payload *p,
		     const struct np_out *o, bool partial)
{
	enum np_owner owner =
		p->subscriber ? NP_OWNER_SUBSCRIBER : NP_OWNER_UNKNOWN;

	for (size_t i = 0; i < o->nsaid; i++) {
		if (!o->said[i].n)
			continue;
		np_buf_clear(&t->body);
		if (!np_seal(&t->rules, o, i, owner, partial, &t->body,
			     &t->stats.withheld))
			continue;
		if (t->body.failed)
			t->stats.too_full++;
		else
			link_to(t, say(t, p));
	}
}

/* Whom it went to, where that is who the sender is associated with. */
static void seal_pair(struct np_tally *t, const struct np_payload *p,
		      const struct np_proto *proto)
{
	struct np_out o;

	if (!proto->pairs || p->subscriber)
		return;
	open_out(t, p, &np_proto_link, &o);
	if (np_pair_say(&o, proto->name))
		seal_all(t, p, &o, false);
}

void np_tally_said(struct np_tally *t, const struct np_payload *p,
		   const struct np_out *o)
{
	struct np_withheld *w = &t->stats.withheld;
	size_t links = t->nlinks;

	w->ndropped = 0;
	t->stats.too_full += o->full;
	seal_all(t, p, o, o->full);
	np_drops_count(&t->drops, w);
	t->nlinks = links;
}

/* That it goes to somebody outside of the operator's prefixes. */
static void tell_session(struct np_tally *t, const struct np_payload *p,
			 const struct np_proto *proto)
{
	const char *service =
		p->subscriber ? NULL
			      : np_session_service(&t->rules, &p->from, proto);
	struct np_out o;

	if (!service)
		return;
	open_out(t, p, &np_proto_session, &o);
	np_session_say(&o, service);
	seal_all(t, p, &o, false);
}

/* Asks one candidate. */
static struct np_answer ask(struct np_tally *t, const struct np_payload *p,
			    const struct np_proto *proto)
{
	struct np_out o;
	struct np_cur c = p->cur;
	struct np_answer a = {.proto = proto};

	open_out(t, p, proto, &o);
	a.verdict = proto->decode(&c, &o);
	a.next = o.next;
	a.more = o.more;
	if (a.verdict == NP_MORE && (!p->from.stream || p->from.end))
		a.verdict = NP_MALFORMED;
	if (a.verdict == NP_DECODED || a.verdict == NP_MALFORMED) {
		if (a.verdict == NP_MALFORMED && !p->from.snapped && o.n)
			t->stats.malformed++;
		t->stats.too_full += o.full;
		seal_all(t, p, &o,
			 c.cut || a.verdict == NP_MALFORMED || o.full);
	}
	if (a.verdict == NP_DECODED) {
		seal_pair(t, p, proto);
		tell_session(t, p, proto);
	}
	return a;
}

/* What carries a message that somebody took is asked too: a web server's name
 * stands before what it serves. */
static void ask_carriers(struct np_tally *t, const struct np_payload *p,
			 const struct np_proto *const *c)
{
	struct np_payload whole = *p;

	whole.from.end = true;
	for (; *c; c++)
		if ((*c)->carries)
			(void)ask(t, &whole, *c);
}

/* Asks the candidates in turn. */
static struct np_answer ask_all(struct np_tally *t, const struct np_payload *p)
{
	struct np_withheld *w = &t->stats.withheld;
	struct np_answer a = {.verdict = NP_NOT_MINE};

	w->ndropped = 0;
	for (const struct np_proto *const *c = p->candidates; *c; c++) {
		a = ask(t, p, *c);
		if (a.verdict == NP_DECODED)
			ask_carriers(t, p, c + 1);
		if (a.verdict != NP_NOT_MINE)
			break;
	}
	np_drops_count(&t->drops, w);
	return a;
}

/* A payload that may have come before. */
static struct np_answer meet(struct np_tally *t, const struct np_payload *p,
			     struct np_hash128 h)
{
	struct heard *x = look(t, h);
	size_t links = t->nlinks;

	if (x->nlinks) {
		heard_again(t, x, p);
		return (struct np_answer){.verdict = NP_DECODED};
	}
	struct np_tally_stats before = t->stats;
	struct np_answer a = ask_all(t, p);

	remember(t, h, links, &before);
	return a;
}

void np_tally_catch_up(struct np_tally *t)
{
	for (size_t i = 0; i < t->nqueue; i++)
		(void)meet(t, &t->queue[i].payload, t->queue[i].hash);
	t->nqueue = 0;
}

struct np_answer np_tally_payload(void *tally, const struct np_payload *p)
{
	struct np_tally *t = tally;

	if (p->from.stream) { /* its octets are not all there yet */
		size_t links = t->nlinks;
		struct np_answer a = ask_all(t, p);

		t->nlinks = links;
		return a;
	}
	struct np_hash128 h = hash_of(t, p);

	if (!p->lasting)
		return meet(t, p, h);
	if (t->nqueue == QUEUE)
		np_tally_catch_up(t);
	__builtin_prefetch(&t->heard[h.hi & (t->heard_slots - 1)], 1);
	t->queue[t->nqueue++] = (struct waiting){h, *p};
	return (struct np_answer){.verdict = NP_NOT_MINE};
}

static void forget_all(struct np_tally *t)
{
	forget(t);
	t->nsaid = 0;
	t->ntold = 0;
	np_arena_free(&t->bodies);
	memset(t->said_slot, 0, t->slots * sizeof(*t->said_slot));
}

void np_tally_flush(struct np_tally *t)
{
	np_tally_catch_up(t);
	carry_over(t);
	for (uint32_t i = 0; i < t->nsaid; i++)
		if (t->said[i].told != t->said[i].count)
			give(t, i, t->said[i].body, t->said[i].n);
	if (!t->numbered || t->nsaid > CARRIED)
		forget_all(t);
}

void np_tally_tell(struct np_tally *t)
{
	np_tally_catch_up(t);
	carry_over(t);
	for (; !t->numbered && t->ntold < t->nsaid; t->ntold++)
		give(t, (uint32_t)t->ntold, t->said[t->ntold].body,
		     t->said[t->ntold].n);
}

size_t np_tally_held(const struct np_tally *t)
{
	return t->nsaid;
}

void np_tally_stats(const struct np_tally *t, struct np_tally_stats *ret)
{
	*ret = t->stats;
}
