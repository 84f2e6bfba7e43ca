/* SPDX-License-Identifier: ISC */
/*
 * judge(): devices x clauses on a date gives findings. The law is data
 * (knowledge/policies/, knowledge/jurisdictions.yaml); sentences are data
 * (knowledge/sentences.yaml). What no packet tells comes from the operator's
 * file and is asked for only when a clause needs it; without it the answer is
 * "undetermined", with the fact that is missing and how to get it.
 *
 * Who gets a finding: a box whose maker, or the maker of a part of it, is named
 * by an instrument on file. Clauses that name nobody reach every maker's
 * equipment and are shown for those boxes only: a list of all boxes would say
 * nothing. A box of a maker that is not known, or that nobody names, has none;
 * a subscriber's box has none.
 */
#ifndef NP_POLICY_H
#define NP_POLICY_H
#include "core/arena.h"
#include "core/err.h"
#include "device/device.h"

enum np_duty {
	NP_REQUEST,
	NP_ADVICE,
	NP_APPROVE,
	NP_NOTIFY,
	NP_REPORT,
	NP_NO_NEW,
	NP_CAP,
	NP_REMOVE,
	NP_SUBSIDY,
	NP_NO_USE, /* use bars from something, but is not forbidden */
	NP_ASSESS, /* its risk is weighed, and what follows is done */
	NP_NDUTIES
};

enum np_status {
	NP_IN_SCOPE,
	NP_COMPONENT_IN_SCOPE,
	NP_CONTESTED,
	NP_EXEMPT,
	NP_NOT_BOUND,
	NP_UNDETERMINED,
	NP_NOT_IN_SCOPE,
	NP_NO_RULE,    /* nothing on file for the place or the day: which is not
			  "not in scope" */
	NP_NOT_JUDGED, /* rules of the place are on file, none is judged */
	NP_NSTATUSES
};

enum np_certainty { NP_PRIMARY, NP_SECONDARY, NP_UNVERIFIED };

enum np_thing { NP_EQUIPMENT, NP_SOFTWARE, NP_SERVICE };

const char *np_duty_name(enum np_duty d);
const char *np_status_name(enum np_status s);	    /* "in scope" … */
const char *np_certainty_name(enum np_certainty c); /* "primary" … */
const char *np_thing_name(enum np_thing t);	    /* "equipment" … */

struct np_law; /* policies, jurisdictions, sentences: read-only once open */

/* The law that was compiled into the program; with `dir`, the files there
 * (policies/<id>.yaml, jurisdictions.yaml, affiliates.yaml, sentences.yaml) add
 * to it, and replace what has the same name; a single file may be named as
 * well, whose `schema` tells what it is. A wrong file gives NP_EINPUT with file
 * (what), line (at), column and what was expected (text). */
int np_law_open(const char *dir, const struct np_knowledge *k,
		struct np_law **ret, struct np_err *reterr);
void np_law_close(struct np_law *l);

/* One clause, for `policy list` and the reports. */
struct np_clause {
	const char *id;		  /* "de-5g-contracts-2024/core" */
	const char *jurisdiction; /* "DE" */
	const char *title, *title_native, *quote, *citation, *source;
	/* Of the quote: "de"; and what it says in English, which nobody
	 * official wrote; NULL: it is English. */
	const char *quote_lang, *translation;
	const char *says;  /* what it asks, in one neutral phrase */
	const char *who;   /* whom it binds */
	const char *dates; /* "adopted 2018-08-13, …", NULL: none recorded */
	const char *note;  /* NULL: none */
	const char *names; /* makers or entities: "huawei, zte", or NULL */
	const char *functions;	 /* "core, ran", NULL: any */
	const char *generation;	 /* "5G", NULL: any */
	const char *exceptions;	 /* what they say, joined; NULL: none */
	const char *followed_by; /* id of what came in its place, or NULL */
	/* Why it yields no finding, NULL: it is judged. Its place then says
	 * "rules on file, not judged". */
	const char *not_judged;
	enum np_duty duty;
	enum np_thing what;
	enum np_certainty sure;
	bool bill;		   /* no law: on file, yields nothing */
	bool affiliates;	   /* affiliates of its makers are meant too */
	int32_t known;		   /* first day on which it is on file */
	int32_t checked;	   /* its source was last looked at, NP_NODAY */
	int32_t from, until, date; /* days; NP_NODAY where there is none */
};
size_t np_clauses(const struct np_law *l); /* sorted by id */
const struct np_clause *np_clause(const struct np_law *l, size_t i);

