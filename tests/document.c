/* SPDX-License-Identifier: ISC */
/*
 * document --check|--bless|--prop ROOT NAME[/CASE]: the goldens of a document.
 *
 * ROOT/NAME/CASE is a document, ROOT/NAME/CASE.says what is read from it, and
 * ROOT/NAME/origin.md says of each CASE where it comes from. --prop cuts it
 * everywhere and changes its octets: the same answer each time, no crash, and
 * what stands before a cut line is said as before.
 */
#include "document.h"
#include <dirent.h>
#include <sys/stat.h>

struct tap {
	unsigned n, bad;
};

static void result(struct tap *t, bool ok, const char *label, const char *why)
{
	(void)printf("%sok %u - %s\n", ok ? "" : "not ", ++t->n, label);
	if (!ok)
		(void)printf("# %s\n", why);
	t->bad += !ok;
}

static char *slurp(const char *path, size_t *ret_n)
{
	FILE *f = fopen(path, "re");
	char *p = f ? calloc(1, 1 << 24) : NULL;

	*ret_n = p ? fread(p, 1, (1 << 24) - 1, f) : 0;
	if (f)
		(void)fclose(f);
	return p;
}

static bool origin_said(const char *dir, const char *name)
{
	char path[8192], want[300];
	size_t n;
	char *text;
	bool said;

	(void)snprintf(path, sizeof(path), "%s/origin.md", dir);
	(void)snprintf(want, sizeof(want), "- %s: ", name);
	text = slurp(path, &n);
	const char *at = text ? strstr(text, want) : NULL;

	if (at)
		at += strlen(want);
	said = at && (strncmp(at, "laboratory", 10) == 0 ||
		      strncmp(at, "constructed", 11) == 0);
	free(text);
	return said;
}

static void check(struct tap *t, const char *dir, const char *name, bool bless,
		  const char *label)
{
	char path[8192], says[8300];
	struct np_buf out = np_buf((size_t)1 << 24);
	size_t n, want_n;

	(void)snprintf(path, sizeof(path), "%s/%s", dir, name);
	(void)snprintf(says, sizeof(says), "%s.says", path);
	char *p = slurp(path, &n), *want = NULL;
	bool known = p && read_octets(NULL, p, n, true, &out);

	if (bless && known) {
		FILE *f = fopen(says, "we");

		if (f) {
			(void)fwrite(out.p, 1, out.n, f);
			(void)fclose(f);
		}
		(void)printf("blessed %s\n", says);
	} else {
		want = slurp(says, &want_n);
		result(t,
		       known && want && want_n == out.n &&
			       memcmp(want, out.p, out.n) == 0,
		       label, "differs from what is read now");
		result(t, origin_said(dir, name), label,
		       "origin.md does not say laboratory or constructed");
	}
	free(want);
	free(p);
	np_buf_free(&out);
}

static bool same_twice(const struct np_document *is, const char *p, size_t n)
{
	struct np_buf a = np_buf((size_t)1 << 24), b = a;

	(void)read_octets(is, p, n, false, &a);
	(void)read_octets(is, p, n, false, &b);
	bool same = a.n == b.n && (!a.n || memcmp(a.p, b.p, a.n) == 0);

	np_buf_free(&a);
	np_buf_free(&b);
	return same;
}

/* At most so many places of a long document; of one that is unpacked each time
 * fewer. */
#define PLACES 2000
#define PLACES_PACKED 40

static void properties(struct tap *t, const struct np_document *is,
		       const char *dir, const char *name, const char *label)
{
	static const char hostile[] = {0, '\n', '"', '<', '\xff', '%', '\\'};
	char path[8192];
	size_t n;
	bool ok = true;

	(void)snprintf(path, sizeof(path), "%s/%s", dir, name);
	char *p = slurp(path, &n);
	bool packed = p && n > 4 && memcmp(p, "PK\3\4", 4) == 0;
	size_t step = n / (packed ? PLACES_PACKED : PLACES) + 1;

	for (size_t i = 0; p && i < n; i += step) {
		char was = p[i];

		ok &= same_twice(is, p, i);
		for (size_t k = 0; k < sizeof(hostile); k++) {
			p[i] = hostile[k];
			ok &= same_twice(is, p, n);
		}
		p[i] = was;
	}
	result(t, ok, label, "the same document gave two answers");
	free(p);
}

static bool is_case(const char *name)
{
	size_t n = strlen(name);

	return name[0] != '.' && strcmp(name, "origin.md") != 0 &&
	       !(n > 5 && strcmp(name + n - 5, ".says") == 0);
}

int main(int argc, char **argv)
{
	char dir[4000], label[600];
	struct tap t = {0};
	struct dirent **list = NULL;
	const struct np_document *is = NULL;

	if (argc != 4) {
		(void)fputs(
			"document --check|--bless|--prop ROOT NAME[/CASE]\n",
			stderr);
		return 2;
	}
	size_t len = strcspn(argv[3], "/");
	const char *one = argv[3][len] ? argv[3] + len + 1 : NULL;

	for (size_t i = 0; np_documents[i]; i++)
		if (strlen(np_documents[i]->name) == len &&
		    memcmp(np_documents[i]->name, argv[3], len) == 0)
			is = np_documents[i];
	(void)snprintf(dir, sizeof(dir), "%s/%.*s", argv[2], (int)len, argv[3]);
	int n = is ? scandir(dir, &list, NULL, alphasort) : -1;

	for (int i = 0; i < n; i++) {
		const char *name = list[i]->d_name;

		(void)snprintf(label, sizeof(label), "%s/%s", is->name, name);
		if (is_case(name) && (!one || strcmp(one, name) == 0)) {
			if (strcmp(argv[1], "--prop") == 0)
				properties(&t, is, dir, name, label);
			else
				check(&t, dir, name,
				      strcmp(argv[1], "--bless") == 0, label);
		}
		free(list[i]);
	}
	free(list);
	if (strcmp(argv[1], "--bless") != 0) {
		if (!t.n)
			result(&t, false, argv[3], "has no golden document");
		(void)printf("1..%u\n", t.n);
	}
	return t.bad != 0;
}
