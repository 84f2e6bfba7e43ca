/* SPDX-License-Identifier: ISC */
/*
 * The waist. A sighting is the facts of one frame about one subject, sealed and
 * named by the hash of what it says. Left of it hostile bytes are read; right
 * of it nobody ever sees a packet.
 *
 * In memory and over the decoder's pipe a sighting is a body (a flat, checked
 * string of octets, see seal.c) and an occurrence. struct np_sighting is a view
 * into a body: cheap, and valid as long as the body is.
 *
 * Merging: sightings with the same id say the same. Their occurrences are a
 * map keyed by (source, segment) to (first, last, count, place); equal keys
 * merge by min, max, max, min. So merging is commutative, associative and
 * idempotent.
 */
#ifndef NP_SIGHTING_H
#define NP_SIGHTING_H
#include "core/buf.h"
#include "core/err.h"
#include "core/limits.h"
#include "core/time.h"
#include "proto/proto.h"

#define NP_ID 32 /* octets in a sighting's id: BLAKE2s-256 */

enum np_owner { NP_OWNER_UNKNOWN, NP_OWNER_OPERATOR, NP_OWNER_SUBSCRIBER };
/* One frame, one direction of a stream from its first octet, or a document,
 * where places are lines. */
enum np_unit { NP_IN_FRAME, NP_IN_STREAM, NP_IN_DOCUMENT };
enum np_origin { NP_FIELD, NP_LABORATORY, NP_CONSTRUCTED };

/* A field of a protocol, as one number. */
static inline uint16_t np_field_id(unsigned proto, unsigned index)
{
	return (uint16_t)(proto << 8 | index);
}
const struct np_field *np_field_of(uint16_t id);
/* "lldp.system_name" for an id; the text lies in buf. */
const char *np_field_text(uint16_t id, char buf[static 64]);
/* The id of "lldp.system_name", -1 when no protocol declares it. */
int np_field_find(const char *name, size_t n);

struct np_key {
	enum np_keykind kind;
	const char *v; /* rendered: "00:e0:fc:01:02:03"; n octets, no NUL */
	size_t n;
};

struct np_fact {
	uint16_t field;
	uint32_t at;	  /* offset, see np_sighting.unit */
	const uint8_t *v; /* rendered value; n octets, no NUL, any octets */
	size_t n;
};

struct np_occurrence {
	uint32_t source;     /* number of the source in this run */
	uint32_t segment;    /* frame number >> NP_SEGMENT_SHIFT */
	int64_t first, last; /* NP_NEVER where the source has no times */
	uint64_t count;
	uint64_t place; /* first frame (or line), counted from 1 */
};

struct np_sighting {
	uint8_t id[NP_ID];
	uint16_t proto;
	enum np_owner owner;
	enum np_scope scope;
	enum np_reach reach;
	uint8_t depth;
	uint8_t nvlan;
	uint16_t vlan[NP_MAX_VLANS];
	bool partial;	   /* a value was cut; not part of the id */
	enum np_unit unit; /* what `at` counts in; not part of the id */
	size_t nkeys, nfacts;
	struct np_key keys[NP_MAX_KEYS]; /* sorted by kind, value */
	struct np_fact facts[NP_MAX_FACTS];
	struct np_occurrence seen;
};

/* ---- bodies */

/* Reads a body (from the pipe, from a store: hostile) into a view. The id is
 * left alone. 0 or NP_EINPUT. */
int np_body_read(const uint8_t *body, size_t n, struct np_sighting *ret);
/* Writes the body of a sighting; the reverse of np_body_read. */
void np_body_write(const struct np_sighting *s, struct np_buf *out);
/* The id: hashes proto, subject, owner, scope, reach, depth, vlan and facts
 * without `at`, all by name, so that it is the same anywhere. `h` is a
 * NP_BLAKE2S hasher. */
struct np_hasher;
void np_sighting_id(const struct np_sighting *s, struct np_hasher *h,
		    uint8_t ret[static NP_ID]);

/* Merges two occurrences of equal key (source, segment) into *into. */
void np_occurrence_merge(struct np_occurrence *into,
			 const struct np_occurrence *o);

/* ---- seal: what a decoder said becomes sightings */

struct np_seal_rules {
	bool raw; /* withhold nothing: laboratories and tests only */
	/* Prefixes of the operator's infrastructure, or NULL. */
	const struct np_prefixes *infrastructure;
	/* Does a signature know this text? NULL: none does. */
	bool (*known)(void *ctx, uint16_t field, const void *v, size_t n);
	/* As np_doc_host.object; NULL: nothing. */
	int (*object)(void *ctx, const char *oid, size_t n);
	void *known_ctx; /* of both */
};

