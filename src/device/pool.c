/* SPDX-License-Identifier: ISC */
/*
 * Records in chunks that never move, and tables that name them by index. What
 * they hold is counted against a hard limit, so that running out is a test
 * axis and a hostile capture costs no more than was granted.
 */
#include "device/inside.h"

void *np_budget_take(struct np_budget *b, size_t n, int *reterr)
{
	void *p;

	*reterr = NP_ELIMIT;
	if (n > b->limit || b->now > b->limit - n)
		return NULL;
	*reterr = NP_ENOMEM;
	p = calloc(1, n ? n : 1);
	if (!p)
		return NULL;
	b->now += n;
	if (b->now > b->most)
		b->most = b->now;
	*reterr = 0;
	return p;
}

void np_budget_give(struct np_budget *b, void *p, size_t n)
{
	if (!p)
		return;
	free(p);
	b->now -= n;
}

static size_t chunk_octets(const struct np_pool *p)
{
	return (size_t)p->size << p->shift;
}

/* One more chunk. */
static int grow(struct np_pool *p)
{
	int r;

	if (p->chunks == p->cap) {
		uint32_t cap = p->cap ? p->cap * 2 : 4;
		unsigned char **v = np_budget_take(
			p->budget, cap * sizeof(unsigned char *), &r);

		if (!v)
			return r;
		if (p->chunks)
			memcpy(v, p->chunk,
			       p->chunks * sizeof(unsigned char *));
		np_budget_give(p->budget, p->chunk,
			       p->cap * sizeof(unsigned char *));
		p->chunk = v;
		p->cap = cap;
	}
	unsigned char *c = np_budget_take(p->budget, chunk_octets(p), &r);

	if (!c)
		return r;
	p->chunk[p->chunks++] = c;
	return 0;
}

int np_pool_take(struct np_pool *p, uint32_t n, uint32_t *ret)
{
	uint32_t per = (uint32_t)1 << p->shift, used = p->n & (per - 1);
	uint32_t from = p->n;
	int r;

	if (n > per || p->n > NP_TABLE_MAX - 2 * per)
		return NP_ELIMIT;
	if (used && used + n > per)
		from += per - used;
	while (p->chunks < ((uint64_t)from + n + per - 1) >> p->shift) {
		r = grow(p);
		if (r)
			return r;
	}
	p->n = from + n;
	*ret = from;
	return 0;
}

void np_pool_free(struct np_pool *p)
{
	for (uint32_t i = 0; i < p->chunks; i++)
		np_budget_give(p->budget, p->chunk[i], chunk_octets(p));
	np_budget_give(p->budget, p->chunk, p->cap * sizeof(unsigned char *));
	p->chunk = NULL;
	p->n = p->chunks = p->cap = 0;
}

int np_table_room(struct np_table *t, struct np_budget *b)
{
	uint32_t cap = t->cap ? t->cap * 2 : 64;
	uint32_t *slot;
	int r;

	if ((uint64_t)t->n * 4 + 4 <= (uint64_t)t->cap * 3)
		return 0;
	slot = np_budget_take(b, cap * sizeof(*slot), &r);
	if (!slot)
		return r;
	np_budget_give(b, t->slot, t->cap * sizeof(*slot));
	t->slot = slot;
	t->cap = cap;
	t->n = 0;
	return 1;
}

void np_table_put(struct np_table *t, uint64_t hash, uint32_t i)
{
	struct np_seek s = np_seek(t, hash);

	while (t->slot[s.at])
		s.at = (s.at + 1) & (t->cap - 1);
	np_seek_put(t, &s, i);
}

void np_table_free(struct np_table *t, struct np_budget *b)
{
	np_budget_give(b, t->slot, t->cap * sizeof(*t->slot));
	t->slot = NULL;
	t->cap = t->n = 0;
}
