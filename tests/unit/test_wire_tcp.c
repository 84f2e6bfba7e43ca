/* SPDX-License-Identifier: ISC */
/*
 * TCP: one direction becomes messages, whatever order it comes in. The decoder
 * here reads lines: MORE until one is whole, then where the next begins.
 */
#include "wire_made.h"

enum { FTP = 21, HTTP = 80, BGP = 179, TLS = 443 };

static const uint32_t first = 1000; /* of the SYN */

static struct np_answer lines(const struct np_payload *p)
{
	const uint8_t *end = memchr(p->cur.p, '\n', p->cur.left);
	struct np_answer a = {.proto = p->candidates[0]};

	if (end) {
		a.verdict = NP_DECODED;
		a.next = (size_t)(end - p->cur.p) + 1;
	} else {
		a.verdict = p->from.end ? NP_MALFORMED : NP_MORE;
	}
	return a;
}

/* The last of those that want such a beginning takes lines. */
static struct np_answer last_takes(const struct np_payload *p)
{
	struct np_answer a = lines(p);

	for (np_candidates c = p->candidates; *c; c++)
		a.proto = *c;
	return a;
}

static struct np_answer nobody(const struct np_payload *p)
{
	(void)p;
	return (struct np_answer){.verdict = NP_NOT_MINE};
}

static struct np_answer always_more(const struct np_payload *p)
{
	return (struct np_answer){.verdict =
					  p->from.end ? NP_MALFORMED : NP_MORE,
				  .proto = p->candidates[0]};
}

static int set_up_lines(void **state)
{
	(void)set_up(state);
	e.answer = lines;
	return 0;
}

static void again(const struct np_wire_conf *conf)
{
	deaf(&e);
	listen_with(&e, conf);
	e.answer = lines;
}

/* A segment of the direction from `port` of host NN to port 50000. */
static void from(uint8_t nn, unsigned port, uint32_t seq, const char *s,
		 uint8_t flags)
{
	text(&m, s);
	tcp(&m, port, 50000, seq, flags);
	ip4(&m, 6, nn);
	ethernet(&m, 0x0800, 9);
	transmit(&e, &m);
}

static void seg(uint32_t at, const char *s)
{
	from(7, FTP, first + 1 + at, s, ACK);
}

static void syn(void)
{
	from(7, FTP, first, "", SYN | ACK);
}

/* The last message that was asked about, and how many questions there were. */
static void asked(size_t n, const char *s, size_t origin)
{
	assert_int_equal(e.n, n);
	is_given(&e, n - 1, &np_proto_ftp, s);
	assert_int_equal(e.v[n - 1].origin, origin);
	assert_true(e.v[n - 1].from.stream);
	assert_true(e.v[n - 1].from.start);
}

static void test_in_order(void **state)
{
	(void)state;
	syn();
	seg(0, "220 one\n");
	asked(1, "220 one\n", 0);
	assert_int_equal(e.v[0].from.sport, FTP);
	assert_int_equal(e.v[0].from.dport, 50000);
	assert_int_equal(e.v[0].src_ip[3], 7);
	assert_int_equal(e.v[0].from.depth, 0);
	assert_false(e.v[0].from.end);
	has_mac(&e.v[0], 9);
	seg(8, "331 two\n");
	asked(2, "331 two\n", 8);
	/* In two segments, and two messages in one. */
	seg(16, "230 th");
	asked(3, "230 th", 16);
	seg(22, "ree\n500 four\n");
	asked(5, "500 four\n", 26);
	is_given(&e, 3, &np_proto_ftp, "230 three\n500 four\n");
	/* A message in several segments began with the first of them. */
	assert_int_equal(e.v[3].place, 4);
	assert_int_equal(e.v[3].first, 4000);
	assert_int_equal(e.v[3].last, 5000);
}

