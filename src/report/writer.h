/* SPDX-License-Identifier: ISC */
/*
 * The same nouns, written several ways. writers.def lists the ways, one file
 * each. A writer reads a report, which only points at what a run came to.
 */
#ifndef NP_WRITER_H
#define NP_WRITER_H
#include "place/place.h"
#include "policy/policy.h"
#include "policy/statement.h"
#include "silence/silence.h"
#include "source/beside.h"
#include <stdio.h>

/* A source as reports name it. */
struct np_report_source {
	const char *name, *kind, *sha256, *site, *status;
	struct np_coverage coverage;
	struct np_beside beside; /* what a person wrote down */
	enum np_origin origin;
	uint64_t withheld;
	const struct np_dropped *dropped; /* the same by field */
	size_t ndropped;
	uint32_t number; /* in the dossier */
	bool again;	 /* was in the dossier before */
};

struct np_report {
	const struct np_knowledge *knowledge;
	const struct np_law *law;
	const struct np_party *party;
	const struct np_silence *silence; /* rules of silence */
	const struct np_devices *devices;
	const struct np_findings *findings;
	const struct np_said *said; /* what people state; may be NULL */
	struct np_places *places;   /* NULL: nobody placed anything */
	const struct np_findings *of_contracts;
	const struct np_report_source *sources;
	size_t nsources;
	uint64_t sightings;
	size_t unreadable; /* sources that could not be opened */
	int32_t as_of;
	const char *dossier;	/* its path; NULL: nothing is kept */
	struct np_stales stale; /* earlier statements that do not hold */
};

struct np_style {
	bool colour;
	bool all;	  /* every device, not only those somebody asks about */
	unsigned width;	  /* columns; 0: do not cut */
	const char *site; /* only this one; NULL: all */
	bool places;	  /* where each device stands, and by which key */
	bool excel;	  /* CSV begins with a mark that it is UTF-8 */
};

/* 0, NP_ENOMEM or NP_EIO. */
typedef int np_writer_fn(const struct np_report *r, const struct np_style *s,
			 FILE *to);

#define NP_WRITER(name) np_writer_fn np_write_##name;
#include "report/writers.def"
#undef NP_WRITER

/* ---- shared by writers */

/* One device, one finding as JSON objects (contract, section 4). */
int np_put_device(const struct np_report *r, const struct np_device *d,
		  bool canonical, struct np_arena *mem, struct np_buf *b);
/* ,"roles":[…]: of the whole report, counted; of one device. */
void np_put_roles(const struct np_report *r, struct np_buf *b);
void np_put_device_roles(const struct np_report *r, const struct np_evidence *e,
			 struct np_buf *b);
/* A title, and below it a tree: `fact` for the first claim of each fact, then
 * `claim` for every claim of it. */
typedef void np_claim_fn(const void *ctx, const struct np_kept_claim *c,
			 struct np_buf *b);
void np_put_facts(struct np_buf *b, const char *title,
		  const struct np_kept_claim *v, size_t n, np_claim_fn *fact,
		  np_claim_fn *claim, const void *ctx);
/* ,"keys":{…} */
void np_put_keys(const struct np_evidence *e, struct np_buf *b);
/* What the law has of it, as members: "clause" to "because". */
void np_put_ruling(const struct np_finding *f, struct np_buf *b);
void np_put_finding(const struct np_report *r, const struct np_finding *f,
		    struct np_buf *b);
/* One source as an object. */
void np_put_source(const struct np_report_source *s, struct np_buf *b);
/* ,"statements":[…]: all that people state, with what becomes of each. */
void np_put_statements(const struct np_report *r, struct np_buf *b);
/* One of them in words, as lines that begin with `indent`. */
void np_put_statement(const struct np_report *r, const struct np_said_row *x,
		      const char *indent, struct np_buf *b);
/* Is it about this box, or all like it, before this clause (NULL: any)? */
bool np_statement_about(const struct np_report *r, const struct np_said_row *x,
			const struct np_device *d, const char *clause);
/* ,"stale":[…]: earlier statements that do not hold any more. */
void np_put_stale(const struct np_report *r, struct np_buf *b);
/* ,"placed_by":…: of one device; ,"places":{…},"zones":[…],"contracts":[…],
 * "sessions":[…]: of the whole report. */
void np_put_placing(const struct np_report *r, const struct np_device *d,
		    struct np_buf *b);
void np_put_places(const struct np_report *r, struct np_buf *b);
/* The i-th contract for a service, with what the law finds of it. */
void np_put_contract(const struct np_report *r, size_t i, struct np_buf *b);
/* The same of one device in lines, for `explain`. */
void np_put_placing_lines(const struct np_report *r, const struct np_device *d,
			  struct np_buf *b);
/* Makers' display name, NULL for nobody. */
const char *np_report_maker(const struct np_report *r, uint16_t maker);
/* "maker", "model" …: what a claim is about. */
const char *np_report_what(enum np_what w);
/* The one more fact that would settle who made it, by what is missing from the
 * verdict's table. */
const char *np_settles(const struct np_device *d);
/* Do both claims rest on one fact of one sighting? */
bool np_same_fact(const struct np_kept_claim *a, const struct np_kept_claim *b);
/* Writes and empties b. */
int np_put_out(struct np_buf *b, FILE *to);
#endif
