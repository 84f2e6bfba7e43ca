/* SPDX-License-Identifier: ISC */
/* nameplate report: what a dossier says, again. */
#include "cli/cli.h"
#include "cli/outcome.h"
#include <stdio.h>

int np_verb_report(int argc, char **argv)
{
	struct np_judge_options o = {0};
	const struct np_option options[] = {NP_JUDGE_OPTIONS(o)};
	struct np_run r = {0};
	struct np_err e = {0};
	int n, rc = np_args("report", argc, argv, options, NP_COUNT(options),
			    &n);

	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	rc = np_judge_conf("report", &o, false, &r.conf);
	if (rc)
		return rc;
	if (n != 1) {
		(void)fputs("nameplate report: wants one dossier\n", stderr);
		return NP_EXIT_USAGE;
	}
	r.conf.dossier = argv[0];
	rc = np_run_dossier(&r, &e);
	if (!rc)
		rc = np_show(&r, &o);
	if (rc < 0) {
		if (!e.text)
			(void)np_fail(&e, rc, np_strerror(rc), NULL, 0);
		np_say_error(&e);
	}
	np_run_free(&r);
	return rc == NP_EINPUT ? NP_EXIT_PARTLY
	       : rc < 0	       ? NP_EXIT_FAILED
			       : NP_EXIT_OK;
}
