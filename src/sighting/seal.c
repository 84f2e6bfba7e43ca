/* SPDX-License-Identifier: ISC */
/*
 * seal(): what a decoder said becomes a sighting. Here values get the form in
 * which everybody will see them, the subject gets its keys, and what names a
 * person is left out (design, rule 11).
 */
#include "core/prefixes.h"
#include "sighting/sighting.h"
#include <arpa/inet.h>

static const char hexdigit[] = "0123456789abcdef";

static size_t render_mac(const uint8_t *p, char *to)
{
	for (size_t i = 0; i < 6; i++) {
		to[3 * i] = hexdigit[p[i] >> 4];
		to[3 * i + 1] = hexdigit[p[i] & 15];
		to[3 * i + 2] = ':';
	}
	return 17;
}

static size_t render_u(uint64_t v, char *to)
{
	char t[20];
	size_t i = sizeof(t);

	do {
		t[--i] = (char)('0' + v % 10);
		v /= 10;
	} while (v);
	memcpy(to, t + i, sizeof(t) - i);
	return sizeof(t) - i;
}

static size_t render_ip(const uint8_t *p, size_t n, char *to)
{
	if (n == 16) { /* RFC 5952, as inet_ntop writes it */
		if (!inet_ntop(AF_INET6, p, to, INET6_ADDRSTRLEN))
			return 0;
		return strlen(to);
	}
	size_t k = 0;

	for (size_t i = 0; i < 4; i++) {
		if (i)
			to[k++] = '.';
		k += render_u(p[i], to + k);
	}
	return k;
}

/* X.690 8.19; the first sub-identifier holds two. */
static size_t render_oid(const uint8_t *p, size_t n, char *to, size_t room)
{
	uint64_t v = 0;
	size_t k = 0;
	bool first = true, open = false;

	for (size_t i = 0; i < n; i++) {
		if (v >> 57)
			return 0;
		v = v << 7 | (p[i] & 0x7f);
		open = p[i] & 0x80;
		if (open)
			continue;
		if (k + 44 > room)
			return 0;
		if (first) {
			uint64_t top = v < 80 ? v / 40 : 2;

			k += render_u(top, to + k);
			v -= top * 40;
			first = false;
		}
		to[k++] = '.';
		k += render_u(v, to + k);
		v = 0;
	}
	return open ? 0 : k;
}

static size_t render_each(enum np_form form, const uint8_t *p, size_t n,
			  char *to)
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++) {
		if (form == NP_HEX) {
			to[k++] = hexdigit[p[i] >> 4];
			to[k++] = hexdigit[p[i] & 15];
			continue;
		}
		if (i)
			to[k++] = ',';
		k += render_u(p[i], to + k);
	}
	return k;
}

/* Octets the rendered value may need. */
static size_t room_for(enum np_form form, size_t n)
{
	switch (form) {
	case NP_HEX:
		return 2 * n;
	case NP_LIST:
		return 4 * n;
	case NP_OID:
		return 44 + 21 * n;
	case NP_TEXT:
	case NP_MAC:
	case NP_IP:
	case NP_UINT:
		break;
	}
	return n < 48 ? 48 : n;
}

/* The value as everybody sees it, into memory of `mem`. 0 octets: none. */
static size_t render(struct np_arena *mem, enum np_form form, const uint8_t *p,
		     size_t n, const char **ret)
{
	uint64_t v = 0;
	char *to;

	if (form == NP_TEXT) {
		while (n && !p[n - 1])
			n--;
		*ret = (const char *)p;
		return n;
	}
	if (n > NP_MAX_VALUE)
		return 0;
	to = np_alloc(mem, room_for(form, n));
	if (!to)
		return 0;
	*ret = to;
	switch (form) {
	case NP_MAC:
		return render_mac(p, to);
	case NP_IP:
		return render_ip(p, n, to);
	case NP_UINT:
		for (size_t i = 0; i < n; i++)
			v = v << 8 | p[i];
		return render_u(v, to);
	case NP_OID:
		return render_oid(p, n, to, room_for(form, n));
	case NP_HEX:
	case NP_LIST:
	case NP_TEXT:
		break;
	}
	return render_each(form, p, n, to);
}

static bool unspecified(const uint8_t *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i])
			return false;
	return true;
}

static int key_order(const struct np_key *a, const struct np_key *b)
{
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	int d = memcmp(a->v, b->v, a->n < b->n ? a->n : b->n);

	return d ? d : a->n < b->n ? -1 : a->n > b->n;
}

/* Keeps the keys sorted and without repetition. */
static void add_key(struct np_sighting *s, enum np_keykind kind, const char *v,
		    size_t n)
{
	struct np_key k = {.kind = kind, .v = v, .n = n};
	size_t i = s->nkeys;

	if (!n || n > UINT16_MAX || s->nkeys == NP_MAX_KEYS)
		return;
	for (; i; i--) {
		int d = key_order(&s->keys[i - 1], &k);

		if (!d)
			return;
		if (d < 0)
			break;
	}
	memmove(&s->keys[i + 1], &s->keys[i],
		(s->nkeys - i) * sizeof(s->keys[0]));
	s->keys[i] = k;
	s->nkeys++;
}

