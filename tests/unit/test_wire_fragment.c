/* SPDX-License-Identifier: ISC */
/* IPv4's and IPv6's headers, and datagrams in pieces: in any order, twice,
 * overlapping, lost, too many, too large, one inside another. */
#include "wire_made.h"

static uint8_t whole[1 << 16];

/* A UDP datagram of n octets in all, its text running 0, 1, 2 … */
static void make_whole(size_t n)
{
	for (size_t i = 8; i < n; i++)
		whole[i] = (uint8_t)(i - 8);
	payload(&m, whole + 8, n - 8);
	udp(&m, 40000, SNMP);
	memcpy(whole, front(&m), 8);
}

static void piece4(unsigned id, size_t from, size_t to, bool more)
{
	payload(&m, whole + from, to - from);
	ip4_piece(&m, 17, 7, id, from, more);
	ethernet(&m, 0x0800, 9);
	transmit(&e, &m);
}

static void piece6(uint32_t id, size_t from, size_t to, bool more)
{
	payload(&m, whole + from, to - from);
	ip6_piece(&m, 17, id, from, more);
	ip6(&m, 44, 7);
	ethernet(&m, 0x86dd, 9);
	transmit(&e, &m);
}

/* One payload of n octets came, as make_whole made it. */
static void is_whole(size_t n)
{
	assert_int_equal(e.n, 1);
	assert_ptr_equal(e.v[0].proto, &np_proto_snmp);
	assert_int_equal(e.v[0].n, n - 8);
	assert_memory_equal(e.v[0].p, whole + 8, n - 8);
	assert_int_equal(e.v[0].at, 8);
	assert_int_equal(e.v[0].src_ip[e.v[0].from.ip_len - 1], 7);
	has_mac(&e.v[0], 9);
	e.n = 0;
}

