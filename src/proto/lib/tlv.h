/* SPDX-License-Identifier: ISC */
/*
 * Lists of type, length and value, read by table. Protocols differ in a few
 * numbers of the head; what a type means is a row: its field and who reads it.
 * A value is carved before it is read, so no row can see its neighbour.
 */
#ifndef NP_TLV_H
#define NP_TLV_H
#include "proto/proto.h"

/* One type. np_emit is the reader of a value that is a field as it stands. */
struct np_tlv_row {
	uint32_t type;
	unsigned field;
	void (*read)(struct np_out *o, unsigned field, struct np_cur v);
};

#define NP_TLV_NO_END UINT32_MAX

struct np_tlv_list {
	uint8_t type_n, len_n; /* octets of type and length, big endian */
	uint8_t shared;	       /* low bits of the type that begin the length */
	uint8_t counted; /* octets of the head that the length counts too */
	uint8_t unit;	 /* octets that a length of 1 stands for; 0: 1 */
	uint32_t end;	 /* the type that ends the list, without a length */
	const struct np_tlv_row *row;
	size_t nrows;
};

struct np_tlv {
	uint32_t type;
	struct np_cur v;
};

/* The next element; false at the end of the list and (c cut) at a broken
 * one. */
bool np_tlv_next(struct np_cur *c, const struct np_tlv_list *list,
		 struct np_tlv *ret);
/* Gives a value to the row of its type; false when there is none. */
bool np_tlv_read(const struct np_tlv_list *list, uint32_t type,
		 struct np_out *o, struct np_cur v);
/* Reads a list to its end: DECODED, or MALFORMED where it is broken. */
enum np_verdict np_tlvs(struct np_cur *c, const struct np_tlv_list *list,
			struct np_out *o);
/* A value that is cut into several elements: what is had of it (p is NULL while
 * there is none) and more, put together in o->mem; o->full where it has no
 * room. */
void np_tlv_join(struct np_out *o, struct np_cur *have, struct np_cur more);
#endif
