/* SPDX-License-Identifier: ISC */
/*
 * Leases: what a DHCP server wrote down of a client, however it keeps it. The
 * address that was leased, and the name the client gave, are its user's: the
 * one is not read, the other is counted where it is dropped.
 */
#ifndef NP_LEASE_H
#define NP_LEASE_H
#include "document/document.h"

enum {
	NP_LF_MAC,
	NP_LF_CLIENT_ID,
	NP_LF_CLASS,
	NP_LF_HOST_NAME,
	NP_LF_CIRCUIT_ID,
	NP_LF_ONT,
	NP_LF_DUID,
	NP_LF_MAC6,
	NP_LF_CLASS6,
	NP_LF_NAME6,
	NP_LF_NFIELDS
};
extern const char *const np_lease_fields[];

/* Values are octets; what is not known has none. They live until it is said. */
struct np_lease {
	bool six;	      /* DHCPv6 */
	struct np_cur mac;    /* as text */
	struct np_cur client; /* the identifier, or the DUID */
	struct np_cur class;
	struct np_cur name;
	struct np_cur circuit; /* where an access node says it hangs */
	int64_t first, last;
	uint64_t line;
};

void np_lease_say(struct np_doc *d, const struct np_lease *l);
/* The letters of an ONU's maker, out of its serial number, into the statement.
 */
void np_lease_put_ont(struct np_doc *d, unsigned field, struct np_cur ont);
/* Begins a statement about what is behind whoever the record is of: no record
 * of its own. */
void np_lease_behind(struct np_doc *d, uint64_t line, int64_t first,
		     int64_t last);
#endif
