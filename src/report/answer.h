/* SPDX-License-Identifier: ISC */
/*
 * What `identify` answers (contract, section 3): a device of which one sighting
 * is known, as a line of JSON.
 */
#ifndef NP_ANSWER_H
#define NP_ANSWER_H
#include "device/device.h"

/* ,"maker": to "verdict": as every document has them of a device. */
void np_put_who(const struct np_knowledge *k, const struct np_device *d,
		struct np_buf *b);
/* How often like cases were right: ,"like": to "confidence":, and as words. */
void np_put_like(const struct np_knowledge *k, const struct np_device *d,
		 struct np_buf *b);
void np_put_like_text(const struct np_like *like, struct np_buf *b);
/* False without any. */
bool np_device_cases(const struct np_knowledge *k, const struct np_device *d,
		     struct np_like *ret);
/* `id` is JSON already; empty: null. No line break. */
void np_put_answer(const struct np_knowledge *k, struct np_cur id,
		   const struct np_device *d, const struct np_kept_claim *v,
		   size_t n, struct np_buf *b);
/* The same for a line that could not be read. */
void np_put_refusal(struct np_cur id, const struct np_err *why, uint64_t line,
		    struct np_buf *b);
#endif
