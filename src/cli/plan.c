/* SPDX-License-Identifier: ISC */
/*
 * nameplate plan: which boxes in scope are replaced and removed in which wave,
 * under budget, crews, permits and the law's dates; and how far from the best
 * that may be.
 */
#include "report/plan.h"
#include "cli/judgement.h"
#include "cli/plan_compare.h"
#include "cli/plan_track.h"
#include "plan/mip.h"
#include "store/plan.h"
#include <time.h>
#include <unistd.h>

#define OPTIONS 18

struct plan_options {
	struct np_judge_options judge;
	const char *costs, *plan, *scenario, *actual;
	unsigned seconds, gap;
	bool csv, ics, looks, polish, compares;
};

/* What one plan rests on, and what came of it. */
struct planning {
	struct np_arena mem;
	struct np_plan_file file;
	struct np_costs costs;
	struct np_cost_templates templates;
	struct np_work work;
	struct np_schedule plan;
	struct np_clash *clash;
	size_t nclashes, breaches;
	struct np_track track;
	struct np_burndown burn;
	double shown; /* gap that the terminal shows */
	time_t since;
};

static void progress(void *ctx, const struct np_schedule *s)
{
	struct planning *p = ctx;
	double gap = 100 * np_gap(s);

	if (gap > p->shown - 0.01)
		return;
	p->shown = gap;
	(void)fprintf(
		stderr,
		"\rgap %.2f %% after %.0f s; Ctrl-C keeps this plan\033[K", gap,
		difftime(time(NULL), p->since));
}

static int solve(struct planning *p, const struct plan_options *o,
		 struct np_err *reterr)
{
	bool shows = isatty(STDERR_FILENO);
	const struct np_solve_how how = {
		.seconds = o->seconds ? o->seconds : 10,
		.gap = o->gap ? o->gap / 10000.0 : 0.001,
		.polish = o->polish,
		.stopped = np_stopped(),
		.progress = shows ? progress : NULL,
		.ctx = p,
	};
	struct np_breach b;
	int rc;

	p->shown = 1000;
	p->since = time(NULL);
	np_catch_signals();
	rc = np_plan_solve(&p->work.m, &how, &p->mem, &p->plan, reterr);
	if (shows)
		(void)fputs("\r\033[K", stderr);
	if (rc)
		return rc;
	p->breaches = np_plan_check(&p->work.m, &p->plan, &b, 1);
	if (p->plan.how == NP_STOPPED)
		return NP_OK;
	return np_clashes(&p->work, &p->plan, how.seconds, &p->mem, &p->clash,
			  &p->nclashes);
}

/* The file is opened once more, to write: until here it was only looked at. */
static int keep_text(const char *path, const char *scenario, const char *json,
		     size_t n, struct np_err *reterr)
{
	struct np_dossier *d = NULL;
	bool sealed = false;
	int rc = np_dossier_open(path, false, &d, reterr);

	if (!rc)
		rc = np_dossier_keep_plan(d, scenario, json, n, &sealed,
					  reterr);
	np_dossier_close(d);
	if (!rc && sealed)
		(void)fputs("nameplate: the plan is kept in the dossier, whose "
			    "seal does not cover it: seal again\n",
			    stderr);
	return rc;
}

/* What does not hold is shown, and not kept. */
static int keep(const struct np_plan_page *page, const char *path,
		struct np_err *reterr)
{
	char *text = NULL;
	size_t n = 0;
	FILE *f = page->breaches ? NULL : open_memstream(&text, &n);
	int rc = f ? np_write_plan_json(page, f) : NP_ENOMEM;

	if (page->breaches)
		return NP_OK;
	if (f && fclose(f) != 0 && !rc)
		rc = NP_ENOMEM;
	if (rc)
		(void)np_fail(reterr, rc, np_strerror(rc), path, 0);
	else
		rc = keep_text(path, page->scenario, text, n, reterr);
	free(text);
	return rc;
}

