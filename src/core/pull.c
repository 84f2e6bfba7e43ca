/* SPDX-License-Identifier: ISC */
#include "core/pull.h"
#include "core/utf8.h"

bool np_pull_fail(struct np_pull *p, const char *why)
{
	if (!p->why)
		p->why = why;
	p->c.left = 0;
	return false;
}

char np_pull_ahead(struct np_pull *p)
{
	while (p->c.left && (p->c.p[0] == ' ' || p->c.p[0] == '\t' ||
			     p->c.p[0] == '\r' || p->c.p[0] == '\n'))
		np_skip(&p->c, 1);
	return p->c.left ? (char)p->c.p[0] : '\0';
}

static bool eat(struct np_pull *p, char want, const char *why)
{
	if (np_pull_ahead(p) != want)
		return np_pull_fail(p, why);
	np_skip(&p->c, 1);
	return true;
}

bool np_pull_object(struct np_pull *p)
{
	return eat(p, '{', "not a JSON object");
}

bool np_pull_member(struct np_pull *p, bool *begun, struct np_arena *mem,
		    struct np_cur *ret_name)
{
	char next = np_pull_ahead(p);

	if (next == '}') {
		np_skip(&p->c, 1);
		return false;
	}
	if (*begun && !eat(p, ',', "a comma or a brace is missing"))
		return false;
	*begun = true;
	return np_pull_text(p, mem, ret_name) &&
	       eat(p, ':', "a colon is missing");
}

bool np_pull_array(struct np_pull *p)
{
	return eat(p, '[', "not a JSON array");
}

bool np_pull_item(struct np_pull *p, bool *begun)
{
	bool more = *begun && np_pull_ahead(p) == ',';

	if (more)
		np_skip(&p->c, 1);
	if (np_pull_ahead(p) == ']') {
		np_skip(&p->c, 1);
		return false;
	}
	if (*begun && !more)
		return np_pull_fail(p, "a comma or a bracket is missing");
	*begun = true;
	return !p->why;
}

/* ---- strings */

/* Consumes a string and gives what stands between its quotes. */
static bool string(struct np_pull *p, struct np_cur *ret, bool *ret_escapes)
{
	const uint8_t *s;
	size_t n = 0;

	if (!eat(p, '"', "a string is missing"))
		return false;
	s = p->c.p;
	*ret_escapes = false;
	while (n < p->c.left && s[n] != '"') {
		if (s[n] < 0x20)
			return np_pull_fail(p,
					    "a control character in a string");
		if (s[n] == '\\') {
			*ret_escapes = true;
			n++;
		}
		n++;
	}
	if (n >= p->c.left)
		return np_pull_fail(p, "a string does not end");
	*ret = np_sub(&p->c, n);
	np_skip(&p->c, 1);
	return true;
}

static bool hex4(struct np_cur *c, uint32_t *ret)
{
	*ret = 0;
	for (size_t i = 0; i < 4; i++) {
		uint8_t b = np_u8(c);

		if (b >= '0' && b <= '9')
			*ret = *ret << 4 | (uint32_t)(b - '0');
		else if ((b | 32) >= 'a' && (b | 32) <= 'f')
			*ret = *ret << 4 | (uint32_t)((b | 32) - 'a' + 10);
		else
			return false;
	}
	return true;
}

/* Behind "\u". A pair of surrogates is one code point (RFC 8259, 7). */
static bool code_point(struct np_cur *c, uint32_t *ret)
{
	struct np_cur after;
	uint32_t low;

	if (!hex4(c, ret))
		return false;
	if (*ret < 0xd800 || *ret > 0xdfff)
		return true;
	after = *c;
	if (*ret < 0xdc00 && np_eat(&after, "\\u", 2) && hex4(&after, &low) &&
	    low >= 0xdc00 && low <= 0xdfff) {
		*ret = 0x10000 + ((*ret - 0xd800) << 10) + (low - 0xdc00);
		*c = after;
	} else {
		*ret = 0xfffd;
	}
	return true;
}

static size_t put_utf8(uint8_t *to, uint32_t u)
{
	if (u < 0x80) {
		to[0] = (uint8_t)u;
		return 1;
	}
	if (u < 0x800) {
		to[0] = (uint8_t)(0xc0 | u >> 6);
		to[1] = (uint8_t)(0x80 | (u & 63));
		return 2;
	}
	if (u < 0x10000) {
		to[0] = (uint8_t)(0xe0 | u >> 12);
		to[1] = (uint8_t)(0x80 | (u >> 6 & 63));
		to[2] = (uint8_t)(0x80 | (u & 63));
		return 3;
	}
	to[0] = (uint8_t)(0xf0 | u >> 18);
	to[1] = (uint8_t)(0x80 | (u >> 12 & 63));
	to[2] = (uint8_t)(0x80 | (u >> 6 & 63));
	to[3] = (uint8_t)(0x80 | (u & 63));
	return 4;
}

