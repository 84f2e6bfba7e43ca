/* SPDX-License-Identifier: ISC */
/*
 * What may be said of silence. Listening proves no absence (design, section 7):
 * where nothing was heard it is said where, by which methods, how long, what
 * could have been heard there and until when the sentence holds; where nobody
 * looked it is said that nobody looked. "Absent" needs somebody who went there.
 *
 *	universe  what is declared: sites, prefixes, VLANs, serial ranges
 *	ledger	  what was observed of it: where, when, by which method
 *	families  which boxes a method can hear at all
 *	lists	  how many more of these there are, at least
 *	sample	  which sites to inspect, and what the inspection says
 *
 * The rules are data: knowledge/silence.yaml, and the section `silence` of
 * knowledge/sentences.yaml.
 */
#ifndef NP_SILENCE_H
#define NP_SILENCE_H
#include "policy/policy.h"

/* ---- rules */

#define NP_MAX_METHODS 16 /* ways of looking; bits of a set */

/* A way of looking. Words end with NULL. */
struct np_method {
	const char *name;	   /* the coverage's word: "capture" */
	const char *says;	   /* "captures" */
	const char *const *deaf;   /* what it cannot hear: "encrypted" */
	const char *const *covers; /* what it hears though others cannot */
	uint32_t days;		   /* so long silence holds after it */
	bool looks;		   /* false: it lists what somebody wrote */
	bool lasts; /* listens for a time: its hours mean something */
};

/* Boxes of a function, and by which protocols they say who made them. */
struct np_silence_kind {
	const char *function; /* prefix: "access/olt", "ran" */
	const char *says;     /* "optical line terminals" */
	const char *source;
	const char *hears[NP_MAX_METHODS]; /* by method: "lldp, snmp"; NULL:
					      it cannot hear them */
};

struct np_silence; /* read-only once open */

/* What is built in, or DIR/silence.yaml where there is one; sentences are the
 * law's. All of it lives in `mem`. A wrong file gives NP_EINPUT with file, line
 * and column. */
int np_silence_open(const char *dir, const struct np_law *law,
		    struct np_arena *mem, struct np_silence **ret,
		    struct np_err *reterr);
/* SHA-256 of silence.yaml, hex. */
const char *np_silence_sha256(const struct np_silence *r);
size_t np_methods(const struct np_silence *r);
const struct np_method *np_method(const struct np_silence *r, size_t i);
/* -1 when the rules have none of that name: it says nothing of silence. */
int np_method_find(const struct np_silence *r, const char *name);
size_t np_silence_kinds(const struct np_silence *r);
const struct np_silence_kind *np_silence_kind_at(const struct np_silence *r,
						 size_t i);
/* The kind of a function, by the longest prefix; -1: none. */
int np_silence_kind_of(const struct np_silence *r, const char *function);
/* How many days a signed inspection holds that does not say it itself. */
uint32_t np_sample_days(const struct np_silence *r);

/* ---- sentences */

#define NP_SILENCE_SENTENCES(XX)                                               \
	XX(nothing_declared)                                                   \
	XX(not_the_field)                                                      \
	XX(not_looked)                                                         \
	XX(listed)                                                             \
	XX(present)                                                            \
	XX(present_inspected)                                                  \
	XX(present_whole)                                                      \
	XX(present_expired)                                                    \
	XX(present_undated)                                                    \
	XX(not_heard)                                                          \
	XX(not_heard_timeless)                                                 \
	XX(whole)                                                              \
	XX(whole_timeless)                                                     \
	XX(whole_serials)                                                      \
	XX(serials_elsewhere)                                                  \
	XX(cut_short)                                                          \
	XX(expired)                                                            \
	XX(undated)                                                            \
	XX(absent)                                                             \
	XX(at_least)                                                           \
	XX(none_more)                                                          \
	XX(no_bound)                                                           \
	XX(why_one)                                                            \
	XX(why_apart)                                                          \
	XX(independent)                                                        \
	XX(dependent)                                                          \
	XX(avoid)                                                              \
	XX(two_methods)                                                        \
	XX(too_few)                                                            \
	XX(left_out)                                                           \
	XX(cannot_hear)                                                        \
	XX(no_upper)                                                           \
	XX(family_learnt)                                                      \
	XX(family_alone)                                                       \
	XX(family_known)                                                       \
	XX(family_missed)                                                      \
	XX(family_deaf)                                                        \
	XX(sample_size)                                                        \
	XX(sample_all)                                                         \
	XX(sample_found)                                                       \
	XX(sample_drawn)

