/* SPDX-License-Identifier: ISC */
/*
 * What a decoder sees, and the only header of ours that a file in proto/ may
 * include.
 *
 * A decoder gets a cursor over one payload (what follows the carriers: the
 * octets behind an ethertype, inside a datagram, or from the beginning of one
 * direction of a stream) and emits facts: field, bytes, offset. It never names
 * a maker, never allocates but from o->mem, never logs, never asks the time
 * and keeps nothing between calls.
 *
 * Facts are grouped in statements: who says it of whom. The first statement is
 * open from the start and is the sender speaking of itself (NP_SELF); np_say()
 * opens another. Keys of the subject come from three places: fields declared
 * with a key, np_key_*(), and, for NP_SELF only and added by the host, the
 * address that the carrier gives (the source MAC on the link, the source IP
 * where the payload came routed).
 *
 * Every protocol ends with the description of itself, np_proto_<name>, and has
 * one line in protos.def. Nothing else has to be touched.
 */
#ifndef NP_PROTO_H
#define NP_PROTO_H
#include "core/arena.h"
#include "core/cur.h"

/* ------------------------------------------------------------- verdicts */

enum np_verdict {
	NP_NOT_MINE,  /* another protocol's, ask the next */
	NP_DECODED,   /* read; o->next may say where the next message begins */
	NP_MALFORMED, /* mine, and broken; the facts before the break stand */
	NP_MORE,      /* may be mine as far as it goes; see np_more() */
};

/* ---------------------------------------------------------------- fields */

enum np_form {
	NP_TEXT, /* as sent, trailing NULs dropped */
	NP_MAC,	 /* 6 octets: aa:bb:cc:dd:ee:ff */
	NP_IP,	 /* 4 or 16 octets: dotted, or RFC 5952 */
	NP_OID,	 /* BER contents octets, without tag and length: dotted */
	NP_HEX,	 /* opaque: lower-case hex */
	NP_UINT, /* 1 to 8 octets, big endian: decimal */
	NP_LIST, /* octets: decimal, joined with commas */
};

/* What a value is good for when sightings are folded to devices. */
enum np_keykind {
	NP_KEY_NONE,
	NP_KEY_MAC,
	NP_KEY_IP,
	NP_KEY_SERIAL,
	NP_KEY_ENGINE_ID,
	NP_KEY_CHASSIS_ID,
	NP_KEY_NAME,
	NP_KEY_OID,
	NP_KEY_ONT,
	NP_KEY_CELL,
	NP_KEY_HOSTKEY,
	NP_KEY_CLOCK,
	NP_KEY__MAX
};

enum np_field_flag {
	NP_PERSON = 1, /* names a person or a subscriber: dropped at seal() */
	NP_BANNER = 2, /* free text: kept when a signature hit or the address
			  is the operator's */
};

struct np_field {
	const char *name; /* without the protocol: "system_name" */
	enum np_form form;
	enum np_keykind key; /* the subject's key that this value is, or NONE */
	unsigned flags;	     /* enum np_field_flag */
	const char *doc;     /* one line for the manual */
};

/* ------------------------------------------------------------ statements */

/* Whose claim it is. */
enum np_scope { NP_SELF, NP_PEER, NP_THIRD };
/* How far it travelled. */
enum np_reach { NP_LINK, NP_BRIDGED, NP_ROUTED, NP_RELAYED };

/* What the carriers said of this payload. Absent addresses are NULL. */
struct np_from {
	const uint8_t *src_mac, *dst_mac; /* outermost, 6 octets each */
	const uint8_t *src_ip, *dst_ip;	  /* innermost, ip_len octets each */
	uint8_t ip_len;			  /* 0, 4 or 16 */
	uint8_t ttl;			  /* of the innermost IP header */
	uint8_t ip_proto;
	uint16_t ethertype; /* of the innermost Ethernet payload; 0 for LLC */
	/* The host remembers payloads whoever they went to: what a decoder says
	 * may depend on dst_ip, never on dst_mac or dport. */
	uint16_t sport, dport;
	enum np_reach reach; /* what the carrier implies */
	uint8_t depth;	     /* tunnels around it */
	uint8_t nvlan;
	uint16_t vlan[4];
	bool stream;   /* the cursor is one direction of a stream */
	bool start;    /* ... seen from its first octet */
	bool end;      /* ... and nothing follows (FIN, limit, end of source) */
	bool snapped;  /* the capture cut this frame */
	bool document; /* no frame at all: offsets count in the document */
};

#define NP_MAX_OUT_KEYS 16

struct np_out_key {
	enum np_keykind kind;
	enum np_form form;
	const uint8_t *p;
	size_t n;
};

struct np_out_statement {
	enum np_scope scope;
	enum np_reach reach;
	bool no_carrier_key; /* the sender's address is not the subject's */
	size_t first, n;     /* its facts in np_out.facts */
	struct np_out_key keys[NP_MAX_OUT_KEYS];
	size_t nkeys;
};

struct np_out_fact {
	unsigned field; /* index in the protocol's fields */
	enum np_form form;
	const uint8_t *p;
	size_t n;
	size_t at;   /* offset in the frame, or in the stream's direction */
	bool person; /* this value names a person, whatever its field */
};

