/* SPDX-License-Identifier: ISC */
#include "report/table.h"
#include "core/term.h"
#include <stdlib.h>
#include <string.h>

#define NARROWEST 14
#define INDENT 4 /* of the lines that a row goes on in */

void np_table_open(struct np_table *t, const char *const *titles, size_t n)
{
	*t = (struct np_table){.titles = titles, .columns = n};
	for (size_t i = 0; i < n; i++)
		t->width[i] = strlen(titles[i]);
}

static size_t columns_of_row(const struct np_table *t)
{
	size_t all = 0;

	for (size_t i = 0; i < t->columns; i++)
		all += t->width[i] + (i ? 2 : 0);
	return all;
}

/* False when it does not fit and nothing may shrink any more. */
static bool shrink(struct np_table *t, unsigned width)
{
	while (columns_of_row(t) > width) {
		size_t widest = t->columns;

		for (size_t i = 0; i < t->columns; i++) {
			if (!(t->whole >> i & 1) && t->width[i] > NARROWEST &&
			    (widest == t->columns ||
			     t->width[i] > t->width[widest]))
				widest = i;
		}
		if (widest == t->columns)
			return false;
		t->width[widest]--;
	}
	return true;
}

/* Lays a row out over several lines, columns as wide as they are. */
static void fold(struct np_table *t, unsigned width)
{
	size_t at = 0, most = width > 2 * INDENT ? width - INDENT : width;

	for (size_t i = 0; i < t->columns; i++) {
		if (t->width[i] > most)
			t->width[i] = most;
		if (i && at + 2 + t->width[i] > width) {
			t->folds[i] = true;
			at = INDENT + t->width[i];
		} else {
			at += (i ? 2 : 0) + t->width[i];
		}
	}
}

static void put_cell(struct np_buf *b, const char *p, size_t n, size_t width,
		     bool last)
{
	size_t w = np_columns(p, n);

	if (w <= width) {
		np_put(b, p, n);
		for (; !last && w < width; w++)
			np_putc(b, ' ');
		return;
	}
	/* Half of a wide character's place may be left. */
	w = np_put_columns(b, p, n, width - 1);
	np_puts(b, "…");
	for (w = np_columns(p, w) + 1; !last && w < width; w++)
		np_putc(b, ' ');
}

static void put_column(const struct np_table *t, size_t i, const char *p,
		       size_t n, struct np_buf *b)
{
	bool last = i + 1 == t->columns || t->folds[i + 1];

	if (t->folds[i])
		np_putf(b, "\n%*s", INDENT, "");
	else if (i)
		np_puts(b, "  ");
	put_cell(b, p, n, t->width[i], last);
}

static void put_next(struct np_table *t, size_t i, const char *p, size_t n,
		     struct np_buf *b)
{
	size_t column = i % t->columns;

	put_column(t, column, p, n, b);
	if (column + 1 == t->columns)
		np_putc(b, '\n');
}

static void keep(struct np_table *t, const char *p, size_t n)
{
	if (t->n == t->cap) {
		size_t cap = t->cap ? t->cap * 2 : 256;
		void *v = reallocarray(t->cell, cap, sizeof(*t->cell));

		if (!v) {
			t->failed = true;
			return;
		}
		t->cell = v;
		t->cap = cap;
	}
	char *copy = malloc(n + 1);

	if (!copy) {
		t->failed = true;
		return;
	}
	if (n)
		memcpy(copy, p, n);
	copy[n] = '\0';
	t->cell[t->n].p = copy;
	t->cell[t->n].n = n;
	t->n++;
}

void np_table_cell(struct np_table *t, const char *p, size_t n)
{
	size_t column = t->n % t->columns, w;

	if (t->to) {
		put_next(t, t->n++, p, n, t->to);
		return;
	}
	w = np_columns(p, n);
	if (t->measured)
		t->n++;
	else
		keep(t, p, n);
	if (w > t->width[column])
		t->width[column] = w;
}

void np_table_take(struct np_table *t, struct np_buf *c)
{
	np_table_cell(t, c->p ? c->p : "", c->n);
	t->failed |= c->failed;
	np_buf_clear(c);
}

void np_table_measure(struct np_table *t)
{
	t->measured = true;
}

static void lay_out(struct np_table *t, unsigned width, bool colour,
		    struct np_buf *b)
{
	size_t natural[NP_TABLE_COLUMNS];

	(void)memcpy(natural, t->width, sizeof(natural));
	if (width && !shrink(t, width)) {
		(void)memcpy(t->width, natural, sizeof(natural));
		fold(t, width);
	}
	np_puts(b, colour ? "\x1b[1m" : "");
	for (size_t i = 0; i < t->columns; i++)
		put_column(t, i, t->titles[i], strlen(t->titles[i]), b);
	np_puts(b, colour ? "\x1b[0m\n" : "\n");
}

void np_table_begin(struct np_table *t, unsigned width, bool colour,
		    struct np_buf *b)
{
	lay_out(t, width, colour, b);
	t->to = b;
	t->n = 0;
}

void np_table_write(struct np_table *t, unsigned width, bool colour,
		    struct np_buf *b)
{
	lay_out(t, width, colour, b);
	for (size_t i = 0; i < t->n; i++)
		put_next(t, i, t->cell[i].p, t->cell[i].n, b);
	b->failed |= t->failed;
}

void np_table_close(struct np_table *t)
{
	for (size_t i = 0; !t->measured && i < t->n; i++)
		free(t->cell[i].p);
	free(t->cell);
}
