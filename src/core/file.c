/* SPDX-License-Identifier: ISC */
#include "core/file.h"
#include <errno.h>
#include <string.h>

int np_file_take(FILE *f, const char *name, const char *over,
		 struct np_buf *ret, struct np_err *reterr)
{
	char chunk[16384];
	size_t n;

	while (!ret->failed && (n = fread(chunk, 1, sizeof(chunk), f)) > 0)
		np_put(ret, chunk, n);
	np_put(ret, "", 0);
	if (ferror(f))
		return np_fail(reterr, NP_EIO, "cannot be read", name, 0);
	return ret->failed ? np_fail(reterr, NP_ELIMIT, over, name, 0) : NP_OK;
}

int np_file_read(const char *path, const char *over, struct np_buf *ret,
		 struct np_err *reterr)
{
	FILE *f = fopen(path, "re");
	int rc;

	if (!f)
		return np_fail(reterr, NP_EIO, strerror(errno), path, 0);
	rc = np_file_take(f, path, over, ret, reterr);
	(void)fclose(f);
	return rc;
}