enum np_silence_sentence {
#define XX(name) NP_SAY_##name,
	NP_SILENCE_SENTENCES(XX)
#undef XX
		NP_SAY__N
};

/* A hole of a template and what goes in. */
struct np_hole {
	const char *name;
	const char *text; /* NULL: nothing */
};
/* Appends the sentence; of what is not in `v` nothing. */
void np_silence_say(const struct np_silence *r, enum np_silence_sentence s,
		    const struct np_hole *v, size_t n, struct np_buf *to);

#define NP_DEAF_WORDS 16
/* Words joined: "silent, encrypted". */
struct np_deaf_words {
	const char *v[NP_DEAF_WORDS];
	size_t n;
};
/* What a set of methods, bits, cannot hear. */
void np_deaf(const struct np_silence *r, uint32_t methods,
	     struct np_deaf_words *ret);
/* "both", "in", "out", "not recorded". */
const char *np_direction_name(unsigned direction);
void np_put_words(struct np_buf *b, const struct np_deaf_words *w);
/* "captures, SNMP walks". */
void np_put_methods(const struct np_silence *r, uint32_t methods,
		    struct np_buf *b);
/* "1,058" */
void np_put_thousands(struct np_buf *b, uint64_t n);
/* "10 minutes": rounded down, in the largest unit of which there are two. */
void np_put_span(struct np_buf *b, int64_t ns);

/* ---- the universe: what is declared */

enum np_declared_kind { NP_D_SITE, NP_D_PREFIX, NP_D_VLAN, NP_D_SERIALS };
const char *np_declared_name(enum np_declared_kind k); /* "site" … */

struct np_declared {
	enum np_declared_kind kind;
	const char *text;  /* "JP-2", "10.39.0.0/16", "101", "A100-A199" */
	const char *alias; /* a site's other name, or NULL */
	const char *site;  /* where a prefix … is; NULL: not said */
	uint32_t line;	   /* or record, of a file; 0: it is from none */
	uint8_t ip[16], ip_n, bits; /* a prefix */
	uint16_t vlan;
	const char *from, *to; /* serials, both included */
};

#define NP_UNIVERSE_FILE ((size_t)64 << 20) /* octets */
#define NP_UNIVERSE_MAX 1000000		    /* places */

struct np_universe;
struct np_universe *np_universe_new(void); /* NULL: out of memory */
void np_universe_free(struct np_universe *u);
/* The operator's sites declare themselves. */
int np_universe_party(struct np_universe *u, const struct np_party *p);
/*
 * Adds what a file declares: CSV with any of the columns site, name, prefix,
 * vlan, serial, serial_from, serial_to; or NetBox's exports of sites, prefixes
 * and VLANs, as CSV or as JSON of its API. What comes twice counts once. A
 * wrong file gives NP_EINPUT with file, line, column and what was expected.
 */
int np_universe_load(struct np_universe *u, const char *path,
		     struct np_err *reterr);
int np_universe_read(struct np_universe *u, const char *name, const char *text,
		     size_t n, struct np_err *reterr);
size_t np_declared_n(const struct np_universe *u);
const struct np_declared *np_declared(const struct np_universe *u, size_t i);
/* A site by its name or its other name; SIZE_MAX: not declared. */
size_t np_declared_site(const struct np_universe *u, const char *site);
/* Calls fn with every prefix that holds the address. */
void np_declared_hold(const struct np_universe *u, const uint8_t *ip, size_t n,
		      void (*fn)(void *ctx, size_t i), void *ctx);

/* "site JP-2", "VLAN 101 at JP-1"; NULL: "no declared place". Not escaped. */
void np_put_place(struct np_buf *b, const struct np_declared *d);

/* ---- the ledger: what was observed where, when, by which method */

/* One source. Texts may be NULL: not recorded. */
struct np_observation {
	const char *source, *site, *status;
	const char *tap, *direction, *clock_offset, *legal_basis;
	const char *method_name;
	uint32_t number;
	int method; /* np_method_find's */
	int64_t first, last;
	int64_t drops; /* -1: not recorded */
	uint64_t frames, asked, absent, malformed, dropped_by_limit;
	const char *origin; /* "field", "laboratory", "constructed" */
};

enum np_silence_verdict {
	NP_V_PRESENT,
	NP_V_NOT_HEARD,
	NP_V_NOT_LOOKED,
	NP_V_ABSENT, /* by a signed inspection alone */
	NP_NVERDICTS
};
/* "present", "not heard", "not looked", "absent". */
const char *np_silence_verdict_name(enum np_silence_verdict v);

