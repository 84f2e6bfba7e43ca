/* SPDX-License-Identifier: ISC */
/* What text takes on a terminal. Texts that are shown went through np_putterm:
 * the only escapes in them are colours of ours. */
#ifndef NP_TERM_H
#define NP_TERM_H
#include "core/buf.h"

/* Columns: two for a wide character (UAX #11: W and F), none for one that
 * combines with the one before, none for a colour. */
size_t np_columns(const char *p, size_t n);
/* Octets of the colour (ESC [ … m) that begins here, or 0. */
size_t np_sgr(const char *p, size_t n);
/* As much of it as so many columns hold, colours in it too; gives its octets.
 */
size_t np_put_columns(struct np_buf *b, const char *p, size_t n, size_t width);
#endif