struct np_out {
	struct np_arena *mem;	    /* dies with the frame */
	const struct np_from *from; /* read only */
	const struct np_proto *proto;
	const uint8_t *base; /* the octet whose offset is `origin` */
	size_t base_n;
	size_t origin;
	struct np_out_fact *facts; /* room for cap */
	size_t n, cap;
	struct np_out_statement *said; /* room for said_cap; said[0] is open */
	size_t nsaid, said_cap;
	size_t next; /* DECODED on a stream: octets this message took, counted
			from the cursor's beginning and possibly beyond what
			is there (a body to skip); 0: nothing more wanted */
	size_t more; /* MORE: octets wanted in all; 0: any more */
	bool full;   /* something did not fit; the host counts it */
	bool deaf;   /* a statement did not fit: what is said now is of none */
};

/* Keeps the rest of `v` as the value of a field. A cut or empty cursor says
 * nothing; a value that its form does not fit (a MAC of 5 octets) neither. */
void np_emit(struct np_out *o, unsigned field, struct np_cur v);
/* The same with another form than the field's own (an LLDP chassis id is text
 * or a MAC by its subtype). */
void np_emit_as(struct np_out *o, unsigned field, enum np_form form,
		struct np_cur v);
/* An integer that was read through c. A cut cursor emits nothing. `at` is the
 * pointer to its first octet, for the offset. */
void np_emit_u(struct np_out *o, unsigned field, const struct np_cur *c,
	       const uint8_t *at, uint64_t value);
/* A value that does not stand in the payload as such (decompressed,
 * concatenated, hashed): n octets at p, which are copied; `at` points to the
 * first octet it was made from. */
void np_emit_made(struct np_out *o, unsigned field, enum np_form form,
		  const void *p, size_t n, const uint8_t *at);
/* The same of text; a cut or empty cursor says nothing. */
void np_emit_text(struct np_out *o, unsigned field, struct np_cur v,
		  const uint8_t *at);
/* ... and of a word of ours; NULL says nothing. */
void np_emit_word(struct np_out *o, unsigned field, const char *word,
		  const uint8_t *at);
/* Marks the fact emitted last as naming a person (dropped at seal()). */
void np_person(struct np_out *o);

/* Opens a new statement; facts emitted after it belong to it. Its reach is
 * the carrier's until np_reach() says otherwise. */
void np_say(struct np_out *o, enum np_scope scope);
void np_reach(struct np_out *o, enum np_reach reach);
/* Gives the open statement's subject a key that is no fact by itself. */
void np_key(struct np_out *o, enum np_keykind kind, enum np_form form,
	    struct np_cur v);
/* The sender's carrier address is not the subject's (a relay, a proxy). */
void np_not_sender(struct np_out *o);
/* The three together: of somebody whose words the sender hands on. */
void np_say_relayed(struct np_out *o);
/* Opens a statement of whom the payload goes to, by the carrier's address. */
void np_say_receiver(struct np_out *o);

/* `return np_more(o, n);`: call again when n octets of the stream are there
 * (0: as soon as there is more). At .limit or at the end the host calls a last
 * time with from->end set; a decoder that then still says MORE is malformed.
 * Octets that turn out to be another's (NOT_MINE) go to who comes behind in
 * protos.def and wants the same beginning. */
static inline enum np_verdict np_more(struct np_out *o, size_t n)
{
	o->more = n;
	return NP_MORE;
}

/* Offset of a pointer into the payload, as emitted facts count it. */
size_t np_offset(const struct np_out *o, const uint8_t *p);

/* ------------------------------------------------------------- protocols */

enum np_on {
	NP_ON_ETHERTYPE, /* a: ethertype, 0x0000 included */
	NP_ON_LLC,	 /* a: DSAP << 8 | SSAP, control 03 */
	NP_ON_SNAP,	 /* a: OUI, b: protocol id */
	NP_ON_PPP,	 /* a: PPP protocol number */
	NP_ON_BEACON,	 /* the body of an 802.11 beacon or probe response */
	NP_ON_IP,	 /* a: IP protocol number; of SCTP what sets it up */
	NP_ON_ICMP6,	 /* a: type */
	NP_ON_UDP,	 /* a: port, source or destination */
	NP_ON_TCP,	 /* a: port of either end; cursor is a direction */
	NP_ON_SCTP,	 /* a: payload protocol id */
	NP_ON_SCTP_PORT, /* a: port of either end, where that id is 0 */
	NP_ON_DATAGRAM,	 /* text: first octets of a datagram on any port */
	NP_ON_STREAM,	 /* text: first octets of a direction on any port */
};

struct np_match {
	enum np_on on;
	uint32_t a, b;
	const char *text; /* 2 to 16 octets; NP_ON_DATAGRAM, NP_ON_STREAM */
	uint8_t text_n;
};

#define NP_ETHERTYPE(t)                                                        \
	{                                                                      \
		.on = NP_ON_ETHERTYPE, .a = (t)                                \
	}
