/* SPDX-License-Identifier: ISC */
#include "poll/walks.h"
#include "core/limits.h"
#include "core/lines.h"
#include "core/time.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH 4096

static int wrong(struct np_err *reterr, const char *path)
{
	return np_fail(reterr, NP_EIO, strerror(errno), path, 0);
}

static bool name(char to[PATH], const char *dir, const char *before,
		 const char *address, const char *after)
{
	return snprintf(to, PATH, "%s/%s%s%s", dir, before, address, after) <
	       PATH;
}

static int write_all(int fd, const char *p, size_t n)
{
	while (n) {
		ssize_t k = write(fd, p, n);

		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return NP_EIO;
		p += k;
		n -= (size_t)k;
	}
	return NP_OK;
}

int np_part_add(int fd, const char *p, size_t n, struct np_err *reterr)
{
	return write_all(fd, p, n) ? wrong(reterr, "walk") : NP_OK;
}

static int sync_dir(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc = fd < 0 ? NP_EIO : fsync(fd) < 0 ? NP_EIO : NP_OK;

	if (fd >= 0)
		(void)close(fd);
	return rc;
}

int np_walks_begin(const char *dir, const char *note, struct np_err *reterr)
{
	char path[PATH];

	if (mkdir(dir, 0700) < 0 && errno != EEXIST)
		return wrong(reterr, dir);
	if (!name(path, dir, "capture", ".yaml", ""))
		return np_fail(reterr, NP_EUSAGE, "too long a path", dir, 0);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0 && errno == EEXIST)
		return NP_OK;
	int rc = fd < 0 ? NP_EIO : write_all(fd, note, strlen(note));

	if (fd >= 0 && close(fd) < 0)
		rc = NP_EIO;
	return rc ? wrong(reterr, path) : NP_OK;
}

/* What follows the last line feed is not whole. */
static int each_line(int fd, np_walk_line_fn *fn, void *ctx, off_t *ret_whole)
{
	struct np_lines l;
	const char *p;
	size_t n;
	bool whole;
	off_t at = 0;
	struct stat st;
	int rc = np_lines_open(&l, fd, NP_MAX_LINE);

	if (rc || fstat(fd, &st) < 0)
		return rc ? rc : NP_EIO;
	while ((rc = np_lines_next(&l, &p, &n, &whole)) > 0) {
		if (!whole || at + (off_t)n + 1 > st.st_size)
			break;
		at += (off_t)n + 1;
		fn(ctx, np_cur(p, n));
	}
	*ret_whole = at;
	np_lines_close(&l);
	return rc < 0 ? rc : NP_OK;
}

int np_walk_read(const char *dir, const char *address, np_walk_line_fn *fn,
		 void *ctx, struct np_err *reterr)
{
	char path[PATH];
	off_t whole;

	if (!name(path, dir, "", address, ".snmprec"))
		return np_fail(reterr, NP_EUSAGE, "too long a path", dir, 0);
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return errno == ENOENT ? NP_ENONE : wrong(reterr, path);
	int rc = each_line(fd, fn, ctx, &whole);

	(void)close(fd);
	return rc ? wrong(reterr, path) : NP_OK;
}

static void note_past(void *ctx, struct np_cur line)
{
	(void)np_poll_past_line(ctx, line);
}

/* The first line: whose walk it is, for who reads it. */
static int put_title(int fd, const char *address)
{
	char text[160], when[40];
	struct timespec t;

	(void)clock_gettime(CLOCK_REALTIME, &t);
	int n = snprintf(text, sizeof(text), "# %s asked by SNMP, %s\n",
			 address, np_time_text(t.tv_sec * 1000000000L, when));

	return write_all(fd, text, (size_t)n);
}

int np_part_open(const char *dir, const char *address, int *ret_fd,
		 struct np_poll_past *ret_past, struct np_err *reterr)
{
	char path[PATH];
	off_t whole = 0;

	*ret_past = (struct np_poll_past){0};
	if (!name(path, dir, ".", address, ".part"))
		return np_fail(reterr, NP_EUSAGE, "too long a path", dir, 0);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	int rc = fd < 0 ? NP_EIO : each_line(fd, note_past, ret_past, &whole);

	if (!rc &&
	    (ftruncate(fd, whole) < 0 || lseek(fd, whole, SEEK_SET) != whole ||
	     (!whole && put_title(fd, address))))
		rc = NP_EIO;
	if (rc && fd >= 0)
		(void)close(fd);
	*ret_fd = rc ? -1 : fd;
	return rc ? wrong(reterr, path) : NP_OK;
}

int np_part_end(const char *dir, const char *address, int fd,
		struct np_err *reterr)
{
	char from[PATH], to[PATH];
	bool fits = name(from, dir, ".", address, ".part") &&
		    name(to, dir, "", address, ".snmprec");
	bool synced = fsync(fd) == 0;

	if (close(fd) < 0 || !synced || !fits || rename(from, to) < 0 ||
	    sync_dir(dir))
		return wrong(reterr, address);
	return NP_OK;
}
