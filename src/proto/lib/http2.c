/* SPDX-License-Identifier: ISC */
/* HTTP/2 (RFC 9113), one direction. */
#include "proto/lib/http2.h"
#include "proto/lib/lib.h"

#define HEAD 9 /* octets before a frame's payload, 4.1 */
#define PREFACE (sizeof(NP_HTTP2_PREFACE) - 1)

/* Types of frames that are read, 6. */
enum {
	DATA = 0,
	HEADERS = 1,
	RST_STREAM = 3,
	SETTINGS = 4,
	PUSH_PROMISE = 5,
	CONTINUATION = 9,
};

enum { END_STREAM = 1, ACK = 1, END_HEADERS = 4, PADDED = 8, PRIORITY = 32 };

struct frame {
	const uint8_t *at;
	uint8_t type, flags;
	uint32_t stream;
	struct np_cur v;
};

bool np_http2_begins(struct np_cur c)
{
	size_t n = c.left < PREFACE ? c.left : PREFACE;

	if (np_ahead(c, NP_HTTP2_PREFACE, n))
		return true;
	/* 6.5: settings of six octets each, of the connection, no answer. */
	if (c.left < HEAD)
		return false;
	size_t length = np_be24(&c);

	return length <= NP_HTTP2_FRAME_MAX && length % 6 == 0 &&
	       np_u8(&c) == SETTINGS && !np_u8(&c) && !np_be32(&c);
}

bool np_http2_open(struct np_http2 *h, struct np_cur c, struct np_arena *mem)
{
	*h = (struct np_http2){.mem = mem, .c = c};
	if (np_ahead(c, NP_HTTP2_PREFACE, PREFACE)) {
		np_skip(&h->c, PREFACE);
		h->used = PREFACE;
	}
	h->open = np_zalloc(mem, NP_HTTP2_STREAMS * sizeof(*h->open));
	return h->open && np_hpack_open(&h->hpack, mem);
}

/* ----------------------------------------------------------------- frames */

/* The next frame whole, or the reason why not. MESSAGE: it is there. */
static enum np_http2_is next_frame(struct np_http2 *h, struct frame *ret)
{
	struct np_cur c = h->c;

	ret->at = c.p;
	size_t n = np_be24(&c);

	ret->type = np_u8(&c);
	ret->flags = np_u8(&c);
	ret->stream = np_be32(&c) & INT32_MAX;
	h->need = h->used + HEAD + (c.cut ? 0 : n);
	if (c.cut)
		return NP_HTTP2_MORE;
	if (n > NP_HTTP2_FRAME_MAX)
		return NP_HTTP2_BROKEN;
	ret->v = np_sub(&c, n);
	if (c.cut)
		return NP_HTTP2_MORE;
	h->c = c;
	h->used = h->need;
	return NP_HTTP2_MESSAGE;
}

/* 6.1, 6.2: an octet of how much padding stands at the end, and what stands
 * for the priority. */
static struct np_cur unwrap(const struct frame *f)
{
	struct np_cur c = f->v;
	size_t pad = f->flags & PADDED ? np_u8(&c) : 0;

	if (f->type == HEADERS && f->flags & PRIORITY)
		np_skip(&c, 5);
	if (f->type == PUSH_PROMISE)
		np_skip(&c, 4);
	return np_sub(&c, pad <= c.left ? c.left - pad : SIZE_MAX);
}

/* 6.10: nothing may stand between the frames of a block. `need` counts to what
 * is known to be missing. */
static enum np_http2_is read_block(struct np_http2 *h, const struct frame *f,
				   struct np_cur *ret)
{
	struct np_cur part = unwrap(f);
	struct frame next = *f;
	uint8_t *joined = NULL;
	size_t n = part.left;

	*ret = part;
	while (!part.cut && !(next.flags & END_HEADERS)) {
		enum np_http2_is is = next_frame(h, &next);

		if (is != NP_HTTP2_MESSAGE)
			return is;
		part = next.v;
		if (next.type != CONTINUATION || next.stream != f->stream ||
		    n + part.left > NP_HTTP2_FRAME_MAX)
			return NP_HTTP2_BROKEN;
		if (!joined && (joined = np_alloc(h->mem, NP_HTTP2_FRAME_MAX)))
			memcpy(joined, ret->p, n);
		if (!joined)
			return NP_HTTP2_BROKEN;
		if (part.left)
			memcpy(joined + n, part.p, part.left);
		n += part.left;
		*ret = np_cur(joined, n);
	}
	return part.cut ? NP_HTTP2_BROKEN : NP_HTTP2_MESSAGE;
}

/* --------------------------------------------------------------- messages */

