/* SPDX-License-Identifier: ISC */
/* Cursor, arena, buffer, text for eyes and machines, time, prefixes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/arena.h"
#include "core/buf.h"
#include "core/cur.h"
#include "core/prefixes.h"
#include "core/table.h"
#include "core/term.h"
#include "core/time.h"
#include "core/utf8.h"
#include "core/yaml.h"
#include <stdlib.h>

static void test_a_cut_cursor_stays_cut(void **state)
{
	struct np_cur c = np_cur("\x01\x02\x03", 3);

	(void)state;
	assert_int_equal(np_be16(&c), 0x0102);
	assert_int_equal(np_be16(&c), 0);
	assert_true(c.cut);
	assert_int_equal(c.left, 0);
	assert_int_equal(np_u8(&c), 0);
	assert_null(np_take(&c, 0));
}

static void test_a_part_cannot_leave_itself(void **state)
{
	struct np_cur c = np_cur("abcd", 4), v = np_sub(&c, 2);

	(void)state;
	assert_int_equal(np_be32(&v), 0);
	assert_true(v.cut);
	assert_false(c.cut);
	assert_int_equal(np_u8(&c), 'c');
	v = np_sub(&c, SIZE_MAX);
	assert_true(v.cut && c.cut);
}

static void test_numbers_in_both_orders(void **state)
{
	const uint8_t p[] = {1, 2, 3, 4, 5, 6, 7, 0x88};
	struct np_cur c = np_cur(p, sizeof(p));

	(void)state;
	assert_int_equal(np_be64(&c), 0x0102030405060788);
	c = np_cur(p, sizeof(p));
	assert_int_equal(np_le32(&c), 0x04030201);
	assert_int_equal(np_be24(&c), 0x050607);
	c = np_cur(p + 6, 2);
	assert_int_equal(np_le16(&c), 0x8807);
	assert_false(c.cut);
}

static void test_an_arena_never_gives_more(void **state)
{
	(void)state;
	for (size_t limit = 0; limit < 400; limit++) {
		struct np_arena a = np_arena(limit);
		size_t given = 0;

		for (char *p; (p = np_alloc(&a, 7)); given += 16)
			memset(p, 1, 7);
		assert_true(given <= limit && a.used <= limit);
		assert_true(limit - given < 16);
		assert_null(np_alloc(&a, SIZE_MAX));
		assert_null(np_copystr(&a, "", SIZE_MAX));
		np_arena_reset(&a);
		assert_int_equal(a.used, 0);
		np_arena_free(&a);
	}
}

static void test_a_failed_buffer_stays_failed(void **state)
{
	struct np_buf b = np_buf(8);

	(void)state;
	np_puts(&b, "1234567");
	assert_false(b.failed);
	np_putc(&b, '8');
	assert_true(b.failed);
	np_putc(&b, '9');
	assert_string_equal(b.p, "1234567");
	np_buf_clear(&b);
	np_puthex(&b, "\xff\x00\x10", 3);
	assert_string_equal(b.p, "ff0010");
	np_putu(&b, UINT64_MAX);
	assert_true(b.failed);
	np_buf_free(&b);
}

static void assert_term(const char *in, size_t n, const char *want)
{
	struct np_buf b = np_buf(1000);

	np_putterm(&b, in, n);
	assert_string_equal(b.p, want);
	np_buf_free(&b);
}

static void test_nothing_that_a_terminal_obeys(void **state)
{
	(void)state;
	assert_term("\x1b[2J", 4, "\\x1b[2J");
	assert_term("a\0b", 3, "a\\x00b");
	assert_term("\r\n\t\x7f", 4, "\\x0d\\x0a\\x09\\x7f");
	assert_term("\xc2\x9b", 2, "\\u{009b}");	  /* C1: CSI */
	assert_term("\xe2\x80\xae", 3, "\\u{202e}");	  /* right to left */
	assert_term("\xe2\x81\xa6", 3, "\\u{2066}");	  /* isolate */
	assert_term("\xe2\x80\x8b", 3, "\\u{200b}");	  /* no width */
	assert_term("\xf3\xa0\x81\x81", 4, "\\u{e0041}"); /* a tag */
	assert_term("\xff\xc3", 2, "\\xff\\xc3");
	assert_term("\xc3\xbc <b>", 6, "\xc3\xbc <b>");
}

static void test_json_is_strict(void **state)
{
	struct np_buf b = np_buf(1000);

	(void)state;
	np_putjson(&b, "\"\\\x01\n\xff\xc3\xbc\x7f", 8);
	assert_string_equal(b.p, "\"\\\"\\\\\\u0001\\n\xef\xbf\xbd\xc3\xbc"
				 "\\u007f\"");
	np_buf_clear(&b);
	np_putjsons(&b, NULL);
	assert_string_equal(b.p, "null");
	np_buf_free(&b);
}

static void test_utf8_is_strict(void **state)
{
	(void)state;
	assert_true(np_utf8_ok("\xf4\x8f\xbf\xbf", 4));
	assert_false(np_utf8_ok("\xc0\x80", 2));	 /* overlong */
	assert_false(np_utf8_ok("\xe0\x9f\xbf", 3));	 /* overlong */
	assert_false(np_utf8_ok("\xed\xa0\x80", 3));	 /* surrogate */
	assert_false(np_utf8_ok("\xf4\x90\x80\x80", 4)); /* beyond */
	assert_false(np_utf8_ok("\xe2\x82", 2));	 /* cut */
	assert_false(np_utf8_ok("\x80", 1));
	assert_true(np_utf8_ok("", 0));
}

