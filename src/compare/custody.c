/* SPDX-License-Identifier: ISC */
/* What the rows of a serial come to, and which of them cannot be. */
#include "compare/custody.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

const char *np_custody_name(enum np_custody_event e)
{
	static const char *const names[NP_C_NEVENTS] = {
		[NP_C_RACKED] = "racked",
		[NP_C_UNRACKED] = "unracked",
		[NP_C_STORED] = "stored",
		[NP_C_DESTROYED] = "destroyed",
	};

	return names[e];
}

int np_custody_find(const char *word, size_t n)
{
	for (int i = 0; i < NP_C_NEVENTS; i++) {
		const char *name = np_custody_name((enum np_custody_event)i);

		if (strlen(name) == n && strncasecmp(name, word, n) == 0)
			return i;
	}
	return -1;
}

const char *np_certificate_name(enum np_certificate c)
{
	static const char *const names[] = {
		[NP_CERT_NONE] = "none",
		[NP_CERT_HASH] = "hash only",
		[NP_CERT_ABSENT] = "file not there",
		[NP_CERT_TAKEN] = "hash taken",
		[NP_CERT_MATCHES] = "hash matches",
		[NP_CERT_DIFFERS] = "hash differs",
	};

	return names[c];
}

/* ---- rows and problems */

static void *room(struct np_custody *c, void *v, size_t n, size_t *cap,
		  size_t size)
{
	size_t more = *cap ? *cap * 2 : 64;
	void *p;

	if (n < *cap)
		return v;
	p = np_alloc(c->mem, more * size);
	if (p && n)
		memcpy(p, v, n * size);
	if (p)
		*cap = more;
	return p;
}

static const char *keep(struct np_custody *c, const char *s)
{
	return s ? np_copystr(c->mem, s, strlen(s)) : NULL;
}

int np_custody_add(struct np_custody *c, const struct np_custody_row *row)
{
	struct np_custody_row *v, *r;

	if (c->n == NP_CUSTODY_ROWS)
		return NP_ELIMIT;
	v = room(c, c->rows, c->n, &c->cap, sizeof(*v));
	if (!v)
		return NP_ENOMEM;
	c->rows = v;
	r = &v[c->n];
	*r = *row;
	r->serial = keep(c, row->serial);
	r->place = keep(c, row->place);
	r->certificate = keep(c, row->certificate);
	r->seq = (uint32_t)c->n;
	if (!r->serial || (row->place && !r->place) ||
	    (row->certificate && !r->certificate))
		return NP_ENOMEM;
	c->n++;
	return 0;
}

int np_custody_wrong(struct np_custody *c, const struct np_custody_problem *p)
{
	struct np_custody_problem *v = room(c, c->problems, c->nproblems,
					    &c->problems_cap, sizeof(*v));

	if (!v)
		return NP_ENOMEM;
	c->problems = v;
	v[c->nproblems++] = *p;
	return 0;
}

static int wrong(struct np_custody *c, struct np_custody_row *r,
		 const char *text)
{
	const struct np_custody_problem p = {.serial = r->serial,
					     .file = r->file,
					     .line = r->line,
					     .text = text};

	r->bad = true;
	return np_custody_wrong(c, &p);
}

/* ---- order */

static int by_reading(const void *a, const void *b)
{
	const struct np_custody_row *x = a, *y = b;
	int d = strcasecmp(x->serial, y->serial);

	return d ? d : (x->seq > y->seq) - (x->seq < y->seq);
}

static int by_day(const void *a, const void *b)
{
	const struct np_custody_row *x = a, *y = b;
	int d = strcasecmp(x->serial, y->serial);

	if (d)
		return d;
	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return (x->seq > y->seq) - (x->seq < y->seq);
}

static bool same_file(const struct np_custody_row *a,
		      const struct np_custody_row *b)
{
	return a->file == b->file ||
	       (a->file && b->file && strcmp(a->file, b->file) == 0);
}

/* In one file the rows of a serial stand in the order of their days. */
static int check_order(struct np_custody *c)
{
	const struct np_custody_row *last = NULL;
	int rc = 0;

	for (size_t i = 0; i < c->n && !rc; i++) {
		struct np_custody_row *r = &c->rows[i];
		bool same = last && strcasecmp(last->serial, r->serial) == 0 &&
			    same_file(last, r);

		if (same && r->day < last->day)
			rc = wrong(c, r,
				   "a date before that of the row above it of "
				   "the same serial");
		else
			last = r;
	}
	return rc;
}

/* NULL: it may follow. `out` is false while it stands in its rack, or where
 * nothing is said yet. */
static const char *refused(const struct np_serial *s,
			   enum np_custody_event event)
{
	bool out = s->n && s->state != NP_C_RACKED;

