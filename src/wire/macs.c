/* SPDX-License-Identifier: ISC */
#include "wire/macs.h"
#include <stdlib.h>
#include <string.h>

#define MACS_START 1024
#define MACS_MAX ((size_t)1 << 22)
#define CONTEXTS_MAX 65534

bool np_macs_init(struct np_macs *m)
{
	*m = (struct np_macs){.slots = MACS_START};
	m->v = calloc(m->slots, sizeof(*m->v));
	return m->v != NULL;
}

void np_macs_release(struct np_macs *m)
{
	free(m->v);
	free(m->context);
	*m = (struct np_macs){0};
}

int np_macs_context(struct np_macs *m, const struct np_mac_context *c)
{
	for (size_t i = 0; i < m->ncontexts; i++)
		if (memcmp(&m->context[i], c, sizeof(*c)) == 0)
			return (int)i;
	if (m->ncontexts == CONTEXTS_MAX)
		return -1;
	if (m->ncontexts == m->contexts_cap) {
		size_t cap = m->contexts_cap ? m->contexts_cap * 2 : 16;
		struct np_mac_context *v =
			reallocarray(m->context, cap, sizeof(*v));

		if (!v)
			return -1;
		m->context = v;
		m->contexts_cap = cap;
	}
	m->context[m->ncontexts] = *c;
	return (int)m->ncontexts++;
}

bool np_macs_grow(struct np_macs *m)
{
	size_t slots = m->slots * 2, mask = slots - 1;
	struct np_mac *v = slots <= MACS_MAX ? calloc(slots, sizeof(*v)) : NULL;

	if (!v)
		return false;
	for (size_t i = 0; i < m->slots; i++) {
		if (!m->v[i].key)
			continue;
		size_t at = (size_t)((m->v[i].key *
				      UINT64_C(0x9e3779b97f4a7c15)) >>
				     32) &
			    mask;

		while (v[at].key)
			at = (at + 1) & mask;
		v[at] = m->v[i];
	}
	free(m->v);
	m->v = v;
	m->slots = slots;
	return true;
}

void np_macs_clear(struct np_macs *m)
{
	memset(m->v, 0, m->slots * sizeof(*m->v));
	m->n = 0;
	m->ncontexts = 0;
}
