/* SPDX-License-Identifier: ISC */
/* Sources: classic pcap, pipes, and what is said of files that are none. */
#include "source_made.h"

#define SECOND INT64_C(1000000000)
#define MICRO 0xa1b2c3d4
#define NANO 0xa1b23c4d

static void four_magics(void **state)
{
	(void)state;
	for (int i = 0; i < 4; i++) {
		struct made m = {.big = i & 1};

		put_pcap(&m, i & 2 ? NANO : MICRO, 1);
		put_frame(&m, 1700000000, 7, 0xaa, 60);
		put_record(&m, 1700000001, 999999, 3, 1500);
		put_fill(&m, 0xbb, 3);
		struct got g = read_made(&m);

		assert_int_equal(g.open, 0);
		assert_int_equal(g.end, 0);
		assert_string_equal(g.kind, "pcap");
		assert_int_equal(g.st.frames, 2);
		assert_int_equal(g.st.bytes, m.n);
		assert_int_equal(g.st.drops, -1);
		assert_false(g.st.truncated);
		assert_int_equal(g.f[0].n, 60);
		assert_int_equal(g.f[0].wire_n, 60);
		assert_int_equal(g.f[0].linktype, 1);
		assert_int_equal(g.octets[0][15], 0xaa);
		assert_int_equal(g.f[0].time,
				 1700000000 * SECOND + (i & 2 ? 7 : 7000));
		assert_int_equal(g.f[1].n, 3);
		assert_int_equal(g.f[1].wire_n, 1500);
		assert_int_equal(g.octets[1][2], 0xbb);
		assert_int_equal(g.st.first, g.f[0].time);
		assert_int_equal(g.st.last, g.f[1].time);
		assert_int_equal(g.st.backwards, 0);
		drop(&m);
	}
}

/* The link type's upper bits: a check sequence of 4 octets behind each frame,
 * which is not payload, and was cut off the second by the snapshot length. */
static void check_sequence(void **state)
{
	(void)state;
	struct made m = {0};

	put_pcap(&m, MICRO, 0x24000000 | 1);
	put_frame(&m, 1, 0, 0xaa, 64);
	put_record(&m, 1, 0, 40, 64);
	put_fill(&m, 0xbb, 40);
	put_frame(&m, 1, 0, 0xcc, 2);
	struct got g = read_made(&m);

	assert_int_equal(g.end, 0);
	assert_int_equal(g.st.frames, 3);
	assert_int_equal(g.f[0].linktype, 1);
	assert_int_equal(g.f[0].n, 60);
	assert_int_equal(g.f[0].wire_n, 60);
	assert_int_equal(g.f[1].n, 40);
	assert_int_equal(g.f[1].wire_n, 60);
	assert_int_equal(g.f[2].n, 2);
	drop(&m);
}

/* Reserved bits of the link type's word are none of the type. */
static void reserved_bits(void **state)
{
	(void)state;
	struct made m = {0};

	put_pcap(&m, MICRO, 0x00ab0000 | 113);
	put_frame(&m, 1, 0, 0xaa, 20);
	struct got g = read_made(&m);

	assert_int_equal(g.f[0].linktype, 113);
	assert_int_equal(g.f[0].n, 20);
	drop(&m);
}

/* 2.2 had the lengths the other way round; 2.3 was written both ways. */
static void old_versions(void **state)
{
	(void)state;
	for (uint8_t minor = 2; minor <= 3; minor++) {
		struct made m = {0};

		put_pcap(&m, MICRO, 1);
		m.p[6] = minor;
		put_record(&m, 1, 0, 100, 5); /* wire, captured */
		put_fill(&m, 0xaa, 5);
		if (minor == 3)
			put_record(&m, 1, 0, 5, 100);
		else
			put_record(&m, 1, 0, 100, 5);
		put_fill(&m, 0xbb, 5);
		struct got g = read_made(&m);

		assert_int_equal(g.end, 0);
		assert_int_equal(g.st.frames, 2);
		assert_int_equal(g.f[0].n, 5);
		assert_int_equal(g.f[0].wire_n, 100);
		assert_int_equal(g.octets[1][4], 0xbb);
		assert_int_equal(g.f[1].wire_n, 100);
		drop(&m);
	}
}

