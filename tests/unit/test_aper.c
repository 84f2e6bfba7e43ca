/* SPDX-License-Identifier: ISC */
/* Aligned PER (X.691): each reader by octets written out, each limit reached.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "proto/lib/aper.h"

#define READER(s) np_aper(np_cur(s, sizeof(s) - 1))

static void assert_whole(struct np_aper a)
{
	assert_false(a.c.cut);
	assert_false(a.refused);
	assert_int_equal(a.c.left, 0);
}

static void assert_cut(struct np_aper a)
{
	assert_true(a.c.cut);
	assert_false(a.refused);
	assert_int_equal(np_aper_bits(&a, 8), 0);
}

static void assert_refused(struct np_aper a)
{
	assert_true(a.c.cut);
	assert_true(a.refused);
	assert_int_equal(np_aper_bits(&a, 8), 0);
}

static void test_bits(void **state)
{
	struct np_aper a = READER("\xa5\xff\x12\x34\x56\x78\x80");

	(void)state;
	assert_int_equal(np_aper_bits(&a, 3), 5);
	assert_int_equal(np_aper_bits(&a, 0), 0);
	assert_false(np_aper_bit(&a));
	assert_int_equal(np_aper_bits(&a, 8), 0x5f);
	np_aper_align(&a);
	assert_int_equal(np_aper_bits(&a, 32), 0x12345678);
	assert_true(np_aper_bit(&a));
	assert_whole(a);
	assert_int_equal(np_aper_bits(&a, 8), 0);
	assert_cut(a);
}

/* 11.5.7: by the range in bits, in one octet, in two, or behind a length. */
static void test_whole_numbers(void **state)
{
	const uint64_t most = ((uint64_t)1 << 36) - 1;
	struct np_aper a = READER("\x60");

	(void)state;
	assert_int_equal(np_aper_whole(&a, 9, 9), 9);
	assert_int_equal(np_aper_whole(&a, 1, 5), 4);
	a = READER("\x80\xfe");
	(void)np_aper_bit(&a);
	assert_int_equal(np_aper_whole(&a, 0, 255), 0xfe);
	assert_whole(a);
	a = READER("\x00\x12\x34");
	(void)np_aper_bit(&a);
	assert_int_equal(np_aper_whole(&a, 1, 65536), 0x1235);
	assert_whole(a);
	a = READER("\x03\xef");
	assert_int_equal(np_aper_whole(&a, 0, 1007), 1007);
	assert_whole(a);
	a = READER("\x80\x0a\xbc\xde\xf0\x12");
	assert_true(np_aper_whole(&a, 0, most) == 0xabcdef012);
	assert_whole(a);
	a = READER("\x00\x07");
	assert_true(np_aper_whole(&a, 0, most) == 7);
	assert_whole(a);
}

static void test_numbers_beyond_their_range(void **state)
{
	struct np_aper a = READER("\xa0");

	(void)state;
	assert_int_equal(np_aper_whole(&a, 1, 5), 1);
	assert_cut(a);
	a = READER("\x03\xf0");
	assert_int_equal(np_aper_whole(&a, 0, 1007), 0);
	assert_cut(a);
	a = READER("\xe0\x00\x00\x00\x00\x00\x00\x00\x00");
	assert_true(np_aper_whole(&a, 0, ((uint64_t)1 << 36) - 1) == 0);
	assert_cut(a);
}

static void test_small_numbers(void **state)
{
	struct np_aper a = READER("\x7e");

	(void)state;
	assert_int_equal(np_aper_small(&a), 63);
	assert_whole(a);
	a = READER("\x80\x02\x01\x00");
	assert_int_equal(np_aper_small(&a), 256);
	assert_whole(a);
	a = READER("\x80\x04\xff\xff\xff\xfe");
	assert_int_equal(np_aper_small(&a), 0xfffffffe);
	a = READER("\x80\x05\x00\x00\x00\x00\x01");
	assert_int_equal(np_aper_small(&a), 0);
	assert_refused(a);
}

