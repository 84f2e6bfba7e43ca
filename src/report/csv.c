/* SPDX-License-Identifier: ISC */
/*
 * One table for a spreadsheet: a row a device, then one for each of its
 * findings with the same words before it, so that a filter on `record` leaves
 * what can be counted. Behind them subscribers' boxes (counts), contracts for
 * services, and what may be said of each site's silence.
 */
#include "report/answer.h"
#include "report/coverage.h"
#include "report/export.h"

#define COLUMNS(XX)                                                            \
	XX(record)                                                             \
	XX(id)                                                                 \
	XX(device)                                                             \
	XX(site)                                                               \
	XX(site_name)                                                          \
	XX(country)                                                            \
	XX(maker)                                                              \
	XX(maker_name)                                                         \
	XX(verdict)                                                            \
	XX(rival)                                                              \
	XX(brand)                                                              \
	XX(model)                                                              \
	XX(family)                                                             \
	XX(version)                                                            \
	XX(serial)                                                             \
	XX(os)                                                                 \
	XX(function)                                                           \
	XX(owner)                                                              \
	XX(origin)                                                             \
	XX(role_in_source)                                                     \
	XX(mac)                                                                \
	XX(ip)                                                                 \
	XX(name)                                                               \
	XX(first)                                                              \
	XX(last)                                                               \
	XX(clause)                                                             \
	XX(jurisdiction)                                                       \
	XX(duty)                                                               \
	XX(status)                                                             \
	XX(sure)                                                               \
	XX(component)                                                          \
	XX(elsewhere)                                                          \
	XX(bound)                                                              \
	XX(date)                                                               \
	XX(missing)                                                            \
	XX(text)                                                               \
	XX(citation)                                                           \
	XX(days)                                                               \
	XX(like_right)                                                         \
	XX(like_of)                                                            \
	XX(confidence)                                                         \
	XX(n)

enum column {
#define XX(name) C_##name,
	COLUMNS(XX)
#undef XX
		C__N
};

#define FIRST_NUMBER C_days

static const char *const names[] = {
#define XX(name) #name,
	COLUMNS(XX)
#undef XX
		NULL};

struct row {
	const char *cell[C__N];
	char first[40], last[40], date[16];
	char days[16], right[16], of[16], confidence[16], n[24];
};

static void put_row(struct np_cells *c, const struct row *r)
{
	for (int i = 0; i < C__N; i++) {
		const char *s = r->cell[i];

		if (i >= FIRST_NUMBER)
			np_cells_number(c, "%s", s ? s : "");
		else
			np_cells_text(c, s);
	}
	np_cells_end(c);
}

static void at_site(const struct np_report *r, uint32_t site, struct row *x)
{
	if (site >= np_sites(r->party))
		return;
	x->cell[C_site] = np_site(r->party, site)->id;
	x->cell[C_site_name] = np_site(r->party, site)->name;
	x->cell[C_country] = np_site(r->party, site)->country;
}

static void when(int64_t t, char buf[static 40], const char **ret)
{
	*ret = t == NP_NEVER ? NULL : np_time_text(t, buf);
}

static void who(const struct np_report *r, const struct np_device *d,
		struct row *x)
{
	struct np_like like;

	x->cell[C_maker] = np_maker_slug(r->knowledge, d->maker);
	x->cell[C_maker_name] = np_report_maker(r, d->maker);
	x->cell[C_verdict] = np_sure_name(d->sure);
	x->cell[C_rival] = np_maker_slug(r->knowledge, d->rival);
	x->cell[C_brand] = d->brand;
	x->cell[C_model] = d->model;
	x->cell[C_family] = d->family;
	x->cell[C_version] = d->version;
	x->cell[C_serial] = d->serial;
	x->cell[C_os] = d->os;
	x->cell[C_function] = d->function;
	if (!np_device_cases(r->knowledge, d, &like))
		return;
	(void)snprintf(x->right, sizeof(x->right), "%u", like.k);
	(void)snprintf(x->of, sizeof(x->of), "%u", like.n);
	x->cell[C_like_right] = x->right;
	x->cell[C_like_of] = x->of;
	x->cell[C_confidence] = np_export_confidence(r, d, x->confidence);
}

static void of_box(const struct np_report *r, const struct np_export_box *b,
		   struct row *x)
{
	const struct np_device *d = b->d;

	*x = (struct row){.cell = {[C_record] = "device", [C_id] = d->id}};
	x->cell[C_device] = d->id;
	at_site(r, d->site, x);
	who(r, d, x);
	x->cell[C_owner] = np_owner_name(d->owner);
	x->cell[C_origin] = np_origin_name(d->origin);
	x->cell[C_role_in_source] = d->neighbour ? "neighbour" : "subject";
	x->cell[C_mac] = b->macs;
	x->cell[C_ip] = b->ips;
	x->cell[C_name] = b->names;
	when(d->first, x->first, &x->cell[C_first]);
	when(d->last, x->last, &x->cell[C_last]);
}

static void of_law(const struct np_finding *f, struct row *x)
{
	const struct np_clause *c = f->clause;

	x->cell[C_clause] = c ? c->id : NULL;
	x->cell[C_jurisdiction] = c ? c->jurisdiction : NULL;
	x->cell[C_duty] = c ? np_duty_name(c->duty) : NULL;
	x->cell[C_status] = np_finding_status(f);
	x->cell[C_sure] = c ? np_certainty_name(c->sure) : NULL;
	x->cell[C_component] = f->component ? "true" : "false";
	x->cell[C_elsewhere] = f->elsewhere ? "true" : "false";
	x->cell[C_bound] = f->bound;
	x->cell[C_missing] = f->missing;
	x->cell[C_text] = f->text;
	x->cell[C_citation] = c ? c->citation : NULL;
	if (f->date == NP_NODAY)
		return;
	x->cell[C_date] = np_day_text(f->date, x->date);
	(void)snprintf(x->days, sizeof(x->days), "%d", f->days);
	x->cell[C_days] = x->days;
}

