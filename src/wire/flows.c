/* SPDX-License-Identifier: ISC */
#include "wire/flows.h"
#include "core/table.h"
#include "wire/inside.h"
#include <endian.h>
#include <stdlib.h>

#define WAYS 4

bool np_flows_init(struct np_flows *f, size_t n)
{
	f->sets = 1;
	while (f->sets * WAYS < n)
		f->sets *= 2;
	f->tag = np_table_alloc(f->sets * WAYS * sizeof(*f->tag));
	f->v = np_table_alloc(f->sets * WAYS * sizeof(*f->v));
	return f->tag && f->v && np_decided_init(&f->done);
}

void np_flows_release(struct np_flows *f)
{
	free(f->tag);
	free(f->v);
	np_decided_release(&f->done);
}

void np_flows_clear(struct np_flows *f)
{
	memset(f->tag, 0, f->sets * WAYS * sizeof(*f->tag));
	np_decided_clear(&f->done);
}

static uint64_t last_word(uint32_t ports, unsigned depth, unsigned ip_len)
{
	return (uint64_t)ports << 32 | depth << 8 | ip_len;
}

/* IPv4: both addresses in w[0]; IPv6: w[0..1] and w[2..3]. */
struct np_flow_key np_flow_key(const struct np_from *f)
{
	struct np_flow_key k = {{0}};

	memcpy((uint8_t *)k.w, f->src_ip, f->ip_len);
	memcpy((uint8_t *)k.w + f->ip_len, f->dst_ip, f->ip_len);
	k.w[4] = last_word((uint32_t)f->sport << 16 | f->dport, f->depth,
			   f->ip_len);
	return k;
}

/* The same of a segment, in which the addresses stand side by side. */
static struct np_flow_key key_at(const struct np_segment *s)
{
	struct np_flow_key k = {{0}};
	uint32_t ports;

	if (s->ip_len == 4)
		memcpy(k.w, s->addresses, 8);
	else
		memcpy(k.w, s->addresses, 32);
	memcpy(&ports, s->l4, 4);
	k.w[4] = last_word(be32toh(ports), 0, s->ip_len);
	return k;
}

static bool same(const struct np_flow_key *a, const struct np_flow_key *b)
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
	struct np_flow_key k = key_at(s);

	s->hash = np_flow_hash(&k);
	s->done = NULL;
	np_decided_ahead(&f->done, s->hash);
	__builtin_prefetch(&f->tag[set_of(f, s->hash) * WAYS]);
}

void np_flows_near(const struct np_flows *f, struct np_segment *s)
{
	size_t at = set_of(f, s->hash) * WAYS;

	s->done = np_decided_find(&f->done, s->hash);
	if (s->done)
		return;
	uint64_t m = tag_matches(f, at / WAYS, tag_of(s->hash));

	if (m)
		__builtin_prefetch(&f->v[at + (size_t)__builtin_ctzll(m) / 16],
				   1);
	for (size_t i = 0; !m && i < WAYS; i++)
		__builtin_prefetch(&f->v[at + i], 1);
}

struct np_flow *np_flows_find(struct np_flows *f, const struct np_flow_key *k,
			      uint64_t h)
{
	size_t set = set_of(f, h);

	for (uint64_t m = tag_matches(f, set, tag_of(h)); m; m &= m - 1) {
		struct np_flow *x =
			&f->v[set * WAYS + (size_t)__builtin_ctzll(m) / 16];

		if (!same(&x->key, k))
			continue;
		x->tick = f->tick++;
		return x;
	}
	return NULL;
}

/* Where in the cache a direction's word is, as far as is known. */
static uint64_t *word_of(const struct np_flows *f, const struct np_segment *s)
{
	return s->done && np_decided_is(*s->done, s->hash)
		       ? s->done
		       : np_decided_find(&f->done, s->hash);
}

/* The octets of a segment, if any, are part of a message that is passed over:
 * most of a long one's segments. */
static bool passed_over(const struct np_flow *x, const struct np_segment *s)
{
	size_t head = np_segment_head(s);
	size_t n = (s->n < s->room ? s->n : s->room) - head;
	uint32_t seq;

	memcpy(&seq, s->l4 + 4, 4);
	int32_t ahead = (int32_t)(be32toh(seq) - x->next);

	return x->state == NP_FLOW_SKIP &&
	       (!n || (ahead < 0 && (uint32_t)-ahead >= n));
}

bool np_flows_decided(struct np_flows *f, const uint8_t may_begin[8192],
		      const struct np_segment *s)
{
	size_t head = np_segment_head(s);
	uint64_t *done = word_of(f, s);

	if (!done) {
		struct np_flow_key k = key_at(s);
		const struct np_flow *x = np_flows_find(f, &k, s->hash);

		if (!x || x->state != NP_FLOW_DONE)
			return x && passed_over(x, s);
		/* Where it will be found the next time. */
		done = np_decided_put(&f->done, s->hash, x->sniff);
	}
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

struct np_flow *np_flows_add(struct np_flows *f, const struct np_flow_key *k,
			     uint64_t hash, struct np_pending **ret_lost)
{
	size_t i = victim(f, set_of(f, hash));
	struct np_flow *x = &f->v[i];

	*ret_lost = f->tag[i] ? x->pending : NULL;
	f->tag[i] = tag_of(hash);
	*x = (struct np_flow){.key = *k, .tick = f->tick++};
	return x;
}
