/* SPDX-License-Identifier: ISC */
/* Serial numbers of ONUs, wherever they travel (ITU-T G.984.3, G.988 9.1.1):
 * four letters of the maker's and four octets, printed in hexadecimal. */
#ifndef NP_ONT_H
#define NP_ONT_H
#include "proto/proto.h"

/* Eight octets as they are printed: the letters and eight digits; sixteen
 * digits where no letters stand. Zeros say nothing. */
void np_emit_ont_serial(struct np_out *o, unsigned field, struct np_cur v);
/* Text of a fixed size, padded with zeros, by some with blanks; all of it may
 * be padding. In hex where it is no text. */
void np_emit_ont_text(struct np_out *o, unsigned field, struct np_cur v);
/* The first serial number in what an access node wrote of a line: eight octets,
 * or, standing by itself in text, letters and eight digits, or sixteen digits.
 * Empty when there is none. */
struct np_cur np_find_ont(struct np_cur v);
/* The letters of what np_find_ont() found; of nothing, nothing. */
void np_emit_ont_vendor(struct np_out *o, unsigned field, struct np_cur ont);
/* The same in a statement of its own: the ONU is behind whoever wrote it into
 * the message, and behind the sender. */
void np_say_ont(struct np_out *o, unsigned field, struct np_cur ont);
#endif