#define NP_PROTO_WORDS (NP_NSPEAKERS / 64 + 1)

/* Which way went what was listened to. */
enum np_direction { NP_WAY_IN = 1, NP_WAY_OUT = 2, NP_WAY_UNSAID = 4 };

/* What is known of one declared place, or of all sources without one. */
struct np_looked_at {
	const struct np_declared *place; /* NULL: no declared place */
	uint64_t sources, frames, asked, absent;
	uint64_t limited;	     /* observations that a limit of ours cut */
	int64_t first, last;	     /* NP_NEVER: not recorded */
	int64_t listened;	     /* ns that some source listened */
	int64_t drops;		     /* -1: not recorded of one of them */
	unsigned direction;	     /* bits of enum np_direction */
	uint32_t methods;	     /* bits: all that observed it */
	int32_t day[NP_MAX_METHODS]; /* on which each did so last; NP_NODAY:
					not recorded */
	uint64_t named[NP_DISPUTED + 1]; /* boxes with findings, by verdict */
	uint64_t boxes;			 /* boxes of whatever maker */
	uint64_t protos[NP_PROTO_WORDS]; /* bits: what was read there */
};

/* "ethernet, arp"; "nothing". */
void np_put_protos(const struct np_looked_at *l, struct np_buf *b);

struct np_ledger;
/* Both have to outlive it. NULL: out of memory. */
struct np_ledger *np_ledger_new(const struct np_silence *r,
				const struct np_universe *u);
void np_ledger_free(struct np_ledger *l);
/* A source, by ascending numbers. 0 or NP_ENOMEM. */
int np_ledger_add(struct np_ledger *l, const struct np_observation *o);
/* What a source that was added heard, sources one behind the other: prefixes
 * and VLANs are looked at where something of them was heard. `box` numbers the
 * device that it is of, `named` is its verdict where the law has a finding of
 * it; UINT32_MAX and -1 without. 0 or NP_ENOMEM. */
int np_ledger_hear(struct np_ledger *l, const struct np_sighting *s,
		   uint32_t box, int named);
/* A box at a site (NULL: no place), and its serial number (may be NULL). */
void np_ledger_box(struct np_ledger *l, const char *site, const char *serial,
		   int named);
/* Ends the adding: what was listened to is summed. 0 or NP_ENOMEM. */
int np_ledger_sum(struct np_ledger *l);
size_t np_ledger_rows(const struct np_ledger *l);
const struct np_observation *np_ledger_row(const struct np_ledger *l, size_t i);
/* One a declared place, in its order, and behind the last those without. */
const struct np_looked_at *np_ledger_place(const struct np_ledger *l, size_t i);

/* ---- what may be said of a place */

/* A signed inspection (np_silence_sampled()). */
struct np_inspection {
	const char *place, *signer; /* a site; who signed, as a key's name */
	int32_t day, until;	    /* until NP_NODAY: as the rules have it */
	bool found;		    /* something was there */
};

struct np_silence_state {
	enum np_silence_verdict verdict;
	uint32_t methods; /* that count on the day */
	uint32_t ended;	  /* that looked, and hold no longer */
	int32_t until;	  /* last day on which the sentence holds; NP_NODAY:
			     it has none */
	bool expired;	  /* nothing of it holds on the day */
	bool undated;	  /* no day of observation is recorded */
	bool listed;	  /* not looked, but in lists */
	const struct np_inspection *inspection; /* NULL: none counts */
	struct np_deaf_words deaf;
};

/* `in` (ninspections of them) may be NULL. */
void np_place_state(const struct np_silence *r, const struct np_looked_at *l,
		    const struct np_inspection *in, size_t n, int32_t as_of,
		    struct np_silence_state *ret);
/* "not heard in 10 minutes; cannot hear: silent, encrypted". */
void np_put_state(const struct np_silence *r, const struct np_looked_at *l,
		  const struct np_silence_state *s, struct np_buf *b);
/* The whole sentence: scope, methods, hours, what could be heard, until.
 * `learnt`, by kind, are methods, bits, that did hear one of it whatever the
 * rules know; NULL: nothing was learnt. */
void np_put_whole(const struct np_silence *r, const struct np_looked_at *l,
		  const struct np_silence_state *s, const uint32_t *learnt,
		  struct np_buf *b);

/* ---- families: which boxes a method can hear at all */

