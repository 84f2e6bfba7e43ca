/* SPDX-License-Identifier: ISC */
#ifndef NP_OUTCOME_H
#define NP_OUTCOME_H
#include "report/writer.h"
#include "run.h"

/* A run as writers see it; texts live in r->mem. NP_ENOMEM or 0. */
int np_outcome(struct np_run *r, struct np_report *ret);

/* The options that every verb with a judgement has. */
struct np_judge_options {
	const char *knowledge, *party, *site, *what_if, *as_of, *colour;
	bool json, jsonl, all;
};
#define NP_JUDGE_OPTIONS(o)                                                    \
	{"party", 0, NP_OPT_TEXT, &(o).party, "FILE",                          \
	 "operator.yaml: sites, prefixes, facts"},                             \
	{"site", 0, NP_OPT_TEXT, &(o).site, "SITE",                            \
	 "where the sources stand, or which site to show"},                    \
	{"what-if", 0, NP_OPT_TEXT, &(o).what_if, "us,de",                     \
	 "other states' rules too"},                                           \
	{"as-of", 0, NP_OPT_TEXT, &(o).as_of, "DATE",                          \
	 "judge as of YYYY-MM-DD (today)"},                                    \
	{"knowledge", 0, NP_OPT_TEXT, &(o).knowledge, "DIR",                   \
	 "use this knowledge, not what is built in"},                          \
	{"json", 0, NP_OPT_FLAG, &(o).json, NULL, "one JSON document"},        \
	{"jsonl", 0, NP_OPT_FLAG, &(o).jsonl, NULL,                            \
	 "the canonical export"},                                              \
	{"long", 'l', NP_OPT_FLAG, &(o).all, NULL,                             \
	 "every device and every finding"},                                    \
	{"color", 0, NP_OPT_TEXT, &(o).colour, "WHEN",                         \
	 "auto, always or never"}
/* Puts them into a run's configuration; says what is wrong. */
int np_judge_conf(const char *verb, const struct np_judge_options *o,
		  bool today, struct np_run_conf *conf);
/* Writes the outcome on stdout in the form that was asked for. */
int np_show(struct np_run *r, const struct np_judge_options *o);
#endif
