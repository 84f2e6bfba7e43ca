/* SPDX-License-Identifier: ISC */
#include "core/term.h"
#include "core/utf8.h"

struct range {
	uint32_t from, to;
};

/* Blocks whose characters are wide (UAX #11), and emoji. */
static const struct range wide[] = {
	{0x1100, 0x115f},   {0x2e80, 0x303e},	{0x3041, 0x33ff},
	{0x3400, 0x4dbf},   {0x4e00, 0x9fff},	{0xa000, 0xa4cf},
	{0xa960, 0xa97f},   {0xac00, 0xd7a3},	{0xf900, 0xfaff},
	{0xfe30, 0xfe6f},   {0xff00, 0xff60},	{0xffe0, 0xffe6},
	{0x16fe0, 0x18cff}, {0x1b000, 0x1b2ff}, {0x1f300, 0x1f64f},
	{0x1f900, 0x1f9ff}, {0x20000, 0x3fffd}, {0, 0},
};

/* Blocks of marks that stand on the character before. */
static const struct range marks[] = {
	{0x0300, 0x036f}, {0x0483, 0x0489}, {0x0591, 0x05bd}, {0x064b, 0x065f},
	{0x0e34, 0x0e3a}, {0x0e47, 0x0e4e}, {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff},
	{0x20d0, 0x20ff}, {0x3099, 0x309a}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f},
	{0, 0},
};

static bool in(const struct range *v, uint32_t u)
{
	for (; v->to; v++) {
		if (u >= v->from && u <= v->to)
			return true;
	}
	return false;
}

size_t np_sgr(const char *p, size_t n)
{
	size_t i = 2;

	if (n < 3 || p[0] != '\x1b' || p[1] != '[')
		return 0;
	while (i < n && ((p[i] >= '0' && p[i] <= '9') || p[i] == ';'))
		i++;
	return i < n && p[i] == 'm' ? i + 1 : 0;
}

/* The next character or colour; its columns go to *ret. */
static size_t next(const char *p, size_t n, size_t *ret)
{
	uint32_t u = 0;
	size_t k = np_sgr(p, n);

	*ret = 0;
	if (k)
		return k;
	k = np_utf8((const uint8_t *)p, n, &u);
	if (u < 0x300)
		*ret = 1;
	else if (!in(marks, u))
		*ret = in(wide, u) ? 2 : 1;
	return k ? k : 1;
}

size_t np_columns(const char *p, size_t n)
{
	size_t all = 0, w;

	for (size_t i = 0; i < n; all += w)
		i += next(p + i, n - i, &w);
	return all;
}

size_t np_put_columns(struct np_buf *b, const char *p, size_t n, size_t width)
{
	size_t i = 0, w;

	while (i < n) {
		size_t k = next(p + i, n - i, &w);

		if (w > width)
			break;
		width -= w;
		np_put(b, p + i, k);
		i += k;
	}
	return i;
}
