/* SPDX-License-Identifier: ISC */
/*
 * A growing string with a hard limit. After the first failure it stays failed
 * (`failed`) and later appends do nothing, so a group of appends needs one
 * test. Text is always NUL-terminated behind `n`.
 */
#ifndef NP_BUF_H
#define NP_BUF_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct np_buf {
	char *p;
	size_t n, cap, limit;
	bool failed;
};

static inline struct np_buf np_buf(size_t limit)
{
	return (struct np_buf){.limit = limit};
}

void np_buf_free(struct np_buf *b);
/* Empties, keeps the memory, clears `failed`. */
void np_buf_clear(struct np_buf *b);
void np_put(struct np_buf *b, const void *p, size_t n);
/* Inline, so that the length of a constant costs nothing. */
static inline void np_puts(struct np_buf *b, const char *s)
{
	np_put(b, s, strlen(s));
}
void np_putc(struct np_buf *b, char c);
void np_putu(struct np_buf *b, uint64_t v);
void np_puthex(struct np_buf *b, const void *p, size_t n);
void np_putf(struct np_buf *b, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* A JSON string with quotes: strict UTF-8, invalid octets as U+FFFD, control
 * characters escaped. */
void np_putjson(struct np_buf *b, const void *p, size_t n);
void np_putjsons(struct np_buf *b, const char *s); /* NULL gives null */
/* For a terminal: control, bidi-override and invalid octets as \xNN or
 * \u{NNNN}; nothing that a terminal would obey passes. */
void np_putterm(struct np_buf *b, const void *p, size_t n);
#endif
