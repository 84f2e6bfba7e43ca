/* SPDX-License-Identifier: ISC */
/*
 * HTTP/1 (RFC 9112): what a server and a client say of themselves in headers,
 * and the title of a page. Paths, cookies' values, credentials and bodies are
 * nobody's business and stay where they are; a body of known length is not
 * even waited for. Each chunk of a chunked body is a message for the host, so
 * that a long one is stepped over without being kept.
 */
#include "proto/lib/body.h"
#include "proto/proto.h"

enum { SERVER, WWW_AUTHENTICATE, SET_COOKIE, USER_AGENT, TITLE };

static const struct np_field fields[] = {
	[SERVER] = {"server", NP_TEXT, NP_KEY_NONE, 0, "server's software"},
	[WWW_AUTHENTICATE] = {"www_authenticate", NP_TEXT, NP_KEY_NONE, 0,
			      "challenge, with its realm"},
	[SET_COOKIE] = {"set_cookie", NP_TEXT, NP_KEY_NONE, NP_BANNER,
			"name of a cookie, and what of its value is no token"},
	[USER_AGENT] = {"user_agent", NP_TEXT, NP_KEY_NONE, NP_BANNER,
			"client's software"},
	[TITLE] = {"title", NP_TEXT, NP_KEY_NONE, NP_BANNER,
		   "title of an HTML page"},
};

#define LONGEST_TITLE 512

struct head {
	bool response;
	uint64_t status;
	bool relayed; /* a proxy passed it on */
	bool html, coded, chunked, sized;
	uint64_t length; /* of the body, when sized */
};

/* ------------------------------------------------------------------- head */

static bool version(struct np_cur c)
{
	return c.left >= 8 && np_ahead(c, "HTTP/1.", 7);
}

/* RFC 9112 3 and 4: "GET /path HTTP/1.1" or "HTTP/1.1 200 OK". */
static bool start_line(struct np_cur line, struct head *h)
{
	if (version(line)) {
		h->response = true;
		np_skip(&line, 8);
		line = np_trim(line);
		return np_decimal(&line, &h->status);
	}
	size_t method = np_find(line, " ", 1);

	if (method == SIZE_MAX || line.left < method + 10)
		return false;
	for (size_t i = 0; i < method; i++)
		if ((line.p[i] < 'A' || line.p[i] > 'Z') && line.p[i] != '_' &&
		    line.p[i] != '-')
			return false;
	return method && version(np_cur(line.p + line.left - 8, 8));
}

/* What of a header line says how to read on. */
static void steer(struct np_cur line, struct head *h)
{
	struct np_cur v;

	if (np_header(line, "content-length", &v)) {
		h->sized = np_decimal(&v, &h->length);
	} else if (np_header(line, "transfer-encoding", &v)) {
		h->chunked = np_find_nocase(v, "chunked") != SIZE_MAX;
	} else if (np_header(line, "content-type", &v)) {
		h->html = np_find_nocase(v, "html") != SIZE_MAX;
	} else if (np_header(line, "content-encoding", &v)) {
		h->coded = !np_ahead_nocase(v, "identity");
	} else if (np_is_via(line)) {
		h->relayed = true;
	}
}

/* Consumes the head. False when it is not all there. */
static bool read_head(struct np_cur *c, struct head *h)
{
	struct np_cur line;

	while (np_line(c, &line)) {
		if (!line.left)
			return true;
		steer(line, h);
	}
	return false;
}

/* The name and the =. A value is the session's, unless it holds a blank: no
 * token does (RFC 6265 4.1.1), but "HUAWEI Eudemon1000E&7A8B9C" is a product
 * and then a token. */
static void emit_cookie(struct np_out *o, struct np_cur v)
{
	size_t name = np_find(v, "=", 1), n = name + 1;

	if (name == SIZE_MAX)
		return;
	while (n < v.left && v.p[n] != '&' && v.p[n] != ';')
		n++;
	struct np_cur text = np_trim(np_cur(v.p + name + 1, n - name - 1));

	if (np_find(text, " ", 1) == SIZE_MAX)
		n = name + 1;
	np_emit(o, SET_COOKIE, np_sub(&v, n));
}

/* The lines of the head that are whole. */
static void emit_head(struct np_out *o, struct np_cur c, const struct head *h)
{
	struct np_cur line, v;

	/* RFC 9110 7.6.3: the origin speaks, at the proxy's address. */
	if (h->relayed)
		np_say_relayed(o);
	while (np_line(&c, &line) && line.left) {
		if (!h->response) {
			if (np_header(line, "user-agent", &v))
				np_emit(o, USER_AGENT, v);
		} else if (np_header(line, "server", &v)) {
			np_emit(o, SERVER, v);
		} else if (np_header(line, "www-authenticate", &v)) {
			np_emit(o, WWW_AUTHENTICATE, v);
		} else if (np_header(line, "set-cookie", &v)) {
			emit_cookie(o, v);
		}
	}
}

/* ------------------------------------------------------------------- body */

/* A body that is chunks goes from chunk to chunk: as many as are there, then
 * on to where the next begins. The last is followed by trailers. */
static enum np_verdict step_chunks(struct np_cur c, struct np_out *o)
{
	const size_t all = c.left;
	struct np_cur line;
	uint64_t n;

