/* SPDX-License-Identifier: ISC */
/* `verify`'s part about a page that `report -o` wrote. */
#ifndef NP_CLI_VERIFY_REPORT_H
#define NP_CLI_VERIFY_REPORT_H
#include "cli/cli.h"

struct np_verify_report_options {
	const char *report;		      /* the page */
	const char *party, *knowledge, *keys; /* as in np_run_conf */
	bool json, all;
};
/* Writes the page anew, as it says that it was asked for, and holds it against
 * that. 1: it is not the same; 0: it is; negative: it could not, reterr says
 * why (NP_EINPUT: it is no such page). */
int np_verify_report(const char *dossier,
		     const struct np_verify_report_options *o,
		     struct np_err *reterr);
#endif
