/* SPDX-License-Identifier: ISC */
/* Preloaded into a daemon that tells its kernel's name to the network, so that
 * it tells that of no machine: as Debian 12 was published. */
#define _GNU_SOURCE
#include <string.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

int uname(struct utsname *u)
{
	int rc = (int)syscall(SYS_uname, u);

	strcpy(u->release, "6.1.0-9-amd64");
	strcpy(u->machine, "x86_64");
	return rc;
}
