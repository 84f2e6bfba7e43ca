/* SPDX-License-Identifier: ISC */
/*
 * Any octets as a file that people maintain: the tree, and the readers of the
 * operator's file, of a capture's note and of the law (instruments, places,
 * affiliates, sentences: the schema in it tells). The first octet chooses.
 */
#include "core/yaml.h"
#include "fuzz.h"
#include "policy/law.h"
#include "source/beside.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MUST(x)                                                                \
	do {                                                                   \
		if (!(x))                                                      \
			abort();                                               \
	} while (0)

static unsigned walk(const struct np_yaml *y, unsigned depth)
{
	unsigned n = 1;

	MUST(y->line && y->column && depth < 10000);
	MUST(y->kind != NP_YAML_TEXT || strlen(y->text) <= y->n);
	NP_YAML_EACH(x, y)
	n += walk(x, depth + 1);
	return n;
}

static void tree(const uint8_t *p, size_t n)
{
	struct np_arena mem = np_arena((size_t)8 << 20);
	const struct np_yaml *y = NULL;
	struct np_err e = {0};
	int rc = np_yaml_read("fuzz.yaml", (const char *)p, n, &mem, &y, &e);

	MUST(rc == 0 ? y != NULL : e.code == rc && e.text);
	if (rc == 0)
		(void)walk(y, 0);
	np_arena_free(&mem);
}

static void party(const char *path)
{
	struct np_party *party = NULL;
	struct np_err e = {0};
	int rc = np_party_open(path, &party, &e);

	MUST(rc == 0 || (e.code == rc && e.text));
	if (rc == 0) {
		(void)np_site_find(party, "DE");
		for (size_t i = 0; i < np_sites(party); i++)
			MUST(np_site(party, i)->id);
	}
	np_party_close(party);
}

static void law(const uint8_t *p, size_t n)
{
	struct np_law l = {.mem = np_arena((size_t)8 << 20)};
	const struct np_yaml *y = NULL;
	struct np_err e = {0};
	int rc = np_yaml_read("fuzz.yaml", (const char *)p, n, &l.mem, &y, &e);

	if (rc == 0)
		rc = np_law_read(&l, "fuzz.yaml", y, &e);
	MUST(rc == 0 || (e.code == rc && e.text));
	np_arena_free(&l.mem);
}

static void from_file(const uint8_t *p, size_t n)
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);
	char path[64];

	MUST(fd >= 0 && write(fd, p, n) == (ssize_t)n);
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	party(path);
	(void)close(fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	if (!n)
		return 0;
	if ((p[0] & 3) == 3)
		law(p + 1, n - 1);
	else if (p[0] & 1)
		from_file(p + 1, n - 1);
	else
		tree(p + 1, n - 1);
	return 0;
}
