/* SPDX-License-Identifier: ISC */
/* A set of IP prefixes, for asking whether an address lies in one. */
#ifndef NP_PREFIXES_H
#define NP_PREFIXES_H
#include "core/err.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct np_prefixes;
struct np_prefixes *np_prefixes_new(void);
/* "192.0.2.0/24", "2001:db8::/32", a bare address is a host. NP_EINPUT when it
 * is no prefix. */
int np_prefixes_add(struct np_prefixes *p, const char *text);
bool np_prefixes_hold(const struct np_prefixes *p, const uint8_t *ip, size_t n);
/* Reads a textual address as it stands in a key. */
bool np_prefixes_hold_text(const struct np_prefixes *p, const char *text,
			   size_t n);
void np_prefixes_free(struct np_prefixes *p);
#endif
