/* SPDX-License-Identifier: ISC */
#include "report/custody.h"
#include "document/document.h"
#include "report/member.h"
#include "report/page.h"
#include "report/table.h"
#include <strings.h>

#define OUT ((size_t)64 << 20)

static bool shown(const struct np_custody_report *c, size_t i)
{
	return !c->serial ||
	       strcasecmp(c->serial, c->custody->serials[i].serial) == 0;
}

static const char *state_of(const struct np_serial *s)
{
	return s->n ? np_custody_name(s->state) : "no row that counts";
}

static const char *method_of(const struct np_custody_report *c,
			     const struct np_heard *h)
{
	for (size_t i = 0; h->source && i < c->r->nsources; i++) {
		if (c->r->sources[i].number == h->source)
			return np_document_method(c->r->sources[i].kind);
	}
	return NULL;
}

static bool is_typed(const struct np_heard *h, const char *method)
{
	return h->settable || (method && strcmp(method, "inventory") == 0);
}

/* How it was heard: "by walk, grade E4, snmp.ent_serial". */
static void put_how(struct np_buf *b, const struct np_custody_report *c,
		    const struct np_heard *h)
{
	const char *method = method_of(c, h);
	char field[64], grade[8];
	const struct np_phrase_hole holes[] = {
		{"method", method},
		{"grade", grade},
		{"field",
		 np_knowledge_field_text(c->r->knowledge, h->field, field)}};

	(void)snprintf(grade, sizeof(grade), "E%d", (int)h->grade);
	if (method)
		np_put_phrase(b, c->phrases, NP_P_by_method, holes, 3);
	np_put_phrase(b, c->phrases,
		      h->part		  ? NP_P_of_a_part
		      : h->grade == NP_E0 ? NP_P_by_key
					  : NP_P_by_grade,
		      holes, 3);
	if (is_typed(h, method))
		np_put_phrase(b, c->phrases, NP_P_typed, NULL, 0);
}

/* One sentence; never that it is back: a statement is no box. */
void np_put_again(struct np_buf *b, const struct np_custody_report *c, size_t i)
{
	const struct np_serial *s = &c->custody->serials[i];
	const struct np_heard *h = &c->heard[i];
	struct np_buf how = np_buf(1024);
	char time[40], day[16], then[64], last[16];

	(void)np_time_text(h->last, time);
	time[16] = '\0'; /* to the minute */
	(void)snprintf(then, sizeof(then), "%s %s", np_custody_name(s->state),
		       np_day_text(s->rows[s->n - 1].day, last));
	put_how(&how, c, h);
	const struct np_phrase_hole holes[] = {
		{"serial", s->serial},
		{"time", time},
		{"how", how.p},
		{"date", np_day_text(s->out, day)},
		{"then", then}};

	np_put_phrase(b, c->phrases,
		      s->state == NP_C_UNRACKED ? NP_P_again : NP_P_again_then,
		      holes, NP_COUNT(holes));
	np_buf_free(&how);
}

/* ---- text */

struct page {
	const struct np_custody_report *c;
	struct np_table t;
	struct np_buf cell;
};

static void text(struct page *p, const char *s)
{
	np_putterm(&p->cell, s ? s : "-", s ? strlen(s) : 1);
	np_table_cell(&p->t, p->cell.p ? p->cell.p : "", p->cell.n);
	np_buf_clear(&p->cell);
}

static void put_heard(struct page *p, const struct np_heard *h)
{
	char time[40];

	if (!h->device)
		text(p, "never heard here");
	else if (h->last == NP_NEVER)
		text(p, "without a time");
	else
		text(p, np_time_text(h->last, time));
}

static void row(struct page *p, size_t i)
{
	const struct np_serial *s = &p->c->custody->serials[i];
	const struct np_heard *h = &p->c->heard[i];
	const struct np_custody_row *last = s->n ? &s->rows[s->n - 1] : NULL;
	char day[16];

	text(p, s->serial);
	text(p, state_of(s));
	text(p, last ? np_day_text(last->day, day) : NULL);
	text(p, last ? last->place : NULL);
	text(p, last ? np_certificate_name(last->checked) : NULL);
	put_heard(p, h);
	text(p, h->device ? h->device->id : NULL);
	text(p, h->device ? np_report_maker(p->c->r, h->device->maker) : NULL);
}

int np_write_custody_text(const struct np_custody_report *c,
			  const struct np_style *s, FILE *to)
{
	static const char *const titles[] = {
		"serial",      "state",	     "since",  "place",
		"certificate", "last heard", "device", "maker"};
	struct page p = {.c = c, .cell = np_buf((size_t)1 << 20)};
	struct np_buf b = np_buf(OUT);
	uint64_t n = 0;
	int rc;

	np_table_open(&p.t, titles, NP_COUNT(titles));
	p.t.whole = 1;
	for (size_t i = 0; i < c->custody->nserials; i++) {
		if (!shown(c, i))
			continue;
		row(&p, i);
		n++;
	}
	if (n)
		np_table_write(&p.t, s->width, s->colour, &b);
	for (size_t i = 0; i < c->custody->nserials; i++) {
		if (!shown(c, i) || !c->heard[i].again)
			continue;
		np_buf_clear(&p.cell);
		np_put_again(&p.cell, c, i);
		np_putc(&b, '\n');
		np_putterm(&b, p.cell.p ? p.cell.p : "", p.cell.n);
		np_putc(&b, '\n');
	}
	if (n) {
		np_putc(&b, '\n');
		np_put_many(&b, n, "serial", "serials");
		np_putf(&b, "; %s\n", c->phrases->text[NP_P_whose_word]);
	} else {
		np_puts(&b, "no serial is accounted for: --custody FILE brings "
			    "rows, --keep keeps them (docs/diff.md)\n");
	}
	np_table_close(&p.t);
	rc = np_put_out(&b, to);
	np_buf_free(&b);
	np_buf_free(&p.cell);
	return rc;
}

