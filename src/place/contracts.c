/* SPDX-License-Identifier: ISC */
/*
 * Contracts for services: supplier, service, site, from, until, the network
 * function that it is for, and facts that the law asks for. Such a finding is
 * the contract's and no box's, so the clauses about services judge it by
 * itself, through something that stands for it.
 */
#include "place/inside.h"
#include "place/rows.h"
#include <stdlib.h>
#include <strings.h>

enum { SUPPLIER, SERVICE, SITE, FROM, UNTIL, FUNCTION, LINE, N };

static const struct {
	const char *name;
	unsigned field;
} columns[] = {
	{"supplier", SUPPLIER},	 {"vendor", SUPPLIER}, {"provider", SUPPLIER},
	{"service", SERVICE},	 {"site", SITE},       {"siteid", SITE},
	{"sitecode", SITE},	 {"from", FROM},       {"start", FROM},
	{"until", UNTIL},	 {"end", UNTIL},       {"function", FUNCTION},
	{"inventoryline", LINE},
};

struct table {
	struct np_places *p;
	const char *path;
	struct np_err *err;
	size_t column[N];
	size_t fact[NP_DEAL_FACTS];
	bool headed, book;
};

static bool take_column(struct table *t, const char *name, size_t at)
{
	for (size_t k = 0; k < NP_COUNT(columns); k++) {
		if (strcmp(columns[k].name, name) != 0)
			continue;
		if (!t->column[columns[k].field])
			t->column[columns[k].field] = at;
		return true;
	}
	return false;
}

static void take_fact(struct table *t, const char *name, size_t at)
{
	const struct np_law_fact *f = np_place_fact(t->p->law, name, true);
	struct np_deals *d = &t->p->deals;

	if (!f || d->nfacts == NP_DEAL_FACTS)
		return;
	for (size_t i = 0; i < d->nfacts; i++) {
		if (d->fact[i]->slot == f->slot)
			return;
	}
	t->fact[d->nfacts] = at;
	d->fact[d->nfacts++] = f;
}

static int take_head(struct table *t, const struct np_cur *cell, size_t n,
		     uint64_t line)
{
	char name[64];

	for (size_t i = 0; i < n; i++) {
		if (np_plain((const char *)cell[i].p, cell[i].left, name) &&
		    !take_column(t, name, i + 1))
			take_fact(t, name, i + 1);
	}
	t->headed = true;
	if (t->column[SUPPLIER] && t->column[SERVICE])
		return NP_OK;
	return np_row_fail(t->path, line, 0,
			   "expected a first row with the columns supplier "
			   "and service, and of site, from, until, function",
			   t->err);
}

/* The maker of this name or slug. */
static uint16_t maker_of(const struct np_knowledge *k, const char *s)
{
	for (size_t i = 1; i < np_makers(k); i++) {
		uint16_t m = (uint16_t)i;

		if (strcasecmp(np_maker_slug(k, m), s) == 0 ||
		    strcasecmp(np_maker_name(k, m), s) == 0)
			return m;
	}
	return NP_NO_MAKER;
}

static int take_day(struct table *t, const char *s, uint64_t line,
		    size_t column, int32_t *ret)
{
	*ret = NP_NODAY;
	if (s && t->book)
		s = np_book_day(&t->p->mem, s);
	if (!s || np_day_read(s, ret))
		return NP_OK;
	return np_row_fail(t->path, line, column, "expected a date, YYYY-MM-DD",
			   t->err);
}

static int take_stated(struct table *t, const struct np_cur *cell, size_t n,
		       uint64_t line, const char **to)
{
	for (size_t i = 0; i < t->p->deals.nfacts; i++) {
		bool ok = true;
		const char *why,
			*v = np_cell(&t->p->mem, cell, n, t->fact[i] - 1, &ok);

		to[i] = np_fact_spell(&t->p->mem, t->p->deals.fact[i], t->book,
				      v, &why);
		if (why)
			return np_row_fail(t->path, line, t->fact[i], why,
					   t->err);
		if (!ok || (v && !to[i]))
			return np_no_memory(t->path, t->err);
	}
	return NP_OK;
}

