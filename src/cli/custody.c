/* SPDX-License-Identifier: ISC */
/* nameplate custody: serial numbers from last heard to destroyed. */
#include "report/custody.h"
#include "cli/custody.h"
#include "cli/judgement.h"
#include "store/custody.h"
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

struct asking {
	struct np_run run;
	struct np_report report;
	struct np_arena mem;
	struct np_custody custody;
	struct np_heard *heard;
	struct np_phrases phrases;
	const char *file, *serial;
	bool keep, gate;
};

void np_say_custody(const struct np_custody *c)
{
	for (size_t i = 0; i < c->nproblems; i++) {
		const struct np_custody_problem *p = &c->problems[i];
		struct np_err e = {0};

		(void)np_fail(&e, NP_EINPUT, p->text,
			      p->file ? p->file : "custody", p->line);
		e.column = p->column;
		np_say_error(&e);
	}
}

/* A serial that nobody wrote down is asked for: last heard, and no row. */
static int ask_for(struct asking *a)
{
	struct np_serial *v;
	size_t at = 0;

	if (!a->serial || np_custody_of(&a->custody, a->serial))
		return 0;
	v = np_alloc(&a->mem, (a->custody.nserials + 2) * sizeof(*v));
	if (!v)
		return NP_ENOMEM;
	while (at < a->custody.nserials &&
	       strcasecmp(a->custody.serials[at].serial, a->serial) < 0)
		at++;
	memcpy(v, a->custody.serials, at * sizeof(*v));
	v[at] = (struct np_serial){.serial = a->serial, .out = NP_NODAY};
	memcpy(v + at + 1, a->custody.serials + at,
	       (a->custody.nserials - at) * sizeof(*v));
	a->custody.serials = v;
	a->custody.nserials++;
	return 0;
}

static int keep(struct asking *a, struct np_err *reterr)
{
	uint64_t kept, left;
	int rc = np_dossier_keep_custody(a->run.dossier, &a->custody, a->heard,
					 &kept, &left, reterr);

	if (!rc)
		(void)fprintf(stderr,
			      "nameplate: %llu rows kept; %llu serials that "
			      "this dossier never heard of the operator's own "
			      "boxes are not\n",
			      (unsigned long long)kept,
			      (unsigned long long)left);
	return rc;
}

static int ask(struct asking *a, struct np_err *reterr)
{
	int rc;

	a->run.conf.writes = a->keep;
	rc = np_run_dossier(&a->run, reterr);

	if (!rc)
		rc = np_outcome(&a->run, &a->report);
	if (!rc)
		rc = np_phrases_open(a->run.law, &a->mem, &a->phrases, reterr);
	if (!rc)
		rc = np_dossier_custody(a->run.dossier, &a->custody);
	if (!rc && a->file)
		rc = np_custody_read(&a->custody, a->file, reterr);
	if (!rc)
		rc = np_custody_settle(&a->custody, a->run.conf.as_of);
	if (!rc)
		rc = ask_for(a);
	if (!rc)
		rc = np_custody_heard(&a->custody, &a->run.devices, &a->heard);
	np_say_custody(&a->custody);
	return rc || !a->keep ? rc : keep(a, reterr);
}

static int show(struct asking *a, const struct np_judge_options *o)
{
	struct np_look look = np_look(o->colour, STDOUT_FILENO);
	const struct np_style style = {.colour = look.colour,
				       .width = look.width};
	const struct np_custody_report c = {
		.r = &a->report,
		.custody = &a->custody,
		.heard = a->heard,
		.phrases = &a->phrases,
		.serial = a->serial,
	};
	int rc;

	(void)signal(SIGPIPE, SIG_DFL);
	rc = o->json ? np_write_custody_json(&c, stdout)
		     : np_write_custody_text(&c, &style, stdout);
	return fflush(stdout) != 0 ? NP_EIO : rc;
}

static int exit_of(int rc, const struct asking *a, struct np_err *e)
{
	if (rc == NP_EINPUT && a->file && e->text &&
	    strcmp(e->what, a->file) == 0) {
		np_say_error(e);
		return NP_EXIT_USAGE;
	}
	if (rc)
		return np_judge_exit(rc, e);
	for (size_t i = 0; a->gate && i < a->custody.nserials; i++) {
		if (a->heard[i].again)
			return NP_EXIT_GATE;
	}
	return a->custody.nproblems ? NP_EXIT_PARTLY : NP_EXIT_OK;
}

int np_verb_custody(int argc, char **argv)
{
	struct np_judge_options o = {0};
	struct asking a = {.mem = np_arena((size_t)4 << 30)};
	const char *fail_on = NULL;
	const struct np_option options[] = {
		{"custody", 0, NP_OPT_TEXT, &a.file, "FILE",
		 "a table of serial, event, date, place, certificate"},
		{"keep", 0, NP_OPT_FLAG, &a.keep, NULL,
		 "keep its rows in the dossier"},
		{"fail-on", 0, NP_OPT_TEXT, &fail_on, "again",
		 "exit 1 where a serial was heard after it was unracked"},
		{"as-of", 0, NP_OPT_TEXT, &o.as_of, "DATE",
		 "rows of later days do not count (the dossier's day)"},
		{"json", 0, NP_OPT_FLAG, &o.json, NULL, "one JSON document"},
		{"color", 0, NP_OPT_TEXT, &o.colour, "WHEN",
		 "auto, always or never"},
	};
	struct np_err e = {0};
	int n, rc = np_args("custody", argc, argv, options, NP_COUNT(options),
			    &n);

	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	a.gate = fail_on != NULL;
	if (n < 1 || n > 2 || (fail_on && strcmp(fail_on, "again") != 0)) {
		(void)fputs("nameplate custody: wants a dossier, and a serial "
			    "number or none; --fail-on again\n",
			    stderr);
		return NP_EXIT_USAGE;
	}
	rc = np_judge_conf("custody", &o, false, &a.run.conf);
	if (rc)
		return rc;
	a.run.conf.dossier = argv[0];
	a.serial = n == 2 ? argv[1] : NULL;
	a.custody.mem = &a.mem;
	rc = ask(&a, &e);
	if (!rc)
		rc = show(&a, &o);
	rc = exit_of(rc, &a, &e);
	np_run_free(&a.run);
	np_arena_free(&a.mem);
	return rc;
}
