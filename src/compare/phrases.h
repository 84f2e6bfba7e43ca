/* SPDX-License-Identifier: ISC */
/*
 * What may be said of change, of custody and of bills: the section `over_time`
 * of knowledge/sentences.yaml, which an own file may replace sentence by
 * sentence.
 */
#ifndef NP_PHRASES_H
#define NP_PHRASES_H
#include "policy/policy.h"

#define NP_PHRASES(XX)                                                         \
	XX(removed)                                                            \
	XX(gone)                                                               \
	XX(new_devices)                                                        \
	XX(changed)                                                            \
	XX(looked)                                                             \
	XX(not_looked)                                                         \
	XX(not_recorded)                                                       \
	XX(instead)                                                            \
	XX(several)                                                            \
	XX(said)                                                               \
	XX(said_then)                                                          \
	XX(again)                                                              \
	XX(again_then)                                                         \
	XX(by_method)                                                          \
	XX(by_grade)                                                           \
	XX(by_key)                                                             \
	XX(of_a_part)                                                          \
	XX(typed)                                                              \
	XX(whose_word)                                                         \
	XX(bill_confirmed)                                                     \
	XX(bill_unknown)

enum np_phrase {
#define XX(name) NP_P_##name,
	NP_PHRASES(XX)
#undef XX
		NP_P__N
};

struct np_phrases {
	const char *text[NP_P__N];
};

struct np_phrase_hole {
	const char *name, *value; /* value NULL: nothing */
};

/* NP_EINPUT: a sentence is missing, with the file and what was expected. Texts
 * live in `mem`. */
int np_phrases_open(const struct np_law *l, struct np_arena *mem,
		    struct np_phrases *ret, struct np_err *reterr);
/* Appends it with its holes filled. Values go in as they are. */
void np_put_phrase(struct np_buf *b, const struct np_phrases *p,
		   enum np_phrase which, const struct np_phrase_hole *v,
		   size_t n);
#endif
