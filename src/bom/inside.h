/* SPDX-License-Identifier: ISC */
/* What the readers share. */
#ifndef NP_BOM_INSIDE_H
#define NP_BOM_INSIDE_H
#include "bom/bom.h"
#include "core/pull.h"
#include "proto/proto.h"

/* A file while it is read. Lines are counted from where they were counted
 * last, since items come in the order in which they stand. */
struct np_bom_file {
	struct np_bom *b;
	const uint8_t *text;
	size_t n;
	size_t counted; /* octets whose line feeds are counted */
	uint64_t line;
	size_t begins; /* where the line begins that `counted` is in */
	size_t inside; /* octets between them that begin no character */
	const char *map;
	bool broken; /* where the JSON is broken was told */
	int rc;	     /* sticks: NP_ENOMEM */
};

/* Where the octet at `at` stands. */
void np_bom_where(struct np_bom_file *f, size_t at, uint64_t *ret_line,
		  uint32_t *ret_column);
/* Is there a reason to read on? */
static inline bool np_bom_goes_on(const struct np_bom_file *f)
{
	return !f->rc && !f->b->full;
}
/* Something is wrong there; `text` is constant. */
void np_bom_bad(struct np_bom_file *f, size_t at, const char *text);
void np_bom_bad_at(struct np_bom_file *f, uint64_t line, uint32_t column,
		   const char *text);
/* A new item at that place; its index, or NP_BOM_ROOT when there is no room. */
uint32_t np_bom_add(struct np_bom_file *f, size_t at, uint32_t parent);
/* The item, until the next one is added. */
struct np_bom_item *np_bom_at(struct np_bom_file *f, uint32_t i);
/* A copy without white space at its ends; NULL when nothing is left. */
const char *np_bom_text(struct np_bom_file *f, struct np_cur v);
const char *np_bom_copy(struct np_bom_file *f, const char *s);
/* Adds a fact; beyond NP_BOM_FACTS none is. */
void np_bom_fact(struct np_bom_file *f, struct np_bom_item *i, const char *name,
		 const char *value);
/* A property of CycloneDX, by its name; texts are kept as they are. */
void np_bom_property(struct np_bom_file *f, struct np_bom_item *i,
		     const char *name, const char *value);
/* By CycloneDX's type of a component, or SPDX's primary purpose. */
enum np_bom_thing np_bom_thing_of(const char *type);
/* "Organization: Huawei (post@…)": the name; NULL of a person, of nobody. */
const char *np_bom_spdx_agent(struct np_bom_file *f, struct np_cur v);

/* ---- JSON: members of the document, as far as it can be read */

#define NP_BOM_MEMBERS 64

struct np_bom_member {
	struct np_cur name, value; /* of what is broken: all that is left */
};
struct np_bom_members {
	struct np_bom_member v[NP_BOM_MEMBERS];
	size_t n;
};
const struct np_bom_member *np_bom_member(const struct np_bom_members *m,
					  const char *name);
/* A member's text; NULL: none, or no text. */
const char *np_bom_member_text(struct np_bom_file *f,
			       const struct np_bom_members *m,
			       const char *name);
/* A string, copied; NULL of anything else, which is passed over. */
const char *np_bom_string(struct np_bom_file *f, struct np_pull *p);
/* Passes over a value. */
void np_bom_pass(struct np_pull *p);
/* A list was read: tells what ended it before its end. */
void np_bom_over(struct np_bom_file *f, const struct np_pull *p);
/* Where the value ahead begins, as an offset in the file. */
size_t np_bom_ahead(struct np_bom_file *f, struct np_pull *p);

void np_bom_json(struct np_bom_file *f, struct np_err *reterr);
void np_bom_cyclonedx(struct np_bom_file *f, const struct np_bom_members *m);
void np_bom_spdx(struct np_bom_file *f, const struct np_bom_members *m);
void np_bom_spdx3(struct np_bom_file *f, const struct np_bom_members *m);
void np_bom_xml(struct np_bom_file *f);
void np_bom_tag(struct np_bom_file *f);
/* NP_EINPUT: no row is a head. */
void np_bom_table(struct np_bom_file *f, struct np_err *reterr);
#endif