static void test_sent_again(void **state)
{
	(void)state;
	syn();
	seg(0, "220 ");
	seg(0, "220 ");
	syn(); /* the same SYN changes nothing */
	seg(0, "220 ");
	asked(1, "220 ", 0);
	seg(4, "one\n");
	asked(2, "220 one\n", 0);
	seg(4, "one\n");
	seg(0, "220 one\n");
	assert_int_equal(e.n, 2);
}

/* What follows a datagram in its frame is none of it. */
static void test_padding(void **state)
{
	(void)state;
	syn();
	text(&m, "220 padding\n");
	tcp(&m, FTP, 50000, first + 1, ACK);
	ip4(&m, 6, 7);
	be16(front(&m) + 2, 20 + 20 + 4);
	ethernet(&m, 0x0800, 9);
	transmit(&e, &m);
	asked(1, "220 ", 0);
	seg(4, "one\n");
	asked(2, "220 one\n", 0);
}

/* Octets that came first stand. */
static void test_overlap(void **state)
{
	(void)state;
	syn();
	seg(0, "220 on");
	seg(2, "XXXXe\n");
	asked(2, "220 one\n", 0);
	seg(6, "YY331 two\n");
	asked(3, "331 two\n", 8);
}

static void test_out_of_order(void **state)
{
	(void)state;
	syn();
	seg(8, "ree\n");
	seg(4, "o th");
	assert_int_equal(e.n, 0);
	seg(0, "tw");
	/* Asked with what is there in sequence, then with all. */
	assert_int_equal(e.n, 1);
	seg(2, "o ");
	asked(e.n, "two o three\n", 0);
	/* And in the middle of a message. */
	seg(12, "fo");
	seg(16, "\n");
	seg(14, "ur");
	asked(e.n, "four\n", 12);
	assert_int_equal(stats(&e).pending_dropped, 0);
}

/* Sequence numbers go round. */
static void test_round_the_corner(void **state)
{
	const uint32_t isn = 0xfffffffa;

	(void)state;
	from(7, FTP, isn, "", SYN);
	from(7, FTP, isn + 1, "220 ", ACK);
	from(7, FTP, isn + 9, "three\n", ACK);
	from(7, FTP, isn + 5, "two ", ACK);
	asked(e.n, "220 two three\n", 0);
}

static void test_data_in_the_syn(void **state)
{
	(void)state;
	from(7, FTP, first, "220 one\n", SYN);
	asked(1, "220 one\n", 0);
	seg(8, "331 two\n");
	asked(2, "331 two\n", 8);
}

/* A hole that does not fill is given up, once, and counted. */
static void test_loss(void **state)
{
	(void)state;
	syn();
	seg(0, "220 ");
	for (uint32_t i = 0; i < 16; i++)
		seg(10 + 4 * i, "lost");
	assert_int_equal(stats(&e).pending_dropped, 0);
	seg(10 + 4 * 16, "lost");
	assert_int_equal(stats(&e).pending_dropped, 1);
	size_t n = e.n;

	seg(4, "late\n");
	for (uint32_t i = 17; i < 40; i++)
		seg(10 + 4 * i, "more");
	np_wire_end(e.w);
	assert_int_equal(e.n, n);
	assert_int_equal(stats(&e).pending_dropped, 1);
}

static void http(uint32_t at, const char *s)
{
	from(7, HTTP, first + 1 + at, s, ACK);
}

/* Where a protocol knows the beginning of a message, it goes on behind a loss
 * and in a connection that was joined in the middle. */
