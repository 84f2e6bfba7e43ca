/* SPDX-License-Identifier: ISC */
/*
 * From what a person says to a signed entry in the dossier's journal: for the
 * verbs attest, dispute and waive, and for the server, which does as they do.
 * Each step gives NP_EUSAGE for what the person got wrong.
 */
#ifndef NP_STATING_H
#define NP_STATING_H
#include "core/minisign.h"
#include "policy/statement.h"
#include "run.h"

/* As it was typed; NULL: not said. */
struct np_state_words {
	const char *by, *because, *grade, *on, *until, *authority, *citation;
	const char *as_of; /* the day that what becomes of it is said for */
};

/* Puts the words into *s, which has its kind, fact and value; `now` is in
 * nanoseconds. *ret_as_of: today, where no other day is said. */
int np_state_words(const struct np_state_words *w, int64_t now,
		   struct np_arena *mem, struct np_statement *s,
		   int32_t *ret_as_of, struct np_err *reterr);
/* Finds what `word` names in a dossier that was read (np_run_dossier): a box by
 * its id or a key, a finding (DEVICE/CLAUSE), a clause, at the site `at` (may
 * be NULL) or everywhere, a site; of a second statement, the other. */
int np_state_about(struct np_run *r, const char *word, const char *at,
		   struct np_arena *mem, struct np_statement *s,
		   struct np_err *reterr);
/* Is it whole, and known to the law and the knowledge? */
int np_state_check(const struct np_run *r, const struct np_statement *s,
		   struct np_err *reterr);

/* Who signs; `by` of the second person, who supports it. */
struct np_state_keys {
	const struct np_minisign_secret *key, *second; /* may be NULL */
	const char *second_by;
};
/* Signs, and adds it to the journal, with the second's in one transaction. The
 * dossier was opened to be written (np_run_conf.writes). */
int np_state_sign(struct np_run *r, const struct np_statement *s,
		  const struct np_state_keys *keys, char ret_id[static 65],
		  struct np_err *reterr);
#endif
