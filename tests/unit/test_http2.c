/* SPDX-License-Identifier: ISC */
/* HTTP/2: frames written out in octets, and each limit reached. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "proto/lib/http2.h"

#define SIZE ((size_t)1 << 20)

static struct np_arena mem;
static struct np_http2 h;
static uint8_t *octets;
static size_t n;

enum { DATA, HEADERS, PRIORITY, RST, SETTINGS, PROMISE, CONTINUATION = 9 };

static int open_all(void **state)
{
	(void)state;
	mem = np_arena(SIZE);
	octets = calloc(1, SIZE);
	n = 0;
	return !octets;
}

static int close_all(void **state)
{
	(void)state;
	np_arena_free(&mem);
	free(octets);
	return 0;
}

static void frame_n(unsigned type, unsigned flags, uint32_t stream,
		    const void *p, size_t size)
{
	const uint8_t head[] = {
		(uint8_t)(size >> 16),	 (uint8_t)(size >> 8),
		(uint8_t)size,		 (uint8_t)type,
		(uint8_t)flags,		 0,
		(uint8_t)(stream >> 16), (uint8_t)(stream >> 8),
		(uint8_t)stream,
	};

	memcpy(octets + n, head, sizeof(head));
	if (size)
		memcpy(octets + n + sizeof(head), p, size);
	n += sizeof(head) + size;
}

#define FRAME(type, flags, stream, s)                                          \
	frame_n(type, flags, stream, s, sizeof(s) - 1)

static void begin(void)
{
	assert_true(np_http2_open(&h, np_cur(octets, n), &mem));
}

static void assert_next(enum np_http2_is want)
{
	assert_int_equal(np_http2_next(&h), want);
}

static void assert_text(struct np_cur c, const char *want)
{
	assert_false(c.cut);
	assert_int_equal(c.left, strlen(want));
	assert_memory_equal(c.p, want, c.left);
}

static void preface(void)
{
	memcpy(octets, NP_HTTP2_PREFACE, 24);
	n = 24;
	FRAME(SETTINGS, 0, 0, "\0\3\0\0\0\x64");
}

static void test_begins(void **state)
{
	(void)state;
	assert_true(np_http2_begins(np_cur("PRI * H", 7)));
	assert_false(np_http2_begins(np_cur("PRI *!", 6)));
	assert_false(np_http2_begins(np_cur("\0\0\0\4\0\0\0\0", 8)));
	assert_true(np_http2_begins(np_cur("\0\0\0\4\0\0\0\0\0", 9)));
	assert_true(np_http2_begins(np_cur("\0\0\6\4\0\0\0\0\0", 9)));
	assert_false(np_http2_begins(np_cur("\0\0\7\4\0\0\0\0\0", 9)));
	assert_false(np_http2_begins(np_cur("\0\0\0\4\1\0\0\0\0", 9)));
	assert_false(np_http2_begins(np_cur("\0\0\0\4\0\0\0\0\1", 9)));
	assert_false(np_http2_begins(np_cur("\0\x80\4\4\0\0\0\0\0", 9)));
}

/* Padding, priority, a block in three frames, content in two, and two streams
 * that take turns. */
static void test_messages(void **state)
{
	(void)state;
	preface();
	FRAME(HEADERS, 8 | 32, 1, "\2\0\0\0\0\x10\x82\x86\0\0");
	FRAME(CONTINUATION, 0, 1, "\x84\x41");
	FRAME(CONTINUATION, 4, 1, "\3a.b");
	FRAME(HEADERS, 4 | 1, 3, "\x83");
	FRAME(DATA, 0, 1, "con");
	FRAME(PRIORITY, 0, 3, "\0\0\0\0\1");
	FRAME(DATA, 8 | 1, 1, "\1tent\0");
	begin();
	assert_next(NP_HTTP2_MESSAGE);
	assert_int_equal(h.done.stream, 3);
	assert_text(np_http2_field(&h.done, ":method").value, "POST");
	assert_true(np_http2_field(&h.done, ":metho").value.cut);
	assert_next(NP_HTTP2_MESSAGE);
	assert_int_equal(h.done.stream, 1);
	assert_text(np_http2_field(&h.done, ":method").value, "GET");
	assert_text(np_http2_field(&h.done, ":authority").value, "a.b");
	assert_text(np_http2_content(&h.done, &mem), "content");
	assert_next(NP_HTTP2_MORE);
	assert_int_equal(h.used, n);
	assert_int_equal(h.need, n + 9);
	assert_false(np_http2_rest(&h));
}

