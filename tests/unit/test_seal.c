/* SPDX-License-Identifier: ISC */
/* seal(): what names a person does not pass, whoever says it; keys, owners and
 * the form of values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../decode.h"
#include "core/prefixes.h"
#include <stdlib.h>

static struct bench b;
static struct np_from from;
static struct np_sighting s;
static const uint8_t mac[] = {0, 0, 0x5e, 0, 0x53, 9};
static const uint8_t ip[] = {192, 0, 2, 7};

static int set_up(void **state)
{
	(void)state;
	bench_open(&b);
	b.rules = (struct np_seal_rules){0};
	from = (struct np_from){.src_mac = mac, .reach = NP_BRIDGED};
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	bench_close(&b);
	return 0;
}

static void begin(const struct np_proto *p)
{
	np_arena_reset(&b.mem);
	b.withheld = (struct np_withheld){0};
	b.o = (struct np_out){.mem = &b.mem,
			      .base = mac, /* until there is a payload */
			      .from = &from,
			      .proto = p,
			      .facts = b.facts,
			      .cap = NP_MAX_FACTS,
			      .said = b.said,
			      .nsaid = 1,
			      .said_cap = NP_MAX_STATEMENTS};
	b.said[0] = (struct np_out_statement){.reach = from.reach};
}

/* The field of the protocol that is open. */
static unsigned field(const char *name)
{
	int id = np_field_find(name, strlen(name));

	assert_true(id >= 0);
	assert_ptr_equal(np_protos[id >> 8], b.o.proto);
	return (unsigned)id & 0xff;
}

static void says(const char *name, const void *v, size_t n)
{
	b.o.base = v;
	b.o.base_n = n;
	np_emit(&b.o, field(name), np_cur(v, n));
}

/* Seals the statement and reads it back; false: nothing was left. */
static bool sealed(size_t i, enum np_owner owner)
{
	np_buf_clear(&b.body);
	if (!np_seal(&b.rules, &b.o, i, owner, false, &b.body, &b.withheld))
		return false;
	assert_int_equal(np_body_read((const uint8_t *)b.body.p, b.body.n, &s),
			 0);
	return true;
}

static void has_fact(size_t i, const char *name, const char *v)
{
	assert_true(i < s.nfacts);
	assert_int_equal(s.facts[i].field, np_field_find(name, strlen(name)));
	assert_int_equal(s.facts[i].n, strlen(v));
	assert_memory_equal(s.facts[i].v, v, strlen(v));
}

static void has_key(size_t i, enum np_keykind kind, const char *v)
{
	assert_true(i < s.nkeys);
	assert_int_equal(s.keys[i].kind, kind);
	assert_int_equal(s.keys[i].n, strlen(v));
	assert_memory_equal(s.keys[i].v, v, strlen(v));
}

/* Octets that suit any form. */
static const uint8_t any[] = "\x2b\x06\x01\x04";

/* Every field of every protocol: a flag withholds, is counted, raw keeps. */
static void test_every_field(void **state)
{
	size_t persons = 0, banners = 0;

	(void)state;
	for (size_t p = 0; np_protos[p]; p++) {
		for (unsigned f = 0; f < np_protos[p]->nfields; f++) {
			const struct np_field *x = &np_protos[p]->fields[f];
			bool person = x->flags & NP_PERSON,
			     banner = !person && x->flags & NP_BANNER;
			size_t n = x->form == NP_MAC ? 6 : 4;
			const void *v = x->form == NP_MAC ? mac : any;

			for (unsigned raw = 0; raw < 2; raw++) {
				b.rules.raw = raw;
				begin(np_protos[p]);
				np_emit(&b.o, f, np_cur(v, n));
				assert_int_equal(b.o.n, 1);
				assert_int_equal(sealed(0, NP_OWNER_UNKNOWN),
						 raw || !(person || banner));
				assert_int_equal(b.withheld.person,
						 !raw && person);
				assert_int_equal(b.withheld.banner,
						 !raw && banner);
			}
			persons += person;
			banners += banner;
		}
	}
	assert_true(persons >= 14 && banners >= 10);
}

