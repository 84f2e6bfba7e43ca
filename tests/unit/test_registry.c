/* SPDX-License-Identifier: ISC */
/*
 * Whose address block, whose enterprise number: over a small registry of
 * organisations that do not exist (tests/registry), so that nothing changes
 * when the real ones do.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "claim/claim.h"
#include "claim/registry.h"
#include "document/document.h"

static struct np_knowledge *k;
static struct np_err err;
static uint16_t examplia;

static int open_knowledge(void **state)
{
	(void)state;
	if (np_knowledge_open("tests/registry", &k, &err))
		return -1;
	examplia = np_maker_find(k, "examplia");
	return examplia == NP_NO_MAKER;
}

static int close_knowledge(void **state)
{
	(void)state;
	np_knowledge_close(k);
	return 0;
}

static void owner(const char *address, const char *want, uint16_t want_maker)
{
	uint64_t all;
	uint8_t mac[6];
	uint16_t maker = 12345;

	assert_int_equal(np_registry_prefix(address, strlen(address), &all),
			 12);
	for (size_t i = 0; i < 6; i++)
		mac[i] = (uint8_t)(all >> (40 - 8 * i));
	const char *is = np_oui_owner(k, mac, &maker);

	if (want)
		assert_string_equal(is, want);
	else
		assert_null(is);
	assert_int_equal(maker, want_maker);
	/* The maker need not be asked for. */
	assert_ptr_equal(np_oui_owner(k, mac, NULL), is);
}

static void test_the_longest_block(void **state)
{
	(void)state;
	owner("a4:c0:de:80:00:01", "Examplia Networks Ltd.", examplia);
	owner("a4:c0:de:00:0f:ff", "Examplia Networks Ltd.", examplia);
	owner("a4:c0:de:00:10:00", "Small Block in a Large One Oy", 0);
	owner("a4:c0:de:00:1f:ff", "Small Block in a Large One Oy", 0);
	owner("a4:c0:de:00:20:00", "Examplia Networks Ltd.", examplia);
	owner("ac:de:48:10:00:00", "Middle Blocks BV", 0);
	owner("ac:de:48:1f:ff:ff", "Middle Blocks BV", 0);
	owner("ac:de:48:12:2f:ff", "Middle Blocks BV", 0);
	owner("ac:de:48:12:30:00", "Small Block in a Middle One Oy", 0);
	owner("ac:de:48:12:3f:ff", "Small Block in a Middle One Oy", 0);
	owner("ac:de:48:12:40:00", "Middle Blocks BV", 0);
	owner("ac:de:48:fa:b0:00", "Examplia Networks Ltd.", examplia);
	owner("ac:de:48:fa:bf:ff", "Examplia Networks Ltd.", examplia);
	owner("a4:c1:de:00:00:00", "Quoted \"Quay\" Works, Inc.", 0);
	owner("a4:c2:de:00:00:00", "Twice Told GmbH / Told Twice AG", 0);
}

/* What the registry keeps for smaller blocks is nobody's. */
static void test_a_parent_is_never_named(void **state)
{
	(void)state;
	owner("ac:de:48:00:00:00", NULL, 0);
	owner("ac:de:48:fa:c0:00", NULL, 0);
	owner("ac:de:48:ff:ff:ff", NULL, 0);
	owner("ac:de:48:20:00:00", NULL, 0);
	owner("a4:c4:de:00:00:00", NULL, 0);
	owner("00:00:00:00:00:00", NULL, 0);
}

/* Local and group addresses have no registrant, whatever a list says. */
static void test_local_and_group(void **state)
{
	(void)state;
	owner("02:c0:de:00:00:01", NULL, 0);
	owner("01:c0:de:00:00:01", NULL, 0);
	owner("a6:c0:de:80:00:01", NULL, 0);
	owner("a5:c0:de:80:00:01", NULL, 0);
	owner("ff:ff:ff:ff:ff:ff", NULL, 0);
}

