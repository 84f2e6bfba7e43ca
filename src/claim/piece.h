/* SPDX-License-Identifier: ISC */
/*
 * Pieces: texts of which a pattern needs one. To look for the pieces of all
 * patterns at once costs little, however many patterns there are: only those
 * whose pieces a text holds are worth a closer look. Case is ignored.
 */
#ifndef NP_PIECE_H
#define NP_PIECE_H
#include "core/buf.h"
#include <stdint.h>

#define NP_PIECE_MIN 3
#define NP_HEAD_MIN 2 /* of one at the text's beginning */
#define NP_PIECE_MAX 24
#define NP_NEED_MAX 48
#define NP_NEEDS_MAX 6

struct np_piece {
	char text[NP_PIECE_MAX]; /* in lower case */
	uint8_t n;
	bool head; /* stands at the text's beginning */
};

/* Every match holds one of these. */
struct np_need {
	struct np_piece v[NP_NEED_MAX];
	size_t n;
};

/* Every match meets all of these. */
struct np_needs {
	struct np_need v[NP_NEEDS_MAX];
	size_t n;
};

/* None of a pattern that is written in ways that this does not follow. */
void np_piece_needs(const char *pattern, struct np_needs *ret);

/* Appends to ret, in multiples of eight octets, what np_pieces_new() reads, and
 * sets the bit of each pattern that needs no piece. False: out of memory. */
bool np_pieces_build(const char *const *patterns, size_t n, struct np_buf *ret,
		     uint64_t *ret_rest);
struct np_pieces;
struct np_pieces *np_pieces_new(const void *built, size_t n);
void np_pieces_free(struct np_pieces *p);
/* Sets the bit of every pattern whose pieces are there, clears all others. */
void np_pieces_scan(const struct np_pieces *p, const char *text, size_t n,
		    uint64_t *ret_hits);

static inline uint8_t np_piece_fold(uint8_t c)
{
	return (uint8_t)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}
#endif
