/* SPDX-License-Identifier: ISC */
/*
 * The folder that answers go to. A host's walk is ADDRESS.snmprec; while it is
 * asked .ADDRESS.part, which is renamed when it is over. So the folder is all
 * that is needed to go on: who has a walk was asked, and who has a part is
 * asked what comes behind it. capture.yaml says where the walks come from,
 * unless a person wrote one.
 */
#ifndef NP_POLL_WALKS_H
#define NP_POLL_WALKS_H
#include "core/err.h"
#include "poll/neighbour.h"

/* Makes the folder where it is not there, and its note. */
int np_walks_begin(const char *dir, const char *note, struct np_err *reterr);
/* Calls fn for every whole line of a host's walk. NP_ENONE: there is none. */
typedef void np_walk_line_fn(void *ctx, struct np_cur line);
int np_walk_read(const char *dir, const char *address, np_walk_line_fn *fn,
		 void *ctx, struct np_err *reterr);
/* Opens its part, after what is whole in it, for appending; *ret_past is where
 * it is. */
int np_part_open(const char *dir, const char *address, int *ret_fd,
		 struct np_poll_past *ret_past, struct np_err *reterr);
int np_part_add(int fd, const char *p, size_t n, struct np_err *reterr);
/* It is the walk from now on, also after a crash. Closes the file. */
int np_part_end(const char *dir, const char *address, int fd,
		struct np_err *reterr);
#endif