/* No block of a registry that the program was built with is left. */
static void test_nothing_else(void **state)
{
	struct np_knowledge_part part;
	size_t seen = 0;

	(void)state;
	owner("00:e0:fc:01:02:03", NULL, 0);
	owner("00:1b:54:01:02:03", NULL, 0);
	for (size_t i = 0; np_knowledge_part(k, i, &part); i++) {
		if (strcmp(part.name, "oui") == 0) {
			assert_string_equal(part.from, "IEEE lists");
			assert_string_equal(part.date, "2026-11-01");
			seen++;
		}
		if (strcmp(part.name, "pen") == 0) {
			assert_string_equal(part.date, "2026-11-01");
			seen++;
		}
	}
	assert_int_equal(seen, 2);
}

static void holder(uint32_t pen, const char *want, uint16_t want_maker)
{
	uint16_t maker = 12345;
	const char *is = np_pen_owner(k, pen, &maker);

	if (want)
		assert_string_equal(is, want);
	else
		assert_null(is);
	assert_int_equal(maker, want_maker);
}

static void test_enterprise_numbers(void **state)
{
	(void)state;
	/* A number is a maker's where makers.yaml says so; where it does not,
	 * his whole name says that it may be. */
	holder(1, "Examplia Networks Ltd.", examplia);
	assert_true(np_pen_registered(k, 1));
	holder(64999, "Examplia", examplia);
	assert_false(np_pen_registered(k, 64999));
	holder(64000, "Agency of Examples", 0);
	holder(7, "With a Blank", 0);
	holder(199999, "The Last", 0);
	holder(0, NULL, 0);
	holder(64001, NULL, 0);
	holder(200000, NULL, 0);
	holder(UINT32_MAX, NULL, 0);
	/* What makers.yaml says needs no list. */
	assert_int_equal(np_maker_find(k, "nobody at all"), NP_NO_MAKER);
	holder(2011, np_maker_name(k, np_maker_find(k, "huawei")),
	       np_maker_find(k, "huawei"));
}

/* The slug that a number's holder has by the registry alone; NULL: nobody. */
static void registered(uint32_t pen, const char *want)
{
	uint16_t maker = 12345;

	assert_non_null(np_pen_owner(k, pen, &maker));
	if (!want) {
		assert_int_equal(maker, NP_NO_MAKER);
		return;
	}
	assert_true(np_pen_registered(k, pen));
	assert_true(maker >= np_makers(k));
	assert_string_equal(np_maker_slug(k, maker), want);
	assert_int_equal(np_maker_find(k, want), maker);
	assert_int_equal(np_maker_kind(k, maker), NP_M_MAKER);
	assert_false(np_maker_restricted(k, maker));
}

static void test_holders_of_numbers(void **state)
{
	uint16_t maker;

	(void)state;
	/* The trade goes where the rest tells him from all others. */
	registered(64101, "examplary");
	registered(64111, "examplary");
	registered(64102, "twoalikenetworks");
	registered(64103, "twoalikesystems");
	registered(64108, "aztechsofexample");
	registered(64109, "beispielgerat");
	(void)np_pen_owner(k, 64103, &maker);
	assert_string_equal(np_maker_name(k, maker), "Two Alike Systems Ltd.");
	(void)np_pen_owner(k, 64109, &maker);
	assert_string_equal(np_maker_name(k, maker),
			    "Beispielger\xc3\xa4t Elektronik GmbH & Co. KG");
	/* No company, no maker of equipment, a restricted maker's name, the
	 * slug of another, another writing, a number that is nobody's. */
	registered(64104, NULL);
	registered(64105, NULL);
	registered(64106, NULL);
	registered(64107, NULL);
	registered(64110, NULL);
	registered(64112, NULL);
	registered(32473, NULL);
	registered(64000, NULL);
	assert_int_equal(np_maker_find(k, "jane"), NP_NO_MAKER);
	assert_int_equal(np_maker_find(k, "zzz"), NP_NO_MAKER);
}

