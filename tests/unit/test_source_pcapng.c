/* SPDX-License-Identifier: ISC */
/* Sources: pcapng's sections, interfaces, clocks, counters and damage. */
#include "source_made.h"

#define SECOND INT64_C(1000000000)
#define ETHERNET 1
#define RAW 101

/* One section, one interface, three packets, nothing else. */
static struct made plain(bool big)
{
	struct made m = {.big = big};

	put_section(&m);
	put_interface(&m, ETHERNET, 0);
	for (uint8_t i = 1; i <= 3; i++)
		put_packet(&m, 0, UINT64_C(1700000000000000) + i, i, i * 21u);
	return m;
}

static void both_orders(void **state)
{
	(void)state;
	for (int big = 0; big < 2; big++) {
		struct made m = plain(big);
		struct got g = read_made(&m);

		assert_int_equal(g.end, 0);
		assert_string_equal(g.kind, "pcapng");
		assert_int_equal(g.st.frames, 3);
		assert_int_equal(g.st.bytes, m.n);
		assert_int_equal(g.st.drops, -1);
		assert_false(g.st.truncated);
		assert_int_equal(g.f[2].n, 63);
		assert_int_equal(g.octets[2][0], 3);
		assert_int_equal(g.f[2].linktype, ETHERNET);
		assert_int_equal(g.f[2].time, 1700000000 * SECOND + 3000);
		assert_int_equal(g.iface.snaplen, 0);
		struct got piped = read_piped(&m, 5);

		assert_memory_equal(&piped.st, &g.st, sizeof(g.st));
		drop(&m);
	}
}

/* Each section has its own byte order and its own interfaces. */
static void sections(void **state)
{
	(void)state;
	struct made m = {0};

	put_section(&m);
	put_interface(&m, ETHERNET, 0);
	put_interface(&m, RAW, 96);
	put_packet(&m, 1, 0, 0xaa, 8);
	put_packet(&m, 0, 1, 0xbb, 8);
	m.big = true;
	put_section(&m);
	put_interface(&m, 113, 0);
	put_packet(&m, 0, 2, 0xcc, 8);
	size_t last = m.n;

	put_packet(&m, 1, 3, 0xdd, 8); /* the first section's, not this one's */
	struct got g = read_made(&m);

	assert_int_equal(g.end, NP_EINPUT);
	assert_int_equal(g.e.at, last);
	assert_string_equal(g.e.what, "interface 1");
	assert_int_equal(g.st.frames, 3);
	assert_int_equal(g.f[0].linktype, RAW);
	assert_int_equal(g.f[0].interface, 1);
	assert_int_equal(g.f[1].linktype, ETHERNET);
	assert_int_equal(g.f[2].linktype, 113);
	drop(&m);
}

static int64_t time_with(const uint8_t *resolution, int64_t offset,
			 uint64_t ticks)
{
	struct made m = {0};

	put_section(&m);
	size_t at = begin_block(&m, 1);

	put16(&m, ETHERNET);
	put16(&m, 0);
	put32(&m, 0);
	if (resolution)
		put_option(&m, 9, resolution, 1);
	if (offset)
		put_option64(&m, 14, (uint64_t)offset);
	put_option(&m, 0, NULL, 0);
	end_block(&m, at);
	put_packet(&m, 0, ticks, 0, 4);
	struct got g = read_made(&m);

	assert_int_equal(g.end, 0);
	assert_int_equal(g.st.frames, 1);
	drop(&m);
	return g.f[0].time;
}

