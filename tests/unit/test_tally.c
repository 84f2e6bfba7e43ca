/* SPDX-License-Identifier: ISC */
/* The tally: what says the same is one, however often and in whatever order it
 * is heard; what is kept apart; limits, and what is told twice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sighting/sighting.h"
#include "wire/wire.h"
#include <stdlib.h>

static struct np_tally *t;

/* One LLDP or LACP payload, and where it is heard. */
static struct np_payload p;
static uint8_t octets[256];
static const uint8_t mac[] = {0, 0, 0x5e, 0, 0x53, 9};
static const struct np_proto *const lldp[] = {&np_proto_lldp, NULL};
static const struct np_proto *const lacp[] = {&np_proto_lacp, NULL};
static const struct np_proto *const ftp[] = {&np_proto_ftp, NULL};

static struct given {
	uint32_t number;
	bool whole; /* with its body */
	struct np_occurrence o;
	struct np_sighting s;
	uint8_t body[512];
	size_t n;
} given[64];
static size_t ngiven, extra; /* extra: behind what fits */

static void give(void *ctx, uint32_t number, const uint8_t *body, size_t n,
		 const struct np_occurrence *o)
{
	(void)ctx;
	if (ngiven == NP_COUNT(given)) {
		extra++;
		return;
	}
	struct given *g = &given[ngiven++];

	g->number = number;
	g->o = *o;
	g->whole = body;
	if (!body)
		return;
	assert_true(n <= sizeof(g->body));
	memcpy(g->body, body, n);
	g->n = n;
	assert_int_equal(np_body_read(g->body, n, &g->s), 0);
}

static void flush(void)
{
	ngiven = extra = 0;
	np_tally_flush(t);
}

static void again_to(size_t max, np_tally_fn *fn)
{
	const struct np_seal_rules rules = {0};

	np_tally_free(t);
	t = np_tally_new(&rules, max, fn, NULL);
	assert_non_null(t);
}

static void again(size_t max)
{
	again_to(max, give);
}

static int set_up(void **state)
{
	(void)state;
	again(1000);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	np_tally_free(t);
	t = NULL;
	return 0;
}

static struct np_tally_stats stats(void)
{
	struct np_tally_stats s;

	np_tally_stats(t, &s);
	return s;
}

static void made(const struct np_proto *const *who, size_t n)
{
	p = (struct np_payload){.candidates = who,
				.from = {.src_mac = mac, .reach = NP_LINK},
				.cur = np_cur(octets, n),
				.base = octets,
				.base_n = n,
				.place = 1,
				.first = 1000,
				.last = 1000,
				.count = 1};
}

/* IEEE 802.1AB 8.2: chassis, port, time to live, system name, the end; what is
 * behind the end is padding. */
static void name(unsigned number, unsigned padding)
{
	uint8_t head[] = {2, 7, 4,   0, 0, 0x5e, 0,   0x53, 9, 4,
			  2, 7, '1', 6, 2, 0,	 120, 10,   5};
	size_t n = sizeof(head);

	memset(octets, 0, sizeof(octets));
	memcpy(octets, head, n);
	for (unsigned i = 0; i < 5; i++, number /= 10)
		octets[n + 4 - i] = (uint8_t)('0' + number % 10);
	n += 5 + 2;
	octets[n++] = (uint8_t)(padding >> 8);
	octets[n++] = (uint8_t)padding;
	made(lldp, n);
}

/* IEEE 802.1AX 6.4.2.3: an actor and a partner. */
static void pair(uint8_t number)
{
	static const uint8_t head[] = {1, 1, 1,	   20, 0x80, 0,
				       0, 0, 0x5e, 0,  0x53};

	memset(octets, 0, sizeof(octets));
	memcpy(octets, head, sizeof(head));
	octets[11] = 9;
	octets[22] = 2;
	octets[23] = 20;
	memcpy(octets + 26, mac, 6);
	octets[31] = number;
	made(lacp, 44);
}

static void heard(uint64_t place, int64_t time)
{
	p.place = place;
	p.first = p.last = time;
	struct np_answer a = np_tally_payload(t, &p);

	assert_int_equal(a.verdict, NP_DECODED);
}

static void test_the_same_again(void **state)
{
	(void)state;
	name(1, 0);
	heard(5, 5000);
	heard(3, 9000);
	heard(9, 2000);
	/* Other octets that say the same are the same. */
	name(1, 77);
	heard(4, 1000);
	heard(11, NP_NEVER);
	assert_int_equal(np_tally_held(t), 1);
	flush();
	assert_int_equal(ngiven, 1);
	assert_int_equal(given[0].o.count, 5);
	assert_int_equal(given[0].o.first, 1000);
	assert_int_equal(given[0].o.last, 9000);
	assert_int_equal(given[0].o.place, 3);
	assert_int_equal(given[0].o.segment, 0);
	assert_int_equal(given[0].s.nkeys, 2);
	/* Given out and forgotten. */
	assert_int_equal(np_tally_held(t), 0);
	flush();
	assert_int_equal(ngiven, 0);
	heard(20, 20000);
	flush();
	assert_int_equal(ngiven, 1);
	assert_int_equal(given[0].o.count, 1);
	assert_int_equal(given[0].o.first, 20000);
}

