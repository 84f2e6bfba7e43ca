/* SPDX-License-Identifier: ISC */
/*
 * How many more there are, at least: by simulation, with a truth that is known.
 * With methods that hear independently of each other, equally well or not, and
 * with boxes that differ, the number holds in 95 of 100 runs and more; with
 * methods that do not, the warning comes. The rates are printed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>

#include "silence/silence.h"

#define RUNS 2000

/* splitmix64 (public domain, Vigna): the same numbers on every machine. */
static double draw(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return (double)((z ^ z >> 31) >> 11) / 9007199254740992.0;
}

struct world {
	const char *name;
	unsigned boxes, sites;
	size_t m;
	double p[NP_MAX_LISTS];
	double hard;   /* share of the boxes that are hard to hear … */
	double harder; /* … the odds of which are so many times less */
	/* The second method's odds where the first heard the box, over those
	 * where it did not: 1 is independent. */
	double ratio;
};

/* Which methods hear a box. */
static unsigned hear(const struct world *w, uint64_t *state)
{
	bool hard = draw(state) < w->hard;
	unsigned c = 0;

	for (size_t j = 0; j < w->m; j++) {
		double odds = w->p[j] / (1 - w->p[j]);

		if (hard)
			odds /= w->harder;
		if (j == 1)
			odds *= c & 1 ? sqrt(w->ratio) : 1 / sqrt(w->ratio);
		c |= draw(state) < odds / (1 + odds) ? 1u << j : 0;
	}
	return c;
}

struct rates {
	double holds, warns, avoids, tested, said, share;
};

static struct rates simulate(const struct world *w)
{
	struct np_lists v[16];
	struct rates r = {0};
	uint64_t state = w->boxes * 1000003u + (uint64_t)(w->ratio * 7919);

	for (unsigned run = 0; run < RUNS; run++) {
		struct np_least l;
		uint64_t missed = 0;

		memset(v, 0, sizeof(v));
		for (unsigned i = 0; i < w->boxes; i++) {
			struct np_lists *s = &v[i % w->sites];
			unsigned c = hear(w, &state);

			s->m = w->m;
			s->cell[c]++;
			missed += !c;
		}
		for (unsigned i = 0; i < w->sites; i++)
			v[i].m = w->m;
		np_least(v, w->sites, &l);
		assert_int_equal(l.seen, w->boxes - missed);
		r.holds += l.at_least <= missed;
		r.said += l.at_least > 0;
		r.share += missed ? (double)l.at_least / (double)missed : 0;
		r.warns += l.dependence == NP_DEP_TOGETHER;
		r.avoids += l.dependence == NP_DEP_AVOID;
		r.tested += l.dependence <= NP_DEP_AVOID;
	}
	r.holds /= RUNS;
	r.warns /= RUNS;
	r.avoids /= RUNS;
	r.tested /= RUNS;
	r.said /= RUNS;
	r.share /= RUNS;
	print_message("%-34s holds %.3f, says a number %.3f (%.2f of what is "
		      "missed), tested %.3f, warns: together %.3f, apart "
		      "%.3f\n",
		      w->name, r.holds, r.said, r.share, r.tested, r.warns,
		      r.avoids);
	return r;
}

static void test_independent(void **state)
{
	static const struct world worlds[] = {
		{"3 methods", 200, 1, 3, {.5, .4, .3}, 0, 1, 1},
		{"3 methods, small", 30, 1, 3, {.4, .5, .3}, 0, 1, 1},
		{"3 methods, tiny", 10, 1, 3, {.4, .5, .3}, 0, 1, 1},
		{"3 methods, unequal", 150, 1, 3, {.9, .2, .1}, 0, 1, 1},
		{"3 methods, strong", 50, 1, 3, {.9, .9, .9}, 0, 1, 1},
		{"3 methods, weak", 100, 1, 3, {.1, .1, .1}, 0, 1, 1},
		{"2 methods", 200, 1, 2, {.6, .3}, 0, 1, 1},
		{"2 methods, very unequal", 200, 1, 2, {.95, .1}, 0, 1, 1},
		{"2 methods, small", 30, 1, 2, {.5, .3}, 0, 1, 1},
		{"4 methods", 100, 1, 4, {.25, .25, .25, .25}, 0, 1, 1},
		{"5 methods", 1000, 1, 5, {.15, .1, .2, .05, .3}, 0, 1, 1},
		{"3 methods, 10 sites", 300, 10, 3, {.5, .4, .3}, 0, 1, 1},
		{"3 methods, 10 small sites", 80, 10, 3, {.6, .4, .3}, 0, 1, 1},
	};

	(void)state;
	for (size_t i = 0; i < NP_COUNT(worlds); i++) {
		struct rates r = simulate(&worlds[i]);

		assert_true(r.holds >= 0.95);
		assert_true(r.warns + r.avoids <= 0.06);
	}
}

