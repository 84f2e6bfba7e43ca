/* SPDX-License-Identifier: ISC */
#include "proto/proto.h"

const struct np_proto *const np_protos[] = {
#define NP_PROTO(name) &np_proto_##name,
#include "proto/protos.def"
#undef NP_PROTO
#define NP_VOCABULARY(name) &np_proto_##name,
#include "proto/vocabularies.def"
#undef NP_VOCABULARY
	NULL,
};

int np_proto_find(const char *name, size_t n)
{
	for (int i = 0; np_protos[i]; i++)
		if (strlen(np_protos[i]->name) == n &&
		    memcmp(np_protos[i]->name, name, n) == 0)
			return i;
	return -1;
}

uint16_t np_proto_number(const struct np_proto *p)
{
	uint16_t i = 0;

	while (np_protos[i] != p)
		i++;
	return i;
}

size_t np_offset(const struct np_out *o, const uint8_t *p)
{
	if (!o->base || p < o->base || p > o->base + o->base_n)
		return o->origin;
	return o->origin + (size_t)(p - o->base);
}

static bool fits(enum np_form form, size_t n)
{
	switch (form) {
	case NP_MAC:
		return n == 6;
	case NP_IP:
		return n == 4 || n == 16;
	case NP_UINT:
		return n >= 1 && n <= 8;
	case NP_TEXT:
	case NP_OID:
	case NP_HEX:
	case NP_LIST:
		break;
	}
	return n > 0;
}

static void emit(struct np_out *o, unsigned field, enum np_form form,
		 const uint8_t *p, size_t n, size_t at)
{
	if (field >= o->proto->nfields || !fits(form, n))
		return;
	if (o->n == o->cap || o->deaf) {
		o->full = true;
		return;
	}
	o->facts[o->n++] = (struct np_out_fact){
		.field = field,
		.form = form,
		.p = p,
		.n = n,
		.at = at,
	};
	o->said[o->nsaid - 1].n++;
}

void np_emit_as(struct np_out *o, unsigned field, enum np_form form,
		struct np_cur v)
{
	if (!v.cut && v.left)
		emit(o, field, form, v.p, v.left, np_offset(o, v.p));
}

void np_emit(struct np_out *o, unsigned field, struct np_cur v)
{
	if (field < o->proto->nfields)
		np_emit_as(o, field, o->proto->fields[field].form, v);
}

void np_emit_u(struct np_out *o, unsigned field, const struct np_cur *c,
	       const uint8_t *at, uint64_t value)
{
	uint8_t be[8];

	if (c->cut)
		return;
	for (size_t i = 0; i < sizeof(be); i++)
		be[i] = (uint8_t)(value >> (56 - 8 * i));
	np_emit_made(o, field, NP_UINT, be, sizeof(be), at);
}

void np_emit_made(struct np_out *o, unsigned field, enum np_form form,
		  const void *p, size_t n, const uint8_t *at)
{
	const uint8_t *copy = np_copy(o->mem, p, n);

	if (copy)
		emit(o, field, form, copy, n, np_offset(o, at));
	else
		o->full = true;
}

void np_emit_text(struct np_out *o, unsigned field, struct np_cur v,
		  const uint8_t *at)
{
	if (!v.cut && v.left)
		np_emit_made(o, field, NP_TEXT, v.p, v.left, at);
}

void np_emit_word(struct np_out *o, unsigned field, const char *word,
		  const uint8_t *at)
{
	if (word)
		np_emit_text(o, field, np_cur(word, strlen(word)), at);
}

void np_person(struct np_out *o)
{
	if (o->n && !o->deaf)
		o->facts[o->n - 1].person = true;
}

void np_say(struct np_out *o, enum np_scope scope)
{
	struct np_out_statement *s;

	/* The open statement is still empty: it becomes the new one. */
	s = &o->said[o->nsaid - 1];
	if (s->n || s->nkeys) {
		if (o->nsaid == o->said_cap) {
			o->full = o->deaf = true;
			return;
		}
		s = &o->said[o->nsaid++];
	}
	*s = (struct np_out_statement){
		.scope = scope,
		.reach = o->from->reach,
		.first = o->n,
	};
}

void np_reach(struct np_out *o, enum np_reach reach)
{
	if (!o->deaf)
		o->said[o->nsaid - 1].reach = reach;
}

void np_key(struct np_out *o, enum np_keykind kind, enum np_form form,
	    struct np_cur v)
{
	struct np_out_statement *s = &o->said[o->nsaid - 1];

	if (v.cut || !fits(form, v.left) || o->deaf)
		return;
	if (s->nkeys == NP_MAX_OUT_KEYS) {
		o->full = true;
		return;
	}
	s->keys[s->nkeys++] = (struct np_out_key){
		.kind = kind,
		.form = form,
		.p = v.p,
		.n = v.left,
	};
}

void np_not_sender(struct np_out *o)
{
	if (!o->deaf)
		o->said[o->nsaid - 1].no_carrier_key = true;
}

void np_say_relayed(struct np_out *o)
{
	np_say(o, NP_THIRD);
	np_reach(o, NP_RELAYED);
	np_not_sender(o);
}

void np_say_receiver(struct np_out *o)
{
	const struct np_from *f = o->from;

	np_say(o, NP_PEER);
	np_key(o, NP_KEY_IP, NP_IP, np_cur(f->dst_ip, f->ip_len));
}
