/* SPDX-License-Identifier: ISC */
/* The dossier: what goes in comes out, twice changes nothing, a second run
 * merges, and a file that is no dossier is left as it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/hash.h"
#include "store/dossier.h"
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define HASH "00112233445566778899aabbccddeeff00112233445566778899aabbccddee"

static char path[] = "/tmp/np-dossier-XXXXXX";
static struct np_dossier *d;
static struct np_knowledge *k;
static struct np_err err;
static uint16_t maker;

static int open_knowledge(void **state)
{
	(void)state;
	if (np_knowledge_open(NULL, &k, &err))
		return -1;
	maker = np_maker_find(k, "huawei");
	return maker == NP_NO_MAKER;
}

static int close_knowledge(void **state)
{
	(void)state;
	np_knowledge_close(k);
	return 0;
}

/* What the fold would say: the number of an id in this run, and whether it is
 * new. */
static uint8_t ids[8][NP_ID];
static uint32_t nids;

static void opened(bool make)
{
	nids = 0;
	assert_int_equal(np_dossier_open(path, make, &d, &err), 0);
}

static int set_up(void **state)
{
	int fd;

	(void)state;
	memcpy(path + sizeof(path) - 7, "XXXXXX", 6);
	fd = mkstemp(path);
	if (fd < 0)
		return -1;
	(void)close(fd);
	return unlink(path);
}

static int tear_down(void **state)
{
	(void)state;
	np_dossier_close(d);
	d = NULL;
	(void)unlink(path);
	return 0;
}

/* A sighting of a box by its name, heard in a source. */
static void made(struct np_sighting *s, const char *name, uint32_t source)
{
	static const char mac[] = "00:00:5e:00:53:09";
	struct np_hasher *h = np_hasher_new(NP_BLAKE2S);
	int field = np_field_find("lldp.system_name", 16);

	assert_true(h && field >= 0);
	*s = (struct np_sighting){
		.proto = NP_P_lldp,
		.owner = NP_OWNER_OPERATOR,
		.scope = NP_SELF,
		.reach = NP_LINK,
		.depth = 1,
		.nvlan = 2,
		.vlan = {7, 8},
		.nkeys = 1,
		.keys = {{NP_KEY_MAC, mac, sizeof(mac) - 1}},
		.nfacts = 1,
		.facts = {{(uint16_t)field, 54, (const uint8_t *)name,
			   strlen(name)}},
		.seen = {source, 3, 1000, 2000, 5, 12},
	};
	np_sighting_id(s, h, s->id);
	np_hasher_free(h);
}

static void claimed(struct np_claims *c)
{
	c->n = 2;
	c->full = false;
	c->v[0] = (struct np_claim){.what = NP_W_MAKER,
				    .grade = NP_E4,
				    .maker = maker,
				    .group = 1,
				    .rule = "test/rule",
				    .settable = true,
				    .computer = true};
	c->v[1] = (struct np_claim){.what = NP_W_MODEL,
				    .grade = NP_E2,
				    .group = 2,
				    .rule = "test/model",
				    .value = "AR-1",
				    .subscriber = true,
				    .virtual_key = true};
}

static void add(const struct np_sighting *s)
{
	struct np_claims c;
	uint32_t n = 0;

	while (n < nids && memcmp(ids[n], s->id, NP_ID) != 0)
		n++;
	assert_true(n < 8);
	memcpy(ids[n], s->id, NP_ID);
	claimed(&c);
	assert_int_equal(np_dossier_add(d, k, s, &c, n, n == nids), 0);
	nids += n == nids;
}

static bool source(uint32_t number, const char *sha256)
{
	const struct np_kept_source x = {
		.number = number,
		.name = "a.pcap",
		.kind = "pcap",
		.site = "hall",
		.sha256 = sha256,
		.tree = "77",
		.status = "truncated",
		.origin = NP_LABORATORY,
		.coverage = {number, -5, NP_NEVER, 10, 11, -1, 12, 13, 14, 15,
			     0, 0, 0, 17, 18},
		.beside = {.tap = "mirror port",
			   .direction = "both",
			   .taken_by = "somebody",
			   .legal_basis = "own equipment",
			   .clock_offset = "+2 s",
			   .method = "poll",
			   .taken = "2026-11-23"},
		.withheld = 16,
	};
	bool again;

	assert_int_equal(np_dossier_source(d, &x, &again), 0);
	return again;
}

