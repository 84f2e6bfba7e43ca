/* SPDX-License-Identifier: ISC */
/*
 * What S1AP, NGAP, X2AP, XnAP, F1AP and E1AP have in common (3GPP TS 36.413,
 * 38.413, 36.423, 38.423, 38.473, 37.483, each in its clause 9): a message is
 * one of three outcomes of a procedure, and holds a list of information
 * elements, each with its number and in an open type of its own. So what is not
 * known is passed over, and a protocol is a table of procedures and one of
 * elements.
 *
 * A message is opened when its procedure is in the table, and those that
 * concern a subscriber are in none: of them nothing is read but the procedure's
 * number.
 */
#ifndef NP_RAN_H
#define NP_RAN_H
#include "proto/lib/aper.h"
#include "proto/proto.h"

/* Distinct networks and tracking areas that one message is heard of. */
#define NP_RAN_PLACES 32

enum { NP_RAN_INITIATING, NP_RAN_SUCCESSFUL, NP_RAN_UNSUCCESSFUL };

struct np_ran_walk {
	struct np_out *o;
	const struct np_ran *p;
	const uint8_t *procedure; /* the octet of its number */
	const char *role;	  /* what the procedure proves, or NULL */
	bool role_said, broken, refused;
	uint32_t plmn[NP_RAN_PLACES], tac[NP_RAN_PLACES];
	size_t nplmn, ntac;
};

struct np_ran_procedure {
	uint8_t code;
	/* What he who sends an initiating message, a successful and an
	 * unsuccessful outcome is; NULL: either end may. */
	const char *role[3];
};

struct np_ran_element {
	uint16_t id;
	unsigned field;
	void (*read)(struct np_ran_walk *w, unsigned field, struct np_aper *a);
};

struct np_ran {
	const struct np_ran_procedure *procedure;
	size_t nprocedures;
	const struct np_ran_element *element;
	size_t nelements;
	uint8_t last;	   /* no procedure has a higher number */
	uint8_t private;   /* PrivateMessage's */
	bool four;	   /* the outcomes are 3 of 4 that will not be more, as
			      against 3 with room for more */
	const char *vague; /* the role, in the table too, that an element may
			      tell more exactly: said last, of whole messages */
	unsigned role_field, plmn_field, tac_field, oid_field;
};

enum np_verdict np_ran_decode(struct np_cur *c, struct np_out *o,
			      const struct np_ran *p);

/* A list (SIZE (lb..ub)) of elements, given to their rows. */
void np_ran_elements(struct np_ran_walk *w, struct np_aper *a, size_t lb,
		     size_t ub);
#define NP_RAN_MOST 65535 /* maxProtocolIEs */
/* Passes iE-Extensions, when they are the component that `present` has in its
 * lowest bit, and what was added to the SEQUENCE later. */
void np_ran_tail(struct np_aper *a, struct np_aper_sequence s);

/* Says, once a message, what the sender is; the proof is the octet read last.
 */
void np_ran_role(struct np_ran_walk *w, const struct np_aper *a,
		 const char *role);
/* PLMNIdentity (TS 36.413 9.2.3.8): emitted when it is new. */
void np_ran_plmn(struct np_ran_walk *w, struct np_aper *a);
/* A tracking area code of n octets, emitted when it is new. */
void np_ran_tac(struct np_ran_walk *w, struct np_aper *a, unsigned n);

/* ---- readers of rows */

/* PrintableString (SIZE (1..150, ...)), the name of a node. */
void np_ran_name(struct np_ran_walk *w, unsigned field, struct np_aper *a);
/* SEQUENCE of a VisibleString and an UTF8String, either of which may be
 * missing: the name of a node since release 16. */
void np_ran_extended_name(struct np_ran_walk *w, unsigned field,
			  struct np_aper *a);
/* INTEGER (0..255). */
void np_ran_octet(struct np_ran_walk *w, unsigned field, struct np_aper *a);
/* INTEGER (0..2^36-1). */
void np_ran_u36(struct np_ran_walk *w, unsigned field, struct np_aper *a);

/*
 * Global identifiers: a network and a number of so many bits in it. What they
 * number is one node in the whole world, so together they are its key (TS
 * 36.300 8.2, TS 38.300 8.2), over whatever interface it is heard. The networks
 * 001 (test) and 999 (internal use) are many (ITU-T E.212 annexes): there is
 * none.
 */
enum np_ran_node { NP_RAN_ENB, NP_RAN_GNB };
/* The field `field` is the number, the next one its length in bits. */
void np_ran_global(struct np_ran_walk *w, unsigned field, enum np_ran_node node,
		   struct np_cur plmn, const struct np_aper *a, uint64_t number,
		   size_t bits);
/* Global eNB ID of TS 36.413 and 36.423, whose CHOICE has room for more. */
void np_ran_global_enb(struct np_ran_walk *w, unsigned field,
		       struct np_aper *a);
/* Global ng-eNB ID and Global gNB ID of TS 38.413 and 38.423, and with
 * `extensible` Global en-gNB ID of TS 36.423. */
void np_ran_global_ng_enb(struct np_ran_walk *w, unsigned field,
			  struct np_aper *a);
void np_ran_global_gnb(struct np_ran_walk *w, unsigned field, struct np_aper *a,
		       bool extensible);

/* S-NSSAI: passed. */
void np_ran_slice(struct np_aper *a);
#endif
