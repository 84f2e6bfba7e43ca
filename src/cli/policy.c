/* SPDX-License-Identifier: ISC */
/* nameplate policy: the rules that are known, with their sources and age. */
#include "policy/policy.h"
#include "cli/cli.h"
#include "core/time.h"
#include <stdio.h>
#include <string.h>
#include <time.h>

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
	if (text && *text)
		(void)printf("  %-10s %s\n", name, text);
}

/* Why it yields no finding, NULL: it does. */
static const char *not_judged(const struct np_clause *c)
{
	return c->not_judged		  ? c->not_judged
	       : c->bill		  ? "a bill"
	       : c->sure == NP_UNVERIFIED ? "unverified"
					  : NULL;
}

/* How long ago its source was looked at. */
static void put_age(const struct np_clause *c, int32_t today)
{
	char text[16];

	if (c->checked == NP_NODAY)
		put("checked", "not recorded");
	else
		(void)printf("  %-10s %s, %d days ago\n", "checked",
			     np_day_text(c->checked, text),
			     (int)(today - c->checked));
}

static void show(const struct np_clause *c, int32_t today)
{
	(void)printf("%s\n", c->id);
	put("title", c->title);
	put("original", c->title_native);
	put("quote", c->quote);
	put("unofficial", c->translation);
	put("duty", np_duty_name(c->duty));
	put("certainty", sure_name(c->sure));
	put_age(c, today);
	put("not judged", not_judged(c));
	put_day("from", c->from);
	put_day("until", c->until);
	put("followed by", c->followed_by);
	put_day("date", c->date);
	put("citation", c->citation);
	put("source", c->source);
	put("binds", c->who);
	put("says", c->says);
	put("names", c->names && *c->names ? c->names : "nobody");
	put("affiliates",
	    c->affiliates ? "by date, as affiliates.yaml has them" : NULL);
	put("what", np_thing_name(c->what));
	put("functions", c->functions);
	put("generation", c->generation);
	put("exceptions", c->exceptions);
	put("dates", c->dates);
	put_day("on file", c->known);
	put("note", c->note);
}

static void line(const struct np_clause *c, int32_t today)
{
	const char *why = not_judged(c);
	char age[24] = "age not recorded";

	if (c->checked != NP_NODAY)
		(void)snprintf(age, sizeof(age), "%d days",
			       (int)(today - c->checked));
	(void)printf("%-5s %-38s %-9s %-10s %-8s %s%s\n", c->jurisdiction,
		     c->id, np_duty_name(c->duty), np_certainty_name(c->sure),
		     age, why ? "not judged: " : "judged", why ? why : "");
}

/* The summary under a list: how many, and how old the oldest look is. */
static void sum(const struct np_law *l, int32_t today)
{
	size_t judged = 0, instruments = 0, n = 0;
	int32_t oldest = today;
	const char *last = "";

	for (size_t i = 0; i < np_clauses(l); i++) {
		const struct np_clause *c = np_clause(l, i);

		judged += !not_judged(c);
		if (strncmp(c->id, last, n) != 0 || !n)
			instruments++;
		last = c->id;
		n = strcspn(last, "/") + 1;
		if (c->checked != NP_NODAY && c->checked < oldest)
			oldest = c->checked;
	}
	(void)printf("%zu files of law, %zu clauses, %zu of them judged; the "
		     "oldest look at a source was %d days ago\n",
		     instruments, np_clauses(l), judged, (int)(today - oldest));
}

static int list(const struct np_law *l, const char *only, int32_t today)
{
	size_t shown = 0, n = only ? strlen(only) : 0;

	if (!only)
		(void)printf("%-5s %-38s %-9s %-10s %-8s %s\n", "law", "clause",
			     "duty", "certainty", "age", "");
	for (size_t i = 0; i < np_clauses(l); i++) {
		const struct np_clause *c = np_clause(l, i);

		if (only && strncmp(c->id, only, n) != 0)
			continue;
		shown++;
		if (only)
			show(c, today);
		else
			line(c, today);
	}
	if (only && !shown) {
		(void)fprintf(stderr, "nameplate policy: no such clause: %s\n",
			      only);
		return NP_EXIT_USAGE;
	}
	if (!only)
		sum(l, today);
	return NP_EXIT_OK;
}

/* Reads a file, or those of a directory, as they would be used. */
static int check(const struct np_law *l, const char *path)
{
	struct np_law_part p;
	size_t files = 0;

	while (np_law_part(l, files, &p))
		files++;
	(void)printf("%s: good; with what is built in: %zu files, %zu "
		     "clauses\n",
		     path, files, np_clauses(l));
	return NP_EXIT_OK;
}

static int today_of(const char *text, int32_t *ret)
{
	*ret = np_day_of((int64_t)time(NULL) * 1000000000);
	if (!text || np_day_read(text, ret))
		return NP_EXIT_OK;
	(void)fprintf(stderr,
		      "nameplate policy: --as-of wants a date (YYYY-MM-DD): "
		      "%s\n",
		      text);
	return NP_EXIT_USAGE;
}

int np_verb_policy(int argc, char **argv)
{
	const char *dir = NULL, *as_of = NULL;
	const struct np_option options[] = {
		{"knowledge", 0, NP_OPT_TEXT, &dir, "DIR",
		 "use these rules, not what is built in"},
		{"as-of", 0, NP_OPT_TEXT, &as_of, "DATE",
		 "count ages to YYYY-MM-DD (today)"},
	};
	struct np_knowledge *k = NULL;
	struct np_law *l = NULL;
	struct np_err e = {0};
	int32_t today;
	int n, rc = np_args("policy", argc, argv, options, NP_COUNT(options),
			    &n);

	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	bool checks = n == 2 && strcmp(argv[0], "check") == 0;

	rc = today_of(as_of, &today);
	if (rc)
		return rc;
	if (np_knowledge_open(dir, &k, &e) < 0 ||
	    np_law_open(checks ? argv[1] : dir, k, &l, &e) < 0) {
		np_say_error(&e);
		rc = checks ? NP_EXIT_PARTLY : NP_EXIT_FAILED;
	} else if (checks) {
		rc = check(l, argv[1]);
	} else if (!n || (n == 1 && strcmp(argv[0], "list") == 0)) {
		rc = list(l, NULL, today);
	} else if (n == 2 && strcmp(argv[0], "show") == 0) {
		rc = list(l, argv[1], today);
	} else {
		(void)fputs("nameplate policy: [list | show CLAUSE | check "
			    "FILE|DIR]\n",
			    stderr);
		rc = NP_EXIT_USAGE;
	}
	np_law_close(l);
	np_knowledge_close(k);
	return rc;
}
