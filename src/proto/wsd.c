/* SPDX-License-Identifier: ISC */
/*
 * WS-Discovery 1.1 (OASIS): what a device announces or answers. SOAP in a
 * datagram, read tag by tag from its beginning to its end, once; nothing is
 * parsed beyond that, so nothing can be expanded. What stands in a comment or a
 * CDATA section is no tag. A probe names what is looked for, not who asks: it
 * is not read.
 *
 * A discovery proxy answers for others (3.1.1 and 5.3 of the standard), so an
 * answer is the sender's own only while the transport addresses in it, XAddrs,
 * do not say that it stands elsewhere.
 */
#include "proto/proto.h"

enum { TYPES, SCOPES };

static const struct np_field fields[] = {
	[TYPES] = {"types", NP_TEXT, NP_KEY_NONE, 0,
		   "kinds of device that it says it is"},
	[SCOPES] = {"scopes", NP_TEXT, NP_KEY_NONE, NP_BANNER,
		    "one of the scopes: of a camera its hardware and name"},
};

#define MAX_SCOPES 32
#define MAX_XADDRS 32

struct tag {
	struct np_cur name; /* local, without its prefix */
	bool closing, empty;
};

/* One that is announced: what is said of it comes in any order. */
struct target {
	struct np_cur name; /* of its element; none: outside of any */
	struct np_cur types, scopes, xaddrs;
};

/* What begins as a tag does and is none: it goes on to an end of its own. */
static bool skip_markup(struct np_cur *c)
{
	static const struct {
		const char *from, *to;
	} kinds[] = {
		{"!--", "-->"}, {"![CDATA[", "]]>"}, {"?", "?>"}, {"!", ">"}};

	for (size_t i = 0; i < NP_COUNT(kinds); i++) {
		if (!np_ahead(*c, kinds[i].from, strlen(kinds[i].from)))
			continue;
		np_skip(c, strlen(kinds[i].from));
		size_t n = np_find(*c, kinds[i].to, strlen(kinds[i].to));

		np_skip(c, n == SIZE_MAX ? n : n + strlen(kinds[i].to));
		return true;
	}
	return false;
}

/* A tag up to its ">", which may stand in the value of an attribute too. */
static struct np_cur take_tag(struct np_cur *c)
{
	uint8_t quote = 0;

	for (size_t n = 0; n < c->left; n++) {
		uint8_t b = c->p[n];

		if (quote)
			quote = b == quote ? 0 : quote;
		else if (b == '"' || b == '\'')
			quote = b;
		else if (b == '<')
			break;
		else if (b == '>') {
			struct np_cur v = np_sub(c, n);

			np_skip(c, 1);
			return v;
		}
	}
	return np_sub(c, SIZE_MAX);
}

/* The next tag: c moves behind it, so that a message is gone through once
 * whatever stands in it. False at its end, or where it is broken. */
static bool next_tag(struct np_cur *c, struct tag *ret)
{
	size_t at;

	while ((at = np_find(*c, "<", 1)) != SIZE_MAX) {
		np_skip(c, at + 1);
		if (skip_markup(c))
			continue;
		struct np_cur v = take_tag(c);

		if (v.cut)
			return false;
		ret->closing = np_ahead(v, "/", 1);
		np_skip(&v, ret->closing);
		ret->empty = v.left && v.p[v.left - 1] == '/';
		v.left -= ret->empty;
		ret->name = np_tag_name(v);
		return true;
	}
	return false;
}

/* The text of an element that holds nothing else; c moves behind its tag. */
static struct np_cur take_text(struct np_cur *c, struct np_cur name)
{
	struct np_cur text = *c;
	size_t n = np_find(text, "<", 1);
	struct tag end;

	if (n == SIZE_MAX ||
	    !np_ahead(np_cur(text.p + n, text.left - n), "</", 2))
		return np_cur(NULL, 0);
	text.left = n;
	np_skip(c, n);
	if (!next_tag(c, &end) || !np_same(end.name, name))
		return np_cur(NULL, 0);
	return np_trim_space(text);
}