static int take_row(void *ctx, const struct np_cur *cell, size_t n,
		    uint64_t line)
{
	struct table *t = ctx;
	struct np_deals *d = &t->p->deals;
	const char *v[N];
	bool ok = true;
	int rc;

	if (!t->headed)
		return take_head(t, cell, n, line);
	for (size_t i = 0; i < N; i++)
		v[i] = np_cell(&t->p->mem, cell, n, t->column[i] - 1, &ok);
	struct np_contract *more = np_grow(d->v, d->n, &d->cap, sizeof(*more));

	if (!ok || !more)
		return np_no_memory(t->path, t->err);
	d->v = more;
	if (!v[SUPPLIER] || !v[SERVICE])
		return np_row_fail(t->path, line,
				   t->column[v[SUPPLIER] ? SERVICE : SUPPLIER],
				   "expected a supplier and a service", t->err);
	struct np_contract c = {
		.supplier = v[SUPPLIER],
		.service = v[SERVICE],
		.site = v[SITE],
		.function = v[FUNCTION],
		.fact = np_zalloc(&t->p->mem,
				  (d->nfacts + 1) * sizeof(*c.fact)),
		.maker = maker_of(t->p->k, v[SUPPLIER]),
		.line = line,
	};

	rc = c.fact ? take_stated(t, cell, n, line, c.fact)
		    : np_no_memory(t->path, t->err);
	if (rc)
		return rc;
	for (const char *l = v[LINE]; l && *l >= '0' && *l <= '9'; l++)
		c.line =
			(l == v[LINE] ? 0 : c.line * 10) + (uint64_t)(*l - '0');
	rc = take_day(t, v[FROM], line, t->column[FROM], &c.from);
	if (!rc)
		rc = take_day(t, v[UNTIL], line, t->column[UNTIL], &c.until);
	if (!rc && c.from != NP_NODAY && c.until != NP_NODAY &&
	    c.until < c.from)
		rc = np_row_fail(t->path, line, t->column[UNTIL],
				 "the contract ends before it begins", t->err);
	if (!rc && c.site && np_site_find(t->p->party, c.site) == UINT32_MAX &&
	    !np_note(t->p, t->path, line, "no list has the site %s", c.site))
		rc = np_no_memory(t->path, t->err);
	d->v[d->n++] = c;
	return rc;
}

int np_contracts_read(struct np_places *p, const char *path,
		      struct np_err *reterr)
{
	struct table t = {.p = p, .path = path, .err = reterr};
	int rc = np_rows_read(path, take_row, &t, &t.book, reterr);

	if (rc || t.headed)
		return rc;
	return np_row_fail(path, 1, 0, "expected rows", reterr);
}

size_t np_contracts(const struct np_places *p)
{
	return p->deals.n;
}

const struct np_contract *np_contract(const struct np_places *p, size_t i)
{
	return i < p->deals.n ? &p->deals.v[i] : NULL;
}

const char *np_contract_fact(const struct np_places *p, size_t i)
{
	return i < p->deals.nfacts ? p->deals.fact[i]->name : NULL;
}

/* ---- judging */

bool np_contract_runs(const struct np_contract *c, int32_t day)
{
	return (c->from == NP_NODAY || c->from <= day) &&
	       (c->until == NP_NODAY || day <= c->until);
}

/* What the list states of the contract that the device stands for. */
static const char *stated(void *ctx, const struct np_device *d,
			  const char *name)
{
	const struct np_places *p = ctx;
	size_t i = strtoul(d->id + 2, NULL, 10) - 1;

	for (size_t k = 0; i < p->deals.n && k < p->deals.nfacts; k++) {
		if (strcmp(p->deals.fact[k]->name, name) == 0)
			return p->deals.v[i].fact[k];
	}
	return NULL;
}

int np_places_judge(const struct np_places *p, const struct np_question *q,
		    struct np_arena *mem, struct np_devices *ret_d,
		    struct np_findings *ret, struct np_err *reterr)
{
	struct np_question ask = *q;
	size_t n = 0;
	struct np_device *d =
		np_zalloc(mem, (p->deals.n + 1) * sizeof(struct np_device));

	if (!d)
		return np_no_memory("contracts", reterr);
	for (size_t i = 0; i < p->deals.n; i++) {
		const struct np_contract *c = &p->deals.v[i];

		if (!np_contract_runs(c, q->as_of) || c->maker == NP_NO_MAKER)
			continue;
		d[n] = (struct np_device){
			.maker = c->maker,
			.sure = NP_CONFIRMED,
			.owner = NP_OWNER_OPERATOR,
			.function = c->function,
			.site = c->site ? np_site_find(p->party, c->site)
					: NP_NO_SITE,
			.first = NP_NEVER,
			.last = NP_NEVER,
		};
		(void)snprintf(d[n++].id, sizeof(d->id), "c-%u",
			       (unsigned)i + 1);
	}
	*ret_d = (struct np_devices){.v = d, .n = n};
	ask.fact = stated;
	ask.ctx = (void *)(uintptr_t)p;
	ask.about = NP_SERVICE;
	return np_judge(p->law, p->k, &ask, ret_d, mem, ret, reterr);
}
