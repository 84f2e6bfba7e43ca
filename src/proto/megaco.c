/* SPDX-License-Identifier: ISC */
/*
 * Megaco, H.248.1: a media gateway controller commands media gateways, in text
 * (annex B) or in BER (annex A), over UDP, SCTP or, behind the head of RFC 1006
 * 6, TCP (annex D). A message names its sender; what it holds are transactions
 * of actions of commands, and the first command tells who sends it. A gateway
 * that registers (11.2) and the answer to it tell of version and profile; of
 * those who merely change a service nobody is told from the other. Sessions,
 * digits and lines are not read.
 */
#include "proto/proto.h"

enum {
	VERSION,
	MID,
	PROFILE,
	SERVICE_VERSION,
	PACKAGE,
	COUNTRY,
	EXTENSION,
	MANUFACTURER,
	ROLE,
};

static const struct np_field fields[] = {
	[VERSION] = {"version", NP_TEXT, NP_KEY_NONE, 0,
		     "version that the message is in"},
	[MID] = {"mid", NP_TEXT, NP_KEY_NONE, NP_BANNER,
		 "mId of the sender: its address, domain name or device name"},
	[PROFILE] = {"profile", NP_TEXT, NP_KEY_NONE, 0,
		     "ServiceChangeProfile: name and version of the profile"},
	[SERVICE_VERSION] = {"service_version", NP_TEXT, NP_KEY_NONE, 0,
			     "ServiceChangeVersion: what it would speak"},
	[PACKAGE] = {"package", NP_TEXT, NP_KEY_NONE, 0,
		     "package that the gateway has: name and version, or its "
		     "number"},
	[COUNTRY] = {"t35_country", NP_UINT, NP_KEY_NONE, 0,
		     "h221NonStandard: country by T.35"},
	[EXTENSION] = {"t35_extension", NP_UINT, NP_KEY_NONE, 0,
		       "h221NonStandard: what the country adds"},
	[MANUFACTURER] = {"manufacturer_code", NP_UINT, NP_KEY_NONE, 0,
			  "h221NonStandard: who made that addition, by the "
			  "country's list"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0, "MGW or MGC"},
};

enum { LIMIT = 16384, MOST = 32 };

/* Commands, in the order of annex A. */
enum { AUDIT_VALUE = 5, NOTIFY, SERVICE_CHANGE, COMMANDS };

/* What is known of a message while it is read. */
struct walk {
	struct np_out *o;
	bool reply, said;
	unsigned command;
};

/* 7.2: who sends a command; the other answers. */
static void say_role(struct walk *w, const uint8_t *at)
{
	bool gateway = w->command == NOTIFY || w->command == SERVICE_CHANGE;

	if (!w->said)
		np_emit_word(w->o, ROLE, gateway != w->reply ? "MGW" : "MGC",
			     at);
	w->said = true;
}

/* ------------------------------------------------------------------- text */

static const char *const names[COMMANDS][2] = {
	{"Add", "A"},
	{"Move", "MV"},
	{"Modify", "MF"},
	{"Subtract", "S"},
	{"AuditCapability", "AC"},
	{"AuditValue", "AV"},
	{"Notify", "N"},
	{"ServiceChange", "SC"},
};

static bool is(struct np_cur v, const char *name, const char *brief)
{
	return np_is_nocase(v, name) || np_is_nocase(v, brief);
}

static bool in_word(uint8_t b)
{
	return b > ' ' && b < 0x7f && !strchr("{}=,\";:<>#~", b);
}

static struct np_cur word(struct np_cur *c)
{
	size_t n = 0;

	while (n < c->left && in_word(c->p[n]))
		n++;
	return np_sub(c, n);
}

/* Behind a word, white space skipped, stands `want`: it is consumed. */
static bool then(struct np_cur *c, const char *want)
{
	struct np_cur ahead = *c;

	while (ahead.left && np_space(ahead.p[0]))
		np_skip(&ahead, 1);
	if (!np_ahead(ahead, want, 1))
		return false;
	np_skip(&ahead, 1);
	while (ahead.left && np_space(ahead.p[0]))
		np_skip(&ahead, 1);
	*c = ahead;
	return true;
}

/* Over the rest of what began with the octet before: a string, a comment, or
 * what is no part of a word. */
