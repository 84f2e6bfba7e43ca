/* SPDX-License-Identifier: ISC */
/*
 * What was heard in one segment, merged in memory. Two tables: `said` holds
 * each distinct body once, with its occurrence; `heard` remembers payloads by
 * a seeded 128-bit hash together with the bodies they gave. A payload that
 * comes again costs one hash and one line of the cache: what it adds is kept
 * beside the hash and carried over to the bodies when the segment is over.
 */
#include "core/hash.h"
#include "core/table.h"
#include "sighting/sighting.h"
#include "wire/wire.h"
#include <stdlib.h>
#include <sys/random.h>

struct said {
	struct np_hash128 hash;
	const uint8_t *body;
	size_t n;
	struct np_occurrence seen;
	uint64_t told; /* the count that was given out already */
};

/* One line of the cache. */
struct heard {
	struct np_hash128 hash;
	uint32_t link, nlinks; /* in links[]: indices of said[]; 0: free */
	uint64_t count;	       /* heard again, and not carried over yet */
	int64_t first, last;
	uint64_t place;
	uint16_t malformed, person, banner; /* what it adds to the stats */
};
_Static_assert(sizeof(struct heard) == 64, "one line of the cache");

/* Enough for what a segment of a busy network repeats; and it stays in a
 * processor's own cache for long. */
#define HEARD_LEAST (1u << 12)
#define HEARD_MOST (1u << 17)

/* Payloads whose entry is being fetched while the next ones are peeled. */
#define QUEUE 16

struct waiting {
	struct np_hash128 hash;
	struct np_payload payload;
};

struct np_tally {
	struct np_seal_rules rules;
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

static bool make_heard(struct np_tally *t, size_t slots)
{
	struct heard *v = np_table_alloc(slots * sizeof(*v));

	if (!v)
		return false;
	free(t->heard);
	t->heard = v;
	t->heard_slots = slots;
	return true;
}

struct np_tally *np_tally_new(const struct np_seal_rules *rules,
			      size_t max_sightings)
{
	struct np_tally *t = calloc(1, sizeof(*t));

	if (!t)
		return NULL;
	t->rules = *rules;
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

static void occur(struct np_occurrence *o, uint64_t count, int64_t first,
		  int64_t last, uint64_t place)
{
	o->first = np_time_min(o->first, first);
	o->last = np_time_max(o->last, last);
	o->count += count;
	if (place < o->place)
		o->place = place;
}

static bool same_body(const struct said *s, struct np_hash128 h, uint32_t seg,
		      const struct np_buf *b)
{
	return s->hash.lo == h.lo && s->hash.hi == h.hi &&
	       s->seen.segment == seg && s->n == b->n &&
	       memcmp(s->body, b->p, b->n) == 0;
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

/* Index of the body in t->body among what was said, added when new;
 * UINT32_MAX at a limit. */
static uint32_t say(struct np_tally *t, const struct np_payload *p)
{
	uint32_t seg = (uint32_t)((p->place - 1) >> NP_SEGMENT_SHIFT);
	struct np_hash128 h = np_hash128(t->body.p, t->body.n, t->seed);
	size_t at = h.lo & (t->slots - 1);

	for (; t->said_slot[at]; at = (at + 1) & (t->slots - 1)) {
		uint32_t i = t->said_slot[at] - 1;

		if (same_body(&t->said[i], h, seg, &t->body)) {
			occur(&t->said[i].seen, p->count, p->first, p->last,
			      p->place);
			return i;
		}
	}
	uint8_t *body = t->nsaid < t->max && grow_said(t)
				? np_copy(&t->bodies, t->body.p, t->body.n)
				: NULL;

	if (!body) {
		t->stats.dropped_by_limit++;
		return UINT32_MAX;
	}
	uint32_t i = (uint32_t)t->nsaid++;

	t->said[i] = (struct said){
		.hash = h,
		.body = body,
		.n = t->body.n,
		.seen = {.segment = seg,
			 .first = p->first,
			 .last = p->last,
			 .count = p->count,
			 .place = p->place},
	};
	t->said_slot[at] = i + 1;
	if (t->nsaid * 2 > t->slots)
		(void)make_slots(t, t->slots * 2);
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
	k.segment = (uint32_t)((p->place - 1) >> NP_SEGMENT_SHIFT);
	return hash_octets(p, np_hash64(&k, sizeof(k), t->seed));
}

/* Where its entry is, unless others were there before. */
static size_t slot_of(const struct np_tally *t, struct np_hash128 h)
{
	return h.hi & (t->heard_slots - 1);
}

static struct heard *look(const struct np_tally *t, struct np_hash128 h)
{
	size_t at = slot_of(t, h);

	while (t->heard[at].nlinks &&
	       (t->heard[at].hash.lo != h.lo || t->heard[at].hash.hi != h.hi))
		at = (at + 1) & (t->heard_slots - 1);
	return &t->heard[at];
}

static void heard_again(struct np_tally *t, struct heard *x,
			const struct np_payload *p)
{
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

		for (uint32_t k = 0; x->count && k < x->nlinks; k++)
			occur(&t->said[t->links[x->link + k]].seen, x->count,
			      x->first, x->last, x->place);
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
	if (t->nheard * 2 > t->heard_slots) {
		/* A memory only: it fills again. */
		carry_over(t);
		forget(t);
		if (t->heard_slots < HEARD_MOST)
			(void)make_heard(t, t->heard_slots * 4);
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
	return a;
}

/* Asks the candidates in turn. */
static struct np_answer ask_all(struct np_tally *t, const struct np_payload *p)
{
	struct np_answer a = {.verdict = NP_NOT_MINE};

	for (const struct np_proto *const *c = p->candidates; *c; c++) {
		a = ask(t, p, *c);
		if (a.verdict != NP_NOT_MINE)
			break;
	}
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
	__builtin_prefetch(&t->heard[slot_of(t, h)], 1);
	t->queue[t->nqueue++] = (struct waiting){h, *p};
	return (struct np_answer){.verdict = NP_NOT_MINE};
}

void np_tally_flush(struct np_tally *t, np_tally_fn *fn, void *ctx)
{
	np_tally_catch_up(t);
	carry_over(t);
	forget(t);
	for (size_t i = 0; i < t->nsaid; i++)
		if (t->said[i].told != t->said[i].seen.count)
			fn(ctx, t->said[i].body, t->said[i].n,
			   &t->said[i].seen);
	t->nsaid = 0;
	t->ntold = 0;
	np_arena_free(&t->bodies);
	memset(t->said_slot, 0, t->slots * sizeof(*t->said_slot));
}

void np_tally_tell(struct np_tally *t, np_tally_fn *fn, void *ctx)
{
	np_tally_catch_up(t);
	carry_over(t);
	for (; t->ntold < t->nsaid; t->ntold++) {
		struct said *s = &t->said[t->ntold];

		fn(ctx, s->body, s->n, &s->seen);
		s->told = s->seen.count;
	}
}

size_t np_tally_held(const struct np_tally *t)
{
	return t->nsaid;
}

void np_tally_stats(const struct np_tally *t, struct np_tally_stats *ret)
{
	*ret = t->stats;
}
