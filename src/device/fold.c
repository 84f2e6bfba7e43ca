/* SPDX-License-Identifier: ISC */
/*
 * Adding to the set: what a sighting says is kept once, with its keys and
 * claims; where and when it was heard is merged. Nothing is decided here.
 */
#include "core/hash.h"
#include "device/inside.h"
#include <sys/auxv.h>

/* What a device may cost, and what the first one does. */
#define PER_DEVICE ((size_t)1536)
#define AT_LEAST ((size_t)16 << 20)

/* The tables must not be slowed down by who knows their hash. The kernel gave
 * every process sixteen octets that nobody else has; results depend on none of
 * them. */
static uint64_t make_seed(void)
{
	const void *p = (const void *)getauxval(AT_RANDOM);
	uint64_t seed = 0;

	if (p)
		memcpy(&seed, p, sizeof(seed));
	return seed;
}

static uint16_t field(const char *name)
{
	int id = np_field_find(name, strlen(name));

	return id < 0 ? UINT16_MAX : (uint16_t)id;
}

static struct np_pool pool(struct np_fold *f, size_t size, uint32_t shift)
{
	return (struct np_pool){
		.budget = &f->budget, .size = (uint32_t)size, .shift = shift};
}

struct np_fold *np_fold_new(const struct np_knowledge *k, size_t max_devices)
{
	struct np_fold *f = calloc(1, sizeof(*f));

	if (!f)
		return NULL;
	f->k = k;
	f->max_devices = max_devices;
	f->budget.limit = max_devices > (SIZE_MAX - AT_LEAST) / PER_DEVICE
				  ? SIZE_MAX
				  : AT_LEAST + max_devices * PER_DEVICE;
	f->seed = f->texts.seed = make_seed();
	f->chassis_field = field("lldp.chassis_id");
	f->system_field = field("lacp.actor_system");
	f->texts.units = pool(f, 4, 13);
	f->keys = pool(f, sizeof(struct np_key_record), 11);
	f->rows = pool(f, sizeof(struct np_row), 10);
	f->ids = pool(f, sizeof(struct np_id), 10);
	f->times = pool(f, sizeof(struct np_times), 10);
	f->refs = pool(f, sizeof(uint32_t), 12);
	f->rules = pool(f, sizeof(struct np_rule), 8);
	f->claims = pool(f, sizeof(struct np_claim_record), 10);
	f->further = pool(f, sizeof(struct np_further), 10);
	f->sites = pool(f, sizeof(uint32_t), 8);
	f->tallies = pool(f, sizeof(struct np_tally_record), 10);
	f->elsewhere = pool(f, sizeof(struct np_elsewhere), 8);
	f->places = pool(f, sizeof(struct np_place_record), 8);
	f->hearings = pool(f, sizeof(struct np_hearing), 10);
	f->components = pool(f, sizeof(struct np_component), 8);
	return f;
}

void np_fold_limit(struct np_fold *f, size_t octets)
{
	f->budget.limit = octets;
}

void np_fold_memory(const struct np_fold *f, size_t *ret_now, size_t *ret_most)
{
	*ret_now = f->budget.now;
	*ret_most = f->budget.most;
}

/* Sites are the same whatever source stands there; so is their name, and if
 * not, one of them. */
static int name_site(struct np_fold *f, uint32_t site, uint32_t name)
{
	uint32_t i, *have;
	int r = 0;

	while (!r && site >= f->sites.n) {
		r = np_pool_take(&f->sites, 1, &i);
		if (!r)
			*(uint32_t *)np_pool_at(&f->sites, i) = NP_NIL;
	}
	if (r)
		return r;
	have = np_pool_at(&f->sites, site);
	if (*have == NP_NIL || strcmp(np_text(&f->texts, name, NULL),
				      np_text(&f->texts, *have, NULL)) < 0)
		*have = name;
	return 0;
}

