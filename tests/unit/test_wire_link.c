/* SPDX-License-Identifier: ISC */
/* From a frame to its payload: link types, tags, LLC, MPLS, PPP, 802.11. */
#include "wire_made.h"

static void again(const struct np_wire_conf *conf)
{
	deaf(&e);
	listen_with(&e, conf);
}

static void test_ethernet(void **state)
{
	(void)state;
	datagram4(&m, "one", 7);
	ethernet(&m, 0x0800, 9);
	transmit(&e, &m);
	only(&e, "one", 7, 0);
	has_mac(&e.v[0], 9);
	assert_int_equal(e.v[0].from.ethertype, 0x0800);
	assert_int_equal(e.v[0].from.reach, NP_ROUTED);
	assert_int_equal(e.v[0].from.ttl, 64);
	assert_int_equal(e.v[0].from.nvlan, 0);
	assert_int_equal(e.v[0].at, 14 + 20 + 8);
	assert_int_equal(e.v[0].place, 1);
	assert_int_equal(e.v[0].first, 1000);
	assert_false(e.v[0].from.snapped);
}

/* Padding to 60 octets is no payload; a cut frame says so. */
static void test_padding_and_snapping(void **state)
{
	uint8_t pad[18] = {0};

	(void)state;
	payload(&m, pad, sizeof(pad));
	before(&m, "one", 3);
	/* A datagram whose own length ends before the padding. */
	uint8_t h[28] = {0x45, 0,    0, 31,   [8] = 64, 17, 0,	 0,
			 192,  0,    2, 7,    198,	51, 100, 7,
			 0x9c, 0x40, 0, SNMP, 0,	11};

	before(&m, h, sizeof(h));
	ethernet(&m, 0x0800, 9);
	transmit(&e, &m);
	only(&e, "one", 7, 0);
	datagram4(&m, "cut here", 7);
	ethernet(&m, 0x0800, 9);
	send_cut(&e, &m, length(&m) - 4);
	is_given(&e, 1, &np_proto_snmp, "cut ");
	assert_true(e.v[1].from.snapped);
}

/* Every cut of a frame: nothing but what is there is given. */
static void test_cut_anywhere(void **state)
{
	(void)state;
	datagram6(&m, "one", 7);
	tag(&m, 5, 0x86dd);
	ethernet(&m, 0x8100, 9);
	for (size_t n = 0; n < length(&m); n++)
		send_cut(&e, &m, n);
	/* The empty datagram, "o" and "on". */
	assert_int_equal(e.n, 3);
	is_given(&e, 2, &np_proto_snmp, "on");
}

static void test_four_tags(void **state)
{
	(void)state;
	datagram4(&m, "one", 7);
	tag(&m, 104, 0x0800);
	tag(&m, 0xe000 | 103, 0x8100);
	tag(&m, 102, 0x9100);
	tag(&m, 101, 0x8100);
	ethernet(&m, 0x88a8, 9);
	transmit(&e, &m);
	only(&e, "one", 7, 0);
	assert_int_equal(e.v[0].from.nvlan, 4);
	for (unsigned i = 0; i < 4; i++)
		assert_int_equal(e.v[0].from.vlan[i], 101 + i);
	np_wire_end(e.w);
	assert_int_equal(e.nsenders, 1);
	assert_int_equal(e.senders[0].from.nvlan, 4);
	assert_int_equal(e.senders[0].count, 1);
}

static void test_a_fifth_tag_is_not_opened(void **state)
{
	(void)state;
	datagram4(&m, "one", 7);
	tag(&m, 105, 0x0800);
	for (unsigned i = 104; i > 100; i--)
		tag(&m, i, 0x8100);
	ethernet(&m, 0x8100, 9);
	transmit(&e, &m);
	assert_int_equal(e.n, 0);
	/* The sender was heard all the same. */
	np_wire_end(e.w);
	assert_int_equal(e.nsenders, 1);
	assert_int_equal(e.senders[0].from.nvlan, 4);
}

