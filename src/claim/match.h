/* SPDX-License-Identifier: ISC */
/*
 * Patterns over text. Two halves behind one header: a matcher picks, in one
 * pass, which of a field's patterns may occur in a text (by pieces that they
 * need, see piece.h, and by Hyperscan where they need none), and a regex (PCRE2
 * with JIT and a match limit) decides each of the few and gives its captures.
 * The regex has the last word, so both matchers answer alike; a matcher may
 * pick too much, never too little.
 *
 * A pattern is what both sides read: PCRE without look-around, back references
 * and possessive parts; `.` matches every octet. `(?i)` at its beginning
 * ignores the case of ASCII letters.
 */
#ifndef NP_MATCH_H
#define NP_MATCH_H
#include "core/buf.h"
#include "core/err.h"
#include <stdbool.h>

/* ---- the matcher */

#define NP_MAX_PATTERNS 4096 /* of one matcher */

/* Compiles patterns 0 to n-1 into octets that np_match_new() reads. */
int np_match_build(const char *const *patterns, size_t n, struct np_buf *ret,
		   const char *name, struct np_err *reterr);

struct np_match; /* read only once made, for any number of threads */
struct np_match *np_match_new(const void *built, size_t n);
void np_match_free(struct np_match *m);

/* A thread's scratch space; np_scratch_ready() makes it fit for one more. */
struct np_scratch;
struct np_scratch *np_scratch_new(void);
bool np_scratch_ready(struct np_scratch *s, const struct np_match *m);
void np_scratch_free(struct np_scratch *s);

/* Sets the bit of every pattern that may occur. */
void np_match_scan(const struct np_match *m, struct np_scratch *s,
		   const char *text, size_t n, uint64_t *ret_hits);

/* ---- the regex */

#define NP_CAPTURES 10

struct np_capture {
	const char *p; /* NULL: not part of the match */
	size_t n;
};

struct np_regex;
/* NULL when the pattern is none, or without memory. */
struct np_regex *np_regex_new(const char *pattern);
void np_regex_free(struct np_regex *r);
/* False: no match, or a limit was reached. Captures may be NULL. */
bool np_regex_find(const struct np_regex *r, const char *text, size_t n,
		   struct np_capture *ret);
#endif
