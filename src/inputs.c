/* SPDX-License-Identifier: ISC */
/*
 * Which sources a run reads: files, directories, standard input. Of a directory
 * all files but notes; the party's own files are never evidence about it.
 */
#include "core/yaml.h"
#include "document/document.h"
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

/* ---- what is no source in a directory */

static bool ends(const char *name, const char *const *with, size_t n)
{
	size_t k = strlen(name);

	for (size_t i = 0; i < n; i++) {
		size_t m = strlen(with[i]);

		if (k > m && strcmp(name + k - m, with[i]) == 0)
			return true;
	}
	return false;
}

/* Notes beside a source and hidden files are no sources. */
static int wanted(const struct dirent *d)
{
	static const char *const notes[] = {".yaml", ".yml", ".md"};

	return d->d_name[0] != '.' && !ends(d->d_name, notes, NP_COUNT(notes));
}

/* May be evidence or somebody's notes: a document that is known, or nothing. */
static bool doubtful(const char *name)
{
	static const char *const either[] = {".csv", ".txt", ".json",
					     ".geojson"};

	return ends(name, either, NP_COUNT(either));
}

static bool is_document(int fd)
{
	uint8_t *head = malloc(NP_DOCUMENT_HEAD);
	ssize_t n = head ? pread(fd, head, NP_DOCUMENT_HEAD, 0) : -1;
	bool is = n > 0 && np_document_find(np_cur(head, (size_t)n));

	free(head);
	return is;
}

/* ---- the party's own files, beside its operator.yaml */

/* What a party calls them; the first that is there. */
static const struct {
	const char *key, *names[4];
	size_t at;
} own[] = {
	{"inventory",
	 {"inventory.csv", "inventory.xlsx"},
	 offsetof(struct np_place_files, inventory)},
	{"site_list",
	 {"sites.geojson", "sites.csv", "sites.json", "sites.xlsx"},
	 offsetof(struct np_place_files, sites)},
	{"contracts",
	 {"contracts.csv", "contracts.xlsx"},
	 offsetof(struct np_place_files, contracts)},
	{"zones",
	 {"zones.yaml", "zones.yml"},
	 offsetof(struct np_place_files, zones)},
};

/* Others of its notes, which other verbs read. */
static const char *const notes[] = {
	"universe.csv", "universe.json", "weights.csv", "orders.csv",
	"claims.csv",	"invoices.csv",	 "costs.csv"};

static bool is_own(const char *name)
{
	for (size_t i = 0; i < NP_COUNT(notes); i++) {
		if (strcmp(notes[i], name) == 0)
			return true;
	}
	for (size_t i = 0; i < NP_COUNT(own); i++) {
		for (size_t k = 0; k < 4 && own[i].names[k]; k++) {
			if (strcmp(own[i].names[k], name) == 0)
				return true;
		}
	}
	return false;
}

static const char *join(struct np_inputs *in, const char *path,
			const char *name)
{
	struct np_buf b = np_buf(8192);
	const char *s = NULL;

	if (name[0] != '/')
		np_putf(&b, "%s/", path);
	np_puts(&b, name);
	if (!b.failed)
		s = np_copystr(&in->mem, b.p, b.n);
	np_buf_free(&b);
	return s;
}

static bool is_file(const char *path, struct stat *ret)
{
	return path && stat(path, ret) == 0 && S_ISREG(ret->st_mode);
}

/* A file that operator.yaml names is no source, wherever it lies. */
static void name_own(struct np_inputs *in, const char *path,
		     const struct np_yaml *root, size_t i)
{
	const char *name = np_yaml_text(root, own[i].key);
	const char **to =
		(const char **)(void *)((char *)&in->files + own[i].at);
	struct stat st;

	for (size_t k = 0; !name && k < 4 && own[i].names[k]; k++) {
		if (is_file(join(in, path, own[i].names[k]), &st))
			name = own[i].names[k];
	}
	if (!name)
		return;
	*to = join(in, path, name);
	if (is_file(*to, &st) && in->nown < NP_COUNT(in->own)) {
		in->own[in->nown].device = st.st_dev;
		in->own[in->nown++].inode = st.st_ino;
	}
}

/* Has the directory a party? The first that was named by somebody brings it
 * along; one that lies deeper may be another's. */
static bool find_party(struct np_inputs *in, const char *path, bool named)
{
	const char *file = join(in, path, "operator.yaml");
	const struct np_yaml *root = NULL;
	struct stat st;

	if (!is_file(file, &st))
		return false;
	if (in->party || !named) {
		in->other_party = file;
		return true;
	}
	in->party = file;
	/* What is wrong with it is said by who opens it. */
	(void)np_yaml_load(file, &in->mem, &root, NULL);
	for (size_t i = 0; i < NP_COUNT(own); i++)
		name_own(in, path, root, i);
	return true;
}

static bool among_own(const struct np_inputs *in, const struct stat *st)
{
	for (size_t i = 0; i < in->nown; i++) {
		if (in->own[i].device == st->st_dev &&
		    in->own[i].inode == st->st_ino)
			return true;
	}
	return false;
}

/* ---- adding */

static int add_path(struct np_inputs *in, const char *path, int depth,
		    struct np_err *reterr);

static int add_directory(struct np_inputs *in, const char *path, int depth,
			 struct np_err *reterr)
{
	struct dirent **list = NULL;
	int n = depth < DEPTH_MAX ? scandir(path, &list, wanted, alphasort)
				  : -1;
	bool party = n >= 0 && find_party(in, path, !depth);
	int rc = NP_OK;

	if (n < 0)
		return np_fail(reterr, NP_EIO, "cannot read the directory",
			       path, 0);
	for (int i = 0; i < n; i++) {
		char *sub = NULL;

		if (party && is_own(list[i]->d_name)) {
			free(list[i]);
			continue;
		}
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
	/* In a directory; who names a file means it. */
	if (depth && S_ISREG(st.st_mode) &&
	    (among_own(in, &st) || (doubtful(path) && !is_document(fd)))) {
		if (!among_own(in, &st) && !in->passed++)
			in->passed_first =
				np_copystr(&in->mem, path, strlen(path));
		(void)close(fd);
		return NP_OK;
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
