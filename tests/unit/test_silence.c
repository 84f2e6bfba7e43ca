/* SPDX-License-Identifier: ISC */
/* Silence: the rules, what is declared, what was looked at, what may be said of
 * it on a day; and which sites to inspect. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "document/document.h"
#include "silence/silence.h"

#define NS ((int64_t)1000000000)
#define DAY (86400 * NS)
#define TODAY 20000 /* a day */

static struct np_arena mem;
static struct np_knowledge *k;
static struct np_law *law;
static struct np_silence *rules;
static struct np_err err;

static int open_rules(void **state)
{
	(void)state;
	mem = np_arena((size_t)16 << 20);
	return np_knowledge_open(NULL, &k, &err) ||
	       np_law_open(NULL, k, &law, &err) ||
	       np_silence_open(NULL, law, &mem, &rules, &err);
}

static int close_rules(void **state)
{
	(void)state;
	np_law_close(law);
	np_knowledge_close(k);
	np_arena_free(&mem);
	return 0;
}

/* ---- rules */

static bool is_document(const char *name, size_t n)
{
	for (const struct np_document *const *d = np_documents; *d; d++)
		if (strlen((*d)->name) == n && !memcmp((*d)->name, name, n))
			return true;
	return false;
}

static void test_rules_know_what_is_read(void **state)
{
	(void)state;
	assert_true(np_method_find(rules, "capture") >= 0);
	assert_true(np_method_find(rules, "divination") < 0);
	for (const struct np_document *const *d = np_documents; *d; d++)
		assert_true(np_method_find(rules, (*d)->method) >= 0);
	for (size_t i = 0; i < np_silence_kinds(rules); i++)
		for (size_t m = 0; m < np_methods(rules); m++) {
			const char *s = np_silence_kind_at(rules, i)->hears[m];

			while (s && *s) {
				size_t n = strcspn(s, ",");

				assert_true(np_proto_find(s, n) >= 0 ||
					    is_document(s, n));
				s += n + (s[n] ? 2 : 0);
			}
		}
	assert_string_equal(
		np_silence_kind_at(
			rules, (size_t)np_silence_kind_of(rules, "access/olt"))
			->function,
		"access");
	assert_true(np_silence_kind_of(rules, "accessory") < 0);
	assert_true(np_silence_kind_of(rules, NULL) < 0);
}

static uint32_t bit(const char *method)
{
	int m = np_method_find(rules, method);

	assert_true(m >= 0);
	return 1u << m;
}

static void deaf_is(uint32_t methods, const char *want)
{
	struct np_deaf_words w;
	struct np_buf b = np_buf(4096);

	np_deaf(rules, methods, &w);
	np_put_words(&b, &w);
	assert_string_equal(b.p ? b.p : "", want);
	np_buf_free(&b);
}

/* What one method cannot hear another may: silent boxes answer who asks. */
static void test_deaf(void **state)
{
	(void)state;
	deaf_is(bit("capture"), "silent, encrypted");
	deaf_is(bit("walk"), "not asked, no agent");
	deaf_is(bit("capture") | bit("walk"), "not asked, no agent");
	deaf_is(bit("capture") | bit("scan"), "encrypted, not asked, filtered");
	deaf_is(bit("inventory"), "");
}

static void span_is(int64_t seconds, const char *want)
{
	struct np_buf b = np_buf(64);

	np_put_span(&b, seconds * NS);
	assert_string_equal(b.p, want);
	np_buf_free(&b);
}

static void test_span(void **state)
{
	(void)state;
	span_is(0, "0 seconds");
	span_is(1, "1 second");
	span_is(599, "10 minutes");
	span_is(119, "2 minutes");
	span_is(7199, "2 hours");
	span_is(86400 * 2, "2 days");
	span_is(86400 * 1500, "1,500 days");
}

/* ---- universe */

static struct np_universe *declared(const char *text)
{
	struct np_universe *u = np_universe_new();

	assert_non_null(u);
	assert_int_equal(np_universe_read(u, "u", text, strlen(text), &err), 0);
	return u;
}

