/* SPDX-License-Identifier: ISC */
/*
 * HPACK (RFC 7541): the header fields of HTTP/2, which refer to a static table
 * and to what the same direction sent before. So a direction is read from its
 * first block on or not at all. What is decompressed lies in the arena; fields
 * stay valid when the table has dropped them.
 */
#ifndef NP_HPACK_H
#define NP_HPACK_H
#include "core/arena.h"
#include "core/cur.h"

#define NP_HPACK_TABLE 4096	  /* octets of the dynamic table, at first */
#define NP_HPACK_TABLE_MAX 16384  /* ... that an encoder may ask for */
#define NP_HPACK_STRING_MAX 16384 /* octets of one name or value */
#define NP_HPACK_OVERHEAD 32	  /* what an entry costs besides, 4.1 */
#define NP_HPACK_ENTRIES (NP_HPACK_TABLE_MAX / NP_HPACK_OVERHEAD)

struct np_hpack_field {
	struct np_cur name, value;
	const uint8_t *at; /* its first octet in the block */
};

struct np_hpack {
	struct np_arena *mem;
	struct np_hpack_field *table; /* a ring of NP_HPACK_ENTRIES */
	size_t newest, n;	      /* of entries */
	size_t size, room;	      /* in octets as 4.1 counts them */
};

/* False when there is no memory. */
bool np_hpack_open(struct np_hpack *h, struct np_arena *mem);
/* The next field of a block. False at its end, and, with c cut, where it is
 * broken or over a limit: nothing of the direction can be read from then on. */
bool np_hpack_next(struct np_hpack *h, struct np_cur *c,
		   struct np_hpack_field *ret);
/* A string in Huffman code (5.2, appendix B) into `mem`; cut when broken. */
struct np_cur np_hpack_huffman(struct np_cur c, struct np_arena *mem);
#endif
