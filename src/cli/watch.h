/* SPDX-License-Identifier: ISC */
/*
 * A page that is painted again when what it was made of changes. The verb runs
 * as a process of its own, so that a key ends it at once; its standard output
 * is the page, of which the screen shows the beginning.
 */
#ifndef NP_WATCH_H
#define NP_WATCH_H
#include "cli/cli.h"

/* Runs the verb once, as a child: an exit code. */
typedef int np_watched_fn(void *ctx, const struct np_look *look);
/* Looks at the paths once a second (names, sizes, times; folders with all in
 * them) until q, Esc, Ctrl-C or Ctrl-D. r reads again. An exit code; usage
 * where there is no terminal. */
int np_watch(const char *verb, const char *colour, int n, char **paths,
	     np_watched_fn *fn, void *ctx);
#endif