static void test_senders_are_counted_by_their_tags(void **state)
{
	(void)state;
	for (int i = 0; i < 5; i++) {
		datagram4(&m, "one", 7);
		if (i == 3) {
			tag(&m, 12, 0x0800);
			ethernet(&m, 0x8100, 9);
		} else {
			ethernet(&m, 0x0800, 9);
		}
		transmit(&e, &m);
	}
	np_wire_segment(e.w);
	assert_int_equal(e.nsenders, 2);
	const struct given *plain = &e.senders[0], *tagged = &e.senders[1];

	if (plain->from.nvlan) {
		plain = &e.senders[1];
		tagged = &e.senders[0];
	}
	assert_int_equal(plain->count, 4);
	assert_int_equal(plain->place, 1);
	assert_int_equal(plain->first, 1000);
	assert_int_equal(plain->last, 5000);
	assert_int_equal(tagged->count, 1);
	assert_int_equal(tagged->place, 4);
	assert_int_equal(tagged->from.vlan[0], 12);
	/* The address stands where the source of a frame does. */
	assert_int_equal(plain->n, 12);
	assert_int_equal(plain->p[11], 9);
	/* Given out once. */
	np_wire_end(e.w);
	assert_int_equal(e.nsenders, 2);
}

static void test_reach(void **state)
{
	(void)state;
	text(&m, "lldpdu");
	head(&m, "0180c200000e 00005e005309 88cc");
	transmit(&e, &m);
	is_given(&e, 0, &np_proto_lldp, "lldpdu");
	assert_int_equal(e.v[0].from.reach, NP_LINK);
	text(&m, "lldpdu");
	ethernet(&m, 0x88cc, 9);
	transmit(&e, &m);
	assert_int_equal(e.v[1].from.reach, NP_BRIDGED);
	/* 224.0.0.0/24 does not leave the link. */
	datagram4(&m, "one", 7);
	front(&m)[16] = 224;
	front(&m)[17] = front(&m)[18] = 0;
	ethernet(&m, 0x0800, 9);
	transmit(&e, &m);
	assert_int_equal(e.v[2].from.reach, NP_BRIDGED);
}

static void test_llc_and_snap(void **state)
{
	(void)state;
	text(&m, "bpdu");
	head(&m, "42 42 03");
	ethernet3(&m, 9);
	size_t n = length(&m);
	/* Padding behind the length is not the message. */
	uint8_t frame[60] = {0};

	memcpy(frame, front(&m), n);
	payload(&m, frame, sizeof(frame));
	transmit(&e, &m);
	is_given(&e, 0, &np_proto_stp, "bpdu");
	assert_int_equal(e.v[0].from.ethertype, 0);
	text(&m, "cdp");
	head(&m, "aa aa 03 00000c 2000");
	ethernet3(&m, 9);
	transmit(&e, &m);
	is_given(&e, 1, &np_proto_cdp, "cdp");
	/* RFC 1042: an ethertype behind the OUI 00-00-00. */
	datagram4(&m, "one", 7);
	head(&m, "aa aa 03 000000 0800");
	ethernet3(&m, 9);
	transmit(&e, &m);
	is_given(&e, 2, &np_proto_snmp, "one");
	/* Another OUI's protocol id is no ethertype; a supervisory frame
	 * carries nothing. */
	datagram4(&m, "one", 7);
	head(&m, "aa aa 03 00000c 0800");
	ethernet3(&m, 9);
	transmit(&e, &m);
	text(&m, "bpdu");
	head(&m, "42 42 01");
	ethernet3(&m, 9);
	transmit(&e, &m);
	assert_int_equal(e.n, 3);
}

static void test_mpls(void **state)
{
	(void)state;
	/* Three labels, RFC 3032; the lowest has the S bit. */
	datagram4(&m, "one", 7);
	head(&m, "00010140 00020040 00003140");
	ethernet(&m, 0x8847, 9);
	front(&m)[14 + 2] = 0x10;
	front(&m)[14 + 6] = 0x20;
	front(&m)[14 + 10] = 0x31;
	transmit(&e, &m);
	only(&e, "one", 7, 1);
	e.n = 0;
	datagram6(&m, "two", 8);
	head(&m, "00003140");
	ethernet(&m, 0x8848, 9);
	transmit(&e, &m);
	only(&e, "two", 8, 1);
	/* The customer's frame is deeper than what carried it. */
	assert_memory_equal(e.v[0].src_mac, "\0\0\0\0\0\0", 6);
	e.n = 0;
	/* A pseudowire with a control word, RFC 4385. */
	datagram4(&m, "three", 7);
	ethernet(&m, 0x0800, 5);
	head(&m, "00003140 00000000");
	ethernet(&m, 0x8847, 9);
	transmit(&e, &m);
	only(&e, "three", 7, 1);
	has_mac(&e.v[0], 5);
	/* No bottom of the stack: nothing. */
	datagram4(&m, "four", 7);
	ethernet(&m, 0x8847, 9);
	memset(front(&m) + 14, 0, length(&m) - 14);
	transmit(&e, &m);
	assert_int_equal(e.n, 1);
}

