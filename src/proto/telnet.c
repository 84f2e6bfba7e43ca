/* SPDX-License-Identifier: ISC */
/*
 * How a Telnet server begins (RFC 854): the options it offers and asks for
 * before it says anything else, and what it prints until it asks who is there.
 * Nothing behind that is looked at: it is somebody's session.
 */
#include "proto/proto.h"

enum { OPTIONS, BANNER };

static const struct np_field fields[] = {
	[OPTIONS] = {"options", NP_HEX, NP_KEY_NONE, 0,
		     "commands before any text and any subnegotiation"},
	[BANNER] = {"banner", NP_TEXT, NP_KEY_NONE, NP_BANNER,
		    "text up to the login prompt, commands taken out"},
};

enum { SE = 240, SB = 250, WILL = 251, DONT = 254, IAC = 255 };

#define LONGEST_BANNER 2048

/* Offers and requests at the very beginning. What a server subnegotiates, and
 * all behind it, answers its client. */
static struct np_cur opening(struct np_cur *c)
{
	struct np_cur start = *c;

	while (c->left >= 3 && c->p[0] == IAC && c->p[1] >= WILL &&
	       c->p[1] <= DONT)
		np_skip(c, 3);
	return np_sub(&start, start.left - c->left);
}

/* The octets of one command behind its IAC are gone over. False when it is not
 * all there. */
static bool command(struct np_cur *c)
{
	uint8_t code = np_u8(c);

	if (code >= WILL && code <= DONT)
		np_skip(c, 1);
	if (code != SB)
		return !c->cut;
	for (;;) {
		while (np_u8(c) != IAC)
			if (c->cut)
				return false;
		code = np_u8(c);
		if (c->cut || code == SE)
			return !c->cut;
	}
}

/* Does the text end in a question for who is there? */
static bool asks(const uint8_t *p, size_t n)
{
	static const char *const words[] = {"login",   "name", "user",
					    "account", "word", "passwd"};

	if (!n || p[n - 1] != ':')
		return false;
	n--;
	while (n && p[n - 1] == ' ')
		n--;
	for (size_t i = 0; i < NP_COUNT(words); i++) {
		size_t k = strlen(words[i]);

		if (n >= k && np_ahead_nocase(np_cur(p + n - k, k), words[i]))
			return true;
	}
	return false;
}

/* Text of a terminal, and not some other protocol's octets. */
static bool printable(uint8_t b)
{
	return b >= ' ' || (b >= '\a' && b <= '\r') || b == 0x1b;
}

struct banner {
	uint8_t text[LONGEST_BANNER];
	size_t n;
	bool whole;
};

/* False when this is no terminal's text. */
static bool read_banner(struct np_cur *c, struct banner *b)
{
	while (!b->whole && c->left) {
		struct np_cur before = *c;
		uint8_t octet = np_u8(c);

		if (octet == IAC && !np_ahead(*c, "\xff", 1)) {
			if (command(c))
				continue;
			*c = before;
			return true;
		}
		if (octet == IAC)
			np_skip(c, 1);
		if (!octet) /* CR NUL is a bare CR */
			continue;
		if (!printable(octet))
			return false;
		b->text[b->n++] = octet;
		b->whole = b->n == sizeof(b->text) || asks(b->text, b->n);
	}
	return true;
}

static struct np_cur strip(struct np_cur c)
{
	while (c.left && c.p[0] <= ' ')
		np_skip(&c, 1);
	while (c.left && c.p[c.left - 1] <= ' ')
		c.left--;
	return c;
}

static enum np_verdict telnet_decode(struct np_cur *c, struct np_out *o)
{
	struct banner b = {.n = 0};

	if (o->from->sport != 23)
		return NP_NOT_MINE;
	struct np_cur options = opening(c);
	const uint8_t *first = c->p;

	if (!read_banner(c, &b))
		return NP_NOT_MINE;
	if (!b.whole && !o->from->end)
		return np_more(o, 0);
	struct np_cur text = strip(np_cur(b.text, b.n));

	np_emit(o, OPTIONS, options);
	if (text.left)
		np_emit_made(o, BANNER, NP_TEXT, text.p, text.left, first);
	return options.left || text.left ? NP_DECODED : NP_NOT_MINE;
}

static const struct np_match match[] = {NP_TCP(23)};

const struct np_proto np_proto_telnet = {
	.name = "telnet",
	.title = "Telnet",
	.spec = "RFC 854",
	.layer = "service",
	.grade = "E4",
	.heard = true,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = telnet_decode,
};
