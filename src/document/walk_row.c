/* SPDX-License-Identifier: ISC */
/*
 * One row of a walk: `OID|TAG|value` (snmpsim's snmprec: the tag is the BER
 * type in decimal, "x" behind it says hex, "e" escapes) or `OID = TYPE: value`
 * (net-snmp's snmpwalk, with whatever -O).
 */
#include "document/walk.h"
#include <ctype.h>
#include <stdio.h>

/* ------------------------------------------------------------- snmprec */

static enum np_walk_form form_of_tag(uint64_t tag)
{
	switch (tag) {
	case 4:
		return NP_WALK_TEXT;
	case 6:
		return NP_WALK_OBJECT;
	case 64:
		return NP_WALK_ADDRESS;
	case 2:
	case 65:
	case 66:
	case 67:
	case 70:
		return NP_WALK_NUMBER;
	case 128: /* RFC 3416: noSuchObject, noSuchInstance, endOfMibView */
	case 129:
	case 130:
		return NP_WALK_NOTHING;
	}
	return NP_WALK_OTHER;
}

static bool read_record(struct np_cur line, struct np_walk_row *ret)
{
	struct np_cur oid = np_doc_oid(np_trim(np_doc_until(&line, "|")));
	struct np_cur tag;
	uint64_t number;

	if (oid.cut || oid.left < 3 || oid.left >= NP_WALK_OID)
		return false;
	if (!line.p || !line.left)
		return false;
	tag = np_doc_until(&line, "|");
	if (!np_decimal(&tag, &number) || tag.left > 16)
		return false;
	memcpy(ret->oid, oid.p, oid.left);
	ret->oid[oid.left] = '\0';
	ret->n = oid.left;
	ret->raw = line;
	ret->typed = true;
	ret->form = form_of_tag(number);
	if (np_ahead(tag, "x", 1))
		ret->form = NP_WALK_HEX;
	else if (np_ahead(tag, "e", 1))
		ret->form = NP_WALK_ESCAPED;
	else if (tag.left) /* a module of the simulator makes the value */
		ret->form = NP_WALK_OTHER;
	return true;
}

/* ------------------------------------------------------------ net-snmp */

static const struct {
	const char *word;
	enum np_walk_form form;
} types[] = {
	{"STRING:", NP_WALK_TEXT},
	{"Hex-STRING:", NP_WALK_HEX},
	{"INTEGER:", NP_WALK_NUMBER},
	{"Gauge32:", NP_WALK_NUMBER},
	{"Gauge:", NP_WALK_NUMBER},
	{"Counter32:", NP_WALK_NUMBER},
	{"Counter64:", NP_WALK_NUMBER},
	{"Counter:", NP_WALK_NUMBER},
	{"Unsigned32:", NP_WALK_NUMBER},
	{"UInteger32:", NP_WALK_NUMBER},
	{"Timeticks:", NP_WALK_NUMBER},
	{"OID:", NP_WALK_OBJECT},
	{"IpAddress:", NP_WALK_ADDRESS},
	{"Network Address:", NP_WALK_OTHER},
	{"BITS:", NP_WALK_OTHER},
	{"Opaque:", NP_WALK_OTHER},
	{"NULL", NP_WALK_OTHER},
	{"\"\"", NP_WALK_TEXT},
	{"No Such Object", NP_WALK_NOTHING},
	{"No Such Instance", NP_WALK_NOTHING},
	{"No more variables left", NP_WALK_NOTHING},
};

static bool read_type(struct np_cur c, struct np_walk_row *ret)
{
	/* A value of another type than the MIB has. */
	if (np_ahead(c, "Wrong Type (should be ", 22)) {
		(void)np_doc_until(&c, "): ");
		c = np_trim(c);
	}
	for (size_t i = 0; i < NP_COUNT(types); i++) {
		size_t n = strlen(types[i].word);

		if (!np_ahead(c, types[i].word, n))
			continue;
		ret->form = types[i].form;
		ret->typed = true;
		ret->lines =
			ret->form == NP_WALK_TEXT || ret->form == NP_WALK_HEX;
		if (types[i].word[n - 1] == ':')
			np_skip(&c, n);
		if (np_ahead(c, " ", 1))
			np_skip(&c, 1);
		ret->raw = c;
		return true;
	}
	return false;
}

/* -OQ leaves the type out. */
static bool read_untyped(struct np_cur c, struct np_walk_row *ret)
{
	ret->raw = c;
	ret->lines = true;
	ret->form = NP_WALK_TEXT;
	if (np_doc_digits(c))
		ret->form = NP_WALK_NUMBER;
	else if (np_ahead(c, ".1.", 3) || np_ahead(c, "iso.", 4) ||
		 np_find(c, "::", 2) < c.left)
		ret->form = NP_WALK_OBJECT;
	return true;
}

/* Letters, digits, dots and what else stands in a name with its index. */
static bool is_name(struct np_cur c)
{
	bool mib = np_find(c, "::", 2) != SIZE_MAX;

	if (!c.left || (!mib && *c.p != '.' && !np_ahead(c, "iso.", 4) &&
			!np_ahead(c, "1.", 2)))
		return false;
	for (; c.left; np_skip(&c, 1))
		if (!isalnum(*c.p) && !strchr(".-:_\"[]", *c.p))
			return false;
	return true;
}

