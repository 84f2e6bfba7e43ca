/* SPDX-License-Identifier: ISC */
/* nameplate verify: what a dossier may be relied on for. */
#include "cli/judgement.h"
#include "cli/silence.h"
#include "cli/verify_report.h"
#include "cli/verify_seal.h"
#include <stdio.h>
#include <time.h>

struct options {
	struct np_seal_options seal;
	struct np_silence_options hush;
	const char *report, *as_of;
	bool silence;
};

/* The end of the JSON document is silence's, where that was asked for. */
static int check_silence(const struct options *o, const char *path)
{
	struct np_err e = {0};
	int rc;

	(void)fputs(o->hush.json ? ",\"silence\":" : "\n", stdout);
	rc = np_verify_silence_of(path, &o->hush, &e);
	if (rc >= 0)
		return rc ? NP_EXIT_GATE : NP_EXIT_OK;
	if (o->hush.json)
		(void)fputs("null", stdout);
	if (rc != NP_EINPUT)
		return np_judge_exit(rc, &e);
	np_say_error(&e);
	return NP_EXIT_USAGE;
}

/* The page against what the dossier gives. */
static int check_report(const struct options *o, const char *path)
{
	const struct np_verify_report_options ask = {
		.report = o->report,
		.party = o->hush.party,
		.knowledge = o->hush.knowledge,
		.keys = o->hush.keys,
		.json = o->seal.json,
		.all = o->seal.all,
	};
	struct np_err e = {0};
	int rc;

	(void)fputs(o->seal.json ? ",\"report\":" : "\n", stdout);
	rc = np_verify_report(path, &ask, &e);
	if (rc >= 0)
		return rc ? NP_EXIT_GATE : NP_EXIT_OK;
	if (o->seal.json)
		(void)fputs("null", stdout);
	if (rc != NP_EINPUT)
		return np_judge_exit(rc, &e);
	np_say_error(&e);
	return NP_EXIT_USAGE;
}

/* Silence ends by itself: today where no day is said. */
static int take_day(struct options *o)
{
	o->hush.all = o->seal.all;
	o->hush.json = o->seal.json;
	o->hush.as_of = np_day_of((int64_t)time(NULL) * 1000000000);
	if (!o->as_of || np_day_read(o->as_of, &o->hush.as_of))
		return NP_EXIT_OK;
	(void)fprintf(stderr,
		      "nameplate verify: --as-of wants a date (YYYY-MM-DD): "
		      "%s\n",
		      o->as_of);
	return NP_EXIT_USAGE;
}

static int verify(struct options *o, int n, char **paths)
{
	int rc = np_verify_seal(&o->seal, paths[0], n - 1, paths + 1);

	if ((rc == NP_EXIT_OK || rc == NP_EXIT_GATE) &&
	    (o->silence || o->hush.universe)) {
		int hush = check_silence(o, paths[0]);

		rc = hush ? hush : rc;
	}
	if ((rc == NP_EXIT_OK || rc == NP_EXIT_GATE) && o->report) {
		int report = check_report(o, paths[0]);

		rc = report ? report : rc;
	}
	if (o->seal.json)
		(void)fputs("}\n", stdout);
	return rc;
}

int np_verb_verify(int argc, char **argv)
{
	struct options o = {0};
	struct np_option options[NP_SEAL_OPTIONS + 8] = {
		{"silence", 0, NP_OPT_FLAG, &o.silence, NULL,
		 "what may be said of silence, as a gate"},
		{"universe", 0, NP_OPT_TEXT, &o.hush.universe, "FILE",
		 "the same of declared sites, prefixes, VLANs, serials"},
		{"party", 0, NP_OPT_TEXT, &o.hush.party, "FILE",
		 "operator.yaml, not the one in the dossier"},
		{"keys", 0, NP_OPT_TEXT, &o.hush.keys, "FILE",
		 "public keys whose statements count (all)"},
		{"as-of", 0, NP_OPT_TEXT, &o.as_of, "DATE",
		 "what holds of silence on YYYY-MM-DD (today)"},
		{"knowledge", 0, NP_OPT_TEXT, &o.hush.knowledge, "DIR",
		 "use this knowledge for silence, not what is built in"},
		{"report", 0, NP_OPT_TEXT, &o.report, "FILE",
		 "a page of `report -o`: is it what the dossier gives?"},
		{"json", 0, NP_OPT_FLAG, &o.seal.json, NULL,
		 "one JSON document"},
	};
	int n, rc;

	(void)np_seal_options(&o.seal, options + 8);
	rc = np_args("verify", argc, argv, options, NP_COUNT(options), &n);
	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	if (n < 1) {
		(void)fputs("nameplate verify: wants a dossier\n", stderr);
		return NP_EXIT_USAGE;
	}
	return take_day(&o) ? NP_EXIT_USAGE : verify(&o, n, argv);
}
