/* SPDX-License-Identifier: ISC */
/* Protocol Buffers: each kind of field, and what is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "proto/lib/protobuf.h"

#define CUR(s) np_cur(s, sizeof(s) - 1)

static void test_fields(void **state)
{
	struct np_cur c = CUR("\x08\xac\x02"
			      "\x11"
			      "12345678"
			      "\x1a\x02hi"
			      "\x25"
			      "1234"
			      "\x80\x01\x01"
			      "\x08\x07");
	struct np_pb f;

	(void)state;
	assert_true(np_pb_find(c, 1, &f));
	assert_int_equal(f.value, 7);
	assert_true(np_pb_next(&c, &f));
	assert_int_equal(f.number, 1);
	assert_int_equal(f.value, 300);
	assert_true(f.v.cut);
	assert_true(np_pb_next(&c, &f));
	assert_int_equal(f.number, 2);
	assert_true(np_pb_next(&c, &f));
	assert_int_equal(f.v.left, 2);
	assert_true(np_pb_next(&c, &f));
	assert_int_equal(f.number, 4);
	assert_true(np_pb_next(&c, &f));
	assert_int_equal(f.number, 16);
	assert_true(np_pb_next(&c, &f));
	assert_false(np_pb_next(&c, &f));
	assert_false(c.cut);
}

static void assert_broken(struct np_cur c)
{
	struct np_pb f;

	while (np_pb_next(&c, &f))
		;
	assert_true(c.cut);
}

static void test_broken(void **state)
{
	struct np_pb f;

	(void)state;
	assert_broken(CUR("\x08"));
	assert_broken(CUR("\x08\x80"));
	assert_broken(CUR("\x1a\x03hi"));
	assert_broken(CUR("\x1a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01hi"));
	assert_broken(CUR("\x0b\x01"));
	assert_broken(CUR("\x02\x00"));
	assert_broken(CUR("\x11"
			  "1234567"));
	assert_broken(CUR("\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"));
	assert_broken(CUR("\x88\x80\x80\x80\x80\x01\x01"));
	assert_false(np_pb_find(CUR("\x08\x01\x0b"), 1, &f));
	assert_false(np_pb_find(CUR("\x08\x01"), 2, &f));
	assert_false(np_pb_find((struct np_cur){0}, 1, &f));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_broken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
