/* SPDX-License-Identifier: ISC */
/* What is gathered of each box. */
#include "core/hash.h"
#include "risk/risk.h"
#include <stdlib.h>
#include <string.h>

#define MOST_MEMORY ((size_t)8 << 30)

int np_risk_open(const struct np_risk_ask *ask, struct np_risk *ret)
{
	*ret = (struct np_risk){
		.know = ask->know,
		.knowledge = ask->knowledge,
		.devices = ask->devices,
		.ask = *ask,
		.graph = np_graph_new(ask->devices, ask->site, ask->ctx),
		.mem = np_arena(MOST_MEMORY),
	};
	if (ret->graph)
		ret->boxes = np_zalloc(
			&ret->mem, ask->devices->n * sizeof(*ret->boxes) + 1);
	return ret->boxes ? NP_OK : NP_ENOMEM;
}

void np_risk_free(struct np_risk *r)
{
	np_graph_free(r->graph);
	np_arena_free(&r->mem);
}

/* ---- exposure: what boxes say of themselves */

static bool is_value(const struct np_fact *f, const char *value)
{
	return !value ||
	       (strlen(value) == f->n && memcmp(value, f->v, f->n) == 0);
}

static void note_exposure(struct np_risk *r, const struct np_sighting *s,
			  const struct np_fact *f, uint32_t device)
{
	const struct np_risk_know *k = r->know;
	struct np_risk_box *b = &r->boxes[device];
	char name[64];

	for (size_t i = 0; i < k->nexposures; i++) {
		const struct np_exposure *x = &k->exposure[i];

		if (x->field == f->field && is_value(f, x->value) &&
		    (!x->heard || s->unit != NP_IN_DOCUMENT))
			b->exposed |= UINT32_C(1) << x->bit;
	}
	if (strcmp(np_field_text(f->field, name), "snmp.community_default"))
		return;
	b->community_said = true;
	b->community_default |= is_value(f, "yes");
}

int np_risk_hear(struct np_risk *r, const struct np_sighting *s)
{
	uint32_t device = np_graph_of(r->graph, s);

	for (size_t i = 0;
	     device != NP_NOBODY && s->scope == NP_SELF && i < s->nfacts; i++)
		note_exposure(r, s, &s->facts[i], device);
	return np_graph_hear(r->graph, s);
}

/* ---- what a box is called, and what it is for */

static const char *default_name(const struct np_risk_know *k,
				const struct np_evidence *e)
{
	for (size_t i = 0; i < e->nkeys; i++)
		for (size_t n = 0;
		     e->keys[i].kind == NP_KEY_NAME && n < k->ndefault_names;
		     n++)
			if (strlen(k->default_name[n]) == e->keys[i].n &&
			    memcmp(k->default_name[n], e->keys[i].v,
				   e->keys[i].n) == 0)
				return k->default_name[n];
	return NULL;
}

/* Is the function this one, or one of its kinds? */
static bool is_within(const char *function, const char *of)
{
	size_t n = strlen(of);

	return function && strncmp(function, of, n) == 0 &&
	       (!function[n] || function[n] == '/');
}

static const struct np_asset *asset_of(const struct np_risk_know *k,
				       const char *function)
{
	const struct np_asset *best = NULL;

	for (size_t i = 0; i < k->nassets; i++)
		if (is_within(function, k->asset[i].function) &&
		    (!best ||
		     strlen(k->asset[i].function) > strlen(best->function)))
			best = &k->asset[i];
	return best;
}

/* Digits, or nothing. */
static int64_t customers(const struct np_risk *r, const struct np_device *d)
{
	const char *s = r->ask.fact
				? r->ask.fact(r->ask.fact_ctx, d, "customers")
				: NULL;
	size_t n = s ? strspn(s, "0123456789") : 0;

	return n && !s[n] && n < 16 ? strtoll(s, NULL, 10) : -1;
}

