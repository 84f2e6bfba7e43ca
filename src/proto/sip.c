/* SPDX-License-Identifier: ISC */
/*
 * SIP (RFC 3261): the product tokens of both ends. Headers travel through
 * proxies, so a token is the sender's own only where the message shows that it
 * came straight from there: a request with one Via, whose address is the
 * sender's; an answer whose Contact is the sender. Otherwise it is a third
 * party's, or, of an answer on its last hop, a neighbour's.
 * Who calls whom is not read.
 */
#include "proto/proto.h"

enum { USER_AGENT, SERVER };

static const struct np_field fields[] = {
	[USER_AGENT] = {"user_agent", NP_TEXT, NP_KEY_NONE, 0,
			"User-Agent: product of the client, as sent"},
	[SERVER] = {"server", NP_TEXT, NP_KEY_NONE, 0,
		    "Server: product of the server, as sent"},
};

#define MAX_LINES 256
#define MAX_BODY (1u << 20)

struct head {
	bool answer, whole;
	unsigned vias;
	struct np_cur via, contact, user_agent, server;
	uint64_t body;
};

static const char *const methods[] = {
	"ACK ",	    "BYE ",	 "CANCEL ",    "INFO ",	  "INVITE ",
	"MESSAGE ", "NOTIFY ",	 "OPTIONS ",   "PRACK ",  "PUBLISH ",
	"REFER ",   "REGISTER ", "SUBSCRIBE ", "UPDATE ",
};

/* "METHOD uri SIP/2.0" or "SIP/2.0 200 OK" (7.1, 7.2). */
static bool start_line(struct np_cur line, struct head *h)
{
	h->answer = np_ahead(line, "SIP/2.0 ", 8);
	if (h->answer)
		return true;
	for (size_t i = 0; i < NP_COUNT(methods); i++)
		if (np_ahead(line, methods[i], strlen(methods[i])))
			return np_find(line, " SIP/2.0", 8) != SIZE_MAX;
	return false;
}

static void read_via(struct np_cur v, struct head *h)
{
	if (!h->vias)
		h->via = v;
	h->vias++;
	for (; v.left; np_skip(&v, 1))
		h->vias += v.p[0] == ','; /* several in one line: 7.3.1 */
}

static void read_line(struct np_cur line, struct head *h)
{
	struct np_cur v;

	if (np_header(line, "Via", &v) || np_header(line, "v", &v))
		read_via(v, h);
	else if (np_header(line, "Contact", &v) || np_header(line, "m", &v))
		h->contact = v;
	else if (np_header(line, "User-Agent", &v))
		h->user_agent = v;
	else if (np_header(line, "Server", &v))
		h->server = v;
	else if (np_header(line, "Content-Length", &v) ||
		 np_header(line, "l", &v))
		(void)np_decimal(&v, &h->body);
}

static bool read_head(struct np_cur *c, struct head *h)
{
	struct np_cur line;

	if (!np_line(c, &line) || !start_line(line, h))
		return false;
	for (int i = 0; i < MAX_LINES && np_line(c, &line); i++) {
		if (!line.left) {
			h->whole = true;
			break;
		}
		read_line(line, h);
	}
	return true;
}

/* Does this text name the address, as a word of its own? Of IPv4 only: IPv6 has
 * many spellings. */
static bool names(struct np_cur text, const uint8_t ip[static 4])
{
	for (bool word = true; text.left; np_skip(&text, 1)) {
		struct np_cur c = text;
		bool digit = c.p[0] >= '0' && c.p[0] <= '9', same = digit;

		for (int i = 0; i < 4 && word && same; i++) {
			uint64_t v;

			same = np_decimal(&c, &v) && v == ip[i] &&
			       (i == 3 || np_eat(&c, ".", 1));
		}
		if (word && same && !(c.left && c.p[0] == '.'))
			return true;
		word = !digit && text.p[0] != '.';
	}
	return false;
}

