/* SPDX-License-Identifier: ISC */
/*
 * What the files of this room share: how sightings are kept until they are
 * folded. A busy network gives a million boxes with one sighting each, so
 * everything is a small record in a pool, named by its index; texts, keys and
 * claims that come again are kept once.
 *
 * Nothing here decides anything by an index, an address or a hash: those
 * depend on the order of arrival. Results are made from sets, and sorted by
 * what they say.
 */
#ifndef NP_DEVICE_INSIDE_H
#define NP_DEVICE_INSIDE_H
#include "device/device.h"

#define NP_NIL UINT32_MAX

/* ---- memory with a hard limit (pool.c) */

struct np_budget {
	size_t now, most, limit;
};

/* n zeroed octets, or NULL and *reterr: NP_ENOMEM, NP_ELIMIT. */
void *np_budget_take(struct np_budget *b, size_t n, int *reterr);
void np_budget_give(struct np_budget *b, void *p, size_t n);

/* Records of one size; they never move. */
struct np_pool {
	struct np_budget *budget;
	unsigned char **chunk;
	uint32_t n; /* records taken */
	uint32_t chunks, cap;
	uint32_t size;	/* octets in a record */
	uint32_t shift; /* log2 of records in a chunk */
};

static inline void *np_pool_at(const struct np_pool *p, uint32_t i)
{
	uint32_t mask = ((uint32_t)1 << p->shift) - 1;

	return p->chunk[i >> p->shift] + (size_t)(i & mask) * p->size;
}

/* n records side by side, zeroed; *ret is the index of the first. */
int np_pool_take(struct np_pool *p, uint32_t n, uint32_t *ret);
void np_pool_free(struct np_pool *p);

/* Open addressing: index + 1 in 28 bits below 4 bits of the hash. */
struct np_table {
	uint32_t *slot;
	uint32_t cap; /* power of two */
	uint32_t n;
};

#define NP_TABLE_MAX 0x0ffffffeu

struct np_seek {
	uint32_t at, tag;
};

static inline struct np_seek np_seek(const struct np_table *t, uint64_t hash)
{
	return (struct np_seek){.at = (uint32_t)hash & (t->cap - 1),
				.tag = (uint32_t)(hash >> 60)};
}

/* The next index that the hash may mean; NP_NIL when there is none, s then
 * being at the free slot. */
static inline uint32_t np_seek_next(const struct np_table *t, struct np_seek *s)
{
	uint32_t v;

	while ((v = t->slot[s->at])) {
		s->at = (s->at + 1) & (t->cap - 1);
		if (v >> 28 == s->tag)
			return (v & 0x0fffffff) - 1;
	}
	return NP_NIL;
}

static inline void np_seek_put(struct np_table *t, const struct np_seek *s,
			       uint32_t i)
{
	t->slot[s->at] = s->tag << 28 | (i + 1);
	t->n++;
}

/* Where the hash begins to be looked for is wanted soon. */
static inline void np_seek_soon(const struct np_table *t, uint64_t hash)
{
	if (t->cap)
		__builtin_prefetch(&t->slot[(uint32_t)hash & (t->cap - 1)]);
}

/* Room for one more? 1: the table was made anew, empty, and its owner has to
 * put everything back; 0: yes; negative: no. */
int np_table_room(struct np_table *t, struct np_budget *b);
void np_table_put(struct np_table *t, uint64_t hash, uint32_t i);
void np_table_free(struct np_table *t, struct np_budget *b);

/* ---- texts, each kept once (text.c) */

#define NP_TEXT_MAX 255

struct np_texts {
	struct np_pool units; /* of four octets: length, text, NUL */
	struct np_table table;
	uint64_t seed;
};

uint64_t np_text_hash(const struct np_texts *t, const void *p, size_t n);
/* *ret: its name; the text is cut to NP_TEXT_MAX octets. */
int np_text_keep(struct np_texts *t, const void *p, size_t n, uint32_t *ret);
/* NP_NIL when it is not kept. */
uint32_t np_text_find(const struct np_texts *t, const void *p, size_t n);
static inline const char *np_text(const struct np_texts *t, uint32_t i,
				  size_t *ret_n)
{
	const unsigned char *p = np_pool_at(&t->units, i);

	if (ret_n)
		*ret_n = p[0];
	return (const char *)p + 1;
}

