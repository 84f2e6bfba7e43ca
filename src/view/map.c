/* SPDX-License-Identifier: ISC */
/*
 * Sites and zones on the world. Coordinates have three digits behind the point:
 * a thousandth of a map that is 1000 wide is forty metres at the equator, so
 * that two sites of one town do not fall together when somebody looks closer.
 */
#include "draw/earth.h"
#include "report/coverage.h"
#include "report/member.h"
#include "view/drawn.h"
#include <stdlib.h>

#define RING 48 /* points of a zone's edge */

struct map {
	const struct np_view_in *in;
	size_t nsites;
	uint64_t (*at)[NP_SHADES]; /* by site, the last for boxes at none */
	uint8_t *looked;
	struct np_arena mem;
};

/* 0: nobody looked; 1: in part, or too long ago; 2: looked. */
static int find_looked(struct map *m)
{
	const struct np_report *r = m->in->report;
	struct np_universe *u;
	struct np_ledger *l = np_party_ledger(r, &u);

	for (uint32_t i = 0; i < m->nsites && l; i++) {
		size_t at = np_declared_site(u, np_site(r->party, i)->id);
		const struct np_looked_at *p;
		struct np_silence_state s;

		if (at == SIZE_MAX)
			continue;
		p = np_ledger_place(l, at);
		np_place_state(r->silence, p, NULL, 0, r->as_of, &s);
		m->looked[i] = s.verdict == NP_V_NOT_LOOKED ? 0
			       : s.expired || p->limited    ? 1
							    : 2;
	}
	np_ledger_free(l);
	np_universe_free(u);
	return l ? NP_OK : NP_ENOMEM;
}

static void count(struct map *m)
{
	const struct np_devices *d = m->in->report->devices;

	for (size_t i = 0; i < d->n; i++) {
		uint32_t site = d->v[i].site;

		if (np_view_shows(m->in, i))
			m->at[site < m->nsites ? site : m->nsites]
			     [np_shade_of(m->in, i)]++;
	}
}

static bool is_shown(const struct map *m, uint32_t site)
{
	return np_view_site(m->in, site) &&
	       np_export_site(m->in->report, m->in->style, site);
}

/* ---- sites */

static void add_thousandth(struct np_column *c, bool known, double v)
{
	if (!known) {
		np_column_null(c);
		return;
	}
	if (c->n++)
		np_putc(&c->v, ',');
	np_put_thousandths(&c->v, v);
}

static bool spot_of(const struct map *m, uint32_t site, struct np_spot *ret)
{
	struct np_places *p = m->in->report->places;
	double lat, lon;

	return p && np_audience_sees(m->in, NP_SHOW_COORDINATES) &&
	       np_site_located(p, site, &lat, &lon) &&
	       np_earth_box(lat, lon, ret);
}

static void put_sites(const struct map *m, struct np_buf *b)
{
	struct np_column id = np_column("id", false),
			 name = np_column("name", false),
			 country = np_column("country", true),
			 x = np_column("x", false), y = np_column("y", false),
			 looked = np_column("looked", false), fate[NP_SHADES];

	for (int f = 0; f < NP_SHADES; f++)
		fate[f] = np_column(np_shade_name((enum np_shade)f), false);
	for (uint32_t i = 0; i < m->nsites; i++) {
		struct np_spot p = {0, 0};
		bool known = spot_of(m, i, &p);

		if (!is_shown(m, i))
			continue;
		np_column_text(&id, np_view_site(m->in, i));
		np_column_text(&name, np_view_site_name(m->in, i));
		np_column_text(&country, np_export_country(m->in->report, i));
		add_thousandth(&x, known, p.x);
		add_thousandth(&y, known, p.y);
		np_column_int(&looked, m->looked[i]);
		for (int f = 0; f < NP_SHADES; f++)
			np_column_int(&fate[f], (int64_t)m->at[i][f]);
	}
	np_putf(b, ",\"sites\":{\"n\":%u", id.n);
	np_column_put(&id, true, b);
	np_column_put(&name, true, b);
	np_column_put(&country, true, b);
	np_column_put(&x, true, b);
	np_column_put(&y, true, b);
	for (int f = 0; f < NP_SHADES; f++)
		np_column_put(&fate[f], true, b);
	np_column_put(&looked, true, b);
	np_putc(b, '}');
}

/* ---- zones */