/* ---- JSON */

static void put_events(struct np_buf *b, const struct np_serial *s)
{
	char day[16];

	np_puts(b, ",\"events\":[");
	for (size_t i = 0; i < s->n; i++) {
		const struct np_custody_row *r = &s->rows[i];

		np_puts(b, i ? ",{\"event\":" : "{\"event\":");
		np_putjsons(b, np_custody_name(r->event));
		np_member(b, "date", np_day_text(r->day, day));
		np_member(b, "place", r->place);
		np_putf(b, ",\"stated_by\":%s",
			r->stated_by ? "true" : "false");
		np_member(b, "certificate", r->certificate);
		np_member(b, "sha256", r->sha256[0] ? r->sha256 : NULL);
		np_member(b, "certificate_check",
			  np_certificate_name(r->checked));
		np_member(b, "file", r->file);
		np_putf(b, ",\"line\":%llu}", (unsigned long long)r->line);
	}
	np_putc(b, ']');
}

static void put_last(struct np_buf *b, const struct np_custody_report *c,
		     const struct np_heard *h)
{
	const struct np_device *d = h->device;
	char field[64];

	np_puts(b, ",\"heard\":");
	if (!d) {
		np_puts(b, "null");
		return;
	}
	np_puts(b, "{\"device\":");
	np_putjsons(b, d->id);
	np_member(b, "maker", np_maker_slug(c->r->knowledge, d->maker));
	np_member(b, "model", d->model);
	np_member(b, "site", np_site_id(c->r->party, d->site));
	np_member_time(b, "first", h->first);
	np_member_time(b, "last", h->last);
	if (h->grade == NP_E0)
		np_puts(b, ",\"grade\":null,\"field\":null");
	else
		np_putf(b, ",\"grade\":\"E%d\"", (int)h->grade);
	if (h->grade != NP_E0)
		np_member(b, "field",
			  h->part ? NULL
				  : np_knowledge_field_text(c->r->knowledge,
							    h->field, field));
	np_member(b, "method", method_of(c, h));
	np_putf(b, ",\"settable\":%s,\"part\":%s}",
		h->settable ? "true" : "false", h->part ? "true" : "false");
}

static void put_serial(struct np_buf *b, const struct np_custody_report *c,
		       size_t i)
{
	const struct np_serial *s = &c->custody->serials[i];
	struct np_buf again = np_buf(8192);

	np_puts(b, "{\"serial\":");
	np_putjsons(b, s->serial);
	np_member(b, "state", s->n ? np_custody_name(s->state) : NULL);
	put_events(b, s);
	put_last(b, c, &c->heard[i]);
	np_putf(b, ",\"again\":%s", c->heard[i].again ? "true" : "false");
	if (c->heard[i].again)
		np_put_again(&again, c, i);
	np_member(b, "text", again.n ? again.p : NULL);
	np_putc(b, '}');
	np_buf_free(&again);
}

static void put_problems(struct np_buf *b, const struct np_custody *c)
{
	np_puts(b, "],\"problems\":[");
	for (size_t i = 0; i < c->nproblems; i++) {
		const struct np_custody_problem *p = &c->problems[i];

		np_puts(b, i ? ",{\"file\":" : "{\"file\":");
		np_putjsons(b, p->file);
		np_putf(b, ",\"line\":%llu,\"column\":%u",
			(unsigned long long)p->line, p->column);
		np_member(b, "serial", p->serial);
		np_member(b, "text", p->text);
		np_putc(b, '}');
	}
	np_puts(b, "]}\n");
}

int np_write_custody_json(const struct np_custody_report *c, FILE *to)
{
	struct np_buf b = np_buf(OUT);
	char day[16];
	bool any = false;
	int rc = 0;

	np_puts(&b, "{\"schema\":\"nameplate.custody/1\",\"dossier\":");
	np_putjsons(&b, c->r->dossier);
	np_member(&b, "as_of", np_day_text(c->r->as_of, day));
	np_puts(&b, ",\"serials\":[");
	for (size_t i = 0; i < c->custody->nserials && !rc; i++) {
		if (!shown(c, i))
			continue;
		np_puts(&b, any ? ",\n" : "\n");
		put_serial(&b, c, i);
		any = true;
		rc = np_put_out(&b, to);
	}
	put_problems(&b, c->custody);
	if (!rc)
		rc = np_put_out(&b, to);
	np_buf_free(&b);
	return rc;
}
