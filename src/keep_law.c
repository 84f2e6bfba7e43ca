/* SPDX-License-Identifier: ISC */
/* What a run states goes into its dossier; what earlier ones stated comes out
 * of it, and is held against the law of today. */
#include "keep.h"
#include "store/dossier.h"

int np_keep_statement(struct np_run *r)
{
	const struct np_stated *v;
	size_t n;
	int rc = np_state(r->law, &r->devices, &r->findings, r->conf.as_of,
			  &r->mem, &v, &n);

	return rc ? rc : np_dossier_state(r->dossier, v, n);
}

int np_recall_stale(struct np_run *r, struct np_stales *ret)
{
	const struct np_stated *v;
	size_t n;
	int rc = np_dossier_stated(r->dossier, &r->mem, &v, &n);

	*ret = (struct np_stales){0};
	if (rc || !n)
		return rc;
	return np_stale(r->law, &r->devices, &r->findings, r->conf.as_of, v, n,
			&r->mem, ret);
}
