/* SPDX-License-Identifier: ISC */
/*
 * MGCP (RFC 3435): a call agent commands media gateways. A command's first line
 * (3.2.1) is a verb, a number, an endpoint at a gateway and the version with a
 * profile; an answer's (3.3) a code and the number. Lines of parameters follow,
 * then sessions behind an empty line; several messages stand in one datagram
 * with a dot between (3.5.5).
 *
 * The verb tells who sends it. The endpoint is the gateway's, so of the sender
 * or of the receiver, and its name is a subscriber's line. What is dialled and
 * the sessions are not read.
 */
#include "proto/proto.h"

enum {
	VERSION,
	PROFILE,
	GATEWAY,
	ENDPOINT,
	NOTIFIED_ENTITY,
	PACKAGES,
	ROLE,
};

static const struct np_field fields[] = {
	[VERSION] = {"version", NP_TEXT, NP_KEY_NONE, 0,
		     "version of the protocol that the command is in"},
	[PROFILE] = {"profile", NP_TEXT, NP_KEY_NONE, 0,
		     "profile behind it: NCS 1.0, TGCP 1.0"},
	[GATEWAY] = {"gateway", NP_TEXT, NP_KEY_NONE, NP_BANNER,
		     "name or address of the gateway, behind the endpoint's @"},
	[ENDPOINT] = {"endpoint", NP_TEXT, NP_KEY_NONE, NP_PERSON,
		      "endpoint in the gateway: a line, most often a "
		      "subscriber's"},
	[NOTIFIED_ENTITY] = {"notified_entity", NP_TEXT, NP_KEY_NONE, 0,
			     "N: the call agent that has to hear of it"},
	[PACKAGES] = {"packages", NP_TEXT, NP_KEY_NONE, 0,
		      "PL, or v of A: packages that the gateway knows"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0, "call agent or MGW"},
};

enum { MESSAGES = 16, LINES = 64 };

/* 2.3: who sends which; NULL: both do. */
static const struct {
	char verb[5];
	const char *role;
} verbs[] = {
	{"EPCF", "call agent"}, {"CRCX", "call agent"}, {"MDCX", "call agent"},
	{"DLCX", NULL},		{"RQNT", "call agent"}, {"NTFY", "MGW"},
	{"AUEP", "call agent"}, {"AUCX", "call agent"}, {"RSIP", "MGW"},
};

struct start {
	bool command;
	const char *role;
	struct np_cur endpoint, gateway, version, profile;
};

static struct np_cur next_word(struct np_cur *c)
{
	*c = np_trim(*c);
	size_t n = 0;

	while (n < c->left && c->p[n] != ' ' && c->p[n] != '\t')
		n++;
	return np_sub(c, n);
}

/* The number of a transaction: one to nine digits. */
static bool is_number(struct np_cur v)
{
	uint64_t n;
	size_t digits = v.left;

	return digits && digits <= 9 && np_decimal(&v, &n) && !v.left && n;
}

/* 3.2.1.2, 3.3: "200 1203 OK". */
static bool read_answer(struct np_cur line)
{
	struct np_cur code = next_word(&line);

	return code.left == 3 &&
	       (is_number(code) || np_ahead(code, "000", 3)) &&
	       is_number(next_word(&line));
}

static bool read_start(struct np_cur line, struct start *ret)
{
	struct np_cur rest = line, verb = next_word(&rest);
	size_t i = 0;

	while (i < NP_COUNT(verbs) &&
	       !(verb.left == 4 && np_ahead_nocase(verb, verbs[i].verb)))
		i++;
	if (i == NP_COUNT(verbs))
		return read_answer(line);
	ret->command = true;
	ret->role = verbs[i].role;
	struct np_cur number = next_word(&rest);

	ret->gateway = next_word(&rest);
	struct np_cur name = next_word(&rest);
	size_t at = np_find(ret->gateway, "@", 1);

	ret->version = next_word(&rest);
	ret->profile = np_trim(rest);
	if (at == SIZE_MAX)
		return false;
	ret->endpoint = np_sub(&ret->gateway, at);
	np_skip(&ret->gateway, 1);
	return np_is_nocase(name, "MGCP") && is_number(number) &&
	       ret->version.left;
}

