/* SPDX-License-Identifier: ISC */
/*
 * Which sightings are one box. Keys are let join in stages, those that say
 * most first; at each stage what is one box by the keys before is taken as one.
 * Where a stage would make one box of two that each have a serial number, an
 * engine or a chassis of their own, its keys are looked at one by one
 * (repair.c): a key belongs to the nearest of the two, one that is as near to
 * both belongs to neither. So everything is decided by sets and distances, and
 * nothing by the order in which it is looked at.
 */
#include "core/hash.h"
#include "device/inside.h"

uint32_t np_scope_of(const struct np_fold *f, uint32_t source)
{
	if (source < f->places.n) {
		const struct np_place_record *p =
			np_pool_at(&f->places, source);

		if (p->known && p->site != NP_NO_SITE)
			return p->site;
	}
	return NP_SCOPE_SOURCE | source;
}

struct np_hearing np_hearing_at(const struct np_fold *f, uint32_t h)
{
	if (h < f->nrows)
		return (struct np_hearing){
			.row = h,
			.scope = np_scope_of(f, np_row(f, h)->source)};
	return *(const struct np_hearing *)np_pool_at(&f->hearings,
						      h - f->nrows);
}

uint32_t np_join_find(uint32_t *parent, uint32_t h)
{
	while (parent[h] != h) {
		parent[h] = parent[parent[h]];
		h = parent[h];
	}
	return h;
}

void np_join_union(struct np_join *j, uint32_t a, uint32_t b, unsigned clash)
{
	a = np_join_find(j->trial, a);
	b = np_join_find(j->trial, b);
	if (a == b)
		return;
	uint32_t lo = a < b ? a : b, hi = a < b ? b : a;
	unsigned both = j->trial_mask[lo] & j->trial_mask[hi] & clash;

	j->trial[hi] = lo;
	j->trial_mask[lo] |= j->trial_mask[hi];
	if (both) {
		j->trial_mask[lo] |= NP_HAS_CLASH;
		j->clashed = true;
	}
}

/* ---- nodes: a key, or a scoped key in one more scope */

static uint64_t away_hash(const struct np_join *j, const struct np_hearing *x)
{
	return np_hash64(x, sizeof(*x), j->f->seed);
}

static uint32_t away(const struct np_join *j, const struct np_hearing *x,
		     struct np_seek *s)
{
	uint32_t i;

	while ((i = np_seek_next(&j->away_table, s)) != NP_NIL) {
		const struct np_hearing *y = np_pool_at(&j->away, i);

		if (y->row == x->row && y->scope == x->scope)
			return i;
	}
	return NP_NIL;
}

static bool at_home(const struct np_join *j, uint32_t key, uint32_t scope)
{
	return j->one_scope || j->home[key] == scope ||
	       !(np_key_at(j->f, key)->flags & NP_KEY_SCOPED);
}

uint32_t np_join_node(const struct np_join *j, uint32_t ref, uint32_t scope)
{
	struct np_hearing x = {.row = ref & NP_REF_INDEX, .scope = scope};

	if (at_home(j, x.row, scope))
		return x.row;
	struct np_seek s = np_seek(&j->away_table, away_hash(j, &x));

	return j->f->keys.n + away(j, &x, &s);
}

/* Makes the node if there is none. */
static int make_node(struct np_join *j, uint32_t ref, uint32_t scope)
{
	struct np_hearing x = {.row = ref & NP_REF_INDEX, .scope = scope};
	uint32_t i;

	if (j->one_scope)
		return 0;
	if (j->home[x.row] == NP_NIL)
		j->home[x.row] = scope;
	if (at_home(j, x.row, scope))
		return 0;
	int r = np_table_room(&j->away_table, &j->f->budget);

	for (i = 0; r > 0 && i < j->away.n; i++)
		np_table_put(&j->away_table,
			     away_hash(j, np_pool_at(&j->away, i)), i);
	if (r < 0)
		return r;
	struct np_seek s = np_seek(&j->away_table, away_hash(j, &x));

	if (away(j, &x, &s) != NP_NIL)
		return 0;
	r = np_pool_take(&j->away, 1, &i);
	if (r)
		return r;
	*(struct np_hearing *)np_pool_at(&j->away, i) = x;
	np_seek_put(&j->away_table, &s, i);
	return 0;
}

/* ---- hearings */

/* A sighting that was heard in several scopes may be several boxes. */
static int list_hearings(struct np_fold *f, uint32_t row)
{
	const struct np_row *w = np_row(f, row);
	uint32_t own = np_scope_of(f, w->source), from = f->hearings.n;

	for (uint32_t i = np_seen_sources(f, w); i != NP_NIL;) {
		const struct np_elsewhere *e = np_pool_at(&f->elsewhere, i);
		uint32_t scope = np_scope_of(f, e->source), k = from;

		i = e->next;
		while (k < f->hearings.n &&
		       ((struct np_hearing *)np_pool_at(&f->hearings, k))
				       ->scope != scope)
			k++;
		if (scope == own || k < f->hearings.n)
			continue;
		int r = np_pool_take(&f->hearings, 1, &k);

		if (r)
			return r;
		*(struct np_hearing *)np_pool_at(&f->hearings, k) =
			(struct np_hearing){.row = row, .scope = scope};
	}
	return 0;
}

