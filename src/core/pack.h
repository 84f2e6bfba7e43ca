/* SPDX-License-Identifier: ISC */
/* Octets as text that a page can carry: zlib's format (RFC 1950), then base64
 * (RFC 4648). */
#ifndef NP_PACK_H
#define NP_PACK_H
#include "core/buf.h"

/* Appends n octets, packed. 0 or NP_ENOMEM. */
int np_pack(const void *p, size_t n, struct np_buf *to);
/* The reverse; of more than to->limit octets NP_ELIMIT, of anything else
 * NP_EINPUT. */
int np_unpack(const char *text, size_t n, struct np_buf *to);
/* Appends base64 of n octets. */
void np_put_base64(struct np_buf *b, const void *p, size_t n);
#endif
