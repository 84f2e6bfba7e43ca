/* SPDX-License-Identifier: ISC */
/* The table of all boxes, column by column, and subscribers' boxes as counts.
 */
#include "report/answer.h"
#include "report/member.h"
#include "view/view.h"
#include <stdio.h>
#include <stdlib.h>

#define COLUMNS(XX)                                                            \
	XX(id, false)                                                          \
	XX(name, false)                                                        \
	XX(site, true)                                                         \
	XX(site_name, true)                                                    \
	XX(country, true)                                                      \
	XX(maker, true)                                                        \
	XX(maker_name, true)                                                   \
	XX(verdict, true)                                                      \
	XX(function, true)                                                     \
	XX(model, true)                                                        \
	XX(version, true)                                                      \
	XX(serial, false)                                                      \
	XX(address, false)                                                     \
	XX(mac, false)                                                         \
	XX(status, true)                                                       \
	XX(sure, true)                                                         \
	XX(clause, true)                                                       \
	XX(due, true)                                                          \
	XX(days, false)                                                        \
	XX(confidence, false)                                                  \
	XX(cases, true)                                                        \
	XX(obtained, true)                                                     \
	XX(zone, true)                                                         \
	XX(behind, false)                                                      \
	XX(wave, false)                                                        \
	XX(evidence, false)

enum {
#define XX(name, dict) C_##name,
	COLUMNS(XX)
#undef XX
		C__N
};

struct table {
	const struct np_view_in *in;
	struct np_column c[C__N];
	const char **zone; /* by device; NULL: none are shown */
	struct np_arena mem;
};

static const char *seen(const struct table *t, enum np_shown what,
			const char *s)
{
	return np_audience_sees(t->in, what) ? s : NULL;
}

static void add_number(struct np_column *c, bool known, int64_t n)
{
	if (known)
		np_column_int(c, n);
	else
		np_column_null(c);
}

/* What it is. */
static void add_box(struct table *t, const struct np_export_box *x)
{
	const struct np_report *r = t->in->report;
	const struct np_device *d = x->d;
	char id[NP_VIEW_ID];

	np_column_text(&t->c[C_id], np_view_id(t->in, d, id));
	np_column_text(&t->c[C_name], seen(t, NP_SHOW_NAMES, x->name));
	np_column_text(&t->c[C_site], np_view_site(t->in, d->site));
	np_column_text(&t->c[C_site_name], np_view_site_name(t->in, d->site));
	np_column_text(&t->c[C_country], np_export_country(r, d->site));
	np_column_text(&t->c[C_maker], np_maker_slug(r->knowledge, d->maker));
	np_column_text(&t->c[C_maker_name], np_report_maker(r, d->maker));
	np_column_text(&t->c[C_verdict], np_sure_name(d->sure));
	np_column_text(&t->c[C_function], d->function);
	np_column_text(&t->c[C_model], d->model);
	np_column_text(&t->c[C_version], seen(t, NP_SHOW_VERSIONS, d->version));
	np_column_text(&t->c[C_serial], seen(t, NP_SHOW_SERIALS, d->serial));
	np_column_text(&t->c[C_address], seen(t, NP_SHOW_ADDRESSES, x->ip));
	np_column_text(&t->c[C_mac], seen(t, NP_SHOW_ADDRESSES, x->mac));
}

/* What the law of its place has of it at most. */
static void add_law(struct table *t, size_t device)
{
	const struct np_finding *f = np_view_finding(t->in, device);
	const struct np_clause *c = f ? f->clause : NULL;
	bool dated = f && f->date != NP_NODAY;
	char day[16];

	np_column_text(&t->c[C_status], np_view_status_of(f));
	np_column_text(&t->c[C_sure], c ? np_certainty_name(c->sure) : NULL);
	np_column_text(&t->c[C_clause], c ? c->id : NULL);
	np_column_text(&t->c[C_due], dated ? np_day_text(f->date, day) : NULL);
	add_number(&t->c[C_days], dated, dated ? f->days : 0);
}

static void add_like(struct table *t, const struct np_device *d)
{
	const struct np_report *r = t->in->report;
	struct np_like like;
	char share[16], cases[32];

	if (!np_device_cases(r->knowledge, d, &like)) {
		np_column_null(&t->c[C_confidence]);
		np_column_null(&t->c[C_cases]);
		return;
	}
	(void)snprintf(cases, sizeof(cases), "%u/%u", like.k, like.n);
	np_column_number(&t->c[C_confidence], "%s",
			 np_export_confidence(r, d, share));
	np_column_text(&t->c[C_cases], cases);
}

