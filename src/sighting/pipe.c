/* SPDX-License-Identifier: ISC */
/*
 * A record: u8 kind, u32 length of what follows, u32 source, then
 *
 *	SIGHTING  u32 number, u32 segment, i64 first, i64 last, u64 count,
 *		  u64 place, body
 *	AGAIN	  the same without a body
 *	COVERAGE  the numbers in the order of numbers() below
 *	PROGRESS  u64 frames, u64 bytes
 *	DROPPED	  u16 field, u64 count
 *	BROKEN, KIND  u64 at, text
 *
 * Integers are big endian.
 */
#include "sighting/pipe.h"
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#define OUT_FLUSH ((size_t)64 * 1024)
#define HEAD 9u
#define RECORD_MAX (NP_MAX_SIGHTING + 256u)
#define NUMBERS 22

static void put(struct np_buf *b, uint64_t v, size_t octets)
{
	uint8_t t[8];

	for (size_t i = 0; i < octets; i++)
		t[i] = (uint8_t)(v >> (8 * (octets - 1 - i)));
	np_put(b, t, octets);
}

void np_pipe_out(struct np_pipe_out *p, int fd)
{
	*p = (struct np_pipe_out){.fd = fd, .buf = np_buf(16 * OUT_FLUSH)};
}

int np_pipe_flush(struct np_pipe_out *p)
{
	size_t at = 0;

	if (p->buf.failed)
		p->error = NP_ENOMEM;
	while (!p->error && at < p->buf.n) {
		ssize_t n = write(p->fd, p->buf.p + at, p->buf.n - at);

		if (n > 0)
			at += (size_t)n;
		else if (n < 0 && errno != EINTR)
			p->error = NP_EIO;
	}
	np_buf_clear(&p->buf);
	return p->error;
}

static void begin(struct np_pipe_out *p, enum np_record_kind kind, size_t n,
		  uint32_t source)
{
	if (p->buf.n > OUT_FLUSH)
		(void)np_pipe_flush(p);
	put(&p->buf, kind, 1);
	put(&p->buf, n + 4, 4);
	put(&p->buf, source, 4);
}

void np_pipe_sighting(struct np_pipe_out *p, uint32_t source, uint32_t number,
		      const uint8_t *body, size_t n,
		      const struct np_occurrence *o)
{
	n = body ? n : 0;
	begin(p, body ? NP_R_SIGHTING : NP_R_AGAIN, 2 * 4 + 4 * 8 + n, source);
	put(&p->buf, number, 4);
	put(&p->buf, o->segment, 4);
	put(&p->buf, (uint64_t)o->first, 8);
	put(&p->buf, (uint64_t)o->last, 8);
	put(&p->buf, o->count, 8);
	put(&p->buf, o->place, 8);
	if (body)
		np_put(&p->buf, body, n);
}

/* The numbers of a coverage record, one list for both ends. */
static void numbers(uint64_t v[static NUMBERS], struct np_record *r, bool in)
{
	struct np_coverage *c = &r->coverage;
	struct np_tally_stats *t = &r->tally;
	uint64_t *u[] = {
		&c->frames,	      &c->bytes,
		&c->malformed,	      &c->unread_link,
		&c->dropped_by_limit, &c->subscriber_tunnels,
		&t->malformed,	      &t->too_full,
		&t->dropped_by_limit, &t->withheld.person,
		&t->withheld.banner,  &t->withheld.too_big,
		&c->cut_at,	      &c->backwards,
		&c->backwards_at,     &c->asked,
		&c->absent,
	};
	size_t n = sizeof(u) / sizeof(u[0]);

	for (size_t i = 0; i < n; i++) {
		if (in)
			*u[i] = v[i];
		else
			v[i] = *u[i];
	}
	if (in) {
		c->first = (int64_t)v[n];
		c->last = (int64_t)v[n + 1];
		c->drops = (int64_t)v[n + 2];
		r->unread_link_type = (uint32_t)v[n + 3];
		r->truncated = v[n + 4];
		c->source = r->source;
		return;
	}
	v[n] = (uint64_t)c->first;
	v[n + 1] = (uint64_t)c->last;
	v[n + 2] = (uint64_t)c->drops;
	v[n + 3] = r->unread_link_type;
	v[n + 4] = r->truncated;
}

void np_pipe_coverage(struct np_pipe_out *p, const struct np_coverage *c,
		      const struct np_tally_stats *t, uint32_t link_type,
		      bool truncated)
{
	struct np_record r = {.coverage = *c,
			      .tally = *t,
			      .unread_link_type = link_type,
			      .truncated = truncated};
	uint64_t v[NUMBERS];

	numbers(v, &r, false);
	begin(p, NP_R_COVERAGE, sizeof(v), c->source);
	for (size_t i = 0; i < NUMBERS; i++)
		put(&p->buf, v[i], 8);
}