/* Boxes of one maker and function, as the dossier has them. */
struct np_heard_family {
	uint16_t maker;
	const char *function; /* NULL: not known */
	int kind;	      /* np_silence_kind_of */
	uint64_t boxes;
	/* By method: boxes that stood where it looked and that another method
	 * heard too, how many of those it heard; and all that it heard. */
	uint64_t of[NP_MAX_METHODS], k[NP_MAX_METHODS], all[NP_MAX_METHODS];
};

struct np_heard_box {
	uint16_t maker;
	const char *function;
	uint32_t by;	/* methods that heard it say who made it */
	uint32_t where; /* methods that looked where it stands */
};
/* Families of these boxes, by maker and function; in `mem`. NULL without
 * memory. */
struct np_heard_family *np_heard_families(const struct np_silence *r,
					  const struct np_heard_box *v,
					  size_t n, struct np_arena *mem,
					  size_t *ret_n);

/* ---- lists: how many more there are, at least */

#define NP_MAX_LISTS 8

/* Boxes by which of m methods heard them: cell[5] is how many the first and the
 * third heard and no other. cell[0] is what nobody heard, and not used. */
struct np_lists {
	size_t m;
	unsigned away; /* bits: methods that did not look there */
	uint64_t cell[1 << NP_MAX_LISTS];
};

enum np_dependence {
	NP_DEP_NONE,	 /* tested, and none was found */
	NP_DEP_TOGETHER, /* they hear the same boxes: there may be more */
	NP_DEP_AVOID,	 /* they hear different boxes: no bound holds */
	NP_DEP_TWO,	 /* two methods: no third to test them by */
	NP_DEP_FEW,	 /* too few boxes to find any */
};

struct np_least {
	uint64_t seen;	   /* boxes that some method heard */
	uint64_t once;	   /* that one heard alone */
	uint64_t twice;	   /* that two heard and no third */
	double more;	   /* the estimate, besides those seen */
	double error;	   /* its standard error */
	uint64_t at_least; /* holds in 95 of 100 such counts */
	bool none;	   /* nothing can be said: one list, no overlap */
	enum np_dependence dependence;
	size_t a, b; /* the two methods that it is about */
	double p;    /* of the pair that is least likely by chance, times the
			number of pairs; 1 where nothing was tested */
};

/*
 * Chao's lower bound for the number of boxes that were not heard, from those
 * that one method heard alone and those that two did (A. Chao, Estimating the
 * population size for capture-recapture data with unequal catchability,
 * Biometrics 43 (1987) 783-791; bias-corrected). Methods are not equally good,
 * which the published form takes them to be and is no lower bound without; so
 * the cross products are taken pair by pair, which is the same where they are:
 *
 *	sum over pairs (u_j u_k) / (sum over pairs n_jk + 1)
 *
 * with u_j heard by j alone, n_jk by j and k alone. at_least is the lower end
 * of the log-normal interval of that paper. There is no upper bound.
 *
 * Strata (sites) are added up; each has its own lists, of the same methods.
 */
void np_least(const struct np_lists *v, size_t n, struct np_least *ret);

/* P(X <= k) and P(X >= k) of the hypergeometric distribution: k marked in n
 * drawn of `all` with `marked`. */
double np_hyper_most(uint64_t all, uint64_t marked, uint64_t n, uint64_t k);
double np_hyper_least(uint64_t all, uint64_t marked, uint64_t n, uint64_t k);
/* Fisher's exact test, two-sided, of a table of two by two; *ret_least is the
 * least that its margins can give. */
double np_fisher(uint64_t a, uint64_t b, uint64_t c, uint64_t d,
		 double *ret_least);

/* ---- sample: which sites to inspect, and what that says */

#define NP_SAMPLE_MAX 1000000 /* sites */

/* How many of `sites` to inspect so that, were `present` of them or more to
 * have it, some would be found with more than `confidence` (0.95): exact,
 * hypergeometric. All of them where no fewer do. */
uint64_t np_sample_size(uint64_t sites, uint64_t present, double confidence);
/* With `found` of `inspected` sites: at most so many of all have it, with this
 * confidence. */
uint64_t np_sample_most(uint64_t sites, uint64_t inspected, uint64_t found,
			double confidence);
/*
 * Draws: site i of 1 … sites gets the key SHA-256("SEED:i"), i in decimal; the
 * `n` sites with the least keys, octet by octet, are drawn, in that order.
 * ret[n]. 0 or NP_ENOMEM. In Python:
 *
 *	key = lambda i: sha256(f"{seed}:{i}".encode()).digest()
 *	sorted(range(1, sites + 1), key=key)[:n]
 */
int np_sample_draw(const char *seed, uint64_t sites, uint64_t n, uint64_t *ret);
#endif