static int open_hearings(struct np_join *j)
{
	struct np_fold *f = j->f;
	uint32_t scope = NP_NIL;
	int r = 0;

	f->nrows = f->rows.n;
	j->one_scope = true;
	for (uint32_t i = 0; !r && i < f->nrows; i++) {
		uint32_t s = np_scope_of(f, np_row(f, i)->source);

		if (scope == NP_NIL)
			scope = s;
		j->one_scope &= scope == s;
		if (np_row(f, i)->more != NP_NIL)
			r = list_hearings(f, i);
	}
	j->one_scope &= !f->hearings.n;
	j->n = f->nrows + f->hearings.n;
	return r;
}

/* ---- going through keys */

bool np_join_counts(const struct np_join *j, uint32_t ref)
{
	return !(ref & NP_REF_SYSTEM) ||
	       np_key_at(j->f, ref)->flags & NP_KEY_SECONDED;
}

/* Opens the next hearing of a box that speaks of itself. */
static bool open_next(const struct np_join *j, struct np_each *e)
{
	while (e->h < j->n) {
		uint32_t h = e->h++;
		const struct np_row *w = np_row(
			j->f, h < j->f->nrows ? h : np_hearing_at(j->f, h).row);

		if (w->scope != NP_SELF || !w->nkeys)
			continue;
		e->refs = np_row_refs(j->f, w);
		e->n = w->nkeys;
		e->i = 0;
		e->scope = j->one_scope ? 0 : np_hearing_at(j->f, h).scope;
		return true;
	}
	return false;
}

bool np_join_next(const struct np_join *j, struct np_each *e,
		  enum np_stage stage)
{
	for (;;) {
		while (e->i < e->n) {
			e->ref = e->refs[e->i++];
			e->node = np_join_node(j, e->ref, e->scope);
			if (j->stage[e->node] == stage &&
			    np_join_counts(j, e->ref))
				return true;
		}
		if (!open_next(j, e))
			return false;
	}
}

static int make_nodes(struct np_join *j)
{
	int r = 0;

	for (uint32_t h = 0; !j->one_scope && h < j->n; h++) {
		struct np_hearing x = np_hearing_at(j->f, h);
		const struct np_row *w = np_row(j->f, x.row);
		const uint32_t *refs = w->nkeys ? np_row_refs(j->f, w) : NULL;

		for (unsigned i = 0; !r && i < w->nkeys; i++)
			r = make_node(j, refs[i], x.scope);
	}
	j->nodes = j->f->keys.n + j->away.n;
	return r;
}

static uint32_t key_of(const struct np_join *j, uint32_t node)
{
	if (node < j->f->keys.n)
		return node;
	return ((const struct np_hearing *)np_pool_at(&j->away,
						      node - j->f->keys.n))
		->row;
}

/* What stage each key is for, and how many say it. */
static void survey(struct np_join *j)
{
	struct np_each e = {0};

	memset(j->stage, NP_ST_NEVER, j->nodes);
	while (np_join_next(j, &e, NP_ST_NEVER))
		if (j->touch[e.node] < UINT8_MAX)
			j->touch[e.node]++;
	for (uint32_t i = 0; i < j->nodes; i++) {
		enum np_stage s = np_key_stage(np_key_at(j->f, key_of(j, i)));

		j->stage[i] = (uint8_t)s;
		if (s == NP_ST_NEVER || !j->touch[i])
			continue;
		j->at[s]++;
		j->many[s] += j->touch[i] > 1;
	}
}

static int take_arrays(struct np_join *j)
{
	struct np_budget *b = &j->f->budget;
	int r = 0;

	j->root = np_budget_take(b, j->n * sizeof(*j->root), &r);
	if (!r)
		j->trial = np_budget_take(b, j->n * sizeof(*j->trial), &r);
	if (!r)
		j->mask = np_budget_take(b, j->n, &r);
	if (!r)
		j->trial_mask = np_budget_take(b, j->n, &r);
	if (!r)
		j->own = np_budget_take(b, j->nodes * sizeof(*j->own), &r);
	if (!r)
		j->co = np_budget_take(b, j->nodes * sizeof(*j->co), &r);
	if (!r)
		j->stage = np_budget_take(b, j->nodes, &r);
	if (!r)
		j->touch = np_budget_take(b, j->nodes, &r);
	if (r)
		return r;
	for (uint32_t i = 0; i < j->n; i++)
		j->root[i] = i;
	memset(j->own, 0xff, j->nodes * sizeof(*j->own));
	return 0;
}

