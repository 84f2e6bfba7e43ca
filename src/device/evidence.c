/* SPDX-License-Identifier: ISC */
/* What one device rests on, written out. */
#include "device/inside.h"

static int key_order(const void *a, const void *b)
{
	const struct np_key *x = a, *y = b;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	int d = memcmp(x->v, y->v, x->n < y->n ? x->n : y->n);

	return d ? d : (x->n > y->n) - (x->n < y->n);
}

/* Calls for each key that is said; NULL counts only. */
static int write_keys(const struct np_fold *f, const struct np_device *d,
		      struct np_arena *mem, struct np_key *to, size_t *ret_n)
{
	size_t n = 0;

	for (uint32_t i = np_box_from(f, d->box); i < np_box_to(f, d->box);
	     i++) {
		const struct np_row *w =
			np_row(f, np_hearing_at(f, f->order[i]).row);
		const uint32_t *refs = w->nkeys ? np_row_refs(f, w) : NULL;

		for (unsigned k = 0; k < w->nkeys; k++) {
			const struct np_key_record *x = np_key_at(f, refs[k]);
			char buf[40];

			if ((w->scope != NP_SELF && !d->neighbour) ||
			    refs[k] & NP_REF_MADE)
				continue;
			if (!to) {
				n++;
				continue;
			}
			to[n].kind = (enum np_keykind)x->kind;
			to[n].v = np_key_text(f, x, buf, &to[n].n);
			if (to[n].v == buf)
				to[n].v = np_copystr(mem, buf, to[n].n);
			if (!to[n++].v)
				return NP_ENOMEM;
		}
	}
	*ret_n = n;
	return 0;
}

static int keys(const struct np_fold *f, const struct np_device *d,
		struct np_arena *mem, struct np_evidence *ret)
{
	size_t n = 0, k = 0;
	struct np_key *v;
	int r;

	(void)write_keys(f, d, mem, NULL, &n);
	v = np_alloc(mem, n * sizeof(*v));
	if (!v)
		return NP_ENOMEM;
	r = write_keys(f, d, mem, v, &n);
	if (r)
		return r;
	if (n)
		qsort(v, n, sizeof(*v), key_order);
	for (size_t i = 1; i < n; i++)
		if (key_order(&v[k], &v[i]) != 0)
			v[++k] = v[i];
	ret->keys = v;
	ret->nkeys = n ? k + 1 : 0;
	return 0;
}

/* Over the scopes in which this box was heard saying so. */
static void merge_seen(const struct np_fold *f, const struct np_voice *v,
		       uint32_t box, struct np_occurrence *seen)
{
	*seen = (struct np_occurrence){
		.first = NP_NEVER, .last = NP_NEVER, .source = UINT32_MAX};
	for (uint32_t i = v->at; i < np_box_to(f, box); i++) {
		struct np_hearing x = np_hearing_at(f, f->order[i]);

		if (x.row != v->row)
			break;
		np_seen_merge(f, x.row, x.scope, seen, NULL);
	}
}

static int write_claim(const struct np_fold *f, const struct np_voice *v,
		       uint32_t box, struct np_arena *mem,
		       struct np_kept_claim *to)
{
	const struct np_row *w = np_row(f, v->row);
	char buf[40];

	*to = (struct np_kept_claim){
		.what = (enum np_what)v->rule->what,
		.grade = (enum np_grade)v->grade,
		.maker = v->rule->maker,
		.group = v->rule->group,
		.field = v->rule->field,
		.scope = (enum np_scope)w->scope,
		.reach = (enum np_reach)w->reach,
		.owner = (enum np_owner)w->owner,
		.settable = v->rule->settable,
		.unit = (enum np_unit)w->unit,
		.computer = v->rule->computer,
		.lowered = v->lowered,
		.rule = v->rule->name,
		.value = v->value,
		.at = v->claim->at,
	};
	to->text = np_voice_text(f, v, buf, &to->text_n);
	if (to->text == buf)
		to->text = np_copystr(mem, buf, to->text_n);
	memcpy(to->sighting, np_pool_at(&f->ids, v->row), NP_ID);
	merge_seen(f, v, box, &to->seen);
	return to->text ? 0 : NP_ENOMEM;
}

/* All of them, or those that contradict. */
static int claims(const struct np_fold *f, const struct np_device *d,
		  const struct np_voices *v, struct np_arena *mem,
		  struct np_evidence *ret)
{
	size_t n = 0, against = 0;
	struct np_kept_claim *all, *some;
	int r = 0;

	for (size_t i = 0; i < v->n; i++)
		against += v->v[i].contradicts;
	all = np_alloc(mem, v->n * sizeof(*all));
	some = np_alloc(mem, against * sizeof(*some));
	if (!all || !some)
		return NP_ENOMEM;
	for (size_t i = 0; !r && i < v->n; i++) {
		r = write_claim(f, &v->v[i], d->box, mem, &all[i]);
		if (!r && v->v[i].contradicts)
			some[n++] = all[i];
	}
	ret->claims = all;
	ret->nclaims = v->n;
	ret->contradictions = some;
	ret->ncontradictions = n;
	return r;
}

static int sightings(const struct np_fold *f, const struct np_device *d,
		     struct np_arena *mem, struct np_evidence *ret)
{
	uint8_t(*v)[NP_ID] = np_alloc(mem, d->nsightings * sizeof(*v));
	uint32_t last = NP_NIL;
	size_t n = 0;

	if (!v)
		return NP_ENOMEM;
	for (uint32_t i = np_box_from(f, d->box); i < np_box_to(f, d->box);
	     i++) {
		uint32_t row = np_hearing_at(f, f->order[i]).row;

		if (row != last)
			memcpy(v[n++], np_pool_at(&f->ids, row), NP_ID);
		last = row;
	}
	ret->sightings = (const uint8_t(*)[NP_ID])v;
	ret->nsightings = n;
	return 0;
}

int np_device_keys(const struct np_devices *all, const struct np_device *d,
		   struct np_arena *mem, struct np_evidence *ret)
{
	memset(ret, 0, sizeof(*ret));
	return keys(all->fold, d, mem, ret);
}

int np_device_said(const struct np_devices *all, const struct np_device *d,
		   struct np_arena *mem, struct np_evidence *ret)
{
	int r = np_device_keys(all, d, mem, ret);

	return r ? r : sightings(all->fold, d, mem, ret);
}

int np_device_evidence(const struct np_devices *all, const struct np_device *d,
		       struct np_arena *mem, struct np_evidence *ret)
{
	const struct np_fold *f = all->fold;
	/* Scratch of its own: the fold itself is only read. */
	struct np_budget scratch = {.limit = SIZE_MAX};
	struct np_voices v = {.budget = &scratch};
	int r = np_voices_gather(f, d->box, &v);

	memset(ret, 0, sizeof(*ret));
	if (!r) {
		(void)np_opinion(f->k, &v);
		r = keys(f, d, mem, ret);
	}
	if (!r)
		r = claims(f, d, &v, mem, ret);
	if (!r)
		r = sightings(f, d, mem, ret);
	np_voices_free(&v);
	return r;
}

bool np_evidence_has(const struct np_evidence *e, const char *key)
{
	for (size_t i = 0; i < e->nkeys; i++)
		if (e->keys[i].n == strlen(key) &&
		    memcmp(e->keys[i].v, key, e->keys[i].n) == 0)
			return true;
	return false;
}
