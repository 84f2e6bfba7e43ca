/* SPDX-License-Identifier: ISC */
/*
 * Lines of an open file, in memory that is given once. A line that does not fit
 * is told of and passed over, so that what follows is read.
 */
#ifndef NP_LINES_H
#define NP_LINES_H
#include <stdbool.h>
#include <stddef.h>

struct np_lines {
	int fd;
	char *buf;
	size_t most; /* octets in a line */
	size_t from, to, seen;
	bool over, skipping;
};

/* NP_ENOMEM when there is no memory. */
int np_lines_open(struct np_lines *l, int fd, size_t most);
void np_lines_close(struct np_lines *l);
/* Would np_lines_next() have to wait for who writes the file? */
bool np_lines_wait(const struct np_lines *l);
/* 1: a line without its line feed, until the next call; *ret_whole is false of
 * one that does not fit, of which `most` octets are given. 0: there is no more.
 * NP_EIO (errno says why), or NP_EINTR. */
int np_lines_next(struct np_lines *l, const char **ret, size_t *ret_n,
		  bool *ret_whole);
#endif
