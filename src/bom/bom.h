/* SPDX-License-Identifier: ISC */
/*
 * What somebody is about to buy or to build from: bills of materials
 * (CycloneDX 1.2 to 1.6 as JSON and XML, SPDX 2.2 and 2.3 as JSON and
 * tag-value, SPDX 3.0 as JSON-LD) and order lists as tables. Which one a file
 * is, is found by its content.
 *
 * Items are read with where they stand. What names a person (authors,
 * contacts, "Person:") is not read. A file that is cut off or broken gives what
 * stands before that, and where it broke.
 */
#ifndef NP_BOM_H
#define NP_BOM_H
#include "core/arena.h"
#include "core/buf.h"
#include "core/cur.h"
#include "core/err.h"

#define NP_BOM_FILE ((size_t)256 << 20) /* octets of a file */
#define NP_BOM_ITEMS 200000u		/* of a file */
#define NP_BOM_DEPTH 32			/* items inside each other */
#define NP_BOM_TEXT 4096		/* octets of a text; the rest is cut */
#define NP_BOM_PROBLEMS 1000u		/* told of one file */
#define NP_BOM_FACTS 16			/* of an item */

enum np_bom_format {
	NP_BOM_NONE,
	NP_BOM_CYCLONEDX_JSON,
	NP_BOM_CYCLONEDX_XML,
	NP_BOM_SPDX_JSON,
	NP_BOM_SPDX_TAG,
	NP_BOM_SPDX3_JSON,
	NP_BOM_TABLE,
};
const char *np_bom_format_name(enum np_bom_format f);

enum np_bom_thing { NP_BOM_EQUIPMENT, NP_BOM_SOFTWARE, NP_BOM_SERVICE };
const char *np_bom_thing_name(enum np_bom_thing t);

#define NP_BOM_ROOT UINT32_MAX

/* What an item states of itself that some rule may ask for: a column of that
 * name ("generation", "foreign_produced"), a property "nameplate:generation".
 */
struct np_bom_fact {
	const char *name, *value;
};

/* Texts are NULL where nothing is said. */
struct np_bom_item {
	enum np_bom_thing thing;
	uint32_t parent;  /* the item that it is a part of, or NP_BOM_ROOT */
	const char *type; /* as the document has it: "device", "firmware" … */
	const char *maker; /* who is said to have made it */
	const char *supplier, *publisher, *group;
	bool vendor; /* publisher is a table's vendor: made it, or sells it */
	const char *name, *model, *version, *part, *serial;
	const char *purl, *cpe;
	const char *quantity, *site, *function, *obtained;
	const struct np_bom_fact *facts;
	size_t nfacts;
	const char *pointer; /* "/components/3"; NULL: a line says enough */
	uint64_t line;	     /* from 1 */
	uint32_t column;     /* from 1, in characters; 0: not known */
};

struct np_bom_problem {
	const char *text; /* what was expected, or is wrong */
	uint64_t line;
	uint32_t column;
};

struct np_bom {
	struct np_arena *mem;
	const char *path;
	enum np_bom_format format;
	const char *version; /* of the format, or NULL */
	struct np_bom_item *v;
	size_t n, cap;
	struct np_bom_problem *problems;
	size_t nproblems, problems_cap;
	bool full; /* more items than the limit */
};

/* Reads a file ("-": standard input). `map` tells what columns of a table are:
 * "manufacturer=Firma,quantity=Menge"; may be NULL. NP_EINPUT: no such
 * document; NP_EIO, NP_ELIMIT, NP_ENOMEM. What is wrong inside is among the
 * problems, and gives 0. */
int np_bom_read(struct np_bom *b, const char *path, const char *map,
		struct np_err *reterr);
/* The same from n octets; `path` is for messages. */
int np_bom_parse(struct np_bom *b, const char *path, const void *text, size_t n,
		 const char *map, struct np_err *reterr);
#endif
