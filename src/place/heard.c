/* SPDX-License-Identifier: ISC */
/*
 * What is remembered of sightings while they pass: in which VLANs that a zone
 * names they were heard, and management sessions from outside.
 */
#include "place/inside.h"
#include <stdlib.h>

static bool wanted(const struct np_zone_book *z, uint16_t vlan)
{
	for (size_t i = 0; i < z->n; i++) {
		for (size_t k = 0; k < z->v[i].nservers; k++) {
			if (z->v[i].server[k].vlan == vlan)
				return true;
		}
	}
	return false;
}

static int hear_vlans(struct np_places *p, const struct np_sighting *s)
{
	struct np_ear *e = &p->ear;

	for (size_t i = 0; i < s->nvlan; i++) {
		const void *id;

		if (!wanted(&p->zones, s->vlan[i]) ||
		    np_ear_vlan(e, s->id, s->vlan[i]))
			continue;
		id = np_copy(&e->mem, s->id, NP_ID);
		if (!id || !np_index_add(&e->vlans, id, NP_ID, s->vlan[i]))
			return NP_ENOMEM;
	}
	return NP_OK;
}

bool np_ear_vlan(const struct np_ear *e, const uint8_t *id, int32_t vlan)
{
	uint32_t at = np_index_find(&e->vlans, id, NP_ID);

	while (at && np_index_value(&e->vlans, at) != (uint32_t)vlan)
		at = np_index_more(&e->vlans, at);
	return at != 0;
}

/* ---- sessions */

static const char *copy(struct np_arena *mem, const void *p, size_t n)
{
	return np_copystr(mem, p, n);
}

/* Merges as occurrences do: the most of equal keys. */
static int seen_in(struct np_session_heard *h, const struct np_occurrence *o)
{
	uint32_t n = o->count > UINT32_MAX ? UINT32_MAX : (uint32_t)o->count;
	struct np_times_in *v;

	h->pub.first = np_time_min(h->pub.first, o->first);
	h->pub.last = np_time_max(h->pub.last, o->last);
	for (size_t i = h->nin; i--;) {
		if (h->in[i].source != o->source ||
		    h->in[i].segment != o->segment)
			continue;
		if (h->in[i].count < n)
			h->in[i].count = n;
		return NP_OK;
	}
	v = np_grow(h->in, h->nin, &h->cap, sizeof(*v));
	if (!v)
		return NP_ENOMEM;
	h->in = v;
	h->in[h->nin++] = (struct np_times_in){o->source, o->segment, n};
	return NP_OK;
}

static const struct np_fact *fact_of(const struct np_sighting *s,
				     const char *name)
{
	int id = np_field_find(name, strlen(name));

	for (size_t i = 0; id >= 0 && i < s->nfacts; i++) {
		if (s->facts[i].field == id)
			return &s->facts[i];
	}
	return NULL;
}

static int hear_session(struct np_places *p, const struct np_sighting *s)
{
	struct np_ear *e = &p->ear;
	const struct np_fact *service = fact_of(s, "session.service");
	const struct np_fact *far = fact_of(s, "session.far");
	struct np_session_heard *v, x = {0};
	const void *id;

	if (np_index_find(&e->ids, s->id, NP_ID))
		return np_places_again(p, s->id, &s->seen);
	x.pub.first = x.pub.last = NP_NEVER;
	for (size_t i = 0; i < s->nkeys && !x.pub.near; i++) {
		if (s->keys[i].kind == NP_KEY_IP)
			x.pub.near = copy(&e->mem, s->keys[i].v, s->keys[i].n);
	}
	if (!service || !x.pub.near)
		return NP_OK;
	x.pub.service = copy(&e->mem, service->v, service->n);
	x.pub.far = far ? copy(&e->mem, far->v, far->n) : NULL;
	id = np_copy(&e->mem, s->id, NP_ID);
	v = np_grow(e->v, e->n, &e->cap, sizeof(*v));
	if (!v)
		return NP_ENOMEM;
	e->v = v;
	if (!id || !x.pub.service || (far && !x.pub.far) ||
	    !np_index_add(&e->ids, id, NP_ID, (uint32_t)e->n))
		return NP_ENOMEM;
	e->v[e->n] = x;
	return seen_in(&e->v[e->n++], &s->seen);
}

int np_places_hear(struct np_places *p, const struct np_sighting *s)
{
	int rc = s->proto == NP_P_session ? hear_session(p, s) : NP_OK;

	return rc || !p->zones.vlans || !s->nvlan ? rc : hear_vlans(p, s);
}

int np_places_again(struct np_places *p, const uint8_t id[static NP_ID],
		    const struct np_occurrence *seen)
{
	uint32_t at = p->ear.n ? np_index_find(&p->ear.ids, id, NP_ID) : 0;

	return at ? seen_in(&p->ear.v[np_index_value(&p->ear.ids, at)], seen)
		  : NP_OK;
}

void np_ear_free(struct np_ear *e)
{
	for (size_t i = 0; i < e->n; i++)
		free(e->v[i].in);
	free(e->v);
	free(e->shown);
	np_index_free(&e->vlans);
	np_index_free(&e->ids);
	np_arena_free(&e->mem);
}

void np_places_unhear(struct np_places *p)
{
	size_t limit = p->ear.mem.limit;

	np_ear_free(&p->ear);
	p->ear = (struct np_ear){.mem = np_arena(limit)};
}

static int by_far(const void *a, const void *b)
{
	const struct np_session *x = a, *y = b;
	int c = strcmp(x->far ? x->far : "", y->far ? y->far : "");

	if (!c)
		c = strcmp(x->service, y->service);
	return c ? c : strcmp(x->near, y->near);
}

static bool same(const struct np_session *a, const struct np_session *b)
{
	return by_far(a, b) == 0;
}

/* The same session may be several statements: from another tunnel or VLAN. */
size_t np_sessions(struct np_places *p, const struct np_session **ret)
{
	struct np_ear *e = &p->ear;
	struct np_session *v = calloc(e->n + 1, sizeof(*v));
	size_t n = 0;

	free(e->shown);
	e->shown = v;
	*ret = v;
	if (!v)
		return 0;
	for (size_t i = 0; i < e->n; i++) {
		v[i] = e->v[i].pub;
		for (size_t k = 0; k < e->v[i].nin; k++)
			v[i].n += e->v[i].in[k].count;
	}
	if (e->n)
		qsort(v, e->n, sizeof(*v), by_far);
	for (size_t i = 0; i < e->n; i++) {
		if (n && same(&v[n - 1], &v[i])) {
			v[n - 1].n += v[i].n;
			v[n - 1].first =
				np_time_min(v[n - 1].first, v[i].first);
			v[n - 1].last = np_time_max(v[n - 1].last, v[i].last);
		} else {
			v[n++] = v[i];
		}
	}
	return n;
}