static int write_page(const struct plan_options *o,
		      const struct np_plan_page *page)
{
	int rc;

	(void)signal(SIGPIPE, SIG_DFL);
	rc = o->ics	     ? np_write_plan_ics(page, stdout)
	     : o->csv	     ? np_write_plan_csv(page, stdout)
	     : o->judge.json ? np_write_plan_json(page, stdout)
			     : np_write_plan_text(page, stdout);
	return fflush(stdout) != 0 ? NP_EIO : rc;
}

static int show(struct np_run *run, const struct plan_options *o,
		struct planning *p, struct np_err *reterr)
{
	struct np_look look = np_look(o->judge.colour, STDOUT_FILENO);
	struct np_style style = {.colour = look.colour,
				 .width = look.width,
				 .all = o->judge.all};
	struct np_report report;
	struct np_plan_page page = {.r = &report,
				    .s = &style,
				    .file = &p->file,
				    .costs = o->costs ? &p->costs : NULL,
				    .work = &p->work,
				    .plan = &p->plan,
				    .clash = p->clash,
				    .nclashes = p->nclashes,
				    .scenario = o->scenario,
				    .track = o->actual ? &p->track : NULL,
				    .burn = &p->burn,
				    .breaches = p->breaches};
	int rc = np_outcome(run, &report);

	if (!rc)
		rc = np_plan_burndown(&page, &p->mem, &p->burn, reterr);
	if (!rc)
		rc = write_page(o, &page);
	return rc || o->looks ? rc : keep(&page, run->conf.dossier, reterr);
}

/* What a fresh dossier has changes what is left to be planned. */
static int follow(struct np_run *run, const struct plan_options *o,
		  struct planning *p, struct np_err *reterr)
{
	struct np_happened h = {0};
	struct np_kept kept = {0};
	int rc = np_dossier_plan_of(run->dossier, o->scenario, &p->mem,
				    &kept.json, &kept.n);

	if (!rc)
		rc = np_track(o->actual, &p->work, kept, &p->mem, &p->track,
			      reterr);
	h.as_of = p->track.as_of;
	h.out = p->track.out;
	if (!rc)
		rc = np_work_happened(&p->work, &p->file, &h, &p->mem);
	p->track.late = h.late;
	return rc;
}

/* Its files are read first: what is wrong in them is said at once. */
static int plan(struct np_run *run, const struct plan_options *o,
		struct planning *p, struct np_err *reterr)
{
	struct np_work_ask ask = {.file = &p->file,
				  .templates = &p->templates,
				  .costs = o->costs ? &p->costs : NULL,
				  .devices = &run->devices,
				  .findings = &run->findings};
	int rc = o->costs ? np_costs_read(o->costs, &p->mem, &p->costs, reterr)
			  : NP_OK;

	if (!rc)
		rc = np_cost_templates_open(o->judge.knowledge, &p->mem,
					    &p->templates, reterr);
	if (!rc)
		rc = np_run_dossier(run, reterr);
	if (!rc)
		rc = np_plan_read(o->plan, o->scenario, run->conf.as_of,
				  &p->mem, &p->file, reterr);
	ask.places = run->places;
	ask.party = run->party;
	if (!rc)
		rc = np_work(&ask, &p->mem, &p->work, reterr);
	if (!rc && o->actual)
		rc = follow(run, o, p, reterr);
	if (!rc)
		rc = solve(p, o, reterr);
	return rc ? rc : show(run, o, p, reterr);
}

