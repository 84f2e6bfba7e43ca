/* SPDX-License-Identifier: ISC */
/*
 * Texts, each kept once: the same description comes from a thousand switches.
 * A text lies in units of four octets as its length, itself and a NUL, and is
 * named by its first unit.
 */
#include "core/hash.h"
#include "device/inside.h"

static uint32_t units_for(size_t n)
{
	return (uint32_t)(n + 2 + 3) / 4;
}

uint64_t np_text_hash(const struct np_texts *t, const void *p, size_t n)
{
	return np_hash64(p, n, t->seed);
}

/* The texts, in the order they came, into a table that was made anew. */
static void put_back(struct np_texts *t)
{
	uint32_t per = (uint32_t)1 << t->units.shift;
	uint32_t i = 0;

	while (i < t->units.n) {
		size_t n;
		const char *p = np_text(t, i, &n);

		if (!n) { /* what was left of a chunk */
			i = (i | (per - 1)) + 1;
			continue;
		}
		np_table_put(&t->table, np_text_hash(t, p, n), i);
		i += units_for(n);
	}
}

static uint32_t seek(const struct np_texts *t, const void *p, size_t n,
		     struct np_seek *s)
{
	uint32_t i;

	while ((i = np_seek_next(&t->table, s)) != NP_NIL) {
		size_t have;
		const char *text = np_text(t, i, &have);

		if (have == n && memcmp(text, p, n) == 0)
			return i;
	}
	return NP_NIL;
}

uint32_t np_text_find(const struct np_texts *t, const void *p, size_t n)
{
	if (!t->table.cap || !n || n > NP_TEXT_MAX)
		return NP_NIL;
	struct np_seek s = np_seek(&t->table, np_text_hash(t, p, n));

	return seek(t, p, n, &s);
}

int np_text_keep(struct np_texts *t, const void *p, size_t n, uint32_t *ret)
{
	int r = np_table_room(&t->table, t->units.budget);

	if (r < 0)
		return r;
	if (r)
		put_back(t);
	if (n > NP_TEXT_MAX)
		n = NP_TEXT_MAX;
	struct np_seek s = np_seek(&t->table, np_text_hash(t, p, n));

	*ret = seek(t, p, n, &s);
	if (*ret != NP_NIL)
		return 0;
	r = np_pool_take(&t->units, units_for(n), ret);
	if (r)
		return r;
	unsigned char *to = np_pool_at(&t->units, *ret);

	to[0] = (unsigned char)n;
	if (n)
		memcpy(to + 1, p, n);
	np_seek_put(&t->table, &s, *ret);
	return 0;
}
