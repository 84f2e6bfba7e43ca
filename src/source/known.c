/* SPDX-License-Identifier: ISC */
/* Names what an unreadable file is by its first octets, so that a person knows
 * what to do next. */
#include "source/reader.h"
#include <stdio.h>

static int nameless(struct np_cur head, struct np_err *reterr)
{
	char hex[40];
	size_t n = 0;

	while (head.left && n + 3 < 8 * 3 + 3)
		n += (size_t)snprintf(hex + n, sizeof(hex) - n, "%s%02x",
				      n ? " " : "", np_u8(&head));
	return np_fail(reterr, NP_EINPUT, "no known kind of source", hex, 0);
}

int np_known_fail(struct np_cur head, struct np_err *reterr)
{
	if (!head.left)
		return np_fail(reterr, NP_EINPUT, "an empty file", NULL, 0);
	return nameless(head, reterr);
}