static void put_ring(const struct np_zone *z, struct np_buf *b)
{
	struct np_spot ring[RING];

	if (!z->located || !(z->within > 0)) {
		np_puts(b, ",\"d\":null");
		return;
	}
	np_earth_ring(z->latitude, z->longitude, z->within, ring, RING);
	np_puts(b, ",\"d\":\"");
	for (size_t i = 0; i < RING; i++) {
		np_putc(b, i ? 'L' : 'M');
		np_put_thousandths(b, ring[i].x);
		np_putc(b, ' ');
		np_put_thousandths(b, ring[i].y);
	}
	np_puts(b, "Z\"");
}

static void put_zone(const struct np_places *p, size_t i, struct np_buf *b)
{
	const struct np_zone *z = np_zone(p, i);
	const uint32_t *v;
	struct np_spot at;

	np_puts(b, i ? ",{\"id\":" : "{\"id\":");
	np_put_jtext(b, z->id);
	np_put_jmember(b, "name", z->name);
	np_put_jmember(b, "kind", z->kind);
	if (z->located && np_earth_box(z->latitude, z->longitude, &at)) {
		np_puts(b, ",\"x\":");
		np_put_thousandths(b, at.x);
		np_puts(b, ",\"y\":");
		np_put_thousandths(b, at.y);
	} else {
		np_puts(b, ",\"x\":null,\"y\":null");
	}
	put_ring(z, b);
	np_member_n(b, "n", np_zone_devices(p, i, &v));
	np_putc(b, '}');
}

static void put_zones(const struct map *m, struct np_buf *b)
{
	const struct np_places *p = m->in->report->places;

	np_puts(b, ",\"zones\":[");
	for (size_t i = 0;
	     p && np_audience_sees(m->in, NP_SHOW_ZONES) && i < np_zones(p);
	     i++)
		put_zone(p, i, b);
	np_putc(b, ']');
}

/* ---- countries */

struct country {
	const char *code;
	uint64_t n[NP_SHADES];
};

static int by_code(const void *p, const void *q)
{
	const struct country *x = p, *y = q;

	return strcmp(x->code, y->code);
}

/* Of all boxes at a place whose country is stated. */
static int put_countries(struct map *m, struct np_buf *b)
{
	const struct np_report *r = m->in->report;
	struct country *v = np_zalloc(&m->mem, (m->nsites + 1) * sizeof(*v));
	struct np_labels words = {.mem = &m->mem};
	uint32_t n = 0, shown = 0;

	if (!v)
		return NP_ENOMEM;
	for (uint32_t i = 0; i < m->nsites; i++) {
		const char *code = np_export_country(r, i);
		uint32_t k = code ? np_label(&words, code) : 0;

		if (!code || !np_export_site(r, m->in->style, i))
			continue;
		if (k == NP_NO_LABEL)
			return NP_ENOMEM;
		v[k].code = code;
		for (int f = 0; f < NP_SHADES; f++)
			v[k].n[f] += m->at[i][f];
	}
	for (uint32_t k = 0; k < words.n; k++)
		if (v[k].code)
			v[n++] = v[k];
	if (n)
		qsort(v, n, sizeof(*v), by_code);
	np_puts(b, ",\"countries\":{");
	for (uint32_t k = 0; k < n; k++) {
		np_puts(b, shown++ ? "," : "");
		np_put_jtext(b, v[k].code);
		np_puts(b, ":{\"name\":");
		np_put_jtext(b, np_place_name(r->law, v[k].code));
		np_putc(b, ',');
		np_put_shades(v[k].n, b);
		np_putc(b, '}');
	}
	np_putc(b, '}');
	return NP_OK;
}

int np_view_map(const struct np_view_in *in, struct np_buf *b,
		struct np_err *reterr)
{
	struct map m = {.in = in,
			.nsites = np_sites(in->report->party),
			.mem = np_arena((size_t)256 << 20)};
	uint64_t unplaced = 0;
	int rc;

	(void)reterr;
	m.at = np_zalloc(&m.mem, (m.nsites + 1) * sizeof(*m.at));
	m.looked = np_zalloc(&m.mem, m.nsites + 1);
	rc = m.at && m.looked ? find_looked(&m) : NP_ENOMEM;
	if (!rc) {
		count(&m);
		for (int f = 0; f < NP_SHADES; f++)
			unplaced += m.at[m.nsites][f];
		np_view_head(b, "map");
		np_puts(b, ",\"box\":[0,0,1000,487]");
		put_sites(&m, b);
		put_zones(&m, b);
		np_member_n(b, "unplaced", unplaced);
		rc = put_countries(&m, b);
		np_putc(b, '}');
	}
	np_arena_free(&m.mem);
	return rc ? rc : b->failed ? NP_ENOMEM : NP_OK;
}
