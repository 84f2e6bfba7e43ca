/* SPDX-License-Identifier: ISC */
/*
 * nameplate fund: who pays for a removal, the forms that are asked for, and
 * what an administrator would send back.
 */
#include "report/fund.h"
#include "cli/judgement.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define OPTIONS 6

struct fund_options {
	struct np_judge_options judge;
	const char *country;
	bool programmes;
};

static void options_of(struct fund_options *o,
		       struct np_option to[static OPTIONS])
{
	struct np_judge_options *j = &o->judge;
	const struct np_option list[OPTIONS] = {
		{"programmes", 0, NP_OPT_FLAG, &o->programmes, NULL,
		 "who pays what in which country, and who refuses"},
		{"country", 0, NP_OPT_TEXT, &o->country, "CC",
		 "only this one's programmes"},
		{"as-of", 0, NP_OPT_TEXT, &j->as_of, "DATE",
		 "what holds as of YYYY-MM-DD (today)"},
		{"knowledge", 0, NP_OPT_TEXT, &j->knowledge, "DIR",
		 "use this knowledge, not what is built in"},
		{"json", 0, NP_OPT_FLAG, &j->json, NULL, "one JSON document"},
		{"color", 0, NP_OPT_TEXT, &j->colour, "WHEN",
		 "auto, always or never"},
	};

	memcpy(to, list, sizeof(list));
}

static int programmes(const struct fund_options *o,
		      const struct np_run_conf *conf, struct np_err *reterr)
{
	struct np_look l = np_look(o->judge.colour, STDOUT_FILENO);
	const struct np_fund_look look = {.width = l.width, .colour = l.colour};
	struct np_arena mem = np_arena((size_t)64 << 20);
	struct np_programmes p;
	int rc = np_programmes_open(o->judge.knowledge, &mem, &p, reterr);

	(void)signal(SIGPIPE, SIG_DFL);
	if (!rc)
		rc = o->judge.json
			     ? np_write_programmes_json(&p, conf->as_of,
							o->country, stdout)
			     : np_write_programmes(&p, conf->as_of, o->country,
						   &look, stdout);
	if (fflush(stdout) != 0)
		rc = NP_EIO;
	np_arena_free(&mem);
	return rc;
}

int np_verb_fund(int argc, char **argv)
{
	struct fund_options o = {0};
	struct np_option options[OPTIONS];
	struct np_run_conf conf = {0};
	struct np_err e = {0};
	int n, rc;

	options_of(&o, options);
	rc = np_args("fund", argc, argv, options, OPTIONS, &n);
	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	rc = np_judge_conf("fund", &o.judge, true, &conf);
	if (rc)
		return rc;
	if (!o.programmes || n) {
		(void)fputs("nameplate fund: wants --programmes\n", stderr);
		return NP_EXIT_USAGE;
	}
	return np_judge_exit(programmes(&o, &conf, &e), &e);
}
