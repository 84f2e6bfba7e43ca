/* SPDX-License-Identifier: ISC */
#include "document/zip.h"
#include "core/limits.h"
#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

struct np_zip {
	struct archive *a;
	const char *why;
	uint64_t size, given;
	unsigned entries;
	bool over; /* of the entry */
};

const char *np_zip_absent(void)
{
	return NULL;
}

struct np_zip *np_zip_open(struct np_cur octets)
{
	struct np_zip *z = calloc(1, sizeof(*z));

	if (!z)
		return NULL;
	z->size = octets.left;
	z->over = true;
	z->a = archive_read_new();
	if (!z->a) {
		free(z);
		return NULL;
	}
	/* Streamed: memory does not grow with its directory. */
	if (archive_read_support_format_zip_streamable(z->a) < ARCHIVE_OK ||
	    archive_read_open_memory(z->a, octets.p, octets.left) < ARCHIVE_OK)
		z->why = "the archive is damaged";
	return z;
}

/* What nobody took of an entry costs as much as if somebody had. */
static void drain(struct np_zip *z)
{
	uint8_t octets[16 * 1024];

	while (!z->why && np_zip_read(z, octets, sizeof(octets)) > 0)
		;
}

const char *np_zip_next(struct np_zip *z)
{
	struct archive_entry *e;

	drain(z);
	if (z->why)
		return NULL;
	int rc = archive_read_next_header(z->a, &e);

	if (rc == ARCHIVE_EOF)
		return NULL;
	if (rc < ARCHIVE_WARN)
		z->why = "the archive is damaged";
	else if (++z->entries > NP_ZIP_ENTRIES)
		z->why = "more entries in the archive than the limit";
	else if (archive_entry_is_encrypted(e) > 0)
		z->why = "it is encrypted: save it without a password";
	if (z->why)
		return NULL;
	const char *name = archive_entry_pathname(e);

	z->over = false;
	return name ? name : "";
}

ssize_t np_zip_read(void *zip, uint8_t *p, size_t n)
{
	struct np_zip *z = zip;

	if (z->why || z->over)
		return z->why ? -1 : 0;
	la_ssize_t got = archive_read_data(z->a, p, n);

	if (got < 0)
		z->why = "what is packed in the archive is damaged";
	else
		z->given += (uint64_t)got;
	z->over = got == 0;
	if (z->given > NP_ZIP_TOTAL)
		z->why = "the archive unpacks to more than the limit";
	else if (z->given > NP_ZIP_FREE && z->given / NP_MAX_RATIO > z->size)
		z->why = "the archive unpacks to more than 200 times its size";
	return z->why ? -1 : (ssize_t)got;
}

const char *np_zip_why(const struct np_zip *z)
{
	return z->why;
}

void np_zip_close(struct np_zip *z)
{
	if (z)
		(void)archive_read_free(z->a);
	free(z);
}