/* Fields that no change may unflag (design, rule 11). */
static void test_fields_of_persons(void **state)
{
	static const char *const names[] = {
		"dhcp.host_name",   "dhcp.circuit_id", "dhcpv6.subscriber_id",
		"dhcpv6.remote_id", "dhcpv6.fqdn",     "mdns.name",
		"pppoe.remote_id",  "ssdp.location",   "syslog.text",
		"ubdp.username"};

	(void)state;
	for (size_t i = 0; i < NP_COUNT(names); i++) {
		int id = np_field_find(names[i], strlen(names[i]));

		assert_true(id >= 0);
		begin(np_protos[id >> 8]);
		says(names[i], "Alice", 5);
		assert_false(sealed(0, NP_OWNER_UNKNOWN));
		assert_int_equal(b.withheld.person, 1);
	}
}

/* One fact of three names a person: the others pass, the octets do not. */
static void test_only_what_names_a_person(void **state)
{
	(void)state;
	begin(&np_proto_dhcp);
	says("dhcp.vendor_class", "udhcp 1.2", 9);
	says("dhcp.host_name", "Alices-phone", 12);
	says("dhcp.vi_class_pen", "\x05\xdc", 2);
	assert_true(sealed(0, NP_OWNER_UNKNOWN));
	assert_int_equal(s.nfacts, 2);
	has_fact(0, "dhcp.vendor_class", "udhcp 1.2");
	has_fact(1, "dhcp.vi_class_pen", "1500");
	assert_null(memmem(b.body.p, b.body.n, "Alice", 5));
	b.rules.raw = true;
	assert_true(sealed(0, NP_OWNER_UNKNOWN));
	assert_int_equal(s.nfacts, 3);
	has_fact(1, "dhcp.host_name", "Alices-phone");
	assert_int_equal(b.withheld.person, 1);
}

static struct np_prefixes *operators(void)
{
	struct np_prefixes *p = np_prefixes_new();

	assert_non_null(p);
	assert_int_equal(np_prefixes_add(p, "192.0.2.0/24"), 0);
	return p;
}

/* A value may name a person whatever its field; nothing rescues it. */
static bool knows(void *ctx, uint16_t id, const void *v, size_t n)
{
	(void)ctx;
	(void)id;
	return n == 5 && memcmp(v, "known", 5) == 0;
}

static void test_a_value_that_names_a_person(void **state)
{
	(void)state;
	b.rules.known = knows;
	struct np_prefixes *own = operators();

	b.rules.infrastructure = own;
	from.src_ip = ip;
	from.ip_len = 4;
	begin(&np_proto_dhcp);
	says("dhcp.vendor_class", "known", 5);
	np_person(&b.o);
	assert_false(sealed(0, NP_OWNER_UNKNOWN));
	begin(&np_proto_dhcp);
	says("dhcp.host_name", "known", 5);
	assert_false(sealed(0, NP_OWNER_UNKNOWN));
	assert_int_equal(b.withheld.person, 1);
	b.rules.raw = true;
	assert_true(sealed(0, NP_OWNER_UNKNOWN));
	np_prefixes_free(own);
}

/* A banner needs a reason: a signature, or the operator's address. */
static void test_banners(void **state)
{
	(void)state;
	from.src_ip = ip;
	from.ip_len = 4;
	begin(&np_proto_ftp);
	says("ftp.banner", "hello Alice", 11);
	assert_false(sealed(0, NP_OWNER_UNKNOWN));
	assert_int_equal(b.withheld.banner, 1);
	assert_int_equal(b.withheld.person, 0);
	b.rules.known = knows;
	assert_false(sealed(0, NP_OWNER_UNKNOWN));
	begin(&np_proto_ftp);
	says("ftp.banner", "known", 5);
	assert_true(sealed(0, NP_OWNER_UNKNOWN));
	assert_int_equal(b.withheld.banner, 0);
	b.rules.known = NULL;
	struct np_prefixes *own = operators();

	b.rules.infrastructure = own;
	begin(&np_proto_ftp);
	says("ftp.banner", "hello Alice", 11);
	assert_true(sealed(0, NP_OWNER_UNKNOWN));
	assert_int_equal(s.owner, NP_OWNER_OPERATOR);
	static const uint8_t other[] = {192, 0, 3, 7};

	from.src_ip = other;
	assert_false(sealed(0, NP_OWNER_UNKNOWN));
	np_prefixes_free(own);
}