static void session(const char *s)
{
	datagram4(&m, s, 7);
	head(&m, "0021");
	before16(&m, (unsigned)length(&m));
	head(&m, "11 00 0001");
}

/* A PPPoE session is a subscriber's: counted, opened only when one asks. */
static void test_pppoe_session(void **state)
{
	const struct np_wire_conf raw = {.open_subscriber = true};

	(void)state;
	session("one");
	ethernet(&m, 0x8864, 9);
	transmit(&e, &m);
	assert_int_equal(e.n, 0);
	assert_int_equal(stats(&e).subscriber_tunnels, 1);
	again(&raw);
	transmit(&e, &m);
	only(&e, "one", 7, 1);
	assert_true(e.v[0].subscriber);
	assert_int_equal(stats(&e).subscriber_tunnels, 1);
	/* LINKTYPE_PPP_ETHER begins at the session. */
	e.link = 51;
	e.n = 0;
	session("two");
	transmit(&e, &m);
	only(&e, "two", 7, 1);
	/* Its length counts, not what pads the frame; PPP's number for Cisco's
	 * CDP is 0207. */
	text(&m, "cdp...");
	head(&m, "11 00 0001 0005 0207");
	transmit(&e, &m);
	is_given(&e, 1, &np_proto_cdp, "cdp");
}

/* A backbone frame of IEEE 802.1ah holds a customer's. */
static void test_backbone_bridges(void **state)
{
	const struct np_wire_conf raw = {.open_subscriber = true};

	(void)state;
	datagram4(&m, "one", 7);
	ethernet(&m, 0x0800, 5);
	head(&m, "00000065");
	ethernet(&m, 0x88e7, 9);
	transmit(&e, &m);
	assert_int_equal(e.n, 0);
	assert_int_equal(stats(&e).subscriber_tunnels, 1);
	again(&raw);
	transmit(&e, &m);
	only(&e, "one", 7, 1);
	has_mac(&e.v[0], 5);
}

static void linked(uint32_t link, const char *hex)
{
	e.link = link;
	e.n = 0;
	datagram4(&m, "one", 7);
	head(&m, hex);
	transmit(&e, &m);
	only(&e, "one", 7, 0);
}

static void linked6(uint32_t link, const char *hex)
{
	e.link = link;
	e.n = 0;
	datagram6(&m, "six", 8);
	head(&m, hex);
	transmit(&e, &m);
	only(&e, "six", 8, 0);
}

static void test_link_types_of_ip(void **state)
{
	static const uint32_t raw[] = {12, 14, 101, 228, 229};

	(void)state;
	for (size_t i = 0; i < NP_COUNT(raw); i++) {
		linked(raw[i], "");
		linked6(raw[i], "");
	}
	/* LINKTYPE_NULL: the family in either byte order; LOOP: big endian.
	 * AF_INET6 is 10, 24, 28 or 30. */
	linked(0, "02000000");
	linked(0, "00000002");
	linked(108, "00000002");
	linked6(0, "0a000000");
	linked6(0, "0000001c");
	linked6(0, "1e000000");
	linked6(108, "00000018");
	/* RFC 1662 framing or not, protocol in one octet or two. */
	linked(9, "ff03 0021");
	linked(9, "0021");
	linked(50, "21");
	linked6(50, "ff03 57");
	linked(204, "01 ff03 0021");
	/* Cisco HDLC: unicast 0f, multicast 8f. */
	linked(104, "0f00 0800");
	linked6(104, "8f00 86dd");
	linked(205, "00 0f00 0800");
	/* RFC 4391: 20 octets of address of either end. */
	linked(242, "00000000 00000000 00000000 00000000 00000000"
		    "00000000 00000000 00000000 00000000 00000000 0800 0000");
	/* ARCNET, RFC 1201: IP is 212, in one piece. */
	linked(129, "01 02 0000 d4 00 0001");
}

