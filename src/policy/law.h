/* SPDX-License-Identifier: ISC */
/*
 * The law as it is kept: what policies, jurisdictions and sentences say, after
 * every key, word, date and name in them was checked. Read-only once open; all
 * of it lies in one arena, or in the program itself.
 */
#ifndef NP_LAW_H
#define NP_LAW_H
#include "core/buf.h"
#include "core/yaml.h"
#include "policy/policy.h"

#define NP_LAW_LIMIT ((size_t)16 << 20) /* octets of one law */
#define NP_MAX_MISSING 8		/* facts that one finding asks for */

/* A file that was compiled in (tools/lawpack.c). */
struct np_law_file {
	const char *name; /* "policies/de-5g-contracts-2024.yaml" */
	const unsigned char *text;
	size_t n;
	const struct np_yaml *root;
};
extern const struct np_law_file np_law_files[];
extern const size_t np_law_nfiles;

/* A fact that a clause may ask for. */
enum np_fact_is { NP_F_YES, NP_F_DAY, NP_F_LATER, NP_F_NUMBER, NP_F_WORD };

struct np_law_fact {
	const char *jurisdiction; /* NULL: of no country */
	const char *name;
	const char *brief; /* "maker": for tables */
	const char *asks;  /* "whether …" where it is yes or no */
	const char *get;
	const char *presumed; /* taken where nothing is stated, NULL: asked */
	enum np_fact_is is;
	uint16_t slot;	/* the same for facts of one name */
	uint16_t index; /* of its own */
	struct np_law_fact *next;
};

struct np_cond {
	const char *name;
	const struct np_law_fact *fact;
	enum np_test { NP_T_IS, NP_T_OVER, NP_T_AFTER, NP_T_BY } test;
	const char *word;      /* IS: "yes", "5G" */
	uint64_t number;       /* OVER */
	int32_t day;	       /* AFTER, BY (that day included) */
	const char *otherwise; /* said when it does not hold; may be NULL */
	const struct np_yaml *at;
};

struct np_conds {
	struct np_cond *v;
	size_t n;
};

struct np_words {
	const char **v;
	const struct np_yaml **at;
	size_t n;
};

struct np_exception {
	struct np_words functions; /* any of; or … */
	struct np_conds when;	   /* … all of */
	const char *says;
};

struct np_rule {
	struct np_clause pub;
	bool nobody;	       /* binds nobody: a request, advice */
	struct np_conds bound; /* any of; none: everybody who is meant */
	struct np_words makers;
	struct np_words entities;  /* as the text writes them; neither makers
				      nor entities: names nobody */
	uint16_t *maker;	   /* makers, as the knowledge counts them */
	bool components;	   /* parts count too */
	struct np_words functions; /* "core", "access/olt"; none: any */
	bool known_function; /* says nothing of a box whose function nobody
				knows: it would be asked of every box */
	struct np_words addresses; /* places it is addressed to, if not home */
	const char *generation;	   /* "5G", or NULL */
	struct np_conds when;	   /* all of */
	struct np_conds abroad;	   /* any of: then it reaches other places */
	struct np_exception *exceptions;
	size_t nexceptions;
	struct np_cond date_from; /* .fact holds the date, where .name is set */
	struct np_cond later;	  /* .fact: a later date that was granted */
	uint8_t yearly_month, yearly_day; /* 0: not yearly */
	const char *instrument; /* the same pointer in all of its clauses */
	const struct np_jurisdiction *home; /* of pub.jurisdiction */
	const char *file;
	const struct np_yaml *at;
};

struct np_instrument {
	const char *id, *file;
	const struct np_yaml *at;
	struct np_rule *rules;
	size_t nrules;
	struct np_instrument *next;
};

/* A place where a law holds; membership of a union is one too. */
struct np_territory {
	const char *place; /* "PR", "US-TX" */
	int32_t from, until;
	enum np_certainty sure; /* unverified: nothing is applied there */
};

/* One maker is counted with another, on the days from..until. */
struct np_affiliate {
	const char *maker, *of; /* slugs */
	uint16_t maker_id, of_id;
	int32_t from, until;	/* NP_NODAY: not known, or not ended */
	enum np_certainty sure; /* unverified: counts for nothing */
	const struct np_yaml *at;
	const char *file;
	struct np_affiliate *next;
};

struct np_jurisdiction {
	const char *code, *name;
	bool is_union; /* of states: its members have law of their own */
	struct np_territory *territory;
	size_t nterritory;
	struct np_jurisdiction *next;
};

struct np_place { /* a place without rules on file, by name */
	const char *code, *name;
	struct np_place *next;
};

struct np_generation {
	const char *name; /* "5G" */
	struct np_words functions;
	struct np_generation *next;
};

struct np_function_name {
	const char *prefix, *name; /* "ran", "radio access" */
	struct np_function_name *next;
};

enum np_when { NP_W_NONE, NP_W_AHEAD, NP_W_TODAY, NP_W_PAST, NP_NWHENS };

