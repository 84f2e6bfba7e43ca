/* SPDX-License-Identifier: ISC */
/*
 * A file that is written under a temporary name and gets its own when it is
 * complete: whoever dies before leaves no half file that looks whole. What is
 * left of one that died is written over by the next; two that write the same
 * file at once do not.
 */
#ifndef NP_FRESH_H
#define NP_FRESH_H
#include "core/err.h"
#include <stdbool.h>

struct np_fresh {
	char *path, *temp;
	int fd;	    /* -1: there is none */
	bool empty; /* a file without an octet stood there */
};

/* Is there nothing at the path, or a file without an octet? */
bool np_fresh_may(const char *path, bool *ret_empty);
int np_fresh_open(struct np_fresh *f, const char *path, bool empty,
		  struct np_err *reterr);
/* It is complete: on disk, and under its own name. */
int np_fresh_keep(struct np_fresh *f, struct np_err *reterr);
/* Closes; removes what was not kept. */
void np_fresh_close(struct np_fresh *f);
#endif
