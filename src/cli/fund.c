/* SPDX-License-Identifier: ISC */
/*
 * nameplate fund: who pays for a removal, the forms that are asked for, and
 * what an administrator would send back.
 */
#include "report/fund.h"
#include "cli/custody.h"
#include "cli/judgement.h"
#include "store/custody.h"
#include "store/plan.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define OPTIONS 20

struct fund_options {
	struct np_judge_options judge;
	const char *country, *template, *report, *out, *sheet, *fail_on;
	const char *claims, *invoices, *costs, *waves, *allocation;
	const char *custody, *scheme;
	bool programmes, lint;
	double most; /* of the allocation; below 0: not stated */
};

/* One filling or linting. */
struct funding {
	const struct fund_options *o;
	struct np_run run;
	struct np_report report;
	struct np_arena mem;
	struct np_fund_book book;
	struct np_fund_look look;
	bool tripped;
	bool theirs; /* what failed is a file that was handed in */
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
		{"template", 0, NP_OPT_TEXT, &o->template, "NAME|FILE",
		 "fill this form"},
		{"report", 0, NP_OPT_TEXT, &o->report, "WHAT",
		 "fill progress, or extension with its evidence"},
		{"lint", 0, NP_OPT_FLAG, &o->lint, NULL,
		 "what of the claims would be sent back"},
		{"scheme", 0, NP_OPT_TEXT, &o->scheme, "NAME",
		 "whose rules: neutral, or a programme of claims.yaml"},
		{"claims", 0, NP_OPT_TEXT, &o->claims, "FILE",
		 "a table of claims, a row a box and cost"},
		{"invoices", 0, NP_OPT_TEXT, &o->invoices, "FILE",
		 "a table of the invoices that claims name"},
		{"costs", 0, NP_OPT_TEXT, &o->costs, "FILE",
		 "a table of your own costs: low, expected, high"},
		{"waves", 0, NP_OPT_TEXT, &o->waves, "FILE",
		 "a table of planned removals, and what became of them"},
		{"custody", 0, NP_OPT_TEXT, &o->custody, "FILE",
		 "a table of serial, event, date, beside what is kept"},
		{"allocation", 0, NP_OPT_TEXT, &o->allocation, "N",
		 "what was allocated, in the programme's currency"},
		{"sheet", 0, NP_OPT_TEXT, &o->sheet, "NAME",
		 "the sheet that goes to a CSV file"},
		{"out", 'o', NP_OPT_TEXT, &o->out, "FILE",
		 "write FILE.xlsx or FILE.csv"},
		{"fail-on", 0, NP_OPT_TEXT, &o->fail_on, "WHAT,...",
		 "exit 1 on defect, or on these rules"},
		{"party", 0, NP_OPT_TEXT, &j->party, "FILE",
		 "operator.yaml: sites, prefixes, facts"},
		{"as-of", 0, NP_OPT_TEXT, &j->as_of, "DATE",
		 "what holds as of YYYY-MM-DD"},
		{"knowledge", 0, NP_OPT_TEXT, &j->knowledge, "DIR",
		 "use this knowledge, not what is built in"},
		{"json", 0, NP_OPT_FLAG, &j->json, NULL, "one JSON document"},
		{"color", 0, NP_OPT_TEXT, &j->colour, "WHEN",
		 "auto, always or never"},
	};

	memcpy(to, list, sizeof(list));
}

static int usage(const char *text)
{
	(void)fprintf(stderr, "nameplate fund: %s\n", text);
	return NP_EXIT_USAGE;
}

/* ---- programmes */

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

/* ---- what both others need: the dossier and the tables */

/* What custody has of the boxes: the dossier's, and the file's. */
static int take_custody(struct funding *f, struct np_err *reterr)
{
	struct np_custody c = {.mem = &f->mem};
	int rc = np_dossier_custody(f->run.dossier, &c);

	if (!rc && f->o->custody)
		rc = np_custody_read(&c, f->o->custody, reterr);
	if (!rc)
		rc = np_custody_settle(&c, f->report.as_of);
	np_say_custody(&c);
	for (uint32_t i = 0; !rc && i < f->book.t[NP_BK_DEVICE].n; i++) {
		const char *serial =
			np_sheets_says(&f->book, NP_BK_DEVICE, i, "serial");
		const struct np_serial *s =
			serial ? np_custody_of(&c, serial) : NULL;
		char day[16];

		if (s && s->n)
			rc = np_fund_custody(&f->book, i,
					     s->out == NP_NODAY
						     ? NULL
						     : np_day_text(s->out, day),
					     np_custody_name(s->state));
	}
	return rc;
}

