/* SPDX-License-Identifier: ISC */
/*
 * Any octets as a file that `risk` is given: a list of CVEs, the user's
 * weights, and the knowledge about risk and product names. The first octet
 * chooses.
 */
#include "fuzz.h"
#include "risk/risk.h"
#include <stdlib.h>
#include <string.h>

#define MUST(x)                                                                \
	do {                                                                   \
		if (!(x))                                                      \
			abort();                                               \
	} while (0)

static int hear(void *ctx, const struct np_cve_name *x)
{
	size_t *n = ctx;

	MUST(x->cve.left && x->vendor.left && x->product.left);
	(void)np_cve_fits(x, "V200R010C00SPC600");
	(void)np_cve_fits(x, NULL);
	MUST(np_version_order(x->version, x->version) == 0);
	MUST(np_version_order(x->from, x->until) ==
	     -np_version_order(x->until, x->from));
	(*n)++;
	return 0;
}

static void list(const uint8_t *p, size_t n)
{
	struct np_err e = {0};
	uint64_t entries;
	size_t names = 0;
	int rc = np_cve_parse("fuzz.json", p, n, hear, &names, &entries, &e);

	MUST(rc == 0 || (rc == NP_EINPUT && e.text && e.at && e.column));
}

static void weights(const char *p, size_t n)
{
	struct np_arena mem = np_arena((size_t)8 << 20);
	struct np_risk_know k;
	struct np_weights w;
	struct np_err e = {0};
	int rc = np_risk_know_read(NULL, 0, NULL, 0, &mem, &k, &e);

	MUST(rc == 0);
	rc = np_weights_read("fuzz.yaml", p, n, &k, &mem, &w, &e);
	MUST(rc == 0 ? w.n > 0 : e.text != NULL);
	for (size_t i = 0; rc == 0 && i < w.n; i++)
		MUST(w.v[i].value >= -1e6 && w.v[i].value <= 1e6);
	np_arena_free(&mem);
}

static void know(const char *p, size_t n, bool cpe)
{
	struct np_arena mem = np_arena((size_t)8 << 20);
	struct np_device d = {.model = "S5720-32X-EI", .os = "VRP"};
	struct np_cpe_name names[NP_MAX_CPE];
	struct np_risk_know k;
	struct np_err e = {0};
	int rc = cpe ? np_risk_know_read(NULL, 0, p, n, &mem, &k, &e)
		     : np_risk_know_read(p, n, NULL, 0, &mem, &k, &e);

	MUST(rc == 0 || e.text);
	if (rc == 0)
		(void)np_cpe_names(&k, "huawei", &d, &mem, names);
	np_arena_free(&mem);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	if (!n)
		return 0;
	switch (p[0] & 3) {
	case 0:
		list(p + 1, n - 1);
		break;
	case 1:
		weights((const char *)p + 1, n - 1);
		break;
	default:
		know((const char *)p + 1, n - 1, p[0] & 1);
	}
	return 0;
}
