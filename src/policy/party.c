/* SPDX-License-Identifier: ISC */
/*
 * operator.yaml: what the operator states of itself. What is not in it is "not
 * stated", never "no". Sites are numbered in the order of the file; behind them
 * come those of a list of sites (place/sites.c), then those that are asked for
 * by a bare country code.
 */
#include "core/hash.h"
#include "core/prefixes.h"
#include "policy/law.h"
#include <stdlib.h>
#include <string.h>

#define PARTY_LIMIT ((size_t)64 << 20)

struct site {
	struct np_site pub;
	const struct np_yaml *at;    /* NULL: added by its country's code */
	const struct np_yaml *flags; /* NULL: none */
};

struct np_party {
	struct np_arena mem;
	const char *file, *name;
	const struct np_yaml *facts; /* by country */
	const struct np_yaml *root;  /* NULL: no file */
	struct np_prefixes *infrastructure;
	struct site **sites;
	size_t nsites, cap;
	uint32_t *slots; /* of sites by id; 0: free, else index + 1 */
	size_t nslots;
};

/* Keys of a site that say where it is and what stands there; the others are
 * facts of law. */
static const char *const place_keys[] = {"latitude", "longitude", "names",
					 "prefixes", "cells"};
/* Files that operator.yaml names beside itself. */
static const char *const file_keys[] = {"inventory", "site_list", "contracts",
					"zones"};

static int no_memory(struct np_err *reterr)
{
	return np_fail(reterr, NP_ENOMEM, "out of memory", "operator.yaml", 0);
}

/* ---- sites, by number and by id */

static size_t slot_of(const struct np_party *p, const char *id)
{
	size_t i = np_hash64(id, strlen(id), 0) & (p->nslots - 1);

	while (p->slots[i] && strcmp(p->sites[p->slots[i] - 1]->pub.id, id))
		i = (i + 1) & (p->nslots - 1);
	return i;
}

/* Room for one more, here and in the index. */
static bool make_room(struct np_party *p)
{
	size_t cap = p->cap ? p->cap * 2 : 64;
	struct site **v;
	uint32_t *slots;

	if (p->nsites < p->cap)
		return true;
	if (cap > UINT32_MAX / 4)
		return false;
	v = reallocarray(p->sites, cap, sizeof(*v));
	if (!v)
		return false;
	p->sites = v;
	slots = calloc(cap * 2, sizeof(*slots));
	if (!slots)
		return false;
	free(p->slots);
	p->slots = slots;
	p->nslots = cap * 2;
	p->cap = cap;
	for (size_t i = 0; i < p->nsites; i++)
		p->slots[slot_of(p, p->sites[i]->pub.id)] = (uint32_t)i + 1;
	return true;
}

static struct site *add_site(struct np_party *p, const char *id)
{
	struct site *s = make_room(p) ? np_zalloc(&p->mem, sizeof(*s)) : NULL;

	if (!s)
		return NULL;
	s->pub.id = id;
	s->pub.name = id;
	p->sites[p->nsites++] = s;
	p->slots[slot_of(p, id)] = (uint32_t)p->nsites;
	return s;
}

static struct site *find_site(const struct np_party *p, const char *id)
{
	uint32_t i = p->nslots ? p->slots[slot_of(p, id)] : 0;

	return i ? p->sites[i - 1] : NULL;
}

static int expect(const struct np_party *p, const struct np_yaml *y,
		  const char *expected, struct np_err *reterr)
{
	return np_yaml_fail(p->file, y, expected, reterr);
}

static int read_site(struct np_party *p, const struct np_yaml *y,
		     struct np_err *reterr)
{
	struct site *s;
	const char *name, *country, *region;

