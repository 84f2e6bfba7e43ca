/* SPDX-License-Identifier: ISC */
/*
 * nameplate attest: what only a person knows. Who made a box, by one who
 * looked; a fact that a rule asks for; a later date that was granted; that
 * something happened, or did not; that another's statement is supported.
 */
#include "cli/state.h"
#include <stdio.h>
#include <string.h>

struct what {
	const char *maker, *part, *fact, *variation;
	bool incident, no_incident, second;
	char name[64]; /* of the fact */
};

static int usage(const char *why)
{
	(void)fprintf(stderr, "nameplate attest: %s\n", why);
	return NP_EXIT_USAGE;
}

static int take_fact(struct what *w, struct np_statement *s)
{
	size_t n = strcspn(w->fact, "=");

	if (!n || n >= sizeof(w->name) || !w->fact[n])
		return usage("--fact wants NAME=VALUE: obtained=2019-05-10");
	memcpy(w->name, w->fact, n);
	w->name[n] = '\0';
	s->fact = w->name;
	s->value = w->fact + n + 1;
	return NP_EXIT_OK;
}

/* Exactly one of them. */
static int take(struct what *w, struct np_statement *s)
{
	if ((w->maker != NULL) + (w->part != NULL) + (w->fact != NULL) +
		    (w->variation != NULL) + w->incident + w->no_incident +
		    w->second !=
	    1)
		return usage(
			"wants one of --maker, --part, --fact, --variation, "
			"--incident, --no-incident, --second");
	s->kind = w->variation	   ? NP_S_VARIATION
		  : w->incident	   ? NP_S_INCIDENT
		  : w->no_incident ? NP_S_NO_INCIDENT
		  : w->second	   ? NP_S_SECOND
				   : NP_S_ATTEST;
	if (w->fact)
		return take_fact(w, s);
	if (w->maker || w->part)
		s->fact = w->maker ? "maker" : "part";
	s->value = w->maker ? w->maker : w->part ? w->part : w->variation;
	return NP_EXIT_OK;
}

int np_verb_attest(int argc, char **argv)
{
	struct np_state_options o = {0};
	struct np_statement s = {0};
	struct what w = {0};
	struct np_option options[NP_STATE_OPTIONS + 7] = {
		{"maker", 0, NP_OPT_TEXT, &w.maker, "SLUG",
		 "who made the box, by one who looked"},
		{"part", 0, NP_OPT_TEXT, &w.part, "SLUG",
		 "who made a part of it, by one who looked"},
		{"fact", 0, NP_OPT_TEXT, &w.fact, "NAME=VALUE",
		 "a fact that a rule asks for: obtained=2019-05-10"},
		{"variation", 0, NP_OPT_TEXT, &w.variation, "DATE",
		 "a later date that was granted for a clause"},
		{"incident", 0, NP_OPT_FLAG, &w.incident, NULL,
		 "something happened; recorded, never weighed"},
		{"no-incident", 0, NP_OPT_FLAG, &w.no_incident, NULL,
		 "nothing happened; recorded, never weighed"},
		{"second", 0, NP_OPT_FLAG, &w.second, NULL,
		 "supports the statement of this id"},
	};
	int n, rc;

	(void)np_state_options(&o, options + 7);
	rc = np_args("attest", argc, argv, options, NP_COUNT(options), &n);
	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	if (n != 2)
		return usage("wants a dossier and what it is about: a box, a "
			     "finding (DEVICE/CLAUSE), a clause, a site, or "
			     "with --second a statement");
	rc = take(&w, &s);
	return rc ? rc : np_sign_statement("attest", &o, &s, argv[0], argv[1]);
}