static int describe(struct np_risk *r)
{
	struct np_arena scratch = np_arena((size_t)256 << 20);
	int rc = NP_OK;

	for (uint32_t i = 0; i < r->devices->n && !rc; i++) {
		const struct np_device *d = &r->devices->v[i];
		struct np_evidence e;

		np_arena_reset(&scratch);
		rc = np_device_keys(r->devices, d, &scratch, &e);
		if (rc)
			break;
		r->boxes[i].default_name = default_name(r->know, &e);
		r->boxes[i].asset = asset_of(r->know, d->function);
		r->boxes[i].customers = customers(r, d);
	}
	np_arena_free(&scratch);
	return rc;
}

/* ---- roots and zones */

/* The devices that a list with commas names. */
static int find_all(struct np_risk *r, const char *text, size_t n,
		    const uint32_t **ret, size_t *ret_n, struct np_err *reterr)
{
	uint32_t *v = np_alloc(&r->mem, (n / 2 + 1) * sizeof(*v));
	size_t k = 0;

	if (!v)
		return np_fail(reterr, NP_ENOMEM, "out of memory", NULL, 0);
	for (size_t i = 0, end; i < n; i = end + 1) {
		for (end = i; end < n && text[end] != ',';)
			end++;
		char *word = np_copystr(&r->mem, text + i, end - i);

		if (!word)
			return np_fail(reterr, NP_ENOMEM, "out of memory", NULL,
				       0);
		if (!*word)
			continue;
		v[k] = np_graph_find(r->graph, word);
		if (v[k++] == NP_NOBODY)
			return np_fail(reterr, NP_ENONE,
				       "no device, or several, of this id, "
				       "name, address or serial",
				       word, 0);
	}
	*ret = v;
	*ret_n = k;
	return NP_OK;
}

static int known_roots(struct np_risk *r)
{
	uint32_t *v = np_alloc(&r->mem, r->devices->n * sizeof(*v) + 1);

	if (!v)
		return NP_ENOMEM;
	for (uint32_t i = 0; i < r->devices->n; i++) {
		bool is = false;

		for (size_t k = 0; k < r->know->nroots; k++)
			is |= is_within(r->devices->v[i].function,
					r->know->root[k]);
		if (is)
			v[r->nroots++] = i;
	}
	r->roots = v;
	return NP_OK;
}

int np_risk_close(struct np_risk *r, const char *roots, struct np_err *reterr)
{
	int rc = np_graph_close(r->graph);

	if (!rc)
		rc = describe(r);
	if (!rc && !roots)
		rc = known_roots(r);
	if (!rc && roots)
		rc = find_all(r, roots, strlen(roots), &r->roots, &r->nroots,
			      reterr);
	if (!rc)
		rc = np_graph_cuts(r->graph, r->roots, r->nroots, &r->cuts);
	for (size_t i = 0; i < r->nroots && !rc; i++)
		r->boxes[r->roots[i]].root = true;
	np_graph_view(r->graph, &r->view);
	return rc;
}

int np_risk_zone(struct np_risk *r, const char *name, const uint32_t *served_by,
		 size_t n)
{
	struct np_risk_zone *v =
		np_alloc(&r->mem, (r->nzones + 1) * sizeof(*v));

	if (!v)
		return NP_ENOMEM;
	if (r->nzones)
		memcpy(v, r->zones, r->nzones * sizeof(*v));
	r->zones = v;
	v = &v[r->nzones++];
	*v = (struct np_risk_zone){
		.name = name, .served_by = served_by, .nserved_by = n};
	return np_graph_between(r->graph, served_by, n, r->roots, r->nroots,
				&v->on, &v->steps);
}