/* ---- keys (key.c, shared.c) */

/* The order in which keys are let join what is heard, from those that say most
 * to those that say least. */
enum np_stage {
	NP_ST_SERIAL,
	NP_ST_ENGINE,
	NP_ST_CHASSIS, /* an address that LLDP calls the chassis' */
	NP_ST_MAC,
	NP_ST_IP,
	NP_ST_HOST, /* host keys, 3GPP and PON identities */
	NP_ST_NAME,
	NP_ST_NEVER, /* joins nothing */
};

enum np_key_form { NP_KF_TEXT, NP_KF_MAC, NP_KF_IP4 };

enum np_key_flag {
	NP_KEY_SHARED = 1,   /* many boxes use it: joins nothing */
	NP_KEY_SCOPED = 2,   /* means something in one network only */
	NP_KEY_CHASSIS = 4,  /* somebody's LLDP calls it its chassis */
	NP_KEY_SECONDED = 8, /* used as more than a system id of LACP */
	NP_KEY_ZONED = 16,   /* the text ends in "%" and a zone (RFC 4007) */
	NP_KEY_NOTHING = 32, /* not even good for a label: an OID */
};

struct np_key_record {
	uint32_t a; /* text, or the lower 32 bits of the address */
	uint16_t b; /* upper 16 bits of a MAC */
	uint8_t kind, form;
	uint8_t flags;
	uint8_t spare[3];
};

/* A sighting's use of a key: index below, how it is used above. */
#define NP_REF_INDEX 0x0fffffffu
#define NP_REF_CHASSIS 0x80000000u /* this sighting calls it its chassis */
#define NP_REF_SYSTEM                                                          \
	0x40000000u		/* a system id of LACP: two boxes may          \
				   share it (MC-LAG) */
#define NP_REF_MADE 0x20000000u /* not said, made from another key */

/* What a key is good for, from its text alone. */
void np_key_weigh(struct np_key_record *k, const char *text, size_t n);
/* The same of a key as it was said, before it gets a zone. */
void np_key_weigh_said(const struct np_key *k, struct np_key_record *r);
enum np_stage np_key_stage(const struct np_key_record *k);
/* Lower is better: serial, engine … name; unique anywhere before unique in a
 * network. */
unsigned np_key_rank(const struct np_key_record *k);
bool np_key_read_mac(const char *v, size_t n, uint64_t *ret);
/* Is the value on the list of those that many boxes use? */
bool np_shared_mac(uint64_t mac);
bool np_shared_name(const char *v, size_t n);
bool np_shared_serial(const char *v, size_t n);

/* ---- sightings (fold.c, seen.c) */

struct np_row {
	uint32_t keys;	 /* one key: its ref; more: index in np_fold.refs */
	uint32_t claims; /* index in np_fold.claims */
	/* The occurrences of one source; np_fold.times has its times. */
	uint32_t source, segment, count;
	uint32_t place; /* lower 32 bits; see place_high */
	uint32_t more;	/* index in np_fold.further, NP_NIL: none */
	unsigned scope : 2, reach : 2, owner : 2, unit : 2, deep : 1;
	unsigned nkeys : 6, nclaims : 7;
	unsigned place_high : 8;
};

struct np_times {
	int64_t first, last;
};

/* What few sightings have: np_fold.tallies, np_fold.elsewhere. */
struct np_further {
	uint32_t segments; /* of the row's own source */
	uint32_t sources;
};

/* How often in one further segment. Newest first. */
struct np_tally_record {
	uint32_t next, segment, count;
};

/* A further source. Highest number first. */
struct np_elsewhere {
	struct np_times times;
	uint64_t place;
	uint32_t source, segment, count, segments, next, spare;
};

