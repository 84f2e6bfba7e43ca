/* SPDX-License-Identifier: ISC */
#include "core/time.h"
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define NS INT64_C(1000000000)
#define DAY (INT64_C(86400) * NS)

/* Days from civil and back: the usual 400-year era arithmetic. */
static int64_t days_of(int64_t y, int m, int d)
{
	y -= m <= 2;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t yoe = y - era * 400;
	int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return era * 146097 + doe - 719468;
}

static void civil_of(int64_t z, int64_t *y, int *m, int *d)
{
	z += 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;

	*d = (int)(doy - (153 * mp + 2) / 5 + 1);
	*m = (int)(mp < 10 ? mp + 3 : mp - 9);
	*y = yoe + era * 400 + (*m <= 2);
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

const char *np_time_text(int64_t ns, char buf[static 40])
{
	int64_t day = floor_div(ns, DAY), rest = ns % DAY, y;
	int m, d;

	rest += rest < 0 ? DAY : 0; /* day * DAY may not fit any more */
	civil_of(day, &y, &m, &d);
	int s = (int)(rest / NS);

	(void)snprintf(buf, 40, "%04d-%02d-%02dT%02d:%02d:%02d.%09dZ", (int)y,
		       m, d, s / 3600, s / 60 % 60, s % 60, (int)(rest % NS));
	return buf;
}

const char *np_day_text(int32_t day, char buf[static 16])
{
	int64_t y;
	int m, d;

	civil_of(day, &y, &m, &d);
	(void)snprintf(buf, 16, "%04d-%02d-%02d", (int)y % 10000, m, d);
	return buf;
}

/* `n` decimal digits at s; -1 if they are not. */
static int digits(const char *s, int n)
{
	int v = 0;

	for (int i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return -1;
		v = v * 10 + (s[i] - '0');
	}
	return v;
}

static bool civil_read(const char *s, int64_t *ret_day)
{
	int y = digits(s, 4), m, d;
	int64_t y2;
	int m2, d2;

	if (y < 0 || s[4] != '-' || (m = digits(s + 5, 2)) < 1 || m > 12 ||
	    s[7] != '-' || (d = digits(s + 8, 2)) < 1 || d > 31)
		return false;
	*ret_day = days_of(y, m, d);
	civil_of(*ret_day, &y2, &m2, &d2);
	return y2 == y && m2 == m && d2 == d; /* refuses 30 February */
}

bool np_day_read(const char *s, int32_t *ret_day)
{
	int64_t day;

	if (strlen(s) != 10 || !civil_read(s, &day))
		return false;
	*ret_day = (int32_t)day;
	return true;
}

bool np_time_read(const char *s, int64_t *ret_ns)
{
	int64_t day;
	int h, m, sec, frac = 0, n = 0;

	if (strnlen(s, 20) < 20 || !civil_read(s, &day) || s[10] != 'T' ||
	    (h = digits(s + 11, 2)) < 0 || h > 23 || s[13] != ':' ||
	    (m = digits(s + 14, 2)) < 0 || m > 59 || s[16] != ':' ||
	    (sec = digits(s + 17, 2)) < 0 || sec > 60)
		return false;
	s += 19;
	if (*s == '.')
		for (s++; *s >= '0' && *s <= '9' && n < 9; s++, n++)
			frac = frac * 10 + (*s - '0');
	for (; n < 9; n++)
		frac *= 10;
	if (strcmp(s, "Z") != 0 || day > 100000 || day < -100000)
		return false;
	*ret_ns = (day * 86400 + h * 3600 + m * 60 + sec) * NS + frac;
	return true;
}

int32_t np_day_of(int64_t ns)
{
	return (int32_t)floor_div(ns, DAY);
}
