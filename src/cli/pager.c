/* SPDX-License-Identifier: ISC */
/* A long page goes through the user's pager, where a person looks. */
#include "cli/cli.h"
#include <errno.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

/* NAMEPLATE_PAGER, then PAGER; empty or "cat": none is wanted. */
static const char *pager(void)
{
	const char *p = getenv("NAMEPLATE_PAGER"), *term = getenv("TERM");

	p = p ? p : getenv("PAGER");
	if (!isatty(STDOUT_FILENO) || (term && strcmp(term, "dumb") == 0))
		return NULL;
	if (!p)
		return "command -v less >/dev/null && exec less; exec cat";
	return *p && strcmp(p, "cat") != 0 ? p : NULL;
}

pid_t np_pager_open(void)
{
	const char *command = pager();
	int fd[2];
	pid_t pid;

	if (!command || pipe(fd) < 0)
		return 0;
	(void)fflush(stdout);
	pid = fork();
	if (pid == 0) {
		(void)signal(SIGPIPE, SIG_DFL);
		/* Colours as they are, and no page where one is enough. */
		(void)setenv("LESS", "FRX", 0);
		(void)dup2(fd[0], STDIN_FILENO);
		(void)close(fd[0]);
		(void)close(fd[1]);
		(void)execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	if (pid > 0)
		(void)dup2(fd[1], STDOUT_FILENO);
	(void)close(fd[0]);
	(void)close(fd[1]);
	return pid > 0 ? pid : 0;
}

void np_pager_close(pid_t pid)
{
	if (!pid)
		return;
	(void)fflush(stdout);
	(void)close(STDOUT_FILENO);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
}
