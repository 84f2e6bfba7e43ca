/* SPDX-License-Identifier: ISC */
#include "core/hash.h"
#include "view/view.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define COLUMN ((size_t)256 << 20)

struct np_column_word {
	uint64_t hash;
	uint32_t at, number; /* in raw; counted from 1, 0: a free slot */
};

struct np_column np_column(const char *name, bool dict)
{
	return (struct np_column){.name = name,
				  .dict = dict,
				  .v = np_buf(COLUMN),
				  .words = np_buf(COLUMN),
				  .raw = np_buf(COLUMN)};
}

static void next(struct np_column *c)
{
	if (c->n++)
		np_putc(&c->v, ',');
}

static struct np_column_word *slot_of(struct np_column_word *v, uint32_t cap,
				      const char *raw, uint64_t hash,
				      const char *s)
{
	uint32_t i = (uint32_t)hash & (cap - 1);

	while (v[i].number &&
	       (v[i].hash != hash || (s && strcmp(raw + v[i].at, s) != 0)))
		i = (i + 1) & (cap - 1);
	return &v[i];
}

/* A quarter stays free. */
static bool grow(struct np_column *c)
{
	uint32_t cap = c->cap ? c->cap * 2 : 64;
	struct np_column_word *v;

	if (c->cap && c->nwords < c->cap - c->cap / 4)
		return true;
	v = calloc(cap, sizeof(*v));
	if (!v)
		return false;
	for (uint32_t i = 0; i < c->cap; i++) {
		uint32_t at = (uint32_t)c->slot[i].hash & (cap - 1);

		if (!c->slot[i].number)
			continue;
		while (v[at].number)
			at = (at + 1) & (cap - 1);
		v[at] = c->slot[i];
	}
	free(c->slot);
	c->slot = v;
	c->cap = cap;
	return true;
}

/* The number of a word, from 0. */
static uint32_t word_of(struct np_column *c, const char *s)
{
	uint64_t hash = np_hash64(s, strlen(s), 0);
	struct np_column_word *w;

	if (!grow(c)) {
		c->v.failed = true;
		return 0;
	}
	w = slot_of(c->slot, c->cap, c->raw.p, hash, s);
	if (!w->number) {
		*w = (struct np_column_word){hash, (uint32_t)c->raw.n,
					     ++c->nwords};
		np_put(&c->raw, s, strlen(s) + 1);
		np_puts(&c->words, c->nwords > 1 ? "," : "");
		np_put_jtext(&c->words, s);
	}
	return w->number - 1;
}

void np_column_text(struct np_column *c, const char *s)
{
	next(c);
	if (!c->dict)
		np_put_jtext(&c->v, s);
	else if (s)
		np_putu(&c->v, word_of(c, s));
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
		np_put(b, c->words.p, c->words.n);
		np_puts(b, "],\"v\":[");
	}
	np_put(b, c->v.p, c->v.n);
	np_puts(b, c->dict ? "]}" : "]");
	b->failed |= c->v.failed || c->words.failed || c->raw.failed;
	np_buf_free(&c->v);
	np_buf_free(&c->words);
	np_buf_free(&c->raw);
	free(c->slot);
	c->slot = NULL;
	c->cap = 0;
}