int np_fold_place(struct np_fold *f, uint32_t source,
		  const struct np_source_place *p)
{
	uint32_t name = NP_NIL, i;
	int r = 0;

	if (source >= NP_SCOPE_SOURCE ||
	    (p->site >= NP_MAX_SITES && p->site != NP_NO_SITE))
		return NP_ELIMIT;
	if (p->name && *p->name)
		r = np_text_keep(&f->texts, p->name, strlen(p->name), &name);
	if (!r && name != NP_NIL && p->site != NP_NO_SITE)
		r = name_site(f, p->site, name);
	while (!r && source >= f->places.n)
		r = np_pool_take(&f->places, 1, &i);
	if (r)
		return r;
	*(struct np_place_record *)np_pool_at(&f->places, source) =
		(struct np_place_record){
			.site = p->site,
			.origin = p->origin,
			.name = name,
			.known = true,
		};
	return 0;
}

/* ---- sightings by id */

static uint64_t id_hash(const struct np_fold *f, const void *id)
{
	return np_hash64(id, NP_ID, f->seed);
}

static uint32_t find_row(const struct np_fold *f, const uint8_t *id,
			 uint64_t hash)
{
	struct np_seek s;
	uint32_t i;

	if (!f->row_table.cap)
		return NP_NIL;
	s = np_seek(&f->row_table, hash);
	while ((i = np_seek_next(&f->row_table, &s)) != NP_NIL)
		if (memcmp(np_pool_at(&f->ids, i), id, NP_ID) == 0)
			break;
	return i;
}

/* A table that is new has to be filled again. */
static int row_room(struct np_fold *f)
{
	int r = np_table_room(&f->row_table, &f->budget);

	if (r <= 0)
		return r;
	for (uint32_t i = 0; i < f->rows.n; i++)
		np_table_put(&f->row_table, id_hash(f, np_pool_at(&f->ids, i)),
			     i);
	return 0;
}

/* ---- claims */

static uint64_t rule_hash(const struct np_fold *f, const struct np_rule *r)
{
	return np_hash64(r, sizeof(*r), f->seed);
}

static int keep_rule(struct np_fold *f, const struct np_rule *rule,
		     uint32_t *ret)
{
	int r = np_table_room(&f->rule_table, &f->budget);

	for (uint32_t i = 0; r > 0 && i < f->rules.n; i++)
		np_table_put(&f->rule_table,
			     rule_hash(f, np_pool_at(&f->rules, i)), i);
	if (r < 0)
		return r;
	struct np_seek s = np_seek(&f->rule_table, rule_hash(f, rule));

	while ((*ret = np_seek_next(&f->rule_table, &s)) != NP_NIL)
		if (memcmp(np_pool_at(&f->rules, *ret), rule, sizeof(*rule)) ==
		    0)
			return 0;
	r = np_pool_take(&f->rules, 1, ret);
	if (r)
		return r;
	memcpy(np_pool_at(&f->rules, *ret), rule, sizeof(*rule));
	np_seek_put(&f->rule_table, &s, *ret);
	return 0;
}

/* Where the key stands in the sighting whose text is this value; -1: none. */
static int key_with_text(const struct np_sighting *s, const void *v, size_t n)
{
	for (size_t i = 0; i < s->nkeys; i++)
		if (s->keys[i].n == n && memcmp(s->keys[i].v, v, n) == 0)
			return (int)i;
	return -1;
}

static int keep_claim(struct np_fold *f, const struct np_sighting *s,
		      const struct np_claim *c, const uint32_t *key,
		      struct np_claim_record *to)
{
	const struct np_fact *x = &s->facts[c->fact];
	struct np_rule rule;
	int r, k = key_with_text(s, x->v, x->n);

	memset(&rule, 0, sizeof(rule)); /* the padding is hashed too */
	rule.name = c->rule;
	rule.maker = c->maker;
	rule.group = c->group;
	rule.field = x->field;
	rule.what = (uint8_t)c->what;
	rule.grade = (uint8_t)c->grade;
	rule.settable = c->settable;
	rule.subscriber = c->subscriber;
	rule.virtual_key = c->virtual_key;
	rule.computer = c->computer;
	to->at = x->at;
	to->value = to->text = NP_NIL;
	r = keep_rule(f, &rule, &to->rule);
	if (!r && c->value && *c->value)
		r = np_text_keep(&f->texts, c->value, strlen(c->value),
				 &to->value);
	if (!r && k >= 0 && key[k] != NP_NIL)
		to->text = NP_CLAIM_KEY | (key[k] & NP_REF_INDEX);
	else if (!r && x->n)
		r = np_text_keep(&f->texts, x->v, x->n, &to->text);
	return r;
}

