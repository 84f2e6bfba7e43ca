/* SPDX-License-Identifier: ISC */
/*
 * IS-IS (ISO/IEC 10589 clause 9, over LLC). A hello is of the system on the
 * link. A link state PDU is flooded: it tells of the system that made it, which
 * is anywhere in the area, by number, name (RFC 5301) and addresses (RFC 1195,
 * RFC 5305, RFC 7981), so one tap hears of every router.
 *
 *	0x83, length of the head, 1, length of system ids (0: 6), type, 1, 0,
 *	areas at most; then by type; then elements of type, length, value
 */
#include "proto/proto.h"

enum { SYSTEM_ID, AREA, HOSTNAME, ADDRESS, PROTOCOLS, ROLE, NEIGHBOR };

static const struct np_field fields[] = {
	[SYSTEM_ID] = {"system_id", NP_HEX, NP_KEY_NONE, 0,
		       "system identifier: often digits of an address, or a "
		       "MAC address"},
	[AREA] = {"area", NP_HEX, NP_KEY_NONE, 0, "area address"},
	[HOSTNAME] = {"hostname", NP_TEXT, NP_KEY_NAME, 0,
		      "Dynamic Hostname: name that the operator gave"},
	[ADDRESS] = {"address", NP_IP, NP_KEY_IP, 0,
		     "address of the system that a link state PDU is of: of "
		     "an interface, or its router ID"},
	[PROTOCOLS] = {"protocols", NP_LIST, NP_KEY_NONE, 0,
		       "network layer protocols, by NLPID"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0,
		  "L1 IS, L2 IS or L1/L2 IS, by its hello or its PDU's level"},
	[NEIGHBOR] = {"neighbor", NP_HEX, NP_KEY_NONE, 0,
		      "system identifier that it is adjacent to, by its link "
		      "state PDU or the state in its hello"},
};

enum {
	HELLO_L1 = 15,
	HELLO_L2 = 16,
	HELLO_POINT = 17,
	STATE_L1 = 18,
	STATE_L2 = 20,
	COMPLETE_L1 = 24,
	COMPLETE_L2 = 25,
	PARTIAL_L1 = 26,
	PARTIAL_L2 = 27,
};

/* Elements: ISO/IEC 10589 9.5, RFC 1195 5.3, RFC 5305, RFC 6119, RFC 7981. */
enum {
	T_AREAS = 1,
	T_REACH = 2,
	T_REACH_WIDE = 22,
	T_PROTOCOLS = 129,
	T_ADDRESSES = 132,
	T_ROUTER_ID = 134,
	T_HOSTNAME = 137,
	T_ROUTER_ID_6 = 140,
	T_REACH_TOPOLOGY = 222,
	T_ADDRESSES_6 = 232,
	T_ADJACENCY = 240,
	T_CAPABILITY = 242,
};

enum { HEAD = 8 }; /* octets that all PDUs have */

enum { MAX_VALUES = 16 }; /* of one kind, in one element */

static void emit_each(struct np_out *o, unsigned field, struct np_cur v,
		      size_t size)
{
	for (size_t i = 0; i < MAX_VALUES && v.left >= size; i++)
		np_emit(o, field, np_sub(&v, size));
}

static void emit_areas(struct np_out *o, struct np_cur v)
{
	for (size_t i = 0; i < MAX_VALUES && v.left; i++)
		np_emit(o, AREA, np_sub(&v, np_u8(&v)));
}

/* ISO/IEC 10589 9.8: whether virtual, then rows of four metrics and a system
 * with its pseudonode; RFC 5305 3: system, metric, elements; RFC 5120 7.1 has a
 * topology before. A pseudonode stands for the system that made it. */
static void emit_reach(struct np_out *o, unsigned type, struct np_cur v)
{
	if (type != T_REACH_WIDE)
		np_skip(&v, type == T_REACH ? 1 : 2);
	for (size_t i = 0; i < MAX_VALUES && v.left; i++) {
		if (type == T_REACH)
			np_skip(&v, 4);
		struct np_cur system = np_sub(&v, 6);

		np_skip(&v, 1);
		if (type != T_REACH) {
			np_skip(&v, 3);
			np_skip(&v, np_u8(&v));
		}
		if (!v.cut)
			np_emit(o, NEIGHBOR, system);
	}
}

/* RFC 5303: state, the circuit's number, then the neighbour's system. */
static void emit_adjacency(struct np_out *o, struct np_cur v)
{
	enum { UP = 0 };
	unsigned state = np_u8(&v);

	np_skip(&v, 4);
	if (state == UP && v.left >= 6)
		np_emit(o, NEIGHBOR, np_sub(&v, 6));
}

/* Of a hello the addresses are the sender's on this link alone, and the frame
 * has them; of a link state PDU they are the system's. */
