/* SPDX-License-Identifier: ISC */
/*
 * A request of HTTP/1 (RFC 9112) that brings something: for what other
 * protocols send by POST. A body in chunks is left to http.
 */
#ifndef NP_POST_H
#define NP_POST_H
#include "proto/lib/lib.h"

struct np_post {
	struct np_cur path, type; /* target, Content-Type */
	struct np_cur body;	  /* what is there of it */
	size_t size;		  /* octets of the whole message */
	bool whole;		  /* all of them are there */
	bool relayed;		  /* a proxy handed it on, RFC 9110 7.6.3 */
};

/* False when it is none, its head is not all there, or its length is not told
 * or makes the message longer than `limit`. */
bool np_post(struct np_cur c, size_t limit, struct np_post *ret);
#endif
