/* SPDX-License-Identifier: ISC */
/*
 * RTSP (RFC 2326, RFC 7826): what a camera and its viewer say of themselves in
 * headers, and the tool that made a description of media (RFC 8866 6). Where a
 * stream is found and who may see it is nobody's business. Once media are sent
 * between the messages the direction is left alone.
 */
#include "proto/proto.h"

enum { SERVER, USER_AGENT, WWW_AUTHENTICATE, PUBLIC, SDP_SESSION, SDP_TOOL };

static const struct np_field fields[] = {
	[SERVER] = {"server", NP_TEXT, NP_KEY_NONE, 0, "server's software"},
	[USER_AGENT] = {"user_agent", NP_TEXT, NP_KEY_NONE, NP_BANNER,
			"client's software"},
	[WWW_AUTHENTICATE] = {"www_authenticate", NP_TEXT, NP_KEY_NONE, 0,
			      "challenge, with its realm"},
	[PUBLIC] = {"public", NP_TEXT, NP_KEY_NONE, 0,
		    "methods that a server knows, in its order"},
	[SDP_SESSION] = {"sdp_session", NP_TEXT, NP_KEY_NONE, NP_BANNER,
			 "s= of a description: name of the session"},
	[SDP_TOOL] = {"sdp_tool", NP_TEXT, NP_KEY_NONE, 0,
		      "a=tool: of a description: what made it"},
};

#define MAX_LINES 64
#define LONGEST_BODY 16384

struct head {
	bool response, relayed, sdp;
	uint64_t length;
};

static bool version(struct np_cur c)
{
	return np_ahead(c, "RTSP/1.0", 8) || np_ahead(c, "RTSP/2.0", 8);
}

/* RFC 2326 6.1, 7.1: "DESCRIBE rtsp://host/path RTSP/1.0", "RTSP/1.0 200 OK" */
static bool start_line(struct np_cur line, struct head *h)
{
	h->response = version(line);
	return h->response ||
	       (line.left > 12 && line.p[0] >= 'A' && line.p[0] <= 'Z' &&
		version(np_cur(line.p + line.left - 8, 8)));
}

static void steer(struct np_cur line, struct head *h)
{
	struct np_cur v;

	if (np_header(line, "content-length", &v))
		(void)np_decimal(&v, &h->length);
	else if (np_header(line, "content-type", &v))
		h->sdp = np_ahead_nocase(v, "application/sdp");
	else if (np_header(line, "via", &v))
		h->relayed = true;
}

static void emit_line(struct np_out *o, struct np_cur line, bool response)
{
	static const struct {
		const char *name;
		unsigned field;
		bool response;
	} rows[] = {
		{"server", SERVER, true},
		{"user-agent", USER_AGENT, false},
		{"www-authenticate", WWW_AUTHENTICATE, true},
		{"public", PUBLIC, true},
	};
	struct np_cur v;

	for (size_t i = 0; i < NP_COUNT(rows); i++)
		if (rows[i].response == response &&
		    np_header(line, rows[i].name, &v))
			np_emit(o, rows[i].field, v);
}

static void emit_sdp(struct np_out *o, struct np_cur c)
{
	struct np_cur line;

	for (int i = 0; i < MAX_LINES && np_line(&c, &line); i++) {
		if (np_ahead(line, "m=", 2)) /* of a medium, not of the whole */
			return;
		if (np_ahead(line, "s=", 2)) {
			np_skip(&line, 2);
			np_emit(o, SDP_SESSION, np_trim(line));
		} else if (np_ahead(line, "a=tool:", 7)) {
			np_skip(&line, 7);
			np_emit(o, SDP_TOOL, np_trim(line));
		}
	}
}

/* Consumes the head. False when it is not all there. */
static bool read_head(struct np_cur *c, struct head *h)
{
	struct np_cur line;

	for (int i = 0; i < MAX_LINES && np_line(c, &line); i++) {
		if (!line.left)
			return true;
		steer(line, h);
	}
	return false;
}

static enum np_verdict rtsp_decode(struct np_cur *c, struct np_out *o)
{
	const size_t all = c->left;
	struct head h = {0};
	struct np_cur line;

	if (!o->from->stream)
		return NP_NOT_MINE;
	if (!np_line(c, &line))
		return c->left && c->p[0] >= 'A' && c->p[0] <= 'Z'
			       ? np_more(o, 0)
			       : NP_NOT_MINE;
	if (!start_line(line, &h))
		return NP_NOT_MINE;
	struct np_cur lines = *c;

	if (!read_head(c, &h))
		return o->from->end ? NP_MALFORMED : np_more(o, 0);
	size_t head = all - c->left;

	if (h.length > LONGEST_BODY)
		return NP_MALFORMED;
	if (h.response && h.sdp && h.length > c->left && !o->from->end)
		return np_more(o, head + (size_t)h.length);
	if (h.relayed)
		np_say_relayed(o);
	while (np_line(&lines, &line) && line.left)
		emit_line(o, line, h.response);
	if (h.response && h.sdp)
		emit_sdp(o, np_cur(c->p, h.length < c->left ? (size_t)h.length
							    : c->left));
	o->next = head + (size_t)h.length;
	return NP_DECODED;
}

static bool rtsp_sync(struct np_cur c)
{
	struct head h = {0};
	struct np_cur line;

	return np_line(&c, &line) && start_line(line, &h);
}

static const struct np_match match[] = {
	NP_STREAM("RTSP/"),
	NP_STREAM("OPTIONS rtsp://"),
	NP_STREAM("OPTIONS * RTSP/"),
	NP_STREAM("DESCRIBE rtsp://"),
	NP_STREAM("ANNOUNCE rtsp://"),
	NP_STREAM("SETUP rtsp://"),
	NP_TCP(554),
};

const struct np_proto np_proto_rtsp = {
	.name = "rtsp",
	.title = "Real Time Streaming Protocol",
	.spec = "RFC 2326, RFC 7826",
	.layer = "service",
	.grade = "E4",
	.heard = false,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = rtsp_decode,
	.sync = rtsp_sync,
};
