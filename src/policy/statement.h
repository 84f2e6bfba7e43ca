/* SPDX-License-Identifier: ISC */
/*
 * What people state: that somebody looked at a box and read who made it, that a
 * finding is objected to, that an exception or a later date was granted, that
 * something happened or did not. Each statement is one line of JSON, signed
 * (store/journal.h), with its grade (Admiralty: source A to F, information 1 to
 * 6), the hashes of its evidence, and the days from and until which it counts.
 *
 * Nothing that a box said is taken away by a statement. What it does to a
 * finding follows from the set of statements and the day alone, never from
 * their order:
 *
 *  - an attested maker, of a box or of a part that it says it has, counts as a
 *    confirmed one does, if its grade is C3 or better; two that differ make the
 *    box's maker disputed;
 *  - an attested fact is what the operator's file or the inventory would state;
 *  - an objection makes a finding contested, which keeps what it would be
 *    without, and trips the gates that it would trip without;
 *  - a waiver makes it exempt until its day;
 *  - a later date that was granted stands in the place of the clause's;
 *  - an incident, or that there was none, is shown and never weighed.
 *
 * What lowers what the evidence says (another maker than the one that is known
 * or that some rule names, a waiver, another fact than is stated) counts only
 * with a second statement, by another person and another key, that supports it.
 * One that is over, or whose day has not come, never counts.
 */
#ifndef NP_STATEMENT_H
#define NP_STATEMENT_H
#include "core/buf.h"
#include "policy/policy.h"

#define NP_STATEMENT_MAX ((size_t)32 << 10) /* octets of one, as JSON */
#define NP_STATEMENT_WORD 2000		    /* octets of one text in it */
#define NP_STATEMENT_PROOFS 16		    /* files of evidence */

enum np_stating {
	NP_S_ATTEST,
	NP_S_DISPUTE,
	NP_S_WAIVE,
	NP_S_VARIATION, /* a later date was granted */
	NP_S_INCIDENT,
	NP_S_NO_INCIDENT,
	NP_S_SECOND, /* supports the statement `of` */
	NP_S_KINDS,
};
const char *np_stating_name(enum np_stating s); /* "attest" … */

struct np_proof {
	const char *name;   /* of the file, without its folder */
	const char *sha256; /* hex */
};

/* Texts are UTF-8 without what a terminal would obey; NULL where not said. */
struct np_statement {
	enum np_stating kind;
	/* About what: those that are said, all of them. A clause alone is about
	 * every box that it reaches. */
	const char *device;   /* the id that it had */
	const char *known_as; /* the id that the dossier knew it by, if other */
	const char *clause, *site;
	const char *fact;  /* attest: "maker", "part" (the maker of a part), or
			      a fact that rules ask for */
	const char *value; /* attest: a slug, "yes", a day …; variation: a day
			    */
	const char *of;	   /* second: the id of the other */
	const char *because;		  /* in the words of who states it */
	const char *authority, *citation; /* waive, variation: who granted it */
	const char *by;			  /* person or role */
	const char *made; /* when it was signed: "2026-11-27T09:00:00Z" */
	char source, information; /* 'A' to 'F', '1' to '6' */
	int32_t on;		  /* the day from which it counts */
	int32_t until;		  /* the last such day, or NP_NODAY */
	const struct np_proof *proofs;
	size_t nproofs;
};

/* Its JSON: one line, members in alphabetical order, none that is null. */
void np_statement_put(const struct np_statement *s, struct np_buf *b);
/* Reads what np_statement_put writes, octet for octet; anything else is
 * NP_EINPUT with what was expected. Texts live in `mem`. */
int np_statement_read(const char *text, size_t n, struct np_arena *mem,
		      struct np_statement *ret, struct np_err *reterr);
/* Is it whole: has it what its kind needs, and fits each the form that it
 * should have? NULL, or what was expected. */
const char *np_statement_lacks(const struct np_statement *s);
/* Is a fact of that name the maker of a box, or of a part of it? */
bool np_states_maker(const char *fact);
/* What the law and the knowledge must know of it: the maker's slug, the fact
 * and its form, the clause. NULL, or what was expected. */
const char *np_statement_unknown(const struct np_statement *s,
				 const struct np_law *l,
				 const struct np_knowledge *k);

/* ---- all that was stated */

/* What becomes of one, on a day. */
enum np_weight {
	NP_G_COUNTS,
	NP_G_RECORDED, /* incidents: shown, never weighed */
	NP_G_SUPPORTS, /* a second person's, of one that is there */
	NP_G_ALONE,    /* lowers what the evidence says: wants a second key */
	NP_G_WEAK,     /* an attestation below C3 */
	NP_G_EARLY,    /* its day has not come */
	NP_G_EXPIRED,
	NP_G_NOWHERE, /* what it is about is not there (any more) */
	NP_G_STRANGE, /* its key is none of those that are trusted */
	NP_G_WEIGHTS,
};
/* "counts" …, from knowledge/sentences.yaml */
const char *np_weight_text(const struct np_law *l, enum np_weight w);

struct np_said_row {
	struct np_statement s;
	const char *id;	 /* hex of its JSON's SHA-256 */
	const char *key; /* id of the public key, hex */
	uint64_t entry;	 /* in the journal; 0: not signed yet */
	enum np_weight weight;
	const struct np_device *device; /* NULL: none, or not found */
	uint16_t maker;			/* attested */
	int32_t later;			/* variation */
	const char *second;		/* id of a statement that supports it */
	bool trusted;
};

struct np_said;
struct np_said *np_said_new(void);
void np_said_free(struct np_said *s);
/* Reads one and keeps it; the same again changes nothing. */
int np_said_add(struct np_said *s, const char *text, size_t n, const char *key,
		uint64_t entry, bool trusted, struct np_err *reterr);
size_t np_said_n(const struct np_said *s);
/* In the order of the journal. */
const struct np_said_row *np_said_row(const struct np_said *s, size_t i);
/* Which box the i-th is about; found by who knows the dossier. */
void np_said_found(struct np_said *s, size_t i, const struct np_device *d);
/* Weighs all of them on the question's day. 0 or NP_ENOMEM. */
int np_said_weigh(struct np_said *s, const struct np_law *l,
		  const struct np_knowledge *k, const struct np_question *q);

/* ---- asked by judge(); `s` may be NULL: nobody said anything */

/* Is anything said of this very box that counts? */
bool np_said_of(const struct np_said *s, const struct np_device *d);
/* The maker that was attested; false: none was. Where those who attest differ,
 * it is disputed between two of them. */
bool np_said_maker(const struct np_said *s, const struct np_device *d,
		   uint16_t *ret_maker, uint16_t *ret_rival,
		   enum np_sure *ret_sure);
/* Was it attested that a part of the box is this maker's? */
bool np_said_part(const struct np_said *s, const struct np_device *d,
		  uint16_t maker);
/* A fact that was attested of the box, else of its site; NULL: none was. Where
 * those who attest differ, nothing is known: "". */
const char *np_said_fact(const struct np_said *s, const struct np_device *d,
			 const char *site, const char *name);
/* The statement of a kind that counts most for a box before a clause: the one
 * that began last, then the one that is over first. NULL: none. */
const struct np_said_row *np_said_kind(const struct np_said *s,
				       enum np_stating kind,
				       const struct np_device *d,
				       const char *site, const char *clause);
#endif
