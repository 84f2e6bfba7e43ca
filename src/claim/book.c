/* SPDX-License-Identifier: ISC */
/* The book's files: which there are, and what their entries share. */
#include "claim/book.h"
#include "core/buf.h"
#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#define MAX_TEXT ((size_t)4 << 20)

/* The kinds of file, by the key that holds their list. */
static const struct kind {
	const char *name; /* of the file, without a folder */
	const char *key;
	int (*read)(struct np_book_reader *r, const struct np_yaml *list);
} kinds[] = {
	{"makers.yaml", "makers", np_book_read_makers},
	{"fields.yaml", "fields", np_book_read_fields},
	{"families.yaml", "families", np_book_read_families},
	{"objects.yaml", "objects", np_book_read_objects},
	{"codes.yaml", "gpon", np_book_read_gpon},
	{"codes.yaml", "addresses", np_book_read_addresses},
	{"roles.yaml", "roles", np_book_read_roles},
	{"like.yaml", "like", np_book_read_like},
	{"registries.yaml", "registries", np_book_read_registries},
	{"traps.yaml", "traps", np_book_read_traps},
	{"signatures.yaml", "signatures", np_book_read_signs},
	{"signatures/", "signatures", np_book_read_signs},
};

void *np_list_add(struct np_list *l, struct np_arena *mem, size_t size)
{
	unsigned char *p;

	if (l->n == l->cap) {
		size_t cap = l->cap ? l->cap * 2 : 64;

		p = np_alloc(mem, cap * size);
		if (!p)
			return NULL;
		if (l->n)
			memcpy(p, l->v, l->n * size);
		l->v = p;
		l->cap = cap;
	}
	p = (unsigned char *)l->v + l->n * size;
	memset(p, 0, size);
	l->n++;
	return p;
}

int np_book_expect(struct np_book_reader *r, const struct np_yaml *y,
		   const char *expected)
{
	return np_yaml_fail(r->file, y, expected, r->err);
}

int np_book_word(const char *words, const char *word)
{
	size_t n = strlen(word);
	int i = 0;

	for (const char *p = words; *p; i++) {
		size_t len = strcspn(p, " ");

		if (len == n && memcmp(p, word, n) == 0)
			return i;
		p += len;
		p += strspn(p, " ");
	}
	return -1;
}

void *np_book_slot(struct np_book_reader *r, struct np_list *l, size_t size,
		   const struct np_yaml *y, const char *name)
{
	unsigned char *p = l->v;
	void *slot;

	/* Every record begins with its struct np_entry. */
	for (size_t i = 0; i < l->n; i++, p += size) {
		struct np_entry *e = (void *)p;

		if (strcmp(e->name, name) != 0)
			continue;
		if (e->file == r->file) {
			(void)np_book_expect(r, y, "this name stands twice");
			return NULL;
		}
		memset(p, 0, size);
		return p;
	}
	slot = np_list_add(l, r->book->mem, size);
	if (!slot)
		(void)np_fail(r->err, NP_ENOMEM, "out of memory", r->file, 0);
	return slot;
}

static int read_sure(struct np_book_reader *r, const struct np_yaml *y,
		     struct np_entry *ret)
{
	const struct np_yaml *v = np_yaml_get(y, "sure");
	int i;

	/* A file may say it once for all its entries. */
	if (!v)
		v = np_yaml_get(r->root, "sure");
	i = v ? np_book_word("primary secondary unverified", v->text) : -1;
	if (i < 0)
		return np_book_expect(
			r, v ? v : y,
			"expected `sure`: primary, secondary or unverified");
	ret->sure = (enum np_truth)i;
	return 0;
}

static int read_source(struct np_book_reader *r, const struct np_yaml *y,
		       struct np_entry *ret)
{
	const char *word = np_yaml_text(y, "source");

	if (!word)
		word = np_yaml_text(r->root, "source");
	ret->source = word ? np_yaml_text(r->sources, word) : NULL;
	if (!ret->source)
		return np_book_expect(
			r,
			np_yaml_get(y, "source") ? np_yaml_get(y, "source") : y,
			"expected `source`: a key of the file's `sources`");
	return 0;
}

int np_book_entry(struct np_book_reader *r, const struct np_yaml *y,
		  const char *keys, const char *key, struct np_entry *ret)
{
	int rc;

	if (y->kind != NP_YAML_MAP)
		return np_book_expect(r, y, "expected an entry (a map)");
	NP_YAML_EACH(v, y)
	{
		if (np_book_word(keys, v->key->text) < 0 &&
		    np_book_word("source sure", v->key->text) < 0)
			return np_book_expect(r, v->key,
					      "this key is not known here");
	}
	ret->name = np_yaml_text(y, key);
	ret->file = r->file;
	ret->at = y;
	if (!ret->name || !*ret->name)
		return np_book_expect(r, y, "the entry has no name");
	rc = read_source(r, y, ret);
	return rc ? rc : read_sure(r, y, ret);
}

int np_book_texts(struct np_book_reader *r, const struct np_yaml *y,
		  const char *key, const struct np_yaml **ret)
{
	const struct np_yaml *v = np_yaml_get(y, key);

	*ret = v;
	if (!v)
		return 0;
	if (v->kind != NP_YAML_LIST)
		return np_book_expect(r, v, "expected a list of texts");
	NP_YAML_EACH(item, v)
	{
		if (item->kind != NP_YAML_TEXT || item->n == 0)
			return np_book_expect(r, item, "expected a text");
	}
	return 0;
}

int np_book_flag(struct np_book_reader *r, const struct np_yaml *y,
		 const char *key, bool *ret)
{
	const struct np_yaml *v = np_yaml_get(y, key);

	*ret = false;
	if (v && !np_yaml_bool(v, ret))
		return np_book_expect(r, v, "expected yes or no");
	return 0;
}