int np_risk_zones(struct np_risk *r, const char *text, struct np_err *reterr)
{
	int rc = NP_OK;

	while (!rc && *text) {
		size_t n = strcspn(text, ";"), k = strcspn(text, "=;");
		const char *name = np_copystr(&r->mem, text, k);
		const uint32_t *v;
		size_t found;

		if (text[k] != '=' || !k)
			return np_fail(reterr, NP_EUSAGE,
				       "expected ZONE=DEVICE,DEVICE;…", text,
				       0);
		rc = name ? find_all(r, text + k + 1, n - k - 1, &v, &found,
				     reterr)
			  : NP_ENOMEM;
		if (!rc)
			rc = np_risk_zone(r, name, v, found);
		text += n + (text[n] == ';');
	}
	return rc;
}

/* ---- lists of CVEs */

/* A product by whatever name, and the boxes that may be it. */
struct item {
	const char *vendor, *product, *by;
	uint32_t device;
	uint32_t next; /* of the same hash; index + 1 */
};

struct matching {
	struct np_risk *r;
	struct item *v;
	uint32_t n, slots;
	uint32_t *slot;
	const char *cve, *criteria; /* of the name that is matched, kept once */
};

static uint64_t hash_of(const void *vendor, size_t n, const void *product,
			size_t k)
{
	return np_hash64(product, k, np_hash64(vendor, n, 0));
}

static int index_products(struct matching *m)
{
	const struct np_devices *d = m->r->devices;

	m->v = np_alloc(&m->r->mem, d->n * NP_MAX_CPE * sizeof(*m->v) + 1);
	for (m->slots = 64; m->slots < d->n * 2;)
		m->slots *= 2;
	m->slot = np_zalloc(&m->r->mem, m->slots * sizeof(*m->slot));
	if (!m->v || !m->slot)
		return NP_ENOMEM;
	for (uint32_t i = 0; i < d->n; i++) {
		struct np_cpe_name names[NP_MAX_CPE];
		size_t n = np_cpe_names(
			m->r->know,
			np_maker_slug(m->r->knowledge, d->v[i].maker), &d->v[i],
			&m->r->mem, names);

		for (size_t k = 0; k < n; k++) {
			uint64_t h = hash_of(
				names[k].vendor, strlen(names[k].vendor),
				names[k].product, strlen(names[k].product));
			uint32_t *slot = &m->slot[h & (m->slots - 1)];

			m->v[m->n] =
				(struct item){names[k].vendor, names[k].product,
					      names[k].by, i, *slot};
			*slot = ++m->n;
		}
	}
	return NP_OK;
}

/* One entry once a CVE: the surest fit stays. */
static int list(struct np_risk *r, uint32_t device, const struct matching *m,
		enum np_version_fit fit, const char *by)
{
	struct np_risk_box *b = &r->boxes[device];
	struct np_listed *l = NULL;

	if (b->nlisted && strcmp(b->listed[b->nlisted - 1].cve, m->cve) == 0)
		l = &b->listed[b->nlisted - 1];
	if (l && (l->fit == NP_V_IN || fit == NP_V_UNKNOWN))
		return NP_OK;
	if (!l && b->nlisted == b->listed_cap) {
		uint32_t cap = b->listed_cap ? b->listed_cap * 2 : 4;
		struct np_listed *v =
			np_alloc(&r->mem, cap * sizeof(*b->listed));

		if (!v)
			return NP_ENOMEM;
		if (b->nlisted)
			memcpy(v, b->listed, b->nlisted * sizeof(*v));
		b->listed = v;
		b->listed_cap = cap;
	}
	if (!l)
		l = &b->listed[b->nlisted++];
	*l = (struct np_listed){
		.cve = m->cve,
		.criteria = m->criteria,
		.by = by,
		.fit = fit,
	};
	return NP_OK;
}

static bool is(const char *word, struct np_cur v)
{
	return strlen(word) == v.left && memcmp(word, v.p, v.left) == 0;
}

static int keep_texts(struct matching *m, const struct np_cve_name *x)
{
	if (m->criteria)
		return NP_OK;
	m->cve = np_copystr(&m->r->mem, x->cve.p, x->cve.left);
	m->criteria = np_copystr(&m->r->mem, x->criteria.p, x->criteria.left);
	return m->cve && m->criteria ? NP_OK : NP_ENOMEM;
}