static size_t nsources;

static int one_source(void *ctx, const struct np_kept_source *s)
{
	(void)ctx;
	nsources++;
	assert_int_equal(s->number, nsources);
	assert_string_equal(s->name, "a.pcap");
	assert_string_equal(s->kind, "pcap");
	assert_string_equal(s->site, "hall");
	assert_string_equal(s->tree, "77");
	assert_string_equal(s->status, "truncated");
	assert_int_equal(s->origin, NP_LABORATORY);
	assert_int_equal(s->coverage.first, -5);
	assert_true(s->coverage.last == NP_NEVER);
	assert_int_equal(s->coverage.frames, 10);
	assert_int_equal(s->coverage.bytes, 11);
	assert_int_equal(s->coverage.drops, -1);
	assert_int_equal(s->coverage.malformed, 12);
	assert_int_equal(s->coverage.unread_link, 13);
	assert_int_equal(s->coverage.dropped_by_limit, 14);
	assert_int_equal(s->coverage.subscriber_tunnels, 15);
	assert_int_equal(s->withheld, 16);
	assert_int_equal(s->coverage.asked, 17);
	assert_int_equal(s->coverage.absent, 18);
	assert_string_equal(s->beside.tap, "mirror port");
	assert_string_equal(s->beside.direction, "both");
	assert_string_equal(s->beside.taken_by, "somebody");
	assert_string_equal(s->beside.legal_basis, "own equipment");
	assert_string_equal(s->beside.clock_offset, "+2 s");
	assert_string_equal(s->beside.method, "poll");
	assert_string_equal(s->beside.taken, "2026-11-23");
	return 0;
}

static struct np_occurrence seen[8];
static size_t nseen;

static int one_sighting(void *ctx, const struct np_sighting *s,
			const struct np_claims *c)
{
	static struct np_sighting want;
	char name[64];

	(void)ctx;
	assert_true(nseen < 8);
	assert_int_equal(s->nfacts, 1);
	assert_true(s->facts[0].n < sizeof(name));
	memcpy(name, s->facts[0].v, s->facts[0].n);
	name[s->facts[0].n] = '\0';
	made(&want, name, s->seen.source);
	assert_memory_equal(s->id, want.id, NP_ID);
	assert_int_equal(s->proto, want.proto);
	assert_int_equal(s->owner, want.owner);
	assert_int_equal(s->depth, 1);
	assert_int_equal(s->nvlan, 2);
	assert_int_equal(s->vlan[1], 8);
	assert_int_equal(s->nkeys, 1);
	assert_int_equal(s->facts[0].at, 54);
	assert_int_equal(c->n, 2);
	assert_int_equal(c->v[0].what, NP_W_MAKER);
	assert_int_equal(c->v[0].grade, NP_E4);
	assert_int_equal(c->v[0].maker, maker);
	assert_int_equal(c->v[0].group, 1);
	assert_string_equal(c->v[0].rule, "test/rule");
	assert_null(c->v[0].value);
	assert_true(c->v[0].settable && c->v[0].computer);
	assert_false(c->v[0].subscriber || c->v[0].virtual_key);
	assert_int_equal(c->v[1].maker, NP_NO_MAKER);
	assert_string_equal(c->v[1].value, "AR-1");
	assert_true(c->v[1].subscriber && c->v[1].virtual_key);
	assert_false(c->v[1].settable || c->v[1].computer);
	seen[nseen++] = s->seen;
	return 0;
}

/* Everything in it, by a fresh look at the file. */
static void read_back(size_t sources, size_t sightings)
{
	struct np_arena keep = np_arena(1 << 20);

	nsources = nseen = 0;
	assert_int_equal(np_dossier_sources(d, one_source, NULL), 0);
	assert_int_equal(
		np_dossier_sightings(d, k, &keep, one_sighting, NULL, &err), 0);
	assert_int_equal(nsources, sources);
	assert_int_equal(nseen, sightings);
	np_arena_free(&keep);
}

