/* SPDX-License-Identifier: ISC */
/* Tunnels: which are opened, how deep, and which are only counted. */
#include "wire_made.h"

static void again_raw(void)
{
	const struct np_wire_conf raw = {.open_subscriber = true};

	deaf(&e);
	listen_with(&e, &raw);
}

/* What is made so far, in a datagram of the protocol, in a frame. */
static void in_ip4(uint8_t proto)
{
	ip4(&m, proto, 1);
	ethernet(&m, 0x0800, 9);
	transmit(&e, &m);
}

static void in_udp(unsigned port)
{
	udp(&m, 50000, port);
	in_ip4(17);
}

static void frame(const char *s)
{
	datagram4(&m, s, 7);
	ethernet(&m, 0x0800, 5);
}

/* The inner frame's sender is the one that counts; the carrier's ports and
 * addresses are gone. */
static void only_deeper(const char *s)
{
	only(&e, s, 7, 1);
	has_mac(&e.v[0], 5);
	np_wire_segment(e.w);
	assert_int_equal(e.nsenders, 2);
	assert_int_equal(e.senders[0].from.depth + e.senders[1].from.depth, 1);
	assert_int_equal(stats(&e).subscriber_tunnels, 0);
	e.n = e.nsenders = 0;
}

static void test_ip_in_ip(void **state)
{
	(void)state;
	datagram4(&m, "4in4", 7);
	in_ip4(4);
	only(&e, "4in4", 7, 1);
	assert_memory_equal(e.v[0].src_mac, "\0\0\0\0\0\0", 6);
	e.n = 0;
	datagram6(&m, "6in4", 7);
	in_ip4(41);
	only(&e, "6in4", 7, 1);
	e.n = 0;
	datagram4(&m, "4in6", 7);
	ip6(&m, 4, 1);
	ethernet(&m, 0x86dd, 9);
	transmit(&e, &m);
	only(&e, "4in6", 7, 1);
	e.n = 0;
	datagram6(&m, "6in6", 7);
	ip6(&m, 41, 1);
	ethernet(&m, 0x86dd, 9);
	transmit(&e, &m);
	only(&e, "6in6", 7, 1);
	/* The version has to be the one that is announced. */
	e.n = 0;
	datagram6(&m, "no", 7);
	in_ip4(4);
	datagram4(&m, "no", 7);
	in_ip4(41);
	assert_int_equal(e.n, 0);
}

static void test_depth_has_a_limit(void **state)
{
	(void)state;
	for (unsigned depth = 0; depth < 12; depth++) {
		e.n = 0;
		datagram4(&m, "deep", 7);
		for (unsigned i = 0; i < depth; i++)
			ip4(&m, 4, (uint8_t)(20 + i));
		ethernet(&m, 0x0800, 9);
		transmit(&e, &m);
		if (depth <= NP_MAX_DEPTH)
			only(&e, "deep", 7, depth);
		else
			assert_int_equal(e.n, 0);
	}
}

static void gre(const char *hex)
{
	e.n = 0;
	datagram4(&m, "gre", 7);
	head(&m, hex);
	in_ip4(47);
	only(&e, "gre", 7, 1);
}

static void test_gre(void **state)
{
	(void)state;
	gre("0000 0800");
	gre("8000 0800 12340000");		     /* checksum */
	gre("2000 0800 00000001");		     /* key */
	gre("1000 0800 00000002");		     /* sequence */
	gre("b000 0800 12340000 00000001 00000002"); /* all */
	/* RFC 8086: in UDP. */
	e.n = 0;
	datagram4(&m, "gre", 7);
	head(&m, "0000 0800");
	in_udp(4754);
	only(&e, "gre", 7, 1);
	/* Bridged: one step deeper, not two. */
	e.n = 0;
	frame("bridged");
	head(&m, "0000 6558");
	in_ip4(47);
	only(&e, "bridged", 7, 1);
	has_mac(&e.v[0], 5);
	/* CDP has an ethertype there and nowhere else. */
	e.n = 0;
	text(&m, "cdp");
	head(&m, "0000 2000");
	in_ip4(47);
	is_given(&e, 0, &np_proto_cdp, "cdp");
	/* Source routing (RFC 1701) is not followed. */
	e.n = 0;
	datagram4(&m, "no", 7);
	head(&m, "4000 0800 00000000");
	in_ip4(47);
	assert_int_equal(e.n, 0);
}

