/* SPDX-License-Identifier: ISC */
/*
 * What the exports for other programs share. Whatever came from a device, a
 * file or a person is hostile until it went through np_put_plain(): control and
 * bidi characters and octets that are no UTF-8 come out as \xNN and \u{NNNN},
 * so that no program obeys them and no eye is deceived by them.
 *
 * A field that has no room for doubt (a manufacturer) is filled for confirmed
 * makers only; the verdict, and who else it may be, stand beside it.
 */
#ifndef NP_EXPORT_H
#define NP_EXPORT_H
#include "report/writer.h"

/* s (NULL: nothing) made plain, cut behind `most` characters; 0: not cut. */
void np_put_plain(struct np_buf *b, const void *s, size_t n, size_t most);
/* The same as a JSON string, which may stand in HTML too: no <, >, &. NULL
 * gives null. */
void np_put_jtext(struct np_buf *b, const char *s);
/* The same of n octets, NULs among them. */
void np_put_joctets(struct np_buf *b, const void *s, size_t n);
/* ,"name":"text" */
void np_put_jmember(struct np_buf *b, const char *name, const char *s);

/* Would a spreadsheet compute what stands here: =, +, -, @ and their wide
 * forms, behind blanks and quotes, which some leave out? */
bool np_formula(const char *s, size_t n);

/* ---- CSV: RFC 4180, with CRLF; no cell is a formula to a spreadsheet */

struct np_cells {
	struct np_buf *b;
	struct np_buf cell; /* np_cells_free() */
	bool open;	    /* a cell stands in this row */
};
struct np_cells np_cells(struct np_buf *b);
void np_cells_free(struct np_cells *c);
/* A text cell, quoted. It gets a ' before =, +, -, @ at its beginning, and
 * behind a ; inside, where another locale's cell begins. NULL: an empty one. */
void np_cells_text(struct np_cells *c, const char *s);
void np_cells_cut(struct np_cells *c, const char *s, size_t most);
/* A number of our own; nothing of a device goes there. */
void np_cells_number(struct np_cells *c, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void np_cells_end(struct np_cells *c);
/* A row of names; NULL ends them. */
void np_cells_head(struct np_cells *c, const char *const *names);

/* ---- a device with what the law has of it */

struct np_export_box {
	const struct np_device *d;
	const struct np_finding *v; /* n of them */
	size_t n;
	const struct np_finding *strongest; /* of its place; NULL: none */
	const char *mac, *ip, *name;	    /* the first; NULL: none */
	const char *macs, *ips, *names;	    /* all, joined with "; " */
};
/* Goes through the devices of the site that is shown, in their order. */
struct np_export {
	const struct np_report *r;
	const struct np_style *s;
	struct np_arena mem; /* of the box, np_export_free() */
	size_t device;
};
struct np_export np_export(const struct np_report *r, const struct np_style *s);
/* The box of a device of np_devices. Texts live until the next call. NP_ENOMEM
 * or 0. */
int np_export_box(struct np_export *x, size_t device,
		  struct np_export_box *ret);
/* 1 and the next box, 0 behind the last, NP_ENOMEM. Texts live until the next
 * call. */
int np_export_next(struct np_export *x, struct np_export_box *ret);
void np_export_free(struct np_export *x);

/* Is this site shown? */
bool np_export_site(const struct np_report *r, const struct np_style *s,
		    uint32_t site);
/* A site of the party by its id; NP_NO_SITE: none. Adds none, as
 * np_site_find() may. */
uint32_t np_export_find(const struct np_report *r, const char *site);
/* Who made it, where that is confirmed; else NULL. */
const char *np_export_maker(const struct np_report *r,
			    const struct np_device *d);
/* The country of its site, or NULL. */
const char *np_export_country(const struct np_report *r, uint32_t site);
/* "0.946", or "" without like cases. */
const char *np_export_confidence(const struct np_report *r,
				 const struct np_device *d,
				 char buf[static 16]);

/* ---- what goes into a place of its own: a file, or several in a directory */

/* Makes the directory where there is none; files of the same names are
 * replaced. NP_EIO names the file that the system refused, NP_EABSENT what
 * this build has not. */
typedef int np_place_fn(const struct np_report *r, const struct np_style *s,
			const char *at, struct np_err *reterr);
np_place_fn np_write_netbox;
np_place_fn np_write_servicenow;
np_place_fn np_write_xlsx;
/* Several files (folder.c). */
/* Writes b as DIR/name and empties it. */
int np_folder_file(const char *dir, const char *name, struct np_buf *b,
		   struct np_err *reterr);

/* Names and serial numbers that two boxes have: a record of the one would
 * overwrite the other's. Names count within a site, without their case. */
struct np_twins {
	uint64_t *name, *serial; /* hashes, sorted */
	size_t nnames, nserials;
};
/* 0 or NP_ENOMEM. */
int np_twins_open(const struct np_report *r, const struct np_style *s,
		  struct np_twins *ret);
void np_twins_free(struct np_twins *t);
/* What the box is called where nothing is overwritten: its name, or its id
 * where it has none of its own; cut behind `most` characters. Lives in x->mem.
 */
const char *np_twins_name(const struct np_twins *t, struct np_export *x,
			  const struct np_export_box *b, size_t most);
/* Its serial number; NULL where it has none of its own. */
const char *np_twins_serial(const struct np_twins *t,
			    const struct np_export_box *b);
/* conflicts.csv: a row a box whose name or serial number is not its own, or
 * whose serial number is not known. */
int np_twins_file(const struct np_twins *t, const struct np_report *r,
		  const struct np_style *s, const char *dir,
		  struct np_err *reterr);
#endif
