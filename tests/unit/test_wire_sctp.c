/* SPDX-License-Identifier: ISC */
/* SCTP (RFC 9260): DATA by payload protocol, and messages in pieces. */
#include "wire_made.h"

/* B begins a message, E ends it. */
enum { E = 1, B = 2, WHOLE = B | E, PPID = 46 };

/* SNMP's decoders stand in for those of ours that ask for SCTP: alone, by what
 * a match row would have. */
static void ask_for(enum np_on on, uint32_t a)
{
	struct np_routes *r = &e.w->routes;

	r->odd[r->nodd].on = on;
	r->odd[r->nodd].a = a;
	r->odd[r->nodd].b = 0;
	r->odd[r->nodd++].set = r->udp[SNMP];
}

static int set_up_asked(void **state)
{
	(void)set_up(state);
	e.w->routes.nodd = 0;
	e.w->routes.ip[132] = e.w->routes.udp[SNMP];
	ask_for(NP_ON_SCTP, PPID);
	return 0;
}

static void begin_packet(void)
{
	m.at = sizeof(m.room);
}

/* 3.3.1, padded to four octets; in front of what is there. */
static void chunk(uint8_t flags, uint32_t tsn, unsigned stream, uint32_t ppid,
		  const void *p, size_t n)
{
	uint8_t h[16] = {0, flags}, pad[3] = {0};

	before(&m, pad, (4 - n % 4) % 4);
	before(&m, p, n);
	be16(h + 2, 16 + n);
	be32(h + 4, tsn);
	be16(h + 8, stream);
	be32(h + 12, ppid);
	before(&m, h, sizeof(h));
}

static void end_packet(uint8_t nn)
{
	uint8_t h[12] = {0x9c, 0x40, 0x0e, 0x59};

	before(&m, h, sizeof(h));
	ip4(&m, 132, nn);
	ethernet(&m, 0x0800, 9);
	transmit(&e, &m);
}

static void data(uint8_t nn, uint8_t flags, uint32_t tsn, unsigned stream,
		 uint32_t ppid, const char *s)
{
	begin_packet();
	chunk(flags, tsn, stream, ppid, s, strlen(s));
	end_packet(nn);
}

static void test_by_payload_protocol(void **state)
{
	(void)state;
	data(7, WHOLE, 1, 0, PPID, "one");
	assert_int_equal(e.n, 1);
	is_given(&e, 0, &np_proto_snmp, "one");
	assert_int_equal(e.v[0].from.sport, 40000);
	assert_int_equal(e.v[0].from.dport, 3673);
	assert_int_equal(e.v[0].from.ip_proto, 132);
	assert_int_equal(e.v[0].src_ip[3], 7);
	assert_int_equal(e.v[0].from.depth, 0);
	assert_int_equal(e.v[0].at, 14 + 20 + 12 + 16);
	assert_false(e.v[0].from.stream);
	/* Some stacks send the identifier in their own byte order. */
	data(7, WHOLE, 2, 0, __builtin_bswap32(PPID), "two");
	is_given(&e, 1, &np_proto_snmp, "two");
	/* Nobody's, and nothing in it. */
	data(7, WHOLE, 3, 0, 47, "three");
	data(7, WHOLE, 4, 0, PPID, "");
	assert_int_equal(e.n, 2);
}

static void test_by_port(void **state)
{
	(void)state;
	ask_for(NP_ON_SCTP_PORT, 3673);
	data(7, WHOLE, 1, 0, 0, "to it");
	is_given(&e, 0, &np_proto_snmp, "to it");
	data(7, B, 2, 0, 0, "in ");
	data(7, E, 3, 0, 0, "pieces");
	is_given(&e, 1, &np_proto_snmp, "in pieces");
	/* Only where nothing else tells. */
	data(7, WHOLE, 4, 0, 47, "another's");
	assert_int_equal(e.n, 2);
	e.w->routes.odd[e.w->routes.nodd - 1].a = 40000;
	data(7, WHOLE, 5, 0, 0, "from it");
	is_given(&e, 2, &np_proto_snmp, "from it");
	e.w->routes.odd[e.w->routes.nodd - 1].a = 40001;
	data(7, WHOLE, 6, 0, 0, "neither");
	assert_int_equal(e.n, 3);
}

/* 3.3.2, 3.3.3: the packet as it is, common header and all. */
static void test_what_sets_it_up(void **state)
{
	static const uint8_t init[20] = {1, 0, 0, 20};

	(void)state;
	for (uint8_t type = 1; type < 4; type++) {
		begin_packet();
		before(&m, init, sizeof(init));
		front(&m)[0] = type;
		end_packet(7);
	}
	assert_int_equal(e.n, 2);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(e.v[i].at, 14 + 20);
		assert_int_equal(e.v[i].n, 12 + 20);
		assert_int_equal(e.v[i].p[12], i + 1);
		assert_int_equal(e.v[i].from.sport, 40000);
	}
	/* Nobody asks, or there is none. */
	e.w->routes.ip[132] = 0;
	begin_packet();
	before(&m, init, sizeof(init));
	end_packet(7);
	begin_packet();
	end_packet(7);
	assert_int_equal(e.n, 2);
}

