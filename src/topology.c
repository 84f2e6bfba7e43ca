/* SPDX-License-Identifier: ISC */
#include "topology.h"
#include "store/dossier.h"

/* Sites of the dossier's sources, by number. */
struct places {
	struct np_run *run;
	uint32_t *site;
	size_t n;
};

static int add_place(void *ctx, const struct np_kept_source *s)
{
	struct places *p = ctx;

	if (s->number >= p->n) {
		size_t n = (size_t)s->number * 2 + 64;
		uint32_t *v = np_alloc(&p->run->mem, n * sizeof(*v));

		if (!v)
			return NP_ENOMEM;
		if (p->n)
			memcpy(v, p->site, p->n * sizeof(*v));
		for (size_t i = p->n; i < n; i++)
			v[i] = NP_NO_SITE;
		p->site = v;
		p->n = n;
	}
	p->site[s->number] =
		s->site ? np_site_find(p->run->party, s->site) : NP_NO_SITE;
	return NP_OK;
}

static uint32_t site_of(void *ctx, uint32_t source)
{
	const struct places *p = ctx;

	return source < p->n ? p->site[source] : NP_NO_SITE;
}

static int hear(void *ctx, const struct np_sighting *s,
		const struct np_claims *c)
{
	(void)c;
	return np_risk_hear(ctx, s);
}

/* The operator's own zones, by what is said to serve them. */
static int add_zones(struct np_run *run, struct np_risk *ret)
{
	for (size_t z = 0; z < np_zones(run->places); z++) {
		const uint32_t *v;
		size_t n = np_zone_devices(run->places, z, &v);
		int rc = np_risk_zone(ret, np_zone(run->places, z)->id, v, n);

		if (rc)
			return rc;
	}
	return NP_OK;
}

int np_topology(struct np_run *run, const struct np_topology_ask *o,
		const struct np_risk_know *know, struct np_risk *ret,
		struct np_err *reterr)
{
	struct places *p = np_zalloc(&run->mem, sizeof(*p));
	const struct np_risk_ask ask = {.know = know,
					.knowledge = run->knowledge,
					.devices = &run->devices,
					.site = site_of,
					.ctx = p,
					.fact = np_places_fact,
					.fact_ctx = run->places};
	struct np_arena keep = np_arena((size_t)1 << 30);
	int rc = p ? np_risk_open(&ask, ret) : NP_ENOMEM;

	if (!rc) {
		p->run = run;
		rc = np_dossier_sources(run->dossier, add_place, p);
	}
	if (!rc)
		rc = np_dossier_sightings(run->dossier, run->knowledge, &keep,
					  hear, ret, reterr);
	np_arena_free(&keep);
	if (!rc)
		rc = np_risk_close(ret, o->root, reterr);
	if (!rc)
		rc = add_zones(run, ret);
	if (!rc && o->zones)
		rc = np_risk_zones(ret, o->zones, reterr);
	if (!rc && o->cve)
		rc = np_risk_cves(ret, o->cve, reterr);
	return rc;
}
