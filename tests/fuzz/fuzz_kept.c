/* SPDX-License-Identifier: ISC */
/* Any octets as a plan that a dossier keeps: what is read is a plan. */
#include "core/time.h"
#include "fuzz.h"
#include "plan/kept.h"
#include <stdlib.h>

#define MUST(x)                                                                \
	do {                                                                   \
		if (!(x))                                                      \
			abort();                                               \
	} while (0)

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct np_arena mem = np_arena((size_t)64 << 20);
	struct np_kept_plan k;
	struct np_err e = {0};
	int rc = np_kept_plan((const char *)p, n, &mem, &k, &e);

	MUST(rc == NP_OK || rc == NP_ENOMEM || e.text);
	MUST(rc || (k.nwaves && k.nwaves <= NP_PERIODS));
	for (uint32_t i = 0; !rc && i < k.nwaves; i++) {
		MUST(k.wave[i].from <= k.wave[i].until);
		MUST(!i || k.wave[i - 1].until < k.wave[i].from);
	}
	for (uint32_t i = 0; !rc && i < k.nboxes; i++) {
		const struct np_kept_box *x = &k.box[i];

		MUST(x->device && x->weight >= 0);
		MUST(x->replaced <= k.nwaves && x->removed <= k.nwaves);
		MUST(!x->replaced || !x->removed || x->replaced <= x->removed);
		MUST(x->out == NP_NODAY || k.as_of != NP_NODAY);
		for (unsigned c = 0; c < 3; c++)
			MUST(x->cost[c] >= 0 && x->cost[c] <= NP_KEPT_MOST);
	}
	for (uint32_t i = 0; !rc && i < k.nclashes; i++)
		MUST(k.clash[i]);
	np_arena_free(&mem);
	return 0;
}
