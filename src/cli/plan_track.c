/* SPDX-License-Identifier: ISC */
/* What became of a plan's boxes, by a fresh dossier and what its custody has.
 */
#include "cli/plan_track.h"
#include "compare/custody.h"
#include "store/custody.h"
#include "store/dossier.h"

int np_track(const char *dossier, const struct np_work *w, struct np_arena *mem,
	     struct np_track *ret, struct np_err *reterr)
{
	struct np_run fresh = {0};
	struct np_custody c = {.mem = mem};
	struct np_heard *heard = NULL;
	int rc;

	fresh.conf.dossier = dossier;
	fresh.conf.as_of = NP_NODAY;
	ret->removal = np_zalloc(mem, (w->nboxes + 1) * sizeof(*ret->removal));
	ret->out = np_alloc(mem, (w->nboxes + 1) * sizeof(*ret->out));
	rc = ret->removal && ret->out ? np_run_dossier(&fresh, reterr)
				      : NP_ENOMEM;
	ret->as_of = fresh.conf.as_of;
	if (!rc)
		rc = np_dossier_custody(fresh.dossier, &c);
	if (!rc)
		rc = np_custody_settle(&c, fresh.conf.as_of);
	if (!rc)
		rc = np_custody_heard(&c, &fresh.devices, &heard);
	for (uint32_t i = 0; i < w->nboxes && !rc; i++)
		ret->removal[i] = np_custody_removal(
			&c, heard, &fresh.devices, w->box[i].device->id,
			w->box[i].device->serial, &ret->out[i]);
	np_run_free(&fresh);
	return rc;
}