/* Addresses are counted by the wire, many at once. */
static void test_many_at_once(void **state)
{
	(void)state;
	name(1, 0);
	p.count = 7;
	p.first = 100;
	p.last = 900;
	p.place = 2;
	(void)np_tally_payload(t, &p);
	p.count = 5;
	p.first = 50;
	p.last = 60;
	p.place = 8;
	(void)np_tally_payload(t, &p);
	flush();
	assert_int_equal(ngiven, 1);
	assert_int_equal(given[0].o.count, 12);
	assert_int_equal(given[0].o.first, 50);
	assert_int_equal(given[0].o.last, 900);
	assert_int_equal(given[0].o.place, 2);
}

/* The same octets from another, elsewhere, deeper, are another sighting. */
static void test_what_is_kept_apart(void **state)
{
	static const uint8_t other[] = {0, 0, 0x5e, 0, 0x53, 8};
	static const uint8_t ip[] = {192, 0, 2, 7};

	(void)state;
	for (unsigned round = 0; round < 3; round++) {
		name(1, 0);
		heard(1, 1);
		p.from.src_mac = other;
		heard(2, 2);
		p.from.src_mac = mac;
		p.from.nvlan = 1;
		p.from.vlan[0] = 5;
		heard(3, 3);
		p.from.vlan[0] = 6;
		heard(4, 4);
		p.from.nvlan = 0;
		p.from.vlan[0] = 0;
		p.from.depth = 1;
		heard(5, 5);
		p.from.depth = 0;
		p.from.reach = NP_BRIDGED;
		heard(6, 6);
		p.from.reach = NP_LINK;
		p.subscriber = true;
		heard(7, 7);
		p.subscriber = false;
		p.from.src_ip = ip;
		p.from.ip_len = 4;
		heard(8, 8);
		p.from.src_ip = NULL;
		p.from.ip_len = 0;
		heard(((uint64_t)1 << NP_SEGMENT_SHIFT) + 1, 9);
	}
	flush();
	assert_int_equal(ngiven, 9);
	for (size_t i = 0; i < 9; i++)
		assert_int_equal(given[i].o.count, 3);
	assert_int_equal(given[6].s.owner, NP_OWNER_SUBSCRIBER);
	assert_int_equal(given[8].o.segment, 1);
	/* The last frame of a segment and the first of the next. */
	name(1, 0);
	heard((uint64_t)1 << NP_SEGMENT_SHIFT, 1);
	heard(((uint64_t)1 << NP_SEGMENT_SHIFT) + 1, 1);
	flush();
	assert_int_equal(ngiven, 2);
	assert_int_equal(given[0].o.segment, 0);
	assert_int_equal(given[1].o.segment, 1);
}

static void test_several_statements(void **state)
{
	(void)state;
	pair(1);
	heard(1, 1);
	heard(2, 2);
	pair(2); /* the same actor, another partner */
	heard(3, 3);
	flush();
	/* The actor; of each partner that it is one, and whose. */
	assert_int_equal(ngiven, 5);
	assert_int_equal(given[0].s.scope, NP_SELF);
	assert_int_equal(given[0].o.count, 3);
	assert_int_equal(given[1].s.scope, NP_PEER);
	assert_int_equal(given[1].o.count, 2);
	assert_int_equal(given[2].s.scope, NP_SELF);
	assert_int_equal(given[2].o.count, 2);
	assert_int_equal(given[3].o.count, 1);
	assert_int_equal(given[4].o.count, 1);
	assert_int_equal(given[4].o.first, 3);
}

static void test_a_limit(void **state)
{
	(void)state;
	again(4);
	for (unsigned round = 0; round < 2; round++) {
		for (unsigned i = 0; i < 6; i++) {
			name(i, 0);
			heard(i + 1, 1);
		}
	}
	assert_int_equal(np_tally_held(t), 4);
	assert_int_equal(stats().dropped_by_limit, 4);
	flush();
	assert_int_equal(ngiven, 4);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(given[i].o.count, 2);
	/* A new segment has room again. */
	name(5, 0);
	heard(1, 1);
	assert_int_equal(np_tally_held(t), 1);
	assert_int_equal(stats().dropped_by_limit, 4);
}

