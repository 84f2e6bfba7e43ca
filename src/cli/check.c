/* SPDX-License-Identifier: ISC */
/* nameplate check: the gate of a procurement pipeline. */
#include "report/check.h"
#include "cli/judgement.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct checking {
	struct np_run run; /* its configuration, knowledge, law and party */
	struct np_arena mem;
	const char *map;
	struct np_bom *boms;
	struct np_check *checks;
	struct np_err *unreadable;
	struct np_check_report report;
	struct np_phrases phrases;
	size_t n, nunreadable;
};

static int open_all(struct checking *c, struct np_err *reterr)
{
	struct np_run *r = &c->run;
	int rc = np_knowledge_open(r->conf.knowledge, &r->knowledge, reterr);

	if (!rc)
		rc = np_law_open(r->conf.knowledge, r->knowledge, &r->law,
				 reterr);
	if (!rc)
		rc = np_party_open(r->conf.party, &r->party, reterr);
	if (!rc)
		rc = np_party_check(r->party, r->law, reterr);
	if (!rc && r->conf.site &&
	    np_site_find(r->party, r->conf.site) == NP_NO_SITE)
		rc = np_fail(reterr, NP_EUSAGE,
			     "no such site: an id of the operator's file, or a "
			     "country's code",
			     r->conf.site, 0);
	return rc;
}

/* One file; what it is not is told, and the others are read. */
static int check_file(struct checking *c, const char *path,
		      struct np_err *reterr)
{
	const struct np_run *r = &c->run;
	const struct np_check_conf conf = {
		.law = r->law,
		.knowledge = r->knowledge,
		.party = r->party,
		.what_if = r->conf.what_if,
		.site = r->conf.site,
		.as_of = r->conf.as_of,
	};
	struct np_bom *b = &c->boms[c->n];
	struct np_err e = {0};
	int rc;

	*b = (struct np_bom){.mem = &c->mem};
	rc = np_bom_read(b, path, c->map, &e);
	if (rc && rc != NP_ENOMEM) {
		c->unreadable[c->nunreadable++] = e;
		return 0;
	}
	if (!rc)
		rc = np_bom_check(b, &conf, &c->mem, &c->checks[c->n], reterr);
	if (rc == NP_ENOMEM && !reterr->text)
		return np_fail(reterr, rc, "out of memory", path, 0);
	c->n += !rc;
	return rc;
}

static int check_all(struct checking *c, int n, char **paths,
		     struct np_err *reterr)
{
	size_t files = (size_t)n;
	int rc;

	c->boms = calloc(files, sizeof(*c->boms));
	c->checks = calloc(files, sizeof(*c->checks));
	c->unreadable = calloc(files, sizeof(*c->unreadable));
	if (!c->boms || !c->checks || !c->unreadable)
		return np_fail(reterr, NP_ENOMEM, "out of memory", NULL, 0);
	rc = open_all(c, reterr);
	if (!rc)
		rc = np_phrases_open(c->run.law, &c->mem, &c->phrases, reterr);
	for (int i = 0; i < n && !rc; i++)
		rc = check_file(c, paths[i], reterr);
	c->report.law = c->run.law;
	c->report.knowledge = c->run.knowledge;
	c->report.phrases = &c->phrases;
	c->report.v = c->checks;
	c->report.n = c->n;
	c->report.unreadable = c->unreadable;
	c->report.nunreadable = c->nunreadable;
	c->report.as_of = c->run.conf.as_of;
	return rc;
}

/* What could not be read; true when anything. */
static bool say_problems(const struct checking *c)
{
	bool any = false;

	for (size_t i = 0; i < c->n; i++) {
		const struct np_bom *b = &c->boms[i];

		for (size_t k = 0; k < b->nproblems; k++) {
			struct np_err e = {0};

			(void)np_fail(&e, NP_EINPUT, b->problems[k].text,
				      b->path, b->problems[k].line);
			e.column = b->problems[k].column;
			np_say_error(&e);
			any = true;
		}
	}
	for (size_t i = 0; i < c->nunreadable; i++)
		np_say_error(&c->unreadable[i]);
	return any || c->nunreadable;
}

static int show(struct checking *c, const struct np_judge_options *o,
		bool sarif, bool github)
{
	struct np_look look = np_look(o->colour, STDOUT_FILENO);
	const struct np_style style = {
		.colour = look.colour, .width = look.width, .all = o->all};
	int rc;

	(void)signal(SIGPIPE, SIG_DFL);
	rc = sarif     ? np_write_check_sarif(&c->report, stdout)
	     : o->json ? np_write_check_json(&c->report, stdout)
	     : github  ? np_write_check_github(&c->report, stdout)
		       : np_write_check_text(&c->report, &style, stdout);
	return fflush(stdout) != 0 ? NP_EIO : rc;
}

static int exit_of(int rc, const struct checking *c, struct np_err *e)
{
	if (rc == NP_EINPUT || rc == NP_EUSAGE) { /* the operator's file */
		np_say_error(e);
		return NP_EXIT_USAGE;
	}
	if (rc)
		return np_judge_exit(rc, e);
	bool partly = say_problems(c);

	if (np_check_trips(&c->report))
		return NP_EXIT_GATE;
	return partly ? NP_EXIT_PARTLY : NP_EXIT_OK;
}

static void end(struct checking *c)
{
	np_run_free(&c->run);
	np_arena_free(&c->mem);
	free(c->boms);
	free(c->checks);
	free(c->unreadable);
}

int np_verb_check(int argc, char **argv)
{
	struct np_judge_options o = {0};
	struct np_option options[NP_JUDGE_OPTIONS + 4];
	struct checking c = {.mem = np_arena((size_t)8 << 30)};
	bool sarif = false, github = false;
	const char *fail_on = "scope";
	struct np_err e = {0};
	const struct np_option more[] = {
		{"map", 0, NP_OPT_TEXT, &c.map, "FIELD=COLUMN,...",
		 "what the columns of an order list are"},
		{"fail-on", 0, NP_OPT_TEXT, &fail_on, "WHAT",
		 "scope, secondary, undetermined, unknown or never"},
		{"sarif", 0, NP_OPT_FLAG, &sarif, NULL, "SARIF 2.1.0"},
		{"github", 0, NP_OPT_FLAG, &github, NULL,
		 "annotations of GitHub Actions"},
	};
	int n, rc;

	(void)np_judge_options(&o, options);
	memcpy(options + NP_JUDGE_OPTIONS, more, sizeof(more));
	rc = np_args("check", argc, argv, options, NP_COUNT(options), &n);
	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	rc = np_judge_conf("check", &o, true, &c.run.conf);
	if (rc)
		return rc;
	if (n < 1 || !np_gate_find(fail_on, &c.report.gate)) {
		(void)fputs("nameplate check: wants a bill of materials or an "
			    "order list; --fail-on scope, secondary, "
			    "undetermined, unknown or never\n",
			    stderr);
		return NP_EXIT_USAGE;
	}
	rc = check_all(&c, n, argv, &e);
	if (!rc)
		rc = show(&c, &o, sarif, github);
	rc = exit_of(rc, &c, &e);
	end(&c);
	return rc;
}
