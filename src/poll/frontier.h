/* SPDX-License-Identifier: ISC */
/*
 * Who is asked: addresses in the order in which they were heard of, each once.
 * One outside the prefixes is noted and never asked.
 */
#ifndef NP_POLL_FRONTIER_H
#define NP_POLL_FRONTIER_H
#include "core/prefixes.h"
#include <stdint.h>

enum np_poll_status {
	NP_POLL_WAITING,
	NP_POLL_ASKING,
	NP_POLL_ANSWERED, /* all that was asked */
	NP_POLL_PARTLY,	  /* it ceased to answer, or the most was reached */
	NP_POLL_SILENT,
	NP_POLL_REFUSED, /* it does not know our user */
	NP_POLL_BROKEN,	 /* the process that asked it failed */
	NP_POLL_KEPT,	 /* an earlier run has its walk */
	NP_POLL_OUTSIDE,
	NP_POLL_NOBODY, /* no credential is for it */
	NP_POLL_OVER,	/* more hosts than may be asked */
	NP_POLL_STATUSES
};
const char *np_poll_status_name(enum np_poll_status s);

#define NP_POLL_ADDRESS 46 /* INET6_ADDRSTRLEN */

struct np_poll_host {
	char address[NP_POLL_ADDRESS];
	uint32_t from; /* index + 1 of who told of it; 0: a seed */
	enum np_poll_status status;
	unsigned packets, rows;
};

struct np_frontier {
	struct np_poll_host *v;
	size_t n, cap;
	size_t next;	/* first that may be waiting */
	size_t asked;	/* that were not outside */
	uint32_t *slot; /* index + 1, by the address's hash */
	size_t nslot;
	uint64_t beyond; /* heard of when there was no more room */
	const struct np_prefixes *within;
	size_t most; /* hosts that may be asked */
};

struct np_frontier np_frontier(const struct np_prefixes *within, size_t most);
/* n: 4 or 16. True: a new one that is to be asked. Memory that is out counts
 * as no room. */
bool np_frontier_add(struct np_frontier *f, const uint8_t *ip, size_t n,
		     uint32_t from);
/* The next that waits, as index; SIZE_MAX: none. */
size_t np_frontier_next(struct np_frontier *f);
void np_frontier_free(struct np_frontier *f);
#endif
