/* SPDX-License-Identifier: ISC */
/* The three lines. */
#include "plan/burndown.h"
#include "plan/forecast.h"
#include <stdlib.h>

const char *np_burn_name(enum np_burn_series s)
{
	static const char *const names[] = {
		[NP_BURN_PLANNED] = "planned",
		[NP_BURN_ACTUAL] = "actual",
		[NP_BURN_DEADLINE] = "deadline",
	};

	return names[s];
}

/* A day on which a box leaves a line. */
struct fall {
	int32_t day;
	int64_t weight;
};

static int by_day(const void *a, const void *b)
{
	const struct fall *x = a, *y = b;

	return (x->day > y->day) - (x->day < y->day);
}

static int32_t day_of(const struct np_burn_box *x, enum np_burn_series s)
{
	return s == NP_BURN_PLANNED  ? x->planned
	       : s == NP_BURN_ACTUAL ? x->out
				     : x->date;
}

/* What falls, by day; what fell before the line's first day falls on it, and
 * what falls behind its last is not there. */
static size_t falls(const struct np_burn_ask *a, enum np_burn_series s,
		    int32_t first, int32_t last, struct fall *to)
{
	size_t n = 0;

	for (size_t i = 0; i < a->n; i++) {
		int32_t day = day_of(&a->box[i], s);

		if (day == NP_NODAY || day > last)
			continue;
		to[n].day = day < first ? first : day;
		to[n++].weight = a->box[i].weight;
	}
	if (n)
		qsort(to, n, sizeof(*to), by_day);
	return n;
}

static int draw(const struct fall *f, size_t n, int32_t first, int32_t last,
		struct np_arena *mem, const struct np_burndown *b,
		struct np_burn_line *ret)
{
	struct np_burn_point *v = np_alloc(mem, (n + 2) * sizeof(*v));
	struct np_burn_point left = {first, b->boxes, b->weight};
	size_t at = 0;

	if (!v)
		return NP_ENOMEM;
	ret->v = v;
	for (size_t i = 0; i < n; i++) {
		if (f[i].day > left.day) {
			v[at++] = left;
			left.day = f[i].day;
		}
		left.boxes--;
		left.weight -= f[i].weight;
	}
	v[at++] = left;
	left.day = last;
	if (last > v[at - 1].day)
		v[at++] = left;
	ret->n = at;
	return NP_OK;
}

/* The last day of anything: the lines end together, but for what is only known
 * up to a day. */
static int32_t end_of(const struct np_burn_ask *a)
{
	int32_t end = a->until;

	for (size_t i = 0; i < a->n; i++) {
		const struct np_burn_box *x = &a->box[i];

		end = x->date != NP_NODAY && x->date > end ? x->date : end;
		end = x->planned != NP_NODAY && x->planned > end ? x->planned
								 : end;
	}
	return a->as_of != NP_NODAY && a->as_of > end ? a->as_of : end;
}

int np_burndown(const struct np_burn_ask *a, struct np_arena *mem,
		struct np_burndown *ret, struct np_err *reterr)
{
	int32_t end = end_of(a);
	struct fall *f;
	int rc = NP_OK;

	*ret = (struct np_burndown){.boxes = (uint32_t)a->n};
	if (a->n > NP_BURN_BOXES)
		return np_fail(reterr, NP_ELIMIT, "boxes of a burn-down", "",
			       NP_BURN_BOXES);
	f = np_alloc(mem, (a->n + 1) * sizeof(*f));
	if (!f)
		return NP_ENOMEM;
	for (size_t i = 0; i < a->n; i++)
		ret->weight += a->box[i].weight;
	for (unsigned s = 0; s < NP_BURN_NSERIES && !rc; s++) {
		int32_t last = s == NP_BURN_ACTUAL ? a->as_of : end;
		int32_t first = last < a->from ? last : a->from;

		if (last == NP_NODAY)
			continue;
		rc = draw(f, falls(a, s, first, last, f), first, last, mem, ret,
			  &ret->line[s]);
	}
	return rc ? rc : np_forecast(a, mem, &ret->forecast);
}

struct np_burn_point np_burn_at(const struct np_burndown *b,
				enum np_burn_series s, int32_t day)
{
	const struct np_burn_line *l = &b->line[s];
	struct np_burn_point p = {day, b->boxes, b->weight};
	size_t low = 0, high = l->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (l->v[mid].day <= day)
			low = mid + 1;
		else
			high = mid;
	}
	if (low) {
		p = l->v[low - 1];
		p.day = day;
	}
	return p;
}
