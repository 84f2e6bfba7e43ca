/* SPDX-License-Identifier: ISC */
/*
 * One sighting by itself. The verdict and the words are the fold's own; what
 * the fold would look up in its set, its keys say here. test_alone holds both
 * against each other.
 */
#include "device/inside.h"

struct alone {
	struct np_rule rule[NP_MAX_CLAIMS];
	struct np_voice voice[NP_MAX_CLAIMS];
};

static bool weigh(const struct np_key *k, struct np_key_record *r)
{
	uint64_t mac;

	memset(r, 0, sizeof(*r));
	if (!k->n || k->n > NP_TEXT_MAX)
		return false;
	r->kind = (uint8_t)k->kind;
	if (k->kind == NP_KEY_MAC && np_key_read_mac(k->v, k->n, &mac)) {
		r->form = NP_KF_MAC;
		r->a = (uint32_t)mac;
		r->b = (uint16_t)(mac >> 32);
	}
	np_key_weigh(r, k->v, k->n);
	return true;
}

/* An address that a registry gave to somebody, used by the box itself. */
static bool has_given_address(const struct np_sighting *s)
{
	struct np_key_record r;

	for (size_t i = 0; s->scope == NP_SELF && i < s->nkeys; i++)
		if (s->keys[i].kind == NP_KEY_MAC && weigh(&s->keys[i], &r) &&
		    r.form == NP_KF_MAC &&
		    !(r.flags & (NP_KEY_SHARED | NP_KEY_SCOPED)))
			return true;
	return false;
}

static bool is_address(const struct np_sighting *s, const struct np_fact *x)
{
	struct np_key_record r;

	for (size_t i = 0; i < s->nkeys; i++)
		if (s->keys[i].n == x->n &&
		    memcmp(s->keys[i].v, x->v, x->n) == 0)
			return weigh(&s->keys[i], &r) && r.form == NP_KF_MAC;
	return false;
}

static bool less(const struct np_key *a, const struct np_key *b)
{
	int d = memcmp(a->v, b->v, a->n < b->n ? a->n : b->n);

	return d ? d < 0 : a->n < b->n;
}

static const struct np_key *serial_key(const struct np_sighting *s)
{
	const struct np_key *best = NULL;
	struct np_key_record r;

	for (size_t i = 0; s->scope == NP_SELF && i < s->nkeys; i++) {
		const struct np_key *k = &s->keys[i];

		if (k->kind != NP_KEY_SERIAL || !weigh(k, &r) ||
		    np_key_stage(&r) != NP_ST_SERIAL)
			continue;
		if (!best || less(k, best))
			best = k;
	}
	return best;
}

/* A value as long as the fold keeps it. */
static const char *cut(const char *value, struct np_arena *mem)
{
	if (!value || !*value)
		return NULL;
	return strlen(value) > NP_TEXT_MAX ? np_copystr(mem, value, NP_TEXT_MAX)
					   : value;
}

static void put(struct np_voices *all, const struct np_voice *v)
{
	size_t i = all->n++;

	for (; i && np_voice_order(v, &all->v[i - 1]) < 0; i--)
		all->v[i] = all->v[i - 1];
	all->v[i] = *v;
}

static void gather(const struct np_sighting *s, const struct np_claims *c,
		   struct np_arena *mem, struct alone *a, struct np_voices *all)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct np_claim *x = &c->v[i];
		struct np_rule *r = &a->rule[i];

		*r = (struct np_rule){
			.name = x->rule,
			.maker = x->maker,
			.group = x->group,
			.field = s->facts[x->fact].field,
			.what = (uint8_t)x->what,
			.grade = (uint8_t)x->grade,
			.settable = x->settable,
			.subscriber = x->subscriber,
			.virtual_key = x->virtual_key,
			.computer = x->computer,
		};
		all->v[all->n++] = (struct np_voice){
			.rule = r,
			.value = cut(x->value, mem),
			.at = (uint32_t)i,
			.grade = r->grade,
			.said = (uint8_t)s->scope,
			.reach = (uint8_t)s->reach,
			.address = r->computer &&
				   is_address(s, &s->facts[x->fact]),
			.on_link = s->scope == NP_SELF &&
				   s->reach <= NP_BRIDGED && !s->depth,
		};
	}
}

/* Grades are final only when all are there. */
static void sort(struct np_voices *all)
{
	size_t n = all->n;

	for (all->n = 0; all->n < n;) {
		struct np_voice v = all->v[all->n];

		put(all, &v);
	}
}

static struct np_kept_claim *keep(const struct np_voices *all,
				  const struct np_sighting *s,
				  const struct np_claims *c,
				  struct np_arena *mem)
{
	struct np_kept_claim *to = np_zalloc(mem, all->n * sizeof(*to));

	for (size_t i = 0; to && i < all->n; i++) {
		const struct np_voice *v = &all->v[i];
		const struct np_fact *x = &s->facts[c->v[v->at].fact];

		to[i].what = (enum np_what)v->rule->what;
		to[i].grade = (enum np_grade)v->grade;
		to[i].maker = v->rule->maker;
		to[i].group = v->rule->group;
		to[i].field = v->rule->field;
		to[i].scope = s->scope;
		to[i].reach = s->reach;
		to[i].owner = s->owner;
		to[i].settable = v->rule->settable;
		to[i].unit = s->unit;
		to[i].computer = v->rule->computer;
		to[i].lowered = v->lowered;
		to[i].rule = v->rule->name;
		to[i].value = v->value;
		to[i].text = (const char *)x->v;
		to[i].text_n = x->n < NP_TEXT_MAX ? x->n : NP_TEXT_MAX;
		to[i].at = x->at;
	}
	return to;
}

int np_alone(const struct np_knowledge *k, const struct np_sighting *s,
	     const struct np_claims *c, struct np_arena *mem,
	     struct np_device *ret, struct np_kept_claim **ret_claims,
	     size_t *ret_n)
{
	struct alone a;
	struct np_voices all = {.v = a.voice};
	const struct np_key *serial;
	bool subscriber;

	memset(ret, 0, sizeof(*ret));
	gather(s, c, mem, &a, &all);
	enum np_signs signs = np_voices_signs(&all);

	if (signs == NP_COMPUTER ||
	    (signs == NP_LOCAL_ADDRESS && !has_given_address(s)))
		np_voices_lower(&all);
	sort(&all);
	np_describe(k, &all, ret, &subscriber);
	ret->neighbour = s->scope != NP_SELF;
	ret->owner = s->owner;
	if (subscriber && ret->owner == NP_OWNER_UNKNOWN)
		ret->owner = NP_OWNER_SUBSCRIBER;
	serial = ret->serial ? NULL : serial_key(s);
	if (serial)
		ret->serial = np_copystr(mem, serial->v, serial->n);
	*ret_n = all.n;
	*ret_claims = keep(&all, s, c, mem);
	return *ret_claims || !all.n ? NP_OK : NP_ENOMEM;
}
