/* SPDX-License-Identifier: ISC */
/* BGP's OPEN message: heads, parameters of both sizes, capabilities, and where
 * each breaks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "out_made.h"

#define MARKER                                                                 \
	"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
#define FIXED "\4\xfb\xf0\0\xb4\xc0\0\2\1" /* up to the parameters' length */

static bool head(struct np_cur c, size_t want_n, unsigned want_type)
{
	size_t n;
	unsigned type;

	if (!np_bgp_head(&c, &n, &type))
		return false;
	assert_int_equal(n, want_n);
	assert_int_equal(type, want_type);
	assert_int_equal(c.left, 0);
	return true;
}

static void test_head(void **state)
{
	(void)state;
	assert_true(head(CUR(MARKER "\0\x13\4"), 19, 4));
	assert_true(head(CUR(MARKER "\xff\xff\1"), 65535, NP_BGP_OPEN));
	assert_true(head(CUR(MARKER "\0\x13\5"), 19, NP_BGP_TYPES - 1));
	assert_false(head(CUR(MARKER "\0\x13\6"), 0, 0));
	assert_false(head(CUR(MARKER "\0\x13\0"), 0, 0));
	assert_false(head(CUR(MARKER "\0\x12\4"), 0, 0));
	assert_false(head(CUR(MARKER "\0\x13"), 0, 0));
	assert_false(head(CUR("\0" MARKER "\0\x13\4"), 0, 0));
	assert_false(head((struct np_cur){0}, 0, 0));
}

/* The codes of a message's capabilities in their order; NULL: it is no OPEN.
 * ret_broken: whether what they stand in breaks off. */
static const char *codes(struct np_cur c, bool *ret_broken)
{
	static char text[8];
	struct np_bgp_open open;
	const uint8_t *code;
	struct np_cur v;
	size_t n = 0;

	if (!np_bgp_open(c, &open))
		return NULL;
	while (np_bgp_capability(&open, &code, &v)) {
		assert_true(n + 1 < sizeof(text));
		text[n++] = (char)*code;
	}
	text[n] = 0;
	*ret_broken = open.parameters.cut || open.capabilities.cut;
	return text;
}

static void assert_codes(struct np_cur c, const char *want, bool broken)
{
	bool is = false;
	const char *have = codes(c, &is);

	assert_non_null(have);
	assert_string_equal(have, want);
	assert_int_equal(is, broken);
}

static void test_open(void **state)
{
	struct np_bgp_open open;

	(void)state;
	assert_true(np_bgp_open(CUR(FIXED "\0"), &open));
	assert_true(np_ahead(open.as, "\xfb\xf0", 2));
	assert_true(np_ahead(open.hold_time, "\0\xb4", 2));
	assert_true(np_ahead(open.identifier, "\xc0\0\2\1", 4));
	assert_false(open.wide);
	assert_int_equal(open.parameters.left, 0);
	assert_false(np_bgp_open(CUR("\3\xfb\xf0\0\xb4\xc0\0\2\1\0"), &open));
	assert_false(np_bgp_open(CUR(FIXED), &open));
	assert_false(np_bgp_open(CUR(FIXED "\1"), &open));
	assert_false(np_bgp_open((struct np_cur){0}, &open));
}

static void test_capabilities(void **state)
{
	(void)state;
	assert_codes(CUR(FIXED "\0"), "", false);
	/* two in a parameter, an authentication, one more in another */
	assert_codes(CUR(FIXED "\x10\2\5A\1xB\0\1\3\0\0\0\2\2C\0"), "ABC",
		     false);
	assert_codes(CUR(FIXED "\2\2\0"), "", false);
	/* what stands behind the parameters is no more of them */
	assert_codes(CUR(FIXED "\4\2\2A\0\2\2B\0"), "A", false);
}

static void test_capabilities_broken(void **state)
{
	(void)state;
	assert_codes(CUR(FIXED "\1\2"), "", true);
	assert_codes(CUR(FIXED "\2\2\1"), "", true);
	assert_codes(CUR(FIXED "\3\2\1A"), "", true);
	assert_codes(CUR(FIXED "\4\2\2A\1"), "", true);
	assert_codes(CUR(FIXED "\6\2\4A\0B\1"), "A", true);
}

static void test_wide(void **state)
{
	struct np_bgp_open open;

	(void)state;
	/* RFC 9072: both lengths may say 255 */
	assert_true(np_bgp_open(CUR(FIXED "\xff\xff\0\5\2\0\2A\0"), &open));
	assert_true(open.wide);
	assert_codes(CUR(FIXED "\xff\xff\0\5\2\0\2A\0"), "A", false);
	assert_codes(CUR(FIXED "\xff\xff\0\0"), "", false);
	assert_codes(CUR(FIXED "\xff\xff\0\2\2\0"), "", true);
	assert_false(np_bgp_open(CUR(FIXED "\xff\xff\0\5\2\0\2A"), &open));
	assert_false(np_bgp_open(CUR(FIXED "\xff\xff\0"), &open));
}

/* 255 octets that begin with a parameter of another type are as they were. */
static void test_not_wide(void **state)
{
	char text[9 + 1 + 255] = FIXED "\xff\2\xfd";
	struct np_bgp_open open;

	(void)state;
	assert_true(np_bgp_open(np_cur(text, sizeof(text)), &open));
	assert_false(open.wide);
	assert_int_equal(open.parameters.left, 255);
	assert_false(np_bgp_open(np_cur(text, sizeof(text) - 1), &open));
}

static void assert_name(struct np_cur v, size_t memory, const char *want)
{
	static struct made m;

	np_bgp_fqdn(listen_to(&m, v, memory), TEXT, v);
	if (want)
		assert_said(&m, NP_TEXT, want, 1);
	else
		assert_int_equal(m.o.n, 0);
	assert_int_equal(m.o.full, !want && !memory);
	np_arena_free(&m.mem);
}

static void test_fqdn(void **state)
{
	enum { MEMORY = 4096 };

	(void)state;
	assert_name(CUR("\3pe1\7example"), MEMORY, "pe1.example");
	assert_name(CUR("\3pe1\0"), MEMORY, "pe1");
	assert_name(CUR("\3pe1"), MEMORY, "pe1");
	assert_name(CUR("\3pe1\7exam"), MEMORY, "pe1");
	assert_name(CUR("\4pe1"), MEMORY, NULL);
	assert_name(CUR("\0\7example"), MEMORY, NULL);
	assert_name((struct np_cur){.cut = true}, MEMORY, NULL);
	assert_name(CUR("\3pe1\7example"), 0, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_head),
		cmocka_unit_test(test_open),
		cmocka_unit_test(test_capabilities),
		cmocka_unit_test(test_capabilities_broken),
		cmocka_unit_test(test_wide),
		cmocka_unit_test(test_not_wide),
		cmocka_unit_test(test_fqdn),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
