/* SPDX-License-Identifier: ISC */
#include "proto/lib/lib.h"
#include <arpa/inet.h>
#include <strings.h>

/* X.690 8.1.2, 8.1.3; indefinite lengths are not used by what we read. */
bool np_ber_any(struct np_cur *c, struct np_ber *ret)
{
	uint32_t tag, n;

	ret->at = c->p;
	tag = np_u8(c);
	if ((tag & 0x1f) == 0x1f)
		tag = tag << 8 | np_u8(c);
	n = np_u8(c);
	if (n == 0x81)
		n = np_u8(c);
	else if (n == 0x82)
		n = np_be16(c);
	else if (n == 0x83)
		n = np_be24(c);
	else if (n == 0x84)
		n = np_be32(c);
	else if (n >= 0x80)
		c->cut = true, c->left = 0;
	ret->tag = tag;
	ret->v = np_sub(c, n);
	return !c->cut && !ret->v.cut;
}

bool np_line(struct np_cur *c, struct np_cur *ret_line)
{
	const uint8_t *lf = c->left ? memchr(c->p, '\n', c->left) : NULL;

	if (!lf)
		return false;
	*ret_line = np_sub(c, (size_t)(lf - c->p));
	np_skip(c, 1);
	if (ret_line->left && ret_line->p[ret_line->left - 1] == '\r')
		ret_line->left--;
	return true;
}

static bool blank(uint8_t b)
{
	return b == ' ' || b == '\t';
}

struct np_cur np_trim(struct np_cur c)
{
	while (c.left && blank(c.p[0]))
		np_skip(&c, 1);
	while (c.left && blank(c.p[c.left - 1]))
		c.left--;
	return c;
}

bool np_space(uint8_t octet)
{
	return octet == ' ' || (octet >= '\t' && octet <= '\r');
}

struct np_cur np_trim_space(struct np_cur c)
{
	while (c.left && np_space(c.p[0]))
		np_skip(&c, 1);
	while (c.left && np_space(c.p[c.left - 1]))
		c.left--;
	return c;
}

struct np_cur np_tag_name(struct np_cur tag)
{
	size_t n = 0, prefix;

	while (n < tag.left && !np_space(tag.p[n]))
		n++;
	tag.left = n;
	prefix = np_find(tag, ":", 1);
	if (prefix != SIZE_MAX)
		np_skip(&tag, prefix + 1);
	return tag;
}

bool np_is_nocase(struct np_cur c, const char *word)
{
	return c.left == strlen(word) && np_ahead_nocase(c, word);
}

bool np_ahead_nocase(struct np_cur c, const char *want)
{
	size_t n = strlen(want);

	return c.left >= n && strncasecmp((const char *)c.p, want, n) == 0;
}

bool np_header(struct np_cur line, const char *name, struct np_cur *ret)
{
	if (!np_ahead_nocase(line, name))
		return false;
	np_skip(&line, strlen(name));
	while (line.left && blank(line.p[0]))
		np_skip(&line, 1);
	if (np_u8(&line) != ':')
		return false;
	*ret = np_trim(line);
	return true;
}

size_t np_find(struct np_cur c, const char *want, size_t n)
{
	const uint8_t *at = c.left ? memmem(c.p, c.left, want, n) : NULL;

	return at ? (size_t)(at - c.p) : SIZE_MAX;
}

size_t np_find_nocase(struct np_cur c, const char *want)
{
	size_t n = strlen(want);

	/* Letters differ in one bit by case; what else agrees is compared. */
	for (size_t i = 0; n && i + n <= c.left; i++)
		if (((c.p[i] ^ (uint8_t)*want) & 0xdf) == 0 &&
		    strncasecmp((const char *)c.p + i, want, n) == 0)
			return i;
	return SIZE_MAX;
}

size_t np_address(struct np_cur c, uint8_t ip[static 16])
{
	char text[INET6_ADDRSTRLEN];

	if (!c.left || c.left >= sizeof(text))
		return 0;
	memcpy(text, c.p, c.left);
	text[c.left] = '\0';
	if (inet_pton(AF_INET, text, ip) == 1)
		return 4;
	return inet_pton(AF_INET6, text, ip) == 1 ? 16 : 0;
}

bool np_decimal(struct np_cur *c, uint64_t *ret)
{
	uint64_t v = 0;
	size_t n = 0;

	while (c->left && c->p[0] >= '0' && c->p[0] <= '9') {
		if (v > (UINT64_MAX >> 1) / 10 - 1)
			return false;
		v = v * 10 + (uint64_t)(np_u8(c) - '0');
		n++;
	}
	*ret = v;
	return n > 0;
}

/* Three digits at the cursor, else 0. */
static unsigned reply_code(struct np_cur c)
{
	unsigned code = 0;

	for (int i = 0; i < 3; i++) {
		uint8_t digit = (uint8_t)(np_u8(&c) - '0');

		if (digit > 9)
			return 0;
		code = code * 10 + digit;
	}
	return code;
}

bool np_reply(struct np_cur *c, struct np_reply *ret)
{
	struct np_cur line;

	ret->code = 0;
	ret->n = 0;
	ret->whole = false;
	if (c->left && (c->p[0] < '1' || c->p[0] > '5'))
		return false;
	while (!ret->whole && np_line(c, &line)) {
		unsigned code = reply_code(line);

		if (!ret->code)
			ret->code = code;
		if (!ret->code)
			return false;
		if (code == ret->code) {
			np_skip(&line, 3);
			ret->whole = !np_ahead(line, "-", 1);
			if (line.left)
				np_skip(&line, 1);
		}
		if (ret->n < NP_REPLY_LINES)
			ret->line[ret->n++] = np_trim(line);
	}
	return true;
}

const uint8_t *np_dns_name(struct np_cur *c, struct np_cur message,
			   struct np_arena *mem, size_t *ret_n)
{
	uint8_t name[256];
	size_t n = 0;
	struct np_cur r = *c;
	bool jumped = false;

	for (int labels = 0, jumps = 0; labels < 128; labels++) {
		uint8_t len = np_u8(&r);

		if (r.cut)
			return NULL;
		if ((len & 0xc0) == 0xc0) { /* RFC 1035 4.1.4 */
			size_t to = (size_t)(len & 0x3f) << 8 | np_u8(&r);

			if (!jumped)
				*c = r;
			jumped = true;
			if (r.cut || ++jumps > 16 || to >= message.left)
				return NULL;
			r = np_cur(message.p + to, message.left - to);
			continue;
		}
		if (len & 0xc0)
			return NULL;
		if (!len) {
			if (!jumped)
				*c = r;
			*ret_n = n;
			return np_copy(mem, name, n);
		}
		const uint8_t *p = np_take(&r, len);

		if (!p || n + len + 1u > sizeof(name))
			return NULL;
		if (n)
			name[n++] = '.';
		memcpy(name + n, p, len);
		n += len;
	}
	return NULL;
}
