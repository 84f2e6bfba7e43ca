/* SPDX-License-Identifier: ISC */
/*
 * Devices to rows of the inventory, to sites and to zones. First what each says
 * by itself; then, for those that nothing placed, what stands on the same link.
 */
#include "core/prefixes.h"
#include "place/inside.h"
#include <stdlib.h>

#define WORDS 16 /* keys of one device that name a site */
#define LINKS 16 /* sources in which it was heard on the link */

/* One device while it is joined. */
struct candidate {
	struct np_place_word word[WORDS];
	size_t n;
};

struct join {
	struct np_places *p;
	const struct np_devices *d;
	struct np_device *to; /* the same, to be written */
	struct np_arena keys; /* of one device */
	struct np_err *err;
	uint32_t *of_source; /* by source: its boxes' site + 1; MANY */
	size_t nsources;
};

#define MANY UINT32_MAX

/* ---- the inventory's row */

static const enum np_stock_key orders[] = {NP_SK_SERIAL, NP_SK_MAC, NP_SK_NAME,
					   NP_SK_IP};
static const char *const key_names[NP_SK_N] = {
	[NP_SK_SERIAL] = "serial",
	[NP_SK_MAC] = "mac",
	[NP_SK_NAME] = "name",
	[NP_SK_IP] = "address",
};

static bool kind_is(enum np_keykind k, enum np_stock_key s)
{
	switch (s) {
	case NP_SK_SERIAL:
		return k == NP_KEY_SERIAL;
	case NP_SK_MAC:
		return k == NP_KEY_MAC || k == NP_KEY_CHASSIS_ID;
	case NP_SK_NAME:
		return k == NP_KEY_NAME;
	case NP_SK_IP:
		return k == NP_KEY_IP;
	case NP_SK_N:
		break;
	}
	return false;
}

/* Names and private addresses mean something in one network only: a row of
 * another site is another box's. */
static bool far_away(const struct np_stock_row *r, const struct np_device *d,
		     enum np_stock_key k)
{
	return k >= NP_SK_NAME && r->where != NP_NO_SITE && d->near &&
	       d->site != NP_NO_SITE && d->site != r->where;
}

struct rows {
	uint32_t v[8];
	const char *why[8];
	size_t n;
};

static bool add_row(struct join *j, struct rows *r, uint32_t row,
		    enum np_stock_key k, const char *v, size_t n)
{
	char text[320];

	for (size_t i = 0; i < r->n; i++) {
		if (r->v[i] == row)
			return true;
	}
	if (r->n == NP_COUNT(r->v))
		return true;
	(void)snprintf(text, sizeof(text), "%s %.*s, line %llu", key_names[k],
		       (int)n, v,
		       (unsigned long long)j->p->stock.row[row].line);
	r->v[r->n] = row;
	r->why[r->n] = np_copystr(&j->p->joined.mem, text, strlen(text));
	return r->why[r->n++] != NULL;
}

/* Every row that one of its keys leads to, those of the strongest key first. */
static bool find_rows(struct join *j, const struct np_device *d,
		      const struct np_evidence *e, struct rows *ret,
		      size_t *ret_strongest)
{
	const struct np_stock_book *b = &j->p->stock;
	bool ok = true;

	*ret_strongest = 0;
	for (size_t o = 0; o < NP_COUNT(orders); o++) {
		enum np_stock_key k = orders[o];

		for (size_t i = 0; i < e->nkeys && ok; i++) {
			char buf[256];
			size_t n;
			const char *s;
			uint32_t at;

			if (!kind_is(e->keys[i].kind, k))
				continue;
			s = np_stock_spell(k, e->keys[i].v, e->keys[i].n, buf,
					   &n);
			at = s ? np_index_find(&b->key[k], s, n) : 0;
			for (; at && ok; at = np_index_more(&b->key[k], at)) {
				uint32_t row = np_index_value(&b->key[k], at);

				if (!far_away(&b->row[row], d, k))
					ok = add_row(j, ret, row, k,
						     e->keys[i].v,
						     e->keys[i].n);
			}
		}
		if (!*ret_strongest)
			*ret_strongest = ret->n;
	}
	return ok;
}

static bool note_rows(struct join *j, const struct np_device *d,
		      const struct rows *r)
{
	const struct np_stock_book *b = &j->p->stock;
	size_t first = r->v[0] < r->v[1] ? 0 : 1;

	return np_note(j->p, b->path, b->row[r->v[!first]].line,
		       "%s matches two rows: %s; %s", d->id, r->why[first],
		       r->why[!first]);
}

