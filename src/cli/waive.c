/* SPDX-License-Identifier: ISC */
/* nameplate waive: an exception was granted, by whom, where that can be read,
 * and until when. It counts with a second person's key alone. */
#include "cli/state.h"
#include <stdio.h>

int np_verb_waive(int argc, char **argv)
{
	struct np_state_options o = {0};
	struct np_statement s = {.kind = NP_S_WAIVE};
	struct np_option options[NP_STATE_OPTIONS];
	int n, rc;

	(void)np_state_options(&o, options);
	rc = np_args("waive", argc, argv, options, NP_COUNT(options), &n);
	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	if (n != 2) {
		(void)fputs("nameplate waive: wants a dossier and the finding "
			    "(DEVICE/CLAUSE) or the clause (with --at SITE, or "
			    "everywhere) that an exception was granted from\n",
			    stderr);
		return NP_EXIT_USAGE;
	}
	return np_sign_statement("waive", &o, &s, argv[0], argv[1]);
}
