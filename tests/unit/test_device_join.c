/* SPDX-License-Identifier: ISC */
/* Which sightings are one box, and which are not (reference 49 to 51). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../boxes.h"

#define A "00:e0:fc:01:02:03"
#define B "00:1b:54:01:02:03"
#define C "00:d0:d0:01:02:03"
#define VRRP "00:00:5e:00:01:07"
#define HILINK "0c:5b:8f:27:9a:64"
#define LOCAL "02:42:ac:11:00:02"
#define ENGINE "800007db0300259e712002"

static struct np_fold *fold;
static struct np_devices all;

static int set_up(void **state)
{
	(void)state;
	fold = np_fold_new(NULL, 1000);
	return fold ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	np_fold_free(fold);
	return 0;
}

static size_t devices(void)
{
	assert_int_equal(np_fold_devices(fold, &all), 0);
	return all.n;
}

/* Sources 1 and 2 stand at sites of their own, 3 at the first, 4 nowhere. */
static void sites(void)
{
	static const struct np_source_place place[] = {
		{0, NP_FIELD, "DE-1"},
		{1, NP_LABORATORY, "JP-1"},
		{0, NP_CONSTRUCTED, "DE-1"},
		{NP_NO_SITE, NP_FIELD, "d.pcap"},
	};

	for (uint32_t i = 0; i < 4; i++)
		assert_int_equal(np_fold_place(fold, i + 1, &place[i]), 0);
}

static void add_ok(struct heard *t)
{
	assert_int_equal(add(fold, t), 0);
}

/* Something that a box says of itself, with a key. */
static void self(enum np_keykind kind, const char *v, const char *ip,
		 uint32_t source)
{
	struct heard t;

	hear(&t, NP_SELF, NP_ROUTED);
	fact(&t, "ssh.ident", v);
	key(&t, kind, v);
	if (ip)
		key(&t, NP_KEY_IP, ip);
	t.s.seen.source = source;
	add_ok(&t);
}

/* ---- what ties */

static void test_one_address_is_one_box(void **state)
{
	struct heard t;

	(void)state;
	station(fold, A, HUAWEI);
	lldp(&t, A, NULL, NULL, NULL, NULL);
	add_ok(&t);
	assert_int_equal(devices(), 1);
	assert_int_equal(all.v[0].nsightings, 2);
}

static void test_nothing_ties_a_carriers_address(void **state)
{
	(void)state;
	station(fold, A, HUAWEI);
	descr(fold, "203.0.113.9", "text", CISCO, NULL);
	assert_int_equal(devices(), 2);
	arp(fold, A, "203.0.113.9", HUAWEI);
	assert_int_equal(devices(), 1);
}

static void test_an_address_ties_what_comes_from_it(void **state)
{
	(void)state;
	descr(fold, "10.0.0.1", "text", HUAWEI, NULL);
	self(NP_KEY_HOSTKEY, "aa01", "10.0.0.1", 1);
	engine(fold, "10.0.0.1", ENGINE, HUAWEI);
	descr(fold, "10.0.0.2", "text", HUAWEI, NULL);
	assert_int_equal(devices(), 2);
	assert_int_equal(with_key(&all, "10.0.0.1")->nsightings, 3);
}

static void test_serial_engine_and_host_key_tie_addresses(void **state)
{
	(void)state;
	self(NP_KEY_SERIAL, "2102350DQK", "10.0.0.1", 1);
	self(NP_KEY_SERIAL, "2102350DQK", "10.0.0.2", 1);
	engine(fold, "10.0.1.1", ENGINE, HUAWEI);
	engine(fold, "10.0.1.2", ENGINE, HUAWEI);
	self(NP_KEY_HOSTKEY, "aa01", "10.0.2.1", 1);
	self(NP_KEY_HOSTKEY, "aa01", "10.0.2.2", 1);
	assert_int_equal(devices(), 3);
}

static void test_a_clock_is_named_by_its_address(void **state)
{
	(void)state;
	station(fold, A, HUAWEI);
	self(NP_KEY_CLOCK, "00e0fcfffe010203", NULL, 1);
	self(NP_KEY_CLOCK, "00e0fcfffe010204", NULL, 1);
	assert_int_equal(devices(), 2);
	/* The address was made from the clock's name, nobody said it. */
	assert_null(with_key(&all, "00:e0:fc:01:02:04"));
}

