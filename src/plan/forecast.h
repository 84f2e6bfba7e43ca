/* SPDX-License-Identifier: ISC */
#ifndef NP_PLAN_FORECAST_H
#define NP_PLAN_FORECAST_H
#include "plan/burndown.h"

/* When all will be out. NP_ENOMEM. */
int np_forecast(const struct np_burn_ask *a, struct np_arena *mem,
		struct np_forecast *ret);
#endif
