/* SPDX-License-Identifier: ISC */
#include "report/rows.h"
#include "report/answer.h"
#include "report/coverage.h"
#include "report/export.h"

const char *const np_column_names[] = {
#define XX(name) #name,
	NP_ROW_COLUMNS(XX)
#undef XX
		NULL};

static const char *const records[] = {
	[NP_R_NOTE] = "note",
	[NP_R_DEVICE] = "device",
	[NP_R_FINDING] = "finding",
	[NP_R_SUBSCRIBERS] = "subscribers",
	[NP_R_CONTRACT] = "contract",
	[NP_R_CONTRACT_FINDING] = "contract finding",
	[NP_R_COVERAGE] = "coverage",
};

struct going {
	const struct np_report *r;
	const struct np_style *s;
	np_row_fn *fn;
	void *to;
	struct np_row row;
};

static void text(struct going *g, enum np_column c, const char *s)
{
	g->row.cell[c] = (struct np_cell){
		.form = s && *s ? NP_CELL_TEXT : NP_CELL_NONE, .text = s};
}

static void count(struct going *g, enum np_column c, int64_t n)
{
	g->row.cell[c] = (struct np_cell){.form = NP_CELL_COUNT, .number = n};
}

static void when(struct going *g, enum np_column c, int64_t t)
{
	g->row.cell[c] = (struct np_cell){.form = t == NP_NEVER ? NP_CELL_NONE
								: NP_CELL_TIME,
					  .number = t};
}

static void day(struct going *g, enum np_column c, int32_t d)
{
	g->row.cell[c] = (struct np_cell){.form = d == NP_NODAY ? NP_CELL_NONE
								: NP_CELL_DAY,
					  .number = d};
}

static void begin(struct going *g, enum np_record record)
{
	g->row = (struct np_row){.record = record};
	text(g, NP_C_record, records[record]);
}

/* The same words go on, for what belongs to the row before. */
static void again(struct going *g, enum np_record record)
{
	g->row.record = record;
	text(g, NP_C_record, records[record]);
	day(g, NP_C_date, NP_NODAY);
	g->row.cell[NP_C_days].form = NP_CELL_NONE;
}

static int end(struct going *g)
{
	return g->fn(g->to, &g->row);
}

static void at_site(struct going *g, uint32_t site)
{
	const struct np_party *p = g->r->party;

	if (site >= np_sites(p))
		return;
	text(g, NP_C_site, np_site(p, site)->id);
	text(g, NP_C_site_name, np_site(p, site)->name);
	text(g, NP_C_country, np_site(p, site)->country);
}

static void who(struct going *g, const struct np_device *d)
{
	const struct np_knowledge *k = g->r->knowledge;
	struct np_like like;

	text(g, NP_C_maker, np_maker_slug(k, d->maker));
	text(g, NP_C_maker_name, np_report_maker(g->r, d->maker));
	text(g, NP_C_verdict, np_sure_name(d->sure));
	text(g, NP_C_rival, np_maker_slug(k, d->rival));
	text(g, NP_C_brand, d->brand);
	text(g, NP_C_model, d->model);
	text(g, NP_C_family, d->family);
	text(g, NP_C_version, d->version);
	text(g, NP_C_serial, d->serial);
	text(g, NP_C_os, d->os);
	text(g, NP_C_function, d->function);
	if (!np_device_cases(k, d, &like))
		return;
	count(g, NP_C_like_right, like.k);
	count(g, NP_C_like_of, like.n);
	g->row.cell[NP_C_confidence] =
		(struct np_cell){.form = NP_CELL_SHARE, .share = like.least};
}

static void of_box(struct going *g, const struct np_export_box *b)
{
	const struct np_device *d = b->d;

	begin(g, NP_R_DEVICE);
	text(g, NP_C_id, d->id);
	text(g, NP_C_device, d->id);
	at_site(g, d->site);
	who(g, d);
	text(g, NP_C_owner, np_owner_name(d->owner));
	text(g, NP_C_origin, np_origin_name(d->origin));
	text(g, NP_C_role_in_source, d->neighbour ? "neighbour" : "subject");
	text(g, NP_C_mac, b->macs);
	text(g, NP_C_ip, b->ips);
	text(g, NP_C_name, b->names);
	when(g, NP_C_first, d->first);
	when(g, NP_C_last, d->last);
}

static void of_law(struct going *g, const struct np_finding *f)
{
	const struct np_clause *c = f->clause;

	text(g, NP_C_clause, c ? c->id : NULL);
	text(g, NP_C_jurisdiction, c ? c->jurisdiction : NULL);
	text(g, NP_C_duty, c ? np_duty_name(c->duty) : NULL);
	text(g, NP_C_status, np_finding_status(f));
	text(g, NP_C_sure, c ? np_certainty_name(c->sure) : NULL);
	text(g, NP_C_component, f->component ? "true" : "false");
	text(g, NP_C_elsewhere, f->elsewhere ? "true" : "false");
	text(g, NP_C_bound, f->bound);
	text(g, NP_C_missing, f->missing);
	text(g, NP_C_text, f->text);
	text(g, NP_C_citation, c ? c->citation : NULL);
	if (f->date == NP_NODAY)
		return;
	day(g, NP_C_date, f->date);
	count(g, NP_C_days, f->days);
}

