/* SPDX-License-Identifier: ISC */
/*
 * What is left when boxes are joined by what they say of themselves.
 *
 * What others say of a box ties nothing together: a neighbour's table may be
 * old, and anybody can say anything of anybody. It goes to the box that has the
 * best of the keys it names, or makes a neighbour by the best of them.
 *
 * Keys that many boxes share tie nothing either; what is known by such a key
 * alone is listed once under it, and its id says that this is no box's key.
 */
#include "device/inside.h"

uint32_t np_join_best(const struct np_join *j, uint32_t h, bool owned)
{
	struct np_hearing x = np_hearing_at(j->f, h);
	const struct np_row *w = np_row(j->f, x.row);
	const uint32_t *refs = w->nkeys ? np_row_refs(j->f, w) : NULL;
	uint32_t best = NP_NIL;

	for (unsigned i = 0; i < w->nkeys; i++) {
		const struct np_key_record *k = np_key_at(j->f, refs[i]);

		if (k->flags & NP_KEY_NOTHING)
			continue;
		if (owned &&
		    j->own[np_join_node(j, refs[i], x.scope)] == NP_NIL)
			continue;
		if (best == NP_NIL ||
		    np_key_order(j->f, k, np_key_at(j->f, best)) < 0)
			best = refs[i];
	}
	return best;
}

static bool has_own_key(const struct np_join *j, uint32_t h)
{
	struct np_hearing x = np_hearing_at(j->f, h);
	const struct np_row *w = np_row(j->f, x.row);
	const uint32_t *refs = w->nkeys ? np_row_refs(j->f, w) : NULL;

	for (unsigned i = 0; i < w->nkeys; i++)
		if (np_join_owned(j, h, refs[i], x.scope))
			return true;
	return false;
}

/* Put with the others that are called by the same key. */
static void set_aside(struct np_join *j, uint32_t h)
{
	uint32_t best = np_join_best(j, h, false), *first;

	if (best == NP_NIL)
		return;
	first = &j->co[np_join_node(j, best, np_hearing_at(j->f, h).scope)];
	if (*first == NP_NIL)
		*first = h;
	j->root[h] = *first;
}

void np_join_attach(struct np_join *j)
{
	memset(j->co, 0xff, j->nodes * sizeof(*j->co));
	for (uint32_t h = 0; h < j->n; h++) {
		struct np_hearing x = np_hearing_at(j->f, h);
		uint32_t best;

		if (np_row(j->f, x.row)->scope == NP_SELF) {
			if (!has_own_key(j, h))
				set_aside(j, h);
			continue;
		}
		best = np_join_best(j, h, true);
		if (best == NP_NIL)
			set_aside(j, h);
		else
			j->root[h] =
				j->root[j->own[np_join_node(j, best, x.scope)]];
	}
}
