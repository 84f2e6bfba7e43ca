/* SPDX-License-Identifier: ISC */
#include "core/utf8.h"

size_t np_utf8(const uint8_t *p, size_t n, uint32_t *ret)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t k;
	uint32_t u;

	if (!n)
		return 0;
	if (p[0] < 0x80)
		k = 1, u = p[0];
	else if ((p[0] & 0xe0) == 0xc0)
		k = 2, u = p[0] & 0x1fu;
	else if ((p[0] & 0xf0) == 0xe0)
		k = 3, u = p[0] & 0x0fu;
	else if ((p[0] & 0xf8) == 0xf0)
		k = 4, u = p[0] & 0x07u;
	else
		return 0;
	if (k > n)
		return 0;
	for (size_t i = 1; i < k; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		u = u << 6 | (p[i] & 0x3fu);
	}
	if (u < least[k] || u > 0x10ffff || (u >= 0xd800 && u < 0xe000))
		return 0;
	if (ret)
		*ret = u;
	return k;
}

bool np_utf8_ok(const void *p, size_t n)
{
	const uint8_t *q = p;

	while (n) {
		size_t k = np_utf8(q, n, NULL);

		if (!k)
			return false;
		q += k;
		n -= k;
	}
	return true;
}

bool np_utf8_unsafe(uint32_t u)
{
	return u < 0x20 || (u >= 0x7f && u < 0xa0) || u == 0xad || u == 0x61c ||
	       (u >= 0x200b && u <= 0x200f) || (u >= 0x2028 && u <= 0x202e) ||
	       (u >= 0x2060 && u <= 0x206f) || u == 0xfeff ||
	       (u >= 0xfff9 && u <= 0xfffb) || (u >= 0xe0000 && u <= 0xe007f) ||
	       (u & 0xfffe) == 0xfffe;
}
