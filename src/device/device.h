/* SPDX-License-Identifier: ISC */
/*
 * fold(): sightings and their claims become devices. The result is a pure
 * function of the set of sightings, occurrences and places of sources: any
 * order, any repetition, any split gives the same devices, the same ids, the
 * same bytes, while no limit was hit.
 *
 * A network may hold a million boxes of which nothing but an address is
 * known. So a device is a small record, and what it rests on (keys, claims,
 * sightings) is written out for one device at a time, see
 * np_device_evidence().
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

#define NP_NO_SITE UINT32_MAX

struct np_component {
	uint16_t maker;
	enum np_sure sure; /* never better than possible: the box says it */
	const char *model, *serial; /* may be NULL */
	const char *rule;
};

/* Texts that may be NULL are NULL where nothing is known. */
struct np_device {
	char id[20];	/* "d-" + 16 hex digits of its strongest key's hash */
	uint16_t maker; /* NP_NO_MAKER when unknown */
	uint16_t rival; /* disputed: the other maker; maker is the one with the
			   stronger claim */
	uint16_t middlebox; /* a possible maker of a box on its path */
	uint16_t ncomponents;
	uint16_t like; /* what kind of case it is: for np_device_like */
	enum np_sure sure : 8;
	enum np_owner owner : 8;
	enum np_origin origin : 8; /* the weakest among its sources */
	bool neighbour;		   /* known only from what others say of it */
	bool near;		   /* heard at its site on the link, or through
				      a bridge */
	uint32_t site;		   /* index in the run's sites, or NP_NO_SITE */
	const char *brand, *model, *family, *version, *serial, *os;
	const char *function;		       /* "transport/router" … */
	const struct np_component *components; /* sorted */
	int64_t first, last;
	uint32_t nsightings;
	uint32_t box; /* its place among the boxes: for np_device_evidence */
};

/* Subscribers' boxes are counted, not listed (design, rule 11). Of all boxes
 * those are counted that have a role, and once more for each protocol that
 * proves it. */
#define NP_LINK_SIZE 16
struct np_crowd {
	/* Keyed hash of a subscriber's box, where they are linkable: nothing
	 * but the key tells whose. Zeros: none. */
	uint8_t link[NP_LINK_SIZE];
	const char *role;      /* NULL: subscribers' boxes */
	uint16_t field;	       /* NP_NO_FIELD: in whatever protocol */
	uint16_t maker, rival; /* as in np_device */
	enum np_sure sure;
	const char *model; /* may be NULL; of subscribers' boxes */
	uint32_t site;
	uint64_t n;
};
#define NP_NO_FIELD UINT16_MAX
/* Has it a link? */
bool np_crowd_linked(const struct np_crowd *c);

struct np_devices {
	const struct np_device *v; /* sorted by id; no subscribers */
	size_t n;
	const struct np_crowd *crowds; /* sorted; their sum is subscribers */
	size_t ncrowds;
	uint64_t subscribers;
	const struct np_crowd *roles; /* sorted */
	size_t nroles;
	/* What both lists have of subscribers' boxes: all that is to be kept of
	 * them. With links, one by one. */
	const struct np_crowd *theirs;
	size_t ntheirs;
	uint64_t dropped_by_limit; /* sightings that were refused */
	const struct np_fold *fold;
};

/* One claim as a device keeps it. */
struct np_kept_claim {
	enum np_what what;
	enum np_grade grade; /* in this device: after the lowering below */
	uint16_t maker, group;
	uint16_t field; /* np_field_id of the fact it came from */
	enum np_scope scope;
	enum np_reach reach;
	enum np_owner owner;
	bool settable;
	enum np_unit unit;
	bool computer; /* the sign of a general-purpose computer */
	bool lowered;  /* settable text on a box with the signs of a PC */
	const char *rule;
	const char *value; /* claimed value, may be NULL */
	const char *text;  /* the fact's value, cut to 255 octets; a NUL
			      follows, and NULs may be inside */
	size_t text_n;
	uint32_t at;
	struct np_occurrence
		seen; /* merged over its occurrences: earliest
			 first, latest last, sum of counts; place
			 in the first segment of the first source */
	uint8_t sighting[NP_ID];
};

/* What one device rests on. */
struct np_evidence {
	/* What it calls itself; of a neighbour, what others call it. Sorted. */
	const struct np_key *keys;
	size_t nkeys;
	const struct np_kept_claim *claims; /* strongest first */
	size_t nclaims;
	/* Those of the claims that speak for another maker, or that lowered
	 * the ones for this. Strongest first. */
	const struct np_kept_claim *contradictions;
	size_t ncontradictions;
	const uint8_t (*sightings)[NP_ID]; /* sorted */
	size_t nsightings;
};

/* Where a source stands. Keys that are unique in one network only (private
 * addresses, names) count within a site, or within a source where no site is
 * recorded. */
struct np_source_place {
	uint32_t site; /* NP_NO_SITE: not recorded */
	enum np_origin origin;
	/* The site's name, or the source's where no site is recorded: goes
	 * into the ids of devices that have no better key, so that these do
	 * not depend on how sources are numbered. NULL: its number does. */
	const char *name;
};

