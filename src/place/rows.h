/* SPDX-License-Identifier: ISC */
/*
 * Tables that the party wrote: comma-separated values, or a workbook. Columns
 * are found by what the first row calls them, whatever the case and whether
 * words are parted by a blank, "_" or "-".
 */
#ifndef NP_PLACE_ROWS_H
#define NP_PLACE_ROWS_H
#include "core/arena.h"
#include "core/cur.h"
#include "core/err.h"

#define NP_ROWS_COLUMNS 256

/* One row; cells live until it returns. Not 0 ends the reading. */
typedef int np_row_fn(void *ctx, const struct np_cur *cell, size_t n,
		      uint64_t line);
/* *ret_book (may be NULL): it is a workbook, whose days may be numbers. */
int np_rows_read(const char *path, np_row_fn *fn, void *ctx, bool *ret_book,
		 struct np_err *reterr);

/* Lower case, without what counts for nothing; cut to 63 octets. */
size_t np_plain(const char *p, size_t n, char to[static 64]);
/* A cell's text without white space around it; NULL: empty, or (*ret_ok is
 * false) no memory. */
const char *np_cell(struct np_arena *mem, const struct np_cur *cell, size_t n,
		    size_t column, bool *ret_ok);
/* Control characters become blanks, and none stay at the ends: a cell of
 * several lines is one text. NULL: nothing is left. */
char *np_tidy(char *s);
/* An address in any of the usual spellings. */
bool np_read_mac(const char *v, size_t n, uint8_t ret[static 6]);
/* The next of several values in a text, parted by ";", "|", "," or, where
 * `blanks` is set, by white space; NULL: no more. */
const char *np_next_value(const char **s, bool blanks, size_t *ret_n);
/* Fills *reterr, with the cell's number from 1 as its column. */
int np_row_fail(const char *path, uint64_t line, size_t column,
		const char *expected, struct np_err *reterr);
#endif