void np_join_free(struct np_join *j)
{
	struct np_budget *b = &j->f->budget;

	np_budget_give(b, j->root, j->n * sizeof(*j->root));
	np_budget_give(b, j->trial, j->n * sizeof(*j->trial));
	np_budget_give(b, j->mask, j->n);
	np_budget_give(b, j->trial_mask, j->n);
	np_budget_give(b, j->own, j->nodes * sizeof(*j->own));
	np_budget_give(b, j->co, j->nodes * sizeof(*j->co));
	np_budget_give(b, j->stage, j->nodes);
	np_budget_give(b, j->touch, j->nodes);
	np_budget_give(b, j->home, j->f->keys.n * sizeof(*j->home));
	np_pool_free(&j->away);
	np_table_free(&j->away_table, b);
}

/* ---- stages */

/* What the trial made becomes what is. */
static void settle(struct np_join *j)
{
	memset(j->trial_mask, 0, j->n);
	for (uint32_t h = 0; h < j->n; h++)
		j->trial_mask[np_join_find(j->trial, h)] |=
			j->root[h] == h ? j->mask[h] : 0;
	for (uint32_t h = 0; h < j->n; h++)
		j->root[h] = np_join_find(j->trial, h);
	memcpy(j->mask, j->trial_mask, j->n);
}

/* May what this box says count at this stage? */
static bool heeded(const struct np_join *j, const struct np_each *e,
		   enum np_stage s)
{
	unsigned deaf = s == NP_ST_IP	  ? NP_HAS_HOARD
			: s == NP_ST_NAME ? NP_HAS_GOSSIP
					  : 0;

	return !(j->mask[j->root[e->h - 1]] & deaf);
}

static void try_stage(struct np_join *j, enum np_stage s, unsigned clash)
{
	struct np_each e = {0};

	j->clashed = false;
	if (j->many[s]) {
		memcpy(j->trial, j->root, j->n * sizeof(*j->trial));
		memcpy(j->trial_mask, j->mask, j->n);
	}
	while (np_join_next(j, &e, s)) {
		if (!heeded(j, &e, s))
			continue;
		if (j->own[e.node] == NP_NIL)
			j->own[e.node] = e.h - 1;
		else
			np_join_union(j, j->own[e.node], e.h - 1, clash);
	}
}

bool np_join_owned(const struct np_join *j, uint32_t h, uint32_t ref,
		   uint32_t scope)
{
	if (!np_join_counts(j, ref))
		return false;
	uint32_t own = j->own[np_join_node(j, ref, scope)];

	return own != NP_NIL && j->root[own] == j->root[h];
}

/* Boxes with a key of this stage have that much of an identity. */
static void label(struct np_join *j, enum np_stage s, unsigned bit)
{
	struct np_each e = {0};

	while (np_join_next(j, &e, s))
		if (np_join_owned(j, e.h - 1, e.ref, e.scope))
			j->mask[j->root[e.h - 1]] |= (uint8_t)bit;
}

static int run_stage(struct np_join *j, enum np_stage s)
{
	static const uint8_t has[NP_ST_NEVER] = {
		[NP_ST_SERIAL] = NP_HAS_SERIAL,
		[NP_ST_ENGINE] = NP_HAS_ENGINE,
		[NP_ST_CHASSIS] = NP_HAS_CHASSIS | NP_HAS_MAC,
		[NP_ST_MAC] = NP_HAS_MAC,
		[NP_ST_HOST] = NP_HAS_HOST,
	};
	unsigned clash = NP_HAS_SERIAL | NP_HAS_ENGINE | NP_HAS_CHASSIS;
	int r;

	if (s == NP_ST_NAME)
		clash |= NP_HAS_MAC | NP_HAS_HOST;
	if (!j->at[s])
		return 0;
	r = np_join_rules(j, s);
	if (r)
		return r;
	try_stage(j, s, clash);
	if (j->clashed)
		r = np_join_repair(j, s, clash);
	if (r)
		return r;
	if (j->many[s])
		settle(j);
	if (has[s])
		label(j, s, has[s]);
	return 0;
}

int np_join(struct np_fold *f, struct np_join *j)
{
	int r;

	*j = (struct np_join){.f = f};
	j->away = (struct np_pool){.budget = &f->budget,
				   .size = sizeof(struct np_hearing),
				   .shift = 10};
	r = open_hearings(j);
	if (!r && !j->one_scope) {
		j->home = np_budget_take(&f->budget,
					 f->keys.n * sizeof(*j->home), &r);
		if (!r)
			memset(j->home, 0xff, f->keys.n * sizeof(*j->home));
	}
	if (!r)
		r = make_nodes(j);
	if (!r)
		r = take_arrays(j);
	if (r)
		return r;
	survey(j);
	for (unsigned s = 0; !r && s < NP_ST_NEVER; s++)
		r = run_stage(j, (enum np_stage)s);
	if (!r)
		np_join_attach(j);
	return r;
}
