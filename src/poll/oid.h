/* SPDX-License-Identifier: ISC */
/* Object identifiers as arcs, for asking; in a walk they are text. */
#ifndef NP_POLL_OID_H
#define NP_POLL_OID_H
#include "core/buf.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NP_OID_ARCS 128 /* RFC 2578, 3.5 */

struct np_oid {
	uint32_t v[NP_OID_ARCS];
	size_t n;
};

/* "1.3.6.1", with or without a dot before it, and nothing else. */
bool np_oid_read(struct np_oid *ret, const char *text, size_t n);
void np_oid_put(struct np_buf *b, const struct np_oid *o);
/* Is it `top` or below it? */
bool np_oid_under(const struct np_oid *o, const struct np_oid *top);
/* Below enterprises (1.3.6.1.4.1, RFC 2578 section 3): whose; false: it is not,
 * or says no number. */
extern const struct np_oid np_oid_enterprises;
bool np_oid_enterprise(const struct np_oid *o, uint32_t *ret_pen);
/* Below 0, 0, above 0: a stands before, is, stands behind b in a walk. */
int np_oid_order(const struct np_oid *a, const struct np_oid *b);
#endif
