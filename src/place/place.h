/* SPDX-License-Identifier: ISC */
/*
 * Where boxes stand, and what the operator's own files say of them:
 *
 *	sites		operator.yaml, a list of sites (CSV, XLSX, GeoJSON)
 *	inventory	a row a box: its site, and facts that no packet tells
 *	contracts	a row a contract for a service
 *	zones		what is to be protected, and what serves it
 *
 * A box is joined to a site by the strongest key that places it. In order of
 * strength (docs/places.md says why):
 *
 *	capture		heard on the link at a place that somebody wrote down
 *	inventory	a row of the inventory (its serial, mac, name, address)
 *	name		a pattern of names, the one with most letters
 *	prefix		a prefix of addresses, the longest
 *	cell		an identity of a cell or base station
 *	afar		heard through a router at a place: where the listener
 *was neighbour	heard on one link with boxes that are all at one place
 *
 * A key that is ambiguous places nothing. What weaker keys say otherwise is
 *kept beside it. The files are the party's: text that it wrote, refused with
 *file, line and column where it is not what it should be.
 */
#ifndef NP_PLACE_H
#define NP_PLACE_H
#include "policy/policy.h"

enum np_placed {
	NP_BY_NOTHING,
	NP_BY_CAPTURE,
	NP_BY_INVENTORY,
	NP_BY_NAME,
	NP_BY_PREFIX,
	NP_BY_CELL,
	NP_BY_AFAR,
	NP_BY_NEIGHBOUR,
	NP_NPLACED
};
/* "capture" …; NULL for nothing. */
const char *np_placed_name(enum np_placed p);

struct np_places;

/* Paths; NULL: there is no such file. */
struct np_place_files {
	const char *sites, *inventory, *contracts, *zones;
};

/* Reads the files, and where sites of operator.yaml are; adds sites to the
 * party. What contradicts itself is NP_EINPUT with file (what), line (at),
 * column or cell, and what was expected (text). All arguments outlive it. */
int np_places_open(const struct np_place_files *f, struct np_party *party,
		   const struct np_law *law, const struct np_knowledge *k,
		   struct np_places **ret, struct np_err *reterr);
void np_places_close(struct np_places *p);

/* A sighting was heard (id and occurrence filled), or its occurrence again:
 * VLANs and sessions are remembered. NP_ENOMEM or 0. */
int np_places_hear(struct np_places *p, const struct np_sighting *s);
int np_places_again(struct np_places *p, const uint8_t id[static NP_ID],
		    const struct np_occurrence *seen);
/* Forgets what was heard: a dossier is read again. */
void np_places_unhear(struct np_places *p);

/* Boxes that stand on one link with this one, as far as somebody knows
 * (graph/): at most cap of their numbers in np_devices. */
typedef size_t np_beside_fn(void *ctx, size_t device, uint32_t *v, size_t cap);
/* Whom the next joins ask besides the captures; NULL: nobody. */
void np_places_beside(struct np_places *p, np_beside_fn *fn, void *ctx);

/* Joins devices to rows of the inventory and to sites: writes their site, and
 * a stated function where none was claimed. Again after each fold. */
int np_places_join(struct np_places *p, struct np_fold *f,
		   const struct np_devices *d, struct np_err *reterr);

/* What another key says. */
struct np_place_word {
	enum np_placed by;
	uint32_t site;
	const char *why;
};

struct np_placing {
	enum np_placed by;
	const char *why;		     /* "10.1.0.0/16"; NULL: nothing */
	const struct np_place_word *against; /* other keys, other sites */
	size_t nagainst;
	uint32_t row; /* of the inventory, or NP_NO_ROW */
};
#define NP_NO_ROW UINT32_MAX
/* Of a device of np_devices, by its number there; of the last join. */
struct np_placing np_placing(const struct np_places *p, size_t device);

/* np_question.fact: what the device's row states. */
const char *np_places_fact(void *places, const struct np_device *d,
			   const char *name);

/* ---- the inventory */

struct np_stock_row {
	const char *label, *site, *name, *mac, *serial, *ip, *function,
		*circuit; /* NULL: empty */
	uint32_t where;	  /* its site's number, or NP_NO_SITE */
	uint64_t line;
	const char **fact; /* by np_stock_fact(); NULL: empty */
	size_t devices;	   /* that it was joined to */
};
size_t np_stock(const struct np_places *p);
const struct np_stock_row *np_stock_row(const struct np_places *p, size_t i);
/* The name of fact column i ("obtained"); NULL behind the last. */
const char *np_stock_fact(const struct np_places *p, size_t i);

