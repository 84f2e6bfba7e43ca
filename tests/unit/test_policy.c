/* SPDX-License-Identifier: ISC */
/*
 * The demonstration operator's boxes before the law, made by hand: what each
 * day of the sweep says, and how certainty, place and maker bound what may be
 * said. What an inventory states comes from the table below.
 */
#include "policy_made.h"

#define OPERATOR "examples/operator/operator.yaml"

struct stated {
	const char *device, *name, *value;
};

static const struct stated inventory[] = {
	{"d01", "generation", "5G"},	   {"d02", "generation", "5G"},
	{"d04", "manages_5g", "yes"},	   {"g01", "generation", "5G"},
	{"g01", "significant", "yes"},	   {"i01", "obtained", "2023-05-02"},
	{"j05", "obtained", "2024-05-20"}, {"j06", "obtained", "2020-01-01"},
	{"u01", "obtained", "2019-05-10"}, {"u02", "obtained", "2021-02-01"},
};

static const char *state(void *ctx, const struct np_device *d, const char *name)
{
	(void)ctx;
	for (size_t i = 0; i < sizeof(inventory) / sizeof(*inventory); i++) {
		if (strcmp(inventory[i].device, d->id) == 0 &&
		    strcmp(inventory[i].name, name) == 0)
			return inventory[i].value;
	}
	return NULL;
}

/* The boxes of the acceptance table, by the site's number in the party. */
static size_t boxes(struct court *c, struct np_device v[static 32])
{
	static const struct {
		const char *id, *site, *function;
		uint16_t maker;
		enum np_sure sure;
	} made_of[] = {
		{"d01", "DE-1", "core/amf", ZTE, NP_CONFIRMED},
		{"d02", "DE-1", "core/upf", HUAWEI, NP_CONFIRMED},
		{"d03", "DE-1", "transport/router", HUAWEI, NP_CONFIRMED},
		{"d04", "DE-1", "management/ems", HUAWEI, NP_CONFIRMED},
		{"d05", "DE-1", "ran/gnb", HUAWEI, NP_CONFIRMED},
		{"d06", "DE-1", "ran/gnb", ERICSSON, NP_POSSIBLE},
		{"g01", "GB-1", "core/mme", HUAWEI, NP_CONFIRMED},
		{"g02", "GB-1", "ran/gnb", HUAWEI, NP_CONFIRMED},
		{"g03", "GB-1", "access/olt", HUAWEI, NP_CONFIRMED},
		{"g04", "GB-1", "transport/switch", ZTE, NP_CONFIRMED},
		{"gi1", "GI-1", "transport/router", HUAWEI, NP_CONFIRMED},
		{"i01", "IT-1", "ran/gnb", HUAWEI, NP_CONFIRMED},
		{"i02", "IT-1", "access/olt", ZTE, NP_CONFIRMED},
		{"j02", "JP-1", "transport/switch", HUAWEI, NP_CONFIRMED},
		{"j03", "JP-1", "transport/switch", H3C, NP_CONFIRMED},
		{"j05", "JP-1", "transport/switch", HUAWEI, NP_CONFIRMED},
		{"j06", "JP-1", "transport/switch", HUAWEI, NP_CONFIRMED},
		{"u01", "US-1", "ran/enb", HUAWEI, NP_CONFIRMED},
		{"u02", "US-1", "transport/switch", ZTE, NP_CONFIRMED},
		{"u03", "US-1", "power", HUAWEI, NP_PROBABLE},
		{"u05", "US-1", "camera", HIKVISION, NP_CONFIRMED},
		{"u06", "US-1", "transport/switch", HUAWEI, NP_POSSIBLE},
		{"u07", "US-1", NULL, NOBODY, NP_UNKNOWN},
		{"x00", NULL, "transport/router", HUAWEI, NP_CONFIRMED},
	};
	size_t n = sizeof(made_of) / sizeof(*made_of);

	for (size_t i = 0; i < n; i++) {
		uint32_t site = NP_NO_SITE;

		if (made_of[i].site) {
			site = np_site_find(c->party, made_of[i].site);
			assert_int_not_equal(site, UINT32_MAX);
		}
		v[i] = box(made_of[i].id, made_of[i].maker, made_of[i].sure,
			   made_of[i].function, site);
	}
	return n;
}

