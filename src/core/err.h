/* SPDX-License-Identifier: ISC */
/*
 * Failures of ours (never of the input's: a malformed frame is an answer, see
 * proto/proto.h) are negative codes, with an optional last parameter that says
 * what and where.
 */
#ifndef NP_ERR_H
#define NP_ERR_H
#include <stdint.h>

#define NP_ERR_MAP(XX)                                                         \
	XX(NP_ENOMEM, -1, "out of memory")                                     \
	XX(NP_EIO, -2, "the system refused")                                   \
	XX(NP_EINPUT, -3, "the input is not what it should be")                \
	XX(NP_ELIMIT, -4, "a limit was reached")                               \
	XX(NP_EUSAGE, -5, "wrong use")                                         \
	XX(NP_ENONE, -6, "there is no such thing")                             \
	XX(NP_EABSENT, -7, "not in this build")                                \
	XX(NP_EINTR, -8, "interrupted")

enum np_code {
	NP_OK = 0,
#define XX(name, value, text) name = value,
	NP_ERR_MAP(XX)
#undef XX
};

struct np_err {
	int code;	  /* enum np_code */
	const char *text; /* constant: what went wrong */
	char what[256];	  /* which file, key, value; may be empty */
	uint64_t at;	  /* byte, line or row; meaning is the text's */
	uint32_t column;  /* where there is one, else 0 */
};

/* Fills *reterr (may be NULL) and returns code, so that one can write
 * `return np_fail(reterr, NP_EIO, "cannot open", path, 0);` */
int np_fail(struct np_err *reterr, int code, const char *text, const char *what,
	    uint64_t at);
/* One constant sentence for a code. */
const char *np_strerror(int code);
#endif