static void clocks(void **state)
{
	(void)state;
	static const struct {
		uint8_t resolution;
		uint64_t ticks;
		int64_t offset, want;
	} cases[] = {
		{0, 1700000000, 0, 1700000000 * SECOND},
		{3, 1700000000123, 0, 1700000000 * SECOND + 123000000},
		{6, 1700000000000001, 0, 1700000000 * SECOND + 1000},
		{9, 1700000000000000001, 0, 1700000000 * SECOND + 1},
		{12, 1700000000999, 0, 1700000000},
		{19, UINT64_MAX, 0, SECOND + 844674407},
		{29, UINT64_MAX, 0, 0},
		{127, UINT64_MAX, 0, 0},
		{0x80, 1700000000, 0, 1700000000 * SECOND},
		{0x80 | 10, 1700000000u * 1024ull + 512, 0,
		 1700000000 * SECOND + 500000000},
		{0x80 | 32, 1700000000ull << 32 | 0x40000000, 0,
		 1700000000 * SECOND + 250000000},
		{0x80 | 63, UINT64_MAX, 0, 1999999999},
		{0x80 | 64, UINT64_MAX, 0, 999999999},
		{0x80 | 127, UINT64_MAX, 0, 0},
		{6, 5, 1700000000, 1700000000 * SECOND + 5000},
		{6, 5, -10, -10 * SECOND + 5000},
		{0x80 | 1, 3, 7, 8500000000},
		/* Nothing of ours holds these. */
		{0, UINT64_MAX, 0, NP_NEVER},
		{9, UINT64_MAX, 0, NP_NEVER},
		{0x80, UINT64_MAX, 0, NP_NEVER},
		{6, 5, INT64_MAX, NP_NEVER},
		{6, 5, INT64_MIN, NP_NEVER},
		{9, INT64_MAX, 1, NP_NEVER},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(time_with(&cases[i].resolution,
					   cases[i].offset, cases[i].ticks),
				 cases[i].want);
	assert_int_equal(time_with(NULL, 0, 1000000), SECOND);
}

/* Options in any order: the offset stands whether it comes before or after. */
static void option_order(void **state)
{
	(void)state;
	struct made m = {0};
	static const uint8_t nano = 9;

	put_section(&m);
	size_t at = begin_block(&m, 1);

	put16(&m, RAW);
	put16(&m, 0);
	put32(&m, 77);
	put_option(&m, 2, "ge-0/0/1", 8);
	put_option64(&m, 14, 100);
	put_option(&m, 9, &nano, 1);
	put_option(&m, 999, "?????", 5); /* nobody's */
	put_option(&m, 13, "\4", 1);
	end_block(&m,
		  at); /* without an end of options: allowed by none, seen */
	put_packet(&m, 0, 5, 0xaa, 68);
	struct got g = read_made(&m);

	assert_int_equal(g.f[0].time, 100 * SECOND + 5);
	assert_int_equal(g.f[0].n, 64); /* the check sequence is not payload */
	assert_string_equal(g.name, "ge-0/0/1");
	assert_int_equal(g.iface.snaplen, 77);
	assert_int_equal(g.iface.linktype, RAW);
	assert_int_equal(g.iface.drops, -1);
	drop(&m);
}

static void simple_packets(void **state)
{
	(void)state;
	struct made m = {0};

	put_section(&m);
	size_t orphan = m.n;
	size_t at = begin_block(&m, 3);

	put32(&m, 10);
	put_fill(&m, 0xaa, 10);
	end_block(&m, at);
	struct got g = read_made(&m);

	assert_int_equal(g.end, NP_EINPUT);
	assert_int_equal(g.e.at, orphan);
	m.n = orphan;
	put_interface(&m, ETHERNET, 40);
	at = begin_block(&m, 3);
	put32(&m, 10);
	put_fill(&m, 0xaa, 10);
	end_block(&m, at);
	at = begin_block(&m, 3);
	put32(&m, 1500);
	put_fill(&m, 0xbb, 40);
	end_block(&m, at);
	g = read_made(&m);
	assert_int_equal(g.end, 0);
	assert_int_equal(g.st.frames, 2);
	assert_int_equal(g.f[0].n, 10);
	assert_int_equal(g.f[0].time, NP_NEVER);
	assert_int_equal(g.f[1].n, 40);
	assert_int_equal(g.f[1].wire_n, 1500);
	assert_int_equal(g.st.first, NP_NEVER);
	assert_int_equal(g.st.last, NP_NEVER);
	assert_int_equal(g.st.backwards, 0);
	drop(&m);
}

static void put_old_packet(struct made *m, uint16_t id, uint16_t drops)
{
	size_t at = begin_block(m, 2);

	put16(m, id);
	put16(m, drops);
	put32(m, 0);
	put32(m, 1000000);
	put32(m, 5);
	put32(m, 9);
	put_fill(m, 0xee, 5);
	end_block(m, at);
}

static void put_statistics(struct made *m, uint32_t id, uint64_t ifdrop,
			   uint64_t osdrop)
{
	size_t at = begin_block(m, 5);

	put32(m, id);
	put64(m, 0);
	put_option64(m, 4, 123456); /* received: no loss */
	put_option64(m, 5, ifdrop);
	put_option64(m, 7, osdrop);
	put_option(m, 0, NULL, 0);
	end_block(m, at);
}

static void old_packets(void **state)
{
	(void)state;
	for (int big = 0; big < 2; big++) {
		struct made m = {.big = big};

		put_section(&m);
		put_interface(&m, ETHERNET, 0);
		put_old_packet(&m, 0, UINT16_MAX);
		struct got g = read_made(&m);

		assert_int_equal(g.end, 0);
		assert_int_equal(g.st.drops, -1);
		assert_int_equal(g.f[0].n, 5);
		assert_int_equal(g.f[0].wire_n, 9);
		assert_int_equal(g.f[0].time, SECOND);
		assert_int_equal(g.octets[0][4], 0xee);
		put_old_packet(&m, 0, 0);
		g = read_made(&m);
		assert_int_equal(g.st.drops, 0);
		put_old_packet(&m, 0, 7);
		put_old_packet(&m, 0, 3);
		g = read_made(&m);
		assert_int_equal(g.st.drops, 10);
		assert_int_equal(g.iface.drops, 10);
		drop(&m);
	}
}

/* Counters run from the start of the capture, so the last one of an interface
 * stands; sections and interfaces add up. */
static void drop_counters(void **state)
{
	(void)state;
	for (int big = 0; big < 2; big++) {
		struct made m = {.big = big};

		put_section(&m);
		put_interface(&m, ETHERNET, 0);
		put_interface(&m, ETHERNET, 0);
		put_old_packet(&m, 0, 4); /* counted by what follows */
		put_statistics(&m, 0, 3, 2);
		put_statistics(&m, 0, 30, 20);
		put_old_packet(&m, 0, 4);
		put_statistics(&m, 1, 0, 1);
		put_section(&m);
		put_interface(&m, ETHERNET, 0);
		put_statistics(&m, 0, 100, 0);
		struct got g = read_made(&m);

		assert_int_equal(g.end, 0);
		assert_int_equal(g.st.drops, 151);
		put_statistics(&m, 0, UINT64_MAX, UINT64_MAX);
		g = read_made(&m);
		assert_int_equal(g.st.drops, INT64_MAX);
		drop(&m);
	}
}

/* Statistics that speak of no loss leave it not recorded. */
static void silent_statistics(void **state)
{
	(void)state;
	struct made m = plain(false);
	size_t at = begin_block(&m, 5);

	put32(&m, 0);
	put64(&m, 0);
	put_option64(&m, 4, 5);
	end_block(&m, at);
	struct got g = read_made(&m);

	assert_int_equal(g.end, 0);
	assert_int_equal(g.st.drops, -1);
	drop(&m);
}

static void lost_before_packet(void **state)
{
	(void)state;
	struct made m = {0};

	put_section(&m);
	put_interface(&m, ETHERNET, 0);
	for (int i = 0; i < 2; i++) {
		size_t at = begin_block(&m, 6);

		put32(&m, 0);
		put64(&m, 0);
		put32(&m, 3);
		put32(&m, 3);
		put_fill(&m, 1, 4);	    /* padded */
		put_option(&m, 1, "hi", 2); /* a comment */
		put_option64(&m, 4, 11);
		end_block(&m, at);
	}
	struct got g = read_made(&m);

	assert_int_equal(g.end, 0);
	assert_int_equal(g.st.drops, 22);
	drop(&m);
}

/* Names, secrets, journals, custom and unknown blocks are stepped over, also
 * when they are larger than any buffer. */
static void other_blocks(void **state)
{
	(void)state;
	static const uint32_t types[] = {
		0, 4, 9, 10, 0xbad, 0x40000bad, 0x80000001, UINT32_MAX};
	struct made m = {0};

	put_section(&m);
	put_interface(&m, ETHERNET, 0);
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		size_t at = begin_block(&m, types[i]);

		put_fill(&m, 0xff, i == 3 ? 3000000 : i * 4);
		end_block(&m, at);
		put_packet(&m, 0, i, (uint8_t)i, 30);
	}
	struct got g = read_made(&m);

	assert_int_equal(g.end, 0);
	assert_int_equal(g.st.frames, 8);
	assert_int_equal(g.octets[7][0], 7);
	struct got piped = read_piped(&m, 60000);

	assert_memory_equal(&piped.st, &g.st, sizeof(g.st));
	drop(&m);
}

