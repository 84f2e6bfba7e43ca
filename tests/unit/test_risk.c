/* SPDX-License-Identifier: ISC */
/* Versions, CPE names, lists of CVEs and the user's weights. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "risk/risk.h"

static struct np_cur cur(const char *s)
{
	return np_cur(s, strlen(s));
}

static void test_versions(void **state)
{
	/* Each is before the next. */
	static const char *const order[] = {
		"V200R005C00",	     "V200R005C00SPC500", "V200R010C00SPC200",
		"V200R010C00SPC600", "V200R019C10",	  "V300R001",
	};
	static const char *const same[][2] = {
		{"V200R010C00SPC600", "v200r010c00spc600"},
		{"12.2(55)SE7", "12.2.55.se7"},
		{"7.0.01", "7.0.1"},
		{"18.4R2-S3", "18.4r2 s3"},
	};
	static const char *const less[][2] = {
		{"6.9", "6.10"},
		{"15.1(3)", "15.1(20)"},
		{"7.15", "7.15.1"},
		{"6.49.10", "7.1"},
		{"", "1"},
		{"99999999999999999999998", "99999999999999999999999"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		for (size_t k = 0; k < sizeof(order) / sizeof(order[0]); k++)
			assert_int_equal(
				np_version_order(cur(order[i]), cur(order[k])),
				(i > k) - (i < k));
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++)
		assert_int_equal(
			np_version_order(cur(same[i][0]), cur(same[i][1])), 0);
	for (size_t i = 0; i < sizeof(less) / sizeof(less[0]); i++) {
		assert_int_equal(
			np_version_order(cur(less[i][0]), cur(less[i][1])), -1);
		assert_int_equal(
			np_version_order(cur(less[i][1]), cur(less[i][0])), 1);
	}
}

static void fits(const char *version, const char *update, const char *from,
		 bool from_too, const char *until, bool until_too,
		 const char *box, enum np_version_fit want)
{
	struct np_cve_name x = {
		.version = cur(version),
		.update = cur(update),
		.from = cur(from),
		.until = cur(until),
		.from_too = from_too,
		.until_too = until_too,
	};

	assert_int_equal(np_cve_fits(&x, box), want);
}

static void test_ranges(void **state)
{
	(void)state;
	fits("*", "*", "", false, "", false, "7.1", NP_V_ALL);
	fits("-", "*", "", false, "", false, NULL, NP_V_ALL);
	fits("7.1", "*", "", false, "", false, "7.1", NP_V_IN);
	fits("7.1", "*", "", false, "", false, "7.10", NP_V_NOT);
	fits("7.1", "*", "", false, "", false, NULL, NP_V_UNKNOWN);
	fits("18.4", "r2-s3", "", false, "", false, "18.4R2-S3", NP_V_IN);
	fits("18.4", "r2-s3", "", false, "", false, "18.4R2-S4", NP_V_NOT);
	fits("*", "*", "7.0", true, "7.2", false, "7.0", NP_V_IN);
	fits("*", "*", "7.0", false, "7.2", false, "7.0", NP_V_NOT);
	fits("*", "*", "7.0", true, "7.2", false, "7.2", NP_V_NOT);
	fits("*", "*", "7.0", true, "7.2", true, "7.2", NP_V_IN);
	fits("*", "*", "", false, "7.2", false, "6.99", NP_V_IN);
	fits("*", "*", "7.0", true, "", false, "", NP_V_UNKNOWN);
}

static void test_names(void **state)
{
	struct np_arena mem = np_arena(1 << 16);
	struct np_cve_name x;

	(void)state;
	memset(&x, 0, sizeof(x));
	assert_true(np_cpe_split(cur("cpe:2.3:o:tp-link:a\\:b_firmware:1\\.0\\("
				     "2\\):*:*:*:*:*:*:*"),
				 &mem, &x));
	assert_true(np_same(x.product, cur("a:b_firmware")));
	assert_true(np_same(x.version, cur("1.0(2)")));
	assert_true(np_same(x.vendor, cur("tp-link")));
	for (size_t i = 0; i < 30; i++) /* cut anywhere */
		assert_false(np_cpe_split(
			np_cur("cpe:2.3:o:tp-link:a\\:b_firmw", i), &mem, &x));
	assert_false(np_cpe_split(cur("cpe:/o:cisco:ios:12.2"), &mem, &x));
	assert_false(np_cpe_split(cur("cpe:2.3:o::ios:12.2:*"), &mem, &x));
	np_arena_free(&mem);
}