static void test_management_address_ties_lldp_and_snmp(void **state)
{
	struct heard t;

	(void)state;
	lldp(&t, A, B, NULL, "R1", "10.0.0.1");
	add_ok(&t);
	descr(fold, "10.0.0.1", "text", HUAWEI, NULL);
	assert_int_equal(devices(), 1);
}

static void test_a_chosen_name_ties_in_its_site(void **state)
{
	struct heard t;

	(void)state;
	sites();
	lldp(&t, A, NULL, NULL, "core-ber-1", NULL);
	add_ok(&t);
	self(NP_KEY_NAME, "core-ber-1", "10.0.0.1", 1);
	self(NP_KEY_NAME, "core-ber-1", "10.9.0.1", 2);
	assert_int_equal(devices(), 2);
	assert_int_equal(with_key(&all, A)->nsightings, 2);
}

/* ---- what does not */

static void test_private_addresses_count_in_their_site(void **state)
{
	struct heard t;

	(void)state;
	sites();
	for (uint32_t source = 1; source <= 4; source++)
		self(NP_KEY_IP, "10.0.0.1", NULL, source);
	/* One sighting, word for word: sites 0, 1 and the source at none. */
	assert_int_equal(devices(), 3);
	assert_int_equal(all.v[0].nsightings, 1);
	hear(&t, NP_SELF, NP_ROUTED);
	fact(&t, "ssh.ident", "x");
	key(&t, NP_KEY_IP, "8.8.8.8");
	for (uint32_t source = 1; source <= 4; source++) {
		t.s.seen.source = source;
		add_ok(&t);
	}
	assert_int_equal(devices(), 4);
}

static void test_sites_and_origins_of_a_box_heard_twice(void **state)
{
	(void)state;
	sites();
	self(NP_KEY_IP, "10.0.0.1", NULL, 1);
	self(NP_KEY_IP, "10.0.0.1", NULL, 3);
	assert_int_equal(devices(), 1);
	assert_int_equal(all.v[0].site, 0);
	assert_int_equal(all.v[0].origin, NP_CONSTRUCTED);
	/* Heard as well at two places: it is not said where it stands. */
	self(NP_KEY_IP, "8.8.8.8", NULL, 1);
	self(NP_KEY_IP, "8.8.8.8", NULL, 2);
	assert_int_equal(devices(), 2);
	assert_int_equal(with_key(&all, "8.8.8.8")->site, NP_NO_SITE);
	/* A capture that stands nowhere takes nothing away. */
	self(NP_KEY_IP, "8.8.4.4", NULL, 1);
	self(NP_KEY_IP, "8.8.4.4", NULL, 4);
	assert_int_equal(devices(), 3);
	assert_int_equal(with_key(&all, "8.8.4.4")->site, 0);
}

static void test_local_addresses_count_in_their_site(void **state)
{
	(void)state;
	sites();
	self(NP_KEY_MAC, LOCAL, NULL, 1);
	self(NP_KEY_MAC, LOCAL, NULL, 2);
	self(NP_KEY_MAC, A, NULL, 1);
	self(NP_KEY_MAC, A, NULL, 2);
	assert_int_equal(devices(), 3);
}

static void link_local(uint16_t vlan, const char *mac)
{
	struct heard t;

	hear(&t, NP_SELF, NP_BRIDGED);
	fact(&t, "ethernet.source", mac);
	key(&t, NP_KEY_MAC, mac);
	key(&t, NP_KEY_IP, "fe80::1");
	t.s.nvlan = 1;
	t.s.vlan[0] = vlan;
	add_ok(&t);
	hear(&t, NP_SELF, NP_BRIDGED);
	fact(&t, "ssh.ident", "x");
	key(&t, NP_KEY_IP, "fe80::1");
	t.s.nvlan = 1;
	t.s.vlan[0] = vlan;
	add_ok(&t);
}

static void test_link_local_addresses_count_on_their_link(void **state)
{
	(void)state;
	link_local(100, A);
	link_local(101, B);
	assert_int_equal(devices(), 2);
	assert_int_equal(with_key(&all, A)->nsightings, 2);
	assert_int_equal(with_key(&all, B)->nsightings, 2);
}

