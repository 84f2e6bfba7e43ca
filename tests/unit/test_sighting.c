/* SPDX-License-Identifier: ISC */
/* The waist: bodies and records from a hostile decoder, merging, what names a
 * person, and JSON lines there and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/arena.h"
#include "core/hash.h"
#include "sighting/pipe.h"
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static uint16_t field_of(const char *name)
{
	int id = np_field_find(name, strlen(name));

	assert_true(id >= 0);
	return (uint16_t)id;
}

static void made(struct np_sighting *s, const char *name)
{
	*s = (struct np_sighting){
		.proto = (uint16_t)np_proto_find("lldp", 4),
		.owner = NP_OWNER_OPERATOR,
		.scope = NP_SELF,
		.reach = NP_LINK,
		.depth = 1,
		.nvlan = 1,
		.vlan = {101},
		.nkeys = 1,
		.keys = {{NP_KEY_MAC, "00:e0:fc:01:02:03", 17}},
		.nfacts = 1,
		.facts = {{field_of("lldp.system_name"), 54,
			   (const uint8_t *)name, strlen(name)}},
		.seen = {1, 0, 1000, 2000, 2, 12},
	};
}

static void test_a_body_there_and_back(void **state)
{
	static struct np_sighting a, b;
	struct np_buf x = np_buf(NP_MAX_SIGHTING), y = x;

	(void)state;
	made(&a, "R1");
	np_body_write(&a, &x);
	assert_int_equal(np_body_read((uint8_t *)x.p, x.n, &b), 0);
	np_body_write(&b, &y);
	assert_int_equal(x.n, y.n);
	assert_memory_equal(x.p, y.p, x.n);
	/* Cut anywhere, or with something behind, it is none. */
	for (size_t n = 0; n < x.n; n++)
		assert_int_equal(np_body_read((uint8_t *)x.p, n, &b),
				 NP_EINPUT);
	np_putc(&x, 0);
	assert_int_equal(np_body_read((uint8_t *)x.p, x.n, &b), NP_EINPUT);
	np_buf_free(&x);
	np_buf_free(&y);
}

/* Whatever octet a decoder that was taken over changes: refused, or within
 * every limit and printable. */
static void test_hostile_bodies(void **state)
{
	static struct np_sighting a, b;
	struct np_buf x = np_buf(NP_MAX_SIGHTING), json = np_buf(1 << 20);

	(void)state;
	made(&a, "R1");
	np_body_write(&a, &x);
	for (size_t i = 0; i < x.n; i++) {
		for (unsigned v = 0; v < 256; v++) {
			uint8_t *p = malloc(x.n);

			assert_non_null(p);
			memcpy(p, x.p, x.n);
			p[i] = (uint8_t)v;
			if (np_body_read(p, x.n, &b) == 0) {
				assert_true(b.nkeys <= NP_MAX_KEYS);
				assert_true(b.nfacts <= NP_MAX_FACTS);
				assert_true(b.nvlan <= NP_MAX_VLANS);
				np_buf_clear(&json);
				np_sighting_json(&b, &json);
				assert_false(json.failed);
			}
			free(p);
		}
	}
	np_buf_free(&x);
	np_buf_free(&json);
}

static int records(const void *p, size_t n)
{
	static struct np_record r;
	struct np_pipe_in in;
	int fd = memfd_create("pipe", MFD_CLOEXEC), rc = 0, whole = 0;

	assert_int_equal(write(fd, p, n), (ssize_t)n);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	assert_int_equal(np_pipe_in(&in, fd), 0);
	while (rc >= 0 && np_pipe_fill(&in) > 0)
		while ((rc = np_pipe_next(&in, &r)) > 0)
			whole++;
	np_pipe_in_free(&in);
	(void)close(fd);
	return rc < 0 ? rc : whole;
}

static void test_hostile_records(void **state)
{
	static const uint8_t none[] = {9, 0, 0, 0, 4, 0, 0, 0, 1};
	static const uint8_t short_[] = {1, 0, 0, 0, 3, 0, 0, 0, 1};
	static const uint8_t long_[] = {1, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 1};
	static const uint8_t empty[] = {1, 0, 0, 0, 4, 0, 0, 0, 1};
	static const uint8_t numbers[] = {2, 0, 0, 0, 5, 0, 0, 0, 1, 7};
	/* AGAIN has no body, and a number below the limit. */
	static const uint8_t again[4 + 5 + 40] = {6, 0, 0, 0, 44, 0, 0, 0, 1};
	static const uint8_t body[4 + 5 + 40 + 1] = {6, 0, 0, 0, 45,
						     0, 0, 0, 1};
	static const uint8_t high[4 + 5 + 40] = {6, 0, 0, 0, 44,
						 0, 0, 0, 1, 0xff};
	static const uint8_t cut[] = {4, 0, 0, 0, 20, 0, 0, 0, 1, 1};
	uint8_t text[9 + 8 + 600] = {5, 0, 0, 2, 100, 0, 0, 0, 1};

	(void)state;
	assert_int_equal(records(none, sizeof(none)), NP_EINPUT);
	assert_int_equal(records(short_, sizeof(short_)), NP_EINPUT);
	assert_int_equal(records(long_, sizeof(long_)), NP_EINPUT);
	assert_int_equal(records(empty, sizeof(empty)), NP_EINPUT);
	assert_int_equal(records(numbers, sizeof(numbers)), NP_EINPUT);
	assert_int_equal(records(text, sizeof(text)), NP_EINPUT);
	assert_int_equal(records(again, sizeof(again)), 1);
	assert_int_equal(records(body, sizeof(body)), NP_EINPUT);
	assert_int_equal(records(high, sizeof(high)), NP_EINPUT);
	assert_int_equal(records(cut, sizeof(cut)), 0);
}