static int match(void *ctx, const struct np_cve_name *x)
{
	struct matching *m = ctx;
	uint64_t h = hash_of(x->vendor.p, x->vendor.left, x->product.p,
			     x->product.left);
	int rc = NP_OK;

	m->criteria = NULL;
	for (uint32_t i = m->slot[h & (m->slots - 1)]; i && !rc;
	     i = m->v[i - 1].next) {
		const struct item *t = &m->v[i - 1];
		const struct np_device *d = &m->r->devices->v[t->device];
		enum np_version_fit fit;

		if (!is(t->vendor, x->vendor) || !is(t->product, x->product))
			continue;
		fit = np_cve_fits(x, d->version);
		if (fit == NP_V_NOT)
			continue;
		rc = keep_texts(m, x);
		if (!rc)
			rc = list(m->r, t->device, m, fit, t->by);
	}
	return rc;
}

static int listed_order(const void *p, const void *q)
{
	const struct np_listed *x = p, *y = q;

	return strcmp(x->cve, y->cve);
}

int np_risk_cves(struct np_risk *r, const char *path, struct np_err *reterr)
{
	struct matching m = {.r = r};
	int rc = index_products(&m);

	r->cve_file = path;
	if (!rc)
		rc = np_cve_read(path, match, &m, &r->cve_entries, reterr);
	for (uint32_t i = 0; i < r->devices->n && !rc; i++)
		if (r->boxes[i].nlisted)
			qsort(r->boxes[i].listed, r->boxes[i].nlisted,
			      sizeof(*r->boxes[i].listed), listed_order);
	return rc;
}

/* ---- terms */

static unsigned bits(uint32_t v)
{
	unsigned n = 0;

	for (; v; v &= v - 1)
		n++;
	return n;
}

static bool is_fiveg(const struct np_risk *r, uint32_t device)
{
	const char *f = r->devices->v[device].function;

	return is_within(f, "core") || is_within(f, "ran");
}

static bool on_way(const struct np_risk *r, uint32_t device, uint8_t least)
{
	for (size_t i = 0; i < r->nzones; i++)
		if (r->zones[i].on[device] >= least)
			return true;
	return false;
}

static bool is_root(const struct np_risk *r, uint32_t device)
{
	return r->boxes[device].root;
}

double np_risk_term(const struct np_risk *r, uint32_t device, const char *term)
{
	const struct np_risk_box *b = &r->boxes[device];
	const struct np_device *d = &r->devices->v[device];

	for (size_t i = 0; i < r->know->nids; i++)
		if (strcmp(r->know->exposure_id[i], term) == 0)
			return b->exposed >> i & 1;
	if (strcmp(term, "cut_point") == 0)
		return r->cuts.node[device];
	if (strcmp(term, "cve_listed") == 0)
		return b->nlisted;
	if (strcmp(term, "default_name") == 0)
		return b->default_name != NULL;
	if (strcmp(term, "dependants") == 0)
		return r->cuts.below ? r->cuts.below[device] : 0;
	if (strcmp(term, "exposure") == 0)
		return bits(b->exposed);
	if (strcmp(term, "fiveg") == 0)
		return is_fiveg(r, device);
	if (strcmp(term, "links") == 0)
		return r->view.nodes[device].links;
	if (strcmp(term, "neighbour") == 0)
		return d->neighbour;
	if (strcmp(term, "on_way") == 0)
		return on_way(r, device, NP_ON_SHORTEST);
	if (strcmp(term, "on_every_way") == 0)
		return on_way(r, device, NP_ON_EVERY);
	if (strcmp(term, "restricted") == 0)
		return d->sure >= NP_PROBABLE && d->sure <= NP_CONFIRMED &&
		       np_maker_restricted(r->knowledge, d->maker);
	if (strcmp(term, "root") == 0)
		return is_root(r, device);
	if (strcmp(term, "unknown_maker") == 0)
		return d->maker == NP_NO_MAKER;
	return 0;
}