static void test_addresses_in_a_tunnel_are_others(void **state)
{
	struct heard t;

	(void)state;
	descr(fold, "10.0.0.1", "one", HUAWEI, NULL);
	hear(&t, NP_SELF, NP_ROUTED);
	fact(&t, "ssh.ident", "x");
	key(&t, NP_KEY_IP, "10.0.0.1");
	t.s.depth = 1;
	add_ok(&t);
	assert_int_equal(devices(), 2);
}

static void test_virtual_routers_tie_nothing(void **state)
{
	(void)state;
	arp(fold, A, "10.0.0.2", HUAWEI);
	arp(fold, B, "10.0.0.3", CISCO);
	arp(fold, VRRP, "10.0.0.1", 0);
	self(NP_KEY_SERIAL, "2102350001", "10.0.0.2", 1);
	station(fold, VRRP, 0);
	assert_int_equal(devices(), 4);
	/* Both routers also sent from the virtual address. */
	self(NP_KEY_MAC, VRRP, "10.0.0.2", 1);
	self(NP_KEY_MAC, VRRP, "10.0.0.3", 1);
	assert_int_equal(devices(), 4);
}

static void test_every_hilink_stick_has_one_address(void **state)
{
	(void)state;
	self(NP_KEY_MAC, HILINK, "10.0.0.2", 1);
	self(NP_KEY_MAC, HILINK, "10.0.0.3", 1);
	assert_int_equal(devices(), 2);
}

static void test_an_address_that_a_rule_calls_virtual(void **state)
{
	struct heard t;

	(void)state;
	self(NP_KEY_MAC, C, "10.0.0.2", 1);
	self(NP_KEY_MAC, C, "10.0.0.3", 1);
	assert_int_equal(devices(), 1);
	hear(&t, NP_SELF, NP_BRIDGED);
	fact(&t, "ethernet.source", C);
	key(&t, NP_KEY_MAC, C);
	maker(&t, ZTE, NP_E3, G_OUI)->virtual_key = true;
	add_ok(&t);
	assert_int_equal(devices(), 3);
}

static void test_names_that_nobody_chose_tie_nothing(void **state)
{
	(void)state;
	self(NP_KEY_NAME, "HUAWEI", "10.0.0.1", 1);
	self(NP_KEY_NAME, "HUAWEI", "10.0.0.2", 1);
	self(NP_KEY_NAME, "Quidway", "10.0.0.3", 1);
	self(NP_KEY_NAME, "quidway", "10.0.0.4", 1);
	assert_int_equal(devices(), 4);
}

static void test_two_boxes_of_one_name(void **state)
{
	struct heard t;

	(void)state;
	lldp(&t, A, A, NULL, "core-1", NULL);
	add_ok(&t);
	lldp(&t, B, B, NULL, "core-1", NULL);
	add_ok(&t);
	self(NP_KEY_NAME, "core-1", "10.0.0.1", 1);
	assert_int_equal(devices(), 3);
}

static void test_a_name_of_many_is_none(void **state)
{
	char ip[20];

	(void)state;
	for (unsigned i = 1; i <= 9; i++) {
		(void)snprintf(ip, sizeof(ip), "10.0.0.%u", i);
		self(NP_KEY_NAME, "bras-pool", ip, 1);
	}
	assert_int_equal(devices(), 9);
}

static void test_who_passes_on_names_has_none(void **state)
{
	char ip[20], name[20];

	(void)state;
	for (unsigned i = 1; i <= 5; i++) {
		(void)snprintf(ip, sizeof(ip), "10.0.0.%u", i);
		(void)snprintf(name, sizeof(name), "core-%u", i);
		self(NP_KEY_NAME, name, ip, 1);
		self(NP_KEY_NAME, name, "10.0.9.9", 1);
	}
	assert_int_equal(devices(), 6);
}

static void test_an_address_given_out_again(void **state)
{
	(void)state;
	arp(fold, A, "10.0.0.7", HUAWEI);
	arp(fold, B, "10.0.0.7", CISCO);
	descr(fold, "10.0.0.7", "text", CISCO, NULL);
	assert_int_equal(devices(), 3);
}

