/* SPDX-License-Identifier: ISC */
/*
 * What lies in a ZIP archive (APPNOTE.TXT, ISO/IEC 21320-1), from its first
 * entry to its last, through libarchive; zip_absent.c stands for it where the
 * build lacks that. Its directory is not believed: entries are taken as they
 * come, and all that is unpacked is counted, wanted or not.
 */
#ifndef NP_ZIP_H
#define NP_ZIP_H
#include "core/cur.h"
#include <sys/types.h>

#define NP_ZIP_SIZE ((size_t)64 << 20)	   /* octets of an archive */
#define NP_ZIP_ENTRIES 4096		   /* of an archive */
#define NP_ZIP_TOTAL ((uint64_t)512 << 20) /* octets that it unpacks to */
#define NP_ZIP_FREE ((uint64_t)16 << 20)   /* whatever the ratio is */

struct np_zip;

/* The octets stay until it is closed. NULL: out of memory, or absent; what is
 * no archive has no entry. */
struct np_zip *np_zip_open(struct np_cur octets);
/* The library that this build lacks; NULL: it is there. */
const char *np_zip_absent(void);
/* The name of the next entry, until the next call; NULL at the end. */
const char *np_zip_next(struct np_zip *z);
/* As read(2), of the entry; an np_pull_fn. */
ssize_t np_zip_read(void *zip, uint8_t *p, size_t n);
/* What ended it before its end, a constant sentence; NULL: nothing. */
const char *np_zip_why(const struct np_zip *z);
void np_zip_close(struct np_zip *z);
#endif