/* What did not end: by its own reset, or as the direction was left. */
static void test_open_ends(void **state)
{
	(void)state;
	FRAME(SETTINGS, 0, 0, "");
	FRAME(HEADERS, 4, 1, "\x88");
	FRAME(HEADERS, 4, 3, "\x89");
	FRAME(DATA, 0, 3, "some");
	FRAME(RST, 0, 1, "\0\0\0\0");
	FRAME(RST, 0, 7, "\0\0\0\0");
	begin();
	assert_next(NP_HTTP2_MESSAGE);
	assert_text(np_http2_field(&h.done, ":status").value, "200");
	assert_next(NP_HTTP2_MORE);
	assert_true(np_http2_rest(&h));
	assert_text(np_http2_field(&h.done, ":status").value, "204");
	assert_text(np_http2_content(&h.done, &mem), "some");
	assert_false(np_http2_rest(&h));
}

/* Every shorter beginning wants exactly the frame that it lacks. */
static void test_need(void **state)
{
	(void)state;
	FRAME(SETTINGS, 0, 0, "");
	FRAME(HEADERS, 1, 1, "\x88");
	FRAME(CONTINUATION, 4, 1, "\x89");
	const size_t all = n;

	for (n = 0; n < all; n++) {
		np_arena_reset(&mem);
		begin();
		assert_next(NP_HTTP2_MORE);
		assert_true(h.need > n && h.need <= all);
	}
	begin();
	assert_next(NP_HTTP2_MESSAGE);
	assert_int_equal(h.done.nfields, 2);
}

static void assert_broken(void)
{
	begin();
	assert_next(NP_HTTP2_BROKEN);
	n = 0;
}

static void test_broken(void **state)
{
	(void)state;
	FRAME(DATA, 0, 0, "x");
	assert_broken();
	FRAME(DATA, 8, 1, "\5abcd");
	assert_broken();
	FRAME(DATA, 8, 1, "");
	assert_broken();
	FRAME(HEADERS, 4, 0, "\x88");
	assert_broken();
	FRAME(HEADERS, 4, 1, "\xbe");
	assert_broken();
	FRAME(HEADERS, 4 | 32, 1, "\0\0\0\0");
	assert_broken();
	FRAME(CONTINUATION, 4, 1, "\x88");
	assert_broken();
	FRAME(HEADERS, 0, 1, "\x88");
	FRAME(DATA, 0, 1, "x");
	assert_broken();
	FRAME(HEADERS, 0, 1, "\x88");
	FRAME(CONTINUATION, 4, 3, "\x88");
	assert_broken();
	/* a promise is read for the table's sake, and said of nobody */
	FRAME(PROMISE, 4, 1, "\0\0\0\2\x40\1a\1b");
	FRAME(HEADERS, 4 | 1, 1, "\xbe");
	begin();
	assert_next(NP_HTTP2_MESSAGE);
	assert_text(np_http2_field(&h.done, "a").value, "b");
}

static void test_longest_frame(void **state)
{
	static const uint8_t zeros[NP_HTTP2_FRAME_MAX + 1];

	(void)state;
	FRAME(HEADERS, 4, 1, "\x88");
	frame_n(DATA, 1, 1, zeros, NP_HTTP2_FRAME_MAX);
	begin();
	assert_next(NP_HTTP2_MESSAGE);
	assert_int_equal(np_http2_content(&h.done, &mem).left,
			 NP_HTTP2_FRAME_MAX);
	n = 0;
	frame_n(DATA, 1, 1, zeros, NP_HTTP2_FRAME_MAX + 1);
	assert_broken();
}

