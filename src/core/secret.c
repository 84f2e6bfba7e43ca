/* SPDX-License-Identifier: ISC */
#include "core/secret.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Ours or root's, and nobody else's to read. */
static const char *why_not(int fd)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return strerror(errno);
	if (!S_ISREG(st.st_mode))
		return "no file";
	if (st.st_uid != geteuid() && st.st_uid != 0)
		return "the file is another user's";
	if (st.st_mode & 077)
		return "others may read or write this file (chmod 600)";
	return NULL;
}

int np_secret_read(const char *path, void *to, size_t max, size_t *ret_n,
		   struct np_err *reterr)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	const char *why = fd < 0 ? strerror(errno) : why_not(fd);
	char *p = to, beyond;
	size_t n = 0;
	ssize_t k = 1;

	while (!why && n < max && k > 0) {
		k = read(fd, p + n, max - n);
		n += k > 0 ? (size_t)k : 0;
	}
	if (!why && k < 0)
		why = "cannot be read";
	if (!why && k > 0 && read(fd, &beyond, 1) != 0)
		why = "longer than a secret is";
	if (fd >= 0)
		(void)close(fd);
	*ret_n = why ? 0 : n;
	if (!why)
		return NP_OK;
	explicit_bzero(to, max);
	return np_fail(reterr, NP_EUSAGE, why, path, 0);
}
