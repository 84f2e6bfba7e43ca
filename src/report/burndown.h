/* SPDX-License-Identifier: ISC */
/* A burn-down as it is shown, and that of a plan which a dossier keeps. */
#ifndef NP_REPORT_BURNDOWN_H
#define NP_REPORT_BURNDOWN_H
#include "core/buf.h"
#include "device/device.h"
#include "plan/burndown.h"
#include "store/dossier.h"

/* Of a plan (nameplate.plan/1), with the removals that the dossier's own
 * custody has as of that day, where it has any; `devices` are the dossier's.
 * NP_EINPUT: it is no such plan. */
int np_burn_dossier(const char *plan, size_t n, struct np_dossier *d,
		    const struct np_devices *devices, int32_t as_of,
		    struct np_arena *mem, struct np_burndown *ret,
		    struct np_err *reterr);

/* An object: boxes, weight, series, forecast. */
void np_put_burndown(struct np_buf *b, const struct np_burndown *x);
/* "all out by 2027-11-02 …": a sentence without its full stop. */
void np_put_forecast(struct np_buf *b, const struct np_forecast *f);
#endif
