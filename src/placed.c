/* SPDX-License-Identifier: ISC */
/* A run and the party's files: which they are, and how a dossier keeps them. */
#include "keep.h"
#include "store/dossier.h"
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#define FILES 4
#define NOTE_MAX ((size_t)512 << 20)

/* What operator.yaml and a dossier's notes call them. */
static const struct {
	const char *key, *kind, *note;
	size_t at;
} files[FILES] = {
	{"site_list", "sites", "sites", offsetof(struct np_place_files, sites)},
	{"inventory", "inventory", "inventory",
	 offsetof(struct np_place_files, inventory)},
	{"contracts", "contracts", "contracts",
	 offsetof(struct np_place_files, contracts)},
	{"zones", "zones", "zones", offsetof(struct np_place_files, zones)},
};

static const char **file_at(struct np_place_files *f, size_t i)
{
	return (const char **)(void *)((char *)f + files[i].at);
}

/* Relative to the file that names it. */
static const char *beside(struct np_run *r, const char *party, const char *name)
{
	const char *slash = strrchr(party, '/');
	struct np_buf b = np_buf(8192);
	const char *path = NULL;

	if (name[0] != '/' && slash)
		np_put(&b, party, (size_t)(slash - party) + 1);
	np_puts(&b, name);
	if (!b.failed)
		path = np_copystr(&r->mem, b.p, b.n);
	np_buf_free(&b);
	return path;
}

int np_open_places(struct np_run *r, struct np_err *reterr)
{
	struct np_place_files f = r->conf.files;

	for (size_t i = 0; r->conf.party && i < FILES; i++) {
		const char **to = file_at(&f, i);
		const char *name = np_party_names(r->party, files[i].key);

		if (*to || !name)
			continue;
		*to = beside(r, r->conf.party, name);
		if (!*to)
			return np_fail(reterr, NP_ENOMEM, "out of memory", name,
				       0);
	}
	return np_places_open(&f, r->party, r->law, r->knowledge, &r->places,
			      reterr);
}

/* A text as a file that can be opened; -1: it cannot. */
static int as_file(const char *text, char path[static 32])
{
	size_t n = strlen(text), done = 0;
	int fd = memfd_create("party", MFD_CLOEXEC);

	while (fd >= 0 && done < n) {
		ssize_t k = write(fd, text + done, n - done);

		if (k <= 0) {
			(void)close(fd);
			return -1;
		}
		done += (size_t)k;
	}
	(void)snprintf(path, 32, "/proc/self/fd/%d", fd);
	return fd;
}

int np_recall_places(struct np_run *r, bool own, struct np_err *reterr)
{
	struct np_place_files f = r->conf.files;
	char path[FILES][32];
	int fd[FILES], rc = NP_OK;

	for (size_t i = 0; i < FILES; i++) {
		const char *text =
			*file_at(&f, i) || !own
				? NULL
				: np_dossier_noted(r->dossier, files[i].note,
						   &r->mem);

		fd[i] = text ? as_file(text, path[i]) : -1;
		if (text && fd[i] < 0)
			rc = np_fail(reterr, NP_EIO, "cannot keep the files",
				     files[i].kind, 0);
		else if (text)
			*file_at(&f, i) = path[i];
	}
	if (!rc && !own)
		rc = np_open_places(r, reterr);
	else if (!rc)
		rc = np_places_open(&f, r->party, r->law, r->knowledge,
				    &r->places, reterr);
	for (size_t i = 0; i < FILES; i++) {
		if (fd[i] >= 0)
			(void)close(fd[i]);
	}
	return rc;
}

int np_keep_places(struct np_run *r)
{
	int rc = NP_OK;

	for (size_t i = 0; i < FILES && !rc; i++) {
		struct np_buf b = np_buf(NOTE_MAX);
		bool any = np_places_write(r->places, files[i].kind, &b);

		/* A run without a party leaves the one that was there. */
		if (!any && !r->conf.party) {
			np_buf_free(&b);
			continue;
		}
		rc = b.failed ? NP_ENOMEM
			      : np_dossier_note(r->dossier, files[i].note,
						any ? b.p : NULL);
		np_buf_free(&b);
	}
	return rc;
}