/* A file of the law, as it was read; false behind the last. */
struct np_law_part {
	const char *name; /* "policies/de-5g-contracts-2024.yaml" */
	const char *text; /* n octets */
	size_t n;
	char sha256[65];
};
bool np_law_part(const struct np_law *l, size_t i, struct np_law_part *ret);
/* Opens these files, in this order, and nothing of what is built in. */
int np_law_open_texts(const struct np_law_part *v, size_t n,
		      const struct np_knowledge *k, struct np_law **ret,
		      struct np_err *reterr);

/* A hash over all that a clause says, 32 hex digits: a correction of its entry
 * changes it. */
void np_clause_print(const struct np_law *l, size_t i, char ret[static 33]);
/* The number of a clause by its id, SIZE_MAX: none. */
size_t np_clause_find(const struct np_law *l, const char *id);

/* What every report opens with. */
const char *np_law_opening(const struct np_law *l);
/* "Gibraltar" for "GI"; the code itself where no name is on file. */
const char *np_place_name(const struct np_law *l, const char *country);

/* ---- the operator's own facts */

struct np_site {
	const char *id, *name;
	const char *country; /* ISO 3166-1 alpha-2, NULL when not stated */
	const char *region;  /* ISO 3166-2, "US-TX"; NULL when not stated */
};

struct np_party; /* operator.yaml: party facts, sites, prefixes */
/* NULL opens one that states nothing. */
int np_party_open(const char *path, struct np_party **ret,
		  struct np_err *reterr);
void np_party_close(struct np_party *p);
const char *np_party_name(const struct np_party *p); /* NULL: not stated */
size_t np_sites(const struct np_party *p);
const struct np_site *np_site(const struct np_party *p, size_t i);
/* Its id; NULL for NP_NO_SITE. */
const char *np_site_id(const struct np_party *p, uint32_t site);
/* Index of a site by id, UINT32_MAX when there is none. A bare country code
 * ("DE", "US-TX") that no site has is answered by adding a site of that name.
 */
uint32_t np_site_find(struct np_party *p, const char *id);
const struct np_prefixes *np_party_infrastructure(const struct np_party *p);
/* Adds a site that a list of sites names; the one of this id keeps what it has
 * and gets what it has not. Texts are copied. UINT32_MAX without memory. */
uint32_t np_party_site(struct np_party *p, const char *id, const char *name,
		       const char *country, const char *region);
struct np_yaml;
/* What operator.yaml says of where a site is: latitude, longitude, names,
 * prefixes, cells. NULL: nothing. */
const struct np_yaml *np_party_place(const struct np_party *p, size_t site,
				     const char *key);
/* The file it was read from; NULL: none. */
const char *np_party_file(const struct np_party *p);
/* The file that it names beside itself: "inventory", "site_list", "contracts",
 * "zones"; NULL: none. */
const char *np_party_names(const struct np_party *p, const char *key);
/* Refuses a fact that no rule of its country asks for, or that has not the
 * form it should: a misspelt fact would read as "not stated". NP_EINPUT with
 * file, line and column. */
int np_party_check(const struct np_party *p, const struct np_law *l,
		   struct np_err *reterr);

/* ---- findings */

/* A fact that is missing. */
struct np_asked {
	const char *name;  /* "obtained" */
	const char *brief; /* "obtained after 2018-08-13?" */
	const char *get;   /* how to get it */
};

