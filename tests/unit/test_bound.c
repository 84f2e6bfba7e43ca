/* SPDX-License-Identifier: ISC */
/* The bound against values that are known in closed form or exactly. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "core/bound.h"

static void near(uint32_t k, uint32_t n, double wanted)
{
	assert_true(fabs(np_bound(k, n) - wanted) < 5e-7);
}

/* All right: p^n = 0.05. One right: 1 - (1 - p)^n = 0.05. */
static void test_closed_form(void **state)
{
	(void)state;
	near(1, 1, 0.05);
	near(54, 54, pow(0.05, 1.0 / 54));
	near(1000000, 1000000, pow(0.05, 1e-6));
	near(1, 20, 1 - pow(0.95, 1.0 / 20));
	near(1, 1000000, -expm1(log(0.95) / 1e6));
}

/* Quantiles of the beta distribution, B(0.05; k, n - k + 1), by sums of exact
 * fractions. */
static void test_exact(void **state)
{
	(void)state;
	near(5, 10, 0.2224411);
	near(9, 10, 0.6058367);
	near(17, 22, 0.5802001);
	near(95, 100, 0.8977466);
	near(320, 336, 0.9285710);
}

static void test_none(void **state)
{
	(void)state;
	assert_true(np_bound(0, 0) == 0);
	assert_true(np_bound(0, 100) == 0);
	assert_true(np_bound(2, 1) == 0);
	assert_true(np_bound(1, NP_BOUND_MAX + 1) == 0);
}

/* More right ones let one say more, more cases of one share too. */
static void test_order(void **state)
{
	(void)state;
	for (uint32_t k = 1; k <= 40; k++)
		assert_true(np_bound(k, 40) > np_bound(k - 1, 40));
	for (uint32_t n = 10; n <= 10000; n *= 10) {
		double least = np_bound(n / 10 * 9, n);

		assert_true(least < 0.9);
		assert_true(np_bound(n * 9, n * 10) > least);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_closed_form),
		cmocka_unit_test(test_exact),
		cmocka_unit_test(test_none),
		cmocka_unit_test(test_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
