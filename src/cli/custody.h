/* SPDX-License-Identifier: ISC */
#ifndef NP_CLI_CUSTODY_H
#define NP_CLI_CUSTODY_H
#include "compare/custody.h"

/* Says on stderr which rows cannot be, file and line first. */
void np_say_custody(const struct np_custody *c);
#endif
