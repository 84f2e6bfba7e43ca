/* SPDX-License-Identifier: ISC */
/*
 * LDP (RFC 5036 3.1, 3.5): hellos over UDP, the session over TCP. Each PDU
 * begins with its sender's identifier; the message that opens a session has the
 * receiver's too. Elements between 0x3E00 and 0x3EFF are a maker's own and
 * begin with its OUI (3.6.1).
 *
 *	1, length, LSR id of four octets and label space of two; messages of
 *	type, length, number and elements; elements of type, length, value
 */
#include "proto/proto.h"

enum { LSR_ID, TRANSPORT_ADDRESS, VENDOR_OUI, ROLE };

static const struct np_field fields[] = {
	[LSR_ID] = {"lsr_id", NP_IP, NP_KEY_NONE, 0,
		    "LSR Id: mostly, not always, an address of the router"},
	[TRANSPORT_ADDRESS] = {"transport_address", NP_IP, NP_KEY_IP, 0,
			       "address of the sender for its sessions"},
	[VENDOR_OUI] = {"vendor_oui", NP_HEX, NP_KEY_NONE, 0,
			"OUI of whose own elements or messages are sent"},
	[ROLE] = {"role", NP_TEXT, NP_KEY_NONE, 0, "LSR of who speaks it"},
};

enum { HELLO = 0x0100, INITIALIZATION = 0x0200, LONGEST = 4096 };

/* 3.4, 3.5.2, 3.5.3, 3.6.1 */
enum {
	T_TRANSPORT_4 = 0x0401,
	T_TRANSPORT_6 = 0x0403,
	T_SESSION = 0x0500,
	T_PRIVATE = 0x3e00,
};

static bool read_head(struct np_cur *c, size_t *ret_n, struct np_cur *ret_id)
{
	unsigned version = np_be16(c);

	*ret_n = np_be16(c);
	*ret_id = np_sub(c, 4);
	np_skip(c, 2);
	return !c->cut && version == 1 && *ret_n >= 6 + 8 && *ret_n <= LONGEST;
}

/* 802's identifier is of three octets and stands to the right. */
static void emit_vendor(struct np_out *o, struct np_cur v)
{
	if (np_u8(&v) == 0)
		np_emit(o, VENDOR_OUI, np_sub(&v, 3));
}

static void read_elements(struct np_out *o, struct np_cur c,
			  struct np_cur *ret_receiver)
{
	while (c.left) {
		unsigned type = np_be16(&c) & 0x3fff;
		struct np_cur v = np_sub(&c, np_be16(&c));

		if (type == T_TRANSPORT_4 || type == T_TRANSPORT_6) {
			np_emit(o, TRANSPORT_ADDRESS, v);
		} else if (type == T_SESSION) {
			np_skip(&v, 2 + 2 + 1 + 1 + 2);
			*ret_receiver = np_sub(&v, 4);
		} else if ((type & 0x3f00) == T_PRIVATE) {
			emit_vendor(o, v);
		}
	}
}

/* The messages of a PDU; true when one opens a session. */
static bool read_messages(struct np_out *o, struct np_cur *c)
{
	struct np_cur receiver = {.cut = true};
	bool opens = false;

	while (c->left) {
		unsigned type = np_be16(c) & 0x7fff;
		struct np_cur body = np_sub(c, np_be16(c));

		np_skip(&body, 4);
		if ((type & 0x7f00) == T_PRIVATE)
			emit_vendor(o, body);
		if (type != HELLO && type != INITIALIZATION)
			continue;
		read_elements(o, body, &receiver);
		opens |= type == INITIALIZATION;
	}
	if (!receiver.cut) {
		np_say_receiver(o);
		np_emit(o, LSR_ID, receiver);
	}
	return opens;
}

static enum np_verdict ldp_decode(struct np_cur *c, struct np_out *o)
{
	enum { BEFORE = 4 }; /* octets that the length does not count */
	struct np_cur head = *c, id;
	size_t n;

	if (o->from->stream && c->left < BEFORE + 6 && !o->from->end)
		return np_more(o, BEFORE + 6);
	if (!read_head(&head, &n, &id))
		return NP_NOT_MINE;
	if (o->from->stream && c->left < BEFORE + n && !o->from->end)
		return np_more(o, BEFORE + n);
	struct np_cur messages = np_sub(&head, n - 6);

	np_emit_word(o, ROLE, "LSR", c->p);
	np_emit(o, LSR_ID, id);
	o->next = read_messages(o, &messages) ? 0 : BEFORE + n;
	return messages.cut ? NP_MALFORMED : NP_DECODED;
}

static bool ldp_sync(struct np_cur c)
{
	struct np_cur id;
	size_t n;

	return read_head(&c, &n, &id) && np_be16(&c) && np_be16(&c) <= n - 10;
}

static const struct np_match match[] = {NP_UDP(646), NP_TCP(646)};

const struct np_proto np_proto_ldp = {
	.name = "ldp",
	.title = "Label Distribution Protocol",
	.spec = "RFC 5036",
	.layer = "service",
	.grade = "E5",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.pairs = true,
	.decode = ldp_decode,
	.sync = ldp_sync,
};
