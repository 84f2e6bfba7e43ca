/* SPDX-License-Identifier: ISC */
/*
 * Rows of comma-separated values (RFC 4180), whatever separates them: comma,
 * semicolon, tab or bar, found in the first line. A quoted cell may hold
 * separators, doubled quotes and line ends.
 */
#ifndef NP_CSV_H
#define NP_CSV_H
#include "document/document.h"

#define NP_CSV_CELLS 256
#define NP_CSV_ROW ((size_t)1 << 20) /* octets of a row */

struct np_csv {
	struct np_doc *d;
	char separator;
	struct np_buf row; /* a row of several lines, and unquoted cells */
	struct np_cur cell[NP_CSV_CELLS]; /* of the row given last */
	uint64_t at[NP_CSV_CELLS];	  /* its byte offset, within its line */
	size_t n;
	uint64_t line; /* where the row begins */
};

struct np_csv np_csv(struct np_doc *d);
void np_csv_free(struct np_csv *c);
/* The next row that is not empty; false at the end. Rows that cannot be read
 * are np_doc_bad()'s. Cells live until the next call. */
bool np_csv_row(struct np_csv *c);
/* What separates most in this line; 0: nothing does. */
char np_csv_separator(struct np_cur line);
/* Splits one line without line ends in it; false where a quote is wrong. For
 * headers: `text` keeps what had to be unquoted. */
bool np_csv_split(struct np_cur line, char separator, struct np_buf *text,
		  struct np_cur *cell, size_t *ret_n, size_t cap);
#endif