struct expected {
	const char *device, *clause, *status; /* status NULL: no finding */
	const char *date;		      /* NULL: none */
	int32_t days;
	const char *missing; /* NULL: nothing */
};

static void check(const struct court *c, const struct expected *x)
{
	const struct np_finding *f = find(c, x->device, x->clause, false);
	char text[16];

	if (!x->status) {
		if (f)
			fail_msg("%s %s: %s", x->device, x->clause,
				 np_finding_status(f));
		return;
	}
	if (!f)
		fail_msg("%s %s: no finding", x->device, x->clause);
	if (strcmp(np_finding_status(f), x->status) != 0)
		fail_msg("%s %s: %s, not %s: %s", x->device, x->clause,
			 np_finding_status(f), x->status, f->text);
	assert_string_equal(f->missing ? f->missing : "",
			    x->missing ? x->missing : "");
	assert_string_equal(f->date == NP_NODAY ? ""
						: np_day_text(f->date, text),
			    x->date ? x->date : "");
	assert_int_equal(f->days, x->days);
	assert_true(f->nasked == 0 || f->status == NP_UNDETERMINED);
}

/* Judges all boxes on a day and checks the rows of that day. */
static void sweep(const char *as_of, const struct expected *v, size_t n)
{
	struct court c = open_court(OPERATOR);
	struct np_question q = {.as_of = day(as_of), .fact = state};
	struct np_device boxes_of[32];

	judge(&c, &q, boxes_of, boxes(&c, boxes_of));
	for (size_t i = 0; i < n; i++)
		check(&c, &v[i]);
	close_court(&c);
}

#define SWEEP(day, rows) sweep(day, rows, sizeof(rows) / sizeof(*(rows)))

static void test_day_after_request(void **state_)
{
	static const struct expected v[] = {
		{"d02", "us-request-2018/allies", "not bound", NULL, 0, NULL},
		{"i01", "us-request-2018/allies", "not bound", NULL, 0, NULL},
		{"j02", "us-request-2018/allies", "not bound", NULL, 0, NULL},
		{"g01", "us-request-2018/allies", NULL, NULL, 0, NULL},
		{"u01", "us-request-2018/allies", NULL, NULL, 0, NULL},
		{"u01", "us-hpsci-2012/government", "not bound", NULL, 0, NULL},
		{"u02", "us-hpsci-2012/providers", "not bound", NULL, 0, NULL},
		{"u01", "us-ndaa-2019-889/a", "not bound", "2019-08-13", 263,
		 NULL},
		{"g01", "", "no rule on file", NULL, 0, NULL},
		{"g01", "gb-vendor-direction-2022/core", NULL, NULL, 0, NULL},
		{"gi1", "", "no rule on file", NULL, 0, NULL},
	};
	(void)state_;
	SWEEP("2018-11-23", v);
}

static void test_request_is_not_there_before(void **state_)
{
	static const struct expected v[] = {
		{"d02", "us-request-2018/allies", NULL, NULL, 0, NULL},
		{"j02", "us-request-2018/allies", NULL, NULL, 0, NULL},
	};
	(void)state_;
	SWEEP("2018-11-21", v);
}

/* On no day before the first rule is anything in scope. */
static void test_nothing_in_scope_2018(void **state_)
{
	struct court c = open_court(OPERATOR);
	struct np_question q = {.as_of = day("2018-11-23"), .fact = state};
	struct np_device v[32];
	bool says = false;

	(void)state_;
	judge(&c, &q, v, boxes(&c, v));
	for (size_t i = 0; i < c.found.n; i++) {
		assert_int_not_equal(c.found.v[i].status, NP_IN_SCOPE);
		says |= strstr(c.found.v[i].text,
			       "It is a request and binds nobody") != NULL;
	}
	assert_true(says);
	close_court(&c);
}

