/* SPDX-License-Identifier: ISC */
#ifndef NP_SERVE_GZIP_H
#define NP_SERVE_GZIP_H
#include "core/buf.h"
#include "core/err.h"

/* Appends n octets in gzip's format (RFC 1952), through zlib. 0 or NP_ENOMEM.
 */
int np_gzip(const void *p, size_t n, struct np_buf *to);
#endif