static void test_cisco_hdlc(void **state)
{
	(void)state;
	e.link = 104;
	text(&m, "cdp");
	head(&m, "8f00 2000");
	transmit(&e, &m);
	is_given(&e, 0, &np_proto_cdp, "cdp");
	/* Another address is no Cisco HDLC. */
	datagram4(&m, "one", 7);
	head(&m, "ff00 0800");
	transmit(&e, &m);
	assert_int_equal(e.n, 1);
}

static void cooked(uint32_t link, const char *hex, const char *s)
{
	e.link = link;
	e.n = 0;
	datagram4(&m, s, 7);
	head(&m, hex);
	transmit(&e, &m);
}

static void test_cooked(void **state)
{
	(void)state;
	cooked(113, "0000 0001 0006 00005e005309 0000 0800", "one");
	assert_int_equal(e.n, 2);
	assert_ptr_equal(e.v[0].proto, &np_proto_sll);
	assert_int_equal(e.v[0].n, 6);
	has_mac(&e.v[0], 9);
	is_given(&e, 1, &np_proto_snmp, "one");
	has_mac(&e.v[1], 9);
	cooked(276, "0800 0000 00000002 0001 00 06 00005e005308 0000", "two");
	assert_int_equal(e.n, 2);
	has_mac(&e.v[0], 8);
	is_given(&e, 1, &np_proto_snmp, "two");
	/* The loopback of Linux has no sender; nor has a group address. */
	cooked(113, "0000 0304 0006 000000000000 0000 0800", "three");
	assert_int_equal(e.n, 1);
	cooked(113, "0000 0001 0006 01005e000001 0000 0800", "four");
	assert_int_equal(e.n, 1);
	/* Tags are not taken away by every capture. */
	cooked(113, "0000 0001 0006 00005e005309 0000 8100 0065 0800", "five");
	is_given(&e, 1, &np_proto_snmp, "five");
	assert_int_equal(e.v[1].from.nvlan, 1);
	assert_int_equal(e.v[1].from.vlan[0], 101);
	/* Type 4: IEEE 802.2 follows. */
	e.n = 0;
	text(&m, "bpdu");
	head(&m, "0000 0001 0006 00005e005309 0000 0004 424203");
	transmit(&e, &m);
	is_given(&e, 1, &np_proto_stp, "bpdu");
	/* Type 1: Novell's, which is not read. */
	cooked(113, "0000 0001 0006 00005e005309 0000 0001", "six");
	assert_int_equal(e.n, 1);
}

/* Data to the distribution system; SA is address 2, DA address 3. */
#define TO_DS "0801 0000 00005e0053aa 00005e005309 00005e0053fe 1000"
#define LLC_IP "aaaa03 000000 0800"

static void test_wlan(void **state)
{
	static const uint32_t link[] = {105, 127, 127, 119, 163};
	static const char *const before_it[] = {
		"", "0000 0800 00000000",
		/* TSFT, and flags that say the check sequence is there */
		"0000 1100 03000000 0102030405060708 10", "", ""};

	(void)state;
	for (size_t i = 0; i < NP_COUNT(link); i++) {
		uint8_t zero[144] = {0};

		e.n = e.nsenders = 0;
		e.link = link[i];
		datagram4(&m, "one", 7);
		head(&m, LLC_IP);
		head(&m, TO_DS);
		if (i == 2) { /* with four octets of check sequence */
			size_t n = length(&m);

			memmove(front(&m) - 4, front(&m), n);
			m.at -= 4;
			memset(front(&m) + n, 0xee, 4);
		}
		head(&m, before_it[i]);
		if (link[i] == 119)
			before(&m, zero, 144);
		if (link[i] == 163) {
			before(&m, zero, 56);
			head(&m, "80211001 00000040");
		}
		transmit(&e, &m);
		only(&e, "one", 7, 0);
		has_mac(&e.v[0], 9);
		np_wire_segment(e.w);
		assert_int_equal(e.nsenders, 1);
		assert_ptr_equal(e.senders[0].proto, &np_proto_wlan);
	}
}