/* RFC 2637: version 1 holds PPP of a subscriber. */
static void test_pptp(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		datagram4(&m, "pptp", 7);
		head(&m, "3081 880b 0004 0001 00000001 00000001 ff03 0021");
		in_ip4(47);
		if (!i) {
			assert_int_equal(e.n, 0);
			assert_int_equal(stats(&e).subscriber_tunnels, 1);
			again_raw();
		}
	}
	only(&e, "pptp", 7, 1);
	assert_true(e.v[0].subscriber);
}

static void test_erspan(void **state)
{
	(void)state;
	frame("erspan 1");
	head(&m, "0000 88be");
	in_ip4(47);
	only_deeper("erspan 1");
	frame("erspan 2");
	head(&m, "1000 88be 00000001 1001 0002 00000003");
	in_ip4(47);
	only_deeper("erspan 2");
	/* III, without and with the platform's eight octets (O bit). */
	frame("erspan 3");
	head(&m, "1000 22eb 00000001 2001 0002 00000003 0000 0000");
	in_ip4(47);
	only_deeper("erspan 3");
	frame("erspan 3 o");
	head(&m, "1000 22eb 00000001 2001 0002 00000003 0000 0001"
		 "0000000000000000");
	in_ip4(47);
	only_deeper("erspan 3 o");
}

static void test_vxlan(void **state)
{
	static const unsigned port[] = {4789, 8472};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		frame("vxlan");
		head(&m, "08000000 00006500");
		in_udp(port[i]);
		only_deeper("vxlan");
	}
	/* Without the I bit it is none. */
	frame("no");
	head(&m, "00000000 00006500");
	in_udp(4789);
	assert_int_equal(e.n, 0);
}

static void test_geneve(void **state)
{
	(void)state;
	frame("geneve");
	head(&m, "0000 6558 00006500");
	in_udp(6081);
	only_deeper("geneve");
	/* Eight octets of options, IP inside. */
	datagram4(&m, "geneve", 7);
	head(&m, "0200 0800 00006500 01020304 05060708");
	in_udp(6081);
	only(&e, "geneve", 7, 1);
	/* Another version is nobody's we know; options past the end. */
	e.n = 0;
	datagram4(&m, "no", 7);
	head(&m, "4000 0800 00006500");
	in_udp(6081);
	text(&m, "no");
	head(&m, "3f00 0800 00006500");
	in_udp(6081);
	assert_int_equal(e.n, 0);
}

static void teredo(const char *hex)
{
	e.n = 0;
	datagram6(&m, "teredo", 7);
	head(&m, hex);
	in_udp(3544);
	only(&e, "teredo", 7, 1);
}

/* RFC 4380 5.1.1. */
static void test_teredo(void **state)
{
	(void)state;
	teredo("");
	teredo("0000 1234 c0000201"); /* origin */
	teredo("0001 00 00 0102030405060708 00");
	teredo("0001 02 03 aabb ccddee 0102030405060708 00");
	teredo("0001 00 00 0102030405060708 00 0000 1234 c0000201");
	e.n = 0;
	datagram4(&m, "no", 7);
	in_udp(3544);
	assert_int_equal(e.n, 0);
}

static void test_ayiya(void **state)
{
	(void)state;
	datagram6(&m, "ayiya", 7);
	head(&m, "44 52 11 29 00000000"
		 "20010db8000000000000000000000002"
		 "0000000000000000000000000000000000000000");
	in_udp(5072);
	only(&e, "ayiya", 7, 1);
	datagram6(&m, "no", 7);
	head(&m, "44 52 11 3b 00000000"
		 "20010db8000000000000000000000002"
		 "0000000000000000000000000000000000000000");
	in_udp(5072);
	assert_int_equal(e.n, 1);
}

static void subscriber(unsigned port, const char *hex, bool opened)
{
	e.n = 0;
	datagram4(&m, "mine", 7);
	head(&m, hex);
	if (port)
		in_udp(port);
	if (!opened) {
		assert_int_equal(e.n, 0);
		return;
	}
	only(&e, "mine", 7, 1);
	assert_true(e.v[0].subscriber);
}

#define GPDU "30 ff 0020 00000001"

