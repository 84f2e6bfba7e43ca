/* SPDX-License-Identifier: ISC */
/*
 * What was heard in one segment, merged in memory. Two tables: `said` holds
 * each distinct body once, with its occurrence; `heard` remembers payloads by
 * a seeded 128-bit hash together with the bodies they gave, so that a payload
 * that comes again costs one hash and a few counts.
 */
#include "core/hash.h"
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

struct heard {
	struct np_hash128 hash;
	uint32_t link, nlinks; /* in links[]: indices of said[] */
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
	uint32_t *said_slot; /* index + 1 of said[]; open addressing */
	struct heard *heard; /* open addressing; nlinks 0: free */
	size_t nheard;
	uint32_t *links;
	size_t nlinks, links_cap;
	size_t slots; /* of said_slot and heard: a power of two */
	struct np_out_fact facts[NP_MAX_FACTS];
	struct np_out_statement statements[NP_MAX_STATEMENTS];
	struct np_tally_stats stats;
};

static bool make_tables(struct np_tally *t, size_t slots)
{
	uint32_t *said_slot = calloc(slots, sizeof(*said_slot));
	struct heard *heard = calloc(slots, sizeof(*heard));

	if (!said_slot || !heard) {
		free(said_slot);
		free(heard);
		return false;
	}
	free(t->said_slot);
	free(t->heard);
	t->said_slot = said_slot;
	t->heard = heard;
	t->slots = slots;
	t->nheard = 0; /* a memory only: it fills again */
	t->nlinks = 0;
	for (size_t i = 0; i < t->nsaid; i++) {
		size_t at = t->said[i].hash.lo & (slots - 1);

		while (said_slot[at])
			at = (at + 1) & (slots - 1);
		said_slot[at] = (uint32_t)i + 1;
	}
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
	if (!make_tables(t, 1024)) {
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

static void occur(struct np_occurrence *o, const struct np_payload *p)
{
	o->first = np_time_min(o->first, p->first);
	o->last = np_time_max(o->last, p->last);
	o->count += p->count;
	if (p->place < o->place)
		o->place = p->place;
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
			occur(&t->said[i].seen, p);
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
		(void)make_tables(t, t->slots * 2);
	return i;
}

/* What of the carriers a decoder or seal() may look at, and the octets. */
static struct np_hash128 hash_of(const struct np_tally *t,
				 const struct np_payload *p)
{
	struct {
		const void *candidates;
		uint8_t mac[12], ip[32];
		uint16_t vlan[4], sport, dport;
		uint8_t depth, reach, ip_len, nvlan, snapped, subscriber;
		uint32_t segment;
	} k;
	const struct np_from *f = &p->from;

	memset(&k, 0, sizeof(k));
	k.candidates = p->candidates;
	if (f->src_mac && (!f->src_ip || f->reach <= NP_BRIDGED))
		memcpy(k.mac, f->src_mac, 6);
	if (f->dst_mac && !f->src_ip)
		memcpy(k.mac + 6, f->dst_mac, 6);
	if (f->src_ip)
		memcpy(k.ip, f->src_ip, f->ip_len);
	if (f->dst_ip)
		memcpy(k.ip + 16, f->dst_ip, f->ip_len);
	memcpy(k.vlan, f->vlan, 2u * f->nvlan);
	k.sport = f->sport;
	k.dport = f->dport;
	k.depth = f->depth;
	k.reach = (uint8_t)f->reach;
	k.ip_len = f->ip_len;
	k.nvlan = f->nvlan;
	k.snapped = f->snapped;
	k.subscriber = p->subscriber;
	k.segment = (uint32_t)((p->place - 1) >> NP_SEGMENT_SHIFT);
	uint64_t seed = np_hash64(&k, sizeof(k), t->seed);

	return np_hash128(p->cur.p, p->cur.left, seed);
}

static struct heard *look(struct np_tally *t, struct np_hash128 h)
{
	size_t at = h.hi & (t->slots - 1);

	while (t->heard[at].nlinks &&
	       (t->heard[at].hash.lo != h.lo || t->heard[at].hash.hi != h.hi))
		at = (at + 1) & (t->slots - 1);
	return &t->heard[at];
}

/* Remembers that this payload gave the bodies links[from..]. */
static void remember(struct np_tally *t, struct np_hash128 h, size_t from)
{
	struct heard *x;

	if (from == t->nlinks)
		return;
	if (t->nheard * 2 > t->slots) {
		/* Full of payloads that did not come again. */
		memset(t->heard, 0, t->slots * sizeof(*t->heard));
		t->nheard = 0;
		t->nlinks = 0;
		return;
	}
	x = look(t, h);
	x->hash = h;
	x->link = (uint32_t)from;
	x->nlinks = (uint32_t)(t->nlinks - from);
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

struct np_answer np_tally_payload(void *tally, const struct np_payload *p)
{
	struct np_tally *t = tally;
	struct np_answer a = {.verdict = NP_NOT_MINE};
	struct np_hash128 h = {0};

	if (!p->from.stream) {
		h = hash_of(t, p);
		struct heard *x = look(t, h);

		for (uint32_t i = 0; i < x->nlinks; i++)
			occur(&t->said[t->links[x->link + i]].seen, p);
		if (x->nlinks)
			return (struct np_answer){.verdict = NP_DECODED};
	}
	size_t links = t->nlinks;

	for (const struct np_proto *const *c = p->candidates; *c; c++) {
		a = ask(t, p, *c);
		if (a.verdict != NP_NOT_MINE)
			break;
	}
	if (!p->from.stream && t->nlinks >= links)
		remember(t, h, links);
	else if (p->from.stream && t->nlinks > links)
		t->nlinks = links;
	return a;
}

void np_tally_flush(struct np_tally *t, np_tally_fn *fn, void *ctx)
{
	for (size_t i = 0; i < t->nsaid; i++)
		if (t->said[i].told != t->said[i].seen.count)
			fn(ctx, t->said[i].body, t->said[i].n,
			   &t->said[i].seen);
	t->nsaid = 0;
	t->ntold = 0;
	t->nheard = 0;
	t->nlinks = 0;
	np_arena_free(&t->bodies);
	memset(t->said_slot, 0, t->slots * sizeof(*t->said_slot));
	memset(t->heard, 0, t->slots * sizeof(*t->heard));
}

void np_tally_tell(struct np_tally *t, np_tally_fn *fn, void *ctx)
{
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
