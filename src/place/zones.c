/* SPDX-License-Identifier: ISC */
/*
 * Protected zones, from the party's own file:
 *
 *	zones:
 *	  Z1:
 *	    name: Vossdorf barracks
 *	    kind: base			# base, ministry, exchange, other
 *	    latitude: 50.20
 *	    longitude: 8.60
 *	    within: 10			# kilometres
 *	    served_by:			# any of these; in one, all of it
 *	      - site: DE-1
 *	      - prefix: 10.1.0.0/16
 *	        vlan: 101
 *	      - circuit: C-0017
 */
#include "core/file.h"
#include "core/prefixes.h"
#include "place/inside.h"
#include <math.h>
#include <stdlib.h>

#define WITHIN 10.0 /* kilometres, where nothing is said */
#define ZONES_MAX ((size_t)8 << 20)

struct reading {
	struct np_places *p;
	const char *path;
	struct np_err *err;
};

static int expect(const struct reading *r, const struct np_yaml *y,
		  const char *expected)
{
	return np_yaml_fail(r->path, y, expected, r->err);
}

static int check_keys(const struct reading *r, const struct np_yaml *y,
		      const char *expected)
{
	const struct np_yaml *stranger = np_yaml_stranger(y, expected);

	return stranger ? expect(r, stranger, expected) : NP_OK;
}

/* ---- what serves it */

static int read_server(const struct reading *r, const struct np_yaml *y,
		       struct np_server *s)
{
	struct np_zone_book *b = &r->p->zones;
	const char *site = np_yaml_text(y, "site");
	const char *prefix = np_yaml_text(y, "prefix");
	const struct np_yaml *vlan = np_yaml_get(y, "vlan");
	uint64_t n;
	int rc = check_keys(r, y,
			    "expected one of: site, prefix, vlan, circuit");

	*s = (struct np_server){.site = NP_NO_SITE, .vlan = -1};
	if (rc)
		return rc;
	if (!y->n)
		return expect(r, y, "expected a site, prefix, vlan or circuit");
	if (site) {
		s->site = np_site_find(r->p->party, site);
		if (s->site == UINT32_MAX)
			return expect(r, np_yaml_get(y, "site"),
				      "expected a site of operator.yaml or of "
				      "the list of sites");
	}
	if (vlan && (!np_yaml_uint(vlan, 4094, &n) || !n))
		return expect(r, vlan, "expected a VLAN, 1 to 4094");
	if (vlan)
		s->vlan = (int32_t)n;
	b->vlans |= vlan != NULL;
	s->circuit = np_yaml_text(y, "circuit");
	if (!prefix)
		return NP_OK;
	b->prefixes = true;
	s->prefix = np_prefixes_new();
	if (!s->prefix)
		return np_no_memory(r->path, r->err);
	rc = np_prefixes_add(s->prefix, prefix);
	return rc == NP_EINPUT ? expect(r, np_yaml_get(y, "prefix"),
					"expected a prefix: 192.0.2.0/24")
	       : rc	       ? np_no_memory(r->path, r->err)
			       : NP_OK;
}

static int read_servers(const struct reading *r, const struct np_yaml *y,
			struct np_zone_inside *z)
{
	int rc = NP_OK;

	if (!y)
		return NP_OK;
	if (y->kind != NP_YAML_LIST)
		return expect(r, y, "expected a list: - site: …");
	z->server = np_zalloc(&r->p->mem, (y->n + 1) * sizeof(*z->server));
	if (!z->server)
		return np_no_memory(r->path, r->err);
	NP_YAML_EACH(v, y)
	{
		rc = read_server(r, v, &z->server[z->nservers++]);
		if (rc)
			return rc;
	}
	z->pub.served = z->nservers > 0;
	return NP_OK;
}

/* ---- where it is */

static int read_degrees(const struct reading *r, const struct np_yaml *y,
			double most, double *ret)
{
	if (y->kind != NP_YAML_TEXT || !np_read_degrees(y->text, ret))
		return expect(r, y, "expected degrees with a point: 50.1109");
	if (fabs(*ret) > most)
		return expect(r, y,
			      most < 180 ? "expected a latitude from -90 to 90"
					 : "expected a longitude from -180 to "
					   "180");
	return NP_OK;
}

static int read_point(const struct reading *r, const struct np_yaml *y,
		      struct np_zone *z)
{
	const struct np_yaml *la = np_yaml_get(y, "latitude");
	const struct np_yaml *lo = np_yaml_get(y, "longitude");
	int rc;

	if (!la && !lo)
		return NP_OK;
	if (!la || !lo)
		return expect(r, la ? la : lo,
			      "expected latitude and longitude");
	rc = read_degrees(r, la, 90, &z->latitude);
	if (!rc)
		rc = read_degrees(r, lo, 180, &z->longitude);
	if (!rc && z->latitude == 0 && z->longitude == 0)
		rc = expect(r, la, "0,0 is where nobody filled in a place");
	z->located = !rc;
	return rc;
}

static int read_zone(const struct reading *r, const struct np_yaml *y,
		     struct np_zone_inside *z)
{
	static const char kinds[] =
		"expected one of: base, ministry, exchange, other";
	const struct np_yaml *within = np_yaml_get(y, "within");
	struct np_zone *pub = &z->pub;
	int rc = check_keys(r, y,
			    "expected one of: name, kind, country, latitude, "
			    "longitude, within, served_by");

