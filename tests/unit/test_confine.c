/* SPDX-License-Identifier: ISC */
/*
 * The decoder's confinement, from inside: each call is tried in a child of its
 * own after np_confine. A forbidden call ends the process or fails; what a
 * decoder needs goes on.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/confine.h"
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

typedef int confine_fn(struct np_confined *ret, struct np_err *reterr);

/* SIGSYS: the filter ended it. 0: the call went through. 1: it was refused. */
static int confined_by(confine_fn *confine, long (*call)(void))
{
	int status = 0;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (!pid) {
		struct np_confined c;

		if (confine(&c, NULL) < 0)
			_exit(99);
		_exit(call() < 0 ? 1 : 0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFSIGNALED(status))
		return WTERMSIG(status);
	return WEXITSTATUS(status);
}

static int confined(long (*call)(void))
{
	return confined_by(np_confine, call);
}

static void forbidden(long (*call)(void))
{
	assert_int_equal(confined(call), SIGSYS);
}

static long do_open(void)
{
	return open("/etc/passwd", O_RDONLY | O_CLOEXEC);
}

static long do_create(void)
{
	return open("/tmp/nameplate-confined", O_WRONLY | O_CREAT, 0600);
}

static long do_openat2(void)
{
	uint64_t how[3] = {O_RDONLY, 0, 0};

	return syscall(SYS_openat2, AT_FDCWD, "/etc/passwd", how, sizeof(how));
}

static long do_unlink(void)
{
	return unlink("/tmp/nameplate-none");
}

static long do_socket(void)
{
	return socket(AF_INET, SOCK_STREAM, 0);
}

static long do_unix(void)
{
	return socket(AF_UNIX, SOCK_STREAM, 0);
}

static long do_connect(void)
{
	struct sockaddr a = {.sa_family = AF_INET};

	return connect(0, &a, sizeof(a));
}

static long do_fork(void)
{
	pid_t pid = fork();

	if (!pid)
		_exit(0);
	return pid;
}

static long do_exec(void)
{
	return execl("/bin/true", "true", (char *)NULL);
}

static long do_ptrace(void)
{
	return ptrace(PTRACE_ATTACH, getpid(), NULL, NULL);
}

static long do_kill(void)
{
	return syscall(SYS_kill, 1, 0);
}

static long do_kill_parent(void)
{
	return syscall(SYS_tgkill, 1, 1, 0);
}

static long do_read_other(void)
{
	return syscall(SYS_process_vm_readv, 1, NULL, 0, NULL, 0, 0);
}

static long do_io_uring(void)
{
	char p[256] = {0};

	return syscall(SYS_io_uring_setup, 1, p);
}

static long do_bpf(void)
{
	return syscall(SYS_bpf, 0, NULL, 0);
}

static long do_dup(void)
{
	return dup(0);
}

static long map_code(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_EXEC,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return p == MAP_FAILED ? -1 : 0;
}

static long turn_to_code(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (p == MAP_FAILED)
		return 0;
	return mprotect(p, 4096, PROT_READ | PROT_EXEC);
}

static long map_file(void)
{
	void *p = mmap(NULL, 4096, PROT_READ, MAP_SHARED, 0, 0);

	return p == MAP_FAILED ? -1 : 0;
}

/* What reading a source, inflating and telling of it take. */
static long needed(void)
{
	size_t n = (size_t)8 << 20;
	char *p = malloc(n), c;
	struct timespec t;

	if (!p)
		return -1;
	memset(p, 1, n);
	p = realloc(p, 2 * n);
	if (!p)
		return -1;
	free(p);
	(void)!read(-1, &c, 1);
	(void)!write(-1, &c, 1);
	(void)lseek(-1, 0, SEEK_SET);
	(void)clock_gettime(CLOCK_REALTIME, &t);
	return syscall(SYS_clock_gettime, CLOCK_REALTIME, &t);
}

static void test_no_file(void **state)
{
	(void)state;
	assert_int_equal(confined(do_open), 1);
	assert_int_equal(confined(do_create), 1);
	assert_int_equal(access("/tmp/nameplate-confined", F_OK), -1);
	forbidden(do_openat2);
	forbidden(do_unlink);
}

static void test_no_network(void **state)
{
	(void)state;
	forbidden(do_socket);
	forbidden(do_unix);
	forbidden(do_connect);
}

static void test_no_other_process(void **state)
{
	(void)state;
	forbidden(do_fork);
	forbidden(do_exec);
	forbidden(do_ptrace);
	forbidden(do_kill);
	forbidden(do_kill_parent);
	forbidden(do_read_other);
}

static void test_no_way_around(void **state)
{
	(void)state;
	forbidden(do_io_uring);
	forbidden(do_bpf);
	forbidden(do_dup);
}

static void test_no_new_code(void **state)
{
	(void)state;
	forbidden(map_code);
	forbidden(turn_to_code);
	forbidden(map_file);
}

static void test_what_a_decoder_needs(void **state)
{
	(void)state;
	assert_int_equal(confined(needed), 0);
}

/* Over the socket that it has. */
static long ask(int fd)
{
	char c = 0;
	struct iovec v = {&c, 1};
	struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1};
	struct pollfd p = {.fd = fd, .events = POLLIN};

	if (sendto(fd, &c, 1, 0, NULL, 0) != 1 || poll(&p, 1, 1000) != 1 ||
	    recv(fd, &c, 1, 0) != 1 || sendmsg(fd, &m, 0) != 1)
		return -1;
	return recvmsg(fd, &m, 0) - 1;
}

