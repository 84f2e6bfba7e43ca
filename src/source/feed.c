/* SPDX-License-Identifier: ISC */
/* The window on the source: refilled, moved, counted (see reader.h). */
#include "source/reader.h"
#include "source/unpack.h"
#include <errno.h>
#include <unistd.h>

ssize_t np_feed_read(struct np_reader *r, uint8_t *p, size_t n)
{
	ssize_t got;

	do
		got = read(r->fd, p, n);
	while (got < 0 && errno == EINTR);
	if (got > 0)
		r->bytes_in += (uint64_t)got;
	else if (got < 0)
		r->broken = np_fail(&r->why, NP_EIO, "cannot be read",
				    strerror(errno), r->end_at);
	return got;
}

static ssize_t take(struct np_reader *r, uint8_t *p, size_t n)
{
	return r->unpack ? np_unpack_take(r, p, n) : np_feed_read(r, p, n);
}

size_t np_feed_want(struct np_reader *r, size_t n)
{
	size_t left = (size_t)(r->s.end - r->s.at);
	uint8_t *at = r->buf + NP_FEED_MAX - left;
	uint8_t *end = r->buf + NP_FEED_MAX;

	if (left >= n || r->broken)
		return left;
	memmove(at, r->s.at, left);
	while (left < n) {
		size_t room = (size_t)(r->buf + NP_FEED_SIZE - end);
		ssize_t got =
			take(r, end, room < NP_FEED_READ ? room : NP_FEED_READ);

		if (got <= 0)
			break;
		end += got;
		left += (size_t)got;
		r->end_at += (uint64_t)got;
	}
	r->s.at = at;
	r->s.end = end;
	return left;
}

bool np_feed_skip(struct np_reader *r, uint64_t n)
{
	for (;;) {
		size_t left = (size_t)(r->s.end - r->s.at);

		if (n <= left) {
			r->s.at += n;
			return true;
		}
		r->s.at = r->s.end;
		n -= left;
		if (!np_feed_want(r, 1))
			return false;
	}
}

int np_feed_over(struct np_reader *r, bool inside, uint64_t at,
		 struct np_err *reterr)
{
	if (r->broken) {
		if (reterr)
			*reterr = r->why;
		return r->broken;
	}
	r->truncated = inside || r->cut;
	r->cut_at = r->truncated ? at : 0;
	return 0;
}
