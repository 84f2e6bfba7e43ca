/* SPDX-License-Identifier: ISC */
/*
 * fold(): sightings and their claims become devices. The result is a pure
 * function of the set of sightings and occurrences: any order, any repetition,
 * any split gives the same devices, the same ids, the same bytes.
 */
#ifndef NP_DEVICE_H
#define NP_DEVICE_H
#include "claim/claim.h"
#include "core/arena.h"
#include "core/err.h"
#include "sighting/sighting.h"

/* Design, section 7. */
enum np_sure {
	NP_UNKNOWN,
	NP_POSSIBLE,
	NP_PROBABLE,
	NP_CONFIRMED,
	NP_DISPUTED,
};
const char *np_sure_name(enum np_sure s); /* "unknown" … */

/* One claim as a device keeps it. */
struct np_kept_claim {
	enum np_what what;
	enum np_grade grade;
	uint16_t maker, group;
	uint16_t field; /* np_field_id of the fact it came from */
	enum np_scope scope;
	enum np_reach reach;
	enum np_owner owner;
	bool settable;
	bool stream;
	const char *rule;
	const char *value;     /* claimed value, may be NULL */
	const char *text;      /* the fact's value, cut to 255 octets */
	uint32_t at;
	struct np_occurrence seen; /* merged over its occurrences: first place */
	uint8_t sighting[NP_ID];
};

struct np_component {
	uint16_t maker;
	enum np_sure sure;
	const char *model, *serial; /* may be NULL */
	const char *rule;
};

struct np_device {
	char id[32];	/* "d-" + 16 hex digits of its strongest key's hash */
	uint16_t maker; /* NP_NO_MAKER when unknown */
	enum np_sure sure;
	const char *brand, *model, *family, *version, *serial, *os;
	const char *function; /* "transport/router" … or NULL */
	enum np_owner owner;
	enum np_origin origin; /* the weakest among its sources */
	bool neighbour; /* known only from what others say of it */
	uint16_t rival; /* disputed: the other maker */
	uint16_t middlebox; /* a possible maker of a box on its path */
	uint32_t site;	/* index in the run's sites, UINT32_MAX: unplaced */
	int64_t first, last;
	const struct np_key *keys;
	size_t nkeys;
	const struct np_kept_claim *claims; /* sorted: strongest first */
	size_t nclaims;
	const struct np_kept_claim *contradictions;
	size_t ncontradictions;
	const struct np_component *components;
	size_t ncomponents;
	const uint8_t (*sightings)[NP_ID]; /* sorted */
	size_t nsightings;
};

struct np_devices {
	const struct np_device *v; /* sorted by id */
	size_t n;
	uint64_t subscribers; /* counted, not listed */
	uint64_t dropped_by_limit;
};

/* Where a source stands: fold scopes weak keys (private addresses, names) by
 * site, or by source where no site is recorded. */
struct np_source_place {
	uint32_t site; /* UINT32_MAX: not recorded */
	enum np_origin origin;
};

struct np_fold;
struct np_fold *np_fold_new(const struct np_knowledge *k, size_t max_devices);
void np_fold_place(struct np_fold *f, uint32_t source,
		   const struct np_source_place *p);
/* Adds a sighting (id filled) and its claims; copies what it keeps. Adding the
 * same again merges. 0, NP_ENOMEM or NP_ELIMIT. */
int np_fold_add(struct np_fold *f, const struct np_sighting *s,
		const struct np_claims *c);
/* Devices of all that was added; lives as long as f. */
int np_fold_devices(struct np_fold *f, struct np_devices *ret);
void np_fold_free(struct np_fold *f);
#endif