static bool has(const struct np_universe *u, enum np_declared_kind kind,
		const char *text, const char *site)
{
	for (size_t i = 0; i < np_declared_n(u); i++) {
		const struct np_declared *d = np_declared(u, i);

		if (d->kind == kind && !strcmp(d->text, text) &&
		    (site ? d->site && !strcmp(d->site, site) : !d->site))
			return true;
	}
	return false;
}

static void test_own_table(void **state)
{
	struct np_universe *u =
		declared("site,prefix,vlan,serial_from,serial_to\r\n"
			 "DE-1,,,,\r\n"
			 "JP-1,10.39.0.0/16,101,,\r\n"
			 "\r\n"
			 ",2001:db8::/32,,\"A\"\"1\",\"A\"\"9\"\r\n"
			 "JP-1,10.39.0.0/16,101,,\r\n");

	(void)state;
	assert_int_equal(np_declared_n(u), 6);
	assert_true(has(u, NP_D_SITE, "DE-1", NULL));
	assert_true(has(u, NP_D_SITE, "JP-1", NULL));
	assert_true(has(u, NP_D_PREFIX, "10.39.0.0/16", "JP-1"));
	assert_true(has(u, NP_D_VLAN, "101", "JP-1"));
	assert_true(has(u, NP_D_PREFIX, "2001:db8::/32", NULL));
	assert_true(has(u, NP_D_SERIALS, "A\"1-A\"9", NULL));
	np_universe_free(u);
}

/* What NetBox writes when its lists are exported. */
static void test_netbox_tables(void **state)
{
	struct np_universe *u = declared("id,name,slug,status,region\n"
					 "1,DE-1,de-1,active,Hesse\n"
					 "2,JP 2,jp-2,planned,\n");
	const char *prefixes =
		"id,prefix,vrf,scope_type,scope,vlan,status\n"
		"1,10.1.0.0/16,,dcim.site,DE-1,Voice (7),Active\n"
		"2,10.2.0.0/16,,dcim.region,Hesse,,Active\n";
	const char *vlans = "\xef\xbb\xbfid;vid;name;site\n"
			    "1;7;Voice;DE-1\n";

	(void)state;
	assert_int_equal(np_declared_site(u, "jp-2"), 1);
	assert_int_equal(np_declared_site(u, "JP 2"), 1);
	assert_true(np_declared_site(u, "JP") == SIZE_MAX);
	assert_int_equal(
		np_universe_read(u, "p", prefixes, strlen(prefixes), &err), 0);
	assert_int_equal(np_universe_read(u, "v", vlans, strlen(vlans), &err),
			 0);
	assert_int_equal(np_declared_n(u), 5);
	assert_true(has(u, NP_D_PREFIX, "10.1.0.0/16", "DE-1"));
	assert_true(has(u, NP_D_PREFIX, "10.2.0.0/16", NULL));
	assert_true(has(u, NP_D_VLAN, "7", "DE-1"));
	np_universe_free(u);
}

static void test_json(void **state)
{
	struct np_universe *u = declared(
		"{\"count\":4,\"next\":null,\"previous\":null,\"results\":[\n"
		"{\"id\":1,\"name\":\"DE-1\",\"slug\":\"de-1\","
		"\"status\":{\"value\":\"active\"}},\n"
		"{\"id\":2,\"prefix\":\"10.1.0.0/16\",\"scope_type\":"
		"\"dcim.site\",\"scope\":{\"name\":\"DE-1\"},"
		"\"vlan\":{\"id\":9,\"vid\":7,\"name\":\"Voice\"}},\n"
		"{\"id\":9,\"vid\":7,\"name\":\"Voice\","
		"\"site\":{\"name\":\"DE-1\",\"slug\":\"de-1\"}},\n"
		"{\"id\":3,\"name\":\"R1\",\"device_type\":{\"id\":1},"
		"\"serial\":\"210235\",\"site\":{\"name\":\"DE-1\"}}]}\n");

	(void)state;
	assert_int_equal(np_declared_n(u), 4);
	assert_true(has(u, NP_D_SITE, "DE-1", NULL));
	assert_true(has(u, NP_D_PREFIX, "10.1.0.0/16", "DE-1"));
	assert_true(has(u, NP_D_VLAN, "7", "DE-1"));
	assert_true(has(u, NP_D_SERIALS, "210235", "DE-1"));
	np_universe_free(u);
	u = declared("[{\"site\":\"A\",\"vlan\":5},{\"serial_from\":\"X1\","
		     "\"serial_to\":\"X5\"}]");
	assert_int_equal(np_declared_n(u), 3);
	assert_true(has(u, NP_D_VLAN, "5", "A"));
	assert_true(has(u, NP_D_SERIALS, "X1-X5", NULL));
	np_universe_free(u);
}