/* A packet beyond what is read of any is cut, not refused: its block says
 * where the next one is. */
static void long_packets(void **state)
{
	(void)state;
	static const uint32_t sizes[] = {NP_MAX_FRAME, NP_MAX_FRAME + 1,
					 NP_MAX_FRAME + 65536, 5000000};
	struct made m = {0};

	put_section(&m);
	put_interface(&m, ETHERNET, 0);
	for (size_t i = 0; i < 4; i++)
		put_packet(&m, 0, i, (uint8_t)i, sizes[i]);
	put_packet(&m, 0, 9, 9, 60);
	struct got g = read_made(&m);

	assert_int_equal(g.end, 0);
	assert_int_equal(g.st.frames, 5);
	assert_int_equal(g.st.clipped, 3);
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(g.f[i].n, NP_MAX_FRAME);
		assert_int_equal(g.f[i].wire_n, sizes[i]);
		assert_int_equal(g.octets[i][15], i);
	}
	assert_int_equal(g.f[4].n, 60);
	drop(&m);
}

/* What a changed word at `at` makes of the plain capture: broken at `where`
 * with `frames` before. */
static void damaged(size_t at, uint32_t v, const char *text, size_t where,
		    uint64_t frames)
{
	for (int big = 0; big < 2; big++) {
		struct made m = plain(big);

		patch32(&m, at, v);
		struct got g = read_made(&m);

		assert_int_equal(g.open, 0);
		assert_int_equal(g.end, NP_EINPUT);
		assert_non_null(strstr(g.e.text, text));
		assert_int_equal(g.e.at, where);
		assert_int_equal(g.st.frames, frames);
		drop(&m);
	}
}

