/* SPDX-License-Identifier: ISC */
/* Messages of HTTP/1: their lengths and packings, and each limit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <zlib.h>

#include "proto/lib/body.h"

#define CUR(s) np_cur(s, sizeof(s) - 1)
#define POST "POST /a HTTP/1.1\r\n"
#define OK "HTTP/1.1 200 OK\r\n"
#define CHUNKED "Transfer-Encoding: chunked\r\n\r\n"

static struct np_message m;
static struct np_arena mem;
static struct np_cur content;
static size_t size;

static int setup(void **state)
{
	(void)state;
	mem = np_arena((size_t)1 << 20);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	np_arena_free(&mem);
	return 0;
}

static enum np_part read_all(struct np_cur c, bool end)
{
	np_arena_reset(&mem);
	assert_int_equal(np_message(c, &m), NP_PART_WHOLE);
	return np_body(&m, end, &mem, &content, &size);
}

static void assert_content(struct np_cur c, bool end, const char *want,
			   size_t want_size)
{
	assert_int_equal(read_all(c, end), NP_PART_WHOLE);
	assert_int_equal(content.left, strlen(want));
	assert_true(np_ahead(content, want, strlen(want)));
	assert_int_equal(size, want_size);
}

static void test_head(void **state)
{
	(void)state;
	assert_int_equal(
		np_message(
			CUR("PUT /a b HTTP/1.0\r\nHOST: h \r\nVia: 1.1 p\r\n"
			    "Sec-WebSocket-Protocol: x\r\nSOAPAction: \"\"\r\n"
			    "content-type: a/b; c\r\n\r\nrest"),
			&m),
		NP_PART_WHOLE);
	assert_false(m.response);
	assert_true(np_ahead(m.method, "PUT", m.method.left));
	assert_true(np_ahead(m.path, "/a b", 4) && m.path.left == 4);
	assert_true(np_ahead(m.host, "h", 1) && m.host.left == 1);
	assert_true(np_ahead(m.websocket, "x", 1));
	assert_int_equal(m.action.left, 2);
	assert_int_equal(m.type.left, 6);
	assert_true(m.relayed);
	assert_int_equal(m.body.left, 4);
	assert_int_equal(np_message(CUR(OK "a: b\r\n"), &m), NP_PART_MORE);
	assert_int_equal(m.status, 200);
	assert_int_equal(np_message(CUR("POST /a"), &m), NP_PART_MORE);
}

static void test_no_head(void **state)
{
	(void)state;
	assert_int_equal(np_message(CUR("x\r\n\r\n"), &m), NP_PART_NONE);
	assert_int_equal(np_message(CUR(" /a HTTP/1.1\r\n\r\n"), &m),
			 NP_PART_NONE);
	assert_int_equal(np_message(CUR("POST HTTP/1.1\r\n\r\n"), &m),
			 NP_PART_NONE);
	assert_int_equal(np_message(CUR("HTTP/1.1 x\r\n\r\n"), &m),
			 NP_PART_NONE);
	assert_int_equal(np_message(CUR(POST "Content-Length: x\r\n\r\n"), &m),
			 NP_PART_NONE);
	assert_int_equal(
		np_message(CUR(POST "Transfer-Encoding: x\r\n\r\n"), &m),
		NP_PART_NONE);
}

static void test_lengths(void **state)
{
	(void)state;
	assert_content(CUR(POST "Content-Length: 2\r\n\r\nabc"), false, "ab",
		       sizeof(POST) - 1 + 23);
	assert_content(CUR(POST "\r\nabc"), false, "", sizeof(POST) + 1);
	assert_content(CUR(OK "\r\nabc"), true, "abc", sizeof(OK) + 4);
	assert_content(CUR("HTTP/1.1 204 \r\nContent-Length: 2\r\n\r\nab"),
		       false, "", 36);
	assert_int_equal(read_all(CUR(OK "\r\nabc"), false), NP_PART_MORE);
	assert_int_equal(size, 0);
	assert_int_equal(
		read_all(CUR(POST "Content-Length: 9\r\n\r\nabc"), false),
		NP_PART_MORE);
	assert_int_equal(size, sizeof(POST) - 1 + 30);
	assert_int_equal(
		read_all(CUR(POST "Content-Length: 9\r\n\r\nabc"), true),
		NP_PART_NONE);
}

static void test_chunks(void **state)
{
	static const char *const broken[] = {"x\r\n", "\r\n", "2\r\nabc\r\n",
					     "000000001\r\na\r\n0\r\n\r\n",
					     "20001\r\na"};
	static const char *const part[] = {
		"",	 "2",	   "2\r\na",	 "2\r\nab", "2\r\nab\r\n",
		"0\r\n", "0\r\na", "20000\r\na",
	};
	char p[200];

	(void)state;
	assert_content(CUR(OK CHUNKED
			   "2;x=y\r\nab\r\nA \r\n0123456789\r\n0\r\nt: 1\r\n"
			   "\r\nHTTP"),
		       false, "ab0123456789",
		       sizeof(OK CHUNKED) - 1 + 11 + 16 + 11);
	assert_content(CUR(OK CHUNKED "00000001\r\na\r\n0\r\n\r\n"), false, "a",
		       sizeof(OK CHUNKED) - 1 + 13 + 5);
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
		int n = snprintf(p, sizeof(p), OK CHUNKED "%s", broken[i]);

		assert_int_equal(read_all(np_cur(p, (size_t)n), false),
				 NP_PART_NONE);
	}
	for (size_t i = 0; i < sizeof(part) / sizeof(part[0]); i++) {
		int n = snprintf(p, sizeof(p), OK CHUNKED "%s", part[i]);

		assert_int_equal(read_all(np_cur(p, (size_t)n), false),
				 NP_PART_MORE);
	}
}

/* A response up to its end, packed so. */
static size_t packed(uint8_t *p, const char *name, int window, const void *in,
		     size_t n, size_t room)
{
	int head = snprintf((char *)p, 100, OK "Content-Encoding: %s\r\n\r\n",
			    name);
	union {
		const void *ours;
		uint8_t *theirs;
	} from = {.ours = in};
	z_stream z = {.next_in = from.theirs,
		      .avail_in = (unsigned)n,
		      .next_out = p + head,
		      .avail_out = (unsigned)(room - (size_t)head)};

	assert_int_equal(
		deflateInit2(&z, 9, Z_DEFLATED, window, 9, Z_DEFAULT_STRATEGY),
		Z_OK);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	(void)deflateEnd(&z);
	return (size_t)head + z.total_out;
}

