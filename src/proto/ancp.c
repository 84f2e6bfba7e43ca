/* SPDX-License-Identifier: ISC */
/*
 * ANCP (RFC 6320): an access node and the network access server behind it. On
 * the stream each message stands behind 880c and its length (3.2).
 *
 * By adjacency messages (3.5.1) both name themselves and say what they can. In
 * the first the M flag is set by the server alone. What comes and goes on lines
 * (6.2) only the access node reports: the line is a subscriber's, and by TR-101
 * 3.9.3 the node's own name stands before it.
 */
#include "proto/proto.h"

enum {
	VERSION,
	SENDER_NAME,
	RECEIVER_NAME,
	TECHNOLOGY,
	CAPABILITY,
	ACCESS_NODE,
	CIRCUIT_ID,
	REMOTE_ID,
	ROLE,
};

static const struct np_field fields[] = {
	[VERSION] = {"version", NP_HEX, NP_KEY_NONE, 0,
		     "version and sub-version, four bits each: 32, or 31 "
		     "before the standard"},
	[SENDER_NAME] = {"sender_name", NP_MAC, NP_KEY_NONE, 0,
			 "Sender Name: by recommendation a MAC address of its "
			 "own"},
	[RECEIVER_NAME] = {"receiver_name", NP_MAC, NP_KEY_NONE, 0,
			   "Receiver Name, said of the other end"},
	[TECHNOLOGY] = {"technology", NP_UINT, NP_KEY_NONE, 0,
			"Tech Type: 5 is DSL, 1 PON, 0 any"},
	[CAPABILITY] = {"capability", NP_UINT, NP_KEY_NONE, 0,
			"number of something that it can"},
	[ACCESS_NODE] = {"access_node", NP_TEXT, NP_KEY_NONE, 0,
			 "the access node's name in a line's identifier"},
	[CIRCUIT_ID] = {"circuit_id", NP_TEXT, NP_KEY_NONE, NP_PERSON,
			"Access-Loop-Circuit-ID: a subscriber's line"},
	[REMOTE_ID] = {"remote_id", NP_TEXT, NP_KEY_NONE, NP_PERSON,
		       "Access-Loop-Remote-ID: a subscriber"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0,
		  "AN (access node) or NAS (network access server)"},
};

enum { LIMIT = 8192, GENERAL_HEAD = 12, UNUSED = 20 };

/* 3.5.1, 3.6.1.2, 4.1 */
enum { ADJACENCY = 10, MANAGEMENT = 32, UP = 80, DOWN = 81, PROVISIONING = 93 };

/* Type and length are 16 bits each; values are padded to four octets. */
static bool next(struct np_cur *c, unsigned *ret_type, struct np_cur *ret)
{
	const uint8_t *at = c->p;

	if (!c->left)
		return false;
	*ret_type = np_be16(c);
	*ret = np_sub(c, np_be16(c));
	size_t pad = (4 - ret->left % 4) % 4;

	np_skip(c, pad < c->left ? pad : c->left);
	return !c->cut && c->p > at;
}

/* 3.5.1, behind version and type. */
static void read_adjacency(struct np_cur *c, struct np_out *o)
{
	static const uint8_t nobody[6];
	enum { M = 0x80, SYN = 1 };
	struct np_cur capabilities, receiver, v;
	unsigned type;

	np_skip(c, 1);
	const uint8_t *at = c->p;
	unsigned code = np_u8(c);

	np_emit(o, SENDER_NAME, np_sub(c, 6));
	receiver = np_sub(c, 6);
	np_skip(c, 4 + 4 + 4 + 4); /* ports, instances, partition */
	np_emit(o, TECHNOLOGY, np_sub(c, 1));
	np_skip(c, 1);
	capabilities = np_sub(c, np_be16(c));
	while (next(&capabilities, &type, &v))
		np_emit_u(o, CAPABILITY, c, v.p - 4, type);
	c->cut |= capabilities.cut;
	if ((code & 0x7f) == SYN)
		np_emit_word(o, ROLE, code & M ? "NAS" : "AN", at);
	if (np_ahead(receiver, nobody, 6))
		return;
	np_say_receiver(o);
	np_emit(o, RECEIVER_NAME, receiver);
}

