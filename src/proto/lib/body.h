/* SPDX-License-Identifier: ISC */
/*
 * A message of HTTP/1 (RFC 9112) with its content, for what others send through
 * HTTP: bodies of known length, in chunks or up to the end, packed by gzip or
 * deflate. What would take more than the limits below is refused, not cut.
 */
#ifndef NP_BODY_H
#define NP_BODY_H
#include "proto/proto.h"

#define NP_BODY_INPUT ((size_t)128 * 1024)  /* octets of head and body */
#define NP_BODY_OUTPUT ((size_t)256 * 1024) /* octets of content, unpacked */
#define NP_BODY_RATIO 100		    /* unpacked to packed octets */
#define NP_BODY_LINES 128		    /* lines of a head */

enum np_packing { NP_PLAIN, NP_GZIP, NP_DEFLATE, NP_PACKED_ELSE };

struct np_message {
	bool response;
	uint64_t status;	 /* of a response */
	struct np_cur method;	 /* of a request */
	struct np_cur path;	 /* its target */
	struct np_cur type;	 /* Content-Type; empty: not said */
	struct np_cur host;	 /* of a request: whom it is for */
	struct np_cur action;	 /* SOAPAction */
	struct np_cur websocket; /* Sec-WebSocket-Protocol: what follows */
	struct np_cur body;	 /* what is there behind the head */
	size_t head;		 /* octets of the head */
	bool relayed;		 /* a proxy handed it on */
	bool chunked, sized;	 /* how the body's length is told */
	uint64_t length;	 /* when sized */
	enum np_packing packing;
};

enum np_part {
	NP_PART_NONE, /* it is none, is broken or over a limit */
	NP_PART_MORE, /* as far as it goes it is one */
	NP_PART_WHOLE,
};

/* Does this line of a head tell that a proxy handed it on, RFC 9110 7.6.3? */
bool np_is_via(struct np_cur line);
/* The size at the beginning of a chunk, "1a;extension" (RFC 9112 7.1). */
#define NP_CHUNK_DIGITS 8
bool np_chunk_size(struct np_cur line, uint64_t *ret);
/* Does a message begin here that has a body to read? */
bool np_body_ahead(struct np_cur c);
/* The head of a message. */
enum np_part np_message(struct np_cur c, struct np_message *ret);
/* The content of a message whose head was whole: in `mem`, where it does not
 * stand in the body as such. `end`: nothing follows what is there. `ret_size`
 * is how long the whole message is, head included; where there is to be more of
 * it, how much has to be there, 0 where nobody knows yet. */
enum np_part np_body(const struct np_message *m, bool end, struct np_arena *mem,
		     struct np_cur *ret_content, size_t *ret_size);
/* Both of a request by POST whose head is all there, whose body has a length
 * and stands there as such, and that is no longer than `limit`. */
enum np_part np_body_post(struct np_cur c, size_t limit, struct np_arena *mem,
			  struct np_message *ret, struct np_cur *ret_content,
			  size_t *ret_size);
/* Both of a message whose content is XML and has `mark` among its first octets:
 * what others send through HTTP is known by such a word. */
#define NP_BODY_MARK 2048 /* octets that are looked at */
enum np_part np_body_xml(struct np_cur c, bool end, const char *mark,
			 struct np_arena *mem, struct np_message *ret,
			 struct np_cur *ret_content, size_t *ret_size);
/* The verdict of a decoder of such: DECODED when it is all there. Then o->next
 * is behind it, and of what was handed on the statement is opened. */
enum np_verdict np_body_xml_of(struct np_cur c, struct np_out *o,
			       const char *mark, struct np_message *ret,
			       struct np_cur *ret_content);
#endif
