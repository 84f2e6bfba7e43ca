/* SPDX-License-Identifier: ISC */
/*
 * Any octets as a person's statement. What is taken is written again to the
 * same octets, is whole, and is no more than one line of UTF-8.
 */
#include "core/utf8.h"
#include "fuzz.h"
#include "policy/statement.h"
#include <stdlib.h>

#define MUST(x)                                                                \
	do {                                                                   \
		if (!(x))                                                      \
			abort();                                               \
	} while (0)

static void hear(const uint8_t *p, size_t n)
{
	struct np_said *s = np_said_new();
	struct np_err why = {0};
	int rc;

	MUST(s);
	rc = np_said_add(s, (const char *)p, n, "0123456789ABCDEF", 1, true,
			 &why);
	MUST(np_said_n(s) == (rc == 0));
	if (rc == 0) {
		/* the same again is the same */
		MUST(np_said_add(s, (const char *)p, n, "0123456789ABCDEF", 2,
				 true, &why) == 0);
		MUST(np_said_n(s) == 1 && strlen(np_said_row(s, 0)->id) == 64);
	}
	np_said_free(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct np_arena mem = np_arena((size_t)1 << 20);
	struct np_buf b = np_buf(NP_STATEMENT_MAX);
	struct np_statement s;
	struct np_err why = {0};
	int rc = np_statement_read((const char *)p, n, &mem, &s, &why);

	MUST(rc == 0 || (rc == NP_EINPUT && why.text));
	if (rc == 0) {
		np_statement_put(&s, &b);
		MUST(!b.failed && b.n == n && memcmp(b.p, p, n) == 0);
		MUST(!np_statement_lacks(&s) && np_utf8_ok(p, n));
		MUST(!memchr(p, '\n', n));
	}
	hear(p, n);
	np_buf_free(&b);
	np_arena_free(&mem);
	return 0;
}
