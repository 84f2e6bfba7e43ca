/* SPDX-License-Identifier: ISC */
/*
 * Octets of older character sets as UTF-8, through the C library's iconv. That
 * loads a file for each set, so they are made ready before a process confines
 * itself; a set that is not there is no failure, its octets stay as they are.
 */
#ifndef NP_CHARSET_H
#define NP_CHARSET_H
#include "core/buf.h"
#include "core/cur.h"

enum np_charset {
	NP_GB18030, /* and its parts, GBK and GB 2312 */
	NP_SHIFT_JIS,
	NP_WINDOWS_1252,
	NP_WINDOWS_1251,
	NP_CHARSETS,
};

/* For the calling thread, which is the one that converts. */
void np_charsets_ready(void);
/* By the name in a declaration; NP_CHARSETS: none of these. */
enum np_charset np_charset_named(const char *name);
/* Appends it; false, and nothing is appended, where it is not wholly that. */
bool np_charset_utf8(enum np_charset from, struct np_cur c, struct np_buf *to);
/* Is this UTF-8 what a Chinese text would be: characters of which many are
 * among those that such texts have most? */
bool np_charset_chinese(struct np_cur text);
/* How many octets the character at p takes in GB 18030. */
size_t np_charset_gb_length(struct np_cur c);
#endif
