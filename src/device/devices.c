/* SPDX-License-Identifier: ISC */
/*
 * np_fold_devices(): joins, names and judges. Scratch memory is given back
 * before the devices are made, so that both are never held at once.
 */
#include "core/hash.h"
#include "device/inside.h"

struct named {
	uint64_t id;
	uint32_t box, spare;
};

struct making {
	struct np_fold *f;
	struct np_join join;
	struct named *named;
	struct np_voices voices;
	size_t n;
	uint64_t subscribers;
};

void np_fold_forget(struct np_fold *f)
{
	struct np_budget *b = &f->budget;

	np_budget_give(b, f->order, f->norder * sizeof(*f->order));
	np_budget_give(b, f->start, f->nstart * sizeof(*f->start));
	np_budget_give(b, f->devices, f->devices_cap * sizeof(*f->devices));
	np_budget_give(b, f->private, f->nprivate);
	np_crowds_free(b, &f->shown);
	np_crowds_free(b, &f->theirs);
	np_pool_free(&f->components);
	np_pool_free(&f->hearings);
	f->order = f->start = NULL;
	f->norder = f->nstart = 0;
	f->devices = NULL;
	f->devices_cap = 0;
	f->private = NULL;
	f->nprivate = 0;
}

/* ---- hearings by box */

static int by_sighting(const void *a, const void *b, void *fold)
{
	const struct np_fold *f = fold;
	struct np_hearing x = np_hearing_at(f, *(const uint32_t *)a);
	struct np_hearing y = np_hearing_at(f, *(const uint32_t *)b);
	char at_x[24], at_y[24];
	int d = memcmp(np_pool_at(&f->ids, x.row), np_pool_at(&f->ids, y.row),
		       NP_ID);

	return d ? d
		 : strcmp(np_scope_name_of(f, x.scope, at_x),
			  np_scope_name_of(f, y.scope, at_y));
}

/* The sightings of each box side by side, in the order of their ids; the same
 * one at two places in the order of these. */
static int group(struct making *m)
{
	struct np_fold *f = m->f;
	struct np_join *j = &m->join;
	uint32_t boxes = 0;
	int r;

	for (uint32_t h = 0; h < j->n; h++)
		if (j->root[h] == h)
			j->trial[h] = boxes++;
	f->norder = j->n;
	f->order = np_budget_take(&f->budget, j->n * sizeof(*f->order), &r);
	if (r)
		return r;
	f->nstart = boxes + 1;
	f->start =
		np_budget_take(&f->budget, f->nstart * sizeof(*f->start), &r);
	if (r)
		return r;
	for (uint32_t h = 0; h < j->n; h++)
		f->start[j->trial[j->root[h]]]++;
	for (uint32_t i = 0, at = 0; i <= boxes; i++) {
		at += f->start[i];
		f->start[i] = at;
	}
	for (uint32_t h = j->n; h--;)
		f->order[--f->start[j->trial[j->root[h]]]] = h;
	for (uint32_t i = 0; i < boxes; i++)
		if (f->start[i + 1] - f->start[i] > 1)
			qsort_r(f->order + f->start[i],
				f->start[i + 1] - f->start[i],
				sizeof(*f->order), by_sighting, f);
	m->n = boxes;
	return 0;
}

static int by_id(const void *a, const void *b, void *fold)
{
	const struct np_fold *f = fold;
	const struct named *x = a, *y = b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return by_sighting(&f->order[f->start[x->box]],
			   &f->order[f->start[y->box]], fold);
}

static int name(struct making *m)
{
	struct np_hasher *h = np_hasher_new(NP_BLAKE2S);
	int r;

	if (!h)
		return NP_ENOMEM;
	m->named = np_budget_take(&m->f->budget, m->n * sizeof(*m->named), &r);
	for (size_t i = 0; !r && i < m->n; i++)
		m->named[i] = (struct named){
			.id = np_box_id(&m->join, (uint32_t)i, h),
			.box = (uint32_t)i,
		};
	np_hasher_free(h);
	if (!r && m->n)
		qsort_r(m->named, m->n, sizeof(*m->named), by_id, m->f);
	return r;
}

/* ---- one device */

static void spell_id(char to[static 20], uint64_t id)
{
	to[0] = 'd';
	to[1] = '-';
	for (size_t i = 0; i < 16; i++)
		to[2 + i] = "0123456789abcdef"[id >> (60 - 4 * i) & 15];
	to[18] = '\0';
}

/* The site where it was heard best; none when that is two. */
struct sites {
	unsigned reach;
	uint32_t site;
};

static void place(struct sites *s, unsigned reach, uint32_t scope)
{
	uint32_t site = scope & NP_SCOPE_SOURCE ? NP_NO_SITE : scope;

	/* On the link and through a bridge are the same neighbourhood. */
	if (reach == NP_LINK)
		reach = NP_BRIDGED;
	if (site == NP_NO_SITE || reach > s->reach)
		return;
	if (reach < s->reach)
		*s = (struct sites){reach, site};
	else if (s->site != site)
		s->site = NP_NO_SITE;
}