/* TR-101 3.9.3: "NODE atm slot/port:vpi.vci", "NODE eth slot/port[:vlan]". */
static void read_circuit(struct np_out *o, struct np_cur v)
{
	size_t n = np_find(v, " ", 1);
	struct np_cur node = v, rest = v;

	if (n != SIZE_MAX) {
		node.left = n;
		np_skip(&rest, n);
		if (np_ahead(rest, " atm ", 5) || np_ahead(rest, " eth ", 5))
			np_emit(o, ACCESS_NODE, node);
	}
	np_emit(o, CIRCUIT_ID, v);
}

/* 6.2: what is not used, flags and type, count and length, and a list. */
static void read_port(struct np_cur *c, struct np_out *o)
{
	struct np_cur list, v;
	unsigned type;

	np_skip(c, UNUSED + 2);
	np_emit(o, TECHNOLOGY, np_sub(c, 1));
	np_skip(c, 1 + 2);
	list = np_sub(c, np_be16(c));
	while (next(&list, &type, &v)) {
		if (type == 1)
			read_circuit(o, v);
		else if (type == 2)
			np_emit(o, REMOTE_ID, v);
	}
	c->cut |= list.cut;
}

/* 3.6.1: what is not an adjacency's. False when nothing can follow that tells
 * more. */
static bool read_general(struct np_cur *c, struct np_out *o, unsigned type)
{
	enum { NACK = 1, FAILURE = 4 };
	const uint8_t *at = c->p;
	unsigned result = np_u8(c) >> 4;

	np_skip(c, GENERAL_HEAD - 3);
	if (c->cut)
		return false;
	if (type == UP || type == DOWN) {
		np_emit_word(o, ROLE, "AN", at - 1);
		read_port(c, o);
		return false;
	}
	/* A request wants to hear of its result, an answer has one. */
	if (type == MANAGEMENT && result >= NACK && result <= FAILURE)
		np_emit_word(o, ROLE, result <= 2 ? "NAS" : "AN", at);
	else if (type == PROVISIONING)
		np_emit_word(o, ROLE, "NAS", at - 1);
	return true;
}

/* False when there is no message. */
static bool read_head(struct np_cur *c, size_t *ret_n)
{
	bool mine = np_eat(c, "\x88\x0c", 2);

	*ret_n = np_be16(c);
	return mine && *ret_n >= GENERAL_HEAD && *ret_n <= LIMIT - 4 &&
	       (c->p[0] == 0x31 || c->p[0] == 0x32);
}

static enum np_verdict ancp_decode(struct np_cur *c, struct np_out *o)
{
	const size_t all = c->left;
	size_t n;

	if (all < 5 && !o->from->end)
		return np_more(o, 5);
	if (all < 5 || !read_head(c, &n))
		return NP_NOT_MINE;
	if (n > c->left && !o->from->end)
		return np_more(o, n + 4);
	bool whole = n <= c->left;
	struct np_cur m = np_sub(c, whole ? n : c->left);

	np_emit(o, VERSION, np_sub(&m, 1));
	unsigned type = np_u8(&m);

	if (type == ADJACENCY)
		read_adjacency(&m, o);
	if (type == ADJACENCY || read_general(&m, o, type))
		o->next = n + 4;
	return whole && !m.cut ? NP_DECODED : NP_MALFORMED;
}

static bool ancp_sync(struct np_cur c)
{
	size_t n;

	return c.left > 4 && read_head(&c, &n);
}

static const struct np_match match[] = {NP_TCP(6068)};

const struct np_proto np_proto_ancp = {
	.name = "ancp",
	.title = "Access Node Control Protocol",
	.spec = "RFC 6320; BBF TR-101",
	.layer = "management",
	.grade = "E3",
	.heard = false,
	.limit = LIMIT,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = ancp_decode,
	.sync = ancp_sync,
};
