/* SPDX-License-Identifier: ISC */
/*
 * Syslog over UDP (RFC 3164, RFC 5424). Network systems tag their messages with
 * a module: "%%01SHELL/5/LOGIN" (VRP; "%%10" in Comware), "%LINK-3-UPDOWN"
 * (IOS). The tag is read; the message, which may name anybody, does not pass
 * seal(). A host name is kept only where there is such a tag, for other senders
 * are people's computers.
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

	for (int i = 0; i < 16 && c.left; i++) {
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

/* A time, a number or nothing may stand where a name would. */
static bool is_name(struct np_cur v)
{
	return v.left && !digit(v.p[0]) && v.p[0] != '%' && v.p[0] != '-' &&
	       v.p[0] != '[' && np_find(v, ":", 1) == SIZE_MAX;
}

/* A word of a time: a month, or nothing but digits and what parts them. */
static bool is_time(struct np_cur v)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

	if (v.left == 4 && (v.p[0] == '*' || v.p[0] == '.'))
		np_skip(&v, 1); /* IOS: of a clock that is not set */
	if (v.left == 3)
		for (size_t i = 0; months[i]; i += 3)
			if (np_ahead(v, months + i, 3))
				return true;
	while (v.left && v.p[0] && strchr("0123456789:.,+-*TZ", v.p[0]))
		np_skip(&v, 1);
	return !v.left;
}

/* Who wrote it, as its head says: RFC 3164 4.1.2, behind a time of whatever
 * form; RFC 5424 6.2.4, the second word. None: 0 octets. */
static struct np_cur head_host(struct np_cur c)
{
	uint8_t ip[16];

	for (int i = 0; i < 8 && c.left; i++) {
		struct np_cur v = next_word(&c);

		if (!v.left)
			continue;
		if (i && np_address(v, ip))
			return v;
		if (is_time(v))
			continue;
		return i && v.p[v.left - 1] != ':' && v.p[0] != '%'
			       ? v
			       : np_cur(NULL, 0);
	}
	return np_cur(NULL, 0);
}

/* Collectors send on what others wrote, from their own address. So a message is
 * the sender's only where no name stands in it, or the sender's address as one:
 * else it is of who is named, if anybody is. */
static void whose(struct np_out *o, struct np_cur host)
{
	const struct np_from *f = o->from;
	uint8_t ip[16];
	size_t n = np_address(host, ip);

	if (!host.left ||
	    (f->src_ip && n == f->ip_len && memcmp(ip, f->src_ip, n) == 0))
		return;
	np_say_relayed(o);
	const uint8_t *copy = n ? np_copy(o->mem, ip, n) : NULL;

	if (copy)
		np_key(o, NP_KEY_IP, NP_IP, np_cur(copy, n));
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
	struct np_cur host, tag, text, before = np_cur(NULL, 0);
	uint64_t priority;

	if (!np_eat(c, "<", 1) || !np_decimal(c, &priority) || priority > 191 ||
	    !np_eat(c, ">", 1))
		return NP_NOT_MINE;
	bool new = np_ahead(*c, "1 ", 2); /* RFC 5424's version */

	np_skip(c, new ? 2 : 0);
	text = host = *c;
	if (new) {
		(void)next_word(&host);
		host = next_word(&host);
		if (np_ahead(host, "-", 1) && host.left == 1)
			host.left = 0;
	} else {
		host = head_host(text);
	}
	bool tagged = find_tag(text, &before, &tag);

	/* The word before a tag is what its writer calls himself. */
	if (tagged && !new &&is_name(before))
		host = before;
	whose(o, host);
	if (new)
		read_structured(o, text);
	if (tagged) {
		if (is_name(host))
			np_emit(o, HOSTNAME, host);
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
