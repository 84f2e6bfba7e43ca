/* SPDX-License-Identifier: ISC */
#include "wire/macs.h"
#include "core/hash.h"
#include "core/table.h"
#include <stdlib.h>

#define MACS_START 1024
#define MACS_MAX ((size_t)1 << 22)
#define CONTEXTS_MAX 65534

static bool alloc(struct np_macs *m, size_t slots)
{
	struct np_mac *v = np_table_alloc(slots * sizeof(*v));
	uint64_t *place = calloc(slots, sizeof(*place));

	if (!v || !place) {
		free(v);
		free(place);
		return false;
	}
	m->v = v;
	m->place = place;
	m->slots = slots;
	return true;
}

bool np_macs_init(struct np_macs *m)
{
	*m = (struct np_macs){0};
	return alloc(m, MACS_START);
}

void np_macs_release(struct np_macs *m)
{
	free(m->v);
	free(m->place);
	free(m->context);
	free(m->context_slot);
	*m = (struct np_macs){0};
}

/* The slot of a context, or the free one where it would stand. */
static uint32_t *context_slot(const struct np_macs *m,
			      const struct np_mac_context *c)
{
	size_t mask = m->contexts_cap * 2 - 1;
	size_t at = np_hash64(c, sizeof(*c), 0) & mask;

	while (m->context_slot[at] &&
	       memcmp(&m->context[m->context_slot[at] - 1], c, sizeof(*c)) != 0)
		at = (at + 1) & mask;
	return &m->context_slot[at];
}

static bool grow_contexts(struct np_macs *m)
{
	size_t cap = m->contexts_cap ? m->contexts_cap * 2 : 16;
	struct np_mac_context *v = reallocarray(m->context, cap, sizeof(*v));
	uint32_t *slot = calloc(cap * 2, sizeof(*slot));

	if (v)
		m->context = v;
	if (!v || !slot) {
		free(slot);
		return false;
	}
	free(m->context_slot);
	m->context_slot = slot;
	m->contexts_cap = cap;
	for (size_t i = 0; i < m->ncontexts; i++)
		*context_slot(m, &v[i]) = (uint32_t)i + 1;
	return true;
}

unsigned np_macs_context(struct np_macs *m, const struct np_mac_context *c)
{
	if (m->ncontexts == m->contexts_cap && !grow_contexts(m))
		return 0;
	uint32_t *slot = context_slot(m, c);

	if (*slot || m->ncontexts == CONTEXTS_MAX)
		return *slot;
	m->context[m->ncontexts] = *c;
	*slot = (uint32_t)++m->ncontexts;
	return *slot;
}

/* The slot of a key that is not there. */
static size_t spare(const struct np_macs *m, uint64_t key)
{
	size_t at = np_macs_slot(m, key);

	while (m->v[at].key)
		at = (at + 1) & (m->slots - 1);
	return at;
}

static bool grow(struct np_macs *m)
{
	struct np_macs old = *m;

	if (m->slots * 2 > MACS_MAX || !alloc(m, m->slots * 2))
		return false;
	for (size_t i = 0; i < old.slots; i++) {
		if (!old.v[i].key)
			continue;
		size_t at = spare(m, old.v[i].key);

		m->v[at] = old.v[i];
		m->place[at] = old.place[i];
	}
	free(old.v);
	free(old.place);
	return true;
}

void np_macs_add(struct np_macs *m, uint64_t key, int64_t time, uint64_t number)
{
	if (m->n * 2 >= m->slots && !grow(m)) {
		m->full++;
		return;
	}
	size_t at = spare(m, key);

	m->v[at] = (struct np_mac){
		.key = key,
		.first = time,
		.last = time,
		.count = 1,
	};
	m->place[at] = number;
	m->n++;
}

void np_macs_clear(struct np_macs *m)
{
	memset(m->v, 0, m->slots * sizeof(*m->v));
	m->n = 0;
	m->ncontexts = 0;
	if (m->context_slot)
		memset(m->context_slot, 0,
		       m->contexts_cap * 2 * sizeof(*m->context_slot));
	memset(m->tagged, 0, sizeof(m->tagged));
}
