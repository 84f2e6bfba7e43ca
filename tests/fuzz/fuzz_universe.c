/* SPDX-License-Identifier: ISC */
/*
 * Any octets as a universe, a table or JSON: what is declared is whole, is
 * found again, and twice the same file declares nothing more.
 */
#include "fuzz.h"
#include "silence/silence.h"
#include <stdlib.h>
#include <string.h>

#define MUST(x)                                                                \
	do {                                                                   \
		if (!(x))                                                      \
			abort();                                               \
	} while (0)

struct found {
	size_t want;
	bool is;
};

static void found(void *ctx, size_t i)
{
	struct found *f = ctx;

	f->is |= i == f->want;
}

static void check(const struct np_universe *u, size_t i)
{
	const struct np_declared *d = np_declared(u, i);
	struct found f = {.want = i};
	size_t at;

	MUST(d && d->text && *d->text);
	switch (d->kind) {
	case NP_D_SITE:
		at = np_declared_site(u, d->text);
		MUST(at == i);
		break;
	case NP_D_PREFIX:
		MUST(d->ip_n == 4 || d->ip_n == 16);
		MUST(d->bits <= 8 * d->ip_n);
		np_declared_hold(u, d->ip, d->ip_n, found, &f);
		MUST(f.is);
		break;
	case NP_D_VLAN:
		MUST(d->vlan && d->vlan < 4095);
		break;
	case NP_D_SERIALS:
		MUST(strlen(d->from) == strlen(d->to));
		MUST(strcmp(d->from, d->to) <= 0);
		break;
	}
	MUST(!d->site || np_declared_site(u, d->site) != SIZE_MAX);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct np_universe *u = np_universe_new();
	char *text = malloc(n + 1);
	struct np_err e = {0};
	size_t had;
	int rc;

	MUST(u && text);
	if (n)
		memcpy(text, p, n);
	text[n] = '\0';
	rc = np_universe_read(u, "fuzz", text, n, &e);
	had = np_declared_n(u);
	MUST(rc == 0 || (e.code == rc && e.text && e.at && e.column));
	for (size_t i = 0; rc == 0 && i < had; i++)
		check(u, i);
	MUST(np_universe_read(u, "fuzz", text, n, &e) == rc);
	MUST(np_declared_n(u) == had);
	np_universe_free(u);
	free(text);
	return 0;
}
