/* SPDX-License-Identifier: ISC */
#include "report/export.h"
#include "core/utf8.h"
#include "report/answer.h"
#include "report/page.h"
#include <stdarg.h>

#define BOX_MEM ((size_t)64 << 20)
#define CELL ((size_t)1 << 20)

/* ---- texts */

/* So many octets are the first `most` characters. */
static size_t characters(const char *s, size_t n, size_t most)
{
	size_t at = 0;

	while (at < n && most--) {
		uint32_t u;
		size_t k = np_utf8((const uint8_t *)s + at, n - at, &u);

		at += k ? k : 1;
	}
	return at;
}

void np_put_plain(struct np_buf *b, const void *s, size_t n, size_t most)
{
	size_t from = b->n;

	if (!s)
		return;
	np_putterm(b, s, n);
	if (most && !b->failed && b->n > from) {
		b->n = from + characters(b->p + from, b->n - from, most);
		b->p[b->n] = '\0';
	}
}

void np_put_jtext(struct np_buf *b, const char *s)
{
	if (s)
		np_put_joctets(b, s, strlen(s));
	else
		np_puts(b, "null");
}

void np_put_joctets(struct np_buf *b, const void *s, size_t n)
{
	struct np_buf plain = np_buf(CELL);
	size_t from;

	np_put_plain(&plain, s, n, 0);
	np_putc(b, '"');
	for (from = 0; from < plain.n; from++) {
		char c = plain.p[from];

		if (c == '<' || c == '>' || c == '&')
			np_putf(b, "\\u%04x", (unsigned)c);
		else if (c == '"' || c == '\\')
			np_putf(b, "\\%c", c);
		else
			np_putc(b, c);
	}
	np_putc(b, '"');
	b->failed |= plain.failed;
	np_buf_free(&plain);
}

void np_put_jmember(struct np_buf *b, const char *name, const char *s)
{
	np_putf(b, ",\"%s\":", name);
	np_put_jtext(b, s);
}

/* ---- CSV */

struct np_cells np_cells(struct np_buf *b)
{
	return (struct np_cells){.b = b, .cell = np_buf(CELL)};
}

void np_cells_free(struct np_cells *c)
{
	np_buf_free(&c->cell);
}

static void next_cell(struct np_cells *c)
{
	if (c->open)
		np_putc(c->b, ',');
	c->open = true;
}

/* Octets of what may stand before a formula, or 0. */
static size_t blank(const char *s, size_t n)
{
	uint32_t u = 0;
	size_t k = np_utf8((const uint8_t *)s, n, &u);

	/* NBSP and the wide blank. */
	if (k && (u == 0xa0 || u == 0x3000))
		return k;
	return n && *s && strchr(" \t\r\n\"'", *s) ? 1 : 0;
}

bool np_formula(const char *s, size_t n)
{
	/* East Asian spreadsheets take the wide signs too; a minus is one in
	 * several forms. */
	static const uint32_t signs[] = {'=',	 '+',	 '-',	 '@',	0xff1d,
					 0xff0b, 0xff0d, 0xff20, 0x2212};
	uint32_t u = 0;
	size_t k;

	while ((k = blank(s, n))) {
		s += k;
		n -= k;
	}
	if (!np_utf8((const uint8_t *)s, n, &u))
		return false;
	for (size_t i = 0; i < NP_COUNT(signs); i++) {
		if (u == signs[i])
			return true;
	}
	return false;
}

void np_cells_cut(struct np_cells *c, const char *s, size_t most)
{
	next_cell(c);
	if (!s || !*s)
		return;
	np_buf_clear(&c->cell);
	np_put_plain(&c->cell, s, strlen(s), most);
	c->b->failed |= c->cell.failed;
	np_putc(c->b, '"');
	for (size_t i = 0; i < c->cell.n; i++) {
		const char *at = c->cell.p + i;

		if ((!i || at[-1] == ';') && np_formula(at, c->cell.n - i))
			np_putc(c->b, '\'');
		if (*at == '"')
			np_putc(c->b, '"');
		np_putc(c->b, *at);
	}
	np_putc(c->b, '"');
}

void np_cells_text(struct np_cells *c, const char *s)
{
	np_cells_cut(c, s, 0);
}

void np_cells_number(struct np_cells *c, const char *fmt, ...)
{
	char text[64];
	va_list ap;

	next_cell(c);
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	np_puts(c->b, text);
}

