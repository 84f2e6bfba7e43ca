/* SPDX-License-Identifier: ISC */
/* Burn-down by hand: three lines, and the forecast's ends. */
#include "plan/burndown.h"
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define FROM 100 /* the plan's first day */

static struct np_burn_box boxes[] = {
	{"a", 500, 109, 90, 105},
	{"b", 300, 109, 140, 112},
	{"c", 200, NP_NODAY, NP_NODAY, NP_NODAY},
	{"d", 100, 119, 119, 95},
};

static struct np_burn_ask ask(int32_t as_of)
{
	return (struct np_burn_ask){boxes, 4, FROM, 129, as_of};
}

static void same(const struct np_burn_line *l, size_t n,
		 const struct np_burn_point *want)
{
	assert_int_equal(l->n, n);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(l->v[i].day, want[i].day);
		assert_int_equal(l->v[i].boxes, want[i].boxes);
		assert_int_equal(l->v[i].weight, want[i].weight);
	}
}

/* What passed before the plan began stands on its first day; the actual line
 * ends where nobody knows more, the others with the last date. */
static void test_lines(void **state)
{
	static const struct np_burn_point planned[] = {
		{100, 4, 1100}, {109, 2, 300}, {119, 1, 200}, {140, 1, 200}};
	static const struct np_burn_point actual[] = {
		{100, 3, 1000}, {105, 2, 500}, {112, 1, 200}, {125, 1, 200}};
	static const struct np_burn_point deadline[] = {
		{100, 3, 600}, {119, 2, 500}, {140, 1, 200}};
	struct np_arena mem = np_arena(1 << 16);
	const struct np_burn_ask a = ask(125);
	struct np_burndown b;

	(void)state;
	assert_int_equal(np_burndown(&a, &mem, &b, NULL), 0);
	assert_int_equal(b.boxes, 4);
	assert_int_equal(b.weight, 1100);
	same(&b.line[NP_BURN_PLANNED], 4, planned);
	same(&b.line[NP_BURN_ACTUAL], 4, actual);
	same(&b.line[NP_BURN_DEADLINE], 3, deadline);
	assert_int_equal(np_burn_at(&b, NP_BURN_PLANNED, 108).boxes, 4);
	assert_int_equal(np_burn_at(&b, NP_BURN_PLANNED, 109).boxes, 2);
	assert_int_equal(np_burn_at(&b, NP_BURN_ACTUAL, 111).weight, 500);
	assert_int_equal(np_burn_at(&b, NP_BURN_DEADLINE, 99).boxes, 4);
	assert_int_equal(np_burn_at(&b, NP_BURN_DEADLINE, 999).boxes, 1);
	np_arena_free(&mem);
}

/* What is out later than the day that it is known of is not out yet. */
static void test_as_of(void **state)
{
	struct np_arena mem = np_arena(1 << 16);
	struct np_burn_ask a = ask(107);
	struct np_burndown b;

	(void)state;
	assert_int_equal(np_burndown(&a, &mem, &b, NULL), 0);
	assert_int_equal(b.line[NP_BURN_ACTUAL].n, 3);
	assert_int_equal(b.line[NP_BURN_ACTUAL].v[2].boxes, 2);
	assert_int_equal(b.forecast.state, NP_FC_EARLY);
	a = ask(97);
	assert_int_equal(np_burndown(&a, &mem, &b, NULL), 0);
	assert_int_equal(b.line[NP_BURN_ACTUAL].n, 1);
	assert_int_equal(b.line[NP_BURN_ACTUAL].v[0].day, 97);
	assert_int_equal(b.line[NP_BURN_ACTUAL].v[0].boxes, 3);
	a.as_of = NP_NODAY;
	assert_int_equal(np_burndown(&a, &mem, &b, NULL), 0);
	assert_int_equal(b.line[NP_BURN_ACTUAL].n, 0);
	assert_int_equal(b.forecast.state, NP_FC_UNKNOWN);
	a = (struct np_burn_ask){NULL, 0, FROM, 129, 110};
	assert_int_equal(np_burndown(&a, &mem, &b, NULL), 0);
	assert_int_equal(b.forecast.state, NP_FC_DONE);
	assert_int_equal(b.line[NP_BURN_PLANNED].n, 2);
	np_arena_free(&mem);
}

/* Ten of twenty out on every fourth of forty days: counts vary less than
 * chance, so the ends are those of the closed form. q(0.05) of Beta(10, 11) is
 * 0.3019539, q(0.95) of Beta(10, 10) is 0.6799135 (by sums of exact fractions):
 * 40 x/(1 - x) days. */
static void test_forecast(void **state)
{
	struct np_arena mem = np_arena(1 << 16);
	struct np_burn_box v[20];
	const struct np_burn_ask a = {v, 20, FROM, 200, FROM + 39};
	struct np_burndown b;

	(void)state;
	for (int i = 0; i < 20; i++)
		v[i] = (struct np_burn_box){"x", 100, NP_NODAY, NP_NODAY,
					    i < 10 ? FROM + 4 * i + 1
						   : NP_NODAY};
	assert_int_equal(np_burndown(&a, &mem, &b, NULL), 0);
	assert_int_equal(b.forecast.state, NP_FC_SAID);
	assert_int_equal(b.forecast.day, a.as_of + 40);
	assert_int_equal(b.forecast.soonest, a.as_of + 17);
	assert_int_equal(b.forecast.latest, a.as_of + 85);
	np_arena_free(&mem);
}

/* Out of memory at every step. */
static void test_memory(void **state)
{
	const struct np_burn_ask a = ask(125);
	int rc = NP_ENOMEM;

	(void)state;
	for (size_t limit = 0; rc == NP_ENOMEM; limit += 8) {
		struct np_arena mem = np_arena(limit);
		struct np_burndown b;

		rc = np_burndown(&a, &mem, &b, NULL);
		assert_true(rc == NP_ENOMEM || !rc);
		np_arena_free(&mem);
		assert_true(limit < 4096);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_as_of),
		cmocka_unit_test(test_forecast),
		cmocka_unit_test(test_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