/* What seal() kept back, for `privacy` and the coverage. */
#define NP_MAX_DROPPED 24
struct np_withheld {
	uint64_t person;  /* facts that name a person or a subscriber */
	uint64_t banner;  /* free-text banners without a reason to keep */
	uint64_t too_big; /* values over a limit */
	/* Fields of the first that were kept back since ndropped was set to 0:
	 * of one payload. */
	uint16_t dropped[NP_MAX_DROPPED];
	uint16_t ndropped;
};

/* How often values of a field were kept back. */
struct np_dropped {
	uint16_t field;
	uint64_t n;
};

/* Turns statement number i of a decoded payload into a sighting's body,
 * appended to `out`. False when nothing is left to say (no fact survived). */
bool np_seal(const struct np_seal_rules *rules, const struct np_out *o,
	     size_t i, enum np_owner owner, bool partial, struct np_buf *out,
	     struct np_withheld *count);

/* Says of the sender, in the vocabulary `link` that `o` is open for, that it
 * spoke this protocol with whom the payload went to. False: to nobody, or to a
 * group. */
bool np_pair_say(struct np_out *o, const char *kind);

/* ---- tally: what was heard in one segment of one source, merged in memory
 *
 * A payload that says the same again costs a look-up and a count. */

struct np_payload;
struct np_answer;
struct np_tally_stats {
	uint64_t malformed, too_full, dropped_by_limit;
	struct np_withheld withheld;
};

/* Takes a body, or NULL for one that it was given before under this number, and
 * where that was heard (source 0). Numbers stay below max_sightings; one that
 * comes with another body is that one's from then on. */
typedef void np_tally_fn(void *ctx, uint32_t number, const uint8_t *body,
			 size_t n, const struct np_occurrence *o);
struct np_tally *np_tally_new(const struct np_seal_rules *rules,
			      size_t max_sightings, np_tally_fn *fn, void *ctx);
/* Bodies are given out as they are first heard, and their numbers with all
 * that was counted when the segment is over: for who remembers them. Without
 * it each is given once a segment, when that is over. Before any payload. */
void np_tally_number(struct np_tally *t);
/* Decodes, seals and counts: the wire's np_payload_fn. */
struct np_answer np_tally_payload(void *tally, const struct np_payload *p);
/* What a document said, sealed and counted as a payload's statements are; of
 * `p` only where and when it was, and whose. */
void np_tally_said(struct np_tally *t, const struct np_payload *p,
		   const struct np_out *o);
/* Counts the payloads that were put off (np_payload.lasting); before their
 * octets go. */
void np_tally_catch_up(struct np_tally *t);
/* A segment is over: gives out what was heard in it and not given yet, in the
 * order of first hearing. */
void np_tally_flush(struct np_tally *t);
/* Gives out what was first heard since the last call, with what is counted so
 * far, and keeps it: np_tally_flush gives it again where more was heard. */
void np_tally_tell(struct np_tally *t);
/* The same of what was kept back, by field, as they came first. */
const struct np_dropped *np_tally_dropped(const struct np_tally *t,
					  size_t *ret_n);
size_t np_tally_held(const struct np_tally *t);
void np_tally_stats(const struct np_tally *t, struct np_tally_stats *ret);
void np_tally_free(struct np_tally *t);

/* ---- JSON lines (contract, section 2) */

void np_sighting_json(const struct np_sighting *s, struct np_buf *out);
/* The members of that line that are the statement, "proto" to "partial". */
void np_sighting_says(const struct np_sighting *s, struct np_buf *out);
/* Reads one line that np_sighting_json wrote, into memory of `mem`. */
int np_sighting_parse(const char *line, size_t n, struct np_arena *mem,
		      struct np_sighting *ret, struct np_err *reterr);

const char *np_keykind_name(enum np_keykind k);
const char *np_owner_name(enum np_owner o);
const char *np_scope_name(enum np_scope s);
const char *np_reach_name(enum np_reach r);
const char *np_origin_name(enum np_origin o);
const char *np_unit_name(enum np_unit u);
/* The reverse; -1 when it is no such word. */
int np_keykind_find(const char *s, size_t n);
int np_owner_find(const char *s, size_t n);
int np_scope_find(const char *s, size_t n);
int np_reach_find(const char *s, size_t n);
int np_origin_find(const char *s, size_t n);
int np_unit_find(const char *s, size_t n);

/* ---- coverage: what a source looked at */

struct np_coverage {
	uint32_t source;
	int64_t first, last;
	uint64_t frames, bytes;
	int64_t drops; /* -1: not recorded */
	uint64_t malformed, unread_link, dropped_by_limit, subscriber_tunnels;
	uint64_t cut_at;		  /* where a record is cut off */
	uint64_t backwards, backwards_at; /* frames older than those before */
	/* Of documents: probes sent or objects asked for, and how many of them
	 * nobody answered. */
	uint64_t asked, absent;
};
#endif
