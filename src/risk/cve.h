/* SPDX-License-Identifier: ISC */
/*
 * Lists of CVEs as NVD publishes them (feeds and API of version 2.0), read
 * offline from a file that the user has: it is never fetched. A list names
 * products by CPE 2.3 names (NIST IR 7695) and ranges of versions.
 *
 * The file is hostile. It is read once from end to end and nothing of it is
 * kept: each name goes to the caller as it is read.
 */
#ifndef NP_CVE_H
#define NP_CVE_H
#include "core/arena.h"
#include "core/cur.h"
#include "core/err.h"

#define NP_CVE_FILE ((size_t)2 << 30) /* octets in a list at most */

/* One product that one entry names. Texts live until the call is over, without
 * escapes; an empty one is not said. */
struct np_cve_name {
	struct np_cur cve;	/* "CVE-2020-1234" */
	struct np_cur criteria; /* the CPE name as it stands */
	struct np_cur part, vendor, product, version, update;
	struct np_cur from, until; /* range of versions */
	bool from_too, until_too;  /* the ends belong to it */
};

/* Called for each name that the list calls vulnerable; a negative code ends
 * the reading. */
typedef int np_cve_fn(void *ctx, const struct np_cve_name *x);

/* NP_EINPUT with file, line and column where it is no such list; *ret_entries
 * is how many CVEs it holds. */
int np_cve_read(const char *path, np_cve_fn *fn, void *ctx,
		uint64_t *ret_entries, struct np_err *reterr);
/* The same of octets in memory. */
int np_cve_parse(const char *name, const void *p, size_t n, np_cve_fn *fn,
		 void *ctx, uint64_t *ret_entries, struct np_err *reterr);
/* Splits a CPE 2.3 name; false when it is none. `mem` holds what had escapes.
 */
bool np_cpe_split(struct np_cur name, struct np_arena *mem,
		  struct np_cve_name *ret);

enum np_version_fit {
	NP_V_NOT,     /* another version */
	NP_V_ALL,     /* the list names no version: all of them */
	NP_V_IN,      /* this version is named */
	NP_V_UNKNOWN, /* the list names versions, the box says none */
};
/* Does the name mean this version (NULL: not known)? */
enum np_version_fit np_cve_fits(const struct np_cve_name *x,
				const char *version);
/* -1, 0, 1: numbers as numbers, letters without regard to case, signs between
 * them pass: "V200R010C00SPC600", "15.2(4)S7", "18.4R2-S3". */
int np_version_order(struct np_cur a, struct np_cur b);
#endif