static void refused(const char *text, unsigned line, unsigned column,
		    const char *expected)
{
	struct np_universe *u = np_universe_new();

	assert_non_null(u);
	memset(&err, 0, sizeof(err));
	assert_int_equal(np_universe_read(u, "u.csv", text, strlen(text), &err),
			 NP_EINPUT);
	assert_string_equal(err.what, "u.csv");
	assert_int_equal(err.at, line);
	assert_int_equal(err.column, column);
	assert_non_null(strstr(err.text, expected));
	np_universe_free(u);
}

static void test_wrong_files(void **state)
{
	(void)state;
	refused("", 1, 1, "expected a table");
	refused("a,b\n1,2\n", 1, 1, "expected columns among");
	refused("site,prefix\nA,10.0.0.0/8\nA,10.0.0.1/8\n", 3, 3,
		"without octets behind its length");
	refused("site,prefix\nA,10.0.0.0/33\n", 2, 3, "prefix's length");
	refused("site,prefix\nA,ten\n", 2, 3, "expected a prefix");
	refused("site,vlan\nA,4095\n", 2, 3, "1 to 4094");
	refused("site,vlan\n\"A,b\",0x7\n", 2, 7, "1 to 4094");
	refused("serial_from,serial_to\nA100,A99\n", 2, 1, "as long as");
	refused("serial_from,serial_to\nA100,A099\n", 2, 1, "not before");
	refused("site\n\"open\n", 2, 1, "quote");
	refused("[{\"site\":\"A\"},\n {\"vlan\":9999}]", 2, 2, "1 to 4094");
	refused("[{\"site\":\"A\"}\n", 2, 1, "expected , or ]");
	refused("{\"results\":[],\n\"next\":\"http://x/?offset=50\"}", 2, 8,
		"all pages");
	refused("{\"count\":1}", 1, 1, "expected a list of records");
	refused("[1]", 1, 2, "expected a record");
	refused("[{\"a\" 1}]", 1, 7, "no JSON");
	refused("[] []", 1, 4, "nothing more");
}

struct held {
	size_t n, last;
};

static void hold(void *ctx, size_t i)
{
	struct held *h = ctx;

	h->n++;
	h->last = i;
}

static void test_prefixes_nest(void **state)
{
	struct np_universe *u = declared("site,prefix\n,0.0.0.0/0\n"
					 ",10.0.0.0/8\n,10.1.2.0/24\n"
					 "A,10.1.2.0/24\n,10.1.2.128/25\n"
					 ",2001:db8::/33\n");
	const uint8_t in[] = {10, 1, 2, 127}, out[] = {11, 0, 0, 0};
	const uint8_t six[16] = {0x20, 1, 0xd, 0xb8, 0x7f};
	const uint8_t seven[16] = {0x20, 1, 0xd, 0xb8, 0x80};
	struct held h = {0};

	(void)state;
	np_declared_hold(u, in, 4, hold, &h);
	assert_int_equal(h.n, 4);
	h = (struct held){0};
	np_declared_hold(u, out, 4, hold, &h);
	assert_int_equal(h.n, 1);
	h = (struct held){0};
	np_declared_hold(u, six, 16, hold, &h);
	assert_int_equal(h.n, 1);
	h = (struct held){0};
	np_declared_hold(u, seven, 16, hold, &h);
	assert_int_equal(h.n, 0);
	np_universe_free(u);
}

