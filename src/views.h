/* SPDX-License-Identifier: ISC */
/* From a run to what pages are made of: its outcome, the graph where somebody
 * may see it, the plan that the dossier keeps, and who sees what. */
#ifndef NP_VIEWS_H
#define NP_VIEWS_H
#include "run.h"
#include "view/view.h"

struct np_views_ask {
	const char *audience;  /* NULL: as audiences.yaml has it */
	const char *lang;      /* NULL: "en" */
	const char *site;      /* the only one that is shown; NULL: all */
	const char *knowledge; /* directory, as in np_run_conf */
};

struct np_views {
	struct np_view_in in;
	struct np_report report;
	struct np_style style;
	struct np_audience_table table;
	struct np_risk_know know;
	struct np_risk risk;
	struct np_risk_page page;
	struct np_arena mem;
	bool graphed;
};

/* Of a run that np_run_dossier() filled, and which has to outlive it. To be
 * freed in any case. NP_EUSAGE: no such audience or language. */
int np_views_open(struct np_run *r, const struct np_views_ask *ask,
		  struct np_views *ret, struct np_err *reterr);
void np_views_free(struct np_views *v);
#endif
