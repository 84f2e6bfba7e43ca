/* SPDX-License-Identifier: ISC */
/* The room's own: what its files share. */
#ifndef NP_PLACE_INSIDE_H
#define NP_PLACE_INSIDE_H
#include "core/buf.h"
#include "place/index.h"
#include "place/place.h"
#include "policy/law.h"

#define NP_PLACE_LIMIT ((size_t)2 << 30)
#define NP_STOCK_FACTS 64 /* columns of facts */

/* ---- where a site is (sites.c, sites_csv.c, geojson.c) */

struct np_where {
	bool located;
	double latitude, longitude;
	const char *file; /* that located it, for what is said of another */
	uint64_t line;
};

/* "VOS-*": * is any text, ? one octet, letters of either case. */
struct np_pattern {
	const char *text; /* lower case */
	size_t head;	  /* octets before the first * or ? */
	size_t letters;	  /* that are neither */
	uint32_t site;
};

struct np_net {
	uint8_t ip[16];
	uint8_t n, bits;
	uint32_t site;
	const char *text;
};

struct np_cell_of {
	const char *text;
	uint32_t site;
};

struct np_guide {
	struct np_where *where; /* by site */
	size_t nwhere;
	struct np_pattern *pattern;
	size_t npatterns, cappatterns;
	struct np_index heads; /* of patterns, by their head */
	size_t longest_head;
	struct np_net *net; /* sorted by np_guide_finish: longest first */
	size_t nnets, capnets;
	size_t span[33 + 129 + 1]; /* in net: of one length, then the end */
	size_t nspans;
	struct np_cell_of *cell;
	size_t ncells, capcells;
	struct np_index cells;
};

/* A site as a list says it; texts may be NULL, and are copied. */
struct np_site_row {
	const char *id, *name, *country, *latitude, *longitude;
	const char *names, *prefixes, *cells; /* several values */
	const char *region;		      /* "US-TX" */
};

/* The cell's or member's number in the row, for what is wrong with it; 0: it
 * has none. In the order of struct np_site_row. */
struct np_site_from {
	const char *file;
	uint64_t line;
	size_t column[9];
};
int np_site_take(struct np_places *p, const struct np_site_row *r,
		 const struct np_site_from *from, struct np_err *reterr);
int np_sites_read(struct np_places *p, const char *path, struct np_err *reterr);
int np_geojson_read(struct np_places *p, const char *path, const char *text,
		    size_t n, struct np_err *reterr);
/* Sorts what was taken; refuses a prefix, pattern or cell of two sites. */
int np_guide_finish(struct np_places *p, struct np_err *reterr);
void np_guide_free(struct np_guide *g);
/* Is the point in the country, as far as its box of whole degrees tells? NULL
 * country or one without a box: *ret_known is false. */
bool np_in_country(const char *country, double latitude, double longitude,
		   bool *ret_known);
bool np_read_degrees(const char *s, double *ret);

/* The site that the strongest of these keys names; NP_NO_SITE: none, or two
 * (*ret_two). *ret_why is what it went by. */
uint32_t np_guide_name(const struct np_guide *g, const char *name, size_t n,
		       const char **ret_why, bool *ret_two);
uint32_t np_guide_prefix(const struct np_guide *g, const char *ip, size_t n,
			 const char **ret_why);
uint32_t np_guide_cell(const struct np_guide *g, const char *cell, size_t n,
		       const char **ret_why);

/* ---- facts that a list states (stated.c) */

/* What the law calls a fact that a column is named by; with `plain`, by the
 * name's letters and digits alone. NULL: no rule asks for such. */
const struct np_law_fact *np_place_fact(const struct np_law *l,
					const char *name, bool plain);
/* A workbook's day (days since 1899-12-30) as YYYY-MM-DD; what is none stays as
 * it is. NULL: no memory. */
const char *np_book_day(struct np_arena *mem, const char *v);
/* A cell's text (NULL: empty) as the law writes it, `book`: out of a workbook.
 * *ret_why: what its fact expects instead, NULL where it fits. Of no fact of
 * the law (f NULL) it stays as it is. NULL of a text: no memory. */
const char *np_fact_spell(struct np_arena *mem, const struct np_law_fact *f,
			  bool book, const char *v, const char **ret_why);