/* ---- ledger */

static struct np_observation seen(uint32_t number, const char *site,
				  const char *method, int64_t first,
				  int64_t last)
{
	return (struct np_observation){
		.source = "a",
		.site = site,
		.status = "read",
		.direction = "both",
		.method_name = method,
		.number = number,
		.method = np_method_find(rules, method),
		.first = first,
		.last = last,
		.frames = 7,
	};
}

static struct np_ledger *ledger(const struct np_universe *u)
{
	struct np_ledger *l = np_ledger_new(rules, u);

	assert_non_null(l);
	return l;
}

static void add(struct np_ledger *l, struct np_observation o)
{
	assert_int_equal(np_ledger_add(l, &o), 0);
}

static void heard(struct np_ledger *l, uint32_t source, const char *ip,
		  uint16_t vlan, uint32_t box, int named)
{
	struct np_sighting *s = calloc(1, sizeof(*s));

	assert_non_null(s);
	s->proto = NP_P_lldp;
	s->seen.source = source;
	if (ip)
		s->keys[s->nkeys++] =
			(struct np_key){NP_KEY_IP, ip, strlen(ip)};
	if (vlan)
		s->vlan[s->nvlan++] = vlan;
	assert_int_equal(np_ledger_hear(l, s, box, named), 0);
	free(s);
}

/* Two sources at one time are not twice the time, and what one did not record
 * is not recorded. */
static void test_sites(void **state)
{
	struct np_universe *u = declared("site\nA\nB\n");
	struct np_ledger *l = ledger(u);
	struct np_observation o = seen(2, "A", "capture", 50 * NS, 150 * NS);
	const struct np_looked_at *x;

	(void)state;
	add(l, seen(1, "A", "capture", 0, 100 * NS));
	o.drops = 3;
	add(l, o);
	x = np_ledger_place(l, 0);
	assert_int_equal(x->drops, 3);
	o = seen(3, "A", "capture", 1000 * NS, 1010 * NS);
	o.drops = -1;
	o.status = "truncated";
	add(l, o);
	add(l, seen(4, "A", "walk", NP_NEVER, NP_NEVER));
	add(l, seen(5, NULL, "capture", 0, NS));
	add(l, seen(6, "elsewhere", "capture", 0, NS));
	assert_int_equal(np_ledger_sum(l), 0);
	assert_int_equal(x->sources, 4);
	assert_int_equal(x->listened, 160 * NS);
	assert_int_equal(x->first, 0);
	assert_int_equal(x->last, 1010 * NS);
	assert_int_equal(x->drops, -1);
	assert_int_equal(x->limited, 1);
	assert_int_equal(x->methods, bit("capture") | bit("walk"));
	assert_int_equal(np_ledger_place(l, 1)->sources, 0);
	assert_int_equal(np_ledger_place(l, 2)->sources, 2);
	assert_null(np_ledger_place(l, 2)->place);
	assert_int_equal(np_ledger_rows(l), 6);
	np_ledger_free(l);
	np_universe_free(u);
}

