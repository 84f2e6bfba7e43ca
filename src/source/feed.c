/* SPDX-License-Identifier: ISC */
/* The window on the source: refilled, moved, counted (see reader.h). */
#include "source/reader.h"
#include "source/unpack.h"
#include <errno.h>
#include <unistd.h>

static ssize_t read_fd(int fd, uint8_t *p, size_t n)
{
	ssize_t got;

	do
		got = read(fd, p, n);
	while (got < 0 && errno == EINTR);
	return got;
}

ssize_t np_intake_read(struct np_intake *in, uint8_t *p, size_t n)
{
	ssize_t got =
		in->pull ? in->pull(in->pull_ctx, p, n) : read_fd(in->fd, p, n);

	if (got > 0)
		in->bytes_in += (uint64_t)got;
	else if (got < 0)
		in->broken =
			np_fail(&in->why, NP_EIO, "cannot be read",
				in->pull ? NULL : strerror(errno), in->end_at);
	return got;
}

ssize_t np_intake_take(struct np_intake *in, uint8_t *p, size_t n)
{
	ssize_t got = in->unpack ? np_unpack_take(in, p, n)
				 : np_intake_read(in, p, n);

	if (got > 0)
		in->end_at += (uint64_t)got;
	if (got > 0 && in->tap)
		in->tap(in->tap_ctx, p, (size_t)got);
	return got;
}

/* What the pump has ready, with what is left over moved before it. */
static size_t take_ready(struct np_reader *r, size_t left)
{
	struct np_ready ready;

	if (!np_pump_next(r->pump, &ready)) {
		r->dry = true;
		return left;
	}
	memmove(ready.p - left, r->s.at, left);
	np_pump_release(r->pump);
	r->s.at = ready.p - left;
	r->s.end = ready.p + ready.n;
	r->end_at += ready.n;
	r->bytes_in = ready.bytes_in;
	return left + ready.n;
}

static size_t read_more(struct np_reader *r, size_t left, size_t n)
{
	uint8_t *at = r->buf + NP_FEED_MAX - left;
	uint8_t *end = r->buf + NP_FEED_MAX;

	memmove(at, r->s.at, left);
	while (left < n) {
		size_t room = (size_t)(r->buf + NP_FEED_SIZE - end);
		ssize_t got = np_intake_take(
			&r->in, end, room < NP_FEED_READ ? room : NP_FEED_READ);

		if (got <= 0) {
			r->dry = true;
			break;
		}
		end += got;
		left += (size_t)got;
	}
	r->s.at = at;
	r->s.end = end;
	r->end_at = r->in.end_at;
	r->bytes_in = r->in.bytes_in;
	return left;
}

size_t np_feed_want(struct np_reader *r, size_t n)
{
	size_t left = (size_t)(r->s.end - r->s.at);

	if (left >= n || r->dry)
		return left;
	/* What the pump has ready is a longest run, or the last one. */
	return r->pump ? take_ready(r, left) : read_more(r, left, n);
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
	if (r->in.broken) {
		if (reterr)
			*reterr = r->in.why;
		return r->in.broken;
	}
	r->truncated = inside || r->in.cut;
	r->cut_at = r->truncated ? at : 0;
	return 0;
}