static void test_one_box_with_two_addresses_is_not_two(void **state)
{
	struct heard t;

	(void)state;
	arp(fold, A, "10.0.0.7", HUAWEI);
	arp(fold, B, "10.0.0.7", HUAWEI);
	descr(fold, "10.0.0.7", "text", HUAWEI, NULL);
	lldp(&t, A, B, NULL, NULL, NULL);
	add_ok(&t);
	assert_int_equal(devices(), 1);
}

static void test_proxy_arp_does_not_own_the_network(void **state)
{
	char ip[20];

	(void)state;
	for (unsigned i = 1; i <= 33; i++) {
		(void)snprintf(ip, sizeof(ip), "10.0.0.%u", i);
		arp(fold, A, ip, CISCO);
		descr(fold, ip, "text", HUAWEI, NULL);
	}
	assert_int_equal(devices(), 34);
}

static void test_many_behind_one_address(void **state)
{
	char v[8];

	(void)state;
	for (unsigned i = 1; i <= 3; i++) { /* an RSA, a DSS, an Ed25519 */
		(void)snprintf(v, sizeof(v), "aa%02u", i);
		self(NP_KEY_HOSTKEY, v, "10.0.0.1", 1);
	}
	assert_int_equal(devices(), 1);
	self(NP_KEY_HOSTKEY, "aa04", "10.0.0.1", 1);
	assert_int_equal(devices(), 4);
}

static void test_a_host_key_from_the_factory(void **state)
{
	char ip[20];

	(void)state;
	for (unsigned i = 1; i <= 17; i++) {
		(void)snprintf(ip, sizeof(ip), "10.0.0.%u", i);
		self(NP_KEY_HOSTKEY, "aa01", ip, 1);
	}
	assert_int_equal(devices(), 17);
}

static void test_engines_that_are_copied_about(void **state)
{
	char ip[20];

	(void)state;
	/* net-snmp's random form, and a text. */
	engine(fold, "10.0.0.1", "80001f88807e6ae52828bf3161", 0);
	engine(fold, "10.0.0.2", "80001f88807e6ae52828bf3161", 0);
	engine(fold, "10.0.0.3", "800007db04746573745f", HUAWEI);
	engine(fold, "10.0.0.4", "800007db04746573745f", HUAWEI);
	engine(fold, "10.0.0.5", "800007db03000000000000", HUAWEI);
	engine(fold, "10.0.0.6", "800007db03000000000000", HUAWEI);
	assert_int_equal(devices(), 6);
	for (unsigned i = 1; i <= 17; i++) {
		(void)snprintf(ip, sizeof(ip), "10.0.1.%u", i);
		engine(fold, ip, ENGINE, HUAWEI);
	}
	assert_int_equal(devices(), 23);
}

static void test_serial_numbers_that_are_none(void **state)
{
	(void)state;
	self(NP_KEY_SERIAL, "N/A", "10.0.0.1", 1);
	self(NP_KEY_SERIAL, "N/A", "10.0.0.2", 1);
	self(NP_KEY_SERIAL, "00000000", "10.0.0.3", 1);
	self(NP_KEY_SERIAL, "00000000", "10.0.0.4", 1);
	self(NP_KEY_SERIAL, "To be filled by O.E.M.", "10.0.0.5", 1);
	self(NP_KEY_SERIAL, "To Be Filled By O.E.M.", "10.0.0.6", 1);
	assert_int_equal(devices(), 6);
}

static void test_an_object_id_is_no_key(void **state)
{
	(void)state;
	self(NP_KEY_OID, "1.3.6.1.4.1.2011.2.23", "10.0.0.1", 1);
	self(NP_KEY_OID, "1.3.6.1.4.1.2011.2.23", "10.0.0.2", 1);
	self(NP_KEY_OID, "1.3.6.1.4.1.2011.2.23", NULL, 1);
	self(NP_KEY_OID, "1.3.6.1.4.1.2011.2.24", NULL, 1);
	assert_int_equal(devices(), 4);
}

static void test_no_address_at_all(void **state)
{
	(void)state;
	self(NP_KEY_IP, "0.0.0.0", NULL, 1);
	self(NP_KEY_IP, "255.255.255.255", NULL, 1);
	self(NP_KEY_IP, "ff02::1", NULL, 1);
	self(NP_KEY_MAC, "ff:ff:ff:ff:ff:ff", NULL, 1);
	self(NP_KEY_MAC, "not an address", NULL, 1);
	self(NP_KEY_IP, "10.0.0.1%x", NULL, 1);
	assert_int_equal(devices(), 6);
}

