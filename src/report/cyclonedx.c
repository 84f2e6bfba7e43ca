/* SPDX-License-Identifier: ISC */
/*
 * CycloneDX 1.6 (ECMA-424): the network is the subject, sites are platforms in
 * it, boxes are devices of a site. `compositions` carry coverage: nothing that
 * was listened to is ever "complete". `declarations` carry the claims with what
 * speaks for and against them (cyclonedx_claims.c). `manufacturer` is filled
 * for confirmed makers only, since a reader takes it for a fact.
 */
#include "report/cyclonedx.h"
#include "core/hash.h"
#include "report/answer.h"
#include <stdlib.h>

#define PIECE ((size_t)64 << 10)

void np_cdx_item(struct np_cdx *c)
{
	np_puts(&c->b, c->open ? ",\n" : "\n");
	c->open = true;
}

void np_cdx_list(struct np_cdx *c, const char *name)
{
	np_putf(&c->b, ",\"%s\":[", name);
	c->open = false;
}

void np_cdx_end(struct np_cdx *c)
{
	np_putc(&c->b, ']');
	c->open = true;
}

int np_cdx_flush(struct np_cdx *c)
{
	return c->b.n < PIECE && !c->b.failed ? NP_OK
					      : np_put_out(&c->b, c->to);
}

size_t np_cdx_place(const struct np_cdx *c, size_t site)
{
	return site < c->nsites
		       ? np_declared_site(c->u, np_site(c->r->party, site)->id)
		       : SIZE_MAX;
}

bool np_cdx_shown(const struct np_cdx *c, size_t site)
{
	uint32_t at = site < c->nsites ? (uint32_t)site : NP_NO_SITE;

	return np_export_site(c->r, c->s, at) &&
	       (site < c->nsites || c->from[site] < c->from[site + 1]);
}

void np_cdx_site_ref(const struct np_cdx *c, size_t site, struct np_buf *b)
{
	np_puts(b, "site:");
	if (site < c->nsites)
		np_puts(b, np_site(c->r->party, site)->id);
}

/* ---- what there is */

/* {"name":…,"value":…}, where there is a value. */
static void property(struct np_cdx *c, const char *name, const char *value)
{
	if (!value || !*value)
		return;
	np_puts(&c->b, c->open ? ",{\"name\":" : "{\"name\":");
	np_put_jtext(&c->b, name);
	np_put_jmember(&c->b, "value", value);
	np_putc(&c->b, '}');
	c->open = true;
}

static void properties(struct np_cdx *c)
{
	np_cdx_list(c, "properties");
}

static void put_parts(struct np_cdx *c, const struct np_device *d)
{
	for (size_t i = 0; i < d->ncomponents; i++) {
		const struct np_component *p = &d->components[i];

		np_cdx_item(c);
		np_putf(&c->b,
			"{\"type\":\"device\",\"bom-ref\":\"%s/part/%zu\"",
			d->id, i + 1);
		np_put_jmember(&c->b, "name", p->model ? p->model : "part");
		properties(c);
		property(c, "nameplate:maker", np_report_maker(c->r, p->maker));
		property(c, "nameplate:verdict", np_sure_name(p->sure));
		property(c, "cdx:device:serialNumber", p->serial);
		np_cdx_end(c);
		np_putc(&c->b, '}');
	}
}

static void put_firmware(struct np_cdx *c, const struct np_device *d)
{
	if (!d->version)
		return;
	np_cdx_item(c);
	np_putf(&c->b, "{\"type\":\"firmware\",\"bom-ref\":\"%s/firmware\"",
		d->id);
	np_put_jmember(&c->b, "name", d->os ? d->os : "firmware");
	np_put_jmember(&c->b, "version", d->version);
	np_putc(&c->b, '}');
}

