/* SPDX-License-Identifier: ISC */
/* Boxes: as pages of a list, as lines, one with its evidence. */
#include "report/export.h"
#include "report/member.h"
#include "serve/inside.h"
#include <stdio.h>
#include <stdlib.h>

#define ROW_MAX ((size_t)64 << 10) /* octets of one row */
#define AT_ONCE 64		   /* rows of a line's piece */
#define FILTERS 4
#define VALUE 80

struct filter {
	char maker[VALUE], site[VALUE], status[VALUE], verdict[VALUE];
};

/* ---- which */

static bool copy_filter(const struct np_talk *t, const char *name,
			char to[static VALUE])
{
	const char *v = np_ask_get(&t->ask, name);
	size_t n = v ? strlen(v) : 0;

	if (n >= VALUE)
		return false;
	memcpy(to, v ? v : "", n + 1);
	return true;
}

static bool read_filter(const struct np_talk *t, struct filter *f)
{
	return copy_filter(t, "maker", f->maker) &&
	       copy_filter(t, "site", f->site) &&
	       copy_filter(t, "status", f->status) &&
	       copy_filter(t, "verdict", f->verdict);
}

static bool is(const char *want, const char *have)
{
	return !*want || strcmp(want, have ? have : "") == 0;
}

static bool is_wanted(const struct np_view_in *in, const struct filter *f,
		      size_t i)
{
	const struct np_device *d = &in->report->devices->v[i];

	return in->box[i].row != NP_NO_ROW_OF &&
	       is(f->verdict, np_sure_name(d->sure)) &&
	       is(f->maker, np_maker_slug(in->report->knowledge, d->maker)) &&
	       is(f->site, np_view_site(in, d->site)) &&
	       is(f->status, np_view_status(in, i));
}

/* ---- rows: names as in the columns of the view `devices` */

static void put_seen(const struct np_view_in *in, enum np_shown what,
		     const char *name, const char *s, struct np_buf *b)
{
	np_put_jmember(b, name, np_audience_sees(in, what) ? s : NULL);
}

static void put_law(const struct np_view_in *in, size_t i, struct np_buf *b)
{
	const struct np_finding *f = np_view_finding(in, i);
	bool dated = f && f->date != NP_NODAY;

	np_put_jmember(b, "status", np_view_status(in, i));
	np_put_jmember(b, "clause", f && f->clause ? f->clause->id : NULL);
	np_member_day(b, "due", dated ? f->date : NP_NODAY);
	if (dated)
		np_putf(b, ",\"days\":%d", f->days);
	else
		np_puts(b, ",\"days\":null");
}

static int put_row(const struct np_view_in *in, struct np_export *x, size_t i,
		   struct np_buf *b)
{
	const struct np_report *r = in->report;
	const struct np_device *d = &r->devices->v[i];
	struct np_export_box box;
	char id[NP_VIEW_ID], share[16];
	int rc = np_export_box(x, i, &box);

	if (rc)
		return rc;
	np_puts(b, "{\"id\":");
	np_put_jtext(b, np_view_id(in, d, id));
	put_seen(in, NP_SHOW_NAMES, "name", box.name, b);
	np_put_jmember(b, "site", np_view_site(in, d->site));
	np_put_jmember(b, "country", np_export_country(r, d->site));
	np_put_jmember(b, "maker", np_maker_slug(r->knowledge, d->maker));
	np_put_jmember(b, "maker_name", np_report_maker(r, d->maker));
	np_put_jmember(b, "verdict", np_sure_name(d->sure));
	np_put_jmember(b, "function", d->function);
	np_put_jmember(b, "model", d->model);
	put_seen(in, NP_SHOW_VERSIONS, "version", d->version, b);
	put_seen(in, NP_SHOW_SERIALS, "serial", d->serial, b);
	put_seen(in, NP_SHOW_ADDRESSES, "address", box.ip, b);
	put_seen(in, NP_SHOW_ADDRESSES, "mac", box.mac, b);
	put_law(in, i, b);
	(void)np_export_confidence(r, d, share);
	np_putf(b, ",\"confidence\":%s}", *share ? share : "null");
	return NP_OK;
}

/* ---- as lines, for as long as somebody reads them */

struct lines {
	struct np_snapshot *snap;
	enum np_audience audience;
	struct filter filter;
	size_t at, left; /* device, rows that are wanted at most */
	struct np_buf b;
	size_t sent;
};

