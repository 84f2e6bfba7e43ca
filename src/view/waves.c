/* SPDX-License-Identifier: ISC */
/* The wave of each box, by the plan that the dossier keeps. */
#include "plan/kept.h"
#include "view/drawn.h"

uint32_t np_view_device(const struct np_view_in *in, const char *id)
{
	const struct np_devices *d = in->report->devices;
	const struct np_device *at = np_device_of(d, id);

	return at ? (uint32_t)(at - d->v) : NP_NO_DEVICE;
}

int np_view_waves(const struct np_view_in *in, struct np_view_box *box)
{
	struct np_arena mem = np_arena((size_t)1 << 30);
	struct np_kept_plan plan;
	int rc = in->plan
			 ? np_kept_plan(in->plan, in->plan_n, &mem, &plan, NULL)
			 : NP_EINPUT;

	for (uint32_t i = 0; !rc && i < plan.nboxes; i++) {
		uint32_t d = np_view_device(in, plan.box[i].device);

		if (d != NP_NO_DEVICE)
			box[d].wave = plan.box[i].removed;
	}
	np_arena_free(&mem);
	/* One that cannot be read is said to be so where it would be drawn. */
	return rc == NP_ENOMEM ? rc : NP_OK;
}
