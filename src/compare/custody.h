/* SPDX-License-Identifier: ISC */
/*
 * Custody of serial numbers, as the operator's people write it down: unracked,
 * stored, destroyed, row by row in a table. What they write is their word, and
 * counts as that. A box that is said to be out of its rack and whose serial
 * number was heard later is a question, not an accusation: somebody may have
 * typed it.
 *
 * Who did it stands in the table, and is not read: it names people.
 */
#ifndef NP_CUSTODY_H
#define NP_CUSTODY_H
#include "compare/compare.h"

#define NP_CUSTODY_ROWS ((size_t)2000000) /* of all files */
#define NP_CUSTODY_LINE ((size_t)64 * 1024)

enum np_custody_event {
	NP_C_RACKED, /* put into service (again) */
	NP_C_UNRACKED,
	NP_C_STORED,
	NP_C_DESTROYED,
	NP_C_NEVENTS
};
const char *np_custody_name(enum np_custody_event e); /* "unracked" … */
/* -1: no such word. */
int np_custody_find(const char *word, size_t n);

enum np_certificate {
	NP_CERT_NONE,	 /* none is named */
	NP_CERT_HASH,	 /* a hash alone */
	NP_CERT_ABSENT,	 /* a file that is not there */
	NP_CERT_TAKEN,	 /* a file that is there: its hash was taken */
	NP_CERT_MATCHES, /* it has the hash that the row says */
	NP_CERT_DIFFERS, /* it has not */
};
const char *np_certificate_name(enum np_certificate c);

struct np_custody_row {
	const char *serial, *place; /* place may be NULL */
	const char *certificate;    /* as the row names it, or NULL */
	char sha256[65];	    /* "" where there is none */
	enum np_certificate checked;
	enum np_custody_event event;
	int32_t day;
	const char *file; /* NULL: the dossier keeps it */
	uint64_t line;
	bool stated_by; /* somebody is named */
	bool bad;	/* it does not count */
	uint32_t seq;	/* as they were read */
};

struct np_custody_problem {
	const char *serial; /* NULL: of no serial */
	const char *file, *text;
	uint64_t line;
	uint32_t column; /* 0: the row */
};

/* Rows of one serial, and where it is. */
struct np_serial {
	const char *serial;
	const struct np_custody_row *rows; /* those that count, in order */
	size_t n;
	enum np_custody_event state; /* of the last of them */
	int32_t out; /* the day it was unracked; NP_NODAY while it is racked */
};

struct np_custody {
	struct np_arena *mem;
	struct np_custody_row *rows;
	size_t n, cap;
	struct np_custody_problem *problems;
	size_t nproblems, problems_cap;
	struct np_serial *serials; /* sorted, without case */
	size_t nserials;
};

/* Adds a file's rows; what is wrong with one is among the problems, and the
 * rest goes on. NP_EINPUT: it is no such table; NP_EIO, NP_ENOMEM, NP_ELIMIT.
 */
int np_custody_read(struct np_custody *c, const char *path,
		    struct np_err *reterr);
/* The same from n octets; `path` is for messages and certificates. */
int np_custody_parse(struct np_custody *c, const char *path, const char *text,
		     size_t n, struct np_err *reterr);
/* Adds one; texts are copied. */
int np_custody_add(struct np_custody *c, const struct np_custody_row *row);
/* Notes what is wrong with one; texts are not copied. */
int np_custody_wrong(struct np_custody *c, const struct np_custody_problem *p);
/* What the rows come to as of a day: later ones do not count yet. */
int np_custody_settle(struct np_custody *c, int32_t as_of);
/* NULL: it has no rows. */
const struct np_serial *np_custody_of(const struct np_custody *c,
				      const char *serial);
/* Of the serials that are out of their racks; *ret_n of them. */
int np_custody_reasons(const struct np_custody *c, struct np_reason **ret,
		       size_t *ret_n);

/* ---- what was heard of them */

struct np_heard {
	const struct np_device *device; /* NULL: never heard */
	int64_t first, last;		/* NP_NEVER: no times */
	enum np_grade grade; /* of the statement heard last; E0: an address */
	bool settable, part;
	uint16_t field;	 /* where it stood, with a grade */
	uint32_t source; /* 0: not known */
	bool again;	 /* heard after the day it was unracked */
};
/* One for each of c->serials, in memory of c->mem. */
int np_custody_heard(const struct np_custody *c, const struct np_devices *all,
		     struct np_heard **ret);

/* ---- what became of a box that was to go */

enum np_removal {
	NP_REMOVAL_HEARD,   /* still there, or heard after it was said to be out
			     */
	NP_REMOVAL_UNHEARD, /* only not heard any more: no removal */
	NP_REMOVAL_OUT,	    /* by custody */
};
/* Of the box of this id and serial number (which may be NULL) as of the day
 * that c is settled for; `heard` is np_custody_heard()'s. *ret_out: the day it
 * was out, or NP_NODAY. */
enum np_removal np_custody_removal(const struct np_custody *c,
				   const struct np_heard *heard,
				   const struct np_devices *all, const char *id,
				   const char *serial, int32_t *ret_out);
#endif
