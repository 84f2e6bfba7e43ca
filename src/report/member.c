/* SPDX-License-Identifier: ISC */
#include "report/member.h"
#include "core/time.h"

static void put_name(struct np_buf *b, const char *name)
{
	np_puts(b, ",\"");
	np_puts(b, name);
	np_puts(b, "\":");
}

void np_member(struct np_buf *b, const char *name, const char *text)
{
	put_name(b, name);
	np_putjsons(b, text);
}

void np_member_n(struct np_buf *b, const char *name, uint64_t n)
{
	put_name(b, name);
	np_putu(b, n);
}

void np_member_day(struct np_buf *b, const char *name, int32_t day)
{
	char text[16];

	np_member(b, name, day == NP_NODAY ? NULL : np_day_text(day, text));
}

void np_member_time(struct np_buf *b, const char *name, int64_t t)
{
	char text[40];

	np_member(b, name, t == NP_NEVER ? NULL : np_time_text(t, text));
}
