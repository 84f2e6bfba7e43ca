/* SPDX-License-Identifier: ISC */
/* Whose a key is, and which device rests on a sighting. */
#include "core/hash.h"
#include "graph/inside.h"
#include <stdlib.h>
#include <string.h>

bool np_graph_room(struct np_graph *g, void *array, uint32_t n, uint32_t *cap,
		   size_t size)
{
	void *old, *v;
	uint32_t room = *cap ? *cap * 2 : 64;

	if (n < *cap)
		return true;
	if (room <= *cap)
		return false;
	v = np_alloc(&g->mem, (size_t)room * size);
	if (!v)
		return false;
	memcpy(&old, array, sizeof(old));
	if (n)
		memcpy(v, old, (size_t)n * size);
	memcpy(array, &v, sizeof(v));
	*cap = room;
	return true;
}

static uint32_t *make_slots(struct np_graph *g, uint32_t n, uint32_t *ret)
{
	uint32_t slots = 64;

	while (slots / 2 < n && slots < UINT32_C(1) << 31)
		slots *= 2;
	*ret = slots;
	return np_zalloc(&g->mem, (size_t)slots * sizeof(uint32_t));
}

/* ---- keys */

static uint64_t hash_of(unsigned kind, const void *v, size_t n)
{
	return np_hash64(v, n, kind);
}

static void put_owner(struct np_owners *o, uint32_t i)
{
	struct np_owner_of *x = &o->v[i];
	uint64_t h = hash_of(x->kind, x->v, x->n);
	uint32_t *slot = &o->slot[h & (o->slots - 1)];

	x->next = *slot;
	*slot = i + 1;
}

static int room_for_owner(struct np_graph *g)
{
	struct np_owners *o = &g->owners;

	if (!np_graph_room(g, &o->v, o->n, &o->cap, sizeof(*o->v)))
		return NP_ENOMEM;
	if (o->slots && o->n < o->slots)
		return NP_OK;
	o->slot = make_slots(g, o->n * 2, &o->slots);
	if (!o->slot)
		return NP_ENOMEM;
	for (uint32_t i = 0; i < o->n; i++)
		put_owner(o, i);
	return NP_OK;
}

/* The next entry of a key behind entry `i` (from 1; 0: the first). */
static uint32_t next_owner(const struct np_owners *o, unsigned kind,
			   const void *v, size_t n, uint32_t i)
{
	if (!o->slots)
		return 0;
	i = i ? o->v[i - 1].next
	      : o->slot[hash_of(kind, v, n) & (o->slots - 1)];
	for (; i; i = o->v[i - 1].next) {
		const struct np_owner_of *x = &o->v[i - 1];

		if (x->kind == kind && x->n == n && memcmp(x->v, v, n) == 0)
			return i;
	}
	return 0;
}

int np_owners_add(struct np_graph *g, unsigned kind, const void *v, size_t n,
		  uint32_t device)
{
	struct np_owners *o = &g->owners;
	uint32_t i = 0;

	while ((i = next_owner(o, kind, v, n, i)))
		if (o->v[i - 1].device == device)
			return NP_OK;
	int rc = room_for_owner(g);
	const char *copy = rc ? NULL : np_copystr(&g->mem, v, n);

	if (!copy)
		return NP_ENOMEM;
	o->v[o->n] = (struct np_owner_of){.v = copy,
					  .n = (uint32_t)n,
					  .device = device,
					  .kind = (uint8_t)kind};
	put_owner(o, o->n++);
	return NP_OK;
}

static bool begins(const char *v, size_t n, const char *with)
{
	size_t k = strlen(with);

	return n >= k && memcmp(v, with, k) == 0;
}

/* RFC 1918, RFC 4193, RFC 4291: an address that means something in one network
 * only. */