static int keep_claims(struct np_fold *f, const struct np_sighting *s,
		       const struct np_claims *c, const uint32_t *key,
		       struct np_row *w)
{
	size_t n = c->n < NP_MAX_CLAIMS ? c->n : NP_MAX_CLAIMS;

	w->nclaims = 0;
	if (!n)
		return 0;
	int r = np_pool_take(&f->claims, (uint32_t)n, &w->claims);

	for (size_t i = 0; !r && i < n; i++) {
		if (c->v[i].fact >= s->nfacts || !c->v[i].rule)
			continue;
		r = keep_claim(f, s, &c->v[i], key,
			       np_pool_at(&f->claims, w->claims + w->nclaims));
		w->nclaims = (w->nclaims + 1u) & 127;
	}
	return r;
}

/* ---- keys of a sighting */

#define MAX_REFS (2 * NP_MAX_KEYS)

/* IEEE 1588 7.5.2.2: a clock that is named by its MAC address has FF-FE put in
 * its middle. */
static int made_mac(struct np_fold *f, const struct np_sighting *s,
		    const struct np_key *clock, uint32_t *ret)
{
	char text[17];
	const char *v = clock->v;
	size_t n = 0;

	*ret = NP_NIL;
	if (clock->n != 16 || memcmp(v + 6, "fffe", 4) != 0)
		return 0;
	for (size_t i = 0; i < 16; i += 2) {
		if (i == 6 || i == 8)
			continue;
		if (n)
			text[n++] = ':';
		text[n++] = v[i];
		text[n++] = v[i + 1];
	}
	struct np_key mac = {.kind = NP_KEY_MAC, .v = text, .n = n};
	struct np_packed p;

	if (!np_key_pack(f, &mac, s, &p))
		return 0;
	return np_key_keep(f, &p, ret);
}

static bool fact_says(const struct np_sighting *s, uint16_t id,
		      const struct np_key *k)
{
	for (size_t i = 0; i < s->nfacts; i++)
		if (s->facts[i].field == id && s->facts[i].n == k->n &&
		    memcmp(s->facts[i].v, k->v, k->n) == 0)
			return true;
	return false;
}

/* refs[0..nkeys] are the keys as they stand (NP_NIL: not kept), those behind
 * were made from them. */
static int keep_keys(struct np_fold *f, const struct np_sighting *s,
		     const struct np_packed *p, uint32_t *refs, size_t *ret_n)
{
	size_t n = s->nkeys;
	int r = 0;

	for (size_t i = 0; !r && i < s->nkeys; i++) {
		const struct np_key *k = &s->keys[i];

		refs[i] = NP_NIL;
		if (p[i].key)
			r = np_key_keep(f, &p[i], &refs[i]);
		if (r || refs[i] == NP_NIL)
			continue;
		if (k->kind == NP_KEY_MAC && fact_says(s, f->chassis_field, k))
			refs[i] |= NP_REF_CHASSIS;
		if (k->kind == NP_KEY_MAC && fact_says(s, f->system_field, k))
			refs[i] |= NP_REF_SYSTEM;
		if (k->kind != NP_KEY_CLOCK)
			continue;
		r = made_mac(f, s, k, &refs[n]);
		if (!r && refs[n] != NP_NIL)
			refs[n++] |= NP_REF_MADE;
	}
	*ret_n = n;
	return r;
}

