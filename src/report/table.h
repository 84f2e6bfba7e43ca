/* SPDX-License-Identifier: ISC */
/*
 * A table of text cells that fits a width: columns shrink, the widest first;
 * where that would cut too much, a row takes several lines.
 *
 * A short table keeps its cells until np_table_write. A long one is gone
 * through twice and keeps none: np_table_measure, every cell, then
 * np_table_begin, and every cell again, which is written at once.
 */
#ifndef NP_TABLE_H
#define NP_TABLE_H
#include "core/buf.h"

#define NP_TABLE_COLUMNS 12

struct np_table {
	const char *const *titles;
	size_t columns, n, cap;
	struct {
		char *p;
		size_t n;
	} * cell; /* row by row */
	size_t width[NP_TABLE_COLUMNS];
	bool folds[NP_TABLE_COLUMNS]; /* begins a line */
	unsigned whole; /* columns, as bits, that never shrink: ids, words that
			   mean something only when they are whole */
	bool measured;	/* cells are not kept */
	struct np_buf *to; /* … and go here */
	bool failed;
};

void np_table_open(struct np_table *t, const char *const *titles, size_t n);
/* The next cell, row by row. The text is escaped already. */
void np_table_cell(struct np_table *t, const char *p, size_t n);
/* The same of what the buffer holds, which is emptied; one that failed fails
 * the table. */
void np_table_take(struct np_table *t, struct np_buf *c);
/* width 0: as wide as it is. */
void np_table_write(struct np_table *t, unsigned width, bool colour,
		    struct np_buf *b);
void np_table_measure(struct np_table *t);
void np_table_begin(struct np_table *t, unsigned width, bool colour,
		    struct np_buf *b);
void np_table_close(struct np_table *t);
#endif