/* ---- contradictions */

static void test_an_address_with_two_serial_numbers(void **state)
{
	struct heard t;

	(void)state;
	lldp(&t, A, NULL, "2102350001", NULL, NULL);
	add_ok(&t);
	lldp(&t, A, NULL, "2102350002", NULL, NULL);
	add_ok(&t);
	assert_int_equal(devices(), 2);
	/* Whose is what carries nothing but the address? Neither's. */
	station(fold, A, HUAWEI);
	assert_int_equal(devices(), 3);
}

static void test_board_and_chassis_in_one_statement(void **state)
{
	struct heard t;

	(void)state;
	hear(&t, NP_SELF, NP_ROUTED);
	fact(&t, "ssh.ident", "x");
	key(&t, NP_KEY_SERIAL, "2102350001");
	key(&t, NP_KEY_SERIAL, "030ABC1001");
	add_ok(&t);
	self(NP_KEY_SERIAL, "030ABC1001", "10.0.0.1", 1);
	self(NP_KEY_SERIAL, "2102350001", "10.0.0.2", 1);
	assert_int_equal(devices(), 1);
}

static void test_a_serial_number_that_was_copied(void **state)
{
	struct heard t;

	(void)state;
	lldp(&t, A, A, "2102350001", NULL, NULL);
	add_ok(&t);
	lldp(&t, B, B, "2102350001", NULL, NULL);
	add_ok(&t);
	assert_int_equal(devices(), 2);
}

static void test_one_address_of_two_chassis(void **state)
{
	struct heard t;

	(void)state;
	lldp(&t, A, A, NULL, NULL, "10.0.0.1");
	add_ok(&t);
	lldp(&t, B, B, NULL, NULL, "10.0.0.1");
	add_ok(&t);
	descr(fold, "10.0.0.1", "text", HUAWEI, NULL);
	assert_int_equal(devices(), 3);
}

static void lacp(const char *port, const char *system)
{
	struct heard t;

	hear(&t, NP_SELF, NP_LINK);
	fact(&t, "lacp.actor_system", system);
	key(&t, NP_KEY_MAC, system);
	key(&t, NP_KEY_MAC, port);
	add_ok(&t);
}

static void test_a_system_id_alone_ties_nothing(void **state)
{
	(void)state;
	lacp(A, C);
	lacp(B, C);
	assert_int_equal(devices(), 2);
	/* It is the address of a box that uses it otherwise too. */
	station(fold, C, ZTE);
	assert_int_equal(devices(), 1);
}

static void test_multi_chassis_aggregation(void **state)
{
	struct heard t;

	(void)state;
	lldp(&t, A, "00:e0:fc:00:00:01", NULL, NULL, NULL);
	add_ok(&t);
	lldp(&t, B, "00:e0:fc:00:00:02", NULL, NULL, NULL);
	add_ok(&t);
	lacp(A, C);
	lacp(B, C);
	station(fold, C, 0);
	assert_int_equal(devices(), 3);
	assert_int_equal(with_key(&all, A)->nsightings, 2);
	assert_int_equal(with_key(&all, B)->nsightings, 2);
}

static void test_a_copied_engine_between_two_serial_numbers(void **state)
{
	struct heard t;

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		hear(&t, NP_SELF, NP_ROUTED);
		fact(&t, "ssh.ident", i ? "one" : "two");
		key(&t, NP_KEY_SERIAL, i ? "2102350001" : "2102350002");
		key(&t, NP_KEY_ENGINE_ID, ENGINE);
		add_ok(&t);
	}
	assert_int_equal(devices(), 2);
}

/* ---- what others say */

static void peer(const char *mac, const char *ip, const char *name)
{
	struct heard t;

	hear(&t, NP_PEER, NP_ROUTED);
	fact(&t, "ssh.ident", "a neighbour");
	if (mac)
		key(&t, NP_KEY_MAC, mac);
	if (ip)
		key(&t, NP_KEY_IP, ip);
	if (name)
		key(&t, NP_KEY_NAME, name);
	maker(&t, HUAWEI, NP_E4, G_TEXT);
	add_ok(&t);
}