/* A block may be no longer than the longest frame in all its parts. */
static void test_longest_block(void **state)
{
	static uint8_t fields[NP_HTTP2_FRAME_MAX];

	(void)state;
	memset(fields, 0x88, sizeof(fields));
	frame_n(HEADERS, 1, 1, fields, NP_HTTP2_FRAME_MAX - 1);
	frame_n(CONTINUATION, 4, 1, fields, 1);
	begin();
	assert_next(NP_HTTP2_MESSAGE);
	n = 0;
	frame_n(HEADERS, 1, 1, fields, NP_HTTP2_FRAME_MAX - 1);
	frame_n(CONTINUATION, 4, 1, fields, 2);
	assert_broken();
}

/* More streams than are kept: theirs is nobody's, the table stays right. */
static void test_streams(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < NP_HTTP2_STREAMS; i++)
		FRAME(HEADERS, 4, 2 * i + 1, "\x88");
	FRAME(HEADERS, 4 | 1, 999, "\x40\1a\1b");
	FRAME(DATA, 1, 999, "x");
	FRAME(HEADERS, 4 | 1, 1, "\xbe");
	FRAME(HEADERS, 4 | 1, 1001, "\xbe");
	begin();
	assert_next(NP_HTTP2_MESSAGE);
	assert_int_equal(h.done.stream, 1);
	assert_text(np_http2_field(&h.done, "a").value, "b");
	assert_next(NP_HTTP2_MESSAGE);
	assert_int_equal(h.done.stream, 1001);
	for (size_t i = 1; i < NP_HTTP2_STREAMS; i++)
		assert_true(np_http2_rest(&h));
	assert_false(np_http2_rest(&h));
}

static void test_fields_and_pieces(void **state)
{
	uint8_t fields[NP_HTTP2_FIELDS + 1];

	(void)state;
	memset(fields, 0x88, sizeof(fields));
	frame_n(HEADERS, 4, 1, fields, NP_HTTP2_FIELDS);
	for (size_t i = 0; i < NP_HTTP2_PIECES; i++)
		FRAME(DATA, i + 1 == NP_HTTP2_PIECES, 1, "x");
	frame_n(HEADERS, 4 | 1, 3, fields, NP_HTTP2_FIELDS + 1);
	FRAME(HEADERS, 4, 5, "\x88");
	for (size_t i = 0; i <= NP_HTTP2_PIECES; i++)
		FRAME(DATA, i == NP_HTTP2_PIECES, 5, "x");
	begin();
	assert_next(NP_HTTP2_MESSAGE);
	assert_false(h.done.lost);
	assert_int_equal(np_http2_content(&h.done, &mem).left, NP_HTTP2_PIECES);
	assert_next(NP_HTTP2_MESSAGE);
	assert_true(h.done.lost);
	assert_int_equal(h.done.nfields, NP_HTTP2_FIELDS);
	assert_next(NP_HTTP2_MESSAGE);
	assert_true(h.done.lost);
}

/* No memory, wherever it ends, is no fault and no message. */
static void test_no_memory(void **state)
{
	(void)state;
	FRAME(HEADERS, 1, 1, "\x88");
	FRAME(CONTINUATION, 4, 1, "\x89");
	for (size_t limit = 0;; limit += 64) {
		struct np_arena little = np_arena(limit);
		bool read = np_http2_open(&h, np_cur(octets, n), &little) &&
			    np_http2_next(&h) == NP_HTTP2_MESSAGE;

		np_arena_free(&little);
		if (read)
			break;
		assert_true(limit < SIZE);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_all, close_all)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_begins),
		TEST(test_messages),
		TEST(test_open_ends),
		TEST(test_need),
		TEST(test_broken),
		TEST(test_longest_frame),
		TEST(test_longest_block),
		TEST(test_streams),
		TEST(test_fields_and_pieces),
		TEST(test_no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
