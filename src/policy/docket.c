/* SPDX-License-Identifier: ISC */
#include "policy/docket.h"
#include <string.h>
#include <strings.h>

/* ---- the day */

static void name_makers(struct np_docket *d, const struct np_rule *r)
{
	const struct np_law *l = d->law;

	for (size_t i = 0; i < r->makers.n; i++)
		d->named[r->maker[i]] = 1;
	for (const struct np_affiliate *a = l->affiliates; a; a = a->next) {
		if (np_rule_names(l, r, a->maker_id, d->q->as_of, NULL))
			d->named[a->maker_id] = 1;
	}
}

int np_docket_open(struct np_docket *d, const struct np_law *l,
		   const struct np_question *q, struct np_arena *mem)
{
	*d = (struct np_docket){
		.law = l, .q = q, .mem = mem, .nsites = np_sites(q->party)};
	d->judged = np_zalloc(mem, l->nrules + 1);
	d->named = np_zalloc(mem, l->nmakers + 1);
	d->places = np_zalloc(mem, (d->nsites + 1) * sizeof(*d->places));
	if (!d->judged || !d->named || !d->places)
		return NP_ENOMEM;
	for (size_t i = 0; i < l->nrules; i++) {
		d->judged[i] = np_rule_judged(&l->rules[i], q->as_of);
		if (d->judged[i])
			name_makers(d, &l->rules[i]);
	}
	return 0;
}

/* ---- the place */

/* Is a country's code in "us,de"? */
static bool what_if(const char *list, const char *code)
{
	size_t n = strlen(code);

	for (const char *s = list; s && *s; s += strcspn(s, ",")) {
		s += *s == ',';
		if (strncasecmp(s, code, n) == 0 &&
		    (s[n] == ',' || s[n] == '\0'))
			return true;
	}
	return false;
}

static bool addressed(const struct np_rule *r, const struct np_site *at)
{
	for (size_t i = 0; at && at->country && i < r->addresses.n; i++) {
		if (strcmp(r->addresses.v[i], at->country) == 0)
			return true;
	}
	return false;
}

static enum np_law_reach reach_of(const struct np_docket *d,
				  const struct np_rule *r,
				  const struct np_site *at,
				  enum np_certainty *ret_extent)
{
	if (addressed(r, at))
		return NP_FROM_ELSEWHERE;
	if (r->addresses.n)
		return NP_NOT_REACHED;
	if (np_law_holds(r->home, at, d->q->as_of, ret_extent))
		return NP_AT_HOME;
	if (what_if(d->q->what_if, r->pub.jurisdiction))
		return NP_FROM_ELSEWHERE;
	return at && at->country && r->abroad.n ? NP_IF_CARRIED
						: NP_NOT_REACHED;
}

static void ask_for(const struct np_docket *d, struct np_docket_place *p,
		    const struct np_law_fact *f)
{
	if (!f)
		return;
	if (f->jurisdiction)
		p->party[f->index] = np_party_fact(d->q->party, p->site,
						   f->jurisdiction, f->name);
	for (size_t i = 0; i < p->nask; i++) {
		if (p->ask[i]->slot == f->slot)
			return;
	}
	p->ask[p->nask++] = f;
}

static void ask_conds(const struct np_docket *d, struct np_docket_place *p,
		      const struct np_conds *l)
{
	for (size_t i = 0; i < l->n; i++)
		ask_for(d, p, l->v[i].fact);
}

static void ask_rule(const struct np_docket *d, struct np_docket_place *p,
		     const struct np_rule *r)
{
	ask_conds(d, p, &r->bound);
	ask_conds(d, p, &r->when);
	ask_conds(d, p, &r->abroad);
	for (size_t i = 0; i < r->nexceptions; i++)
		ask_conds(d, p, &r->exceptions[i].when);
	ask_for(d, p, r->date_from.fact);
	ask_for(d, p, r->later.fact);
	if (r->generation)
		ask_for(d, p, d->law->generation);
}

