/* SPDX-License-Identifier: ISC */
/* Custody's rows, and how keys are weighed when devices are matched. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "compare/custody.h"
#include <string.h>

static struct np_arena mem;

static struct np_custody parsed(const char *text, int32_t as_of)
{
	struct np_custody c = {.mem = &mem};

	assert_int_equal(
		np_custody_parse(&c, "t.csv", text, strlen(text), NULL), 0);
	assert_int_equal(np_custody_settle(&c, as_of), 0);
	return c;
}

static int set_up(void **state)
{
	(void)state;
	mem = np_arena((size_t)16 << 20);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	np_arena_free(&mem);
	return 0;
}

#define HEAD "serial,event,date\n"

static void states(void **state)
{
	struct np_custody c = parsed(HEAD "A,unracked,2026-01-01\n"
					  "b,unracked,2026-01-02\n"
					  "A,stored,2026-01-03\n"
					  "a,destroyed,2026-01-04\n"
					  "B,racked,2026-01-05\n",
				     20800);
	const struct np_serial *a = np_custody_of(&c, "a");
	const struct np_serial *b = np_custody_of(&c, "B");
	struct np_reason *why;
	size_t n;

	(void)state;
	assert_int_equal(c.nproblems, 0);
	assert_int_equal(c.nserials, 2);
	assert_int_equal(a->n, 3);
	assert_int_equal(a->state, NP_C_DESTROYED);
	assert_int_equal(b->state, NP_C_RACKED);
	assert_int_equal(b->out, NP_NODAY);
	assert_null(np_custody_of(&c, "c"));
	assert_int_equal(np_custody_reasons(&c, &why, &n), 0);
	assert_int_equal(n, 1);
	assert_string_equal(why->what, "unracked");
	assert_string_equal(why->then, "destroyed 2026-01-04");
	assert_string_equal(why->where, "t.csv:5");
}

/* A serial may be moved from store to store, and no further row of a destroyed
 * one counts. */
static void refused(void **state)
{
	struct np_custody c = parsed(HEAD "A,unracked,2026-01-01\n"
					  "A,stored,2026-01-02\n"
					  "A,stored,2026-01-02\n"
					  "A,destroyed,2026-01-03\n"
					  "A,racked,2026-01-04\n"
					  "A,unracked,2026-01-05\n",
				     NP_NODAY + 1);

	(void)state;
	assert_int_equal(c.nproblems, 0); /* nothing counts yet */
	assert_int_equal(c.serials[0].n, 0);
	c = parsed(HEAD "A,unracked,2026-01-01\n"
			"A,stored,2026-01-02\n"
			"A,stored,2026-01-02\n"
			"A,destroyed,2026-01-03\n"
			"A,racked,2026-01-04\n"
			"A,unracked,2026-01-05\n",
		   INT32_MAX);
	assert_int_equal(c.serials[0].n, 4);
	assert_int_equal(c.nproblems, 2);
	assert_int_equal(c.problems[0].line, 6);
	assert_int_equal(c.problems[1].line, 7);
}

/* What the dossier keeps and what the file says is one, whatever the order. */
static void merged(void **state)
{
	static const struct np_custody_row kept[] = {
		{.serial = "A", .event = NP_C_UNRACKED, .day = 20000},
		{.serial = "A", .event = NP_C_STORED, .day = 20000},
	};
	struct np_custody c = {.mem = &mem};
	static const char text[] = HEAD "A,unracked,2024-10-04\n"
					"A,stored,2024-10-04\n"
					"A,destroyed,2024-10-05\n";

	(void)state;
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(np_custody_add(&c, &kept[i]), 0);
	assert_int_equal(
		np_custody_parse(&c, "t", text, sizeof(text) - 1, NULL), 0);
	assert_int_equal(np_custody_settle(&c, INT32_MAX), 0);
	assert_int_equal(c.nproblems, 0);
	assert_int_equal(c.serials[0].n, 3);
	assert_int_equal(c.serials[0].state, NP_C_DESTROYED);
}

