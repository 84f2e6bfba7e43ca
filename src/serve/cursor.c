/* SPDX-License-Identifier: ISC */
/* Pages of a list. A cursor is a row of one snapshot: after a change it says
 * so, and nothing is left out or told twice without a word. */
#include "serve/inside.h"
#include <stdio.h>

#define TAG_PART 8
#define MOST 1000

static bool read_cursor(const struct np_talk *t, const char *s, size_t *ret)
{
	char number[24];
	size_t n = strcspn(s, ".");
	uint64_t v;

	if (n >= sizeof(number) || s[n] != '.' || strlen(s + n + 1) != TAG_PART)
		return false;
	memcpy(number, s, n);
	number[n] = '\0';
	if (!np_ask_number(number, UINT32_MAX, &v))
		return false;
	*ret = (size_t)v;
	return memcmp(s + n + 1, np_snapshot_tag(t->snap), TAG_PART) == 0;
}

bool np_window_read(struct np_talk *t, size_t standard, struct np_window *ret,
		    struct np_http_answer *a)
{
	const char *limit = np_ask_get(&t->ask, "limit");
	const char *after = np_ask_get(&t->ask, "after");
	uint64_t n = standard;

	(void)np_talk_snapshot(t);
	ret->from = 0;
	if (limit && (!np_ask_number(limit, MOST, &n) || !n)) {
		(void)np_refuse(a, 400, "limit is 1 to 1000");
		return false;
	}
	ret->most = (size_t)n;
	if (after && !read_cursor(t, after, &ret->from)) {
		(void)np_refuse(a, 409,
				"the dossier has changed since: begin anew, "
				"without after");
		return false;
	}
	return true;
}

void np_window_put(const struct np_talk *t, size_t next, bool more,
		   struct np_buf *b)
{
	if (more)
		np_putf(b, ",\"next\":\"%zu.%.*s\"", next, TAG_PART,
			np_snapshot_tag(t->snap));
	else
		np_puts(b, ",\"next\":null");
}
