/* SPDX-License-Identifier: ISC */
/*
 * HTTP/2 (RFC 9113): one direction of a connection, read from its first octet,
 * as messages in the order in which they are whole. What is read lies in the
 * payload or in the arena, and stays while they do. Beyond a limit a stream's
 * content is stepped over; header blocks are all read, since later ones refer
 * to them.
 */
#ifndef NP_HTTP2_H
#define NP_HTTP2_H
#include "proto/lib/hpack.h"

#define NP_HTTP2_PREFACE "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" /* 3.4 */
#define NP_HTTP2_FRAME_MAX 32768 /* octets of one frame; 16384 by default */
#define NP_HTTP2_STREAMS 32	 /* open at once */
#define NP_HTTP2_FIELDS 64	 /* of one message */
#define NP_HTTP2_PIECES 64	 /* DATA frames of one message */

struct np_http2_message {
	uint32_t stream; /* 0: the place is free */
	struct np_hpack_field *fields;
	size_t nfields;
	struct np_cur piece[NP_HTTP2_PIECES];
	size_t npieces;
	bool lost; /* there was more than is here */
};

struct np_http2 {
	struct np_arena *mem;
	struct np_cur c;
	struct np_hpack hpack;
	struct np_http2_message *open; /* NP_HTTP2_STREAMS */
	struct np_http2_message done;
	size_t need; /* octets from the cursor's beginning for the next frame */
	size_t used; /* ... of the frames that were read */
};

enum np_http2_is {
	NP_HTTP2_MESSAGE, /* in `done` */
	NP_HTTP2_MORE,	  /* the next frame is not all there: `need` */
	NP_HTTP2_BROKEN,  /* not this protocol, or over a limit, or no memory */
};

/* False when the octets, as far as they are there, cannot begin a direction: a
 * client's preface, or a server's SETTINGS (3.4). */
bool np_http2_begins(struct np_cur c);
bool np_http2_open(struct np_http2 *h, struct np_cur c, struct np_arena *mem);
/* The next message that has ended. */
enum np_http2_is np_http2_next(struct np_http2 *h);
/* When no more comes: what there is of those that did not end. */
bool np_http2_rest(struct np_http2 *h);

/* The first field of a name; its value is cut when there is none. */
struct np_hpack_field np_http2_field(const struct np_http2_message *m,
				     const char *name);
/* What is here of the content, put together. */
struct np_cur np_http2_content(const struct np_http2_message *m,
			       struct np_arena *mem);
#endif