/* Behind the backslash; 0: there is no such escape. */
static size_t escape(struct np_cur *c, uint8_t *to)
{
	static const char from[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
	uint8_t b = np_u8(c);
	const char *at = b ? strchr(from, b) : NULL;
	uint32_t u;

	if (at) {
		to[0] = (uint8_t)means[at - from];
		return 1;
	}
	return b == 'u' && code_point(c, &u) ? put_utf8(to, u) : 0;
}

/* An escape is never shorter than what it means. `to` may be NULL: a look
 * whether it can be done. */
static bool decode(struct np_cur s, uint8_t *to, size_t *ret_n)
{
	uint8_t one[4];
	size_t n = 0;

	while (s.left) {
		const uint8_t *stop = memchr(s.p, '\\', s.left);
		size_t plain = stop ? (size_t)(stop - s.p) : s.left;
		const uint8_t *from = np_take(&s, plain);
		size_t k = 0;

		if (to && plain)
			memcpy(to + n, from, plain);
		n += plain;
		if (!s.left)
			break;
		np_skip(&s, 1);
		k = escape(&s, one);
		if (!k || s.cut)
			return false;
		if (to)
			memcpy(to + n, one, k);
		n += k;
	}
	*ret_n = n;
	return true;
}

static bool well_formed(struct np_pull *p, struct np_cur s)
{
	return np_utf8_ok(s.p, s.left) || np_pull_fail(p, "not UTF-8");
}

bool np_pull_text(struct np_pull *p, struct np_arena *mem, struct np_cur *ret)
{
	bool escapes;
	uint8_t *to;
	size_t n;

	if (!string(p, ret, &escapes) || !well_formed(p, *ret))
		return false;
	if (!escapes)
		return true;
	to = np_alloc(mem, ret->left);
	if (!to)
		return np_pull_fail(p, "out of memory");
	if (!decode(*ret, to, &n))
		return np_pull_fail(p, "a wrong escape in a string");
	*ret = np_cur(to, n);
	return true;
}

static bool raw_string(struct np_pull *p)
{
	struct np_cur s;
	bool escapes;
	size_t n;

	if (!string(p, &s, &escapes) || !well_formed(p, s))
		return false;
	return !escapes || decode(s, NULL, &n) ||
	       np_pull_fail(p, "a wrong escape in a string");
}

/* ---- the rest */

static size_t digits(struct np_cur *c)
{
	size_t n = 0;

	while (n < c->left && c->p[n] >= '0' && c->p[n] <= '9')
		n++;
	np_skip(c, n);
	return n;
}

static bool number(struct np_pull *p)
{
	struct np_cur *c = &p->c;
	bool ok;

	if (np_ahead(*c, "-", 1))
		np_skip(c, 1);
	if (np_ahead(*c, "0", 1)) {
		np_skip(c, 1);
		ok = true;
	} else {
		ok = digits(c) > 0;
	}
	if (ok && np_ahead(*c, ".", 1)) {
		np_skip(c, 1);
		ok = digits(c) > 0;
	}
	if (ok && c->left && (c->p[0] | 32) == 'e') {
		np_skip(c, 1);
		if (np_ahead(*c, "+", 1) || np_ahead(*c, "-", 1))
			np_skip(c, 1);
		ok = digits(c) > 0;
	}
	return ok || np_pull_fail(p, "no JSON value");
}

static bool scalar(struct np_pull *p)
{
	static const char *const words[] = {"true", "false", "null"};

	if (np_pull_ahead(p) == '"')
		return raw_string(p);
	for (size_t i = 0; i < 3; i++)
		if (np_ahead(p->c, words[i], strlen(words[i]))) {
			np_skip(&p->c, strlen(words[i]));
			return true;
		}
	return number(p);
}

/* Objects and arrays that are open, one bit each: set for an object. */
struct nest {
	uint64_t objects;
	unsigned depth;
};

static bool in_object(const struct nest *in)
{
	return in->objects >> (in->depth - 1) & 1;
}

/* Up to where a value must stand; false: broken. */
static bool name_if_object(struct np_pull *p, const struct nest *in)
{
	if (!in->depth || !in_object(in))
		return true;
	return np_pull_ahead(p) == '"'
		       ? raw_string(p) && eat(p, ':', "a colon is missing")
		       : np_pull_fail(p, "a member's name is missing");
}

/* Opens what opens here; *ret: and it is not empty, so a value follows. */
static bool open_nest(struct np_pull *p, struct nest *in, bool *ret)
{
	bool object = np_pull_ahead(p) == '{';

	if (in->depth == NP_PULL_DEPTH)
		return np_pull_fail(p, "nested too deeply");
	np_skip(&p->c, 1);
	*ret = np_pull_ahead(p) != (object ? '}' : ']');
	if (!*ret) {
		np_skip(&p->c, 1);
		return true;
	}
	in->objects &= ~((uint64_t)1 << in->depth);
	in->objects |= (uint64_t)object << in->depth;
	in->depth++;
	return name_if_object(p, in);
}

/* Behind a value: closes what closes; true when another value follows. */
static bool more(struct np_pull *p, struct nest *in)
{
	while (in->depth) {
		char c = np_pull_ahead(p);

		if (c != ',' && c != (in_object(in) ? '}' : ']'))
			return np_pull_fail(p, "a comma or a brace is missing");
		np_skip(&p->c, 1);
		if (c == ',')
			return name_if_object(p, in);
		in->depth--;
	}
	return false;
}

bool np_pull_raw(struct np_pull *p, struct np_cur *ret)
{
	struct nest in = {0};
	char c = np_pull_ahead(p);
	const uint8_t *from = p->c.p;
	bool inside;

	do {
		c = np_pull_ahead(p);
		inside = false;
		if (c == '{' || c == '[')
			(void)open_nest(p, &in, &inside);
		else
			(void)scalar(p);
	} while (!p->why && (inside || more(p, &in)));
	if (p->why)
		return false;
	*ret = np_cur(from, (size_t)(p->c.p - from));
	return true;
}

bool np_pull_end(struct np_pull *p)
{
	if (!p->why && np_pull_ahead(p))
		return np_pull_fail(p, "something stands behind the object");
	return !p->why;
}