/* What is behind it, by the links seen. */
static void add_cut(struct table *t, size_t device)
{
	const struct np_risk_page *k =
		np_audience_sees(t->in, NP_SHOW_CUTS) ? t->in->risk : NULL;
	const uint32_t *below = k ? k->k->cuts.below : NULL;

	add_number(&t->c[C_behind], below != NULL, below ? below[device] : 0);
}

static void add_rest(struct table *t, size_t device)
{
	const struct np_view_box *x = &t->in->box[device];
	const struct np_report *r = t->in->report;

	np_column_text(&t->c[C_obtained],
		       r->places ? np_places_fact(r->places,
						  &r->devices->v[device],
						  "obtained")
				 : NULL);
	np_column_text(&t->c[C_zone], t->zone ? t->zone[device] : NULL);
	add_cut(t, device);
	add_number(&t->c[C_wave],
		   x->wave && np_audience_sees(t->in, NP_SHOW_PLAN), x->wave);
	np_column_int(&t->c[C_evidence], x->evidence);
}

/* "Z1", "Z1; Z2": the zones that each box serves. */
static int find_zones(struct table *t)
{
	const struct np_report *r = t->in->report;

	if (!r->places || !np_zones(r->places) ||
	    !np_audience_sees(t->in, NP_SHOW_ZONES))
		return NP_OK;
	t->zone = np_zalloc(&t->mem, (r->devices->n + 1) * sizeof(*t->zone));
	if (!t->zone)
		return NP_ENOMEM;
	for (size_t z = 0; z < np_zones(r->places); z++) {
		const char *id = np_zone(r->places, z)->id;
		const uint32_t *v;
		size_t n = np_zone_devices(r->places, z, &v);

		for (size_t i = 0; i < n; i++) {
			const char **to = &t->zone[v[i]];
			size_t a = *to ? strlen(*to) : 0, b = strlen(id);
			char *s = np_alloc(&t->mem, a + b + 3);

			if (!s)
				return NP_ENOMEM;
			(void)snprintf(s, a + b + 3, "%s%s%s", a ? *to : "",
				       a ? "; " : "", id);
			*to = s;
		}
	}
	return NP_OK;
}

static int add_all(struct table *t)
{
	const struct np_view_in *in = t->in;
	struct np_export x = np_export(in->report, in->style);
	struct np_export_box box;
	int rc = find_zones(t);

	for (uint32_t row = 0; row < in->rows && !rc; row++) {
		uint32_t i = in->order[row];

		rc = np_export_box(&x, i, &box);
		if (rc)
			break;
		add_box(t, &box);
		add_law(t, i);
		add_like(t, box.d);
		add_rest(t, i);
	}
	np_export_free(&x);
	return rc;
}

/* How many of what stand where (design, rule 11). */
static void put_subscribers(const struct np_view_in *in, struct np_buf *b)
{
	const struct np_report *r = in->report;
	const char *open = "";

	np_puts(b, ",\"subscribers\":[");
	for (size_t i = 0; i < r->devices->ncrowds; i++) {
		const struct np_crowd *c = &r->devices->crowds[i];

		if (!np_export_site(r, in->style, c->site))
			continue;
		np_putf(b, "%s{\"site\":", open);
		np_put_jtext(b, np_view_site(in, c->site));
		np_put_jmember(b, "country", np_export_country(r, c->site));
		np_put_jmember(b, "maker", np_report_maker(r, c->maker));
		np_put_jmember(b, "verdict", np_sure_name(c->sure));
		np_put_jmember(b, "model", c->model);
		np_member_n(b, "n", c->n);
		np_putc(b, '}');
		open = ",";
	}
	np_putc(b, ']');
}

int np_view_devices(const struct np_view_in *in, struct np_buf *b,
		    struct np_err *reterr)
{
	struct table t = {.in = in, .mem = np_arena((size_t)256 << 20)};
	int rc;

	(void)reterr;
#define XX(name, dict) t.c[C_##name] = np_column(#name, dict);
	COLUMNS(XX)
#undef XX
	rc = add_all(&t);
	np_view_head(b, "devices");
	np_member_n(b, "n", in->rows);
	np_puts(b, ",\"columns\":{");
	for (size_t i = 0; i < C__N; i++)
		np_column_put(&t.c[i], i > 0, b);
	np_putc(b, '}');
	put_subscribers(in, b);
	np_putc(b, '}');
	np_arena_free(&t.mem);
	return rc ? rc : b->failed ? NP_ENOMEM : NP_OK;
}
