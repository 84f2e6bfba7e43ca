/* SPDX-License-Identifier: ISC */
/* Any octets as a table of custody: read, settled, and every row that counts
 * follows from the one before it. */
#include "compare/custody.h"
#include "fuzz.h"
#include <stdlib.h>
#include <strings.h>

#define MUST(x)                                                                \
	do {                                                                   \
		if (!(x))                                                      \
			abort();                                               \
	} while (0)

static void check(const struct np_serial *s)
{
	for (size_t i = 1; i < s->n; i++) {
		MUST(s->rows[i].day >= s->rows[i - 1].day);
		MUST(strcasecmp(s->rows[i].serial, s->serial) == 0);
		MUST(s->rows[i - 1].event != NP_C_DESTROYED);
	}
	MUST(!s->n || s->state == s->rows[s->n - 1].event);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct np_arena mem = np_arena((size_t)64 << 20);
	struct np_custody c = {.mem = &mem};
	struct np_err e = {0};
	struct np_reason *why;
	size_t nwhy;
	/* no directory: certificates are looked for where this runs */
	int rc = np_custody_parse(&c, "/proc/none/t.csv", (const char *)p, n,
				  &e);

	MUST(rc == 0 || (e.code == rc && e.text));
	if (!rc)
		rc = np_custody_settle(&c, 20000);
	for (size_t i = 0; !rc && i < c.nserials; i++) {
		check(&c.serials[i]);
		MUST(np_custody_of(&c, c.serials[i].serial) == &c.serials[i]);
	}
	for (size_t i = 0; i < c.nproblems; i++)
		MUST(c.problems[i].text);
	if (!rc)
		(void)np_custody_reasons(&c, &why, &nwhy);
	np_arena_free(&mem);
	return 0;
}
