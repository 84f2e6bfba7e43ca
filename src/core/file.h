/* SPDX-License-Identifier: ISC */
/* Whole files that people give. */
#ifndef NP_FILE_H
#define NP_FILE_H
#include "core/buf.h"
#include "core/err.h"
#include <stdio.h>

/* Appends what is left of `f` to `ret`; a NUL stands behind it. Where it is
 * more than ret->limit, `over` (a constant) says so: NP_ELIMIT. NP_EIO: it
 * cannot be read. Errors name it `name`. */
int np_file_take(FILE *f, const char *name, const char *over,
		 struct np_buf *ret, struct np_err *reterr);
/* The same of the file at a path. NP_EIO also where there is none. */
int np_file_read(const char *path, const char *over, struct np_buf *ret,
		 struct np_err *reterr);
#endif
