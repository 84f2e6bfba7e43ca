/* SPDX-License-Identifier: ISC */
/* In a build without libarchive: opens nothing, and says what is missing. */
#include "document/zip.h"

const char *np_zip_absent(void)
{
	return "libarchive";
}

struct np_zip *np_zip_open(struct np_cur octets)
{
	(void)octets;
	return NULL;
}

const char *np_zip_next(struct np_zip *z)
{
	(void)z;
	return NULL;
}

ssize_t np_zip_read(void *zip, uint8_t *p, size_t n)
{
	(void)zip;
	(void)p;
	(void)n;
	return 0;
}

const char *np_zip_why(const struct np_zip *z)
{
	(void)z;
	return NULL;
}

void np_zip_close(struct np_zip *z)
{
	(void)z;
}