/* A datagram to itself. */
static long do_ask(void)
{
	return ask(STDIN_FILENO);
}

static void have_socket_as_input(void)
{
	struct sockaddr_in a = {.sin_family = AF_INET};
	socklen_t n = sizeof(a);
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(bind(fd, (struct sockaddr *)&a, n), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&a, &n), 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&a, n), 0);
	assert_int_equal(dup2(fd, STDIN_FILENO), STDIN_FILENO);
	(void)close(fd);
}

/* Who asks by SNMP may use its socket, and has nothing else that a decoder has
 * not. */
static void test_asking(void **state)
{
	long (*const never[])(void) = {
		do_socket, do_unix,   do_connect,    do_fork, do_exec,
		do_kill,   do_ptrace, do_read_other, do_dup,  map_code,
		map_file,  do_unlink, do_openat2,    do_bpf,
	};

	(void)state;
	have_socket_as_input();
	assert_int_equal(confined_by(np_confine_asking, do_ask), 0);
	assert_int_equal(confined_by(np_confine, do_ask), SIGSYS);
	assert_int_equal(confined_by(np_confine_asking, needed), 0);
	assert_int_equal(confined_by(np_confine_asking, do_open), 1);
	assert_int_equal(confined_by(np_confine_asking, do_create), 1);
	for (size_t i = 0; i < sizeof(never) / sizeof(*never); i++)
		assert_int_equal(confined_by(np_confine_asking, never[i]),
				 SIGSYS);
}

/* A kernel without Landlock is said, never silent. */
static void test_what_is_active_is_said(void **state)
{
	int status = 0;
	pid_t pid = fork();

	(void)state;
	if (!pid) {
		struct np_confined c;
		int rc = np_confine(&c, NULL);

		_exit(rc < 0 || !c.seccomp ||
		      c.landlock != (c.landlock_abi > 0));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_file),
		cmocka_unit_test(test_no_network),
		cmocka_unit_test(test_no_other_process),
		cmocka_unit_test(test_no_way_around),
		cmocka_unit_test(test_no_new_code),
		cmocka_unit_test(test_what_a_decoder_needs),
		cmocka_unit_test(test_what_is_active_is_said),
		cmocka_unit_test(test_asking),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
