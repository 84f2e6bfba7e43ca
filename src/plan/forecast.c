/* SPDX-License-Identifier: ISC */
/*
 * When all will be out, from the k boxes that went out on the T days since the
 * plan began, m being left. If boxes went out one by one and by chance at one
 * rate, the share of the time still to come in the whole time would lie between
 *
 *   q(0.05) of Beta(m, k + 1)  and  q(0.95) of Beta(m, k):
 *
 * when somebody looks is neither the k-th removal nor the next, and those two
 * are the ends. Both are Clopper and Pearson's bound (core/bound.h): the first
 * that of m out of m + k, the second one less that of k out of m + k - 1.
 *
 * Boxes go out several at a visit, and crews come for some weeks and not for
 * others. So both numbers are divided by how many times more the counts vary
 * than chance alone would have them (variance over mean: of days, or of weeks
 * where that is more; never below 1), and rounded to where the interval is
 * wider. No history before the plan, no season and no plan enters: it says what
 * comes if nothing changes. tests/prop/prop_forecast.c asks how often it holds.
 */
#include "plan/forecast.h"
#include "core/bound.h"
#include <math.h>
#include <stdlib.h>

#define WEEK 7
#define DAYS_MOST 36500 /* ahead; more is no forecast */

struct history {
	int32_t *day; /* of each box that went out: 0 is the plan's first */
	uint32_t k, m, visits;
	int32_t days; /* of which the last is the day that it is known of */
};

const char *np_forecast_name(enum np_forecast_state s)
{
	static const char *const names[] = {
		[NP_FC_UNKNOWN] = "unknown",
		[NP_FC_EARLY] = "early",
		[NP_FC_SAID] = "said",
		[NP_FC_DONE] = "done",
	};

	return names[s];
}

static int by_day(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return (x > y) - (x < y);
}

/* What was out before the plan began says nothing of its rate. */
static int look_back(const struct np_burn_ask *a, struct np_arena *mem,
		     struct history *h)
{
	*h = (struct history){.days = a->as_of - a->from + 1};
	h->day = np_alloc(mem, (a->n + 1) * sizeof(*h->day));
	if (!h->day)
		return NP_ENOMEM;
	for (size_t i = 0; i < a->n; i++) {
		int32_t out = a->box[i].out;

		if (out == NP_NODAY || out > a->as_of)
			h->m++;
		else if (out >= a->from)
			h->day[h->k++] = out - a->from;
	}
	if (h->k)
		qsort(h->day, h->k, sizeof(*h->day), by_day);
	for (uint32_t i = 0; i < h->k; i++)
		h->visits += !i || h->day[i] != h->day[i - 1];
	return NP_OK;
}

/* Variance over mean of the counts of so many days each; the last of them ends
 * with the history. */
static double spread(const struct history *h, int32_t days)
{
	double bins = floor((double)h->days / days), n = 0, sum = 0, square = 0;
	int32_t skipped = h->days % days, bin = -1;

	for (uint32_t i = 0; i < h->k; i++) {
		if (h->day[i] < skipped)
			continue;
		if ((h->day[i] - skipped) / days != bin) {
			square += n * n;
			bin = (h->day[i] - skipped) / days;
			n = 0;
		}
		n++;
		sum++;
	}
	square += n * n;
	if (bins < 2 || sum < 1)
		return 1;
	return (square - sum * sum / bins) / (bins - 1) / (sum / bins);
}

/* The day on which the share of the time to come is over. */
static int32_t after(const struct history *h, int32_t as_of, double share,
		     bool up)
{
	double days = share < 1 ? h->days * share / (1 - share) : INFINITY;

	days = up ? ceil(days) : floor(days);
	days = days < 1 ? 1 : days;
	return days <= DAYS_MOST ? as_of + (int32_t)days : NP_NODAY;
}

int np_forecast(const struct np_burn_ask *a, struct np_arena *mem,
		struct np_forecast *ret)
{
	struct history h;
	double wild;
	int rc;

	*ret = (struct np_forecast){NP_FC_UNKNOWN, NP_NODAY, NP_NODAY,
				    NP_NODAY};
	if (a->as_of == NP_NODAY)
		return NP_OK;
	rc = look_back(a, mem, &h);
	if (rc)
		return rc;
	ret->state = !h.m ? NP_FC_DONE
		     : h.visits < NP_FC_VISITS || h.days < NP_FC_WEEKS * WEEK
			     ? NP_FC_EARLY
			     : NP_FC_SAID;
	if (ret->state != NP_FC_SAID)
		return NP_OK;
	wild = fmax(1, fmax(spread(&h, 1), spread(&h, WEEK)));
	wild = fmin(wild, h.k);
	uint32_t k[] = {(uint32_t)floor(h.k / wild),
			(uint32_t)ceil(h.k / wild)};
	uint32_t m[] = {(uint32_t)floor(h.m / wild),
			(uint32_t)ceil(h.m / wild)};

	ret->day = after(&h, a->as_of, (double)h.m / (h.m + h.k), true);
	ret->soonest = after(&h, a->as_of, np_bound(m[0], m[0] + k[1]), false);
	ret->latest =
		after(&h, a->as_of, 1 - np_bound(k[0], m[1] + k[0] - 1), true);
	return NP_OK;
}
