/* SPDX-License-Identifier: ISC */
/*
 * Registries: who was given which address block (IEEE) and which enterprise
 * number (IANA). They are read where they are installed and never kept in the
 * tree. A set holds one list of each kind; of several the freshest is taken.
 */
#ifndef NP_REGISTRY_H
#define NP_REGISTRY_H
#include "claim/book.h"

struct np_reg_block {
	uint64_t prefix; /* the block's bits, right-aligned */
	uint8_t bits;	 /* 24, 28 or 36 */
	uint32_t org;	 /* index in orgs */
};

struct np_reg_number {
	uint32_t number;
	const char *name;
};

struct np_reg_origin {
	const char *from; /* "oui-data 2.1.9", NULL: nothing was read */
	char date[16];	  /* "2026-08-26", "" when not known */
};

struct np_registry {
	struct np_arena *mem;
	struct np_list orgs;	/* const char *: names, each once */
	struct np_list blocks;	/* struct np_reg_block */
	struct np_list numbers; /* struct np_reg_number */
	struct np_reg_origin oui, pen;
	uint32_t *index; /* orgs by hash of name */
	size_t nindex;
};

/* Adds a block's owner; a second owner of the same block is kept beside the
 * first ("A / B"). False without memory. */
bool np_registry_block(struct np_registry *r, uint64_t prefix, unsigned bits,
		       const char *name, size_t n);
bool np_registry_number(struct np_registry *r, uint32_t number,
			const char *name, size_t n);

/* Hexadecimal digits with : or - between; the number of digits, 0 when there
 * is anything else or more than 12. */
unsigned np_registry_prefix(const char *s, size_t n, uint64_t *ret);

/* The formats. Lines that are none are passed over. */
int np_registry_json(struct np_registry *r, char *text, struct np_err *reterr);
int np_registry_manuf(struct np_registry *r, const char *text, size_t n);
int np_registry_csv(struct np_registry *r, const char *text, size_t n);
int np_registry_numbers(struct np_registry *r, const char *text, size_t n);

/* Looks what there is: `places` is a list of directories and files, NULL at
 * its end: a directory with index.json (oui-data), with oui.csv (IEEE's own
 * format), a file named manuf or enterprises.tsv. Takes the freshest of each
 * kind. Finding nothing is no error. */
int np_registry_find(struct np_registry *r, const char *const *places,
		     struct np_err *reterr);
#endif
