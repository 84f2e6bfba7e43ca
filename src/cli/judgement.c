/* SPDX-License-Identifier: ISC */
#include "cli/judgement.h"
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

size_t np_judge_options(struct np_judge_options *o,
			struct np_option to[NP_JUDGE_OPTIONS])
{
	const struct np_option list[NP_JUDGE_OPTIONS] = {
		{"party", 0, NP_OPT_TEXT, &o->party, "FILE",
		 "operator.yaml: sites, prefixes, facts"},
		{"sites", 0, NP_OPT_TEXT, &o->files.sites, "FILE",
		 "list of sites: CSV, XLSX or GeoJSON"},
		{"inventory", 0, NP_OPT_TEXT, &o->files.inventory, "FILE",
		 "what is known of single boxes: CSV or XLSX"},
		{"contracts", 0, NP_OPT_TEXT, &o->files.contracts, "FILE",
		 "contracts for services: CSV or XLSX"},
		{"zones", 0, NP_OPT_TEXT, &o->files.zones, "FILE",
		 "protected zones, and what serves them: YAML"},
		{"places", 0, NP_OPT_FLAG, &o->places, NULL,
		 "where boxes stand and by which key, the unplaced first"},
		{"site", 0, NP_OPT_TEXT, &o->site, "SITE",
		 "where the sources stand, or which site to show"},
		{"what-if", 0, NP_OPT_TEXT, &o->what_if, "us,de",
		 "other states' rules too"},
		{"as-of", 0, NP_OPT_TEXT, &o->as_of, "DATE",
		 "judge as of YYYY-MM-DD (today)"},
		{"knowledge", 0, NP_OPT_TEXT, &o->knowledge, "DIR",
		 "use this knowledge, not what is built in"},
		{"json", 0, NP_OPT_FLAG, &o->json, NULL, "one JSON document"},
		{"jsonl", 0, NP_OPT_FLAG, &o->jsonl, NULL,
		 "the canonical export"},
		{"long", 'l', NP_OPT_FLAG, &o->all, NULL,
		 "every device and every finding"},
		{"color", 0, NP_OPT_TEXT, &o->colour, "WHEN",
		 "auto, always or never"},
		{"keys", 0, NP_OPT_TEXT, &o->keys, "FILE",
		 "public keys whose statements count (all)"},
	};

	memcpy(to, list, sizeof(list));
	return NP_JUDGE_OPTIONS;
}

int np_judge_conf(const char *verb, const struct np_judge_options *o,
		  bool today, struct np_run_conf *conf)
{
	conf->knowledge = o->knowledge;
	conf->party = o->party;
	conf->files = o->files;
	conf->site = o->site;
	conf->what_if = o->what_if;
	conf->keys = o->keys;
	conf->as_of = NP_NODAY;
	if (o->as_of && !np_day_read(o->as_of, &conf->as_of)) {
		(void)fprintf(stderr,
			      "nameplate %s: --as-of wants a date "
			      "(YYYY-MM-DD): %s\n",
			      verb, o->as_of);
		return NP_EXIT_USAGE;
	}
	if (o->colour && strcmp(o->colour, "auto") != 0 &&
	    strcmp(o->colour, "always") != 0 &&
	    strcmp(o->colour, "never") != 0) {
		(void)fprintf(stderr,
			      "nameplate %s: --color wants auto, always or "
			      "never: %s\n",
			      verb, o->colour);
		return NP_EXIT_USAGE;
	}
	if (today && conf->as_of == NP_NODAY)
		conf->as_of = np_day_of((int64_t)time(NULL) * 1000000000);
	return NP_EXIT_OK;
}

int np_show_open(struct np_run *r, const struct np_judge_options *o,
		 struct np_report *ret, struct np_style *ret_style)
{
	struct np_look look =
		o->look ? *o->look : np_look(o->colour, STDOUT_FILENO);
	int rc = np_outcome(r, ret);

	*ret_style = (struct np_style){
		.colour = look.colour,
		.width = look.width,
		.all = o->all,
		.places = o->places,
	};
	/* --site names the place of the sources, or picks one of many. */
	if (o->site && np_site_find(r->party, o->site) != UINT32_MAX)
		ret_style->site = o->site;
	/* Whoever reads may stop; nobody writes to a decoder any more. */
	(void)signal(SIGPIPE, SIG_DFL);
	return rc;
}

int np_show_close(int rc)
{
	if (fflush(stdout) != 0)
		rc = NP_EIO;
	return rc;
}

int np_show(struct np_run *r, const struct np_judge_options *o)
{
	struct np_style style;
	struct np_report report;
	int rc = np_show_open(r, o, &report, &style);
	pid_t pager;

	if (rc)
		return rc;
	if (o->json)
		return np_show_close(np_write_json(&report, &style, stdout));
	if (o->jsonl)
		return np_show_close(np_write_jsonl(&report, &style, stdout));
	pager = np_pager_open();
	rc = np_show_close(np_write_text(&report, &style, stdout));
	np_pager_close(pager);
	return rc;
}

int np_judge_exit(int rc, struct np_err *e)
{
	if (rc >= 0)
		return NP_EXIT_OK;
	if (!e->text)
		(void)np_fail(e, rc, np_strerror(rc), NULL, 0);
	np_say_error(e);
	/* a dossier that cannot be used is no source that is partly read */
	return rc == NP_ENONE || rc == NP_EUSAGE ? NP_EXIT_USAGE
						 : NP_EXIT_FAILED;
}
