/* SPDX-License-Identifier: ISC */
#include "core/buf.h"
#include "core/utf8.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool room(struct np_buf *b, size_t n)
{
	if (b->failed || n >= b->limit || b->n > b->limit - n - 1) {
		b->failed = true;
		return false;
	}
	if (b->n + n + 1 > b->cap) {
		size_t cap = b->cap ? b->cap : 256;

		while (cap < b->n + n + 1)
			cap *= 2;
		char *p = realloc(b->p, cap);

		if (!p) {
			b->failed = true;
			return false;
		}
		b->p = p;
		b->cap = cap;
	}
	return true;
}

void np_buf_free(struct np_buf *b)
{
	free(b->p);
	*b = np_buf(b->limit);
}

void np_buf_clear(struct np_buf *b)
{
	b->n = 0;
	b->failed = false;
	if (b->p)
		b->p[0] = '\0';
}

void np_put(struct np_buf *b, const void *p, size_t n)
{
	if (!room(b, n))
		return;
	if (n)
		memcpy(b->p + b->n, p, n);
	b->n += n;
	b->p[b->n] = '\0';
}

void np_putc(struct np_buf *b, char c)
{
	np_put(b, &c, 1);
}

void np_putu(struct np_buf *b, uint64_t v)
{
	char t[20];
	size_t i = sizeof(t);

	do {
		t[--i] = (char)('0' + v % 10);
		v /= 10;
	} while (v);
	np_put(b, t + i, sizeof(t) - i);
}

void np_puthex(struct np_buf *b, const void *p, size_t n)
{
	static const char digit[] = "0123456789abcdef";
	const uint8_t *q = p;

	if (n > SIZE_MAX / 2 || !room(b, 2 * n))
		return;
	for (size_t i = 0; i < n; i++) {
		b->p[b->n++] = digit[q[i] >> 4];
		b->p[b->n++] = digit[q[i] & 15];
	}
	b->p[b->n] = '\0';
}

void np_putf(struct np_buf *b, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0 || !room(b, (size_t)n)) {
		b->failed = true;
		return;
	}
	va_start(ap, fmt);
	(void)vsnprintf(b->p + b->n, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->n += (size_t)n;
}

/* As units of UTF-16: whoever reads JSON gets the character, whoever looks at
 * it is not deceived. */
static void put_units(struct np_buf *b, uint32_t u)
{
	if (u > 0xffff)
		np_putf(b, "\\u%04x\\u%04x", 0xd800 + ((u - 0x10000) >> 10),
			0xdc00 + (u & 0x3ff));
	else
		np_putf(b, "\\u%04x", u);
}

void np_putjson(struct np_buf *b, const void *p, size_t n)
{
	const uint8_t *q = p;

	np_putc(b, '"');
	while (n) {
		size_t plain = 0;

		while (plain < n && q[plain] >= 0x20 && q[plain] < 0x7f &&
		       q[plain] != '"' && q[plain] != '\\')
			plain++;
		np_put(b, q, plain);
		q += plain;
		n -= plain;
		if (!n)
			break;
		uint32_t u = 0;
		size_t k = np_utf8(q, n, &u);

		if (k > 1 && np_utf8_unsafe(u))
			put_units(b, u);
		else if (k > 1)
			np_put(b, q, k);
		else if (q[0] >= 0x80)
			np_puts(b, "\xef\xbf\xbd");
		else if (q[0] == '"' || q[0] == '\\')
			np_put(b, (char[]){'\\', (char)q[0]}, 2);
		else if (q[0] == '\n')
			np_puts(b, "\\n");
		else if (q[0] == '\r')
			np_puts(b, "\\r");
		else if (q[0] == '\t')
			np_puts(b, "\\t");
		else
			np_putf(b, "\\u%04x", q[0]);
		k = k ? k : 1;
		q += k;
		n -= k;
	}
	np_putc(b, '"');
}

void np_putjsons(struct np_buf *b, const char *s)
{
	if (s)
		np_putjson(b, s, strlen(s));
	else
		np_puts(b, "null");
}

void np_putterm(struct np_buf *b, const void *p, size_t n)
{
	const uint8_t *q = p;

	while (n) {
		uint32_t u = 0;
		size_t k = np_utf8(q, n, &u);

		if (!k) {
			np_putf(b, "\\x%02x", q[0]);
			k = 1;
		} else if (np_utf8_unsafe(u)) {
			np_putf(b, u < 0x80 ? "\\x%02x" : "\\u{%04x}", u);
		} else {
			np_put(b, q, k);
		}
		q += k;
		n -= k;
	}
}
