/* SPDX-License-Identifier: ISC */
/* What became of a plan's boxes, by a fresh dossier and what its custody has.
 */
#include "cli/plan_track.h"
#include "compare/custody.h"
#include "store/custody.h"
#include "store/dossier.h"

static bool is_heard(const struct np_run *fresh, const char *id)
{
	for (size_t i = 0; i < fresh->devices.n; i++)
		if (strcmp(fresh->devices.v[i].id, id) == 0)
			return true;
	return false;
}

/* Custody first: a box that is out may have been heard before that day. One
 * that was heard after it is a question, and counts as heard. */
static void follow(const struct np_run *fresh, const struct np_custody *c,
		   const struct np_heard *heard, const struct np_box *x,
		   enum np_track_state *state, int32_t *out)
{
	const char *serial = x->device->serial;
	const struct np_serial *s = serial ? np_custody_of(c, serial) : NULL;

	*out = NP_NODAY;
	if (s && s->out != NP_NODAY && !heard[s - c->serials].again) {
		*state = NP_T_OUT;
		*out = s->out;
		return;
	}
	*state = is_heard(fresh, x->device->id) ? NP_T_HEARD : NP_T_UNHEARD;
}

int np_track(const char *dossier, const struct np_work *w, struct np_arena *mem,
	     struct np_track *ret, struct np_err *reterr)
{
	struct np_run fresh = {0};
	struct np_custody c = {.mem = mem};
	struct np_heard *heard = NULL;
	int rc;

	fresh.conf.dossier = dossier;
	fresh.conf.as_of = NP_NODAY;
	ret->state = np_zalloc(mem, (w->nboxes + 1) * sizeof(*ret->state));
	ret->out = np_alloc(mem, (w->nboxes + 1) * sizeof(*ret->out));
	rc = ret->state && ret->out ? np_run_dossier(&fresh, reterr)
				    : NP_ENOMEM;
	ret->as_of = fresh.conf.as_of;
	if (!rc)
		rc = np_dossier_custody(fresh.dossier, &c);
	if (!rc)
		rc = np_custody_settle(&c, fresh.conf.as_of);
	if (!rc)
		rc = np_custody_heard(&c, &fresh.devices, &heard);
	for (uint32_t i = 0; i < w->nboxes && !rc; i++)
		follow(&fresh, &c, heard, &w->box[i], &ret->state[i],
		       &ret->out[i]);
	np_run_free(&fresh);
	return rc;
}
