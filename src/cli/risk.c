/* SPDX-License-Identifier: ISC */
/*
 * nameplate risk: what a dossier says of its boxes in a fixed order, who is
 * joined to whom, and what hangs on a box on the links seen.
 */
#include "report/risk.h"
#include "cli/judgement.h"
#include "topology.h"
#include <stdio.h>
#include <unistd.h>

#define OPTIONS 13

struct risk_options {
	struct np_judge_options judge;
	const char *root, *zones, *cve, *weights;
	bool dot, graphml;
};

static int show(struct np_run *run, const struct risk_options *o,
		const struct np_risk *k, const struct np_weights *w)
{
	struct np_look look = np_look(o->judge.colour, STDOUT_FILENO);
	struct np_style style = {.colour = look.colour,
				 .width = look.width,
				 .all = o->judge.all};
	struct np_report report;
	struct np_risk_page page = {.r = &report,
				    .s = &style,
				    .k = k,
				    .weights = w,
				    .mem = &run->mem};
	int rc = np_outcome(run, &report);
	pid_t pager = 0;

	if (!rc)
		rc = np_risk_page_open(&page);
	if (rc)
		return rc;
	(void)signal(SIGPIPE, SIG_DFL);
	if (!o->dot && !o->graphml && !o->judge.json)
		pager = np_pager_open();
	rc = o->dot	     ? np_write_dot(&page, stdout)
	     : o->graphml    ? np_write_graphml(&page, stdout)
	     : o->judge.json ? np_write_risk_json(&page, stdout)
			     : np_write_risk_text(&page, stdout);
	if (fflush(stdout) != 0)
		rc = NP_EIO;
	np_pager_close(pager);
	return rc;
}

static int risk(struct np_run *run, const struct risk_options *o,
		struct np_err *reterr)
{
	const struct np_topology_ask ask = {
		.root = o->root, .zones = o->zones, .cve = o->cve};
	struct np_risk_know know;
	struct np_weights weights;
	struct np_risk k = {0};
	struct np_arena mem = np_arena((size_t)256 << 20);
	int rc = np_risk_know(o->judge.knowledge, &mem, &know, reterr);

	if (!rc && o->weights)
		rc = np_weights_open(o->weights, &know, &mem, &weights, reterr);
	if (!rc)
		rc = np_run_dossier(run, reterr);
	if (!rc)
		rc = np_topology(run, &ask, &know, &k, reterr);
	if (!rc)
		rc = show(run, o, &k, o->weights ? &weights : NULL);
	np_risk_free(&k);
	np_arena_free(&mem);
	return rc;
}

static void options_of(struct risk_options *o,
		       struct np_option to[static OPTIONS])
{
	struct np_judge_options *j = &o->judge;
	const struct np_option list[OPTIONS] = {
		{"root", 0, NP_OPT_TEXT, &o->root, "DEVICE,…",
		 "where the others are served from (core functions)"},
		{"zones", 0, NP_OPT_TEXT, &o->zones, "NAME=DEVICE,…;…",
		 "protected zones and what serves them"},
		{"cve", 0, NP_OPT_TEXT, &o->cve, "FILE",
		 "a list of CVEs, NVD's JSON 2.0: which boxes it names"},
		{"weights", 0, NP_OPT_TEXT, &o->weights, "FILE",
		 "your own weights: the only score there is"},
		{"party", 0, NP_OPT_TEXT, &j->party, "FILE",
		 "operator.yaml: sites, prefixes, facts"},
		{"what-if", 0, NP_OPT_TEXT, &j->what_if, "us,de",
		 "other states' rules too"},
		{"as-of", 0, NP_OPT_TEXT, &j->as_of, "DATE",
		 "what is in scope as of YYYY-MM-DD"},
		{"knowledge", 0, NP_OPT_TEXT, &j->knowledge, "DIR",
		 "use this knowledge, not what is built in"},
		{"json", 0, NP_OPT_FLAG, &j->json, NULL, "one JSON document"},
		{"dot", 0, NP_OPT_FLAG, &o->dot, NULL,
		 "the graph, for Graphviz"},
		{"graphml", 0, NP_OPT_FLAG, &o->graphml, NULL,
		 "the graph as GraphML"},
		{"long", 'l', NP_OPT_FLAG, &j->all, NULL, "every row"},
		{"color", 0, NP_OPT_TEXT, &j->colour, "WHEN",
		 "auto, always or never"},
	};

	memcpy(to, list, sizeof(list));
}

int np_verb_risk(int argc, char **argv)
{
	struct risk_options o = {0};
	struct np_option options[OPTIONS];
	struct np_run r = {0};
	struct np_err e = {0};
	int n, rc;

	options_of(&o, options);
	rc = np_args("risk", argc, argv, options, OPTIONS, &n);

	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	rc = np_judge_conf("risk", &o.judge, false, &r.conf);
	if (rc)
		return rc;
	if (n != 1) {
		(void)fputs("nameplate risk: wants one dossier\n", stderr);
		return NP_EXIT_USAGE;
	}
	r.conf.dossier = argv[0];
	rc = risk(&r, &o, &e);
	np_run_free(&r);
	return np_judge_exit(rc, &e);
}
