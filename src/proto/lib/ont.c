/* SPDX-License-Identifier: ISC */
#include "proto/lib/ont.h"

static bool is_letter(uint8_t b)
{
	return (b | 0x20) >= 'a' && (b | 0x20) <= 'z';
}

/* Of a hexadecimal digit, or 16. */
static uint8_t digit(uint8_t b)
{
	if (b >= '0' && b <= '9')
		return (uint8_t)(b - '0');
	if ((b | 0x20) >= 'a' && (b | 0x20) <= 'f')
		return (uint8_t)((b | 0x20) - 'a' + 10);
	return 16;
}

static bool are_letters(const uint8_t *p)
{
	return is_letter(p[0]) && is_letter(p[1]) && is_letter(p[2]) &&
	       is_letter(p[3]);
}

static bool are_digits(const uint8_t *p, size_t n)
{
	while (n && digit(*p) < 16)
		p++, n--;
	return !n;
}

static bool is_printed(const uint8_t *p, size_t n)
{
	while (n && *p >= ' ' && *p < 0x7f)
		p++, n--;
	return !n;
}

void np_emit_ont_serial(struct np_out *o, unsigned field, struct np_cur v)
{
	static const char hex[] = "0123456789ABCDEF";
	static const uint8_t zeros[8];
	uint8_t text[16];
	size_t n = 0, at = 0;

	if (v.cut || v.left != 8 || np_ahead(v, zeros, 8))
		return;
	for (; are_letters(v.p) && at < 4; at++)
		text[n++] = v.p[at];
	for (; at < 8; at++) {
		text[n++] = (uint8_t)hex[v.p[at] >> 4];
		text[n++] = (uint8_t)hex[v.p[at] & 15];
	}
	np_emit_made(o, field, NP_TEXT, text, n, v.p);
}

void np_emit_ont_text(struct np_out *o, unsigned field, struct np_cur v)
{
	while (v.left && (!v.p[v.left - 1] || v.p[v.left - 1] == ' '))
		v.left--;
	const uint8_t *nul = v.left ? memchr(v.p, 0, v.left) : NULL;
	size_t n = nul ? (size_t)(nul - v.p) : v.left;

	if (n && is_printed(v.p, n))
		np_emit(o, field, np_cur(v.p, n));
	else
		np_emit_as(o, field, NP_HEX, v);
}

/* The octets that sixteen digits, or their first eight, stand for. */
static void letters_of(const uint8_t *p, uint8_t ret[static 4])
{
	for (size_t i = 0; i < 4; i++)
		ret[i] = (uint8_t)(digit(p[2 * i]) << 4 | digit(p[2 * i + 1]));
}

static bool is_serial(struct np_cur word)
{
	uint8_t letters[4];

	if (word.left == 12)
		return are_letters(word.p) && are_digits(word.p + 4, 8);
	if (word.left != 16 || !are_digits(word.p, 16))
		return false;
	letters_of(word.p, letters);
	return are_letters(letters);
}

struct np_cur np_find_ont(struct np_cur v)
{
	if (v.left == 8 && are_letters(v.p) && !is_printed(v.p, 8))
		return v;
	while (v.left) {
		const uint8_t *word = v.p;

		while (v.left && (is_letter(*v.p) || digit(*v.p) < 16))
			np_skip(&v, 1);
		struct np_cur found = np_cur(word, (size_t)(v.p - word));

		if (is_serial(found))
			return found;
		np_skip(&v, v.left ? 1 : 0);
	}
	return v;
}

void np_emit_ont_vendor(struct np_out *o, unsigned field, struct np_cur ont)
{
	uint8_t letters[4];

	if (ont.left == 16) {
		letters_of(ont.p, letters);
		np_emit_made(o, field, NP_TEXT, letters, 4, ont.p);
	} else if (ont.left) {
		np_emit(o, field, np_sub(&ont, 4));
	}
}

void np_say_ont(struct np_out *o, unsigned field, struct np_cur ont)
{
	if (!ont.left)
		return;
	np_say_relayed(o);
	np_emit_ont_vendor(o, field, ont);
}
