/* SPDX-License-Identifier: ISC */
#include "views.h"
#include "outcome.h"
#include "store/plan.h"
#include "topology.h"
#include "view/drawn.h"

static int set_audience(const struct np_views_ask *ask, struct np_views *v,
			struct np_err *reterr)
{
	v->in.table = &v->table;
	v->in.audience = v->table.standard;
	v->in.lang = ask->lang ? ask->lang : "en";
	if (ask->audience && !np_audience_find(ask->audience, &v->in.audience))
		return np_fail(
			reterr, NP_EUSAGE,
			"expected engineer, auditor, regulator or public",
			ask->audience, 0);
	if (!np_language_known(v->in.lang))
		return np_fail(reterr, NP_EUSAGE, "expected en, de, it or ja",
			       v->in.lang, 0);
	return NP_OK;
}

/* --site names the place of the sources, or picks one of many. */
static int set_site(const struct np_views_ask *ask, struct np_views *v,
		    struct np_err *reterr)
{
	if (np_export_find(&v->report, ask->site) == NP_NO_SITE)
		return NP_OK;
	if (!np_audience_sees(&v->in, NP_SHOW_SITES))
		return np_fail(reterr, NP_EUSAGE,
			       "who is to see no site cannot be shown one",
			       ask->site, 0);
	v->style.site = ask->site;
	return NP_OK;
}

/* Where nobody may see who is joined to whom, nobody asks. */
static int set_graph(struct np_run *r, const struct np_views_ask *ask,
		     struct np_views *v, struct np_err *reterr)
{
	const struct np_topology_ask nothing = {0};
	int rc;

	if (!np_audience_sees(&v->in, NP_SHOW_TOPOLOGY) &&
	    !np_audience_sees(&v->in, NP_SHOW_CUTS))
		return NP_OK;
	rc = np_risk_know(ask->knowledge, &v->mem, &v->know, reterr);
	if (rc)
		return rc;
	v->graphed = true;
	rc = np_topology(r, &nothing, &v->know, &v->risk, reterr);
	if (!rc && !v->risk.nroots)
		rc = np_view_centres(&v->risk, &v->mem);
	v->page = (struct np_risk_page){
		.r = &v->report, .s = &v->style, .k = &v->risk, .mem = &v->mem};
	if (!rc)
		rc = np_risk_page_open(&v->page);
	if (!rc)
		v->in.risk = &v->page;
	return rc;
}

int np_views_open(struct np_run *r, const struct np_views_ask *ask,
		  struct np_views *ret, struct np_err *reterr)
{
	int rc;

	*ret = (struct np_views){.mem = np_arena((size_t)1 << 30)};
	ret->in.report = &ret->report;
	ret->in.style = &ret->style;
	ret->in.dossier = r->dossier;
	rc = np_audience_open(ask->knowledge, &ret->mem, &ret->table, reterr);
	if (!rc)
		rc = set_audience(ask, ret, reterr);
	ret->in.what_if = r->conf.what_if;
	if (!rc)
		rc = np_outcome(r, &ret->report);
	if (!rc)
		rc = set_site(ask, ret, reterr);
	if (!rc)
		rc = set_graph(r, ask, ret, reterr);
	if (!rc && r->dossier)
		rc = np_dossier_plan(r->dossier, &ret->mem, &ret->in.plan,
				     &ret->in.plan_n);
	return rc ? rc : np_view_index(&ret->in, &ret->mem);
}

void np_views_free(struct np_views *v)
{
	if (v->graphed)
		np_risk_free(&v->risk);
	np_arena_free(&v->mem);
}