/* Tables grow under what they hold; every count stays right. */
static void test_growth(void **state)
{
	enum { N = 5000 };

	(void)state;
	again(N);
	for (unsigned round = 0; round < 3; round++) {
		for (unsigned i = 0; i < N; i++) {
			name(i, round == 2);
			heard(i + 1, round);
		}
	}
	assert_int_equal(np_tally_held(t), N);
	flush();
	assert_int_equal(ngiven + extra, N);
	for (size_t i = 0; i < ngiven; i++) {
		assert_int_equal(given[i].o.count, 3);
		assert_int_equal(given[i].o.place, i + 1);
		assert_int_equal(given[i].o.last, 2);
	}
	assert_int_equal(stats().dropped_by_limit, 0);
}

/* The two that were said last. */
static struct np_occurrence last[2];
static size_t nlast;

static void give_last(void *ctx, uint32_t number, const uint8_t *body, size_t n,
		      const struct np_occurrence *o)
{
	(void)ctx;
	(void)number;
	(void)body;
	(void)n;
	last[0] = last[1];
	last[1] = *o;
	nlast++;
}

/* The tables grow between two statements of one payload, wherever that is. */
static void test_growth_within_a_payload(void **state)
{
	(void)state;
	for (unsigned before = 508; before < 514; before++) {
		for (unsigned after = 0; after < 8; after++) {
			again_to(2000, give_last);
			for (unsigned i = 0; i < before; i++) {
				name(i, 0);
				heard(i + 1, 1);
			}
			/* Fills the memory of payloads until it is emptied. */
			for (unsigned i = 1; i < 514 - before + after; i++) {
				name(0, i);
				heard(1, 1);
			}
			pair(1);
			for (unsigned i = 0; i < 4; i++)
				heard(1000 + i, 1);
			nlast = 0;
			np_tally_flush(t);
			assert_int_equal(nlast, before + 3);
			assert_int_equal(last[0].count, 4);
			assert_int_equal(last[1].count, 4);
		}
	}
}

static void test_telling(void **state)
{
	(void)state;
	name(1, 0);
	heard(1, 1);
	name(2, 0);
	heard(2, 2);
	ngiven = 0;
	np_tally_tell(t);
	assert_int_equal(ngiven, 2);
	np_tally_tell(t);
	assert_int_equal(ngiven, 2);
	heard(3, 3);
	name(3, 0);
	heard(4, 4);
	np_tally_tell(t);
	assert_int_equal(ngiven, 3);
	assert_int_equal(given[2].o.place, 4);
	/* In the end: what was heard again since, and nothing twice. */
	flush();
	assert_int_equal(ngiven, 1);
	assert_int_equal(given[0].o.count, 2);
	assert_int_equal(given[0].o.last, 3);
}

#define SEGMENT (UINT64_C(1) << NP_SEGMENT_SHIFT)

static void test_numbers(void **state)
{
	(void)state;
	np_tally_number(t);
	ngiven = 0;
	name(1, 0);
	heard(1, 1);
	assert_int_equal(ngiven, 1);
	assert_true(given[0].whole);
	assert_int_equal(given[0].number, 0);
	assert_int_equal(given[0].o.count, 1);
	name(2, 0);
	heard(2, 2);
	assert_int_equal(given[1].number, 1);
	name(1, 0);
	heard(3, 3);
	/* Of what was heard again its number; of the other nothing. */
	flush();
	assert_int_equal(ngiven, 1);
	assert_false(given[0].whole);
	assert_int_equal(given[0].number, 0);
	assert_int_equal(given[0].o.count, 2);
	/* It is known in the next segment, whose count begins anew. */
	heard(SEGMENT + 7, 9);
	name(1, 1);
	heard(SEGMENT + 8, 10);
	assert_int_equal(ngiven, 1);
	/* What began before is told in full, and as of where it began. */
	name(1, 5);
	heard(2, 4);
	assert_int_equal(ngiven, 3);
	assert_false(given[1].whole);
	assert_true(given[2].whole);
	assert_int_equal(given[2].number, 0);
	assert_int_equal(given[2].o.segment, 0);
	assert_int_equal(given[2].o.place, 2);
	assert_int_equal(given[2].o.count, 1);
	flush();
	assert_int_equal(ngiven, 1);
	assert_false(given[0].whole);
	assert_int_equal(given[0].o.segment, 1);
	assert_int_equal(given[0].o.place, SEGMENT + 7);
	assert_int_equal(given[0].o.first, 9);
	assert_int_equal(given[0].o.count, 2);
	/* What came late, and is not the first of its segment, is not lost. */
	name(1, 0);
	heard(2 * SEGMENT + 1, 11);
	name(1, 6);
	heard(2 * SEGMENT - 1, 10);
	flush();
	assert_int_equal(ngiven, 2);
	assert_int_equal(given[0].o.segment, 1);
	assert_int_equal(given[0].o.count, 3);
	assert_int_equal(given[1].o.segment, 2);
	assert_int_equal(given[1].o.count, 1);
}

