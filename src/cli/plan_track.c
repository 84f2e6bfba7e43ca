/* SPDX-License-Identifier: ISC */
/* What became of a plan's boxes, by a fresh dossier and what its custody has.
 */
#include "cli/plan_track.h"
#include "compare/custody.h"
#include "plan/kept.h"
#include "store/custody.h"
#include "store/dossier.h"
#include <stdlib.h>
#include <string.h>

static int by_id(const void *a, const void *b, void *ctx)
{
	const struct np_work *w = ctx;

	return strcmp(w->box[*(const uint32_t *)a].device->id,
		      w->box[*(const uint32_t *)b].device->id);
}

static uint32_t find(const struct np_work *w, const uint32_t *order,
		     const char *id)
{
	uint32_t low = 0, high = w->nboxes;

	while (low < high) {
		uint32_t mid = low + (high - low) / 2;
		int d = strcmp(id, w->box[order[mid]].device->id);

		if (!d)
			return order[mid];
		if (d < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return NP_NO_BOX;
}

/* By which day the plan that was kept wanted each box out. */
static int read_planned(const struct np_work *w, struct np_kept kept,
			struct np_arena *mem, int32_t *planned,
			struct np_err *reterr)
{
	uint32_t *order = np_alloc(mem, (w->nboxes + 1) * sizeof(*order));
	struct np_kept_plan *plan = np_alloc(mem, sizeof(*plan));
	int rc = order && plan
			 ? np_kept_plan(kept.json, kept.n, mem, plan, reterr)
			 : NP_ENOMEM;

	if (rc)
		return rc;
	for (uint32_t i = 0; i < w->nboxes; i++)
		order[i] = i;
	qsort_r(order, w->nboxes, sizeof(*order), by_id, (void *)(uintptr_t)w);
	for (uint32_t i = 0; i < plan->nboxes; i++) {
		uint32_t at = find(w, order, plan->box[i].device);

		if (at != NP_NO_BOX)
			planned[at] = plan->box[i].planned.day;
	}
	return NP_OK;
}

int np_track(const char *dossier, const struct np_work *w, struct np_kept kept,
	     struct np_arena *mem, struct np_track *ret, struct np_err *reterr)
{
	struct np_run fresh = {0};
	struct np_custody c = {.mem = mem};
	struct np_heard *heard = NULL;
	int rc;

	fresh.conf.dossier = dossier;
	fresh.conf.as_of = NP_NODAY;
	ret->removal = np_zalloc(mem, (w->nboxes + 1) * sizeof(*ret->removal));
	ret->out = np_alloc(mem, (w->nboxes + 1) * sizeof(*ret->out));
	ret->planned = np_alloc(mem, (w->nboxes + 1) * sizeof(*ret->planned));
	rc = ret->removal && ret->out && ret->planned
		     ? np_run_dossier(&fresh, reterr)
		     : NP_ENOMEM;
	for (uint32_t i = 0; i < w->nboxes && !rc; i++)
		ret->planned[i] = NP_NODAY;
	ret->was_planned = kept.json != NULL;
	if (!rc && kept.json)
		rc = read_planned(w, kept, mem, ret->planned, reterr);
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