static void pass(struct np_cur *c, uint8_t began)
{
	const char *end = began == '"' ? "\"" : began == ';' ? "\n" : NULL;

	if (end) {
		size_t n = np_find(*c, end, 1);

		np_skip(c, n == SIZE_MAX ? c->left : n + 1);
	}
}

/* Over an octet string, in which a closing brace stands behind a backslash. */
static void pass_octets(struct np_cur *c)
{
	uint8_t before = 0, b = 0;

	while (c->left && (b != '}' || before == '\\')) {
		before = b;
		b = np_u8(c);
	}
}

/* "Packages{al-1,rtp-1}", behind the brace. */
static void read_packages(struct walk *w, struct np_cur *c)
{
	while (c->left && c->p[0] != '}') {
		np_emit(w->o, PACKAGE, word(c));
		if (c->left && c->p[0] != '}')
			np_skip(c, 1);
	}
	np_skip(c, c->left ? 1 : 0);
}

static void read_command(struct walk *w, struct np_cur v)
{
	/* Optional, and what asks for one answer to many. */
	while (v.left > 2 &&
	       (np_ahead_nocase(v, "O-") || np_ahead_nocase(v, "W-")))
		np_skip(&v, 2);
	for (w->command = 0; w->command < COMMANDS; w->command++)
		if (is(v, names[w->command][0], names[w->command][1]))
			break;
	if (w->command < SERVICE_CHANGE)
		say_role(w, v.p);
}

/* A word and, where it has one, its value, so many braces deep. */
static void read_word(struct walk *w, unsigned depth, struct np_cur v,
		      struct np_cur *c)
{
	if (depth >= 3 && (is(v, "Local", "L") || is(v, "Remote", "R")) &&
	    then(c, "{"))
		pass_octets(c);
	else if (depth == 0 && is(v, "Transaction", "T"))
		w->reply = false;
	else if (depth == 0 && is(v, "Reply", "P"))
		w->reply = true;
	else if (depth == 2 && then(c, "="))
		read_command(w, v);
	else if (depth == 3 && is(v, "Packages", "PG") && then(c, "{"))
		read_packages(w, c);
	else if (depth == 4 && w->command == SERVICE_CHANGE &&
		 (is(v, "Profile", "PF") || is(v, "Version", "V")) &&
		 then(c, "=")) {
		say_role(w, v.p);
		np_emit(w->o, is(v, "Version", "V") ? SERVICE_VERSION : PROFILE,
			word(c));
	}
}

static void read_body(struct walk *w, struct np_cur *c)
{
	unsigned depth = 0;

	while (c->left) {
		struct np_cur v = word(c);

		if (v.left) {
			read_word(w, depth, v, c);
			continue;
		}
		uint8_t b = np_u8(c);

		if (b == '{')
			depth++;
		else if (b == '}')
			depth -= depth ? 1 : 0;
		else
			pass(c, b);
	}
}

/* "[address]:port", "<name>:port", or the name of a device. */
static void emit_mid(struct np_out *o, struct np_cur v)
{
	uint8_t ip[16];
	bool address = np_ahead(v, "[", 1);

	if (!address && !np_ahead(v, "<", 1)) {
		np_emit(o, MID, v);
		return;
	}
	np_skip(&v, 1);
	size_t n = np_find(v, address ? "]" : ">", 1);

	v = np_sub(&v, n);
	n = address ? np_address(v, ip) : 0;
	const uint8_t *copy = n ? np_copy(o->mem, ip, n) : NULL;

	if (copy) {
		np_emit_made(o, MID, NP_IP, copy, n, v.p);
		np_key_own_address(o, np_cur(copy, n));
	} else if (!address) {
		np_emit(o, MID, v);
	}
}

/* "MEGACO/1" or "!/1", behind what authenticates it. */
static bool read_start(struct np_cur *c, struct np_cur *ret_version)
{
	enum { LONGEST = 160 };
	struct np_cur head =
		np_cur(c->p, c->left < LONGEST ? c->left : LONGEST);

	if (np_ahead_nocase(head, "Authentication") ||
	    np_ahead_nocase(head, "AU=")) {
		size_t n = np_find_nocase(head, "MEGACO/");

		if (n == SIZE_MAX)
			n = np_find(head, "!/", 2);
		if (n == SIZE_MAX)
			return false;
		np_skip(c, n);
	}
	if (!np_ahead_nocase(*c, "MEGACO/") && !np_ahead(*c, "!/", 2))
		return false;
	np_skip(c, np_ahead(*c, "!", 1) ? 2 : 7);
	*ret_version = word(c);
	for (size_t i = 0; i < ret_version->left; i++)
		if (ret_version->p[i] < '0' || ret_version->p[i] > '9')
			return false;
	return ret_version->left == 1 || ret_version->left == 2;
}