#define NP_ASIDES(XX)                                                          \
	XX(not_read)                                                           \
	XX(later)                                                              \
	XX(reaches)                                                            \
	XX(what_if)                                                            \
	XX(not_yet)                                                            \
	XX(no_place)                                                           \
	XX(no_pack)                                                            \
	XX(none_on_file)                                                       \
	XX(not_judged)                                                         \
	XX(affiliate)                                                          \
	XX(extent)                                                             \
	XX(stale_new)                                                          \
	XX(stale_force)                                                        \
	XX(stale_ended)                                                        \
	XX(stale_followed)                                                     \
	XX(stale_counted)                                                      \
	XX(stale_edited)                                                       \
	XX(stale_gone)                                                         \
	XX(stale_known)                                                        \
	XX(by_maker)                                                           \
	XX(by_thing)                                                           \
	XX(by_function)                                                        \
	XX(by_generation)                                                      \
	XX(by_fact)                                                            \
	XX(waived)                                                             \
	XX(objected)                                                           \
	XX(said_counts)                                                        \
	XX(said_recorded)                                                      \
	XX(said_supports)                                                      \
	XX(said_alone)                                                         \
	XX(said_weak)                                                          \
	XX(said_early)                                                         \
	XX(said_expired)                                                       \
	XX(said_nowhere)                                                       \
	XX(said_strange)                                                       \
	XX(supplier)                                                           \
	XX(answer)

enum np_aside {
#define XX(name) NP_A_##name,
	NP_ASIDES(XX)
#undef XX
		NP_NASIDES
};

struct np_law {
	struct np_arena mem;
	struct np_rule *rules; /* sorted by id */
	size_t nrules;
	struct np_instrument *instruments;
	struct np_jurisdiction *jurisdictions;
	struct np_affiliate *affiliates;
	struct np_place *places;
	struct np_law_fact *facts;
	uint16_t nfacts, nslots;
	struct np_generation *generations;
	struct np_function_name *functions;
	const char *opening;
	const char *aside[NP_NASIDES];
	const char *sentence[NP_NSTATUSES][NP_NDUTIES][NP_NWHENS];
	const struct np_law_fact *place, *maker, *part, *function, *generation;
	size_t nmakers; /* of the knowledge that it was bound to */
	struct np_law_file *files;
	size_t nfiles;
};

/* ---- reading: the first error sticks in rc, later calls do nothing */

struct np_reader {
	struct np_law *law;
	const char *file;
	struct np_err *err;
	int rc;
};

void *np_read_alloc(struct np_reader *r, size_t n); /* zeroed */
void np_read_expect(struct np_reader *r, const struct np_yaml *y,
		    const char *expected);
/* Refuses keys that are not in `expected`: "expected one of: a, b, c". */
void np_read_keys(struct np_reader *r, const struct np_yaml *y,
		  const char *expected);
/* A text of a map. `expected` (the complaint when it is missing) NULL: may be
 * missing. */
const char *np_read_text(struct np_reader *r, const struct np_yaml *y,
			 const char *key, const char *expected);
int32_t np_read_day(struct np_reader *r, const struct np_yaml *y,
		    const char *key);
bool np_read_flag(struct np_reader *r, const struct np_yaml *y,
		  const char *key);
enum np_certainty np_read_sure(struct np_reader *r, const struct np_yaml *y,
			       enum np_certainty otherwise);
/* A text or a list of texts. */
struct np_words np_read_words(struct np_reader *r, const struct np_yaml *y);
const char *np_read_joined(struct np_reader *r, const struct np_yaml *y,
			   const char *separator);
struct np_conds np_read_conds(struct np_reader *r, const struct np_yaml *y);
struct np_cond np_read_cond(struct np_reader *r, const struct np_yaml *y);

/* "DE", "EU"; with `region` also "US-TX". */
bool np_is_place(const char *s, bool region);

/* The kinds of file. */
void np_read_policy(struct np_reader *r, const struct np_yaml *y);
void np_read_clauses(struct np_reader *r, const struct np_yaml *y,
		     const struct np_clause *like, struct np_instrument *in);
void np_read_jurisdictions(struct np_reader *r, const struct np_yaml *y);
void np_read_affiliates(struct np_reader *r, const struct np_yaml *y);
void np_read_sentences(struct np_reader *r, const struct np_yaml *y);
/* Reads one file of ours; which kind it is follows from its schema, else from
 * its name. */
int np_law_read(struct np_law *l, const char *name, const struct np_yaml *root,
		struct np_err *reterr);
/* Joins what the files say; everything that is named must be there. */
int np_law_finish(struct np_law *l, struct np_err *reterr);
/* Looks up the makers that clauses name. */
int np_law_bind(struct np_law *l, const struct np_knowledge *k,
		struct np_err *reterr);