static void test_the_carriers_keys(void **state)
{
	(void)state;
	/* On the link: the MAC address. */
	begin(&np_proto_lldp);
	says("lldp.port_description", "x", 1);
	assert_true(sealed(0, NP_OWNER_UNKNOWN));
	assert_int_equal(s.nkeys, 1);
	has_key(0, NP_KEY_MAC, "00:00:5e:00:53:09");
	assert_int_equal(s.owner, NP_OWNER_UNKNOWN);
	/* Bridged, with IP: both. Routed: the IP address alone. */
	from.src_ip = ip;
	from.ip_len = 4;
	assert_true(sealed(0, NP_OWNER_SUBSCRIBER));
	assert_int_equal(s.nkeys, 2);
	has_key(0, NP_KEY_MAC, "00:00:5e:00:53:09");
	has_key(1, NP_KEY_IP, "192.0.2.7");
	assert_int_equal(s.owner, NP_OWNER_SUBSCRIBER);
	from.reach = NP_ROUTED;
	assert_true(sealed(0, NP_OWNER_UNKNOWN));
	assert_int_equal(s.nkeys, 1);
	has_key(0, NP_KEY_IP, "192.0.2.7");
	/* Nobody's address: of a group, or none yet. */
	static const uint8_t group[] = {1, 0, 0x5e, 0, 0, 1}, zero[16];

	from.reach = NP_BRIDGED;
	from.src_mac = group;
	from.src_ip = zero;
	assert_true(sealed(0, NP_OWNER_UNKNOWN));
	assert_int_equal(s.nkeys, 0);
	from.src_mac = zero;
	assert_true(sealed(0, NP_OWNER_UNKNOWN));
	assert_int_equal(s.nkeys, 0);
	/* Not of a peer or a third, nor through a proxy. */
	from.src_mac = mac;
	b.said[0].no_carrier_key = true;
	assert_true(sealed(0, NP_OWNER_UNKNOWN));
	assert_int_equal(s.nkeys, 0);
	b.said[0].no_carrier_key = false;
	b.said[0].scope = NP_PEER;
	assert_true(sealed(0, NP_OWNER_UNKNOWN));
	assert_int_equal(s.nkeys, 0);
	assert_int_equal(s.scope, NP_PEER);
}

/* Keys stand sorted and once; what is none yet is none. */
static void test_keys_of_facts(void **state)
{
	static const uint8_t zero[6];

	(void)state;
	begin(&np_proto_lldp);
	says("lldp.system_name", "R1", 2);
	says("lldp.system_name", "R1", 2);
	np_emit_as(&b.o, field("lldp.chassis_id"), NP_MAC, np_cur(mac, 6));
	np_emit_as(&b.o, field("lldp.chassis_id"), NP_MAC, np_cur(zero, 6));
	says("lldp.chassis_id", "shelf", 5);
	says("lldp.management_address", ip, 4);
	np_key(&b.o, NP_KEY_SERIAL, NP_TEXT, np_cur("S9", 2));
	assert_true(sealed(0, NP_OWNER_UNKNOWN));
	assert_int_equal(s.nkeys, 5);
	has_key(0, NP_KEY_MAC, "00:00:5e:00:53:09");
	has_key(1, NP_KEY_IP, "192.0.2.7");
	has_key(2, NP_KEY_SERIAL, "S9");
	has_key(3, NP_KEY_CHASSIS_ID, "shelf");
	has_key(4, NP_KEY_NAME, "R1");
	assert_int_equal(s.nfacts, 6);
}

static void test_an_operators_key(void **state)
{
	struct np_prefixes *own = operators();

	(void)state;
	b.rules.infrastructure = own;
	begin(&np_proto_lldp);
	says("lldp.management_address", ip, 4);
	assert_true(sealed(0, NP_OWNER_UNKNOWN));
	assert_int_equal(s.owner, NP_OWNER_OPERATOR);
	/* What is known of it already stands. */
	assert_true(sealed(0, NP_OWNER_SUBSCRIBER));
	assert_int_equal(s.owner, NP_OWNER_SUBSCRIBER);
	np_prefixes_free(own);
}

static void formed(enum np_form form, const void *v, size_t n, const char *is)
{
	begin(&np_proto_lldp);
	np_emit_as(&b.o, field("lldp.port_description"), form, np_cur(v, n));
	if (!is) {
		assert_false(sealed(0, NP_OWNER_UNKNOWN));
		return;
	}
	assert_true(sealed(0, NP_OWNER_UNKNOWN));
	has_fact(0, "lldp.port_description", is);
}

