/* SPDX-License-Identifier: ISC */
/*
 * Opening the law: the files that were compiled in, then those of a directory
 * of one's own, in the order of their names; then all that they name is looked
 * up.
 */
#include "policy/law.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int no_memory(struct np_err *reterr)
{
	return np_fail(reterr, NP_ENOMEM, "the law is too big", "", 0);
}

static int read_text(struct np_law *l, const char *path, struct np_buf *text,
		     struct np_err *reterr)
{
	FILE *f = fopen(path, "rbe");
	char chunk[16384];
	size_t n;
	bool bad;

	if (!f)
		return np_fail(reterr, NP_EIO, "cannot open", path, 0);
	while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0)
		np_put(text, chunk, n);
	bad = ferror(f);
	fclose(f);
	if (bad)
		return np_fail(reterr, NP_EIO, "cannot read", path, 0);
	return text->failed || text->n > l->mem.limit ? no_memory(reterr) : 0;
}

/* Reads one file and keeps its text. dir NULL: it stands alone. */
static int add_file(struct np_law *l, const char *dir, const char *name,
		    struct np_err *reterr)
{
	struct np_buf path = np_buf(4096), text = np_buf(NP_LAW_LIMIT);
	struct np_law_file *f = &l->files[l->nfiles];
	const char *kept;
	int rc;

	np_putf(&path, "%s%s%s", dir ? dir : "", dir ? "/" : "", name);
	rc = path.failed ? no_memory(reterr)
			 : read_text(l, path.p, &text, reterr);
	if (rc == 0) {
		kept = np_copystr(&l->mem, path.p, path.n);
		f->name = kept && dir ? kept + strlen(dir) + 1 : kept;
		f->text = np_copy(&l->mem, text.p, text.n);
		f->n = text.n;
		rc = f->name && (f->text || !f->n)
			     ? np_yaml_read(kept, (const char *)f->text, f->n,
					    &l->mem, &f->root, reterr)
			     : no_memory(reterr);
		if (rc == 0)
			rc = np_law_read(l, kept, f->root, reterr);
		l->nfiles += rc == 0;
	}
	np_buf_free(&path);
	np_buf_free(&text);
	return rc;
}

static int is_yaml(const struct dirent *e)
{
	size_t n = strlen(e->d_name);

	return n > 5 && e->d_name[0] != '.' &&
	       strcmp(e->d_name + n - 5, ".yaml") == 0;
}

static int ours_alone(const struct dirent *e)
{
	return strcmp(e->d_name, "jurisdictions.yaml") == 0 ||
	       strcmp(e->d_name, "affiliates.yaml") == 0 ||
	       strcmp(e->d_name, "sentences.yaml") == 0;
}

/* Room for n more files. */
static bool grow_files(struct np_law *l, size_t n)
{
	struct np_law_file *v =
		np_zalloc(&l->mem, (l->nfiles + n) * sizeof(*v));

	if (!v)
		return false;
	if (l->nfiles)
		memcpy(v, l->files, l->nfiles * sizeof(*v));
	l->files = v;
	return true;
}

/* Every file of ours in one directory, in the order of their names. */
static int add_files(struct np_law *l, const char *dir, const char *under,
		     int (*ours)(const struct dirent *), bool must,
		     struct np_err *reterr)
{
	struct np_buf path = np_buf(4096), name = np_buf(4096);
	struct dirent **e = NULL;
	int rc = 0, n;

	np_putf(&path, "%s/%s", dir, under);
	n = path.failed ? -1 : scandir(path.p, &e, ours, alphasort);
	if (n < 0)
		rc = must ? np_fail(reterr, NP_EIO, "cannot open", dir, 0) : 0;
	if (n > 0 && !grow_files(l, (size_t)n))
		rc = no_memory(reterr);
	for (int i = 0; i < n; i++) {
		np_buf_clear(&name);
		np_putf(&name, "%s%s", under, e[i]->d_name);
		if (rc == 0)
			rc = name.failed ? no_memory(reterr)
					 : add_file(l, dir, name.p, reterr);
		free(e[i]);
	}
	free(e);
	np_buf_free(&path);
	np_buf_free(&name);
	return rc;
}

static int add_dir(struct np_law *l, const char *dir, struct np_err *reterr)
{
	struct stat st;
	int rc;

	if (stat(dir, &st) == 0 && !S_ISDIR(st.st_mode))
		return grow_files(l, 1) ? add_file(l, NULL, dir, reterr)
					: no_memory(reterr);
	rc = add_files(l, dir, "", ours_alone, true, reterr);

	if (rc == 0)
		rc = add_files(l, dir, "policies/", is_yaml, false, reterr);
	return rc;
}

static int add_built_in(struct np_law *l, struct np_err *reterr)
{
	if (!grow_files(l, np_law_nfiles))
		return no_memory(reterr);
	for (size_t i = 0; i < np_law_nfiles; i++) {
		int rc = np_law_read(l, np_law_files[i].name,
				     np_law_files[i].root, reterr);

		if (rc)
			return rc;
		l->files[l->nfiles++] = np_law_files[i];
	}
	return 0;
}

static int add_text(struct np_law *l, const struct np_law_part *p,
		    struct np_err *reterr)
{
	struct np_law_file *f = &l->files[l->nfiles];
	int rc;

	f->name = np_copystr(&l->mem, p->name, strlen(p->name));
	f->text = np_copy(&l->mem, p->text, p->n);
	f->n = p->n;
	rc = f->name && (f->text || !f->n)
		     ? np_yaml_read(f->name, (const char *)f->text, f->n,
				    &l->mem, &f->root, reterr)
		     : no_memory(reterr);
	if (rc == 0)
		rc = np_law_read(l, f->name, f->root, reterr);
	l->nfiles += rc == 0;
	return rc;
}

/* What was read becomes the law, or goes with what was wrong with it. */
static int hand_over(int rc, struct np_law *l, const struct np_knowledge *k,
		     struct np_law **ret, struct np_err *reterr)
{
	if (rc == 0)
		rc = np_law_finish(l, reterr);
	if (rc == 0)
		rc = np_law_bind(l, k, reterr);
	if (rc == 0)
		*ret = l;
	else
		np_law_close(l);
	return rc;
}

int np_law_open_texts(const struct np_law_part *v, size_t n,
		      const struct np_knowledge *k, struct np_law **ret,
		      struct np_err *reterr)
{
	struct np_law *l = calloc(1, sizeof(*l));
	int rc;

	if (!l)
		return no_memory(reterr);
	l->mem = np_arena(NP_LAW_LIMIT);
	rc = grow_files(l, n) ? NP_OK : no_memory(reterr);
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = add_text(l, &v[i], reterr);
	return hand_over(rc, l, k, ret, reterr);
}

int np_law_open(const char *dir, const struct np_knowledge *k,
		struct np_law **ret, struct np_err *reterr)
{
	struct np_law *l = calloc(1, sizeof(*l));
	int rc;

	if (!l)
		return no_memory(reterr);
	l->mem = np_arena(NP_LAW_LIMIT);
	rc = add_built_in(l, reterr);
	if (rc == 0 && dir)
		rc = add_dir(l, dir, reterr);
	return hand_over(rc, l, k, ret, reterr);
}

void np_law_close(struct np_law *l)
{
	if (!l)
		return;
	np_arena_free(&l->mem);
	free(l);
}