static void hear(const struct np_fold *f, uint32_t box, struct np_device *d)
{
	struct np_occurrence seen = {
		.first = NP_NEVER, .last = NP_NEVER, .source = UINT32_MAX};
	struct sites own = {NP_RELAYED + 1, NP_NO_SITE}, others = own;
	uint32_t last = NP_NIL;
	bool infrastructure = false, tunnel = false;

	d->neighbour = true;
	for (uint32_t i = np_box_from(f, box); i < np_box_to(f, box); i++) {
		struct np_hearing x = np_hearing_at(f, f->order[i]);
		const struct np_row *w = np_row(f, x.row);
		enum np_origin origin = d->origin;

		np_seen_merge(f, x.row, x.scope, &seen, &origin);
		d->origin = origin;
		d->nsightings += x.row != last;
		last = x.row;
		if (w->scope != NP_SELF) {
			place(&others, w->reach, x.scope);
			continue;
		}
		d->neighbour = false;
		place(&own, w->reach, x.scope);
		infrastructure |= w->owner == NP_OWNER_OPERATOR;
		tunnel |= w->owner == NP_OWNER_SUBSCRIBER;
	}
	d->first = seen.first;
	d->last = seen.last;
	d->site = d->neighbour ? others.site : own.site;
	d->near = (d->neighbour ? others.reach : own.reach) <= NP_BRIDGED;
	d->owner = infrastructure ? NP_OWNER_OPERATOR
		   : tunnel	  ? NP_OWNER_SUBSCRIBER
				  : NP_OWNER_UNKNOWN;
}

static const char *serial_key(const struct np_fold *f, uint32_t box)
{
	const struct np_key_record *best = NULL;

	for (uint32_t i = np_box_from(f, box); i < np_box_to(f, box); i++) {
		const struct np_row *w =
			np_row(f, np_hearing_at(f, f->order[i]).row);
		const uint32_t *refs = w->nkeys ? np_row_refs(f, w) : NULL;

		for (unsigned k = 0; w->scope == NP_SELF && k < w->nkeys; k++) {
			const struct np_key_record *x = np_key_at(f, refs[k]);

			if (np_key_stage(x) == NP_ST_SERIAL &&
			    (!best || np_key_order(f, x, best) < 0))
				best = x;
		}
	}
	return best ? np_text(&f->texts, best->a, NULL) : NULL;
}

static bool same_part(const struct np_component *a, uint16_t maker,
		      const char *model)
{
	return a->maker == maker && a->model == model;
}

/* Parts keep their own maker and never colour the box. Values are kept once,
 * so the same text is the same pointer. */
static int take_parts(struct np_fold *f, const struct np_voices *v,
		      struct np_device *d)
{
	struct np_component part[64];
	uint32_t n = 0, at;

	for (size_t i = 0; i < v->n && n < 64; i++) {
		const struct np_rule *r = v->v[i].rule;
		const char *model = v->v[i].value;
		uint32_t k = 0;

		if (r->what != NP_W_COMPONENT || r->maker == NP_NO_MAKER)
			continue;
		while (k < n && !same_part(&part[k], r->maker, model))
			k++;
		if (k < n)
			continue;
		part[n++] = (struct np_component){
			.maker = r->maker,
			.sure = NP_POSSIBLE,
			.model = model,
			.rule = r->name,
		};
	}
	if (!n)
		return 0;
	int r = np_pool_take(&f->components, n, &at);

	if (r)
		return r;
	d->components = np_pool_at(&f->components, at);
	memcpy(np_pool_at(&f->components, at), part, n * sizeof(part[0]));
	d->ncomponents = (uint16_t)n;
	return 0;
}

static int judge(struct making *m, uint32_t box, struct np_device *d)
{
	struct np_fold *f = m->f;
	struct np_voices *v = &m->voices;
	bool subscriber;
	int r = np_voices_gather(f, box, v);

	if (r)
		return r;
	memset(d, 0, sizeof(*d));
	d->box = box;
	hear(f, box, d);
	np_describe(f->k, v, d, &subscriber);
	if (subscriber && d->owner == NP_OWNER_UNKNOWN)
		d->owner = NP_OWNER_SUBSCRIBER;
	if (!d->serial)
		d->serial = serial_key(f, box);
	return take_parts(f, v, d);
}

/* ---- subscribers, and roles */

/* Of a subscriber's box what is counted is kept apart too: a store keeps
 * nothing else of it. */
static int count(struct making *m, const struct np_device *d,
		 const struct np_crowd *crowd)
{
	struct np_fold *f = m->f;
	struct np_crowd one = *crowd;
	int r = np_crowds_count(&f->budget, &f->shown, &one);

	if (r || d->owner != NP_OWNER_SUBSCRIBER)
		return r;
	np_fold_link(f, d->id, one.link);
	return np_crowds_count(&f->budget, &f->theirs, &one);
}

static int count_subscriber(struct making *m, const struct np_device *d)
{
	m->subscribers++;
	return count(m, d,
		     &(struct np_crowd){.field = NP_NO_FIELD,
					.maker = d->maker,
					.rival = d->rival,
					.sure = d->sure,
					.model = d->model,
					.site = d->site,
					.n = 1});
}