/* One run: sources from `number` on, each of two boxes. */
static void run(uint32_t number, const char *sha256, bool again)
{
	static struct np_sighting s;

	opened(true);
	assert_int_equal(np_dossier_next_source(d), number);
	assert_int_equal(np_dossier_begin(d, &err), 0);
	made(&s, "R1", number);
	add(&s);
	made(&s, "R2", number);
	add(&s);
	assert_int_equal(source(number, sha256), again);
	assert_int_equal(np_dossier_commit(d, &err), 0);
	np_dossier_close(d);
	d = NULL;
}

static void test_there_and_back(void **state)
{
	(void)state;
	run(1, HASH "01", false);
	opened(false);
	assert_string_equal(np_dossier_path(d), path);
	read_back(1, 2);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(seen[i].source, 1);
		assert_int_equal(seen[i].segment, 3);
		assert_int_equal(seen[i].first, 1000);
		assert_int_equal(seen[i].last, 2000);
		assert_int_equal(seen[i].count, 5);
		assert_int_equal(seen[i].place, 12);
	}
}

static void test_a_second_run_merges(void **state)
{
	(void)state;
	run(1, HASH "01", false);
	run(2, HASH "02", false);
	opened(false);
	read_back(2, 4); /* two sightings, each heard in two sources */
	for (size_t i = 0; i < 4; i++) /* by source, as they were heard */
		assert_int_equal(seen[i].source, 1 + i / 2);
}

static unsigned ncrowds, ndropped;

static int one_crowd(void *ctx, const struct np_kept_crowd *c)
{
	(void)ctx;
	ncrowds++;
	if (c->role) {
		assert_string_equal(c->role, "CPE");
		assert_string_equal(c->field, "cwmp.role");
		assert_null(c->maker);
		assert_null(c->model);
		assert_null(c->link);
		return 0;
	}
	assert_string_equal(c->maker, "huawei");
	assert_string_equal(c->model, "AR-1");
	assert_string_equal(c->site, "hall");
	assert_int_equal(c->sure, NP_PROBABLE);
	assert_int_equal(c->n, 7);
	assert_memory_equal(c->link, "0123456789abcdef", NP_LINK_SIZE);
	return 0;
}

static int one_dropped(void *ctx, uint32_t source, const char *field,
		       uint64_t n)
{
	(void)ctx;
	ndropped++;
	assert_int_equal(source, 1);
	assert_string_equal(field, "dhcp.host_name");
	assert_int_equal(n, 3);
	return 0;
}

static size_t in_file(const char *text)
{
	static char octets[1 << 20];
	FILE *f = fopen(path, "re");
	size_t n = f ? fread(octets, 1, sizeof(octets), f) : 0, many = 0;
	const char *at = octets;

	assert_non_null(f);
	(void)fclose(f);
	while ((at = memmem(at, n - (size_t)(at - octets), text,
			    strlen(text)))) {
		many++;
		at++;
	}
	return many;
}

/* A subscriber's box: what it said goes, down to the octets of the file; what
 * somebody else said too stays. */
static void test_forgotten(void **state)
{
	const struct np_kept_crowd c[] = {
		{.link = (const uint8_t *)"0123456789abcdef",
		 .maker = "huawei",
		 .model = "AR-1",
		 .site = "hall",
		 .sure = NP_PROBABLE,
		 .n = 7},
		{.role = "CPE", .field = "cwmp.role", .n = 1},
	};
	struct np_arena mem = np_arena(1 << 16);
	static struct np_sighting s;

	(void)state;
	opened(true);
	assert_int_equal(np_dossier_begin(d, &err), 0);
	made(&s, "subscriber", 1);
	add(&s);
	const struct np_key key = {NP_KEY_NAME, "subscriber", 10};

	made(&s, "router", 1);
	add(&s);
	assert_false(source(1, NULL));
	assert_int_equal(np_dossier_withheld(d, 1, "dhcp.host_name", 3), 0);
	assert_int_equal(np_dossier_private(d), 0);
	assert_int_equal(np_dossier_forget(d, ids[0], &key, 1, &mem), 0);
	assert_int_equal(np_dossier_forgotten(d), 0);
	assert_int_equal(np_dossier_crowd(d, &c[0]), 0);
	assert_int_equal(np_dossier_crowd(d, &c[1]), 0);
	assert_int_equal(np_dossier_commit(d, &err), 0);
	np_dossier_close(d);
	d = NULL;
	assert_true(np_is_dossier(path));
	assert_int_equal(in_file("subscriber\""), 0);
	assert_true(in_file("router\"") > 0);
	opened(false);
	read_back(1, 1);
	ncrowds = ndropped = 0;
	assert_int_equal(np_dossier_crowds(d, one_crowd, NULL), 0);
	assert_int_equal(np_dossier_dropped(d, one_dropped, NULL), 0);
	assert_int_equal(ncrowds, 2);
	assert_int_equal(ndropped, 1);
	np_arena_free(&mem);
}

