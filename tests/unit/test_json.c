/* SPDX-License-Identifier: ISC */
/* The JSON reader: its words, and each limit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "proto/lib/json.h"

#define CUR(s) np_cur(s, sizeof(s) - 1)

static void assert_none(struct np_cur c)
{
	assert_null(np_json_open(c));
}

static void test_values(void **state)
{
	struct np_arena mem = np_arena(1024);
	const struct np_json *j = np_json_open(CUR(
		" \r\n{\"a\":\"x\\\"}\",\"b\":[1,{\"c\":\"\"}],\"A\":2}--"));
	const struct np_json *b = np_json_member(j, "b");
	struct np_cur text = np_json_text(np_json_member(j, "a"), &mem);

	(void)state;
	assert_true(np_json_is_object(j));
	assert_int_equal(text.left, 3);
	assert_memory_equal(text.p, "x\"}", 3);
	assert_string_equal(np_json_name(np_json_first(j)), "a");
	assert_false(np_json_is_object(b));
	assert_null(np_json_name(np_json_first(b)));
	assert_true(np_json_text(np_json_first(b), &mem).cut);
	b = np_json_next(np_json_first(b));
	assert_true(np_json_text(np_json_member(b, "c"), &mem).cut);
	assert_null(np_json_next(b));
	np_json_close(j);
	np_arena_free(&mem);
}

static void test_nothing(void **state)
{
	struct np_arena mem = np_arena(0);

	(void)state;
	assert_null(np_json_member(NULL, "a"));
	assert_null(np_json_first(NULL));
	assert_null(np_json_next(NULL));
	assert_null(np_json_name(NULL));
	assert_false(np_json_is_object(NULL));
	assert_true(np_json_text(NULL, &mem).cut);
	np_json_close(NULL);
}

static void test_broken(void **state)
{
	(void)state;
	assert_none(CUR(""));
	assert_none(CUR("12"));
	assert_none(CUR("\"a\""));
	assert_none(CUR("{\"a\":1"));
	assert_none(CUR("{\"a\":\"x}"));
	assert_none(CUR("{\"a\\"));
	assert_none(CUR("{a}"));
	assert_none(CUR("[1 2]"));
	assert_none((struct np_cur){.cut = true});
}

/* One to the limit, and one over it. */
static void test_limits(void **state)
{
	static uint8_t p[NP_JSON_SIZE + 1];
	const struct np_json *j;

	(void)state;
	memset(p, ' ', sizeof(p));
	p[0] = '[';
	p[NP_JSON_SIZE - 1] = p[NP_JSON_SIZE] = ']';
	j = np_json_open(np_cur(p, NP_JSON_SIZE));
	assert_non_null(j);
	np_json_close(j);
	p[NP_JSON_SIZE - 1] = ' ';
	assert_none(np_cur(p, NP_JSON_SIZE + 1));

	memset(p, '[', NP_JSON_DEPTH + 1);
	memset(p + NP_JSON_DEPTH, ']', NP_JSON_DEPTH);
	j = np_json_open(np_cur(p, (size_t)2 * NP_JSON_DEPTH));
	assert_non_null(j);
	np_json_close(j);
	memset(p, '[', NP_JSON_DEPTH + 1);
	memset(p + NP_JSON_DEPTH + 1, ']', NP_JSON_DEPTH + 1);
	assert_none(np_cur(p, (size_t)2 * NP_JSON_DEPTH + 2));

	const size_t n = NP_JSON_VALUES - 2; /* commas */

	for (size_t i = 0; i < n + 2; i++) {
		p[1 + 2 * i] = '1';
		p[2 + 2 * i] = ',';
	}
	p[2 + 2 * n] = ']';
	j = np_json_open(np_cur(p, 3 + 2 * n));
	assert_non_null(j);
	np_json_close(j);
	p[2 + 2 * n] = ',';
	p[4 + 2 * n] = ']';
	assert_none(np_cur(p, 5 + 2 * n));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_broken),
		cmocka_unit_test(test_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