static void test_joined_in_the_middle(void **state)
{
	(void)state;
	e.answer = last_takes;
	http(0, "<p>the end of some page");
	assert_int_equal(e.n, 0);
	/* However long that takes. */
	for (uint32_t i = 0; i < 40; i++)
		http(1000 + 100 * i, "<p>and of another\n");
	assert_int_equal(e.n, 0);
	http(9000, "HTTP/1.1 200 OK\n");
	assert_int_equal(e.n, 1);
	is_given(&e, 0, e.v[0].proto, "HTTP/1.1 200 OK\n");
	assert_false(e.v[0].from.start);
	/* In sequence: any line; behind a hole: a beginning. */
	http(9016, "HTTP/1.1 404 Not Found\n");
	assert_int_equal(e.n, 2);
	http(20000, "in the middle of a body\n");
	assert_int_equal(e.n, 2);
	http(30000, "HTTP/1.0 200 OK\n");
	assert_int_equal(e.n, 3);
	is_given(&e, 2, e.v[0].proto, "HTTP/1.0 200 OK\n");
}

/* Where the first segment that is seen begins a message, it is one. */
static void test_joined_at_a_message(void **state)
{
	static const char message[] = "\xff\xff\xff\xff\xff\xff\xff\xff"
				      "\xff\xff\xff\xff\xff\xff\xff\xff"
				      "\x01\x01\x04 and the rest\n";

	(void)state;
	from(7, BGP, first + 70000, message, ACK);
	assert_int_equal(e.n, 1);
	is_given(&e, 0, &np_proto_bgp, message);
	assert_false(e.v[0].from.start);
	from(8, BGP, first, "in the middle of one\n", ACK);
	assert_int_equal(e.n, 1);
	from(8, BGP, first + 80000, message, ACK);
	assert_int_equal(e.n, 2);
}

/* By port a stream is somebody's only from its first octet on. */
static void test_a_port_says_nothing_in_the_middle(void **state)
{
	(void)state;
	seg(0, "220 one\n");
	seg(8, "220 two\n");
	assert_int_equal(e.n, 0);
	syn();
	seg(0, "220 three\n");
	asked(1, "220 three\n", 0);
}

/* By its first octets it is, on any port. */
static void test_text_on_any_port(void **state)
{
	(void)state;
	from(7, 12345, first, "", SYN);
	from(7, 12345, first + 1, "SSH-2.0-x\n", ACK);
	assert_int_equal(e.n, 1);
	is_given(&e, 0, &np_proto_ssh, "SSH-2.0-x\n");
	/* Nobody's: never asked, however long it is. */
	for (uint32_t i = 0; i < 50; i++)
		from(8, 12345, first + i * 4, "....", ACK);
	assert_int_equal(e.n, 1);
}

static struct np_answer cannot(const struct np_payload *p)
{
	struct np_answer a = {.verdict = NP_NOT_MINE};

	/* Text is not for whom the port is. */
	if (p->candidates[0] == &np_proto_ftp) {
		a.verdict = NP_DECODED;
		a.proto = &np_proto_ftp;
	}
	return a;
}

static void test_text_first_then_the_port(void **state)
{
	(void)state;
	e.answer = cannot;
	syn();
	seg(0, "SSH-2.0-x\n");
	assert_int_equal(e.n, 2);
	is_given(&e, 0, &np_proto_ssh, "SSH-2.0-x\n");
	is_given(&e, 1, &np_proto_ftp, "SSH-2.0-x\n");
}

/* Who did not want a message is not asked again about the same, but about the
 * next; who wanted more may leave it to those behind. */
static void test_several_want_it(void **state)
{
	(void)state;
	e.answer = last_takes;
	syn();
	seg(0, "POST /");
	seg(6, "a\nPOST /b\n");
	assert_int_equal(e.n, 3);
	assert_ptr_not_equal(e.v[0].proto, &np_proto_http);
	is_given(&e, 1, &np_proto_http, "POST /a\nPOST /b\n");
	assert_ptr_equal(e.v[2].proto, e.v[0].proto);
	e.answer = lines;
	seg(16, "POST /");
	e.answer = last_takes;
	seg(22, "c\n");
	seg(24, "1\n");
	assert_int_equal(e.n, 6);
	is_given(&e, 4, e.v[0].proto, "POST /c\n");
	is_given(&e, 5, &np_proto_http, "1\n");
}