/* The host of a Contact (25.1): behind a user's part, which anybody may write,
 * inside the brackets, before port and parameters. */
static struct np_cur host_of(struct np_cur c)
{
	size_t at = np_find(c, "<", 1), n = 0;

	if (at != SIZE_MAX)
		np_skip(&c, at + 1);
	at = np_find(c, ">", 1);
	if (at != SIZE_MAX)
		c.left = at;
	at = np_find(c, ":", 1); /* the scheme */
	if (at != SIZE_MAX)
		np_skip(&c, at + 1);
	while ((at = np_find(c, "@", 1)) != SIZE_MAX)
		np_skip(&c, at + 1);
	while (n < c.left && c.p[n] != ':' && c.p[n] != ';' && c.p[n] != '?')
		n++;
	c.left = n;
	return c;
}

static bool straight(const struct np_out *o, const struct head *h)
{
	const struct np_from *f = o->from;

	if (f->ip_len != 4 || !h->whole)
		return false;
	if (h->answer)
		return h->contact.p && names(host_of(h->contact), f->src_ip);
	return h->vias == 1 && names(h->via, f->src_ip) &&
	       (!h->contact.p || names(host_of(h->contact), f->src_ip));
}

/* It may have come through a proxy. Of an answer that has one hop left the
 * sender, or who answers behind it, is meant: a neighbour's word. */
static void say_relayed(struct np_out *o, const struct head *h)
{
	const struct np_from *f = o->from;
	bool last = h->answer && h->vias == 1 && f->src_ip;

	np_say(o, last ? NP_PEER : NP_THIRD);
	np_not_sender(o);
	np_reach(o, NP_RELAYED);
	if (last)
		np_key(o, NP_KEY_IP, NP_IP, np_cur(f->src_ip, f->ip_len));
}

static enum np_verdict sip_decode(struct np_cur *c, struct np_out *o)
{
	struct head h = {.answer = false};
	size_t all = c->left;

	bool more = o->from->stream && !o->from->end;

	if (more && np_find(*c, "\n", 1) == SIZE_MAX)
		return np_more(o, 0); /* half of the first line */
	if (!read_head(c, &h))
		return NP_NOT_MINE;
	if (!h.whole && more)
		return np_more(o, 0);
	if (h.user_agent.p || h.server.p) {
		if (!straight(o, &h))
			say_relayed(o, &h);
		if (h.user_agent.p)
			np_emit_string(o, USER_AGENT, h.user_agent);
		if (h.server.p)
			np_emit_string(o, SERVER, h.server);
	}
	if (o->from->stream && h.body <= MAX_BODY)
		o->next = all - c->left + (size_t)h.body;
	return NP_DECODED;
}

static bool sip_sync(struct np_cur c)
{
	struct head h = {.answer = false};
	struct np_cur line;

	return np_line(&c, &line) && start_line(line, &h);
}

static const struct np_match match[] = {
	NP_UDP(5060),
	NP_TCP(5060),
	NP_DATAGRAM("SIP/2.0 "),
	NP_DATAGRAM("INVITE sip:"),
	NP_DATAGRAM("REGISTER sip:"),
	NP_DATAGRAM("OPTIONS sip:"),
	NP_DATAGRAM("NOTIFY sip:"),
	NP_DATAGRAM("SUBSCRIBE sip:"),
	NP_DATAGRAM("MESSAGE sip:"),
	NP_STREAM("SIP/2.0 "),
	NP_STREAM("INVITE sip:"),
	NP_STREAM("REGISTER sip:"),
	NP_STREAM("OPTIONS sip:"),
};

const struct np_proto np_proto_sip = {
	.name = "sip",
	.title = "Session Initiation Protocol",
	.spec = "RFC 3261",
	.layer = "service",
	.grade = "E4",
	.heard = true,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = sip_decode,
	.sync = sip_sync,
};
