/* SPDX-License-Identifier: ISC */
/* XML, an element at a time: what is told, what is refused, and each limit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "proto/lib/xml.h"

static char told[4000];

static void note(void *ctx, const struct np_xml *e)
{
	size_t n = strlen(told);

	assert_ptr_equal(ctx, told);
	if (n < 1000)
		(void)snprintf(told + n, sizeof(told) - n, "%s%zu %s=%.*s",
			       n ? "; " : "", e->depth, e->name[e->depth - 1],
			       (int)e->text.left, (const char *)e->text.p);
}

static bool read_n(const void *p, size_t n)
{
	told[0] = '\0';
	return np_xml_read(np_cur(p, n), note, told);
}

static bool read_text(const char *text)
{
	return read_n(text, strlen(text));
}

static void test_told(void **state)
{
	(void)state;
	assert_true(read_text(" <?xml version='1.0'?><s:a x='1'>y<b> 1 &lt;2 "
			      "</b><c/><!-- d --><n:d><![CDATA[<e>]]>f</n:d>"
			      "</s:a>"));
	assert_string_equal(told, "2 b=1 <2; 2 c=; 2 d=<e>f; 1 a=");
	assert_false(read_text("<a><b>1</b><c>"));
	assert_string_equal(told, "2 b=1");
	assert_false(read_text(""));
	assert_false(read_text("text"));
	assert_false(np_xml_read((struct np_cur){.cut = true}, note, told));
}

static void test_path(void **state)
{
	static const char names[3][NP_XML_NAME] = {"a", "bc", "d"};
	const struct np_xml e = {.depth = 3, .name = names};

	(void)state;
	assert_true(np_xml_is(&e, "a/bc/d"));
	assert_true(np_xml_is(&e, "a/*/d"));
	assert_true(np_xml_is(&e, "*/*/*"));
	assert_false(np_xml_is(&e, "a/bc"));
	assert_false(np_xml_is(&e, "a/bc/d/e"));
	assert_false(np_xml_is(&e, "a/b/d"));
	assert_false(np_xml_is(&e, "a/bc/de"));
	assert_false(np_xml_is(&e, ""));
}

static void test_refused(void **state)
{
	(void)state;
	assert_false(read_text("<!DOCTYPE a><a>1</a>"));
	assert_string_equal(told, "");
	assert_false(read_text("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"));
	assert_string_equal(told, "");
	assert_false(read_text("<a><b/>&x;</a>"));
	assert_string_equal(told, "2 b=");
}

/* One to each limit, and one over it. */
static void test_size(void **state)
{
	char *p = malloc(NP_XML_SIZE + 1);

	(void)state;
	memset(p, ' ', NP_XML_SIZE + 1);
	memcpy(p, "<a/>", 4);
	assert_true(read_n(p, NP_XML_SIZE));
	assert_false(read_n(p, NP_XML_SIZE + 1));
	free(p);
}

static bool deep(size_t depth)
{
	char p[(NP_XML_DEPTH + 1) * 7];

	for (size_t i = 0; i < depth; i++) {
		memcpy(p + 3 * i, "<a>", 3);
		memcpy(p + 3 * depth + 4 * i, "</a>", 4);
	}
	return read_n(p, depth * 7);
}

static void test_depth(void **state)
{
	(void)state;
	assert_true(deep(NP_XML_DEPTH));
	assert_false(deep(NP_XML_DEPTH + 1));
	assert_string_equal(told, "");
}

static bool many(size_t elements)
{
	static char p[7 + 4 * NP_XML_ELEMENTS];
	size_t n = 3;

	memcpy(p, "<a>", n);
	for (size_t i = 1; i < elements; i++, n += 4)
		memcpy(p + n, "<b/>", 4);
	memcpy(p + n, "</a>", 4);
	return read_n(p, n + 4);
}

static void test_elements(void **state)
{
	(void)state;
	assert_true(many(NP_XML_ELEMENTS));
	assert_false(many(NP_XML_ELEMENTS + 1));
}

static void test_text(void **state)
{
	char p[NP_XML_TEXT + 9], want[NP_XML_TEXT + 9] = "1 a=";

	(void)state;
	memset(p, 'x', sizeof(p));
	memcpy(p, "<a>", 3);
	memcpy(p + 3 + NP_XML_TEXT, "</a>", 5);
	memset(want + 4, 'x', NP_XML_TEXT);
	assert_true(read_text(p));
	assert_string_equal(told, want);
	memcpy(p + 3 + NP_XML_TEXT, "x</a>", 6);
	assert_true(read_text(p));
	assert_string_equal(told, "1 a=");
}

static void test_name(void **state)
{
	char p[NP_XML_NAME + 4], want[NP_XML_NAME + 4];

	(void)state;
	memset(p, 'x', sizeof(p));
	p[0] = '<';
	memcpy(p + 1 + NP_XML_NAME, "/>", 3);
	(void)snprintf(want, sizeof(want), "1 %.*s=", NP_XML_NAME - 1, p + 1);
	assert_true(read_text(p));
	assert_string_equal(told, want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_told),	cmocka_unit_test(test_path),
		cmocka_unit_test(test_refused), cmocka_unit_test(test_size),
		cmocka_unit_test(test_depth),	cmocka_unit_test(test_elements),
		cmocka_unit_test(test_text),	cmocka_unit_test(test_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
