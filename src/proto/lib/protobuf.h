/* SPDX-License-Identifier: ISC */
/* Protocol Buffers as they stand on the wire, a field at a time. */
#ifndef NP_PROTOBUF_H
#define NP_PROTOBUF_H
#include "proto/lib/lib.h"

struct np_pb {
	uint32_t number;
	uint64_t value;	 /* of a varint */
	struct np_cur v; /* of what has a length; cut: it has none */
};

/* The next field, consumed; false at the end and (c cut) where it is broken. */
bool np_pb_next(struct np_cur *c, struct np_pb *ret);
/* The last field of this number, which is the one that counts; false when there
 * is none. */
bool np_pb_find(struct np_cur c, uint32_t number, struct np_pb *ret);
#endif