static void test_prefixes_and_vlans(void **state)
{
	struct np_universe *u =
		declared("site,prefix,vlan\nA,10.0.0.0/24,7\nB,10.0.0.0/24,7\n"
			 ",192.0.2.0/24,\n");
	struct np_ledger *l = ledger(u);
	size_t a = 0, b = 0, any = 0;

	(void)state;
	for (size_t i = 0; i < np_declared_n(u); i++) {
		const struct np_declared *d = np_declared(u, i);

		if (d->kind == NP_D_PREFIX)
			*(!d->site ? &any : d->site[0] == 'A' ? &a : &b) = i;
	}
	add(l, seen(1, "A", "capture", 0, 60 * NS));
	add(l, seen(2, "B", "capture", 0, 60 * NS));
	heard(l, 1, "10.0.0.9", 0, 0, NP_CONFIRMED);
	heard(l, 1, "10.0.0.9", 0, 0, NP_CONFIRMED);
	heard(l, 1, "10.0.0.10", 7, 1, -1);
	heard(l, 2, "192.0.2.1", 8, UINT32_MAX, -1);
	heard(l, 9, "192.0.2.1", 8, 5, -1);
	assert_int_equal(np_ledger_sum(l), 0);
	assert_int_equal(np_ledger_place(l, a)->sources, 1);
	assert_int_equal(np_ledger_place(l, a)->boxes, 2);
	assert_int_equal(np_ledger_place(l, a)->named[NP_CONFIRMED], 1);
	assert_int_equal(np_ledger_place(l, a)->listened, 60 * NS);
	/* A private prefix of another site was not looked at here. */
	assert_int_equal(np_ledger_place(l, b)->sources, 0);
	assert_int_equal(np_ledger_place(l, any)->sources, 1);
	assert_int_equal(np_ledger_place(l, any)->boxes, 0);
	for (size_t i = 0; i < np_declared_n(u); i++) {
		const struct np_declared *d = np_declared(u, i);

		if (d->kind == NP_D_VLAN)
			assert_int_equal(np_ledger_place(l, i)->sources,
					 d->site[0] == 'A');
	}
	np_ledger_free(l);
	np_universe_free(u);
}

static void test_serials(void **state)
{
	struct np_universe *u = declared("site,serial_from,serial_to\n"
					 ",A100,A199\n,A150,A150\n,B1,B9\n"
					 "S,A000,A999\n");
	struct np_ledger *l = ledger(u);
	static const struct {
		const char *site, *serial;
	} boxes[] = {{NULL, "A150"},  {NULL, "A199"}, {NULL, "A200"},
		     {NULL, "A1500"}, {"S", "A000"},  {NULL, NULL}};
	uint64_t got[4];

	(void)state;
	add(l, seen(1, "S", "capture", 0, NS));
	for (size_t i = 0; i < NP_COUNT(boxes); i++)
		np_ledger_box(l, boxes[i].site, boxes[i].serial, NP_PROBABLE);
	for (size_t i = 0, n = 0; i < np_declared_n(u); i++)
		if (np_declared(u, i)->kind == NP_D_SERIALS)
			got[n++] = np_ledger_place(l, i)->named[NP_PROBABLE];
	assert_int_equal(got[0], 2);
	assert_int_equal(got[1], 1);
	assert_int_equal(got[2], 0);
	assert_int_equal(got[3], 1);
	np_ledger_free(l);
	np_universe_free(u);
}

/* ---- what may be said */

static struct np_silence_state state_of(const struct np_looked_at *l,
					const struct np_inspection *in,
					int32_t as_of)
{
	struct np_silence_state s;

	np_place_state(rules, l, in, in ? 1 : 0, as_of, &s);
	return s;
}

static void says(const struct np_looked_at *l, const struct np_inspection *in,
		 int32_t as_of, const char *want)
{
	struct np_silence_state s = state_of(l, in, as_of);
	struct np_buf b = np_buf(65536);

	np_put_whole(rules, l, &s, NULL, &b);
	assert_non_null(b.p);
	if (!strstr(b.p, want))
		print_message("%s\n", b.p);
	assert_non_null(strstr(b.p, want));
	np_buf_free(&b);
}

static const struct np_declared place = {.kind = NP_D_SITE, .text = "A"};

/* Looked at once, on a day. */
static struct np_looked_at looked(const char *method, int32_t day)
{
	struct np_looked_at l = {.place = &place,
				 .sources = 1,
				 .methods = bit(method),
				 .listened = 600 * NS,
				 .direction = NP_WAY_IN | NP_WAY_OUT};

	for (size_t i = 0; i < NP_MAX_METHODS; i++)
		l.day[i] = NP_NODAY;
	l.day[np_method_find(rules, method)] = day;
	return l;
}

