/* SPDX-License-Identifier: ISC */
/* Packets of MQTT, frames of STOMP: each kind, each limit, what is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "proto/lib/broker.h"

#define CUR(s) np_cur(s, sizeof(s) - 1)

static void assert_mqtt(struct np_cur c, enum np_part part, size_t size)
{
	struct np_brokered b;

	assert_int_equal(np_mqtt(c, &b), part);
	if (part != NP_PART_NONE)
		assert_int_equal(b.size, size);
}

static void test_mqtt(void **state)
{
	struct np_brokered b;

	(void)state;
	assert_int_equal(np_mqtt(CUR("\x10\7\0\4MQTT\5"), &b), NP_PART_WHOLE);
	assert_true(b.opens && !b.carries);
	assert_int_equal(np_mqtt(CUR("\x10\7\0\4MQTT\6"), &b), NP_PART_WHOLE);
	assert_false(b.opens);
	assert_int_equal(np_mqtt(CUR("\x20\2\1\0"), &b), NP_PART_WHOLE);
	assert_true(b.opens);
	assert_int_equal(np_mqtt(CUR("\x20\2\2\0"), &b), NP_PART_WHOLE);
	assert_false(b.opens);
	assert_int_equal(np_mqtt(CUR("\x32\x08\0\1t\0\7\1ab"), &b),
			 NP_PART_WHOLE);
	assert_true(b.carries && !b.opens);
	assert_int_equal(b.body.left, 3);
	assert_int_equal(b.body5.left, 1);
	assert_int_equal(np_mqtt(CUR("\x30\4\0\1tx"), &b), NP_PART_WHOLE);
	assert_int_equal(b.body.left, 1);
	assert_true(b.body5.cut);
	assert_int_equal(np_mqtt(CUR("\x30\2\0\5"), &b), NP_PART_WHOLE);
	assert_true(b.body.cut && !b.body.left);
}

static void test_mqtt_length(void **state)
{
	(void)state;
	assert_mqtt((struct np_cur){0}, NP_PART_MORE, 0);
	assert_mqtt(CUR("\xc0"), NP_PART_MORE, 0);
	assert_mqtt(CUR("\xc0\0"), NP_PART_WHOLE, 2);
	assert_mqtt(CUR("\x30\x80\x80\x80"), NP_PART_MORE, 0);
	assert_mqtt(CUR("\x30\xff\xff\xff\x7f"), NP_PART_MORE,
		    5 + ((size_t)1 << 28) - 1);
	assert_mqtt(CUR("\x30\x80\x80\x80\x80\1"), NP_PART_NONE, 0);
	assert_mqtt(CUR("\x30\3\0\1"), NP_PART_MORE, 5);
}

static void test_mqtt_kinds(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 256; i++) {
		char octets[] = {(char)i, 0};
		unsigned type = i >> 4, flags = i & 15;
		unsigned must = type == 6 || type == 8 || type == 10 ? 2 : 0;
		bool is = type == 3 ? (flags & 6) != 6 : type && flags == must;

		assert_mqtt(np_cur(octets, 2),
			    is ? NP_PART_WHOLE : NP_PART_NONE, 2);
	}
}

static void test_subscribe(void **state)
{
	(void)state;
	assert_true(np_mqtt_subscribe(CUR("\x82\6\0\1\0\1a\1")));
	assert_true(np_mqtt_subscribe(CUR("\x82\7\0\1\0\0\1a\2")));
	assert_true(np_mqtt_subscribe(CUR("\x82\12\0\1\0\1a\0\0\1b\1")));
	assert_false(np_mqtt_subscribe(CUR("\x82\6\0\1\0\1a\x80")));
	assert_false(np_mqtt_subscribe(CUR("\x82\6\0\1\0\2a\1")));
	assert_false(np_mqtt_subscribe(CUR("\x82\7\0\1\0\1a\1")));
	assert_false(np_mqtt_subscribe(CUR("\x82\2\0\1")));
	assert_false(np_mqtt_subscribe(CUR("\xa2\6\0\1\0\1a\1")));
	assert_false(np_mqtt_subscribe(CUR("\x82\1\0")));
	assert_false(np_mqtt_subscribe((struct np_cur){0}));
}

static void assert_stomp(struct np_cur c, enum np_part part, size_t size)
{
	struct np_brokered b;

	assert_int_equal(np_stomp(c, &b), part);
	if (part != NP_PART_NONE)
		assert_int_equal(b.size, size);
}

static void test_stomp(void **state)
{
	static const char sized[] = "MESSAGE\r\ncontent-length:3\r\n"
				    "content-length:9\r\n\r\na\0b";
	struct np_brokered b;

	(void)state;
	assert_int_equal(np_stomp(np_cur(sized, sizeof(sized)), &b),
			 NP_PART_WHOLE);
	assert_true(b.carries && b.handed_on && !b.opens);
	assert_int_equal(b.size, sizeof(sized));
	assert_int_equal(b.body.left, 3);
	assert_int_equal(np_stomp(CUR("\n\r\nSEND\n\nab\0"), &b),
			 NP_PART_WHOLE);
	assert_true(b.carries && !b.handed_on);
	assert_int_equal(b.size, 12);
	assert_int_equal(b.body.left, 2);
	assert_int_equal(np_stomp(CUR("CONNECTED\n\n\0"), &b), NP_PART_WHOLE);
	assert_true(b.opens && !b.carries);
	assert_int_equal(np_stomp(CUR("NACK\n\n\0"), &b), NP_PART_WHOLE);
	assert_false(b.opens || b.carries);
	assert_stomp(CUR("\n\r\n"), NP_PART_WHOLE, 3);
}

static void test_stomp_broken(void **state)
{
	(void)state;
	assert_stomp((struct np_cur){0}, NP_PART_MORE, 0);
	assert_stomp(CUR("\r"), NP_PART_MORE, 0);
	assert_stomp(CUR("SEN"), NP_PART_MORE, 0);
	assert_stomp(CUR("UNSUBSCRIBE------"), NP_PART_NONE, 0);
	assert_stomp(CUR("SENDS\n\n\0"), NP_PART_NONE, 0);
	assert_stomp(CUR("SEND\nkey:x"), NP_PART_MORE, 0);
	assert_stomp(CUR("SEND\n\nabc"), NP_PART_MORE, 0);
	assert_stomp(CUR("SEND\ncontent-length:3\n\nabc"), NP_PART_MORE, 27);
	assert_stomp(CUR("SEND\ncontent-length:3\n\nabcd"), NP_PART_NONE, 0);
	assert_stomp(CUR("SEND\ncontent-length:-1\n\n\0"), NP_PART_WHOLE, 25);
	assert_stomp(CUR("SEND\ncontent-length:131072\n\n"), NP_PART_MORE,
		     28 + NP_BODY_INPUT + 1);
	assert_stomp(CUR("SEND\ncontent-length:131073\n\n"), NP_PART_NONE, 0);
	assert_stomp(CUR("SEND\ncontent-length:99999999999999999999\n\n\0"),
		     NP_PART_WHOLE, 43);
}

enum { LINE = 8 };

/* A frame with n headers, its end included. */
static size_t headed(char *p, unsigned n)
{
	char *at = p;

	memcpy(at, "SEND\n", 5);
	at += 5;
	for (unsigned i = 0; i < n; i++, at += LINE)
		memcpy(at, "key:val\n", LINE);
	memcpy(at, "\n", 2);
	return (size_t)(at - p) + 2;
}

static void test_stomp_lines(void **state)
{
	char text[LINE * (NP_BROKER_LINES + 1)];
	size_t n = headed(text, NP_BROKER_LINES - 1);

	(void)state;
	assert_stomp(np_cur(text, n), NP_PART_WHOLE, n);
	n = headed(text, NP_BROKER_LINES);
	assert_stomp(np_cur(text, n), NP_PART_NONE, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mqtt),
		cmocka_unit_test(test_mqtt_length),
		cmocka_unit_test(test_mqtt_kinds),
		cmocka_unit_test(test_subscribe),
		cmocka_unit_test(test_stomp),
		cmocka_unit_test(test_stomp_broken),
		cmocka_unit_test(test_stomp_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
