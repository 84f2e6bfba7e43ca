/* SPDX-License-Identifier: ISC */
/* Members of a JSON object, each with the comma before it. Names are our own,
 * and need no escape. */
#ifndef NP_MEMBER_H
#define NP_MEMBER_H
#include "core/buf.h"

void np_member(struct np_buf *b, const char *name, const char *text);
void np_member_n(struct np_buf *b, const char *name, uint64_t n);
/* null for NP_NODAY, NP_NEVER. */
void np_member_day(struct np_buf *b, const char *name, int32_t day);
void np_member_time(struct np_buf *b, const char *name, int64_t t);
#endif
