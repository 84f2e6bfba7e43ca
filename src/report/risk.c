/* SPDX-License-Identifier: ISC */
/* What the ways of writing risk have in common: labels, shares, counts. */
#include "report/risk.h"
#include <stdlib.h>

/* ---- labels */

/* What it is called; else where it is reached; else its id. */
static const char *label_of(const struct np_risk_page *p,
			    const struct np_device *d,
			    const struct np_evidence *e)
{
	static const enum np_keykind kinds[] = {NP_KEY_NAME, NP_KEY_IP,
						NP_KEY_MAC};

	for (size_t k = 0; k < NP_COUNT(kinds); k++)
		for (size_t i = 0; i < e->nkeys; i++)
			if (e->keys[i].kind == kinds[k])
				return np_copystr(p->mem, e->keys[i].v,
						  e->keys[i].n);
	return d->id;
}

int np_risk_page_open(struct np_risk_page *p)
{
	const struct np_devices *d = p->r->devices;
	struct np_arena scratch = np_arena((size_t)256 << 20);
	const char **label = np_alloc(p->mem, d->n * sizeof(*label) + 1);
	bool *in_scope = np_zalloc(p->mem, d->n + 1);
	int rc = label && in_scope ? NP_OK : NP_ENOMEM;

	for (size_t i = 0; i < d->n && !rc; i++) {
		struct np_evidence e;

		np_arena_reset(&scratch);
		rc = np_device_keys(d, &d->v[i], &scratch, &e);
		label[i] = rc ? NULL : label_of(p, &d->v[i], &e);
		if (!label[i])
			rc = NP_ENOMEM;
	}
	np_arena_free(&scratch);
	for (size_t i = 0; i < p->r->findings->n && !rc; i++) {
		const struct np_finding *f = &p->r->findings->v[i];

		if (f->status == NP_IN_SCOPE && !f->elsewhere)
			in_scope[f->device - d->v] = true;
	}
	p->label = label;
	p->in_scope = in_scope;
	return rc;
}

/* ---- shares */

static int share_order(const void *p, const void *q)
{
	const struct np_share *x = p, *y = q;
	int d = strcmp(x->function, y->function);

	if (d)
		return d;
	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	return (int)x->maker - (int)y->maker;
}

static int box_order(const void *p, const void *q)
{
	const struct np_share *x = p, *y = q;
	int d = strcmp(x->function, y->function);

	return d ? d : (int)x->maker - (int)y->maker;
}

struct np_share *np_shares(const struct np_risk_page *p, size_t *ret_n)
{
	const struct np_devices *d = p->r->devices;
	struct np_share *v = np_alloc(p->mem, d->n * sizeof(*v) + 1);
	size_t n = 0, k = 0;

	*ret_n = 0;
	if (!v)
		return NULL;
	for (size_t i = 0; i < d->n; i++) {
		bool named = d->v[i].sure == NP_PROBABLE ||
			     d->v[i].sure == NP_CONFIRMED;

		if (d->v[i].function)
			v[n++] = (struct np_share){
				d->v[i].function,
				named ? d->v[i].maker : (uint16_t)NP_NO_MAKER,
				1};
	}
	if (n)
		qsort(v, n, sizeof(*v), box_order);
	for (size_t i = 0; i < n; i++) {
		if (i && box_order(&v[i], &v[k - 1]) == 0)
			v[k - 1].n++;
		else
			v[k++] = v[i];
	}
	if (k)
		qsort(v, k, sizeof(*v), share_order);
	*ret_n = k;
	return v;
}

int np_hhi(const struct np_share *v, size_t n, uint64_t *ret_named,
	   uint64_t *ret_all)
{
	double sum = 0;

	*ret_named = *ret_all = 0;
	for (size_t i = 0; i < n; i++) {
		*ret_all += v[i].n;
		if (v[i].maker != NP_NO_MAKER)
			*ret_named += v[i].n;
	}
	if (!*ret_named)
		return -1;
	for (size_t i = 0; i < n; i++) {
		double share = (double)v[i].n / (double)*ret_named;

		if (v[i].maker != NP_NO_MAKER)
			sum += share * share;
	}
	return (int)(sum * 10000 + 0.5);
}

/* ---- ways */

struct np_on_way_count np_zone_ways(const struct np_risk_page *p,
				    const struct np_risk_zone *z)
{
	const struct np_devices *d = p->r->devices;
	struct np_on_way_count c = {0};

	for (size_t i = 0; i < d->n; i++) {
		if (z->on[i] == NP_OFF_WAY)
			continue;
		if (p->in_scope[i])
			c.in_scope++;
		else if (d->v[i].maker == NP_NO_MAKER)
			c.unknown++;
		else
			c.other++;
		c.every += z->on[i] == NP_ON_EVERY;
	}
	return c;
}

uint64_t np_links_by(const struct np_risk_page *p, unsigned kind)
{
	const struct np_graph_view *v = &p->k->view;
	uint64_t n = 0;

	for (uint32_t i = 0; i < v->nlinks; i++)
		n += v->links[i].kinds >> kind & 1;
	return n;
}

void np_put_candidate_of(const struct np_risk_page *p, uint64_t ports,
			 uint64_t all, struct np_buf *b)
{
	for (const char *s = p->k->know->candidate; *s;) {
		if (strncmp(s, "{n}", 3) == 0) {
			np_putu(b, ports);
			s += 3;
		} else if (strncmp(s, "{m}", 3) == 0) {
			if (all >= ports && all)
				np_putu(b, all);
			else
				np_puts(b, "an unknown number of");
			s += 3;
		} else {
			np_putc(b, *s++);
		}
	}
}

void np_put_candidate(const struct np_risk_page *p, uint32_t device,
		      struct np_buf *b)
{
	const struct np_node *n = &p->k->view.nodes[device];

	np_put_candidate_of(p, n->ports, n->all_ports, b);
}