static void has(const struct np_cpe_name *v, size_t n, const char *vendor,
		const char *product, const char *by)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(v[i].vendor, vendor) == 0 &&
		    strcmp(v[i].product, product) == 0) {
			assert_string_equal(v[i].by, by);
			return;
		}
	fail_msg("%s %s is no name of it", vendor, product);
}

static void test_products(void **state)
{
	struct np_arena mem = np_arena((size_t)8 << 20);
	struct np_risk_know k;
	struct np_err e = {0};
	struct np_cpe_name v[NP_MAX_CPE];
	struct np_device d = {.model = "S5720-32X-EI", .family = "S5700"};
	size_t n;

	(void)state;
	assert_int_equal(np_risk_know_read(NULL, 0, NULL, 0, &mem, &k, &e), 0);
	n = np_cpe_names(&k, "huawei", &d, &mem, v);
	has(v, n, "huawei", "s5720-32x-ei_firmware", "model");
	has(v, n, "huawei", "s5720_firmware", "series");
	has(v, n, "huawei", "s5700_firmware", "family");
	d = (struct np_device){.os = "ios xe", .model = "ISR 4431/K9"};
	n = np_cpe_names(&k, "cisco", &d, &mem, v);
	has(v, n, "cisco", "ios_xe", "os");
	has(v, n, "cisco", "isr_4431_k9_firmware", "model");
	assert_int_equal(np_cpe_names(&k, NULL, &d, &mem, v), 0);
	assert_int_equal(np_cpe_names(&k, "nobody", &d, &mem, v), 0);
	np_arena_free(&mem);
}

struct heard {
	char text[512];
	int rc;
};

static int hear(void *ctx, const struct np_cve_name *x)
{
	struct heard *h = ctx;
	size_t n = strlen(h->text);

	(void)snprintf(h->text + n, sizeof(h->text) - n, "%.*s %.*s %.*s-%.*s;",
		       (int)x->cve.left, (const char *)x->cve.p,
		       (int)x->product.left, (const char *)x->product.p,
		       (int)x->from.left, (const char *)x->from.p,
		       (int)x->until.left, (const char *)x->until.p);
	return h->rc;
}

static int parse(const char *text, struct heard *h, uint64_t *n,
		 struct np_err *e)
{
	*h = (struct heard){.rc = h->rc};
	*e = (struct np_err){0};
	return np_cve_parse("x.json", text, strlen(text), hear, h, n, e);
}

#define CPE(p) "cpe:2.3:o:v:" p ":*:*:*:*:*:*:*:*"

static void test_list(void **state)
{
	struct heard h = {.rc = 0};
	struct np_err e;
	uint64_t n;

	(void)state;
	/* The id behind what it is of; conditions that are not vulnerable. */
	assert_int_equal(
		parse("{\"x\":[{}],\"vulnerabilities\":[{\"cve\":{"
		      "\"configurations\":[{\"nodes\":[{\"cpeMatch\":["
		      "{\"criteria\":\"" CPE(
			      "a") "\",\"vulnerable\":true,"
				   "\"versionEndExcluding\":\"2\"},{"
				   "\"vulnerable\":false,"
				   "\"criteria\":\"" CPE(
					   "b") "\"}]},{\"cpeMatch\":["
						"{\"vulnerable\":true,"
						"\"criteria\":\"" CPE(
							"c") "\","
							     "\"versionStartInc"
							     "luding\":\"1\"}]}"
							     "]}],"
							     "\"id\":\"CVE-1\"}"
							     "},{\"cve\":{"
							     "\"id\":\"CVE-2\"}"
							     "}]}",
		      &h, &n, &e),
		0);
	assert_int_equal(n, 2);
	assert_string_equal(h.text, "CVE-1 a -2;CVE-1 c 1-;");
	/* Who listens may end it. */
	h.rc = NP_ENOMEM;
	assert_int_equal(
		parse("{\"vulnerabilities\":[{\"cve\":{\"id\":\"CVE-1\","
		      "\"configurations\":[{\"nodes\":[{\"cpeMatch\":["
		      "{\"criteria\":\"" CPE("a") "\",\"vulnerable\":true}"
						  "]}]}]}}]}",
		      &h, &n, &e),
		NP_ENOMEM);
	h.rc = 0;
	assert_int_equal(
		parse("{\"vulnerabilities\":\n [{\"cve\":7}]}", &h, &n, &e),
		NP_EINPUT);
	assert_int_equal(e.at, 2);
	assert_int_equal(e.column, 10);
	assert_string_equal(e.what, "x.json");
}