/* The row of the strongest key; two of one strength are none. */
static int take_row(struct join *j, struct np_device *d,
		    const struct np_evidence *e, struct np_placing *to,
		    const char **ret_why)
{
	struct rows r = {.n = 0};
	size_t strongest;

	to->row = NP_NO_ROW;
	if (!j->p->stock.n)
		return NP_OK;
	if (!find_rows(j, d, e, &r, &strongest) ||
	    (r.n > 1 && !note_rows(j, d, &r)))
		return NP_ENOMEM;
	for (size_t i = 0; i < r.n; i++)
		j->p->stock.row[r.v[i]].devices++;
	if (strongest != 1)
		return NP_OK;
	to->row = r.v[0];
	*ret_why = r.why[0];
	return NP_OK;
}

/* What the operator states it does, where nothing that it said tells. */
static void take_function(struct join *j, struct np_device *d,
			  const struct np_placing *to)
{
	const char *s =
		to->row == NP_NO_ROW ? NULL : j->p->stock.row[to->row].function;

	if (!s || d->function || !j->p->law)
		return;
	for (const struct np_function_name *f = j->p->law->functions; f;
	     f = f->next) {
		if (np_function_is(s, f->prefix)) {
			d->function = s;
			return;
		}
	}
}

/* ---- what names a site */

static void add_word(struct candidate *c, enum np_placed by, uint32_t site,
		     const char *why)
{
	for (size_t i = 0; i < c->n; i++) {
		if (c->word[i].by == by && c->word[i].site == site)
			return;
	}
	if (site != NP_NO_SITE && c->n < WORDS)
		c->word[c->n++] = (struct np_place_word){by, site, why};
}

static void hear_keys(struct join *j, const struct np_evidence *e,
		      struct candidate *c)
{
	const struct np_guide *g = &j->p->guide;

	for (size_t i = 0; i < e->nkeys; i++) {
		const struct np_key *k = &e->keys[i];
		enum np_placed by = NP_BY_NOTHING;
		uint32_t site = NP_NO_SITE;
		const char *why = NULL;
		bool two;

		if (k->kind == NP_KEY_NAME) {
			by = NP_BY_NAME;
			site = np_guide_name(g, k->v, k->n, &why, &two);
		} else if (k->kind == NP_KEY_IP) {
			by = NP_BY_PREFIX;
			site = np_guide_prefix(g, k->v, k->n, &why);
		} else if (k->kind == NP_KEY_CELL) {
			by = NP_BY_CELL;
			site = np_guide_cell(g, k->v, k->n, &why);
		}
		add_word(c, by, site, why);
	}
}

static int by_strength(const void *a, const void *b)
{
	const struct np_place_word *x = a, *y = b;

	if (x->by != y->by)
		return x->by < y->by ? -1 : 1;
	return x->site < y->site ? -1 : x->site > y->site;
}

/* The strongest that says one thing; the rest that says another, beside it. */
static int decide(struct join *j, struct candidate *c, struct np_device *d,
		  struct np_placing *to)
{
	struct np_place_word *v;
	size_t n = 0;

	if (c->n > 1)
		qsort(c->word, c->n, sizeof(c->word[0]), by_strength);
	d->site = NP_NO_SITE;
	for (size_t i = 0; i < c->n && to->by == NP_BY_NOTHING; i++) {
		bool alone =
			(!i || c->word[i - 1].by != c->word[i].by) &&
			(i + 1 == c->n || c->word[i + 1].by != c->word[i].by);

		if (!alone)
			continue;
		to->by = c->word[i].by;
		to->why = c->word[i].why;
		d->site = c->word[i].site;
	}
	for (size_t i = 0; i < c->n; i++)
		n += c->word[i].site != d->site;
	if (!n)
		return NP_OK;
	v = np_alloc(&j->p->joined.mem, n * sizeof(*v));
	if (!v)
		return NP_ENOMEM;
	to->against = v;
	for (size_t i = 0; i < c->n; i++) {
		if (c->word[i].site != d->site)
			v[to->nagainst++] = c->word[i];
	}
	return NP_OK;
}

/* ---- zones */

