/* SPDX-License-Identifier: ISC */
/* The server's gate: requests as octets, accounts, sessions, how often. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "proto/proto.h"
#include "serve/gzip.h"
#include "serve/route.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

static const char secret[] = "0123456789abcdef0123456789abcdef"
			     "0123456789ABCDEF0123456789abcdef";

static unsigned ask(struct np_ask_raw *raw, struct np_ask *a)
{
	struct np_hosts h = {0};
	const char *why;
	unsigned status;

	assert_true(np_hosts_add(&h, "127.0.0.1:8640"));
	raw->host = raw->host ? raw->host : "127.0.0.1:8640";
	status = np_ask_read(raw, &h, "np8640", a, &why);
	assert_int_equal(status != 0, why != NULL);
	return status;
}

static unsigned target(const char *path, struct np_ask *a)
{
	struct np_ask_raw raw = {.method = "GET", .target = path};

	return ask(&raw, a);
}

static void targets(void **state)
{
	struct np_ask a;

	(void)state;
	assert_int_equal(target("/", &a), 0);
	assert_int_equal(a.nparts, 0);
	assert_int_equal(target("/a/b%20c/%C3%A9?x=1&y=a+b%2B&z", &a), 0);
	assert_int_equal(a.nparts, 3);
	assert_string_equal(a.part[1], "b c");
	assert_string_equal(a.part[2], "\xc3\xa9");
	assert_string_equal(np_ask_get(&a, "y"), "a b+");
	assert_string_equal(np_ask_get(&a, "z"), "");
	assert_null(np_ask_get(&a, "w"));
	static const struct {
		const char *path;
		unsigned status;
	} bad[] = {{"", 400},
		   {"a", 400},
		   {"//", 400},
		   {"/a//b", 400},
		   {"/a/", 404},
		   {"/..", 400},
		   {"/%2e%2E", 400},
		   {"/.", 400},
		   {"/%", 400},
		   {"/%4", 400},
		   {"/%00", 400},
		   {"/%1b", 400},
		   {"/\x80", 400},
		   {"/%e2%80%ae", 400},
		   {"/?=1", 400},
		   {"/?a=1&a=2", 400},
		   {"/?%zz", 400},
		   {"/#a", 400},
		   {"/?a&b&c&d&e&f&g&h&i&j&k&l&m", 400},
		   {"http://evil.example/", 400}};

	for (size_t i = 0; i < NP_COUNT(bad); i++)
		if (target(bad[i].path, &a) != bad[i].status)
			fail_msg("%s", bad[i].path);
}

static void headers(void **state)
{
	char cookie[256], pair[600];
	struct np_ask_raw raw = {.method = "POST", .target = "/"};
	struct np_ask a;

	(void)state;
	(void)snprintf(cookie, sizeof(cookie), "x=y; np8640=%s", secret);
	raw.cookie = cookie;
	raw.accept = "text/html;q=0.9 , application/x-ndjson";
	raw.encoding = "br, gzip;q=0";
	raw.type = "Application/JSON; charset=utf-8";
	raw.length = "17";
	raw.match = "\"a\", W/\"b\"";
	assert_int_equal(ask(&raw, &a), 0);
	assert_string_equal(a.session, secret);
	assert_true(a.lines && !a.gzip && a.json && !a.octets);
	assert_int_equal(a.length, 17);
	assert_true(np_ask_has(&a, "\"b\"") && !np_ask_has(&a, "\"c\""));
	raw.encoding = "gzip;q=0.5";
	assert_int_equal(ask(&raw, &a), 0);
	assert_true(a.gzip);
	/* two of them: whose is it? */
	(void)snprintf(pair, sizeof(pair), "%s; %s", cookie, cookie);
	raw.cookie = pair;
	assert_int_equal(ask(&raw, &a), 0);
	assert_null(a.session);
	raw.length = "-1";
	assert_int_equal(ask(&raw, &a), 400);
	raw.length = NULL;
	raw.twice = true;
	assert_int_equal(ask(&raw, &a), 400);
}

static void origins(void **state)
{
	static const struct {
		const char *host, *origin, *fetch;
		unsigned get, post;
	} of[] = {
		{NULL, NULL, NULL, 0, 0},
		{NULL, "http://127.0.0.1:8640", "same-origin", 0, 0},
		{NULL, "https://127.0.0.1:8640", NULL, 0, 0},
		{NULL, "http://127.0.0.1:8641", NULL, 0, 403},
		{NULL, "http://evil.example", NULL, 0, 403},
		{NULL, "null", NULL, 0, 403},
		{NULL, NULL, "cross-site", 0, 403},
		{NULL, NULL, "same-site", 0, 403},
		{NULL, NULL, "none", 0, 0},
		{"evil.example", NULL, NULL, 421, 421},
		{"127.0.0.1", NULL, NULL, 421, 421},
		{"", NULL, NULL, 421, 421},
	};

	(void)state;
	for (size_t i = 0; i < NP_COUNT(of); i++) {
		struct np_ask_raw raw = {.method = "GET",
					 .target = "/",
					 .host = of[i].host,
					 .origin = of[i].origin,
					 .fetch = of[i].fetch};
		struct np_ask a;

		assert_int_equal(ask(&raw, &a), of[i].get);
		raw.method = "POST";
		assert_int_equal(ask(&raw, &a), of[i].post);
	}
}

