/* SPDX-License-Identifier: ISC */
/* Custody that a dossier keeps: one small table, made when it is first asked
 * for. */
#ifndef NP_STORE_CUSTODY_H
#define NP_STORE_CUSTODY_H
#include "compare/custody.h"
#include "store/dossier.h"

/* Adds what is kept to c; a dossier without the table has none. */
int np_dossier_custody(struct np_dossier *d, struct np_custody *c);
/* Keeps the rows that count of serials which the dossier's own devices have
 * (`heard`, by c->serials): others may be a subscriber's. Rows that are there
 * already stay as they are. *ret_left: serials that were left out. Commits. */
int np_dossier_keep_custody(struct np_dossier *d, const struct np_custody *c,
			    const struct np_heard *heard, uint64_t *ret_kept,
			    uint64_t *ret_left, struct np_err *reterr);
#endif
