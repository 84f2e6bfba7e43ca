/* SPDX-License-Identifier: ISC */
/*
 * A decoder that sleeps, and uses no processor, is noticed: of a file at once,
 * of a pipe when there is something to read in it, and one that only waits for
 * its pipe is left alone.
 */
#include "run.h"
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile int stop;

static void on_alarm(int sig)
{
	(void)sig;
	stop = 1;
}

static int hear(void *ctx, struct np_record *r)
{
	(void)ctx;
	(void)r;
	return 0;
}

static void nap(long ms)
{
	struct timespec t = {.tv_nsec = ms * 1000000};

	(void)nanosleep(&t, NULL);
}

/* Stops the youngest child of its parent but itself; then feeds. */
static pid_t stopper(int to, bool feed)
{
	pid_t parent = getpid(), pid = fork();
	char path[64], text[256], *at = text;

	if (pid)
		return pid;
	(void)snprintf(path, sizeof(path), "/proc/%d/task/%d/children", parent,
		       parent);
	for (int i = 0; i < 100; i++) {
		FILE *f = fopen(path, "re");
		long child = 0;

		if (f && fgets(text, sizeof(text), f))
			for (at = text; (parent = (pid_t)strtol(at, &at, 10));)
				if (parent != getpid())
					child = parent;
		if (f)
			(void)fclose(f);
		if (child && kill((pid_t)child, SIGSTOP) == 0)
			break;
		nap(5);
	}
	nap(50);
	if (feed)
		(void)!write(to, "some octets of which nobody reads", 33);
	nap(900);
	(void)pause();
	_exit(0);
}

/* What became of a source whose decoder was stopped; NULL: nothing. */
static const char *run(const char *path, int to, bool feed, char text[400])
{
	struct np_inputs in = {0};
	struct np_listen_conf conf = {.patience = 0.7, .stop = &stop};
	struct np_err e = {0};
	const char *said = NULL;

	stop = 0;
	if (np_inputs_add(&in, path, &e) < 0)
		return e.text;
	pid_t pid = stopper(to, feed);

	(void)alarm(5);
	(void)np_listen(&in, &conf, hear, NULL, &e);
	(void)alarm(0);
	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, NULL, 0);
	if (in.v[0].broken) {
		(void)snprintf(text, 400, "%s", in.v[0].error.text);
		said = text;
	}
	np_inputs_free(&in);
	return said;
}

static int check(int i, const char *what, const char *said, bool want)
{
	bool good = want ? said && strstr(said, "asleep") : !said;

	(void)printf("%sok %d - %s%s%s\n", good ? "" : "not ", i, what,
		     said ? ": " : "", said ? said : "");
	return !good;
}

/* A capture of records without octets, long enough to be stopped in. */
static int make_file(char *path)
{
	static const unsigned char head[24] = {0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4};
	int fd = mkstemp(path);

	if (fd < 0 || write(fd, head, sizeof(head)) != sizeof(head) ||
	    ftruncate(fd, (off_t)1 << 32) < 0)
		return -1;
	return close(fd);
}

int main(void)
{
	char path[64], text[400], file[] = "/tmp/prop-asleep-XXXXXX";
	int fd[2], failed = 0;

	(void)signal(SIGALRM, on_alarm);
	(void)printf("1..3\n");
	if (pipe(fd) < 0 || make_file(file) < 0)
		return 1;
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd[0]);
	failed |= check(1, "a pipe with nothing in it",
			run(path, fd[1], false, text), false);
	failed |= check(2, "a pipe with something in it",
			run(path, fd[1], true, text), true);
	failed |= check(3, "a file", run(file, -1, false, text), true);
	(void)unlink(file);
	return failed;
}
