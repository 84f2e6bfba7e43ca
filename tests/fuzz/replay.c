/* SPDX-License-Identifier: ISC */
/* Gives a fuzz target each file named, or each file of a directory named. An
 * empty corpus is a mistake and fails. */
#include "fuzz.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#define FILE_MAX ((size_t)16 << 20)

static unsigned long replay_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	uint8_t *p = malloc(FILE_MAX);

	if (!f || !p) {
		perror(path);
		exit(1);
	}
	size_t n = fread(p, 1, FILE_MAX, f);
	/* Exactly as large as the input, so that a read past it is seen. */
	uint8_t *exact = realloc(p, n ? n : 1);

	(void)fclose(f);
	(void)LLVMFuzzerTestOneInput(exact ? exact : p, n);
	free(exact ? exact : p);
	return 1;
}

static unsigned long replay(const char *path)
{
	DIR *d = opendir(path);
	unsigned long n = 0;
	char sub[4096];

	if (!d)
		return replay_file(path);
	for (struct dirent *e; (e = readdir(d));) {
		if (e->d_name[0] == '.')
			continue;
		(void)snprintf(sub, sizeof(sub), "%s/%s", path, e->d_name);
		n += replay(sub);
	}
	(void)closedir(d);
	return n;
}

int main(int argc, char **argv)
{
	unsigned long n = 0;

	for (int i = 1; i < argc; i++)
		n += replay(argv[i]);
	(void)printf("%lu inputs replayed\n", n);
	return n ? 0 : 1;
}
