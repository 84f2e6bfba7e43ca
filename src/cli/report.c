/* SPDX-License-Identifier: ISC */
/* nameplate report: what a dossier says, again. */
#include "cli/judgement.h"
#include <stdio.h>

int np_verb_report(int argc, char **argv)
{
	struct np_judge_options o = {0};
	struct np_option options[NP_JUDGE_OPTIONS];
	struct np_run r = {0};
	struct np_err e = {0};
	int n, rc;

	(void)np_judge_options(&o, options);
	rc = np_args("report", argc, argv, options, NP_COUNT(options), &n);

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
	np_run_free(&r);
	return np_judge_exit(rc, &e);
}
