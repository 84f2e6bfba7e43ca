/* SPDX-License-Identifier: ISC */
/* What holds of every compression below a source; one program a kind. */
#ifndef SOURCE_PACKED_H
#define SOURCE_PACKED_H
#include "source_made.h"

struct packer {
	const char *kind; /* of the whole: "pcap+gzip" */
	struct made (*pack)(const struct made *plain);
	bool checked; /* carries a checksum, so that any damage is noticed */
};

static inline struct made packed_capture(uint32_t frames)
{
	struct made m = {0};

	put_pcap(&m, 0xa1b2c3d4, 1);
	for (uint32_t i = 0; i < frames; i++) {
		put_record(&m, 1700000000 + i, i * 7919 % 1000000, 60, 60);
		for (uint32_t k = 0; k < 60; k += 4)
			put32(&m, (i * 60 + k) * 2654435761u);
	}
	return m;
}

static inline void whole(const struct packer *k)
{
	struct made plain = packed_capture(9000);
	struct made m = k->pack(&plain);
	struct got want = read_made(&plain);
	struct got g = read_made(&m);

	assert_int_equal(g.end, 0);
	assert_string_equal(g.kind, k->kind);
	assert_int_equal(g.st.frames, 9000);
	assert_int_equal(g.st.bytes, m.n);
	assert_false(g.st.truncated);
	assert_int_equal(g.st.last, want.st.last);
	assert_memory_equal(g.octets, want.octets, sizeof(g.octets));
	struct got piped = read_piped(&m, 61);

	assert_memory_equal(&piped.st, &g.st, sizeof(g.st));
	drop(&plain);
	drop(&m);
}

/* Packed in pieces, one behind the other, as parallel packers do. */
static inline void pieces(const struct packer *k)
{
	struct made plain = packed_capture(500);
	struct made m = {0};

	for (size_t at = 0; at < plain.n; at += 5000) {
		struct made piece = {.p = plain.p + at, .n = plain.n - at};

		if (piece.n > 5000)
			piece.n = 5000;
		struct made one = k->pack(&piece);

		put(&m, one.p, one.n);
		drop(&one);
	}
	struct got g = read_made(&m);

	assert_int_equal(g.end, 0);
	assert_int_equal(g.st.frames, 500);
	assert_false(g.st.truncated);
	drop(&plain);
	drop(&m);
}

/* Cut anywhere: what can be unpacked is read, and the rest is missed, also
 * where the cut falls on a record's end. */
static inline void cut_anywhere(const struct packer *k)
{
	struct made plain = packed_capture(20);
	struct made m = k->pack(&plain);
	uint64_t before = 0;

	for (size_t n = 0; n < m.n; n++) {
		struct made cut = {.p = m.p, .n = n};
		struct got g = read_made(&cut);

		if (g.open < 0) {
			assert_int_equal(before, 0);
			continue;
		}
		assert_int_equal(g.end, 0);
		assert_true(g.st.truncated);
		assert_true(g.st.frames >= before);
		before = g.st.frames;
	}
	drop(&plain);
	drop(&m);
}

static inline void changed_anywhere(const struct packer *k)
{
	struct made plain = packed_capture(12);
	struct made m = k->pack(&plain);
	uint64_t noticed = 0;

	for (size_t at = 0; at < m.n; at++) {
		m.p[at] ^= 0x44;
		struct got g = read_made(&m);

		noticed += g.open < 0 || g.end < 0 || g.st.truncated;
		m.p[at] ^= 0x44;
	}
	/* A name, a time or a flag in its header may change unseen. */
	if (k->checked)
		assert_true(noticed > m.n - 16);
	drop(&plain);
	drop(&m);
}

