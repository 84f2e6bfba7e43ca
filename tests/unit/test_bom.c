/* SPDX-License-Identifier: ISC */
/* Readers of bills: limits, memory, places; what each statement is worth is
 * tests/cli/check.py's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bom/check.h"
#include <string.h>

static struct np_arena mem;

static int set_up(void **state)
{
	(void)state;
	mem = np_arena((size_t)256 << 20);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	np_arena_free(&mem);
	return 0;
}

static struct np_bom parsed(const char *text)
{
	struct np_bom b = {.mem = &mem};

	assert_int_equal(np_bom_parse(&b, "t", text, strlen(text), NULL, NULL),
			 0);
	return b;
}

static const char *const documents[] = {
	"{\"bomFormat\":\"CycloneDX\",\"components\":[{\"name\":\"a\","
	"\"type\":\"device\",\"supplier\":{\"name\":\"b\"},\"components\":"
	"[{\"name\":\"c\",\"properties\":[{\"name\":\"nameplate:x\","
	"\"value\":\"y\"}]}]}]}",
	"<bom xmlns='http://cyclonedx.org/schema/bom/1.4'><components>"
	"<component type='device'><name>a</name></component>"
	"</components></bom>",
	"{\"spdxVersion\":\"SPDX-2.3\",\"packages\":[{\"name\":\"a\","
	"\"originator\":\"Organization: b (c)\"}]}",
	"SPDXVersion: SPDX-2.2\nPackageName: a\nPackageVersion: 1\n",
	"{\"@graph\":[{\"type\":\"Organization\",\"spdxId\":\"o\",\"name\":"
	"\"b\"},{\"type\":\"software_Package\",\"name\":\"a\","
	"\"suppliedBy\":\"o\"}]}",
	"manufacturer,product,x\nb,a,1\n\"c\"\"d\",e,2\n",
};

static void formats(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(documents) / sizeof(documents[0]); i++) {
		struct np_bom b = parsed(documents[i]);

		assert_int_equal(b.nproblems, 0);
		assert_true(b.n > 0);
		assert_string_equal(b.v[0].name, "a");
	}
}

/* However much memory there is, it does, or says that there is none. */
static void no_memory(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(documents) / sizeof(documents[0]); i++) {
		bool done = false;

		for (size_t limit = 0; !done && limit < 1 << 20; limit += 61) {
			struct np_arena little = np_arena(limit);
			struct np_bom b = {.mem = &little};
			struct np_err e = {0};
			int rc = np_bom_parse(&b, "t", documents[i],
					      strlen(documents[i]), NULL, &e);

			assert_true(rc == 0 || rc == NP_ENOMEM);
			done = rc == 0 && b.n && !b.nproblems;
			np_arena_free(&little);
		}
		assert_true(done);
	}
}

static void too_many(void **state)
{
	struct np_buf b = np_buf((size_t)64 << 20);
	struct np_bom bom;

	(void)state;
	np_puts(&b, "product\n");
	for (size_t i = 0; i < NP_BOM_ITEMS + 5; i++)
		np_puts(&b, "x\n");
	bom = parsed(b.p);
	assert_int_equal(bom.n, NP_BOM_ITEMS);
	assert_true(bom.full);
	assert_int_equal(bom.nproblems, 1);
	assert_int_equal(bom.problems[0].line, NP_BOM_ITEMS + 2);
	np_buf_free(&b);
}

static void long_text(void **state)
{
	struct np_buf b = np_buf((size_t)1 << 20);
	struct np_bom bom;

	(void)state;
	np_puts(&b, "product\n");
	for (size_t i = 0; i < NP_BOM_TEXT + 100; i++)
		np_putc(&b, 'x');
	bom = parsed(b.p);
	assert_int_equal(bom.n, 1);
	assert_int_equal(strlen(bom.v[0].name), NP_BOM_TEXT);
	np_buf_free(&b);
}

static void places(void **state)
{
	struct np_bom b = parsed("SPDXVersion: SPDX-2.3\r\n\r\n"
				 "PackageName: a\r\n# PackageName: no\r\n"
				 "  PackageName: b\r\n");

	(void)state;
	assert_int_equal(b.n, 2);
	assert_int_equal(b.v[0].line, 3);
	assert_int_equal(b.v[0].column, 1);
	assert_int_equal(b.v[1].line, 5);
	assert_int_equal(b.v[1].column, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(formats, set_up, tear_down),
		cmocka_unit_test_setup_teardown(no_memory, set_up, tear_down),
		cmocka_unit_test_setup_teardown(too_many, set_up, tear_down),
		cmocka_unit_test_setup_teardown(long_text, set_up, tear_down),
		cmocka_unit_test_setup_teardown(places, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
