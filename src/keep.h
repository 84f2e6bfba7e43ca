/* SPDX-License-Identifier: ISC */
#ifndef NP_KEEP_H
#define NP_KEEP_H
#include "run.h"

struct np_hashing;

/* Tells the fold where each source stands, and adds what earlier runs put into
 * the dossier. */
int np_place_sources(struct np_run *r, struct np_err *reterr);
/* Starts hashing the inputs on a thread of its own. */
struct np_hashing *np_hash_inputs(struct np_inputs *in);
/* Waits for the hashes and notes the sources; one that the dossier had is
 * taken out again, and the fold made anew. */
int np_keep_sources(struct np_run *r, struct np_hashing *hashing,
		    struct np_err *reterr);
/* The fold, empty. */
int np_open_fold(struct np_run *r, struct np_err *reterr);
/* Reads the operator's key: a file that nobody else may read, of 16 octets or
 * more. */
int np_link_key(const char *path, uint8_t ret[static 32],
		struct np_err *reterr);
/* Notes what was asked and what was answered, of subscribers' boxes how many
 * there are alone, and commits. */
int np_keep_answers(struct np_run *r, struct np_err *reterr);
/* Adds what this run states to the dossier. */
int np_keep_statement(struct np_run *r);
/* Which earlier statements of the dossier do not hold any more. */
int np_recall_stale(struct np_run *r, struct np_stales *ret);
/* Opens sites, inventory, contracts and zones, by conf or as operator.yaml
 * names them. */
int np_open_places(struct np_run *r, struct np_err *reterr);
/* The same as a dossier kept them, where conf names none. `own`: the party is
 * the dossier's, and names nothing that lies beside it. */
int np_recall_places(struct np_run *r, bool own, struct np_err *reterr);
/* Notes them in the dossier, as they were understood. */
int np_keep_places(struct np_run *r);
/* Party, places and what if as the dossier has them, where conf names none. */
int np_recall_party(struct np_run *r, struct np_err *reterr);
/* The same, the day and the sightings, into the fold. */
int np_recall(struct np_run *r, struct np_err *reterr);
#endif
