/* SPDX-License-Identifier: ISC */
/* What was dropped of people, and what is kept of subscribers' boxes. */
#ifndef NP_PRIVACY_H
#define NP_PRIVACY_H
#include "report/writer.h"

/* Kinds of fewer boxes than this are put together, for who publishes the table:
 * one box of its kind at a place may be somebody's. */
#define NP_FLOOR 5

/* `floor` 0: NP_FLOOR; 1: every kind stands by itself. */
int np_write_privacy(const struct np_report *r, uint64_t floor, bool json,
		     FILE *to);
#endif
