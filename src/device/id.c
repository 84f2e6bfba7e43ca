/* SPDX-License-Identifier: ISC */
/*
 * A box's name: the hash of its best key, with the site where the key means
 * something there only. The same set gives the same names, whatever the order
 * of arrival and however sources are numbered.
 */
#include "core/hash.h"
#include "device/inside.h"

const char *np_scope_name_of(const struct np_fold *f, uint32_t scope,
			     char buf[static 24])
{
	uint32_t number = scope & ~NP_SCOPE_SOURCE, name = NP_NIL;
	bool site = !(scope & NP_SCOPE_SOURCE);

	if (site && number < f->sites.n)
		name = *(const uint32_t *)np_pool_at(&f->sites, number);
	if (!site && number < f->places.n)
		name = ((const struct np_place_record *)np_pool_at(&f->places,
								   number))
			       ->name;
	if (name != NP_NIL)
		return np_text(&f->texts, name, NULL);
	(void)snprintf(buf, 24, "%s %u", site ? "site" : "source", number);
	return buf;
}

/* What the name is made of: key, kind and value as one text. */
struct spelling {
	char v[2 * NP_TEXT_MAX + 80];
	size_t n;
};

static void spell(struct spelling *s, const char *p, size_t n)
{
	if (n > sizeof(s->v) - s->n)
		n = sizeof(s->v) - s->n;
	memcpy(s->v + s->n, p, n);
	s->n += n;
}

/* The value with its zone: two links' fe80::1 are two. */
static void spell_value(const struct np_fold *f, const struct np_key_record *k,
			struct spelling *s)
{
	char buf[40];
	size_t n;
	const char *v = k->form == NP_KF_TEXT ? np_text(&f->texts, k->a, &n)
					      : np_key_text(f, k, buf, &n);

	spell(s, v, n);
}

static void spell_key(const struct np_fold *f, uint32_t ref, uint32_t scope,
		      struct spelling *s)
{
	const struct np_key_record *k = np_key_at(f, ref);
	const char *kind = np_keykind_name((enum np_keykind)k->kind);
	char buf[24];

	spell(s, kind, strlen(kind));
	spell(s, "=", 1);
	spell_value(f, k, s);
	if (!(k->flags & NP_KEY_SCOPED))
		return;
	const char *name = np_scope_name_of(f, scope, buf);

	spell(s, "", 1);
	spell(s, name, strlen(name));
}

/* The best key that is the box's own; NP_NIL when it has none. */
static uint32_t own_key(const struct np_join *j, uint32_t box,
			uint32_t *ret_scope)
{
	const struct np_fold *f = j->f;
	uint32_t best = NP_NIL;

	for (uint32_t i = np_box_from(f, box); i < np_box_to(f, box); i++) {
		struct np_hearing x = np_hearing_at(f, f->order[i]);
		const struct np_row *w = np_row(f, x.row);
		const uint32_t *refs = w->nkeys ? np_row_refs(f, w) : NULL;

		for (unsigned k = 0; w->scope == NP_SELF && k < w->nkeys; k++) {
			if (best != NP_NIL &&
			    np_key_order(f, np_key_at(f, refs[k]),
					 np_key_at(f, best)) >= 0)
				continue;
			if (!np_join_owned(j, f->order[i], refs[k], x.scope))
				continue;
			best = refs[k];
			*ret_scope = x.scope;
		}
	}
	return best;
}

/* Without a key of its own: by the key that put it together, and said so when
 * that is another's; without any, by what it says. */
static void spell_other(const struct np_join *j, uint32_t box,
			struct spelling *s)
{
	const struct np_fold *f = j->f;
	uint32_t h = f->order[np_box_from(f, box)];
	struct np_hearing x = np_hearing_at(f, h);
	uint32_t ref = np_join_best(j, h, false);
	char buf[24];

	if (ref == NP_NIL) {
		spell(s, "sighting=", 9);
		spell(s, np_pool_at(&f->ids, x.row), NP_ID);
		/* the same words at two places are two boxes */
		const char *name = np_scope_name_of(f, x.scope, buf);

		spell(s, name, strlen(name));
		return;
	}
	if (j->own[np_join_node(j, ref, x.scope)] != NP_NIL)
		spell(s, "beside ", 7);
	spell_key(f, ref, x.scope, s);
}

uint64_t np_box_id(const struct np_join *j, uint32_t box, struct np_hasher *h)
{
	struct spelling s = {.n = 0};
	uint32_t scope = 0, ref = own_key(j, box, &scope);
	uint8_t hash[32];
	uint64_t id = 0;

	if (ref == NP_NIL)
		spell_other(j, box, &s);
	else
		spell_key(j->f, ref, scope, &s);
	np_hasher_begin(h);
	np_hasher_add(h, s.v, s.n);
	np_hasher_end(h, hash);
	for (size_t i = 0; i < 8; i++)
		id = id << 8 | hash[i];
	return id;
}