/* Has an earlier voice said this role, in this field or in any? */
static bool said_before(const struct making *m, size_t i, bool in_field)
{
	const struct np_voice *v = m->voices.v;

	for (size_t k = 0; k < i; k++)
		if (v[k].rule->what == NP_W_ROLE &&
		    v[k].claim->value == v[i].claim->value &&
		    (!in_field || v[k].rule->field == v[i].rule->field))
			return true;
	return false;
}

static int count_roles(struct making *m, const struct np_device *d)
{
	int r = 0;

	for (size_t i = 0; !r && i < m->voices.n; i++) {
		const struct np_voice *v = &m->voices.v[i];
		struct np_crowd one = {.role = v->value,
				       .field = v->rule->field,
				       .maker = d->maker,
				       .rival = d->rival,
				       .sure = d->sure,
				       .site = d->site,
				       .n = 1};

		if (v->rule->what != NP_W_ROLE || said_before(m, i, true))
			continue;
		r = count(m, d, &one);
		one.field = NP_NO_FIELD;
		if (!r && !said_before(m, i, false))
			r = count(m, d, &one);
	}
	return r;
}

/* ---- all */

/* Judged in the order in which they lie in memory, each put where its name
 * belongs. */
static int judge_all(struct making *m, uint32_t *rank)
{
	struct np_fold *f = m->f;
	int r = 0;

	for (uint32_t box = 0; !r && box < m->n; box++) {
		struct np_device d;

		r = judge(m, box, &d);
		if (r)
			break;
		memcpy(d.id, f->devices[rank[box]].id, sizeof(d.id));
		f->devices[rank[box]] = d;
		r = count_roles(m, &d);
		if (r || d.owner != NP_OWNER_SUBSCRIBER)
			continue;
		f->devices[rank[box]].box = NP_NIL;
		f->private[box] = true;
		r = count_subscriber(m, &d);
	}
	return r ? r : np_crowds_remember(f, &m->subscribers);
}

/* Room for the devices, named and in order; then where each box belongs is all
 * that has to be remembered. */
static int take_devices(struct making *m, uint32_t **ret_rank)
{
	struct np_fold *f = m->f;
	int r;

	f->devices = np_budget_take(&f->budget, m->n * sizeof(*f->devices), &r);
	if (r)
		return r;
	f->devices_cap = m->n;
	f->private = np_budget_take(&f->budget, m->n, &r);
	if (r)
		return r;
	f->nprivate = m->n;
	*ret_rank = np_budget_take(&f->budget, m->n * sizeof(**ret_rank), &r);
	for (size_t i = 0; !r && i < m->n; i++) {
		spell_id(f->devices[i].id, m->named[i].id);
		(*ret_rank)[m->named[i].box] = (uint32_t)i;
	}
	np_budget_give(&f->budget, m->named, m->n * sizeof(*m->named));
	m->named = NULL;
	return r;
}

static int make_all(struct making *m, size_t *ret_n)
{
	struct np_fold *f = m->f;
	uint32_t *rank = NULL;
	size_t n = 0;
	int r = take_devices(m, &rank);

	m->voices.budget = &f->budget;
	if (!r)
		r = judge_all(m, rank);
	np_voices_free(&m->voices);
	np_budget_give(&f->budget, rank, m->n * sizeof(*rank));
	for (size_t i = 0; !r && i < m->n; i++)
		if (f->devices[i].box != NP_NIL)
			f->devices[n++] = f->devices[i];
	*ret_n = n;
	return r;
}

int np_fold_devices(struct np_fold *f, struct np_devices *ret)
{
	struct making m = {.f = f};
	size_t n = 0;
	int r;

	*ret = (struct np_devices){.fold = f, .dropped_by_limit = f->dropped};
	np_fold_forget(f);
	r = np_join(f, &m.join);
	if (!r)
		r = group(&m);
	if (!r)
		r = name(&m);
	np_join_free(&m.join);
	if (!r)
		r = make_all(&m, &n);
	np_budget_give(&f->budget, m.named, m.n * sizeof(*m.named));
	if (r) {
		np_fold_forget(f);
		return r;
	}
	ret->v = f->devices;
	ret->n = n;
	ret->crowds = f->shown.v;
	while (ret->ncrowds < f->shown.n && !f->shown.v[ret->ncrowds].role)
		ret->ncrowds++;
	ret->nroles = f->shown.n - ret->ncrowds;
	if (ret->nroles)
		ret->roles = f->shown.v + ret->ncrowds;
	ret->theirs = f->theirs.v;
	ret->ntheirs = f->theirs.n;
	ret->subscribers = m.subscribers;
	return 0;
}

static int of_id(const void *id, const void *device)
{
	return strcmp(id, ((const struct np_device *)device)->id);
}

const struct np_device *np_device_of(const struct np_devices *all,
				     const char *id)
{
	return id && all->n
		       ? bsearch(id, all->v, all->n, sizeof(*all->v), of_id)
		       : NULL;
}