	if (rc)
		return rc;
	pub->id = y->key->text;
	pub->name = np_yaml_text(y, "name");
	pub->kind = np_yaml_text(y, "kind");
	pub->within = WITHIN;
	if (!pub->name)
		pub->name = pub->id;
	if (pub->kind && np_yaml_word(kinds, pub->kind) < 0)
		return expect(r, np_yaml_get(y, "kind"), kinds);
	if (within && (within->kind != NP_YAML_TEXT ||
		       !np_read_degrees(within->text, &pub->within) ||
		       pub->within <= 0 || pub->within > 20038))
		return expect(r, within, "expected kilometres");
	rc = read_point(r, y, pub);
	return rc ? rc : read_servers(r, np_yaml_get(y, "served_by"), z);
}

static int read_zones(const struct reading *r, const struct np_yaml *root)
{
	struct np_zone_book *b = &r->p->zones;
	const struct np_yaml *zones = np_yaml_get(root, "zones");
	int rc = check_keys(r, root, "expected one of: zones");

	if (rc)
		return rc;
	if (!zones || zones->kind != NP_YAML_MAP)
		return expect(r, zones ? zones : root,
			      "expected a map of zones");
	b->v = calloc(zones->n + 1, sizeof(*b->v));
	if (!b->v)
		return np_no_memory(r->path, r->err);
	NP_YAML_EACH(z, zones)
	{
		rc = read_zone(r, z, &b->v[b->n++]);
		if (rc)
			return rc;
	}
	return NP_OK;
}

int np_zones_read(struct np_places *p, const char *path, struct np_err *reterr)
{
	struct reading r = {.p = p, .path = path, .err = reterr};
	struct np_buf b = np_buf(ZONES_MAX);
	const struct np_yaml *y = NULL;
	int rc = np_file_read(path, "a file of zones over the limit", &b,
			      reterr);

	if (!rc) {
		p->zones.text = np_copystr(&p->mem, b.p, b.n);
		p->zones.text_n = b.n;
		rc = p->zones.text ? np_yaml_read(path, p->zones.text, b.n,
						  &p->mem, &y, reterr)
				   : np_no_memory(path, reterr);
	}
	np_buf_free(&b);
	return rc ? rc : read_zones(&r, y);
}

void np_zones_free(struct np_zone_book *b)
{
	for (size_t i = 0; i < b->n; i++) {
		for (size_t k = 0; k < b->v[i].nservers; k++)
			np_prefixes_free(b->v[i].server[k].prefix);
		free(b->v[i].device);
	}
	free(b->v);
}

size_t np_zones(const struct np_places *p)
{
	return p->zones.n;
}

const struct np_zone *np_zone(const struct np_places *p, size_t i)
{
	return i < p->zones.n ? &p->zones.v[i].pub : NULL;
}

/* ---- counting */

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

size_t np_zone_devices(const struct np_places *p, size_t zone,
		       const uint32_t **ret)
{
	*ret = p->zones.v[zone].device;
	return p->zones.v[zone].ndevices;
}

bool np_zone_served_by(const struct np_places *p, size_t zone, size_t device)
{
	const struct np_zone_inside *z = &p->zones.v[zone];
	uint32_t d = (uint32_t)device;

	return z->ndevices &&
	       bsearch(&d, z->device, z->ndevices, sizeof(d), by_number);
}

/* The strongest that its place's law finds of it: 2 in scope, 1 open. */
static uint8_t *weigh(const struct np_devices *d, const struct np_findings *f)
{
	uint8_t *v = calloc(d->n + 1, 1);

	for (size_t i = 0; v && i < f->n; i++) {
		const struct np_finding *x = &f->v[i];
		size_t at = (size_t)(x->device - d->v);

		if (x->elsewhere || at >= d->n)
			continue;
		if (x->status == NP_IN_SCOPE ||
		    x->status == NP_COMPONENT_IN_SCOPE)
			v[at] = 2;
		else if (x->status == NP_UNDETERMINED && !v[at])
			v[at] = 1;
	}
	return v;
}

/* In kilometres, of what is in scope, whether on the path or not. */
static void measure(const struct np_places *p, const struct np_zone *z,
		    uint32_t site, struct np_zone_count *c)
{
	double la, lo, km;

	if (!z->located || !np_site_located(p, site, &la, &lo))
		return;
	km = np_kilometres(z->latitude, z->longitude, la, lo);
	c->located++;
	c->near += km <= z->within;
	if (c->nearest < 0 || km < c->nearest) {
		c->nearest = km;
		c->nearest_site = site;
	}
}

void np_zone_count(const struct np_places *p, size_t zone,
		   const struct np_devices *d, const struct np_findings *f,
		   struct np_zone_count *ret)
{
	const struct np_zone *z = &p->zones.v[zone].pub;
	uint8_t *found = weigh(d, f);

	*ret = (struct np_zone_count){.nearest = -1,
				      .nearest_site = NP_NO_SITE};
	for (size_t i = 0; found && i < d->n; i++) {
		if (found[i] == 2)
			measure(p, z, d->v[i].site, ret);
		if (!np_zone_served_by(p, zone, i))
			continue;
		if (found[i] == 2)
			ret->in_scope++;
		else if (found[i] || d->v[i].maker == NP_NO_MAKER ||
			 d->v[i].sure == NP_DISPUTED ||
			 d->v[i].sure == NP_POSSIBLE)
			ret->unknown++;
		else
			ret->other++;
	}
	free(found);
}
