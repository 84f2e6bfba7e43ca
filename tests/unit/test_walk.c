/* SPDX-License-Identifier: ISC */
/* SNMP walks: each limit, and what is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../document.h"
#include "document/walk.h"

static struct np_buf text, said;

static int begin(void **state)
{
	(void)state;
	text = np_buf((size_t)1 << 26);
	said = np_buf((size_t)1 << 24);
	np_puts(&text, ".1.3.6.1.2.1.1.5.0 = STRING: \"host\"\n");
	return 0;
}

static int end(void **state)
{
	(void)state;
	np_buf_free(&text);
	np_buf_free(&said);
	return 0;
}

/* Reads the text; what was said of it holds these words. */
static void reads(const char *words)
{
	assert_false(text.failed);
	assert_true(
		read_octets(&np_document_walk, text.p, text.n, false, &said));
	np_putc(&said, '\0');
	if (!strstr(said.p, words))
		fail_msg("no \"%s\" in: %.2000s", words, said.p);
}

static void put_parts(unsigned n)
{
	for (unsigned i = 1; i <= n; i++)
		np_putf(&text,
			".1.3.6.1.2.1.47.1.1.1.1.11.%u = STRING: \"Z%u\"\n", i,
			i);
}

static void test_rows(void **state)
{
	(void)state;
	put_parts(NP_WALK_ROWS);
	reads("walk: 1 records, asked 2049, absent 0\n");
	assert_null(strstr(said.p, "bad:"));
}

static void test_too_many_rows(void **state)
{
	(void)state;
	put_parts(NP_WALK_ROWS + 2);
	reads("bad: 2, first in line 2051: more rows of a table than are kept");
}

static void put_location(size_t n)
{
	np_puts(&text, ".1.3.6.1.2.1.1.6.0 = STRING: \"");
	while (n--)
		np_putc(&text, n % 60 ? 'x' : '\n');
	np_puts(&text, "\"\n.1.3.6.1.2.1.1.1.0 = STRING: \"after\"\n");
}

static void test_value(void **state)
{
	(void)state;
	put_location(NP_MAX_VALUE - 1000);
	reads("snmp.sys_location = xx");
	assert_non_null(strstr(said.p, "snmp.sys_descr = after"));
	assert_null(strstr(said.p, "bad:"));
}

/* Rows go on behind a text that is too long, though its quote is open. */
static void test_too_long_value(void **state)
{
	(void)state;
	put_location((size_t)4 * NP_MAX_VALUE);
	reads("a value over the limit");
	assert_null(strstr(said.p, "sys_location"));
	assert_non_null(strstr(said.p, "snmp.sys_descr = after"));
}

static void test_long_line(void **state)
{
	(void)state;
	np_puts(&text, ".1.3.6.1.2.1.1.6.0 = STRING: ");
	for (size_t i = 0; i < NP_MAX_LINE; i++)
		np_putc(&text, 'x');
	np_puts(&text, "\n.1.3.6.1.2.1.1.1.0 = STRING: \"after\"\n");
	reads("bad: 1, first in line 2: a line over the limit");
	assert_non_null(strstr(said.p, "snmp.sys_descr = after"));
}

/* Each host's memory is given back: as many as like. */
static void test_hosts(void **state)
{
	(void)state;
	np_buf_clear(&text);
	for (int i = 0; i < 40; i++) {
		np_putf(&text, ".1.3.6.1.2.1.1.5.0 = STRING: \"h%d\"\n", i);
		put_parts(NP_WALK_ROWS);
	}
	reads("name=h39\n");
	assert_null(strstr(said.p, "bad:"));
}

static void test_addresses(void **state)
{
	(void)state;
	for (unsigned i = 0; i < NP_WALK_MACS + 50; i++)
		np_putf(&text,
			".1.3.6.1.2.1.2.2.1.6.%u = Hex-STRING: "
			"00 24 38 00 %02X %02X\n",
			i + 1, i >> 8, i & 255);
	reads("mac=00:24:38:00:00:ff");
	assert_null(strstr(said.p, "00:24:38:00:01:00"));
}

static bool is_walk(const char *head)
{
	return np_document_walk.mine(np_cur(head, strlen(head)));
}

static void test_mine(void **state)
{
	(void)state;
	assert_true(is_walk("1.3.6.1.2.1.1.1.0|4|x\n"));
	assert_true(is_walk("$ snmpwalk r1\niso.3.6.1 = INTEGER: 1\n"));
	assert_true(is_walk("IF-MIB::ifIndex.1 = INTEGER: 1"));
	assert_false(is_walk("address = STRING: of nobody\n"));
	assert_false(is_walk("1.3|name|value\n"));
	assert_false(is_walk("interface Ethernet0\n ip address 10.0.0.1\n"));
	assert_false(is_walk(""));
}

static void test_names(void **state)
{
	char oid[NP_WALK_OID];
	static const struct {
		const char *name, *oid;
	} v[] = {
		{".1.3.6.1.2", "1.3.6.1.2"},
		{"iso.3.6.1", "1.3.6.1"},
		{"SNMPv2-SMI::mib-2.1.1", "1.3.6.1.2.1.1.1"},
		{".iso.org.dod.internet.mgmt.mib-2.system.sysName.0",
		 "1.3.6.1.2.1.1.5.0"},
		{"OTHER-MIB::otherThing.7", ""},
	};

	(void)state;
	for (size_t i = 0; i < NP_COUNT(v); i++) {
		(void)np_walk_oid(np_cur(v[i].name, strlen(v[i].name)), oid);
		assert_string_equal(oid, v[i].oid);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_rows),
		TEST(test_too_many_rows),
		TEST(test_value),
		TEST(test_too_long_value),
		TEST(test_long_line),
		TEST(test_hosts),
		TEST(test_addresses),
		cmocka_unit_test(test_mine),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
