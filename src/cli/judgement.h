/* SPDX-License-Identifier: ISC */
/* What the verbs that judge have in common: options, and how they show. */
#ifndef NP_JUDGEMENT_H
#define NP_JUDGEMENT_H
#include "cli/cli.h"
#include "outcome.h"

struct np_judge_options {
	const char *knowledge, *party, *site, *what_if, *as_of, *colour, *keys;
	struct np_place_files files;
	bool json, jsonl, all, places;
	const struct np_look *look; /* NULL: as standard output is */
};

#define NP_JUDGE_OPTIONS 15
/* Writes the options' table; gives NP_JUDGE_OPTIONS. */
size_t np_judge_options(struct np_judge_options *o,
			struct np_option to[NP_JUDGE_OPTIONS]);
/* Puts them into a run's configuration; says what is wrong. */
int np_judge_conf(const char *verb, const struct np_judge_options *o,
		  bool today, struct np_run_conf *conf);
/* Writes the outcome on stdout in the form that was asked for. */
int np_show(struct np_run *r, const struct np_judge_options *o);
/* The same two steps apart: the outcome and how it is to look; and what a
 * writer came to (rc), where whoever reads may stop. */
int np_show_open(struct np_run *r, const struct np_judge_options *o,
		 struct np_report *ret, struct np_style *ret_style);
int np_show_close(int rc);
/* Says the error of a run that failed and gives the exit code. */
int np_judge_exit(int rc, struct np_err *e);
#endif
