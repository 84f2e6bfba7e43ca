/* SPDX-License-Identifier: ISC */
/* nameplate.diff/1 */
#include "report/answer.h"
#include "report/diff.h"
#include "report/member.h"

#define OUT ((size_t)64 << 20)

struct json {
	const struct np_diff_report *r;
	const struct np_style *s;
	struct np_arena mem;
	struct np_buf b;
	FILE *to;
	int rc;
};

static void put_side(struct np_buf *b, const char *name,
		     const struct np_report *r)
{
	int64_t first, last;
	char day[16];

	np_diff_span(r, &first, &last);
	np_putf(b, ",\"%s\":{\"dossier\":", name);
	np_putjsons(b, r->dossier);
	np_member(b, "as_of", np_day_text(r->as_of, day));
	np_member_n(b, "sources", r->nsources);
	np_member_time(b, "first", first);
	np_member_time(b, "last", last);
	np_member_n(b, "devices", r->devices->n);
	np_member_n(b, "subscribers", r->devices->subscribers);
	np_putc(b, '}');
}

static void put_summary(struct np_buf *b, const struct np_diff *d)
{
	np_puts(b, ",\"summary\":{");
	np_putf(b, "\"same\":%llu", (unsigned long long)d->count[NP_SAME]);
	np_member_n(b, "changed", d->count[NP_CHANGED]);
	np_member_n(b, "new", d->count[NP_NEW]);
	np_member_n(b, "removed", d->count[NP_REMOVED]);
	np_member_n(b, "no_longer_observed", d->count[NP_GONE]);
	np_member_n(b, "findings_appeared", d->appeared);
	np_member_n(b, "findings_went", d->went);
	np_member_n(b, "findings_changed", d->other);
	np_member_n(b, "newly_in_scope", d->in_scope);
	np_putc(b, '}');
}

static void put_device(struct json *j, const char *name,
		       const struct np_report *r, uint32_t i)
{
	const struct np_device *d;
	struct np_evidence e;

	np_putf(&j->b, "\"%s\":", name);
	if (i == NP_NOBODY) {
		np_puts(&j->b, "null");
		return;
	}
	d = &r->devices->v[i];
	j->rc = j->rc ? j->rc : np_device_keys(r->devices, d, &j->mem, &e);
	if (j->rc)
		return;
	np_puts(&j->b, "{\"id\":");
	np_putjsons(&j->b, d->id);
	np_put_who(r->knowledge, d, &j->b);
	np_member(&j->b, "site", np_site_id(r->party, d->site));
	np_member_time(&j->b, "first", d->first);
	np_member_time(&j->b, "last", d->last);
	np_put_keys(&e, &j->b);
	np_putc(&j->b, '}');
}

static void put_status(struct np_buf *b, const char *name,
		       const struct np_finding *f)
{
	char day[16];

	np_putf(b, ",\"%s\":", name);
	if (!f) {
		np_puts(b, "null");
		return;
	}
	np_puts(b, "{\"status\":");
	np_putjsons(b, np_finding_status(f));
	np_member(b, "date",
		  f->date == NP_NODAY ? NULL : np_day_text(f->date, day));
	np_member(b, "missing", f->missing);
	np_member(b, "text", f->text);
	np_putc(b, '}');
}

static void put_rulings(struct json *j, const struct np_pair *p)
{
	struct np_ruling_changes c = {0};

	if (p->law && !j->rc)
		j->rc = np_diff_rulings(j->r->diff, p, &j->mem, &c);
	np_puts(&j->b, ",\"findings\":[");
	for (size_t i = 0; !j->rc && i < c.n; i++) {
		const struct np_ruling_change *x = &c.v[i];
		const struct np_finding *f = x->is ? x->is : x->was;

		np_puts(&j->b, i ? ",{\"clause\":" : "{\"clause\":");
		np_putjsons(&j->b, f->clause ? f->clause->id : NULL);
		np_putf(&j->b, ",\"component\":%s",
			f->component ? "true" : "false");
		np_member(&j->b, "cause", np_cause_name(x->cause));
		put_status(&j->b, "old", x->was);
		put_status(&j->b, "new", x->is);
		np_putc(&j->b, '}');
	}
	np_putc(&j->b, ']');
}

static void put_changes(struct json *j, const struct np_pair *p)
{
	struct np_changes c = {0};

	if (!j->rc)
		j->rc = np_diff_changes(j->r->diff, p, &j->mem, &c);
	np_puts(&j->b, ",\"changes\":[");
	for (size_t i = 0; !j->rc && i < c.n; i++) {
		np_puts(&j->b, i ? ",{\"field\":" : "{\"field\":");
		np_putjsons(&j->b, c.v[i].field);
		np_member(&j->b, "old", c.v[i].was);
		np_member(&j->b, "new", c.v[i].is);
		np_putc(&j->b, '}');
	}
	np_putc(&j->b, ']');
}