/* ---- the inventory (stock.c) */

enum np_stock_key { NP_SK_SERIAL, NP_SK_MAC, NP_SK_NAME, NP_SK_IP, NP_SK_N };

struct np_stock_book {
	const char *path;
	struct np_stock_row *row;
	size_t n, cap;
	const char *fact[NP_STOCK_FACTS];
	const struct np_law_fact
		*law[NP_STOCK_FACTS]; /* NULL: not of the law */
	size_t nfacts;
	struct np_index key[NP_SK_N];
};
int np_stock_read(struct np_places *p, const char *path, struct np_err *reterr);
void np_stock_free(struct np_stock_book *b);
/* A key as it is compared; buf's text, or NULL: it is none. */
const char *np_stock_spell(enum np_stock_key k, const char *v, size_t n,
			   char buf[static 256], size_t *ret_n);

/* ---- contracts (contracts.c), zones (zones.c) */

#define NP_DEAL_FACTS 32 /* columns of facts */

struct np_deals {
	struct np_contract *v;
	size_t n, cap;
	const struct np_law_fact *fact[NP_DEAL_FACTS];
	size_t nfacts;
};
int np_contracts_read(struct np_places *p, const char *path,
		      struct np_err *reterr);

/* All that are stated have to hold. */
struct np_server {
	uint32_t site;		    /* NP_NO_SITE: not stated */
	struct np_prefixes *prefix; /* NULL */
	int32_t vlan;		    /* -1 */
	const char *circuit;	    /* NULL */
};

struct np_zone_inside {
	struct np_zone pub;
	struct np_server *server;
	size_t nservers;
	uint32_t *device; /* sorted; of the last join */
	size_t ndevices, cap;
};

struct np_zone_book {
	struct np_zone_inside *v;
	size_t n;
	bool vlans, prefixes; /* some server states one */
	const char *text;     /* the file */
	size_t text_n;
};
int np_zones_read(struct np_places *p, const char *path, struct np_err *reterr);
void np_zones_free(struct np_zone_book *b);

/* ---- what was heard (heard.c) */

struct np_times_in {
	uint32_t source, segment, count;
};

struct np_session_heard {
	struct np_session pub;
	struct np_times_in *in;
	size_t nin, cap;
};

struct np_ear {
	struct np_arena mem;
	struct np_index vlans; /* by sighting's id: VLANs that a zone names */
	struct np_index ids;   /* … : index in v */
	struct np_session_heard *v;
	size_t n, cap;
	struct np_session *shown;
};
void np_ear_free(struct np_ear *e);
/* Was the sighting heard in this VLAN? */
bool np_ear_vlan(const struct np_ear *e, const uint8_t *id, int32_t vlan);

/* ---- sentences (words.c) */

enum np_place_sentence {
	NP_PS_PATH,
	NP_PS_UNSEEN,
	NP_PS_UNSERVED,
	NP_PS_NEAR,
	NP_PS_SESSION,
	NP_PS_SESSION_UNTOLD,
	NP_PS_N
};
int np_words_read(struct np_places *p, struct np_err *reterr);

/* ---- all */

struct np_joined {
	struct np_placing *v; /* NULL: captures alone place them */
	size_t n;
	struct np_arena mem;
};

struct np_places {
	struct np_arena mem;
	struct np_party *party;
	const struct np_law *law;
	const struct np_knowledge *k;
	struct np_guide guide;
	struct np_stock_book stock;
	struct np_deals deals;
	struct np_zone_book zones;
	struct np_ear ear;
	struct np_joined joined;
	const char *sentence[NP_PS_N];
	const struct np_device *first; /* of the devices joined last */
	np_beside_fn *beside;
	void *beside_ctx;
	struct np_place_note *note;
	size_t nnotes, capnotes, nfixed;   /* nfixed: of the files */
	uint64_t left_out, left_out_fixed; /* beyond as many as are kept */
};

/* A note in words, printf's; of the files while they are read, of the join
 * afterwards. False without memory. */
bool np_note(struct np_places *p, const char *file, uint64_t line,
	     const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* Room for one more. NULL without memory (v stays). */
void *np_grow(void *v, size_t n, size_t *cap, size_t size);
int np_no_memory(const char *path, struct np_err *reterr);
#endif
