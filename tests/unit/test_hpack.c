/* SPDX-License-Identifier: ISC */
/* HPACK by the examples of RFC 7541 appendix C, and at each of its limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "proto/lib/hpack.h"

#define CUR(s) np_cur(s, sizeof(s) - 1)

static struct np_arena mem;
static struct np_hpack h;

static int open_all(void **state)
{
	(void)state;
	mem = np_arena((size_t)1 << 20);
	return !np_hpack_open(&h, &mem);
}

static int close_all(void **state)
{
	(void)state;
	np_arena_free(&mem);
	return 0;
}

static void assert_text(struct np_cur c, const char *want)
{
	assert_false(c.cut);
	assert_int_equal(c.left, strlen(want));
	assert_memory_equal(c.p, want, c.left);
}

/* A block is these names and values, and no more. */
static void assert_block(struct np_cur c, const char *const *want)
{
	struct np_hpack_field f;

	for (; *want; want += 2) {
		assert_true(np_hpack_next(&h, &c, &f));
		assert_text(f.name, want[0]);
		assert_text(f.value, want[1]);
	}
	assert_false(np_hpack_next(&h, &c, &f));
	assert_false(c.cut);
}

static void assert_broken(struct np_cur c)
{
	struct np_hpack_field f;

	assert_false(np_hpack_next(&h, &c, &f));
	assert_true(c.cut);
}

#define BLOCK(octets, ...)                                                     \
	assert_block(CUR(octets), (const char *const[]){__VA_ARGS__, NULL})

/* C.2: with indexing, without, never indexed, indexed. */
static void test_forms(void **state)
{
	(void)state;
	BLOCK("\x40\x0a"
	      "custom-key\x0d"
	      "custom-header",
	      "custom-key", "custom-header");
	assert_int_equal(h.size, 55);
	BLOCK("\x04\x0c/sample/path", ":path", "/sample/path");
	BLOCK("\x10\x08"
	      "password\x06"
	      "secret",
	      "password", "secret");
	BLOCK("\x82", ":method", "GET");
	BLOCK("\xbe", "custom-key", "custom-header");
	assert_int_equal(h.size, 55);
}

#define GET_HTTP ":method", "GET", ":scheme"
#define AT_EXAMPLE ":authority", "www.example.com"
#define UNCACHED "cache-control", "no-cache"

/* C.3 and C.4: three requests, the later by what the first left. */
static void test_requests(void **state)
{
	(void)state;
	BLOCK("\x82\x86\x84\x41\x0fwww.example.com", GET_HTTP, "http", ":path",
	      "/", AT_EXAMPLE);
	BLOCK("\x82\x86\x84\xbe\x58\x08no-cache", GET_HTTP, "http", ":path",
	      "/", AT_EXAMPLE, UNCACHED);
	BLOCK("\x82\x87\x85\xbf\x40\x0a"
	      "custom-key\x0c"
	      "custom-value",
	      GET_HTTP, "https", ":path", "/index.html", AT_EXAMPLE,
	      "custom-key", "custom-value");
	assert_int_equal(h.size, 164);
}

static void test_requests_in_huffman(void **state)
{
	(void)state;
	BLOCK("\x82\x86\x84\x41\x8c\xf1\xe3\xc2\xe5\xf2\x3a\x6b\xa0\xab\x90\xf4"
	      "\xff",
	      GET_HTTP, "http", ":path", "/", AT_EXAMPLE);
	BLOCK("\x82\x86\x84\xbe\x58\x86\xa8\xeb\x10\x64\x9c\xbf", GET_HTTP,
	      "http", ":path", "/", AT_EXAMPLE, UNCACHED);
	BLOCK("\x82\x87\x85\xbf\x40\x88\x25\xa8\x49\xe9\x5b\xa9\x7d\x7f\x89\x25"
	      "\xa8\x49\xe9\x5b\xb8\xe8\xb4\xbf",
	      GET_HTTP, "https", ":path", "/index.html", AT_EXAMPLE,
	      "custom-key", "custom-value");
	assert_int_equal(h.size, 164);
}

#define PRIVATE "cache-control", "private"
#define LOCATION "location", "https://www.example.com"

/* C.6: a table of 256 octets, from which entries are dropped. */
static void test_eviction(void **state)
{
	const char *first = "Mon, 21 Oct 2013 20:13:21 GMT";
	const char *last = "Mon, 21 Oct 2013 20:13:22 GMT";

	(void)state;
	BLOCK("\x3f\xe1\x01\x48\x82\x64\x02\x58\x85\xae\xc3\x77\x1a\x4b\x61\x96"
	      "\xd0\x7a\xbe\x94\x10\x54\xd4\x44\xa8\x20\x05\x95\x04\x0b\x81\x66"
	      "\xe0\x82\xa6\x2d\x1b\xff\x6e\x91\x9d\x29\xad\x17\x18\x63\xc7\x8f"
	      "\x0b\x97\xc8\xe9\xae\x82\xae\x43\xd3",
	      ":status", "302", PRIVATE, "date", first, LOCATION);
	assert_int_equal(h.size, 222);
	BLOCK("\x48\x83\x64\x0e\xff\xc1\xc0\xbf", ":status", "307", PRIVATE,
	      "date", first, LOCATION);
	BLOCK("\x88\xc1\x61\x96\xd0\x7a\xbe\x94\x10\x54\xd4\x44\xa8\x20\x05\x95"
	      "\x04\x0b\x81\x66\xe0\x84\xa6\x2d\x1b\xff\xc0\x5a\x83\x9b\xd9\xab"
	      "\x77\xad\x94\xe7\x82\x1d\xd7\xf2\xe6\xc7\xb3\x35\xdf\xdf\xcd\x5b"
	      "\x39\x60\xd5\xaf\x27\x08\x7f\x36\x72\xc1\xab\x27\x0f\xb5\x29\x1f"
	      "\x95\x87\x31\x60\x65\xc0\x03\xed\x4e\xe5\xb1\x06\x3d\x50\x07",
	      ":status", "200", PRIVATE, "date", last, LOCATION,
	      "content-encoding", "gzip", "set-cookie",
	      "foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1");
	assert_int_equal(h.n, 3);
	assert_int_equal(h.size, 215);
}