/* The clauses of one instrument stand together. */
static void group(const struct np_docket *d, struct np_reached *v, size_t n)
{
	for (size_t i = 0, end; i < n; i = end) {
		bool spoke = false;

		for (end = i; end < n &&
			      v[end].rule->instrument == v[i].rule->instrument;
		     end++) {
			bool speaks = v[end].rule->pub.what == d->q->about;

			v[end].first = (uint32_t)i;
			v[end].speaks = speaks && !spoke;
			spoke |= speaks;
		}
		for (size_t j = i; j < end; j++)
			v[j].end = (uint32_t)end;
	}
}

/* ---- where the country's own law says nothing */

/* A union's members and a country's states have law beside it: what is asked is
 * whether the country itself has some. */
static const struct np_jurisdiction *country_of(const struct np_docket *d,
						const struct np_site *at)
{
	const struct np_jurisdiction *j = d->law->jurisdictions;

	while (j && (j->is_union || j->code[2] ||
		     !np_law_holds(j, at, d->q->as_of, NULL)))
		j = j->next;
	return j;
}

static const char *titles_of(const struct np_docket *d,
			     const struct np_jurisdiction *j)
{
	struct np_buf b = np_buf(4096);
	const struct np_rule *last = NULL;
	const char *s = NULL;

	for (size_t i = 0; i < d->law->nrules; i++) {
		const struct np_rule *r = &d->law->rules[i];

		if (r->home != j || r->addresses.n ||
		    !np_rule_on_file(r, d->q->as_of) ||
		    (last && last->instrument == r->instrument))
			continue;
		np_putf(&b, "%s%s", b.n ? "; " : "", r->pub.title);
		last = r;
	}
	if (b.n)
		s = np_copystr(d->mem, b.p, b.n);
	np_buf_free(&b);
	return s;
}

static void silence(const struct np_docket *d, struct np_docket_place *p)
{
	const struct np_jurisdiction *j;

	p->say = NP_NOWHERE;
	if (!p->site || !p->site->country)
		return;
	j = country_of(d, p->site);
	p->say = NP_NO_PACK;
	if (!j)
		return;
	p->say = NP_HAS_LAW;
	for (size_t i = 0; i < p->n; i++) {
		if (p->v[i].rule->home == j && !p->v[i].rule->addresses.n)
			return;
	}
	p->titles = titles_of(d, j);
	p->say = p->titles ? NP_UNJUDGED : NP_NOT_ONE;
}

static bool make(struct np_docket *d, struct np_docket_place *p)
{
	const struct np_law *l = d->law;
	struct np_reached *v = np_zalloc(d->mem, (l->nrules + 1) * sizeof(*v));

	p->ask = np_alloc(d->mem, (l->nslots + 1u) * sizeof(*p->ask));
	p->party = np_zalloc(d->mem, (l->nfacts + 1u) * sizeof(*p->party));
	if (!v || !p->ask || !p->party)
		return false;
	for (size_t i = 0; i < l->nrules; i++) {
		const struct np_rule *r = &l->rules[i];
		enum np_law_reach reach = NP_NOT_REACHED;
		enum np_certainty extent = NP_PRIMARY;

		/* Contracts stand before clauses about services alone, and
		 * nothing else does. */
		if (d->judged[i] &&
		    (d->q->about == NP_SERVICE) == (r->pub.what == NP_SERVICE))
			reach = reach_of(d, r, p->site, &extent);
		if (reach == NP_NOT_REACHED)
			continue;
		v[p->n++] = (struct np_reached){
			.rule = r, .reach = reach, .extent = extent};
		ask_rule(d, p, r);
	}
	p->v = v;
	group(d, v, p->n);
	silence(d, p);
	p->made = true;
	return true;
}

const struct np_docket_place *np_docket_at(struct np_docket *d, uint32_t site)
{
	struct np_docket_place *p =
		&d->places[site < d->nsites ? site : d->nsites];

	if (!p->made)
		p->site = site < d->nsites ? np_site(d->q->party, site) : NULL;
	return p->made || make(d, p) ? p : NULL;
}