/* ---- what is claimed of a number */

static void of_object(const char *oid, struct np_claims *c)
{
	struct np_infer *w = np_infer_new(k);
	struct np_arena mem = np_arena(1 << 16);
	int field = np_field_find("snmp.sys_object_id", 18);
	struct np_sighting s = {
		.proto = NP_P_snmp,
		.scope = NP_SELF,
		.reach = NP_ROUTED,
		.nfacts = 1,
		.facts = {{(uint16_t)field, 0, (const uint8_t *)oid,
			   strlen(oid)}},
	};

	assert_true(w && field >= 0);
	np_infer(w, &s, &mem, c);
	np_infer_free(w);
	np_arena_free(&mem);
}

static void test_claims_of_a_number(void **state)
{
	static struct np_claims c;

	(void)state;
	of_object("1.3.6.1.4.1.64999.7", &c);
	assert_int_equal(c.n, 1);
	assert_int_equal(c.v[0].maker, examplia);
	assert_int_equal(c.v[0].grade, NP_E4);
	assert_false(np_rule_registered(c.v[0].rule));
	of_object("1.3.6.1.4.1.1.7", &c);
	assert_int_equal(c.n, 1);
	assert_int_equal(c.v[0].maker, examplia);
	assert_int_equal(c.v[0].grade, NP_E3);
	assert_true(np_rule_registered(c.v[0].rule));
	of_object("1.3.6.1.4.1.64101", &c);
	assert_int_equal(c.n, 1);
	assert_int_equal(c.v[0].what, NP_W_MAKER);
	assert_int_equal(c.v[0].grade, NP_E3);
	assert_true(np_rule_registered(c.v[0].rule));
	of_object("1.3.6.1.4.1.64104.1", &c);
	assert_int_equal(c.n, 0);
}

/* ---- objects, below any arc */

static void object(const char *oid, int want)
{
	assert_int_equal(np_knowledge_object(k, oid, strlen(oid)), want);
}

static void test_objects_below_any_arc(void **state)
{
	(void)state;
	object("1.3.6.1.4.1.64999.10.5.1.1.0", NP_OBJECT_MODEL);
	object("1.3.6.1.4.1.64999.10.4711.1.1", NP_OBJECT_MODEL);
	object("1.3.6.1.4.1.64999.10.5.1.2.0", NP_OBJECT_SERIAL);
	object("1.3.6.1.4.1.64999.10.5.2.9.5.1", NP_OBJECT_SERIAL);
	/* The arc itself goes before any, and an arc is a whole one. */
	object("1.3.6.1.4.1.64999.10.7.1.1.0", NP_OBJECT_VERSION);
	object("1.3.6.1.4.1.64999.10.7.1.2.0", NP_OBJECT_SERIAL);
	object("1.3.6.1.4.1.64999.10.5.1.11.0", NP_OBJECT_OWNER);
	object("1.3.6.1.4.1.64999.10.5.1", NP_OBJECT_OWNER);
	object("1.3.6.1.4.1.64999.10", NP_OBJECT_OWNER);
	object("1.3.6.1.4.1.64999.10.", NP_OBJECT_OWNER);
	object("1.3.6.1.4.1.64999.10..1.1", NP_OBJECT_MODEL);
	object("1.3.6.1.4.1.64999.11.5.1.1.0", NP_OBJECT_OWNER);
	object("1.3.6.1.4.1.6499.10.5.1.1.0", NP_OBJECT_NOTHING);
	object("", NP_OBJECT_NOTHING);
}

/* ---- what is claimed of an address */

