/* SPDX-License-Identifier: ISC */
#ifndef NP_UTF8_H
#define NP_UTF8_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Length of the well-formed UTF-8 sequence at p (RFC 3629: no overlong forms,
 * no surrogates), 0 when there is none. The code point goes to *ret. */
size_t np_utf8(const uint8_t *p, size_t n, uint32_t *ret);
/* All n octets are well-formed UTF-8. */
bool np_utf8_ok(const void *p, size_t n);
/* A code point that a terminal or a reader's eye would obey: C0, C1, DEL,
 * bidi controls, zero-width and line separators, tags; or that is none and that
 * XML may not hold (U+FFFE). */
bool np_utf8_unsafe(uint32_t u);
#endif