static void test_packings(void **state)
{
	static const struct {
		const char *name;
		int window;
	} rows[] = {{"gzip", 31},
		    {"X-GZIP", 31},
		    {"deflate", 15},
		    {"deflate", -15}};
	uint8_t p[500];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t n = packed(p, rows[i].name, rows[i].window, "abc", 3,
				  sizeof(p));

		assert_content(np_cur(p, n), true, "abc", n);
		assert_int_equal(read_all(np_cur(p, n - 4), true),
				 NP_PART_NONE);
	}
	assert_int_equal(
		read_all(np_cur(p, packed(p, "br", 15, "abc", 3, sizeof(p))),
			 true),
		NP_PART_NONE);
	assert_content(CUR(OK "Content-Encoding: gzip\r\n\r\n"), true, "",
		       sizeof(OK) + 25);
}

/* One to each limit, and one over it. */
static void test_input(void **state)
{
	uint8_t *p = calloc(1, NP_BODY_INPUT + 1);
	int head = snprintf((char *)p, 100, OK "\r\n");

	(void)state;
	assert_int_equal(read_all(np_cur(p, NP_BODY_INPUT), true),
			 NP_PART_WHOLE);
	assert_int_equal(content.left, NP_BODY_INPUT - (size_t)head);
	assert_int_equal(read_all(np_cur(p, NP_BODY_INPUT), false),
			 NP_PART_NONE);
	assert_int_equal(read_all(np_cur(p, NP_BODY_INPUT - 1), false),
			 NP_PART_MORE);
	assert_int_equal(read_all(np_cur(p, NP_BODY_INPUT + 1), true),
			 NP_PART_NONE);
	head = snprintf((char *)p, 100, OK "Content-Length: %zu\r\n\r\n",
			NP_BODY_INPUT - 43);
	assert_int_equal(head, 43);
	assert_int_equal(read_all(np_cur(p, 50), false), NP_PART_MORE);
	assert_int_equal(size, NP_BODY_INPUT);
	(void)snprintf((char *)p, 100, OK "Content-Length: %zu\r\n\r\n",
		       NP_BODY_INPUT - 42);
	assert_int_equal(read_all(np_cur(p, 50), false), NP_PART_NONE);
	memset(p + 17, 'a', NP_BODY_INPUT - 17);
	assert_int_equal(np_message(np_cur(p, NP_BODY_INPUT - 1), &m),
			 NP_PART_MORE);
	assert_int_equal(np_message(np_cur(p, NP_BODY_INPUT), &m),
			 NP_PART_NONE);
	free(p);
}