static bool is_private(unsigned kind, const char *v, size_t n)
{
	if (kind != NP_KEY_IP)
		return false;
	if (begins(v, n, "10.") || begins(v, n, "192.168.") ||
	    begins(v, n, "fe80:") || begins(v, n, "fc") || begins(v, n, "fd"))
		return true;
	if (!begins(v, n, "172.") || n < 7)
		return false;
	long second = strtol(v + 4, NULL, 10);

	return second >= 16 && second < 32;
}

/* A private address that was heard at one site is no box's of another. */
static bool may_be(const struct np_graph *g, uint32_t device, bool private,
		   uint32_t site)
{
	uint32_t own = g->devices->v[device].site;

	return !private || own == NP_NO_SITE || site == NP_NO_SITE ||
	       own == site;
}

uint32_t np_owners_find(const struct np_graph *g, unsigned kind, const void *v,
			size_t n, uint32_t site, bool *ret_several)
{
	uint32_t i = 0, found = 0, here = 0, one = NP_NOBODY, near = NP_NOBODY;
	bool private = is_private(kind, v, n);

	*ret_several = false;
	while ((i = next_owner(&g->owners, kind, v, n, i))) {
		uint32_t d = g->owners.v[i - 1].device;

		if (!may_be(g, d, private, site))
			continue;
		one = d;
		found++;
		if (site != NP_NO_SITE && g->devices->v[d].site == site) {
			near = d;
			here++;
		}
	}
	if (found <= 1)
		return one;
	if (here == 1)
		return near;
	*ret_several = true;
	return NP_NOBODY;
}

/* ---- sightings */

static uint64_t short_id(const uint8_t *id)
{
	uint64_t v;

	memcpy(&v, id, sizeof(v));
	return v;
}

uint32_t np_ids_find(const struct np_graph *g, const uint8_t *id, uint32_t site)
{
	uint64_t want = short_id(id);
	uint32_t found = NP_NOBODY;

	for (uint32_t i = g->ids.slot[want & (g->ids.slots - 1)]; i;
	     i = g->ids.v[i - 1].next) {
		const struct np_id_of *x = &g->ids.v[i - 1];

		if (x->id != want)
			continue;
		if (g->devices->v[x->device].site == site)
			return x->device;
		/* Of several the least, whatever the order. */
		if (x->device < found)
			found = x->device;
	}
	return found;
}

static int index_device(struct np_graph *g, uint32_t device,
			const struct np_evidence *e)
{
	for (size_t i = 0; i < e->nkeys; i++) {
		int rc = np_owners_add(g, e->keys[i].kind, e->keys[i].v,
				       e->keys[i].n, device);

		if (rc)
			return rc;
	}
	for (size_t i = 0; i < e->nsightings; i++) {
		uint64_t id = short_id(e->sightings[i]);
		uint32_t *slot = &g->ids.slot[id & (g->ids.slots - 1)];

		g->ids.v[g->ids.n] = (struct np_id_of){id, device, *slot};
		*slot = ++g->ids.n;
	}
	return NP_OK;
}

int np_graph_index(struct np_graph *g)
{
	struct np_arena scratch = np_arena((size_t)256 << 20);
	const struct np_devices *d = g->devices;
	uint64_t n = 0;
	int rc = NP_OK;

	for (size_t i = 0; i < d->n; i++)
		n += d->v[i].nsightings;
	if (n >= UINT32_MAX / 4 || d->n >= UINT32_MAX / 4)
		return NP_ELIMIT;
	g->ids.slot = make_slots(g, (uint32_t)n, &g->ids.slots);
	g->ids.v = np_alloc(&g->mem, (size_t)n * sizeof(*g->ids.v) + 1);
	if (!g->ids.slot || !g->ids.v)
		return NP_ENOMEM;
	for (uint32_t i = 0; i < d->n && !rc; i++) {
		struct np_evidence e;

		np_arena_reset(&scratch);
		rc = np_device_said(d, &d->v[i], &scratch, &e);
		if (!rc)
			rc = index_device(g, i, &e);
	}
	np_arena_free(&scratch);
	return rc;
}