#define NP_LLC(dsap, ssap)                                                     \
	{                                                                      \
		.on = NP_ON_LLC, .a = (dsap) << 8 | (ssap)                     \
	}
#define NP_SNAP(oui, pid)                                                      \
	{                                                                      \
		.on = NP_ON_SNAP, .a = (oui), .b = (pid)                       \
	}
#define NP_UDP(port)                                                           \
	{                                                                      \
		.on = NP_ON_UDP, .a = (port)                                   \
	}
#define NP_TCP(port)                                                           \
	{                                                                      \
		.on = NP_ON_TCP, .a = (port)                                   \
	}
#define NP_ICMP6(type)                                                         \
	{                                                                      \
		.on = NP_ON_ICMP6, .a = (type)                                 \
	}
#define NP_SCTP(ppid)                                                          \
	{                                                                      \
		.on = NP_ON_SCTP, .a = (ppid)                                  \
	}
#define NP_SCTP_PORT(port)                                                     \
	{                                                                      \
		.on = NP_ON_SCTP_PORT, .a = (port)                             \
	}
#define NP_STREAM(s)                                                           \
	{                                                                      \
		.on = NP_ON_STREAM, .text = (s), .text_n = sizeof(s) - 1       \
	}
#define NP_DATAGRAM(s)                                                         \
	{                                                                      \
		.on = NP_ON_DATAGRAM, .text = (s), .text_n = sizeof(s) - 1     \
	}
/* Octets of a payload that change from one message to the next and that nothing
 * said depends on: a transaction id, a sequence number, a clock. A payload that
 * differs from an earlier one in them alone is counted, not decoded again. In
 * ascending order, apart. */
#define NP_MAX_NOISE 8
struct np_noise {
	struct np_cur v[NP_MAX_NOISE];
	size_t n;
};

/* Adds octets to it; none when the cursor is cut or there is no room. */
static inline void np_noisy(struct np_noise *z, struct np_cur v)
{
	if (!v.cut && v.left && z->n < NP_MAX_NOISE)
		z->v[z->n++] = v;
}

#define NP_COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct np_proto {
	const char *name;  /* CLI, JSON, golden folder, fuzz target */
	const char *title; /* for people */
	const char *spec;  /* RFC, IEEE, or where the layout comes from */
	const char *layer; /* "link", "network", "service", "management" … */
	const char *grade; /* strongest evidence it gives: "E5" … "E1" */
	const struct np_match *match;
	size_t nmatch;
	const struct np_field *fields;
	size_t nfields;
	size_t limit; /* octets kept of a direction; 0: NP_STREAM_LIMIT */
	bool heard;   /* from a restricted maker on a real wire: yes or never */
	bool pairs;   /* whom its messages go to is the other end of an
			 association: the host says that as a link */
	bool carries; /* others' messages lie in its own: it stands behind them
			 in protos.def, takes what they do not, and tells what
			 is its own of what they do (with from->end set) */
	enum np_verdict (*decode)(struct np_cur *c, struct np_out *o);
	/* May be NULL. A stream joined in the middle: do these octets look like
	 * the beginning of a message? */
	bool (*sync)(struct np_cur c);
	/* May be NULL: nothing of it is noise. Of datagrams and frames only;
	 * the payload is not known to be well-formed. Where it adds any, the
	 * payload is its own, and no other protocol on the same type or port
	 * heeds it. */
	void (*noise)(struct np_cur c, struct np_noise *ret);
};

/* Vocabularies are fields that no protocol has: of documents, which say in
 * words what nobody sends (vocabulary.c). */
#define NP_PROTO(name) extern const struct np_proto np_proto_##name;
#define NP_VOCABULARY(name) NP_PROTO(name)
#include "proto/protos.def"
#include "proto/vocabularies.def"
#undef NP_PROTO
#undef NP_VOCABULARY

/* Fields of the vocabulary `link`. */
enum np_link_field {
	NP_LINK_KIND,
	NP_LINK_NEAR,
	NP_LINK_FAR,
	NP_LINK_NEAR_PORT,
	NP_LINK_FAR_PORT,
	NP_LINK_PORTS,
};

/* All protocols, in the order of protos.def, then the vocabularies, NULL behind
 * the last. */
extern const struct np_proto *const np_protos[];
enum {
#define NP_PROTO(name) NP_P_##name,
#define NP_VOCABULARY(name) NP_PROTO(name)
#include "proto/protos.def"
	NP_NPROTOS,
	NP__BEFORE_VOCABULARIES = NP_NPROTOS - 1,
#include "proto/vocabularies.def"
#undef NP_PROTO
#undef NP_VOCABULARY
	NP_NSPEAKERS /* both */
};

/* Index of a protocol by name, or -1. */
int np_proto_find(const char *name, size_t n);
/* Its index, which it has. */
uint16_t np_proto_number(const struct np_proto *p);

#include "proto/lib/bgp.h"
#include "proto/lib/ids.h"
#include "proto/lib/lib.h"
#include "proto/lib/ran.h"
#include "proto/lib/sigtran.h"
#include "proto/lib/tlv.h"
#endif