static bool serves(const struct join *j, const struct np_server *s,
		   const struct np_device *d, const struct np_evidence *e,
		   const struct np_placing *to)
{
	const char *circuit =
		to->row == NP_NO_ROW ? NULL : j->p->stock.row[to->row].circuit;
	bool in = !s->prefix, heard = s->vlan < 0;

	if (s->site != NP_NO_SITE && s->site != d->site)
		return false;
	if (s->circuit && (!circuit || strcmp(circuit, s->circuit) != 0))
		return false;
	for (size_t i = 0; i < e->nkeys && !in; i++)
		in = e->keys[i].kind == NP_KEY_IP &&
		     np_prefixes_hold_text(s->prefix, e->keys[i].v,
					   e->keys[i].n);
	for (size_t i = 0; i < e->nsightings && !heard && in; i++)
		heard = np_ear_vlan(&j->p->ear, e->sightings[i], s->vlan);
	return in && heard;
}

static int take_zones(struct join *j, size_t i, const struct np_evidence *e)
{
	struct np_zone_book *b = &j->p->zones;

	for (size_t z = 0; z < b->n; z++) {
		struct np_zone_inside *x = &b->v[z];
		bool any = false;

		for (size_t k = 0; k < x->nservers && !any; k++)
			any = serves(j, &x->server[k], &j->to[i], e,
				     &j->p->joined.v[i]);
		if (!any)
			continue;
		uint32_t *v =
			np_grow(x->device, x->ndevices, &x->cap, sizeof(*v));

		if (!v)
			return NP_ENOMEM;
		x->device = v;
		x->device[x->ndevices++] = (uint32_t)i;
	}
	return NP_OK;
}

static int evidence(struct join *j, size_t i, struct np_evidence *e)
{
	np_arena_reset(&j->keys);
	/* what was heard in which VLAN is known by sighting */
	return j->p->zones.vlans
		       ? np_device_evidence(j->d, &j->d->v[i], &j->keys, e)
		       : np_device_keys(j->d, &j->d->v[i], &j->keys, e);
}

/* ---- one device */

static enum np_placed by_capture(const struct np_device *d)
{
	return d->near ? NP_BY_CAPTURE : NP_BY_AFAR;
}

static const char *why_capture(enum np_placed by)
{
	return by == NP_BY_CAPTURE ? "heard on the link there"
				   : "heard there, through a router";
}

static int join_one(struct join *j, size_t i)
{
	struct np_placing *to = &j->p->joined.v[i];
	struct np_device *d = &j->to[i];
	struct candidate c = {.n = 0};
	struct np_evidence e = {0};
	const char *why = NULL;
	int rc = evidence(j, i, &e);

	*to = (struct np_placing){.row = NP_NO_ROW};
	if (!rc)
		rc = take_row(j, d, &e, to, &why);
	if (rc)
		return rc;
	add_word(&c, by_capture(d), d->site, why_capture(by_capture(d)));
	if (to->row != NP_NO_ROW)
		add_word(&c, NP_BY_INVENTORY, j->p->stock.row[to->row].where,
			 why);
	hear_keys(j, &e, &c);
	rc = decide(j, &c, d, to);
	take_function(j, d, to);
	return rc;
}

/* ---- neighbours */

static int note_links(struct join *j, size_t i)
{
	uint32_t v[LINKS];
	size_t n = np_device_links(j->d, &j->d->v[i], v, LINKS);

	for (size_t k = 0; k < n; k++) {
		if (v[k] >= j->nsources) {
			size_t more = (size_t)v[k] * 2 + 16;
			uint32_t *w =
				reallocarray(j->of_source, more, sizeof(*w));

			if (!w)
				return NP_ENOMEM;
			memset(w + j->nsources, 0,
			       (more - j->nsources) * sizeof(*w));
			j->of_source = w;
			j->nsources = more;
		}
		uint32_t *at = &j->of_source[v[k]];

		if (!*at)
			*at = j->to[i].site + 1;
		else if (*at != j->to[i].site + 1)
			*at = MANY;
	}
	return NP_OK;
}

/* The one site of all that stand beside it; NP_NO_SITE: none, or two. */
static uint32_t site_beside(const struct join *j, size_t i)
{
	uint32_t v[LINKS], site = 0;
	size_t n = np_device_links(j->d, &j->d->v[i], v, LINKS);

	for (size_t k = 0; k < n; k++) {
		uint32_t of = v[k] < j->nsources ? j->of_source[v[k]] : 0;

		if (of == MANY || (of && site && of != site))
			return NP_NO_SITE;
		site = of ? of : site;
	}
	n = j->p->beside ? j->p->beside(j->p->beside_ctx, i, v, LINKS) : 0;
	for (size_t k = 0; k < n; k++) {
		enum np_placed by =
			v[k] < j->d->n ? j->p->joined.v[v[k]].by : 0;
		uint32_t of = j->to[v[k] < j->d->n ? v[k] : i].site + 1;

		/* not by another neighbour: the order would matter */
		if (by == NP_BY_NOTHING || by == NP_BY_AFAR ||
		    by == NP_BY_NEIGHBOUR)
			continue;
		if (site && of != site)
			return NP_NO_SITE;
		site = of;
	}
	return site ? site - 1 : NP_NO_SITE;
}

