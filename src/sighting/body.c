/* SPDX-License-Identifier: ISC */
/*
 * A sighting as a flat string of octets, for memory, pipe and store.
 *
 *	u16 proto, u8 owner, u8 scope, u8 reach, u8 depth, u8 flags, u8 nvlan,
 *	u16 vlan[nvlan], u8 nkeys, u16 nfacts,
 *	nkeys times: u8 kind, u16 n, octets,
 *	nfacts times: u16 field, u32 at, u16 n, octets
 *
 * All integers big endian. flags: 1 partial, 2 the
 * unit is a stream, 4 a document.
 */
#include "core/hash.h"
#include "sighting/sighting.h"

enum { PARTIAL = 1, STREAM = 2, DOCUMENT = 4 };

static int read_keys(struct np_cur *c, size_t n, struct np_sighting *ret)
{
	for (size_t i = 0; i < n; i++) {
		uint8_t kind = np_u8(c);
		struct np_cur v = np_sub(c, np_be16(c));

		if (v.cut || kind == NP_KEY_NONE || kind >= NP_KEY__MAX)
			return NP_EINPUT;
		ret->keys[i] = (struct np_key){
			.kind = kind,
			.v = (const char *)v.p,
			.n = v.left,
		};
	}
	ret->nkeys = n;
	return NP_OK;
}

static int read_facts(struct np_cur *c, size_t n, struct np_sighting *ret)
{
	for (size_t i = 0; i < n; i++) {
		uint16_t field = np_be16(c);
		uint32_t at = np_be32(c);
		struct np_cur v = np_sub(c, np_be16(c));

		if (v.cut || !np_field_of(field))
			return NP_EINPUT;
		ret->facts[i] = (struct np_fact){
			.field = field,
			.at = at,
			.v = v.p,
			.n = v.left,
		};
	}
	ret->nfacts = n;
	return NP_OK;
}

int np_body_read(const uint8_t *body, size_t n, struct np_sighting *ret)
{
	struct np_cur c = np_cur(body, n);

	ret->proto = np_be16(&c);
	uint8_t owner = np_u8(&c), scope = np_u8(&c), reach = np_u8(&c);
	ret->depth = np_u8(&c);
	uint8_t flags = np_u8(&c);
	ret->nvlan = np_u8(&c);
	if (c.cut || ret->proto >= NP_NSPEAKERS ||
	    owner > NP_OWNER_SUBSCRIBER || scope > NP_THIRD ||
	    reach > NP_RELAYED || ret->nvlan > NP_MAX_VLANS)
		return NP_EINPUT;
	ret->owner = owner;
	ret->scope = scope;
	ret->reach = reach;
	ret->partial = flags & PARTIAL;
	ret->unit = flags & DOCUMENT ? NP_IN_DOCUMENT
		    : flags & STREAM ? NP_IN_STREAM
				     : NP_IN_FRAME;
	for (size_t i = 0; i < ret->nvlan; i++)
		ret->vlan[i] = np_be16(&c);
	size_t nkeys = np_u8(&c), nfacts = np_be16(&c);
	if (c.cut || nkeys > NP_MAX_KEYS || nfacts > NP_MAX_FACTS ||
	    read_keys(&c, nkeys, ret) < 0 || read_facts(&c, nfacts, ret) < 0)
		return NP_EINPUT;
	return c.left ? NP_EINPUT : NP_OK;
}

static void put16(struct np_buf *b, size_t v)
{
	np_put(b, (uint8_t[]){(uint8_t)(v >> 8), (uint8_t)v}, 2);
}

static void put32(struct np_buf *b, uint32_t v)
{
	np_put(b,
	       (uint8_t[]){(uint8_t)(v >> 24), (uint8_t)(v >> 16),
			   (uint8_t)(v >> 8), (uint8_t)v},
	       4);
}

void np_body_write(const struct np_sighting *s, struct np_buf *out)
{
	uint8_t head[] = {
		(uint8_t)(s->proto >> 8),
		(uint8_t)s->proto,
		(uint8_t)s->owner,
		(uint8_t)s->scope,
		(uint8_t)s->reach,
		s->depth,
		(uint8_t)((s->partial ? PARTIAL : 0) |
			  (s->unit == NP_IN_STREAM ? STREAM : 0) |
			  (s->unit == NP_IN_DOCUMENT ? DOCUMENT : 0)),
		s->nvlan,
	};

	np_put(out, head, sizeof(head));
	for (size_t i = 0; i < s->nvlan; i++)
		put16(out, s->vlan[i]);
	np_putc(out, (char)s->nkeys);
	put16(out, s->nfacts);
	for (size_t i = 0; i < s->nkeys; i++) {
		np_putc(out, (char)s->keys[i].kind);
		put16(out, s->keys[i].n);
		np_put(out, s->keys[i].v, s->keys[i].n);
	}
	for (size_t i = 0; i < s->nfacts; i++) {
		put16(out, s->facts[i].field);
		put32(out, s->facts[i].at);
		put16(out, s->facts[i].n);
		np_put(out, s->facts[i].v, s->facts[i].n);
	}
}

/* Every item goes in as its length and its octets, so no two sightings can
 * write the same string. */
static void add(struct np_hasher *h, const void *p, size_t n)
{
	uint8_t len[4] = {(uint8_t)(n >> 24), (uint8_t)(n >> 16),
			  (uint8_t)(n >> 8), (uint8_t)n};

	np_hasher_add(h, len, sizeof(len));
	np_hasher_add(h, p, n);
}

static void adds(struct np_hasher *h, const char *s)
{
	add(h, s, strlen(s));
}

void np_sighting_id(const struct np_sighting *s, struct np_hasher *h,
		    uint8_t ret[static NP_ID])
{
	uint8_t tags[2 * NP_MAX_VLANS];
	char name[64];

	np_hasher_begin(h);
	adds(h, np_protos[s->proto]->name);
	for (size_t i = 0; i < s->nkeys; i++) {
		adds(h, np_keykind_name(s->keys[i].kind));
		add(h, s->keys[i].v, s->keys[i].n);
	}
	adds(h, np_owner_name(s->owner));
	adds(h, np_scope_name(s->scope));
	adds(h, np_reach_name(s->reach));
	for (size_t i = 0; i < s->nvlan; i++) {
		tags[2 * i] = (uint8_t)(s->vlan[i] >> 8);
		tags[2 * i + 1] = (uint8_t)s->vlan[i];
	}
	add(h, tags, 2u * s->nvlan);
	add(h, &s->depth, 1);
	for (size_t i = 0; i < s->nfacts; i++) {
		adds(h, np_field_text(s->facts[i].field, name));
		add(h, s->facts[i].v, s->facts[i].n);
	}
	np_hasher_end(h, ret);
}

void np_occurrence_merge(struct np_occurrence *into,
			 const struct np_occurrence *o)
{
	into->first = np_time_min(into->first, o->first);
	into->last = np_time_max(into->last, o->last);
	if (o->count > into->count)
		into->count = o->count;
	if (o->place < into->place)
		into->place = o->place;
}