/* 4.3, 4.4: a smaller table drops, and so does what is larger than it. */
static void test_table(void **state)
{
	(void)state;
	BLOCK("\x40\x01"
	      "a\x01"
	      "b\x40\x01"
	      "c\x01"
	      "d",
	      "a", "b", "c", "d");
	BLOCK("\x3f\x03\xbe", "c", "d"); /* 34: the newest alone fits */
	assert_int_equal(h.n, 1);
	assert_broken(CUR("\xbf"));
	BLOCK("\x40\x01"
	      "e\x02"
	      "fg",
	      "e", "fg");
	assert_int_equal(h.n, 0);
	assert_int_equal(h.size, 0);
	assert_broken(CUR("\xbe"));
	assert_broken(CUR("\x80"));
	/* 16384, and one more */
	BLOCK("\x3f\xe1\x7f\x82", ":method", "GET");
	assert_int_equal(h.room, NP_HPACK_TABLE_MAX);
	assert_broken(CUR("\x3f\xe2\x7f\x82"));
}

/* As many entries as the largest table holds, and one more. */
static void test_entries(void **state)
{
	(void)state;
	BLOCK("\x3f\xe1\x7f\x82", ":method", "GET");
	for (size_t i = 0; i <= NP_HPACK_ENTRIES; i++)
		BLOCK("\x40\x00\x00", "", "");
	assert_int_equal(h.n, NP_HPACK_ENTRIES);
	assert_int_equal(h.size, NP_HPACK_TABLE_MAX);
}

/* 5.1: 1337 as C.1.2 writes it, a length of four octets, one of five. */
static void test_integers(void **state)
{
	(void)state;
	BLOCK("\x3f\x9a\x0a\x82", ":method", "GET");
	assert_int_equal(h.room, 1337);
	BLOCK("\x3f\x80\x80\x80\x00\x82", ":method", "GET");
	assert_broken(CUR("\x3f\x80\x80\x80\x80\x00\x82"));
	assert_broken(CUR("\x3f\x9a"));
	assert_broken(CUR("\xff\xff\xff\xff\x7f"));
}

static void test_cut(void **state)
{
	(void)state;
	assert_broken(CUR("\x40\x0a"
			  "custom"));
	assert_broken(CUR("\x40\x03key\x05val"));
	assert_broken(CUR("\x04"));
}

/* A string of the longest length, and one octet more. */
static void test_strings(void **state)
{
	static const uint8_t head[] = {0x04, 0x7f, 0x81, 0x7f};
	uint8_t *p = calloc(1, sizeof(head) + NP_HPACK_STRING_MAX + 1);
	struct np_cur c = np_cur(p, sizeof(head) + NP_HPACK_STRING_MAX);
	struct np_hpack_field f;

	(void)state;
	assert_non_null(p);
	memcpy(p, head, sizeof(head));
	assert_true(np_hpack_next(&h, &c, &f));
	assert_int_equal(f.value.left, NP_HPACK_STRING_MAX);
	p[2]++;
	assert_broken(np_cur(p, sizeof(head) + NP_HPACK_STRING_MAX + 1));
	free(p);
}

/* 5.2: at the end up to seven ones; EOS, more ones, and zeros are none. */
static void test_huffman(void **state)
{
	uint8_t zeros[NP_HPACK_STRING_MAX + 1];

	(void)state;
	assert_text(np_hpack_huffman(CUR("\x1f"), &mem), "a");
	assert_true(np_hpack_huffman(CUR("\x1f\xff"), &mem).cut);
	assert_true(np_hpack_huffman(CUR("\x18"), &mem).cut);
	assert_true(np_hpack_huffman(CUR("\xff\xff\xff\xff"), &mem).cut);
	assert_true(np_hpack_huffman(CUR("\xff\xff\xff\xfc"), &mem).cut);
	/* the longest codes: LF, CR, and 22 */
	assert_text(np_hpack_huffman(CUR("\xff\xff\xff\xf3"), &mem), "\n");
	assert_text(np_hpack_huffman(CUR("\xff\xff\xff\xf7"), &mem), "\r");
	assert_text(np_hpack_huffman(CUR("\xff\xff\xff\xfb"), &mem), "\x16");
	/* five zeros are "0": as many as a string may be of them, or more */
	memset(zeros, 0, sizeof(zeros));
	assert_int_equal(
		np_hpack_huffman(np_cur(zeros, NP_HPACK_STRING_MAX * 5 / 8),
				 &mem)
			.left,
		NP_HPACK_STRING_MAX);
	assert_true(np_hpack_huffman(np_cur(zeros, 10250), &mem).cut);
	assert_true(np_hpack_huffman(np_cur(zeros, sizeof(zeros)), &mem).cut);
}

static void test_no_memory(void **state)
{
	struct np_arena none = np_arena(0);
	struct np_hpack x;

	(void)state;
	assert_false(np_hpack_open(&x, &none));
	assert_true(np_hpack_huffman(CUR("\x1f"), &none).cut);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_all, close_all)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_forms),
		TEST(test_requests),
		TEST(test_requests_in_huffman),
		TEST(test_eviction),
		TEST(test_table),
		TEST(test_entries),
		TEST(test_integers),
		TEST(test_cut),
		TEST(test_strings),
		TEST(test_huffman),
		TEST(test_no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
