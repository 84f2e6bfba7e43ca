/* SPDX-License-Identifier: ISC */
/*
 * ServiceNow's import set for cmdb_ci_netgear. Its reconciliation matches by
 * serial number first, and makes a double of each box without one: those, and
 * what two boxes share, stand in conflicts.csv. Times are UTC in its own form.
 */
#include "report/export.h"

#define FILE_MAX ((size_t)1 << 30)

static void put_time(struct np_cells *c, int64_t t)
{
	char text[40], at[24];

	if (t == NP_NEVER) {
		np_cells_text(c, NULL);
		return;
	}
	(void)np_time_text(t, text);
	(void)snprintf(at, sizeof(at), "%.10s %.8s", text, text + 11);
	np_cells_text(c, at);
}

/* "probable Huawei; in scope", which the manufacturer's column cannot say. */
static void put_words(const struct np_report *r, const struct np_export_box *b,
		      struct np_cells *c)
{
	const char *maker = np_report_maker(r, b->d->maker);
	const char *rival = np_report_maker(r, b->d->rival);
	struct np_buf text = np_buf(65536);

	np_putf(&text, "%s%s%s%s%s", np_sure_name(b->d->sure), maker ? " " : "",
		maker ? maker : "", rival ? " or " : "", rival ? rival : "");
	if (b->strongest)
		np_putf(&text, "; %s", np_finding_status(b->strongest));
	if (b->d->origin != NP_FIELD)
		np_putf(&text, "; origin %s", np_origin_name(b->d->origin));
	np_cells_text(c, text.p);
	np_buf_free(&text);
}

static void put_device(const struct np_report *r, const struct np_twins *t,
		       struct np_export *x, const struct np_export_box *b,
		       struct np_cells *c)
{
	const struct np_device *d = b->d;

	np_cells_text(c, np_twins_name(t, x, b, 255));
	np_cells_text(c, np_twins_serial(t, b));
	np_cells_text(c, NULL);
	np_cells_text(c, np_export_maker(r, d));
	np_cells_text(c, d->model ? d->model : d->family);
	np_cells_text(c, b->ip);
	np_cells_text(c, b->mac);
	np_cells_text(c, np_site_id(r->party, d->site));
	np_cells_number(c, "1");
	np_cells_number(c, "1");
	np_cells_text(c, "nameplate");
	put_time(c, d->first);
	put_time(c, d->last);
	np_cells_text(c, d->id);
	put_words(r, b, c);
	np_cells_end(c);
}

static int put_devices(const struct np_report *r, const struct np_style *s,
		       const struct np_twins *t, const char *dir,
		       struct np_err *reterr)
{
	static const char *const names[] = {"name",
					    "serial_number",
					    "asset_tag",
					    "manufacturer",
					    "model_id",
					    "ip_address",
					    "mac_address",
					    "location",
					    "install_status",
					    "operational_status",
					    "discovery_source",
					    "first_discovered",
					    "last_discovered",
					    "correlation_id",
					    "short_description",
					    NULL};
	struct np_buf out = np_buf(FILE_MAX);
	struct np_cells c = np_cells(&out);
	struct np_export x = np_export(r, s);
	struct np_export_box b;
	int rc;

	np_cells_head(&c, names);
	while ((rc = np_export_next(&x, &b)) > 0)
		put_device(r, t, &x, &b, &c);
	if (!rc)
		rc = np_folder_file(dir, "cmdb_ci_netgear.csv", &out, reterr);
	np_export_free(&x);
	np_cells_free(&c);
	np_buf_free(&out);
	return rc;
}

static int put_readme(const struct np_report *r, const char *dir,
		      struct np_err *reterr)
{
	struct np_buf out = np_buf(65536);
	char day[16];
	int rc;

	np_putf(&out,
		"%s\n\nJudged as of %s. cmdb_ci_netgear.csv goes into an "
		"import "
		"set for the table of\nthat name, coalesced by correlation_id. "
		"Matching by serial number makes a double\nof each box that "
		"has none: conflicts.csv lists these, and names and serial\n"
		"numbers that two boxes have, which were left out.\n\n"
		"manufacturer is filled for confirmed makers only; "
		"short_description says who it\nmay be, how sure, and the "
		"strongest status before the rules of its place. Boxes\nof "
		"subscribers are counted, not listed: %llu.\n",
		np_law_opening(r->law), np_day_text(r->as_of, day),
		(unsigned long long)r->devices->subscribers);
	rc = np_folder_file(dir, "README-import.txt", &out, reterr);
	np_buf_free(&out);
	return rc;
}

int np_write_servicenow(const struct np_report *r, const struct np_style *s,
			const char *dir, struct np_err *reterr)
{
	struct np_twins t;
	int rc = np_twins_open(r, s, &t);

	rc = rc ? rc : put_devices(r, s, &t, dir, reterr);
	rc = rc ? rc : np_twins_file(&t, r, s, dir, reterr);
	rc = rc ? rc : put_readme(r, dir, reterr);
	np_twins_free(&t);
	return rc;
}