static void other_versions(void **state)
{
	(void)state;
	struct made m = {0};

	put_pcap(&m, MICRO, 1);
	m.p[4] = 3;
	struct got g = read_made(&m);

	assert_int_equal(g.open, NP_EINPUT);
	assert_string_equal(g.e.what, "major version 3");
	m.p[4] = 2;
	m.p[6] = 5;
	g = read_made(&m);
	assert_int_equal(g.open, NP_EINPUT);
	assert_string_equal(g.e.what, "minor version 5");
	drop(&m);
}

/* Across the buffer's end many times, with every frame size up to the largest,
 * and the same through a pipe that gives a little at a time. */
static void many_buffers(void **state)
{
	(void)state;
	struct made m = {0};
	uint64_t n = 0;

	put_pcap(&m, NANO, 1);
	for (uint32_t size = 0; size <= NP_MAX_FRAME;
	     size += size < 200 ? 1 : size / 3) {
		put_frame(&m, 5, (uint32_t)n, (uint8_t)size, size);
		n++;
	}
	put_frame(&m, 5, (uint32_t)n++, 1, NP_MAX_FRAME);
	put_frame(&m, 5, (uint32_t)n++, 2, NP_MAX_FRAME);
	struct got g = read_made(&m);

	assert_int_equal(g.end, 0);
	assert_int_equal(g.st.frames, n);
	assert_int_equal(g.st.last, 5 * SECOND + (int64_t)n - 1);
	assert_false(g.st.truncated);
	struct got piped = read_piped(&m, 4099);

	assert_int_equal(piped.end, 0);
	assert_memory_equal(&piped.st, &g.st, sizeof(g.st));
	assert_memory_equal(piped.octets, g.octets, sizeof(g.octets));
	drop(&m);
}

/* A prefix of a capture holds exactly the records that lie in it whole. */
static void every_prefix(void **state)
{
	(void)state;
	struct made m = {0};
	size_t ends[8] = {0};

	put_pcap(&m, MICRO, 1);
	ends[0] = m.n;
	for (uint32_t i = 1; i < 8; i++) {
		put_frame(&m, i, 0, (uint8_t)i, i * 5);
		ends[i] = m.n;
	}
	for (size_t n = 0; n <= m.n; n++) {
		struct made cut = {.p = m.p, .n = n};
		struct got g = read_made(&cut);
		size_t whole = 0;

		if (n < 24) {
			assert_int_equal(g.open, NP_EINPUT);
			continue;
		}
		while (whole < 7 && ends[whole + 1] <= n)
			whole++;
		assert_int_equal(g.open, 0);
		assert_int_equal(g.end, 0);
		assert_int_equal(g.st.frames, whole);
		assert_int_equal(g.st.truncated, n != ends[whole]);
		assert_int_equal(g.st.cut_at, g.st.truncated ? ends[whole] : 0);
	}
	drop(&m);
}

static void too_long(void **state)
{
	(void)state;
	static const uint32_t lengths[] = {NP_MAX_FRAME + 1, 0x7fffffff,
					   UINT32_MAX};

	for (int i = 0; i < 6; i++) {
		struct made m = {.big = i & 1};

		put_pcap(&m, MICRO, 1);
		put_frame(&m, 1, 0, 0xaa, 60);
		put_record(&m, 2, 0, lengths[i / 2], 60);
		put_fill(&m, 0xbb, NP_MAX_FRAME + 2);
		struct got g = read_made(&m);

		assert_int_equal(g.end, NP_EINPUT);
		assert_int_equal(g.st.frames, 1);
		assert_int_equal(g.e.at, 24 + 16 + 60);
		assert_non_null(strstr(g.e.what, "captured length"));
		drop(&m);
	}
}

static void backwards(void **state)
{
	(void)state;
	for (int big = 0; big < 2; big++) {
		struct made m = {.big = big};

		put_pcap(&m, MICRO, 1);
		put_frame(&m, 10, 0, 0, 4);
		put_frame(&m, 5, 0, 0, 4);
		put_frame(&m, 20, 0, 0, 4);
		put_frame(&m, 19, 999999, 0, 4);
		struct got g = read_made(&m);

		assert_int_equal(g.end, 0);
		assert_int_equal(g.st.frames, 4);
		assert_int_equal(g.st.first, 5 * SECOND);
		assert_int_equal(g.st.last, 20 * SECOND);
		assert_int_equal(g.st.backwards, 2);
		assert_int_equal(g.st.backwards_at, 24 + 20);
		drop(&m);
	}
}

