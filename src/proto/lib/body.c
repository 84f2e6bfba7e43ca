/* SPDX-License-Identifier: ISC */
/* Messages of HTTP/1 and their content. */
#include "proto/lib/body.h"
#include <zlib.h>

/* ------------------------------------------------------------------- head */

/* RFC 9112 3 and 4: "POST /path HTTP/1.1" or "HTTP/1.1 200 OK". */
static bool start_line(struct np_cur line, struct np_message *m)
{
	if (np_ahead(line, "HTTP/1.", 7) && line.left > 8) {
		m->response = true;
		np_skip(&line, 8);
		line = np_trim(line);
		return np_decimal(&line, &m->status);
	}
	size_t method = np_find(line, " ", 1), end = line.left - 9;

	if (line.left < 12 || !method || method >= end ||
	    memcmp(line.p + end, " HTTP/1.", 8) != 0)
		return false;
	m->method = np_cur(line.p, method);
	m->path = np_cur(line.p + method + 1, end - method - 1);
	return true;
}

static enum np_packing packing(struct np_cur v)
{
	static const struct {
		const char *name;
		enum np_packing packing;
	} rows[] = {{"identity", NP_PLAIN},
		    {"gzip", NP_GZIP},
		    {"x-gzip", NP_GZIP},
		    {"deflate", NP_DEFLATE}};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (np_is_nocase(v, rows[i].name))
			return rows[i].packing;
	return NP_PACKED_ELSE;
}

bool np_is_via(struct np_cur line)
{
	struct np_cur v;

	return np_header(line, "via", &v) || np_header(line, "forwarded", &v) ||
	       np_header(line, "x-forwarded-for", &v);
}

/* False where the line makes the message unreadable. */
static bool header(struct np_cur line, struct np_message *m)
{
	struct np_cur v;

	if (np_header(line, "content-length", &v)) {
		m->sized = true;
		return np_decimal(&v, &m->length);
	}
	if (np_header(line, "transfer-encoding", &v)) {
		m->chunked = np_ahead_nocase(v, "chunked");
		return m->chunked || np_ahead_nocase(v, "identity");
	}
	if (np_header(line, "content-encoding", &v))
		m->packing = packing(v);
	else if (np_header(line, "content-type", &v))
		m->type = v;
	else if (np_header(line, "host", &v))
		m->host = v;
	else if (np_header(line, "soapaction", &v))
		m->action = v;
	else if (np_header(line, "sec-websocket-protocol", &v))
		m->websocket = v;
	else if (np_is_via(line))
		m->relayed = true;
	return true;
}

bool np_body_ahead(struct np_cur c)
{
	return np_ahead(c, "POST ", 5) || np_ahead(c, "HTTP/1.", 7);
}

enum np_part np_message(struct np_cur c, struct np_message *ret)
{
	const size_t all = c.left;
	struct np_cur line;
	size_t lines = 0;

	*ret = (struct np_message){0};
	if (!np_line(&c, &line))
		return all < NP_BODY_INPUT ? NP_PART_MORE : NP_PART_NONE;
	if (!start_line(line, ret))
		return NP_PART_NONE;
	while (np_line(&c, &line)) {
		if (!line.left) {
			ret->body = c;
			ret->head = all - c.left;
			return ret->head <= NP_BODY_INPUT ? NP_PART_WHOLE
							  : NP_PART_NONE;
		}
		if (++lines > NP_BODY_LINES || !header(line, ret))
			return NP_PART_NONE;
	}
	return all < NP_BODY_INPUT ? NP_PART_MORE : NP_PART_NONE;
}

/* ----------------------------------------------------------------- length */

bool np_chunk_size(struct np_cur line, uint64_t *ret)
{
	size_t digits = 0;

	*ret = 0;
	for (; line.left; digits++) {
		uint8_t b = np_u8(&line) | 0x20;

		if (b >= '0' && b <= '9')
			*ret = *ret << 4 | (unsigned)(b - '0');
		else if (b >= 'a' && b <= 'f')
			*ret = *ret << 4 | (unsigned)(b - 'a' + 10);
		else if (b == ';' || b == ' ')
			break;
		else
			return false;
	}
	return digits && digits <= NP_CHUNK_DIGITS;
}

/* Chunks put together, and the trailers behind the last. */
static enum np_part join(struct np_cur c, struct np_arena *mem,
			 struct np_cur *ret, size_t *ret_taken)
{
	const size_t all = c.left;
	uint8_t *joined = np_alloc(mem, c.left ? c.left : 1);
	size_t joined_n = 0;
	uint64_t n = 1;
	struct np_cur line;

	if (!joined)
		return NP_PART_NONE;
	while (n && np_line(&c, &line)) {
		if (!np_chunk_size(line, &n) || n > NP_BODY_INPUT)
			return NP_PART_NONE;
		struct np_cur v = np_sub(&c, (size_t)n);

		if (v.cut)
			return NP_PART_MORE;
		memcpy(joined + joined_n, v.p, v.left);
		joined_n += v.left;
		if (n && !np_line(&c, &line))
			return NP_PART_MORE;
		if (n && line.left)
			return NP_PART_NONE;
	}
	while (!n && np_line(&c, &line))
		if (!line.left) {
			*ret = np_cur(joined, joined_n);
			*ret_taken = all - c.left;
			return NP_PART_WHOLE;
		}
	return NP_PART_MORE;
}