	if (y->kind != NP_YAML_MAP)
		return expect(p, y, "expected a map: name, country, facts",
			      reterr);
	if (find_site(p, y->key->text)) /* "A" and A are one key */
		return expect(p, y->key, "expected a site once", reterr);
	s = add_site(p, y->key->text);
	if (!s)
		return no_memory(reterr);
	s->at = y;
	s->flags = np_yaml_get(y, "flags");
	if (s->flags && s->flags->kind != NP_YAML_LIST)
		return expect(p, s->flags, "expected a list of facts", reterr);
	name = np_yaml_text(y, "name");
	country = np_yaml_text(y, "country");
	if (name)
		s->pub.name = name;
	if (country && !np_is_place(country, false))
		return expect(p, np_yaml_get(y, "country"),
			      "expected an ISO 3166-1 code: DE", reterr);
	region = np_yaml_text(y, "region");
	if (region && (!np_is_place(region, true) || !country ||
		       strncmp(region, country, 2) != 0))
		return expect(p, np_yaml_get(y, "region"),
			      "expected an ISO 3166-2 code within the country: "
			      "US-TX",
			      reterr);
	s->pub.country = country;
	s->pub.region = region;
	return 0;
}

static int read_sites(struct np_party *p, const struct np_yaml *y,
		      struct np_err *reterr)
{
	if (y && y->kind != NP_YAML_MAP)
		return expect(p, y, "expected a map of sites", reterr);
	NP_YAML_EACH(s, y)
	{
		int rc = read_site(p, s, reterr);

		if (rc)
			return rc;
	}
	return 0;
}

static int read_prefixes(struct np_party *p, const struct np_yaml *y,
			 struct np_err *reterr)
{
	if (y && y->kind != NP_YAML_LIST)
		return expect(p, y, "expected a list of prefixes", reterr);
	NP_YAML_EACH(i, y)
	{
		int rc = i->kind == NP_YAML_TEXT
				 ? np_prefixes_add(p->infrastructure, i->text)
				 : NP_EINPUT;

		if (rc == NP_ENOMEM)
			return no_memory(reterr);
		if (rc)
			return expect(p, i, "expected a prefix: 192.0.2.0/24",
				      reterr);
	}
	return 0;
}

static int read_facts(struct np_party *p, const struct np_yaml *y,
		      struct np_err *reterr)
{
	if (y && y->kind != NP_YAML_MAP)
		return expect(p, y, "expected a map of countries", reterr);
	NP_YAML_EACH(c, y)
	{
		if (!np_is_place(c->key->text, true))
			return expect(p, c->key,
				      "expected an ISO 3166-1 code: DE",
				      reterr);
		if (c->kind != NP_YAML_MAP && c->n > 0)
			return expect(p, c, "expected a map of facts", reterr);
	}
	p->facts = y;
	return 0;
}

static int read_party(struct np_party *p, const struct np_yaml *y,
		      struct np_err *reterr)
{
	static const char keys[] =
		"expected one of: operator, infrastructure, party, sites, "
		"inventory, site_list, contracts, zones";
	int rc;

	p->root = y;
	if (y->kind != NP_YAML_MAP)
		return expect(p, y, "expected a map", reterr);
	NP_YAML_EACH(v, y)
	{
		if (np_yaml_word(keys, v->key->text) < 0)
			return expect(p, v->key, keys, reterr);
	}
	for (size_t i = 0; i < sizeof(file_keys) / sizeof(*file_keys); i++) {
		const struct np_yaml *f = np_yaml_get(y, file_keys[i]);

		if (f && (f->kind != NP_YAML_TEXT || !f->n))
			return expect(p, f, "expected the name of a file",
				      reterr);
	}
	p->name = np_yaml_text(np_yaml_get(y, "operator"), "name");
	rc = read_prefixes(p, np_yaml_get(y, "infrastructure"), reterr);
	if (rc == 0)
		rc = read_facts(p, np_yaml_get(y, "party"), reterr);
	if (rc == 0)
		rc = read_sites(p, np_yaml_get(y, "sites"), reterr);
	return rc;
}

int np_party_open(const char *path, struct np_party **ret,
		  struct np_err *reterr)
{
	struct np_party *p = calloc(1, sizeof(*p));
	const struct np_yaml *y;
	int rc = 0;