static void read_element(struct np_out *o, unsigned type, struct np_cur v,
			 bool hello)
{
	switch (type) {
	case T_AREAS:
		emit_areas(o, v);
		break;
	case T_PROTOCOLS:
		np_emit(o, PROTOCOLS, v);
		break;
	case T_REACH:
	case T_REACH_WIDE:
	case T_REACH_TOPOLOGY:
		if (!hello)
			emit_reach(o, type, v);
		break;
	case T_ADJACENCY:
		if (hello)
			emit_adjacency(o, v);
		break;
	case T_HOSTNAME:
		np_emit(o, HOSTNAME, v);
		break;
	case T_ADDRESSES:
	case T_ROUTER_ID:
		if (!hello)
			emit_each(o, ADDRESS, v, 4);
		break;
	case T_ADDRESSES_6:
	case T_ROUTER_ID_6:
		if (!hello)
			emit_each(o, ADDRESS, v, 16);
		break;
	default:
		break;
	}
}

/* The PDU has `n` octets, `read` of them so far; a frame may be filled up
 * behind it. */
static enum np_verdict read_elements(struct np_out *o, struct np_cur c,
				     size_t n, size_t read, bool hello)
{
	bool whole = n >= read && n - read <= c.left;

	if (whole)
		c.left = n - read;
	while (c.left) {
		unsigned type = np_u8(&c);
		struct np_cur v = np_sub(&c, np_u8(&c));

		if (!c.cut)
			read_element(o, type, v, hello);
	}
	return c.cut || !whole ? NP_MALFORMED : NP_DECODED;
}

/* 9.5 to 9.7 */
static enum np_verdict read_hello(struct np_out *o, struct np_cur c,
				  unsigned type)
{
	static const char *const roles[] = {NULL, "L1 IS", "L2 IS", "L1/L2 IS"};
	const uint8_t *at = c.p;
	unsigned levels = np_u8(&c) & 3;
	size_t n;

	np_emit(o, SYSTEM_ID, np_sub(&c, 6));
	if (!c.cut)
		np_emit_word(o, ROLE, roles[levels], at);
	np_skip(&c, 2);
	n = np_be16(&c);
	np_skip(&c, type == HELLO_POINT ? 1 : 1 + 7);
	return c.cut ? NP_MALFORMED
		     : read_elements(o, c, n, (size_t)(c.p - at) + HEAD, true);
}

/* 9.8, 9.9: a purge, a pseudonode and what is no beginning tell nothing. */
static enum np_verdict read_state(struct np_out *o, struct np_cur c,
				  unsigned type, const uint8_t *at)
{
	const uint8_t *begin = c.p;
	size_t n = np_be16(&c);
	unsigned lifetime = np_be16(&c);
	struct np_cur system = np_sub(&c, 6);
	unsigned pseudonode = np_u8(&c);

	np_skip(&c, 1 + 4 + 2 + 1);
	if (c.cut)
		return NP_MALFORMED;
	if (!lifetime || pseudonode)
		return NP_DECODED;
	np_say_relayed(o);
	np_emit(o, SYSTEM_ID, system);
	np_emit_word(o, ROLE, type == STATE_L1 ? "L1 IS" : "L2 IS", at);
	return read_elements(o, c, n, (size_t)(c.p - begin) + HEAD, false);
}

static enum np_verdict isis_decode(struct np_cur *c, struct np_out *o)
{
	/* Cisco's HDLC has an octet of anything before it, PPP (RFC 1377) may
	 * have one of zero. */
	if (c->left > 1 && c->p[0] != 0x83 && c->p[1] == 0x83)
		np_skip(c, 1);
	unsigned discriminator = np_u8(c), head = np_u8(c);
	unsigned version = np_u8(c), id = np_u8(c);
	const uint8_t *at = c->p;
	unsigned type = np_u8(c) & 0x1f;

	if (discriminator != 0x83 || version != 1 || (id && id != 6) ||
	    head < HEAD || np_u8(c) != 1)
		return NP_NOT_MINE;
	np_skip(c, 2);
	switch (type) {
	case HELLO_L1:
	case HELLO_L2:
	case HELLO_POINT:
		return read_hello(o, *c, type);
	case STATE_L1:
	case STATE_L2:
		return read_state(o, *c, type, at);
	case COMPLETE_L1:
	case COMPLETE_L2:
	case PARTIAL_L1:
	case PARTIAL_L2:
		np_skip(c, 2);
		np_emit(o, SYSTEM_ID, np_sub(c, 6));
		return c->cut ? NP_MALFORMED : NP_DECODED;
	default:
		return NP_NOT_MINE;
	}
}

static const struct np_match match[] = {
	NP_LLC(0xfe, 0xfe),
	NP_ETHERTYPE(0xfefe), /* in Cisco's HDLC */
	{.on = NP_ON_PPP, .a = 0x23},
};

const struct np_proto np_proto_isis = {
	.name = "isis",
	.title = "Intermediate System to Intermediate System",
	.spec = "ISO/IEC 10589; RFC 1195; RFC 5301",
	.layer = "link",
	.grade = "E2",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = isis_decode,
};