	if (s->n && s->state == NP_C_DESTROYED)
		return "a destroyed serial does not come back";
	switch (event) {
	case NP_C_RACKED:
		return s->n && !out ? "racked, and was not unracked before"
				    : NULL;
	case NP_C_UNRACKED:
		return out ? "unracked, and was so before" : NULL;
	case NP_C_STORED:
		return out ? NULL : "stored, and was not unracked before";
	case NP_C_DESTROYED:
		return out ? NULL : "destroyed, and was not unracked before";
	case NP_C_NEVENTS:
		break;
	}
	return "no such event";
}

#define LOOK_BACK 16 /* rows of one day */

/* Another file, or the dossier, says the same. */
static bool repeats(const struct np_serial *s, const struct np_custody_row *r)
{
	for (size_t i = s->n; i && s->n - i < LOOK_BACK; i--) {
		const struct np_custody_row *x = &s->rows[i - 1];

		if (x->day != r->day)
			return false;
		if (x->event == r->event && !same_file(x, r))
			return true;
	}
	return false;
}

/* The rows of one serial, from *at on; those that count are moved together. */
static int settle_one(struct np_custody *c, size_t *at, int32_t as_of,
		      struct np_serial *s)
{
	struct np_custody_row *rows = &c->rows[*at];
	int rc = 0;

	*s = (struct np_serial){
		.serial = rows->serial, .rows = rows, .out = NP_NODAY};
	for (; *at < c->n && !rc; ++*at) {
		struct np_custody_row r = c->rows[*at];
		const char *why;

		if (strcasecmp(r.serial, s->serial) != 0)
			break;
		if (r.bad || r.day > as_of || repeats(s, &r))
			continue;
		why = refused(s, r.event);
		if (why) {
			rc = wrong(c, &r, why);
			continue;
		}
		rows[s->n++] = r;
		s->state = r.event;
		if (r.event == NP_C_UNRACKED)
			s->out = r.day;
		else if (r.event == NP_C_RACKED)
			s->out = NP_NODAY;
	}
	return rc;
}

int np_custody_settle(struct np_custody *c, int32_t as_of)
{
	int rc;

	c->serials = np_alloc(c->mem, (c->n + 1) * sizeof(*c->serials));
	if (!c->serials)
		return NP_ENOMEM;
	c->nserials = 0;
	if (!c->n)
		return 0;
	qsort(c->rows, c->n, sizeof(*c->rows), by_reading);
	rc = check_order(c);
	qsort(c->rows, c->n, sizeof(*c->rows), by_day);
	for (size_t at = 0; at < c->n && !rc;) {
		struct np_serial s;

		rc = settle_one(c, &at, as_of, &s);
		c->serials[c->nserials++] = s;
	}
	return rc;
}

const struct np_serial *np_custody_of(const struct np_custody *c,
				      const char *serial)
{
	size_t from = 0, to = c->nserials;

	while (from < to) {
		size_t mid = from + (to - from) / 2;
		int d = strcasecmp(c->serials[mid].serial, serial);

		if (d == 0)
			return &c->serials[mid];
		if (d < 0)
			from = mid + 1;
		else
			to = mid;
	}
	return NULL;
}

/* ---- reasons */

/* "destroyed 2026-10-05" */
static const char *then(const struct np_custody *c, const struct np_serial *s)
{
	char text[64], day[16];

	(void)snprintf(text, sizeof(text), "%s %s", np_custody_name(s->state),
		       np_day_text(s->rows[s->n - 1].day, day));
	return np_copystr(c->mem, text, strlen(text));
}

static const char *where(const struct np_custody *c,
			 const struct np_custody_row *r)
{
	struct np_buf b = np_buf(8192);
	const char *s;

	np_puts(&b, r->file ? r->file : "the dossier");
	if (r->line)
		np_putf(&b, ":%llu", (unsigned long long)r->line);
	s = b.failed ? NULL : np_copystr(c->mem, b.p, b.n);
	np_buf_free(&b);
	return s;
}

int np_custody_reasons(const struct np_custody *c, struct np_reason **ret,
		       size_t *ret_n)
{
	struct np_reason *v = np_alloc(c->mem, (c->nserials + 1) * sizeof(*v));
	size_t n = 0;

	if (!v)
		return NP_ENOMEM;
	for (size_t i = 0; i < c->nserials; i++) {
		const struct np_serial *s = &c->serials[i];

		if (!s->n || s->out == NP_NODAY)
			continue;
		v[n] = (struct np_reason){
			.serial = s->serial,
			.what = np_custody_name(NP_C_UNRACKED),
			.then = then(c, s),
			.where = where(c, &s->rows[s->n - 1]),
			.day = s->out,
		};
		if (!v[n].then || !v[n].where)
			return NP_ENOMEM;
		if (s->state == NP_C_UNRACKED)
			v[n].then = NULL;
		n++;
	}
	*ret = v;
	*ret_n = n;
	return 0;
}