static void damage(void **state)
{
	(void)state;
	size_t first = 28 + 20, second = first + 32 + 24;

	damaged(second + 4, 0, "shorter than its own header", second, 1);
	damaged(second + 4, 3, "shorter than its own header", second, 1);
	damaged(second + 4, 11, "shorter than its own header", second, 1);
	damaged(second + 4, 77, "no multiple of 4", second, 1);
	damaged(second + 4, UINT32_MAX, "no multiple of 4", second, 1);
	damaged(second + 4, UINT32_MAX - 3, "longer than any", second, 1);
	damaged(second + 4, NP_MAX_BLOCK + 4, "longer than any", second, 1);
	damaged(second + 4, 12, "two lengths differ", second, 1);
	damaged(second + 4, 72, "two lengths differ", second, 1);
	damaged(second - 4, 52, "two lengths differ", first, 0);
	damaged(second + 8, 1, "not described", second, 1);
	damaged(second + 8, UINT32_MAX, "not described", second, 1);
	damaged(second + 20, 45, "longer than its block", second, 1);
	damaged(second + 20, UINT32_MAX, "longer than its block", second, 1);
	damaged(8, 0x4d3c2b1b, "without a byte order", 0, 0);
	damaged(4, 24, "two lengths differ", 0, 0);
	damaged(28 + 4, 16, "two lengths differ", 28, 0);
}