static int go_box(struct going *g, const struct np_export_box *b)
{
	char id[256];
	int rc;

	of_box(g, b);
	rc = end(g);
	for (size_t i = 0; i < b->n && !rc; i++) {
		const struct np_finding *f = &b->v[i];

		(void)snprintf(id, sizeof(id), "%s/%s%s", b->d->id,
			       f->clause ? f->clause->id : "place",
			       f->component ? "/part" : "");
		again(g, NP_R_FINDING);
		text(g, NP_C_id, id);
		of_law(g, f);
		rc = end(g);
	}
	return rc;
}

static int go_boxes(struct going *g)
{
	struct np_export x = np_export(g->r, g->s);
	struct np_export_box box;
	int rc, stop = 0;

	while (!stop && (rc = np_export_next(&x, &box)) > 0)
		stop = go_box(g, &box);
	np_export_free(&x);
	return stop ? stop : rc;
}

static int go_crowds(struct going *g)
{
	int rc = NP_OK;

	for (size_t i = 0; i < g->r->devices->ncrowds && !rc; i++) {
		const struct np_crowd *v = &g->r->devices->crowds[i];
		const struct np_knowledge *k = g->r->knowledge;

		if (!np_export_site(g->r, g->s, v->site))
			continue;
		begin(g, NP_R_SUBSCRIBERS);
		at_site(g, v->site);
		text(g, NP_C_maker, np_maker_slug(k, v->maker));
		text(g, NP_C_maker_name, np_report_maker(g->r, v->maker));
		text(g, NP_C_verdict, np_sure_name(v->sure));
		text(g, NP_C_rival, np_maker_slug(k, v->rival));
		text(g, NP_C_model, v->model);
		count(g, NP_C_n, (int64_t)v->n);
		rc = end(g);
	}
	return rc;
}

static int go_contract(struct going *g, const struct np_contract *v,
		       const char *id)
{
	const struct np_findings *all = g->r->of_contracts;
	int rc;

	begin(g, NP_R_CONTRACT);
	text(g, NP_C_id, id);
	text(g, NP_C_device, id);
	at_site(g, np_export_find(g->r, v->site));
	text(g, NP_C_maker, np_maker_slug(g->r->knowledge, v->maker));
	text(g, NP_C_maker_name, np_report_maker(g->r, v->maker));
	text(g, NP_C_name, v->supplier);
	text(g, NP_C_function, v->service);
	day(g, NP_C_first, v->from);
	rc = end(g);
	for (size_t f = 0; all && f < all->n && !rc; f++) {
		if (strcmp(all->v[f].device->id, id) != 0)
			continue;
		again(g, NP_R_CONTRACT_FINDING);
		of_law(g, &all->v[f]);
		rc = end(g);
	}
	return rc;
}

static int go_contracts(struct going *g)
{
	const struct np_places *places = g->r->places;
	char id[32];
	int rc = NP_OK;

	for (size_t i = 0; places && i < np_contracts(places) && !rc; i++) {
		const struct np_contract *v = np_contract(places, i);

		if (g->s->site &&
		    (!v->site || strcmp(v->site, g->s->site) != 0))
			continue;
		(void)snprintf(id, sizeof(id), "c-%zu", i + 1);
		rc = go_contract(g, v, id);
	}
	return rc;
}

static int go_place(struct going *g, const struct np_looked_at *v,
		    struct np_buf *says)
{
	const struct np_silence *rules = g->r->silence;
	uint32_t site = np_export_find(g->r, v->place->text);
	struct np_silence_state state;

	if (!np_export_site(g->r, g->s, site))
		return NP_OK;
	np_place_state(rules, v, NULL, 0, g->r->as_of, &state);
	np_buf_clear(says);
	np_put_whole(rules, v, &state, NULL, says);
	begin(g, NP_R_COVERAGE);
	at_site(g, site);
	text(g, NP_C_status, np_silence_verdict_name(state.verdict));
	text(g, NP_C_text, says->p);
	when(g, NP_C_first, v->first);
	when(g, NP_C_last, v->last);
	day(g, NP_C_date, state.until);
	return says->failed ? NP_ENOMEM : end(g);
}

static int go_coverage(struct going *g)
{
	struct np_universe *u;
	struct np_ledger *l = np_party_ledger(g->r, &u);
	struct np_buf says = np_buf(65536);
	int rc = l ? NP_OK : NP_ENOMEM;

	for (size_t i = 0; !rc && i < np_declared_n(u); i++)
		rc = go_place(g, np_ledger_place(l, i), &says);
	np_buf_free(&says);
	np_ledger_free(l);
	np_universe_free(u);
	return rc;
}

int np_rows(const struct np_report *r, const struct np_style *s, np_row_fn *fn,
	    void *to)
{
	struct going g = {.r = r, .s = s, .fn = fn, .to = to};
	int rc;

	begin(&g, NP_R_NOTE);
	text(&g, NP_C_text, np_law_opening(r->law));
	day(&g, NP_C_date, r->as_of);
	rc = end(&g);
	rc = rc ? rc : go_boxes(&g);
	rc = rc ? rc : go_crowds(&g);
	rc = rc ? rc : go_contracts(&g);
	return rc ? rc : go_coverage(&g);
}