/* The frame check sequence is none of it, where the head says it is there. */
static void test_wlan_check_sequence(void **state)
{
	static const char *const before_it[] = {
		"0000 0800 00000000", "0000 0900 02000000 10",
		"0000 0900 02000000 00",
		"0000 1100 03000000 0102030405060710 10",
		"0000 1100 01000000 0102030405060710 10"};
	static const char *const s[] = {"bpdu....", "bpdu", "bpdu....", "bpdu",
					"bpdu...."};

	(void)state;
	e.link = 127;
	for (size_t i = 0; i < NP_COUNT(s); i++) {
		text(&m, "bpdu....");
		head(&m, "424203");
		head(&m, TO_DS);
		head(&m, before_it[i]);
		transmit(&e, &m);
		is_given(&e, i, &np_proto_stp, s[i]);
	}
}

static void wlan(const char *hex, size_t n, uint8_t nn)
{
	e.link = 105;
	e.n = e.nsenders = 0;
	datagram4(&m, "one", 7);
	head(&m, LLC_IP);
	head(&m, hex);
	transmit(&e, &m);
	assert_int_equal(e.n, n);
	if (n)
		has_mac(&e.v[0], nn);
	np_wire_segment(e.w);
	assert_int_equal(e.nsenders, nn != 0);
	if (nn)
		assert_int_equal(e.senders[0].p[11], nn);
}

static void test_wlan_addresses(void **state)
{
	(void)state;
	/* From the distribution system: SA is address 3. */
	wlan("0802 0000 00005e0053aa 00005e0053bb 00005e005304 1000", 1, 4);
	/* Both: SA is address 4. */
	wlan("0803 0000 00005e0053aa 00005e0053bb 00005e0053cc 1000"
	     "00005e005305",
	     1, 5);
	/* Neither: SA is address 2. */
	wlan("0800 0000 00005e0053aa 00005e005306 00005e0053cc 1000", 1, 6);
	/* Quality of service, and with HT control. */
	wlan("8801 0000 00005e0053aa 00005e005307 00005e0053cc 1000 0000", 1,
	     7);
	wlan("8881 0000 00005e0053aa 00005e005308 00005e0053cc 1000 0000"
	     "00000000",
	     1, 8);
	/* Protected, without data, management: the sender alone. */
	wlan("0841 0000 00005e0053aa 00005e005309 00005e0053cc 1000", 0, 9);
	wlan("4801 0000 00005e0053aa 00005e00530a 00005e0053cc 1000", 0, 10);
	wlan("0000 0000 ffffffffffff 00005e00530d 00005e0053cc 1000", 0, 13);
	/* What an access point tells everybody is given too. */
	wlan("8000 0000 ffffffffffff 00005e00530b 00005e0053cc 1000", 1, 11);
	/* Control frames say nothing of a sender. */
	wlan("d400 0000 00005e0053aa 00005e00530c 00005e0053cc 1000", 0, 0);
}

static void test_an_unknown_link_type_is_counted(void **state)
{
	(void)state;
	e.link = 147;
	datagram4(&m, "one", 7);
	transmit(&e, &m);
	transmit(&e, &m);
	assert_int_equal(e.n, 0);
	assert_int_equal(stats(&e).unread_link, 2);
	assert_int_equal(stats(&e).unread_link_type, 147);
	np_wire_end(e.w);
	assert_int_equal(e.nsenders, 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_ethernet),
		TEST(test_padding_and_snapping),
		TEST(test_cut_anywhere),
		TEST(test_four_tags),
		TEST(test_a_fifth_tag_is_not_opened),
		TEST(test_senders_are_counted_by_their_tags),
		TEST(test_reach),
		TEST(test_llc_and_snap),
		TEST(test_mpls),
		TEST(test_pppoe_session),
		TEST(test_backbone_bridges),
		TEST(test_link_types_of_ip),
		TEST(test_cisco_hdlc),
		TEST(test_cooked),
		TEST(test_wlan),
		TEST(test_wlan_check_sequence),
		TEST(test_wlan_addresses),
		TEST(test_an_unknown_link_type_is_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