/* Boxes that are hard to hear for every method make it smaller, not wrong. */
static void test_boxes_differ(void **state)
{
	static const struct world worlds[] = {
		{"3 methods, half are hard",
		 300,
		 1,
		 3,
		 {.6, .5, .4},
		 .5,
		 12,
		 1},
		{"2 methods, half are hard", 300, 1, 2, {.6, .5}, .5, 12, 1},
		{"4 methods, some very hard",
		 300,
		 1,
		 4,
		 {.6, .5, .4, .5},
		 .2,
		 100,
		 1},
	};

	(void)state;
	for (size_t i = 0; i < NP_COUNT(worlds); i++) {
		struct rates r = simulate(&worlds[i]);

		assert_true(r.holds >= 0.95);
	}
}

static void test_dependent(void **state)
{
	static const struct world same[] =
		{
			{"3 methods, hear the same",
			 300,
			 1,
			 3,
			 {.5, .5, .5},
			 0,
			 1,
			 9},
			{"3 methods, hear the same, unequal",
			 500,
			 1,
			 3,
			 {.6, .3, .4},
			 0,
			 1,
			 9},
			{"3 methods, most are hard",
			 1000,
			 1,
			 3,
			 {.7, .7, .7},
			 .6,
			 30,
			 1},
		},
				  apart[] = {
					  {"3 methods, hear others",
					   300,
					   1,
					   3,
					   {.5, .5, .5},
					   0,
					   1,
					   1. / 9},
					  {"4 methods, hear others",
					   500,
					   1,
					   4,
					   {.5, .4, .3, .4},
					   0,
					   1,
					   1. / 9},
				  };

	(void)state;
	for (size_t i = 0; i < NP_COUNT(same); i++) {
		struct rates r = simulate(&same[i]);

		assert_true(r.holds >= 0.95);
		assert_true(r.warns >= 0.95);
	}
	for (size_t i = 0; i < NP_COUNT(apart); i++) {
		struct rates r = simulate(&apart[i]);

		assert_true(r.avoids >= 0.95);
		/* where it comes no number is said, so none is wrong */
		assert_true(r.holds >= 0.95);
	}
}

/* Two methods: what Lincoln and Petersen have, corrected for few. */
static void test_by_hand(void **state)
{
	struct np_lists l = {.m = 2, .cell = {0, 40, 20, 19}};
	struct np_least r;

	(void)state;
	np_least(&l, 1, &r);
	assert_true(fabs(r.more - 40.0 * 20 / 20) < 1e-9);
	assert_int_equal(r.seen, 79);
	assert_int_equal(r.once, 60);
	assert_int_equal(r.twice, 19);
	assert_int_equal(r.dependence, NP_DEP_TWO);
	/* var = 40 + 40 (20/20)^2 + 20 (40/20)^2 + 19 (40/20)^2 = 236 */
	assert_true(fabs(r.error - sqrt(40 + 40 * 1 + 20 * 4 + 19 * 4)) < 1e-9);
	assert_int_equal(r.at_least, 19);
}

/* Equal methods: Chao's own form, (m - 1) / m Q1^2 / 2 (Q2 + 1). */
static void test_is_chao(void **state)
{
	struct np_lists l = {.m = 3, .cell = {0, 10, 10, 6, 10, 6, 6, 3}};
	struct np_least r;

	(void)state;
	np_least(&l, 1, &r);
	assert_true(fabs(r.more - 2. / 3 * 30 * 30 / (2 * 19)) < 1e-9);
}

static void test_nothing(void **state)
{
	struct np_lists one = {.m = 1, .cell = {0, 9}};
	struct np_lists apart = {.m = 2, .cell = {0, 9, 9, 0}};
	struct np_lists all = {.m = 3, .cell = {0, 0, 0, 0, 0, 0, 0, 40}};
	struct np_least r;

	(void)state;
	np_least(&one, 1, &r);
	assert_true(r.none && !r.at_least);
	np_least(&one, 0, &r);
	assert_true(r.none && !r.at_least);
	np_least(&apart, 1, &r);
	assert_true(r.none && !r.at_least);
	np_least(&all, 1, &r);
	assert_true(!r.none && !r.at_least);
	assert_int_equal(r.dependence, NP_DEP_FEW);
}

/* Values of R's fisher.test and phyper. */
static void test_fisher(void **state)
{
	double least;

	(void)state;
	assert_true(fabs(np_fisher(3, 1, 1, 3, &least) - 0.4857142857) < 1e-9);
	assert_true(fabs(least - 1. / 70) < 1e-9);
	assert_true(fabs(np_fisher(10, 2, 3, 15, &least) - 0.0005367241) <
		    1e-9);
	assert_true(fabs(np_hyper_most(50, 5, 10, 1) - 0.7418999792) < 1e-9);
	assert_true(fabs(np_hyper_least(50, 5, 10, 1) - 0.6894372180) < 1e-9);
	assert_true(np_fisher(0, 0, 0, 0, &least) == 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_by_hand),
		cmocka_unit_test(test_is_chao),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_fisher),
		cmocka_unit_test(test_independent),
		cmocka_unit_test(test_boxes_differ),
		cmocka_unit_test(test_dependent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