static void limits(void **state)
{
	struct np_custody c = {.mem = &mem};
	struct np_err e = {0};
	char *text = np_alloc(&mem, NP_CUSTODY_LINE + 200);
	size_t n = strlen(HEAD);

	(void)state;
	memcpy(text, HEAD, n);
	memset(text + n, 'x', NP_CUSTODY_LINE + 1);
	n += NP_CUSTODY_LINE + 1;
	memcpy(text + n, "\nA,unracked,2026-01-01\n", 23);
	n += 23;
	assert_int_equal(np_custody_parse(&c, "t", text, n, &e), 0);
	assert_int_equal(c.nproblems, 1);
	assert_int_equal(c.problems[0].line, 2);
	assert_int_equal(c.n, 1);
	assert_int_equal(np_custody_parse(&c, "t", "", 0, &e), NP_EINPUT);
	assert_string_equal(e.what, "t");
}

/* Every amount of memory either does or says that there is none. */
static void no_memory(void **state)
{
	static const char text[] = HEAD "A,unracked,2024-10-04\n"
					"B,unracked,2024-10-04\n"
					"A,stored,2024-10-04\n";
	bool done = false;

	(void)state;
	for (size_t limit = 0; !done && limit < 65536; limit += 97) {
		struct np_arena little = np_arena(limit);
		struct np_custody c = {.mem = &little};
		struct np_reason *why;
		size_t n;
		int rc =
			np_custody_parse(&c, "t", text, sizeof(text) - 1, NULL);

		if (!rc)
			rc = np_custody_settle(&c, INT32_MAX);
		if (!rc)
			rc = np_custody_reasons(&c, &why, &n);
		assert_true(rc == 0 || rc == NP_ENOMEM);
		done = rc == 0;
		np_arena_free(&little);
	}
	assert_true(done);
}

static enum np_worth worth(enum np_keykind kind, const char *v)
{
	const struct np_key k = {.kind = kind, .v = v, .n = strlen(v)};

	return np_key_worth(&k);
}

static void keys(void **state)
{
	(void)state;
	assert_int_equal(worth(NP_KEY_MAC, "00:25:9e:71:20:02"),
			 NP_WORTH_ANYWHERE);
	assert_int_equal(worth(NP_KEY_MAC, "02:25:9e:71:20:02"), NP_WORTH_HERE);
	assert_int_equal(worth(NP_KEY_MAC, "00:00:00:00:00:00"),
			 NP_WORTH_NOTHING);
	assert_int_equal(worth(NP_KEY_IP, "10.1.2.3"), NP_WORTH_HERE);
	assert_int_equal(worth(NP_KEY_IP, "8.8.8.8"), NP_WORTH_ANYWHERE);
	assert_int_equal(worth(NP_KEY_IP, "127.0.0.1"), NP_WORTH_NOTHING);
	assert_int_equal(worth(NP_KEY_SERIAL, "2102353367"), NP_WORTH_ANYWHERE);
	assert_int_equal(worth(NP_KEY_NAME, "fra-core-1"), NP_WORTH_HERE);
	assert_int_equal(worth(NP_KEY_ENGINE_ID, "800007db0300259e712002"),
			 NP_WORTH_ANYWHERE);
	assert_int_equal(worth(NP_KEY_OID, "1.3.6"), NP_WORTH_NOTHING);
	assert_int_equal(worth(NP_KEY_NAME, ""), NP_WORTH_NOTHING);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(states, set_up, tear_down),
		cmocka_unit_test_setup_teardown(refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(merged, set_up, tear_down),
		cmocka_unit_test_setup_teardown(limits, set_up, tear_down),
		cmocka_unit_test_setup_teardown(no_memory, set_up, tear_down),
		cmocka_unit_test(keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