static void test_times_and_days(void **state)
{
	char text[40], day[16];
	int64_t t;
	int32_t d;

	(void)state;
	assert_string_equal(np_time_text(-1, text),
			    "1969-12-31T23:59:59.999999999Z");
	assert_true(np_time_read(text, &t));
	assert_int_equal(t, -1);
	assert_true(np_day_read("2024-02-29", &d));
	assert_string_equal(np_day_text(d, day), "2024-02-29");
	assert_false(np_day_read("2023-02-29", &d));
	assert_false(np_day_read("2023-2-9", &d));
	assert_false(np_day_read("", &d));
	assert_false(np_time_read("2023-01-01T25:00:00Z", &t));
	assert_int_equal(np_time_min(NP_NEVER, 5), 5);
	assert_int_equal(np_time_max(NP_NEVER, 5), 5);
	assert_true(np_time_text(INT64_MAX, text) == text);
	assert_true(np_time_text(INT64_MIN + 1, text) == text);
}

static void test_prefixes(void **state)
{
	struct np_prefixes *p = np_prefixes_new();
	static const char *const bad[] = {
		"",	      "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1",
		"2001::/129", "x/8",	     "10.0.0/8",  "10.0.0.0/1 ",
	};

	(void)state;
	assert_non_null(p);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_equal(np_prefixes_add(p, bad[i]), NP_EINPUT);
	assert_int_equal(np_prefixes_add(p, "10.1.2.0/23"), 0);
	assert_int_equal(np_prefixes_add(p, "2001:db8::/33"), 0);
	assert_int_equal(np_prefixes_add(p, "192.0.2.7"), 0);
	assert_true(np_prefixes_hold_text(p, "10.1.3.255", 10));
	assert_false(np_prefixes_hold_text(p, "10.1.4.0", 8));
	assert_true(np_prefixes_hold_text(p, "2001:db8:7fff::1", 16));
	assert_false(np_prefixes_hold_text(p, "2001:db8:8000::1", 16));
	assert_true(np_prefixes_hold_text(p, "192.0.2.7", 9));
	assert_false(np_prefixes_hold_text(NULL, "192.0.2.7", 9));
	np_prefixes_free(p);
}

static void test_tables_are_empty(void **state)
{
	(void)state;
	for (size_t n = 1; n < ((size_t)8 << 20); n = n * 3 + 1) {
		unsigned char *p = np_table_alloc(n);

		assert_non_null(p);
		assert_int_equal(p[0] | p[n - 1] | p[n / 2], 0);
		free(p);
	}
}

static int yaml(const char *text, size_t limit, struct np_err *e)
{
	struct np_arena mem = np_arena(limit);
	const struct np_yaml *y = NULL;
	int rc = np_yaml_read("f.yaml", text, strlen(text), &mem, &y, e);

	np_arena_free(&mem);
	return rc;
}

static void test_yaml_says_where(void **state)
{
	struct np_err e = {0};
	size_t room = (size_t)1 << 20;

	(void)state;
	assert_int_equal(yaml("a: 1\nb:\n  - x\n", room, &e), 0);
	assert_int_equal(yaml("a: 1\nb: 2\na: 3\n", room, &e), NP_EINPUT);
	assert_int_equal(e.at, 3);
	assert_int_equal(e.column, 1);
	assert_string_equal(e.what, "f.yaml");
	assert_int_equal(yaml("a: &x 1\nb: *x\n", room, &e), NP_EINPUT);
	assert_int_equal(yaml("a: [\n", room, &e), NP_EINPUT);
	assert_int_equal(yaml("a: \xff\n", room, &e), NP_EINPUT);
	assert_int_equal(yaml("", room, &e), 0);
	for (size_t limit = 0; limit < 2000; limit += 16)
		(void)yaml("a: 1\nb: [x, y, {z: 1}]\n", limit, &e);
}

static size_t columns(const char *s)
{
	return np_columns(s, strlen(s));
}

static void test_columns(void **state)
{
	struct np_buf b = np_buf(64);

	(void)state;
	assert_int_equal(columns(""), 0);
	assert_int_equal(columns("R1"), 2);
	assert_int_equal(columns("\xe6\x9d\xb1\xe4\xba\xac"), 4);
	assert_int_equal(columns("e\xcc\x81"), 1);
	assert_int_equal(columns("\x1b[36m\xe2\x97\x8f\x1b[0m x"), 3);
	/* No colour, and cut in the middle. */
	assert_int_equal(np_sgr("\x1b[2J", 4), 0);
	assert_int_equal(np_sgr("\x1b[36", 4), 0);
	assert_int_equal(columns("\xff\xe2\x97"), 3);
	/* A wide character does not go into one column. */
	assert_int_equal(np_put_columns(&b, "a\xe6\x9d\xb1\xe4\xba\xac", 7, 4),
			 4);
	assert_string_equal(b.p, "a\xe6\x9d\xb1");
	np_buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_cut_cursor_stays_cut),
		cmocka_unit_test(test_a_part_cannot_leave_itself),
		cmocka_unit_test(test_numbers_in_both_orders),
		cmocka_unit_test(test_an_arena_never_gives_more),
		cmocka_unit_test(test_a_failed_buffer_stays_failed),
		cmocka_unit_test(test_nothing_that_a_terminal_obeys),
		cmocka_unit_test(test_json_is_strict),
		cmocka_unit_test(test_utf8_is_strict),
		cmocka_unit_test(test_times_and_days),
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_prefixes),
		cmocka_unit_test(test_tables_are_empty),
		cmocka_unit_test(test_yaml_says_where),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
