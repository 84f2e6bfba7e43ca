/* SPDX-License-Identifier: ISC */
#include "core/confine.h"
#include <errno.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What reading, inflating, allocating and writing to the pipe take. */
static const int allowed[] = {
	SCMP_SYS(read),		 SCMP_SYS(pread64),
	SCMP_SYS(write),	 SCMP_SYS(writev),
	SCMP_SYS(lseek),	 SCMP_SYS(close),
	SCMP_SYS(fstat),	 SCMP_SYS(newfstatat),
	SCMP_SYS(munmap),	 SCMP_SYS(mremap),
	SCMP_SYS(madvise),	 SCMP_SYS(brk),
	SCMP_SYS(futex),	 SCMP_SYS(getrandom),
	SCMP_SYS(clock_gettime), SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigreturn),	 SCMP_SYS(restart_syscall),
	SCMP_SYS(exit),		 SCMP_SYS(exit_group),
	SCMP_SYS(sched_yield),	 SCMP_SYS(gettid),
	SCMP_SYS(getpid),
#ifdef NP_SANITIZED /* AddressSanitizer asks at each _exit() */
	SCMP_SYS(sigaltstack),
#endif
};

/* What asking over a socket that is open takes beside that. */
static const int asking[] = {
	SCMP_SYS(sendto),     SCMP_SYS(sendmsg),     SCMP_SYS(recvfrom),
	SCMP_SYS(recvmsg),    SCMP_SYS(select),	     SCMP_SYS(pselect6),
	SCMP_SYS(poll),	      SCMP_SYS(ppoll),	     SCMP_SYS(getsockopt),
	SCMP_SYS(setsockopt), SCMP_SYS(getsockname),
};

static const int refused[] = {
	SCMP_SYS(open),	     SCMP_SYS(openat), SCMP_SYS(access),
	SCMP_SYS(stat),	     SCMP_SYS(statx),  SCMP_SYS(readlink),
	SCMP_SYS(prctl),     SCMP_SYS(ioctl),  SCMP_SYS(sysinfo),
	SCMP_SYS(faccessat),
};

int np_landlock_abi(void)
{
	return (int)syscall(SYS_landlock_create_ruleset, NULL, 0,
			    LANDLOCK_CREATE_RULESET_VERSION);
}

static int landlock(struct np_confined *ret)
{
	struct landlock_ruleset_attr attr = {
		.handled_access_fs = LANDLOCK_ACCESS_FS_EXECUTE |
				     LANDLOCK_ACCESS_FS_WRITE_FILE |
				     LANDLOCK_ACCESS_FS_READ_FILE |
				     LANDLOCK_ACCESS_FS_READ_DIR |
				     LANDLOCK_ACCESS_FS_REMOVE_FILE |
				     LANDLOCK_ACCESS_FS_MAKE_REG,
	};
	int abi = np_landlock_abi();

	if (abi < 1)
		return 0; /* not in this kernel: seccomp alone */
	long fd = syscall(SYS_landlock_create_ruleset, &attr, sizeof(attr), 0);

	if (fd < 0)
		return -1;
	long rc = syscall(SYS_landlock_restrict_self, fd, 0);

	close((int)fd);
	if (rc < 0)
		return -1;
	ret->landlock = true;
	ret->landlock_abi = abi;
	return 0;
}

/* Memory, but no new code and no file as memory. */
static int memory(scmp_filter_ctx c)
{
	int rc = seccomp_rule_add(
		c, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
		SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
		SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS));

	if (!rc)
		rc = seccomp_rule_add(
			c, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
			SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	return rc;
}

static int filter(const int *more, size_t n)
{
	scmp_filter_ctx c = seccomp_init(SCMP_ACT_KILL_PROCESS);
	int rc = c ? memory(c) : -ENOMEM;

	for (size_t i = 0; !rc && i < sizeof(allowed) / sizeof(*allowed); i++)
		rc = seccomp_rule_add(c, SCMP_ACT_ALLOW, allowed[i], 0);
	for (size_t i = 0; !rc && i < n; i++)
		rc = seccomp_rule_add(c, SCMP_ACT_ALLOW, more[i], 0);
	for (size_t i = 0; !rc && i < sizeof(refused) / sizeof(*refused); i++)
		rc = seccomp_rule_add(c, SCMP_ACT_ERRNO(EACCES), refused[i], 0);
	if (!rc)
		rc = seccomp_load(c);
	seccomp_release(c);
	return rc;
}

static int confine(const int *more, size_t n, struct np_confined *ret,
		   struct np_err *reterr)
{
	struct np_confined dummy;

	if (!ret)
		ret = &dummy;
	*ret = (struct np_confined){0};
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || landlock(ret) < 0)
		return np_fail(reterr, NP_EIO, "cannot confine the decoder",
			       "landlock", 0);
	if (filter(more, n) < 0)
		return np_fail(reterr, NP_EIO, "cannot confine the decoder",
			       "seccomp", 0);
	ret->seccomp = true;
	return NP_OK;
}

int np_confine(struct np_confined *ret, struct np_err *reterr)
{
	return confine(NULL, 0, ret, reterr);
}

int np_confine_asking(struct np_confined *ret, struct np_err *reterr)
{
	return confine(asking, sizeof(asking) / sizeof(*asking), ret, reterr);
}