static void test_days_between(void **state_)
{
	static const struct expected it2019[] = {
		{"i01", "it-golden-power-5g/contracts", "undetermined", NULL, 0,
		 "contract notified; prescriptions kept"},
		{"i02", "it-golden-power-5g/contracts", "not in scope", NULL, 0,
		 NULL},
	};
	static const struct expected it_before[] = {
		{"i01", "it-golden-power-5g/contracts", "not bound",
		 "2019-03-26", 1, NULL},
	};
	static const struct expected us2020[] = {
		{"u01", "us-fcc-usf-2020/support", "in scope (text not read)",
		 NULL, 0, NULL},
	};
	static const struct expected us2021[] = {
		{"u01", "us-fcc-covered-list/2021-03-12-telecom", "not bound",
		 "2021-05-11", 60, NULL},
		{"u02", "us-fcc-covered-list/2021-03-12-telecom", "not bound",
		 "2021-05-11", 60, NULL},
	};
	static const struct expected us2021_may[] = {
		{"u01", "us-fcc-covered-list/2021-03-12-telecom",
		 "in scope (text not read)", NULL, 0, NULL},
		{"u05", "us-fcc-covered-list/2021-03-12-video", "undetermined",
		 NULL, 0, "used for security purposes"},
		{"u05", "us-fcc-covered-list/2021-03-12-telecom", NULL, NULL, 0,
		 NULL},
	};
	static const struct expected gb2022[] = {
		{"g02", "gb-vendor-direction-2022/5g",
		 "in scope (text not read)", "2027-12-31", 1905, NULL},
		{"g02", "gb-vendor-direction-2022/5g-new", "undetermined", NULL,
		 0, "obtained after 2022-10-13?"},
	};
	static const struct expected jp2024[] = {
		{"j05", "jp-espa-2022/screening", "undetermined", NULL, 0,
		 "specified critical facility; plan filed and screened"},
		{"j06", "jp-espa-2022/screening", "not in scope", NULL, 0,
		 NULL},
	};
	static const struct expected jp_before[] = {
		{"j05", "jp-espa-2022/screening", "not bound", "2024-05-17", 1,
		 NULL},
	};
	static const struct expected de2024[] = {
		{"d01", "de-5g-contracts-2024/core", "in scope", "2026-12-31",
		 903, NULL},
		{"d02", "de-5g-contracts-2024/core", "in scope", "2026-12-31",
		 903, NULL},
	};
	static const struct expected de_before[] = {
		{"d01", "de-5g-contracts-2024/core", NULL, NULL, 0, NULL},
	};
	(void)state_;
	SWEEP("2019-03-26", it2019);
	SWEEP("2019-03-25", it_before);
	SWEEP("2020-06-30", us2020);
	SWEEP("2021-03-12", us2021);
	SWEEP("2021-05-11", us2021_may);
	SWEEP("2022-10-13", gb2022);
	SWEEP("2024-05-17", jp2024);
	SWEEP("2024-05-16", jp_before);
	SWEEP("2024-07-11", de2024);
	SWEEP("2024-07-10", de_before);
}