static struct np_http2_message *find(struct np_http2 *h, uint32_t stream)
{
	for (size_t i = 0; i < NP_HTTP2_STREAMS; i++)
		if (h->open[i].stream == stream)
			return &h->open[i];
	return NULL;
}

/* The message of a stream, begun where there is room for another. */
static struct np_http2_message *begin(struct np_http2 *h, uint32_t stream)
{
	struct np_http2_message *m = find(h, stream);

	if (m || !(m = find(h, 0)))
		return m;
	*m = (struct np_http2_message){.stream = stream};
	m->fields = np_alloc(h->mem, NP_HTTP2_FIELDS * sizeof(*m->fields));
	if (!m->fields)
		*m = (struct np_http2_message){0};
	return m->fields ? m : NULL;
}

static bool read_fields(struct np_http2 *h, struct np_http2_message *m,
			const struct frame *f, struct np_cur block)
{
	bool in_place = block.p >= f->v.p && block.p <= f->v.p + f->v.left;
	struct np_hpack_field field;

	while (np_hpack_next(&h->hpack, &block, &field)) {
		if (!in_place)
			field.at = f->at;
		if (m && m->nfields < NP_HTTP2_FIELDS)
			m->fields[m->nfields++] = field;
		else if (m)
			m->lost = true;
	}
	return !block.cut;
}

static bool take(struct np_http2 *h, struct np_http2_message *m)
{
	if (!m)
		return false;
	h->done = *m;
	*m = (struct np_http2_message){0};
	return true;
}

static void add_piece(struct np_http2_message *m, struct np_cur v)
{
	if (m->npieces == NP_HTTP2_PIECES)
		m->lost = true;
	else if (v.left)
		m->piece[m->npieces++] = v;
}

/* A frame. MORE: it ended no message. */
static enum np_http2_is read_frame(struct np_http2 *h, const struct frame *f)
{
	struct np_http2_message *m = NULL;
	struct np_cur v;

	if (f->type == DATA) {
		v = unwrap(f);
		m = f->stream ? find(h, f->stream) : NULL;
		if (v.cut || !f->stream)
			return NP_HTTP2_BROKEN;
		if (m)
			add_piece(m, v);
	} else if (f->type == HEADERS || f->type == PUSH_PROMISE) {
		enum np_http2_is is = read_block(h, f, &v);

		if (is != NP_HTTP2_MESSAGE)
			return is;
		m = f->type == HEADERS ? begin(h, f->stream) : NULL;
		if (!f->stream || !read_fields(h, m, f, v))
			return NP_HTTP2_BROKEN;
	} else if (f->type == RST_STREAM && f->stream) {
		m = find(h, f->stream);
		return take(h, m) ? NP_HTTP2_MESSAGE : NP_HTTP2_MORE;
	} else {
		return f->type == CONTINUATION ? NP_HTTP2_BROKEN
					       : NP_HTTP2_MORE;
	}
	return f->flags & END_STREAM && take(h, m) ? NP_HTTP2_MESSAGE
						   : NP_HTTP2_MORE;
}

enum np_http2_is np_http2_next(struct np_http2 *h)
{
	struct frame f;
	enum np_http2_is is;

	while ((is = next_frame(h, &f)) == NP_HTTP2_MESSAGE) {
		is = read_frame(h, &f);
		/* More is needed where a block's continuation is missing. */
		if (is != NP_HTTP2_MORE || h->need > h->used)
			break;
	}
	return is;
}

bool np_http2_rest(struct np_http2 *h)
{
	for (size_t i = 0; i < NP_HTTP2_STREAMS; i++)
		if (h->open[i].stream && take(h, &h->open[i]))
			return true;
	return false;
}

/* ------------------------------------------------------------- of message */

struct np_hpack_field np_http2_field(const struct np_http2_message *m,
				     const char *name)
{
	for (size_t i = 0; i < m->nfields; i++)
		if (np_is(m->fields[i].name, name))
			return m->fields[i];
	return (struct np_hpack_field){.value.cut = true};
}

struct np_cur np_http2_content(const struct np_http2_message *m,
			       struct np_arena *mem)
{
	size_t n = 0;

	if (m->npieces == 1)
		return m->piece[0];
	for (size_t i = 0; i < m->npieces; i++)
		n += m->piece[i].left;
	uint8_t *p = n ? np_alloc(mem, n) : NULL;

	if (!p)
		return np_cur(NULL, 0);
	n = 0;
	for (size_t i = 0; i < m->npieces; i++) {
		memcpy(p + n, m->piece[i].p, m->piece[i].left);
		n += m->piece[i].left;
	}
	return np_cur(p, n);
}