static void short_blocks(void **state)
{
	(void)state;
	static const struct {
		uint32_t type;
		const char *text;
	} cases[] = {
		{1, "cut"},	  {2, "cut"}, {3, "cut"},
		{5, "described"}, {6, "cut"}, {0x0a0d0d0a, "byte order"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct made m = plain(false);
		size_t where = m.n;

		end_block(&m, begin_block(&m, cases[i].type));
		struct got g = read_made(&m);

		assert_int_equal(g.end, NP_EINPUT);
		assert_int_equal(g.st.frames, 3);
		assert_int_equal(g.e.at, where);
		assert_non_null(strstr(g.e.text, cases[i].text));
		drop(&m);
	}
}

static void other_version(void **state)
{
	(void)state;
	struct made m = plain(false);

	m.p[12] = 2;
	struct got g = read_made(&m);

	assert_int_equal(g.end, NP_EINPUT);
	assert_string_equal(g.e.what, "version 2.0");
	/* 1.2 was written by some and is 1.0 (section 4.1). */
	m.p[12] = 1;
	m.p[14] = 2;
	g = read_made(&m);
	assert_int_equal(g.end, 0);
	assert_int_equal(g.st.frames, 3);
	drop(&m);
}

/* An option that runs past its block ends the list and harms nothing else. */
static void bad_options(void **state)
{
	(void)state;
	struct made m = {0};

	put_section(&m);
	size_t at = begin_block(&m, 1);

	put16(&m, ETHERNET);
	put16(&m, 0);
	put32(&m, 0);
	put_option(&m, 9, "\11\11", 2); /* not of its length: not taken */
	put16(&m, 2);
	put16(&m, 65535);
	put_fill(&m, 'x', 4);
	end_block(&m, at);
	put_packet(&m, 0, 1, 0, 4);
	struct got g = read_made(&m);

	assert_int_equal(g.end, 0);
	assert_int_equal(g.f[0].time, 1000);
	assert_string_equal(g.name, "");
	drop(&m);
}

static void many_interfaces(void **state)
{
	(void)state;
	struct made m = {0};

	put_section(&m);
	for (uint32_t i = 0; i < NP_MAX_INTERFACES; i++) {
		size_t at = begin_block(&m, 1);

		put16(&m, ETHERNET);
		put16(&m, 0);
		put32(&m, 0);
		put_option(&m, 2, "a name that costs some memory, 40 octets",
			   40);
		end_block(&m, at);
	}
	put_packet(&m, NP_MAX_INTERFACES - 1, 1, 0, 4);
	size_t where = m.n;
	struct got g = read_made(&m);

	assert_int_equal(g.end, 0);
	assert_int_equal(g.st.frames, 1);
	put_interface(&m, ETHERNET, 0);
	g = read_made(&m);
	assert_int_equal(g.end, NP_ELIMIT);
	assert_int_equal(g.e.at, where);
	assert_int_equal(g.st.frames, 1);
	drop(&m);
}

static void backwards(void **state)
{
	(void)state;
	struct made m = plain(false);
	size_t where = m.n;

	put_packet(&m, 0, 7, 0, 4);
	struct got g = read_made(&m);

	assert_int_equal(g.end, 0);
	assert_int_equal(g.st.first, 7000);
	assert_int_equal(g.st.last, 1700000000 * SECOND + 3000);
	assert_int_equal(g.st.backwards, 1);
	assert_int_equal(g.st.backwards_at, where);
	drop(&m);
}

static void every_prefix(void **state)
{
	(void)state;
	struct made m = plain(false);
	size_t ends[] = {28, 48, 104, 180, 276};

	assert_int_equal(m.n, ends[4]);
	for (size_t n = 4; n <= m.n; n++) {
		struct made cut = {.p = m.p, .n = n};
		struct got g = read_made(&cut);
		size_t whole = 0;
		bool on_end = false;

		for (size_t i = 0; i < 5; i++) {
			whole += i > 1 && ends[i] <= n;
			on_end |= ends[i] == n;
		}
		assert_int_equal(g.open, 0);
		assert_int_equal(g.end, 0);
		assert_int_equal(g.st.frames, whole);
		assert_int_equal(g.st.truncated, !on_end);
	}
	drop(&m);
}

static void every_change(void **state)
{
	(void)state;
	static const uint8_t flips[] = {0x01, 0x10, 0x80, 0xff};
	struct made m = plain(false);

	put_old_packet(&m, 0, 7);
	put_statistics(&m, 0, 3, 2);
	for (size_t at = 0; at < m.n; at++) {
		for (size_t k = 0; k < sizeof(flips); k++) {
			m.p[at] ^= flips[k];
			struct got g = read_made(&m);

			assert_true(g.open <= 0 && g.end <= 0);
			assert_true(g.st.frames <= 4);
			m.p[at] ^= flips[k];
		}
	}
	drop(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_orders),
		cmocka_unit_test(sections),
		cmocka_unit_test(clocks),
		cmocka_unit_test(option_order),
		cmocka_unit_test(simple_packets),
		cmocka_unit_test(old_packets),
		cmocka_unit_test(drop_counters),
		cmocka_unit_test(silent_statistics),
		cmocka_unit_test(lost_before_packet),
		cmocka_unit_test(other_blocks),
		cmocka_unit_test(long_packets),
		cmocka_unit_test(damage),
		cmocka_unit_test(short_blocks),
		cmocka_unit_test(other_version),
		cmocka_unit_test(bad_options),
		cmocka_unit_test(many_interfaces),
		cmocka_unit_test(backwards),
		cmocka_unit_test(every_prefix),
		cmocka_unit_test(every_change),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