struct np_id {
	uint8_t v[NP_ID];
};

/* A claim without what differs from sighting to sighting. */
struct np_rule {
	const char *name;
	uint16_t maker, group, field;
	uint8_t what, grade;
	bool settable, subscriber, virtual_key, computer;
	uint8_t spare[4];
};

/* Roles name no maker, and are claimed whoever speaks (claim/role.c). */
static inline bool np_rule_of_role(const struct np_rule *r)
{
	return strncmp(r->name, "role/", 5) == 0;
}

/* Texts are np_fold.texts; with NP_CLAIM_KEY the text of that key. */
#define NP_CLAIM_KEY 0x80000000u

struct np_claim_record {
	uint32_t rule, text, value, at;
};

/* A sighting as heard in one scope: number i is sighting i in the scope of its
 * own source, those behind are listed. */
struct np_hearing {
	uint32_t row, scope;
};

struct np_place_record {
	uint32_t site, origin, name;
	bool known;
};

#define NP_MAX_SITES 0x100000u

struct np_crowds {
	struct np_crowd *v;
	size_t n, cap;
};

struct np_fold {
	const struct np_knowledge *k;
	struct np_budget budget;
	size_t max_devices, boxes;
	uint64_t seed, dropped;
	uint16_t chassis_field, system_field;
	struct np_texts texts;
	struct np_pool keys, rows, ids, times, refs, rules, claims;
	struct np_pool further, tallies, elsewhere, places, sites;
	struct np_table key_table, row_table, rule_table;
	uint32_t last; /* row that was added last */
	bool last_first;
	/* what np_fold_devices made */
	struct np_pool hearings; /* behind the first rows.n */
	uint32_t nrows;		 /* rows there were then */
	uint32_t *order, norder; /* hearings by box, by sighting's id */
	uint32_t *start, nstart; /* where each box begins in order */
	struct np_device *devices;
	size_t devices_cap;
	struct np_pool components;
	struct np_crowds shown, theirs; /* all; subscribers' boxes, by link */
	bool *private;			/* by box: a subscriber's */
	size_t nprivate;
	/* what a store remembers of boxes that it keeps no more */
	struct np_crowds remembered;
	bool linkable;
	uint8_t link_key[32];
};

static inline struct np_row *np_row(const struct np_fold *f, uint32_t i)
{
	return np_pool_at(&f->rows, i);
}

static inline struct np_key_record *np_key_at(const struct np_fold *f,
					      uint32_t ref)
{
	return np_pool_at(&f->keys, ref & NP_REF_INDEX);
}

static inline const uint32_t *np_row_refs(const struct np_fold *f,
					  const struct np_row *r)
{
	return r->nkeys == 1 ? &r->keys : np_pool_at(&f->refs, r->keys);
}

/* A key of a sighting on its way into the fold. */
struct np_packed {
	struct np_key_record r; /* a is not set where there is a text */
	uint64_t hash;		/* of the record, or of the text */
	const struct np_key *key;
	const char *text;
	size_t n; /* 0: no text, the record says all */
	char zoned[112];
};

/* False when it cannot be kept. */
bool np_key_pack(const struct np_fold *f, const struct np_key *k,
		 const struct np_sighting *s, struct np_packed *ret);
/* The key's index; NP_NIL when it is not kept. */
uint32_t np_key_find(const struct np_fold *f, const struct np_packed *p);
int np_key_keep(struct np_fold *f, const struct np_packed *p, uint32_t *ret);
/* The key's text, without its zone; buf holds at least 40 octets. */
const char *np_key_text(const struct np_fold *f, const struct np_key_record *k,
			char buf[static 40], size_t *ret_n);
/* By rank, then value: -1, 0, 1. */
int np_key_order(const struct np_fold *f, const struct np_key_record *a,
		 const struct np_key_record *b);

/* A new sighting's occurrence. */
void np_seen_set(struct np_row *w, struct np_times *t,
		 const struct np_occurrence *o);