static void test_lines(void **state)
{
	char p[17 + 3 * (NP_BODY_LINES + 1) + 2];

	(void)state;
	memcpy(p, OK, 17);
	for (size_t i = 0; i <= NP_BODY_LINES; i++)
		memcpy(p + 17 + 3 * i, "a\r\n", 3);
	memcpy(p + sizeof(p) - 2, "\r\n", 2);
	assert_int_equal(np_message(np_cur(p, sizeof(p)), &m), NP_PART_NONE);
	memcpy(p + sizeof(p) - 5, "\r\n", 2);
	assert_int_equal(np_message(np_cur(p, sizeof(p) - 3), &m),
			 NP_PART_WHOLE);
}

static void test_output(void **state)
{
	static uint8_t in[NP_BODY_OUTPUT + 1], p[NP_BODY_INPUT];

	(void)state;
	/* Dull enough to be small, not so dull that its ratio is refused. */
	for (size_t i = 0; i < sizeof(in); i++)
		in[i] = i % 512 < 16 ? (uint8_t)(i * i / 512) : 'a';
	size_t n = packed(p, "gzip", 31, in, NP_BODY_OUTPUT, sizeof(p));

	assert_int_equal(read_all(np_cur(p, n), true), NP_PART_WHOLE);
	assert_int_equal(content.left, NP_BODY_OUTPUT);
	n = packed(p, "gzip", 31, in, NP_BODY_OUTPUT + 1, sizeof(p));
	assert_int_equal(read_all(np_cur(p, n), true), NP_PART_NONE);
}

static void test_ratio(void **state)
{
	static uint8_t in[NP_BODY_OUTPUT], p[NP_BODY_INPUT];
	const size_t head = sizeof(OK "Content-Encoding: deflate\r\n\r\n") - 1;
	size_t n, fits = 0;

	(void)state;
	for (size_t k = 1; k < 20000; k++) {
		n = packed(p, "deflate", 15, in, k, sizeof(p));
		bool over = k > (n - head) * NP_BODY_RATIO;

		assert_int_equal(read_all(np_cur(p, n), true),
				 over ? NP_PART_NONE : NP_PART_WHOLE);
		fits += !over;
		if (over)
			break;
	}
	assert_true(fits > 500 && fits < 19998);
}

static enum np_part post(struct np_cur c, size_t limit)
{
	return np_body_post(c, limit, &mem, &m, &content, &size);
}