/* A direction that nobody wants is asked about no more, but for the greeting
 * of another protocol soon after (STARTTLS). */
static void test_decided(void **state)
{
	(void)state;
	e.answer = nobody;
	syn();
	seg(0, "220 one\n");
	assert_int_equal(e.n, 1);
	seg(8, "220 two\n");
	assert_int_equal(e.n, 1);
	seg(16, "\x16\x03\x03 hello\n");
	assert_int_equal(e.n, 3); /* TLS, and whose port it is */
	is_given(&e, 1, &np_proto_tls, "\x16\x03\x03 hello\n");
	for (uint32_t i = 0; i < 40; i++)
		seg(26 + 8 * i, "220 six\n");
	seg(26 + 8 * 40, "\x16\x03\x03 hello\n");
	assert_int_equal(e.n, 3);
}

/* The limit of a protocol is the last call; then the direction is done. */
static void test_limit_then_done(void **state)
{
	static char s[1001];

	(void)state;
	memset(s, 'x', 1000);
	e.answer = always_more;
	syn();
	for (uint32_t i = 0; i < 40; i++) {
		e.n = e.n > 32 ? 32 : e.n;
		seg(i * 1000, s);
		if (e.v[e.n - 1].from.end)
			break;
	}
	const struct given *last = &e.v[e.n - 1];

	assert_true(last->from.end);
	assert_int_equal(last->n, NP_STREAM_LIMIT);
	assert_int_equal(last->origin, 0);
	size_t n = e.n;

	for (uint32_t i = 17; i < 40; i++)
		seg(i * 1000, s);
	from(7, FTP, first + 1 + 40000, "", FIN | ACK);
	np_wire_end(e.w);
	assert_int_equal(e.n, n);
	assert_int_equal(stats(&e).pending_dropped, 0);
}

/* FIN, RST and the end of the source are a last call for what is held. */
static void test_last_calls(void **state)
{
	static const uint8_t flags[] = {FIN | ACK, RST, 0};

	(void)state;
	for (uint8_t i = 0; i < 3; i++) {
		e.n = 0;
		from(i, FTP, first, "", SYN);
		from(i, FTP, first + 1, "220 on", ACK);
		assert_int_equal(e.n, 1);
		assert_false(e.v[0].from.end);
		if (flags[i])
			from(i, FTP, first + 7, "", flags[i]);
		else
			np_wire_end(e.w);
		asked(2, "220 on", 0);
		assert_true(e.v[1].from.end);
		assert_int_equal(e.v[1].src_ip[3], i);
		if (flags[i])
			np_wire_end(e.w);
		assert_int_equal(e.n, 2);
	}
}

static void test_both_directions(void **state)
{
	(void)state;
	from(7, FTP, first, "", SYN | ACK);
	text(&m, "");
	tcp(&m, 50000, FTP, 77, SYN);
	ip4(&m, 6, 7);
	/* The other way: addresses change places. */
	uint8_t a[4];

	memcpy(a, front(&m) + 12, 4);
	memmove(front(&m) + 12, front(&m) + 16, 4);
	memcpy(front(&m) + 16, a, 4);
	uint8_t ip[20];

	memcpy(ip, front(&m), 20);
	ethernet(&m, 0x0800, 9);
	transmit(&e, &m);
	text(&m, "USER x\n");
	tcp(&m, 50000, FTP, 78, ACK);
	be16(ip + 2, length(&m) + 20);
	before(&m, ip, 20);
	ethernet(&m, 0x0800, 9);
	transmit(&e, &m);
	seg(0, "220 one\n");
	asked(2, "220 one\n", 0);
	is_given(&e, 0, &np_proto_ftp, "USER x\n");
	assert_int_equal(e.v[0].src_ip[0], 198);
	assert_int_equal(e.v[0].from.dport, FTP);
}

