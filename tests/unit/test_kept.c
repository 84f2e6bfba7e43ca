/* SPDX-License-Identifier: ISC */
/* A kept plan: what is read of it, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "core/buf.h"
#include "core/time.h"
#include "plan/kept.h"

static const char good[] =
	"{\"schema\":\"nameplate.plan/1\",\"scenario\":null,\"currency\":"
	"\"EUR\",\"cost\":1234500,\"new\":{\"x\":[1,{}]},\"waves\":["
	"{\"wave\":1,\"from\":\"2027-01-01\",\"until\":\"2027-03-31\"},"
	"{\"wave\":2,\"from\":\"2027-04-01\",\"until\":\"2027-06-30\"}],"
	"\"actual\":{\"out\":1,\"as_of\":\"2027-02-10\",\"boxes\":["
	"{\"device\":\"d-1\",\"state\":\"out\",\"out\":\"2027-02-01\"},"
	"{\"device\":\"d-2\",\"state\":\"heard\",\"out\":null}]},"
	"\"clashes\":[{\"text\":\"one \\u003c crew\"},{\"x\":1}],\"boxes\":["
	"{\"device\":\"d-1\",\"label\":\"a\",\"site\":\"DE-1\",\"region\":null,"
	"\"weight\":250,\"cost\":{\"low\":1,\"expected\":2,\"high\":3},"
	"\"clause\":\"de/core\",\"date\":\"2026-12-31\",\"replaced\":1,"
	"\"removed\":2,\"in_time\":false},"
	"{\"device\":\"d-2\",\"replaced\":null,\"removed\":null,\"date\":null,"
	"\"in_time\":null}]}";

static void read_plan(void **state)
{
	struct np_arena mem = np_arena((size_t)1 << 20);
	struct np_kept_plan p;
	struct np_err e = {0};
	char day[16];

	(void)state;
	assert_int_equal(np_kept_plan(good, strlen(good), &mem, &p, &e), 0);
	assert_null(p.scenario);
	assert_string_equal(p.currency, "EUR");
	assert_int_equal(p.money, 1234500);
	assert_int_equal(p.nwaves, 2);
	assert_string_equal(np_day_text(p.wave[1].until, day), "2027-06-30");
	assert_int_equal(p.nclashes, 1);
	assert_string_equal(p.clash[0], "one < crew");
	assert_int_equal(p.nboxes, 2);
	assert_string_equal(p.box[0].label, "a");
	assert_string_equal(p.box[0].site, "DE-1");
	assert_null(p.box[0].region);
	assert_int_equal(p.box[0].weight, 250);
	assert_int_equal(p.box[0].cost[2], 3);
	assert_int_equal(p.box[0].replaced, 1);
	assert_int_equal(p.box[0].removed, 2);
	assert_true(p.box[0].late);
	assert_int_equal(p.box[1].removed, 0);
	assert_int_equal(p.box[1].date, NP_NODAY);
	assert_false(p.box[1].late);
	assert_string_equal(np_day_text(p.as_of, day), "2027-02-10");
	assert_string_equal(np_day_text(p.box[0].out, day), "2027-02-01");
	assert_int_equal(p.box[1].out, NP_NODAY);
	np_arena_free(&mem);
}

/* One thing changed each. */
static void refuse(void **state)
{
	static const char *const changes[][2] = {
		{"nameplate.plan/1", "nameplate.plan/2"},
		{"\"waves\"", "\"paves\""},
		{"2027-03-31", "2027-02-31"},
		{"2027-03-31", "2026-03-31"},
		{"2027-04-01", "2027-03-01"},
		{"\"weight\":250", "\"weight\":-1"},
		{"\"weight\":250", "\"weight\":2.5"},
		{"\"weight\":250", "\"weight\":1000000000001"},
		{"\"weight\":250", "\"weight\":\"1\""},
		{"\"replaced\":1", "\"replaced\":3"},
		{"\"removed\":2", "\"removed\":61"},
		{"\"removed\":2", "\"removed\":0"},
		{"\"replaced\":1,\"removed\":2",
		 "\"replaced\":2,\"removed\":1"},
		{"\"device\":\"d-2\"", "\"device\":null"},
		{"\"boxes\":[", "\"boxes\":{"},
		{"\"device\":\"d-1\",\"state\"",
		 "\"device\":\"d-3\",\"state\""},
		{"\"out\":null}]", "\"out\":null},{}]"},
		{"2027-02-10", "2027-02-30"},
		{"\"2027-02-10\"", "null"},
		{"2027-02-01", "1 February"},
		{"null}]}", "null}]} x"},
		{"null}]}", "null}]"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++) {
		struct np_arena mem = np_arena((size_t)1 << 20);
		const char *at = strstr(good, changes[i][0]);
		struct np_buf b = np_buf(4096);
		struct np_kept_plan p;
		struct np_err e = {0};

		assert_non_null(at);
		np_put(&b, good, (size_t)(at - good));
		np_puts(&b, changes[i][1]);
		np_puts(&b, at + strlen(changes[i][0]));
		if (np_kept_plan(b.p, b.n, &mem, &p, &e) != NP_EINPUT)
			fail_msg("%s is let pass", changes[i][1]);
		assert_non_null(e.text);
		np_buf_free(&b);
		np_arena_free(&mem);
	}
}

static void cut(void **state)
{
	(void)state;
	for (size_t n = 0; n < strlen(good); n++) {
		struct np_arena mem = np_arena((size_t)1 << 20);
		struct np_kept_plan p;

		assert_int_equal(np_kept_plan(good, n, &mem, &p, NULL),
				 NP_EINPUT);
		np_arena_free(&mem);
	}
}

static void without_memory(void **state)
{
	int rc = NP_ENOMEM;

	(void)state;
	for (size_t limit = 0; rc; limit += 8) {
		struct np_arena mem = np_arena(limit);
		struct np_kept_plan p;

		rc = np_kept_plan(good, strlen(good), &mem, &p, NULL);
		assert_true(rc == NP_OK || rc == NP_ENOMEM);
		np_arena_free(&mem);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(read_plan),
		cmocka_unit_test(refuse),
		cmocka_unit_test(cut),
		cmocka_unit_test(without_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