/* A request is read where it stands, or not at all. */
static void test_post(void **state)
{
	struct np_cur c =
		CUR(POST "Via: x\r\nContent-Length: 4\r\n\r\nbody and more");
	struct np_cur none[] = {
		CUR(""),
		CUR("GET / HTTP/1.1\r\nContent-Length: 1\r\n\r\nx"),
		CUR("POST / RTSP/1.0\r\nContent-Length: 1\r\n\r\nx"),
		CUR(OK "Content-Length: 1\r\n\r\nx"),
		CUR(POST "Content-Length: 1\r\n"),
		CUR(POST "\r\nx"),
		CUR(POST "Content-Length: 1\r\n" CHUNKED "1\r\nx\r\n0\r\n\r\n"),
		CUR(POST
		    "Content-Length: 1\r\nContent-Encoding: gzip\r\n\r\nx"),
		CUR(POST "Content-Length: 9223372036854775807\r\n\r\nx"),
	};

	(void)state;
	np_arena_reset(&mem);
	assert_int_equal(post(c, 1000), NP_PART_WHOLE);
	assert_true(m.relayed);
	assert_int_equal(content.left, 4);
	assert_true(np_ahead(content, "body", 4));
	assert_int_equal(size, c.left - 9);
	assert_int_equal(post(np_cur(c.p, c.left - 10), 1000), NP_PART_MORE);
	assert_int_equal(size, c.left - 9);
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		assert_int_equal(post(none[i], 1000), NP_PART_NONE);
	assert_int_equal(post(c, c.left - 9), NP_PART_WHOLE);
	assert_int_equal(post(c, c.left - 10), NP_PART_NONE);
	assert_int_equal(post(c, m.head - 1), NP_PART_NONE);
}

/* XML that is somebody's is known by a word near its beginning. */
static void test_mark(void **state)
{
	static char p[NP_BODY_MARK + 100];
	const int head =
		snprintf(p, sizeof(p), OK "Content-Type: text/XML\r\n\r\n");
	const struct np_cur c = np_cur(p, (size_t)head + NP_BODY_MARK);

	(void)state;
	np_arena_reset(&mem);
	assert_int_equal(np_body_xml(CUR(OK "a: b\r\n"), false, "is:x", &mem,
				     &m, &content, &size),
			 NP_PART_MORE);
	assert_int_equal(np_body_xml(CUR(OK "a: b\r\n"), true, "is:x", &mem, &m,
				     &content, &size),
			 NP_PART_NONE);
	assert_int_equal(np_body_xml(CUR(OK "\r\nis:x"), true, "is:x", &mem, &m,
				     &content, &size),
			 NP_PART_NONE);
	assert_int_equal(np_body_xml(np_cur(p, c.left - 1), false, "is:x", &mem,
				     &m, &content, &size),
			 NP_PART_MORE);
	assert_int_equal(
		np_body_xml(c, false, "is:x", &mem, &m, &content, &size),
		NP_PART_NONE);
	memcpy(p + c.left - 4, "is:x", 4);
	assert_int_equal(
		np_body_xml(c, false, "is:x", &mem, &m, &content, &size),
		NP_PART_MORE);
	assert_int_equal(
		np_body_xml(c, true, "is:x", &mem, &m, &content, &size),
		NP_PART_WHOLE);
	assert_int_equal(
		np_body_xml(c, true, "is:y", &mem, &m, &content, &size),
		NP_PART_NONE);
	assert_int_equal(np_body_xml(np_cur(p, c.left - 9), true, "is:x", &mem,
				     &m, &content, &size),
			 NP_PART_NONE);
}

/* Without memory nothing is read, and nothing breaks. */
static void test_memory(void **state)
{
	uint8_t p[500];
	size_t n = packed(p, "gzip", 31, "abc", 3, sizeof(p));
	bool read = false;

	(void)state;
	for (size_t limit = 0; limit < 100000 && !read; limit += 997) {
		struct np_arena small = np_arena(limit);

		assert_int_equal(np_message(np_cur(p, n), &m), NP_PART_WHOLE);
		read = np_body(&m, true, &small, &content, &size) ==
		       NP_PART_WHOLE;
		np_arena_free(&small);
	}
	assert_true(read);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_head),	 cmocka_unit_test(test_no_head),
		cmocka_unit_test(test_lengths),	 cmocka_unit_test(test_chunks),
		cmocka_unit_test(test_packings), cmocka_unit_test(test_input),
		cmocka_unit_test(test_lines),	 cmocka_unit_test(test_output),
		cmocka_unit_test(test_ratio),	 cmocka_unit_test(test_memory),
		cmocka_unit_test(test_mark),	 cmocka_unit_test(test_post),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