static void put_watched(struct np_buf *b, const char *name,
			const struct np_watched *w)
{
	np_putf(b, ",\"%s\":", name);
	if (!w->sources) {
		np_puts(b, "null");
		return;
	}
	np_putf(b, "{\"sources\":%llu", (unsigned long long)w->sources);
	np_member_n(b, "frames", w->frames);
	np_member_time(b, "first", w->first);
	np_member_time(b, "last", w->last);
	if (w->length < 0)
		np_puts(b, ",\"seconds\":null}");
	else
		np_putf(b, ",\"seconds\":%lld}",
			(long long)(w->length / 1000000000));
}

static void put_looked(struct json *j, const struct np_pair *p)
{
	const struct np_device *d = &j->r->old->devices->v[p->was];
	struct np_agains a = {0};

	if (!j->rc)
		j->rc = np_diff_watched(j->r->diff, d, &j->mem, &a);
	if (j->rc)
		return;
	np_member(&j->b, "looked_again", np_diff_looked(&a));
	np_puts(&j->b, ",\"looked\":[");
	for (size_t i = 0; i < a.n; i++) {
		np_puts(&j->b, i ? ",{\"site\":" : "{\"site\":");
		np_putjsons(&j->b, a.v[i].site);
		np_member(&j->b, "method", a.v[i].method);
		put_watched(&j->b, "old", &a.v[i].was);
		put_watched(&j->b, "new", &a.v[i].is);
		np_putc(&j->b, '}');
	}
	np_puts(&j->b, "],");
	put_device(j, "at_its_address_now", j->r->new, p->instead);
}

static void put_reason(struct json *j, const struct np_pair *p)
{
	const struct np_reason *r = p->reason;
	char day[16];

	np_puts(&j->b, ",\"reason\":{\"what\":");
	np_putjsons(&j->b, r->what);
	np_member(&j->b, "day",
		  r->day == NP_NODAY ? NULL : np_day_text(r->day, day));
	np_member(&j->b, "then", r->then);
	np_member(&j->b, "said_by", r->where);
	np_putc(&j->b, '}');
}

static void put_pair(struct json *j, const struct np_pair *p)
{
	np_putc(&j->b, '{');
	put_device(j, "old", j->r->old, p->was);
	np_putc(&j->b, ',');
	put_device(j, "new", j->r->new, p->is);
	if (p->fate == NP_CHANGED) {
		np_putf(&j->b, ",\"several\":%s",
			p->several ? "true" : "false");
		put_changes(j, p);
	}
	if (p->fate == NP_REMOVED)
		put_reason(j, p);
	if (p->fate == NP_GONE)
		put_looked(j, p);
	put_rulings(j, p);
	np_putc(&j->b, '}');
}

static void put_fate(struct json *j, const char *name, enum np_fate fate)
{
	const struct np_diff *d = j->r->diff;
	bool any = false;

	np_putf(&j->b, ",\"%s\":[", name);
	for (size_t i = 0; i < d->n && !j->rc; i++) {
		if (d->v[i].fate != fate ||
		    !np_diff_shown(j->r, j->s, &d->v[i]))
			continue;
		np_puts(&j->b, any ? ",\n" : "\n");
		np_arena_reset(&j->mem);
		put_pair(j, &d->v[i]);
		if (!j->rc)
			j->rc = np_put_out(&j->b, j->to);
		any = true;
	}
	np_putc(&j->b, ']');
}

/* Serials that are out of their racks, and were heard after that. */
static void put_again(struct json *j)
{
	const struct np_custody_report *c = j->r->custody;
	bool any = false;

	np_puts(&j->b, ",\"heard_again\":[");
	for (size_t i = 0; i < c->custody->nserials; i++) {
		struct np_buf text = np_buf(8192);

		if (!c->heard[i].again)
			continue;
		np_puts(&j->b, any ? ",{\"serial\":" : "{\"serial\":");
		np_putjsons(&j->b, c->custody->serials[i].serial);
		np_member(&j->b, "device", c->heard[i].device->id);
		np_member_time(&j->b, "last", c->heard[i].last);
		np_put_again(&text, c, i);
		np_member(&j->b, "text", text.p);
		np_putc(&j->b, '}');
		np_buf_free(&text);
		any = true;
	}
	np_putc(&j->b, ']');
}

int np_write_diff_json(const struct np_diff_report *r, const struct np_style *s,
		       FILE *to)
{
	struct json j = {.r = r,
			 .s = s,
			 .mem = np_arena((size_t)64 << 20),
			 .b = np_buf(OUT),
			 .to = to};

	np_puts(&j.b, "{\"schema\":\"nameplate.diff/1\"");
	put_side(&j.b, "old", r->old);
	put_side(&j.b, "new", r->new);
	put_summary(&j.b, r->diff);
	put_fate(&j, "removed", NP_REMOVED);
	put_fate(&j, "no_longer_observed", NP_GONE);
	put_fate(&j, "new_devices", NP_NEW);
	put_fate(&j, "changed", NP_CHANGED);
	put_again(&j);
	np_puts(&j.b, "}\n");
	if (!j.rc)
		j.rc = np_put_out(&j.b, to);
	np_arena_free(&j.mem);
	np_buf_free(&j.b);
	return j.rc;
}
