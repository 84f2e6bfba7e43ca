/* SPDX-License-Identifier: ISC */
/* Plans that a dossier keeps: the JSON of `plan --json` (nameplate.plan/1), the
 * newest of each scenario. One small table, made when a plan is first kept; a
 * seal covers it as it does every table, and one that is kept afterwards takes
 * a new seal. */
#ifndef NP_STORE_PLAN_H
#define NP_STORE_PLAN_H
#include "store/dossier.h"

/* Of one plan, octets. */
#define NP_PLAN_MAX ((size_t)256 << 20)

/* Keeps a plan in the place of the scenario's last one (NULL: of none).
 * *ret_sealed (may be NULL): the dossier has a seal, which covers it no more.
 * Commits. */
int np_dossier_keep_plan(struct np_dossier *d, const char *scenario,
			 const char *json, size_t n, bool *ret_sealed,
			 struct np_err *reterr);
/* The one that was kept last, with a NUL behind it; NULL: there is none. */
int np_dossier_plan(struct np_dossier *d, struct np_arena *mem,
		    const char **ret, size_t *ret_n);
/* The same of one scenario. */
int np_dossier_plan_of(struct np_dossier *d, const char *scenario,
		       struct np_arena *mem, const char **ret, size_t *ret_n);
/* Calls for each that is kept: the one of no scenario first (NULL), then by
 * name. Texts live until it returns; what it returns but 0 ends it. */
typedef int np_dossier_plan_fn(void *ctx, const char *scenario,
			       const char *json, size_t n);
int np_dossier_plans(struct np_dossier *d, np_dossier_plan_fn *fn, void *ctx);
/* Takes all of them out: a box that they name is not to be named any more. */
int np_dossier_forget_plans(struct np_dossier *d);
#endif