static void test_verdicts(void **state)
{
	struct np_looked_at l = looked("capture", TODAY);
	struct np_looked_at none = {.place = &place};
	int32_t days = (int32_t)np_method(rules, 0)->days;
	struct np_silence_state s;

	(void)state;
	s = state_of(&none, NULL, TODAY);
	assert_int_equal(s.verdict, NP_V_NOT_LOOKED);
	assert_false(s.expired);
	s = state_of(&l, NULL, TODAY + days);
	assert_int_equal(s.verdict, NP_V_NOT_HEARD);
	assert_int_equal(s.until, TODAY + days);
	assert_false(s.expired);
	says(&l, NULL, TODAY, "not heard by captures in 10 minutes");
	s = state_of(&l, NULL, TODAY + days + 1);
	assert_int_equal(s.verdict, NP_V_NOT_HEARD);
	assert_int_equal(s.until, TODAY + days);
	assert_true(s.expired);
	says(&l, NULL, TODAY + days + 1, "look again");
	l.named[NP_POSSIBLE] = 2;
	assert_int_equal(state_of(&l, NULL, TODAY).verdict, NP_V_PRESENT);
	says(&l, NULL, TODAY, "boxes with findings: 2 possible");
	l = looked("capture", NP_NODAY);
	s = state_of(&l, NULL, TODAY);
	assert_true(s.expired && s.undated);
	says(&l, NULL, TODAY, "not recorded");
	/* A list that somebody wrote is no looking. */
	l = looked("inventory", TODAY);
	s = state_of(&l, NULL, TODAY);
	assert_int_equal(s.verdict, NP_V_NOT_LOOKED);
	says(&l, NULL, TODAY, "not looked; in inventories alone");
}

/* Of two methods the sentence holds as long as both do, then says so of one. */
static void test_two_methods(void **state)
{
	struct np_looked_at l = looked("capture", TODAY);
	struct np_silence_state s;
	int output = np_method_find(rules, "output");
	int32_t days = (int32_t)np_method(rules, 0)->days;
	int32_t longer = (int32_t)np_method(rules, (size_t)output)->days;

	(void)state;
	l.methods |= bit("output");
	l.day[output] = TODAY - 5;
	s = state_of(&l, NULL, TODAY);
	assert_int_equal(s.methods, bit("capture") | bit("output"));
	assert_int_equal(s.until, TODAY + days);
	s = state_of(&l, NULL, TODAY + days + 1);
	assert_int_equal(s.methods, bit("output"));
	assert_int_equal(s.ended, bit("capture"));
	assert_int_equal(s.until, TODAY - 5 + longer);
	assert_false(s.expired);
}

static void test_one_way(void **state)
{
	struct np_looked_at l = looked("capture", TODAY);

	(void)state;
	l.direction = NP_WAY_IN;
	says(&l, NULL, TODAY, "silent, encrypted, the other direction");
	l.direction = NP_WAY_IN | NP_WAY_UNSAID;
	says(&l, NULL, TODAY, "Cannot hear: silent, encrypted.");
	says(&l, NULL, TODAY, "direction not recorded");
}

/* Only who went there says "absent", and not for ever. */
static void test_inspected(void **state)
{
	struct np_looked_at l = looked("capture", TODAY);
	struct np_looked_at none = {.place = &place};
	struct np_inspection in = {.place = "A",
				   .signer = "an auditor",
				   .day = TODAY,
				   .until = NP_NODAY};
	int32_t days = (int32_t)np_sample_days(rules);
	struct np_silence_state s;

	(void)state;
	s = state_of(&none, &in, TODAY + days);
	assert_int_equal(s.verdict, NP_V_ABSENT);
	assert_int_equal(s.until, TODAY + days);
	says(&none, &in, TODAY, "signed by an auditor");
	s = state_of(&none, &in, TODAY + days + 1);
	assert_int_equal(s.verdict, NP_V_NOT_LOOKED);
	in.until = TODAY + 3;
	assert_int_equal(state_of(&none, &in, TODAY + 4).verdict,
			 NP_V_NOT_LOOKED);
	assert_int_equal(state_of(&l, &in, TODAY + 3).verdict, NP_V_ABSENT);
	assert_int_equal(state_of(&l, &in, TODAY + 4).verdict, NP_V_NOT_HEARD);
	/* What was heard is not taken away by a visit. */
	l.named[NP_CONFIRMED] = 1;
	assert_int_equal(state_of(&l, &in, TODAY).verdict, NP_V_PRESENT);
	in.found = true;
	assert_int_equal(state_of(&none, &in, TODAY).verdict, NP_V_PRESENT);
	in.place = "B";
	assert_int_equal(state_of(&none, &in, TODAY).verdict, NP_V_NOT_LOOKED);
}

