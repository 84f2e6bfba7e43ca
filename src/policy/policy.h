/* SPDX-License-Identifier: ISC */
/*
 * judge(): devices x clauses on a date gives findings. The law is data
 * (knowledge/policies/, knowledge/jurisdictions.yaml); sentences are data
 * (knowledge/sentences.yaml). What no packet tells comes from the operator's
 * file and is asked for only when a clause needs it; without it the answer is
 * "undetermined", with the fact that is missing and how to get it.
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
};

enum np_status {
	NP_IN_SCOPE,
	NP_COMPONENT_IN_SCOPE,
	NP_CONTESTED,
	NP_EXEMPT,
	NP_NOT_BOUND,
	NP_UNDETERMINED,
	NP_NOT_IN_SCOPE,
};

enum np_certainty { NP_PRIMARY, NP_SECONDARY, NP_UNVERIFIED };

const char *np_duty_name(enum np_duty d);
const char *np_status_name(enum np_status s); /* "in scope" … */

struct np_law; /* policies, jurisdictions, sentences: read-only once open */

int np_law_open(const char *dir, const struct np_knowledge *k,
		struct np_law **ret, struct np_err *reterr);
void np_law_close(struct np_law *l);

/* One clause, for `policy list` and the reports. */
struct np_clause {
	const char *id;		  /* "de-5g-contracts-2024/core" */
	const char *jurisdiction; /* "DE" */
	const char *title, *title_native, *quote, *citation, *source;
	enum np_duty duty;
	enum np_certainty sure;
	int32_t from, until, date; /* days; NP_NODAY where there is none */
};
size_t np_clauses(const struct np_law *l);
const struct np_clause *np_clause(const struct np_law *l, size_t i);

/* ---- the operator's own facts */

struct np_site {
	const char *id, *name;
	const char *country; /* ISO 3166-1 alpha-2, NULL when not stated */
};

struct np_party; /* operator.yaml: party facts, sites, prefixes */
int np_party_open(const char *path, struct np_party **ret,
		  struct np_err *reterr);
void np_party_close(struct np_party *p);
const char *np_party_name(const struct np_party *p);
size_t np_sites(const struct np_party *p);
const struct np_site *np_site(const struct np_party *p, size_t i);
/* Index of a site by id, UINT32_MAX when there is none. A bare country code
 * ("DE") that no site has is answered by adding a site of that name. */
uint32_t np_site_find(struct np_party *p, const char *id);
const struct np_prefixes *np_party_infrastructure(const struct np_party *p);

/* ---- findings */

struct np_finding {
	const struct np_device *device;
	const struct np_clause *clause; /* NULL: no rule pack for the place */
	enum np_status status;
	bool component;	      /* about a part, not the box */
	bool elsewhere;	      /* another state's rule: "reaches you only if" */
	const char *bound;    /* who is bound, from the clause */
	const char *text;     /* one sentence, from sentences.yaml */
	const char *missing;  /* undetermined: the fact that is missing … */
	const char *get;      /* … and how to get it; else NULL */
	int32_t date;	      /* the date that matters, or NP_NODAY */
	int32_t days;	      /* from as_of to date; negative: days past */
	const char *because;  /* which properties of the device decided */
};

struct np_findings {
	const struct np_finding *v; /* by device id, then clause id */
	size_t n;
};

struct np_question {
	int32_t as_of;
	struct np_party *party;	 /* never NULL; may be empty */
	const char *what_if;	 /* "us,de" or NULL */
};

int np_judge(const struct np_law *l, const struct np_knowledge *k,
	     const struct np_question *q, const struct np_devices *d,
	     struct np_arena *mem, struct np_findings *ret,
	     struct np_err *reterr);
#endif
