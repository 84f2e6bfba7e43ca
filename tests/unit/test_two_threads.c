/* SPDX-License-Identifier: ISC */
/*
 * The public header's promise: two audits may run in two threads. Each reads
 * other captures than its neighbour at the same time, over and over, and says
 * what it says alone, octet for octet.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../include/nameplate.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { TIMES = 2 };

struct job {
	const char *source, *site;
	char *said; /* the audit as JSON */
	size_t n, devices, findings;
	int lines;
	int failed;
	pthread_barrier_t *start;
};

static int line(void *ctx, const char *text, size_t n)
{
	int *lines = ctx;

	*lines += n && text[0] == '{';
	return 0;
}

static void *audit(void *ctx)
{
	struct job *j = ctx;
	struct np_audit *a = np_audit_new();

	if (j->start)
		(void)pthread_barrier_wait(j->start);
	if (!a || np_audit_add(a, j->source) || np_audit_site(a, j->site) ||
	    np_audit_as_of(a, "2026-11-23") || np_audit_run(a))
		j->failed = 1;
	j->devices = np_audit_devices(a);
	j->findings = np_audit_findings(a);
	j->said = np_audit_json(a, &j->n);
	j->lines = 0;
	if (np_audit_read(a, line, &j->lines))
		j->failed = 1;
	np_audit_free(a);
	return NULL;
}

static void same(const struct job *alone, const struct job *j)
{
	assert_false(j->failed);
	assert_non_null(j->said);
	assert_int_equal(j->devices, alone->devices);
	assert_int_equal(j->findings, alone->findings);
	assert_int_equal(j->lines, alone->lines);
	assert_int_equal(j->n, alone->n);
	assert_memory_equal(j->said, alone->said, alone->n);
}

static void test_two_audits(void **state)
{
	struct job alone[2] = {
		{.source = "tests/golden/lldp", .site = "DE"},
		{.source = "tests/golden/snmp", .site = "GB"},
	};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		(void)audit(&alone[i]);
		assert_false(alone[i].failed);
		assert_true(alone[i].said && alone[i].devices > 3 &&
			    alone[i].lines > 3);
	}
	assert_true(alone[0].n != alone[1].n);
	for (int t = 0; t < TIMES; t++) {
		struct job two[2] = {alone[0], alone[1]};
		pthread_t thread[2];
		pthread_barrier_t start;

		assert_int_equal(pthread_barrier_init(&start, NULL, 2), 0);
		for (size_t i = 0; i < 2; i++) {
			two[i].start = &start;
			two[i].said = NULL;
			assert_int_equal(pthread_create(&thread[i], NULL, audit,
							&two[i]),
					 0);
		}
		for (size_t i = 0; i < 2; i++)
			assert_int_equal(pthread_join(thread[i], NULL), 0);
		for (size_t i = 0; i < 2; i++) {
			same(&alone[i], &two[i]);
			free(two[i].said);
		}
		(void)pthread_barrier_destroy(&start);
	}
	for (size_t i = 0; i < 2; i++)
		free(alone[i].said);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_two_audits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