static void put_box(const struct np_report *r, const struct np_export_box *b,
		    struct np_cells *c)
{
	struct row x;
	char id[256];

	of_box(r, b, &x);
	put_row(c, &x);
	for (size_t i = 0; i < b->n; i++) {
		const struct np_finding *f = &b->v[i];

		(void)snprintf(id, sizeof(id), "%s/%s%s", b->d->id,
			       f->clause ? f->clause->id : "place",
			       f->component ? "/part" : "");
		x.cell[C_record] = "finding";
		x.cell[C_id] = id;
		x.cell[C_date] = x.cell[C_days] = NULL;
		of_law(f, &x);
		put_row(c, &x);
	}
}

static void put_crowds(const struct np_report *r, const struct np_style *s,
		       struct np_cells *c)
{
	for (size_t i = 0; i < r->devices->ncrowds; i++) {
		const struct np_crowd *v = &r->devices->crowds[i];
		struct row x = {.cell = {[C_record] = "subscribers"}};

		if (!np_export_site(r, s, v->site))
			continue;
		at_site(r, v->site, &x);
		x.cell[C_maker] = np_maker_slug(r->knowledge, v->maker);
		x.cell[C_maker_name] = np_report_maker(r, v->maker);
		x.cell[C_verdict] = np_sure_name(v->sure);
		x.cell[C_rival] = np_maker_slug(r->knowledge, v->rival);
		x.cell[C_model] = v->model;
		(void)snprintf(x.n, sizeof(x.n), "%llu",
			       (unsigned long long)v->n);
		x.cell[C_n] = x.n;
		put_row(c, &x);
	}
}

static void put_contracts(const struct np_report *r, const struct np_style *s,
			  struct np_cells *c)
{
	const struct np_findings *all = r->of_contracts;
	char id[32], day[16];

	for (size_t i = 0; r->places && i < np_contracts(r->places); i++) {
		const struct np_contract *v = np_contract(r->places, i);
		struct row x = {.cell = {[C_record] = "contract"}};

		if (s->site && (!v->site || strcmp(v->site, s->site) != 0))
			continue;
		(void)snprintf(id, sizeof(id), "c-%zu", i + 1);
		x.cell[C_id] = x.cell[C_device] = id;
		at_site(r, np_export_find(r, v->site), &x);
		x.cell[C_maker] = np_maker_slug(r->knowledge, v->maker);
		x.cell[C_maker_name] = np_report_maker(r, v->maker);
		x.cell[C_name] = v->supplier;
		x.cell[C_function] = v->service;
		if (v->from != NP_NODAY)
			x.cell[C_first] = np_day_text(v->from, day);
		put_row(c, &x);
		for (size_t f = 0; all && f < all->n; f++) {
			if (strcmp(all->v[f].device->id, id) != 0)
				continue;
			x.cell[C_record] = "contract finding";
			x.cell[C_date] = x.cell[C_days] = NULL;
			of_law(&all->v[f], &x);
			put_row(c, &x);
		}
	}
}

static int put_coverage(const struct np_report *r, const struct np_style *s,
			struct np_cells *c)
{
	struct np_universe *u;
	struct np_ledger *l = np_party_ledger(r, &u);
	struct np_buf says = np_buf(65536);

	for (size_t i = 0; l && i < np_declared_n(u); i++) {
		const struct np_looked_at *v = np_ledger_place(l, i);
		struct row x = {.cell = {[C_record] = "coverage"}};
		uint32_t site = np_export_find(r, v->place->text);
		struct np_silence_state state;

		if (!np_export_site(r, s, site))
			continue;
		np_place_state(r->silence, v, NULL, 0, r->as_of, &state);
		np_buf_clear(&says);
		np_put_whole(r->silence, v, &state, NULL, &says);
		c->b->failed |= says.failed;
		at_site(r, site, &x);
		x.cell[C_status] = np_silence_verdict_name(state.verdict);
		x.cell[C_text] = says.p;
		when(v->first, x.first, &x.cell[C_first]);
		when(v->last, x.last, &x.cell[C_last]);
		if (state.until != NP_NODAY)
			x.cell[C_date] = np_day_text(state.until, x.date);
		put_row(c, &x);
	}
	np_buf_free(&says);
	np_ledger_free(l);
	np_universe_free(u);
	return l ? NP_OK : NP_ENOMEM;
}

int np_write_csv(const struct np_report *r, const struct np_style *s, FILE *to)
{
	struct np_buf b = np_buf((size_t)64 << 20);
	struct np_cells c = np_cells(&b);
	struct np_export x = np_export(r, s);
	struct np_export_box box;
	struct row note = {.cell = {[C_record] = "note"}};
	int rc;

	if (s->excel)
		np_puts(&b, "\xef\xbb\xbf");
	np_cells_head(&c, names);
	note.cell[C_text] = np_law_opening(r->law);
	note.cell[C_date] = np_day_text(r->as_of, note.date);
	put_row(&c, &note);
	while ((rc = np_export_next(&x, &box)) > 0) {
		put_box(r, &box, &c);
		rc = np_put_out(&b, to);
		if (rc)
			break;
	}
	if (!rc) {
		put_crowds(r, s, &c);
		put_contracts(r, s, &c);
		rc = put_coverage(r, s, &c);
	}
	rc = rc ? rc : np_put_out(&b, to);
	np_export_free(&x);
	np_cells_free(&c);
	np_buf_free(&b);
	return rc;
}