static void test_acceptance_table(void **state_)
{
	static const struct expected v[] = {
		{"d01", "de-5g-contracts-2024/core", "in scope", "2026-12-31",
		 38, NULL},
		{"d02", "de-5g-contracts-2024/core", "in scope", "2026-12-31",
		 38, NULL},
		{"d03", "de-5g-contracts-2024/management", "undetermined",
		 "2029-12-31", 1134,
		 "critical management function on it; mobile generation"},
		{"d04", "de-5g-contracts-2024/management-system", "in scope",
		 "2029-12-31", 1134, NULL},
		{"d05", "de-5g-contracts-2024/management", "exempt", NULL, 0,
		 NULL},
		{"d06", "de-5g-contracts-2024/core", NULL, NULL, 0, NULL},
		{"i01", "it-golden-power-5g/plan", "undetermined", NULL, 0,
		 "in the notified yearly plan; prescriptions kept"},
		{"i02", "it-golden-power-5g/plan", "not in scope", NULL, 0,
		 NULL},
		{"i02", "it-perimeter/supply", "undetermined", NULL, 0,
		 "in the perimeter; supply reported"},
		{"j02", "jp-procurement-2018/procurement", "not bound", NULL, 0,
		 NULL},
		{"j02", "jp-espa-2022/screening", "undetermined", NULL, 0,
		 "obtained after 2024-05-17?; specified critical facility; "
		 "plan filed and screened"},
		{"j03", "jp-espa-2022/screening", NULL, NULL, 0, NULL},
		{"g01", "gb-vendor-direction-2022/core",
		 "in scope (text not read)", "2023-12-31", -1058, NULL},
		{"g01", "gb-vendor-direction-2022/sites",
		 "in scope (text not read)", "2023-01-28", -1395, NULL},
		{"g02", "gb-vendor-direction-2022/5g",
		 "in scope (text not read)", "2027-12-31", 403, NULL},
		{"g03", "gb-vendor-direction-2022/full-fibre", "undetermined",
		 "2023-10-31", -1119, "share over 35?"},
		{"g04", "gb-vendor-direction-2022/5g", "not in scope", NULL, 0,
		 NULL},
		{"g04", "gb-vendor-direction-2022/core", NULL, NULL, 0, NULL},
		{"gi1", "", "no rule on file", NULL, 0, NULL},
		{"gi1", "gb-vendor-direction-2022/core", NULL, NULL, 0, NULL},
		{"u01", "us-sna-2020/report", "in scope", "2027-03-31", 128,
		 NULL},
		{"u01", "us-sna-2020/reimbursement", "in scope (text not read)",
		 NULL, 0, NULL},
		{"u01", "us-sna-2020/remove", "undetermined", NULL, 0,
		 "the recipient's own term"},
		{"u02", "us-sna-2020/report", "in scope", "2027-03-31", 128,
		 NULL},
		{"u02", "us-sna-2020/reimbursement", "not in scope", NULL, 0,
		 NULL},
		{"u03", "us-fcc-usf-2020/support", "undetermined", NULL, 0,
		 "maker"},
		{"u05", "us-sna-2020/report-video", "undetermined",
		 "2027-03-31", 128,
		 "used for security purposes; obtained after 2018-08-13?"},
		{"u06", "us-fcc-usf-2020/support", "undetermined", NULL, 0,
		 "maker"},
		{"u07", "us-fcc-usf-2020/support", NULL, NULL, 0, NULL},
		{"u01", "us-ndaa-2019-889/b", "not bound", NULL, 0, NULL},
		{"u01", "us-ndaa-2018-1656/missions", NULL, NULL, 0, NULL},
		{"u01", "us-ndaa-2021-1058/stationing", NULL, NULL, 0, NULL},
		{"u01", "us-tx-sb1897/new", NULL, NULL, 0, NULL},
		{"x00", "", "undetermined", NULL, 0, "place"},
	};
	(void)state_;
	SWEEP("2026-11-23", v);
}

static void test_due_today_and_passed(void **state_)
{
	static const struct expected due[] = {
		{"d01", "de-5g-contracts-2024/core", "in scope", "2026-12-31",
		 0, NULL},
		{"d02", "de-5g-contracts-2024/core", "in scope", "2026-12-31",
		 0, NULL},
	};
	static const struct expected passed[] = {
		{"d01", "de-5g-contracts-2024/core", "in scope", "2026-12-31",
		 -1, NULL},
	};
	static const struct expected gb_due[] = {
		{"g02", "gb-vendor-direction-2022/5g",
		 "in scope (text not read)", "2027-12-31", 0, NULL},
	};
	static const struct expected gb_passed[] = {
		{"g02", "gb-vendor-direction-2022/5g",
		 "in scope (text not read)", "2027-12-31", -1, NULL},
	};
	(void)state_;
	SWEEP("2026-12-31", due);
	SWEEP("2027-01-01", passed);
	SWEEP("2027-12-31", gb_due);
	SWEEP("2028-01-01", gb_passed);
}

