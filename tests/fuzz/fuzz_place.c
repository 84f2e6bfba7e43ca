/* SPDX-License-Identifier: ISC */
/*
 * Any octets as one of the files of a party: a list of sites (a table or
 * GeoJSON), an inventory, contracts or zones, by the target. What is understood
 * is written and read again, and has to be the same.
 */
#include "fuzz.h"
#include "place/inside.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define MUST(x)                                                                \
	do {                                                                   \
		if (!(x))                                                      \
			abort();                                               \
	} while (0)

#ifndef NP_FUZZ_PLACE
#define NP_FUZZ_PLACE "sites"
#endif

static struct np_knowledge *knowledge;
static struct np_law *law;

static struct np_places *open_one(const uint8_t *p, size_t n,
				  struct np_party **ret_party)
{
	struct np_place_files f = {0};
	struct np_places *places = NULL;
	struct np_err e = {0};
	char path[64];
	int fd = memfd_create("fuzz", MFD_CLOEXEC), rc;

	MUST(fd >= 0 && write(fd, p, n) == (ssize_t)n);
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (strcmp(NP_FUZZ_PLACE, "sites") == 0)
		f.sites = path;
	else if (strcmp(NP_FUZZ_PLACE, "inventory") == 0)
		f.inventory = path;
	else if (strcmp(NP_FUZZ_PLACE, "contracts") == 0)
		f.contracts = path;
	else
		f.zones = path;
	MUST(np_party_open(NULL, ret_party, NULL) == 0);
	rc = np_places_open(&f, *ret_party, law, knowledge, &places, &e);
	MUST(rc == 0 || (e.code == rc && e.text));
	(void)close(fd);
	return rc ? NULL : places;
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct np_buf a = np_buf((size_t)64 << 20), b = a;
	struct np_party *party, *again_party = NULL;
	struct np_places *x, *y;
	bool any;

	if (!law) {
		MUST(np_knowledge_open(NULL, &knowledge, NULL) == 0);
		MUST(np_law_open(NULL, knowledge, &law, NULL) == 0);
	}
	x = open_one(p, n, &party);
	any = x && np_places_write(x, NP_FUZZ_PLACE, &a) && !a.failed;
	if (any) {
		y = open_one((const uint8_t *)a.p, a.n, &again_party);
		MUST(y && np_places_write(y, NP_FUZZ_PLACE, &b));
		MUST(a.n == b.n && memcmp(a.p, b.p, a.n) == 0);
		np_places_close(y);
		np_party_close(again_party);
	}
	np_places_close(x);
	np_party_close(party);
	np_buf_free(&a);
	np_buf_free(&b);
	return 0;
}