static enum np_verdict read_text(struct np_cur *c, struct walk *w)
{
	struct np_cur version, mid;
	size_t n = 0;

	while (c->left && np_space(c->p[0]))
		np_skip(c, 1);
	if (!read_start(c, &version))
		return NP_NOT_MINE;
	np_emit(w->o, VERSION, version);
	while (c->left && np_space(c->p[0]))
		np_skip(c, 1);
	while (n < c->left && !np_space(c->p[n]) && c->p[n] != '{')
		n++;
	mid = np_sub(c, n);
	if (!mid.left || !c->left)
		return NP_MALFORMED;
	if (c->p[0] != '{') /* "MTP{0102}": a point code */
		emit_mid(w->o, mid);
	else
		pass_octets(c);
	read_body(w, c);
	return NP_DECODED;
}

/* -------------------------------------------------------------------- BER */

/* The component of a SEQUENCE with that tag. */
static bool component(struct np_cur c, uint32_t tag, struct np_cur *ret)
{
	struct np_ber e;

	for (int i = 0; i < MOST && np_ber(&c, &e); i++)
		if (e.tag == tag) {
			*ret = e.v;
			return true;
		}
	return false;
}

/* IP4Address, IP6Address, DomainName are a SEQUENCE with the port, a device's
 * name stands alone. */
static void emit_ber_mid(struct np_out *o, struct np_cur v)
{
	enum { IP4 = 0xa0, IP6, DOMAIN, DEVICE = 0x83 };
	struct np_ber e;
	struct np_cur inside;

	if (!np_ber(&v, &e))
		return;
	if (e.tag == DEVICE) {
		np_emit(o, MID, e.v);
	} else if (e.tag >= IP4 && e.tag <= DOMAIN &&
		   component(e.v, 0x80, &inside)) {
		np_emit_as(o, MID, e.tag == DOMAIN ? NP_TEXT : NP_IP, inside);
		if (e.tag != DOMAIN)
			np_key_own_address(o, inside);
	}
}

/* NonStandardData: whose number it is, and octets. */
static void read_non_standard(struct np_out *o, struct np_cur v)
{
	struct np_cur id, h221, number;

	if (!component(v, 0xa0, &id) || !component(id, 0xa1, &h221))
		return;
	if (component(h221, 0x80, &number))
		np_emit(o, COUNTRY, number);
	if (component(h221, 0x82, &number))
		np_emit(o, EXTENSION, number);
	if (component(h221, 0x83, &number))
		np_emit(o, MANUFACTURER, number);
}

/* ServiceChangeParm and ServiceChangeResParm, alike as far as read. */
static void read_service(struct walk *w, struct np_cur v)
{
	struct np_cur version, profile, name, other;
	bool has_version = component(v, 0x82, &version),
	     has_profile = component(v, 0xa3, &profile) &&
			   component(profile, 0x80, &name);

	if (has_version || has_profile)
		say_role(w, v.p);
	if (has_version)
		np_emit_as(w->o, SERVICE_VERSION, NP_UINT, version);
	if (has_profile)
		np_emit(w->o, PROFILE, name);
	if (!w->reply && component(v, 0xa8, &other))
		read_non_standard(w->o, other);
}

/* AuditReply, AuditResult, PackagesDescriptor; version 1 has the first two the
 * other way round. */
static void read_audit(struct walk *w, struct np_cur v)
{
	struct np_cur result, list, packages, number;
	struct np_ber e;

	bool found = component(v, 0xa2, &result)
			     ? component(result, 0xa1, &list)
			     : component(v, 0xa1, &result) &&
				       component(result, 0xa2, &list);

	if (!found || !component(list, 0xaa, &packages))
		return;
	for (int i = 0; i < MOST && np_ber(&packages, &e); i++)
		if (component(e.v, 0x80, &number))
			np_emit_as(w->o, PACKAGE, NP_UINT, number);
}

