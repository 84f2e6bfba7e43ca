/* SPDX-License-Identifier: ISC */
/* nameplate dispute: somebody objects to a finding. Nothing is taken away: the
 * finding stays, contested, with both sides. */
#include "cli/state.h"
#include <stdio.h>

int np_verb_dispute(int argc, char **argv)
{
	struct np_state_options o = {0};
	struct np_statement s = {.kind = NP_S_DISPUTE};
	struct np_option options[NP_STATE_OPTIONS];
	int n, rc;

	(void)np_state_options(&o, options);
	rc = np_args("dispute", argc, argv, options, NP_COUNT(options), &n);
	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	if (n != 2) {
		(void)fputs("nameplate dispute: wants a dossier and what is "
			    "objected to: a finding (DEVICE/CLAUSE), a box, a "
			    "clause or a site\n",
			    stderr);
		return NP_EXIT_USAGE;
	}
	return np_sign_statement("dispute", &o, &s, argv[0], argv[1]);
}