static void put_device_properties(struct np_cdx *c,
				  const struct np_export_box *x)
{
	const struct np_device *d = x->d;
	char text[40];

	properties(c);
	property(c, "cdx:device:serialNumber", d->serial);
	property(c, "cdx:device:macAddress", x->macs);
	property(c, "cdx:device:function", d->function);
	property(c, "cdx:device:location", np_site_id(c->r->party, d->site));
	property(c, "nameplate:maker", np_report_maker(c->r, d->maker));
	property(c, "nameplate:verdict", np_sure_name(d->sure));
	property(c, "nameplate:rival", np_report_maker(c->r, d->rival));
	property(c, "nameplate:confidence",
		 np_export_confidence(c->r, d, text));
	property(c, "nameplate:brand", d->brand);
	property(c, "nameplate:family", d->family);
	property(c, "nameplate:names", x->names);
	property(c, "nameplate:addresses", x->ips);
	property(c, "nameplate:owner", np_owner_name(d->owner));
	property(c, "nameplate:origin", np_origin_name(d->origin));
	property(c, "nameplate:role_in_source",
		 d->neighbour ? "neighbour" : "subject");
	property(c, "nameplate:first",
		 d->first == NP_NEVER ? NULL : np_time_text(d->first, text));
	property(c, "nameplate:last",
		 d->last == NP_NEVER ? NULL : np_time_text(d->last, text));
	property(c, "nameplate:status",
		 x->strongest ? np_finding_status(x->strongest) : NULL);
	np_cdx_end(c);
}

static int put_device(struct np_cdx *c, size_t number)
{
	struct np_export_box x;
	int rc = np_export_box(&c->x, number, &x);
	const char *maker;

	if (rc)
		return rc;
	maker = np_export_maker(c->r, x.d);
	np_cdx_item(c);
	np_putf(&c->b, "{\"type\":\"device\",\"bom-ref\":\"%s\"", x.d->id);
	if (maker) {
		np_puts(&c->b, ",\"manufacturer\":{\"name\":");
		np_put_jtext(&c->b, maker);
		np_putc(&c->b, '}');
	}
	np_put_jmember(&c->b, "name",
		       x.d->model    ? x.d->model
		       : x.d->family ? x.d->family
				     : "device");
	if (x.d->version)
		np_put_jmember(&c->b, "version", x.d->version);
	if (x.d->ncomponents || x.d->version) {
		np_cdx_list(c, "components");
		put_firmware(c, x.d);
		put_parts(c, x.d);
		np_cdx_end(c);
	}
	put_device_properties(c, &x);
	np_putc(&c->b, '}');
	return np_cdx_flush(c);
}

/* "41 x Huawei HG8245H (confirmed)" */
static void put_crowds(struct np_cdx *c, size_t site)
{
	struct np_buf text = np_buf(65536);

	for (size_t i = 0; i < c->r->devices->ncrowds; i++) {
		const struct np_crowd *v = &c->r->devices->crowds[i];
		const char *maker = np_report_maker(c->r, v->maker);

		if ((v->site < c->nsites ? v->site : c->nsites) != site)
			continue;
		np_buf_clear(&text);
		np_putf(&text, "%llu x %s%s%s (%s)", (unsigned long long)v->n,
			maker ? maker : "unknown", v->model ? " " : "",
			v->model ? v->model : "", np_sure_name(v->sure));
		property(c, "nameplate:subscribers", text.p);
	}
	np_buf_free(&text);
}

static void put_site_properties(struct np_cdx *c, size_t site)
{
	const struct np_site *s =
		site < c->nsites ? np_site(c->r->party, site) : NULL;
	size_t place = np_cdx_place(c, site);
	struct np_silence_state state;
	char day[16];

	properties(c);
	property(c, "nameplate:country", s ? s->country : NULL);
	property(c, "nameplate:region", s ? s->region : NULL);
	if (place != SIZE_MAX) {
		np_place_state(c->r->silence, np_ledger_place(c->l, place),
			       NULL, 0, c->r->as_of, &state);
		property(c, "nameplate:coverage",
			 np_silence_verdict_name(state.verdict));
		property(c, "nameplate:coverage_until",
			 state.until == NP_NODAY
				 ? NULL
				 : np_day_text(state.until, day));
	}
	put_crowds(c, site);
	np_cdx_end(c);
}

