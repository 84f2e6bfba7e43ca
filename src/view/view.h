/* SPDX-License-Identifier: ISC */
/*
 * What people look at: the pages of `report -o X.html` and of `serve`. A view
 * is one JSON document ("schema":"nameplate.view/1") with all that the browser
 * needs to draw it: counting, layout and packing are done here. views.def
 * lists them, a file each.
 *
 * The same dossier and options give the same octets: no clock, everything
 * sorted. What an audience may not see is left out here and not hidden there;
 * knowledge/audiences.yaml says who sees what. Whatever a device, a file or a
 * person said goes through np_put_jtext(), and may stand in HTML.
 */
#ifndef NP_VIEW_H
#define NP_VIEW_H
#include "report/export.h"
#include "report/risk.h"
#include "store/dossier.h"

/* ---- who sees what: knowledge/audiences.yaml */

enum np_audience {
	NP_FOR_ENGINEER,
	NP_FOR_AUDITOR,
	NP_FOR_REGULATOR,
	NP_FOR_PUBLIC,
	NP_AUDIENCES
};

#define NP_SHOWN(XX)                                                           \
	XX(BOXES, "boxes")                                                     \
	XX(NAMES, "names")                                                     \
	XX(ADDRESSES, "addresses")                                             \
	XX(SERIALS, "serials")                                                 \
	XX(SITES, "sites")                                                     \
	XX(COORDINATES, "coordinates")                                         \
	XX(ZONES, "zones")                                                     \
	XX(CUTS, "cuts")                                                       \
	XX(TOPOLOGY, "topology")                                               \
	XX(VERSIONS, "versions")                                               \
	XX(EVIDENCE, "evidence")                                               \
	XX(VALUES, "values")                                                   \
	XX(SOURCES, "sources")                                                 \
	XX(STATEMENTS, "statements")                                           \
	XX(MONEY, "money")                                                     \
	XX(PLAN, "plan")

enum np_shown {
#define XX(NAME, name) NP_SHOW_##NAME,
	NP_SHOWN(XX)
#undef XX
		NP_SHOWN_N
};

struct np_audience_table {
	enum np_audience standard; /* where nobody is named */
	bool sees[NP_AUDIENCES][NP_SHOWN_N];
	const struct np_yaml *root;
};
/* What is built in; with `dir`, its audiences.yaml where there is one. Texts
 * live in `mem`. A wrong file gives NP_EINPUT with file, line and column. */
int np_audience_open(const char *dir, struct np_arena *mem,
		     struct np_audience_table *ret, struct np_err *reterr);
/* The same of a text in memory. */
int np_audience_read(const char *name, const char *text, size_t n,
		     struct np_arena *mem, struct np_audience_table *ret,
		     struct np_err *reterr);
const char *np_audience_name(enum np_audience a); /* "engineer" … */
bool np_audience_find(const char *name, enum np_audience *ret);
/* "en", "de", "it", "ja"; NULL behind the last. */
const char *np_language(size_t i);
bool np_language_known(const char *lang);
/* "cuts" …; what it is, and why who sees it does, in words. */
const char *np_shown_name(enum np_shown what);
const char *np_shown_text(const struct np_audience_table *t, enum np_shown what,
			  const char *key);
/* The mark of a page, in a language. */
const char *np_audience_mark(const struct np_audience_table *t,
			     enum np_audience a, const char *lang);
/* A word of the page without scripts ("law"). */
const char *np_audience_word(const struct np_audience_table *t,
			     const char *lang, const char *word);
/* The i-th sentence of what a report does not say; NULL behind the last. */
const char *np_audience_limit(const struct np_audience_table *t, size_t i);

/* ---- what a view is made of */

#define NP_NO_ROW_OF UINT32_MAX
#define NP_NO_FINDING UINT32_MAX
/* A device as pages number it; by its number in np_devices. */
struct np_view_box {
	uint32_t row;	    /* in `devices`, or NP_NO_ROW_OF: not shown */
	uint32_t first, n;  /* its findings in report->findings */
	uint32_t strongest; /* of its own place, by number in them all */
	int32_t evidence;   /* number of its pack, -1: none */
	uint32_t wave;	    /* of the plan; 0: none */
};