static void files(void **state)
{
	char to[16];

	(void)state;
	assert_true(np_ask_file("a.pcap", to, sizeof(to)));
	assert_true(np_ask_file("C:\\x\\..\\b.pcap", to, sizeof(to)));
	assert_string_equal(to, "b.pcap");
	assert_true(np_ask_file("/etc/passwd", to, sizeof(to)));
	assert_string_equal(to, "passwd");
	assert_false(np_ask_file("", to, sizeof(to)));
	assert_false(np_ask_file("..", to, sizeof(to)));
	assert_false(np_ask_file("a/", to, sizeof(to)));
	assert_false(np_ask_file(".hidden", to, sizeof(to)));
	assert_false(np_ask_file("a\x1b[2J", to, sizeof(to)));
	assert_false(np_ask_file("0123456789abcdef", to, sizeof(to)));
}

static void buckets(void **state)
{
	struct np_buckets *b = calloc(1, sizeof(*b));
	double wait;

	(void)state;
	b->burst = 3;
	b->rate = 2;
	for (int i = 0; i < 3; i++)
		assert_true(np_bucket_take(b, 7, 100, &wait));
	assert_false(np_bucket_take(b, 7, 100, &wait));
	assert_true(wait > 0.49 && wait < 0.51);
	assert_true(np_bucket_take(b, 8, 100, &wait)); /* another one's */
	assert_true(np_bucket_take(b, 7, 100.6, &wait));
	assert_false(np_bucket_take(b, 7, 100.6, &wait));
	/* as many strangers as there are: the table holds */
	for (uint64_t k = 1; k < 5 * NP_BUCKETS; k++)
		assert_true(np_bucket_take(b, k * 977, 200 + (double)k, &wait));
	free(b);
}

static void failures(void **state)
{
	struct np_buckets *b = calloc(1, sizeof(*b));
	double wait, now = 50;

	(void)state;
	for (int i = 0; i < 3; i++) {
		np_failed(b, 7, now, 30);
		assert_false(np_failing(b, 7, now, &wait));
	}
	np_failed(b, 7, now, 30);
	assert_true(np_failing(b, 7, now + 1.9, &wait));
	assert_false(np_failing(b, 7, now + 2, &wait));
	np_failed(b, 7, now, 30);
	assert_true(np_failing(b, 7, now + 3.9, &wait));
	for (int i = 0; i < 200; i++)
		np_failed(b, 7, now, 30);
	assert_true(np_failing(b, 7, now, &wait));
	assert_true(wait <= 30);
	np_succeeded(b, 7);
	assert_false(np_failing(b, 7, now, &wait));
	for (int i = 0; i < 4; i++)
		np_failed(b, 8, now, 30);
	np_failed(b, 8, now + 901, 30);
	assert_false(np_failing(b, 8, now + 901, &wait));
	free(b);
}

static void sessions(void **state)
{
	struct np_sessions *s = malloc(sizeof(*s));
	char a[NP_SECRET_TEXT], b[NP_SECRET_TEXT], first[NP_SECRET_TEXT];
	struct np_who who;
	double wait;

	(void)state;
	assert_true(np_sessions_open(s, 10));
	assert_true(np_login_begin(s, "ann", NP_ROLE_AUDITOR, 0, a));
	assert_true(np_login_begin(s, "bob", NP_ROLE_VIEWER, 0, b));
	assert_string_not_equal(a, b);
	assert_true(np_login_find(s, a, 1, &who));
	assert_string_equal(who.name, "ann");
	assert_int_equal(who.role, NP_ROLE_AUDITOR);
	assert_string_not_equal(who.csrf, a);
	assert_false(np_login_find(s, secret, 1, &who));
	assert_false(np_login_find(s, "", 1, &who));
	/* the secret is nowhere in what is kept */
	assert_null(memmem(s, sizeof(*s), a, NP_SECRET_TEXT - 1));
	for (int i = 0; i < 20; i++)
		assert_true(np_login_take(s, who.number, 1, &wait));
	assert_false(np_login_take(s, who.number, 1, &wait));
	/* idle too long; too old whoever asks */
	assert_true(np_login_find(s, a, NP_SESSION_IDLE, &who));
	assert_false(np_login_find(s, b, NP_SESSION_IDLE + 1, &who));
	for (double t = 0; t < NP_SESSION_LIFE; t += NP_SESSION_IDLE / 2)
		assert_true(np_login_find(s, a, t, &who));
	assert_false(np_login_find(s, a, NP_SESSION_LIFE + 1, &who));
	/* one account's do not push out another's */
	assert_true(np_login_begin(s, "ann", NP_ROLE_AUDITOR, 60000, a));
	assert_true(np_login_begin(s, "eve", NP_ROLE_VIEWER, 60000, first));
	for (int i = 0; i < 3000; i++)
		assert_true(np_login_begin(s, "eve", NP_ROLE_VIEWER,
					   60001 + i * 0.001, b));
	assert_true(np_login_find(s, a, 60010, &who));
	assert_true(np_login_find(s, b, 60010, &who));
	assert_false(np_login_find(s, first, 60010, &who));
	np_login_end(s, who.number);
	assert_false(np_login_find(s, b, 60010, &who));
	np_sessions_close(s);
	free(s);
}