	if (!p)
		return no_memory(reterr);
	p->mem = np_arena(PARTY_LIMIT);
	p->infrastructure = np_prefixes_new();
	if (!p->infrastructure)
		rc = no_memory(reterr);
	if (rc == 0 && path) {
		p->file = np_copystr(&p->mem, path, strlen(path));
		rc = p->file ? np_yaml_load(path, &p->mem, &y, reterr)
			     : no_memory(reterr);
		if (rc == 0)
			rc = read_party(p, y, reterr);
	}
	if (rc == 0)
		*ret = p;
	else
		np_party_close(p);
	return rc;
}

void np_party_close(struct np_party *p)
{
	if (!p)
		return;
	np_prefixes_free(p->infrastructure);
	np_arena_free(&p->mem);
	free(p->sites);
	free(p->slots);
	free(p);
}

const char *np_party_name(const struct np_party *p)
{
	return p->name;
}

size_t np_sites(const struct np_party *p)
{
	return p->nsites;
}

const char *np_site_id(const struct np_party *p, uint32_t site)
{
	const struct np_site *s = site == NP_NO_SITE ? NULL : np_site(p, site);

	return s ? s->id : NULL;
}

const struct np_site *np_site(const struct np_party *p, size_t i)
{
	return i < p->nsites ? &p->sites[i]->pub : NULL;
}

/* Its number, which follows from its id. */
static uint32_t number_of(const struct np_party *p, const struct site *s)
{
	return p->slots[slot_of(p, s->pub.id)] - 1;
}

uint32_t np_site_find(struct np_party *p, const char *id)
{
	struct site *s = find_site(p, id);
	const char *copy;

	if (s)
		return number_of(p, s);
	if (!np_is_place(id, true))
		return UINT32_MAX;
	copy = np_copystr(&p->mem, id, strlen(id));
	s = copy ? add_site(p, copy) : NULL;
	if (!s)
		return UINT32_MAX;
	s->pub.country = np_copystr(&p->mem, id, 2);
	s->pub.region = id[2] ? copy : NULL;
	return s->pub.country ? number_of(p, s) : UINT32_MAX;
}

uint32_t np_party_site(struct np_party *p, const char *id, const char *name,
		       const char *country, const char *region)
{
	struct site *s = find_site(p, id);

	if (!s) {
		id = np_copystr(&p->mem, id, strlen(id));
		s = id ? add_site(p, id) : NULL;
	}
	if (!s)
		return UINT32_MAX;
	if (name && s->pub.name == s->pub.id)
		s->pub.name = np_copystr(&p->mem, name, strlen(name));
	if (country && !s->pub.country)
		s->pub.country = np_copystr(&p->mem, country, strlen(country));
	if (region && !s->pub.region)
		s->pub.region = np_copystr(&p->mem, region, strlen(region));
	if (!s->pub.name || (country && !s->pub.country) ||
	    (region && !s->pub.region))
		return UINT32_MAX;
	return number_of(p, s);
}

const struct np_yaml *np_party_place(const struct np_party *p, size_t site,
				     const char *key)
{
	return site < p->nsites ? np_yaml_get(p->sites[site]->at, key) : NULL;
}

const char *np_party_file(const struct np_party *p)
{
	return p->file;
}

const char *np_party_names(const struct np_party *p, const char *key)
{
	return np_yaml_text(p->root, key);
}

const struct np_prefixes *np_party_infrastructure(const struct np_party *p)
{
	return p->infrastructure;
}

/* ---- facts */

static const char *fact_text(const struct np_yaml *map, const char *name)
{
	const char *s = np_yaml_text(map, name);
	bool yes;

	if (s && np_yaml_bool(np_yaml_get(map, name), &yes))
		return yes ? "yes" : "no";
	return s;
}

