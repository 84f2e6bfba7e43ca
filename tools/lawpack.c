/* SPDX-License-Identifier: ISC */
/*
 * Packs the law into the program. Reads policies, jurisdictions and sentences,
 * checks them as the program would, and writes them as constant C: each file's
 * text, and its tree so that nothing has to be parsed at start. A wrong file
 * stops the build with file, line and column.
 *
 *	lawpack OUT.c DIR FILE...	(FILE as under DIR)
 */
#include "policy/law.h"
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

static void put_table(FILE *out, char **names, const size_t *sizes, int n)
{
	fputs("const struct np_law_file np_law_files[] = {\n", out);
	for (int i = 0; i < n; i++)
		fprintf(out, "\t{\"%s\", x%d, %zu, t%d},\n", names[i], i,
			sizes[i], i);
	fprintf(out, "};\nconst size_t np_law_nfiles = %d;\n", n);
}

int main(int argc, char **argv)
{
	struct np_law l = {.mem = np_arena(NP_LAW_LIMIT)};
	struct np_err err = {0};
	size_t *sizes = calloc((size_t)argc, sizeof(*sizes));
	FILE *out = argc > 3 ? fopen(argv[1], "we") : NULL;
	int rc = 0;

	if (!out || !sizes) {
		fputs("usage: lawpack OUT.c DIR FILE...\n", stderr);
		return 2;
	}
	fputs("#include \"policy/law.h\"\n", out);
	for (int i = 3; i < argc && rc == 0; i++)
		rc = pack(&l, out, argv[2], argv[i], (unsigned)i - 3,
			  &sizes[i - 3]);
	if (rc == 0 && np_law_finish(&l, &err) != 0)
		rc = complain(&err);
	put_table(out, argv + 3, sizes, argc - 3);
	if (fclose(out) != 0)
		rc = 1;
	np_arena_free(&l.mem);
	free(sizes);
	return rc;
}
