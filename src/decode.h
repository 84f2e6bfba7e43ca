/* SPDX-License-Identifier: ISC */
#ifndef NP_DECODE_H
#define NP_DECODE_H
#include "run.h"

/*
 * The life of one decoder process: confines itself, reads every `shares`-th
 * source from number `share` on, writes records to `to`, and exits.
 */
_Noreturn void np_decoder(struct np_inputs *in,
			  const struct np_listen_conf *conf, unsigned share,
			  unsigned shares, int to);
#endif
