/* SPDX-License-Identifier: ISC */
/* Protocol Buffers on the wire. */
#include "proto/lib/protobuf.h"

/* Seven bits an octet, the lowest first, ten octets at most. */
static uint64_t varint(struct np_cur *c)
{
	uint64_t v = 0;

	for (unsigned shift = 0; shift < 70; shift += 7) {
		uint8_t b = np_u8(c);

		v |= shift < 64 ? (uint64_t)(b & 0x7f) << shift : 0;
		if (!(b & 0x80))
			return v;
	}
	np_skip(c, SIZE_MAX);
	return 0;
}

bool np_pb_next(struct np_cur *c, struct np_pb *ret)
{
	enum { VARINT, FIXED64, LENGTH, FIXED32 = 5 };

	if (!c->left)
		return false;
	uint64_t tag = varint(c);

	*ret = (struct np_pb){.number = (uint32_t)(tag >> 3),
			      .v = {.cut = true}};
	switch (tag & 7) {
	case VARINT:
		ret->value = varint(c);
		break;
	case FIXED64:
		np_skip(c, 8);
		break;
	case LENGTH:
		ret->v = np_sub(c, (size_t)varint(c));
		break;
	case FIXED32:
		np_skip(c, 4);
		break;
	default:
		np_skip(c, SIZE_MAX);
	}
	if (!ret->number || tag >> 32)
		np_skip(c, SIZE_MAX);
	return !c->cut;
}

bool np_pb_find(struct np_cur c, uint32_t number, struct np_pb *ret)
{
	struct np_pb one;
	bool found = false;

	while (np_pb_next(&c, &one))
		if (one.number == number) {
			*ret = one;
			found = true;
		}
	return found && !c.cut;
}
