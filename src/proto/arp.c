/* SPDX-License-Identifier: ISC */
/*
 * ARP (RFC 826) and reverse ARP (RFC 903) for IPv4. The
 * addresses are always told; that this box owns this IP only where it says so
 * itself: a reply or a gratuitous request (RFC 5227) whose hardware address is
 * the frame's own source. A proxy or a virtual router speaks of a third.
 */
#include "proto/proto.h"

enum { SENDER_MAC, SENDER_IP };

static const struct np_field fields[] = {
	[SENDER_MAC] = {"sender_mac", NP_MAC, NP_KEY_MAC, 0,
			"hardware address of the sender"},
	[SENDER_IP] = {"sender_ip", NP_IP, NP_KEY_NONE, 0,
		       "protocol address of the sender"},
};

enum { IP4 = 0x0800 };

static enum np_verdict arp_decode(struct np_cur *c, struct np_out *o)
{
	enum { REPLY = 2 };

	np_skip(c, 2); /* hardware: the length of its addresses is enough */
	unsigned protocol = np_be16(c);
	unsigned hardware_n = np_u8(c), protocol_n = np_u8(c);

	if (protocol != IP4 || hardware_n == 0 || protocol_n != 4)
		return NP_NOT_MINE;
	unsigned operation = np_be16(c);
	struct np_cur mac = np_sub(c, hardware_n), ip = np_sub(c, 4);

	np_skip(c, hardware_n);
	struct np_cur target_ip = np_sub(c, 4);
	bool own = np_sent_by(o, mac);

	if (!own)
		np_say(o, NP_THIRD);
	np_emit(o, SENDER_MAC, mac);
	np_emit(o, SENDER_IP, ip);
	if (own && (operation == REPLY || np_same(ip, target_ip)))
		np_key(o, NP_KEY_IP, NP_IP, ip);
	return c->cut ? NP_MALFORMED : NP_DECODED;
}

/* Who is asked for, or answered, tells nothing of the sender, unless it asks
 * for itself. */
static void arp_noise(struct np_cur c, struct np_noise *ret)
{
	np_skip(&c, 2);
	unsigned protocol = np_be16(&c), hardware_n = np_u8(&c);

	if (protocol != IP4)
		return;
	np_skip(&c, 1 + 2 + hardware_n);
	struct np_cur ip = np_sub(&c, 4);

	np_noisy(ret, np_sub(&c, hardware_n));
	struct np_cur target_ip = np_sub(&c, 4);

	if (!np_same(ip, target_ip))
		np_noisy(ret, target_ip);
}

static const struct np_match match[] = {
	NP_ETHERTYPE(0x0806),
	NP_ETHERTYPE(0x8035),
};

const struct np_proto np_proto_arp = {
	.name = "arp",
	.title = "Address Resolution Protocol",
	.spec = "RFC 826",
	.layer = "link",
	.grade = "E3",
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = arp_decode,
	.noise = arp_noise,
};