void np_pipe_progress(struct np_pipe_out *p, uint32_t source, uint64_t frames,
		      uint64_t bytes)
{
	begin(p, NP_R_PROGRESS, 16, source);
	put(&p->buf, frames, 8);
	put(&p->buf, bytes, 8);
	(void)np_pipe_flush(p);
}

void np_pipe_dropped(struct np_pipe_out *p, uint32_t source,
		     const struct np_dropped *d)
{
	begin(p, NP_R_DROPPED, 10, source);
	put(&p->buf, d->field, 2);
	put(&p->buf, d->n, 8);
}

void np_pipe_text(struct np_pipe_out *p, enum np_record_kind kind,
		  uint32_t source, const char *text, uint64_t at)
{
	size_t n = strnlen(text, 500);

	begin(p, kind, 8 + n, source);
	put(&p->buf, at, 8);
	np_put(&p->buf, text, n);
}

/* ------------------------------------------------------------- reading */

int np_pipe_in(struct np_pipe_in *p, int fd)
{
	*p = (struct np_pipe_in){.fd = fd, .cap = 4 * OUT_FLUSH};
	p->buf = malloc(p->cap);
	return p->buf ? NP_OK : NP_ENOMEM;
}

void np_pipe_in_free(struct np_pipe_in *p)
{
	free(p->buf);
	p->buf = NULL;
}

int np_pipe_fill(struct np_pipe_in *p)
{
	if (p->at) {
		memmove(p->buf, p->buf + p->at, p->n - p->at);
		p->n -= p->at;
		p->at = 0;
	}
	for (;;) {
		ssize_t n = read(p->fd, p->buf + p->n, p->cap - p->n);

		if (n > 0) {
			p->n += (size_t)n;
			return 1;
		}
		if (!n)
			return 0;
		if (errno != EINTR)
			return NP_EIO;
		return 1;
	}
}

static int read_text(struct np_pipe_in *p, struct np_cur c,
		     struct np_record *ret)
{
	ret->at = np_be64(&c);
	if (c.cut || c.left >= sizeof(p->text))
		return NP_EINPUT;
	memcpy(p->text, c.p, c.left);
	p->text[c.left] = '\0';
	ret->text = p->text;
	return 1;
}

static int read_sighting(struct np_cur c, struct np_record *ret)
{
	struct np_occurrence *o = &ret->sighting.seen;

	ret->number = np_be32(&c);
	o->source = ret->source;
	o->segment = np_be32(&c);
	o->first = (int64_t)np_be64(&c);
	o->last = (int64_t)np_be64(&c);
	o->count = np_be64(&c);
	o->place = np_be64(&c);
	ret->body = c.p;
	ret->body_n = c.left;
	if (c.cut || ret->number >= NP_MAX_SIGHTINGS)
		return NP_EINPUT;
	if (ret->kind == NP_R_AGAIN)
		return c.left ? NP_EINPUT : 1;
	if (np_body_read(c.p, c.left, &ret->sighting) < 0)
		return NP_EINPUT;
	return 1;
}

static int read_numbers(struct np_cur c, struct np_record *ret)
{
	uint64_t v[NUMBERS];

	for (size_t i = 0; i < NUMBERS; i++)
		v[i] = np_be64(&c);
	if (c.cut || c.left)
		return NP_EINPUT;
	numbers(v, ret, true);
	return 1;
}

int np_pipe_next(struct np_pipe_in *p, struct np_record *ret)
{
	struct np_cur c = np_cur(p->buf + p->at, p->n - p->at);

	if (c.left < HEAD)
		return 0;
	ret->kind = np_u8(&c);
	uint32_t n = np_be32(&c);

	if (n < 4 || n > RECORD_MAX)
		return NP_EINPUT;
	struct np_cur v = np_sub(&c, n);

	if (v.cut)
		return 0;
	p->at += 5 + n;
	ret->source = np_be32(&v);
	switch (ret->kind) {
	case NP_R_SIGHTING:
	case NP_R_AGAIN:
		return read_sighting(v, ret);
	case NP_R_COVERAGE:
		return read_numbers(v, ret);
	case NP_R_PROGRESS:
		ret->coverage.frames = np_be64(&v);
		ret->coverage.bytes = np_be64(&v);
		return v.cut ? NP_EINPUT : 1;
	case NP_R_DROPPED:
		ret->dropped.field = np_be16(&v);
		ret->dropped.n = np_be64(&v);
		return v.cut || !np_field_of(ret->dropped.field) ? NP_EINPUT
								 : 1;
	case NP_R_BROKEN:
	case NP_R_KIND:
		return read_text(p, v, ret);
	default:
		return NP_EINPUT;
	}
}
