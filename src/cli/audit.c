/* SPDX-License-Identifier: ISC */
/* nameplate audit: the whole line. */
#include "cli/judgement.h"
#include "cli/key.h"
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A directory that holds an operator.yaml brings its party with it. */
static const char *party_beside(struct np_run *r, int n, char **paths)
{
	struct stat st;

	for (int i = 0; i < n; i++) {
		struct np_buf b = np_buf(4096);
		const char *found = NULL;

		np_puts(&b, paths[i]);
		np_puts(&b, "/operator.yaml");
		if (!b.failed && stat(b.p, &st) == 0 && S_ISREG(st.st_mode))
			found = np_copystr(&r->inputs.mem, b.p, b.n);
		np_buf_free(&b);
		if (found)
			return found;
	}
	return NULL;
}

int np_verb_audit(int argc, char **argv)
{
	struct np_judge_options o = {0};
	const char *dossier = NULL, *map = NULL, *key = NULL, *seal = NULL;
	unsigned jobs = 0;
	struct np_option options[NP_JUDGE_OPTIONS + 5] = {
		{"output", 'o', NP_OPT_TEXT, &dossier, "X.dossier",
		 "keep all in one file, hashed"},
		{"jobs", 'j', NP_OPT_COUNT, &jobs, "N",
		 "decoders at once (as many as processors)"},
		{"map", 0, NP_OPT_TEXT, &map, "FIELD=COLUMN,...",
		 "what the columns of tables are"},
		{"subscriber-key", 0, NP_OPT_TEXT, &key, "FILE",
		 "count a subscriber's box once, by a keyed hash"},
		{"seal-key", 0, NP_OPT_TEXT, &seal, "FILE",
		 "sign the dossier with this key (see seal)"},
	};
	struct np_run r = {0};
	struct np_err e = {0};
	int n, rc;

	(void)np_judge_options(&o, options + 5);
	rc = np_args("audit", argc, argv, options, NP_COUNT(options), &n);

	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	if (seal && !dossier) {
		(void)fputs("nameplate audit: --seal-key wants -o X.dossier\n",
			    stderr);
		return NP_EXIT_USAGE;
	}
	rc = np_judge_conf("audit", &o, true, &r.conf);
	if (!rc)
		rc = np_add_inputs(&r.inputs, n, argv);
	if (rc) {
		np_inputs_free(&r.inputs);
		return rc;
	}
	if (!r.conf.party)
		r.conf.party = party_beside(&r, n, argv);
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);

	r.conf.dossier = dossier;
	r.conf.subscriber_key = key;
	r.conf.listen.map = map;
	r.conf.listen.jobs = jobs ? jobs : cpus > 0 ? (unsigned)cpus : 1;
	r.conf.listen.progress = isatty(STDERR_FILENO);
	r.conf.listen.stop = np_stopped();
	np_catch_signals();
	rc = np_run(&r, &e);
	if (rc == NP_OK || rc == NP_EINTR) {
		int shown = np_show(&r, &o);

		if (shown < 0)
			rc = np_fail(&e, shown, np_strerror(shown), NULL, 0);
	}
	if (rc < 0 && rc != NP_EINTR && e.text)
		np_say_error(&e);
	/* the operator's file, or a beside file, is not what it should be */
	rc = rc == NP_EINPUT || rc == NP_EUSAGE ? NP_EXIT_USAGE
						: np_exit_of(rc, &r.inputs);
	np_run_free(&r);
	if (seal && (rc == NP_EXIT_OK || rc == NP_EXIT_PARTLY)) {
		int sealed = np_seal_with(dossier, seal, NULL, NULL);

		rc = sealed ? sealed : rc;
	}
	return rc;
}