static double seconds(const struct np_account *a, const char *password)
{
	struct timespec t[2];

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t[0]);
	assert_int_equal(np_password_is(a, password),
			 a && !strcmp(password, "a good "
						"one"));
	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t[1]);
	return (double)(t[1].tv_sec - t[0].tv_sec) +
	       (double)(t[1].tv_nsec - t[0].tv_nsec) / 1e9;
}

static void accounts(void **state)
{
	char folder[] = "/tmp/np-serve-XXXXXX", path[64];
	struct np_accounts a;
	struct np_err e = {0};
	struct stat st;

	(void)state;
	assert_non_null(mkdtemp(folder));
	(void)snprintf(path, sizeof(path), "%s/users", folder);
	assert_int_equal(
		np_account_set(path, "ann", NP_ROLE_ANALYST, "a good one", &e),
		0);
	assert_int_equal(
		np_account_set(path, "bob", NP_ROLE_VIEWER, "another one", &e),
		0);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(np_accounts_open(path, &a, &e), 0);
	assert_int_equal(a.n, 2);
	double there = seconds(np_account_find(&a, "ann"), "a good one");
	double wrong = seconds(np_account_find(&a, "ann"), "a bad one");
	double nobody = seconds(np_account_find(&a, "eve"), "a good one");

	/* whether there is such an account does not show by the clock */
	assert_true(there > 0.005 && wrong > there / 3 && nobody > there / 3);
	np_accounts_free(&a);
	assert_int_equal(np_account_set(path, "bob", 0, NULL, &e), 0);
	assert_int_equal(np_account_set(path, "bob", 0, NULL, &e), NP_ENONE);
	assert_int_equal(np_account_set(path, "eve", 0, "short", &e),
			 NP_EUSAGE);
	assert_int_equal(np_account_set(path, "../eve", 0, "long enough", &e),
			 NP_EUSAGE);
	(void)unlink(path);
	(void)rmdir(folder);
}

static void tables(void **state)
{
	(void)state;
	for (const struct np_route *r = np_routes; r->path; r++) {
		/* nobody writes without a role, but who logs in */
		assert_true(r->method == NP_GET || r->may ||
			    strcmp(r->name, "login") == 0);
		assert_true((r->method == NP_POST) ==
			    (r->body != NP_BODY_NONE));
		assert_true(r->may < 1u << NP_ROLES);
	}
	for (int k = 0; k < NP_S_KINDS; k++) {
		unsigned may = np_may_state((enum np_stating)k);

		assert_true(may);
		assert_false(np_may(may, NP_ROLE_VIEWER) ||
			     np_may(may, NP_ROLE_AUDITOR) ||
			     np_may(may, NP_ROLE_PLANNER));
	}
}

static void packs(void **state)
{
	size_t n = (size_t)3 << 20, got;
	char *text = malloc(n), *back = malloc(n);
	struct np_buf b = np_buf((size_t)8 << 20);
	z_stream z = {0};

	(void)state;
	for (size_t i = 0; i < n; i++)
		text[i] = (char)(i * i >> 7);
	assert_int_equal(np_gzip(text, n, &b), 0);
	assert_true(b.n < n);
	assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
	z.next_in = (Bytef *)b.p;
	z.avail_in = (uInt)b.n;
	z.next_out = (Bytef *)back;
	z.avail_out = (uInt)n;
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	got = n - z.avail_out;
	(void)inflateEnd(&z);
	assert_int_equal(got, n);
	assert_memory_equal(text, back, n);
	np_buf_clear(&b);
	assert_int_equal(np_gzip("", 0, &b), 0);
	np_buf_free(&b);
	b = np_buf(64);
	assert_int_equal(np_gzip(text, n, &b), NP_ENOMEM);
	np_buf_free(&b);
	free(text);
	free(back);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(targets),  cmocka_unit_test(headers),
		cmocka_unit_test(origins),  cmocka_unit_test(files),
		cmocka_unit_test(buckets),  cmocka_unit_test(failures),
		cmocka_unit_test(sessions), cmocka_unit_test(accounts),
		cmocka_unit_test(tables),   cmocka_unit_test(packs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