/* 11.9.3.5 to 11.9.3.8. */
static void test_lengths(void **state)
{
	struct np_aper a = READER("\x7f\x80\x80\xbf\xff\xff");

	(void)state;
	assert_int_equal(np_aper_length(&a, 0, NP_APER_ANY), 127);
	assert_int_equal(np_aper_length(&a, 0, 65536), 128);
	assert_int_equal(np_aper_length(&a, 5, NP_APER_ANY),
			 NP_APER_FRAGMENT - 1);
	assert_int_equal(np_aper_length(&a, 1, 256), 256);
	assert_whole(a);
	a = READER("\x80");
	(void)np_aper_length(&a, 0, NP_APER_ANY);
	assert_cut(a);
}

static void test_fragments_are_refused(void **state)
{
	struct np_aper a = READER("\xc1\x00");
	struct np_aper in;

	(void)state;
	assert_int_equal(np_aper_length(&a, 0, NP_APER_ANY), 0);
	assert_refused(a);
	a = READER("\xc4\x00");
	in = np_aper_open(&a);
	assert_refused(a);
	assert_refused(in);
}

static void test_elements_are_limited(void **state)
{
	struct np_aper a = READER("\x04\x00\x04\x01");

	(void)state;
	assert_int_equal(np_aper_count(&a, 0, 65535), NP_APER_ITEMS);
	assert_false(a.refused);
	assert_int_equal(np_aper_count(&a, 0, 65535), 0);
	assert_refused(a);
	a = READER("\x03");
	assert_int_equal(np_aper_count(&a, 0, 65535), 0);
	assert_cut(a);
}

static void test_strings(void **state)
{
	struct np_aper a = READER("\x03\x80HW_SITE1");
	struct np_cur v = np_aper_octets(&a, 1, 150, true);

	(void)state;
	assert_int_equal(v.left, 8);
	assert_memory_equal(v.p, "HW_SITE1", 8);
	assert_whole(a);
	a = READER("\x80\x03"
		   "abc");
	v = np_aper_octets(&a, 4, 150, true);
	assert_int_equal(v.left, 3);
	assert_whole(a);
	a = READER("\x00"
		   "abc"
		   "\x02"
		   "de");
	(void)np_aper_bits(&a, 2);
	v = np_aper_octets(&a, 3, 3, false);
	assert_memory_equal(v.p, "abc", 3);
	v = np_aper_octets(&a, 0, NP_APER_ANY, false);
	assert_memory_equal(v.p, "de", 2);
	assert_whole(a);
	a = READER("\x03\x80HW_SITE");
	v = np_aper_octets(&a, 1, 150, true);
	assert_true(v.cut);
	assert_cut(a);
}

/* 16: up to sixteen bits of fixed length are not aligned. */
static void test_bit_strings(void **state)
{
	struct np_aper a = READER("\xff\xe0\x12\x34\x50\x20\xab\xcd\xef\x00"
				  "\x12\x34\x56\x78\x90");
	size_t n;

	(void)state;
	(void)np_aper_bits(&a, 1);
	assert_int_equal(np_aper_bit_string(&a, 10, 10, &n), 0x3ff);
	assert_int_equal(n, 10);
	assert_int_equal(np_aper_bit_string(&a, 20, 20, &n), 0x12345);
	assert_int_equal(n, 20);
	np_aper_align(&a);
	assert_int_equal(np_aper_bit_string(&a, 22, 32, &n), 0xabcdef);
	assert_int_equal(n, 24);
	np_skip(&a.c, 1);
	assert_true(np_aper_bit_string(&a, 36, 36, &n) == 0x123456789);
	assert_whole(a);
}

