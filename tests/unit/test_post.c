/* SPDX-License-Identifier: ISC */
/* Requests that bring something: what is none, and the limit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "proto/lib/post.h"

#define CUR(s) np_cur(s, sizeof(s) - 1)
#define LINE "POST /a/b HTTP/1.1\r\n"

static struct np_post p;

static void assert_none(struct np_cur c)
{
	assert_false(np_post(c, 1000, &p));
}

static void test_whole(void **state)
{
	struct np_cur c = CUR(LINE "content-TYPE: a/b; c \r\n"
				   "Content-Length: 4\r\n\r\nbody and more");
	(void)state;
	assert_true(np_post(c, 1000, &p));
	assert_true(p.whole);
	assert_false(p.relayed);
	assert_int_equal(p.path.left, 4);
	assert_memory_equal(p.path.p, "/a/b", 4);
	assert_int_equal(p.type.left, 6);
	assert_int_equal(p.body.left, 4);
	assert_int_equal(p.size, c.left - 9);
	assert_true(np_ahead(p.body, "body", 4));
}

static void test_part(void **state)
{
	(void)state;
	assert_true(np_post(CUR(LINE "Via: x\r\nContent-Length: 5\r\n\r\nbo"),
			    1000, &p));
	assert_false(p.whole);
	assert_true(p.relayed);
	assert_int_equal(p.body.left, 2);
}

static void test_none(void **state)
{
	(void)state;
	assert_none(CUR(""));
	assert_none(CUR("GET / HTTP/1.1\r\nContent-Length: 1\r\n\r\nx"));
	assert_none(CUR("POST / RTSP/1.0\r\nContent-Length: 1\r\n\r\nx"));
	assert_none(CUR(LINE "Content-Length: 1\r\n"));
	assert_none(CUR(LINE "\r\nx"));
	assert_none(CUR(LINE "Content-Length: x\r\n\r\nx"));
	assert_none(CUR(LINE "Content-Length: 1\r\n"
			     "Transfer-Encoding: chunked\r\n\r\nx"));
	assert_none(CUR(LINE "Content-Length: 1\r\n"
			     "Content-Encoding: gzip\r\n\r\nx"));
	assert_none(CUR(LINE "Content-Length: 9223372036854775807\r\n\r\nx"));
}

static void test_limit(void **state)
{
	struct np_cur c = CUR(LINE "Content-Length: 10\r\n\r\n");

	(void)state;
	assert_true(np_post(c, c.left + 10, &p));
	assert_false(np_post(c, c.left + 9, &p));
	assert_false(np_post(c, c.left - 1, &p));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_part),
		cmocka_unit_test(test_none),
		cmocka_unit_test(test_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