static void test_over_ip6_and_in_tunnels(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < 3; i++) {
		text(&m, i == 0 ? "" : i == 1 ? "220 " : "six\n");
		tcp(&m, FTP, 50000, i == 2 ? 5 : i, i ? ACK : SYN);
		ip6(&m, 6, 7);
		ethernet(&m, 0x86dd, 9);
		transmit(&e, &m);
	}
	asked(2, "220 six\n", 0);
	assert_int_equal(e.v[1].from.ip_len, 16);
	/* The same numbers in a tunnel are another direction. */
	text(&m, "six\n");
	tcp(&m, FTP, 50000, 9, ACK);
	ip6(&m, 6, 7);
	ip4(&m, 41, 7);
	ethernet(&m, 0x0800, 9);
	transmit(&e, &m);
	assert_int_equal(e.n, 2);
}

/* More directions than there is room for: counted, the others are read. */
static void test_too_many_directions(void **state)
{
	const struct np_wire_conf few = {.flows = 4, .pending = 1 << 20};

	(void)state;
	again(&few);
	for (uint8_t i = 0; i < 5; i++) {
		from(i, FTP, first, "", SYN);
		from(i, FTP, first + 1, "220 ", ACK);
	}
	assert_int_equal(e.n, 5);
	assert_int_equal(stats(&e).flows_dropped, 1);
	from(4, FTP, first + 5, "four\n", ACK);
	asked(6, "220 four\n", 0);
}

/* More octets than may be held: the oldest undecided goes, and is counted. */
static void test_too_many_octets(void **state)
{
	const struct np_wire_conf few = {.flows = 64, .pending = 8192};
	static char s[1401];
	uint64_t last = 0;

	(void)state;
	memset(s, 'x', 1400);
	again(&few);
	for (uint8_t i = 0; i < 12; i++) {
		from(i, FTP, first, "", SYN);
		from(i, FTP, first + 1, s, ACK);
		assert_true(stats(&e).pending_dropped >= last);
		last = stats(&e).pending_dropped;
	}
	assert_int_equal(e.n, 12);
	assert_true(last >= 6 && last <= 11);
	/* What came last is still held. */
	from(11, FTP, first + 1401, "\n", ACK);
	assert_int_equal(e.n, 13);
	assert_int_equal(e.v[12].n, 1401);
}

/* Every cut of the headers: nothing. A header longer than the segment too. */
static void test_broken_headers(void **state)
{
	(void)state;
	syn();
	text(&m, "220 one\n");
	tcp(&m, FTP, 50000, first + 1, ACK);
	front(&m)[12] = 0xf0;
	ip4(&m, 6, 7);
	ethernet(&m, 0x0800, 9);
	transmit(&e, &m);
	front(&m)[14 + 20 + 12] = 0x40;
	transmit(&e, &m);
	front(&m)[14 + 20 + 12] = 0x50;
	for (size_t n = 0; n <= 14 + 20 + 20; n++)
		send_cut(&e, &m, n);
	assert_int_equal(e.n, 0);
	transmit(&e, &m);
	asked(1, "220 one\n", 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up_lines, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_in_order),
		TEST(test_sent_again),
		TEST(test_padding),
		TEST(test_overlap),
		TEST(test_out_of_order),
		TEST(test_round_the_corner),
		TEST(test_data_in_the_syn),
		TEST(test_loss),
		TEST(test_joined_in_the_middle),
		TEST(test_joined_at_a_message),
		TEST(test_a_port_says_nothing_in_the_middle),
		TEST(test_text_on_any_port),
		TEST(test_text_first_then_the_port),
		TEST(test_several_want_it),
		TEST(test_decided),
		TEST(test_limit_then_done),
		TEST(test_last_calls),
		TEST(test_both_directions),
		TEST(test_over_ip6_and_in_tunnels),
		TEST(test_too_many_directions),
		TEST(test_too_many_octets),
		TEST(test_broken_headers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