static const char *text_of(const char *as_of, const char *device,
			   const char *clause, char ret[static 1024])
{
	struct court c = open_court(OPERATOR);
	struct np_question q = {.as_of = day(as_of), .fact = state};
	struct np_device v[32];

	judge(&c, &q, v, boxes(&c, v));
	const struct np_finding *f = find(&c, device, clause, false);

	assert_non_null(f);
	(void)snprintf(ret, 1024, "%s", f->text);
	close_court(&c);
	return ret;
}

/* Words that are read out: of the day, of what was granted, of what was read.
 */
static void test_sentences(void **state_)
{
	char s[1024];

	(void)state_;
	assert_non_null(strstr(
		text_of("2026-12-31", "d02", "de-5g-contracts-2024/core", s),
		"due today"));
	assert_non_null(strstr(
		text_of("2027-01-01", "d02", "de-5g-contracts-2024/core", s),
		"1 day ago"));
	(void)text_of("2026-11-23", "g01", "gb-vendor-direction-2022/core", s);
	assert_non_null(strstr(s, "1,058 days ago"));
	assert_non_null(strstr(s, "Was a later date granted?"));
	assert_non_null(strstr(s, "The text itself was not read"));
	assert_non_null(
		strstr(text_of("2026-11-23", "gi1", "", s), "Gibraltar"));
	assert_non_null(strstr(s, "does not say that none apply"));
	assert_non_null(strstr(
		text_of("2026-11-23", "g04", "gb-vendor-direction-2022/5g", s),
		"names huawei only"));
}

/* Only a text that was read may trip a gate; only a confirmed maker is ever in
 * scope; a possible one is asked for its maker and nothing else. */
static void test_bounds(void **state_)
{
	static const char *const days[] = {
		"2012-10-08", "2018-11-23", "2020-08-13",
		"2022-10-13", "2026-11-23", "2028-01-01",
	};
	struct np_device v[32];

	(void)state_;
	for (size_t d = 0; d < sizeof(days) / sizeof(*days); d++) {
		struct court c = open_court(OPERATOR);
		struct np_question q = {.as_of = day(days[d])};

		judge(&c, &q, v, boxes(&c, v));
		for (size_t i = 0; i < c.found.n; i++) {
			const struct np_finding *f = &c.found.v[i];

			if (f->status == NP_IN_SCOPE)
				assert_int_equal(f->device->sure, NP_CONFIRMED);
			if (np_finding_trips(f))
				assert_int_equal(f->clause->sure, NP_PRIMARY);
			if (f->clause) {
				assert_int_not_equal(f->clause->sure,
						     NP_UNVERIFIED);
				assert_false(f->clause->bill);
			}
			if (f->device->sure == NP_POSSIBLE && f->clause) {
				assert_int_equal(f->status, NP_UNDETERMINED);
				assert_string_equal(f->missing, "maker");
			}
		}
		close_court(&c);
	}
}

/* Other states' rules stand apart: only by what-if, or where a fact about the
 * party carries them. */
static void test_elsewhere(void **state_)
{
	struct court c = open_court(OPERATOR);
	struct np_question q = {
		.as_of = day("2026-11-23"), .what_if = "de", .fact = state};
	struct np_device v[32];
	const struct np_finding *f;

	(void)state_;
	judge(&c, &q, v, boxes(&c, v));
	f = find(&c, "g02", "de-5g-contracts-2024/management", false);
	assert_non_null(f);
	assert_true(f->elsewhere);
	assert_false(np_finding_trips(f));
	/* Stated: no federal contractor, so section 889 stays at home. */
	assert_null(find(&c, "d02", "us-ndaa-2019-889/b", false));
	close_court(&c);

	c = open_court(NULL);
	q.what_if = NULL;
	v[0] = box("d02", HUAWEI, NP_CONFIRMED, "core/upf",
		   np_site_find(c.party, "DE"));
	judge(&c, &q, v, 1);
	f = find(&c, "d02", "us-ndaa-2019-889/b", false);
	assert_non_null(f);
	assert_true(f->elsewhere);
	assert_int_equal(f->status, NP_UNDETERMINED);
	assert_non_null(strstr(f->text, "Reaches you only if"));
	close_court(&c);
}

