/* SPDX-License-Identifier: ISC */
#include "core/lines.h"
#include "core/err.h"
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define AHEAD ((size_t)1 << 16) /* octets asked for at least */

int np_lines_open(struct np_lines *l, int fd, size_t most)
{
	*l = (struct np_lines){.fd = fd, .most = most};
	l->buf = malloc(most + AHEAD);
	return l->buf ? NP_OK : NP_ENOMEM;
}

void np_lines_close(struct np_lines *l)
{
	free(l->buf);
	l->buf = NULL;
}

static bool has_line(const struct np_lines *l)
{
	return memchr(l->buf + l->seen, '\n', l->to - l->seen) != NULL;
}

bool np_lines_wait(const struct np_lines *l)
{
	struct pollfd p = {.fd = l->fd, .events = POLLIN};

	return !l->over && !has_line(l) && poll(&p, 1, 0) == 0;
}

/* 1: there is more, 0: the file is over. */
static int fill(struct np_lines *l)
{
	ssize_t n;

	if (l->from) {
		memmove(l->buf, l->buf + l->from, l->to - l->from);
		l->to -= l->from;
		l->seen -= l->from;
		l->from = 0;
	}
	n = read(l->fd, l->buf + l->to, l->most + AHEAD - l->to);
	if (n < 0)
		return errno == EINTR ? NP_EINTR : NP_EIO;
	l->to += (size_t)n;
	l->over = n == 0;
	return n > 0;
}

/* The end of the line that begins at `from`: its line feed, or what there is.
 * *ret_n is how far it goes; 0: more must be read. */
static bool find_end(struct np_lines *l, size_t *ret_n)
{
	const char *end = memchr(l->buf + l->seen, '\n', l->to - l->seen);

	l->seen = end ? (size_t)(end - l->buf) : l->to;
	*ret_n = l->seen - l->from;
	return end || l->over || *ret_n > l->most;
}

int np_lines_next(struct np_lines *l, const char **ret, size_t *ret_n,
		  bool *ret_whole)
{
	int rc;

	for (;;) {
		while (!find_end(l, ret_n)) {
			rc = fill(l);
			if (rc < 0)
				return rc;
		}
		bool ended = l->seen < l->to, skipped = l->skipping;

		*ret = l->buf + l->from;
		*ret_whole = *ret_n <= l->most;
		if (!ended && l->over && !*ret_n)
			return 0;
		l->from = l->seen = l->seen + ended;
		l->skipping = !ended && !l->over;
		if (!skipped)
			break;
	}
	if (!*ret_whole)
		*ret_n = l->most;
	return 1;
}
