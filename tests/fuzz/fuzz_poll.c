/* SPDX-License-Identifier: ISC */
/*
 * Any octets as what a process that asks a host says of it: which lines are a
 * walk's, where it is, and whose addresses it tells. What is taken is a line
 * that a terminal does not obey.
 */
#include "fuzz.h"
#include "poll/neighbour.h"
#include "proto/proto.h"
#include <stdlib.h>

#define MUST(x)                                                                \
	do {                                                                   \
		if (!(x))                                                      \
			abort();                                               \
	} while (0)

static void is_printed(struct np_cur line)
{
	while (line.left) {
		uint8_t c = np_u8(&line);

		MUST(c >= 0x20 && c < 0x7f);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct np_poll_past past = {0};
	const uint8_t *end;

	for (; (end = memchr(p, '\n', n));
	     n -= (size_t)(end - p) + 1, p = end + 1) {
		struct np_cur line = np_cur(p, (size_t)(end - p));
		uint8_t ip[16] = {0};
		size_t k = np_poll_neighbour(line, ip);

		MUST(k == 0 || k == 4 || k == 16);
		MUST(k != 4 || (ip[0] != 0 && ip[0] < 224));
		if (np_poll_past_line(&past, line))
			is_printed(line);
		MUST(past.pens.n <= NP_POLL_PENS);
		MUST(past.after.n <= NP_OID_ARCS);
	}
	return 0;
}
