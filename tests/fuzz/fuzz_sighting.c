/* SPDX-License-Identifier: ISC */
/* Any octets as a JSON line of the waist: what is accepted, written and read
 * again is the same. */
#include "core/hash.h"
#include "fuzz.h"
#include "sighting/sighting.h"
#include <stdlib.h>
#include <string.h>

#define MUST(x)                                                                \
	do {                                                                   \
		if (!(x))                                                      \
			abort();                                               \
	} while (0)

static void again(const struct np_sighting *a, struct np_arena *mem)
{
	struct np_sighting *b = malloc(sizeof(*b));
	struct np_buf one = np_buf((size_t)8 << 20), two = one;
	struct np_err e = {0};

	MUST(b);
	np_sighting_json(a, &one);
	MUST(!one.failed);
	if (np_sighting_parse(one.p, one.n, mem, b, &e) == 0) {
		np_sighting_json(b, &two);
		MUST(!two.failed && one.n == two.n &&
		     memcmp(one.p, two.p, one.n) == 0);
	} else {
		/* Only room may be the reason. */
		MUST(mem->used > mem->limit / 2);
	}
	np_buf_free(&one);
	np_buf_free(&two);
	free(b);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct np_sighting *s = malloc(sizeof(*s));
	struct np_arena mem = np_arena((size_t)8 << 20);
	struct np_err e = {0};

	MUST(s);
	int rc = np_sighting_parse((const char *)p, n, &mem, s, &e);

	MUST(rc == 0 || (rc == e.code && e.text));
	if (rc == 0)
		again(s, &mem);
	np_arena_free(&mem);
	free(s);
	return 0;
}
