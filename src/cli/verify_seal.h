/* SPDX-License-Identifier: ISC */
/* `verify`'s part about hashes and signatures. */
#ifndef NP_CLI_VERIFY_SEAL_H
#define NP_CLI_VERIFY_SEAL_H
#include "cli/cli.h"

struct np_seal_options {
	const char *key, *signature, *stamp, *ca;
	bool all, rerun;
	bool json; /* the verb's own, which other sections share */
};

#define NP_SEAL_OPTIONS 6
/* Writes the options' table; gives NP_SEAL_OPTIONS. */
size_t np_seal_options(struct np_seal_options *o,
		       struct np_option to[NP_SEAL_OPTIONS]);
/* Holds a dossier against its seal and n sources against the dossier, or a
 * proof of one frame against the seal in it; says what was looked at (JSON
 * without the document's last brace). An exit code: NP_EXIT_GATE where
 * something does not hold. */
int np_verify_seal(const struct np_seal_options *o, const char *path, int n,
		   char **sources);
#endif