static int keep_refs(struct np_fold *f, struct np_row *w, const uint32_t *refs,
		     size_t n)
{
	uint32_t kept[MAX_REFS];
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		if (refs[i] != NP_NIL)
			kept[k++] = refs[i];
	w->nkeys = (unsigned)k & 63;
	if (k == 1)
		w->keys = kept[0];
	if (k <= 1)
		return 0;
	int r = np_pool_take(&f->refs, (uint32_t)k, &w->keys);

	if (!r)
		memcpy(np_pool_at(&f->refs, w->keys), kept, k * sizeof(*kept));
	return r;
}

/* What this sighting makes of its keys for everybody. */
static void mark_keys(struct np_fold *f, const struct np_sighting *s,
		      const struct np_claims *c, const uint32_t *refs, size_t n)
{
	for (size_t i = 0; i < n && s->scope == NP_SELF; i++) {
		if (refs[i] == NP_NIL)
			continue;
		if (refs[i] & NP_REF_CHASSIS)
			np_key_at(f, refs[i])->flags |= NP_KEY_CHASSIS;
		if (!(refs[i] & NP_REF_SYSTEM))
			np_key_at(f, refs[i])->flags |= NP_KEY_SECONDED;
	}
	for (size_t i = 0; i < c->n && i < NP_MAX_CLAIMS; i++) {
		if (!c->v[i].virtual_key || c->v[i].fact >= s->nfacts)
			continue;
		const struct np_fact *x = &s->facts[c->v[i].fact];
		int k = key_with_text(s, x->v, x->n);

		if (k >= 0 && refs[k] != NP_NIL)
			np_key_at(f, refs[k])->flags |=
				NP_KEY_SHARED | NP_KEY_SCOPED;
	}
}

/* ---- adding */

/* When there are as many boxes as may be, only what has a key that is known
 * still comes in. */
static bool over_limit(const struct np_fold *f, const struct np_packed *p,
		       size_t n)
{
	if (f->boxes < f->max_devices)
		return false;
	for (size_t i = 0; i < n; i++)
		if (p[i].key && np_key_find(f, &p[i]) != NP_NIL)
			return false;
	return true;
}

/* Is one of its keys older than that? */
static bool known(const uint32_t *refs, size_t n, uint32_t keys)
{
	for (size_t i = 0; i < n; i++)
		if (refs[i] != NP_NIL && (refs[i] & NP_REF_INDEX) < keys)
			return true;
	return false;
}

static void fill_row(struct np_fold *f, struct np_row *w, uint32_t row,
		     const struct np_sighting *s)
{
	np_seen_set(w, np_pool_at(&f->times, row), &s->seen);
	w->scope = (unsigned)s->scope & 3;
	w->reach = (unsigned)s->reach & 3;
	w->owner = (unsigned)s->owner & 3;
	w->unit = (unsigned)s->unit & 3;
	w->deep = s->depth > 0;
	memcpy(np_pool_at(&f->ids, row), s->id, NP_ID);
}

static int take_row(struct np_fold *f, uint32_t *ret)
{
	int r = row_room(f);
	uint32_t i;

	if (!r)
		r = np_pool_take(&f->rows, 1, ret);
	if (!r)
		r = np_pool_take(&f->ids, 1, &i);
	if (!r)
		r = np_pool_take(&f->times, 1, &i);
	return r;
}

static int add_new(struct np_fold *f, const struct np_sighting *s,
		   const struct np_claims *c, const struct np_packed *p,
		   uint64_t hash)
{
	uint32_t rows = f->rows.n, nrefs = f->refs.n, nclaims = f->claims.n;
	uint32_t keys = f->keys.n;
	uint32_t refs[MAX_REFS], row;
	struct np_row w = {0};
	size_t n = 0;
	int r = keep_keys(f, s, p, refs, &n);

	if (!r)
		r = keep_refs(f, &w, refs, n);
	if (!r)
		r = keep_claims(f, s, c, refs, &w);
	if (!r)
		r = take_row(f, &row);
	if (r) {
		f->rows.n = f->ids.n = f->times.n = rows;
		f->refs.n = nrefs;
		f->claims.n = nclaims;
		return r;
	}
	fill_row(f, &w, row, s);
	*np_row(f, row) = w;
	np_table_put(&f->row_table, hash, row);
	mark_keys(f, s, c, refs, n);
	f->boxes += !known(refs, n, keys);
	return 0;
}