static void add_raw_key(struct np_sighting *s, struct np_arena *mem,
			enum np_keykind kind, enum np_form form,
			const uint8_t *p, size_t n)
{
	const char *v = NULL;

	/* All-zero addresses are "none yet", not somebody's. */
	if ((form == NP_MAC || form == NP_IP) && unspecified(p, n))
		return;
	n = render(mem, form, p, n, &v);
	add_key(s, kind, v, n);
}

/* The address the carrier gives: the source MAC on the link, the source IP of
 * what came routed, both where a datagram cannot have been routed. */
static void carrier_keys(struct np_sighting *s, struct np_arena *mem,
			 const struct np_from *f)
{
	if (f->src_ip)
		add_raw_key(s, mem, NP_KEY_IP, NP_IP, f->src_ip, f->ip_len);
	if (f->src_mac && !(f->src_mac[0] & 1) &&
	    (!f->src_ip || f->reach <= NP_BRIDGED))
		add_raw_key(s, mem, NP_KEY_MAC, NP_MAC, f->src_mac, 6);
}

static bool operators(const struct np_seal_rules *rules,
		      const struct np_from *f)
{
	return f->src_ip &&
	       np_prefixes_hold(rules->infrastructure, f->src_ip, f->ip_len);
}

static bool drop(struct np_withheld *count, uint64_t *kind, uint16_t field)
{
	(*kind)++;
	if (count->ndropped < NP_MAX_DROPPED)
		count->dropped[count->ndropped++] = field;
	return true;
}

/* Design, rule 11. */
static bool withheld(const struct np_seal_rules *rules, const struct np_out *o,
		     const struct np_out_fact *x, uint16_t field,
		     struct np_withheld *count)
{
	unsigned flags = o->proto->fields[x->field].flags;

	if (rules->raw)
		return false;
	if (x->person || flags & NP_PERSON)
		return drop(count, &count->person, field);
	if (!(flags & NP_BANNER) || operators(rules, o->from) ||
	    (rules->known && rules->known(rules->known_ctx, field, x->p, x->n)))
		return false;
	return drop(count, &count->banner, field);
}

static void seal_facts(const struct np_seal_rules *rules,
		       const struct np_out *o,
		       const struct np_out_statement *said,
		       struct np_sighting *s, struct np_withheld *count)
{
	for (size_t i = said->first; i < said->first + said->n; i++) {
		const struct np_out_fact *x = &o->facts[i];
		const struct np_field *f = &o->proto->fields[x->field];
		const char *v = NULL;

		uint16_t id = np_field_id(s->proto, x->field);

		if (s->nfacts == NP_MAX_FACTS ||
		    withheld(rules, o, x, id, count))
			continue;
		size_t n = render(o->mem, x->form, x->p, x->n, &v);

		/* render() has none of what is over a limit before it. */
		if (n > NP_MAX_VALUE || (!n && x->n > NP_MAX_VALUE))
			count->too_big++;
		if (!n || n > NP_MAX_VALUE)
			continue;
		s->facts[s->nfacts++] = (struct np_fact){
			.field = id,
			.at = x->at > UINT32_MAX ? UINT32_MAX : (uint32_t)x->at,
			.v = (const uint8_t *)v,
			.n = n,
		};
		if (f->key == NP_KEY_NONE ||
		    ((x->form == NP_MAC || x->form == NP_IP) &&
		     unspecified(x->p, x->n)))
			continue;
		/* An id that is an address by its subtype is that address. */
		add_key(s,
			x->form == NP_MAC  ? NP_KEY_MAC
			: x->form == NP_IP ? NP_KEY_IP
					   : f->key,
			v, n);
	}
}

static enum np_owner owner_of(const struct np_seal_rules *rules,
			      const struct np_sighting *s, enum np_owner owner)
{
	if (owner != NP_OWNER_UNKNOWN || !rules->infrastructure)
		return owner;
	for (size_t i = 0; i < s->nkeys; i++)
		if (s->keys[i].kind == NP_KEY_IP &&
		    np_prefixes_hold_text(rules->infrastructure, s->keys[i].v,
					  s->keys[i].n))
			return NP_OWNER_OPERATOR;
	return owner;
}

bool np_seal(const struct np_seal_rules *rules, const struct np_out *o,
	     size_t i, enum np_owner owner, bool partial, struct np_buf *out,
	     struct np_withheld *count)
{
	const struct np_out_statement *said = &o->said[i];
	struct np_sighting s;

	s.nkeys = s.nfacts = 0;
	s.proto = np_proto_number(o->proto);
	s.scope = said->scope;
	s.reach = said->reach;
	s.depth = o->from->depth;
	s.nvlan = o->from->nvlan;
	memcpy(s.vlan, o->from->vlan, sizeof(s.vlan));
	s.partial = partial;
	s.unit = o->from->document ? NP_IN_DOCUMENT
		 : o->from->stream ? NP_IN_STREAM
				   : NP_IN_FRAME;
	seal_facts(rules, o, said, &s, count);
	if (!s.nfacts)
		return false;
	for (size_t k = 0; k < said->nkeys; k++)
		add_raw_key(&s, o->mem, said->keys[k].kind, said->keys[k].form,
			    said->keys[k].p, said->keys[k].n);
	if (said->scope == NP_SELF && !said->no_carrier_key)
		carrier_keys(&s, o->mem, o->from);
	s.owner = owner_of(rules, &s, owner);
	np_body_write(&s, out);
	return true;
}
