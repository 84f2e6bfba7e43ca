/* SPDX-License-Identifier: ISC */
/*
 * NETCONF's first message (RFC 6241 8.1), where it is in clear: on its ports
 * without a secure transport, as between the halves of a proxy or in a
 * laboratory. Capabilities are the URIs of what a system speaks, of makers'
 * modules too; a session's number is given by the server alone.
 *
 * Tags are gone through up to the end of the message; nothing is parsed
 * beyond that, so nothing can be expanded. Behind it come configurations, which
 * are nobody's business.
 */
#include "proto/proto.h"

enum { CAPABILITY, SESSION_ID, ROLE };

static const struct np_field fields[] = {
	[CAPABILITY] = {"capability", NP_TEXT, NP_KEY_NONE, 0,
			"URI of a capability or of a YANG module"},
	[SESSION_ID] = {"session_id", NP_TEXT, NP_KEY_NONE, 0,
			"number that the server gave the session"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0,
		  "NETCONF server or NETCONF client"},
};

enum {
	LIMIT = 65536,
	MOST_TAGS = 4096,
	MOST_CAPABILITIES = 200,
	LONGEST = 1024, /* octets of a capability */
};

#define END "]]>]]>" /* RFC 6242 4.3 */

/* The next tag's local name, without its "/" and attributes, and the text that
 * follows it up to the next tag. */
static bool next_tag(struct np_cur *c, struct np_cur *ret_name, bool *ret_end,
		     struct np_cur *ret_text)
{
	size_t at = np_find(*c, "<", 1);

	if (at == SIZE_MAX)
		return false;
	np_skip(c, at + 1);
	if (np_ahead(*c, "!--", 3)) {
		at = np_find(*c, "-->", 3);
		np_skip(c, at == SIZE_MAX ? at : at + 2);
	}
	at = np_find(*c, ">", 1);
	if (at == SIZE_MAX)
		return false;
	struct np_cur v = np_sub(c, at);

	np_skip(c, 1);
	*ret_end = np_ahead(v, "/", 1);
	np_skip(&v, *ret_end);
	*ret_name = np_tag_name(v);
	at = np_find(*c, "<", 1);
	*ret_text = np_trim_space(np_cur(c->p, at < c->left ? at : 0));
	return true;
}

/* The next element of that name with a text of some length. */
static bool next_text(struct np_cur *c, const char *want, struct np_cur *ret)
{
	struct np_cur name;
	bool end;

	for (int i = 0; i < MOST_TAGS && next_tag(c, &name, &end, ret); i++)
		if (!end && ret->left && ret->left <= LONGEST &&
		    np_is(name, want))
			return true;
	return false;
}

/* The standard's own capabilities, or all others. */
static void emit_capabilities(struct np_out *o, struct np_cur c, bool standard)
{
	struct np_cur v;

	for (int i = 0;
	     i < MOST_CAPABILITIES && next_text(&c, "capability", &v); i++)
		if (np_ahead(v, "urn:ietf:", 9) == standard)
			np_emit(o, CAPABILITY, v);
}

/* What stands in the element hello. Clients offer makers' capabilities that
 * they believe the server to have, so these tell of the server. */
static void read_hello(struct np_out *o, struct np_cur c)
{
	struct np_cur rest = c, session;
	bool server = next_text(&rest, "session-id", &session);
	const char *role = server ? "NETCONF server" : "NETCONF client";

	emit_capabilities(o, c, true);
	if (server)
		np_emit(o, SESSION_ID, session);
	np_emit_word(o, ROLE, role, c.p);
	if (!server)
		np_say_receiver(o);
	emit_capabilities(o, c, false);
}

/* Is the first element hello, as far as one can see? */
static bool begins(struct np_cur c)
{
	struct np_cur name, text;
	bool end;

	c = np_trim_space(c);
	if (!np_ahead(c, "<", 1))
		return false;
	for (int i = 0; i < 4 && next_tag(&c, &name, &end, &text); i++)
		if (!np_ahead(name, "?", 1) && name.left)
			return np_is(name, "hello") && !end;
	return true;
}

static enum np_verdict netconf_decode(struct np_cur *c, struct np_out *o)
{
	if (!begins(*c))
		return NP_NOT_MINE;
	size_t n = np_find(*c, END, sizeof(END) - 1);

	if (n == SIZE_MAX && !o->from->end)
		return np_more(o, 0);
	if (n == SIZE_MAX)
		return NP_MALFORMED;
	read_hello(o, np_sub(c, n));
	return NP_DECODED;
}

/* 830, and where a server calls home to (RFC 8071). */
static const struct np_match match[] = {
	NP_TCP(830),
	NP_TCP(4334),
};

const struct np_proto np_proto_netconf = {
	.name = "netconf",
	.title = "Network Configuration Protocol",
	.spec = "RFC 6241, RFC 6242, RFC 8071",
	.layer = "management",
	.grade = "E5",
	.heard = false,
	.limit = LIMIT,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = netconf_decode,
};