static void infer(const char *mac, enum np_reach reach, struct np_claims *c)
{
	struct np_infer *w = np_infer_new(k);
	struct np_arena mem = np_arena(1 << 16);
	int field = np_field_find("arp.sender_mac", 14);
	struct np_sighting s = {
		.proto = NP_P_arp,
		.scope = NP_SELF,
		.reach = reach,
		.nfacts = 1,
		.facts = {{(uint16_t)field, 0, (const uint8_t *)mac,
			   strlen(mac)}},
	};

	assert_true(w && field >= 0);
	np_infer(w, &s, &mem, c);
	for (size_t i = 0; i < c->n; i++)
		c->v[i].value = NULL; /* lives in mem */
	np_infer_free(w);
	np_arena_free(&mem);
}

static void test_claims_of_an_address(void **state)
{
	static struct np_claims c;

	(void)state;
	infer("a4:c0:de:80:00:01", NP_LINK, &c);
	assert_int_equal(c.n, 1);
	assert_int_equal(c.v[0].what, NP_W_MAKER);
	assert_int_equal(c.v[0].maker, examplia);
	assert_int_equal(c.v[0].grade, NP_E3);
	assert_string_equal(c.v[0].rule, "oui/block");
	/* Routed, it says less. */
	infer("a4:c0:de:80:00:01", NP_ROUTED, &c);
	assert_int_equal(c.n, 1);
	assert_int_equal(c.v[0].grade, NP_E2);
	/* A local address: somebody's own choice, the sign of a computer. */
	infer("a6:c0:de:80:00:01", NP_LINK, &c);
	assert_int_equal(c.n, 1);
	assert_int_equal(c.v[0].what, NP_W_AGENT);
	assert_int_equal(c.v[0].maker, NP_NO_MAKER);
	assert_true(c.v[0].computer);
	/* A virtual router's is its protocol's, not the block's owner's. */
	infer("00:00:0c:07:ac:01", NP_LINK, &c);
	assert_int_equal(c.n, 1);
	assert_int_equal(c.v[0].what, NP_W_AGENT);
	assert_true(c.v[0].virtual_key);
	infer("00:00:0c:07:ab:01", NP_LINK, &c);
	assert_int_equal(c.n, 1);
	assert_int_equal(c.v[0].maker, examplia);
	assert_false(c.v[0].virtual_key);
	/* Nobody's, the registry's own, and what is no address. */
	static const char *const none[] = {"a4:c4:de:00:00:00",
					   "ac:de:48:00:00:00",
					   "ac:de:48:10:00:00",
					   "a4c0de800001",
					   "a4:c0:de:80:00",
					   "a4:c0:de:80:00:0g",
					   ""};

	for (size_t i = 0; i < NP_COUNT(none); i++) {
		infer(none[i], NP_LINK, &c);
		assert_int_equal(c.n, 0);
	}
}

/* ---- the formats */

