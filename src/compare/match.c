/* SPDX-License-Identifier: ISC */
/*
 * Which device of one dossier is which of the other. All keys of both sides
 * are sorted by what they say; a key that exactly one device of each side has
 * makes the two candidates. Candidates are taken from the strongest kind of key
 * to the weakest, each device once.
 */
#include "compare/compare.h"
#include "core/hash.h"
#include <stdlib.h>
#include <sys/random.h>

/* How a key joins; up to STRONG no other box in the world has it. */
enum {
	BY_SERIAL,
	BY_ENGINE,
	BY_HOSTKEY,
	BY_MAC,
	BY_CLOCK,
	BY_ONT,
	BY_CELL,
	STRONG = BY_CELL,
	BY_ID, /* boxes without any key */
	BY_IP,
	BY_LOCAL,
	BY_CHASSIS,
	BY_NAME,
	BY_NOTHING,
};

struct key {
	struct np_hash128 hash;
	uint32_t device;
	uint8_t stage;
};

struct keys {
	const struct np_side *side;
	struct key *v;
	size_t n, cap;
	uint16_t *has; /* by device: which strong stages it has */
	uint64_t seed;
};

struct candidate {
	uint32_t was, is;
	uint8_t stage;
};

struct candidates {
	struct candidate *v;
	size_t n, cap;
};

static unsigned stage_of(const struct np_key *k)
{
	static const uint8_t strong[NP_KEY__MAX] = {
		[NP_KEY_NONE] = BY_NOTHING,
		[NP_KEY_MAC] = BY_MAC,
		[NP_KEY_IP] = BY_IP,
		[NP_KEY_SERIAL] = BY_SERIAL,
		[NP_KEY_ENGINE_ID] = BY_ENGINE,
		[NP_KEY_CHASSIS_ID] = BY_CHASSIS,
		[NP_KEY_NAME] = BY_NAME,
		[NP_KEY_OID] = BY_NOTHING,
		[NP_KEY_ONT] = BY_ONT,
		[NP_KEY_CELL] = BY_CELL,
		[NP_KEY_HOSTKEY] = BY_HOSTKEY,
		[NP_KEY_CLOCK] = BY_CLOCK,
	};
	enum np_worth w = np_key_worth(k);

	if (w == NP_WORTH_NOTHING)
		return BY_NOTHING;
	return w == NP_WORTH_HERE && strong[k->kind] <= STRONG
		       ? BY_LOCAL
		       : strong[k->kind];
}

static bool add_key(struct keys *k, struct np_hash128 hash, size_t device,
		    unsigned stage)
{
	if (k->n == k->cap) {
		size_t cap = k->cap ? k->cap * 2 : 1024;
		struct key *v = reallocarray(k->v, cap, sizeof(*v));

		if (!v)
			return false;
		k->v = v;
		k->cap = cap;
	}
	k->v[k->n++] = (struct key){
		.hash = hash,
		.device = (uint32_t)device,
		.stage = (uint8_t)stage,
	};
	if (stage <= STRONG)
		k->has[device] |= (uint16_t)(1u << stage);
	return true;
}

/* What means something in one network only is another key in another site. */
static struct np_hash128 hash_of(const struct keys *k, const char *v, size_t n,
				 unsigned stage, uint32_t site)
{
	const char *id = np_site_id(k->side->party, site);
	uint64_t seed = k->seed + stage;

	if (stage > BY_ID && id)
		seed ^= np_hash64(id, strlen(id), k->seed);
	return np_hash128(v, n, seed);
}

static int gather(struct keys *k, size_t i, struct np_arena *mem)
{
	const struct np_devices *all = k->side->devices;
	const struct np_device *d = &all->v[i];
	struct np_evidence e;
	int rc;

	np_arena_reset(mem);
	rc = np_device_keys(all, d, mem, &e);
	if (rc)
		return rc;
	for (size_t j = 0; j < e.nkeys; j++) {
		const struct np_key *x = &e.keys[j];
		unsigned stage = stage_of(x);

		if (stage != BY_NOTHING &&
		    !add_key(k, hash_of(k, x->v, x->n, stage, d->site), i,
			     stage))
			return NP_ENOMEM;
	}
	return add_key(k, np_hash128(d->id, strlen(d->id), k->seed + BY_ID), i,
		       BY_ID)
		       ? 0
		       : NP_ENOMEM;
}

static int key_order(const void *a, const void *b)
{
	const struct key *x = a, *y = b;

	if (x->hash.hi != y->hash.hi)
		return x->hash.hi < y->hash.hi ? -1 : 1;
	if (x->hash.lo != y->hash.lo)
		return x->hash.lo < y->hash.lo ? -1 : 1;
	return (x->device > y->device) - (x->device < y->device);
}

static int keys_open(struct keys *k, const struct np_side *side, uint64_t seed)
{
	struct np_arena mem = np_arena((size_t)64 << 20);
	int rc = 0;

	*k = (struct keys){.side = side, .seed = seed};
	k->has = calloc(side->devices->n + 1, sizeof(*k->has));
	if (!k->has)
		rc = NP_ENOMEM;
	for (size_t i = 0; !rc && i < side->devices->n; i++)
		rc = gather(k, i, &mem);
	if (!rc && k->n)
		qsort(k->v, k->n, sizeof(*k->v), key_order);
	np_arena_free(&mem);
	return rc;
}

static void keys_close(struct keys *k)
{
	free(k->v);
	free(k->has);
}

/* ---- candidates */