static int put_site(struct np_cdx *c, size_t site)
{
	const struct np_site *s =
		site < c->nsites ? np_site(c->r->party, site) : NULL;
	struct np_buf ref = np_buf(65536);
	int rc = NP_OK;

	np_cdx_site_ref(c, site, &ref);
	np_cdx_item(c);
	np_puts(&c->b, "{\"type\":\"platform\",\"bom-ref\":");
	np_put_jtext(&c->b, ref.p);
	np_buf_free(&ref);
	np_put_jmember(&c->b, "name",
		       !s	 ? "no place stated"
		       : s->name ? s->name
				 : s->id);
	put_site_properties(c, site);
	np_cdx_list(c, "components");
	for (size_t i = c->from[site]; i < c->from[site + 1] && !rc; i++)
		rc = put_device(c, c->order[i]);
	np_cdx_end(c);
	np_putc(&c->b, '}');
	return rc;
}

static void put_services(struct np_cdx *c)
{
	size_t n = c->r->places ? np_contracts(c->r->places) : 0;

	np_cdx_list(c, "services");
	for (size_t i = 0; i < n; i++) {
		const struct np_contract *v = np_contract(c->r->places, i);
		char day[16];

		if (c->s->site && (!v->site || strcmp(v->site, c->s->site)))
			continue;
		np_cdx_item(c);
		np_putf(&c->b, "{\"bom-ref\":\"c-%zu\",\"provider\":{\"name\":",
			i + 1);
		np_put_jtext(&c->b, v->supplier ? v->supplier : "not stated");
		np_putc(&c->b, '}');
		np_put_jmember(&c->b, "name",
			       v->service ? v->service : "service");
		properties(c);
		property(c, "nameplate:site", v->site);
		property(c, "nameplate:from",
			 v->from == NP_NODAY ? NULL
					     : np_day_text(v->from, day));
		property(c, "nameplate:until",
			 v->until == NP_NODAY ? NULL
					      : np_day_text(v->until, day));
		np_cdx_end(c);
		np_putc(&c->b, '}');
	}
	np_cdx_end(c);
}

/* ---- how much of it was looked at */

static void put_compositions(struct np_cdx *c)
{
	np_cdx_list(c, "compositions");
	for (size_t i = 0; i <= c->nsites; i++) {
		size_t place = np_cdx_place(c, i);
		struct np_silence_state s = {.verdict = NP_V_NOT_LOOKED};
		struct np_buf ref = np_buf(65536);

		if (!np_cdx_shown(c, i))
			continue;
		if (place != SIZE_MAX)
			np_place_state(c->r->silence,
				       np_ledger_place(c->l, place), NULL, 0,
				       c->r->as_of, &s);
		np_cdx_site_ref(c, i, &ref);
		np_cdx_item(c);
		np_putf(&c->b, "{\"aggregate\":\"%s\",\"assemblies\":[",
			s.verdict == NP_V_NOT_LOOKED || s.expired
				? "unknown"
				: "incomplete");
		np_put_jtext(&c->b, ref.p);
		np_puts(&c->b, "]}");
		np_buf_free(&ref);
	}
	np_cdx_end(c);
}

/* ---- the document */

/* A number of the document that follows from what is in it: sources, day,
 * boxes and findings (RFC 9562, 5.8). */
