/* SPDX-License-Identifier: ISC */
/* nameplate privacy: what was dropped, and what is kept of subscribers. */
#include "report/privacy.h"
#include "cli/judgement.h"
#include "store/dossier.h"
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static int show(struct np_run *r, unsigned floor, bool json)
{
	struct np_report report;
	int rc = np_outcome(r, &report);

	if (!rc)
		rc = np_write_privacy(&report, floor, json, stdout);
	if (fflush(stdout) != 0)
		rc = NP_EIO;
	return rc;
}

/* One operand that is a dossier; else sources. */
static int run(struct np_run *r, int n, char **argv, struct np_err *reterr)
{
	int rc;

	if (n == 1 && np_is_dossier(argv[0])) {
		r->conf.dossier = argv[0];
		return np_run_dossier(r, reterr);
	}
	rc = np_add_inputs(&r->inputs, n, argv);
	if (rc)
		return rc;
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);

	r->conf.listen.jobs = cpus > 0 ? (unsigned)cpus : 1;
	r->conf.listen.stop = np_stopped();
	np_catch_signals();
	return np_run(r, reterr);
}

int np_verb_privacy(int argc, char **argv)
{
	unsigned floor = 0;
	bool json = false;
	struct np_run r = {0};
	struct np_err e = {0};
	const struct np_option options[] = {
		{"party", 0, NP_OPT_TEXT, &r.conf.party, "FILE",
		 "operator.yaml: sites, prefixes, facts"},
		{"site", 0, NP_OPT_TEXT, &r.conf.site, "SITE",
		 "where the sources stand"},
		{"knowledge", 0, NP_OPT_TEXT, &r.conf.knowledge, "DIR",
		 "use this knowledge, not what is built in"},
		{"floor", 0, NP_OPT_COUNT, &floor, "N",
		 "put kinds of fewer boxes together (5)"},
		{"json", 0, NP_OPT_FLAG, &json, NULL, "one JSON document"},
	};
	int n, rc = np_args("privacy", argc, argv, options, NP_COUNT(options),
			    &n);

	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	r.conf.as_of = np_day_of((int64_t)time(NULL) * 1000000000);
	rc = run(&r, n, argv, &e);
	if (rc == NP_OK || rc == NP_EINTR) {
		int shown = show(&r, floor, json);

		if (shown < 0)
			rc = np_fail(&e, shown, np_strerror(shown), NULL, 0);
	}
	if (rc < 0 && rc != NP_EINTR && !r.inputs.n) {
		rc = np_judge_exit(rc, &e);
	} else if (rc <= 0) {
		if (rc < 0 && rc != NP_EINTR && e.text)
			np_say_error(&e);
		rc = np_exit_of(rc, &r.inputs);
	}
	np_run_free(&r);
	return rc;
}