static void test_in_any_order(void **state)
{
	static const uint8_t order[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
					    {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
	static const size_t cut[] = {0, 16, 40, 61};

	(void)state;
	make_whole(61);
	for (unsigned o = 0; o < 12; o++) {
		for (unsigned i = 0; i < 3; i++) {
			unsigned k = order[o % 6][i];

			assert_int_equal(e.n, 0);
			if (o < 6)
				piece4(o, cut[k], cut[k + 1], k < 2);
			else
				piece6(o, cut[k], cut[k + 1], k < 2);
		}
		is_whole(61);
	}
	assert_int_equal(stats(&e).fragments_dropped, 0);
}

static void test_twice(void **state)
{
	(void)state;
	make_whole(61);
	piece4(1, 0, 16, true);
	piece4(1, 0, 16, true);
	piece4(1, 40, 61, false);
	piece4(1, 40, 61, false);
	piece4(1, 16, 40, true);
	is_whole(61);
}

/* Octets that came first stand. */
static void test_overlap(void **state)
{
	uint8_t truth[64];

	(void)state;
	make_whole(61);
	memcpy(truth, whole, 61);
	piece4(1, 16, 32, true);
	memset(whole + 8, 'X', 53);
	memcpy(whole + 8, truth + 8, 8);
	memcpy(whole + 32, truth + 32, 8);
	piece4(1, 0, 40, true); /* its middle lies */
	memcpy(whole + 40, truth + 40, 21);
	piece4(1, 24, 61, false); /* its beginning lies */
	memcpy(whole, truth, 61);
	is_whole(61);
	/* Across a span that lies behind another. */
	piece4(2, 0, 8, true);
	piece4(2, 24, 32, true);
	piece4(2, 16, 40, true);
	piece4(2, 8, 24, true);
	piece4(2, 32, 61, false);
	is_whole(61);
}

static void test_a_lost_piece(void **state)
{
	(void)state;
	make_whole(61);
	piece4(1, 0, 16, true);
	piece4(1, 40, 61, false);
	/* The same id of another protocol, or between others, fills nothing. */
	payload(&m, whole + 16, 24);
	ip4_piece(&m, 132, 7, 1, 16, true);
	ethernet(&m, 0x0800, 9);
	transmit(&e, &m);
	payload(&m, whole + 16, 24);
	ip4_piece(&m, 17, 8, 1, 16, true);
	ethernet(&m, 0x0800, 9);
	transmit(&e, &m);
	piece4(2, 16, 40, true);
	piece6(1, 16, 40, true);
	for (size_t i = 12; i < 20; i += 4) { /* another source, another end */
		payload(&m, whole + 16, 24);
		ip4_piece(&m, 17, 7, 1, 16, true);
		front(&m)[i]++;
		ethernet(&m, 0x0800, 9);
		transmit(&e, &m);
	}
	assert_int_equal(e.n, 0);
	piece4(1, 16, 40, true);
	is_whole(61);
	np_wire_end(e.w);
	assert_int_equal(e.n, 0);
}

/* A ninth datagram where eight may wait: the oldest goes, and is counted. */
static void test_too_many(void **state)
{
	(void)state;
	make_whole(61);
	for (unsigned id = 1; id <= 9; id++)
		piece4(id, 0, 40, true);
	assert_int_equal(stats(&e).fragments_dropped, 1);
	for (unsigned id = 2; id <= 9; id++) {
		piece4(id, 40, 61, false);
		is_whole(61);
	}
	assert_int_equal(stats(&e).fragments_dropped, 1);
	piece4(1, 40, 61, false); /* its first piece is forgotten */
	assert_int_equal(e.n, 0);
}

/* The octets held are bounded, and given back with each datagram. */
static void test_too_large(void **state)
{
	const struct np_wire_conf small = {.fragments = 8, .pending = 8192};

	(void)state;
	deaf(&e);
	listen_with(&e, &small);
	make_whole(9000);
	piece4(1, 0, 8000, true);
	piece4(1, 8000, 9000, false);
	assert_int_equal(e.n, 0);
	assert_true(stats(&e).fragments_dropped >= 1);
	uint64_t dropped = stats(&e).fragments_dropped;

	for (unsigned id = 10; id < 30; id++) {
		make_whole(4000);
		piece4(id, 0, 2000, true);
		piece4(id, 2000, 4000, false);
		is_whole(4000);
	}
	assert_int_equal(stats(&e).fragments_dropped, dropped);
}

static void test_the_largest(void **state)
{
	size_t n = 65535 - 20;

	(void)state;
	make_whole(n);
	for (size_t at = 0; at < n; at += 1480)
		piece4(1, at, at + 1480 < n ? at + 1480 : n, at + 1480 < n);
	is_whole(n);
	/* No piece lies beyond what a datagram can be. */
	piece4(2, 0, 16, true);
	payload(&m, whole, 16);
	ip4_piece(&m, 17, 7, 2, 65528, false);
	ethernet(&m, 0x0800, 9);
	transmit(&e, &m);
	assert_int_equal(e.n, 0);
	assert_int_equal(stats(&e).fragments_dropped, 1);
}

/* A datagram in more pieces apart from each other than are kept. */
static void test_too_many_holes(void **state)
{
	(void)state;
	make_whole(4096);
	for (size_t at = 0; at < 2048; at += 16)
		piece4(1, at, at + 8, true);
	assert_int_equal(stats(&e).fragments_dropped, 1);
	assert_int_equal(e.n, 0);
}

/* What the capture cut cannot be put together. */
static void test_a_cut_piece(void **state)
{
	(void)state;
	make_whole(61);
	piece4(1, 0, 40, true);
	payload(&m, whole + 40, 21);
	ip4_piece(&m, 17, 7, 1, 40, false);
	ethernet(&m, 0x0800, 9);
	send_cut(&e, &m, length(&m) - 3);
	assert_int_equal(e.n, 0);
	transmit(&e, &m);
	is_whole(61);
}

/* A datagram in pieces whose pieces hold a datagram in pieces: its addresses
 * and its sender stand in octets that were put together before it. */
static void test_pieces_inside_pieces(void **state)
{
	static uint8_t inner[2][256];
	size_t n[2];

	(void)state;
	make_whole(61);
	for (unsigned i = 0; i < 2; i++) {
		payload(&m, whole + (i ? 40 : 0), i ? 21 : 40);
		ip4_piece(&m, 17, 7, 5, i ? 40 : 0, !i);
		ethernet(&m, 0x0800, 9);
		head(&m, "08000000 00006500");
		udp(&m, 50000, 4789);
		n[i] = length(&m);
		memcpy(inner[i], front(&m), n[i]);
	}
	for (unsigned i = 0; i < 4; i++) {
		const uint8_t *p = inner[i / 2];

		assert_int_equal(e.n, 0);
		payload(&m, i % 2 ? p + 24 : p, i % 2 ? n[i / 2] - 24 : 24);
		ip4_piece(&m, 17, 3, 10 + i / 2, i % 2 ? 24 : 0, !(i % 2));
		ethernet(&m, 0x0800, 4);
		transmit(&e, &m);
	}
	assert_int_equal(e.v[0].from.depth, 1);
	is_whole(61);
}

/* ------------------------------------------------------------ headers */

static void test_ip4_headers(void **state)
{
	(void)state;
	/* Options: 24 octets of header. */
	text(&m, "one");
	udp(&m, 40000, SNMP);
	head(&m, "01010100");
	ip4(&m, 17, 7);
	front(&m)[0] = 0x46;
	ethernet(&m, 0x0800, 9);
	transmit(&e, &m);
	only(&e, "one", 7, 0);
	/* Segmentation offload leaves a length of zero. */
	e.n = 0;
	datagram4(&m, "two", 7);
	front(&m)[2] = front(&m)[3] = 0;
	ethernet(&m, 0x0800, 9);
	transmit(&e, &m);
	only(&e, "two", 7, 0);
	/* A header shorter than it can be, and one longer than the frame. */
	static const uint8_t bad[] = {0x44, 0x4f, 0x55};

	for (size_t i = 0; i < sizeof(bad); i++) {
		datagram4(&m, "no", 7);
		front(&m)[0] = bad[i];
		/* Where a header of 16 octets would have UDP's ports. */
		be16(front(&m) + 18, SNMP);
		ethernet(&m, 0x0800, 9);
		transmit(&e, &m);
	}
	assert_int_equal(e.n, 1);
}

static void chain(uint8_t first, const char *hex)
{
	e.n = 0;
	text(&m, "six");
	udp(&m, 40000, SNMP);
	head(&m, hex);
	ip6(&m, first, 7);
	ethernet(&m, 0x86dd, 9);
	transmit(&e, &m);
}

static void test_ip6_extension_headers(void **state)
{
	(void)state;
	chain(17, "");
	only(&e, "six", 7, 0);
	chain(0, "1100 050200000100"); /* hop by hop: router alert */
	only(&e, "six", 7, 0);
	chain(60, "1101 0104000000000000000000000000");
	only(&e, "six", 7, 0);
	chain(43, "1102 0001 00000000 20010db8000000000000000000000003");
	only(&e, "six", 7, 0);
	chain(135, "1101 0500 00000000 0000000000000000");
	only(&e, "six", 7, 0);
	/* RFC 4302: its length counts words of four, less two. */
	chain(51, "1104 0000 00000001 00000001 000102030405060708090a0b");
	only(&e, "six", 7, 0);
	/* RFC 6946: a fragment that is all of it. */
	chain(44, "1100 0000 00000001");
	only(&e, "six", 7, 0);
	chain(0, "2b00 050200000100 3c00 000000000000 1100 010400000000");
	only(&e, "six", 7, 0);
	/* A header that is longer than the datagram; no next header. */
	chain(0, "11ff 050200000100");
	assert_int_equal(e.n, 0);
	chain(59, "");
	assert_int_equal(e.n, 0);
	/* Nobody's chain is as long as this one. */
	chain(60, "3c00 010400000000 3c00 010400000000 3c00 010400000000"
		  "3c00 010400000000 3c00 010400000000 3c00 010400000000"
		  "3c00 010400000000 1100 010400000000");
	assert_int_equal(e.n, 0);
}

/* The fragment header may stand behind others, and others behind it. */
static void test_ip6_pieces_in_a_chain(void **state)
{
	(void)state;
	text(&m, "six");
	udp(&m, 40000, SNMP);
	head(&m, "1100 010400000000");
	size_t n = length(&m);

	memcpy(whole, front(&m), n);
	for (unsigned i = 0; i < 2; i++) {
		payload(&m, whole + (i ? 16 : 0), i ? n - 16 : 16);
		ip6_piece(&m, 60, 77, i ? 16 : 0, !i);
		head(&m, "2c00 050200000100");
		ip6(&m, 0, 7);
		ethernet(&m, 0x86dd, 9);
		assert_int_equal(e.n, 0);
		transmit(&e, &m);
	}
	only(&e, "six", 7, 0);
}

/* An interface identifier that was made from a MAC address (RFC 4291 A). */
static void test_eui64(void **state)
{
	static const uint8_t iid[] = {2, 0, 0x5e, 0xff, 0xfe, 0, 0x53, 9};

	(void)state;
	datagram6(&m, "one", 7);
	memcpy(front(&m) + 16, iid, 8);
	ethernet(&m, 0x86dd, 9);
	transmit(&e, &m);
	assert_int_equal(e.n, 2);
	assert_ptr_equal(e.v[0].proto, &np_proto_eui64);
	assert_int_equal(e.v[0].n, 16);
	assert_memory_equal(e.v[0].p + 8, iid, 8);
	is_given(&e, 1, &np_proto_snmp, "one");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_in_any_order),
		TEST(test_twice),
		TEST(test_overlap),
		TEST(test_a_lost_piece),
		TEST(test_too_many),
		TEST(test_too_large),
		TEST(test_the_largest),
		TEST(test_too_many_holes),
		TEST(test_a_cut_piece),
		TEST(test_pieces_inside_pieces),
		TEST(test_ip4_headers),
		TEST(test_ip6_extension_headers),
		TEST(test_ip6_pieces_in_a_chain),
		TEST(test_eui64),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
