/* SPDX-License-Identifier: ISC */
/* Sources: snoop (RFC 1761). */
#include "source_made.h"

#define SECOND INT64_C(1000000000)

static void put_snoop(struct made *m, uint32_t datalink)
{
	m->big = true;
	put(m, "snoop\0\0\0", 8);
	put32(m, 2);
	put32(m, datalink);
}

static void put_snoop_record(struct made *m, uint32_t lost, uint32_t seconds,
			     uint8_t c, uint32_t n, uint32_t wire_n)
{
	put32(m, wire_n);
	put32(m, n);
	put32(m, 24 + ((n + 3) & ~3u));
	put32(m, lost);
	put32(m, seconds);
	put32(m, 250000);
	put_fill(m, c, n);
	put_fill(m, 0, -(size_t)n & 3);
}

static void read_snoop(void **state)
{
	(void)state;
	struct made m = {0};

	put_snoop(&m, 4);
	put_snoop_record(&m, 0, 800000000, 0xaa, 61, 1500);
	put_snoop_record(&m, 5, 800000001, 0xbb, 60, 60);
	struct got g = read_made(&m);

	assert_int_equal(g.end, 0);
	assert_string_equal(g.kind, "snoop");
	assert_int_equal(g.st.frames, 2);
	assert_int_equal(g.st.drops, 5);
	assert_false(g.st.truncated);
	assert_int_equal(g.f[0].n, 61);
	assert_int_equal(g.f[0].wire_n, 1500);
	assert_int_equal(g.f[0].linktype, 1);
	assert_int_equal(g.f[0].time, 800000000 * SECOND + 250000000);
	assert_int_equal(g.octets[1][15], 0xbb);
	drop(&m);
}

/* The last record without its padding is whole; without an octet of its frame
 * it is cut. Frames stand still while the buffer moves. */
static void last_record(void **state)
{
	(void)state;
	struct made m = {0};

	put_snoop(&m, 4);
	put_snoop_record(&m, 0, 1, 0xaa, 60, 60);
	size_t where = m.n;

	put_snoop_record(&m, 0, 2, 0xbb, 61, 61);
	m.n -= 3;
	struct got g = read_made(&m);

	assert_int_equal(g.end, 0);
	assert_int_equal(g.st.frames, 2);
	assert_false(g.st.truncated);
	assert_int_equal(g.octets[1][0], 0xbb);
	assert_int_equal(g.octets[1][15], 0xbb);
	m.n--;
	g = read_made(&m);
	assert_int_equal(g.st.frames, 1);
	assert_true(g.st.truncated);
	assert_int_equal(g.st.cut_at, where);
	drop(&m);
}

static void lengths(void **state)
{
	(void)state;
	static const struct {
		uint32_t n, all;
	} bad[] = {
		{60, 0},
		{60, 23},
		{60, 80},
		{UINT32_MAX, 84},
		{UINT32_MAX, UINT32_MAX},
		{NP_MAX_FRAME + 1, NP_MAX_FRAME + 28},
		{60, UINT32_MAX},
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct made m = {0};

		put_snoop(&m, 4);
		put_snoop_record(&m, 0, 1, 0xaa, 60, 60);
		size_t where = m.n;

		put_snoop_record(&m, 0, 2, 0xbb, 60, 60);
		patch32(&m, where + 4, bad[i].n);
		patch32(&m, where + 8, bad[i].all);
		struct got g = read_made(&m);

		assert_int_equal(g.end, NP_EINPUT);
		assert_int_equal(g.e.at, where);
		assert_int_equal(g.st.frames, 1);
		drop(&m);
	}
}

static void every_prefix(void **state)
{
	(void)state;
	struct made m = {0};

	put_snoop(&m, 4);
	size_t begin = m.n;

	for (uint8_t i = 0; i < 4; i++)
		put_snoop_record(&m, 0, i, i, 40, 40);
	for (size_t n = 12; n < m.n; n++) {
		struct made cut = {.p = m.p, .n = n};
		struct got g = read_made(&cut);

		if (n < begin) {
			assert_int_equal(g.open, NP_EINPUT);
			continue;
		}
		assert_int_equal(g.end, 0);
		assert_int_equal(g.st.frames, (n - begin) / 64);
		assert_int_equal(g.st.truncated, (n - begin) % 64 != 0);
	}
	drop(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(read_snoop),
		cmocka_unit_test(last_record),
		cmocka_unit_test(lengths),
		cmocka_unit_test(every_prefix),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