/* ---- what is said of the files and of the joining */

struct np_place_note {
	const char *file; /* may be NULL */
	uint64_t line;	  /* 0: none */
	const char *text;
};
size_t np_place_notes(const struct np_places *p);
/* How many more there were than are kept. */
uint64_t np_place_notes_left_out(const struct np_places *p);
const struct np_place_note *np_place_note(const struct np_places *p, size_t i);

/* ---- coordinates */

/* WGS84, degrees; false where they are not stated. */
bool np_site_located(const struct np_places *p, uint32_t site,
		     double *ret_latitude, double *ret_longitude);
/* Great circle on a sphere of the mean radius (IUGG: 6371.0088 km): within 0.6
 * per cent of the ellipsoid. */
double np_kilometres(double lat1, double lon1, double lat2, double lon2);

/* ---- zones */

struct np_zone {
	const char *id, *name, *kind; /* kind may be NULL */
	bool located;
	double latitude, longitude;
	double within; /* kilometres to count in */
	bool served;   /* something is stated that serves it */
};
size_t np_zones(const struct np_places *p);
const struct np_zone *np_zone(const struct np_places *p, size_t i);

struct np_zone_count {
	uint64_t in_scope, other, unknown; /* devices that serve it */
	uint64_t near, located; /* in scope: within, and at a known place */
	double nearest;		/* kilometres; < 0: none */
	uint32_t nearest_site;
};
/* By what its file says of who serves it; who is joined to whom is for who
 * weighs risk (np_zone_devices, np_risk_zone). */
void np_zone_count(const struct np_places *p, size_t zone,
		   const struct np_devices *d, const struct np_findings *f,
		   struct np_zone_count *ret);
/* Does the device serve the zone, by what its file says? */
bool np_zone_served_by(const struct np_places *p, size_t zone, size_t device);
/* The devices that serve the zone, by their numbers, ascending; of the last
 * join. */
size_t np_zone_devices(const struct np_places *p, size_t zone,
		       const uint32_t **ret);

/* ---- contracts for services */

struct np_contract {
	const char *supplier, *service, *site; /* site may be NULL */
	const char *function; /* of the network, that it is for; or NULL */
	const char **fact;    /* by np_contract_fact(); NULL: empty */
	int32_t from, until;  /* NP_NODAY: not stated */
	uint16_t maker;	      /* who that is, NP_NO_MAKER: nobody on file */
	uint64_t line;
};
size_t np_contracts(const struct np_places *p);
/* Does it run on that day? A date that is not stated does not hold it back. */
bool np_contract_runs(const struct np_contract *c, int32_t day);
const struct np_contract *np_contract(const struct np_places *p, size_t i);
/* The name of fact column i ("generation"); NULL behind the last. */
const char *np_contract_fact(const struct np_places *p, size_t i);
/* Contracts that run on q->as_of before the clauses about services: findings of
 * the contract, whose np_finding.device stands for it (id "c-" and the number
 * of its row, from 1). *ret_d are those, for np_findings alone. */
int np_places_judge(const struct np_places *p, const struct np_question *q,
		    struct np_arena *mem, struct np_devices *ret_d,
		    struct np_findings *ret, struct np_err *reterr);

/* ---- management sessions from outside */

struct np_session {
	const char *service, *near,
		*far; /* far NULL: not told (a subscriber) */
	uint64_t n;   /* how often, at least */
	int64_t first, last;
};
/* Sorted; of all that was heard. Lives until the next np_places_hear(). */
size_t np_sessions(struct np_places *p, const struct np_session **ret);

/* ---- sentences (section places of sentences.yaml) */

/* What is said of a zone: its path first, kilometres second. */
void np_zone_say(const struct np_places *p, size_t zone,
		 const struct np_zone_count *c, struct np_buf *b);
void np_session_put(const struct np_places *p, const struct np_session *s,
		    struct np_buf *b);

/* ---- to keep them in a dossier, and to read them again */

/* The files as they were understood, without columns that nobody asked for; a
 * kind is "sites", "inventory", "contracts" or "zones". False: none. */
bool np_places_write(const struct np_places *p, const char *kind,
		     struct np_buf *b);
#endif