void np_cells_end(struct np_cells *c)
{
	np_puts(c->b, "\r\n");
	c->open = false;
}

void np_cells_head(struct np_cells *c, const char *const *names)
{
	for (; *names; names++) {
		next_cell(c);
		np_puts(c->b, *names);
	}
	np_cells_end(c);
}

/* ---- devices */

struct np_export np_export(const struct np_report *r, const struct np_style *s)
{
	return (struct np_export){.r = r, .s = s, .mem = np_arena(BOX_MEM)};
}

void np_export_free(struct np_export *x)
{
	np_arena_free(&x->mem);
}

bool np_export_site(const struct np_report *r, const struct np_style *s,
		    uint32_t site)
{
	const char *id = s->site ? np_site_id(r->party, site) : NULL;

	return !s->site || (id && strcmp(id, s->site) == 0);
}

/* The keys of one kind, joined; the first alone goes to *ret_first. */
static const char *joined(struct np_export *x, const struct np_evidence *e,
			  enum np_keykind kind, const char **ret_first)
{
	struct np_buf b = np_buf(CELL);
	const char *all = NULL;

	*ret_first = NULL;
	for (size_t i = 0; i < e->nkeys; i++) {
		if (e->keys[i].kind != kind)
			continue;
		if (!*ret_first)
			*ret_first =
				np_copystr(&x->mem, e->keys[i].v, e->keys[i].n);
		np_puts(&b, b.n ? "; " : "");
		np_put_plain(&b, e->keys[i].v, e->keys[i].n, 0);
	}
	if (b.n)
		all = np_copystr(&x->mem, b.p, b.n);
	np_buf_free(&b);
	return all;
}

/* Devices and findings are in the same order. */
static void findings_of(const struct np_findings *f, struct np_export_box *b)
{
	size_t low = 0, high = f->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (f->v[mid].device < b->d)
			low = mid + 1;
		else
			high = mid;
	}
	b->v = f->v + low;
	for (; low < f->n && f->v[low].device == b->d; low++, b->n++) {
		const struct np_finding *y = &f->v[low];

		if (!y->elsewhere &&
		    (!b->strongest ||
		     np_status_rank(y->status) >
			     np_status_rank(b->strongest->status)))
			b->strongest = y;
	}
}

int np_export_box(struct np_export *x, size_t device, struct np_export_box *ret)
{
	struct np_evidence e;
	int rc;

	*ret = (struct np_export_box){.d = &x->r->devices->v[device]};
	findings_of(x->r->findings, ret);
	np_arena_reset(&x->mem);
	rc = np_device_said(x->r->devices, ret->d, &x->mem, &e);
	if (rc)
		return rc;
	ret->macs = joined(x, &e, NP_KEY_MAC, &ret->mac);
	ret->ips = joined(x, &e, NP_KEY_IP, &ret->ip);
	ret->names = joined(x, &e, NP_KEY_NAME, &ret->name);
	return NP_OK;
}

int np_export_next(struct np_export *x, struct np_export_box *ret)
{
	const struct np_devices *all = x->r->devices;
	int rc;

	while (x->device < all->n &&
	       !np_export_site(x->r, x->s, all->v[x->device].site))
		x->device++;
	if (x->device == all->n)
		return 0;
	rc = np_export_box(x, x->device++, ret);
	return rc ? rc : 1;
}

uint32_t np_export_find(const struct np_report *r, const char *site)
{
	for (uint32_t i = 0; site && i < np_sites(r->party); i++) {
		if (strcmp(np_site(r->party, i)->id, site) == 0)
			return i;
	}
	return NP_NO_SITE;
}

const char *np_export_maker(const struct np_report *r,
			    const struct np_device *d)
{
	return d->sure == NP_CONFIRMED ? np_report_maker(r, d->maker) : NULL;
}

const char *np_export_country(const struct np_report *r, uint32_t site)
{
	return site < np_sites(r->party) ? np_site(r->party, site)->country
					 : NULL;
}

const char *np_export_confidence(const struct np_report *r,
				 const struct np_device *d, char buf[static 16])
{
	struct np_like like;

	*buf = '\0';
	if (np_device_cases(r->knowledge, d, &like))
		(void)snprintf(buf, 16, "%.3f", like.least);
	return buf;
}