static void test_formats(void **state)
{
	struct np_arena mem = np_arena(1 << 20);
	struct np_registry r = {.mem = &mem};
	char json[] = "{\"A4C0DE\": \"Examplia\\nstreet\\ncity\","
		      " \"ACDE481\": \"Middle\", \"ACDE48FAB\": \"Small\","
		      " \"12\": \"short\", \"02C0DE\": \"local\","
		      " \"A4C1DE\": 7}";
	static const char manuf[] =
		"# a comment\tnot a row\n"
		"A4:C0:DE\tExampl\tExamplia Networks Ltd.\n"
		"A4:C1:DE\tShortOnly\n"
		"AC:DE:48:10:00:00/28\tMiddle\tMiddle Blocks BV\r\n"
		"AC:DE:48:FA:B0:00/36\tSmall\tSmall Oy\n"
		"02:C0:DE\tLocal\tLocal\n"
		"\n"
		"no row at all\n"
		"A4:C3:DE\tCut";
	const struct np_reg_block *b;
	const char *const *org;
	uint64_t prefix;

	(void)state;
	assert_int_equal(np_registry_json(&r, json, &err), 0);
	assert_int_equal(r.blocks.n, 3);
	assert_int_equal(r.orgs.n, 3);
	b = r.blocks.v;
	org = r.orgs.v;
	assert_int_equal(b[0].prefix, 0xa4c0de);
	assert_int_equal(b[0].bits, 24);
	assert_string_equal(org[b[0].org], "Examplia");
	assert_int_equal(b[1].bits, 28);
	assert_int_equal(b[2].bits, 36);
	assert_int_equal(b[2].prefix, 0xacde48fab);
	char broken[] = "{\"A4C0DE\": ";

	assert_int_equal(np_registry_json(&r, broken, &err), NP_EINPUT);
	r = (struct np_registry){.mem = &mem};
	assert_int_equal(np_registry_manuf(&r, manuf, sizeof(manuf) - 1), 0);
	assert_int_equal(r.blocks.n, 5);
	b = r.blocks.v;
	org = r.orgs.v;
	assert_string_equal(org[b[0].org], "Examplia Networks Ltd.");
	assert_string_equal(org[b[1].org], "ShortOnly");
	assert_int_equal(b[2].bits, 28);
	assert_int_equal(b[2].prefix, 0xacde481);
	assert_string_equal(org[b[2].org], "Middle Blocks BV");
	assert_int_equal(b[3].bits, 36);
	assert_int_equal(b[3].prefix, 0xacde48fab);
	assert_string_equal(org[b[4].org], "Cut");
	assert_int_equal(np_registry_prefix("a4-C0:de", 8, &prefix), 6);
	assert_int_equal(prefix, 0xa4c0de);
	assert_int_equal(np_registry_prefix("a4c0d?", 6, &prefix), 0);
	assert_int_equal(np_registry_prefix("0123456789abc", 13, &prefix), 0);
	np_arena_free(&mem);
}

/* Of several the freshest; nothing at all is no error. */
static void test_where_there_is_none(void **state)
{
	static const char *const places[] = {"tests/golden", "/nonexistent",
					     NULL};
	static const char *const two[] = {"tests/golden", "tests/registry",
					  NULL};
	struct np_arena mem = np_arena(1 << 20);
	struct np_registry r = {.mem = &mem};

	(void)state;
	assert_int_equal(np_registry_find(&r, places, &err), 0);
	assert_null(r.oui.from);
	assert_null(r.pen.from);
	assert_int_equal(np_registry_find(&r, two, &err), 0);
	assert_string_equal(r.oui.from, "IEEE lists");
	assert_string_equal(r.oui.date, "2026-11-01");
	np_arena_free(&mem);
}

/* Out of memory at any point: said, never half a registry. */
static void test_without_memory(void **state)
{
	static const char *const places[] = {"tests/registry", NULL};
	size_t failed = 0, limit = 0;
	int rc;

	(void)state;
	do {
		struct np_arena mem = np_arena(limit);
		struct np_registry r = {.mem = &mem};

		rc = np_registry_find(&r, places, &err);
		failed += rc == NP_ENOMEM;
		assert_true(rc == 0 || rc == NP_ENOMEM);
		if (rc == 0)
			assert_int_equal(r.numbers.n, 17);
		np_arena_free(&mem);
		limit += 64;
	} while (rc != 0 && limit < 1 << 20);
	assert_int_equal(rc, 0);
	assert_true(failed > 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_longest_block),
		cmocka_unit_test(test_a_parent_is_never_named),
		cmocka_unit_test(test_local_and_group),
		cmocka_unit_test(test_nothing_else),
		cmocka_unit_test(test_enterprise_numbers),
		cmocka_unit_test(test_holders_of_numbers),
		cmocka_unit_test(test_claims_of_a_number),
		cmocka_unit_test(test_objects_below_any_arc),
		cmocka_unit_test(test_claims_of_an_address),
		cmocka_unit_test(test_formats),
		cmocka_unit_test(test_where_there_is_none),
		cmocka_unit_test(test_without_memory),
	};

	return cmocka_run_group_tests(tests, open_knowledge, close_knowledge);
}