struct np_finding {
	const struct np_device *device;
	const struct np_clause *clause; /* NULL: no rule, or no place */
	enum np_status status;
	bool component; /* about a part, not the box */
	bool elsewhere; /* another state's rule: "reaches you only if" */
	/* How sure it is, on that day, that the maker is counted with one that
	 * is named, and that the law holds at the place; NP_PRIMARY where the
	 * maker is named itself, and the place beyond doubt. */
	enum np_certainty counted;
	const char *bound;   /* who is bound, from the clause */
	const char *text;    /* one sentence, from sentences.yaml */
	const char *missing; /* undetermined: the fact that is missing … */
	const char *get;     /* … and how to get it; else NULL */
	/* The same, fact by fact. What depends on one of them is asked for
	 * once that is known: first the maker, then the function. */
	const struct np_asked *asked;
	size_t nasked;
	int32_t date;	     /* the date that matters, or NP_NODAY */
	int32_t days;	     /* from as_of to date; negative: days past */
	const char *because; /* which properties of the device decided */
	/* What it would be without what people state (statement.h): an
	 * objection, an exception. The same as status where nobody does. */
	enum np_status without;
};

/* The status as it is printed: "in scope (text not read)" where the clause is
 * known from secondary sources only. */
const char *np_finding_status(const struct np_finding *f);
/* May a gate (`check`, `--fail-on`) trip on it? Only "in scope" of a text that
 * was read, of the place's own law; an objection alone opens no gate. */
bool np_finding_trips(const struct np_finding *f);

struct np_findings {
	const struct np_finding *v; /* by device id, then clause id */
	size_t n;
};

struct np_said; /* what people state: statement.h */

struct np_question {
	int32_t as_of;
	const struct np_said *said; /* may be NULL: nobody stated anything */
	struct np_party *party;	    /* never NULL; may be empty */
	const char *what_if;	    /* "us,de" or NULL */
	/* What is judged: boxes, software, or contracts for services. These
	 * stand before the clauses about services, and nothing else does. */
	enum np_thing about;
	/* What an inventory states of one box ("obtained": "2019-05-10"), NULL
	 * where it states nothing. May be NULL: there is no inventory. */
	const char *(*fact)(void *ctx, const struct np_device *d,
			    const char *name);
	void *ctx;
};

/* Texts live in `mem` and in the law. NP_EUSAGE: what_if names a country that
 * has no rules on file. */
int np_judge(const struct np_law *l, const struct np_knowledge *k,
	     const struct np_question *q, const struct np_devices *d,
	     struct np_arena *mem, struct np_findings *ret,
	     struct np_err *reterr);

/* ---- statements that went stale */

/* What was said on an earlier day of boxes that fared alike; a statement is
 * several of them. */
struct np_stated {
	int32_t as_of;
	/* NULL: `boxes` are all that were judged then. With status NULL: that
	 * the clause was on file then, with this print. */
	const char *clause;
	bool part;		  /* of a part of the boxes */
	const char *status;	  /* as it was printed */
	const char *print;	  /* np_clause_print of then */
	int32_t date;		  /* or NP_NODAY */
	const char *const *boxes; /* their ids */
	size_t n;
};

/* A statement that does not hold any more, and why. */
struct np_stale {
	int32_t before;	    /* it was made as of this day */
	int32_t since;	    /* it went stale on this day, NP_NODAY: not known */
	const char *clause; /* the one that does not stand as it did */
	const char
		*why; /* new, in force, ended, counted, edited, gone, known */
	uint64_t boxes;
	const char *text; /* a sentence, from sentences.yaml */
};

struct np_stales {
	const struct np_stale *v; /* by before, since, clause */
	size_t n;
};

/* What is stated of these findings: one group after another, each clause's
 * print, and all boxes that were judged. Texts live in `mem`. NP_ENOMEM or 0.
 */
int np_state(const struct np_law *l, const struct np_devices *d,
	     const struct np_findings *f, int32_t as_of, struct np_arena *mem,
	     const struct np_stated **ret, size_t *ret_n);
/* Which of the earlier statements do not hold before these findings. Each is as
 * np_state() gave it, one behind the other; those of days after as_of are left
 * out. */
int np_stale(const struct np_law *l, const struct np_devices *d,
	     const struct np_findings *f, int32_t as_of,
	     const struct np_stated *earlier, size_t n, struct np_arena *mem,
	     struct np_stales *ret);
#endif
