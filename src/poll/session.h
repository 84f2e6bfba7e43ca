/* SPDX-License-Identifier: ISC */
/*
 * A session with one SNMP agent, by net-snmp; the only file of ours that knows
 * it is session.c, and session_absent.c stands for it in a build without. What
 * can be asked here is GET and GETBULK: there is nothing in it that sets.
 *
 * Nothing is retried: a call sends np_snmp_cost() datagrams at most, so that
 * who calls can count and wait.
 */
#ifndef NP_POLL_SESSION_H
#define NP_POLL_SESSION_H
#include "core/err.h"
#include "poll/oid.h"

struct np_snmp;

/* Whoever asks, one of the two; texts live as long as the session. */
struct np_snmp_credential {
	const char *community;	    /* SNMPv2c */
	const char *user;	    /* SNMPv3 */
	const char *auth, *secret;  /* "SHA-256" and its password, or NULL */
	const char *privacy, *priv; /* "AES" and its password, or NULL */
};

struct np_snmp_peer {
	const char *address; /* as text, IPv4 or IPv6 */
	unsigned port;
	unsigned patience; /* milliseconds for an answer */
	struct np_snmp_credential credential;
};

enum np_snmp_answer {
	NP_SNMP_ANSWERED,
	NP_SNMP_SILENT,
	NP_SNMP_ERROR,	 /* the agent's own: it could not, or would not */
	NP_SNMP_REFUSED, /* it does not know us (SNMPv3) */
};

/* A row of an answer; type is BER's (RFC 3416), text the value as snmprec has
 * it, behind a tag. */
struct np_snmp_row {
	struct np_oid oid;
	unsigned type;
	struct np_buf value;
	bool hex; /* value is octets in hex */
};
typedef void np_snmp_row_fn(void *ctx, struct np_snmp_row *row);

/* NULL: this build has none. */
const char *np_snmp_version(void);
/* NP_EABSENT in a build without it; NP_EUSAGE for credentials that it does not
 * know; NP_EIO. */
int np_snmp_open(const struct np_snmp_peer *peer, struct np_snmp **ret,
		 struct np_err *reterr);
/* SNMPv3: who the agent is. One datagram; at once answered without. */
enum np_snmp_answer np_snmp_discover(struct np_snmp *s);
/* Datagrams that the next question may take: 2 where clocks are still to be
 * told (RFC 3414, 4), else 1. */
unsigned np_snmp_cost(const struct np_snmp *s);
/* n objects by GET. */
enum np_snmp_answer np_snmp_get(struct np_snmp *s, const struct np_oid *oids,
				size_t n, np_snmp_row_fn *fn, void *ctx);
/* Up to `rows` objects behind this one, by GETBULK. */
enum np_snmp_answer np_snmp_next(struct np_snmp *s, const struct np_oid *oid,
				 unsigned rows, np_snmp_row_fn *fn, void *ctx);
void np_snmp_close(struct np_snmp *s);
#endif