/* Whose the endpoint is: the sender's, the receiver's, or one knows not. That
 * the name of another is not a subscriber's box cannot be told. */
static void emit_endpoint(struct np_out *o, const struct start *s)
{
	if (!s->role) {
		np_say(o, NP_THIRD);
		np_not_sender(o);
	} else if (strcmp(s->role, "MGW") != 0) {
		np_say_receiver(o);
		np_emit_word(o, ROLE, "MGW", s->gateway.p);
	}
	np_emit(o, GATEWAY, s->gateway);
	if (s->gateway.left && (!s->role || strcmp(s->role, "MGW") != 0))
		np_person(o);
	np_emit(o, ENDPOINT, s->endpoint);
}

/* 3.2.2, Capabilities: "a:PCMU, p:10-100, v:L;S". */
static struct np_cur packages_of(struct np_cur v)
{
	while (v.left) {
		size_t n = np_find(v, ",", 1);
		struct np_cur one =
			np_trim(np_sub(&v, n < v.left ? n : v.left));

		np_skip(&v, v.left ? 1 : 0);
		if (np_ahead_nocase(one, "v:")) {
			np_skip(&one, 2);
			return np_trim(one);
		}
	}
	return np_cur(NULL, 0);
}

/* Only a gateway tells of packages, and only in an answer. */
static void emit_packages(struct np_out *o, struct np_cur v, bool *said)
{
	if (!v.left)
		return;
	if (!*said)
		np_emit_word(o, ROLE, "MGW", v.p);
	*said = true;
	np_emit(o, PACKAGES, v);
}

/* Up to the next message. */
static void skip_sessions(struct np_cur *c)
{
	struct np_cur line;

	while (np_line(c, &line))
		if (line.left == 1 && line.p[0] == '.')
			return;
	c->left = 0;
}

static void read_parameters(struct np_cur *c, struct np_out *o,
			    const struct start *s)
{
	struct np_cur line = {0}, v, notified = np_cur(NULL, 0);
	bool said = false, dot = false;

	for (int i = 0; i < LINES && !dot && np_line(c, &line) && line.left;
	     i++) {
		dot = line.left == 1 && line.p[0] == '.';
		if (s->command && np_header(line, "n", &v))
			notified = v;
		else if (!s->command && np_header(line, "pl", &v))
			emit_packages(o, v, &said);
		else if (!s->command && np_header(line, "a", &v))
			emit_packages(o, packages_of(v), &said);
	}
	if (!dot)
		skip_sessions(c);
	if (s->command)
		emit_endpoint(o, s);
	if (!notified.left)
		return;
	np_say(o, NP_THIRD);
	np_not_sender(o);
	np_emit(o, NOTIFIED_ENTITY, notified);
	np_emit_word(o, ROLE, "call agent", notified.p);
}

static enum np_verdict mgcp_decode(struct np_cur *c, struct np_out *o)
{
	struct np_cur line;

	for (int i = 0; i < MESSAGES && c->left; i++) {
		struct start s = {0};
		const uint8_t *at = c->p;

		if (!np_line(c, &line) || !read_start(line, &s))
			return i ? NP_MALFORMED : NP_NOT_MINE;
		if (i)
			np_say(o, NP_SELF);
		np_emit(o, VERSION, s.version);
		np_emit(o, PROFILE, s.profile);
		np_emit_word(o, ROLE, s.role, at);
		read_parameters(c, o, &s);
	}
	return NP_DECODED;
}

static const struct np_match match[] = {
	NP_UDP(2427), /* to gateways */
	NP_UDP(2727), /* to call agents */
};

const struct np_proto np_proto_mgcp = {
	.name = "mgcp",
	.title = "Media Gateway Control Protocol",
	.spec = "RFC 3435",
	.layer = "service",
	.grade = "E2",
	.heard = false,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = mgcp_decode,
};
