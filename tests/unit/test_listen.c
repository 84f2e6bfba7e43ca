/* SPDX-License-Identifier: ISC */
/*
 * What becomes of a run when its decoder dies, hangs or is stopped. The source
 * is a pipe that this test feeds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "run.h"
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* pcap, microseconds, little endian, Ethernet. */
static const uint8_t head[24] = {0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4,
				 0,    0,    0,	   0,	 0, 0, 0,
				 0,    0,    0xff, 0xff, 0, 0, 1};

/* A pcapng section of nothing but blocks that no reader knows, for ever. */
static void feed_nothing(int fd)
{
	static const uint8_t shb[28] = {
		0x0a, 0x0d, 0x0d, 0x0a, 28, 0, 0,    0,	   0x4d, 0x3c,
		0x2b, 0x1a, 1,	  0,	0,  0, 0xff, 0xff, 0xff, 0xff,
		0xff, 0xff, 0xff, 0xff, 28, 0, 0,    0};
	static const uint8_t unknown[12] = {0xdd, 0xcc, 0xbb, 0x0a, 12, 0,
					    0,	  0,	12,   0,    0,	0};
	static uint8_t many[12 * 5000];

	for (size_t i = 0; i < sizeof(many); i += sizeof(unknown))
		memcpy(many + i, unknown, sizeof(unknown));
	if (write(fd, shb, sizeof(shb)) < 0)
		_exit(1);
	while (write(fd, many, sizeof(many)) == (ssize_t)sizeof(many))
		;
	_exit(0);
}

static void feed_head(int fd)
{
	if (write(fd, head, sizeof(head)) < 0)
		_exit(1);
	(void)pause();
	_exit(0);
}

/* A source that a child writes; its pid. */
static pid_t feed(struct np_inputs *in, void (*how)(int))
{
	int fd[2];
	char path[64];
	struct np_err e = {0};

	assert_int_equal(pipe(fd), 0);
	pid_t pid = fork();
	if (!pid) {
		(void)close(fd[0]);
		how(fd[1]);
	}
	(void)close(fd[1]);
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd[0]);
	assert_int_equal(np_inputs_add(in, path, &e), 0);
	(void)close(fd[0]);
	return pid;
}

static void end(struct np_inputs *in, pid_t feeder)
{
	(void)kill(feeder, SIGKILL);
	assert_int_equal(waitpid(feeder, NULL, 0), feeder);
	np_inputs_free(in);
}

static int hear(void *ctx, struct np_record *r)
{
	(void)ctx;
	(void)r;
	return 0;
}

static void assert_broken(const struct np_inputs *in, const char *why)
{
	assert_true(in->v[0].broken);
	assert_string_equal(in->v[0].error.what, in->v[0].name);
	assert_non_null(strstr(in->v[0].error.text, why));
}

static void test_a_decoder_that_comes_to_no_end(void **state)
{
	struct np_inputs in = {0};
	struct np_listen_conf conf = {.patience = 0.3};
	struct np_err e = {0};
	pid_t feeder = feed(&in, feed_nothing);

	(void)state;
	assert_int_equal(np_listen(&in, &conf, hear, NULL, &e), 0);
	assert_broken(&in, "came to no end");
	end(&in, feeder);
}

/* The decoder: the youngest child but the feeder. */
static pid_t killer(pid_t feeder, int sig)
{
	pid_t parent = getpid(), pid = fork();

	if (pid)
		return pid;
	for (int tries = 0; tries < 500; tries++) {
		char path[64], text[4096];
		long child;
		int got = 0;

		(void)usleep(20000);
		(void)snprintf(path, sizeof(path), "/proc/%d/task/%d/children",
			       parent, parent);
		FILE *f = fopen(path, "re");

		if (f && fgets(text, sizeof(text), f))
			for (char *at = text, *next;
			     (child = strtol(at, &next, 10)) > 0; at = next)
				if (child != feeder && child != getpid()) {
					(void)kill((pid_t)child, sig);
					got = 1;
				}
		if (f)
			(void)fclose(f);
		if (got)
			break;
	}
	_exit(0);
}

static void test_a_decoder_that_is_killed(void **state)
{
	struct np_inputs in = {0};
	struct np_listen_conf conf = {0};
	struct np_err e = {0};
	pid_t feeder = feed(&in, feed_head);
	pid_t other = killer(feeder, SIGKILL);

	(void)state;
	assert_int_equal(np_listen(&in, &conf, hear, NULL, &e), 0);
	assert_broken(&in, "the decoder died: Killed");
	assert_int_equal(waitpid(other, NULL, 0), other);
	end(&in, feeder);
}

static volatile int stop;

static void on_alarm(int sig)
{
	(void)sig;
	stop = 1;
}

static void test_a_decoder_that_waits_is_stopped(void **state)
{
	struct np_inputs in = {0};
	struct np_listen_conf conf = {.stop = &stop};
	struct np_err e = {0};
	pid_t feeder = feed(&in, feed_head);

	(void)state;
	(void)signal(SIGALRM, on_alarm);
	(void)alarm(1);
	assert_int_equal(np_listen(&in, &conf, hear, NULL, &e), NP_EINTR);
	assert_false(in.v[0].broken);
	end(&in, feeder);
}

static int refuse(void *ctx, struct np_record *r)
{
	(void)ctx;
	(void)r;
	return NP_ENOMEM;
}

/* Ours, not the decoder's: the run ends. */
static void test_a_failure_of_ours(void **state)
{
	struct np_inputs in = {0};
	struct np_listen_conf conf = {0};
	struct np_err e = {0};
	char path[] = "/tmp/nameplate-listen-XXXXXX";
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, head, sizeof(head)), sizeof(head));
	(void)close(fd);
	assert_int_equal(np_inputs_add(&in, path, &e), 0);
	assert_int_equal(np_listen(&in, &conf, refuse, NULL, &e), NP_ENOMEM);
	np_inputs_free(&in);
	(void)unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_decoder_that_comes_to_no_end),
		cmocka_unit_test(test_a_decoder_that_is_killed),
		cmocka_unit_test(test_a_decoder_that_waits_is_stopped),
		cmocka_unit_test(test_a_failure_of_ours),
	};

	(void)signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
