/* SPDX-License-Identifier: ISC */
/*
 * Packs the law into the program. Reads policies, jurisdictions, affiliates
 * and sentences, checks them as the program would, and writes them as constant
 *C: each file's text, and its tree so that nothing has to be parsed at start. A
 *wrong file stops the build with file, line and column.
 *
 *	lawpack OUT.c DEPENDS DIR
 *
 * DEPENDS tells ninja which files were read, so that no build file has to name
 * them.
 */
#include "policy/law.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int complain(const struct np_err *e)
{
	fprintf(stderr, "%s:%llu:%u: %s\n", e->what, (unsigned long long)e->at,
		(unsigned)e->column, e->text);
	return 1;
}

static void put_string(FILE *out, const char *s, size_t n)
{
	putc('"', out);
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c < ' ' || c >= 127 || c == '"' || c == '\\' || c == '?')
			fprintf(out, "\\%03o", c);
		else
			putc(c, out);
	}
	putc('"', out);
}

static size_t count(const struct np_yaml *y)
{
	size_t n = y->key ? 2 : 1;

	NP_YAML_EACH(i, y)
	{
		n += count(i);
	}
	return n;
}

/* A node's number: its key stands before it, its items behind. */
static size_t put_node(FILE *out, unsigned file, const struct np_yaml *y,
		       size_t at, bool has_next)
{
	size_t self = y->key ? at + 1 : at;
	size_t size = count(y);

	if (y->key) {
		struct np_yaml k = *y->key;

		k.key = NULL;
		k.first = NULL;
		put_node(out, file, &k, at, false);
	}
	fprintf(out, "\t{%d, %d, %u, %u, ", (int)y->kind, y->plain, y->line,
		y->column);
	put_string(out, y->text, y->kind == NP_YAML_TEXT ? y->n : 0);
	fprintf(out, ", %zu, ", y->n);
	if (y->key)
		fprintf(out, "&t%u[%zu], ", file, at);
	else
		fputs("0, ", out);
	if (y->first)
		fprintf(out, "&t%u[%zu], ", file,
			self + 1 + (y->first->key ? 1 : 0));
	else
		fputs("0, ", out);
	if (has_next)
		fprintf(out, "&t%u[%zu]},\n", file,
			at + size + (y->next->key ? 1 : 0));
	else
		fputs("0},\n", out);
	at = self + 1;
	NP_YAML_EACH(i, y)
	{
		at = put_node(out, file, i, at, i->next != NULL);
	}
	return at;
}

static void put_file(FILE *out, unsigned file, const struct np_yaml *root,
		     const struct np_buf *text)
{
	fprintf(out, "static const unsigned char x%u[] = {", file);
	for (size_t i = 0; i < text->n; i++)
		fprintf(out, "%s%u,", i % 16 ? "" : "\n",
			(unsigned char)text->p[i]);
	fprintf(out, "0};\nstatic const struct np_yaml t%u[] = {\n", file);
	put_node(out, file, root, 0, false);
	fputs("};\n", out);
}

static int read_all(const char *path, struct np_buf *text)
{
	FILE *f = fopen(path, "rbe");
	char chunk[16384];
	size_t n;

	if (!f)
		return -1;
	while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0)
		np_put(text, chunk, n);
	n = (size_t)ferror(f);
	fclose(f);
	return n || text->failed ? -1 : 0;
}

static int pack(struct np_law *l, FILE *out, const char *dir, const char *name,
		unsigned file, size_t *ret_n)
{
	struct np_buf path = np_buf(4096), text = np_buf(NP_LAW_LIMIT);
	const struct np_yaml *root;
	struct np_err err = {0};
	const char *kept;
	int rc;

	np_putf(&path, "%s/%s", dir, name);
	kept = np_copystr(&l->mem, path.p, path.n);
	if (!kept || read_all(kept, &text) != 0) {
		fprintf(stderr, "%s: cannot read\n", name);
		rc = 1;
	} else if (np_yaml_read(kept, text.p ? text.p : "", text.n, &l->mem,
				&root, &err) ||
		   np_law_read(l, kept, root, &err)) {
		rc = complain(&err);
	} else {
		put_file(out, file, root, &text);
		*ret_n = text.n;
		rc = 0;
	}
	np_buf_free(&path);
	np_buf_free(&text);
	return rc;
}