const char *np_party_fact(const struct np_party *p, const struct np_site *s,
			  const char *jurisdiction, const char *name)
{
	/* every np_site of a party is the head of its struct site */
	const struct site *site = (const struct site *)s;
	const char *v = NULL;

	if (site && site->at) {
		NP_YAML_EACH(f, site->flags)
		{
			if (strcmp(f->text, name) == 0)
				return "yes";
		}
		v = fact_text(site->at, name);
	}
	if (!v && jurisdiction)
		v = fact_text(np_yaml_get(p->facts, jurisdiction), name);
	if (!v && jurisdiction && jurisdiction[2] == '-') {
		char country[3] = {jurisdiction[0], jurisdiction[1], '\0'};

		v = fact_text(np_yaml_get(p->facts, country), name);
	}
	return v;
}

const char *np_law_form(const struct np_law_fact *f)
{
	static const char *const forms[] = {
		[NP_F_YES] = "expected yes or no",
		[NP_F_DAY] = "expected a date, YYYY-MM-DD",
		[NP_F_LATER] = "expected a date, YYYY-MM-DD, or no",
		[NP_F_NUMBER] = "expected a whole number",
		[NP_F_WORD] = "expected a word",
	};

	return forms[f->is];
}

bool np_law_fits(const struct np_law_fact *f, const struct np_yaml *y)
{
	bool yes;
	uint64_t number;
	int32_t day;

	if (y->kind != NP_YAML_TEXT)
		return false;
	if (y->plain && (y->n == 0 || strcmp(y->text, "~") == 0))
		return true; /* not stated, in so many words */
	switch (f->is) {
	case NP_F_YES:
		return np_yaml_bool(y, &yes);
	case NP_F_LATER:
		return (np_yaml_bool(y, &yes) && !yes) ||
		       np_day_read(y->text, &day);
	case NP_F_DAY:
		return np_day_read(y->text, &day);
	case NP_F_NUMBER:
		return np_yaml_uint(y, UINT32_MAX, &number);
	case NP_F_WORD:
		break;
	}
	return y->n > 0;
}

static int check_fact(const struct np_party *p, const struct np_law *l,
		      const char *country, const struct np_yaml *y,
		      struct np_err *reterr)
{
	const struct np_law_fact *f = np_law_fact(l, country, y->key->text);

	if (!f)
		return expect(p, y->key,
			      "expected a fact that this country's rules ask "
			      "for",
			      reterr);
	return np_law_fits(f, y) ? 0 : expect(p, y, np_law_form(f), reterr);
}

static bool among(const char *k, const char *const *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(k, v[i]) == 0)
			return true;
	}
	return false;
}

static int check_site(const struct np_party *p, const struct np_law *l,
		      const struct site *s, struct np_err *reterr)
{
	int rc = 0;

	NP_YAML_EACH(f, s->at)
	{
		const char *k = f->key->text;

		if (strcmp(k, "name") != 0 && strcmp(k, "country") != 0 &&
		    strcmp(k, "flags") != 0 && strcmp(k, "region") != 0 &&
		    !among(k, place_keys,
			   sizeof(place_keys) / sizeof(*place_keys)))
			rc = check_fact(p, l, s->pub.country, f, reterr);
		if (rc)
			return rc;
	}
	NP_YAML_EACH(f, s->flags)
	{
		if (!np_law_fact(l, s->pub.country, f->text))
			return expect(p, f,
				      "expected a fact that this country's "
				      "rules ask for",
				      reterr);
	}
	return 0;
}

int np_party_check(const struct np_party *p, const struct np_law *l,
		   struct np_err *reterr)
{
	NP_YAML_EACH(c, p->facts)
	{
		NP_YAML_EACH(f, c->kind == NP_YAML_MAP ? c : NULL)
		{
			int rc = check_fact(p, l, c->key->text, f, reterr);

			if (rc)
				return rc;
		}
	}
	for (size_t i = 0; i < p->nsites; i++) {
		int rc = check_site(p, l, p->sites[i], reterr);

		if (rc)
			return rc;
	}
	return 0;
}
