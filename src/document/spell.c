/* SPDX-License-Identifier: ISC */
/* How people and programs spell addresses and numbers. */
#include "document/document.h"
#include <ctype.h>

static int hex(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool between(uint8_t c)
{
	return c == ':' || c == '-' || c == '.' || c == ' ';
}

/* One or two digits an octet, ":" between. */
static bool mac_short(struct np_cur c, uint8_t ret[static 6])
{
	for (size_t i = 0; i < 6; i++) {
		int v = c.left ? hex(*c.p) : -1;

		if (v < 0 || (i && c.p[-1] != ':'))
			return false;
		np_skip(&c, 1);
		if (c.left && hex(*c.p) >= 0) {
			v = v << 4 | hex(*c.p);
			np_skip(&c, 1);
		}
		ret[i] = (uint8_t)v;
		if (i < 5 && np_u8(&c) != ':')
			return false;
	}
	return !c.left && !c.cut;
}

bool np_doc_mac(struct np_cur text, uint8_t ret[static 6])
{
	size_t digits = 0, run = 0, runs = 0;
	struct np_cur c = text;

	for (; c.left && digits < 12; np_skip(&c, 1)) {
		int v = hex(*c.p);

		if (v < 0) { /* pairs or fours, nothing else */
			if (!between(*c.p) || (run != 2 && run != 4))
				return mac_short(text, ret);
			runs++;
			run = 0;
			continue;
		}
		ret[digits / 2] =
			(uint8_t)(digits % 2 ? ret[digits / 2] | v : v << 4);
		digits++;
		run++;
	}
	return digits == 12 && !c.left && (runs == 0 || runs == 2 || runs == 5);
}

bool np_doc_digits(struct np_cur c)
{
	bool any = c.left;

	for (; c.left; np_skip(&c, 1))
		if (!isdigit(*c.p))
			return false;
	return any;
}

struct np_cur np_doc_oid(struct np_cur c)
{
	struct np_cur v;

	if (c.left && *c.p == '.')
		np_skip(&c, 1);
	v = c;
	for (; c.left; np_skip(&c, 1))
		if (!isdigit(*c.p) && *c.p != '.')
			v.cut = true;
	return v;
}

struct np_cur np_doc_hex(struct np_cur c, struct np_arena *mem)
{
	const struct np_cur none = {.cut = true};
	char *to;
	size_t n = 0;

	if (np_ahead(c, "0x", 2))
		np_skip(&c, 2);
	to = c.left && c.left <= NP_MAX_VALUE ? np_alloc(mem, c.left) : NULL;
	for (; to && c.left; np_skip(&c, 1)) {
		if (hex(*c.p) >= 0)
			to[n++] = (char)tolower(*c.p);
		else if (!between(*c.p))
			return none;
	}
	return to && n && n % 2 == 0 ? np_cur(to, n) : none;
}

struct np_cur np_doc_octets(struct np_cur text, struct np_arena *mem)
{
	struct np_cur v = np_doc_hex(text, mem);
	size_t n = v.left / 2;
	uint8_t *to = v.cut ? NULL : np_alloc(mem, n);

	for (size_t i = 0; to && i < n; i++)
		to[i] = (uint8_t)(hex(v.p[2 * i]) << 4 | hex(v.p[2 * i + 1]));
	return to ? np_cur(to, n) : (struct np_cur){.cut = true};
}

struct np_cur np_doc_in_hex(struct np_cur octets, struct np_arena *mem)
{
	static const char digit[] = "0123456789abcdef";
	size_t n = octets.left;
	char *to = n && n <= NP_MAX_VALUE / 2 ? np_alloc(mem, 2 * n) : NULL;

	for (size_t i = 0; to && i < n; i++) {
		to[2 * i] = digit[octets.p[i] >> 4];
		to[2 * i + 1] = digit[octets.p[i] & 15];
	}
	return np_cur(to, to ? 2 * n : 0);
}

struct np_cur np_doc_first_line(struct np_cur head)
{
	struct np_cur line = {.cut = true};

	while (np_line(&head, &line) && !np_trim(line).left)
		;
	return line;
}

struct np_cur np_doc_until(struct np_cur *c, const char *mark)
{
	size_t at = np_find(*c, mark, strlen(mark));
	struct np_cur v;

	if (at == SIZE_MAX)
		return np_sub(c, c->left);
	v = np_sub(c, at);
	np_skip(c, strlen(mark));
	return v;
}

int64_t np_doc_when(struct np_cur v)
{
	char text[64];
	uint64_t whole = 0;
	int64_t t;
	struct np_cur c = v;

	if (np_decimal(&c, &whole) && (!c.left || *c.p == '.') &&
	    whole < UINT64_C(10000000000000))
		return (int64_t)(whole < UINT64_C(100000000000)
					 ? whole * 1000000000
					 : whole * 1000000);
	if (!v.left || v.left + 2 > sizeof(text))
		return NP_NEVER;
	memcpy(text, v.p, v.left);
	text[v.left] = '\0';
	if (!memchr(text, 'Z', v.left))
		memcpy(text + v.left, "Z", 2);
	return np_time_read(text, &t) ? t : NP_NEVER;
}