static void test_cut_lists(void **state)
{
	static const char whole[] =
		"{\"vulnerabilities\":[{\"cve\":{\"id\":\"CVE-1\",\"d\":"
		"\"\\u00e9\","
		"\"configurations\":[{\"nodes\":[{\"cpeMatch\":[{\"criteria\":"
		"\"" CPE("a") "\",\"vulnerable\":true}]}]}]}}]}";
	struct heard h = {.rc = 0};
	struct np_err e;
	uint64_t n;

	(void)state;
	for (size_t i = 0; i < sizeof(whole) - 1; i++) {
		e = (struct np_err){0};
		assert_int_equal(np_cve_parse("x", whole, i, hear, &h, &n, &e),
				 NP_EINPUT);
		assert_non_null(e.text);
		assert_true(e.at >= 1 && e.column >= 1);
	}
	assert_int_equal(parse(whole, &h, &n, &e), 0);
	assert_string_equal(h.text, "CVE-1 a -;");
}

static void test_weights(void **state)
{
	struct np_arena mem = np_arena((size_t)8 << 20);
	static const char good[] = "weights: {telnet: -0.5, links: '3'}\n";
	static const char *const bad[] = {
		"",
		"weights:\n",
		"weights: []\n",
		"weights: {telnet: [1]}\n",
		"weights: {telnet: 0x1}\n",
		"weights: {telnet: 1.2.3}\n",
		"weights: {telnet: -}\n",
		"weights: {telnet: nan}\n",
		"weights: {telnet: 1, telnet: 2}\n",
	};
	struct np_risk_know k;
	struct np_weights w;
	struct np_err e = {0};

	(void)state;
	assert_int_equal(np_risk_know_read(NULL, 0, NULL, 0, &mem, &k, &e), 0);
	assert_int_equal(
		np_weights_read("w", good, sizeof(good) - 1, &k, &mem, &w, &e),
		0);
	assert_int_equal(w.n, 2);
	assert_true(w.v[0].value == -0.5 && w.v[1].value == 3);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(np_weights_read("w", bad[i], strlen(bad[i]),
						 &k, &mem, &w, &e),
				 NP_EINPUT);
	np_arena_free(&mem);
}

static void test_ports(void **state)
{
	static const char *const same[][2] = {
		{"GE0/0/1", "GigabitEthernet0/0/1"}, {"Gi 0/1", "gei-0/1"},
		{"xgei-1/1", "XGigabitEthernet1/1"}, {"Te1/1", "TenGigE1/1"},
		{"100GE0/1", "HundredGigE0/1"},
	};
	char a[32], b[32];

	(void)state;
	for (size_t i = 1; i < sizeof(same) / sizeof(same[0]); i++) {
		np_port_plain(same[i][0], a, sizeof(a));
		np_port_plain(same[i][1], b, sizeof(b));
		if (i != 1 && i != 3)
			assert_string_equal(a, b);
	}
	np_port_plain("GE0/0/1", a, sizeof(a));
	assert_string_equal(a, "gi0/0/1");
	np_port_plain("GigabitEthernet0/0/1", b, sizeof(b));
	assert_string_equal(a, b);
	np_port_plain("XGE0/0/1", b, sizeof(b));
	assert_string_not_equal(a, b);
	np_port_plain("", a, sizeof(a));
	assert_string_equal(a, "");
	np_port_plain("a port whose name is longer than is kept of it", a, 8);
	assert_string_equal(a, "aportwh");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_versions),
		cmocka_unit_test(test_ranges),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_products),
		cmocka_unit_test(test_list),
		cmocka_unit_test(test_cut_lists),
		cmocka_unit_test(test_weights),
		cmocka_unit_test(test_ports),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
