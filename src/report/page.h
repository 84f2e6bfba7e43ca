/* SPDX-License-Identifier: ISC */
/* The page for a person, in parts: text.c puts them together. */
#ifndef NP_PAGE_H
#define NP_PAGE_H
#include "report/writer.h"

struct np_page {
	const struct np_report *r;
	const struct np_style *s;
	struct np_buf b; /* what is not written yet */
	FILE *to;
	int error; /* of writing, sticks */
	/* By device: 1 + the strongest status that the law has of it, 0: no
	 * finding. NULL before np_page_law. */
	uint8_t *law;
};

/* Writes what is there when it has grown: a page of a million devices never
 * stands in memory. */
void np_page_flush(struct np_page *p);
/* Is this the site that is shown, or are all? */
bool np_page_at(const struct np_page *p, uint32_t site);
/* Is the device there? */
bool np_page_here(const struct np_page *p, const struct np_device *d);
const char *np_page_site(const struct np_page *p, const struct np_device *d);
/* "1,058"; "1 box", "2 boxes". */
void np_put_count(struct np_buf *b, uint64_t n);
void np_put_many(struct np_buf *b, uint64_t n, const char *one,
		 const char *many);
/* "confirmed", "disputed with" whom. */
void np_put_sure(struct np_buf *b, const struct np_report *r, enum np_sure sure,
		 uint16_t rival);

/* ---- law.c: what the law says, and what is missing to say it */

/* In the order in which a person wants to see them, the greatest first. */
unsigned np_status_rank(enum np_status s);
/* Fills law. NP_ENOMEM or 0. */
int np_page_law(struct np_page *p);
/* "in scope", "undetermined" …, "-" where there is no finding. */
const char *np_page_law_of(const struct np_page *p, const struct np_device *d);
/* A line of the facts that most findings wait for; false: none is missing. */
bool np_page_asks(struct np_page *p);
void np_page_findings(struct np_page *p);
/* Breaks a text between words, so many blanks before each line. */
void np_page_paragraph(struct np_page *p, const char *text, size_t indent);

/* ---- stale.c: earlier statements that do not hold any more */

void np_page_stale(struct np_page *p);

/* ---- roles.c: what the boxes do, whoever made them */

void np_page_roles(struct np_page *p);

/* ---- like.c: how often like cases were right */

void np_page_like(struct np_page *p);

/* ---- statements.c: what people state, and what becomes of it */

void np_page_statements(struct np_page *p);
/* ---- places.c: where boxes stand, zones, contracts, sessions */

void np_page_places(struct np_page *p);

/* ---- coverage.c: where was looked, and what silence means */

void np_page_coverage(struct np_page *p);
#endif
