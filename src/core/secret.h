/* SPDX-License-Identifier: ISC */
/* Files that hold a secret. */
#ifndef NP_SECRET_H
#define NP_SECRET_H
#include "core/err.h"
#include <stddef.h>

/* Reads a regular file of at most `max` octets which is the user's or root's,
 * and which nobody else may read or write. The caller wipes what it got; after
 * a failure there is nothing. 0 or NP_EUSAGE. */
int np_secret_read(const char *path, void *to, size_t max, size_t *ret_n,
		   struct np_err *reterr);
#endif
