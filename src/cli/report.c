/* SPDX-License-Identifier: ISC */
/* nameplate report: what a dossier says, again, in the form that is asked for.
 */
#include "cli/report_page.h"
#include "report/export.h"
#include "topology.h"
#include <stdio.h>

#define EXPORTS 8
#define OPTIONS (NP_JUDGE_OPTIONS + NP_PAGE_OPTIONS + EXPORTS + 1)

/* The forms that this verb has besides audit's. */
struct form {
	const char *name, *arg, *help;
	np_writer_fn *write; /* on standard output … */
	np_place_fn *place;  /* … or to a place; neither: the graph */
};

static const struct form forms[EXPORTS] = {
	{"csv", NULL, "one table for a spreadsheet, formulas guarded",
	 np_write_csv, NULL},
	{"cyclonedx", NULL, "a bill of materials, CycloneDX 1.6, with claims",
	 np_write_cyclonedx, NULL},
	{"dot", NULL, "who is joined to whom, for Graphviz", NULL, NULL},
	{"geojson", NULL, "sites on a map, with counts", np_write_geojson,
	 NULL},
	{"netbox", "DIR", "files for NetBox's bulk import, in their order",
	 NULL, np_write_netbox},
	{"prometheus", NULL, "counts, for a textfile collector",
	 np_write_prometheus, NULL},
	{"servicenow", "DIR", "files for a ServiceNow import set", NULL,
	 np_write_servicenow},
	{"xlsx", "FILE", "a workbook: boxes, findings, sources, coverage", NULL,
	 np_write_xlsx},
};

struct asked {
	struct np_judge_options judge;
	struct np_page_options page;
	bool excel, form[EXPORTS];
	const char *at[EXPORTS];
};

static void options_of(struct asked *o, struct np_option to[static OPTIONS])
{
	size_t n = np_judge_options(&o->judge, to);

	n += np_page_options(&o->page, to + n);
	for (size_t i = 0; i < EXPORTS; i++)
		to[n++] = (struct np_option){
			forms[i].name,
			0,
			forms[i].place ? NP_OPT_TEXT : NP_OPT_FLAG,
			forms[i].place ? (void *)&o->at[i]
				       : (void *)&o->form[i],
			forms[i].arg,
			forms[i].help};
	to[n] = (struct np_option){
		"excel",
		0,
		NP_OPT_FLAG,
		&o->excel,
		NULL,
		"with --csv: say that it is UTF-8 (a byte order mark)"};
}

/* Which form; EXPORTS: one of audit's. -1: more than one. */
static int form_of(const struct asked *o)
{
	int form = EXPORTS;
	int n = o->judge.json + o->judge.jsonl + (o->page.output != NULL);

	for (int i = 0; i < EXPORTS; i++) {
		if (!o->form[i] && !o->at[i])
			continue;
		form = i;
		n++;
	}
	return n > 1 ? -1 : form;
}

/* The graph that `risk --dot` has. */
static int show_graph(struct np_run *r, const struct asked *o,
		      const struct np_report *report,
		      const struct np_style *style, struct np_err *reterr)
{
	const struct np_topology_ask ask = {0};
	struct np_arena mem = np_arena((size_t)256 << 20);
	struct np_risk_know know;
	struct np_risk k = {0};
	struct np_risk_page page = {
		.r = report, .s = style, .k = &k, .mem = &r->mem};
	int rc = np_risk_know(o->judge.knowledge, &mem, &know, reterr);

	if (!rc)
		rc = np_topology(r, &ask, &know, &k, reterr);
	if (!rc)
		rc = np_risk_page_open(&page);
	if (!rc)
		rc = np_write_dot(&page, stdout);
	np_risk_free(&k);
	np_arena_free(&mem);
	return np_show_close(rc);
}

static int show(struct np_run *r, const struct asked *o, const struct form *f,
		struct np_err *reterr)
{
	struct np_report report;
	struct np_style style;
	int rc = np_show_open(r, &o->judge, &report, &style);

	if (rc)
		return rc;
	style.excel = o->excel;
	if (f->place)
		return f->place(&report, &style, o->at[f - forms], reterr);
	if (!f->write)
		return show_graph(r, o, &report, &style, reterr);
	return np_show_close(f->write(&report, &style, stdout));
}

static int wrong(const char *text)
{
	(void)fprintf(stderr, "nameplate report: %s\n", text);
	return NP_EXIT_USAGE;
}

int np_verb_report(int argc, char **argv)
{
	struct asked o = {0};
	struct np_option options[OPTIONS];
	struct np_run r = {0};
	struct np_err e = {0};
	int n, rc, form;

	options_of(&o, options);
	rc = np_args("report", argc, argv, options, NP_COUNT(options), &n);

	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	rc = np_judge_conf("report", &o.judge, false, &r.conf);
	if (rc)
		return rc;
	form = form_of(&o);
	if (form < 0)
		return wrong("one form at a time");
	if (o.excel &&
	    (form == EXPORTS || strcmp(forms[form].name, "csv") != 0))
		return wrong("--excel goes with --csv");
	if (!o.page.output && (o.page.audience || o.page.lang))
		return wrong("--for and --lang go with -o X.html");
	if (n != 1)
		return wrong("wants one dossier");
	r.conf.dossier = argv[0];
	r.conf.kept = o.page.kept;
	rc = np_run_dossier(&r, &e);
	if (!rc)
		rc = o.page.output ? np_report_page(&r, &o.judge, &o.page, &e)
		     : form < EXPORTS ? show(&r, &o, &forms[form], &e)
				      : np_show(&r, &o.judge);
	np_run_free(&r);
	return np_judge_exit(rc, &e);
}