/* What carries a subscriber is counted and stays closed; --raw opens it. */
static void test_subscribers_stay_closed(void **state)
{
	(void)state;
	for (unsigned raw = 0; raw < 2; raw++) {
		subscriber(2152, GPDU, raw);
		/* With a sequence number; with one extension header. */
		subscriber(2152, "32 ff 0024 00000001 0007 00 00", raw);
		subscriber(2152, "34 ff 0028 00000001 0000 00 85 01 0009 00",
			   raw);
		/* L2TP data, RFC 2661: bare, with length, sequence, offset. */
		subscriber(1701, "0002 0001 0002 ff03 0021", raw);
		subscriber(1701, "4a02 0030 0001 0002 0000 0000 0002 eeee 0021",
			   raw);
		assert_int_equal(stats(&e).subscriber_tunnels, 5);
		/* GTP-U's echo and L2TP's control carry nobody; the second has
		 * a decoder of its own. */
		subscriber(2152, "32 01 0004 00000000 0000 00 00", false);
		head(&m, "c802 000c 0001 0002 0000 0000");
		in_udp(1701);
		assert_int_equal(e.n, 1);
		assert_false(e.v[0].subscriber);
		assert_int_equal(stats(&e).subscriber_tunnels, 5);
		/* CAPWAP's data channel is never opened. */
		subscriber(5247, "", false);
		assert_int_equal(stats(&e).subscriber_tunnels, 6);
		if (!raw)
			again_raw();
	}
}

/* What lies deeper in a subscriber's tunnel is the subscriber's too. */
static void test_subscribers_all_the_way_down(void **state)
{
	(void)state;
	again_raw();
	datagram4(&m, "deep", 7);
	ip4(&m, 4, 3);
	head(&m, GPDU);
	in_udp(2152);
	only(&e, "deep", 7, 2);
	assert_true(e.v[0].subscriber);
	frame("deep");
	head(&m, "08000000 00006500");
	udp(&m, 50000, 4789);
	ip4(&m, 17, 3);
	head(&m, GPDU);
	in_udp(2152);
	np_wire_segment(e.w);
	assert_int_equal(e.nsenders, 2);
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(e.senders[i].subscriber,
				 e.senders[i].from.depth > 0);
}

/* A tunnel is known by either port. */
static void test_the_way_back(void **state)
{
	(void)state;
	frame("vxlan");
	head(&m, "08000000 00006500");
	udp(&m, 4789, 50000);
	in_ip4(17);
	only_deeper("vxlan");
}

/* Every cut of each: nothing breaks, and nothing is made up. */
static void test_cut_anywhere(void **state)
{
	static const struct {
		uint8_t proto;
		unsigned port;
		const char *hex;
	} way[] = {
		{47, 0, "b000 6558 12340000 00000001 00000002"},
		{47, 0,
		 "1000 22eb 00000001 2001 0002 00000003 0000 0001"
		 "0000000000000000"},
		{17, 4789, "08000000 00006500"},
		{17, 6081, "0200 6558 00006500 01020304 05060708"},
		{17, 2152, GPDU},
		{17, 1701, "4a02 0030 0001 0002 0000 0000 0002 eeee 0021"},
		{17, 3544, "0001 02 03 aabb ccddee 0102030405060708 00"},
	};

	(void)state;
	again_raw();
	for (size_t i = 0; i < NP_COUNT(way); i++) {
		frame("x");
		head(&m, way[i].hex);
		if (way[i].port)
			udp(&m, 50000, way[i].port);
		ip4(&m, way[i].proto, 1);
		ethernet(&m, 0x0800, 9);
		for (size_t n = 0; n < length(&m); n++) {
			e.n = 0;
			send_cut(&e, &m, n);
			for (size_t k = 0; k < e.n; k++)
				assert_int_equal(e.v[k].n, 0);
		}
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_ip_in_ip),
		TEST(test_depth_has_a_limit),
		TEST(test_gre),
		TEST(test_pptp),
		TEST(test_erspan),
		TEST(test_vxlan),
		TEST(test_geneve),
		TEST(test_teredo),
		TEST(test_ayiya),
		TEST(test_subscribers_stay_closed),
		TEST(test_subscribers_all_the_way_down),
		TEST(test_the_way_back),
		TEST(test_cut_anywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