struct np_fold;
/* `k` (may be NULL) has to outlive the fold: rules' names are not copied.
 * max_devices bounds what is kept, in devices and, at 1.5 KiB a device, in
 * octets; beyond it sightings are refused and counted. */
struct np_fold *np_fold_new(const struct np_knowledge *k, size_t max_devices);
/* Another hard limit of octets: a test axis. */
void np_fold_limit(struct np_fold *f, size_t octets);
/* 0, NP_ENOMEM or NP_ELIMIT. */
int np_fold_place(struct np_fold *f, uint32_t source,
		  const struct np_source_place *p);
/* Adds a sighting (id filled) and its claims; copies what it keeps. Adding the
 * same again merges its occurrences. 0, NP_ENOMEM or NP_ELIMIT; after a
 * failure the fold stands as it was. */
int np_fold_add(struct np_fold *f, const struct np_sighting *s,
		const struct np_claims *c);
/* Merges an occurrence more of the sighting with this number, and gives its id.
 * Offsets stay: not for one that was heard before all others of its source. */
int np_fold_again(struct np_fold *f, uint32_t number,
		  const struct np_occurrence *o, uint8_t ret_id[static NP_ID]);
/* The number of the sighting that was added last, from 0 as they were first
 * heard, and whether that was now. */
uint32_t np_fold_last(const struct np_fold *f, bool *ret_first);
/* Devices of all that was added. Lives until the next call, or as long as f.
 * 0, NP_ENOMEM or NP_ELIMIT. */
int np_fold_devices(struct np_fold *f, struct np_devices *ret);
/* Makes subscribers' boxes linkable: np_crowd.link, by this key. */
void np_fold_linkable(struct np_fold *f, const uint8_t key[static 32]);
/* What is remembered of subscribers' boxes that are not there any more: counted
 * with the others, unless its link is heard again. Texts are copied. */
int np_fold_crowd(struct np_fold *f, const struct np_crowd *c);
/* Goes through the sightings that only subscribers' boxes rest on. `keys` live
 * until the next call. 0, or what fn gave. */
typedef int np_private_fn(void *ctx, const uint8_t id[static NP_ID],
			  const struct np_key *keys, size_t nkeys);
int np_fold_private(const struct np_devices *all, np_private_fn *fn, void *ctx);
/* The one of this id; NULL: there is none. `id` may be NULL. */
const struct np_device *np_device_of(const struct np_devices *all,
				     const char *id);
/* What one of these devices rests on, written into memory of `mem`. 0 or
 * NP_ENOMEM. */
int np_device_evidence(const struct np_devices *all, const struct np_device *d,
		       struct np_arena *mem, struct np_evidence *ret);
/* Its keys alone, as np_evidence has them. */
int np_device_keys(const struct np_devices *all, const struct np_device *d,
		   struct np_arena *mem, struct np_evidence *ret);
/* Has it such a key, of whatever kind? */
bool np_evidence_has(const struct np_evidence *e, const char *key);
/* How far a key tells boxes apart, by its text alone. */
enum np_worth {
	NP_WORTH_NOTHING,  /* many boxes use it */
	NP_WORTH_HERE,	   /* in one network: private addresses, names */
	NP_WORTH_ANYWHERE, /* no other box in the world has it */
};
enum np_worth np_key_worth(const struct np_key *k);
/* Calls for each source in which something was heard that the device rests on,
 * for some of them more than once. */
void np_device_sources(const struct np_devices *all, const struct np_device *d,
		       void (*fn)(void *ctx, uint32_t source), void *ctx);
/* Its keys and its sightings, without what is claimed from them. */
int np_device_said(const struct np_devices *all, const struct np_device *d,
		   struct np_arena *mem, struct np_evidence *ret);
/* What fold() makes of one sighting that it hears alone, without its parts, id
 * and occurrences: no set is made, so a filter can ask for each line. Texts
 * and claims, *ret_n of them with the strongest first, live in `mem`, in the
 * knowledge and in `c`. 0 or NP_ENOMEM. */
int np_alone(const struct np_knowledge *k, const struct np_sighting *s,
	     const struct np_claims *c, struct np_arena *mem,
	     struct np_device *ret, struct np_kept_claim **ret_claims,
	     size_t *ret_n);
/* What the verdict rests on, as a key for np_like_cases(), from coarse to fine:
 * "probable/E4/number/other" is a verdict; the grades of the two best
 * independence groups that name the maker; the kinds of evidence among them;
 * and whether some state's rules name that maker. NULL where no maker is named.
 */
#define NP_LIKE_KEY 96
const char *np_device_like(const struct np_device *d,
			   char buf[static NP_LIKE_KEY]);
/* Sources that stand at no site, in which the device itself was heard on the
 * link or through a bridge; at most cap of them. */
size_t np_device_links(const struct np_devices *all, const struct np_device *d,
		       uint32_t *v, size_t cap);
/* The devices that np_fold_devices() gave, for who places them (place/): site
 * and function may be written, nothing else. */
struct np_device *np_fold_mutable(struct np_fold *f);
/* Octets held now, and at most so far. */
void np_fold_memory(const struct np_fold *f, size_t *ret_now, size_t *ret_most);
void np_fold_free(struct np_fold *f);
#endif