int np_seen_add(struct np_fold *f, uint32_t row, const struct np_occurrence *o);
/* The first of the further sources in np_fold.elsewhere; NP_NIL: none. */
uint32_t np_seen_sources(const struct np_fold *f, const struct np_row *w);
/* The first source and the place in it. */
void np_seen_first(const struct np_fold *f, uint32_t row, uint32_t *ret_source,
		   uint64_t *ret_place);
/* Merges what was heard of the sighting in one scope into *into, and the
 * origins of its sources into *origin (may be NULL). */
void np_seen_merge(const struct np_fold *f, uint32_t row, uint32_t scope,
		   struct np_occurrence *into, enum np_origin *origin);

/* A scope is a site, or a source that stands at none. */
#define NP_SCOPE_SOURCE 0x80000000u
uint32_t np_scope_of(const struct np_fold *f, uint32_t source);
/* The name that stands for it in ids; buf holds at least 24 octets. */
const char *np_scope_name_of(const struct np_fold *f, uint32_t scope,
			     char buf[static 24]);

/* ---- who belongs to whom (join.c, repair.c, attach.c) */

struct np_join {
	struct np_fold *f;
	uint32_t n;	 /* hearings */
	uint32_t nodes;	 /* keys, and scoped keys in a further scope */
	uint32_t *root;	 /* of a hearing: the one that stands for its box */
	uint32_t *trial; /* the same, while a stage is tried */
	uint8_t *mask;	 /* of a root: what the box has, NP_HAS_* */
	uint8_t *trial_mask;
	uint32_t *own;	/* of a node: a hearing of the box that has it */
	uint32_t *co;	/* of a node: what a rule has to remember */
	uint8_t *stage; /* of a node */
	uint8_t *touch; /* of a node: how many say it, up to 255 */
	uint32_t at[NP_ST_NEVER];   /* nodes of a stage */
	uint32_t many[NP_ST_NEVER]; /* … that more than one says */
	bool clashed;		    /* the trial made one box of two */
	/* Nodes of scoped keys: home scope of each key, table for others. */
	bool one_scope;
	uint32_t *home;
	struct np_pool away;
	struct np_table away_table;
};

/* Two boxes that each have one of these are two. The others count for names
 * only. */
enum np_has {
	NP_HAS_SERIAL = 1,
	NP_HAS_ENGINE = 2,
	NP_HAS_CHASSIS = 4,
	NP_HAS_MAC = 8,
	NP_HAS_HOST = 16,
	NP_HAS_GOSSIP = 32, /* speaks for so many names that none is its */
	NP_HAS_HOARD = 64,  /* answers for so many addresses: a proxy */
	NP_HAS_CLASH = 128,
};

struct np_hearing np_hearing_at(const struct np_fold *f, uint32_t h);
int np_join(struct np_fold *f, struct np_join *j);
void np_join_free(struct np_join *j);

/* Goes through the keys of what boxes say of themselves. */
struct np_each {
	uint32_t h; /* begin with 0; then behind the hearing that is open */
	uint32_t i, n, scope;
	const uint32_t *refs;
	uint32_t ref, node;
};
/* The next use of a key of one stage, by hearing e->h - 1. */
bool np_join_next(const struct np_join *j, struct np_each *e,
		  enum np_stage stage);
/* Does this use of it count? */
bool np_join_counts(const struct np_join *j, uint32_t ref);
/* Rules that say which keys are none (rules.c), before a stage is tried. */
int np_join_rules(struct np_join *j, enum np_stage stage);
uint32_t np_join_node(const struct np_join *j, uint32_t ref, uint32_t scope);
uint32_t np_join_find(uint32_t *parent, uint32_t h);
void np_join_union(struct np_join *j, uint32_t a, uint32_t b, unsigned clash);
/* The groups that a stage made and that contradict themselves are taken apart
 * again. */
int np_join_repair(struct np_join *j, enum np_stage s, unsigned clash);
/* What others say goes to the box that has the key; what has no key of its own
 * is put together by the best there is. */