/* Without a table of waves: those of the plan that the dossier keeps. */
static int take_plan(struct funding *f, struct np_err *reterr)
{
	const char *plan = NULL;
	size_t n = 0;
	int rc = f->o->waves
			 ? NP_OK
			 : np_dossier_plan(f->run.dossier, &f->mem, &plan, &n);

	return rc || !plan ? rc : np_fund_plan(plan, n, &f->book, reterr);
}

static int gather(struct funding *f, struct np_err *reterr)
{
	const struct {
		const char *path;
		enum np_fund_sheet is;
	} files[] = {
		{f->o->claims, NP_BK_CLAIM},
		{f->o->invoices, NP_BK_INVOICE},
		{f->o->costs, NP_BK_COST},
		{f->o->waves, NP_BK_WAVE},
	};
	int rc = np_run_dossier(&f->run, reterr);

	if (!rc)
		rc = np_outcome(&f->run, &f->report);
	if (!rc)
		rc = np_sheets_open(&f->book, &f->mem);
	if (!rc)
		rc = np_fund_gather(&f->report, f->o->most, &f->book);
	if (rc)
		return rc;
	rc = take_plan(f, reterr);
	f->theirs = true;
	if (!rc)
		rc = take_custody(f, reterr);
	for (size_t i = 0; !rc && i < sizeof(files) / sizeof(files[0]); i++) {
		if (files[i].path)
			rc = np_sheets_read(&f->book, files[i].is,
					    files[i].path, reterr);
	}
	if (!rc)
		rc = np_sheets_link(&f->book);
	if (!rc)
		np_fund_done(&f->book);
	return rc;
}

/* ---- lint */

static bool trips(const struct np_claim_law *l, const struct np_defects *d,
		  const char *list)
{
	for (const char *s = list; s && *s;) {
		size_t n = strcspn(s, ",");

		for (size_t i = 0; i < d->n; i++) {
			const char *rule = l->rule[d->v[i].rule];

			if ((n == 6 && strncmp(s, "defect", 6) == 0) ||
			    (strlen(rule) == n && strncmp(s, rule, n) == 0))
				return true;
		}
		s += n + (s[n] == ',');
	}
	return false;
}

static bool known_rules(const struct np_claim_law *l, const char *list)
{
	for (const char *s = list; s && *s;) {
		size_t n = strcspn(s, ","), i = 0;

		while (i < NP_CR_N && (strlen(l->rule[i]) != n ||
				       strncmp(s, l->rule[i], n) != 0))
			i++;
		if (i == NP_CR_N && (n != 6 || strncmp(s, "defect", 6) != 0))
			return false;
		s += n + (s[n] == ',');
	}
	return true;
}

static int lint(struct funding *f, struct np_err *reterr)
{
	struct np_claim_law law;
	struct np_defects d;
	struct np_lint_page page = {.book = &f->book,
				    .law = &law,
				    .defects = &d,
				    .as_of = f->run.conf.as_of,
				    .allocation = f->o->most};
	int rc = np_claim_law_open(f->o->judge.knowledge, f->o->scheme, &f->mem,
				   &law, reterr);

	if (rc)
		return rc;
	if (!known_rules(&law, f->o->fail_on))
		return np_fail(reterr, NP_EINPUT,
			       "expected defect, or ids of rules "
			       "(docs/fund.md)",
			       "--fail-on", 0);
	page.as_of = f->report.as_of;
	rc = np_claims_lint(&f->book, &law, page.as_of, f->o->most, &f->mem,
			    &d);
	if (rc)
		return rc;
	f->tripped = trips(&law, &d, f->o->fail_on);
	return f->o->judge.json ? np_write_lint_json(&page, stdout)
				: np_write_lint(&page, &f->look, stdout);
}

/* ---- forms */

static bool ends(const char *s, const char *with)
{
	size_t n = strlen(s), m = strlen(with);

	return n > m && strcmp(s + n - m, with) == 0;
}

/* The sheet of this name; else that of the claims, else the first of rows. */
static size_t sheet_of(const struct np_template *t, const char *name)
{
	size_t best = t->npages;

	for (size_t i = 0; i < t->npages; i++) {
		if (name && strcmp(name, t->page[i].name) == 0)
			return i;
		if (!name && t->page[i].over == NP_BK_CLAIM)
			return i;
		if (!name && best == t->npages && t->page[i].over >= 0)
			best = i;
	}
	return name || best < t->npages ? best : 0;
}

static int write_csv(const struct np_filled *filled, size_t page,
		     const char *path, struct np_err *reterr)
{
	FILE *to = fopen(path, "we");
	int rc;

	if (!to)
		return np_fail(reterr, NP_EIO, strerror(errno), path, 0);
	rc = np_write_form_csv(filled, page, to);
	if (fclose(to) != 0 && !rc)
		rc = np_fail(reterr, NP_EIO, strerror(errno), path, 0);
	return rc;
}