/* The same file again, under any name, changes nothing. */
static void test_the_same_source_again(void **state)
{
	(void)state;
	run(1, HASH "01", false);
	run(2, HASH "01", true);
	opened(false);
	read_back(1, 2);
	np_dossier_close(d);
	/* What only the repetition said goes with it. */
	static struct np_sighting s;

	opened(false);
	assert_int_equal(np_dossier_begin(d, &err), 0);
	made(&s, "R3", 2);
	add(&s);
	assert_true(source(2, HASH "01"));
	assert_int_equal(np_dossier_commit(d, &err), 0);
	read_back(1, 2);
	/* Sources without a hash are never the same. */
	assert_false(source(2, NULL));
	assert_false(source(3, NULL));
}

static void test_occurrences_merge(void **state)
{
	static struct np_sighting s;

	(void)state;
	opened(true);
	made(&s, "R1", 1);
	add(&s);
	s.seen.first = 500;
	s.seen.last = NP_NEVER;
	s.seen.count = 4;
	s.seen.place = 20;
	add(&s);
	s.seen.first = NP_NEVER;
	s.seen.last = 9000;
	s.seen.count = 6;
	s.seen.place = 2;
	add(&s);
	add(&s);
	read_back(0, 1);
	assert_int_equal(seen[0].first, 500);
	assert_int_equal(seen[0].last, 9000);
	assert_int_equal(seen[0].count, 6);
	assert_int_equal(seen[0].place, 2);
	/* Of a source without times there are none. */
	made(&s, "R2", 1);
	s.seen.first = s.seen.last = NP_NEVER;
	add(&s);
	add(&s);
	read_back(0, 2);
	assert_true(seen[0].first == NP_NEVER || seen[1].first == NP_NEVER);
}

/* A run that dies leaves the dossier as it was. */
static void test_what_is_not_committed(void **state)
{
	static struct np_sighting s;

	(void)state;
	run(1, HASH "01", false);
	opened(false);
	assert_int_equal(np_dossier_begin(d, &err), 0);
	made(&s, "R3", 2);
	add(&s);
	assert_false(source(2, HASH "02"));
	read_back(2, 3);
	np_dossier_close(d);
	opened(false);
	read_back(1, 2);
}

static void test_notes(void **state)
{
	struct np_arena mem = np_arena(1 << 20);

	(void)state;
	opened(true);
	assert_null(np_dossier_noted(d, "as_of", &mem));
	assert_int_equal(np_dossier_note(d, "as_of", "2026-11-23"), 0);
	assert_int_equal(np_dossier_note(d, "as_of", "2026-11-24"), 0);
	assert_string_equal(np_dossier_noted(d, "as_of", &mem), "2026-11-24");
	assert_int_equal(np_dossier_note(d, "as_of", NULL), 0);
	assert_null(np_dossier_noted(d, "as_of", &mem));
	np_arena_free(&mem);
}

static const char *device(const char *canonical, const char *a, const char *b,
			  struct np_arena *mem)
{
	const struct np_key keys[] = {{NP_KEY_MAC, a, strlen(a)},
				      {NP_KEY_NAME, b, b ? strlen(b) : 0}};
	const char *id;

	assert_int_equal(
		np_dossier_device_id(d, canonical, keys, b ? 2 : 1, mem, &id),
		0);
	return id;
}

