/* SPDX-License-Identifier: ISC */
/* What is taken for Chinese, and what stays as it lies. */
#include "core/charset.h"
#include "document/document.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* after the three that it wants */
#include <cmocka.h>

struct text {
	const char *name, *octets;
};

static const struct text chinese[] = {
	{"a site", "\261\261\276\251\264\363\320\313\273\372\267\277"},
	{"a name", "\326\320\320\304"},
	{"four octets", "\272\313\320\304\2019\3569\275\273\273\273\273\372"},
};

static const struct text other[] = {
	{"ISO 8859-1, German",
	 "Z\374rich Gr\366\337e M\374ller \334berf\374hrung Stra\337e"},
	{"ISO 8859-1, French",
	 "cr\351\351e \340 la gare de Besan\347on, b\342timent n\272 2"},
	{"ISO 8859-1, capitals", "L\304\326K \304\326\334 GR\326\326SSE"},
	{"windows-1251",
	 "\314\340\360\370\360\363\362\350\347\340\362\356\360 "
	 "\314\356\361\352\342\340 \363\347\345\353 \361\342\377\347\350"},
	{"KOI8-R",
	 "\355\301\322\333\322\325\324\311\332\301\324\317\322 "
	 "\355\317\323\313\327\301 \325\332\305\314 \323\327\321\332\311"},
	{"EUC-KR", "\274\255\277\357 \272\273\273\347 \275\272\300\247\304\241 "
		   "\266\363\277\354\305\315"},
	{"EUC-JP", "\245\353\241\274\245\277\241\274 \305\354\265\376 "
		   "\313\334\274\322\245\323\245\353"},
	{"Shift_JIS",
	 "\203\213\201[\203^\201[ \223\214\213\236 \226{\216\320\203r\203\213"},
	{"Big5", "\273O\306W \276\367\251\320 "
		 "\256\326\244\337\245\346\264\253\276\271"},
	{"a unit cut", "\261\261\276\251\264"},
	{"UTF-8", "\345\214\227\344\272\254"},
};

static bool taken(const struct text *t, struct np_buf *to)
{
	np_buf_clear(to);
	return np_doc_chinese(np_cur(t->octets, strlen(t->octets)), to);
}

static void test_chinese(void **state)
{
	struct np_buf b = np_buf(1024);

	(void)state;
	for (size_t i = 0; i < NP_COUNT(chinese); i++)
		if (!taken(&chinese[i], &b))
			fail_msg("%s", chinese[i].name);
	assert_non_null(strstr(b.p, "\xe3\x90\x80")); /* U+3400 */
	np_buf_free(&b);
}

static void test_other(void **state)
{
	struct np_buf b = np_buf(1024);

	(void)state;
	for (size_t i = 0; i < NP_COUNT(other); i++)
		if (taken(&other[i], &b) || b.n)
			fail_msg("%s became %s", other[i].name, b.p);
	np_buf_free(&b);
}

/* One character for each of another length. */
static void test_length(void **state)
{
	(void)state;
	assert_int_equal(np_charset_gb_length(np_cur("a", 1)), 1);
	assert_int_equal(np_charset_gb_length(np_cur("\261\261", 2)), 2);
	assert_int_equal(np_charset_gb_length(np_cur("\2019\2010", 4)), 4);
	assert_int_equal(np_charset_gb_length(np_cur("\261", 1)), 1);
	assert_int_equal(np_charset_gb_length(np_cur("", 0)), 0);
}

static void test_named(void **state)
{
	struct np_buf b = np_buf(64), small = np_buf(4);

	(void)state;
	assert_int_equal(np_charset_named("gb2312"), NP_GB18030);
	assert_int_equal(np_charset_named("shift_jis"), NP_SHIFT_JIS);
	assert_int_equal(np_charset_named("x"), NP_CHARSETS);
	assert_true(np_charset_utf8(NP_SHIFT_JIS, np_cur("\223\214", 2), &b));
	assert_string_equal(b.p, "\xe6\x9d\xb1");
	assert_false(
		np_charset_utf8(NP_GB18030, np_cur("abcdefgh", 8), &small));
	np_buf_free(&b);
	np_buf_free(&small);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_chinese),
		cmocka_unit_test(test_other),
		cmocka_unit_test(test_length),
		cmocka_unit_test(test_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
