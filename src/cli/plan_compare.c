/* SPDX-License-Identifier: ISC */
/* Plans that a dossier keeps, side by side. */
#include "cli/plan_compare.h"
#include "report/plan_compare.h"
#include "store/plan.h"

#define SCENARIOS 64 /* that are compared */

struct comparing {
	struct np_compared v[SCENARIOS];
	size_t n;
	struct np_arena mem;
	struct np_err *err;
};

static int add(void *ctx, const char *scenario, const char *json, size_t n)
{
	struct comparing *c = ctx;
	struct np_kept_plan *p = np_alloc(&c->mem, sizeof(*p));
	int rc = p ? np_kept_plan(json, n, &c->mem, p, c->err) : NP_ENOMEM;

	if (rc)
		return rc;
	if (c->n == SCENARIOS)
		return np_fail(c->err, NP_ELIMIT,
			       "the dossier keeps more plans than are compared",
			       "plan", 0);
	np_compare_plan(p, &c->v[c->n]);
	if (scenario)
		c->v[c->n].scenario =
			np_copystr(&c->mem, scenario, strlen(scenario));
	c->n++;
	return NP_OK;
}

int np_plan_compare(const char *dossier, const struct np_style *style,
		    bool json, struct np_err *reterr)
{
	struct comparing c = {.mem = np_arena((size_t)1 << 30), .err = reterr};
	struct np_dossier *d = NULL;
	int rc = np_dossier_look(dossier, &d, reterr);

	if (!rc)
		rc = np_dossier_plans(d, add, &c);
	np_dossier_close(d);
	if (!rc)
		rc = json ? np_write_compared_json(c.v, c.n, stdout)
			  : np_write_compared(c.v, c.n, style, stdout);
	np_arena_free(&c.mem);
	return rc;
}
