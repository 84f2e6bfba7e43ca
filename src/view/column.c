/* SPDX-License-Identifier: ISC */
#include "core/hash.h"
#include "view/view.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define COLUMN ((size_t)256 << 20)

struct np_term_slot {
	uint64_t hash;
	uint32_t at, number; /* in raw; counted from 1, 0: a free slot */
};

/* ---- words */

struct np_terms np_terms(void)
{
	return (struct np_terms){.list = np_buf(COLUMN), .raw = np_buf(COLUMN)};
}

void np_terms_free(struct np_terms *w)
{
	np_buf_free(&w->list);
	np_buf_free(&w->raw);
	free(w->slot);
	w->slot = NULL;
	w->n = w->cap = 0;
}

static struct np_term_slot *slot_of(const struct np_terms *w, uint64_t hash,
				    const char *s)
{
	uint32_t i = (uint32_t)hash & (w->cap - 1);

	while (w->slot[i].number && (w->slot[i].hash != hash ||
				     strcmp(w->raw.p + w->slot[i].at, s) != 0))
		i = (i + 1) & (w->cap - 1);
	return &w->slot[i];
}

/* A quarter stays free. */
static bool grow(struct np_terms *w)
{
	uint32_t cap = w->cap ? w->cap * 2 : 64;
	struct np_term_slot *v;

	if (w->cap && w->n < w->cap - w->cap / 4)
		return true;
	v = calloc(cap, sizeof(*v));
	if (!v)
		return false;
	for (uint32_t i = 0; i < w->cap; i++) {
		uint32_t at = (uint32_t)w->slot[i].hash & (cap - 1);

		if (!w->slot[i].number)
			continue;
		while (v[at].number)
			at = (at + 1) & (cap - 1);
		v[at] = w->slot[i];
	}
	free(w->slot);
	w->slot = v;
	w->cap = cap;
	return true;
}

uint32_t np_term(struct np_terms *w, const char *s, bool json)
{
	uint64_t hash = np_hash64(s, strlen(s), 0);
	struct np_term_slot *x;

	if (w->list.failed || w->raw.failed || !grow(w)) {
		w->list.failed = true;
		return 0;
	}
	x = slot_of(w, hash, s);
	if (x->number)
		return x->number - 1;
	*x = (struct np_term_slot){hash, (uint32_t)w->raw.n, ++w->n};
	np_put(&w->raw, s, strlen(s) + 1);
	np_puts(&w->list, w->n > 1 ? "," : "");
	if (json)
		np_puts(&w->list, s);
	else
		np_put_jtext(&w->list, s);
	return w->n - 1;
}

/* ---- columns */

struct np_column np_column(const char *name, bool dict)
{
	return (struct np_column){.name = name,
				  .dict = dict,
				  .v = np_buf(COLUMN),
				  .words = np_terms()};
}

static void next(struct np_column *c)
{
	if (c->n++)
		np_putc(&c->v, ',');
}

void np_column_text(struct np_column *c, const char *s)
{
	next(c);
	if (!c->dict)
		np_put_jtext(&c->v, s);
	else if (s)
		np_putu(&c->v, np_term(&c->words, s, false));
	else
		np_puts(&c->v, "-1");
}

void np_column_int(struct np_column *c, int64_t v)
{
	np_column_number(c, "%lld", (long long)v);
}

void np_column_null(struct np_column *c)
{
	if (c->dict) {
		np_column_text(c, NULL);
		return;
	}
	next(c);
	np_puts(&c->v, "null");
}

void np_column_number(struct np_column *c, const char *fmt, ...)
{
	char text[64];
	va_list ap;

	next(c);
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	np_puts(&c->v, text);
}

void np_column_put(struct np_column *c, bool comma, struct np_buf *b)
{
	np_putf(b, "%s\"%s\":%s", comma ? "," : "", c->name,
		c->dict ? "{\"dict\":[" : "[");
	if (c->dict) {
		np_put(b, c->words.list.p, c->words.list.n);
		np_puts(b, "],\"v\":[");
	}
	np_put(b, c->v.p, c->v.n);
	np_puts(b, c->dict ? "]}" : "]");
	b->failed |= c->v.failed || c->words.list.failed || c->words.raw.failed;
	np_buf_free(&c->v);
	np_terms_free(&c->words);
}