static int more_lines(struct lines *l)
{
	struct np_err e = {0};
	const struct np_view_in *in = np_snapshot_see(l->snap, l->audience, &e);
	struct np_export x;
	int rc = NP_OK;

	if (!in)
		return e.code;
	x = np_export(in->report, in->style);
	np_buf_clear(&l->b);
	l->sent = 0;
	for (size_t n = 0;
	     l->at < in->report->devices->n && l->left && n < AT_ONCE && !rc;
	     l->at++) {
		if (!is_wanted(in, &l->filter, l->at))
			continue;
		rc = put_row(in, &x, l->at, &l->b);
		np_putc(&l->b, '\n');
		l->left--;
		n++;
	}
	np_export_free(&x);
	np_snapshot_seen(l->snap);
	return rc ? rc : l->b.failed ? NP_ENOMEM : NP_OK;
}

static int64_t read_lines(void *ctx, char *to, size_t n)
{
	struct lines *l = ctx;
	size_t k;

	if (l->sent == l->b.n && more_lines(l))
		return -1;
	k = l->b.n - l->sent;
	k = k < n ? k : n;
	if (k)
		memcpy(to, l->b.p + l->sent, k);
	l->sent += k;
	return (int64_t)k;
}

static void end_lines(void *ctx)
{
	struct lines *l = ctx;

	np_snapshot_drop(l->snap);
	np_buf_free(&l->b);
	free(l);
}

static enum np_http_step send_lines(struct np_talk *t, const struct filter *f,
				    const struct np_window *w,
				    struct np_http_answer *a)
{
	struct lines *l = calloc(1, sizeof(*l));

	if (!l)
		return np_refuse(a, 503, "out of memory");
	l->snap = np_snapshot_share(t->snap);
	l->audience = np_audience_of(t->who.role);
	l->filter = *f;
	l->at = w->from;
	l->left = w->most;
	l->b = np_buf(AT_ONCE * ROW_MAX);
	np_http_header(a, "Content-Type", "application/x-ndjson");
	a->status = 200;
	a->stream = read_lines;
	a->stream_end = end_lines;
	a->stream_ctx = l;
	return NP_HTTP_ANSWER;
}

/* ---- as a page */

static int put_page(const struct np_talk *t, const struct np_view_in *in,
		    const struct np_window *w, struct np_buf *b)
{
	struct np_export x = np_export(in->report, in->style);
	size_t n = 0, matching = 0, next = 0;
	struct filter f;
	int rc = read_filter(t, &f) ? NP_OK : NP_EUSAGE;

	np_puts(b, "{\"schema\":\"nameplate.devices/1\",\"devices\":[");
	for (size_t i = 0; i < in->report->devices->n && !rc; i++) {
		if (!is_wanted(in, &f, i))
			continue;
		matching++;
		if (i < w->from)
			continue;
		if (n == w->most) {
			next = next ? next : i;
			continue;
		}
		np_puts(b, n++ ? ",\n" : "\n");
		rc = put_row(in, &x, i, b);
	}
	np_putf(b, "],\"matching\":%zu", matching);
	np_window_put(t, next, next, b);
	np_putc(b, '}');
	np_export_free(&x);
	return rc;
}

enum np_http_step np_route_devices(struct np_talk *t, struct np_http_answer *a)
{
	struct np_window w;
	struct filter f;

	if (!read_filter(t, &f))
		return np_refuse(a, 400, "a filter is too long");
	if (!t->ask.lines)
		return np_make(t, put_page, "", a);
	if (!np_window_read(t, SIZE_MAX, &w, a) || np_has_it(t, a, false))
		return NP_HTTP_ANSWER;
	return send_lines(t, &f, &w, a);
}

/* ---- one */

/* By its id as this audience knows it; boxes are sorted by their own. */
static size_t find_box(const struct np_view_in *in, const char *id)
{
	const struct np_devices *d = in->report->devices;
	char name[NP_VIEW_ID];

	for (size_t i = 0; i < d->n; i++)
		if (in->box[i].row != NP_NO_ROW_OF &&
		    strcmp(np_view_id(in, &d->v[i], name), id) == 0)
			return i;
	return d->n;
}

static int put_box(const struct np_talk *t, const struct np_view_in *in,
		   const struct np_window *w, struct np_buf *b)
{
	size_t i = find_box(in, t->ask.part[3]);

	(void)w;
	return i < in->report->devices->n ? np_view_evidence(in, i, b)
					  : NP_ENONE;
}

enum np_http_step np_route_device(struct np_talk *t, struct np_http_answer *a)
{
	return np_make(t, put_box, "there is no such box", a);
}
