/* SPDX-License-Identifier: ISC */
#include "poll/plan.h"
#include "document/document.h"
#include <stdlib.h>

#define ROWS 2048   /* of a standard's table: as many as a walk keeps */
#define OWN_ROWS 64 /* of a maker's: the first that says something counts */

static const struct {
	const char *oid, *what;
	enum np_poll_how how;
} asked[] = {
#define NP_POLL_GET(oid, what) {oid, what, NP_POLL_GETS},
#define NP_POLL_WALK(oid, what) {oid, what, NP_POLL_WALKS},
#include "poll/asked.def"
#undef NP_POLL_GET
#undef NP_POLL_WALK
};

void np_poll_pens_add(struct np_poll_pens *p, uint32_t pen)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->v[i] == pen)
			return;
	if (p->n < NP_POLL_PENS)
		p->v[p->n++] = pen;
}

static struct np_poll_step *slot(struct np_poll_plan *p)
{
	if (p->n == p->cap) {
		size_t cap = p->cap ? p->cap * 2 : 64;
		struct np_poll_step *v = reallocarray(p->v, cap, sizeof(*v));

		if (!v)
			return NULL;
		p->v = v;
		p->cap = cap;
	}
	return &p->v[p->n++];
}

int np_poll_plan_all(struct np_poll_plan *p)
{
	for (size_t i = 0; i < NP_COUNT(asked); i++) {
		struct np_poll_step *s = slot(p);

		if (!s)
			return NP_ENOMEM;
		*s = (struct np_poll_step){
			.how = asked[i].how,
			.rows = ROWS,
			.what = asked[i].what,
		};
		if (!np_oid_read(&s->oid, asked[i].oid, strlen(asked[i].oid)))
			return NP_EINPUT;
	}
	return NP_OK;
}

static int in_order(const void *a, const void *b)
{
	const struct np_poll_step *x = a, *y = b;

	if (x->last != y->last)
		return x->last - y->last;
	return np_oid_order(&x->oid, &y->oid);
}

static bool has(const struct np_poll_plan *p, size_t from, size_t to,
		const struct np_oid *o)
{
	for (size_t i = from; i < to; i++)
		if (np_oid_under(o, &p->v[i].oid))
			return true;
	return false;
}

/* Those that lie in another are asked with it. What only tells whose a box is
 * comes last, and holds others. */
static void only_outermost(struct np_poll_plan *p, size_t from)
{
	size_t to = from;

	for (size_t i = from; i < p->n; i++)
		if (!has(p, 0, to, &p->v[i].oid))
			p->v[to++] = p->v[i];
	p->n = to;
}

/* Is it a standard's, or of an enterprise that the host has objects of? */
static bool wanted(const struct np_oid *o, const struct np_poll_pens *pens)
{
	uint32_t pen;

	if (!np_oid_enterprise(o, &pen))
		return !np_oid_under(o, &np_oid_enterprises);
	for (size_t i = 0; i < pens->n; i++)
		if (pens->v[i] == pen)
			return true;
	return false;
}

int np_poll_plan_own(struct np_poll_plan *p, const struct np_knowledge *k,
		     const struct np_poll_pens *pens)
{
	size_t from = p->n;
	const char *text;
	int is;

	for (size_t i = 0; (text = np_knowledge_object_at(k, i, &is)); i++) {
		struct np_oid o;

		if (is == NP_OBJECT_AGENT ||
		    !np_oid_read(&o, text, strlen(text)) || !wanted(&o, pens))
			continue;
		struct np_poll_step *s = slot(p);

		if (!s)
			return NP_ENOMEM;
		*s = (struct np_poll_step){
			.oid = o,
			.how = NP_POLL_WALKS,
			.rows = OWN_ROWS,
			.last = is == NP_OBJECT_OWNER,
			.bare = true,
			.what = "its maker's own",
		};
	}
	if (p->n > from)
		qsort(p->v + from, p->n - from, sizeof(*p->v), in_order);
	only_outermost(p, from);
	return NP_OK;
}

void np_poll_plan_free(struct np_poll_plan *p)
{
	free(p->v);
	*p = (struct np_poll_plan){0};
}