static bool same_hash(const struct key *a, const struct key *b)
{
	return a->hash.hi == b->hash.hi && a->hash.lo == b->hash.lo;
}

/* Behind the keys from i on that say the same; *ret_one: one device has it. */
static size_t run_of(const struct keys *k, size_t i, bool *ret_one)
{
	size_t end = i;

	*ret_one = true;
	for (; end < k->n && same_hash(&k->v[end], &k->v[i]); end++)
		*ret_one &= k->v[end].device == k->v[i].device;
	return end;
}

static bool add_candidate(struct candidates *c, const struct key *was,
			  const struct key *is)
{
	if (c->n == c->cap) {
		size_t cap = c->cap ? c->cap * 2 : 1024;
		struct candidate *v = reallocarray(c->v, cap, sizeof(*v));

		if (!v)
			return false;
		c->v = v;
		c->cap = cap;
	}
	c->v[c->n++] = (struct candidate){
		.was = was->device, .is = is->device, .stage = was->stage};
	return true;
}

static int find_candidates(const struct keys *old, const struct keys *new,
			   struct candidates *c)
{
	size_t i = 0, j = 0;

	while (i < old->n && j < new->n) {
		bool one, other;
		struct key want = old->v[i];

		if (!same_hash(&want, &new->v[j])) {
			struct key a = want, b = new->v[j];

			a.device = b.device = 0;
			if (key_order(&a, &b) < 0)
				i++;
			else
				j++;
			continue;
		}
		size_t x = run_of(old, i, &one), y = run_of(new, j, &other);

		if (one && other && !add_candidate(c, &want, &new->v[j]))
			return NP_ENOMEM;
		i = x;
		j = y;
	}
	return 0;
}

static int candidate_order(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->stage != y->stage)
		return x->stage < y->stage ? -1 : 1;
	if (x->was != y->was)
		return x->was < y->was ? -1 : 1;
	return (x->is > y->is) - (x->is < y->is);
}

static bool is_sure(const struct np_device *d)
{
	return d->sure == NP_CONFIRMED || d->sure == NP_PROBABLE;
}

static bool same_text(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

/*
 * May a key that is worth something in one network only join them? A box that
 * was swapped keeps its place's name and address; what tells is another serial
 * number, or another maker. Another interface's MAC tells nothing by itself.
 */
static bool may_be(const struct keys *old, const struct keys *new,
		   const struct candidate *c)
{
	const struct np_device *a = &old->side->devices->v[c->was];
	const struct np_device *b = &new->side->devices->v[c->is];
	unsigned both = old->has[c->was] & new->has[c->is];

	if (c->stage <= BY_ID)
		return true;
	if (is_sure(a) && is_sure(b) && a->maker != b->maker)
		return false;
	if (both & ~(1u << BY_MAC))
		return false;
	return !both || (a->maker != NP_NO_MAKER && a->maker == b->maker &&
			 same_text(a->model, b->model));
}

static void take(const struct keys *old, const struct keys *new,
		 const struct candidates *c, struct np_matched *m)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct candidate *x = &c->v[i];

		if (m->to_new[x->was] != NP_NOBODY ||
		    m->to_old[x->is] != NP_NOBODY || !may_be(old, new, x))
			continue;
		m->to_new[x->was] = x->is;
		m->to_old[x->is] = x->was;
	}
	for (size_t i = 0; i < c->n; i++) {
		const struct candidate *x = &c->v[i];
		bool was = m->to_new[x->was] != NP_NOBODY;
		bool is = m->to_old[x->is] != NP_NOBODY;

		if (x->stage <= STRONG && !was && is &&
		    m->merged[x->was] == NP_NOBODY)
			m->merged[x->was] = x->is;
		if (x->stage <= STRONG && was && !is &&
		    m->split[x->is] == NP_NOBODY)
			m->split[x->is] = x->was;
		if (x->stage > BY_ID && !was && m->instead[x->was] == NP_NOBODY)
			m->instead[x->was] = x->is;
	}
}

static uint32_t *nobodies(struct np_arena *mem, size_t n)
{
	uint32_t *v = np_alloc(mem, (n + 1) * sizeof(*v));

	for (size_t i = 0; v && i <= n; i++)
		v[i] = NP_NOBODY;
	return v;
}

int np_match(const struct np_side *old, const struct np_side *new,
	     struct np_arena *mem, struct np_matched *ret)
{
	struct candidates c = {0};
	struct keys a = {0}, b = {0};
	uint64_t seed = 0;
	int rc;

	*ret = (struct np_matched){
		.to_new = nobodies(mem, old->devices->n),
		.to_old = nobodies(mem, new->devices->n),
		.merged = nobodies(mem, old->devices->n),
		.split = nobodies(mem, new->devices->n),
		.instead = nobodies(mem, old->devices->n),
	};
	/* Who chooses names could make two of them look alike otherwise. */
	(void)getrandom(&seed, sizeof(seed), 0);
	rc = ret->to_new && ret->to_old && ret->merged && ret->split &&
			     ret->instead
		     ? keys_open(&a, old, seed)
		     : NP_ENOMEM;
	if (!rc)
		rc = keys_open(&b, new, seed);
	if (!rc)
		rc = find_candidates(&a, &b, &c);
	if (!rc && c.n)
		qsort(c.v, c.n, sizeof(*c.v), candidate_order);
	if (!rc)
		take(&a, &b, &c, ret);
	keys_close(&a);
	keys_close(&b);
	free(c.v);
	return rc;
}
