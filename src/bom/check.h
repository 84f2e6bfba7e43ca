/* SPDX-License-Identifier: ISC */
/*
 * Who made each item of a bill, and what the law says of buying it.
 *
 * A bill's word is a word: "confirmed" means here that the document itself
 * names the maker in the place for it, or that two of its statements agree;
 * nobody looked at hardware. A name in a product's text is a hint, and proves
 * nothing.
 */
#ifndef NP_BOM_CHECK_H
#define NP_BOM_CHECK_H
#include "bom/bom.h"
#include "policy/policy.h"

struct np_bom_answer {
	uint16_t maker, rival; /* NP_NO_MAKER: nobody */
	enum np_sure sure;
	const char *model, *family, *function; /* may be NULL */
	/* The statements that name the maker: "manufacturer", "cpe", "product
	 * name" …, joined; NULL: none does. */
	const char *because;
};

struct np_bom_finding {
	const struct np_finding *f;
	uint32_t item;
};

struct np_check {
	const struct np_bom *bom;
	struct np_bom_answer *answers; /* by item */
	struct np_bom_finding *v;      /* by item */
	size_t n;
	uint64_t unknown; /* items whose maker nobody knows */
};

struct np_check_conf {
	const struct np_law *law;
	const struct np_knowledge *knowledge;
	struct np_party *party;
	const char *what_if;
	const char
		*site; /* where it is meant for, where an item does not say */
	int32_t as_of; /* and bought on that day, where none is said */
};

/* What asking needs: for one thread. Bills write organisations' names in full,
 * as registries do. */
struct np_bom_asker;
/* NULL without memory. `k` outlives it. */
struct np_bom_asker *np_bom_asker_new(const struct np_knowledge *k);
void np_bom_asker_free(struct np_bom_asker *w);
/* Answers one item. */
int np_bom_ask(struct np_bom_asker *w, const struct np_bom_item *i,
	       struct np_arena *mem, struct np_bom_answer *ret);
/* Answers and judges all. Everything is in memory of `mem`. */
int np_bom_check(const struct np_bom *b, const struct np_check_conf *conf,
		 struct np_arena *mem, struct np_check *ret,
		 struct np_err *reterr);
#endif