/* ---- families */

static void test_families(void **state)
{
	uint32_t c = bit("capture"), w = bit("walk");
	const struct np_heard_box v[] = {
		{3, "transport/router", c | w, c | w},
		{3, "transport/router", w, c | w},
		{3, "transport/router", c, c | w},
		{3, "transport/router", w, w},
		{4, NULL, w, c | w},
	};
	size_t n, ci = (size_t)np_method_find(rules, "capture");
	size_t wi = (size_t)np_method_find(rules, "walk");
	struct np_heard_family *f =
		np_heard_families(rules, v, NP_COUNT(v), &mem, &n);

	(void)state;
	assert_non_null(f);
	assert_int_equal(n, 2);
	assert_int_equal(f[0].boxes, 4);
	/* captures: of the two that walks knew where captures were, one */
	assert_int_equal(f[0].of[ci], 2);
	assert_int_equal(f[0].k[ci], 1);
	assert_int_equal(f[0].all[ci], 2);
	assert_int_equal(f[0].of[wi], 2);
	assert_int_equal(f[0].k[wi], 1);
	assert_int_equal(f[0].all[wi], 3);
	assert_int_equal(f[1].of[ci], 1);
	assert_int_equal(f[1].k[ci], 0);
	assert_int_equal(f[1].kind, -1);
}

/* ---- samples */

static void test_sample(void **state)
{
	uint64_t drawn[5];

	(void)state;
	assert_int_equal(np_sample_size(10000, 100, .95), 294);
	assert_int_equal(np_sample_size(10000, 10, .95), 2588);
	assert_int_equal(np_sample_size(10000, 1, .95), 9501);
	assert_int_equal(np_sample_size(1000, 10, .95), 258);
	assert_int_equal(np_sample_size(200, 1, .95), 191);
	assert_int_equal(np_sample_size(5, 5, .95), 1);
	assert_int_equal(np_sample_size(5, 1, .95), 5);
	assert_int_equal(np_sample_size(1, 1, .5), 1);
	assert_int_equal(np_sample_most(10000, 294, 0, .95), 99);
	assert_int_equal(np_sample_most(10000, 10000, 7, .95), 7);
	assert_int_equal(np_sample_most(10, 0, 0, .95), 10);
	/* sha256("np:1") … in order, as Python sorts them */
	assert_int_equal(np_sample_draw("np", 10, 5, drawn), 0);
	for (size_t i = 0; i < 5; i++)
		for (size_t j = 0; j < i; j++)
			assert_true(drawn[i] != drawn[j] && drawn[i] <= 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rules_know_what_is_read),
		cmocka_unit_test(test_deaf),
		cmocka_unit_test(test_span),
		cmocka_unit_test(test_own_table),
		cmocka_unit_test(test_netbox_tables),
		cmocka_unit_test(test_json),
		cmocka_unit_test(test_wrong_files),
		cmocka_unit_test(test_prefixes_nest),
		cmocka_unit_test(test_sites),
		cmocka_unit_test(test_prefixes_and_vlans),
		cmocka_unit_test(test_serials),
		cmocka_unit_test(test_verdicts),
		cmocka_unit_test(test_two_methods),
		cmocka_unit_test(test_one_way),
		cmocka_unit_test(test_inspected),
		cmocka_unit_test(test_families),
		cmocka_unit_test(test_sample),
	};

	return cmocka_run_group_tests(tests, open_rules, close_rules);
}