static void test_many_chunks_in_one_packet(void **state)
{
	static const uint8_t sack[16] = {3, 0, 0, 16};

	(void)state;
	begin_packet();
	chunk(WHOLE, 3, 0, PPID, "three", 5);
	before(&m, sack, sizeof(sack));
	chunk(WHOLE, 2, 0, 47, "nobody's", 8);
	chunk(WHOLE, 2, 0, PPID, "RFC 8260", 8);
	front(&m)[0] = 64; /* I-DATA has another layout */
	chunk(WHOLE, 1, 0, PPID, "o", 1);
	end_packet(7);
	assert_int_equal(e.n, 2);
	is_given(&e, 0, &np_proto_snmp, "o");
	is_given(&e, 1, &np_proto_snmp, "three");
	/* A chunk that is longer than the packet, and one without a length. */
	begin_packet();
	chunk(WHOLE, 4, 0, PPID, "four", 4);
	be16(front(&m) + 2, 60);
	end_packet(7);
	begin_packet();
	chunk(WHOLE, 5, 0, PPID, "five", 4);
	be16(front(&m) + 2, 0);
	end_packet(7);
	assert_int_equal(e.n, 2);
}

static void test_a_message_in_pieces(void **state)
{
	(void)state;
	data(7, B, 10, 1, PPID, "one ");
	data(7, 0, 11, 1, PPID, "two ");
	/* Another stream's and another host's go between. */
	data(7, B, 12, 2, PPID, "other");
	data(8, B, 12, 1, PPID, "other");
	data(7, E, 12, 3, PPID, "other");
	data(9, E, 12, 1, PPID, "other");
	assert_int_equal(e.n, 0);
	data(7, E, 12, 1, PPID, "three");
	assert_int_equal(e.n, 1);
	is_given(&e, 0, &np_proto_snmp, "one two three");
	assert_int_equal(e.v[0].at, 0);
	/* Heard where it began. */
	assert_int_equal(e.v[0].place, 1);
	assert_int_equal(e.v[0].first, 1000);
	data(8, E, 13, 1, PPID, "s");
	is_given(&e, 1, &np_proto_snmp, "others");
	assert_int_equal(e.v[1].src_ip[3], 8);
	assert_int_equal(e.v[1].place, 4);
}

static void test_a_lost_piece(void **state)
{
	(void)state;
	data(7, B, 10, 1, PPID, "one ");
	data(7, E, 12, 1, PPID, "three"); /* 11 is missing */
	data(7, E, 20, 1, PPID, "an end without a beginning");
	assert_int_equal(e.n, 0);
	/* The same piece twice is one. */
	data(7, B, 30, 1, PPID, "four ");
	data(7, 0, 31, 1, PPID, "five ");
	data(7, 0, 31, 1, PPID, "five ");
	data(7, E, 32, 1, PPID, "six");
	assert_int_equal(e.n, 1);
	is_given(&e, 0, &np_proto_snmp, "four five six");
}

static void test_too_large(void **state)
{
	static char s[8001];

	(void)state;
	memset(s, 'x', 8000);
	data(7, B, 1, 1, PPID, s);
	for (uint32_t i = 2; i < 9; i++)
		data(7, 0, i, 1, PPID, s);
	assert_int_equal(stats(&e).pending_dropped, 0);
	data(7, 0, 9, 1, PPID, s); /* past 64 KiB */
	assert_int_equal(stats(&e).pending_dropped, 1);
	data(7, E, 10, 1, PPID, s);
	assert_int_equal(e.n, 0);
}

/* The oldest of too many messages goes, and is counted. */
static void test_too_many(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 257; i++)
		data(7, B, 1000 * i, i, PPID, "begun ");
	assert_int_equal(stats(&e).pending_dropped, 1);
	data(7, E, 1, 0, PPID, "ended");
	assert_int_equal(e.n, 0);
	data(7, E, 1001, 1, PPID, "ended");
	assert_int_equal(e.n, 1);
	is_given(&e, 0, &np_proto_snmp, "begun ended");
}

static void test_over_ip6_and_cut(void **state)
{
	uint8_t h[12] = {0x9c, 0x40, 0x0e, 0x59};

	(void)state;
	begin_packet();
	chunk(WHOLE, 1, 0, PPID, "six!", 4);
	before(&m, h, sizeof(h));
	ip6(&m, 132, 7);
	ethernet(&m, 0x86dd, 9);
	for (size_t n = 0; n < length(&m); n++)
		send_cut(&e, &m, n);
	assert_int_equal(e.n, 0);
	transmit(&e, &m);
	assert_int_equal(e.n, 1);
	is_given(&e, 0, &np_proto_snmp, "six!");
	assert_int_equal(e.v[0].from.ip_len, 16);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up_asked, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_by_payload_protocol),
		TEST(test_by_port),
		TEST(test_what_sets_it_up),
		TEST(test_many_chunks_in_one_packet),
		TEST(test_a_message_in_pieces),
		TEST(test_a_lost_piece),
		TEST(test_too_large),
		TEST(test_too_many),
		TEST(test_over_ip6_and_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
