/* SPDX-License-Identifier: ISC */
#ifndef NP_SAID_H
#define NP_SAID_H
#include "run.h"

/* What the dossier's journal states, checked, and weighed on the question's
 * day: into r->said and q->said, which stay NULL where nothing was stated. An
 * entry that is not what was signed ends the run: NP_EINPUT. */
int np_hear_said(struct np_run *r, struct np_question *q,
		 struct np_err *reterr);
#endif