static void test_a_neighbour_goes_to_the_box_that_has_the_key(void **state)
{
	(void)state;
	station(fold, A, HUAWEI);
	peer(A, "10.0.0.1", NULL);
	assert_int_equal(devices(), 1);
	assert_false(all.v[0].neighbour);
	/* What others say is no key of its own. */
	assert_null(with_key(&all, "10.0.0.1"));
}

static void test_others_tie_nothing_together(void **state)
{
	(void)state;
	station(fold, A, HUAWEI);
	descr(fold, "10.0.0.1", "text", CISCO, NULL);
	peer(A, "10.0.0.1", NULL);
	assert_int_equal(devices(), 2);
	assert_int_equal(with_key(&all, A)->nsightings, 2);
}

static void test_a_box_known_by_others_only(void **state)
{
	char id[20];

	(void)state;
	peer(A, "10.0.0.1", NULL);
	peer(A, "10.0.0.2", NULL);
	assert_int_equal(devices(), 1);
	assert_true(all.v[0].neighbour);
	assert_int_equal(all.v[0].sure, NP_POSSIBLE);
	assert_non_null(with_key(&all, "10.0.0.2"));
	memcpy(id, all.v[0].id, sizeof(id));
	/* Heard itself it is the same device. */
	station(fold, A, HUAWEI);
	assert_int_equal(devices(), 1);
	assert_false(all.v[0].neighbour);
	assert_string_equal(all.v[0].id, id);
}

/* ---- ids */

static void test_the_id_is_the_hash_of_the_best_key(void **state)
{
	struct np_hasher *h = np_hasher_new(NP_BLAKE2S);
	static const char text[] = "mac=" A;
	uint8_t hash[32];
	char id[20];

	(void)state;
	assert_non_null(h);
	np_hasher_begin(h);
	np_hasher_add(h, text, sizeof(text) - 1);
	np_hasher_end(h, hash);
	np_hasher_free(h);
	(void)snprintf(id, sizeof(id), "d-%02x%02x%02x%02x%02x%02x%02x%02x",
		       hash[0], hash[1], hash[2], hash[3], hash[4], hash[5],
		       hash[6], hash[7]);
	arp(fold, A, "10.0.0.1", HUAWEI);
	arp(fold, "00:e0:fc:01:02:04", "10.0.0.1", HUAWEI);
	self(NP_KEY_MAC, A, NULL, 1);
	assert_int_equal(devices(), 2);
	assert_string_equal(with_key(&all, A)->id, id);
}

static void test_an_id_does_not_know_the_number_of_its_source(void **state)
{
	static const struct np_source_place p = {NP_NO_SITE, NP_FIELD,
						 "a.pcap"};
	char id[20];

	(void)state;
	assert_int_equal(np_fold_place(fold, 7, &p), 0);
	self(NP_KEY_IP, "10.0.0.1", NULL, 7);
	assert_int_equal(devices(), 1);
	memcpy(id, all.v[0].id, sizeof(id));
	np_fold_free(fold);
	fold = np_fold_new(NULL, 1000);
	assert_int_equal(np_fold_place(fold, 2, &p), 0);
	self(NP_KEY_IP, "10.0.0.1", NULL, 2);
	self(NP_KEY_IP, "10.0.0.1", NULL, 3);
	assert_int_equal(devices(), 2);
	assert_true(!strcmp(all.v[0].id, id) != !strcmp(all.v[1].id, id));
}

/* ---- occurrences */