/* A country's fact, or one of no country; NULL: no such fact. */
const struct np_law_fact *
np_law_fact(const struct np_law *l, const char *jurisdiction, const char *name);
const struct np_jurisdiction *np_law_jurisdiction(const struct np_law *l,
						  const char *code);
/* What a function is called in sentences: by its longest known prefix, else the
 * function itself. */
const char *np_function_name(const struct np_law *l, const char *function);
/* Does the law of j hold at a place, or in the region around it, on a day, and
 * how sure is that (may be NULL)? */
bool np_law_holds(const struct np_jurisdiction *j, const struct np_site *at,
		  int32_t day, enum np_certainty *ret_sure);
/* "core" matches "core/upf", "core/upf" itself, not "corex". */
bool np_function_is(const char *function, const char *prefix);

/* ---- what the operator states */

/* Of a site, else of the party in a jurisdiction; NULL: not stated. yes and no
 * stand for true and false. */
const char *np_party_fact(const struct np_party *p, const struct np_site *s,
			  const char *jurisdiction, const char *name);

/* Has what is stated the form that the fact wants? */
bool np_law_fits(const struct np_law_fact *f, const struct np_yaml *y);
/* What it has to have instead: "expected yes or no". */
const char *np_law_form(const struct np_law_fact *f);

/* ---- judging one device before one clause */

enum np_holds { NP_HOLDS_NOT, NP_HOLDS, NP_HOLDS_UNKNOWN };

struct np_case {
	const struct np_law *law;
	const struct np_knowledge *k;
	const struct np_question *q;
	const struct np_device *device;
	const struct np_site *site; /* NULL: not known */
	const char *country;	    /* where it stands; NULL: not known */
	const char *part;	    /* maker's name of the part judged */
	uint16_t maker, rival;
	enum np_sure sure;
	enum np_certainty extent; /* that the rule's law holds there */
	const char *not_judged;	  /* titles of what is on file, not judged */
	/* What the inventory states of the box, by slot, and the operator of
	 * its site or itself, by index; NULL: nothing. */
	const char *const *stated, *const *party;
	bool attested;	      /* maker, rival, sure: by a person who looked */
	const char *function; /* of the device, or attested; may be NULL */
};

struct np_said_row;
struct np_ruling {
	enum np_status status;
	enum np_status without; /* what nobody objected to or waived */
	const struct np_said_row *waiver; /* exempt by it */
	const char *reason; /* not in scope: why; exempt: the exception */
	const struct np_cond *reason_of; /* a condition that does not hold */
	enum np_aside aside;		 /* which sentence says the reason */
	bool not_yet;			 /* adopted, not in force */
	bool ask_later; /* its date is past: was a later one granted? */
	int32_t date;
	const struct np_affiliate *by; /* why the maker is counted; or NULL */
	size_t nmissing;
	struct np_missing {
		const struct np_law_fact *fact;
		const struct np_cond *cond; /* may be NULL */
	} missing[NP_MAX_MISSING];
	struct np_buf because;
};

void np_ruling_add(struct np_ruling *v, const struct np_law_fact *fact,
		   const struct np_cond *cond);
enum np_holds np_cond_holds(const struct np_case *c, const struct np_rule *r,
			    const struct np_cond *cond, struct np_ruling *v);
/* What is stated of it, with what is presumed; NULL: nothing. */
const char *np_case_fact(const struct np_case *c, const char *jurisdiction,
			 const struct np_law_fact *f, bool *ret_presumed);
/* Does it name the maker, or, on that day, one whose affiliate it is (*ret_by,
 * which may be NULL)? */
bool np_rule_names(const struct np_law *l, const struct np_rule *r,
		   uint16_t maker, int32_t day,
		   const struct np_affiliate **ret_by);
/* Is it law that was read well enough to be judged, and in force or adopted on
 * that day? */
bool np_rule_judged(const struct np_rule *r, int32_t day);
/* Is it on file on that day, judged or not? */
bool np_rule_on_file(const struct np_rule *r, int32_t day);
/* A template of asides with its holes filled by `hole`, which is given the name
 * of each. */
void np_template_fill(struct np_buf *b, const char *template,
		      void (*hole)(void *ctx, const char *name), void *ctx);
static inline bool np_rule_names_nobody(const struct np_rule *r)
{
	return r->makers.n == 0 && r->entities.n == 0;
}
void np_case_judge(const struct np_case *c, const struct np_rule *r,
		   struct np_ruling *ret);
/* What people state of it: an objection, an exception that was granted. */
void np_case_weigh(const struct np_case *c, const struct np_rule *r,
		   struct np_ruling *v);
/* Writes the texts of a finding into `mem`. False without memory. */
bool np_finding_say(const struct np_case *c, const struct np_rule *r,
		    const struct np_ruling *v, struct np_arena *mem,
		    struct np_finding *f);
/* The same where there is no rule: which aside says it. */
bool np_finding_say_aside(const struct np_case *c, enum np_aside a,
			  const struct np_law_fact *missing,
			  struct np_arena *mem, struct np_finding *f);
#endif