static bool read_printed(struct np_cur line, struct np_walk_row *ret)
{
	size_t at = np_find(line, " =", 2);
	struct np_cur name;

	if (at == SIZE_MAX || at >= NP_WALK_OID)
		return false;
	name = np_trim(np_sub(&line, at));
	np_skip(&line, 2);
	if (line.left && *line.p != ' ')
		return false;
	if (!is_name(name))
		return false;
	if (line.left)
		np_skip(&line, 1);
	ret->n = np_walk_oid(name, ret->oid);
	return read_type(line, ret) || read_untyped(line, ret);
}

bool np_walk_row(struct np_cur line, struct np_walk_row *ret)
{
	ret->n = 0;
	ret->typed = ret->lines = false;
	if (!line.left)
		return false;
	return read_record(line, ret) || read_printed(line, ret);
}

bool np_walk_closes(struct np_cur c)
{
	size_t slashes = 0;

	if (!c.left || c.p[c.left - 1] != '"')
		return false;
	while (slashes + 1 < c.left && c.p[c.left - 2 - slashes] == '\\')
		slashes++;
	return slashes % 2 == 0;
}

bool np_walk_closed(struct np_cur raw)
{
	if (!np_ahead(raw, "\"", 1))
		return true;
	np_skip(&raw, 1);
	return np_walk_closes(raw);
}

bool np_walk_is_hex(struct np_cur c)
{
	bool any = false;

	for (c = np_trim(c); c.left; c = np_trim(c)) {
		if (c.left < 2 || !isxdigit(c.p[0]) || !isxdigit(c.p[1]) ||
		    (c.left > 2 && c.p[2] != ' '))
			return false;
		np_skip(&c, 2);
		any = true;
	}
	return any;
}

/* -------------------------------------------------------------- values */

static unsigned digit(uint8_t c)
{
	return isdigit(c) ? c - (unsigned)'0' : (c | 0x20u) - 'a' + 10u;
}

/* Octets in pairs of digits, whatever stands between. */
static struct np_cur from_hex(struct np_cur c, struct np_arena *mem)
{
	uint8_t *to = np_alloc(mem, c.left / 2 + 1);
	size_t n = 0;

	if (np_ahead(c, "0x", 2))
		np_skip(&c, 2);
	while (to && c.left >= 2) {
		if (strchr(" :-\t\n", *c.p)) {
			np_skip(&c, 1);
			continue;
		}
		if (!isxdigit(c.p[0]) || !isxdigit(c.p[1]))
			break;
		to[n++] = (uint8_t)(digit(c.p[0]) << 4 | digit(c.p[1]));
		np_skip(&c, 2);
	}
	return to ? np_cur(to, n) : (struct np_cur){.cut = true};
}

/* What stands behind a backslash. */
static uint8_t escape(struct np_cur *c)
{
	static const char from[] = "nrt0abfv", to[] = "\n\r\t\0\a\b\f\v";
	uint8_t v = np_u8(c);
	const char *at = v ? strchr(from, v) : NULL;

	if (v == 'x' && c->left >= 2 && isxdigit(c->p[0]) &&
	    isxdigit(c->p[1])) {
		v = (uint8_t)(digit(c->p[0]) << 4 | digit(c->p[1]));
		np_skip(c, 2);
		return v;
	}
	return at ? (uint8_t)to[at - from] : v;
}

/* Octets between quotes, or all of them. `words`: escapes are more than
 * quotes. */
static struct np_cur from_text(struct np_cur c, bool words,
			       struct np_arena *mem)
{
	uint8_t *to = np_alloc(mem, c.left + 1);
	size_t n = 0;
	bool quotes = np_ahead(c, "\"", 1) && np_walk_closed(c);

	if (!to)
		return (struct np_cur){.cut = true};
	if (quotes) {
		np_skip(&c, 1);
		c.left--;
	}
	while (c.left) {
		uint8_t v = np_u8(&c);

		if (v == '\\' && words && c.left)
			v = escape(&c);
		else if (v == '\\' && quotes && c.left)
			v = np_u8(&c);
		to[n++] = v;
	}
	return np_cur(to, n);
}

/* "up(1)", "(4711) 0:00:47.11", "42 degrees": the number. */
static struct np_cur from_number(struct np_cur c)
{
	struct np_cur v = np_trim(c);

	for (size_t i = v.left; i-- > 0;)
		if (v.p[i] == '(') {
			np_skip(&v, i + 1);
			break;
		}
	for (size_t i = 0; i <= v.left; i++)
		if (i == v.left || !isdigit(v.p[i]))
			return i ? np_cur(v.p, i)
				 : (struct np_cur){.cut = true};
	return v;
}

struct np_cur np_walk_value(enum np_walk_form form, struct np_cur raw,
			    struct np_arena *mem)
{
	const struct np_cur none = {.cut = true};
	char oid[NP_WALK_OID];
	struct np_cur v;
	size_t n;

	switch (form) {
	case NP_WALK_TEXT:
	case NP_WALK_ESCAPED:
		return from_text(raw, form == NP_WALK_ESCAPED, mem);
	case NP_WALK_HEX:
		return from_hex(raw, mem);
	case NP_WALK_NUMBER:
	case NP_WALK_ADDRESS:
		v = form == NP_WALK_NUMBER ? from_number(raw) : np_trim(raw);
		break;
	case NP_WALK_OBJECT:
		n = np_walk_oid(raw, oid);
		v = n ? np_cur(oid, n) : none;
		break;
	default:
		return none;
	}
	if (v.cut || !v.left)
		return none;
	const void *p = np_copy(mem, v.p, v.left);

	return p ? np_cur(p, v.left) : none;
}
