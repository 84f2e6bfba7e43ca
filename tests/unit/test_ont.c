/* SPDX-License-Identifier: ISC */
/* Serial numbers of ONUs: as they are printed, where they are found, and what
 * looks like one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "out_made.h"
#include "proto/lib/ont.h"

enum { MEMORY = 4096 };

static struct made m;

static void assert_printed(struct np_cur serial, const char *want)
{
	np_emit_ont_serial(listen_to(&m, serial, MEMORY), TEXT, serial);
	if (want)
		assert_said(&m, NP_TEXT, want, 0);
	else
		assert_int_equal(m.o.n, 0);
}

static void test_serial(void **state)
{
	(void)state;
	assert_printed(CUR("HWTC\x1a\x2b\x3c\x4d"), "HWTC1A2B3C4D");
	assert_printed(CUR("hwtc\0\0\0\x0f"), "hwtc0000000F");
	assert_printed(CUR("HWT1\x1a\x2b\x3c\x4d"), "485754311A2B3C4D");
	assert_printed(CUR("@Z[`\0\0\0\1"), "405A5B6000000001");
	assert_printed(CUR("\0\0\0\0\0\0\0\1"), "0000000000000001");
	assert_printed(CUR("\0\0\0\0\0\0\0\0"), NULL);
	assert_printed(CUR("HWTC\x1a\x2b\x3c"), NULL);
	assert_printed(CUR("HWTC\x1a\x2b\x3c\x4d\x5e"), NULL);
	assert_printed((struct np_cur){.cut = true}, NULL);
}

static void test_serial_memory(void **state)
{
	struct np_cur serial = CUR("HWTC\x1a\x2b\x3c\x4d");

	(void)state;
	np_emit_ont_serial(listen_to(&m, serial, 0), TEXT, serial);
	assert_int_equal(m.o.n, 0);
	assert_true(m.o.full);
}

static void assert_text(struct np_cur v, enum np_form form, const char *want)
{
	np_emit_ont_text(listen_to(&m, v, MEMORY), TEXT, v);
	if (want)
		assert_said(&m, form, want, 0);
	else
		assert_int_equal(m.o.n, 0);
}

static void test_text(void **state)
{
	(void)state;
	assert_text(CUR("F660"), NP_TEXT, "F660");
	assert_text(CUR("V1 \0 \0"), NP_TEXT, "V1");
	assert_text(CUR("V1\0junk"), NP_TEXT, "V1");
	assert_text(CUR(" ~ "), NP_TEXT, " ~");
	assert_text(CUR("\x7f"), NP_HEX, "\x7f");
	assert_text(CUR("\x1f"), NP_HEX, "\x1f");
	assert_text(CUR("\xf6\x60\0\0"), NP_HEX, "\xf6\x60");
	assert_text(CUR("\0 \0"), NP_HEX, NULL);
	assert_text((struct np_cur){0}, NP_HEX, NULL);
	assert_text((struct np_cur){.cut = true}, NP_HEX, NULL);
}

/* Where in the text the serial number begins, and its octets; 0: none. */
static void assert_found(struct np_cur v, size_t at, size_t n)
{
	struct np_cur found = np_find_ont(v);

	assert_int_equal(found.left, n);
	if (n)
		assert_ptr_equal(found.p, v.p + at);
}

static void test_find(void **state)
{
	(void)state;
	assert_found(CUR("HWTC\x1a\x2b\x3c\x4d"), 0, 8);
	assert_found(CUR("HWTC1A2B3C4D"), 0, 12);
	assert_found(CUR("hwtc1a2b3c4d"), 0, 12);
	assert_found(CUR("485754431A2B3C4D"), 0, 16);
	assert_found(CUR("olt-1 0/1/0:ZTEG00000001.100"), 12, 12);
	assert_found(CUR("olt/5a5445470000000f/1"), 4, 16);
	assert_found(CUR("HWTC12345678 ZTEG12345678"), 0, 12);
}

static void test_find_none(void **state)
{
	(void)state;
	assert_found((struct np_cur){0}, 0, 0);
	assert_found(CUR("HWTC1234"), 0, 0); /* eight, all printed */
	assert_found(CUR("HWT1\x1a\x2b\x3c\x4d"), 0, 0);
	assert_found(CUR("HWTC1A2B3C4"), 0, 0);	  /* a digit less */
	assert_found(CUR("HWTC1A2B3C4D5"), 0, 0); /* and one more */
	assert_found(CUR("XHWTC1A2B3C4D"), 0, 0);
	assert_found(CUR("HWTC1A2B3C4G"), 0, 0);
	assert_found(CUR("HWT11A2B3C4D"), 0, 0);
	assert_found(CUR("485754431A2B3C4"), 0, 0);
	assert_found(CUR("485754431A2B3C4D0"), 0, 0);
	assert_found(CUR("485754311A2B3C4D"), 0, 0); /* HWT1 */
	assert_found(CUR("48575443-1A2B3C4D"), 0, 0);
	assert_found(CUR("00:25:9e:12:34:56 slot=1;port=3"), 0, 0);
	assert_found(CUR("                "), 0, 0);
}

static void assert_vendor(struct np_cur v, const char *want, size_t at)
{
	np_say_ont(listen_to(&m, v, MEMORY), TEXT, np_find_ont(v));
	assert_int_equal(m.o.n, want ? 1 : 0);
	if (!want)
		return;
	assert_said(&m, NP_TEXT, want, at);
	assert_int_equal(m.said[0].scope, NP_THIRD);
	assert_int_equal(m.said[0].reach, NP_RELAYED);
	assert_true(m.said[0].no_carrier_key);
}

static void test_vendor(void **state)
{
	(void)state;
	assert_vendor(CUR("HWTC\x1a\x2b\x3c\x4d"), "HWTC", 0);
	assert_vendor(CUR("line ZTEG00000001"), "ZTEG", 5);
	assert_vendor(CUR("line 414c434C00000001"), "ALCL", 5);
	assert_vendor(CUR("line 1"), NULL, 0);
}

static void test_vendor_memory(void **state)
{
	struct np_cur v = CUR("414c434C00000001");

	(void)state;
	np_emit_ont_vendor(listen_to(&m, v, 0), TEXT, v);
	assert_int_equal(m.o.n, 0);
	assert_true(m.o.full);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_serial),
		cmocka_unit_test(test_serial_memory),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_find_none),
		cmocka_unit_test(test_vendor),
		cmocka_unit_test(test_vendor_memory),
	};
	int rc = cmocka_run_group_tests(tests, NULL, NULL);

	np_arena_free(&m.mem);
	return rc;
}
