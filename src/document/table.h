/* SPDX-License-Identifier: ISC */
/* A row of cells as an inventory's, whatever brought the rows (table.c). */
#ifndef NP_TABLE_H
#define NP_TABLE_H
#include "document/csv.h"

#define NP_TABLE_FIELDS 14

struct np_table {
	struct np_csv csv; /* the row: its cells, where they lie, its line */
	size_t column[NP_TABLE_FIELDS]; /* where each field stands */
};

extern const char *const np_table_fields[];

/* What a column's name comes to: lower case, without blanks, "_", "-", "." and
 * "/"; cut to 63 octets. How many there are. */
size_t np_table_plain(struct np_cur name, char to[static 64]);
/* Which of np_table_fields a column of this name is; NP_TABLE_FIELDS: none. */
unsigned np_table_field(struct np_cur name);
/* Are these cells what columns of an inventory are called? */
bool np_table_is_head(const struct np_cur *cell, size_t n);
/* The field that the next entry of a map ("serial_number=Asset tag,…") gives
 * this column; the entry is taken off. false: none is left. */
bool np_table_map(struct np_cur *map, struct np_cur column,
		  struct np_cur *ret_field);
/* The row is the head: finds the columns. `map` is np_doc_host's. */
void np_table_head(struct np_table *t, const char *map);
/* Says the row. */
void np_table_row(struct np_table *t, struct np_doc *d);
#endif