	o->next = 0;
	while (np_line(&c, &line)) {
		if (!np_chunk_size(line, &n))
			return o->next ? NP_DECODED : NP_NOT_MINE;
		if (!n) {
			while (np_line(&c, &line) && line.left)
				;
			o->next = line.left ? o->next : all - c.left;
			break;
		}
		o->next = all - c.left + n + 2;
		if (n + 2 > c.left)
			break;
		np_skip(&c, n + 2);
	}
	return o->next ? NP_DECODED : np_more(o, 0);
}

/* What is there of a body, chunks put together. */
static struct np_cur body_of(struct np_cur c, const struct head *h,
			     struct np_arena *mem, bool *ret_whole)
{
	uint8_t *joined = h->chunked ? np_alloc(mem, c.left) : NULL;
	struct np_cur line;
	size_t joined_n = 0;
	uint64_t n = 1;

	if (!h->chunked) {
		*ret_whole = h->sized && h->length <= c.left;
		return np_cur(c.p, *ret_whole ? h->length : c.left);
	}
	while (joined && n && np_line(&c, &line) && np_chunk_size(line, &n)) {
		size_t here = n < c.left ? n : c.left;

		memcpy(joined + joined_n, c.p, here);
		joined_n += here;
		np_skip(&c, here);
		np_skip(&c, c.left < 2 ? c.left : 2);
	}
	*ret_whole = !n || !joined;
	return np_cur(joined, joined_n);
}

/* False when a title may still come. */
static bool find_title(struct np_cur b, struct np_cur *ret)
{
	for (size_t at; (at = np_find(b, "<", 1)) != SIZE_MAX;) {
		np_skip(&b, at);
		if (np_ahead_nocase(b, "<body") || np_ahead_nocase(b, "</head"))
			return true;
		if (!np_ahead_nocase(b, "<title")) {
			np_skip(&b, 1);
			continue;
		}
		size_t open = np_find(b, ">", 1);

		if (open == SIZE_MAX)
			return false;
		np_skip(&b, open + 1);
		size_t end = np_find_nocase(b, "</title");

		if (end > LONGEST_TITLE)
			return end != SIZE_MAX || b.left > LONGEST_TITLE;
		*ret = np_sub(&b, end);
		return true;
	}
	return false;
}

/* RFC 9112 6.3: how long the body is; here also what follows it. */
static enum np_verdict body(struct np_cur c, struct np_out *o,
			    const struct head *h, size_t taken)
{
	bool empty = h->response &&
		     (h->status < 200 || h->status == 204 || h->status == 304);

	if (h->response && h->html && !h->coded && !empty) {
		struct np_cur title = {0};
		bool whole;
		struct np_cur b = body_of(c, h, o->mem, &whole);

		if (!find_title(b, &title) && !whole && !o->from->end)
			return np_more(o, 0);
		np_emit(o, TITLE, np_trim_space(title));
	}
	if (h->response && h->status == 101) /* another protocol follows */
		o->next = 0;
	else if (empty || h->chunked)
		o->next = taken;
	else if (h->sized)
		o->next = taken + h->length;
	else if (!h->response)
		o->next = taken;
	return NP_DECODED;
}

/* ---------------------------------------------------------------- message */

/* The beginning of a line of text, as far as one can see. */
static bool text_ahead(struct np_cur c)
{
	for (size_t i = 0; i < c.left && i < 8; i++)
		if (c.p[i] < '\t' || c.p[i] > '~')
			return false;
	return true;
}

static enum np_verdict http_decode(struct np_cur *c, struct np_out *o)
{
	const size_t all = c->left;
	struct head h = {0};
	struct np_cur line;

	/* RFC 9112 2.2: empty lines may stand before a request. */
	while (o->origin && c->left && (c->p[0] == '\r' || c->p[0] == '\n'))
		np_skip(c, 1);
	struct np_cur start = *c;

	if (!np_line(c, &line))
		return text_ahead(*c) ? np_more(o, 0) : NP_NOT_MINE;
	if (!start_line(line, &h)) {
		enum np_verdict v = NP_NOT_MINE;

		if (o->origin) {
			v = step_chunks(start, o);
			o->next += v == NP_DECODED ? all - start.left : 0;
		}
		return v;
	}
	struct np_cur lines = *c;
	bool whole = read_head(c, &h);

	if (!whole && !o->from->end)
		return np_more(o, 0);
	emit_head(o, lines, &h);
	return whole ? body(*c, o, &h, all - c->left) : NP_MALFORMED;
}

static bool http_sync(struct np_cur c)
{
	struct head h = {0};
	struct np_cur line;

	return c.left && c.p[0] >= 'A' && c.p[0] <= 'Z' && np_line(&c, &line) &&
	       start_line(line, &h);
}

static const struct np_match match[] = {
	NP_STREAM("HTTP/1."),
	NP_STREAM("GET "),
	NP_STREAM("POST "),
	NP_STREAM("HEAD "),
	NP_STREAM("PUT "),
	NP_STREAM("DELETE "),
	NP_STREAM("OPTIONS "),
	NP_STREAM("CONNECT "),
	NP_STREAM("NOTIFY "),
	NP_STREAM("SUBSCRIBE "),
	NP_TCP(80),
	NP_TCP(8080),
};

const struct np_proto np_proto_http = {
	.name = "http",
	.title = "Hypertext Transfer Protocol, version 1",
	.spec = "RFC 9112",
	.layer = "service",
	.grade = "E4",
	.heard = true,
	.carries = true,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = http_decode,
	.sync = http_sync,
};
