/* SPDX-License-Identifier: ISC */
#include "proto/lib/ids.h"

enum { FAMILY_IP4 = 1, FAMILY_IP6 = 2, FAMILY_802 = 6 };

bool np_same(struct np_cur a, struct np_cur b)
{
	return !a.cut && !b.cut && a.left == b.left &&
	       (!a.left || memcmp(a.p, b.p, a.left) == 0);
}

bool np_sent_by(const struct np_out *o, struct np_cur mac)
{
	const uint8_t *src = o->from->src_mac;

	return src && np_same(mac, np_cur(src, 6));
}

void np_emit_address(struct np_out *o, unsigned field, unsigned family,
		     struct np_cur v)
{
	if ((family == FAMILY_IP4 && v.left == 4) ||
	    (family == FAMILY_IP6 && v.left == 16))
		np_emit_as(o, field, NP_IP, v);
	else if (family == FAMILY_802 && v.left == 6)
		np_emit_as(o, field, NP_MAC, v);
}

void np_emit_string(struct np_out *o, unsigned field, struct np_cur v)
{
	const uint8_t *nul = v.left ? memchr(v.p, 0, v.left) : NULL;

	np_emit(o, field, nul ? np_sub(&v, (size_t)(nul - v.p)) : v);
}

void np_emit_labels(struct np_out *o, unsigned field, struct np_cur v)
{
	const uint8_t *at = v.p;
	uint8_t name[255];
	size_t n = 0;

	while (v.left && v.p[0]) {
		struct np_cur label = np_sub(&v, np_u8(&v));

		if (label.cut || label.left > 63 ||
		    n + 1 + label.left > sizeof(name))
			return;
		if (n)
			name[n++] = '.';
		memcpy(name + n, label.p, label.left);
		n += label.left;
	}
	if (n && v.left <= 1)
		np_emit_made(o, field, NP_TEXT, name, n, at);
}

/* Defaults of libvirt, LXC and container engines. */
static bool is_bridge(struct np_cur v)
{
	static const uint8_t whole[][4] = {
		{192, 168, 122, 1}, {10, 0, 3, 1}, {10, 88, 0, 1}};

	if (v.left != 4)
		return false;
	for (size_t i = 0; i < NP_COUNT(whole); i++)
		if (memcmp(v.p, whole[i], 4) == 0)
			return true;
	return v.p[0] == 172 && v.p[1] >> 4 == 1 && !v.p[2] && v.p[3] == 1;
}

void np_key_own_address(struct np_out *o, struct np_cur ip)
{
	if (!is_bridge(ip))
		np_key(o, NP_KEY_IP, NP_IP, ip);
}

/* Without control characters; what is above ASCII may be UTF-8. */
static bool is_text(struct np_cur v)
{
	while (v.left > 1 && !v.p[v.left - 1])
		v.left--;
	while (v.left)
		if (np_u8(&v) < ' ')
			return false;
	return true;
}

void np_emit_chassis_id(struct np_out *o, unsigned field, unsigned subtype,
			struct np_cur v)
{
	enum { MAC_ADDRESS = 4, NETWORK_ADDRESS = 5 };

	if (subtype == MAC_ADDRESS) {
		np_emit_as(o, field, v.left == 6 ? NP_MAC : NP_HEX, v);
	} else if (subtype == NETWORK_ADDRESS) {
		uint8_t family = np_u8(&v);

		np_emit_address(o, field, family, v);
	} else {
		np_emit_as(o, field, is_text(v) ? NP_TEXT : NP_HEX, v);
	}
}

void np_emit_oid(struct np_out *o, unsigned field, struct np_cur v)
{
	if (v.left > 2 && v.p[0] == 0x06 && v.p[1] == v.left - 2)
		np_skip(&v, 2);
	np_emit_as(o, field, NP_OID, v);
}

void np_emit_cdp_addresses(struct np_out *o, unsigned field, struct np_cur v)
{
	static const uint8_t nlpid_ip4[] = {0xcc};
	static const uint8_t snap_ip6[] = {0xaa, 0xaa, 0x03, 0x00,
					   0x00, 0x00, 0x86, 0xdd};
	uint32_t count = np_be32(&v);

	while (count-- && v.left) {
		np_skip(&v, 1); /* NLPID or 802.2: the protocol tells which */
		struct np_cur protocol = np_sub(&v, np_u8(&v));
		struct np_cur address = np_sub(&v, np_be16(&v));

		if (np_ahead(protocol, nlpid_ip4, sizeof(nlpid_ip4)))
			np_emit_address(o, field, FAMILY_IP4, address);
		else if (np_ahead(protocol, snap_ip6, sizeof(snap_ip6)))
			np_emit_address(o, field, FAMILY_IP6, address);
	}
}

void np_key_duid(struct np_out *o, struct np_cur duid)
{
	enum { LINK_LAYER_TIME = 1, LINK_LAYER = 3, ETHERNET = 1 };
	uint16_t type = np_be16(&duid);

	if ((type != LINK_LAYER_TIME && type != LINK_LAYER) ||
	    np_be16(&duid) != ETHERNET)
		return;
	if (type == LINK_LAYER_TIME)
		np_skip(&duid, 4);
	np_key(o, NP_KEY_MAC, NP_MAC, duid);
}