static void test_bits_of_a_string_are_limited(void **state)
{
	struct np_aper a = READER("\x3f\xff\xff\xff\xff\xff\xff\xff\xfe\x40"
				  "\xff\xff\xff\xff\xff\xff\xff\xff\xff");
	size_t n;

	(void)state;
	assert_true(np_aper_bit_string(&a, 1, 160, &n) == UINT64_MAX - 1);
	assert_int_equal(n, 64);
	assert_int_equal(np_aper_bit_string(&a, 1, 160, &n), 0);
	assert_int_equal(n, 65);
	assert_refused(a);
}

static void test_choices(void **state)
{
	struct np_aper a = READER("\x58\x81");

	(void)state;
	assert_int_equal(np_aper_choice(&a, 4, false), 1);
	assert_int_equal(np_aper_choice(&a, 2, true), 1);
	assert_int_equal(np_aper_enumerated(&a, 3, false), 2);
	np_aper_align(&a);
	assert_int_equal(np_aper_choice(&a, 3, true), 3 + 1);
	assert_whole(a);
	a = READER("\xc0");
	assert_int_equal(np_aper_choice(&a, 3, false), 0);
	assert_cut(a);
}

static void test_additions_to_a_sequence(void **state)
{
	struct np_aper a = READER("\xa0\x50\x01\xff\x07");
	struct np_aper_sequence s = np_aper_sequence(&a, 2);

	(void)state;
	assert_true(s.extended);
	assert_int_equal(s.present, 1);
	np_aper_additions(&a, s);
	assert_int_equal(np_aper_whole(&a, 0, 255), 7);
	assert_whole(a);
	s.extended = false;
	np_aper_additions(&a, s);
	assert_whole(a);
}

static void test_additions_are_limited(void **state)
{
	struct np_aper_sequence s = {.extended = true};
	struct np_aper a = READER("\x7e\x00\x00\x00\x00\x00\x00\x00\x02\x01x");

	(void)state;
	np_aper_additions(&a, s);
	assert_whole(a);
	a = READER("\x80\x41\x00\x00\x00\x00\x00\x00\x00\x00\x00");
	np_aper_additions(&a, s);
	assert_refused(a);
	a = READER("\x03\x80\x01\xff\x02\xff");
	np_aper_additions(&a, s);
	assert_cut(a);
}

/* Each is what is left behind a length of one octet. */
static void test_open_types_are_limited(void **state)
{
	struct np_aper a = READER("\x0b\x0a\x09\x08\x07\x06\x05\x04\x03\x02"
				  "\x01x");
	struct np_aper behind;

	(void)state;
	for (unsigned i = 1; i <= NP_APER_DEPTH; i++) {
		struct np_aper in = np_aper_open(&a);

		assert_whole(a);
		assert_false(in.c.cut);
		assert_int_equal(in.depth, i);
		a = in;
	}
	behind = np_aper_open(&a);
	assert_refused(behind);
	assert_whole(a);
}

static void test_object_identifiers(void **state)
{
	struct np_aper a = READER("\x80\x06\x2b\x06\x01\x04\x01\x1b");
	struct np_cur v;

	(void)state;
	assert_true(np_aper_bit(&a));
	v = np_aper_oid(&a);
	assert_int_equal(v.left, 6);
	assert_memory_equal(v.p, "\x2b\x06\x01\x04\x01\x1b", 6);
	assert_whole(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bits),
		cmocka_unit_test(test_whole_numbers),
		cmocka_unit_test(test_numbers_beyond_their_range),
		cmocka_unit_test(test_small_numbers),
		cmocka_unit_test(test_lengths),
		cmocka_unit_test(test_fragments_are_refused),
		cmocka_unit_test(test_elements_are_limited),
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_bit_strings),
		cmocka_unit_test(test_bits_of_a_string_are_limited),
		cmocka_unit_test(test_choices),
		cmocka_unit_test(test_additions_to_a_sequence),
		cmocka_unit_test(test_additions_are_limited),
		cmocka_unit_test(test_open_types_are_limited),
		cmocka_unit_test(test_object_identifiers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