struct np_view_in {
	const struct np_report *report;
	const struct np_style *style;	 /* which site */
	const struct np_risk_page *risk; /* the graph; NULL: none was made */
	const char *plan;		 /* nameplate.plan/1; NULL: none */
	size_t plan_n;
	struct np_dossier *dossier; /* may be NULL */
	const char *what_if;	    /* as the law was asked; or NULL */
	const struct np_audience_table *table;
	enum np_audience audience;
	const char *lang;
	/* np_view_index() fills: */
	const struct np_view_box *box; /* by device */
	const uint32_t *order;	       /* by row: the device */
	uint32_t rows;		       /* of `devices`: by site, what it is */
	uint32_t packs;		       /* of evidence */
	uint8_t refer[32];	       /* key of np_view_id() */
};
/* Numbers the rows and the packs of evidence; `mem` holds them. 0, NP_ENOMEM or
 * NP_EIO. */
int np_view_index(struct np_view_in *in, struct np_arena *mem);
bool np_audience_sees(const struct np_view_in *in, enum np_shown what);

/* Writes one JSON document. 0, NP_ENOMEM or NP_EIO. */
typedef int np_view_fn(const struct np_view_in *in, struct np_buf *b,
		       struct np_err *reterr);
#define NP_VIEW(name) np_view_fn np_view_##name;
#include "view/views.def"
#undef NP_VIEW

struct np_view {
	const char *name;
	np_view_fn *write;
};
extern const struct np_view np_views[]; /* ends with a NULL name */
const struct np_view *np_view_find(const char *name); /* NULL: none */
/* May this audience have the view at all? */
bool np_view_allowed(const struct np_view_in *in, const struct np_view *v);

/* ---- evidence.c: what one box rests on, down to the octet */

/* One box: {"id":…,"device":{…},"findings":[…],"facts":[…] …}. Law and sources
 * stand once, in `method`. NP_ENONE: the audience does not see it. */
int np_view_evidence(const struct np_view_in *in, size_t device,
		     struct np_buf *b);
/* Pack k of in->packs: its boxes by their rows. */
int np_view_evidence_pack(const struct np_view_in *in, uint32_t k,
			  struct np_buf *b);

/* ---- what views share */

/* {"schema":"nameplate.view/1","view":NAME  and then members follow. */
void np_view_head(struct np_buf *b, const char *name);
/* The word of a box in the column `status`: "in_scope" …, "none". */
const char *np_view_status(const struct np_view_in *in, size_t device);
/* The same of a finding; NULL: "none". */
const char *np_view_status_of(const struct np_finding *f);
/* What `strongest` points at; NULL: none. */
const struct np_finding *np_view_finding(const struct np_view_in *in,
					 size_t device);
/* What a page calls a box: its id; where addresses are not shown, a reference
 * that only who has the dossier can lead back ("r-" and 16 hex digits), since
 * an id is a hash of an address, and there are few addresses. */
#define NP_VIEW_ID 20
const char *np_view_id(const struct np_view_in *in, const struct np_device *d,
		       char buf[static NP_VIEW_ID]);
/* Id of a site, and its name where it has one; NULL where the audience sees
 * none. */
const char *np_view_site(const struct np_view_in *in, uint32_t site);
const char *np_view_site_name(const struct np_view_in *in, uint32_t site);

/* ---- refer.c: references that tell nothing */

/* The key that only the dossier holds. NULL: one of zeros. 0, NP_ENOMEM,
 * NP_EIO.
 */
int np_refer_key(struct np_dossier *d, uint8_t ret[static 32]);
/* 16 hex digits for an id. */
void np_refer(const uint8_t key[static 32], const char *id,
	      char ret[static 17]);

/* ---- column.c: words, and columns of them */

/* Texts, or pieces of JSON, each once and by its number from 0. */
struct np_terms {
	struct np_buf list; /* as JSON, with commas */
	struct np_buf raw;  /* as they came, a NUL behind each */
	uint32_t n, cap;
	struct np_term_slot *slot;
};
struct np_terms np_terms(void);
/* The number of a word. `json`: it stands in the list as it is. */
uint32_t np_term(struct np_terms *w, const char *s, bool json);
void np_terms_free(struct np_terms *w);

/* Values one below the other. In a dictionary each text stands once:
 * {"dict":["DE"],"v":[0,0,-1]}; else [..]. */
struct np_column {
	const char *name;
	bool dict;
	uint32_t n;
	struct np_buf v;
	struct np_terms words;
};
struct np_column np_column(const char *name, bool dict);
void np_column_text(struct np_column *c, const char *s); /* NULL: none */
void np_column_int(struct np_column *c, int64_t v);
void np_column_null(struct np_column *c);
/* A number of our own. */
void np_column_number(struct np_column *c, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Writes "name":… with a comma before it where `comma`, and frees. */
void np_column_put(struct np_column *c, bool comma, struct np_buf *b);
#endif
