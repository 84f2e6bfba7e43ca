/* SPDX-License-Identifier: ISC */
/* nameplate doctor: what protects this program on this machine, measured by
 * doing it in a child. */
#include "cli/cli.h"
#include "core/confine.h"
#include "document/document.h"
#include "plan/lp.h"
#include "plan/mip.h"
#include "poll/session.h"
#include "report/xlsx.h"
#include "serve/http.h"
#include "source/unpack.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *opening(void)
{
	return open("/etc/passwd", O_RDONLY) < 0 ? "refused" : "POSSIBLE";
}

/* In a child: confined, can a file still be opened? */
static void try_confined(int to)
{
	struct np_confined c = {0};
	struct np_err e = {0};
	char line[160];
	int n = np_confine(&c, &e) < 0
			? snprintf(line, sizeof(line),
				   "confinement    none: %s\n", e.text)
			: snprintf(line, sizeof(line),
				   "seccomp        %s\nlandlock       %s, ABI "
				   "%d\nopening files  %s\n",
				   c.seccomp ? "on" : "off",
				   c.landlock ? "on" : "not in this kernel",
				   c.landlock_abi, opening());

	if (n > 0)
		(void)!write(to, line, (size_t)n);
	_exit(0);
}

/* What can be read besides captures, and what this build lacks for it. */
static void formats(void)
{
	const struct np_document *const *d = np_documents;
	const struct np_pack *const *p = np_packs;

	(void)fputs("documents     ", stdout);
	for (; *d; d++)
		if (!(*d)->absent || !(*d)->absent())
			(void)printf(" %s", (*d)->name);
	(void)fputs("\npacked with   ", stdout);
	for (; *p; p++)
		if (!(*p)->absent)
			(void)printf(" %s", (*p)->kind);
	(void)putchar('\n');
	for (d = np_documents; *d; d++)
		if ((*d)->absent && (*d)->absent())
			(void)printf("not read       %s: this build lacks %s\n",
				     (*d)->name, (*d)->absent());
	for (p = np_packs; *p; p++)
		if ((*p)->absent)
			(void)printf("not read       %s: this build lacks %s\n",
				     (*p)->kind, (*p)->absent);
}

/* The same of who asks by SNMP: it may send, and opens neither file nor
 * socket. */
static void try_asking(int to)
{
	struct np_err e = {0};
	char line[160];
	const char *version = np_snmp_version();
	int n = !version ? snprintf(line, sizeof(line),
				    "polling        not in this build: no "
				    "net-snmp (libsnmp-dev)\n")
		: np_confine_asking(NULL, &e) < 0
			? snprintf(line, sizeof(line),
				   "polling        none: %s\n", e.text)
			: snprintf(line, sizeof(line),
				   "polling        net-snmp %s, a process a "
				   "host; opening files %s\n",
				   version, opening());

	if (n > 0)
		(void)!write(to, line, (size_t)n);
	_exit(0);
}

/* Prints what a child says of itself. */
static int try_in_child(void (*try)(int to))
{
	char line[256];
	int fd[2];
	ssize_t got;

	if (pipe(fd) < 0)
		return NP_EXIT_FAILED;
	(void)fflush(stdout);
	pid_t pid = fork();

	if (pid < 0)
		return NP_EXIT_FAILED;
	if (!pid)
		try(fd[1]);
	(void)close(fd[1]);
	while ((got = read(fd[0], line, sizeof(line))) > 0)
		(void)fwrite(line, 1, (size_t)got, stdout);
	(void)close(fd[0]);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
	return NP_EXIT_OK;
}

int np_verb_doctor(int argc, char **argv)
{
	int n, rc = np_args("doctor", argc, argv, NULL, 0, &n);

	if (rc)
		return rc < 0 ? NP_EXIT_OK : rc;
	rc = try_in_child(try_confined);
	if (!rc)
		rc = try_in_child(try_asking);
	(void)printf("protocols      %d read\n", NP_NPROTOS);
	(void)printf("signing        minisign's format, libsodium %s\n",
		     sodium_version_string());
	(void)printf("planning       Clp %s; polish: %s%s\n", np_lp_version(),
		     np_mip_absent() ? "no, this build lacks " : "Cbc ",
		     np_mip_absent() ? np_mip_absent() : np_mip_version());
	formats();
	(void)printf("workbooks      %s%s\n",
		     np_xlsx_absent() ? "not written: this build lacks "
				      : "written",
		     np_xlsx_absent() ? np_xlsx_absent() : "");
	(void)printf("serving        %s\n",
		     np_http_there() ? "libmicrohttpd, on this machine alone "
				       "unless asked"
				     : "not here: this build lacks "
				       "libmicrohttpd (libmicrohttpd-dev)");
	return rc;
}