void np_join_attach(struct np_join *j);
/* The best key it could be called by, whosever it is; NP_NIL: none. */
uint32_t np_join_best(const struct np_join *j, uint32_t h, bool owned);
/* Does this hearing's key belong to its box? */
bool np_join_owned(const struct np_join *j, uint32_t h, uint32_t ref,
		   uint32_t scope);

/* ---- counting (crowd.c) */

int np_crowds_count(struct np_budget *b, struct np_crowds *c,
		    const struct np_crowd *one);
/* Sorts, and makes one of equal ones. */
void np_crowds_merge(struct np_crowds *c);
void np_crowds_free(struct np_budget *b, struct np_crowds *c);
/* The link of the box with this id; zeros where there are none. */
void np_fold_link(const struct np_fold *f, const char *id,
		  uint8_t ret[static NP_LINK_SIZE]);
/* Adds to both lists what is remembered and was not heard again. */
int np_crowds_remember(struct np_fold *f, uint64_t *subscribers);

/* Forgets what np_fold_devices made. */
void np_fold_forget(struct np_fold *f);

/* Pairs of numbers, to count how many of one belong to each of another. */
struct np_pairs {
	struct np_budget *budget;
	uint64_t *v;
	size_t n, cap;
};
int np_pairs_add(struct np_pairs *p, uint32_t left, uint32_t right);
void np_pairs_sort(struct np_pairs *p); /* and drops repetitions */
void np_pairs_free(struct np_pairs *p);

/* The first 64 bits of its id; f->order and f->start are made. */
struct np_hasher;
uint64_t np_box_id(const struct np_join *j, uint32_t box, struct np_hasher *h);

/* ---- what it makes of a box (voice.c, verdict.c, describe.c) */

/* One claim as it speaks of one box. */
struct np_voice {
	const struct np_claim_record *claim; /* NULL outside of a fold */
	const struct np_rule *rule;
	const char *value; /* or NULL */
	uint32_t row, at;  /* sighting, and where it stands in np_fold.order */
	uint8_t grade;	   /* after lowering */
	uint8_t said, reach;
	bool address; /* its fact is an address of the box */
	bool on_link, lowered, contradicts;
};

struct np_voices {
	struct np_budget *budget;
	struct np_voice *v;
	size_t n, cap;
};

struct np_opinion {
	enum np_sure sure;
	uint16_t maker, rival, middlebox;
	bool subscriber;
};

/* Every claim on a box, strongest first; what was there is forgotten. */
int np_voices_gather(const struct np_fold *f, uint32_t box,
		     struct np_voices *v);
void np_voices_free(struct np_voices *v);
/* The order, as far as it lies in what is claimed. */
int np_voice_order(const struct np_voice *a, const struct np_voice *b);
/* A local-bit address is the sign of a general-purpose computer only where
 * there is no other address. */
enum np_signs { NP_NO_SIGNS, NP_LOCAL_ADDRESS, NP_COMPUTER };
enum np_signs np_voices_signs(const struct np_voices *v);
/* It is one. */
void np_voices_lower(struct np_voices *v);
/* What they come to; notes which contradict it. `k` may be NULL. */
struct np_opinion np_opinion(const struct np_knowledge *k, struct np_voices *v);
/* What kind of case it is, for np_device.like. */
uint16_t np_like(const struct np_knowledge *k, const struct np_voices *v,
		 const struct np_device *d);
/* Maker, verdict and texts of the box, and whether that is a subscriber's; but
 * not its parts. */
void np_describe(const struct np_knowledge *k, struct np_voices *v,
		 struct np_device *d, bool *ret_subscriber);
/* The fact's text; buf as for np_key_text. */
const char *np_voice_text(const struct np_fold *f, const struct np_voice *v,
			  char buf[static 40], size_t *ret_n);

/* Hearings of a box, by sighting's id: np_fold.order[from..to]. */
static inline uint32_t np_box_from(const struct np_fold *f, uint32_t box)
{
	return f->start[box];
}

static inline uint32_t np_box_to(const struct np_fold *f, uint32_t box)
{
	return f->start[box + 1];
}
#endif
