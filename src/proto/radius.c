/* SPDX-License-Identifier: ISC */
/*
 * RADIUS (RFC 2865, 2866, 5176). What stands in a request is the network access
 * server's word of itself; what a server sends is what it believes of the
 * client, and servers add several makers' attributes to one answer: that is a
 * third party's word about the receiver. Users, their addresses and their
 * stations are not read; of a handset its type allocation code alone is.
 */
#include "proto/proto.h"

enum {
	NAS_IP,
	NAS_IPV6,
	NAS_IDENTIFIER,
	VENDOR_ID,
	HUAWEI_VERSION,
	HUAWEI_PRODUCT_ID,
	HUAWEI_GATEWAY_VENDOR,
	HUAWEI_GATEWAY_VERSION,
	IMEISV,
};

static const struct np_field fields[] = {
	[NAS_IP] = {"nas_ip", NP_IP, NP_KEY_IP, 0,
		    "NAS-IP-Address: of the access server"},
	[NAS_IPV6] = {"nas_ipv6", NP_IP, NP_KEY_IP, 0,
		      "NAS-IPv6-Address: of the access server"},
	[NAS_IDENTIFIER] = {"nas_identifier", NP_TEXT, NP_KEY_NAME, 0,
			    "NAS-Identifier: name that the operator gave"},
	[VENDOR_ID] = {"vendor_id", NP_UINT, NP_KEY_NONE, 0,
		       "enterprise number of a vendor-specific attribute"},
	[HUAWEI_VERSION] = {"huawei_version", NP_TEXT, NP_KEY_NONE, 0,
			    "attribute 254 of enterprise 2011: version"},
	[HUAWEI_PRODUCT_ID] = {"huawei_product_id", NP_TEXT, NP_KEY_NONE, 0,
			       "attribute 255 of enterprise 2011: product"},
	[HUAWEI_GATEWAY_VENDOR] = {"huawei_gateway_vendor", NP_TEXT,
				   NP_KEY_NONE, 0,
				   "attribute 232 of enterprise 2011: maker of "
				   "the packet gateway"},
	[HUAWEI_GATEWAY_VERSION] = {"huawei_gateway_version", NP_TEXT,
				    NP_KEY_NONE, 0,
				    "attribute 233 of enterprise 2011: its "
				    "version"},
	[IMEISV] = {"imeisv", NP_TEXT, NP_KEY_NONE, 0,
		    "3GPP-IMEISV: its first eight digits, the type "
		    "allocation code"},
};

enum { HUAWEI = 2011, THREEGPP = 10415 };
enum { A_NAS_IP = 4, A_VENDOR = 26, A_NAS_IDENTIFIER = 32, A_NAS_IPV6 = 95 };
enum { TAC_DIGITS = 8 }; /* 3GPP TS 23.003 6.2.1 */

#define MAX_ATTRIBUTES 512
#define MAX_VENDORS 64

/* Who speaks: RFC 2865 3, RFC 5176 2.3. A code that is none of these ends it.
 */
enum speaker { NOBODY, CLIENT, SERVER };

static enum speaker speaker(uint8_t code)
{
	switch (code) {
	case 1:	 /* Access-Request */
	case 4:	 /* Accounting-Request */
	case 12: /* Status-Server */
	case 41: /* Disconnect-ACK */
	case 42:
	case 44: /* CoA-ACK */
	case 45:
		return CLIENT;
	case 2: /* Access-Accept */
	case 3:
	case 5:
	case 11:
	case 40: /* Disconnect-Request */
	case 43: /* CoA-Request */
		return SERVER;
	}
	return NOBODY;
}

struct vendors {
	struct np_cur seen[MAX_VENDORS];
	size_t n;
};

static bool is_new(struct vendors *v, struct np_cur number)
{
	for (size_t i = 0; i < v->n; i++)
		if (np_same(v->seen[i], number))
			return false;
	if (v->n == MAX_VENDORS)
		return false;
	v->seen[v->n++] = number;
	return true;
}

/* Sub-attributes of one octet of type and one of length. */
static void read_huawei(struct np_out *o, uint8_t type, struct np_cur v)
{
	static const struct {
		uint8_t type;
		unsigned field;
	} rows[] = {
		{232, HUAWEI_GATEWAY_VENDOR},
		{233, HUAWEI_GATEWAY_VERSION},
		{254, HUAWEI_VERSION},
		{255, HUAWEI_PRODUCT_ID},
	};

	for (size_t i = 0; i < NP_COUNT(rows); i++)
		if (rows[i].type == type)
			np_emit(o, rows[i].field, v);
}

/* RFC 2865 5: an octet of type, and one of length that counts both. */
static const struct np_tlv_list attributes = {
	.type_n = 1,
	.len_n = 1,
	.counted = 2,
	.end = NP_TLV_NO_END,
};

/* RFC 2865 5.26 leaves the inside to the vendor; by FreeRADIUS's dictionaries
 * these write it otherwise than attributes are: octets of type and of length,
 * which counts both. No octets: not as such a list, or not always. */
