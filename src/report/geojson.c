/* SPDX-License-Identifier: ISC */
/*
 * Sites as GeoJSON (RFC 7946): longitude before latitude, WGS84; a site whose
 * place is not stated is a Feature without geometry (section 3.2). Each carries
 * counts and what may be said of its silence, never a box. Boxes at no site,
 * and the opening sentence, are foreign members (section 6.1).
 */
#include "report/coverage.h"
#include "report/export.h"
#include <stdlib.h>

struct count {
	uint64_t by[NP_DISPUTED + 1], boxes, theirs;
	uint64_t status[NP_NSTATUSES];
	/* Of these, where the text of the rule was not read; and what such a
	 * finding is called. */
	uint64_t unread[NP_NSTATUSES];
	const char *called[NP_NSTATUSES];
};

/* By site, the last for boxes at none; to be freed. */
static struct count *counted(const struct np_report *r, size_t n)
{
	struct count *v = calloc(n + 1, sizeof(*v));

	if (!v)
		return NULL;
	for (size_t i = 0; i < r->devices->n; i++) {
		const struct np_device *d = &r->devices->v[i];
		struct count *c = &v[d->site < n ? d->site : n];

		c->boxes++;
		c->by[d->sure]++;
	}
	for (size_t i = 0; i < r->findings->n; i++) {
		const struct np_finding *f = &r->findings->v[i];
		uint32_t site = f->device->site;
		struct count *c = &v[site < n ? site : n];
		const char *called = np_finding_status(f);

		if (f->elsewhere)
			continue;
		if (strcmp(called, np_status_name(f->status)) == 0) {
			c->status[f->status]++;
		} else {
			c->unread[f->status]++;
			c->called[f->status] = called;
		}
	}
	for (size_t i = 0; i < r->devices->ncrowds; i++) {
		const struct np_crowd *c = &r->devices->crowds[i];

		v[c->site < n ? c->site : n].theirs += c->n;
	}
	return v;
}

static void put_count(const struct count *c, struct np_buf *b)
{
	np_putf(b, "\"devices\":%llu", (unsigned long long)c->boxes);
	for (int i = 0; i <= NP_DISPUTED; i++)
		np_putf(b, ",\"%s\":%llu", np_sure_name((enum np_sure)i),
			(unsigned long long)c->by[i]);
	np_putf(b, ",\"subscribers\":%llu,\"findings\":{",
		(unsigned long long)c->theirs);
	for (int i = 0; i < NP_NSTATUSES; i++)
		np_putf(b, "%s\"%s\":%llu", i ? "," : "",
			np_status_name((enum np_status)i),
			(unsigned long long)c->status[i]);
	for (int i = 0; i < NP_NSTATUSES; i++) {
		if (c->called[i])
			np_putf(b, ",\"%s\":%llu", c->called[i],
				(unsigned long long)c->unread[i]);
	}
	np_putc(b, '}');
}

/* Six digits behind the point are a decimetre; no zeros at the end. */
static void put_degrees(struct np_buf *b, double v)
{
	char text[32];
	size_t n;

	(void)snprintf(text, sizeof(text), "%.6f", v);
	for (n = strlen(text); n && text[n - 1] == '0'; n--)
		;
	if (n && text[n - 1] == '.')
		n--;
	np_put(b, text, n);
}

static void put_geometry(const struct np_report *r, uint32_t site,
			 struct np_buf *b)
{
	double lat, lon;

	if (!r->places || !np_site_located(r->places, site, &lat, &lon)) {
		np_puts(b, ",\"geometry\":null");
		return;
	}
	np_puts(b, ",\"geometry\":{\"type\":\"Point\",\"coordinates\":[");
	put_degrees(b, lon);
	np_putc(b, ',');
	put_degrees(b, lat);
	np_puts(b, "]}");
}

/* ,"coverage":…: the verdict on silence, until when, and the sentence. */
static void put_silence(const struct np_report *r, const struct np_ledger *l,
			size_t place, struct np_buf *b)
{
	struct np_buf says = np_buf(65536);
	struct np_silence_state s;
	char day[16];

	np_place_state(r->silence, np_ledger_place(l, place), NULL, 0, r->as_of,
		       &s);
	np_put_state(r->silence, np_ledger_place(l, place), &s, &says);
	np_put_jmember(b, "coverage", np_silence_verdict_name(s.verdict));
	np_put_jmember(b, "coverage_until",
		       s.until == NP_NODAY ? NULL : np_day_text(s.until, day));
	np_put_jmember(b, "coverage_text", says.p);
	b->failed |= says.failed;
	np_buf_free(&says);
}

static void put_site(const struct np_report *r, uint32_t i,
		     const struct count *c, const struct np_ledger *l,
		     const struct np_universe *u, struct np_buf *b)
{
	const struct np_site *s = np_site(r->party, i);
	size_t place = np_declared_site(u, s->id);

	np_puts(b, "{\"type\":\"Feature\",\"id\":");
	np_put_jtext(b, s->id);
	put_geometry(r, i, b);
	np_puts(b, ",\"properties\":{\"site\":");
	np_put_jtext(b, s->id);
	np_put_jmember(b, "name", s->name);
	np_put_jmember(b, "country", s->country);
	np_put_jmember(b, "region", s->region);
	np_putc(b, ',');
	put_count(c, b);
	if (place != SIZE_MAX)
		put_silence(r, l, place, b);
	np_puts(b, "}}");
}

static int put_all(const struct np_report *r, const struct np_style *s,
		   const struct count *c, struct np_buf *b, FILE *to)
{
	struct np_universe *u;
	struct np_ledger *l = np_party_ledger(r, &u);
	size_t n = np_sites(r->party);
	const char *open = "\n";
	char day[16];
	int rc = l ? NP_OK : NP_ENOMEM;

	np_puts(b, "{\"type\":\"FeatureCollection\",\"schema\":"
		   "\"nameplate.geojson/1\"");
	np_put_jmember(b, "as_of", np_day_text(r->as_of, day));
	np_put_jmember(b, "opening", np_law_opening(r->law));
	np_puts(b, ",\"unplaced\":{");
	put_count(&c[n], b);
	np_puts(b, "},\"features\":[");
	for (uint32_t i = 0; i < n && !rc; i++) {
		if (!np_export_site(r, s, i))
			continue;
		np_puts(b, open);
		open = ",\n";
		put_site(r, i, &c[i], l, u, b);
		rc = np_put_out(b, to);
	}
	np_puts(b, "]}\n");
	np_ledger_free(l);
	np_universe_free(u);
	return rc ? rc : np_put_out(b, to);
}

int np_write_geojson(const struct np_report *r, const struct np_style *s,
		     FILE *to)
{
	struct np_buf b = np_buf((size_t)16 << 20);
	struct count *c = counted(r, np_sites(r->party));
	int rc = c ? put_all(r, s, c, &b, to) : NP_ENOMEM;

	free(c);
	np_buf_free(&b);
	return rc;
}