/* A part of a listed maker in a box of another: the box is not in scope. */
static void test_component(void **state_)
{
	struct court c = open_court(OPERATOR);
	struct np_question q = {.as_of = day("2026-11-23"), .fact = state};
	struct np_component part = {
		.maker = HUAWEI, .sure = NP_POSSIBLE, .rule = "entity"};
	struct np_device d = box("u04", CISCO, NP_CONFIRMED, "transport/switch",
				 np_site_find(c.party, "US-1"));
	const struct np_finding *f;

	(void)state_;
	d.components = &part;
	d.ncomponents = 1;
	judge(&c, &q, &d, 1);
	f = find(&c, "u04", "us-sna-2020/report", false);
	assert_non_null(f);
	assert_int_equal(f->status, NP_NOT_IN_SCOPE);
	f = find(&c, "u04", "us-sna-2020/report", true);
	assert_non_null(f);
	assert_int_equal(f->status, NP_UNDETERMINED);
	assert_string_equal(f->missing, "maker of the part");
	close_court(&c);
}

/* A rule for aircraft asks nobody what his routers are. */
static void test_known_function(void **state_)
{
	struct court c = open_court(OPERATOR);
	struct np_question q = {.as_of = day("2026-11-23"), .fact = state};
	struct np_device d = box("u01", HUAWEI, NP_CONFIRMED, NULL,
				 np_site_find(c.party, "US-1"));

	(void)state_;
	judge(&c, &q, &d, 1);
	assert_null(find(&c, "u01", "us-fcc-covered-list/2025-12-22-aircraft",
			 false));
	assert_non_null(find(&c, "u01", "us-fcc-usf-2020/support", false));
	close_court(&c);
}

/* Two makers claim it: a question, not a finding; a subscriber's has none. */
static void test_disputed_and_subscriber(void **state_)
{
	struct court c = open_court(OPERATOR);
	struct np_question q = {.as_of = day("2026-11-23"), .fact = state};
	uint32_t site = np_site_find(c.party, "US-1");
	struct np_device v[2] = {
		box("dis", CISCO, NP_DISPUTED, "transport/switch", site),
		box("sub", HUAWEI, NP_CONFIRMED, "cpe/ont", site),
	};

	(void)state_;
	v[0].rival = HUAWEI;
	v[1].owner = NP_OWNER_SUBSCRIBER;
	judge(&c, &q, v, 2);
	for (size_t i = 0; i < c.found.n; i++) {
		assert_string_equal(c.found.v[i].device->id, "dis");
		assert_int_not_equal(c.found.v[i].status, NP_IN_SCOPE);
	}
	assert_non_null(find(&c, "dis", "us-sna-2020/report", false));
	close_court(&c);
}

/* Why statements went stale: of a day, before the law of a later one. */
static const struct np_stale *stale_of(const struct np_stales *s,
				       const char *clause)
{
	for (size_t i = 0; i < s->n; i++) {
		if (strcmp(s->v[i].clause, clause) == 0)
			return &s->v[i];
	}
	return NULL;
}

static const char *state_us(void *ctx, const struct np_device *d,
			    const char *name)
{
	static const char *const yes[] = {"subsidy_recipient",
					  "federal_contractor"};
	static const char *const no[] = {"interconnection_only",
					 "blind_to_user_data"};

	(void)ctx;
	(void)d;
	for (size_t i = 0; i < 2; i++) {
		if (strcmp(name, yes[i]) == 0)
			return "yes";
		if (strcmp(name, no[i]) == 0)
			return "no";
	}
	return NULL;
}