static const struct {
	uint32_t vendor;
	uint8_t type_n, len_n;
} odd_vendors[] = {
	{429, 0, 0},   /* USR: a number of 4 octets and the rest */
	{637, 2, 1},   /* Alcatel ESAM */
	{4846, 2, 1},  /* Lucent */
	{8164, 0, 0},  /* Starent: 2 and 2, and 1 and 1 */
	{16445, 2, 1}, /* Kineto */
	{5323, 0, 0},  /* Telrad, */
	{24757, 0, 0}, /* WiMAX: an octet more, for what continues */
};

/* Sub-attributes that do not fill their attribute are the sign of a message
 * that was broken on its way: they are not read, and it counts as malformed. */
static bool fills(uint32_t vendor, struct np_cur c)
{
	struct np_tlv_list list = attributes;
	struct np_tlv t;

	for (size_t i = 0; i < NP_COUNT(odd_vendors); i++) {
		if (odd_vendors[i].vendor != vendor)
			continue;
		list.type_n = odd_vendors[i].type_n;
		list.len_n = odd_vendors[i].len_n;
		list.counted = (uint8_t)(list.type_n + list.len_n);
	}
	while (list.len_n && np_tlv_next(&c, &list, &t))
		;
	return !c.cut;
}

static bool read_vendor(struct np_out *o, struct np_cur c, struct vendors *seen,
			struct np_cur *handset)
{
	struct np_cur pen = np_sub(&c, 4), number = pen;
	uint32_t vendor = np_be32(&number);
	struct np_tlv t;

	if (pen.cut)
		return false;
	if (is_new(seen, pen))
		np_emit(o, VENDOR_ID, pen);
	if (!fills(vendor, c))
		return false;
	if (vendor != HUAWEI && vendor != THREEGPP)
		return true;
	while (np_tlv_next(&c, &attributes, &t)) {
		if (vendor == HUAWEI)
			read_huawei(o, (uint8_t)t.type, t.v);
		else if (t.type == 20 && t.v.left >= TAC_DIGITS)
			*handset = np_sub(&t.v, TAC_DIGITS);
	}
	return true;
}

/* The address in the message names the server's client; where another one sent
 * it, that is a proxy (RFC 2865 2.3). */
static void whose(struct np_out *o, struct np_cur c, enum speaker who)
{
	const struct np_from *f = o->from;
	struct np_tlv t;

	if (who == SERVER) {
		np_say(o, NP_THIRD);
		np_not_sender(o);
		if (f->dst_ip)
			np_key(o, NP_KEY_IP, NP_IP,
			       np_cur(f->dst_ip, f->ip_len));
		return;
	}
	while (np_tlv_next(&c, &attributes, &t)) {
		if ((t.type != A_NAS_IP && t.type != A_NAS_IPV6) ||
		    !f->src_ip || t.v.left != f->ip_len ||
		    np_same(t.v, np_cur(f->src_ip, f->ip_len)))
			continue;
		np_not_sender(o);
		np_reach(o, NP_RELAYED);
	}
}

static enum np_verdict radius_decode(struct np_cur *c, struct np_out *o)
{
	struct vendors seen = {.n = 0};
	struct np_cur list, handset = {.p = NULL};
	enum speaker who = speaker(np_u8(c));
	struct np_tlv t;

	np_skip(c, 1); /* identifier */
	uint16_t n = np_be16(c);

	np_skip(c, 16); /* authenticator */
	if (who == NOBODY || n < 20 || n > 4096 || c->cut)
		return NP_NOT_MINE;
	bool whole = c->left >= n - 20u;

	list = np_sub(c, whole ? n - 20u : c->left);
	whose(o, list, who);
	for (int i = 0;
	     i < MAX_ATTRIBUTES && np_tlv_next(&list, &attributes, &t); i++) {
		if (t.type == A_NAS_IP)
			np_emit(o, NAS_IP, t.v);
		else if (t.type == A_NAS_IPV6)
			np_emit(o, NAS_IPV6, t.v);
		else if (t.type == A_NAS_IDENTIFIER)
			np_emit_string(o, NAS_IDENTIFIER, t.v);
		else if (t.type == A_VENDOR)
			whole &= read_vendor(o, t.v, &seen, &handset);
	}
	if (handset.p) {
		np_say(o, NP_THIRD);
		np_not_sender(o);
		np_emit(o, IMEISV, handset);
	}
	return whole && !list.cut ? NP_DECODED : NP_MALFORMED;
}

/* RFC 2865 3: identifier and authenticator. */
static void radius_noise(struct np_cur c, struct np_noise *ret)
{
	np_skip(&c, 1);
	np_noisy(ret, np_sub(&c, 1));
	np_skip(&c, 2);
	np_noisy(ret, np_sub(&c, 16));
}

static const struct np_match match[] = {
	NP_UDP(1812), NP_UDP(1813), NP_UDP(1645), NP_UDP(1646), NP_UDP(3799)};

const struct np_proto np_proto_radius = {
	.name = "radius",
	.title = "Remote Authentication Dial In User Service",
	.spec = "RFC 2865, RFC 2866, RFC 5176",
	.layer = "management",
	.grade = "E4",
	.heard = false,
	.match = match,
	.nmatch = NP_COUNT(match),
	.fields = fields,
	.nfields = NP_COUNT(fields),
	.decode = radius_decode,
	.noise = radius_noise,
};