static void test_occurrences_merge(void **state)
{
	struct np_arena mem = np_arena((size_t)1 << 20);
	struct np_evidence e;
	struct heard t;

	(void)state;
	hear(&t, NP_SELF, NP_BRIDGED);
	fact(&t, "ethernet.source", A);
	key(&t, NP_KEY_MAC, A);
	maker(&t, HUAWEI, NP_E3, G_OUI);
	static const struct np_occurrence o[] = {
		{2, 0, 500, 600, 3, 9},
		{1, 1, 300, 900, 5, 1 << 20 | 4},
		{1, 0, 100, 200, 7, 40},
		{1, 0, 150, 250, 6, 30},
		{1, 1, 300, 900, 5, 1 << 20 | 4},
		{3, 0, NP_NEVER, NP_NEVER, 1, 1},
	};

	for (size_t i = 0; i < 6; i++) {
		t.s.seen = o[i];
		add_ok(&t);
	}
	assert_int_equal(devices(), 1);
	assert_int_equal(all.v[0].first, 100);
	assert_int_equal(all.v[0].last, 900);
	assert_int_equal(np_device_evidence(&all, all.v, &mem, &e), 0);
	assert_int_equal(e.nclaims, 1);
	assert_int_equal(e.claims[0].seen.source, 1);
	assert_int_equal(e.claims[0].seen.segment, 0);
	assert_int_equal(e.claims[0].seen.place, 30);
	assert_int_equal(e.claims[0].seen.count, 3 + 5 + 7 + 1);
	assert_int_equal(e.claims[0].text_n, 17);
	assert_string_equal(e.claims[0].text, A);
	np_arena_free(&mem);
}

/* ---- limits */

static void test_more_boxes_than_may_be(void **state)
{
	char mac[20];

	(void)state;
	np_fold_free(fold);
	fold = np_fold_new(NULL, 10);
	for (unsigned i = 0; i < 15; i++) {
		(void)snprintf(mac, sizeof(mac), "00:e0:fc:00:00:%02x", i);
		assert_int_equal(station(fold, mac, HUAWEI),
				 i < 10 ? 0 : NP_ELIMIT);
	}
	/* What is said of those that are known still comes in. */
	assert_int_equal(arp(fold, "00:e0:fc:00:00:00", "10.0.0.1", HUAWEI), 0);
	assert_int_equal(station(fold, "00:e0:fc:00:00:00", HUAWEI), 0);
	assert_int_equal(devices(), 10);
	assert_int_equal(all.dropped_by_limit, 5);
}

static void test_nothing_at_all(void **state)
{
	(void)state;
	assert_int_equal(devices(), 0);
	assert_int_equal(all.subscribers, 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(test_one_address_is_one_box),
		TEST(test_nothing_ties_a_carriers_address),
		TEST(test_an_address_ties_what_comes_from_it),
		TEST(test_serial_engine_and_host_key_tie_addresses),
		TEST(test_a_clock_is_named_by_its_address),
		TEST(test_management_address_ties_lldp_and_snmp),
		TEST(test_a_chosen_name_ties_in_its_site),
		TEST(test_private_addresses_count_in_their_site),
		TEST(test_sites_and_origins_of_a_box_heard_twice),
		TEST(test_local_addresses_count_in_their_site),
		TEST(test_link_local_addresses_count_on_their_link),
		TEST(test_addresses_in_a_tunnel_are_others),
		TEST(test_virtual_routers_tie_nothing),
		TEST(test_every_hilink_stick_has_one_address),
		TEST(test_an_address_that_a_rule_calls_virtual),
		TEST(test_names_that_nobody_chose_tie_nothing),
		TEST(test_two_boxes_of_one_name),
		TEST(test_a_name_of_many_is_none),
		TEST(test_who_passes_on_names_has_none),
		TEST(test_an_address_given_out_again),
		TEST(test_one_box_with_two_addresses_is_not_two),
		TEST(test_proxy_arp_does_not_own_the_network),
		TEST(test_many_behind_one_address),
		TEST(test_a_host_key_from_the_factory),
		TEST(test_engines_that_are_copied_about),
		TEST(test_serial_numbers_that_are_none),
		TEST(test_an_object_id_is_no_key),
		TEST(test_no_address_at_all),
		TEST(test_an_address_with_two_serial_numbers),
		TEST(test_board_and_chassis_in_one_statement),
		TEST(test_a_serial_number_that_was_copied),
		TEST(test_one_address_of_two_chassis),
		TEST(test_a_system_id_alone_ties_nothing),
		TEST(test_multi_chassis_aggregation),
		TEST(test_a_copied_engine_between_two_serial_numbers),
		TEST(test_a_neighbour_goes_to_the_box_that_has_the_key),
		TEST(test_others_tie_nothing_together),
		TEST(test_a_box_known_by_others_only),
		TEST(test_the_id_is_the_hash_of_the_best_key),
		TEST(test_an_id_does_not_know_the_number_of_its_source),
		TEST(test_occurrences_merge),
		TEST(test_more_boxes_than_may_be),
		TEST(test_nothing_at_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
