/* SPDX-License-Identifier: ISC */
/*
 * GLBP: several routers answer for one address, each with a virtual MAC address
 * of its own. It has no public specification; the layout is as Wireshark reads
 * it: version, group and owner, then elements of a type and a length that
 * counts both. As with HSRP a message may come from a virtual MAC address,
 * which names no box, so the sender is its IP address; the addresses in it are
 * shared and nobody's key. What authenticates it is a password and not read.
 */
#include "proto/proto.h"

enum {
	VERSION,
	GROUP,
	OWNER_ID,
	STATE,
	PRIORITY,
	ADDRESS,
	FORWARDER,
	FORWARDER_STATE,
	FORWARDER_MAC,
};

static const struct np_field fields[] = {
	[VERSION] = {"version", NP_UINT, NP_KEY_NONE, 0, "1"},
	[GROUP] = {"group", NP_UINT, NP_KEY_NONE, 0,
		   "the virtual gateway, by number on its link"},
	[OWNER_ID] = {"owner_id", NP_MAC, NP_KEY_NONE, 0,
		      "who sends, by an address of its own"},
	[STATE] = {"state", NP_UINT, NP_KEY_NONE, 0,
		   "code of its state as virtual gateway"},
	[PRIORITY] = {"priority", NP_UINT, NP_KEY_NONE, 0,
		      "the highest of a group is its virtual gateway"},
	[ADDRESS] = {"address", NP_IP, NP_KEY_NONE, 0,
		     "address of the virtual gateway"},
	[FORWARDER] = {"forwarder", NP_UINT, NP_KEY_NONE, 0,
		       "a forwarder of the group, by number"},
	[FORWARDER_STATE] = {"forwarder_state", NP_UINT, NP_KEY_NONE, 0,
			     "code of the sender's state as that forwarder"},
	[FORWARDER_MAC] = {"forwarder_mac", NP_MAC, NP_KEY_NONE, 0,
			   "virtual address of that forwarder"},
};

static void read_hello(struct np_out *o, unsigned field, struct np_cur v)
{
	np_skip(&v, 1);
	np_emit(o, field, np_sub(&v, 1));
	np_skip(&v, 1);
	np_emit(o, PRIORITY, np_sub(&v, 1));
	/* unknown; milliseconds: hello, hold; seconds: redirect, timeout */
	np_skip(&v, 2 + 4 + 4 + 2 + 2 + 2 + 1);
	np_emit(o, ADDRESS, np_sub(&v, np_u8(&v)));
}

static void read_forwarder(struct np_out *o, unsigned field, struct np_cur v)
{
	np_emit(o, field, np_sub(&v, 1));
	np_emit(o, FORWARDER_STATE, np_sub(&v, 1));
	np_skip(&v, 1 + 1 + 1 + 7); /* priority, weight */
	np_emit(o, FORWARDER_MAC, np_sub(&v, 6));
}

static const struct np_tlv_row rows[] = {
	{1, STATE, read_hello},
	{2, FORWARDER, read_forwarder},
};

static const struct np_tlv_list list = {
	.type_n = 1,
	.len_n = 1,
	.counted = 2,
	.end = NP_TLV_NO_END,
	.row = rows,
	.nrows = NP_COUNT(rows),
};

static enum np_verdict glbp_decode(struct np_cur *c, struct np_out *o)
{
	if (!np_ahead(*c, "\1", 1) || c->left < 12)
		return NP_NOT_MINE;
	np_not_sender(o);
	np_key(o, NP_KEY_IP, NP_IP, np_cur(o->from->src_ip, o->from->ip_len));
	np_emit(o, VERSION, np_sub(c, 1));
	np_skip(c, 1);
	np_emit(o, GROUP, np_sub(c, 2));
	np_skip(c, 2);
	np_emit(o, OWNER_ID, np_sub(c, 6));
	return np_tlvs(c, &list, o);
}

static const struct np_match match[] = {NP_UDP(3222)};

const struct np_proto np_proto_glbp = {
	.name = "glbp",
	.title = "Gateway Load Balancing Protocol",
	.spec = "not public",
	.layer = "network",
	.grade = "E1",
	.heard = false,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = glbp_decode,
};
