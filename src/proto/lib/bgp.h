/* SPDX-License-Identifier: ISC */
/*
 * BGP's OPEN message (RFC 4271 4.2), which speakers send and monitoring
 * stations pass on. Reached through proto/proto.h.
 */
#ifndef NP_BGP_H
#define NP_BGP_H
#include "proto/proto.h"

enum { NP_BGP_HEAD = 19 };

enum { /* capability codes */
       NP_BGP_FOUR_OCTET_AS = 65,
       NP_BGP_FQDN = 73,
};

enum np_bgp_type { NP_BGP_OPEN = 1, NP_BGP_UPDATE = 2, NP_BGP_TYPES = 6 };

/* The head of a message: its length with the head, and type, consumed. False
 * where no message of BGP begins. */
bool np_bgp_head(struct np_cur *c, size_t *ret_n, unsigned *ret_type);

struct np_bgp_open {
	struct np_cur as, hold_time, identifier;
	struct np_cur parameters;   /* RFC 4271's, or RFC 9072's with `wide` */
	struct np_cur capabilities; /* of the parameter that is being read */
	bool wide;
};

/* What follows the head of an OPEN; false when it is none. */
bool np_bgp_open(struct np_cur c, struct np_bgp_open *ret);
/* The next capability (RFC 5492 clause 4) in whichever parameter; false at the
 * end, and where it is broken. */
bool np_bgp_capability(struct np_bgp_open *open, const uint8_t **ret_code,
		       struct np_cur *ret);
/* The capability that names the speaker (draft-walton-bgp-hostname-capability):
 * host name and domain name, each with its length; joined with a dot. */
void np_bgp_fqdn(struct np_out *o, unsigned field, struct np_cur v);
#endif