static void put_serial(struct np_cdx *c)
{
	struct np_hasher *h = np_hasher_new(NP_SHA256);
	uint8_t v[32] = {0};

	if (!h) {
		c->b.failed = true;
		return;
	}
	np_hasher_begin(h);
	np_hasher_add(h, &c->r->as_of, sizeof(c->r->as_of));
	for (size_t i = 0; i < c->r->nsources; i++) {
		const char *hash = c->r->sources[i].sha256;

		np_hasher_add(h, hash ? hash : "-", hash ? strlen(hash) : 1);
	}
	if (c->s->site)
		np_hasher_add(h, c->s->site, strlen(c->s->site));
	for (size_t i = 0; i < c->r->devices->n; i++)
		np_hasher_add(h, c->r->devices->v[i].id,
			      strlen(c->r->devices->v[i].id));
	for (size_t i = 0; i < c->r->findings->n; i++) {
		const char *status = np_finding_status(&c->r->findings->v[i]);

		np_hasher_add(h, status, strlen(status));
	}
	np_hasher_end(h, v);
	np_hasher_free(h);
	v[6] = (v[6] & 0x0f) | 0x80;
	v[8] = (v[8] & 0x3f) | 0x80;
	np_puts(&c->b, ",\"serialNumber\":\"urn:uuid:");
	for (int i = 0; i < 16; i++)
		np_putf(&c->b, "%s%02x",
			i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", v[i]);
	np_putc(&c->b, '"');
}

static void put_head(struct np_cdx *c)
{
	const char *name = np_party_name(c->r->party);
	struct np_knowledge_part p;
	char day[16], what[80];

	np_puts(&c->b,
		"{\"$schema\":\"http://cyclonedx.org/schema/bom-1.6.schema."
		"json\",\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\"");
	put_serial(c);
	np_puts(&c->b,
		",\"version\":1,\"metadata\":{\"lifecycles\":[{\"phase\":"
		"\"discovery\"}],\"tools\":{\"components\":[{\"type\":"
		"\"application\",\"name\":\"nameplate\"}]},\"component\":{"
		"\"type\":\"platform\",\"bom-ref\":\"network\"");
	np_put_jmember(&c->b, "name", name ? name : "network");
	np_putc(&c->b, '}');
	properties(c);
	property(c, "nameplate:as_of", np_day_text(c->r->as_of, day));
	property(c, "nameplate:opening", np_law_opening(c->r->law));
	for (size_t i = 0; np_knowledge_part(c->r->knowledge, i, &p); i++) {
		(void)snprintf(what, sizeof(what), "nameplate:knowledge:%s",
			       p.name);
		property(c, what, p.sha256);
	}
	np_cdx_end(c);
	np_putc(&c->b, '}');
}

/* Counts devices by site, then places their numbers. */
static int sort_by_site(struct np_cdx *c)
{
	const struct np_devices *d = c->r->devices;
	size_t n = c->nsites, *next = calloc(n + 1, sizeof(*next));

	c->from = calloc(n + 2, sizeof(*c->from));
	c->order = calloc(d->n + 1, sizeof(*c->order));
	if (!next || !c->from || !c->order) {
		free(next);
		return NP_ENOMEM;
	}
	for (size_t i = 0; i < d->n; i++)
		c->from[(d->v[i].site < n ? d->v[i].site : n) + 1]++;
	for (size_t i = 0; i <= n; i++) {
		c->from[i + 1] += c->from[i];
		next[i] = c->from[i];
	}
	for (size_t i = 0; i < d->n; i++)
		c->order[next[d->v[i].site < n ? d->v[i].site : n]++] =
			(uint32_t)i;
	free(next);
	return NP_OK;
}

static int put_document(struct np_cdx *c)
{
	int rc = NP_OK;

	put_head(c);
	np_cdx_list(c, "components");
	for (size_t i = 0; i <= c->nsites && !rc; i++) {
		if (np_cdx_shown(c, i))
			rc = put_site(c, i);
	}
	np_cdx_end(c);
	if (rc)
		return rc;
	put_services(c);
	put_compositions(c);
	rc = np_cdx_declarations(c);
	np_puts(&c->b, "}\n");
	return rc ? rc : np_put_out(&c->b, c->to);
}

int np_write_cyclonedx(const struct np_report *r, const struct np_style *s,
		       FILE *to)
{
	struct np_universe *u;
	struct np_ledger *l = np_party_ledger(r, &u);
	struct np_cdx c = {
		.r = r,
		.s = s,
		.b = np_buf((size_t)64 << 20),
		.to = to,
		.x = np_export(r, s),
		.l = l,
		.u = u,
		.nsites = np_sites(r->party),
	};
	int rc = l ? sort_by_site(&c) : NP_ENOMEM;

	if (!rc)
		rc = put_document(&c);
	free(c.from);
	free(c.order);
	np_export_free(&c.x);
	np_buf_free(&c.b);
	np_ledger_free(l);
	np_universe_free(u);
	return rc;
}
