/* SPDX-License-Identifier: ISC */
/*
 * Times are signed nanoseconds since 1970-01-01T00:00:00Z; NP_NEVER where the
 * source has none. Days are whole days since the same date, for law.
 */
#ifndef NP_TIME_H
#define NP_TIME_H
#include <stdbool.h>
#include <stdint.h>

#define NP_NEVER INT64_MIN
#define NP_NODAY INT32_MIN

/* "2026-11-23T09:00:00.000000000Z"; buf holds at least 40 octets. */
const char *np_time_text(int64_t ns, char buf[static 40]);
/* "2026-11-23"; buf holds at least 16 octets. */
const char *np_day_text(int32_t day, char buf[static 16]);
/* Reads "YYYY-MM-DD" (whole string), proleptic Gregorian; false if it is no
 * date. */
bool np_day_read(const char *s, int32_t *ret_day);
/* Reads what np_time_text writes. */
bool np_time_read(const char *s, int64_t *ret_ns);
/* The day that holds a time (UTC). */
int32_t np_day_of(int64_t ns);

/* min and max on times where NP_NEVER means unknown: min(unknown, x) = x. */
static inline int64_t np_time_min(int64_t a, int64_t b)
{
	return a == NP_NEVER ? b : b == NP_NEVER ? a : a < b ? a : b;
}

static inline int64_t np_time_max(int64_t a, int64_t b)
{
	return a > b ? a : b;
}
#endif