static void compare(struct court *c, int32_t as_of, const struct np_devices *d,
		    const struct np_stated *then, size_t n,
		    struct np_stales *ret)
{
	struct np_question q = {.as_of = as_of, .fact = state_us};

	judge(c, &q, d->v, d->n);
	assert_int_equal(
		np_stale(c->law, d, &c->found, as_of, then, n, &c->mem, ret),
		0);
}

static void check_stale(const struct np_stales *all, const char *clause,
			const char *why, const char *since)
{
	const struct np_stale *s = stale_of(all, clause);

	assert_non_null(s);
	assert_string_equal(s->why, why);
	assert_int_equal(s->since, day(since));
	assert_int_equal(s->before, day("2020-11-16"));
	assert_int_equal(s->boxes, 1);
}

static void test_stale(void **state_)
{
	struct court c = open_court(NULL);
	struct np_question q = {.as_of = day("2020-11-16"), .fact = state_us};
	struct np_device v[3];
	struct np_devices d = {.v = v, .n = 3};
	const struct np_stated *then;
	struct np_stales all;
	size_t n;

	(void)state_;
	v[0] = box("d-h", HONOR, NP_CONFIRMED, NULL,
		   np_site_find(c.party, "US"));
	v[1] = box("d-u", HUAWEI, NP_CONFIRMED, NULL,
		   np_site_find(c.party, "US"));
	v[2] = box("d-d", HUAWEI, NP_CONFIRMED, "core/upf",
		   np_site_find(c.party, "DE"));
	judge(&c, &q, v, 3);
	assert_int_equal(
		np_state(c.law, &d, &c.found, q.as_of, &c.mem, &then, &n), 0);
	compare(&c, q.as_of, &d, then, n, &all);
	assert_int_equal(all.n, 0);
	compare(&c, day("2020-11-15"), &d, then, n, &all);
	assert_int_equal(all.n, 0); /* nobody stated it yet */
	compare(&c, day("2026-11-23"), &d, then, n, &all);
	check_stale(&all, "us-fcc-usf-2020/support", "counted", "2020-11-17");
	check_stale(&all, "us-fcc-covered-list/2021-03-12-telecom", "new",
		    "2021-03-12");
	check_stale(&all, "de-5g-contracts-2024/core", "new", "2024-07-11");
	assert_null(stale_of(&all, "us-eo-13873/transactions"));
	close_court(&c);
}

/* Every clause names its source, its citation and whom it binds. */
static void test_law_is_complete(void **state_)
{
	struct np_law *l = open_law(NULL);
	size_t primary = 0;

	(void)state_;
	for (size_t i = 0; i < np_clauses(l); i++) {
		const struct np_clause *c = np_clause(l, i);

		assert_true(c->citation && *c->citation);
		assert_true(c->source && *c->source);
		assert_true(c->who && *c->who);
		assert_true(c->says && *c->says);
		if (c->sure == NP_PRIMARY &&
		    strncmp(c->jurisdiction, "US", 2) != 0)
			assert_non_null(c->title_native);
		primary += c->sure == NP_PRIMARY;
	}
	assert_true(primary > 0);
	np_law_close(l);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_day_after_request),
		cmocka_unit_test(test_request_is_not_there_before),
		cmocka_unit_test(test_nothing_in_scope_2018),
		cmocka_unit_test(test_days_between),
		cmocka_unit_test(test_acceptance_table),
		cmocka_unit_test(test_due_today_and_passed),
		cmocka_unit_test(test_sentences),
		cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_elsewhere),
		cmocka_unit_test(test_component),
		cmocka_unit_test(test_known_function),
		cmocka_unit_test(test_disputed_and_subscriber),
		cmocka_unit_test(test_stale),
		cmocka_unit_test(test_law_is_complete),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