static void test_the_form_of_values(void **state)
{
	static const uint8_t six[16] = {0x20, 1, 0x0d, 0xb8, [15] = 7};

	(void)state;
	formed(NP_TEXT, "as sent \xff\0\0", 11, "as sent \xff");
	formed(NP_TEXT, "\0\0", 2, NULL);
	formed(NP_MAC, mac, 6, "00:00:5e:00:53:09");
	formed(NP_IP, ip, 4, "192.0.2.7");
	formed(NP_IP, six, 16, "2001:db8::7");
	formed(NP_HEX, "\x00\xfe\x1a", 3, "00fe1a");
	formed(NP_LIST, "\x01\xff\x00", 3, "1,255,0");
	formed(NP_UINT, "\xff\xff\xff\xff\xff\xff\xff\xff", 8,
	       "18446744073709551615");
	formed(NP_UINT, "\x00", 1, "0");
	/* X.690 8.19: 1.3.6.1.4.1.2011, 2.999, and one that has no end. */
	formed(NP_OID, "\x2b\x06\x01\x04\x01\x8f\x5b", 7, "1.3.6.1.4.1.2011");
	formed(NP_OID, "\x88\x37", 2, "2.999");
	formed(NP_OID, "\x2b\x86", 2, NULL);
	formed(NP_OID, "\x2b\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f", 11,
	       NULL);
}

static void test_too_big(void **state)
{
	char *v = malloc(NP_MAX_VALUE + 1);

	(void)state;
	assert_non_null(v);
	memset(v, 'x', NP_MAX_VALUE + 1);
	begin(&np_proto_lldp);
	says("lldp.port_description", v, NP_MAX_VALUE);
	assert_true(sealed(0, NP_OWNER_UNKNOWN));
	assert_int_equal(s.facts[0].n, NP_MAX_VALUE);
	assert_int_equal(b.withheld.too_big, 0);
	begin(&np_proto_lldp);
	says("lldp.port_description", v, NP_MAX_VALUE + 1);
	says("lldp.system_description", "kept", 4);
	assert_true(sealed(0, NP_OWNER_UNKNOWN));
	assert_int_equal(s.nfacts, 1);
	assert_int_equal(b.withheld.too_big, 1);
	/* By what it becomes, and before it does. */
	for (size_t n = NP_MAX_VALUE / 2 + 1; n <= NP_MAX_VALUE + 1;
	     n += NP_MAX_VALUE / 2) {
		begin(&np_proto_lldp);
		np_emit_as(&b.o, field("lldp.port_description"), NP_HEX,
			   np_cur(v, n));
		assert_false(sealed(0, NP_OWNER_UNKNOWN));
		assert_int_equal(b.withheld.too_big, 1);
	}
	free(v);
}

static void test_statements_apart(void **state)
{
	(void)state;
	from.depth = 2;
	from.nvlan = 2;
	from.vlan[0] = 7;
	from.vlan[1] = 8;
	from.stream = true;
	begin(&np_proto_lldp);
	says("lldp.system_name", "R1", 2);
	np_say(&b.o, NP_THIRD);
	np_reach(&b.o, NP_RELAYED);
	says("lldp.system_name", "R2", 2);
	assert_true(sealed(0, NP_OWNER_UNKNOWN));
	assert_int_equal(s.scope, NP_SELF);
	assert_int_equal(s.reach, NP_BRIDGED);
	assert_int_equal(s.nfacts, 1);
	has_fact(0, "lldp.system_name", "R1");
	assert_true(sealed(1, NP_OWNER_UNKNOWN));
	assert_int_equal(s.scope, NP_THIRD);
	assert_int_equal(s.reach, NP_RELAYED);
	has_fact(0, "lldp.system_name", "R2");
	assert_int_equal(s.nkeys, 1);
	has_key(0, NP_KEY_NAME, "R2");
	assert_int_equal(s.depth, 2);
	assert_int_equal(s.nvlan, 2);
	assert_int_equal(s.vlan[1], 8);
	assert_int_equal(s.unit, NP_IN_STREAM);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_every_field),
		TEST(test_fields_of_persons),
		TEST(test_only_what_names_a_person),
		TEST(test_a_value_that_names_a_person),
		TEST(test_banners),
		TEST(test_the_carriers_keys),
		TEST(test_keys_of_facts),
		TEST(test_an_operators_key),
		TEST(test_the_form_of_values),
		TEST(test_too_big),
		TEST(test_statements_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
