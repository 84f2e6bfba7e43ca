/* SPDX-License-Identifier: ISC */
#include "store/fresh.h"
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

bool np_fresh_may(const char *path, bool *ret_empty)
{
	struct stat st;

	*ret_empty = false;
	if (lstat(path, &st) < 0)
		return errno == ENOENT;
	*ret_empty = S_ISREG(st.st_mode) && st.st_size == 0;
	return *ret_empty;
}

static int failed(struct np_fresh *f, struct np_err *reterr)
{
	return np_fail(reterr, NP_EIO, strerror(errno), f->path, 0);
}

/* Locked, and still the file of that name: not one that was just completed. */
static bool locked(struct np_fresh *f)
{
	struct stat a, b;

	if (flock(f->fd, LOCK_EX | LOCK_NB) < 0 || fstat(f->fd, &a) < 0 ||
	    stat(f->temp, &b) < 0 || a.st_ino != b.st_ino ||
	    a.st_dev != b.st_dev) {
		errno = EBUSY;
		return false;
	}
	return true;
}

int np_fresh_open(struct np_fresh *f, const char *path, bool empty,
		  struct np_err *reterr)
{
	int rc = NP_OK;

	*f = (struct np_fresh){.fd = -1, .empty = empty};
	f->path = strdup(path);
	if (!f->path || asprintf(&f->temp, "%s.part", path) < 0) {
		f->temp = NULL;
		np_fresh_close(f);
		return np_fail(reterr, NP_ENOMEM, "out of memory", path, 0);
	}
	f->fd = open(f->temp, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
	if (f->fd < 0 || !locked(f)) {
		rc = failed(f, reterr);
		/* not ours to remove */
		free(f->temp);
		f->temp = NULL;
	} else if (ftruncate(f->fd, 0) < 0) {
		rc = failed(f, reterr);
	}
	if (rc)
		np_fresh_close(f);
	return rc;
}

static int sync_folder(struct np_fresh *f)
{
	char *copy = strdup(f->path);
	int fd = copy ? open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
		      : -1;
	int rc = fd < 0 ? -1 : fsync(fd);

	/* some file systems cannot, and need not */
	if (rc < 0 && fd >= 0 && errno == EINVAL)
		rc = 0;
	if (fd >= 0)
		(void)close(fd);
	free(copy);
	return rc;
}

int np_fresh_keep(struct np_fresh *f, struct np_err *reterr)
{
	/* Nobody else's file is replaced that came meanwhile. */
	unsigned how = f->empty ? 0 : RENAME_NOREPLACE;
	int rc;

	if (fsync(f->fd) < 0)
		return failed(f, reterr);
	rc = renameat2(AT_FDCWD, f->temp, AT_FDCWD, f->path, how);
	if (rc < 0 && errno == EINVAL && access(f->path, F_OK) < 0)
		rc = rename(f->temp, f->path);
	if (rc < 0)
		return failed(f, reterr);
	free(f->temp);
	f->temp = NULL;
	return sync_folder(f) < 0 ? failed(f, reterr) : NP_OK;
}

void np_fresh_close(struct np_fresh *f)
{
	if (f->temp && f->fd >= 0)
		(void)unlink(f->temp);
	if (f->fd >= 0)
		(void)close(f->fd);
	free(f->path);
	free(f->temp);
	*f = (struct np_fresh){.fd = -1};
}