static void test_records_there_and_back(void **state)
{
	static struct np_sighting a;
	struct np_pipe_out out;
	struct np_buf x = np_buf(NP_MAX_SIGHTING);
	struct np_coverage c = {.source = 1, .frames = 7};
	struct np_tally_stats t = {.malformed = 1};
	int fd = memfd_create("pipe", MFD_CLOEXEC);
	char got[4096];

	(void)state;
	made(&a, "R1");
	np_body_write(&a, &x);
	np_pipe_out(&out, fd);
	np_pipe_text(&out, NP_R_KIND, 1, "pcap", 0);
	np_pipe_sighting(&out, 1, 5, (uint8_t *)x.p, x.n, &a.seen);
	np_pipe_sighting(&out, 1, 5, NULL, 0, &a.seen);
	np_pipe_progress(&out, 1, 7, 700);
	np_pipe_dropped(&out, 1, &(struct np_dropped){.n = 3});
	np_pipe_coverage(&out, &c, &t, 1, false);
	assert_int_equal(np_pipe_flush(&out), 0);
	np_buf_free(&out.buf);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	ssize_t n = read(fd, got, sizeof(got));

	assert_true(n > 0);
	assert_int_equal(records(got, (size_t)n), 6);
	(void)close(fd);
	np_buf_free(&x);
	/* A field that nobody has. */
	static const char forged[] = "\x07\0\0\0\x0e\0\0\0\x01\xff\xff"
				     "\0\0\0\0\0\0\0\x01";

	assert_int_equal(records(forged, sizeof(forged) - 1), NP_EINPUT);
}

static struct np_occurrence some(unsigned i)
{
	static const int64_t t[] = {NP_NEVER, 0, -5, 7};

	return (struct np_occurrence){
		1, 2, t[i % 4], t[i / 4 % 4], i / 16 % 3 + 1, i / 48 % 2 + 1};
}

static struct np_occurrence joined(struct np_occurrence a,
				   struct np_occurrence b)
{
	np_occurrence_merge(&a, &b);
	return a;
}

static bool same(struct np_occurrence a, struct np_occurrence b)
{
	return a.first == b.first && a.last == b.last && a.count == b.count &&
	       a.place == b.place;
}

static void test_occurrences_are_a_semilattice(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 96; i++) {
		struct np_occurrence a = some(i);

		assert_true(same(joined(a, a), a));
		for (unsigned k = 0; k < 96; k++) {
			struct np_occurrence b = some(k), ab = joined(a, b);

			assert_true(same(ab, joined(b, a)));
			assert_true(same(joined(ab, b), ab));
			for (unsigned m = 0; m < 96; m += 5) {
				struct np_occurrence c = some(m);

				assert_true(same(joined(ab, c),
						 joined(a, joined(b, c))));
			}
		}
	}
}

static void test_json_there_and_back(void **state)
{
	static const char *const names[] = {
		"R1",  "\xff\xfe", "\x1b[2J",	  "\"\\\n",
		"<b>", "=1+1",	   "\xe2\x80\xae"};
	static struct np_sighting a, b;

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct np_buf x = np_buf(1 << 20), y = x;
		struct np_arena mem = np_arena(1 << 20);

		made(&a, names[i]);
		np_sighting_json(&a, &x);
		assert_int_equal(np_sighting_parse(x.p, x.n, &mem, &b, NULL),
				 0);
		assert_int_equal(b.facts[0].n, strlen(names[i]));
		assert_memory_equal(b.facts[0].v, names[i], b.facts[0].n);
		np_sighting_json(&b, &y);
		assert_string_equal(x.p, y.p);
		for (size_t n = 0; n < x.n; n++)
			assert_int_equal(
				np_sighting_parse(x.p, n, &mem, &b, NULL),
				NP_EINPUT);
		np_arena_free(&mem);
		np_buf_free(&x);
		np_buf_free(&y);
	}
}

static void test_an_id_knows_only_what_is_said(void **state)
{
	static struct np_sighting a, b;
	struct np_hasher *h = np_hasher_new(NP_BLAKE2S);

	(void)state;
	made(&a, "R1");
	made(&b, "R1");
	b.facts[0].at = 99;
	b.seen.source = 7;
	b.partial = true;
	np_sighting_id(&a, h, a.id);
	np_sighting_id(&b, h, b.id);
	assert_memory_equal(a.id, b.id, NP_ID);
	b.depth = 2;
	np_sighting_id(&b, h, b.id);
	assert_memory_not_equal(a.id, b.id, NP_ID);
	np_hasher_free(h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_body_there_and_back),
		cmocka_unit_test(test_hostile_bodies),
		cmocka_unit_test(test_hostile_records),
		cmocka_unit_test(test_records_there_and_back),
		cmocka_unit_test(test_occurrences_are_a_semilattice),
		cmocka_unit_test(test_json_there_and_back),
		cmocka_unit_test(test_an_id_knows_only_what_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