static void options_of(struct plan_options *o,
		       struct np_option to[static OPTIONS])
{
	struct np_judge_options *j = &o->judge;
	const struct np_option list[OPTIONS] = {
		{"costs", 0, NP_OPT_TEXT, &o->costs, "FILE",
		 "costs.csv: what each thing costs you"},
		{"plan", 0, NP_OPT_TEXT, &o->plan, "FILE",
		 "plan.yaml: periods, budget, crews, windows, order"},
		{"scenario", 0, NP_OPT_TEXT, &o->scenario, "NAME",
		 "one of plan.yaml's scenarios"},
		{"compare", 0, NP_OPT_FLAG, &o->compares, NULL,
		 "the plans that the dossier keeps, side by side"},
		{"actual", 0, NP_OPT_TEXT, &o->actual, "DOSSIER",
		 "a fresh one: what happened; the rest is planned anew"},
		{"seconds", 0, NP_OPT_COUNT, &o->seconds, "N",
		 "look for a better plan for so long (10)"},
		{"gap", 0, NP_OPT_COUNT, &o->gap, "N",
		 "good enough: N hundredths of a per cent (10)"},
		{"polish", 0, NP_OPT_FLAG, &o->polish, NULL,
		 "the second half of that time by Cbc, piece by piece"},
		{"party", 0, NP_OPT_TEXT, &j->party, "FILE",
		 "operator.yaml: sites, prefixes, facts"},
		{"as-of", 0, NP_OPT_TEXT, &j->as_of, "DATE",
		 "what is in scope as of YYYY-MM-DD"},
		{"what-if", 0, NP_OPT_TEXT, &j->what_if, "us,de",
		 "other states' rules too"},
		{"knowledge", 0, NP_OPT_TEXT, &j->knowledge, "DIR",
		 "use this knowledge, not what is built in"},
		{"json", 0, NP_OPT_FLAG, &j->json, NULL, "one JSON document"},
		{"csv", 0, NP_OPT_FLAG, &o->csv, NULL,
		 "a row for each replacement and removal"},
		{"ics", 0, NP_OPT_FLAG, &o->ics, NULL,
		 "a calendar of waves and dates"},
		{"no-keep", 0, NP_OPT_FLAG, &o->looks, NULL,
		 "only look: the plan is not kept in the dossier"},
		{"long", 'l', NP_OPT_FLAG, &j->all, NULL, "every box's name"},
		{"color", 0, NP_OPT_TEXT, &j->colour, "WHEN",
		 "auto, always or never"},
	};

	memcpy(to, list, sizeof(list));
}

/* No new plan: those that are there. */
static int compare(const char *dossier, const struct plan_options *o)
{
	struct np_look look = np_look(o->judge.colour, STDOUT_FILENO);
	const struct np_style style = {.colour = look.colour,
				       .width = look.width};
	struct np_err e = {0};
	int rc;

	(void)signal(SIGPIPE, SIG_DFL);
	rc = np_plan_compare(dossier, &style, o->judge.json, &e);
	return np_judge_exit(rc, &e);
}

/* What is wrong in a file that was named is a matter of use, as elsewhere. */
static int exit_of(int rc, const struct plan_options *o,
		   const struct planning *p, struct np_err *e)
{
	bool named = rc == NP_EINPUT && e->text &&
		     ((o->plan && strcmp(e->what, o->plan) == 0) ||
		      (o->costs && strcmp(e->what, o->costs) == 0));

	if (named) {
		np_say_error(e);
		return NP_EXIT_USAGE;
	}
	return !rc && p->plan.how == NP_STOPPED ? NP_EXIT_INTERRUPTED
	       : !rc && p->breaches		? NP_EXIT_FAILED
						: np_judge_exit(rc, e);
}

int np_verb_plan(int argc, char **argv)
{
	struct plan_options o = {0};
	struct planning p = {.mem = np_arena((size_t)3 << 30)};
	struct np_option options[OPTIONS];
	struct np_run r = {0};
	struct np_err e = {0};
	int n, rc;

	options_of(&o, options);
	rc = np_args("plan", argc, argv, options, OPTIONS, &n);
	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	rc = np_judge_conf("plan", &o.judge, false, &r.conf);
	if (rc)
		return rc;
	if (n != 1) {
		(void)fputs("nameplate plan: wants one dossier\n", stderr);
		return NP_EXIT_USAGE;
	}
	if (o.compares)
		return compare(argv[0], &o);
	if (o.polish && np_mip_absent())
		(void)fprintf(stderr,
			      "nameplate: no polish: this build lacks %s\n",
			      np_mip_absent());
	r.conf.dossier = argv[0];
	rc = plan(&r, &o, &p, &e);
	rc = exit_of(rc, &o, &p, &e);
	np_run_free(&r);
	np_arena_free(&p.mem);
	return rc;
}
