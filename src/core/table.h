/* SPDX-License-Identifier: ISC */
#ifndef NP_CORE_TABLE_H
#define NP_CORE_TABLE_H
#include <stddef.h>

/*
 * Zeroed memory for a table that is touched at random: on large pages where
 * the system has them, so that a look-up does not cost a page walk. Freed with
 * free(). NULL when memory is out.
 */
void *np_table_alloc(size_t n);
#endif
