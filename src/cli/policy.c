/* SPDX-License-Identifier: ISC */
/* nameplate policy: the rules that are known, with their sources. */
#include "policy/policy.h"
#include "cli/cli.h"
#include <stdio.h>
#include <string.h>

static const char *sure_name(enum np_certainty c)
{
	static const char *const names[] = {
		[NP_PRIMARY] = "text read",
		[NP_SECONDARY] = "text not read (secondary)",
		[NP_UNVERIFIED] = "unverified: judges nothing",
	};

	return names[c];
}

static void put_day(const char *name, int32_t day)
{
	char text[16];

	if (day != NP_NODAY)
		(void)printf("  %-10s %s\n", name, np_day_text(day, text));
}

static void put(const char *name, const char *text)
{
	if (text)
		(void)printf("  %-10s %s\n", name, text);
}

static void show(const struct np_clause *c)
{
	(void)printf("%s\n", c->id);
	put("title", c->title);
	put("original", c->title_native);
	put("quote", c->quote);
	put("duty", np_duty_name(c->duty));
	put("certainty", sure_name(c->sure));
	put("bill", c->bill ? "no law: judges nothing" : NULL);
	put_day("from", c->from);
	put_day("until", c->until);
	put_day("date", c->date);
	put("citation", c->citation);
	put("source", c->source);
	put("binds", c->who);
	put("says", c->says);
	put("dates", c->dates);
	put_day("on file", c->known);
	put("note", c->note);
}

static int list(const struct np_law *l, const char *only)
{
	size_t shown = 0;

	for (size_t i = 0; i < np_clauses(l); i++) {
		const struct np_clause *c = np_clause(l, i);
		size_t n = only ? strlen(only) : 0;

		if (only && strncmp(c->id, only, n) != 0)
			continue;
		shown++;
		if (only)
			show(c);
		else
			(void)printf("%-3s %-34s %-9s %s\n", c->jurisdiction,
				     c->id, np_duty_name(c->duty),
				     c->bill ? "a bill: judges nothing"
					     : sure_name(c->sure));
	}
	if (only && !shown) {
		(void)fprintf(stderr, "nameplate policy: no such clause: %s\n",
			      only);
		return NP_EXIT_USAGE;
	}
	return NP_EXIT_OK;
}

/* Reads the files of a directory as they would be used. */
static int check(const struct np_law *l, const char *dir)
{
	struct np_law_part p;
	size_t files = 0;

	while (np_law_part(l, files, &p))
		files++;
	(void)printf("%s: good; with what is built in: %zu files, %zu "
		     "clauses\n",
		     dir, files, np_clauses(l));
	return NP_EXIT_OK;
}

int np_verb_policy(int argc, char **argv)
{
	const char *dir = NULL;
	const struct np_option options[] = {
		{"knowledge", 0, NP_OPT_TEXT, &dir, "DIR",
		 "use these rules, not what is built in"},
	};
	struct np_knowledge *k = NULL;
	struct np_law *l = NULL;
	struct np_err e = {0};
	int n, rc = np_args("policy", argc, argv, options, NP_COUNT(options),
			    &n);

	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	bool checks = n == 2 && strcmp(argv[0], "check") == 0;

	if (np_knowledge_open(dir, &k, &e) < 0 ||
	    np_law_open(checks ? argv[1] : dir, k, &l, &e) < 0) {
		np_say_error(&e);
		rc = checks ? NP_EXIT_PARTLY : NP_EXIT_FAILED;
	} else if (checks) {
		rc = check(l, argv[1]);
	} else if (!n || (n == 1 && strcmp(argv[0], "list") == 0)) {
		rc = list(l, NULL);
	} else if (n == 2 && strcmp(argv[0], "show") == 0) {
		rc = list(l, argv[1]);
	} else {
		(void)fputs(
			"nameplate policy: [list | show CLAUSE | check DIR]\n",
			stderr);
		rc = NP_EXIT_USAGE;
	}
	np_law_close(l);
	np_knowledge_close(k);
	return rc;
}