static struct np_cur next_word(struct np_cur *c)
{
	size_t n = 0;

	*c = np_trim_space(*c);
	while (n < c->left && !np_space(c->p[n]))
		n++;
	return np_sub(c, n);
}

/* The host of "http://192.0.2.1:80/x" or "http://[2001:db8::1]/x", where it is
 * an address; 0 octets where it is a name. */
static size_t host_of(struct np_cur url, uint8_t ip[static 16])
{
	size_t at = np_find(url, "://", 3), n = 0;
	bool six;

	if (at == SIZE_MAX)
		return 0;
	np_skip(&url, at + 3);
	six = np_ahead(url, "[", 1);
	np_skip(&url, six);
	while (n < url.left && !strchr(six ? "]%" : ":/", url.p[n]))
		n++;
	return np_address(np_sub(&url, n), ip);
}

/* Where the addresses in it all say that it stands elsewhere, an answer was
 * given for another, who has the first of them. */
static void whose(struct np_out *o, struct np_cur xaddrs)
{
	const struct np_from *f = o->from;
	uint8_t ip[16], other[16];
	bool elsewhere = false;

	for (int i = 0; i < MAX_XADDRS && xaddrs.left; i++) {
		if (!f->src_ip || host_of(next_word(&xaddrs), ip) != f->ip_len)
			continue;
		if (memcmp(ip, f->src_ip, f->ip_len) == 0) {
			elsewhere = false;
			break;
		}
		if (!elsewhere)
			memcpy(other, ip, sizeof(other));
		elsewhere = true;
	}
	if (!elsewhere) {
		np_say(o, NP_SELF);
		return;
	}
	np_say_relayed(o);
	const uint8_t *copy = np_copy(o->mem, other, f->ip_len);

	if (copy)
		np_key(o, NP_KEY_IP, NP_IP, np_cur(copy, f->ip_len));
}

static void say_target(struct np_out *o, const struct target *t)
{
	struct np_cur scopes = t->scopes;

	if (!t->types.left && !scopes.left)
		return;
	whose(o, t->xaddrs);
	np_emit(o, TYPES, t->types);
	for (int i = 0; i < MAX_SCOPES && scopes.left; i++) {
		struct np_cur v = next_word(&scopes);

		np_emit(o, SCOPES, v);
		if (np_find(v, "/location/", 10) != SIZE_MAX)
			np_person(o); /* somebody's room */
	}
}

static bool announces(struct np_cur name)
{
	return np_is(name, "Hello") || np_is(name, "ProbeMatch") ||
	       np_is(name, "ResolveMatch");
}

static void read_inside(struct np_cur *c, struct np_cur name, struct target *t)
{
	if (np_is(name, "Types"))
		t->types = take_text(c, name);
	else if (np_is(name, "Scopes"))
		t->scopes = take_text(c, name);
	else if (np_is(name, "XAddrs"))
		t->xaddrs = take_text(c, name);
}

static enum np_verdict wsd_decode(struct np_cur *c, struct np_out *o)
{
	struct target t = {.name.p = NULL};
	struct tag tag;

	if (np_find(*c, "Envelope", 8) == SIZE_MAX)
		return NP_NOT_MINE;
	while (next_tag(c, &tag)) {
		if (!t.name.p && !tag.closing && !tag.empty &&
		    announces(tag.name)) {
			t = (struct target){.name = tag.name};
		} else if (t.name.p && tag.closing &&
			   np_same(t.name, tag.name)) {
			say_target(o, &t);
			t.name.p = NULL;
		} else if (t.name.p && !tag.closing && !tag.empty) {
			read_inside(c, tag.name, &t);
		}
	}
	return c->cut ? NP_MALFORMED : NP_DECODED;
}

static const struct np_match match[] = {NP_UDP(3702)};

const struct np_proto np_proto_wsd = {
	.name = "wsd",
	.title = "WS-Discovery",
	.spec = "OASIS WS-Discovery 1.1; ONVIF Core",
	.layer = "service",
	.grade = "E4",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = wsd_decode,
};
