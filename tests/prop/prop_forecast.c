/* SPDX-License-Identifier: ISC */
/*
 * Does the forecast's interval hold as often as it says? Histories are made by
 * chance, cut off somewhere, forecast, and played to their end. A design is a
 * number of boxes, how they come (one by one; one and some more; in heaps; in
 * fives), the crews' rhythm (any day; five days of seven; one week of three, by
 * chance), how long it takes and how much of that has passed when somebody
 * asks. Of each, nine of ten intervals have to hold the day, less three
 * standard errors; of all together no fewer than nine of ten, and each end may
 * be missed by no more than one of twenty. An interval that always holds would
 * be too wide to be of use: of all together no more than 98 of a hundred.
 *
 * prop_forecast [HISTORIES [SEED]]
 */
#include "plan/burndown.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define MOST 400
#define LONGEST 40000 /* days */
#define FROM 1000

enum rhythm { ANY_DAY, FIVE_DAYS, WEEKS, RHYTHMS };

struct design {
	uint32_t boxes;
	double passed; /* of the time it takes */
	unsigned heap;
	double weeks;
	enum rhythm rhythm;
};

struct tally {
	unsigned said, in, early, late; /* the day was, of the interval */
};

static uint64_t seed;

static double chance(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return ((double)(seed >> 11) + 0.5) / 9007199254740992.0;
}

static unsigned by_rate(double rate)
{
	double least = exp(-rate), left = chance();
	unsigned n = 0;

	while (left > least) {
		left *= chance();
		n++;
	}
	return n;
}

static const double heaps[] = {1, 2, 4, 5}; /* boxes at a visit, on average */

static unsigned heap_of(unsigned how)
{
	unsigned n = 1;

	switch (how) {
	case 0:
		return 1;
	case 1:
		return 1 + by_rate(1);
	case 2:
		while (chance() > 0.25)
			n++;
		return n;
	default:
		return 5;
	}
}

/* The day on which each box is out; the last of them. */
static int32_t history(const struct design *d, struct np_burn_box *v)
{
	double rate = d->boxes / heaps[d->heap] / (7 * d->weeks);
	uint32_t out = 0;
	bool here = false;
	int32_t day;

	for (day = 0; out < d->boxes && day < LONGEST; day++) {
		double today = rate;

		if (day % 7 == 0)
			here = chance() < 1.0 / 3;
		if (d->rhythm == FIVE_DAYS)
			today = day % 7 < 5 ? rate * 7 / 5 : 0;
		if (d->rhythm == WEEKS)
			today = here ? rate * 3 : 0;
		for (unsigned i = by_rate(today); i; i--)
			for (unsigned k = heap_of(d->heap); k && out < d->boxes;
			     k--)
				v[out++].out = FROM + day;
	}
	return FROM + day - 1;
}

static void play(const struct design *d, struct tally *t)
{
	static struct np_burn_box v[MOST];
	struct np_arena mem = np_arena((size_t)1 << 20);
	struct np_burn_ask a = {v, d->boxes, FROM, FROM, FROM};
	struct np_burndown b;
	int32_t last = history(d, v);

	for (uint32_t i = 0; i < d->boxes; i++)
		v[i].date = v[i].planned = NP_NODAY;
	a.as_of += (int32_t)(7 * d->weeks * d->passed) - 1;
	if (np_burndown(&a, &mem, &b, NULL) != 0)
		abort();
	if (b.forecast.state == NP_FC_SAID) {
		const struct np_forecast *f = &b.forecast;
		bool early = last < f->soonest;
		bool late = f->latest != NP_NODAY && last > f->latest;

		t->said++;
		t->early += early;
		t->late += late;
		t->in += !early && !late;
		if (f->day < f->soonest ||
		    (f->latest != NP_NODAY && f->day > f->latest))
			abort();
	}
	np_arena_free(&mem);
}

static void add(struct tally *to, const struct tally *t)
{
	to->said += t->said;
	to->in += t->in;
	to->early += t->early;
	to->late += t->late;
}

/* Every design that says anything in a quarter of its histories. */
static unsigned designs(unsigned histories, struct tally *all,
			unsigned *ret_wrong)
{
	static const uint32_t boxes[] = {10, 30, 100, MOST};
	static const double passed[] = {0.1, 0.25, 0.5, 0.8};
	static const double weeks[] = {40, 100};
	unsigned n = 0;

	for (unsigned i = 0; i < 4 * 4 * 4 * 2 * RHYTHMS; i++) {
		const struct design d = {boxes[i % 4], passed[i / 4 % 4],
					 i / 16 % 4, weeks[i / 64 % 2],
					 (enum rhythm)(i / 128)};
		struct tally t = {0};
		double least;

		for (unsigned k = 0; k < histories; k++)
			play(&d, &t);
		add(all, &t);
		if (t.said < histories / 4)
			continue;
		n++;
		least = 0.9 - 3 * sqrt(0.09 / t.said);
		if (t.in >= least * t.said)
			continue;
		++*ret_wrong;
		printf("# %u boxes, %.2f passed, heap %u, %.0f weeks, rhythm "
		       "%d: %u of %u\n",
		       d.boxes, d.passed, d.heap, d.weeks, (int)d.rhythm, t.in,
		       t.said);
	}
	return n;
}

static void said(int n, bool ok, const char *what)
{
	printf("%sok %d - %s\n", ok ? "" : "not ", n, what);
}

int main(int argc, char **argv)
{
	unsigned histories =
		argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 100;
	struct tally all = {0};
	unsigned wrong = 0, n;

	seed = argc > 2 ? strtoull(argv[2], NULL, 10) | 1 : 88172645463325253;
	n = designs(histories, &all, &wrong);
	printf("# %u designs, %u forecasts: %.4f hold the day, %.4f are too "
	       "late for it, %.4f too early\n",
	       n, all.said, (double)all.in / all.said,
	       (double)all.early / all.said, (double)all.late / all.said);
	said(1, n >= 200, "two hundred designs or more");
	said(2, !wrong, "each holds as often as it says");
	said(3, all.in >= 0.9 * all.said && all.in <= 0.98 * all.said,
	     "all together do, and are not always right");
	said(4, all.early <= 0.05 * all.said && all.late <= 0.05 * all.said,
	     "so does each end");
	puts("1..4");
	return n < 200 || wrong || all.in < 0.9 * all.said ||
	       all.in > 0.98 * all.said || all.early > 0.05 * all.said ||
	       all.late > 0.05 * all.said;
}