static int write_form(struct funding *f, const struct np_filled *filled,
		      struct np_err *reterr)
{
	const struct fund_options *o = f->o;
	const struct np_template *t = filled->template;
	size_t page = sheet_of(t, o->sheet);
	struct np_buf written = np_buf(8192);
	int rc = NP_OK;

	if (page == t->npages)
		return np_fail(reterr, NP_EINPUT,
			       "expected the name of a sheet", o->sheet, 0);
	if (!o->out && o->sheet)
		return np_write_form_csv(filled, page, stdout);
	if (o->out && ends(o->out, ".xlsx"))
		rc = np_write_form_xlsx(filled, f->report.as_of, o->out,
					reterr);
	else if (o->out)
		rc = write_csv(filled, page, o->out, reterr);
	if (!rc && o->out) {
		np_puts(&written, o->out);
		np_puts(&written,
			ends(o->out, ".xlsx") ? ", every sheet" : ", sheet ");
		np_puts(&written,
			ends(o->out, ".xlsx") ? "" : t->page[page].name);
	}
	if (!rc)
		rc = o->judge.json ? np_write_form_json(filled, f->report.as_of,
							stdout)
				   : np_write_form(filled, written.p, stdout);
	np_buf_free(&written);
	return rc;
}

static int form(struct funding *f, struct np_err *reterr)
{
	const char *name = f->o->report ? f->o->report : f->o->template;
	struct np_filled *filled = np_alloc(&f->mem, sizeof(*filled));
	struct np_template *t = np_alloc(&f->mem, sizeof(*t));
	int rc = filled && t ? np_form_open(name, f->o->judge.knowledge,
					    &f->mem, t, reterr)
			     : NP_ENOMEM;

	if (!rc)
		rc = np_sheets_sound(&f->book, reterr);
	if (!rc)
		rc = np_form_fill(t, &f->book, &f->mem, filled, reterr);
	return rc ? rc : write_form(f, filled, reterr);
}

/* ---- the verb */

static int check(struct fund_options *o, int operands)
{
	unsigned asked = (unsigned)o->programmes + (unsigned)o->lint +
			 (o->template != NULL) + (o->report != NULL);

	o->most = -1;
	if (asked != 1)
		return usage("wants one of --programmes, --template, --report "
			     "and --lint");
	if (operands != (o->programmes ? 0 : 1))
		return usage(o->programmes ? "--programmes wants no dossier"
					   : "wants one dossier");
	if (o->report && strcmp(o->report, "progress") != 0 &&
	    strcmp(o->report, "extension") != 0)
		return usage("--report wants progress or extension");
	if (o->lint && (!o->claims || !o->invoices))
		return usage("--lint wants --claims and --invoices");
	if ((o->fail_on || o->scheme) && !o->lint)
		return usage("--fail-on and --scheme go with --lint");
	if (o->out && (o->lint || o->programmes))
		return usage("-o goes with --template and --report");
	if (o->out && !ends(o->out, ".xlsx") && !ends(o->out, ".csv"))
		return usage("-o wants a name that ends in .xlsx or .csv");
	if (o->allocation &&
	    (!np_fund_amount(o->allocation, &o->most) || o->most < 0))
		return usage("--allocation wants an amount: 1200 or 1200.50");
	return NP_EXIT_OK;
}

static int exit_of(int rc, const struct funding *f, struct np_err *e)
{
	if (!rc)
		return f->tripped ? NP_EXIT_GATE : NP_EXIT_OK;
	if (f->theirs && (rc == NP_EINPUT || rc == NP_ENONE)) {
		np_say_error(e);
		return NP_EXIT_USAGE;
	}
	return np_judge_exit(rc, e);
}

int np_verb_fund(int argc, char **argv)
{
	struct fund_options o = {0};
	struct np_option options[OPTIONS];
	struct funding f = {.o = &o, .mem = np_arena((size_t)4 << 30)};
	struct np_err e = {0};
	int n, rc;

	options_of(&o, options);
	rc = np_args("fund", argc, argv, options, OPTIONS, &n);
	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	rc = np_judge_conf("fund", &o.judge, o.programmes, &f.run.conf);
	if (!rc)
		rc = check(&o, n);
	if (rc)
		return rc;
	if (o.programmes)
		return np_judge_exit(programmes(&o, &f.run.conf, &e), &e);
	f.run.conf.dossier = argv[0];
	f.look = (struct np_fund_look){
		.width = np_look(o.judge.colour, STDOUT_FILENO).width};
	(void)signal(SIGPIPE, SIG_DFL);
	rc = gather(&f, &e);
	if (!rc)
		rc = o.lint ? lint(&f, &e) : form(&f, &e);
	if (fflush(stdout) != 0 && !rc)
		rc = NP_EIO;
	rc = exit_of(rc, &f, &e);
	np_run_free(&f.run);
	np_arena_free(&f.mem);
	return rc;
}
