/* SPDX-License-Identifier: ISC */
#include "core/prefixes.h"
#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

struct prefix {
	uint8_t ip[16];
	uint8_t n, bits; /* n: 4 or 16 */
};

struct np_prefixes {
	struct prefix *v;
	size_t n, cap;
};

struct np_prefixes *np_prefixes_new(void)
{
	return calloc(1, sizeof(struct np_prefixes));
}

static bool read_prefix(const char *text, size_t len, struct prefix *ret)
{
	char addr[INET6_ADDRSTRLEN];
	const char *slash = memchr(text, '/', len);
	size_t n = slash ? (size_t)(slash - text) : len;
	unsigned bits = 0;

	if (n >= sizeof(addr))
		return false;
	memcpy(addr, text, n);
	addr[n] = '\0';
	if (inet_pton(AF_INET, addr, ret->ip) == 1)
		ret->n = 4;
	else if (inet_pton(AF_INET6, addr, ret->ip) == 1)
		ret->n = 16;
	else
		return false;
	if (!slash) {
		ret->bits = (uint8_t)(ret->n * 8);
		return true;
	}
	if (n + 1 == len || len - n > 4)
		return false;
	for (size_t i = n + 1; i < len; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		bits = bits * 10 + (unsigned)(text[i] - '0');
	}
	ret->bits = (uint8_t)bits;
	return bits <= ret->n * 8u;
}

int np_prefixes_add(struct np_prefixes *p, const char *text)
{
	struct prefix one = {0};

	if (!read_prefix(text, strlen(text), &one))
		return NP_EINPUT;
	if (p->n == p->cap) {
		size_t cap = p->cap ? p->cap * 2 : 16;
		struct prefix *v = reallocarray(p->v, cap, sizeof(*v));

		if (!v)
			return NP_ENOMEM;
		p->v = v;
		p->cap = cap;
	}
	p->v[p->n++] = one;
	return NP_OK;
}

static bool holds(const struct prefix *x, const uint8_t *ip)
{
	size_t whole = x->bits / 8;
	unsigned rest = x->bits % 8;

	if (memcmp(x->ip, ip, whole) != 0)
		return false;
	return !rest || (x->ip[whole] ^ ip[whole]) >> (8 - rest) == 0;
}

bool np_prefixes_hold(const struct np_prefixes *p, const uint8_t *ip, size_t n)
{
	for (size_t i = 0; p && i < p->n; i++)
		if (p->v[i].n == n && holds(&p->v[i], ip))
			return true;
	return false;
}

bool np_prefixes_hold_text(const struct np_prefixes *p, const char *text,
			   size_t n)
{
	struct prefix one = {0};

	return read_prefix(text, n, &one) && np_prefixes_hold(p, one.ip, one.n);
}

void np_prefixes_free(struct np_prefixes *p)
{
	if (!p)
		return;
	free(p->v);
	free(p);
}
