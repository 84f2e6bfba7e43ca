/* SPDX-License-Identifier: ISC */
/*
 * Syslog over UDP (RFC 3164, RFC 5424). Network systems tag their messages with
 * a module: "%%01SHELL/5/LOGIN" (VRP; "%%10" in Comware), "%LINK-3-UPDOWN"
 * (IOS). The tag is read; the message, which may name anybody, does not pass
 * seal(). A host name is read only where such a tag follows it, for other
 * senders are people's computers.
 */
#include "proto/proto.h"

enum { HOSTNAME, MODULE, ENTERPRISE, TEXT };

static const struct np_field fields[] = {
	[HOSTNAME] = {"hostname", NP_TEXT, NP_KEY_NAME, 0,
		      "name of the network system that wrote it"},
	[MODULE] = {"module", NP_TEXT, NP_KEY_NONE, 0,
		    "module, severity and mnemonic, as tagged"},
	[ENTERPRISE] = {"enterprise", NP_TEXT, NP_KEY_NONE, 0,
			"enterprise number behind the @ of an SD-ID"},
	[TEXT] = {"text", NP_TEXT, NP_KEY_NONE, NP_PERSON, "the message"},
};

#define MAX_TEXT 256

static bool digit(uint8_t b)
{
	return b >= '0' && b <= '9';
}

static bool word(uint8_t b)
{
	return digit(b) || (b >= 'A' && b <= 'Z') || b == '_';
}

static struct np_cur next_word(struct np_cur *c)
{
	size_t n = 0;

	while (n < c->left && c->p[n] != ' ')
		n++;
	struct np_cur v = np_sub(c, n);

	if (c->left)
		np_skip(c, 1);
	return v;
}

/* Length of a tag at c, 0 when there is none: %% and two digits, or %, then
 * MODULE/severity/MNEMONIC or MODULE-severity-MNEMONIC. */
static size_t tag_length(struct np_cur c)
{
	size_t all = c.left;
	bool two = np_ahead(c, "%%", 2);

	np_skip(&c, two ? 2 : 1);
	if (two && np_ahead(c, " ", 1))
		np_skip(&c, 1);
	if (two && !(digit(np_u8(&c)) && digit(np_u8(&c))))
		return 0;
	uint8_t mark = two ? '/' : '-';

	for (int part = 0; part < 3; part++) {
		size_t n = 0;

		while (c.left && word(c.p[0])) {
			np_skip(&c, 1);
			n++;
		}
		if (!n || (part == 1 && n != 1))
			return 0;
		if (part < 2 && np_u8(&c) != mark)
			return 0;
	}
	return c.cut ? 0 : all - c.left;
}

/* The tag of a network system, and the word before it. */
static bool find_tag(struct np_cur c, struct np_cur *ret_host,
		     struct np_cur *ret_tag)
{
	struct np_cur before = np_cur(NULL, 0);

	for (int i = 0; i < 8 && c.left; i++) {
		size_t n = c.p[0] == '%' ? tag_length(c) : 0;

		if (n) {
			*ret_host = before;
			*ret_tag = np_cur(c.p, n);
			return true;
		}
		before = next_word(&c);
	}
	return false;
}

static void emit_host(struct np_out *o, struct np_cur v)
{
	/* A time, a sequence number or nothing stands there too. */
	if (!v.left || v.p[v.left - 1] == ':' || digit(v.p[0]) ||
	    np_find(v, ":", 1) != SIZE_MAX)
		return;
	np_emit(o, HOSTNAME, v);
}

/* RFC 5424 6.3.2: name@number, the number a private enterprise's. */
static void read_structured(struct np_out *o, struct np_cur c)
{
	struct np_cur id;
	uint64_t number;

	for (int i = 0; i < 5; i++) /* time, host, application, process, id */
		(void)next_word(&c);
	if (!np_eat(&c, "[", 1))
		return;
	id = next_word(&c);
	size_t at = np_find(id, "@", 1);

	if (at == SIZE_MAX)
		return;
	np_skip(&id, at + 1);
	struct np_cur digits = id;

	if (np_decimal(&id, &number)) {
		digits.left -= id.left;
		np_emit(o, ENTERPRISE, digits);
	}
}

static enum np_verdict syslog_decode(struct np_cur *c, struct np_out *o)
{
	struct np_cur host, tag, text;
	uint64_t priority;

	if (!np_eat(c, "<", 1) || !np_decimal(c, &priority) || priority > 191 ||
	    !np_eat(c, ">", 1))
		return NP_NOT_MINE;
	text = *c;
	if (np_ahead(*c, "1 ", 2)) {
		np_skip(c, 2);
		read_structured(o, *c);
	}
	if (find_tag(*c, &host, &tag)) {
		emit_host(o, host);
		np_emit(o, MODULE, tag);
		text = np_cur(tag.p, text.left - (size_t)(tag.p - text.p));
	}
	if (text.left > MAX_TEXT)
		text.left = MAX_TEXT;
	np_emit(o, TEXT, text);
	return NP_DECODED;
}

static const struct np_match match[] = {NP_UDP(514)};

const struct np_proto np_proto_syslog = {
	.name = "syslog",
	.title = "Syslog",
	.spec = "RFC 3164, RFC 5424",
	.layer = "management",
	.grade = "E4",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = syslog_decode,
};