/* What is left when all that was given is merged, by what says the number. */
#define NAMES 50
static struct np_occurrence merged[NAMES][4];
static unsigned name_of[NAMES];

static void merge(void *ctx, uint32_t number, const uint8_t *body, size_t n,
		  const struct np_occurrence *o)
{
	static struct np_sighting s;

	(void)ctx;
	if (body) {
		assert_int_equal(np_body_read(body, n, &s), 0);
		name_of[number] = 0;
		for (size_t i = 0; i < s.nfacts; i++)
			for (size_t k = 0; s.facts[i].n == 5 && k < 5; k++)
				name_of[number] = name_of[number] * 10 +
						  s.facts[i].v[k] - '0';
		assert_true(name_of[number] < NAMES);
	}
	struct np_occurrence *m = &merged[name_of[number]][o->segment];

	if (m->count)
		np_occurrence_merge(m, o);
	else
		*m = *o;
}

/* Numbered or not: what all that was given comes to is the same. */
static void test_numbers_come_to_the_same(void **state)
{
	struct np_occurrence plain[NAMES][4];
	uint32_t x = 0;

	(void)state;
	for (unsigned numbered = 0; numbered < 2; numbered++) {
		again_to(1000, merge);
		memset(merged, 0, sizeof(merged));
		if (numbered)
			np_tally_number(t);
		x = 1;
		for (unsigned i = 0; i < 4000; i++) {
			x = x * 1664525u + 1013904223u;
			if (i && i % 1000 == 0)
				np_tally_flush(t);
			name((x >> 16) % NAMES, x >> 28);
			heard(i / 1000 * SEGMENT + i % 1000 + 1, i);
		}
		np_tally_flush(t);
		if (!numbered)
			memcpy(plain, merged, sizeof(plain));
	}
	assert_memory_equal(plain, merged, sizeof(plain));
}

/* No more is remembered than a share of memory: then it is told again. */
static void test_numbers_are_forgotten(void **state)
{
	enum { N = (1 << 18) + 2 };

	(void)state;
	again(2 * N);
	np_tally_number(t);
	for (unsigned i = 0; i < N; i++) {
		name(i % 100000, 0);
		octets[8] = (uint8_t)(i / 100000);
		heard(i + 1, 1);
	}
	assert_true(np_tally_held(t) > 1 << 18);
	flush();
	assert_int_equal(np_tally_held(t), 0);
	heard(SEGMENT + 1, 2);
	assert_int_equal(ngiven, 1);
	assert_true(given[0].whole);
	assert_int_equal(given[0].number, 0);
}

static void test_malformed_and_withheld(void **state)
{
	size_t n;

	(void)state;
	/* LLDP whose third element leaves the frame. */
	name(1, 0);
	p.cur = np_cur(octets, 15);
	(void)np_tally_payload(t, &p);
	assert_int_equal(stats().malformed, 1);
	/* That is no fault of its sender when the capture cut it. */
	p.cur = np_cur(octets, 14);
	p.from.snapped = true;
	(void)np_tally_payload(t, &p);
	assert_int_equal(stats().malformed, 1);
	flush();
	assert_int_equal(ngiven, 1);
	assert_true(given[0].s.partial);
	/* A banner that nobody knows leaves nothing to say, but a count. */
	memcpy(octets, "220 Alice\r\n", 11);
	made(ftp, 11);
	p.from.sport = 21;
	p.from.stream = p.from.start = p.from.end = true;
	(void)np_tally_payload(t, &p);
	assert_int_equal(stats().withheld.banner, 1);
	assert_int_equal(np_tally_held(t), 0);
	const struct np_dropped *dropped = np_tally_dropped(t, &n);

	assert_int_equal(n, 1);
	assert_int_equal(dropped[0].field, np_field_find("ftp.banner", 10));
	assert_int_equal(dropped[0].n, 1);
	/* Nobody's: the next is asked, and none is. */
	memcpy(octets, "\xff\xff\xff\xff", 4);
	made(lacp, 4);
	assert_int_equal(np_tally_payload(t, &p).verdict, NP_NOT_MINE);
	assert_int_equal(np_tally_held(t), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_the_same_again),
		TEST(test_many_at_once),
		TEST(test_what_is_kept_apart),
		TEST(test_several_statements),
		TEST(test_a_limit),
		TEST(test_growth),
		TEST(test_growth_within_a_payload),
		TEST(test_telling),
		TEST(test_numbers),
		TEST(test_numbers_come_to_the_same),
		TEST(test_numbers_are_forgotten),
		TEST(test_malformed_and_withheld),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