/* What is damaged in the middle was read up to there. */
static inline void damaged_late(const struct packer *k)
{
	struct made plain = packed_capture(9000);
	struct made m = k->pack(&plain);

	if (!k->checked)
		return;
	memset(m.p + m.n - m.n / 8, 0x55, 64);
	struct got g = read_made(&m);

	assert_int_equal(g.open, 0);
	assert_int_equal(g.end, NP_EINPUT);
	assert_true(g.st.frames > 1000);
	assert_true(g.e.at > 24 + 76 * g.st.frames - 1);
	assert_non_null(strstr(g.e.what, "of the file"));
	drop(&plain);
	drop(&m);
}

static inline void twice(const struct packer *k)
{
	struct made plain = packed_capture(3);
	struct made once = k->pack(&plain);
	struct made m = k->pack(&once);
	struct got g = read_made(&m);

	assert_int_equal(g.open, NP_EINPUT);
	assert_non_null(strstr(g.e.text, "packed twice"));
	drop(&plain);
	drop(&once);
	drop(&m);
}

static inline void no_capture(const struct packer *k)
{
	struct made plain = {0};
	struct made empty = k->pack(&plain);
	struct got g = read_made(&empty);

	assert_int_equal(g.open, NP_EINPUT);
	assert_string_equal(g.e.text, "an empty file");
	put(&plain, "just some words", 15);
	struct made m = k->pack(&plain);

	g = read_made(&m);
	assert_int_equal(g.open, NP_EINPUT);
	assert_non_null(strstr(g.e.text, "looks like text"));
	drop(&plain);
	drop(&empty);
	drop(&m);
}

static inline void other_behind(const struct packer *k)
{
	struct made plain = packed_capture(3);
	struct made m = k->pack(&plain);

	put(&m, "what is this?", 13);
	struct got g = read_made(&m);

	assert_int_equal(g.end, NP_EINPUT);
	assert_int_equal(g.st.frames, 3);
	drop(&plain);
	drop(&m);
}

/* Frames that cost nothing: 64 MiB of zeros are four million of them. */
static inline void bomb(const struct packer *k)
{
	struct made plain = packed_capture(3);
	size_t n = (size_t)64 << 20;

	plain.p = realloc(plain.p, plain.n + n);
	assert_non_null(plain.p);
	memset(plain.p + plain.n, 0, n);
	plain.n += n;
	struct made m = k->pack(&plain);
	struct got g = read_made(&m);

	assert_true(plain.n / NP_MAX_RATIO > m.n);
	assert_int_equal(g.open, 0);
	assert_int_equal(g.end, NP_ELIMIT);
	assert_non_null(strstr(g.e.text, "times its size"));
	assert_true(g.st.frames > 3);
	assert_true(g.e.at < plain.n);
	drop(&plain);
	drop(&m);
}
/* A program's tests of its packer, and their list. */
#define PACKED_TEST(name, packer)                                              \
	static void test_##name(void **state)                                  \
	{                                                                      \
		(void)state;                                                   \
		name(&(packer));                                               \
	}
#define PACKED_TESTS(packer)                                                   \
	PACKED_TEST(whole, packer)                                             \
	PACKED_TEST(pieces, packer)                                            \
	PACKED_TEST(cut_anywhere, packer)                                      \
	PACKED_TEST(changed_anywhere, packer)                                  \
	PACKED_TEST(damaged_late, packer)                                      \
	PACKED_TEST(twice, packer)                                             \
	PACKED_TEST(no_capture, packer)                                        \
	PACKED_TEST(other_behind, packer)                                      \
	PACKED_TEST(bomb, packer)
#define PACKED_LIST                                                            \
	cmocka_unit_test(test_whole), cmocka_unit_test(test_pieces),           \
		cmocka_unit_test(test_cut_anywhere),                           \
		cmocka_unit_test(test_changed_anywhere),                       \
		cmocka_unit_test(test_damaged_late),                           \
		cmocka_unit_test(test_twice),                                  \
		cmocka_unit_test(test_no_capture),                             \
		cmocka_unit_test(test_other_behind),                           \
		cmocka_unit_test(test_bomb)
#endif