/* RFC 9112 6.3: where the body ends. */
static enum np_part delimit(const struct np_message *m, bool end,
			    struct np_arena *mem, struct np_cur *ret,
			    size_t *ret_size)
{
	const struct np_cur b = m->body;
	size_t taken = 0;

	*ret = np_cur(b.p, 0);
	*ret_size = m->head;
	if (m->response &&
	    (m->status < 200 || m->status == 204 || m->status == 304))
		return NP_PART_WHOLE;
	if (m->chunked) {
		enum np_part part = join(b, mem, ret, &taken);

		*ret_size = part == NP_PART_WHOLE ? m->head + taken : 0;
		return part;
	}
	if (!m->sized && !m->response)
		return NP_PART_WHOLE;
	if (!m->sized) {
		*ret = b;
		*ret_size = end ? m->head + b.left : 0;
		return end ? NP_PART_WHOLE : NP_PART_MORE;
	}
	if (m->length > NP_BODY_INPUT - m->head)
		return NP_PART_NONE;
	*ret_size = m->head + (size_t)m->length;
	if (m->length > b.left)
		return NP_PART_MORE;
	*ret = np_cur(b.p, (size_t)m->length);
	return NP_PART_WHOLE;
}

/* ---------------------------------------------------------------- packing */

static void *take(void *mem, unsigned n, unsigned size)
{
	return np_alloc(mem, (size_t)n * size);
}

static void give(void *mem, void *p)
{
	(void)mem;
	(void)p;
}

/* All of it in one call, into as much room as the limits leave. */
static bool inflated(struct np_cur c, int window, struct np_arena *mem,
		     struct np_cur *ret)
{
	size_t room = c.left * NP_BODY_RATIO;

	if (room > NP_BODY_OUTPUT)
		room = NP_BODY_OUTPUT;
	union { /* zlib's interface is older than const */
		const uint8_t *ours;
		uint8_t *theirs;
	} in = {.ours = c.p};
	uint8_t *out = np_alloc(mem, room ? room : 1);
	z_stream z = {.zalloc = take,
		      .zfree = give,
		      .opaque = mem,
		      .next_in = in.theirs,
		      .avail_in = (unsigned)c.left,
		      .next_out = out,
		      .avail_out = (unsigned)room};

	if (!out || inflateInit2(&z, window) != Z_OK)
		return false;
	int rc = inflate(&z, Z_FINISH);

	*ret = np_cur(out, z.total_out);
	(void)inflateEnd(&z);
	return rc == Z_STREAM_END;
}

/* RFC 9110 8.4.1: deflate is zlib's format; some send it bare. */
static bool unpack(enum np_packing packing, struct np_cur c,
		   struct np_arena *mem, struct np_cur *ret)
{
	switch (packing) {
	case NP_PLAIN:
		*ret = c;
		return true;
	case NP_GZIP:
		return inflated(c, 16 + MAX_WBITS, mem, ret);
	case NP_DEFLATE:
		return inflated(c, MAX_WBITS, mem, ret) ||
		       inflated(c, -MAX_WBITS, mem, ret);
	case NP_PACKED_ELSE:
		break;
	}
	return false;
}

enum np_part np_body(const struct np_message *m, bool end, struct np_arena *mem,
		     struct np_cur *ret_content, size_t *ret_size)
{
	struct np_cur body;
	enum np_part part = delimit(m, end, mem, &body, ret_size);

	if (part == NP_PART_MORE &&
	    (end || m->head + m->body.left >= NP_BODY_INPUT))
		return NP_PART_NONE;
	if (part == NP_PART_WHOLE &&
	    (m->head + body.left > NP_BODY_INPUT ||
	     (body.left && !unpack(m->packing, body, mem, ret_content))))
		return NP_PART_NONE;
	if (!body.left)
		*ret_content = body;
	return part;
}

enum np_part np_body_post(struct np_cur c, size_t limit, struct np_arena *mem,
			  struct np_message *ret, struct np_cur *ret_content,
			  size_t *ret_size)
{
	if (!np_ahead(c, "POST ", 5) || np_message(c, ret) != NP_PART_WHOLE ||
	    !ret->sized || ret->chunked || ret->packing != NP_PLAIN ||
	    ret->head > limit || ret->length > limit - ret->head)
		return NP_PART_NONE;
	return np_body(ret, false, mem, ret_content, ret_size);
}

static bool marked(struct np_cur c, const char *mark)
{
	size_t n = c.left < NP_BODY_MARK ? c.left : NP_BODY_MARK;

	return np_find(np_cur(c.p, n), mark, strlen(mark)) != SIZE_MAX;
}

enum np_part np_body_xml(struct np_cur c, bool end, const char *mark,
			 struct np_arena *mem, struct np_message *ret,
			 struct np_cur *ret_content, size_t *ret_size)
{
	enum np_part part = np_message(c, ret);

	*ret_size = 0;
	if (part != NP_PART_WHOLE)
		return end ? NP_PART_NONE : part;
	if (np_find_nocase(ret->type, "xml") == SIZE_MAX)
		return NP_PART_NONE;
	/* Another's is not waited for. */
	if (ret->packing == NP_PLAIN && ret->body.left >= NP_BODY_MARK &&
	    !marked(ret->body, mark))
		return NP_PART_NONE;
	part = np_body(ret, end, mem, ret_content, ret_size);
	if (part == NP_PART_WHOLE && !marked(*ret_content, mark))
		return NP_PART_NONE;
	return part;
}

enum np_verdict np_body_xml_of(struct np_cur c, struct np_out *o,
			       const char *mark, struct np_message *ret,
			       struct np_cur *ret_content)
{
	size_t size;
	enum np_part part = np_body_xml(c, o->from->end, mark, o->mem, ret,
					ret_content, &size);

	if (part == NP_PART_MORE)
		return np_more(o, size);
	if (part == NP_PART_NONE)
		return NP_NOT_MINE;
	o->next = size;
	if (ret->relayed)
		np_say_relayed(o);
	return NP_DECODED;
}