static void put_table(FILE *out, char **names, const size_t *sizes, size_t n)
{
	fputs("const struct np_law_file np_law_files[] = {\n", out);
	for (size_t i = 0; i < n; i++)
		fprintf(out, "\t{\"%s\", x%zu, %zu, t%zu},\n", names[i], i,
			sizes[i], i);
	fprintf(out, "};\nconst size_t np_law_nfiles = %zu;\n", n);
}

/* The directories stand in it too: a file that is new changes them. */
static int put_depends(const char *path, const char *target, const char *dir,
		       char **names, size_t n)
{
	FILE *f = fopen(path, "we");

	if (!f)
		return 1;
	fprintf(f, "%s: %s %s/policies", target, dir, dir);
	for (size_t i = 0; i < n; i++)
		fprintf(f, " \\\n  %s/%s", dir, names[i]);
	fputc('\n', f);
	return fclose(f) == 0 ? 0 : 1;
}

static int is_yaml(const struct dirent *d)
{
	size_t n = strlen(d->d_name);

	return n > 5 && d->d_name[0] != '.' &&
	       strcmp(d->d_name + n - 5, ".yaml") == 0;
}

/* The files of the law as they stand under dir; NULL when there are none. */
static char **list(const char *dir, size_t *ret_n)
{
	static const char *const first[] = {
		"affiliates.yaml", "jurisdictions.yaml", "sentences.yaml"};
	const int few = (int)(sizeof(first) / sizeof(*first));
	char path[4096], **names = NULL;
	struct dirent **found = NULL;
	int n;

	snprintf(path, sizeof(path), "%s/policies", dir);
	n = scandir(path, &found, is_yaml, alphasort);
	if (n >= 0)
		names = calloc((size_t)(n + few), sizeof(*names));
	for (int i = 0; names && i < n + few; i++) {
		snprintf(path, sizeof(path), i < few ? "%s" : "policies/%s",
			 i < few ? first[i] : found[i - few]->d_name);
		names[i] = strdup(path);
	}
	for (int i = 0; i < n; i++)
		free(found[i]);
	free(found);
	*ret_n = n < 0 ? 0 : (size_t)(n + few);
	return names;
}

static int pack_all(FILE *out, const char *dir, char **names, size_t n)
{
	struct np_law l = {.mem = np_arena(NP_LAW_LIMIT)};
	struct np_err err = {0};
	size_t *sizes = calloc(n, sizeof(*sizes));
	int rc = sizes ? 0 : 1;

	fputs("#include \"policy/law.h\"\n", out);
	for (size_t i = 0; i < n && rc == 0; i++)
		rc = pack(&l, out, dir, names[i], (unsigned)i, &sizes[i]);
	if (rc == 0 && np_law_finish(&l, &err) != 0)
		rc = complain(&err);
	if (rc == 0)
		put_table(out, names, sizes, n);
	np_arena_free(&l.mem);
	free(sizes);
	return rc;
}

int main(int argc, char **argv)
{
	size_t n = 0;
	char **names = argc == 4 ? list(argv[3], &n) : NULL;
	FILE *out = names ? fopen(argv[1], "we") : NULL;
	int rc;

	if (!out) {
		fputs("usage: lawpack OUT.c DEPENDS DIR\n", stderr);
		return 2;
	}
	rc = pack_all(out, argv[3], names, n);
	if (fclose(out) != 0 ||
	    put_depends(argv[2], argv[1], argv[3], names, n) != 0)
		rc = 1;
	for (size_t i = 0; i < n; i++)
		free(names[i]);
	free(names);
	return rc;
}