/* A device keeps the id it was first given, by any of its keys. */
static void test_ids_stay(void **state)
{
	struct np_arena mem = np_arena(1 << 20);

	(void)state;
	opened(true);
	assert_int_equal(np_dossier_begin(d, &err), 0);
	assert_string_equal(device("d1", "m1", NULL, &mem), "d1");
	assert_string_equal(device("d2", "m2", "R2", &mem), "d2");
	assert_int_equal(np_dossier_commit(d, &err), 0);
	np_dossier_close(d);
	opened(false); /* a later run */
	assert_string_equal(device("d9", "m1", NULL, &mem), "d1");
	assert_string_equal(device("d9", "m3", "R2", &mem), "d2");
	/* The same value of another kind is another key. */
	assert_string_equal(device("d3", "R2", NULL, &mem), "d3");
	/* Two that turn out to be one: the other is an alias. */
	assert_string_equal(device("d9", "m1", "R2", &mem), "d1");
	assert_string_equal(device("d9", "m9", "R2", &mem), "d1");
	np_arena_free(&mem);
}

static void sql(const char *text)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, text, NULL, NULL, NULL), SQLITE_OK);
	(void)sqlite3_close(db);
}

static void refused(bool make, int rc)
{
	assert_int_equal(np_dossier_open(path, make, &d, &err), rc);
	assert_null(d);
}

/* Another program's file, another version's, no database: refused, and every
 * octet of it stays. */
static void test_foreign_files(void **state)
{
	static const char *const foreign[] = {
		"CREATE TABLE note(key TEXT)",
		"PRAGMA application_id=1; CREATE TABLE x(y)",
		("PRAGMA application_id=0x6e706474; PRAGMA user_version=99;"
		 "CREATE TABLE x(y)")};

	(void)state;
	refused(false, NP_EIO); /* not there, and not to be made */
	assert_int_equal(access(path, F_OK), -1);
	for (size_t i = 0; i < NP_COUNT(foreign); i++) {
		char before[4096], after[4096];
		FILE *f;

		sql(foreign[i]);
		f = fopen(path, "rb");
		assert_non_null(f);
		assert_int_equal(fread(before, 1, 4096, f), 4096);
		(void)fclose(f);
		refused(true, NP_EINPUT);
		refused(false, NP_EINPUT);
		f = fopen(path, "rb");
		assert_int_equal(fread(after, 1, 4096, f), 4096);
		(void)fclose(f);
		assert_memory_equal(before, after, 4096);
		(void)unlink(path);
	}
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	(void)fprintf(f, "%4096s", "no database");
	(void)fclose(f);
	assert_true(np_dossier_open(path, true, &d, &err) < 0);
	assert_null(d);
	assert_non_null(strstr(err.what, path));
}

/* Our own mark and version, but tables that are not ours. */
static void test_a_forged_dossier(void **state)
{
	struct np_arena keep = np_arena(1 << 20);

	(void)state;
	sql("PRAGMA application_id=0x6e706474; PRAGMA user_version=2;"
	    "CREATE TABLE note(x)");
	assert_true(np_dossier_open(path, true, &d, &err) < 0);
	assert_null(d);
	(void)unlink(path);
	/* Hostile rows: a line that is no sighting, a claim of a fact that is
	 * not there. */
	run(1, HASH "01", false);
	sql("UPDATE claim SET fact=1");
	opened(false);
	assert_true(np_dossier_sightings(d, k, &keep, one_sighting, NULL,
					 &err) < 0);
	np_dossier_close(d);
	sql("UPDATE sighting SET line='{}'");
	opened(false);
	assert_true(np_dossier_sightings(d, k, &keep, one_sighting, NULL,
					 &err) < 0);
	np_arena_free(&keep);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_there_and_back),
		TEST(test_a_second_run_merges),
		TEST(test_forgotten),
		TEST(test_the_same_source_again),
		TEST(test_occurrences_merge),
		TEST(test_what_is_not_committed),
		TEST(test_notes),
		TEST(test_ids_stay),
		TEST(test_foreign_files),
		TEST(test_a_forged_dossier),
	};

	return cmocka_run_group_tests(tests, open_knowledge, close_knowledge);
}
