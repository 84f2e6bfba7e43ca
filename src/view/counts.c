/* SPDX-License-Identifier: ISC */
#include "view/counts.h"
#include "report/page.h"
#include <stdio.h>
#include <stdlib.h>

const char *np_policy_of(const struct np_clause *c, char buf[static 256])
{
	(void)snprintf(buf, 256, "%.*s", (int)strcspn(c->id, "/"), c->id);
	return buf;
}

static bool same_policy(const struct np_clause *a, const struct np_clause *b)
{
	size_t n = strcspn(a->id, "/");

	return n == strcspn(b->id, "/") && strncmp(a->id, b->id, n) == 0;
}

/* Room for one more of `size` octets, zeroed; NULL: out of memory. */
static void *more(void **v, size_t *n, size_t *cap, size_t size)
{
	void *at;

	if (*n == *cap) {
		size_t to = *cap ? *cap * 2 : 32;
		void *p = reallocarray(*v, to, size);

		if (!p)
			return NULL;
		*v = p;
		*cap = to;
	}
	at = (char *)*v + (*n)++ * size;
	memset(at, 0, size);
	return at;
}

/* ---- laws */

static struct np_counts_law *law_of(struct np_counts *c,
				    const struct np_finding *f)
{
	struct np_counts_law *x;

	for (size_t i = 0; i < c->nlaws; i++) {
		if (c->law[i].elsewhere == f->elsewhere &&
		    same_policy(c->law[i].clause, f->clause))
			return &c->law[i];
	}
	x = more((void **)&c->law, &c->nlaws, &c->claws, sizeof(*x));
	if (x) {
		x->clause = f->clause;
		x->elsewhere = f->elsewhere;
		x->date = NP_NODAY;
	}
	return x;
}

static bool in_scope(const struct np_finding *f)
{
	return f->status == NP_IN_SCOPE || f->status == NP_COMPONENT_IN_SCOPE;
}

/* What is ahead counts before what has passed; then the nearest day. */
static bool sooner(int32_t days, int32_t than)
{
	if ((days >= 0) != (than >= 0))
		return days >= 0;
	return days >= 0 ? days < than : days > than;
}

static void add_date(struct np_counts_law *x, const struct np_finding *f)
{
	if (!in_scope(f) || f->date == NP_NODAY)
		return;
	if (x->date == NP_NODAY || sooner(f->days, x->days)) {
		x->date = f->date;
		x->days = f->days;
		x->dated = 0;
	}
	x->dated += x->date == f->date;
}

/* Findings v[0..n] of one box; those of an instrument stand together, for they
 * are sorted by clause. */
static int add_findings(struct np_counts *c, const struct np_finding *v,
			size_t n)
{
	for (size_t i = 0, k; i < n; i = k) {
		const struct np_finding *best = &v[i];
		struct np_counts_law *x;

		k = i + 1;
		if (!best->clause)
			continue;
		x = law_of(c, best);
		if (!x)
			return NP_ENOMEM;
		add_date(x, best);
		for (;
		     k < n && v[k].clause && v[k].elsewhere == v[i].elsewhere &&
		     same_policy(v[k].clause, v[i].clause);
		     k++) {
			add_date(x, &v[k]);
			if (np_status_rank(v[k].status) >
			    np_status_rank(best->status))
				best = &v[k];
		}
		x->n[best->status]++;
	}
	return NP_OK;
}

/* ---- places */

static int add_place(struct np_counts *c, const char *country,
		     const struct np_finding *f)
{
	struct np_counts_place *x = NULL;

	for (size_t i = 0; i < c->nplaces && !x; i++) {
		const char *other = c->place[i].country;

		if (country && other ? strcmp(country, other) == 0
				     : country == other)
			x = &c->place[i];
	}
	if (!x)
		x = more((void **)&c->place, &c->nplaces, &c->cplaces,
			 sizeof(*x));
	if (!x)
		return NP_ENOMEM;
	x->country = country;
	x->n[f ? f->status : NP_NSTATUSES]++;
	return NP_OK;
}

/* ---- facts */

static int add_facts(struct np_counts *c, const struct np_finding *f)
{
	for (size_t k = 0; !f->elsewhere && k < f->nasked; k++) {
		struct np_counts_fact *x = NULL;

		for (size_t i = 0; i < c->nfacts && !x; i++) {
			if (strcmp(c->fact[i].asked->get, f->asked[k].get) == 0)
				x = &c->fact[i];
		}
		if (!x)
			x = more((void **)&c->fact, &c->nfacts, &c->cfacts,
				 sizeof(*x));
		if (!x)
			return NP_ENOMEM;
		if (!x->asked)
			x->asked = &f->asked[k];
		x->findings++;
		x->boxes += x->last != f->device;
		x->last = f->device;
	}
	return NP_OK;
}

/* ---- the whole */

static int by_law(const void *a, const void *b)
{
	const struct np_counts_law *x = a, *y = b;

	if (x->elsewhere != y->elsewhere)
		return x->elsewhere ? 1 : -1;
	return strcmp(x->clause->id, y->clause->id);
}

static int by_country(const void *a, const void *b)
{
	const struct np_counts_place *x = a, *y = b;

	if (!x->country || !y->country)
		return (y->country != NULL) - (x->country != NULL);
	return strcmp(x->country, y->country);
}

static int by_use(const void *a, const void *b)
{
	const struct np_counts_fact *x = a, *y = b;

	if (x->findings != y->findings)
		return x->findings > y->findings ? -1 : 1;
	return strcmp(x->asked->get, y->asked->get);
}

static int add_box(const struct np_view_in *in, size_t i, struct np_counts *c)
{
	const struct np_report *r = in->report;
	const struct np_finding *v = r->findings->v + in->box[i].first;
	uint32_t site = r->devices->v[i].site;
	int rc = add_place(c, np_export_country(r, site),
			   np_view_finding(in, i));

	c->sure[r->devices->v[i].sure]++;
	c->unplaced += site == NP_NO_SITE;
	if (!rc)
		rc = add_findings(c, v, in->box[i].n);
	for (size_t k = 0; k < in->box[i].n && !rc; k++)
		rc = add_facts(c, &v[k]);
	return rc;
}

int np_counts(const struct np_view_in *in, struct np_counts *ret)
{
	int rc = NP_OK;

	*ret = (struct np_counts){.unseen = NP_NO_SITE};
	for (size_t i = 0; i < in->report->devices->n && !rc; i++) {
		if (in->box[i].row != NP_NO_ROW_OF)
			rc = add_box(in, i, ret);
	}
	if (ret->nlaws)
		qsort(ret->law, ret->nlaws, sizeof(*ret->law), by_law);
	if (ret->nplaces)
		qsort(ret->place, ret->nplaces, sizeof(*ret->place),
		      by_country);
	if (ret->nfacts)
		qsort(ret->fact, ret->nfacts, sizeof(*ret->fact), by_use);
	return rc;
}

void np_counts_free(struct np_counts *c)
{
	free(c->law);
	free(c->place);
	free(c->fact);
}