/* The offsets are not part of the id: those of the first place are kept. */
static void merge_offsets(struct np_fold *f, uint32_t row, bool same,
			  const struct np_sighting *s,
			  const struct np_claims *c)
{
	struct np_row *w = np_row(f, row);
	unsigned k = 0;

	unsigned unit = (unsigned)s->unit & 3;

	if (!same || unit < w->unit)
		w->unit = unit & 3;
	for (size_t i = 0; i < c->n && k < w->nclaims; i++) {
		if (c->v[i].fact >= s->nfacts || !c->v[i].rule)
			continue;
		struct np_claim_record *to =
			np_pool_at(&f->claims, w->claims + k++);
		uint32_t at = s->facts[c->v[i].fact].at;

		if (!same || at < to->at)
			to->at = at;
	}
}

static int add_again(struct np_fold *f, uint32_t row,
		     const struct np_sighting *s, const struct np_claims *c)
{
	uint32_t source;
	uint64_t place;
	int r;

	np_seen_first(f, row, &source, &place);
	r = np_seen_add(f, row, &s->seen);
	if (r || s->seen.source > source ||
	    (s->seen.source == source && s->seen.place > place))
		return r;
	merge_offsets(f, row,
		      s->seen.source == source && s->seen.place == place, s, c);
	return 0;
}

int np_fold_add(struct np_fold *f, const struct np_sighting *s,
		const struct np_claims *c)
{
	struct np_packed p[NP_MAX_KEYS];
	uint64_t hash = id_hash(f, s->id);
	uint32_t row;
	int r;

	if (s->nkeys > NP_MAX_KEYS || s->nfacts > NP_MAX_FACTS ||
	    s->seen.source >= NP_SCOPE_SOURCE) {
		f->dropped++;
		return NP_ELIMIT;
	}
	/* Memory is far away: ask for all places before going to one. */
	np_seek_soon(&f->row_table, hash);
	for (size_t i = 0; i < s->nkeys; i++)
		if (!np_key_pack(f, &s->keys[i], s, &p[i]))
			p[i].key = NULL;
	row = find_row(f, s->id, hash);
	f->last = row == NP_NIL ? f->rows.n : row;
	f->last_first = row == NP_NIL;
	if (row != NP_NIL)
		r = add_again(f, row, s, c);
	else if (over_limit(f, p, s->nkeys))
		r = NP_ELIMIT;
	else
		r = add_new(f, s, c, p, hash);
	if (r)
		f->dropped++;
	return r;
}

int np_fold_again(struct np_fold *f, uint32_t number,
		  const struct np_occurrence *o, uint8_t ret_id[static NP_ID])
{
	int r = o->source < NP_SCOPE_SOURCE && number < f->rows.n
			? np_seen_add(f, number, o)
			: NP_ELIMIT;

	if (r)
		f->dropped++;
	else
		memcpy(ret_id, np_pool_at(&f->ids, number), NP_ID);
	return r;
}

uint32_t np_fold_last(const struct np_fold *f, bool *ret_first)
{
	*ret_first = f->last_first;
	return f->last;
}

void np_fold_free(struct np_fold *f)
{
	if (!f)
		return;
	np_fold_forget(f);
	np_crowds_free(&f->budget, &f->remembered);
	np_pool_free(&f->texts.units);
	np_table_free(&f->texts.table, &f->budget);
	np_pool_free(&f->keys);
	np_pool_free(&f->rows);
	np_pool_free(&f->ids);
	np_pool_free(&f->times);
	np_pool_free(&f->refs);
	np_pool_free(&f->rules);
	np_pool_free(&f->claims);
	np_pool_free(&f->further);
	np_pool_free(&f->sites);
	np_pool_free(&f->tallies);
	np_pool_free(&f->elsewhere);
	np_pool_free(&f->places);
	np_table_free(&f->key_table, &f->budget);
	np_table_free(&f->row_table, &f->budget);
	np_table_free(&f->rule_table, &f->budget);
	free(f);
}
