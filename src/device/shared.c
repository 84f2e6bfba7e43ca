/* SPDX-License-Identifier: ISC */
/*
 * Keys that many boxes use: addresses of virtual routers, names and serial
 * numbers that nobody set. They are knowledge (knowledge/shared_keys.csv); the
 * tables are made from it when the program is built.
 */
#include "device/inside.h"

struct shared_mac {
	uint64_t address, mask;
};

#include "device/shared_keys.inc"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

bool np_shared_mac(uint64_t mac)
{
	for (size_t i = 0; i < COUNT(macs); i++)
		if ((mac & macs[i].mask) == macs[i].address)
			return true;
	return false;
}

static unsigned char lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* Compares with a lower-case text, as strcmp does. */
static int compare(const char *v, size_t n, const char *text)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char a = lower(v[i]), b = (unsigned char)text[i];

		if (!b || a != b)
			return !b || a > b ? 1 : -1;
	}
	return text[n] ? -1 : 0;
}

static bool listed(const char *const *list, size_t count, const char *v,
		   size_t n)
{
	size_t lo = 0, hi = count;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int d = compare(v, n, list[mid]);

		if (!d)
			return true;
		if (d < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return false;
}

bool np_shared_name(const char *v, size_t n)
{
	return listed(names, COUNT(names), v, n);
}

/* A serial number that says nothing: none, short, or one character only. */
bool np_shared_serial(const char *v, size_t n)
{
	size_t same = 0;

	while (same < n && v[same] == v[0])
		same++;
	return n < 4 || same == n || listed(serials, COUNT(serials), v, n);
}
