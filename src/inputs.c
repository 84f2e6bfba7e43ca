/* SPDX-License-Identifier: ISC */
/* Which sources a run reads: files, directories, standard input. */
#include "run.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEPTH_MAX 16

static int add(struct np_inputs *in, const char *name, int fd, uint64_t size)
{
	if (in->n == in->cap) {
		size_t cap = in->cap ? in->cap * 2 : 16;
		struct np_input *v = reallocarray(in->v, cap, sizeof(*v));

		if (!v)
			return NP_ENOMEM;
		in->v = v;
		in->cap = cap;
	}
	const char *copy = np_copystr(&in->mem, name, strlen(name));

	if (!copy)
		return NP_ENOMEM;
	in->v[in->n++] = (struct np_input){
		.name = copy,
		.fd = fd,
		.size = size,
		.beside = {.drops = -1},
		.coverage = {.first = NP_NEVER, .last = NP_NEVER, .drops = -1},
	};
	return NP_OK;
}

/* Notes beside a source and hidden files are no sources. */
static int wanted(const struct dirent *d)
{
	static const char *const beside[] = {".yaml", ".yml", ".md",
					     ".csv",  ".txt", ".json"};
	size_t n = strlen(d->d_name);

	if (d->d_name[0] == '.')
		return 0;
	for (size_t i = 0; i < sizeof(beside) / sizeof(beside[0]); i++) {
		size_t k = strlen(beside[i]);

		if (n > k && strcmp(d->d_name + n - k, beside[i]) == 0)
			return 0;
	}
	return 1;
}

static int add_path(struct np_inputs *in, const char *path, int depth,
		    struct np_err *reterr);

static int add_directory(struct np_inputs *in, const char *path, int depth,
			 struct np_err *reterr)
{
	struct dirent **list = NULL;
	int n = depth < DEPTH_MAX ? scandir(path, &list, wanted, alphasort)
				  : -1;
	int rc = NP_OK;

	if (n < 0)
		return np_fail(reterr, NP_EIO, "cannot read the directory",
			       path, 0);
	for (int i = 0; i < n; i++) {
		char *sub = NULL;

		if (!rc && asprintf(&sub, "%s/%s", path, list[i]->d_name) < 0)
			rc = NP_ENOMEM;
		if (!rc)
			rc = add_path(in, sub, depth + 1, reterr);
		free(sub);
		free(list[i]);
	}
	free(list);
	return rc;
}

static int add_path(struct np_inputs *in, const char *path, int depth,
		    struct np_err *reterr)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0 || fstat(fd, &st) < 0) {
		if (fd >= 0)
			(void)close(fd);
		in->unreadable++;
		return np_fail(reterr, NP_EIO, strerror(errno), path, 0);
	}
	if (!S_ISDIR(st.st_mode))
		return add(in, path, fd,
			   S_ISREG(st.st_mode) ? (uint64_t)st.st_size : 0);
	(void)close(fd);
	return add_directory(in, path, depth, reterr);
}

int np_inputs_add(struct np_inputs *in, const char *path, struct np_err *reterr)
{
	if (!in->mem.limit)
		in->mem = np_arena((size_t)64 << 20);
	if (strcmp(path, "-") == 0)
		return add(in, "-", STDIN_FILENO, 0);
	/* "dir/" and "dir" are the same source names. */
	size_t n = strlen(path);
	char *clean = np_copystr(&in->mem, path, n);

	if (!clean)
		return np_fail(reterr, NP_ENOMEM, "out of memory", NULL, 0);
	while (n > 1 && clean[n - 1] == '/')
		clean[--n] = '\0';
	return add_path(in, clean, 0, reterr);
}

void np_inputs_free(struct np_inputs *in)
{
	for (size_t i = 0; i < in->n; i++) {
		free(in->v[i].told);
		free(in->v[i].dropped);
	}
	free(in->v);
	np_arena_free(&in->mem);
	*in = (struct np_inputs){0};
}