int np_book_tri(struct np_book_reader *r, const struct np_yaml *y,
		const char *key, enum np_tri *ret)
{
	bool said = false;
	int rc = np_book_flag(r, y, key, &said);

	*ret = !np_yaml_get(y, key) ? NP_UNSAID : said ? NP_YES : NP_NO;
	return rc;
}

int np_book_grade(struct np_book_reader *r, const struct np_yaml *y,
		  enum np_grade *ret)
{
	const struct np_yaml *v = np_yaml_get(y, "grade");
	int i = v ? np_book_word("E0 E1 E2 E3 E4 E5", v->text) : 0;

	if (i < 0)
		return np_book_expect(r, v, "expected a grade, E1 to E5");
	*ret = (enum np_grade)i;
	return 0;
}

const struct np_book_maker *np_book_maker(const struct np_book *b,
					  const char *slug)
{
	NP_BOOK_EACH(np_book_maker, m, b->makers)
	{
		if (strcmp(m->e.name, slug) == 0)
			return m;
	}
	return NULL;
}

static bool is_kind(const struct kind *k, const char *name)
{
	size_t n = strlen(k->name);

	if (k->name[n - 1] != '/')
		return strcmp(k->name, name) == 0;
	return strncmp(k->name, name, n) == 0;
}

static int read_file(struct np_book_reader *r, const char *name)
{
	bool found = false;

	for (size_t i = 0; i < NP_COUNT(kinds); i++) {
		const struct np_yaml *list = np_yaml_get(r->root, kinds[i].key);
		int rc;

		if (!is_kind(&kinds[i], name) || !list)
			continue;
		found = true;
		if (list->kind != NP_YAML_LIST)
			return np_book_expect(r, list, "expected a list");
		rc = kinds[i].read(r, list);
		if (rc)
			return rc;
	}
	if (!found)
		return np_book_expect(r, r->root, "the file's list is missing");
	return 0;
}

int np_book_add(struct np_book *b, const char *name, const char *text, size_t n,
		struct np_err *reterr)
{
	struct np_book_reader r = {.book = b, .file = name, .err = reterr};
	struct np_book_text *t;
	bool ours = false;
	int rc;

	for (size_t i = 0; i < NP_COUNT(kinds); i++)
		ours |= is_kind(&kinds[i], name);
	if (!ours)
		return np_fail(reterr, NP_ENONE, "no file of the book", name,
			       0);
	t = np_list_add(&b->texts, b->mem, sizeof(*t));
	if (!t)
		return np_fail(reterr, NP_ENOMEM, "out of memory", name, 0);
	*t = (struct np_book_text){name, text, n};
	rc = np_yaml_read(name, text, n, b->mem, &r.root, reterr);
	if (rc)
		return rc;
	r.sources = np_yaml_get(r.root, "sources");
	return read_file(&r, name);
}

/* One file of the directory, if it is ours and there. */
static int add_path(struct np_book *b, const char *dir, const char *name,
		    struct np_err *reterr)
{
	struct np_buf path = np_buf(4096);
	struct np_buf text = np_buf(MAX_TEXT);
	char chunk[8192];
	size_t n;
	FILE *f;
	int rc = 0;

	np_putf(&path, "%s/%s", dir, name);
	f = path.failed ? NULL : fopen(path.p, "rbe");
	if (!f) {
		rc = errno == ENOENT ? 0
				     : np_fail(reterr, NP_EIO, "cannot open",
					       path.p, 0);
	} else {
		while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0)
			np_put(&text, chunk, n);
		if (ferror(f) || text.failed)
			rc = np_fail(reterr, NP_EIO, "cannot read", path.p, 0);
		else
			rc = np_book_add(
				b, np_copystr(b->mem, name, strlen(name)),
				np_copystr(b->mem, text.p ? text.p : "",
					   text.n),
				text.n, reterr);
		fclose(f);
	}
	np_buf_free(&path);
	np_buf_free(&text);
	return rc;
}

static int is_yaml(const struct dirent *d)
{
	size_t n = strlen(d->d_name);

	return n > 5 && d->d_name[0] != '.' &&
	       strcmp(d->d_name + n - 5, ".yaml") == 0;
}

static int add_signatures(struct np_book *b, const char *dir,
			  struct np_err *reterr)
{
	struct np_buf path = np_buf(4096);
	struct dirent **list = NULL;
	int n, rc = 0;

	np_putf(&path, "%s/signatures", dir);
	n = scandir(path.p ? path.p : dir, &list, is_yaml, alphasort);
	for (int i = 0; i < n; i++) {
		np_buf_clear(&path);
		np_putf(&path, "signatures/%s", list[i]->d_name);
		if (rc == 0)
			rc = add_path(b, dir, path.p, reterr);
		free(list[i]);
	}
	free(list);
	np_buf_free(&path);
	return rc;
}

int np_book_add_dir(struct np_book *b, const char *dir, struct np_err *reterr)
{
	static const char *const names[] = {"makers.yaml",   "fields.yaml",
					    "families.yaml", "objects.yaml",
					    "codes.yaml",    "roles.yaml",
					    "like.yaml",     "registries.yaml",
					    "traps.yaml",    "signatures.yaml"};
	struct stat st;

	if (stat(dir, &st))
		return np_fail(reterr, NP_EIO, strerror(errno), dir, 0);
	if (!S_ISDIR(st.st_mode))
		return np_fail(reterr, NP_EIO, "not a directory", dir, 0);
	for (size_t i = 0; i < NP_COUNT(names); i++) {
		int rc = add_path(b, dir, names[i], reterr);

		if (rc)
			return rc;
	}
	return add_signatures(b, dir, reterr);
}
