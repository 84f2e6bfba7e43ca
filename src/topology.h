/* SPDX-License-Identifier: ISC */
/* Who is joined to whom in a dossier, for the verbs that show it. */
#ifndef NP_TOPOLOGY_H
#define NP_TOPOLOGY_H
#include "report/risk.h"
#include "run.h"

/* What is asked besides; NULL: nothing. */
struct np_topology_ask {
	const char *root;  /* where the others are served from */
	const char *zones; /* protected zones, in words */
	const char *cve;   /* a list of CVEs */
};

/* Every sighting of the run's dossier once more (np_run_dossier() went before).
 * *ret is to be freed whatever comes of it. */
int np_topology(struct np_run *run, const struct np_topology_ask *ask,
		const struct np_risk_know *know, struct np_risk *ret,
		struct np_err *reterr);
#endif
