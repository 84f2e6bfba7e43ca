/* SPDX-License-Identifier: ISC */
/* What the verbs have in common that put a signed statement into a dossier. */
#ifndef NP_STATE_H
#define NP_STATE_H
#include "cli/cli.h"
#include "policy/statement.h"

struct np_state_options {
	const char *by, *key, *password, *because, *grade, *on, *until, *at;
	const char *evidence, *authority, *citation;
	const char *second_key, *second_by, *second_password;
	const char *party, *knowledge, *as_of, *keys;
};

#define NP_STATE_OPTIONS 18
/* Writes the options' table; gives NP_STATE_OPTIONS. */
size_t np_state_options(struct np_state_options *o,
			struct np_option to[NP_STATE_OPTIONS]);
/* Fills a statement from the options, finds what `word` names in the dossier,
 * signs it, adds it to the journal and says what becomes of it. `s` has its
 * kind, and what the verb alone knows. An exit code. */
int np_sign_statement(const char *verb, const struct np_state_options *o,
		      struct np_statement *s, const char *dossier,
		      const char *word);
#endif