static void read_ber_command(struct walk *w, const struct np_ber *e)
{
	struct np_cur v, result;

	w->command = e->tag - 0xa0;
	if (w->command < SERVICE_CHANGE)
		say_role(w, e->at);
	if (w->reply && w->command == AUDIT_VALUE)
		read_audit(w, e->v);
	if (w->command != SERVICE_CHANGE || !component(e->v, 0xa1, &v))
		return;
	if (!w->reply)
		read_service(w, v);
	else if (component(v, 0xa1, &result))
		read_service(w, result);
}

/* ActionRequest, ActionReply: of a request each command stands in a SEQUENCE.
 */
static void read_action(struct walk *w, struct np_cur action)
{
	struct np_cur commands, v;
	struct np_ber e;

	if (!component(action, 0xa3, &commands))
		return;
	for (int i = 0; i < MOST && np_ber(&commands, &e); i++) {
		if (!w->reply && (!component(e.v, 0xa0, &v) || !np_ber(&v, &e)))
			continue;
		read_ber_command(w, &e);
	}
}

static void read_transaction(struct walk *w, const struct np_ber *e)
{
	enum { REQUEST = 0xa0, REPLY = 0xa2 };
	struct np_cur actions, result;
	struct np_ber action;

	w->reply = e->tag == REPLY;
	if (e->tag == REQUEST) {
		if (!component(e->v, 0xa1, &actions))
			return;
	} else if (e->tag != REPLY || !component(e->v, 0xa2, &result) ||
		   !component(result, 0xa1, &actions)) {
		return;
	}
	for (int i = 0; i < MOST && np_ber(&actions, &action); i++)
		read_action(w, action.v);
}

static enum np_verdict read_ber(struct np_cur *c, struct walk *w)
{
	struct np_ber e;
	struct np_cur message, version, mid, body, list;

	if (!np_ahead(*c, "0", 1) || !np_ber(c, &e) ||
	    !component(e.v, 0xa1, &message) ||
	    !component(message, 0x80, &version) ||
	    !component(message, 0xa1, &mid) || version.left != 1)
		return NP_NOT_MINE;
	np_emit_as(w->o, VERSION, NP_UINT, version);
	emit_ber_mid(w->o, mid);
	if (!component(message, 0xa2, &body))
		return NP_MALFORMED;
	if (!component(body, 0xa1, &list)) /* an error alone */
		return NP_DECODED;
	for (int i = 0; i < MOST && np_ber(&list, &e); i++)
		read_transaction(w, &e);
	return NP_DECODED;
}

/* --------------------------------------------------------------- carriers */

static enum np_verdict read_message(struct np_cur c, struct walk *w)
{
	return np_ahead(c, "0", 1) ? read_ber(&c, w) : read_text(&c, w);
}

/* RFC 1006 6: 3, 0, and a length that counts the four octets. */
static bool read_packet(struct np_cur *c, size_t *ret_n)
{
	bool mine = np_eat(c, "\3\0", 2);

	*ret_n = np_be16(c);
	return mine && *ret_n > 8 && *ret_n <= LIMIT;
}

static enum np_verdict megaco_decode(struct np_cur *c, struct np_out *o)
{
	struct walk w = {.o = o, .command = COMMANDS};
	const size_t all = c->left;
	size_t n;

	if (!o->from->stream)
		return read_message(*c, &w);
	if (all < 4 && !o->from->end)
		return np_more(o, 4);
	if (!read_packet(c, &n))
		return NP_NOT_MINE;
	if (n > all && !o->from->end)
		return np_more(o, n);
	bool whole = n <= all;
	enum np_verdict v =
		read_message(np_sub(c, whole ? n - 4 : c->left), &w);

	if (v != NP_DECODED)
		return v;
	o->next = w.said ? 0 : n;
	return whole ? NP_DECODED : NP_MALFORMED;
}

static bool megaco_sync(struct np_cur c)
{
	struct np_cur version;
	size_t n;

	return read_packet(&c, &n) &&
	       (np_ahead(c, "0", 1) || read_start(&c, &version));
}

static const struct np_match match[] = {
	NP_UDP(2944), NP_UDP(2945),	  NP_TCP(2944),	      NP_TCP(2945),
	NP_SCTP(7),   NP_SCTP_PORT(2944), NP_SCTP_PORT(2945),
};

const struct np_proto np_proto_megaco = {
	.name = "megaco",
	.title = "Megaco, Gateway Control Protocol",
	.spec = "ITU-T H.248.1",
	.layer = "service",
	.grade = "E2",
	.heard = false,
	.limit = LIMIT,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = megaco_decode,
	.sync = megaco_sync,
};