static void place_beside(struct join *j, size_t i)
{
	struct np_placing *to = &j->p->joined.v[i];
	uint32_t site = site_beside(j, i);

	if (site == NP_NO_SITE)
		return;
	j->to[i].site = site;
	to->by = NP_BY_NEIGHBOUR;
	to->why = "on one link with boxes that all stand there";
}

static int join_neighbours(struct join *j)
{
	int rc = NP_OK;

	for (size_t i = 0; i < j->d->n && !rc; i++) {
		enum np_placed by = j->p->joined.v[i].by;

		if (by != NP_BY_NOTHING && by != NP_BY_AFAR)
			rc = note_links(j, i);
	}
	for (size_t i = 0; i < j->d->n && !rc && (j->nsources || j->p->beside);
	     i++) {
		/* what speaks against itself stays a question */
		if (j->p->joined.v[i].by == NP_BY_NOTHING &&
		    !j->p->joined.v[i].nagainst)
			place_beside(j, i);
	}
	free(j->of_source);
	return rc;
}

void np_places_beside(struct np_places *p, np_beside_fn *fn, void *ctx)
{
	p->beside = fn;
	p->beside_ctx = ctx;
}

/* ---- all */

static void begin(struct np_places *p)
{
	p->nnotes = p->nfixed;
	p->left_out = p->left_out_fixed;
	np_arena_reset(&p->joined.mem);
	for (size_t i = 0; i < p->stock.n; i++)
		p->stock.row[i].devices = 0;
	for (size_t i = 0; i < p->zones.n; i++)
		p->zones.v[i].ndevices = 0;
}

static int note_stock(struct np_places *p)
{
	const struct np_stock_book *b = &p->stock;
	bool ok = true;

	for (size_t i = 0; i < b->n && ok; i++) {
		const struct np_stock_row *r = &b->row[i];
		const char *label = r->label  ? r->label
				    : r->name ? r->name
					      : "a row";

		if (r->devices == 1)
			continue;
		if (r->devices)
			ok = np_note(p, b->path, r->line,
				     "%s matches %zu boxes", label, r->devices);
		else if (!r->serial && !r->mac && !r->name && !r->ip)
			ok = np_note(p, b->path, r->line,
				     "%s has no serial, mac, name or address "
				     "to be found by",
				     label);
		else
			ok = np_note(p, b->path, r->line,
				     "%s matches no box that was heard", label);
	}
	return ok ? NP_OK : NP_ENOMEM;
}

int np_places_join(struct np_places *p, struct np_fold *f,
		   const struct np_devices *d, struct np_err *reterr)
{
	struct join j = {.p = p,
			 .d = d,
			 .to = np_fold_mutable(f),
			 .keys = np_arena((size_t)64 << 20),
			 .err = reterr};
	struct np_evidence e;
	int rc = NP_OK;

	begin(p);
	p->first = d->v;
	p->joined.n = d->n;
	p->joined.v = NULL;
	/* Nothing but captures can place them, and they did: a million boxes
	 * cost nothing here. */
	if (!np_sites(p->party) && !p->stock.n)
		return NP_OK;
	p->joined.v =
		np_alloc(&p->joined.mem, (d->n + 1) * sizeof(*p->joined.v));
	if (!p->joined.v)
		return np_no_memory("places", reterr);
	for (size_t i = 0; i < d->n && !rc; i++)
		rc = join_one(&j, i);
	if (!rc)
		rc = join_neighbours(&j);
	for (size_t i = 0; i < d->n && !rc && p->zones.n; i++) {
		rc = evidence(&j, i, &e);
		if (!rc)
			rc = take_zones(&j, i, &e);
	}
	if (!rc)
		rc = note_stock(p);
	np_arena_free(&j.keys);
	return rc ? np_fail(reterr, rc, np_strerror(rc), "places", 0) : NP_OK;
}

struct np_placing np_placing(const struct np_places *p, size_t device)
{
	struct np_placing x = {.row = NP_NO_ROW};

	if (p->joined.v)
		return p->joined.v[device];
	if (p->first && p->first[device].site != NP_NO_SITE) {
		x.by = by_capture(&p->first[device]);
		x.why = why_capture(x.by);
	}
	return x;
}