/* Unsigned seconds: the field lasts until 2106. */
static void far_future(void **state)
{
	(void)state;
	struct made m = {0};

	put_pcap(&m, MICRO, 1);
	put_frame(&m, UINT32_MAX, UINT32_MAX, 0, 4);
	struct got g = read_made(&m);

	assert_int_equal(g.f[0].time,
			 UINT32_MAX * SECOND + UINT32_MAX * INT64_C(1000));
	drop(&m);
}

static void no_frames(void **state)
{
	(void)state;
	struct made m = {0};

	put_pcap(&m, MICRO, 1);
	struct got g = read_made(&m);

	assert_int_equal(g.end, 0);
	assert_int_equal(g.st.first, NP_NEVER);
	assert_int_equal(g.st.last, NP_NEVER);
	assert_false(g.st.truncated);
	drop(&m);
}

static void unknown_files(void **state)
{
	(void)state;
	static const struct {
		const char *octets;
		size_t n;
		const char *text, *what;
	} files[] = {
#define FILE_OF(octets, text, what) {octets, sizeof(octets) - 1, text, what}
		FILE_OF("", "an empty file", ""),
		FILE_OF("hello, world\nand so on", "looks like text",
			"hello, world"),
		FILE_OF("gr\xc3\xbc\xc3\x9f", "looks like text", "gr"),
		FILE_OF("\n\n", "looks like text", ""),
		FILE_OF("\1\2\3\xff\xfe\0\7\x88\x99", "begins with",
			"01 02 03 ff fe 00 07 88"),
		FILE_OF("0123456789012345678901234567890123456789"
			"01234567890123456789012\xc3\xbc",
			"looks like text", "0123456789"),
		FILE_OF("\0", "begins with", "00"),
		FILE_OF("\x34\xcd\xb2\xa1\2\0\4\0", "convert it", "Kuznetzov"),
		FILE_OF("\xa1\xb2\xcd\x34\0\2\0\4", "convert it", "Kuznetzov"),
		FILE_OF("\x1f\x9d\x90\0", "unpack it", "compress"),
		FILE_OF("PK\3\4\x14\0", "unpack it", "zip"),
		FILE_OF("SQLite format 3\0\x10", "dossier", "SQLite"),
		FILE_OF("\xd4\xc3\xb2", "begins with", "d4 c3 b2"),
		FILE_OF("\xd4\xc3\xb2\xa1\2\0", "cut inside", ""),
#undef FILE_OF
	};

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct made m = {0};

		put(&m, files[i].octets, files[i].n);
		struct got g = read_made(&m);

		assert_int_equal(g.open, NP_EINPUT);
		assert_non_null(strstr(g.e.text, files[i].text));
		assert_non_null(strstr(g.e.what, files[i].what));
		drop(&m);
	}
}

/* What cannot be read is the system's refusal, not an empty file. */
static void unreadable(void **state)
{
	(void)state;
	int to[2];

	assert_int_equal(pipe(to), 0);
	struct got g = read_fd(to[1]); /* the end that one writes to */

	assert_int_equal(g.open, NP_EIO);
	assert_int_equal(close(to[0]), 0);
}

/* Any single octet changed: an answer, whatever it is. */
static void every_change(void **state)
{
	(void)state;
	static const uint8_t flips[] = {0x01, 0x80, 0xff};
	struct made m = {0};

	put_pcap(&m, MICRO, 1);
	for (uint32_t i = 1; i < 5; i++)
		put_frame(&m, i, 0, (uint8_t)i, i * 7);
	for (size_t at = 0; at < m.n; at++) {
		for (size_t k = 0; k < sizeof(flips); k++) {
			m.p[at] ^= flips[k];
			struct got g = read_made(&m);

			assert_true(g.open <= 0 && g.end <= 0);
			assert_true(g.st.frames <= 8);
			m.p[at] ^= flips[k];
		}
	}
	drop(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(four_magics),
		cmocka_unit_test(check_sequence),
		cmocka_unit_test(reserved_bits),
		cmocka_unit_test(old_versions),
		cmocka_unit_test(other_versions),
		cmocka_unit_test(many_buffers),
		cmocka_unit_test(every_prefix),
		cmocka_unit_test(too_long),
		cmocka_unit_test(backwards),
		cmocka_unit_test(far_future),
		cmocka_unit_test(no_frames),
		cmocka_unit_test(unknown_files),
		cmocka_unit_test(unreadable),
		cmocka_unit_test(every_change),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
