/* SPDX-License-Identifier: ISC */
/*
 * Asking a network by SNMP, read-only: the only part that sends a packet.
 *
 *	plan.c		what is asked
 *	frontier.c	of whom: seeds, then neighbours, inside given prefixes
 *	walks.c		the answers: a file a host, which is the state too
 *	neighbour.c	a row of an answer -> a neighbour's address
 *	asker.c		one host's questions, in a process of its own, confined
 *	session.c	net-snmp
 *	poll.c		who is asked when: processes, rates, what they say
 *
 * A host's process hears hostile octets, so it may send and receive and write
 * to its pipe and nothing else. It sends when it has been told to: each
 * question waits for a token, so that the rates hold whatever it does by
 * itself. What it says are lines of a walk, which are checked as such.
 */
#ifndef NP_POLL_H
#define NP_POLL_H
#include "core/prefixes.h"
#include "poll/frontier.h"
#include "poll/plan.h"
#include "poll/session.h"

struct np_poll_conf {
	const struct np_prefixes *within;
	const struct np_poll_credentials *credentials;
	const struct np_knowledge *knowledge;
	const char *dir;      /* where walks go */
	unsigned port;	      /* 161 */
	unsigned rate, one;   /* packets a second, of all and to one host */
	unsigned patience;    /* milliseconds for an answer */
	unsigned retries;     /* of a question */
	unsigned repetitions; /* rows in an answer, GETBULK's */
	unsigned most;	      /* packets to one host */
	unsigned hosts;	      /* at most that many are asked */
	unsigned jobs;	      /* at once */
	bool again;	      /* those too who were silent before */
	bool progress;	      /* on stderr */
	const volatile int *stop;
};

/* What became of a host, who told of it (NULL: a seed), and why it could not be
 * asked (NULL: not known). Texts live as long as the call. */
typedef void np_poll_said_fn(void *ctx, const struct np_poll_host *h,
			     const char *from, const char *why);

/* Asks all of the frontier and what it grows by. Every host that is over, or
 * is not asked, is said. 0, NP_EINTR when stopped, NP_EIO. */
int np_poll(const struct np_poll_conf *conf, struct np_frontier *f,
	    np_poll_said_fn *said, void *ctx, struct np_err *reterr);

/* Sends nothing: takes those whose walks are there as asked, and their
 * neighbours into the frontier. */
void np_poll_look(const struct np_poll_conf *conf, struct np_frontier *f);

/* ---- a host's process */

struct np_poll_job {
	struct np_snmp_peer peer;
	const struct np_knowledge *knowledge;
	unsigned retries, repetitions, most;
	/* What an earlier process had been told. */
	struct np_oid after; /* n 0: nothing */
	struct np_poll_pens pens;
	bool surveyed; /* pens are all */
	int up, down;  /* lines to, tokens from who began it */
};

/* Exit status of a process. */
enum {
	NP_ASKED_ALL,
	NP_ASKED_PARTLY,
	NP_ASKED_SILENT,
	NP_ASKED_REFUSED,
	NP_ASKED_BROKEN
};

/* Asks; the status. */
int np_poll_ask(const struct np_poll_job *job);

/* The line of a walk after the last of which all enterprises are known. */
#define NP_POLL_SURVEYED "# enterprises"
#endif
